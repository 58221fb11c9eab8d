/* The command sample: a generated edition for load tests and demonstrations. */
#include <stdio.h>

#include "base/arena.h"
#include "cli/commands.h"
#include "service/sample/catalogue.h"
#include "service/sample/folder.h"

enum { FIRST_YEAR = 1000, LAST_YEAR = 9999, SHOWN_YEAR = 2026 };

static enum err print_record(void *ctx, enum sample_sheet sheet, struct str record,
                             struct errinfo *info) {
    struct cli *cli = ctx;
    if (sheet == SAMPLE_EXHIBITORS && fwrite(record.ptr, 1, record.len, cli->out) != record.len)
        return err_errno(info, "write", "the list");
    return ERR_OK;
}

/* Without a folder: the list of exhibitors alone, to standard output. */
static enum err print_exhibitors(struct cli *cli, const struct sample_options *options) {
    struct arena arena;
    struct sample_catalogue catalogue;
    struct sample_sink sink = {print_record, cli};
    arena_init(&arena, SAMPLE_CATALOGUE_BYTES_MAX);
    enum err code = sample_catalogue_load(&catalogue, &arena, &cli->info);
    if (code == ERR_OK)
        code = sample_generate(options, &catalogue, sink, &cli->job, &cli->info);
    arena_release(&arena);
    return code;
}

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
    if (cli->arguments == 0) {
        enum err code = print_exhibitors(cli, &options);
        cli_end_progress(cli);
        return code == ERR_OK ? CLI_OK : cli_fail(cli);
    }
    if (sample_write_folder(&options, cli->argument[0], &cli->job, &cli->info) != ERR_OK)
        return cli_fail(cli);
    cli_end_progress(cli);
    fprintf(cli->out,
            "%s holds an edition of %lld exhibitors and %lld partners. Read it with: "
            "fairlead import DB %s\n",
            cli->argument[0], (long long)exhibitors, (long long)partners, cli->argument[0]);
    return CLI_OK;
}
