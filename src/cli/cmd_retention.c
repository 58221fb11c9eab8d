/* The command retention: how long what is no record of the expo is kept. */
#include <stdio.h>

#include "cli/commands.h"
#include "cli/list_print.h"
#include "service/retention.h"

static enum err list_periods(struct cli *cli) {
    struct store_reader *reader = NULL;
    int64_t days[RETENTION_KINDS];
    struct list list;
    list_init(&list);
    list_column(&list, "kind", LIST_TEXT);
    list_column(&list, "days", LIST_NUMBER);
    list_column(&list, "default", LIST_NUMBER);
    enum err code = store_reader_open(cli->argument[0], &reader, &cli->info);
    if (code == ERR_OK)
        code = retention_read(reader, days, &cli->info);
    for (int k = 0; k < RETENTION_KINDS && code == ERR_OK; k++) {
        list_text(&list, str_of(retention_kind_code((enum retention_kind)k)));
        list_int(&list, days[k]);
        list_int(&list, retention_default((enum retention_kind)k));
    }
    if (code == ERR_OK)
        code = list_print(&list, "table", cli->out, &cli->info);
    list_release(&list);
    store_reader_close(reader);
    return code;
}

struct retention_run {
    enum retention_kind kind; /* RETENTION_KINDS = set none */
    int64_t days;
    bool apply;
    uint64_t deleted[RETENTION_KINDS];
};

static enum err write(struct cli *cli, struct retention_run *run) {
    struct store *store = NULL;
    struct store_batch batch = cli_author();
    int64_t batch_id;
    batch.kind = "account";
    enum err code = store_open(cli->argument[0], &store, &cli->info);
    if (code == ERR_OK)
        code = store_begin(store, &batch, &batch_id, &cli->info);
    if (code == ERR_OK && run->kind < RETENTION_KINDS)
        code = retention_set(store, &cli->access, run->kind, run->days, &cli->info);
    if (code == ERR_OK && run->apply)
        code = retention_apply(store, batch.at_ms, run->deleted, &cli->info);
    if (code == ERR_OK)
        code = store_commit(store, &cli->info);
    store_close(store);
    return code;
}

int cmd_retention(struct cli *cli) {
    struct retention_run run = {.kind = RETENTION_KINDS, .apply = cli_given(cli, "apply")};
    if (cli->arguments == 2)
        return cli_misuse(cli, "a kind needs its days");
    if (cli->arguments == 3) {
        run.kind = retention_kind_of_code(str_of(cli->argument[1]));
        if (run.kind == RETENTION_KINDS)
            return cli_misuse(cli, "nothing of the kind \"%s\" is kept", cli->argument[1]);
        if (!str_to_i64(str_of(cli->argument[2]), &run.days))
            return cli_misuse(cli, "\"%s\" is no number of days", cli->argument[2]);
    }
    enum err code = ERR_OK;
    if (run.kind < RETENTION_KINDS || run.apply)
        code = write(cli, &run);
    if (code == ERR_OK)
        code = list_periods(cli);
    for (int k = 0; k < RETENTION_KINDS && code == ERR_OK && run.apply; k++)
        fprintf(cli->out, "deleted %llu of %s\n", (unsigned long long)run.deleted[k],
                retention_kind_code((enum retention_kind)k));
    return code == ERR_OK ? CLI_OK : cli_fail(cli);
}
