/* The command solve: one engine alone on a file. */
#include "cli/commands.h"
#include "cli/solve_chain.h"

static const struct {
    const char *name;
    enum err (*run)(const char *path, FILE *out, struct errinfo *info);
} solvers[] = {
    {"upstreamness", solve_upstreamness},
    {"trophic", solve_trophic},
};

int cmd_solve(struct cli *cli) {
    for (size_t i = 0; i < sizeof(solvers) / sizeof(solvers[0]); i++)
        if (strcmp(cli->argument[0], solvers[i].name) == 0)
            return solvers[i].run(cli->argument[1], cli->out, &cli->info) == ERR_OK ? CLI_OK
                                                                                    : cli_fail(cli);
    return cli_misuse(cli, "there is no engine \"%s\"; engines: upstreamness, trophic",
                      cli->argument[0]);
}
