/*
 * Presence: who has which record open, so that two people at one form see each other.
 *
 * The desk says every few seconds that an account still looks at a record; who has not said so for
 * PRESENCE_MS is gone. Kept in memory only: nobody's attention is stored.
 *
 * Thread rule: any thread; a lock inside. Time is a parameter.
 */
#ifndef FAIRLEAD_SERVICE_PRESENCE_H
#define FAIRLEAD_SERVICE_PRESENCE_H

#include "store/tables.h"

enum { PRESENCE_MS = 30000, PRESENCE_MAX = 1024, PRESENCE_OTHERS_MAX = 16 };

struct presence;

struct presence *presence_new(void) __attribute__((warn_unused_result)); /* NULL: memory short */
void presence_free(struct presence *presence);

struct presence_other {
    int64_t account_id;
    int64_t since_ms; /* when that account opened it */
    bool writing;     /* it has changed its form */
};

/*
 * Notes that an account has a record open (`writing`: with changes not saved) and gives the others
 * who have, at most PRESENCE_OTHERS_MAX. When PRESENCE_MAX are noted, the one heard of longest ago
 * makes room. O(PRESENCE_MAX).
 */
uint32_t presence_here(struct presence *presence, int64_t account_id, enum store_table table,
                       int64_t id, bool writing, int64_t now_ms,
                       struct presence_other others[PRESENCE_OTHERS_MAX]);

/* The account has closed the record. */
void presence_leave(struct presence *presence, int64_t account_id, enum store_table table,
                    int64_t id);

#endif
