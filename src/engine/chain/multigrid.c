/*
 * Multigrid: see multigrid.h. Aggregation without smoothing and K-cycles, after Y. Notay, "An
 * aggregation-based algebraic multigrid method", Electronic Transactions on Numerical Analysis 37
 * (2010) 123, and A. Napov, Y. Notay, "An efficient multigrid method for graph Laplacian systems",
 * ETNA 45 (2016) 201.
 *
 * Coarser: every node is paired with the free neighbour to which its edge is heaviest, who finds
 * none joins the group of its heaviest edge; groups are nodes of a graph whose edges are the sums
 * of edges between groups, which is again the Laplacian of a graph. Done twice, a level has about a
 * quarter of the nodes.
 *
 * A cycle on a level: a forward Gauss-Seidel sweep, the residual summed over groups and solved on
 * the next level by at most two steps of flexible conjugate gradients that are preconditioned by
 * the cycle there, the answer added, and a backward sweep. The coarsest level is factorised (LDL^T;
 * a pivot that is rounding only stands for the free constant of a part).
 */
#include "engine/chain/multigrid.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"

enum {
    LEVELS_MAX = 24,
    DENSE_MAX = 100, /* nodes of a level that is factorised */
    LAST_SWEEPS = 4, /* on a coarsest level that is too large for that */
};

/* Coarsening ends when edges shrink to no less than this: K-cycles visit a level twice as often as
 * the one above. */
static const double shrink_wanted = 0.7;
/* The second step of a K-cycle is left out when the first did this well (Notay 2010). */
static const double first_step_enough = 0.25;
/* An edge is strong for a node when it weighs this share of its heaviest. */
static const double strong_share = 0.25;
/* A pivot below this share of its diagonal is rounding. */
static const double pivot_smallest = 1e-10;

/* A graph whose rows may be owned (coarse levels) or borrowed (the finest). */
struct level {
    uint32_t nodes;
    size_t *offset;
    uint32_t *neighbour;
    double *weight;
    double *diagonal;
    uint32_t *group; /* [nodes] node of the next level; NULL on the coarsest */
    double *vectors; /* [6 * nodes] residual, and for K-cycles b, x, c, v, w */
};

struct multigrid {
    struct level level[LEVELS_MAX];
    int levels;
    double *factor; /* [n * n] of the coarsest level: L below, D on the diagonal; NULL = sweeps */
};

static void release_level(struct level *level, bool owns_graph) {
    if (owns_graph) {
        mem_free(level->offset);
        mem_free(level->neighbour);
        mem_free(level->weight);
        mem_free(level->diagonal);
    }
    mem_free(level->group);
    mem_free(level->vectors);
    *level = (struct level){0};
}

void multigrid_free(struct multigrid *grid) {
    if (grid == NULL)
        return;
    for (int i = 0; i < grid->levels; i++)
        release_level(&grid->level[i], i > 0);
    mem_free(grid->factor);
    mem_free(grid);
}

/* ---- coarser graphs ---- */

/* The place of the heaviest edge of a node that has one. */
static size_t heaviest(const struct level *g, uint32_t node) {
    size_t best = g->offset[node];
    for (size_t k = best + 1; k < g->offset[node + 1]; k++)
        if (g->weight[k] > g->weight[best])
            best = k;
    return best;
}

/* The place of the heaviest edge from i to a free node that is strong for both ends, or SIZE_MAX.
 */
static size_t find_partner(const struct level *g, const uint32_t *group, const double *strong,
                           uint32_t i) {
    size_t best = SIZE_MAX;
    for (size_t k = g->offset[i]; k < g->offset[i + 1]; k++) {
        uint32_t other = g->neighbour[k];
        if (group[other] == UINT32_MAX && g->weight[k] >= strong[i] &&
            g->weight[k] >= strong[other] && (best == SIZE_MAX || g->weight[k] > g->weight[best]))
            best = k;
    }
    return best;
}

/*
 * Groups into group[nodes], strong[nodes] is scratch; returns how many groups there are. Of a node
 * left over, the heaviest edge leads to a group, or to another node left over with a heavier edge
 * still: else the two would have been partners. So walking on ends at a group.
 */
