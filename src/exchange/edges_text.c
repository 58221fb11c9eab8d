/*
 * Lines are cut out of a window over the file and split at blanks. Each number is checked where it
 * stands, so that an error names its line.
 */
#include "exchange/edges_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum { WINDOW_BYTES = 1 << 20, LINE_BYTES_MAX = 512, FIELDS_MAX = 6 };

struct lines {
    const struct input *in;
    struct errinfo *info;
    char *window;
    size_t begin, end; /* of what is unread in the window */
    uint64_t offset;   /* of the next window */
    bool last;         /* the window reaches the end of the file */
    long line;
    struct str field[FIELDS_MAX];
    uint32_t fields;
};

static enum err wrong(struct lines *l, const char *what) {
    enum err err = err_set(l->info, ERR_INPUT, "%s", what);
    if (l->info != NULL)
        err_at(l->info, NULL, l->line, 0);
    return err;
}

static enum err fill(struct lines *l) {
    size_t kept = l->end - l->begin, got = 0;
    memmove(l->window, l->window + l->begin, kept);
    enum err err =
        input_read(l->in, l->offset, l->window + kept, WINDOW_BYTES - kept, &got, l->info);
    l->begin = 0;
    l->end = kept + got;
    l->offset += got;
    l->last = l->offset >= l->in->size || got == 0;
    return err;
}

/* The next line that says something, split into fields; `end` when there is none. */
static enum err next_line(struct lines *l, bool *end) {
    for (;;) {
        if (l->end - l->begin < LINE_BYTES_MAX + 1 && !l->last) {
            enum err err = fill(l);
            if (err != ERR_OK)
                return err;
        }
        *end = l->begin == l->end;
        if (*end)
            return ERR_OK;
        l->line++;
        char *from = l->window + l->begin;
        char *stop = memchr(from, '\n', l->end - l->begin);
        size_t len = stop != NULL ? (size_t)(stop - from) : l->end - l->begin;
        if (len > LINE_BYTES_MAX)
            return wrong(l, "the line is longer than 512 bytes");
        l->begin += len + (stop != NULL ? 1 : 0);
        struct str rest = {from, len}, piece;
        l->fields = 0;
        while (str_next(&rest, " \t\r", &piece)) {
            if (piece.len == 0)
                continue;
            if (l->fields == FIELDS_MAX)
                return wrong(l, "the line has more than six fields");
            l->field[l->fields++] = piece;
        }
        if (l->fields > 0 && l->field[0].ptr[0] != '#')
            return ERR_OK;
    }
}

static enum err read_u32(struct lines *l, uint32_t field, uint32_t most, uint32_t *out) {
    struct str s = l->field[field];
    if (str_to_u32(s, out) && *out <= most)
        return ERR_OK;
    enum err err = err_set(l->info, ERR_INPUT, "\"%.*s\" is not a whole number from 0 to %u",
                           s.len < 40 ? (int)s.len : 40, s.ptr, most);
    if (l->info != NULL)
        err_at(l->info, NULL, l->line, 0);
    return err;
}

static enum err read_weight(struct lines *l, uint32_t field, double *out) {
    struct str s = l->field[field];
    if (str_to_double(s, out) && isfinite(*out) && *out >= 0)
        return ERR_OK;
    enum err err = err_set(l->info, ERR_INPUT, "\"%.*s\" is not a weight of 0 or more",
                           s.len < 40 ? (int)s.len : 40, s.ptr);
    if (l->info != NULL)
        err_at(l->info, NULL, l->line, 0);
    return err;
}

/* Pairs as they come, in arrays that grow. */
struct growing {
    struct edges *edges;
    uint32_t room;
    uint32_t *line; /* of each pair, for what is found out at the end */
};

static bool grow(struct growing *g) {
    struct edges *e = g->edges;
    if (e->count < g->room)
        return true;
    size_t room = g->room < 1024 ? 1024 : 2 * (size_t)g->room;
    uint32_t *u = mem_resize(e->u, room, sizeof(*u));
    e->u = u != NULL ? u : e->u;
    uint32_t *v = mem_resize(e->v, room, sizeof(*v));
    e->v = v != NULL ? v : e->v;
    double *weight = mem_resize(e->weight, room, sizeof(*weight));
    e->weight = weight != NULL ? weight : e->weight;
    uint32_t *line = mem_resize(g->line, room, sizeof(*line));
    g->line = line != NULL ? line : g->line;
    bool ok = u != NULL && v != NULL && weight != NULL && line != NULL;
    if (ok && e->two_sides) {
        uint32_t *a = mem_resize(e->score_u, room, sizeof(*a));
        e->score_u = a != NULL ? a : e->score_u;
        uint32_t *b = mem_resize(e->score_v, room, sizeof(*b));
        e->score_v = b != NULL ? b : e->score_v;
        ok = a != NULL && b != NULL;
    }
    g->room = ok ? (uint32_t)room : g->room;
    return ok;
}

