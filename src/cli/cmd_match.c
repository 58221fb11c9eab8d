/* The command match: rounds of suggestions, one firm's list, why and why not, settings. */
#include <stdio.h>

#include "base/clock.h"
#include "cli/commands.h"
#include "cli/match_print.h"
#include "service/merge.h"
#include "service/partner_round.h"

/* What every action works on. */
struct matching {
    struct cli *cli;
    struct store_reader *reader;
    struct view *view;
    struct partner_market *market;
    struct partner_settings settings;
    struct partner_round *round;
    double seconds;
};

static enum err load(struct matching *m) {
    struct cli *cli = m->cli;
    enum err code = store_reader_open(cli->argument[1], &m->reader, &cli->info);
    if (code == ERR_OK)
        code = view_load(m->reader, str_of(cli_value(cli, "edition")), &cli->job, &m->view,
                         &cli->info);
    if (code == ERR_OK)
        code = partner_settings_read(m->reader, view_this_edition(m->view)->id, &m->settings,
                                     &cli->info);
    return code;
}

static enum err run(struct matching *m) {
    struct cli *cli = m->cli;
    enum err code = load(m);
    int64_t start = clock_monotonic_ns();
    if (code == ERR_OK)
        code = partner_market_new(m->view, m->reader, &cli->job, &m->market, &cli->info);
    if (code == ERR_OK)
        code = partner_round_run(m->market, &m->settings, cli_given(cli, "stable"), &cli->job,
                                 &m->round, &cli->info);
    m->seconds = (double)(clock_monotonic_ns() - start) / 1e9;
    return code;
}

static void release(struct matching *m) {
    partner_round_free(m->round);
    partner_market_free(m->market);
    view_free(m->view);
    store_reader_close(m->reader);
}

static enum err match_run(struct matching *m) {
    enum err code = run(m);
    if (code != ERR_OK)
        return code;
    match_print_head(m->round, m->seconds, m->cli->out);
    return match_print_effects(m->round, m->cli->out, &m->cli->info);
}

static enum err match_of(struct matching *m) {
    struct cli *cli = m->cli;
    int64_t id;
    enum err code = run(m);
    if (code == ERR_OK)
        code = merge_find(m->reader, str_of(cli->argument[2]), &id, &cli->info);
    if (code != ERR_OK)
        return code;
    uint32_t firm = partner_market_firm(m->market, id);
    if (firm == VIEW_NONE)
        return err_set(&cli->info, ERR_NOT_FOUND, "\"%s\" takes no part in the edition",
                       cli->argument[2]);
    return match_print_list(m->round, firm, cli_given(cli, "zh") ? LANG_ZH : LANG_EN, cli->out,
                            &cli->info);
}

static const struct {
    const char *name;
    int arguments;
    enum err (*run)(struct matching *m);
} actions[] = {
    {"run", 2, match_run},
    {"of", 3, match_of},
};

int cmd_match(struct cli *cli) {
    for (size_t a = 0; a < sizeof(actions) / sizeof(actions[0]); a++) {
        struct matching matching = {.cli = cli};
        if (strcmp(cli->argument[0], actions[a].name) != 0)
            continue;
        enum err code = actions[a].run(&matching);
        release(&matching);
        return code == ERR_OK ? CLI_OK : cli_fail(cli);
    }
    return cli_misuse(cli, "there is no \"%s\"", cli->argument[0]);
}
