/*
 * From candidates to pairs; see partner_round.h.
 *
 * The lists of candidates are kept with the round, so that a change of one firm is followed by
 * engine/match/lists.h. The edges are made anew each time: that is one pass over the lists.
 */
#include "service/partner_round.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "engine/match/match.h"

enum { ROUND_BYTES_MAX = 1 << 30 };

struct edge {
    uint32_t first, second;
    double score;
    bool was_chosen; /* by the round that this one follows */
};

struct running {
    struct partner_round *round;
    const struct partner_market *market;
    const struct partner_round *before; /* the round that this one follows, or NULL */
    const struct job *job;
    VEC(struct edge)
    edges;
    uint32_t *u, *v;
    double *weight;
    uint8_t *was_chosen;
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

static bool is_candidate(const struct match_lists *lists, uint32_t firm, uint32_t other) {
    uint32_t count;
    const struct match_candidate *list = match_lists_of(lists, firm, &count);
    for (uint32_t i = 0; i < count; i++)
        if (list[i].firm == other)
            return true;
    return false;
}

static bool is_listed(const struct partner_round *round, uint32_t firm, uint32_t other) {
    for (uint32_t i = round->list_first[firm]; i < round->list_first[firm + 1]; i++)
        if (round->list[i].firm == other)
            return true;
    return false;
}

/* The edges that a firm brings: those to firms behind it, and to those before it that do not have
 * it among their own. So each pair comes once. */
static enum err add_edges(struct running *r, struct match_finder *finder, uint32_t firm,
                          struct errinfo *info) {
    const struct partner_round *round = r->round;
    uint32_t count;
    const struct match_candidate *list = match_lists_of(round->lists, firm, &count);
    for (uint32_t c = 0; c < count; c++) {
        uint32_t other = list[c].firm;
        struct edge edge = {firm, other, list[c].score, false};
        if (round->capacity[other] == 0 ||
            (other < firm && is_candidate(round->lists, other, firm)))
            continue;
        if (other < firm)
            edge = (struct edge){other, firm, list[c].score, false};
        if (finder != NULL)
            edge.score =
                partner_round_score(finder, &round->settings, edge.first, edge.second, NULL);
        edge.was_chosen = r->before != NULL && is_listed(r->before, firm, other);
        if (!vec_push(&r->edges, edge))
            return err_memory(info);
    }
    return ERR_OK;
}

/* Where both fits weigh differently, a score in a list is that of one side alone. */
static enum err find_edges(struct running *r, struct errinfo *info) {
    const struct partner_round *round = r->round;
    const double *weight = round->settings.weight;
    bool is_even = weight[MATCH_FIT_NEED] == weight[MATCH_FIT_OFFER];
    struct match_finder *finder = NULL;
    enum err code = is_even ? ERR_OK : match_finder_new(r->market->index, &finder, info);
    for (uint32_t f = 0; f < r->market->firms && code == ERR_OK; f++)
        if (round->capacity[f] > 0)
            code = add_edges(r, finder, f, info);
    match_finder_free(finder);
    return code;
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
    r->was_chosen = mem_new(count + 1, sizeof(*r->was_chosen));
    if (r->u == NULL || r->v == NULL || r->weight == NULL || r->was_chosen == NULL)
        return false;
    for (uint32_t e = 0; e < count; e++) {
        r->u[e] = r->edges.at[e].first;
        r->v[e] = r->edges.at[e].second;
        r->weight[e] = r->edges.at[e].score;
        r->was_chosen[e] = r->edges.at[e].was_chosen;
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
                               .weight = r->weight,
                               .start_price = r->before != NULL ? r->before->price : NULL,
                               .start_chosen = r->before != NULL ? r->was_chosen : NULL};
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

static int by_firms(const void *a, const void *b) {
    const struct partner_pair *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->second > y->second) - (x->second < y->second);
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
    if (pairs > 0)
        qsort(round->pair, pairs, sizeof(*round->pair), by_firms);
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
    round->optimum = best.weight;
    round->bound = best.bound;
    if (r->before == NULL)
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

static enum err solve(struct running *r, struct errinfo *info) {
    struct match_input in;
    enum err code = find_edges(r, info);
    if (code == ERR_OK)
        code = make_graph(r, &in) ? assign(r, &in, info) : err_memory(info);
    vec_free(&r->edges);
    mem_free(r->u);
    mem_free(r->v);
    mem_free(r->weight);
    mem_free(r->was_chosen);
    return code;
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
    *out = NULL;
    enum err code = partner_settings_check(settings, info);
    if (code == ERR_OK)
        code = begin(market, settings, out, info);
    if (code != ERR_OK)
        return end(out, code);
    struct running r = {.round = *out, .market = market, .job = job};
    r.round->is_stable = stable;
    set_limits(r.round, true);
    code = match_lists_new(market->index, settings->weight, PARTNER_CANDIDATES, job,
                           &r.round->lists, info);
    if (code == ERR_OK)
        code = solve(&r, info);
    return end(out, code);
}

enum err partner_round_follow(struct partner_round *before, const struct partner_market *market,
                              uint32_t firm, const struct job *job, struct partner_round **out,
                              struct errinfo *info) {
    uint32_t *changed = mem_new((size_t)market->firms + 1, sizeof(*changed)), count;
    *out = NULL;
    if (before->lists == NULL || before->price == NULL || before->market->firms != market->firms ||
        firm >= market->firms) {
        mem_free(changed);
        return err_set(info, ERR_INPUT,
                       "the round cannot be followed: it was not run, is stable, "
                       "or of other firms");
    }
    enum err code =
        changed == NULL ? err_memory(info) : begin(market, &before->settings, out, info);
    if (code == ERR_OK)
        code = match_lists_change(before->lists, market->index, firm, changed, &count, info);
    mem_free(changed);
    if (code != ERR_OK)
        return end(out, code);
    struct running r = {.round = *out, .market = market, .before = before, .job = job};
    r.round->lists = before->lists;
    before->lists = NULL;
    set_limits(r.round, true);
    return end(out, solve(&r, info));
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
    match_lists_free(round->lists);
    arena_release(&round->arena);
    mem_free(round);
}
