/* From candidates to pairs; see partner_round.h. */
#include "service/partner_round.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "engine/match/match.h"

enum { ROUND_BYTES_MAX = 1 << 30 };

struct edge {
    uint32_t first, second;
    double score;
};

struct running {
    struct partner_round *round;
    const struct partner_market *market;
    const struct job *job;
    VEC(struct edge)
    edges;
    uint32_t *u, *v;
    double *weight;
};

/* ---- candidates ---- */

double partner_round_score(struct match_finder *finder, const struct partner_settings *settings,
                           uint32_t first, uint32_t second, struct match_score *score) {
    const double *weight = settings->weight;
    struct match_score there = match_score_pair(finder, weight, first, second);
    double total = there.total;
    if (weight[MATCH_FIT_NEED] != weight[MATCH_FIT_OFFER])
        total = (total + match_score_pair(finder, weight, second, first).total) / 2;
    if (score != NULL)
        *score = there;
    return total;
}

static enum err find_candidates(struct running *r, struct match_finder *finder,
                                struct errinfo *info) {
    const struct partner_round *round = r->round;
    const double *weight = round->settings.weight;
    bool is_even = weight[MATCH_FIT_NEED] == weight[MATCH_FIT_OFFER];
    struct match_candidate found[PARTNER_CANDIDATES];
    for (uint32_t f = 0; f < r->market->firms; f++) {
        if (f % 256 == 0 && job_should_stop(r->job))
            return err_set(info, ERR_STOPPED, "the round was stopped");
        if (round->capacity[f] == 0)
            continue;
        uint32_t count = match_find(finder, weight, f, found, PARTNER_CANDIDATES);
        for (uint32_t c = 0; c < count; c++) {
            uint32_t other = found[c].firm;
            struct edge edge = {f < other ? f : other, f < other ? other : f, found[c].score};
            if (round->capacity[other] == 0)
                continue;
            if (!is_even)
                edge.score =
                    partner_round_score(finder, &round->settings, edge.first, edge.second, NULL);
            if (!vec_push(&r->edges, edge))
                return err_memory(info);
        }
    }
    return ERR_OK;
}

static int by_ends(const void *a, const void *b) {
    const struct edge *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->second > y->second) - (x->second < y->second);
}

/* A pair that each finds in the other's list is one edge. */
static void join(struct running *r) {
    size_t kept = 0;
    if (r->edges.len > 0)
        qsort(r->edges.at, r->edges.len, sizeof(*r->edges.at), by_ends);
    for (size_t i = 0; i < r->edges.len; i++)
        if (i == 0 || by_ends(&r->edges.at[i], &r->edges.at[i - 1]) != 0)
            r->edges.at[kept++] = r->edges.at[i];
    r->edges.len = kept;
}

/* ---- the assignment ---- */

static bool has_floor(const struct partner_market *market, uint32_t firm) {
    uint8_t size = market->match.firm[firm].size;
    return size == CHAIN_SIZE_SMALL || size == CHAIN_SIZE_MEDIUM || market->firm[firm].is_newcomer;
}

/* `with_live`: what waits or stands takes its place. */
static void set_limits(struct partner_round *round, bool with_live) {
    const struct partner_market *market = round->market;
    for (uint32_t f = 0; f < market->firms; f++) {
        const struct partner_firm *firm = &market->firm[f];
        uint32_t most = firm->meetings_max != PARTNER_NOT_SAID ? firm->meetings_max
                                                               : round->settings.suggestions_max;
        uint32_t live = with_live ? firm->live : 0;
        uint32_t left = firm->is_withdrawn || most <= live ? 0 : most - live;
        uint32_t floor = has_floor(market, f) ? round->settings.floor : 0;
        round->capacity[f] = left;
        round->floor[f] = floor < left ? floor : left;
    }
}

static bool make_graph(struct running *r, struct match_input *in) {
    uint32_t count = (uint32_t)r->edges.len;
    r->u = mem_new(count + 1, sizeof(*r->u));
    r->v = mem_new(count + 1, sizeof(*r->v));
    r->weight = mem_new(count + 1, sizeof(*r->weight));
    if (r->u == NULL || r->v == NULL || r->weight == NULL)
        return false;
    for (uint32_t e = 0; e < count; e++) {
        r->u[e] = r->edges.at[e].first;
        r->v[e] = r->edges.at[e].second;
        r->weight[e] = r->edges.at[e].score;
        r->round->degree[r->u[e]]++;
        r->round->degree[r->v[e]]++;
    }
    r->round->edges = count;
    *in = (struct match_input){.vertex_count = r->market->firms,
                               .capacity = r->round->capacity,
                               .floor = r->round->floor,
                               .edge_count = count,
                               .u = r->u,
                               .v = r->v,
                               .weight = r->weight};
    return true;
}

