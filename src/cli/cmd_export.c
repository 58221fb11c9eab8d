/* The command export: lists of an edition as files. */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/json.h"
#include "cli/commands.h"
#include "service/lists.h"
#include "service/picture.h"
#include "service/translations.h"

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

/* Several tables that belong together: the catalogue, or an edition. */
struct tables {
    int count;
    const char *(*file)(int table); /* "nodes.csv" */
    void (*fill)(const struct view *view, int table, struct list *list);
    bool pictures; /* their files come along */
};

static const char *catalogue_file(int table) {
    return lists_catalogue_file((enum lists_catalogue)table);
}

static void fill_catalogue(const struct view *view, int table, struct list *list) {
    lists_catalogue(view, (enum lists_catalogue)table, list);
}

static const char *edition_file(int table) {
    return table == LISTS_EVENT_TABLES ? "exhibitors.csv"
                                       : lists_event_file((enum lists_event)table);
}

static void fill_edition(const struct view *view, int table, struct list *list) {
    if (table == LISTS_EVENT_TABLES)
        lists_exhibitors(view, NULL, 0, list);
    else
        lists_event(view, (enum lists_event)table, list);
}

static const struct tables catalogue = {LISTS_CATALOGUE_TABLES, catalogue_file, fill_catalogue,
                                        false};
static const struct tables edition = {LISTS_EVENT_TABLES + 1, edition_file, fill_edition, true};

/* All tables in one JSON object, under the names of their files. */
static enum err give_json(struct cli *cli, const struct view *view, const struct tables *tables) {
    struct buf bytes;
    enum err code = ERR_OK;
    buf_init(&bytes, EXPORT_MAX_BYTES);
    buf_add_char(&bytes, '{');
    for (int t = 0; t < tables->count && code == ERR_OK; t++) {
        struct list list;
        struct str file = str_of(tables->file(t));
        list_init(&list);
        tables->fill(view, t, &list);
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

static enum err make_folder(struct cli *cli, const char *folder) {
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return err_errno(&cli->info, "make the folder", folder);
    return ERR_OK;
}

static enum err give_table(struct cli *cli, const struct view *view, const struct tables *tables,
                           int table) {
    enum list_format format = format_of(cli);
    struct list list;
    struct buf bytes;
    char path[PATH_MAX_BYTES];
    struct str file = str_of(tables->file(table));
    list_init(&list);
    buf_init(&bytes, EXPORT_MAX_BYTES);
    tables->fill(view, table, &list);
    enum err code = list_write(&list, format, &bytes, &cli->info);
    snprintf(path, sizeof(path), "%s/%.*s%s", cli_value(cli, "out"),
             STR_ARG(str_sub(file, 0, file.len - 3)), format == LIST_XLSX ? "xlsx" : "csv");
    if (code == ERR_OK)
        code = list_save(path, buf_str(&bytes), &cli->info);
    buf_release(&bytes);
    list_release(&list);
    return code;
}

static enum err give_pictures(struct cli *cli, struct store_reader *reader,
                              const struct view *view) {
    const char *out = cli_value(cli, "out");
    char path[PATH_MAX_BYTES];
    struct buf bytes;
    snprintf(path, sizeof(path), "%s/pictures", out);
    enum err code = view->pictures > 0 ? make_folder(cli, path) : ERR_OK;
    buf_init(&bytes, PICTURE_BYTES_MAX);
    for (uint32_t i = 0; i < view->pictures && code == ERR_OK; i++) {
        const struct view_picture *p = &view->picture[i];
        buf_clear(&bytes);
        snprintf(path, sizeof(path), "%s/pictures/%.*s.%.*s", out, STR_ARG(p->digest),
                 STR_ARG(p->format));
        code = store_get_content(reader, p->digest, &bytes, &cli->info);
        if (code == ERR_OK)
            code = list_save(path, buf_str(&bytes), &cli->info);
    }
    buf_release(&bytes);
    return code;
}

/* A file for each table in a folder, the form that an import reads back. */
static enum err give_tables(struct cli *cli, struct store_reader *reader, const struct view *view,
                            const struct tables *tables) {
    if (format_of(cli) == LIST_JSON)
        return give_json(cli, view, tables);
    enum err code = make_folder(cli, cli_value(cli, "out"));
    for (int t = 0; t < tables->count && code == ERR_OK; t++)
        code = give_table(cli, view, tables, t);
    return code == ERR_OK && tables->pictures ? give_pictures(cli, reader, view) : code;
}

static const struct tables *tables_of(const char *as) {
    return strcmp(as, "catalogue") == 0 ? &catalogue : strcmp(as, "edition") == 0 ? &edition : NULL;
}

static enum err export_view(struct cli *cli, struct store_reader *reader, const struct view *view,
                            const char *as) {
    struct list list;
    enum err code = ERR_OK;
    if (tables_of(as) != NULL)
        return give_tables(cli, reader, view, tables_of(as));
    list_init(&list);
    if (strcmp(as, "gaps") == 0)
        code = lists_gaps(view, VIEW_NONE, &list, &cli->info);
    else if (strcmp(as, "translations") == 0)
        code = translations_list(view, &list, &cli->info);
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
        return cli_misuse(cli, "say what to write: --as exhibitors, gaps, catalogue, edition or "
                               "translations");
    if (tables_of(as) != NULL && format_of(cli) != LIST_JSON && !cli_given(cli, "out"))
        return cli_misuse(
            cli, "these are several tables: name a folder with --out, or use --format json");
    enum err code = store_reader_open(cli->argument[0], &reader, &cli->info);
    if (code == ERR_OK)
        code = view_load(reader, str_of(cli_value(cli, "edition")), &cli->job, &view, &cli->info);
    if (code == ERR_OK)
        code = export_view(cli, reader, view, as);
    view_free(view);
    store_reader_close(reader);
    return code == ERR_OK ? CLI_OK : cli_fail(cli);
}
