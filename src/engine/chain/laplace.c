/*
 * Systems of graphs: see laplace.h. Conjugate gradients with the diagonal as preconditioner
 * (M. R. Hestenes, E. Stiefel 1952), inside iterative refinement: solve for a correction, add it,
 * compute what is left of the equation anew, and go on until it no longer shrinks. So the answer is
 * judged by its own residual, never by the recurrence of the iteration, and reaches working
 * precision.
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

enum {
    BLOCK = 8192,
    ROUNDS_MAX = 40,
    /* Conjugate gradients end after as many steps as there are nodes in exact arithmetic. */
    STEPS_MIN = 1000,
    STEPS_MAX = 20000,
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
    double *residual, *direction, *image, *correction; /* [nodes] */
    double *part_sum;                                  /* [parts] */
    uint32_t *part_size;                               /* [parts] */
    double *partial;                                   /* [blocks] */
    size_t blocks;
    double step; /* the factor of the vector pass at hand */
    uint32_t iterations;
};

static void run(struct solver *s, threads_body *body) {
    threads_for(job_threads(s->job), s->graph->nodes, BLOCK, body, s);
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

/* One round: conjugate gradients on L correction = residual, then x += correction. */
static enum err solve_round(struct solver *s, struct errinfo *info) {
    uint32_t nodes = s->graph->nodes, steps = 0;
    uint32_t steps_max = nodes > STEPS_MAX ? STEPS_MAX : nodes + STEPS_MIN;
    memset(s->correction, 0, nodes * sizeof(double));
    memset(s->direction, 0, nodes * sizeof(double));
    s->step = 0;
    memset(s->image, 0, nodes * sizeof(double));
    run(s, advance); /* with step 0: the first sum */
    double square = sum_partial(s), goal = square * round_tolerance * round_tolerance;
    run(s, turn);
    while (square > goal && steps++ < steps_max) {
        if (job_should_stop(s->job))
            return err_set(info, ERR_STOPPED, "stopped while solving for trophic levels");
        run(s, multiply);
        double energy = sum_partial(s);
        if (!(energy > 0))
            break; /* the direction is rounding only */
        s->step = square / energy;
        run(s, advance);
        double next = sum_partial(s);
        s->step = next / square;
        square = next;
        run(s, turn);
    }
    s->iterations += steps;
    for (uint32_t i = 0; i < nodes; i++)
        s->x[i] += s->correction[i];
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
        last = left;
        enum err err = solve_round(s, info);
        if (err != ERR_OK)
            return err;
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
    double *vectors = mem_new(nodes, 4 * sizeof(double));
    s.part_sum = mem_new(graph->parts, sizeof(double));
    s.part_size = mem_new(graph->parts, sizeof(uint32_t));
    s.partial = mem_new(s.blocks, sizeof(double));
    enum err err = ERR_OK;
    if (vectors != NULL && s.part_sum != NULL && s.part_size != NULL && s.partial != NULL) {
        s.residual = vectors;
        s.direction = vectors + nodes;
        s.image = vectors + 2 * nodes;
        s.correction = vectors + 3 * nodes;
        for (size_t i = 0; i < nodes; i++) {
            s.part_size[graph->part[i]]++;
            x[i] = 0;
        }
        err = refine(&s, proof, info);
    } else {
        err = err_memory(info);
    }
    mem_free(vectors);
    mem_free(s.part_sum);
    mem_free(s.part_size);
    mem_free(s.partial);
    return err;
}
