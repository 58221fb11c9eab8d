/*
 * Grids: a list with named columns, printed as an aligned table, CSV, JSON or XLSX.
 *
 * Columns are named once, rows follow cell by cell; numbers stay numbers in JSON and XLSX. In a
 * table, Chinese characters count as two places wide, and texts that would break the line are cut
 * with an ellipsis on a terminal only. Memory: the whole list, O(cells).
 *
 *     grid_init(&g); grid_column(&g, "stage", GRID_TEXT); ... grid_text(&g, ...); ...
 * grid_print(&g, cli, "table");
 */
#ifndef FAIRLEAD_CLI_GRID_H
#define FAIRLEAD_CLI_GRID_H

#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

enum { GRID_COLUMNS_MAX = 24 };
enum grid_type { GRID_TEXT, GRID_NUMBER };

struct grid {
    struct arena arena;
    const char *name[GRID_COLUMNS_MAX];
    enum grid_type type[GRID_COLUMNS_MAX];
    uint32_t columns;
    VEC(struct str)
    cells;
    bool failed; /* memory was short: grid_print says so */
};

void grid_init(struct grid *g);
void grid_release(struct grid *g);
void grid_column(struct grid *g, const char *name, enum grid_type type);
/* The next cell, row by row. Texts are copied. */
void grid_text(struct grid *g, struct str text);
void grid_int(struct grid *g, int64_t value);
void grid_double(struct grid *g, double value, int digits);

/* Writes "table", "csv" or "json" to a stream. ERR_MEMORY, ERR_IO. */
enum err grid_print(const struct grid *g, const char *format, FILE *out,
                    struct errinfo *info) ERR_CHECK;

#endif