static uint32_t pair_up(const struct level *g, uint32_t *group, double *strong) {
    uint32_t groups = 0;
    for (uint32_t i = 0; i < g->nodes; i++) {
        bool alone = g->offset[i] == g->offset[i + 1];
        group[i] = alone ? groups++ : UINT32_MAX;
        strong[i] = alone ? 0 : strong_share * g->weight[heaviest(g, i)];
    }
    for (uint32_t i = 0; i < g->nodes; i++) {
        size_t partner = group[i] == UINT32_MAX ? find_partner(g, group, strong, i) : SIZE_MAX;
        if (partner != SIZE_MAX)
            group[i] = group[g->neighbour[partner]] = groups++;
    }
    for (uint32_t i = 0; i < g->nodes; i++) {
        uint32_t end = i;
        while (group[end] == UINT32_MAX)
            end = g->neighbour[heaviest(g, end)];
        for (uint32_t node = i; group[node] == UINT32_MAX;) {
            uint32_t next = g->neighbour[heaviest(g, node)];
            group[node] = group[end];
            node = next;
        }
    }
    return groups;
}

/* Nodes by group: member[begin[j]] .. member[begin[j + 1]]. */
static bool list_members(const struct level *g, const uint32_t *group, uint32_t groups,
                         uint32_t **begin, uint32_t **member) {
    *begin = mem_new((size_t)groups + 2, sizeof(**begin));
    *member = mem_new(g->nodes, sizeof(**member));
    if (*begin == NULL || *member == NULL)
        return false;
    uint32_t *next = *begin + 1; /* see counts_to_begins in table.c */
    for (uint32_t i = 0; i < g->nodes; i++)
        next[group[i] + 1]++;
    for (uint32_t j = 1; j <= groups; j++)
        next[j] += next[j - 1];
    for (uint32_t i = 0; i < g->nodes; i++)
        (*member)[next[group[i]]++] = i;
    return true;
}

struct rows {
    VEC(uint32_t)
    neighbour;
    VEC(double)
    weight;
};

/* The edges of group j to other groups, summed. slot[] holds where a group's sum stands in rows,
 * valid when at or after the row's begin. */
static bool add_row(const struct level *g, const uint32_t *group, uint32_t j,
                    const uint32_t *member, uint32_t members, size_t *slot, struct rows *rows) {
    size_t begin = rows->weight.len;
    for (uint32_t m = 0; m < members; m++)
        for (size_t k = g->offset[member[m]]; k < g->offset[member[m] + 1]; k++) {
            uint32_t other = group[g->neighbour[k]];
            if (other == j)
                continue;
            if (slot[other] < begin || slot[other] >= rows->weight.len ||
                rows->neighbour.at[slot[other]] != other) {
                slot[other] = rows->weight.len;
                if (!vec_push(&rows->neighbour, other) || !vec_push(&rows->weight, 0))
                    return false;
            }
            rows->weight.at[slot[other]] += g->weight[k];
        }
    return true;
}

/* The graph of groups. */
static bool sum_up(const struct level *g, const uint32_t *group, uint32_t groups,
                   struct level *out) {
    uint32_t *begin = NULL, *member = NULL;
    struct rows rows = {0};
    size_t *slot = mem_new(groups, sizeof(*slot));
    size_t *offset = mem_new((size_t)groups + 1, sizeof(*offset));
    double *diagonal = mem_new(groups, sizeof(*diagonal));
    bool room = list_members(g, group, groups, &begin, &member) && slot != NULL && offset != NULL &&
                diagonal != NULL;
    for (uint32_t j = 0; j < groups && room; j++) {
        room = add_row(g, group, j, member + begin[j], begin[j + 1] - begin[j], slot, &rows);
        offset[j + 1] = rows.weight.len;
        for (size_t k = offset[j]; k < offset[j + 1]; k++)
            diagonal[j] += rows.weight.at[k];
    }
    mem_free(begin);
    mem_free(member);
    mem_free(slot);
    *out = (struct level){.nodes = groups,
                          .offset = offset,
                          .neighbour = rows.neighbour.at,
                          .weight = rows.weight.at,
                          .diagonal = diagonal};
    if (!room)
        release_level(out, true);
    return room;
}

