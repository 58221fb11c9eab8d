/* The command sample: a generated edition for load tests and demonstrations. */
#include <stdio.h>

#include "cli/commands.h"
#include "service/sample/folder.h"

enum { FIRST_YEAR = 1000, LAST_YEAR = 9999, SHOWN_YEAR = 2026 };

int cmd_sample(struct cli *cli) {
    int64_t exhibitors, partners, seed, duplicates, errors, year;
    if (!cli_number(cli, "exhibitors", 1, SAMPLE_EXHIBITORS_MAX, 620, &exhibitors) ||
        !cli_number(cli, "partners", 0, 10 * exhibitors, exhibitors * 400 / 620, &partners) ||
        !cli_number(cli, "seed", 0, INT64_MAX, 1, &seed) ||
        !cli_number(cli, "year", FIRST_YEAR, LAST_YEAR, SHOWN_YEAR, &year) ||
        !cli_number(cli, "duplicates", 0, 100, 0, &duplicates) ||
        !cli_number(cli, "errors", 0, 100, 0, &errors))
        return CLI_USAGE;
    struct sample_options options = {
        .seed = (uint64_t)seed,
        .exhibitors = (uint32_t)exhibitors,
        .partners = (uint32_t)partners,
        .edition = (uint32_t)year,
        .duplicates_percent = (uint32_t)duplicates,
        .errors_percent = (uint32_t)errors,
    };
    if (sample_write_folder(&options, cli->argument[0], &cli->job, &cli->info) != ERR_OK)
        return cli_fail(cli);
    cli_end_progress(cli);
    fprintf(cli->out,
            "%s holds an edition of %lld exhibitors and %lld partners. Read it with: "
            "fairlead import DB %s\n",
            cli->argument[0], (long long)exhibitors, (long long)partners, cli->argument[0]);
    return CLI_OK;
}
