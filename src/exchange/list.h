/*
 * Lists: rows under named columns, on their way out as CSV, JSON or (cli/list_print.h) a table on a
 * terminal.
 *
 * Columns are named once, rows follow cell by cell; numbers stay numbers in JSON. A failed
 * allocation is remembered and told when the list is written. Memory: the whole list, O(cells).
 *
 *     list_init(&list); list_column(&list, "stage", LIST_TEXT); ... list_text(&list, ...); ...
 */
#ifndef FAIRLEAD_CLI_LIST_H
#define FAIRLEAD_CLI_LIST_H

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"

enum { LIST_COLUMNS_MAX = 24 };
enum list_type { LIST_TEXT, LIST_NUMBER };

struct list {
    struct arena arena;
    const char *name[LIST_COLUMNS_MAX];
    enum list_type type[LIST_COLUMNS_MAX];
    uint32_t columns;
    VEC(struct str)
    cells;
    bool failed; /* memory was short: list_print says so */
};

void list_init(struct list *list);
void list_release(struct list *list);
void list_column(struct list *list, const char *name, enum list_type type);
/* The next cell, row by row. Texts are copied. */
void list_text(struct list *list, struct str text);
void list_int(struct list *list, int64_t value);
void list_double(struct list *list, double value, int digits);

enum list_format { LIST_CSV, LIST_JSON, LIST_XLSX };

/*
 * Appends CSV (RFC 4180; texts that a spreadsheet would run as a formula are guarded), XLSX, or a
 * JSON array of objects with empty cells as null. ERR_MEMORY, ERR_LIMIT.
 */
enum err list_write(const struct list *list, enum list_format format, struct buf *out,
                    struct errinfo *info) ERR_CHECK;

/* Writes bytes to a file that appears whole or not at all. ERR_IO. */
enum err list_save(const char *path, struct str bytes, struct errinfo *info) ERR_CHECK;

#endif
