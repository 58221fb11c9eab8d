/* The command new: a database with its first content. */
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/commands.h"
#include "cli/first_password.h"
#include "service/accounts.h"
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

/* The first account, whose password has to be changed at the first sign-in. */
static enum err add_administrator(struct cli *cli, struct store *store, const char *email,
                                  struct first_password *first) {
    const struct access_grant grant = {.role = ROLE_ADMINISTRATOR};
    struct store_batch batch = cli_author();
    int64_t batch_id, id;
    batch.kind = "account";
    enum err code = first_password_make(first, &cli->info);
    if (code == ERR_OK)
        code = store_begin(store, &batch, &batch_id, &cli->info);
    if (code != ERR_OK)
        return code;
    const struct account_request request = {.email = str_of(email),
                                            .grants = &grant,
                                            .grant_count = 1,
                                            .kept = first->kept,
                                            .must_change = true,
                                            .at_ms = batch.at_ms};
    code = account_create(store, &cli->access, &request, &id, &cli->info);
    if (code == ERR_OK)
        return store_commit(store, &cli->info);
    store_rollback(store);
    return code;
}

int cmd_new(struct cli *cli) {
    struct store *store = NULL;
    struct first_password first;
    const char *admin = cli_value(cli, "admin");
    if (store_create(cli->argument[0], &store, &cli->info) != ERR_OK)
        return cli_fail(cli);
    bool sample = cli_given(cli, "sample");
    enum err code =
        seed_database(store, cli_actor(), clock_wall_ms(), sample, &cli->job, &cli->info);
    if (code == ERR_OK && admin != NULL)
        code = add_administrator(cli, store, admin, &first);
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
    if (admin != NULL)
        fprintf(cli->out,
                "Administrator %s  one-time password: %s\nIt is shown this once and has to be "
                "changed at the first sign-in.\n",
                admin, first.typed);
    else
        fprintf(cli->out,
                "Nobody can sign in yet: fairlead user %s add EMAIL --role administrator\n",
                cli->argument[0]);
    return CLI_OK;
}
