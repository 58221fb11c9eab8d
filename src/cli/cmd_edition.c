/* The command edition: list editions, mark a register complete, choose the current one. */
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/list_print.h"
#include "service/edition.h"
#include "service/view.h"

static enum err list_editions(struct cli *cli) {
    struct store_reader *reader = NULL;
    struct view *view = NULL;
    struct list list;
    list_init(&list);
    enum err code = store_reader_open(cli->argument[0], &reader, &cli->info);
    if (code == ERR_OK)
        code = view_load(reader, STR(""), NULL, &view, &cli->info);
    static const char *const names[] = {"edition",    "name",     "from", "to",
                                        "exhibitors", "register", ""};
    for (int i = 0; i < 7; i++)
        list_column(&list, names[i], i == 4 ? LIST_NUMBER : LIST_TEXT);
    for (uint32_t i = 0; code == ERR_OK && i < view->editions; i++) {
        const struct view_edition *edition = &view->edition[i];
        list_text(&list, edition->code);
        list_text(&list, edition->name_en);
        list_text(&list, edition->starts);
        list_text(&list, edition->ends);
        list_int(&list, edition->exhibitors);
        list_text(&list, edition->register_complete ? STR("complete") : STR("partial"));
        list_text(&list, i == view->edition_index ? STR("current") : STR(""));
    }
    if (code == ERR_OK)
        code = list_print(&list, "table", cli->out, &cli->info);
    list_release(&list);
    view_free(view);
    store_reader_close(reader);
    return code;
}

int cmd_edition(struct cli *cli) {
    bool complete = cli_given(cli, "complete"), partial = cli_given(cli, "partial");
    bool current = cli_given(cli, "current");
    if (cli->arguments == 1) {
        if (complete || partial || current)
            return cli_misuse(cli, "name the edition that this is said of");
        return list_editions(cli) == ERR_OK ? CLI_OK : cli_fail(cli);
    }
    if (complete && partial)
        return cli_misuse(cli, "a register is complete or partial, not both");
    if (!complete && !partial && !current)
        return cli_misuse(cli, "say --complete, --partial or --current");
    struct store *store = NULL;
    struct edition_marks marks = {.set_register = complete || partial,
                                  .register_complete = complete,
                                  .make_current = current};
    enum err code = store_open(cli->argument[0], &store, &cli->info);
    if (code == ERR_OK)
        code = edition_mark(store, cli_actor(), clock_wall_ms(), str_of(cli->argument[1]), &marks,
                            &cli->info);
    store_close(store);
    if (code != ERR_OK)
        return cli_fail(cli);
    return list_editions(cli) == ERR_OK ? CLI_OK : cli_fail(cli);
}
