/*
 * One round reads every neighbour's price once (the random access that limits it) and then works in
 * a small buffer, eight edges at a time with the vectors of the compiler.
 */
#include "engine/match/price.h"

#include "base/mem.h"

enum {
    LANES = 8,
    ROUNDS_EACH = 2,  /* at each width */
    ROUNDS_LAST = 10, /* at the last one */
    NEWTON_MAX = 12,
};

static const float width_first = 0.1F, width_step = 0.6F, relaxation = 1.5F;
static const float near_enough = 0.02F; /* of a place: what the flow mends anyway */

typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), may_alias));
typedef int32_t masks __attribute__((vector_size(LANES * sizeof(float))));

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

/* The price at which `capacity` places are taken; 0 when fewer are wanted even for nothing. */
static inline __attribute__((always_inline)) float
settle(const lanes *worth, uint32_t groups, float capacity, float price, float width) {
    float low = 0, high = 2, inverse = 1 / width;
    for (int step = 0; step < NEWTON_MAX; step++) {
        struct fill fill = fill_at(worth, groups, price, inverse);
        float excess = fill.places - capacity;
        if (excess < near_enough && excess > -near_enough)
            break;
        if (excess > 0) {
            low = price;
        } else {
            if (price <= 0)
                return 0;
            high = price;
        }
        if (high - low < width * 0.01F)
            break;
        float next = fill.loose > 0 ? price + width * excess / fill.loose : (low + high) / 2;
        if (next <= 0 && low <= 0)
            next = 0;
        else if (!(next > low && next < high))
            next = (low + high) / 2;
        price = next;
    }
    return price;
}

static inline __attribute__((always_inline)) void round_of(const struct match_graph *g, float width,
                                                           lanes *worth, float *price) {
    const struct match_input *in = g->input;
    for (uint32_t v = 0; v < in->vertex_count; v++) {
        uint32_t begin = g->first[v], degree = g->first[v + 1] - begin;
        if (degree <= in->capacity[v]) /* everything can be taken: worth nothing to others */
            continue;
        const uint32_t *other = g->other + begin;
        const float *share = g->share + begin;
        float *flat = (float *)worth;
        for (uint32_t i = 0; i < degree; i++)
            flat[i] = share[i] - price[other[i]];
        uint32_t groups = (degree + LANES - 1) / LANES;
        for (uint32_t i = degree; i < groups * LANES; i++)
            flat[i] = -4; /* below any price: never taken */
        float old = price[v];
        float best = settle(worth, groups, (float)in->capacity[v], old, width);
        float next = old + relaxation * (best - old);
        price[v] = next > 0 ? next : 0;
    }
}

/* The same twice: for every processor, and for those that do eight at once. No fused operations in
 * either, so that the prices are the same. */
static void round_plain(const struct match_graph *g, float width, lanes *worth, float *price) {
    round_of(g, width, worth, price);
}

#ifdef __x86_64__
__attribute__((target("avx2"))) static void round_wide(const struct match_graph *g, float width,
                                                       lanes *worth, float *price) {
    round_of(g, width, worth, price);
}

static bool is_wide(void) {
    return __builtin_cpu_supports("avx2") != 0;
}
#else
static void round_wide(const struct match_graph *g, float width, lanes *worth, float *price) {
    round_of(g, width, worth, price);
}

static bool is_wide(void) {
    return false;
}
#endif

bool match_prices(const struct match_graph *g, const struct job *job, float *price) {
    lanes *worth = NULL;
    size_t groups = (size_t)g->widest / LANES + 2;
    /* Vectors want their own alignment; the allocator promises 16 bytes. */
    char *block = mem_new(groups + 1, sizeof(*worth));
    if (block == NULL)
        return false;
    worth = (lanes *)(void *)(block + (-(uintptr_t)block % sizeof(*worth)));
    for (uint32_t v = 0; v < g->input->vertex_count; v++)
        price[v] = 0;
    void (*one_round)(const struct match_graph *, float, lanes *, float *) =
        is_wide() ? round_wide : round_plain;
    const float last = (float)MATCH_PRICE_WIDTH;
    for (float width = width_first;; width *= width_step) {
        bool final = width <= last;
        int rounds = final ? ROUNDS_LAST : ROUNDS_EACH;
        for (int k = 0; k < rounds && (width == width_first || !job_should_stop(job)); k++)
            one_round(g, final ? last : width, worth, price);
        if (final)
            break;
    }
    mem_free(block);
    return true;
}
