/*
 * The timetable as clauses: private to engine/meet.
 *
 * The variables are "meeting m is in slot s", from which "person p is used in slot s" follows. The
 * encoding is that which made satisfiability win in Bofill et al. (JAIR 74, 2022): besides the
 * rules it says what follows from them, since the solver does not see it by itself: a person is
 * used in exactly as many slots as it has meetings; of two-person meetings a slot uses an even
 * number of persons, at most twice its tables; meetings of one person are one when tables are
 * counted. A break is a block of used slots of a day beyond the first.
 */
#ifndef FAIRLEAD_ENGINE_MEET_ENCODE_H
#define FAIRLEAD_ENGINE_MEET_ENCODE_H

#include "engine/meet/sat.h"
#include "engine/meet/table.h"

struct meet_clauses {
    const struct meet_table *t;
    struct meet_sat *sat;
    int *in_slot;     /* [meetings * slots], 0 = cannot be there */
    int *is_used;     /* [persons * slots], 0 = never */
    int *cost;        /* a literal for each break that can be */
    uint32_t *person; /* whose break it is; ascending */
    uint32_t costs;
    int *more; /* more[k]: there are more than k breaks */
    uint32_t counted;
};

/* Meetings times slots of which clauses can be made in a moment. */
enum { MEET_CLAUSES_MAX = 40000 };

/* All clauses; breaks are counted up to `limit`. ERR_MEMORY. */
enum err meet_clauses_new(const struct meet_table *t, uint32_t limit, struct meet_clauses *out,
                          struct errinfo *info) ERR_CHECK;
void meet_clauses_free(struct meet_clauses *c);

/* After YES: the plan that the solver found. */
void meet_clauses_read(const struct meet_clauses *c, uint32_t *slot);

#endif