static enum err add(struct lines *l, struct growing *g, uint32_t u, uint32_t v, double weight) {
    struct edges *e = g->edges;
    if (u == v)
        return wrong(l, "the pair joins a vertex with itself");
    if (e->count == EDGES_MAX)
        return err_set(l->info, ERR_LIMIT, "more than %d pairs", EDGES_MAX);
    if (!grow(g))
        return err_memory(l->info);
    e->u[e->count] = u;
    e->v[e->count] = v;
    e->weight[e->count] = weight;
    g->line[e->count++] = (uint32_t)l->line;
    return ERR_OK;
}

/* The line of fields in hand is a pair "u v weight". */
static enum err read_pair(struct lines *l, struct growing *g, uint32_t most) {
    uint32_t u, v;
    double weight;
    if (l->fields != 3)
        return wrong(l, "a pair is three fields: u v weight");
    enum err err = read_u32(l, 0, most, &u);
    if (err == ERR_OK)
        err = read_u32(l, 1, most, &v);
    if (err == ERR_OK)
        err = read_weight(l, 2, &weight);
    if (err == ERR_OK)
        err = add(l, g, u, v, weight);
    uint32_t last = err == ERR_OK ? (u > v ? u : v) : 0;
    if (err == ERR_OK && last >= g->edges->vertex_count)
        g->edges->vertex_count = last + 1;
    return err;
}

/* "e buyer supplier score score", "b id capacity" or "s id capacity". */
static enum err read_sided(struct lines *l, struct growing *g) {
    struct edges *e = g->edges;
    uint32_t right = e->vertex_count - e->left_count, at, capacity;
    bool buyer = str_equal(l->field[0], str_of("b")),
         supplier = str_equal(l->field[0], str_of("s"));
    uint32_t here = buyer ? e->left_count : right;
    if ((buyer || supplier) && l->fields == 3 && here > 0) {
        enum err err = read_u32(l, 1, here - 1, &at);
        if (err == ERR_OK)
            err = read_u32(l, 2, UINT32_MAX, &capacity);
        if (err == ERR_OK)
            e->capacity[buyer ? at : e->left_count + at] = capacity;
        return err;
    }
    if (!str_equal(l->field[0], str_of("e")) || l->fields != 5 || e->left_count == 0 || right == 0)
        return wrong(l, "expected \"b id capacity\", \"s id capacity\" or "
                        "\"e buyer supplier score score\"");
    uint32_t u, v, score_u, score_v;
    enum err err = read_u32(l, 1, e->left_count - 1, &u);
    if (err == ERR_OK)
        err = read_u32(l, 2, right - 1, &v);
    if (err == ERR_OK)
        err = read_u32(l, 3, UINT32_MAX, &score_u);
    if (err == ERR_OK)
        err = read_u32(l, 4, UINT32_MAX, &score_v);
    if (err == ERR_OK)
        err = add(l, g, u, e->left_count + v, (double)score_u + (double)score_v);
    if (err == ERR_OK) {
        e->score_u[e->count - 1] = score_u;
        e->score_v[e->count - 1] = score_v;
    }
    return err;
}

/* A head of two sides: "p BUYERS SUPPLIERS PAIRS". */
static enum err read_sides(struct lines *l, struct edges *e, uint32_t *promised) {
    uint32_t right = 0;
    enum err err = l->fields == 4 ? read_u32(l, 1, EDGES_VERTICES_MAX / 2, &e->left_count)
                                  : wrong(l, "expected \"p BUYERS SUPPLIERS PAIRS\"");
    if (err == ERR_OK)
        err = read_u32(l, 2, EDGES_VERTICES_MAX / 2, &right);
    if (err == ERR_OK)
        err = read_u32(l, 3, EDGES_MAX, promised);
    if (err != ERR_OK)
        return err;
    e->two_sides = true;
    e->vertex_count = e->left_count + right;
    e->capacity = mem_new((size_t)e->vertex_count + 1, sizeof(*e->capacity));
    return e->capacity != NULL ? ERR_OK : err_memory(l->info);
}

