/*
 * The command match: rounds of suggestions, one firm's list, why and why not, settings.
 *
 * An action names how many arguments it takes; load, run and write are shared.
 */
#include <stdio.h>

#include "base/clock.h"
#include "cli/commands.h"
#include "cli/list_print.h"
#include "cli/match_print.h"
#include "service/matches.h"
#include "service/merge.h"
#include "service/partner_list.h"

enum { MATCH_BYTES_MAX = 256 << 20 };

/* What every action works on. */
struct matching {
    struct cli *cli;
    struct store_reader *reader;
    struct view *view;
    struct partner_market *market;
    struct partner_settings settings;
    struct partner_round *round;
    struct arena arena;
    double seconds;
};

/* ---- shared ---- */

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
    int64_t start = clock_monotonic_ns();
    enum err code = ERR_OK;
    if (m->market == NULL)
        code = partner_market_new(m->view, m->reader, &cli->job, &m->market, &cli->info);
    partner_round_free(m->round);
    m->round = NULL;
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
    arena_release(&m->arena);
}

typedef enum err change_fn(struct matching *m, struct store *store, int64_t now_ms);

/* One batch. The database is opened for writing here alone: it waits for nobody while reading. */
static enum err write(struct matching *m, change_fn *change) {
    struct cli *cli = m->cli;
    struct store *store = NULL;
    struct store_batch batch = cli_author();
    int64_t batch_id;
    batch.kind = "match";
    batch.note = str_of(cli->argument[0]);
    enum err code = store_open(cli->argument[1], &store, &cli->info);
    if (code == ERR_OK)
        code = store_begin(store, &batch, &batch_id, &cli->info);
    if (code == ERR_OK)
        code = change(m, store, batch.at_ms);
    if (code == ERR_OK)
        code = store_commit(store, &cli->info);
    store_close(store);
    return code;
}

/* The round of a number in the edition. */
static enum err find_round(struct matching *m, const char *number, struct partner_round_row *row) {
    struct cli *cli = m->cli;
    struct partner_round_row *rows;
    uint32_t count;
    int64_t wanted = 0;
    enum err code = partner_keep_rounds(m->reader, &cli->access, view_this_edition(m->view)->id,
                                        &m->arena, &rows, &count, &cli->info);
    bool is_number = str_to_i64(str_of(number), &wanted);
    for (uint32_t r = 0; r < count && code == ERR_OK && is_number; r++)
        if (rows[r].number == wanted) {
            *row = rows[r];
            return ERR_OK;
        }
    if (code != ERR_OK)
        return code;
    err_set(&cli->info, ERR_NOT_FOUND, "edition %.*s has no round \"%s\"",
            STR_ARG(view_this_edition(m->view)->code), number);
    err_hint(&cli->info, "'fairlead match list DB' tells which there are.");
    return ERR_NOT_FOUND;
}

static enum err find_firm(struct matching *m, const char *name, uint32_t *firm) {
    struct cli *cli = m->cli;
    int64_t id;
    enum err code = merge_find(m->reader, str_of(name), &id, &cli->info);
    if (code != ERR_OK)
        return code;
    *firm = partner_market_firm(m->market, id);
    return *firm != VIEW_NONE
               ? ERR_OK
               : err_set(&cli->info, ERR_NOT_FOUND, "\"%s\" takes no part in edition %.*s", name,
                         STR_ARG(view_this_edition(m->view)->code));
}

static enum lang lang_of(const struct cli *cli) {
    return cli_given(cli, "zh") ? LANG_ZH : LANG_EN;
}

/* ---- rounds ---- */

/* The round that the new one is compared with: the one that is named, else the last released. */
static enum err find_before(struct matching *m, struct partner_round_row *before, bool *is_there) {
    struct cli *cli = m->cli;
    struct partner_round_row *rows;
    uint32_t count;
    *is_there = cli_given(cli, "against");
    if (*is_there)
        return find_round(m, cli_value(cli, "against"), before);
    enum err code = partner_keep_rounds(m->reader, &cli->access, view_this_edition(m->view)->id,
                                        &m->arena, &rows, &count, &cli->info);
    for (uint32_t r = 0; r < count && code == ERR_OK; r++)
        if (rows[r].state != ROUND_DRAFT) {
            *before = rows[r];
            *is_there = true;
        }
    return code;
}

