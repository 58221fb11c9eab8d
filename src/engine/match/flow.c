/*
 * The rounds: sort out which arcs are open to doubt (`doubtful`), lay them out by node, mend every
 * node along cheapest paths, check all arcs again.
 */
#include "engine/match/flow.h"

#include "base/mem.h"
#include "engine/match/path.h"
#include "engine/match/price.h"

/* A path's length is below nodes * 2^30 units; floors are for editions, not for networks. */
enum { FORFEIT_BITS = 52 };

/* Which |r| is open to doubt at first, in widths of price.h, and how it grows when rounds do not
 * end: after ROUNDS_PATIENT of them, or when a path cannot be found among the open arcs. */
enum { DOUBT_WIDTHS = 16, DOUBT_GROWTH = 8, ROUNDS_PATIENT = 3 };

bool match_flow_init(struct match_flow *f, const struct match_graph *g, const float *price) {
    const struct match_input *in = g->input;
    uint32_t n = in->vertex_count;
    *f = (struct match_flow){.graph = g, .doubled = g->side == NULL};
    f->node_count = f->doubled ? 2 * n : n;
    f->arc_count = f->doubled ? 2 * in->edge_count : in->edge_count;
    f->taken = mem_new((size_t)f->arc_count + 1, sizeof(*f->taken));
    f->price = mem_new((size_t)f->node_count + 1, sizeof(*f->price));
    f->used = mem_new((size_t)f->node_count + 1, sizeof(*f->used));
    if (f->taken == NULL || f->price == NULL || f->used == NULL) {
        match_flow_release(f);
        return false;
    }
    double units = g->heaviest / g->unit;
    for (uint32_t x = 0; x < f->node_count; x++)
        f->price[x] = (int64_t)((double)price[x < n ? x : x - n] * units + 0.5);
    f->forfeit = in->floor != NULL ? (int64_t)1 << FORFEIT_BITS : 0;
    return true;
}

void match_flow_release(struct match_flow *f) {
    mem_free(f->taken);
    mem_free(f->price);
    mem_free(f->used);
    *f = (struct match_flow){0};
}

static void set_taken(struct match_flow *f, uint32_t arc, struct match_ends ends, uint8_t taken) {
    uint32_t change = taken != 0 ? 1u : UINT32_MAX; /* minus one, modulo 2^32 */
    f->taken[arc] = taken;
    f->used[ends.left] += change;
    f->used[ends.right] += change;
}

/*
 * Takes every arc with r > 0, leaves every arc with r < 0, and lists those with |r| <= doubt and
 * those that were on the wrong side. Gives how many were wrong. Twice the same: once to count, once
 * to list would read all arcs twice, so the list grows.
 */
static bool sort_out(struct match_flow *f, int64_t doubt, bool first, struct match_paths *p,
                     uint32_t *wrong) {
    const struct match_graph *g = f->graph;
    const struct match_input *in = g->input;
    *wrong = 0;
    match_paths_clear(p);
    for (uint32_t e = 0; e < in->edge_count; e++) {
        int64_t units = match_units(g, in->weight[e]);
        for (uint32_t copy = 0; copy <= (f->doubled ? 1u : 0u); copy++) {
            uint32_t arc = f->doubled ? 2 * e + copy : e;
            struct match_ends ends = match_ends(f, e, copy);
            int64_t r = units - f->price[ends.left] - f->price[ends.right];
            uint8_t taken = r > 0 ? 1 : r < 0 ? 0 : f->taken[arc];
            bool moved = taken != f->taken[arc];
            if (moved) {
                set_taken(f, arc, ends, taken);
                ++*wrong;
            }
            if (((moved && !first) || (r <= doubt && r >= -doubt)) &&
                !match_paths_add(p, ends, units, arc, taken))
                return false;
        }
    }
    return true;
}

/* The chosen edges that the caller begins with decide where the prices leave both open. */
static void take_start(struct match_flow *f) {
    const struct match_input *in = f->graph->input;
    if (in->start_chosen == NULL)
        return;
    for (uint32_t e = 0; e < in->edge_count; e++)
        for (uint32_t copy = 0; in->start_chosen[e] != 0 && copy <= (f->doubled ? 1u : 0u); copy++)
            set_taken(f, f->doubled ? 2 * e + copy : e, match_ends(f, e, copy), 1);
}

bool match_flow_run(struct match_flow *f, const struct job *job) {
    struct match_paths paths;
    if (!match_paths_init(&paths, f))
        return false;
    bool ok = true, stopped = false;
    double units = f->graph->heaviest / f->graph->unit;
    int64_t doubt =
        f->forfeit != 0 ? INT64_MAX / 4 : (int64_t)(units * DOUBT_WIDTHS * MATCH_PRICE_WIDTH) + 1;
    take_start(f);
    for (uint32_t round = 0; ok && !stopped; round++) {
        uint32_t wrong = 0;
        ok = sort_out(f, doubt, round == 0, &paths, &wrong);
        if (!ok || (round > 0 && wrong == 0 && match_paths_even(&paths))) {
            f->exact = ok;
            break;
        }
        ok = match_paths_lay_out(&paths);
        enum match_mending mending = ok ? match_paths_mend(&paths, job) : MATCH_MEND_MEMORY;
        ok = ok && mending != MATCH_MEND_MEMORY;
        match_paths_store(&paths);
        stopped = mending == MATCH_MEND_STOPPED;
        if ((mending == MATCH_MEND_STUCK || round >= ROUNDS_PATIENT) &&
            doubt < INT64_MAX / (4 * DOUBT_GROWTH))
            doubt *= DOUBT_GROWTH;
    }
    match_paths_release(&paths);
    return ok;
}
