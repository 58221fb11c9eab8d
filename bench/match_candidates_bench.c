/*
 * Benchmark of candidates and scores: an edition of 1,200 firms on a catalogue like that of the
 * sample, one firm's change in it, and networks of 100,000 organisations, 50 candidates each.
 *
 * The market is made at random with the measures of the sample: links of each node to about 2.5 of
 * the next ones in its chain, services to a chain of 25 nodes, two thirds of the firms from one
 * country, 2 to 6 offers and as many needs near the middle of what the firm does. Every eighth
 * firm says how much, every eighth seeks, every tenth sets conditions, every fifth has a tie.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "base/clock.h"
#include "base/rng.h"
#include "base/threads.h"
#include "engine/match/lists.h"

enum { ROW_MAX = 6, CHAIN = 25, MOST = 50, CHANGES = 200, LINKS_MAX = 32 };

struct made {
    struct match_market of;
    size_t *offset[MATCH_SIDES], *relation_offset, *seek_offset, *condition_offset, *tie_offset;
    uint32_t *node[MATCH_SIDES];
    uint8_t *basis[MATCH_SIDES];
    double *quantity[MATCH_SIDES];
    struct match_relation *relation;
    struct match_firm *firm;
    struct match_seek *seek;
    struct match_condition *condition;
    struct match_tie *tie;
};

static int by_number(const void *a, const void *b) {
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* A node near the middle, popular ones more often. */
static uint32_t near(struct rng *rng, uint32_t middle, uint32_t nodes) {
    uint32_t spread = 1 + rng_below(rng, 1 + rng_below(rng, 2 * CHAIN));
    return (middle + spread + nodes - CHAIN) % nodes;
}

static void make_claims(struct made *m, unsigned side, struct rng *rng) {
    uint32_t firms = m->of.firms, nodes = m->of.nodes;
    size_t count = 0;
    for (uint32_t f = 0; f < firms; f++) {
        uint32_t row[ROW_MAX], wanted = 2 + rng_below(rng, ROW_MAX - 1);
        uint32_t middle = (uint32_t)((uint64_t)f * 2654435761U % nodes);
        bool says_how_much = rng_below(rng, 8) == 0;
        m->offset[side][f] = count;
        for (uint32_t i = 0; i < wanted; i++)
            row[i] = near(rng, side == MATCH_OFFERS ? middle : middle + nodes - CHAIN / 2, nodes);
        qsort(row, wanted, sizeof(row[0]), by_number);
        for (uint32_t i = 0; i < wanted; i++)
            if (i == 0 || row[i] != row[i - 1]) {
                m->node[side][count] = row[i];
                m->basis[side][count] = (uint8_t)(rng_below(rng, 5) + 1) / 2 % MATCH_BASES;
                m->quantity[side][count++] = says_how_much ? 1 + rng_below(rng, 100) : 0;
            }
    }
    m->offset[side][firms] = count;
    m->of.claims[side] =
        (struct match_claims){m->offset[side], m->node[side], m->basis[side], m->quantity[side]};
}

static void make_relations(struct made *m, struct rng *rng) {
    uint32_t nodes = m->of.nodes;
    size_t count = 0;
    for (uint32_t n = 0; n < nodes; n++) {
        uint32_t links = n % 6 == 5 ? CHAIN : 1 + rng_below(rng, 4);
        m->relation_offset[n] = count;
        m->relation[count++] = (struct match_relation){n, MATCH_NEEDS, MATCH_SAME};
        if (rng_below(rng, 4) == 0)
            m->relation[count++] =
                (struct match_relation){(n + 1) % nodes, MATCH_NEEDS, MATCH_SUBSTITUTE};
        for (uint32_t i = 0; i < links; i++) {
            uint32_t draw = rng_below(rng, 20);
            m->relation[count++] = (struct match_relation){
                (n + 1 + (n % 6 == 5 ? i : rng_below(rng, CHAIN))) % nodes, MATCH_OFFERS,
                (uint8_t)(n % 6 == 5  ? MATCH_SERVICE
                          : draw < 14 ? MATCH_ESSENTIAL
                          : draw < 18 ? MATCH_OPTIONAL
                                      : MATCH_CAPITAL)};
        }
    }
    m->relation_offset[nodes] = count;
    m->of.relation_offset = m->relation_offset;
    m->of.relation = m->relation;
}

