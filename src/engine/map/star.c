/*
 * A star, that is a node with all its lines, taken out of the drawing and put back where it costs
 * least: the best column of its lane, the best place in it and the best way for each line, at once.
 *
 * With the star out, a line from slot s of a column to slot t of the next (slots lie between the
 * vertices) crosses C(s, t) = #(a < s, b >= t) + #(a >= s, b < t) of the segments (a, b) between
 * them. Each row of C follows from the one above by a step for each segment in between. The price
 * of a slot for one line is the least sum of C over the gaps up to the line's far end, by dynamic
 * programming column by column; the cost of the star in a slot is the sum of its lines' prices.
 * The lines need not cross each other: where two do, exchanging their parts up to there makes no
 * price higher, because C has the Monge property C(s, t) + C(s', t') <= C(s, t') + C(s', t) for
 * s < s', t < t'. So the least cost is exact while the rest stands still, and a move never adds
 * crossings unless it buys shorter lines or a lower column.
 *
 * The idea of inserting a node with all edges optimally into a fixed drawing is that of Chimani,
 * Gutwenger, Mutzel, Wong, "Layer-free upward crossing minimization", ACM JEA 15, 2010; that of
 * moving long edges whole is global sifting (Bachmaier, Brandenburg, Brunner, Huebner, JGAA 15(5),
 * 2011). Costs are whole numbers, so the result does not depend on the order of sums. Numbers of 16
 * bits let the compiler take eight slots a step, therefore rows are padded to PAD.
 */
#include <math.h>

#include "engine/map/weave.h"

/* Costs: of a crossing, of a bend, and of the square of a column's excess height in boxes. */
enum { CROSSING = 8, BEND = 1, EXCESS = 2 };

/* Prices are cut at the first; what lies behind a column's end has the second, so that with a gap's
 * crossings added it is still dear and fits 16 bits: CROSSING x EDGES_MAX <= 8000. The
 * work allowed grows with the square of the nodes: 0.2 s for NODES_MAX. */
enum { PRICE_MAX = 15000, PRICE_OUTSIDE = 24000, EDGES_MAX = 1000, NODES_MAX = 400 };

/* Slots that vector instructions take together; entries of the tables of all gaps. */
enum { PAD = 16, TABLES_MAX = 16000000 };

/* Keeps the cost of an excess inside 32 bits. */
static const double DEAR_MAX = 1e6;

static uint32_t padded(uint32_t n) {
    return (n + PAD - 1) / PAD * PAD;
}

static uint32_t widest_column(const struct map_weave *w) {
    uint32_t widest = 0;
    for (uint32_t l = 0; l < w->columns; l++)
        widest = w->count[l] > widest ? w->count[l] : widest;
    return widest;
}

/* Columns grow while the search is hot; it ends when one outgrows the tables. */
static uint32_t table_side(const struct map_weave *w) {
    uint32_t side = 3 * widest_column(w) + 32;
    return padded(side < w->room + 1 ? side : w->room + 1);
}

bool map_star_fits(const struct map_weave *w) {
    uint64_t side = table_side(w);
    return w->g->edges <= EDGES_MAX && w->g->nodes <= NODES_MAX &&
           side * side * w->columns <= TABLES_MAX;
}

static uint32_t degree(const struct map_graph *g, uint32_t v) {
    return g->in_start[v + 1] - g->in_start[v] + g->out_start[v + 1] - g->out_start[v];
}

