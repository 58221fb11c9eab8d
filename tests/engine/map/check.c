#include "check.h"

#include <math.h>

/* Coordinates are sums of a few thousand doubles below 1e6. */
static const double SLACK = 1e-6;

static bool same_line(const struct map_path *a, const struct map_path *b) {
    return a->count == b->count && a->first == b->first;
}

/* Whether an earlier link is drawn by the same line as link `i`. */
static bool is_repeated(const struct map_input *in, uint32_t i) {
    for (uint32_t k = 0; k < i; k++)
        if (in->links[k].input == in->links[i].input && in->links[k].output == in->links[i].output)
            return true;
    return false;
}

static const char *check_boxes(const struct map_input *in, const struct map_layout *out) {
    for (uint32_t v = 0; v < in->node_count; v++) {
        const struct map_box *b = &out->boxes[v];
        const struct map_node *n = &in->nodes[v];
        const struct map_band *lane = &out->lanes[n->lane];
        if (!isfinite(b->x) || !isfinite(b->y))
            return "a box is nowhere";
        if (b->x < lane->x - SLACK || b->x + n->width > lane->x + lane->width + SLACK)
            return "a box is outside its lane";
        if (b->y < 0 || b->y + n->height > out->height + SLACK)
            return "a box is outside the map";
        if (b->column < lane->first_column || b->column >= lane->first_column + lane->columns)
            return "a box is in a column of another lane";
        for (uint32_t u = 0; u < v; u++) {
            const struct map_box *a = &out->boxes[u];
            const struct map_node *m = &in->nodes[u];
            if (a->x < b->x + n->width - SLACK && b->x < a->x + m->width - SLACK &&
                a->y < b->y + n->height - SLACK && b->y < a->y + m->height - SLACK)
                return "two boxes overlap";
            if (a->column == b->column && a->x != b->x)
                return "the boxes of a column are not aligned";
        }
    }
    return NULL;
}

static const char *check_lanes(const struct map_input *in, const struct map_layout *out) {
    uint32_t count[MAP_LANES] = {0}, column = 0;
    double end = 0;
    for (uint32_t v = 0; v < in->node_count; v++)
        count[in->nodes[v].lane]++;
    for (int lane = 0; lane < MAP_LANES; lane++) {
        const struct map_band *band = &out->lanes[lane];
        if (band->nodes != count[lane])
            return "a lane counts its nodes wrongly";
        if ((band->columns == 0) != (count[lane] == 0) || (band->width > 0) != (count[lane] > 0))
            return "a lane is empty with nodes in it, or the other way round";
        if (band->x < end - SLACK)
            return "two lanes overlap";
        if (band->first_column != column)
            return "the columns of the lanes are not counted through";
        end = band->x + band->width;
        column += band->columns;
    }
    return end > out->width + SLACK || column != out->columns ? "a lane is outside the map" : NULL;
}

/* A line's end must be at a side of its box: the right one of the node it comes to from there. */
static bool touches(const struct map_point *p, const struct map_box *b, const struct map_node *n,
                    bool right) {
    return fabs(p->x - (right ? b->x + n->width : b->x)) < SLACK && p->y > b->y &&
           p->y < b->y + n->height;
}

static const char *check_line(const struct map_input *in, const struct map_layout *out,
                              uint32_t i) {
    const struct map_link *l = &in->links[i];
    const struct map_path *path = &out->paths[i];
    if (l->input == l->output)
        return path->count == 0 ? NULL : "a link from a node to itself is drawn";
    if (path->count < 4 || path->count % 3 != 1 || path->count > out->point_count ||
        path->first > out->point_count - path->count)
        return "a line has no points";
    const struct map_point *at = &out->points[path->first];
    for (uint32_t k = 0; k < path->count; k++) {
        if (!isfinite(at[k].x) || !isfinite(at[k].y) || at[k].x < 0 || at[k].x > out->width ||
            at[k].y < 0 || at[k].y > out->height)
            return "a line leaves the map";
        if (k > 0 && (path->backward ? at[k].x > at[k - 1].x : at[k].x < at[k - 1].x))
            return "a line turns back";
    }
    if (!touches(&at[0], &out->boxes[l->input], &in->nodes[l->input], !path->backward) ||
        !touches(&at[path->count - 1], &out->boxes[l->output], &in->nodes[l->output],
                 path->backward))
        return "a line does not join its boxes";
    if (!path->backward && in->nodes[l->input].lane > in->nodes[l->output].lane)
        return "a line runs forward to an earlier lane";
    return NULL;
}

