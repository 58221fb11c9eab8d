/*
 * The rows of a sheet below its header, which may itself stand below title lines.
 *
 *     struct import_stream s;
 *     code = import_stream_open(&s, table, headers, sheet, overrides, count, arena, &map, info);
 *     while (code == ERR_OK && (code = import_stream_next(&s, &row, &end, info)) == ERR_OK && !end)
 * ... import_stream_close(&s);
 *
 * The first rows are copied, because the cells under the header help to tell the language of a
 * column; the rest streams through. Rows are borrowed until the next call.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_STREAM_H
#define FAIRLEAD_SERVICE_IMPORT_STREAM_H

#include "base/vec.h"
#include "exchange/table_read.h"
#include "service/import_header.h"

enum { IMPORT_SAMPLE_ROWS = 50 }; /* rows looked at before the header is settled */

/* A cell mended before the import: record from 1 below the header, column from 0. */
struct import_mended {
    uint32_t record, column;
    struct str value;
};

/* What a person changed of a sheet without changing the file: cells mended, rows left out. */
struct import_amendments {
    const struct import_mended *cells; /* by record */
    uint32_t cell_count;
    const uint32_t *left_out; /* records, ascending */
    uint32_t left_out_count;
};

struct import_stream {
    struct table *table;
    struct arena arena;
    struct table_row ahead[IMPORT_SAMPLE_ROWS];
    uint32_t count;
    uint32_t at;                                /* private: next of `ahead` */
    bool end;                                   /* private: the table ended inside `ahead` */
    const struct import_amendments *amendments; /* set after opening; NULL = none */
    uint32_t mended_at, left_out_at;            /* private: next of the amendments */
    VEC(struct str)
    cells; /* private: of a mended row */
    VEC(long)
    lines; /* private: the same */
    uint64_t
        header_record; /* read-only: a row's record minus this counts the data records from 1 */
    long header_line;  /* read-only */
};

/* Finds the header (see header_find) and stands before the first row below it. */
enum err import_stream_open(struct import_stream *s, struct table *table,
                            const struct header_words *headers, enum sheet_id sheet,
                            const struct header_override *overrides, uint32_t override_count,
                            struct arena *arena, struct header_map *map,
                            struct errinfo *info) ERR_CHECK;

enum err import_stream_next(struct import_stream *s, struct table_row *row, bool *end,
                            struct errinfo *info) ERR_CHECK;

/* Also after a failed open. */
void import_stream_close(struct import_stream *s);

#endif
