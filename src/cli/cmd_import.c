/* The command import: a spreadsheet, or the spreadsheets of a folder, into the database. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "assets/assets.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/vec.h"
#include "cli/commands.h"
#include "service/import.h"
#include "service/import_report.h"

enum {
    SOURCES_MAX = 64,
    NAMES_MAX_BYTES = 1 << 20,
    REPORT_MAX_BYTES = 1 << 30,
    SHOWN_OF_EACH_KIND = 50
};

struct importing {
    struct cli *cli;
    struct arena arena;
    struct import_source sources[SOURCES_MAX];
    struct header_override overrides[CLI_ARGUMENTS_MAX];
    struct table_options table;
    struct import_request request;
    const char *format;
};

/* What `--as` names: one sheet, or the folder of tables that the catalogue is. */
static enum sheet_id sheet_of(const struct cli *cli) {
    const char *as = cli_value(cli, "as");
    return as != NULL ? sheet_by_name(str_of(as)) : SHEETS;
}

static bool is_sheet_file(const char *name) {
    struct str text = str_of(name);
    return name[0] != '.' && (str_ends(text, STR(".csv")) || str_ends(text, STR(".xlsx")) ||
                              str_ends(text, STR(".tsv")));
}

static int by_name(const void *a, const void *b) {
    const struct import_source *x = a, *y = b;
    return strcmp(x->path, y->path);
}

/* Every spreadsheet of a folder that is named after a kind of sheet; others are told and left out.
 */
static enum err add_folder(struct importing *i, const char *folder) {
    struct errinfo *info = &i->cli->info;
    enum err code = ERR_OK;
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return err_errno(info, "open the folder", folder);
    for (struct dirent *entry; code == ERR_OK && (entry = readdir(dir)) != NULL;) {
        enum sheet_id sheet = import_sheet_of_path(entry->d_name);
        if (!is_sheet_file(entry->d_name))
            continue;
        if (sheet == SHEETS) {
            fprintf(i->cli->err, "Left out: %s is not named after a kind of sheet.\n",
                    entry->d_name);
            continue;
        }
        struct str path = arena_printf(&i->arena, "%s/%s", folder, entry->d_name);
        if (path.ptr == NULL)
            code = err_memory(info);
        else if (i->request.source_count == SOURCES_MAX)
            code = err_set(info, ERR_LIMIT, "the folder %s holds more than %d spreadsheets", folder,
                           SOURCES_MAX);
        else
            i->sources[i->request.source_count++] =
                (struct import_source){.path = path.ptr, .sheet = sheet};
    }
    closedir(dir);
    qsort(i->sources, i->request.source_count, sizeof(i->sources[0]), by_name);
    if (code == ERR_OK && i->request.source_count == 0) {
        code = err_set(info, ERR_INPUT, "the folder %s holds no spreadsheet with a known name",
                       folder);
        err_hint(info,
                 "Name files after what they hold: exhibitors.csv, programme.csv, nodes.csv, ...");
    }
    return code;
}

static enum err add_sources(struct importing *i) {
    const char *path = i->cli->argument[1];
    struct stat about;
    if (strcmp(path, "-") != 0 && stat(path, &about) != 0)
        return err_errno(&i->cli->info, "open", path);
    if (strcmp(path, "-") != 0 && S_ISDIR(about.st_mode))
        return add_folder(i, path);
    i->sources[0] = (struct import_source){.path = path, .sheet = sheet_of(i->cli)};
    i->request.source_count = 1;
    return ERR_OK;
}

static int take_options(struct importing *i) {
    struct cli *cli = i->cli;
    const char *separator = cli_value(cli, "separator");
    i->format = cli_value(cli, "format") != NULL ? cli_value(cli, "format") : "table";
    i->table.encoding = cli_value(cli, "encoding");
    i->table.sheet = cli_value(cli, "sheet");
    if (separator != NULL && strcmp(separator, "tab") == 0)
        i->table.separator = '\t';
    else if (separator != NULL && strlen(separator) == 1 && strchr(",;|\t", separator[0]) != NULL)
        i->table.separator = separator[0];
    else if (separator != NULL)
        return cli_misuse(cli, "--separator is one of , ; | or tab, not \"%s\"", separator);
    for (int r = 0; r < cli->repetitions; r++) {
        if (strcmp(cli->command->options[cli->repeated_option[r]].name, "map") != 0)
            continue;
        struct str text = str_of(cli->repeated[r]);
        size_t at = text.len;
        while (at > 0 && text.ptr[at - 1] != '=')
            at--;
        if (at == 0)
            return cli_misuse(cli, "--map needs HEADER=FIELD, not \"%s\"", text.ptr);
        i->overrides[i->request.override_count++] = (struct header_override){
            .header = str_sub(text, 0, at - 1), .field = str_sub(text, at, text.len)};
    }
    return CLI_OK;
}