enum err map_star_init(struct map_weave *w, const struct map_options *o, struct rng *rng,
                       struct arena *arena, struct map_star *s, struct errinfo *info) {
    const struct map_graph *g = w->g;
    *s = (struct map_star){.w = w, .rng = rng, .box_gap = o->box_gap, .side = table_side(w)};
    size_t lines = 0, puts = (size_t)w->columns * g->edges + 1;
    for (uint32_t v = 0; v < g->nodes; v++) {
        lines = degree(g, v) > lines ? degree(g, v) : lines;
        s->mean += (g->node[v].height + o->box_gap) / g->nodes;
    }
    for (uint32_t l = 0; l < w->columns; l++)
        s->cap = fmax(s->cap, w->load[l]);
    s->gap = arena_new(arena, w->columns, sizeof(*s->gap));
    s->stride = arena_new(arena, w->columns, sizeof(*s->stride));
    s->price = arena_new(arena, lines * w->columns * s->side, sizeof(*s->price));
    s->steps = arena_new(arena, 2 * (size_t)s->side, sizeof(*s->steps));
    s->total = arena_new(arena, s->side, sizeof(*s->total));
    s->line = arena_new(arena, lines, sizeof(*s->line));
    s->slot = arena_new(arena, puts, sizeof(*s->slot));
    s->vertex = arena_new(arena, puts, sizeof(*s->vertex));
    s->column = arena_new(arena, puts, sizeof(*s->column));
    if (s->gap == NULL || s->stride == NULL || s->price == NULL || s->steps == NULL ||
        s->total == NULL || s->line == NULL || s->slot == NULL || s->vertex == NULL ||
        s->column == NULL)
        return err_memory(info);
    for (uint32_t l = 0; l < w->columns; l++) {
        s->gap[l] = arena_new(arena, (size_t)s->side * s->side, sizeof(int16_t));
        if (s->gap[l] == NULL)
            return err_memory(info);
    }
    for (uint32_t i = 0; i < 2 * s->side; i++)
        s->steps[i] = i < s->side ? CROSSING : -CROSSING;
    return ERR_OK;
}

static uint32_t slots_of(const struct map_star *s, uint32_t column) {
    return s->w->count[column] + 1;
}

/* Lists the lines of the star of `v`: those on the left, then those on the right. */
static void list_lines(struct map_star *s, uint32_t v) {
    const struct map_graph *g = s->w->g;
    s->lines = 0;
    for (uint32_t k = g->in_start[v]; k < g->in_start[v + 1]; k++)
        if (map_weave_holds(s->w, g->edge[g->in_edge[k]].left))
            s->line[s->lines++] = g->in_edge[k];
    s->left_lines = s->lines;
    for (uint32_t k = g->out_start[v]; k < g->out_start[v + 1]; k++)
        if (map_weave_holds(s->w, g->edge[g->out_edge[k]].right))
            s->line[s->lines++] = g->out_edge[k];
}

static uint32_t far_end(const struct map_star *s, uint32_t i) {
    const struct map_edge *e = &s->w->g->edge[s->line[i]];
    return i < s->left_lines ? e->left : e->right;
}

static int16_t *price_row(const struct map_star *s, uint32_t line, uint32_t column) {
    return s->price + ((size_t)line * s->w->columns + column) * s->side;
}

/* Segments of vertex `u` in the gap on one side. */
static uint32_t segments_of(const struct map_weave *w, uint32_t u, int side) {
    const struct map_graph *g = w->g;
    if (u >= g->nodes)
        return 1;
    uint32_t count = 0;
    if (side == 0)
        for (uint32_t k = g->in_start[u]; k < g->in_start[u + 1]; k++)
            count += map_weave_holds(w, g->edge[g->in_edge[k]].left);
    else
        for (uint32_t k = g->out_start[u]; k < g->out_start[u + 1]; k++)
            count += map_weave_holds(w, g->edge[g->out_edge[k]].right);
    return count;
}

static void add_step(int16_t *restrict to, const int16_t *from, const int16_t *restrict step,
                     uint32_t n) {
    for (uint32_t t = 0; t < n / PAD * PAD; t++)
        to[t] = (int16_t)(from[t] + step[t]);
}

/* Fills the table C of the gap behind column `l`, in units of cost. */
static void fill_gap(struct map_star *s, uint32_t l) {
    const struct map_weave *w = s->w;
    const struct map_graph *g = w->g;
    uint32_t width = padded(slots_of(s, l + 1));
    int16_t *row = s->gap[l];
    s->stride[l] = width;
    row[0] = 0;
    for (uint32_t t = 1; t < width; t++)
        row[t] =
            (int16_t)(row[t - 1] +
                      (t <= w->count[l + 1]
                           ? CROSSING * (int)segments_of(w, map_weave_column(w, l + 1)[t - 1], 0)
                           : 0));
    for (uint32_t i = 0; i < w->count[l]; i++) {
        uint32_t u = map_weave_column(w, l)[i];
        const uint32_t *edge = u < g->nodes ? g->out_edge + g->out_start[u] : &w->edge_of[u];
        uint32_t edges = u < g->nodes ? g->out_start[u + 1] - g->out_start[u] : 1;
        int16_t *next = row + width;
        const int16_t *from = row;
        for (uint32_t k = 0; k < edges; k++) {
            if (!map_weave_holds(w, g->edge[edge[k]].right))
                continue;
            uint32_t b = w->pos[map_weave_vertex(w, edge[k], l + 1)];
            add_step(next, from, s->steps + s->side - 1 - b, width);
            from = next;
        }
        for (uint32_t t = 0; from == row && t < width; t++)
            next[t] = row[t];
        row = next;
    }
    s->work += (uint64_t)slots_of(s, l) * width;
}

