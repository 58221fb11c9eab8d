/* The command new: a database with its first content. */
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/commands.h"
#include "service/edition.h"
#include "service/seed.h"

/* The edition that the sample opens on. */
#define SAMPLE_EDITION "2024"

static enum err fill(struct cli *cli, struct store *store) {
    struct edition_marks current = {.make_current = true};
    enum err code = seed_database(store, cli_actor(), clock_wall_ms(), &cli->job, &cli->info);
    if (code == ERR_OK)
        code = edition_mark(store, cli_actor(), clock_wall_ms(), STR(SAMPLE_EDITION), &current,
                            &cli->info);
    return code;
}

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
    enum err code = fill(cli, store);
    store_close(store);
    cli_end_progress(cli);
    if (code != ERR_OK) {
        remove_files(cli->argument[0]);
        return cli_fail(cli);
    }
    fprintf(cli->out, "Made %s. Next: fairlead import %s exhibitors.csv\n", cli->argument[0],
            cli->argument[0]);
    return CLI_OK;
}
