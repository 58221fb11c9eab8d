#include "map_dot.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/vec.h"

/* dot's unit is the inch; 72 of our units make one. */
static const double UNIT = 72;

enum { SAMPLES = 12 }; /* of one Bezier piece */

/* A straight piece of a drawn link. */
struct piece {
    double x0, y0, x1, y1;
    uint32_t link;
};

struct rectangle {
    double x, y, width, height;
};

struct drawing {
    const struct bench_chain *c;
    VEC(struct piece)
    pieces;
    struct rectangle *boxes; /* by node, top left corner */
};

static bool add_curve(struct drawing *d, uint32_t link, const struct map_point *p) {
    double x = p[0].x, y = p[0].y;
    bool flat = p[0].y == p[3].y && p[1].y == p[0].y && p[2].y == p[0].y;
    int samples = flat ? 1 : SAMPLES;
    for (int i = 1; i <= samples; i++) {
        double t = (double)i / samples, u = 1 - t;
        double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, e = t * t * t;
        struct piece next = {x, y, a * p[0].x + b * p[1].x + c * p[2].x + e * p[3].x,
                             a * p[0].y + b * p[1].y + c * p[2].y + e * p[3].y, link};
        if (!vec_push(&d->pieces, next))
            return false;
        x = next.x1;
        y = next.y1;
    }
    return true;
}

static int compare_pieces(const void *left, const void *right) {
    const struct piece *a = left, *b = right;
    double ax = fmin(a->x0, a->x1), bx = fmin(b->x0, b->x1);
    return ax < bx ? -1 : ax > bx;
}

static double side_of(const struct piece *p, double x, double y) {
    return (p->x1 - p->x0) * (y - p->y0) - (p->y1 - p->y0) * (x - p->x0);
}

static bool pieces_cross(const struct piece *a, const struct piece *b) {
    return (side_of(a, b->x0, b->y0) > 0) != (side_of(a, b->x1, b->y1) > 0) &&
           (side_of(b, a->x0, a->y0) > 0) != (side_of(b, a->x1, a->y1) > 0);
}

static bool share_node(const struct map_link *a, const struct map_link *b) {
    return a->input == b->input || a->input == b->output || a->output == b->input ||
           a->output == b->output;
}

static uint64_t count_crossings(struct drawing *d) {
    uint64_t crossings = 0;
    const struct map_link *links = d->c->in.links;
    qsort(d->pieces.at, d->pieces.len, sizeof(*d->pieces.at), compare_pieces);
    for (size_t i = 0; i < d->pieces.len; i++) {
        const struct piece *a = &d->pieces.at[i];
        double end = fmax(a->x0, a->x1), low = fmin(a->y0, a->y1), high = fmax(a->y0, a->y1);
        for (size_t k = i + 1; k < d->pieces.len; k++) {
            const struct piece *b = &d->pieces.at[k];
            if (fmin(b->x0, b->x1) > end)
                break;
            if (fmax(b->y0, b->y1) < low || fmin(b->y0, b->y1) > high || a->link == b->link)
                continue;
            crossings += pieces_cross(a, b) && !share_node(&links[a->link], &links[b->link]);
        }
    }
    return crossings;
}

static uint32_t count_hits(const struct drawing *d) {
    uint32_t hits = 0, last_link = UINT32_MAX, last_node = UINT32_MAX;
    for (size_t i = 0; i < d->pieces.len; i++) {
        const struct piece *p = &d->pieces.at[i];
        const struct map_link *l = &d->c->in.links[p->link];
        for (uint32_t v = 0; v < d->c->in.node_count; v++) {
            const struct rectangle *b = &d->boxes[v];
            if (fmax(p->x0, p->x1) <= b->x || fmin(p->x0, p->x1) >= b->x + b->width)
                continue;
            /* Both ends and the middle: a flat piece may pass a whole box. */
            double mx = b->x + b->width / 2, t = (mx - p->x0) / (p->x1 - p->x0);
            double my = p->y0 + t * (p->y1 - p->y0);
            bool inside = (p->x1 > b->x && p->x1 < b->x + b->width && p->y1 > b->y + 1 &&
                           p->y1 < b->y + b->height - 1) ||
                          (t > 0 && t < 1 && my > b->y + 1 && my < b->y + b->height - 1);
            if (!inside || v == l->input || v == l->output ||
                (p->link == last_link && v == last_node))
                continue;
            hits++;
            last_link = p->link;
            last_node = v;
        }
    }
    return hits;
}

static void judge(struct drawing *d, struct bench_drawing *out) {
    out->length = 0;
    for (size_t i = 0; i < d->pieces.len; i++)
        out->length +=
            hypot(d->pieces.at[i].x1 - d->pieces.at[i].x0, d->pieces.at[i].y1 - d->pieces.at[i].y0);
    out->hits = count_hits(d); /* before the pieces are sorted */
    out->crossings = count_crossings(d);
}

bool bench_judge_ours(const struct bench_chain *c, const struct map_layout *layout,
                      struct bench_drawing *out) {
    struct drawing d = {.c = c};
    d.boxes = mem_new(c->in.node_count, sizeof(*d.boxes));
    bool ok = d.boxes != NULL;
    for (uint32_t v = 0; ok && v < c->in.node_count; v++)
        d.boxes[v] = (struct rectangle){layout->boxes[v].x, layout->boxes[v].y,
                                        c->in.nodes[v].width, c->in.nodes[v].height};
    for (uint32_t i = 0; ok && i < c->in.link_count; i++)
        for (uint32_t k = 0; ok && k + 3 < layout->paths[i].count; k += 3)
            ok = add_curve(&d, i, &layout->points[layout->paths[i].first + k]);
    if (ok)
        judge(&d, out);
    mem_free(d.boxes);
    vec_free(&d.pieces);
    return ok;
}

