/*
 * One round reads every neighbour's price once (the random access that limits it) and then works in
 * a small buffer, eight edges at a time with the vectors of the compiler.
 *
 * Wide rounds go over all edges, while the width shrinks. By then nineteen of twenty edges are
 * decided by far; narrow rounds go over the others only, so that there can be many: what is out of
 * balance has to travel along the chains of a graph, a step a round. Prices may move by half of the
 * doubt before the edges are chosen anew, so that those left out stay right.
 */
#include "engine/match/price.h"

#include "base/mem.h"

enum {
    LANES = 8,
    WIDE_EACH = 2,    /* rounds over all edges at each width */
    WIDE_LAST = 3,    /* and at the last one */
    STAGES_MAX = 12,  /* times that the edges in doubt are chosen anew */
    NARROW_EACH = 12, /* rounds over them */
    NEWTON_MAX = 12,
};

#define PRICE_MOST 2.0F /* nobody pays more: the heaviest edge is worth 1 */

static const float width_first = 0.1F, width_step = 0.6F, relaxation = 1.5F;
static const float near_enough = 0.02F; /* of a place: what the flow mends anyway */
static const float doubt_widths = 10;   /* edges with |r| below so many widths are narrow ones */
static const double settled = 2e-4;     /* out of balance, of all places: the narrow rounds end */

typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), may_alias));
typedef int32_t masks __attribute__((vector_size(LANES * sizeof(float))));

/* What the rounds go over: vertices with their edges, laid out as struct match_graph has them. */
struct market {
    uint32_t vertex_count;
    const uint32_t *first, *other;
    const float *share;
    const float *places; /* of each vertex */
    const float *from;   /* prices around which it may move by `reach`; NULL = anywhere above 0 */
    float reach;
    lanes *worth; /* buffer for the edges of one vertex */
};

/* How a round found the vertices. */
struct balance {
    double taken, off; /* places taken, and those too many or too few */
};

struct fill {
    float places; /* taken at a price */
    float loose;  /* edges that are taken in part: the slope is -loose / T */
};

/* How much is taken of the `groups` * LANES edges of `worth` (weight less the other's price). */
static inline __attribute__((always_inline)) struct fill
fill_at(const lanes *worth, uint32_t groups, float price, float inverse_width) {
    lanes zero = {0}, one = zero + 1, places = zero;
    masks loose = {0};
    lanes shift = zero + (0.5F - price * inverse_width);
    for (uint32_t k = 0; k < groups; k++) {
        lanes part = worth[k] * inverse_width + shift;
        masks above = part > zero, below = part < one;
        loose -= above & below;
        part = (lanes)((masks)part & above);                              /* at least 0 */
        places += (lanes)(((masks)part & below) | ((masks)one & ~below)); /* at most 1 */
    }
    struct fill fill = {0, 0};
    for (int i = 0; i < LANES; i++) {
        fill.places += places[i];
        fill.loose += (float)loose[i];
    }
    return fill;
}

/* The price in [low, high] at which `capacity` places are taken, or the nearest to it. */
static inline __attribute__((always_inline)) float settle(const lanes *worth, uint32_t groups,
                                                          float capacity, float price, float low,
                                                          float high, float width,
                                                          struct balance *balance) {
    float least = low, most = high, inverse = 1 / width;
    for (int step = 0; step < NEWTON_MAX; step++) {
        struct fill fill = fill_at(worth, groups, price, inverse);
        float excess = fill.places - capacity;
        bool near = excess < near_enough && excess > -near_enough;
        if (step == 0) {
            balance->taken += (double)fill.places;
            balance->off += near            ? 0
                            : excess > 0    ? (double)excess
                            : price > least ? -(double)excess
                                            : 0;
        }
        if (near)
            break;
        if (excess > 0)
            low = price;
        else
            high = price;
        if (high - low < width * 0.01F || high <= least || low >= most)
            break;
        float next = fill.loose > 0 ? price + width * excess / fill.loose : (low + high) / 2;
        if (next <= least && low <= least)
            next = least;
        else if (next >= most && high >= most)
            next = most;
        else if (!(next > low && next < high))
            next = (low + high) / 2;
        price = next;
    }
    return price;
}

static inline __attribute__((always_inline)) struct balance round_of(const struct market *m,
                                                                     float width, float *price) {
    struct balance balance = {0, 0};
    for (uint32_t v = 0; v < m->vertex_count; v++) {
        uint32_t begin = m->first[v], degree = m->first[v + 1] - begin;
        float old = price[v], low = 0, high = PRICE_MOST;
        if (m->from != NULL) {
            low = m->from[v] > m->reach ? m->from[v] - m->reach : 0;
            high = m->from[v] + m->reach;
        }
        if ((float)degree <= m->places[v]) { /* everything can be taken */
            price[v] = low;
            continue;
        }
        const uint32_t *other = m->other + begin;
        const float *share = m->share + begin;
        float *flat = (float *)m->worth;
        for (uint32_t i = 0; i < degree; i++)
            flat[i] = share[i] - price[other[i]];
        uint32_t groups = (degree + LANES - 1) / LANES;
        for (uint32_t i = degree; i < groups * LANES; i++)
            flat[i] = -4; /* below any price: never taken */
        float best = settle(m->worth, groups, m->places[v], old, low, high, width, &balance);
        float next = old + relaxation * (best - old);
        price[v] = next < low ? low : next > high ? high : next;
    }
    return balance;
}

