/* Private to the import: the state while a sheet is read, shared by rows and records. */
#ifndef FAIRLEAD_SERVICE_IMPORT_READING_H
#define FAIRLEAD_SERVICE_IMPORT_READING_H

#include "base/buf.h"
#include "service/import_plan.h"

/*
 * Cells repeat: a sheet of a million rows has a few hundred different countries, areas and lists of
 * editions. A memo keeps what a spelling meant, so that it is looked up once.
 */
struct import_memo {
    struct str_map by_text;
    VEC(uint64_t)
    values;
};

struct import_reading {
    struct import_plan *plan;
    const struct import_words *words;
    struct import_memo memos[EXHIBITOR_FIELDS];
    struct arena memo_arena;
    struct buf scratch;
    struct str last_source; /* sources come in runs: the last one is used again */

    /* the record being read */
    const struct table_row *row;
    uint32_t record;
    bool wrong; /* an error was found in it */
};

/* The cell of a field in the current row; empty when there is none. */
struct str import_cell(const struct import_reading *r, uint32_t field);

/* Adds an error or warning about a field of the current row. `info` of the cause gives the words.
 */
enum err import_complain(struct import_reading *r, enum import_finding_kind kind, uint32_t field,
                         const struct errinfo *cause, struct errinfo *info) ERR_CHECK;

/* Reads the current row into a record and adds it to the plan. */
enum err import_read_record(struct import_reading *r, struct errinfo *info) ERR_CHECK;

/*
 * Why the current row is no record, or NULL: empty, the header again, a line of totals, a remark.
 */
const char *import_skip_reason(const struct import_reading *r);

#endif