static void make_firms(struct made *m, struct rng *rng) {
    size_t seeks = 0, conditions = 0;
    for (uint32_t f = 0; f < m->of.firms; f++) {
        uint32_t country = rng_below(rng, 3) > 0 ? 1 : 2 + rng_below(rng, 30);
        m->firm[f] = (struct match_firm){
            .languages = (country == 1 ? 1 : 4ULL << rng_below(rng, 6)) | rng_below(rng, 2) * 2,
            .country = (uint16_t)country,
            .group = rng_below(rng, 5) == 0 ? 1 + f / 10 : 0,
            .size = (uint8_t)(1 + rng_below(rng, 4)),
            .is_returning = rng_below(rng, 5) < 2};
        m->seek_offset[f] = seeks;
        m->condition_offset[f] = conditions;
        if (rng_below(rng, 8) == 0)
            m->seek[seeks++] = (struct match_seek){
                rng_below(rng, 5) == 0 ? MATCH_NO_NODE : m->node[0][m->offset[0][f]],
                (uint8_t)rng_below(rng, MATCH_SEEK_INVESTMENT)};
        if (rng_below(rng, 10) == 0)
            m->condition[conditions++] =
                (struct match_condition){1 + rng_below(rng, 4), (uint8_t)rng_below(rng, 3),
                                         (uint8_t)(2 * rng_below(rng, 2))};
    }
    m->seek_offset[m->of.firms] = seeks;
    m->condition_offset[m->of.firms] = conditions;
}

/* Each tenth firm with the next one. */
static void make_ties(struct made *m) {
    size_t count = 0;
    for (uint32_t f = 0; f < m->of.firms; f++) {
        m->tie_offset[f] = count;
        if (f % 10 == 0 && f + 1 < m->of.firms)
            m->tie[count++] = (struct match_tie){f + 1, 0.9F, 0.6F, 0};
        if (f % 10 == 1)
            m->tie[count++] = (struct match_tie){f - 1, 0, 0.6F, 0};
    }
    m->tie_offset[m->of.firms] = count;
}

static void make(struct made *m, uint32_t firms, uint32_t nodes) {
    struct rng rng;
    rng_init(&rng, 1);
    *m = (struct made){.of = {.firms = firms, .nodes = nodes}};
    for (int side = 0; side < MATCH_SIDES; side++) {
        m->offset[side] = calloc(firms + 1, sizeof(size_t));
        m->node[side] = calloc((size_t)firms * ROW_MAX, sizeof(uint32_t));
        m->basis[side] = calloc((size_t)firms * ROW_MAX, 1);
        m->quantity[side] = calloc((size_t)firms * ROW_MAX, sizeof(double));
        make_claims(m, (unsigned)side, &rng);
    }
    m->relation_offset = calloc(nodes + 1, sizeof(size_t));
    m->relation = calloc((size_t)nodes * LINKS_MAX, sizeof(*m->relation));
    m->firm = calloc(firms, sizeof(*m->firm));
    m->seek_offset = calloc(firms + 1, sizeof(size_t));
    m->seek = calloc(firms, sizeof(*m->seek));
    m->condition_offset = calloc(firms + 1, sizeof(size_t));
    m->condition = calloc(firms, sizeof(*m->condition));
    m->tie_offset = calloc(firms + 1, sizeof(size_t));
    m->tie = calloc(firms, sizeof(*m->tie));
    make_relations(m, &rng);
    make_firms(m, &rng);
    make_ties(m);
    m->of.firm = m->firm;
    m->of.seek_offset = m->seek_offset;
    m->of.seek = m->seek;
    m->of.condition_offset = m->condition_offset;
    m->of.condition = m->condition;
    m->of.tie_offset = m->tie_offset;
    m->of.tie = m->tie;
}

