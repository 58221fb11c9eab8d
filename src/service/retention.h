/*
 * Retention: how long what is no record of the expo is kept, by kind.
 *
 * Each kind has a number of days after its last use, with a default, and can be set to another
 * (a line of the change log); 0 keeps it for ever. A server applies the periods when it starts and
 * once a day (chores.h).
 *
 * Thread rule: that of the store and reader given.
 */
#ifndef FAIRLEAD_SERVICE_RETENTION_H
#define FAIRLEAD_SERVICE_RETENTION_H

#include "service/access.h"
#include "store/store.h"

enum retention_kind {
    RETENTION_SESSIONS,       /* and one-time links, after they ended */
    RETENTION_OUTBOX,         /* letters that were sent or given up, after they were written */
    RETENTION_DRAFTS,         /* after they were last kept */
    RETENTION_UPLOADS,        /* after they came in; the files' bytes stay, see store_put_content */
    RETENTION_LOGIN_FAILURES, /* after the last */
    RETENTION_ACCOUNTS_DISABLED, /* after the account's last change: then it is erased */
    RETENTION_KINDS
};

enum { RETENTION_DAYS_MAX = 3660 };

/* The stable word of a kind, and its kind; RETENTION_KINDS when there is none. */
const char *retention_kind_code(enum retention_kind kind);
enum retention_kind retention_kind_of_code(struct str code);
/* The days of a kind when nothing was set. */
int64_t retention_default(enum retention_kind kind);

/* The days in force of every kind. */
enum err retention_read(struct store_reader *reader, int64_t days[RETENTION_KINDS],
                        struct errinfo *info) ERR_CHECK;

/* Sets the days of a kind inside the open batch. By administrators. ERR_INPUT. */
enum err retention_set(struct store *store, const struct access *by, enum retention_kind kind,
                       int64_t days, struct errinfo *info) ERR_CHECK;

/* How many rows of a kind a run at `now_ms` would delete with a period of `days`: deletes them
 * inside the open batch, which the caller takes back. By administrators. ERR_INPUT. */
enum err retention_try(struct store *store, const struct access *by, enum retention_kind kind,
                       int64_t days, int64_t now_ms, uint64_t *due, struct errinfo *info) ERR_CHECK;

/* Deletes what has been kept long enough, inside the open batch; `deleted` counts by kind. An
 * account that is erased makes the batch one of kind "erase". */
enum err retention_apply(struct store *store, int64_t now_ms, uint64_t deleted[RETENTION_KINDS],
                         struct errinfo *info) ERR_CHECK;

#endif
