/*
 * Systems of graphs: see laplace.h. Conjugate gradients (M. R. Hestenes, E. Stiefel 1952) inside
 * iterative refinement: solve for a correction, add it, compute what is left of the equation anew,
 * and go on until it no longer shrinks. So the answer is judged by its own residual, never by the
 * recurrence of the iteration, and reaches working precision.
 *
 * The preconditioner is the diagonal, which is enough for most networks (a random one of 1,000,000
 * nodes takes 39 steps in all). A graph that is not solved so within PLAIN_STEPS is long or thin;
 * it gets a multigrid preconditioner (multigrid.c) and the flexible form of the iteration (Y.
 * Notay, SIAM Journal on Scientific Computing 22 (2000) 1444).
 *
 * The residual is summed as b_i - sum w_ij (x_i - x_j): differences first, because neighbours
 * differ by about one level whatever the level is.
 *
 * Vectors are cut into blocks of a fixed size; sums are taken inside each block and then over the
 * blocks in order, so the result does not depend on the number of threads.
 */
#include "engine/chain/laplace.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "base/threads.h"
#include "engine/chain/multigrid.h"

enum {
    BLOCK = 8192,
    THREADED_MIN = 200000, /* below, starting threads costs more than they save */
    ROUNDS_MAX = 40,
    PLAIN_STEPS = 80, /* in a round; building multigrid costs about as much as 20 */
    GRID_STEPS = 500, /* in a round */
};

/* A round solves for a correction this well; two or three rounds reach working precision. */
static const double round_tolerance = 1e-8;
/* Good enough even if it no longer shrinks: far below the 1e-9 that levels are compared to. */
static const double residual_accepted = 1e-11;

struct solver {
    const struct laplace_graph *graph;
    const struct job *job;
    const double *b;
    double *x;
    double *residual, *direction, *image, *correction, *conditioned; /* [nodes] */
    double *part_sum;                                                /* [parts] */
    uint32_t *part_size;                                             /* [parts] */
    double *partial;                                                 /* [blocks] */
    size_t blocks;
    double step; /* the factor of the vector pass at hand */
    uint32_t iterations;
    struct multigrid *grid; /* NULL = the diagonal preconditions */
};

static void run(struct solver *s, threads_body *body) {
    uint32_t threads = s->graph->nodes < THREADED_MIN ? 1 : job_threads(s->job);
    threads_for(threads, s->graph->nodes, BLOCK, body, s);
}

static double sum_partial(const struct solver *s) {
    double sum = 0;
    for (size_t i = 0; i < s->blocks; i++)
        sum += s->partial[i];
    return sum;
}

/* image = L direction; partial sums of direction . image */
static void multiply(void *ctx, size_t from, size_t to, uint32_t worker) {
    struct solver *s = ctx;
    const struct laplace_graph *g = s->graph;
    double sum = 0;
    for (size_t i = from; i < to; i++) {
        double row = g->diagonal[i] * s->direction[i];
        for (size_t k = g->offset[i]; k < g->offset[i + 1]; k++)
            row -= g->weight[k] * s->direction[g->neighbour[k]];
        s->image[i] = row;
        sum += s->direction[i] * row;
    }
    s->partial[from / BLOCK] = sum;
}

/* A node without neighbours has diagonal 0 and residual 0. */
static double scaled(const struct solver *s, size_t i) {
    return s->graph->diagonal[i] > 0 ? s->residual[i] / s->graph->diagonal[i] : 0;
}

/* correction += step direction; residual -= step image; partial sums of residual . D^-1 residual */
static void advance(void *ctx, size_t from, size_t to, uint32_t worker) {
    struct solver *s = ctx;
    double sum = 0;
    for (size_t i = from; i < to; i++) {
        s->correction[i] += s->step * s->direction[i];
        s->residual[i] -= s->step * s->image[i];
        sum += s->residual[i] * scaled(s, i);
    }
    s->partial[from / BLOCK] = sum;
}

/* direction = D^-1 residual + step direction */
static void turn(void *ctx, size_t from, size_t to, uint32_t worker) {
    struct solver *s = ctx;
    for (size_t i = from; i < to; i++)
        s->direction[i] = scaled(s, i) + s->step * s->direction[i];
}

/* residual = b - L x; partial sums of residual . D^-1 residual */
static void find_residual(void *ctx, size_t from, size_t to, uint32_t worker) {
    struct solver *s = ctx;
    const struct laplace_graph *g = s->graph;
    for (size_t i = from; i < to; i++) {
        double row = s->b[i];
        for (size_t k = g->offset[i]; k < g->offset[i + 1]; k++)
            row -= g->weight[k] * (s->x[i] - s->x[g->neighbour[k]]);
        s->residual[i] = row;
    }
}

/* Takes the mean out of the residual of each part: L cannot produce it, so it is rounding. */
static void balance_parts(struct solver *s) {
    const struct laplace_graph *g = s->graph;
    memset(s->part_sum, 0, g->parts * sizeof(*s->part_sum));
    for (uint32_t i = 0; i < g->nodes; i++)
        s->part_sum[g->part[i]] += s->residual[i];
    for (uint32_t i = 0; i < g->nodes; i++)
        s->residual[i] -= s->part_sum[g->part[i]] / s->part_size[g->part[i]];
}

/* Largest |residual| over the largest terms it is the difference of. */
static double relative_residual(const struct solver *s) {
    const struct laplace_graph *g = s->graph;
    double left = 0, terms = 0;
    for (uint32_t i = 0; i < g->nodes; i++) {
        left = fmax(left, fabs(s->residual[i]));
        terms = fmax(terms, 2 * g->diagonal[i] * fabs(s->x[i]) + fabs(s->b[i]));
    }
    return left > 0 ? left / terms : 0;
}

