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

#include "exchange/table_read.h"
#include "service/import_header.h"

enum { IMPORT_SAMPLE_ROWS = 50 }; /* rows looked at before the header is settled */

struct import_stream {
    struct table *table;
    struct arena arena;
    struct table_row ahead[IMPORT_SAMPLE_ROWS];
    uint32_t count;
    uint32_t at; /* private: next of `ahead` */
    bool end;    /* private: the table ended inside `ahead` */
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