static void write_graph(FILE *f, const struct bench_chain *c, enum bench_dot_mode mode) {
    const struct map_input *in = &c->in;
    fputs("digraph g { rankdir=LR; nodesep=0.11; ranksep=0.6; node [shape=box fixedsize=true];\n",
          f);
    for (uint32_t v = 0; v < in->node_count; v++)
        fprintf(f, "n%u [width=%.4f height=%.4f];\n", v, in->nodes[v].width / UNIT,
                in->nodes[v].height / UNIT);
    for (uint32_t i = 0; i < in->link_count; i++) {
        const struct map_link *l = &in->links[i];
        bool back = mode == BENCH_DOT_LANES && in->nodes[l->input].lane > in->nodes[l->output].lane;
        fprintf(f, "n%u -> n%u [weight=%u id=\"%u\"%s];\n", l->input, l->output, l->weight, i,
                back ? " constraint=false" : "");
    }
    if (mode == BENCH_DOT_LANES) {
        fputs("edge [style=invis weight=0]; node [shape=point style=invis width=0.01];\n", f);
        for (uint32_t v = 0; v < in->node_count; v++) {
            if (in->nodes[v].lane < MAP_DOWNSTREAM)
                fprintf(f, "n%u -> lane%d;\n", v, (int)in->nodes[v].lane);
            if (in->nodes[v].lane > MAP_UPSTREAM)
                fprintf(f, "lane%d -> n%u;\n", (int)in->nodes[v].lane - 1, v);
        }
    }
    fputs("}\n", f);
}

/* One line "edge n1 n2 count x y x y ... style color": the link's index is found by its ends. */
static bool read_edge(struct drawing *d, struct str line, double height, bool *seen) {
    struct map_point at[4];
    struct str word;
    uint32_t from, to, link = 0;
    int64_t count;
    str_next(&line, " ", &word);
    if (!str_to_u32(str_sub(word, 1, word.len), &from))
        return true; /* a lane's edge */
    str_next(&line, " ", &word);
    if (word.ptr[0] != 'n' || !str_to_u32(str_sub(word, 1, word.len), &to))
        return true;
    while (link < d->c->in.link_count &&
           (seen[link] || d->c->in.links[link].input != from || d->c->in.links[link].output != to))
        link++;
    if (link == d->c->in.link_count)
        return true;
    seen[link] = true;
    str_next(&line, " ", &word);
    if (!str_to_i64(word, &count))
        return false;
    for (int64_t i = 0; i < count; i++) {
        struct map_point p;
        str_next(&line, " ", &word);
        if (!str_to_double(word, &p.x) || !str_next(&line, " ", &word) ||
            !str_to_double(word, &p.y))
            return false;
        at[i < 4 ? i : 1 + (i - 1) % 3] = (struct map_point){p.x * UNIT, (height - p.y) * UNIT};
        if (i > 0 && i % 3 == 0) {
            if (!add_curve(d, link, at))
                return false;
            at[0] = at[3];
        }
    }
    return true;
}

static bool read_plain(struct drawing *d, FILE *f, bool *seen) {
    char *text = NULL;
    size_t room = 0;
    ssize_t len;
    double height = 0;
    bool ok = true;
    while (ok && (len = getline(&text, &room, f)) > 0) {
        struct str line = {text, (size_t)len - 1}, word;
        double v[4];
        uint32_t node;
        str_next(&line, " ", &word);
        if (str_equal_c(word, "edge")) {
            ok = read_edge(d, line, height, seen);
            continue;
        }
        bool is_node = str_equal_c(word, "node"), is_graph = str_equal_c(word, "graph");
        str_next(&line, " ", &word);
        if (is_node && (word.ptr[0] != 'n' || !str_to_u32(str_sub(word, 1, word.len), &node)))
            continue;
        for (int i = 0; i < 4 && (is_node || i < 2); i++)
            if (!str_next(&line, " ", &word) || !str_to_double(word, &v[i]))
                break;
        if (is_graph)
            height = v[1];
        if (is_node)
            d->boxes[node] =
                (struct rectangle){(v[0] - v[2] / 2) * UNIT, (height - v[1] - v[3] / 2) * UNIT,
                                   v[2] * UNIT, v[3] * UNIT};
    }
    free(text);
    return ok;
}

bool bench_run_dot(const struct bench_chain *c, enum bench_dot_mode mode,
                   struct bench_drawing *out) {
    char in_name[] = "/tmp/fairlead-map-XXXXXX", command[128];
    struct drawing d = {.c = c};
    bool *seen = mem_new(c->in.link_count, sizeof(*seen));
    d.boxes = mem_new(c->in.node_count, sizeof(*d.boxes));
    int fd = mkstemp(in_name);
    FILE *f = fd >= 0 ? fdopen(fd, "w") : NULL;
    bool ok = f != NULL && seen != NULL && d.boxes != NULL;
    if (f != NULL) {
        write_graph(f, c, mode);
        fclose(f);
    }
    snprintf(command, sizeof(command), "timeout 120 dot -Tplain %s 2>/dev/null", in_name);
    int64_t start = clock_monotonic_ns();
    FILE *plain = ok ? popen(command, "r") : NULL;
    if (plain != NULL) {
        ok = read_plain(&d, plain, seen);
        ok = pclose(plain) == 0 && ok;
        out->time_ms = (double)(clock_monotonic_ns() - start) / 1e6;
    }
    if (fd >= 0)
        unlink(in_name);
    ok = ok && plain != NULL;
    if (ok)
        judge(&d, out);
    mem_free(seen);
    mem_free(d.boxes);
    vec_free(&d.pieces);
    return ok;
}