/* direction = z + step direction */
static void turn_to(struct solver *s, const double *z) {
    for (uint32_t i = 0; i < s->graph->nodes; i++)
        s->direction[i] = z[i] + s->step * s->direction[i];
}

static double dot(const struct solver *s, const double *a, const double *b) {
    double sum = 0;
    for (uint32_t i = 0; i < s->graph->nodes; i++)
        sum += a[i] * b[i];
    return sum;
}

/* Goes along the direction as far as it helps; false when it is rounding only. */
static bool go(struct solver *s, double slope) {
    run(s, multiply);
    double energy = sum_partial(s);
    if (!(energy > 0))
        return false;
    s->step = slope / energy;
    run(s, advance);
    s->iterations++;
    return true;
}

/* Steps until residual . D^-1 residual is down from `square` to `goal`; true when it is. */
static bool step_plain(struct solver *s, double square, double goal) {
    s->step = 0;
    run(s, turn);
    for (uint32_t steps = 0; square > goal && steps < PLAIN_STEPS; steps++) {
        if (job_should_stop(s->job) || !go(s, square))
            return false;
        double next = sum_partial(s);
        s->step = next / square;
        square = next;
        run(s, turn);
    }
    return square <= goal;
}

/* The same with multigrid, in the flexible form: the preconditioner changes from step to step. */
static bool step_grid(struct solver *s, double square, double goal) {
    multigrid_apply(s->grid, s->residual, s->conditioned);
    s->step = 0;
    turn_to(s, s->conditioned);
    for (uint32_t steps = 0; square > goal && steps < GRID_STEPS; steps++) {
        double slope = dot(s, s->conditioned, s->residual);
        if (job_should_stop(s->job) || !(slope > 0) || !go(s, slope))
            return false;
        square = sum_partial(s);
        double length = s->step;
        multigrid_apply(s->grid, s->residual, s->conditioned);
        s->step = -length * dot(s, s->conditioned, s->image) / slope;
        turn_to(s, s->conditioned);
    }
    return square <= goal;
}

/* One round: conjugate gradients on L correction = residual, then x += correction. */
static enum err solve_round(struct solver *s, struct errinfo *info) {
    uint32_t nodes = s->graph->nodes;
    memset(s->correction, 0, nodes * sizeof(double));
    memset(s->direction, 0, nodes * sizeof(double));
    memset(s->image, 0, nodes * sizeof(double));
    s->step = 0;
    run(s, advance); /* with step 0: the first sum */
    double square = sum_partial(s), goal = square * round_tolerance * round_tolerance;
    bool reached = s->grid != NULL ? step_grid(s, square, goal) : step_plain(s, square, goal);
    if (job_should_stop(s->job))
        return err_set(info, ERR_STOPPED, "stopped while solving for trophic levels");
    for (uint32_t i = 0; i < nodes; i++)
        s->x[i] += s->correction[i];
    if (!reached && s->grid == NULL) {
        s->grid = multigrid_new(s->graph);
        if (s->grid == NULL)
            return err_memory(info);
    }
    return ERR_OK;
}

static enum err refine(struct solver *s, struct laplace_proof *proof, struct errinfo *info) {
    double last = INFINITY, left = INFINITY;
    for (uint32_t round = 0; round < ROUNDS_MAX; round++) {
        run(s, find_residual);
        balance_parts(s);
        left = relative_residual(s);
        if (left >= last / 2 || left <= DBL_EPSILON / 4)
            break;
        bool had_grid = s->grid != NULL;
        enum err err = solve_round(s, info);
        if (err != ERR_OK)
            return err;
        /* a round that only showed the need of multigrid is not judged by how far it came */
        last = had_grid || s->grid == NULL ? left : INFINITY;
    }
    *proof = (struct laplace_proof){left, s->iterations};
    if (left <= residual_accepted)
        return ERR_OK;
    enum err err = err_set(info, ERR_LIMIT,
                           "the levels were not found: %.1e of the equation is "
                           "left after %u steps",
                           left, s->iterations);
    err_hint(info, "Weights of very different size in one network can cause this");
    return err;
}

enum err laplace_solve(const struct laplace_graph *graph, const double *b, const struct job *job,
                       double *x, struct laplace_proof *proof, struct errinfo *info) {
    size_t nodes = graph->nodes;
    struct solver s = {.graph = graph, .job = job, .b = b, .x = x};
    s.blocks = (nodes + BLOCK - 1) / BLOCK;
    double *vectors = mem_new(nodes, 5 * sizeof(double));
    s.part_sum = mem_new(graph->parts, sizeof(double));
    s.part_size = mem_new(graph->parts, sizeof(uint32_t));
    s.partial = mem_new(s.blocks, sizeof(double));
    enum err err = ERR_OK;
    if (vectors != NULL && s.part_sum != NULL && s.part_size != NULL && s.partial != NULL) {
        s.residual = vectors;
        s.direction = vectors + nodes;
        s.image = vectors + 2 * nodes;
        s.correction = vectors + 3 * nodes;
        s.conditioned = vectors + 4 * nodes;
        for (size_t i = 0; i < nodes; i++) {
            s.part_size[graph->part[i]]++;
            x[i] = 0;
        }
        err = refine(&s, proof, info);
    } else {
        err = err_memory(info);
    }
    multigrid_free(s.grid);
    mem_free(vectors);
    mem_free(s.part_sum);
    mem_free(s.part_size);
    mem_free(s.partial);
    return err;
}
