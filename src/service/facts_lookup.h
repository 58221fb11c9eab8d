/* Private to facts*.c: records found by their codes and names. */
#ifndef FAIRLEAD_SERVICE_FACTS_LOOKUP_H
#define FAIRLEAD_SERVICE_FACTS_LOOKUP_H

#include "base/arena.h"
#include "base/map.h"
#include "service/facts_sheets.h"
#include "store/store.h"

/* Each list is read from the store when it is first asked for. */
struct facts_lookup {
    struct store_reader *reader;
    struct arena arena;
    struct str_map codes[FACT_PASSED]; /* by fact type: FACT_EDITION, FACT_NODE, ... */
    bool loaded[FACT_PASSED];
    struct str_map organisations;   /* spelling key of any name -> id */
    struct u64_map exhibitors;      /* edition and organisation -> id */
    struct u64_map organisation_of; /* exhibitor -> organisation */
};

void facts_lookup_init(struct facts_lookup *l, struct store_reader *reader);
void facts_lookup_release(struct facts_lookup *l);

/*
 * The id of what `text` names; `edition_id` is that of the row, for exhibitors and pavilions.
 * ERR_INPUT in words when there is none.
 */
enum err facts_lookup_find(struct facts_lookup *l, enum fact_type type, struct str text,
                           int64_t edition_id, int64_t *id, struct errinfo *info) ERR_CHECK;

/* The organisation of an exhibitor that facts_lookup_find gave. */
int64_t facts_lookup_organisation(const struct facts_lookup *l, int64_t exhibitor_id);

#endif
