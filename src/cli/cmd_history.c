/* Commands on records and their history: log, undo, duplicates, merge, unmerge. */
#include <stdio.h>

#include "base/clock.h"
#include "cli/commands.h"
#include "cli/list_print.h"
#include "service/duplicates.h"
#include "service/merge.h"

static enum err print_batch(void *ctx, const struct store_change *change, struct errinfo *info) {
    struct cli *cli = ctx;
    char when[CLOCK_TEXT_MAX];
    clock_format(change->at_ms, when);
    fprintf(cli->out, "%6lld  %s  %-8.*s %-14.*s %8lld  %.*s", (long long)change->batch_id, when,
            STR_ARG(change->batch_kind), STR_ARG(change->actor), (long long)change->changes,
            STR_ARG(change->note));
    if (change->undone_by > 0)
        fprintf(cli->out, " (taken back by %lld)", (long long)change->undone_by);
    fputs("\n", cli->out);
    return ERR_OK;
}

static enum err print_change(void *ctx, const struct store_change *change, struct errinfo *info) {
    struct cli *cli = ctx;
    char when[CLOCK_TEXT_MAX];
    clock_format(change->at_ms, when);
    fprintf(cli->out, "%6lld  %s  %.*s  %.*s %lld %.*s", (long long)change->batch_id, when,
            STR_ARG(change->actor), STR_ARG(change->entity), (long long)change->record_id,
            STR_ARG(change->operation));
    if (change->before.len > 0)
        fprintf(cli->out, "  %.*s", STR_ARG(change->before));
    if (change->after.len > 0)
        fprintf(cli->out, "  ->  %.*s", STR_ARG(change->after));
    fputs("\n", cli->out);
    return ERR_OK;
}

static enum err print_log(struct cli *cli, struct store_reader *reader, int64_t batch,
                          int64_t limit, enum store_table table, int64_t record) {
    if (batch > 0 || record > 0)
        return store_each_change(reader, batch, table, record, print_change, cli, &cli->info);
    fprintf(cli->out, " batch  when                  kind     who             changes  what for\n");
    return store_each_batch(reader, (uint32_t)limit, print_batch, cli, &cli->info);
}

int cmd_log(struct cli *cli) {
    int64_t batch, limit, record = 0;
    enum store_table table = STORE_TABLES;
    if (!cli_number(cli, "batch", 1, INT64_MAX, 0, &batch) ||
        !cli_number(cli, "limit", 1, 1000000, 20, &limit))
        return CLI_USAGE;
    if (cli_given(cli, "record")) {
        struct str rest = str_of(cli_value(cli, "record")), name, number = STR("");
        (void)str_next(&rest, ":", &name);
        (void)str_next(&rest, ":", &number);
        table = store_table_by_name(name);
        if (table == STORE_TABLES || !str_to_i64(number, &record) || record < 1)
            return cli_misuse(cli, "--record needs a table and an id, for example organisation:12");
    }
    struct store_reader *reader = NULL;
    enum err code = store_reader_open(cli->argument[0], &reader, &cli->info);
    if (code == ERR_OK)
        code = print_log(cli, reader, batch, limit, table, record);
    store_reader_close(reader);
    return code == ERR_OK ? CLI_OK : cli_fail(cli);
}

int cmd_undo(struct cli *cli) {
    const struct store_batch by = cli_author();
    int64_t batch, undo;
    struct store *store = NULL;
    if (!str_to_i64(str_of(cli->argument[1]), &batch) || batch < 1)
        return cli_misuse(cli, "\"%s\" is not the number of a batch", cli->argument[1]);
    enum err code = store_open(cli->argument[0], &store, &cli->info);
    if (code == ERR_OK)
        code = undo_batch(store, &by, batch, &undo, &cli->info);
    store_close(store);
    if (code != ERR_OK)
        return cli_fail(cli);
    fprintf(cli->out, "Batch %lld is taken back. To bring it back: fairlead undo %s %lld\n",
            (long long)batch, cli->argument[0], (long long)undo);
    return CLI_OK;
}

static enum err list_duplicates(struct cli *cli) {
    struct store_reader *reader = NULL;
    struct list list;
    const char *format = cli_value(cli, "format");
    list_init(&list);
    enum err code = store_reader_open(cli->argument[0], &reader, &cli->info);
    if (code == ERR_OK)
        code = duplicates_list(reader, &list, &cli->info);
    if (code == ERR_OK && list.cells.len == 0 && format == NULL)
        fprintf(cli->out, "No pair waits for a decision.\n");
    else if (code == ERR_OK)
        code = list_print(&list, format != NULL ? format : "table", cli->out, &cli->info);
    list_release(&list);
    store_reader_close(reader);
    return code;
}

int cmd_duplicates(struct cli *cli) {
    const struct store_batch by = cli_author();
    struct store *store = NULL;
    int64_t pair[2] = {0, 0};
    bool different = cli_given(cli, "different"), later = cli_given(cli, "later");
    if (cli->arguments == 1)
        return list_duplicates(cli) == ERR_OK ? CLI_OK : cli_fail(cli);
    if (cli->arguments != 3 || different == later)
        return cli_misuse(cli, "name two organisations and say --different or --later; "
                               "two that are the same are merged with 'fairlead merge'");
    enum err code = store_open(cli->argument[0], &store, &cli->info);
    for (int i = 0; i < 2 && code == ERR_OK; i++)
        code =
            merge_find(store_reader_of(store), str_of(cli->argument[i + 1]), &pair[i], &cli->info);
    if (code == ERR_OK)
        code = duplicates_decide(store, &by, pair[0], pair[1],
                                 different ? STR("different") : STR("later"), &cli->info);
    store_close(store);
    if (code != ERR_OK)
        return cli_fail(cli);
    fprintf(cli->out, "Noted: %lld and %lld %s.\n", (long long)pair[0], (long long)pair[1],
            different ? "are different" : "wait for a decision");
    return CLI_OK;
}

int cmd_merge(struct cli *cli) {
    const struct store_batch by = cli_author();
    struct store *store = NULL;
    int64_t keep = 0, gone = 0, batch = 0;
    enum err code = store_open(cli->argument[0], &store, &cli->info);
    if (code == ERR_OK)
        code = merge_find(store_reader_of(store), str_of(cli->argument[1]), &keep, &cli->info);
    if (code == ERR_OK)
        code = merge_find(store_reader_of(store), str_of(cli->argument[2]), &gone, &cli->info);
    if (code == ERR_OK)
        code = merge_organisations(store, &by, keep, gone, &batch, &cli->info);
    store_close(store);
    if (code != ERR_OK)
        return cli_fail(cli);
    fprintf(cli->out,
            "Organisation %lld is now part of %lld. To take that back: fairlead unmerge %s %lld\n",
            (long long)gone, (long long)keep, cli->argument[0], (long long)gone);
    return CLI_OK;
}

int cmd_unmerge(struct cli *cli) {
    const struct store_batch by = cli_author();
    struct store *store = NULL;
    int64_t gone = 0, batch = 0;
    enum err code = store_open(cli->argument[0], &store, &cli->info);
    if (code == ERR_OK)
        code = merge_find(store_reader_of(store), str_of(cli->argument[1]), &gone, &cli->info);
    if (code == ERR_OK)
        code = merge_take_back(store, &by, gone, &batch, &cli->info);
    store_close(store);
    if (code != ERR_OK)
        return cli_fail(cli);
    fprintf(cli->out, "Organisation %lld stands on its own again (batch %lld).\n", (long long)gone,
            (long long)batch);
    return CLI_OK;
}
