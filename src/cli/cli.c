/* The command line: parsing, help and errors. See cli.h. */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/threads.h"
#include "cli/commands.h"

enum { PROGRESS_STEP_NS = 100000000, BAR_WIDTH = 30 };

static const struct cli_option global_options[] = {
    {"help", NULL, NULL, "show this help"},
    {NULL, NULL, NULL, NULL},
};

/* Drawn at most ten times a second on one line that overwrites itself. */
static void draw_progress(void *ctx, const char *what, uint64_t done, uint64_t total) {
    static const char bar[] = "##############################";
    struct cli *cli = ctx;
    static _Thread_local int64_t last_ns;
    int64_t now_ns = clock_monotonic_ns();
    if (now_ns - last_ns < PROGRESS_STEP_NS && done != total)
        return;
    last_ns = now_ns;
    if (total > 0) {
        int filled = (int)(done >= total ? BAR_WIDTH : done * BAR_WIDTH / total);
        fprintf(cli->err, "\r\033[K[%-*.*s] %3d%% %llu of %llu %s", BAR_WIDTH, filled, bar,
                (int)(done >= total ? 100 : done * 100 / total), (unsigned long long)done,
                (unsigned long long)total, what);
    } else {
        fprintf(cli->err, "\r\033[K%llu %s", (unsigned long long)done, what);
    }
    fflush(cli->err);
}

void cli_end_progress(struct cli *cli) {
    if (cli->job.progress != NULL)
        fputs("\r\033[K", cli->err);
}

struct str cli_actor(void) {
    const char *names[] = {getenv("FAIRLEAD_ACTOR"), getenv("USER"), getenv("LOGNAME")};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (names[i] != NULL && names[i][0] != '\0')
            return str_of(names[i]);
    return STR("command line");
}

struct store_batch cli_author(void) {
    return (struct store_batch){.actor = cli_actor(), .at_ms = clock_wall_ms()};
}

static void print_options(FILE *out, const struct cli_option *options) {
    for (; options != NULL && options->name != NULL; options++) {
        char left[96];
        const char *value = options->choices != NULL ? options->choices : options->value;
        snprintf(left, sizeof(left), "--%s%s%s", options->name, value != NULL ? " " : "",
                 value != NULL ? value : "");
        if (strlen(left) > 26)
            fprintf(out, "  %s\n  %-26s  %s\n", left, "", options->help);
        else
            fprintf(out, "  %-26s  %s\n", left, options->help);
    }
}

static void print_usage(FILE *out, const struct cli_command *command) {
    fprintf(out, "usage: fairlead %s%s%s%s\n", command->name, command->arguments[0] ? " " : "",
            command->arguments, command->options != NULL ? " [options]" : "");
}

static void print_command_help(FILE *out, const struct cli_command *command) {
    print_usage(out, command);
    fprintf(out, "\n%s\n", command->summary);
    if (command->details != NULL)
        fprintf(out, "\n%s\n", command->details);
    fprintf(out, "\nOptions:\n");
    print_options(out, command->options);
    print_options(out, global_options);
}

static void print_help(FILE *out) {
    fprintf(out,
            "Fairlead plans and runs a supply chain expo: exhibitor list in; chains with gaps,\n"
            "a site and auditable figures out.\n\n"
            "usage: fairlead COMMAND ...\n\nCommands:\n");
    for (const struct cli_command *c = cli_commands(); c->name != NULL; c++)
        fprintf(out, "  %-10s  %s\n", c->name, c->summary);
    fprintf(
        out,
        "\n'fairlead COMMAND --help' tells more. Exit codes: 0 done, 1 problems, 2 wrong usage.\n"
        "Environment: NO_COLOR turns colours off; FAIRLEAD_ACTOR names who acts in the change "
        "log.\n");
}