static int by_score(const void *a, const void *b) {
    const struct partner_place *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->firm > y->firm) - (x->firm < y->firm);
}

/* The pairs of the round as a list of each firm. */
static enum err make_lists(struct partner_round *round, struct errinfo *info) {
    uint32_t firms = round->market->firms;
    round->list = arena_new(&round->arena, 2 * (size_t)round->pairs + 1, sizeof(*round->list));
    uint32_t *next = arena_new(&round->arena, (size_t)firms + 2, sizeof(*next));
    if (round->list == NULL || next == NULL)
        return err_memory(info);
    for (uint32_t p = 0; p < round->pairs; p++) {
        next[round->pair[p].first + 2]++;
        next[round->pair[p].second + 2]++;
    }
    /* next[f + 1] is where f's list begins; after filling, where it ends: the next one's begin. */
    for (uint32_t f = 0; f < firms; f++)
        next[f + 2] += next[f + 1];
    for (uint32_t p = 0; p < round->pairs; p++) {
        const struct partner_pair *pair = &round->pair[p];
        round->list[next[pair->first + 1]++] = (struct partner_place){pair->second, pair->score};
        round->list[next[pair->second + 1]++] = (struct partner_place){pair->first, pair->score};
    }
    round->list_first = next;
    for (uint32_t f = 0; f < firms; f++)
        if (next[f + 1] > next[f])
            qsort(round->list + next[f], next[f + 1] - next[f], sizeof(*round->list), by_score);
    return ERR_OK;
}

/* The chosen edges as pairs. */
static enum err keep_pairs(struct running *r, const uint8_t *chosen, struct errinfo *info) {
    struct partner_round *round = r->round;
    uint32_t pairs = 0;
    for (uint32_t e = 0; e < r->edges.len; e++)
        pairs += chosen[e];
    round->pair = arena_new(&round->arena, pairs + 1, sizeof(*round->pair));
    if (round->pair == NULL)
        return err_memory(info);
    for (uint32_t e = 0; e < r->edges.len; e++) {
        const struct edge *edge = &r->edges.at[e];
        if (chosen[e])
            round->pair[round->pairs++] =
                (struct partner_pair){edge->first, edge->second, edge->score};
    }
    return make_lists(round, info);
}

static uint64_t floor_given(const struct partner_round *round) {
    uint64_t given = 0;
    for (uint32_t f = 0; f < round->market->firms; f++) {
        uint32_t count = partner_round_count(round, f);
        given += count < round->floor[f] ? count : round->floor[f];
    }
    return given;
}

static enum err keep_prices(struct partner_round *round, const double *price,
                            struct errinfo *info) {
    uint32_t firms = round->market->firms;
    round->price = arena_new(&round->arena, firms + 1, sizeof(*round->price));
    if (round->price == NULL)
        return err_memory(info);
    if (firms > 0)
        memcpy(round->price, price, firms * sizeof(*price));
    return ERR_OK;
}

/* The best plan without floors: what floors cost is told, and its bound holds for every plan. */
static enum err solve_freely(struct running *r, const struct match_input *in,
                             const struct match_plan *with_floors, struct errinfo *info) {
    struct match_input free_in = *in;
    struct match_plan plan;
    free_in.floor = NULL;
    free_in.start_price = with_floors->price;
    free_in.start_chosen = with_floors->chosen;
    enum err code = match_solve(&free_in, r->job, &plan, info);
    if (code != ERR_OK)
        return code;
    r->round->optimum = plan.weight > with_floors->weight ? plan.weight : with_floors->weight;
    r->round->bound = plan.bound < with_floors->bound ? plan.bound : with_floors->bound;
    match_plan_release(&plan);
    return ERR_OK;
}

static enum err choose(struct running *r, const struct match_input *in,
                       const struct match_plan *plan, struct errinfo *info) {
    struct partner_round *round = r->round;
    struct match_report report;
    if (!match_judge(in, plan->chosen, NULL, NULL, &report))
        return err_memory(info);
    enum err code = keep_pairs(r, plan->chosen, info);
    if (code != ERR_OK)
        return code;
    round->total = plan->weight;
    round->blocking = report.blocking;
    round->regret = report.regret;
    round->regret_firm = report.regret_vertex;
    round->floor_given = floor_given(round);
    return ERR_OK;
}

static enum err assign(struct running *r, const struct match_input *in, struct errinfo *info) {
    struct partner_round *round = r->round;
    struct match_plan best, stable = {0};
    enum err code = match_solve(in, r->job, &best, info);
    if (code != ERR_OK)
        return code;
    round->floor_bound = best.floor_bound;
    round->is_optimal = best.status == MATCH_OPTIMAL && !round->is_stable;
    code = solve_freely(r, in, &best, info);
    if (code == ERR_OK && round->is_stable)
        code = match_stable(in, NULL, NULL, &stable, info);
    else if (code == ERR_OK)
        code = keep_prices(round, best.price, info);
    if (code == ERR_OK)
        code = choose(r, in, round->is_stable ? &stable : &best, info);
    match_plan_release(&best);
    match_plan_release(&stable);
    return code;
}