static void release(struct made *m) {
    for (int side = 0; side < MATCH_SIDES; side++) {
        free(m->offset[side]);
        free(m->node[side]);
        free(m->basis[side]);
        free(m->quantity[side]);
    }
    free(m->relation_offset);
    free(m->relation);
    free(m->firm);
    free(m->seek_offset);
    free(m->seek);
    free(m->condition_offset);
    free(m->condition);
    free(m->tie_offset);
    free(m->tie);
}

static void expect(enum err code, const struct errinfo *info) {
    if (code == ERR_OK)
        return;
    printf("%s\n", info->message);
    exit(1);
}

static double since_ms(int64_t start) {
    return (double)(clock_monotonic_ns() - start) / 1e6;
}

static int by_value(const void *a, const void *b) {
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* One firm's first offer is another node, the index made anew and the lists brought up to date. */
static void changes(struct made *m, struct match_lists *lists) {
    double ms[CHANGES], index_ms = 0, lists_changed = 0;
    uint32_t *changed = calloc(m->of.firms, sizeof(*changed)), count;
    struct match_index *index;
    struct errinfo info;
    for (uint32_t k = 0; k < CHANGES; k++) {
        uint32_t firm = k * 17 % m->of.firms;
        size_t first = m->offset[0][firm];
        m->node[0][first] -= m->node[0][first] > 0;
        m->basis[0][first] = (uint8_t)(k % MATCH_BASES);
        int64_t start = clock_monotonic_ns();
        expect(match_index_new(&m->of, &index, &info), &info);
        index_ms += since_ms(start) / CHANGES;
        expect(match_lists_change(lists, index, firm, changed, &count, &info), &info);
        ms[k] = since_ms(start);
        lists_changed += (double)count / CHANGES;
        match_index_free(index);
    }
    qsort(ms, CHANGES, sizeof(ms[0]), by_value);
    printf("  one change: median %.3f ms of %d, worst %.3f ms; index %.3f ms of it; %.0f lists "
           "change\n",
           ms[CHANGES / 2], CHANGES, ms[CHANGES - 1], index_ms, lists_changed);
    free(changed);
}

static void run(uint32_t firms, uint32_t nodes, uint32_t threads) {
    struct made m;
    struct match_index *index;
    struct match_lists *lists;
    struct errinfo info;
    struct rusage usage;
    double weight[MATCH_PARTS];
    const struct job job = {.threads = threads};
    uint64_t pairs = 0;
    make(&m, firms, nodes);
    expect(match_market_check(&m.of, &info), &info);
    for (int p = 0; p < MATCH_PARTS; p++)
        weight[p] = match_default_weight(p);
    int64_t start = clock_monotonic_ns();
    expect(match_index_new(&m.of, &index, &info), &info);
    double index_ms = since_ms(start);
    start = clock_monotonic_ns();
    expect(match_lists_new(index, weight, MOST, &job, &lists, &info), &info);
    double ms = since_ms(start);
    for (uint32_t f = 0, count; f < firms; f++) {
        (void)match_lists_of(lists, f, &count);
        pairs += count;
    }
    getrusage(RUSAGE_SELF, &usage);
    printf("%8u %7u %8u %10.2f %10.1f %9.2f %11llu %7ld\n", firms, nodes, threads, index_ms, ms,
           1000 * ms / firms, (unsigned long long)pairs, usage.ru_maxrss / 1024);
    match_index_free(index);
    if (firms < 10000)
        changes(&m, lists);
    match_lists_free(lists);
    release(&m);
}

int main(void) {
    printf("%8s %7s %8s %10s %10s %9s %11s %7s\n", "firms", "nodes", "threads", "index ms",
           "lists ms", "us/firm", "candidates", "MiB");
    run(1200, 118, 1);
    run(1200, 337, 1);
    run(100000, 5000, 1);
    if (threads_available() > 1)
        run(100000, 5000, threads_available());
    run(100000, 337, 1);
    return 0;
}
