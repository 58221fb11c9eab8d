/*
 * A strict streaming reader of CSV text (RFC 4180, UTF-8).
 *
 * What is read: cells separated by one of , ; TAB | (given, or guessed from the first records; a
 * first line "sep=;" as spreadsheets write it is obeyed and passed over); records ended by CRLF,
 * LF or CR; cells in double quotes that may hold separators, line breaks and doubled quotes. A
 * quote inside an unquoted cell is an ordinary character. A blank line is a record with one empty
 * cell. A byte order mark is the business of the decoder and must be gone.
 *
 * What is refused, with line and column: a quote that is never closed (the place is where it
 * opened), text after a closing quote, zero bytes, and anything over the limits. After an error
 * every further call returns the same error. Records shorter or longer than the header are no
 * error here: the caller sees the number of cells.
 *
 * Life cycle: csv_reader_init, csv_next until `end`, csv_reader_release. Rows are borrowed until
 * the next call. Cells point into the reader's window, nothing is copied but quoted cells that
 * hold doubled quotes, which shrink in place.
 *
 * Memory: two records (of at most 64 MiB) and a block of 256 KiB. Time: O(bytes).
 * Thread rule: one thread at a time.
 */
#ifndef FAIRLEAD_EXCHANGE_CSV_READ_H
#define FAIRLEAD_EXCHANGE_CSV_READ_H

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#include "exchange/table_row.h"

/* The most that a source may append at once. */
enum { CSV_SOURCE_BYTES_MAX = 16 << 20 };

/*
 * Where the text comes from: appends the next piece of UTF-8 text to `out`, not empty unless it
 * sets `last`, which says that nothing follows.
 */
struct csv_source {
    enum err (*read)(void *ctx, struct buf *out, bool *last, struct errinfo *info);
    void *ctx;
};

struct csv_reader {
    char separator; /* read-only; 0 until csv_reader_start or the first csv_next has guessed it */

    /* private */
    struct csv_source source;
    struct table_limits limits;
    struct buf window; /* text not yet delivered, from the current record on */
    bool last;         /* the window ends where the text ends */
    bool started;      /* the separator is settled */
    uint64_t bytes;    /* taken from the source */
    size_t at;         /* where in the window the next record begins */
    long line;         /* of `at` */
    uint64_t records;  /* delivered */
    size_t block;      /* the 64 bytes of the window that `marks` describes */
    uint64_t marks;    /* a bit for each byte there that may mean something and is not yet seen */
    VEC(struct str)
    cells;
    VEC(long)
    lines;
    VEC(uint32_t)
    doubled; /* cells of the current record that hold doubled quotes */
    struct errinfo failure;
};

/*
 * Begins at the start of `source`. `separator` is one of , ; TAB | or 0 for guessing; `limits` may
 * be NULL. Allocates nothing.
 */
void csv_reader_init(struct csv_reader *r, struct csv_source source, char separator,
                     const struct table_limits *limits);
void csv_reader_release(struct csv_reader *r);

/* Settles the separator by reading the first block; csv_next does it by itself. */
enum err csv_reader_start(struct csv_reader *r, struct errinfo *info) ERR_CHECK;

/* The next record, or `end`. The row is valid until the next call. */
enum err csv_next(struct csv_reader *r, struct table_row *row, bool *end,
                  struct errinfo *info) ERR_CHECK;

/* A source over text in memory: `rest` is what is left and moves on. */
struct csv_source csv_source_text(struct str *rest);

#endif