static bool has_errors(const struct import_outcome *outcome) {
    for (uint32_t i = 0; i < outcome->part_count; i++)
        if (outcome->parts[i].plan.errors > 0)
            return true;
    return false;
}

static enum err print_report(struct importing *i, const struct import_outcome *outcome,
                             struct errinfo *info) {
    if (strcmp(i->format, "json") != 0) {
        import_report_text(outcome, SHOWN_OF_EACH_KIND, i->cli->out);
        return ERR_OK;
    }
    struct buf text;
    buf_init(&text, REPORT_MAX_BYTES);
    enum err code = import_report_json(outcome, &text, info);
    buf_add_char(&text, '\n');
    if (code == ERR_OK)
        code = buf_error(&text, info);
    if (code == ERR_OK && fwrite(text.ptr, 1, text.len, i->cli->out) != text.len)
        code = err_errno(info, "write", "the report");
    buf_release(&text);
    return code;
}

static void print_end(const struct importing *i, const struct import_outcome *outcome) {
    const struct cli *cli = i->cli;
    if (strcmp(i->format, "json") == 0)
        return;
    if (i->request.dry_run)
        fprintf(cli->out, "Dry run: nothing was written.\n");
    else if (outcome->batch_id == 0)
        fprintf(cli->out, "Nothing to write: the database holds all of it already.\n");
    else
        fprintf(cli->out, "Written as batch %lld. To take it back: fairlead undo %s %lld\n",
                (long long)outcome->batch_id, cli->argument[0], (long long)outcome->batch_id);
}

static enum err run(struct importing *i, bool *problems) {
    struct cli *cli = i->cli;
    struct store *store = NULL;
    struct import_outcome outcome;
    enum err code = store_open(cli->argument[0], &store, &cli->info);
    if (code != ERR_OK)
        return code;
    import_outcome_init(&outcome);
    code = import_run(store, &i->request, &outcome, &cli->job, &cli->info);
    cli_end_progress(cli);
    *problems = has_errors(&outcome);
    if (code == ERR_OK || *problems) {
        struct errinfo info;
        enum err printed = print_report(i, &outcome, &info);
        if (printed != ERR_OK) {
            code = printed;
            cli->info = info;
        }
    }
    if (code == ERR_OK)
        print_end(i, &outcome);
    import_outcome_release(&outcome);
    store_close(store);
    return code;
}

int cmd_import(struct cli *cli) {
    struct importing i = {.cli = cli};
    bool problems = false;
    i.request = (struct import_request){
        .sources = i.sources,
        .edition = str_of(cli_value(cli, "edition")),
        .overrides = i.overrides,
        .keep_mapping = true,
        .dry_run = cli_given(cli, "dry-run"),
        .leave_out_wrong = cli_given(cli, "leave-out-wrong"),
        .actor = cli_actor(),
        .note = str_of(cli->argument[1]),
        .at_ms = clock_wall_ms(),
        .table = &i.table,
    };
    int usage = take_options(&i);
    if (usage != CLI_OK)
        return usage;
    arena_init(&i.arena, NAMES_MAX_BYTES);
    enum err code =
        assets_find(STR("data/model/headers.csv"), &i.request.headers)
            ? add_sources(&i)
            : err_set(&cli->info, ERR_INTERNAL, "the program lacks its own file of headers");
    if (code == ERR_OK)
        code = run(&i, &problems);
    arena_release(&i.arena);
    if (code != ERR_OK)
        return cli_fail(cli);
    return problems ? CLI_PROBLEMS : CLI_OK;
}