static const struct cli_command *find_command(const char *name) {
    for (const struct cli_command *c = cli_commands(); c->name != NULL; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

static int option_index(const struct cli *cli, struct str name) {
    const struct cli_option *options = cli->command->options;
    for (int i = 0; options != NULL && options[i].name != NULL; i++)
        if (str_equal_c(name, options[i].name))
            return i;
    return -1;
}

const char *cli_value(const struct cli *cli, const char *option) {
    int i = option_index(cli, str_of(option));
    return i >= 0 ? cli->value[i] : NULL;
}

int cli_misuse(struct cli *cli, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("fairlead: ", cli->err);
    vfprintf(cli->err, format, args);
    fputs("\n", cli->err);
    va_end(args);
    if (cli->command != NULL) {
        print_usage(cli->err, cli->command);
        fprintf(cli->err, "'fairlead %s --help' tells more.\n", cli->command->name);
    }
    return CLI_USAGE;
}

int cli_fail(struct cli *cli) {
    char text[2 * ERR_TEXT_MAX + ERR_NAME_MAX + 64];
    cli_end_progress(cli);
    err_format(&cli->info, text, sizeof(text));
    fprintf(cli->err, "fairlead: %s\n", text);
    return CLI_PROBLEMS;
}

bool cli_number(struct cli *cli, const char *option, int64_t min, int64_t max, int64_t otherwise,
                int64_t *out) {
    const char *text = cli_value(cli, option);
    *out = otherwise;
    if (text == NULL)
        return true;
    if (str_to_i64(str_of(text), out) && *out >= min && *out <= max)
        return true;
    cli_misuse(cli, "--%s needs a whole number from %lld to %lld, not \"%s\"", option,
               (long long)min, (long long)max, text);
    return false;
}

static bool is_choice(const char *choices, const char *value) {
    struct str rest = str_of(choices), piece;
    while (str_next(&rest, "|", &piece))
        if (str_equal_c(piece, value))
            return true;
    return false;
}

/* Takes one "--name", "--name value" or "--name=value"; CLI_OK or CLI_USAGE. */
static int take_option(struct cli *cli, int argc, char **argv, int *at) {
    struct str text = str_of(argv[*at] + 2), name, value = {NULL, 0};
    size_t equals = str_find(text, STR("="));
    name = equals != SIZE_MAX ? str_sub(text, 0, equals) : text;
    int i = option_index(cli, name);
    if (i < 0)
        return cli_misuse(cli, "there is no option --%.*s", STR_ARG(name));
    const struct cli_option *option = &cli->command->options[i];
    if (equals != SIZE_MAX)
        value = str_sub(text, equals + 1, text.len);
    if (option->value == NULL && option->choices == NULL) {
        if (equals != SIZE_MAX)
            return cli_misuse(cli, "--%s takes no value", option->name);
        cli->value[i] = "";
        return CLI_OK;
    }
    if (equals == SIZE_MAX) {
        if (*at + 1 >= argc)
            return cli_misuse(cli, "--%s needs a value", option->name);
        value = str_of(argv[++*at]);
    }
    if (option->choices != NULL && !is_choice(option->choices, value.ptr))
        return cli_misuse(cli, "--%s is one of %s, not \"%s\"", option->name, option->choices,
                          value.ptr);
    cli->value[i] = value.ptr;
    if (cli->repetitions < CLI_ARGUMENTS_MAX) {
        cli->repeated[cli->repetitions] = value.ptr;
        cli->repeated_option[cli->repetitions++] = i;
    }
    return CLI_OK;
}

static int parse(struct cli *cli, int argc, char **argv) {
    bool options_end = false;
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        if (!options_end && strcmp(word, "--") == 0) {
            options_end = true;
        } else if (!options_end && word[0] == '-' && word[1] == '-') {
            int code = take_option(cli, argc, argv, &i);
            if (code != CLI_OK)
                return code;
        } else if (!options_end && word[0] == '-' && word[1] != '\0') {
            return cli_misuse(cli, "there is no option %s (options begin with --)", word);
        } else if (cli->arguments < CLI_ARGUMENTS_MAX) {
            cli->argument[cli->arguments++] = word;
        } else {
            return cli_misuse(cli, "too many arguments");
        }
    }
    if (cli->arguments < cli->command->arguments_min)
        return cli_misuse(cli, "%s needs %s", cli->command->name, cli->command->arguments);
    if (cli->arguments > cli->command->arguments_max)
        return cli_misuse(cli, "\"%s\" is one argument too many",
                          cli->argument[cli->command->arguments_max]);
    return CLI_OK;
}

static bool asks_help(int argc, char **argv) {
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

int cli_main(int argc, char **argv, FILE *out, FILE *err) {
    struct cli cli = {.out = out, .err = err, .access = access_local()};
    if (argc < 2) {
        print_help(err);
        return CLI_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        fprintf(out, "fairlead %s\n", FAIRLEAD_VERSION);
        return CLI_OK;
    }
    bool help = strcmp(argv[1], "help") == 0 || asks_help(1, argv + 1);
    const char *name = help && argc > 2 && strcmp(argv[1], "help") == 0 ? argv[2] : argv[1];
    if (help && name == argv[1]) {
        print_help(out);
        return CLI_OK;
    }
    cli.command = find_command(name);
    if (cli.command == NULL) {
        cli_misuse(&cli, "there is no command \"%s\"; 'fairlead help' lists them", name);
        return CLI_USAGE;
    }
    if (help || asks_help(argc - 2, argv + 2)) {
        print_command_help(out, cli.command);
        return CLI_OK;
    }
    int code = parse(&cli, argc - 2, argv + 2);
    if (code != CLI_OK)
        return code;
    const char *no_color = getenv("NO_COLOR");
    cli.terminal = isatty(fileno(err)) != 0;
    cli.color = isatty(fileno(out)) != 0 && (no_color == NULL || no_color[0] == '\0');
    cli.job.threads = threads_available();
    if (cli.terminal) {
        cli.job.progress = draw_progress;
        cli.job.progress_ctx = &cli;
    }
    if (access_check(&cli.access, cli.command->right, NULL, &cli.info) != ERR_OK)
        return cli_fail(&cli);
    code = cli.command->run(&cli);
    if (code == CLI_OK && (fflush(out) != 0 || ferror(out))) {
        fprintf(err, "fairlead: cannot write the output: disk full or pipe closed\n");
        return CLI_PROBLEMS;
    }
    return code;
}
