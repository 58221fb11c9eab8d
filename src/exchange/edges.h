/*
 * Files of weighted pairs, for an assignment by itself (`fairlead solve matching`).
 *
 * Four forms, told apart by their beginning; numbers count from 0, binary ones are little endian:
 *
 *   text, a line each      u v weight                  between any two vertices; before them
 * perhaps a line "vertices edges" text, two sides        p BUYERS SUPPLIERS PAIRS    then "b id
 * capacity", "s id capacity", e buyer supplier score score    the weight is the sum of both scores
 *   binary "RMATGRF1"      u64 vertices, u64 edges, u32 u[], u32 v[], f64 weight[]
 *   binary "BUYSUP01"      u64 buyers, suppliers, pairs, u32 capacity[] of both, u32 buyer[],
 *                          supplier[], score of the buyer[], score of the supplier[]
 *
 * Blank lines and lines that begin with # are passed over. In a file of two sides supplier s is
 * vertex left_count + s.
 *
 * Errors name the line of a text, or the pair of a binary file.
 */
#ifndef FAIRLEAD_EXCHANGE_EDGES_H
#define FAIRLEAD_EXCHANGE_EDGES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum {
    EDGES_VERTICES_MAX = 1 << 24,
    EDGES_MAX = 1 << 28, /* 8 GB as binary file */
};

struct edges {
    bool two_sides;
    uint32_t vertex_count, left_count; /* left_count: 0 unless two sides */
    uint32_t *capacity;                /* of each vertex; NULL when the file has none */
    uint32_t count;
    uint32_t *u, *v;
    double *weight;
    uint32_t *score_u, *score_v; /* NULL unless two sides */
};

enum err edges_read(const char *path, struct edges *edges, struct errinfo *info) ERR_CHECK;
void edges_release(struct edges *edges);

/* Lines "vertex capacity" for some of `vertex_count` vertices, into capacity[]. */
enum err edges_read_capacities(const char *path, uint32_t vertex_count, uint32_t *capacity,
                               struct errinfo *info) ERR_CHECK;

#endif