/* Two rounds of pairs: the next level in `out` and its groups in fine->group. */
static bool coarsen(struct level *fine, struct level *out) {
    struct level half = {0};
    uint32_t *first = mem_new(fine->nodes, sizeof(*first)), *second = NULL;
    double *strong = mem_new(fine->nodes, sizeof(*strong));
    bool room =
        first != NULL && strong != NULL && sum_up(fine, first, pair_up(fine, first, strong), &half);
    if (room)
        second = mem_new(half.nodes, sizeof(*second));
    room = second != NULL && sum_up(&half, second, pair_up(&half, second, strong), out);
    for (uint32_t i = 0; i < fine->nodes && room; i++)
        first[i] = second[first[i]];
    mem_free(strong);
    mem_free(second);
    release_level(&half, true);
    if (room)
        fine->group = first;
    else
        mem_free(first);
    return room;
}

/* ---- the coarsest level ---- */

static bool factorise(struct multigrid *grid) {
    const struct level *g = &grid->level[grid->levels - 1];
    size_t n = g->nodes;
    double *f = mem_new(n * n, sizeof(*f));
    if (f == NULL)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        f[i * n + i] = g->diagonal[i];
        for (size_t k = g->offset[i]; k < g->offset[i + 1]; k++)
            f[i * n + g->neighbour[k]] -= g->weight[k];
    }
    for (size_t k = 0; k < n; k++) {
        if (f[k * n + k] <= pivot_smallest * g->diagonal[k])
            f[k * n + k] = 0;
        for (size_t i = k + 1; i < n; i++) {
            double below = f[i * n + k];
            f[i * n + k] = f[k * n + k] > 0 ? below / f[k * n + k] : 0;
            for (size_t c = k + 1; c <= i && f[k * n + k] > 0; c++)
                f[i * n + c] -= f[i * n + k] * f[k * n + k] * (c < i ? f[c * n + k] : f[i * n + k]);
        }
    }
    grid->factor = f;
    return true;
}

static void solve_factorised(const double *f, size_t n, const double *r, double *z) {
    for (size_t i = 0; i < n; i++) {
        z[i] = r[i];
        for (size_t k = 0; k < i; k++)
            z[i] -= f[i * n + k] * z[k];
    }
    for (size_t i = 0; i < n; i++)
        z[i] = f[i * n + i] > 0 ? z[i] / f[i * n + i] : 0;
    for (size_t i = n; i-- > 0;)
        for (size_t k = i + 1; k < n; k++)
            z[i] -= f[k * n + i] * z[k];
}

/* ---- cycles ---- */

static void relax(const struct level *g, uint32_t i, const double *r, double *z) {
    double sum = r[i];
    for (size_t k = g->offset[i]; k < g->offset[i + 1]; k++)
        sum += g->weight[k] * z[g->neighbour[k]];
    z[i] = g->diagonal[i] > 0 ? sum / g->diagonal[i] : 0;
}

static void sweep(const struct level *g, bool forward, const double *r, double *z) {
    for (uint32_t i = 0; i < g->nodes; i++)
        relax(g, forward ? i : g->nodes - 1 - i, r, z);
}

/* out = r - L z, or L z when r is NULL. */
static void subtract(const struct level *g, const double *r, const double *z, double *out) {
    for (uint32_t i = 0; i < g->nodes; i++) {
        double row = g->diagonal[i] * z[i];
        for (size_t k = g->offset[i]; k < g->offset[i + 1]; k++)
            row -= g->weight[k] * z[g->neighbour[k]];
        out[i] = r != NULL ? r[i] - row : row;
    }
}

