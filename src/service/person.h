/*
 * Persons: what the database holds about somebody, and how it is erased (PIPL, articles 44 to 47;
 * GDPR, articles 15 and 17).
 *
 * An erasure empties what says who an account was, in the record and in every line of the change
 * log, and deletes its sessions, links, drafts and letters. What it did stays, as done by an
 * account without a name: the log is a ledger. Files that were uploaded and backups are not
 * touched; the report says so of files by naming the uploads.
 *
 * Thread rule: that of the store and reader given.
 */
#ifndef FAIRLEAD_SERVICE_PERSON_H
#define FAIRLEAD_SERVICE_PERSON_H

#include "service/accounts.h"

/*
 * Erases an account inside the open batch, which becomes one of kind "erase" and cannot be taken
 * back. By administrators. ERR_CONFLICT for the last administrator and for one erased already.
 */
enum err person_erase(struct store *store, const struct access *by, int64_t account_id,
                      int64_t now_ms, struct errinfo *info) ERR_CHECK;

/* Whom to look for; what is empty or 0 is not looked for. */
struct person_search {
    int64_t account_id;    /* rows that belong to this account, and what it wrote */
    struct str email;      /* in any text, whatever its case */
    struct str name;       /* in any text */
    const struct job *job; /* may be NULL */
};

struct person_finding {
    const char *where;  /* a table, or "log" */
    int64_t id;         /* of the row, or of the batch */
    const char *column; /* NULL for the log */
    struct str text;    /* what stands there, or what the batch was for; may be empty */
};

typedef enum err person_fn(void *ctx, const struct person_finding *finding, struct errinfo *info);

/*
 * Tells every place that holds something about a person: all text columns of all tables, and the
 * batches of the log that name it or that it wrote. O(the database). ERR_STOPPED, and what `fn`
 * returns.
 */
enum err person_report(struct store_reader *reader, const struct person_search *search,
                       person_fn *fn, void *ctx, struct errinfo *info) ERR_CHECK;

#endif
