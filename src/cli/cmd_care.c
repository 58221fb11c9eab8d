/* Commands that look after the file: check, backup, restore. */
#include <stdio.h>

#include "cli/commands.h"
#include "service/catalogue_check.h"
#include "service/picture.h"
#include "store/store.h"

struct findings {
    struct cli *cli;
    uint64_t count;
};

static void print_finding(void *ctx, const char *text) {
    struct findings *findings = ctx;
    cli_end_progress(findings->cli);
    fprintf(findings->cli->out, "%s\n", text);
    findings->count++;
}

int cmd_check(struct cli *cli) {
    struct store *store = NULL;
    struct findings findings = {.cli = cli};
    /* Opened for writing, because this brings an older schema up to date. */
    enum err code = store_open(cli->argument[0], &store, &cli->info);
    if (code == ERR_OK)
        code = store_check(store_reader_of(store), &cli->job, print_finding, &findings, &cli->info);
    if (code == ERR_OK)
        code = picture_check(store_reader_of(store), print_finding, &findings, &cli->info);
    if (code == ERR_OK)
        code = catalogue_check(store_reader_of(store), print_finding, &findings, &cli->info);
    store_close(store);
    cli_end_progress(cli);
    if (code != ERR_OK)
        return cli_fail(cli);
    if (findings.count == 0)
        fprintf(cli->out,
                "The database is whole: file, references, change log, pictures and catalogue.\n");
    else
        fprintf(cli->out, "%llu findings.\n", (unsigned long long)findings.count);
    return findings.count == 0 ? CLI_OK : CLI_PROBLEMS;
}

int cmd_backup(struct cli *cli) {
    if (store_backup(cli->argument[0], cli->argument[1], &cli->info) != ERR_OK)
        return cli_fail(cli);
    fprintf(cli->out, "Saved %s to %s.\n", cli->argument[0], cli->argument[1]);
    return CLI_OK;
}

/* A restored database is a copy that was opened and checked before it is called restored. */
int cmd_restore(struct cli *cli) {
    struct store_reader *reader = NULL;
    struct findings findings = {.cli = cli};
    enum err code = store_reader_open(cli->argument[0], &reader, &cli->info);
    if (code == ERR_OK)
        code = store_check(reader, &cli->job, print_finding, &findings, &cli->info);
    store_reader_close(reader);
    cli_end_progress(cli);
    if (code == ERR_OK && findings.count > 0) {
        code = err_set(&cli->info, ERR_STORE, "the backup %s is not whole; nothing was restored",
                       cli->argument[0]);
        err_hint(&cli->info, "Use an older backup.");
    }
    if (code == ERR_OK)
        code = store_backup(cli->argument[0], cli->argument[1], &cli->info);
    if (code != ERR_OK)
        return cli_fail(cli);
    fprintf(cli->out, "Restored %s from %s.\n", cli->argument[1], cli->argument[0]);
    return CLI_OK;
}