static enum err compare(struct matching *m) {
    struct cli *cli = m->cli;
    struct partner_kept *before, *now;
    struct partner_comparison comparison;
    struct partner_round_row row;
    uint32_t before_count, now_count;
    bool is_there;
    char words[64];
    enum err code = find_before(m, &row, &is_there);
    if (code != ERR_OK || !is_there)
        return code;
    code = partner_keep_pairs(m->reader, &cli->access, &row, false, &m->arena, &before,
                              &before_count, &cli->info);
    if (code == ERR_OK)
        code = partner_keep_pairs_of(m->round, &m->arena, &now, &now_count, &cli->info);
    if (code == ERR_OK)
        code = partner_compare(before, before_count, now, now_count, &m->arena, &comparison,
                               &cli->info);
    snprintf(words, sizeof(words), "round %lld", (long long)row.number);
    if (code == ERR_OK)
        match_print_comparison(m->view, &comparison, words, cli->out);
    return code;
}

static enum err keep(struct matching *m, struct store *store, int64_t now_ms) {
    struct cli *cli = m->cli;
    int64_t id;
    return partner_keep(store, &cli->access, m->round, str_of(cli_value(cli, "name")), now_ms, &id,
                        &cli->info);
}

static enum err match_run(struct matching *m) {
    struct cli *cli = m->cli;
    enum err code = run(m);
    if (code != ERR_OK)
        return code;
    match_print_head(m->round, m->seconds, cli->out);
    code = match_print_effects(m->round, cli->out, &cli->info);
    if (code == ERR_OK)
        code = compare(m);
    if (code == ERR_OK && cli_given(cli, "keep"))
        code = write(m, keep);
    if (code == ERR_OK && cli_given(cli, "keep"))
        fprintf(cli->out, "\nKept as a draft; 'fairlead match list %s' shows its number.\n",
                cli->argument[1]);
    return code;
}

static enum err match_list(struct matching *m) {
    struct cli *cli = m->cli;
    struct partner_round_row *rows;
    const char *format = cli_value(cli, "format");
    uint32_t count;
    enum err code = partner_keep_rounds(m->reader, &cli->access, view_this_edition(m->view)->id,
                                        &m->arena, &rows, &count, &cli->info);
    if (code != ERR_OK)
        return code;
    if (count == 0 && format == NULL) {
        fprintf(cli->out, "No round is kept. 'fairlead match run %s --keep' makes one.\n",
                cli->argument[1]);
        return ERR_OK;
    }
    return match_print_rounds(rows, count, format != NULL ? format : "table", cli->out, &cli->info);
}

static enum err save(struct matching *m, const struct list *list) {
    struct cli *cli = m->cli;
    const char *out = cli_value(cli, "out");
    struct buf bytes;
    buf_init(&bytes, MATCH_BYTES_MAX);
    enum list_format format = str_ends(str_of(out), STR("xlsx"))   ? LIST_XLSX
                              : str_ends(str_of(out), STR("json")) ? LIST_JSON
                                                                   : LIST_CSV;
    enum err code = list_write(list, format, &bytes, &cli->info);
    if (code == ERR_OK)
        code = list_save(out, buf_str(&bytes), &cli->info);
    buf_release(&bytes);
    return code;
}

static enum err match_show(struct matching *m) {
    struct cli *cli = m->cli;
    struct partner_round_row row;
    struct partner_kept *pairs;
    struct list list;
    uint32_t count;
    const char *format = cli_value(cli, "format");
    enum err code = find_round(m, cli->argument[2], &row);
    if (code == ERR_OK)
        code = partner_keep_pairs(m->reader, &cli->access, &row, true, &m->arena, &pairs, &count,
                                  &cli->info);
    if (code != ERR_OK)
        return code;
    list_init(&list);
    code = partner_list_pairs(m->view, pairs, count, &list, &cli->info);
    if (code == ERR_OK && cli_given(cli, "out"))
        code = save(m, &list);
    else if (code == ERR_OK)
        code = list_print(&list, format != NULL ? format : "table", cli->out, &cli->info);
    list_release(&list);
    return code;
}

