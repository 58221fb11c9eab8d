/*
 * A round of suggestions on a generated edition of 1,200 exhibitors, as a server works it out: from
 * the statements to candidates, scores, the assignment and the reasons of every pair in both
 * languages; and one exhibitor's change in it. Best and median of some runs.
 *
 *   match_round_bench [EXHIBITORS]
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "assets/assets.h"
#include "base/clock.h"
#include "base/threads.h"
#include "service/import.h"
#include "service/partner_count.h"
#include "service/partner_parts.h"
#include "service/partner_words.h"
#include "service/sample/catalogue.h"
#include "service/seed.h"

enum { RUNS = 9, CHANGES = 60, ARENA_MAX = 256 << 20, SHEET_MAX = 64 << 20 };

static const char *const PATH = "match_round_bench.db";

static void stop(const struct errinfo *info) {
    char words[1200];
    err_format(info, words, sizeof(words));
    fprintf(stderr, "%s\n", words);
    exit(1);
}

#define MUST(call)                                                                                 \
    do {                                                                                           \
        if ((call) != ERR_OK)                                                                      \
            stop(&info);                                                                           \
    } while (0)

/* ---- the edition ---- */

static void remove_files(void) {
    static const char *const endings[] = {"", "-wal", "-shm", ".lock"};
    char path[64];
    for (int i = 0; i < 4; i++) {
        snprintf(path, sizeof(path), "%s%s", PATH, endings[i]);
        unlink(path);
    }
}

static enum err collect(void *ctx, enum sample_sheet sheet, struct str record,
                        struct errinfo *info) {
    struct buf *sheets = ctx;
    buf_add_str(&sheets[sheet], record);
    return buf_error(&sheets[sheet], info);
}

static void import_sheets(struct store *store, struct buf sheets[SAMPLE_SHEETS]) {
    static const struct {
        enum sample_sheet from;
        enum sheet_id to;
    } kinds[] = {{SAMPLE_EDITIONS, SHEET_EDITIONS},
                 {SAMPLE_AREAS, SHEET_AREAS},
                 {SAMPLE_PAVILIONS, SHEET_PAVILIONS},
                 {SAMPLE_EXHIBITORS, SHEET_EXHIBITORS}};
    for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
        struct import_source source = {
            .bytes = buf_str(&sheets[kinds[k].from]), .name = "sheet", .sheet = kinds[k].to};
        struct import_request request = {.sources = &source,
                                         .source_count = 1,
                                         .actor = STR("bench"),
                                         .note = STR("bench"),
                                         .at_ms = 1};
        struct import_outcome outcome;
        struct errinfo info;
        struct job job = {0};
        assets_find(STR("data/model/headers.csv"), &request.headers);
        import_outcome_init(&outcome);
        MUST(import_run(store, &request, &outcome, &job, &info));
        import_outcome_release(&outcome);
    }
}

static void make_edition(uint32_t exhibitors) {
    struct sample_options options = {
        .seed = 1, .exhibitors = exhibitors * 62 / 102, .edition = 2027};
    struct sample_catalogue catalogue;
    struct buf sheets[SAMPLE_SHEETS];
    struct store *store;
    struct arena arena;
    struct errinfo info;
    options.partners = exhibitors - options.exhibitors;
    arena_init(&arena, SAMPLE_CATALOGUE_BYTES_MAX);
    for (int s = 0; s < SAMPLE_SHEETS; s++)
        buf_init(&sheets[s], SHEET_MAX);
    MUST(sample_catalogue_load(&catalogue, &arena, &info));
    MUST(sample_generate(&options, &catalogue,
                         (struct sample_sink){.write = collect, .ctx = sheets}, NULL, &info));
    MUST(store_create(PATH, &store, &info));
    MUST(seed_database(store, STR("bench"), 1, false, NULL, &info));
    import_sheets(store, sheets);
    store_close(store);
    for (int s = 0; s < SAMPLE_SHEETS; s++)
        buf_release(&sheets[s]);
    arena_release(&arena);
}

/* ---- the steps ---- */

struct times {
    double market, round, reasons, all;
};

static double since(int64_t *start_ns) {
    int64_t now = clock_monotonic_ns();
    double ms = (double)(now - *start_ns) / 1e6;
    *start_ns = now;
    return ms;
}

