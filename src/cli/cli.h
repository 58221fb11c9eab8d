/*
 * The command line: one table of commands makes the parser, the checks and the help.
 *
 * A command names its arguments and options; cli_main parses, answers --help, checks counts and
 * unknown options, runs the command and turns its error into words on standard error. Commands get
 * a `struct cli` and never parse themselves.
 *
 * Exit codes: CLI_OK, CLI_PROBLEMS (the work was done and found problems, or it failed), CLI_USAGE
 * (the command line is wrong; nothing was done).
 */
#ifndef FAIRLEAD_CLI_CLI_H
#define FAIRLEAD_CLI_CLI_H

#include <stdio.h>

#include "base/err.h"
#include "base/job.h"
#include "base/str.h"
#include "service/access.h"
#include "store/store.h"

enum { CLI_OK = 0, CLI_PROBLEMS = 1, CLI_USAGE = 2 };
enum { CLI_OPTIONS_MAX = 16, CLI_ARGUMENTS_MAX = 64 };

struct cli_option {
    const char *name;    /* without the dashes */
    const char *value;   /* what its value is, for the help; NULL = a switch without value */
    const char *choices; /* allowed values separated by |, or NULL */
    const char *help;
};

struct cli;
typedef int cli_run(struct cli *cli);

struct cli_command {
    const char *name;
    enum right right;      /* what one must be allowed to do; RIGHT_PUBLIC = nothing */
    const char *arguments; /* for the help: "DB FILE" */
    int arguments_min, arguments_max;
    const char *summary;              /* one line */
    const char *details;              /* what a user should know; NULL = nothing more */
    const struct cli_option *options; /* ends with a NULL name; NULL = none */
    cli_run *run;
};

struct cli {
    const struct cli_command *command;
    struct access access; /* who acts: the owner of the file */
    const char *argument[CLI_ARGUMENTS_MAX + 1];
    int arguments;
    const char *value[CLI_OPTIONS_MAX]; /* private: by option, NULL = not given */
    /* Repeated values of an option that may be given several times, in order. */
    const char *repeated[CLI_ARGUMENTS_MAX];
    int repeated_option[CLI_ARGUMENTS_MAX];
    int repetitions;
    FILE *out, *err;
    bool terminal;  /* standard error is a terminal: progress may be drawn */
    bool color;     /* standard output is a terminal and NO_COLOR is not set */
    struct job job; /* with a progress bar on a terminal */
    struct errinfo info;
};

/* Runs the program's arguments; the exit code. */
int cli_main(int argc, char **argv, FILE *out, FILE *err);

/* All commands, for help and tests; ends with a NULL name. */
const struct cli_command *cli_commands(void);

/* The value of an option, "" for a switch that is given, NULL when it is not. */
const char *cli_value(const struct cli *cli, const char *option);
static inline bool cli_given(const struct cli *cli, const char *option) {
    return cli_value(cli, option) != NULL;
}
/* The option's value as a whole number in [min, max], or `otherwise` when it is not given; false =
 * said what is wrong. */
bool cli_number(struct cli *cli, const char *option, int64_t min, int64_t max, int64_t otherwise,
                int64_t *out);

/* Prints the error in words and gives the exit code CLI_PROBLEMS. */
int cli_fail(struct cli *cli);
/* Prints what is wrong with the command line and gives CLI_USAGE. */
int cli_misuse(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Ends a progress bar's line, if one was drawn. */
void cli_end_progress(struct cli *cli);
/* Who acts: $FAIRLEAD_ACTOR, else the name of the operating system's user. */
struct str cli_actor(void);

/* That user, now: the author of a batch. */
struct store_batch cli_author(void);

#endif