static int16_t least_sum(const int16_t *restrict a, const int16_t *restrict b, uint32_t n) {
    int16_t least = INT16_MAX;
    for (uint32_t t = 0; t < n / PAD * PAD; t++) {
        int16_t sum = (int16_t)(a[t] + b[t]);
        least = sum < least ? sum : least;
    }
    return least;
}

static void lower(int16_t *restrict to, const int16_t *restrict row, int16_t plus, uint32_t n) {
    for (uint32_t t = 0; t < n / PAD * PAD; t++) {
        int16_t sum = (int16_t)(row[t] + plus);
        to[t] = sum < to[t] ? sum : to[t];
    }
}

/* Cuts the prices of a column's slots and marks what lies behind its end. */
static void finish_row(const struct map_star *s, int16_t *price, uint32_t column) {
    uint32_t slots = slots_of(s, column);
    for (uint32_t t = 0; t < slots; t++)
        price[t] = price[t] < PRICE_MAX ? price[t] : PRICE_MAX;
    for (uint32_t t = slots; t < padded(slots); t++)
        price[t] = PRICE_OUTSIDE;
}

/* Prices of line `i` to `u` on the right of the star, in columns down to `low`. The segment that
 * ends at u lies between the slots before and behind u, and does not cross u's own segments. */
static void price_right(struct map_star *s, uint32_t i, uint32_t u, uint32_t low) {
    const struct map_weave *w = s->w;
    uint32_t l = w->layer[u] - 1, p = w->pos[u];
    int own = CROSSING * (int)segments_of(w, u, 0);
    int16_t *price = price_row(s, i, l);
    for (uint32_t t = 0; t < slots_of(s, l); t++) {
        const int16_t *row = s->gap[l] + (size_t)t * s->stride[l];
        price[t] = (int16_t)((row[p] + row[p + 1] - own) / 2);
    }
    finish_row(s, price, l);
    while (l-- > low) {
        const int16_t *from = price;
        price = price_row(s, i, l);
        for (uint32_t t = 0; t < slots_of(s, l); t++)
            price[t] =
                (int16_t)(least_sum(s->gap[l] + (size_t)t * s->stride[l], from, s->stride[l]) +
                          BEND);
        finish_row(s, price, l);
        s->work += (uint64_t)slots_of(s, l) * s->stride[l];
    }
}

/* The same to `u` on the left, in columns up to `high`. */
static void price_left(struct map_star *s, uint32_t i, uint32_t u, uint32_t high) {
    const struct map_weave *w = s->w;
    uint32_t l = w->layer[u] + 1, p = w->pos[u];
    int own = CROSSING * (int)segments_of(w, u, 1);
    int16_t *price = price_row(s, i, l);
    const int16_t *row = s->gap[l - 1] + (size_t)p * s->stride[l - 1];
    for (uint32_t t = 0; t < slots_of(s, l); t++)
        price[t] = (int16_t)((row[t] + row[t + s->stride[l - 1]] - own) / 2);
    finish_row(s, price, l);
    while (l++ < high) {
        const int16_t *from = price;
        uint32_t stride = s->stride[l - 1];
        price = price_row(s, i, l);
        for (uint32_t t = 0; t < stride; t++)
            price[t] = INT16_MAX;
        for (uint32_t t = 0; t < slots_of(s, l - 1); t++)
            lower(price, s->gap[l - 1] + (size_t)t * stride, (int16_t)(from[t] + BEND), stride);
        finish_row(s, price, l);
        s->work += (uint64_t)slots_of(s, l - 1) * stride;
    }
}

/* Logarithm to base 2 of a uniform random number, negative, in 1/1024, with straight lines between
 * the powers of two. */