static uint32_t say_all(const struct partner_round *round) {
    struct partner_reason reason[MATCH_PARTS];
    struct match_finder *finder;
    struct arena arena;
    struct errinfo info;
    uint32_t said = 0;
    arena_init(&arena, ARENA_MAX);
    MUST(match_finder_new(round->market->index, &finder, &info));
    for (uint32_t p = 0; p < round->pairs; p++) {
        const struct partner_pair *pair = &round->pair[p];
        struct partner_parts parts;
        struct match_score score;
        uint32_t count;
        (void)partner_round_score(finder, &round->settings, pair->first, pair->second, &score);
        partner_parts_of(round->market, &score, pair->first, pair->second, &parts);
        MUST(partner_words(round->market->view, &parts, PARTNER_OF_BOTH, NULL, &arena, reason,
                           &count, &info));
        said += count;
        arena_clear(&arena);
    }
    match_finder_free(finder);
    arena_release(&arena);
    return said;
}

static struct times run_once(const struct view *view, struct store_reader *reader, struct job *job,
                             bool tell) {
    struct partner_settings settings = partner_settings_default();
    struct partner_market *market;
    struct partner_round *round;
    struct errinfo info;
    struct times t = {0};
    int64_t start = clock_monotonic_ns();
    MUST(partner_market_new(view, reader, job, &market, &info));
    t.market = since(&start);
    MUST(partner_round_run(market, &settings, false, job, &round, &info));
    t.round = since(&start);
    uint32_t said = say_all(round);
    t.reasons = since(&start);
    t.all = t.market + t.round + t.reasons;
    if (tell)
        printf("%u firms, %u pairs in question, %u pairs, %u reasons in two languages; total %.3f "
               "of at most %.3f (gap %.4f %%); floors %llu of at most %llu\n",
               market->firms, round->edges, round->pairs, said, round->total, round->bound,
               100 * partner_round_gap(round), (unsigned long long)round->floor_given,
               (unsigned long long)round->floor_bound);
    partner_round_free(round);
    partner_market_free(market);
    return t;
}

static int by_value(const void *a, const void *b) {
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static void row(const char *name, double *ms, uint32_t count, const char *what) {
    qsort(ms, count, sizeof(*ms), by_value);
    printf("%-52s %9.2f %9.2f %9.2f  %s\n", name, ms[0], ms[count / 2], ms[count - 1], what);
}

static void run_all(const struct view *view, struct store_reader *reader, uint32_t threads) {
    struct job job = {.threads = threads};
    double market[RUNS], round[RUNS], reasons[RUNS], all[RUNS];
    for (int r = 0; r < RUNS; r++) {
        struct times t = run_once(view, reader, &job, r == 0 && threads == 1);
        market[r] = t.market;
        round[r] = t.round;
        reasons[r] = t.reasons;
        all[r] = t.all;
    }
    printf("%u thread%s\n", threads, threads == 1 ? "" : "s");
    row("  market: what everybody says", market, RUNS, "");
    row("  round: candidates, scores, two assignments", round, RUNS, "");
    row("  reasons of all pairs, both languages", reasons, RUNS, "");
    row("  all", all, RUNS, "must 1000, aim 200");
}

/* ---- one exhibitor's change ---- */

/* Says that a firm can take one meeting more or less than before. */
static void change(struct partner_market *market, uint32_t firm, uint32_t turn) {
    market->firm[firm].meetings_max = 8 + turn % 5;
}

static void run_changes(const struct view *view, struct store_reader *reader) {
    struct partner_settings settings = partner_settings_default();
    struct partner_market *market;
    struct partner_round *round, *next;
    struct errinfo info;
    struct job job = {0};
    double ms[CHANGES];
    MUST(partner_market_new(view, reader, &job, &market, &info));
    MUST(partner_round_run(market, &settings, false, &job, &round, &info));
    for (uint32_t c = 0; c < CHANGES; c++) {
        uint32_t firm = c * 17 % market->firms;
        change(market, firm, c);
        int64_t start = clock_monotonic_ns();
        MUST(partner_round_follow(round, market, firm, &job, &next, &info));
        ms[c] = since(&start);
        partner_round_free(round);
        round = next;
    }
    printf("one exhibitor's change\n");
    row("  matched again", ms, CHANGES, "must 50, aim 1");
    partner_round_free(round);
    partner_market_free(market);
}

int main(int argc, char **argv) {
    uint32_t exhibitors = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1200;
    struct store_reader *reader;
    struct errinfo info;
    struct view *view;
    remove_files();
    make_edition(exhibitors);
    MUST(store_reader_open(PATH, &reader, &info));
    MUST(view_load(reader, STR("2027"), NULL, &view, &info));
    printf("%-52s %9s %9s %9s\n", "ms", "best", "median", "worst");
    run_all(view, reader, 1);
    if (threads_available() > 1)
        run_all(view, reader, threads_available());
    run_changes(view, reader);
    view_free(view);
    store_reader_close(reader);
    remove_files();
    return 0;
}