static double dot(uint32_t n, const double *a, const double *b) {
    double sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static void cycle(struct multigrid *grid, int at, const double *r, double *z);

/* At most two steps of flexible conjugate gradients for L x = b, b and x in the level's vectors. */
static void solve_k(struct multigrid *grid, int at) {
    struct level *g = &grid->level[at];
    uint32_t n = g->nodes;
    double *b = g->vectors + n, *x = g->vectors + 2 * (size_t)n, *c = g->vectors + 3 * (size_t)n;
    double *v = g->vectors + 4 * (size_t)n, *w = g->vectors + 5 * (size_t)n;
    cycle(grid, at, b, c);
    subtract(g, NULL, c, v);
    double rho1 = dot(n, c, v), alpha1 = dot(n, c, b), before = dot(n, b, b);
    memset(x, 0, n * sizeof(*x));
    if (!(rho1 > 0))
        return;
    for (uint32_t i = 0; i < n; i++)
        b[i] -= alpha1 / rho1 * v[i];
    double first = alpha1 / rho1, second = 0;
    if (dot(n, b, b) > first_step_enough * first_step_enough * before) {
        cycle(grid, at, b, x);
        subtract(g, NULL, x, w);
        double gamma = dot(n, x, v), alpha2 = dot(n, x, b);
        double rho2 = dot(n, x, w) - gamma * gamma / rho1;
        if (rho2 > 0) {
            second = alpha2 / rho2;
            first -= gamma * alpha2 / (rho1 * rho2);
        }
    }
    for (uint32_t i = 0; i < n; i++)
        x[i] = first * c[i] + second * x[i];
}

/* z = one cycle on level `at` for L z = r; uses the level's residual, not its other vectors. */
static void cycle(struct multigrid *grid, int at, const double *r, double *z) {
    struct level *g = &grid->level[at];
    if (at == grid->levels - 1 && grid->factor != NULL) {
        solve_factorised(grid->factor, g->nodes, r, z);
        return;
    }
    memset(z, 0, g->nodes * sizeof(*z));
    if (at == grid->levels - 1) {
        for (int i = 0; i < LAST_SWEEPS; i++) {
            sweep(g, true, r, z);
            sweep(g, false, r, z);
        }
        return;
    }
    struct level *next = &grid->level[at + 1];
    double *left = g->vectors, *b = next->vectors + next->nodes;
    const double *x = next->vectors + 2 * (size_t)next->nodes;
    sweep(g, true, r, z);
    subtract(g, r, z, left);
    memset(b, 0, next->nodes * sizeof(*b));
    for (uint32_t i = 0; i < g->nodes; i++)
        b[g->group[i]] += left[i];
    solve_k(grid, at + 1);
    for (uint32_t i = 0; i < g->nodes; i++)
        z[i] += x[g->group[i]];
    sweep(g, false, r, z);
}

void multigrid_apply(struct multigrid *grid, const double *r, double *z) {
    cycle(grid, 0, r, z);
}

struct multigrid *multigrid_new(const struct laplace_graph *graph) {
    struct multigrid *grid = mem_new(1, sizeof(*grid));
    if (grid == NULL)
        return NULL;
    grid->level[0] = (struct level){.nodes = graph->nodes,
                                    .offset = graph->offset,
                                    .neighbour = graph->neighbour,
                                    .weight = graph->weight,
                                    .diagonal = graph->diagonal};
    bool room = true, shrinks = true;
    for (grid->levels = 1; room && shrinks && grid->levels < LEVELS_MAX; grid->levels++) {
        struct level *fine = &grid->level[grid->levels - 1], *next = fine + 1;
        fine->vectors = mem_new(fine->nodes, 6 * sizeof(double));
        room = fine->vectors != NULL;
        if (!room || fine->nodes <= DENSE_MAX)
            break;
        room = coarsen(fine, next);
        if (!room)
            break;
        shrinks = (double)next->offset[next->nodes] + next->nodes <
                  shrink_wanted * ((double)fine->offset[fine->nodes] + fine->nodes);
    }
    struct level *last = &grid->level[grid->levels - 1];
    if (room && last->vectors == NULL)
        last->vectors = mem_new(last->nodes, 6 * sizeof(double));
    room = room && last->vectors != NULL && (last->nodes > DENSE_MAX || factorise(grid));
    if (!room) {
        multigrid_free(grid);
        return NULL;
    }
    return grid;
}