static int64_t exponential(uint64_t random) {
    int zeros = __builtin_clzll(random | 1);
    uint64_t fraction = zeros < 50 ? (random << zeros << 1) >> 54 : 0;
    return zeros * 1024 + 1023 - (int64_t)fraction;
}

static double excess(const struct map_star *s, double load) {
    double boxes = (load - s->cap) / s->mean;
    return boxes > 0 ? EXCESS * boxes * boxes : 0;
}

struct place {
    uint32_t column, slot;
};

/* The slot of least cost in columns low .. high; among equals a random one. */
static struct place choose(struct map_star *s, uint32_t v, uint32_t low, uint32_t high,
                           int64_t temperature) {
    const struct map_weave *w = s->w;
    struct place best = {low, 0};
    int64_t least = INT64_MAX;
    double height = w->g->node[v].height + s->box_gap;
    for (uint32_t l = low; l <= high; l++) {
        int32_t dear =
            (int32_t)fmin(excess(s, w->load[l] + height) - excess(s, w->load[l]), DEAR_MAX);
        for (uint32_t t = 0; t < slots_of(s, l); t++)
            s->total[t] = dear;
        for (uint32_t i = 0; i < s->lines; i++) {
            const int16_t *price = price_row(s, i, l);
            for (uint32_t t = 0; t < slots_of(s, l); t++)
                s->total[t] += price[t];
        }
        for (uint32_t t = 0; t < slots_of(s, l); t++) {
            uint64_t random = rng_u64(s->rng);
            int64_t cost = (int64_t)s->total[t] * 1024 * 1024;
            cost -= CROSSING * temperature * exponential(random);
            /* The high bits blur, the low ones decide between equals. */
            cost += (int64_t)(random & 1023);
            if (cost < least) {
                least = cost;
                best = (struct place){l, t};
            }
        }
        s->work += slots_of(s, l) * (uint64_t)(s->lines + 8);
    }
    return best;
}

/* Lists the bends of line `i` from the chosen place to its far end. */
static uint32_t trace(struct map_star *s, uint32_t i, struct place at, uint32_t puts) {
    bool right = i >= s->left_lines;
    uint32_t end = s->w->layer[far_end(s, i)];
    while (right ? at.column + 1 < end : at.column > end + 1) {
        uint32_t next = right ? at.column + 1 : at.column - 1, best = 0;
        const int16_t *price = price_row(s, i, next);
        const int16_t *c = right ? s->gap[at.column] + (size_t)at.slot * s->stride[at.column]
                                 : s->gap[next] + at.slot;
        size_t step = right ? 1 : s->stride[next];
        for (uint32_t t = 1; t < slots_of(s, next); t++)
            if (c[t * step] + price[t] < c[best * step] + price[best])
                best = t;
        at = (struct place){next, best};
        s->column[puts] = next;
        s->slot[puts] = best;
        s->vertex[puts++] = map_weave_bend(s->w, s->line[i], next);
        s->work += slots_of(s, next);
    }
    return puts;
}

/* Puts all that is listed into the columns; slots count the vertices before that, so the last come
 * first. */
static void put_all(struct map_star *s, uint32_t puts) {
    for (uint32_t i = 1; i < puts; i++) {
        uint32_t slot = s->slot[i], vertex = s->vertex[i], column = s->column[i], k = i;
        for (; k > 0 && s->slot[k - 1] < slot; k--) {
            s->slot[k] = s->slot[k - 1];
            s->vertex[k] = s->vertex[k - 1];
            s->column[k] = s->column[k - 1];
        }
        s->slot[k] = slot;
        s->vertex[k] = vertex;
        s->column[k] = column;
    }
    for (uint32_t i = 0; i < puts; i++)
        map_weave_put(s->w, s->column[i], s->slot[i], s->vertex[i]);
}

/* Exchanges the bends of two lines of a star from beside its node to column `l`. */
static void exchange(struct map_weave *w, uint32_t e, uint32_t f, uint32_t node_column,
                     uint32_t l) {
    for (; l != node_column; l = l > node_column ? l - 1 : l + 1) {
        uint32_t a = map_weave_bend(w, e, l), b = map_weave_bend(w, f, l);
        uint32_t at = w->pos[a];
        w->pos[a] = w->pos[b];
        w->pos[b] = at;
        map_weave_column(w, l)[w->pos[a]] = a;
        map_weave_column(w, l)[w->pos[b]] = b;
    }
}