/* A pair to sort by its ends. */
struct ends {
    uint32_t low, high, line;
};

static int by_ends(const void *a, const void *b) {
    const struct ends *x = a, *y = b;
    if (x->low != y->low)
        return x->low < y->low ? -1 : 1;
    if (x->high != y->high)
        return x->high < y->high ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

/* No pair twice: says both lines. */
static enum err check_once(struct lines *l, const struct growing *g) {
    const struct edges *e = g->edges;
    struct ends *ends = mem_new((size_t)e->count + 1, sizeof(*ends));
    if (ends == NULL)
        return err_memory(l->info);
    for (uint32_t i = 0; i < e->count; i++) {
        bool up = e->u[i] < e->v[i];
        ends[i] = (struct ends){up ? e->u[i] : e->v[i], up ? e->v[i] : e->u[i], g->line[i]};
    }
    qsort(ends, e->count, sizeof(*ends), by_ends);
    enum err err = ERR_OK;
    for (uint32_t i = 1; err == ERR_OK && i < e->count; i++)
        if (ends[i].low == ends[i - 1].low && ends[i].high == ends[i - 1].high) {
            err = err_set(l->info, ERR_INPUT, "the pair of line %u occurs again", ends[i - 1].line);
            if (l->info != NULL)
                err_at(l->info, NULL, ends[i].line, 0);
        }
    mem_free(ends);
    return err;
}

static enum err read_lines(struct lines *l, struct growing *g) {
    struct edges *e = g->edges;
    bool end = false, headed = false;
    uint32_t vertices = 0, promised = 0;
    enum err err = next_line(l, &end);
    if (err == ERR_OK && end)
        return err_set(l->info, ERR_INPUT, "the file is empty");
    if (err == ERR_OK && str_equal(l->field[0], str_of("p"))) {
        headed = true;
        err = read_sides(l, e, &promised);
    } else if (err == ERR_OK && l->fields == 2) {
        headed = true;
        err = read_u32(l, 0, EDGES_VERTICES_MAX, &vertices);
        if (err == ERR_OK)
            err = read_u32(l, 1, EDGES_MAX, &promised);
    }
    uint32_t most = headed && vertices > 0 ? vertices - 1 : EDGES_VERTICES_MAX - 1;
    if (err == ERR_OK && headed)
        err = next_line(l, &end);
    while (err == ERR_OK && !end) {
        err = e->two_sides ? read_sided(l, g) : read_pair(l, g, most);
        if (err == ERR_OK)
            err = next_line(l, &end);
    }
    if (err == ERR_OK && headed && e->count != promised)
        err = err_set(l->info, ERR_INPUT, "the file has %u pairs; its head promises %u", e->count,
                      promised);
    if (err == ERR_OK && vertices > e->vertex_count)
        e->vertex_count = vertices;
    return err == ERR_OK ? check_once(l, g) : err;
}

enum err edges_read_text(const struct input *in, struct edges *edges, struct errinfo *info) {
    struct growing g = {.edges = edges};
    struct lines l = {.in = in, .info = info, .window = mem_new(WINDOW_BYTES, 1)};
    enum err err = l.window != NULL ? read_lines(&l, &g) : err_memory(info);
    mem_free(g.line);
    mem_free(l.window);
    return err;
}

enum err edges_read_text_capacities(const struct input *in, uint32_t vertex_count,
                                    uint32_t *capacity, struct errinfo *info) {
    struct lines l = {.in = in, .info = info, .window = mem_new(WINDOW_BYTES, 1)};
    bool end = false;
    enum err err = l.window != NULL ? next_line(&l, &end) : err_memory(info);
    while (err == ERR_OK && !end) {
        uint32_t vertex, places;
        if (l.fields != 2)
            err = wrong(&l, "expected two fields: vertex capacity");
        else if (vertex_count == 0)
            err = wrong(&l, "there are no vertices");
        else
            err = read_u32(&l, 0, vertex_count - 1, &vertex);
        if (err == ERR_OK)
            err = read_u32(&l, 1, UINT32_MAX, &places);
        if (err == ERR_OK) {
            capacity[vertex] = places;
            err = next_line(&l, &end);
        }
    }
    mem_free(l.window);
    return err;
}