/* The same twice: for every processor, and for those that do eight at once. No fused operations in
 * either, so that the prices are the same. */
static struct balance round_plain(const struct market *m, float width, float *price) {
    return round_of(m, width, price);
}

#ifdef __x86_64__
__attribute__((target("avx2"))) static struct balance round_wide(const struct market *m,
                                                                 float width, float *price) {
    return round_of(m, width, price);
}
#endif

static struct balance one_round(const struct market *m, float width, float *price) {
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2") != 0)
        return round_wide(m, width, price);
#endif
    return round_plain(m, width, price);
}

/* Edges in doubt at these prices, and the places that the others leave. */
static void narrow_down(const struct match_graph *g, const float *price, uint32_t *first,
                        uint32_t *other, float *share, float *places) {
    const float doubt = doubt_widths * (float)MATCH_PRICE_WIDTH;
    uint32_t kept = 0;
    for (uint32_t v = 0; v < g->input->vertex_count; v++) {
        float left = (float)g->input->capacity[v];
        first[v] = kept;
        for (uint32_t i = g->first[v]; i < g->first[v + 1]; i++) {
            float r = g->share[i] - price[v] - price[g->other[i]];
            if (r > doubt) {
                left -= 1;
            } else if (r >= -doubt) {
                other[kept] = g->other[i];
                share[kept++] = g->share[i];
            }
        }
        places[v] = left;
    }
    first[g->input->vertex_count] = kept;
}

static uint32_t count_doubtful(const struct match_graph *g, const float *price) {
    const float doubt = doubt_widths * (float)MATCH_PRICE_WIDTH;
    uint32_t count = 0;
    for (uint32_t v = 0; v < g->input->vertex_count; v++)
        for (uint32_t i = g->first[v]; i < g->first[v + 1]; i++) {
            float r = g->share[i] - price[v] - price[g->other[i]];
            count += r <= doubt && r >= -doubt;
        }
    return count;
}

/* A stage: rounds over the edges in doubt at these prices. `quiet` when hardly anything is out of
 * balance at its end. */
static bool narrow_stage(const struct match_graph *g, const struct job *job, struct market m,
                         float *places, float *from, float *price, bool *quiet) {
    uint32_t n = g->input->vertex_count, kept = count_doubtful(g, price);
    uint32_t *first = mem_new((size_t)n + 1, sizeof(*first));
    uint32_t *other = mem_new((size_t)kept + 1, sizeof(*other));
    float *share = mem_new((size_t)kept + 1, sizeof(*share));
    bool ok = first != NULL && other != NULL && share != NULL;
    *quiet = !ok;
    if (ok) {
        narrow_down(g, price, first, other, share, places);
        for (uint32_t v = 0; v < n; v++)
            from[v] = price[v];
        m.first = first;
        m.other = other;
        m.share = share;
        m.from = from;
        m.reach = doubt_widths * (float)MATCH_PRICE_WIDTH / 2;
    }
    for (int k = 0; ok && !*quiet && k < NARROW_EACH && !job_should_stop(job); k++) {
        struct balance b = one_round(&m, (float)MATCH_PRICE_WIDTH, price);
        *quiet = b.off <= settled * b.taken;
    }
    mem_free(first);
    mem_free(other);
    mem_free(share);
    return ok;
}

static void wide_rounds(const struct match_graph *g, const struct job *job, const struct market *m,
                        float *price) {
    const float last = (float)MATCH_PRICE_WIDTH;
    uint64_t done = 0;
    for (float width = width_first;; width *= width_step) {
        bool final = width <= last;
        int rounds = final ? WIDE_LAST : WIDE_EACH;
        for (int k = 0; k < rounds; k++) {
            if (width >= width_first || !job_should_stop(job))
                one_round(m, final ? last : width, price);
            job_report(job, "rounds of prices", ++done, 0);
        }
        if (final)
            return;
    }
}

bool match_prices(const struct match_graph *g, const struct job *job, float *price) {
    uint32_t n = g->input->vertex_count;
    float *places = mem_new((size_t)n + 1, sizeof(*places));
    float *from = mem_new((size_t)n + 1, sizeof(*from));
    /* Vectors want their own alignment; the allocator promises 16 bytes. */
    char *block = mem_new((size_t)g->widest / LANES + 3, sizeof(lanes));
    bool ok = places != NULL && from != NULL && block != NULL, quiet = false;
    if (ok) {
        struct market m = {.vertex_count = n,
                           .first = g->first,
                           .other = g->other,
                           .share = g->share,
                           .places = places,
                           .worth = (lanes *)(void *)(block + (-(uintptr_t)block % sizeof(lanes)))};
        for (uint32_t v = 0; v < n; v++) {
            price[v] = 0;
            places[v] = (float)g->input->capacity[v];
        }
        wide_rounds(g, job, &m, price);
        for (int k = 0; ok && !quiet && k < STAGES_MAX && !job_should_stop(job); k++)
            ok = narrow_stage(g, job, m, places, from, price, &quiet);
    }
    mem_free(places);
    mem_free(from);
    mem_free(block);
    return ok;
}