/* Whether a crossing of two lines of a star, on one side of its node, was found and undone. */
static bool uncross_pair(struct map_weave *w, uint32_t v, int side, uint32_t e, uint32_t f) {
    const struct map_edge *a = &w->g->edge[e], *b = &w->g->edge[f];
    uint32_t here = w->layer[v], l = here;
    uint32_t end_a = w->layer[side == 0 ? a->left : a->right];
    uint32_t end_b = w->layer[side == 0 ? b->left : b->right];
    bool done = false;
    for (uint32_t next; l != end_a && l != end_b; l = next) {
        next = side == 0 ? l - 1 : l + 1;
        uint32_t x = map_weave_vertex(w, e, l), y = map_weave_vertex(w, f, l);
        uint32_t x2 = map_weave_vertex(w, e, next), y2 = map_weave_vertex(w, f, next);
        if (x != y && x2 != y2 && (w->pos[x] < w->pos[y]) != (w->pos[x2] < w->pos[y2])) {
            exchange(w, e, f, here, l);
            done = true;
        }
    }
    return done;
}

/* Every exchange takes at least one crossing away, so this ends. */
static void uncross(struct map_star *s, uint32_t v) {
    for (int side = 0; side < 2; side++) {
        uint32_t first = side == 0 ? 0 : s->left_lines, end = side == 0 ? s->left_lines : s->lines;
        for (bool again = true; again;) {
            again = false;
            for (uint32_t i = first; i < end; i++)
                for (uint32_t k = first; k < i; k++)
                    again |= uncross_pair(s->w, v, side, s->line[i], s->line[k]);
        }
    }
}

/* Columns that the lane and the neighbours, also those that are out, allow for `v`. */
static void find_range(const struct map_weave *w, uint32_t v, uint32_t *low, uint32_t *high) {
    const struct map_graph *g = w->g;
    *low = g->lane_first[g->node[v].lane];
    *high = g->lane_first[g->node[v].lane + 1] - 1;
    for (uint32_t k = g->in_start[v]; k < g->in_start[v + 1]; k++) {
        uint32_t l = w->layer[g->edge[g->in_edge[k]].left] + 1;
        *low = l > *low ? l : *low;
    }
    for (uint32_t k = g->out_start[v]; k < g->out_start[v + 1]; k++) {
        uint32_t l = w->layer[g->edge[g->out_edge[k]].right] - 1;
        *high = l < *high ? l : *high;
    }
    /* A column without a box would be a gap in the picture. */
    if (w->boxes[w->layer[v]] == 1)
        *low = *high = w->layer[v];
}

bool map_star_room(const struct map_star *s, uint32_t v) {
    return widest_column(s->w) + degree(s->w->g, v) + 2 < s->side;
}

void map_star_put(struct map_star *s, uint32_t v, int64_t temperature) {
    struct map_weave *w = s->w;
    double height = w->g->node[v].height + s->box_gap;
    uint32_t low, high, puts = 0;
    find_range(w, v, &low, &high);
    list_lines(s, v);
    uint32_t first = low, end = high;
    for (uint32_t i = 0; i < s->lines; i++) {
        uint32_t l = w->layer[far_end(s, i)];
        first = l < first ? l : first;
        end = l > end ? l : end;
    }
    for (uint32_t l = first; l < end; l++)
        fill_gap(s, l);
    for (uint32_t i = 0; i < s->lines; i++) {
        if (i < s->left_lines)
            price_left(s, i, far_end(s, i), high);
        else
            price_right(s, i, far_end(s, i), low);
    }
    w->boxes[w->layer[v]]--;
    w->load[w->layer[v]] -= height;
    struct place best = choose(s, v, low, high, temperature);
    for (uint32_t i = 0; i < s->lines; i++)
        puts = trace(s, i, best, puts);
    s->column[puts] = best.column;
    s->slot[puts] = best.slot;
    s->vertex[puts++] = v;
    w->layer[v] = best.column;
    w->boxes[best.column]++;
    w->load[best.column] += height;
    put_all(s, puts);
    uncross(s, v);
}
