/* The command export: lists of an edition as files. */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/json.h"
#include "cli/commands.h"
#include "service/lists.h"

enum { EXPORT_MAX_BYTES = 1 << 30, PATH_MAX_BYTES = 4096 };

static enum list_format format_of(const struct cli *cli) {
    const char *format = cli_value(cli, "format"), *out = cli_value(cli, "out");
    struct str name = format != NULL ? str_of(format) : str_of(out);
    if (str_ends(name, STR("json")))
        return LIST_JSON;
    return str_ends(name, STR("xlsx")) ? LIST_XLSX : LIST_CSV;
}

static enum err give(struct cli *cli, struct str bytes) {
    const char *path = cli_value(cli, "out");
    if (path != NULL)
        return list_save(path, bytes, &cli->info);
    if (fwrite(bytes.ptr, 1, bytes.len, cli->out) != bytes.len)
        return err_errno(&cli->info, "write", "the output");
    return ERR_OK;
}

static enum err give_list(struct cli *cli, const struct list *list) {
    struct buf bytes;
    buf_init(&bytes, EXPORT_MAX_BYTES);
    enum err code = list_write(list, format_of(cli), &bytes, &cli->info);
    if (code == ERR_OK)
        code = give(cli, buf_str(&bytes));
    buf_release(&bytes);
    return code;
}

/* All tables of the catalogue in one JSON object, under the names of their files. */
static enum err give_catalogue_json(struct cli *cli, const struct view *view) {
    struct buf bytes;
    enum err code = ERR_OK;
    buf_init(&bytes, EXPORT_MAX_BYTES);
    buf_add_char(&bytes, '{');
    for (int t = 0; t < LISTS_CATALOGUE_TABLES && code == ERR_OK; t++) {
        struct list list;
        struct str file = str_of(lists_catalogue_file((enum lists_catalogue)t));
        list_init(&list);
        lists_catalogue(view, (enum lists_catalogue)t, &list);
        buf_printf(&bytes, "%s\"%.*s\":", t > 0 ? "," : "",
                   STR_ARG(str_sub(file, 0, file.len - 4)));
        code = list_write(&list, LIST_JSON, &bytes, &cli->info);
        list_release(&list);
    }
    buf_add_c(&bytes, "}\n");
    if (code == ERR_OK)
        code = buf_error(&bytes, &cli->info);
    if (code == ERR_OK)
        code = give(cli, buf_str(&bytes));
    buf_release(&bytes);
    return code;
}

/* A file for each table in a folder, the form that an import reads back. */
static enum err give_catalogue_folder(struct cli *cli, const struct view *view) {
    const char *folder = cli_value(cli, "out");
    enum list_format format = format_of(cli);
    enum err code = ERR_OK;
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return err_errno(&cli->info, "make the folder", folder);
    for (int t = 0; t < LISTS_CATALOGUE_TABLES && code == ERR_OK; t++) {
        struct list list;
        struct buf bytes;
        char path[PATH_MAX_BYTES];
        struct str file = str_of(lists_catalogue_file((enum lists_catalogue)t));
        list_init(&list);
        buf_init(&bytes, EXPORT_MAX_BYTES);
        lists_catalogue(view, (enum lists_catalogue)t, &list);
        code = list_write(&list, format, &bytes, &cli->info);
        snprintf(path, sizeof(path), "%s/%.*s%s", folder, STR_ARG(str_sub(file, 0, file.len - 3)),
                 format == LIST_XLSX ? "xlsx" : "csv");
        if (code == ERR_OK)
            code = list_save(path, buf_str(&bytes), &cli->info);
        buf_release(&bytes);
        list_release(&list);
    }
    return code;
}

static enum err export_view(struct cli *cli, const struct view *view, const char *as) {
    struct list list;
    enum err code = ERR_OK;
    if (strcmp(as, "catalogue") == 0) {
        if (format_of(cli) == LIST_JSON)
            return give_catalogue_json(cli, view);
        return give_catalogue_folder(cli, view);
    }
    list_init(&list);
    if (strcmp(as, "gaps") == 0)
        code = lists_gaps(view, VIEW_NONE, &list, &cli->info);
    else
        lists_exhibitors(view, NULL, 0, &list);
    if (code == ERR_OK)
        code = give_list(cli, &list);
    list_release(&list);
    return code;
}

int cmd_export(struct cli *cli) {
    const char *as = cli_value(cli, "as");
    struct store_reader *reader = NULL;
    struct view *view = NULL;
    if (as == NULL)
        return cli_misuse(cli, "say what to write: --as exhibitors, --as gaps or --as catalogue");
    if (strcmp(as, "catalogue") == 0 && format_of(cli) != LIST_JSON && !cli_given(cli, "out"))
        return cli_misuse(
            cli, "the catalogue is several tables: name a folder with --out, or use --format json");
    enum err code = store_reader_open(cli->argument[0], &reader, &cli->info);
    if (code == ERR_OK)
        code = view_load(reader, str_of(cli_value(cli, "edition")), &cli->job, &view, &cli->info);
    if (code == ERR_OK)
        code = export_view(cli, view, as);
    view_free(view);
    store_reader_close(reader);
    return code == ERR_OK ? CLI_OK : cli_fail(cli);
}
