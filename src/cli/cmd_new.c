/* The command new: a database with its first content. */
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/commands.h"
#include "service/seed.h"

/* What was begun is removed again: a database exists with all of its first content or not at all.
 */
static void remove_files(const char *path) {
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
        char name[4096];
        snprintf(name, sizeof(name), "%s%s", path, suffixes[i]);
        unlink(name);
    }
}

int cmd_new(struct cli *cli) {
    struct store *store = NULL;
    if (store_create(cli->argument[0], &store, &cli->info) != ERR_OK)
        return cli_fail(cli);
    bool sample = cli_given(cli, "sample");
    enum err code =
        seed_database(store, cli_actor(), clock_wall_ms(), sample, &cli->job, &cli->info);
    store_close(store);
    cli_end_progress(cli);
    if (code != ERR_OK) {
        remove_files(cli->argument[0]);
        return cli_fail(cli);
    }
    if (sample)
        fprintf(cli->out, "Made %s with the sample. Next: fairlead serve %s\n", cli->argument[0],
                cli->argument[0]);
    else
        fprintf(cli->out, "Made %s. Next: fairlead import %s exhibitors.csv\n", cli->argument[0],
                cli->argument[0]);
    return CLI_OK;
}
