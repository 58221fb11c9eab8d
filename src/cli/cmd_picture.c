/* The command picture: the pictures of an edition's pavilions; add, describe or remove one. */
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/list_print.h"
#include "service/picture.h"
#include "service/view.h"

static void list_picture(const struct view *view, const struct view_picture *p, struct list *list) {
    char pixels[48];
    snprintf(pixels, sizeof(pixels), "%lld x %lld", (long long)p->width, (long long)p->height);
    list_int(list, p->id);
    list_text(list, view->pavilion[p->pavilion].name_en);
    if (p->position > 0)
        list_int(list, p->position);
    else
        list_text(list, STR(""));
    list_text(list, p->format);
    list_text(list, str_of(pixels));
    list_text(list, p->alt_en);
    list_text(list, p->alt_zh);
    list_text(list, p->credit);
    list_text(list, p->digest);
}

static enum err list_pictures(struct cli *cli) {
    static const char *const names[] = {"id",     "pavilion", "position", "format", "pixels",
                                        "alt_en", "alt_zh",   "credit",   "digest"};
    struct store_reader *reader = NULL;
    struct view *view = NULL;
    struct list list;
    list_init(&list);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        list_column(&list, names[i], i == 0 || i == 2 ? LIST_NUMBER : LIST_TEXT);
    enum err code = store_reader_open(cli->argument[0], &reader, &cli->info);
    if (code == ERR_OK)
        code = view_load(reader, str_of(cli_value(cli, "edition")), NULL, &view, &cli->info);
    for (uint32_t i = 0; code == ERR_OK && i < view->pictures; i++)
        list_picture(view, &view->picture[i], &list);
    if (code == ERR_OK)
        code = list_print(&list, "table", cli->out, &cli->info);
    list_release(&list);
    view_free(view);
    store_reader_close(reader);
    return code;
}

static enum err add_picture(struct cli *cli, int64_t position) {
    struct store *store = NULL;
    int64_t id = 0;
    struct picture_request request = {
        .edition = str_of(cli_value(cli, "edition")),
        .pavilion = str_of(cli->argument[1]),
        .path = cli->argument[2],
        .alt_en = str_of(cli_value(cli, "alt-en")),
        .alt_zh = str_of(cli_value(cli, "alt-zh")),
        .credit = str_of(cli_value(cli, "credit")),
        .position = position,
        .actor = cli_actor(),
        .at_ms = clock_wall_ms(),
    };
    enum err code = store_open(cli->argument[0], &store, &cli->info);
    if (code == ERR_OK)
        code = picture_add(store, &request, &id, &cli->info);
    store_close(store);
    return code;
}

static enum err remove_picture(struct cli *cli, int64_t id) {
    struct store *store = NULL;
    enum err code = store_open(cli->argument[0], &store, &cli->info);
    if (code == ERR_OK)
        code = picture_remove(store, id, cli_actor(), clock_wall_ms(), &cli->info);
    store_close(store);
    return code;
}

int cmd_picture(struct cli *cli) {
    int64_t position, gone;
    if (!cli_number(cli, "position", 1, INT32_MAX, 0, &position) ||
        !cli_number(cli, "remove", 1, INT64_MAX, 0, &gone))
        return CLI_USAGE;
    if (cli->arguments == 2)
        return cli_misuse(cli, "name the pavilion and the file of the picture");
    if (cli->arguments == 3 && gone > 0)
        return cli_misuse(cli, "add a picture or remove one, not both");
    enum err code = cli->arguments == 3 ? add_picture(cli, position)
                    : gone > 0          ? remove_picture(cli, gone)
                                        : ERR_OK;
    if (code == ERR_OK)
        code = list_pictures(cli);
    return code == ERR_OK ? CLI_OK : cli_fail(cli);
}