static enum err run(struct running *r, struct errinfo *info) {
    struct match_finder *finder = NULL;
    struct match_input in;
    set_limits(r->round, true);
    enum err code = match_finder_new(r->market->index, &finder, info);
    if (code == ERR_OK)
        code = find_candidates(r, finder, info);
    match_finder_free(finder);
    if (code != ERR_OK)
        return code;
    join(r);
    return make_graph(r, &in) ? assign(r, &in, info) : err_memory(info);
}

static enum err begin(const struct partner_market *market, const struct partner_settings *settings,
                      struct partner_round **out, struct errinfo *info) {
    size_t firms = (size_t)market->firms + 1;
    struct partner_round *round = mem_new(1, sizeof(*round));
    *out = round;
    if (round == NULL)
        return err_memory(info);
    arena_init(&round->arena, ROUND_BYTES_MAX);
    round->market = market;
    round->settings = *settings;
    round->capacity = arena_new(&round->arena, firms, sizeof(*round->capacity));
    round->floor = arena_new(&round->arena, firms, sizeof(*round->floor));
    round->degree = arena_new(&round->arena, firms, sizeof(*round->degree));
    return round->capacity != NULL && round->floor != NULL && round->degree != NULL
               ? ERR_OK
               : err_memory(info);
}

static enum err end(struct partner_round **out, enum err code) {
    if (code != ERR_OK) {
        partner_round_free(*out);
        *out = NULL;
    }
    return code;
}

enum err partner_round_run(const struct partner_market *market,
                           const struct partner_settings *settings, bool stable,
                           const struct job *job, struct partner_round **out,
                           struct errinfo *info) {
    struct running r = {.market = market, .job = job};
    *out = NULL;
    enum err code = partner_settings_check(settings, info);
    if (code == ERR_OK)
        code = begin(market, settings, out, info);
    if (code == ERR_OK) {
        r.round = *out;
        r.round->is_stable = stable;
        code = run(&r, info);
    }
    vec_free(&r.edges);
    mem_free(r.u);
    mem_free(r.v);
    mem_free(r.weight);
    return end(out, code);
}

static bool is_listed(const struct partner_round *round, uint32_t firm, uint32_t other) {
    for (uint32_t i = round->list_first[firm]; i < round->list_first[firm + 1]; i++)
        if (round->list[i].firm == other)
            return true;
    return false;
}

/* How many come into question for the firms that have few: of the others nobody asks. */
static enum err count_candidates(struct partner_round *round, struct errinfo *info) {
    struct match_candidate found[PARTNER_CANDIDATES];
    struct match_finder *finder;
    enum err code = match_finder_new(round->market->index, &finder, info);
    for (uint32_t f = 0; f < round->market->firms && code == ERR_OK; f++) {
        uint32_t count = 0;
        round->degree[f] = partner_round_count(round, f);
        if (round->degree[f] < PARTNER_CANDIDATES / 10)
            count = match_find(finder, round->settings.weight, f, found, PARTNER_CANDIDATES);
        for (uint32_t c = 0; c < count; c++)
            round->degree[f] += !is_listed(round, f, found[c].firm);
    }
    match_finder_free(finder);
    return code;
}

static int by_firms(const void *a, const void *b) {
    const struct partner_pair *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->second > y->second) - (x->second < y->second);
}

enum err partner_round_of_pairs(const struct partner_market *market,
                                const struct partner_settings *settings,
                                const struct partner_pair *pairs, uint32_t count,
                                struct partner_round **out, struct errinfo *info) {
    enum err code = begin(market, settings, out, info);
    if (code != ERR_OK)
        return end(out, code);
    struct partner_round *round = *out;
    set_limits(round, false);
    round->pair = arena_new(&round->arena, (size_t)count + 1, sizeof(*round->pair));
    if (round->pair == NULL)
        return end(out, err_memory(info));
    if (count > 0) {
        memcpy(round->pair, pairs, count * sizeof(*pairs));
        qsort(round->pair, count, sizeof(*pairs), by_firms);
    }
    round->pairs = count;
    for (uint32_t p = 0; p < count; p++)
        round->total += pairs[p].score;
    code = make_lists(round, info);
    if (code == ERR_OK && count > 0)
        code = count_candidates(round, info);
    if (code == ERR_OK)
        round->floor_given = floor_given(round);
    return end(out, code);
}

void partner_round_free(struct partner_round *round) {
    if (round == NULL)
        return;
    arena_release(&round->arena);
    mem_free(round);
}