static enum err release_round(struct matching *m, struct store *store, int64_t now_ms) {
    struct cli *cli = m->cli;
    struct partner_round_row row;
    struct match_release done;
    char until[CLOCK_TEXT_MAX];
    enum err code = find_round(m, cli->argument[2], &row);
    if (code == ERR_OK)
        code = matches_release(store, &cli->access, row.id, now_ms, &done, &cli->info);
    if (code != ERR_OK)
        return code;
    clock_format(done.answer_by_ms, until);
    fprintf(cli->out,
            "%llu suggestions wait for answers until %s; %llu pairs were left out; %llu exhibitors "
            "became participants.\n",
            (unsigned long long)done.suggested, until, (unsigned long long)done.left_out,
            (unsigned long long)done.participants);
    return ERR_OK;
}

static enum err close_round(struct matching *m, struct store *store, int64_t now_ms) {
    struct cli *cli = m->cli;
    struct partner_round_row row;
    uint64_t expired;
    enum err code = find_round(m, cli->argument[2], &row);
    if (code == ERR_OK)
        code = matches_close(store, &cli->access, row.id, now_ms, &expired, &cli->info);
    if (code == ERR_OK)
        fprintf(cli->out, "Closed; %llu suggestions were not answered in time.\n",
                (unsigned long long)expired);
    return code;
}

static enum err delete_round(struct matching *m, struct store *store, int64_t now_ms) {
    struct partner_round_row row;
    enum err code = find_round(m, m->cli->argument[2], &row);
    return code == ERR_OK ? partner_keep_delete(store, &m->cli->access, row.id, &m->cli->info)
                          : code;
}

static enum err match_release_action(struct matching *m) {
    return write(m, release_round);
}

static enum err match_close_action(struct matching *m) {
    return write(m, close_round);
}

static enum err match_delete_action(struct matching *m) {
    return write(m, delete_round);
}

/* ---- firms ---- */

static enum err match_of(struct matching *m) {
    struct cli *cli = m->cli;
    uint32_t firm;
    enum err code = run(m);
    if (code == ERR_OK)
        code = find_firm(m, cli->argument[2], &firm);
    return code == ERR_OK ? match_print_list(m->round, firm, lang_of(cli), cli->out, &cli->info)
                          : code;
}

static enum err match_why(struct matching *m) {
    struct cli *cli = m->cli;
    uint32_t first, second;
    enum err code = run(m);
    if (code == ERR_OK)
        code = find_firm(m, cli->argument[2], &first);
    if (code == ERR_OK)
        code = find_firm(m, cli->argument[3], &second);
    return code == ERR_OK
               ? match_print_why(m->round, first, second, lang_of(cli), cli->out, &cli->info)
               : code;
}

/* ---- settings ---- */

/* "rivalry=0.4" or "floor=3". */
static enum err set(struct matching *m, const char *argument) {
    struct cli *cli = m->cli;
    struct partner_settings *s = &m->settings;
    struct str value = str_of(argument), name;
    double number;
    (void)str_next(&value, "=", &name);
    enum match_part part = partner_part_of_code(name);
    uint32_t *limit = str_equal_c(name, "suggestions_max") ? &s->suggestions_max
                      : str_equal_c(name, "floor")         ? &s->floor
                      : str_equal_c(name, "answer_days")   ? &s->answer_days
                                                           : NULL;
    if (limit == NULL && part == MATCH_PARTS) {
        err_set(&cli->info, ERR_INPUT, "there is no setting \"%.*s\"", STR_ARG(name));
        err_hint(&cli->info, "'fairlead match settings DB' lists them.");
        return ERR_INPUT;
    }
    if (limit != NULL)
        return str_to_u32(value, limit)
                   ? ERR_OK
                   : err_set(&cli->info, ERR_INPUT, "%.*s: \"%.*s\" is no whole number",
                             STR_ARG(name), STR_ARG(value));
    if (!str_to_double(value, &number))
        return err_set(&cli->info, ERR_INPUT, "%.*s: \"%.*s\" is no number", STR_ARG(name),
                       STR_ARG(value));
    s->weight[part] = number;
    return ERR_OK;
}