const char *check_layout(const struct map_input *in, const struct map_layout *out) {
    const char *wrong = check_lanes(in, out);
    if (wrong == NULL)
        wrong = check_boxes(in, out);
    if (!isfinite(out->width) || !isfinite(out->height))
        return "the map has no size";
    for (uint32_t i = 0; wrong == NULL && i < in->link_count; i++)
        wrong = check_line(in, out, i);
    if (wrong == NULL && check_count_hits(in, out) > 0)
        wrong = "a line runs through a box";
    return wrong;
}

/* Height of piece `k` of a line at `x`, the middle control points being at the middle of x. */
static double height_at(const struct map_point *p, double x) {
    if (p[0].y == p[3].y)
        return p[0].y;
    /* x(t) rises from p0 to p3: halve until t is found. */
    double low = 0, high = 1;
    for (int i = 0; i < 60; i++) {
        double t = (low + high) / 2, u = 1 - t;
        double at = u * u * u * p[0].x + 3 * u * u * t * p[1].x + 3 * u * t * t * p[2].x +
                    t * t * t * p[3].x;
        if ((at < x) == (p[0].x < p[3].x))
            low = t;
        else
            high = t;
    }
    double t = (low + high) / 2, u = 1 - t;
    return u * u * u * p[0].y + 3 * u * u * t * p[1].y + 3 * u * t * t * p[2].y +
           t * t * t * p[3].y;
}

/* Height of the line of a path at `x`; NAN where it does not reach. */
static double line_at(const struct map_layout *out, const struct map_path *path, double x) {
    const struct map_point *at = &out->points[path->first];
    for (uint32_t k = 0; k + 3 < path->count; k += 3)
        if (fmin(at[k].x, at[k + 3].x) <= x && x <= fmax(at[k].x, at[k + 3].x))
            return height_at(&at[k], x);
    return NAN;
}

/* x at both ends of the gap behind column `c`: just inside, where all lines are still apart. */
static void gap_of(const struct map_input *in, const struct map_layout *out, uint32_t c,
                   double *from, double *to) {
    *from = 0;
    *to = 0;
    for (uint32_t v = 0; v < in->node_count; v++) {
        if (out->boxes[v].column == c)
            *from = fmax(*from, out->boxes[v].x + in->nodes[v].width);
        if (out->boxes[v].column == c + 1)
            *to = out->boxes[v].x;
    }
}

uint64_t check_count_crossings(const struct map_input *in, const struct map_layout *out) {
    uint64_t crossings = 0;
    for (uint32_t c = 0; c + 1 < out->columns; c++) {
        double from, to;
        gap_of(in, out, c, &from, &to);
        for (uint32_t i = 0; i < in->link_count; i++) {
            const struct map_path *a = &out->paths[i];
            if (a->count == 0 || is_repeated(in, i))
                continue;
            double a0 = line_at(out, a, from), a1 = line_at(out, a, to);
            for (uint32_t k = 0; k < i; k++) {
                const struct map_path *b = &out->paths[k];
                if (b->count == 0 || same_line(a, b) || is_repeated(in, k))
                    continue;
                double d0 = a0 - line_at(out, b, from), d1 = a1 - line_at(out, b, to);
                crossings += (d0 > SLACK && d1 < -SLACK) || (d0 < -SLACK && d1 > SLACK);
            }
        }
    }
    return crossings;
}

uint32_t check_count_hits(const struct map_input *in, const struct map_layout *out) {
    enum { SAMPLES = 16 };
    uint32_t hits = 0;
    for (uint32_t i = 0; i < in->link_count; i++)
        for (uint32_t v = 0; v < in->node_count && out->paths[i].count > 0; v++) {
            if (v == in->links[i].input || v == in->links[i].output)
                continue;
            const struct map_box *b = &out->boxes[v];
            bool hit = false;
            for (int s = 0; s <= SAMPLES && !hit; s++) {
                double y = line_at(out, &out->paths[i], b->x + in->nodes[v].width * s / SAMPLES);
                hit = y > b->y + SLACK && y < b->y + in->nodes[v].height - SLACK;
            }
            hits += hit;
        }
    return hits;
}

double check_length(const struct map_input *in, const struct map_layout *out) {
    double length = 0;
    for (uint32_t i = 0; i < in->link_count; i++) {
        const struct map_point *at = &out->points[out->paths[i].first];
        for (uint32_t k = 0; k + 3 < out->paths[i].count; k += 3)
            length += fabs(at[k + 3].x - at[k].x) + fabs(at[k + 3].y - at[k].y);
    }
    return length;
}
