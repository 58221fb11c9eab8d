/* The command solve: one engine alone on a file. */
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/solve_chain.h"
#include "cli/solve_match.h"
#include "cli/solve_meet.h"

static enum err run_upstreamness(struct cli *cli) {
    return solve_upstreamness(cli->argument[1], cli->out, &cli->info);
}

static enum err run_trophic(struct cli *cli) {
    return solve_trophic(cli->argument[1], cli->out, &cli->info);
}

static void end_progress(void *ctx) {
    cli_end_progress(ctx);
}

static int solve_matching(struct cli *cli) {
    int64_t capacity, time_s;
    if (!cli_number(cli, "capacity", 0, 1 << 20, 1, &capacity) ||
        !cli_number(cli, "time", 1, 1000000, 0, &time_s))
        return CLI_USAGE;
    struct solve_match options = {.capacity = (uint32_t)capacity,
                                  .capacities = cli_value(cli, "capacities"),
                                  .out = cli_value(cli, "out"),
                                  .exact = cli_given(cli, "exact"),
                                  .stable = cli_given(cli, "stable") || cli_given(cli, "own"),
                                  .own = cli_given(cli, "own"),
                                  .searched = end_progress,
                                  .ctx = cli};
    if (options.capacities != NULL && cli_given(cli, "capacity"))
        return cli_misuse(cli, "give --capacity or --capacities, not both");
    if (time_s > 0)
        cli->job.deadline_ns = clock_monotonic_ns() + time_s * INT64_C(1000000000);
    enum err err = solve_match(cli->argument[1], &options, &cli->job, cli->out, &cli->info);
    return err == ERR_OK ? CLI_OK : cli_fail(cli);
}

static int solve_meetings(struct cli *cli) {
    int64_t fairness, time_s, seed, threads;
    if (!cli_number(cli, "fairness", 0, 1000, 2, &fairness) ||
        !cli_number(cli, "seed", 0, INT64_MAX, 1, &seed) ||
        !cli_number(cli, "threads", 1, 64, 1, &threads) ||
        !cli_number(cli, "time", 1, 1000000, 0, &time_s))
        return CLI_USAGE;
    struct solve_meet options = {.fairness = (uint32_t)fairness,
                                 .out = cli_value(cli, "out"),
                                 .searched = end_progress,
                                 .ctx = cli};
    cli->job.seed = (uint64_t)seed;
    cli->job.threads = (uint32_t)threads;
    if (time_s > 0)
        cli->job.deadline_ns = clock_monotonic_ns() + time_s * INT64_C(1000000000);
    enum err err = solve_meet(cli->argument[1], &options, &cli->job, cli->out, &cli->info);
    return err == ERR_OK ? CLI_OK : cli_fail(cli);
}

static const struct {
    const char *name;
    enum err (*run)(struct cli *cli);
} measures[] = {
    {"upstreamness", run_upstreamness},
    {"trophic", run_trophic},
};

int cmd_solve(struct cli *cli) {
    if (strcmp(cli->argument[0], "matching") == 0)
        return solve_matching(cli);
    if (strcmp(cli->argument[0], "meetings") == 0)
        return solve_meetings(cli);
    for (size_t i = 0; i < sizeof(measures) / sizeof(measures[0]); i++) {
        if (strcmp(cli->argument[0], measures[i].name) != 0)
            continue;
        for (const struct cli_option *o = cli->command->options; o->name != NULL; o++)
            if (cli_given(cli, o->name))
                return cli_misuse(cli, "%s has no option --%s", cli->argument[0], o->name);
        return measures[i].run(cli) == ERR_OK ? CLI_OK : cli_fail(cli);
    }
    return cli_misuse(cli,
                      "there is no engine \"%s\"; engines: upstreamness, trophic, matching, "
                      "meetings",
                      cli->argument[0]);
}