static enum err keep_settings(struct matching *m, struct store *store, int64_t now_ms) {
    return partner_settings_write(store, &m->cli->access, view_this_edition(m->view)->id,
                                  &m->settings, &m->cli->info);
}

/* What a round with other settings would change of one with those that hold. */
static enum err preview(struct matching *m, const struct partner_settings *wanted) {
    struct cli *cli = m->cli;
    struct partner_kept *before, *now;
    struct partner_comparison comparison;
    uint32_t before_count, now_count;
    enum err code = run(m);
    if (code == ERR_OK)
        code = partner_keep_pairs_of(m->round, &m->arena, &before, &before_count, &cli->info);
    m->settings = *wanted;
    if (code == ERR_OK)
        code = run(m);
    if (code == ERR_OK)
        code = partner_keep_pairs_of(m->round, &m->arena, &now, &now_count, &cli->info);
    if (code == ERR_OK)
        code = partner_compare(before, before_count, now, now_count, &m->arena, &comparison,
                               &cli->info);
    if (code == ERR_OK)
        match_print_comparison(m->view, &comparison, "a round with the settings that hold",
                               cli->out);
    return code;
}

static enum err match_settings(struct matching *m) {
    struct cli *cli = m->cli;
    struct partner_settings held = m->settings;
    enum err code = ERR_OK;
    for (int a = 2; a < cli->arguments && code == ERR_OK; a++)
        code = set(m, cli->argument[a]);
    if (code == ERR_OK)
        code = partner_settings_check(&m->settings, &cli->info);
    if (code != ERR_OK)
        return code;
    match_print_settings(&m->settings, cli->out);
    if (cli_given(cli, "preview")) {
        struct partner_settings wanted = m->settings;
        m->settings = held;
        return preview(m, &wanted);
    }
    return cli->arguments > 2 ? write(m, keep_settings) : ERR_OK;
}

/* ---- the table ---- */

static const struct {
    const char *name;
    int arguments, arguments_most;
    const char *takes;
    enum err (*run)(struct matching *m);
} actions[] = {
    {"run", 2, 2, "DB", match_run},
    {"list", 2, 2, "DB", match_list},
    {"show", 3, 3, "DB ROUND", match_show},
    {"release", 3, 3, "DB ROUND", match_release_action},
    {"close", 3, 3, "DB ROUND", match_close_action},
    {"delete", 3, 3, "DB ROUND", match_delete_action},
    {"of", 3, 3, "DB ORGANISATION", match_of},
    {"why", 4, 4, "DB FIRST SECOND", match_why},
    {"why-not", 4, 4, "DB FIRST SECOND", match_why},
    {"settings", 2, CLI_ARGUMENTS_MAX, "DB [NAME=VALUE...]", match_settings},
};

int cmd_match(struct cli *cli) {
    for (size_t a = 0; a < sizeof(actions) / sizeof(actions[0]); a++) {
        struct matching matching = {.cli = cli};
        if (strcmp(cli->argument[0], actions[a].name) != 0)
            continue;
        if (cli->arguments < actions[a].arguments || cli->arguments > actions[a].arguments_most)
            return cli_misuse(cli, "match %s takes %s", actions[a].name, actions[a].takes);
        arena_init(&matching.arena, MATCH_BYTES_MAX);
        enum err code = load(&matching);
        if (code == ERR_OK)
            code = actions[a].run(&matching);
        release(&matching);
        return code == ERR_OK ? CLI_OK : cli_fail(cli);
    }
    return cli_misuse(cli,
                      "match has no action \"%s\"; actions: run, list, show, release, close, "
                      "delete, of, why, why-not, settings",
                      cli->argument[0]);
}
