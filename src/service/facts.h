/*
 * Import of every sheet but the exhibitors: editions, areas, pavilions, programme, figures,
 * exhibits, notes on exhibitors, joint stands, the catalogue's tables, countries and regions.
 *
 * These sheets name their records by codes or names, so a row either is a record that is there
 * already (changed or not) or a new one. A blank cell never deletes. What is wrong is a finding
 * with its record, line and column; the caller rolls the transaction back when there is any, or for
 * a dry run.
 */
#ifndef FAIRLEAD_SERVICE_FACTS_H
#define FAIRLEAD_SERVICE_FACTS_H

#include "exchange/table_read.h"
#include "service/import_plan.h"
#include "store/store.h"

struct facts_request {
    enum sheet_id sheet; /* not SHEET_EXHIBITORS; SHEETS = guess from the headers */
    const struct header_words *headers;
    const struct header_override *overrides;
    uint32_t override_count;
    struct str edition; /* code of the edition of rows that name none; empty = they must */
};

/*
 * Reads the whole table and writes into the open transaction of `store`; counts and findings go
 * into `plan`, which was initialised by the caller. ERR_INPUT when there is no header of such a
 * sheet, or the table itself is broken; ERR_STOPPED by the job. O(rows + records of the tables
 * concerned).
 */
enum err facts_import(struct store *store, struct table *table, const struct facts_request *request,
                      struct import_plan *plan, const struct job *job,
                      struct errinfo *info) ERR_CHECK;

#endif
