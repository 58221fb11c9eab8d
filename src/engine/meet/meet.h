/*
 * Meetings into slots: a timetable in which nobody is in two places, with as few breaks as can be,
 * and a proof of how good it is.
 *
 * Given are persons (participants, or whatever else is in one place at a time: an interpreter, a
 * room), slots in days, and meetings of two or more persons. A plan gives each meeting a slot:
 *
 *     no person has two meetings in a slot          absent persons do not meet
 *     a slot holds so many meetings at the most     a meeting keeps out of its barred slots
 *     `before` comes in an earlier slot than `after`
 *     breaks of any two persons differ by `fairness` at the most
 *
 * A break of a person is a longest run of slots of one day without a meeting between two meetings
 * of that day; however long it is, it counts once. The plan places as many meetings as it finds
 * slots for, then has as few breaks as it can.
 *
 * The base case is the Business-to-Business Meeting Scheduling Problem (Bofill, Coll, Garcia,
 * Giraldez-Cru, Pesant, Suy, Villaret, Journal of Artificial Intelligence Research 74, 2022). How
 * (meet.c): alternating chains of two slots build a plan and mend it (search.h); what is small
 * enough is then decided by a satisfiability solver from the lower bound upwards (prove.h).
 *
 * Result: the same for the same input and seed, unless a deadline ends it. Thread rule: pure.
 */
#ifndef FAIRLEAD_ENGINE_MEET_MEET_H
#define FAIRLEAD_ENGINE_MEET_MEET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/job.h"

enum {
    MEET_SLOTS_MAX = 1024,
    MEET_PERSONS_MAX = 1 << 20,
    MEET_MEETINGS_MAX = 1 << 21,
    MEET_MEMBERS_MAX = 64, /* of one meeting */
    MEET_NONE = UINT32_MAX,
    MEET_NO_FAIRNESS = UINT32_MAX,
};

/* Words of a row of bits, one a slot. */
#define MEET_WORDS(slots) (((slots) + 63) / 64)

struct meet_input {
    uint32_t slots;
    const uint32_t *day;    /* of each slot, ascending; NULL = all one day */
    const uint32_t *tables; /* meetings that each slot holds at the most */
    uint32_t persons;
    const uint64_t *absent; /* [persons * words] slots in which each cannot meet; NULL = none */
    uint32_t meetings;
    const uint32_t *member_offset; /* [meetings + 1]; members of a meeting are different */
    const uint32_t *member;
    const uint64_t *barred; /* [meetings * words] slots in which each cannot be; NULL = none */
    uint32_t orders;
    const uint32_t *before, *after; /* [orders] meetings, different */
    uint32_t fairness;              /* MEET_NO_FAIRNESS = none */
};

enum meet_status {
    MEET_OPTIMAL,    /* all placed, and no plan has fewer breaks */
    MEET_FEASIBLE,   /* all placed; the bound says how many fewer there might be */
    MEET_PARTIAL,    /* some are not placed, and nobody proved that it must be so */
    MEET_INFEASIBLE, /* proved: no plan places all */
};

enum meet_reason_kind {
    MEET_NO_REASON,
    MEET_NO_SLOT,   /* meeting `number` has no slot at all */
    MEET_FULL,      /* person `number` has `need` meetings and `have` slots for them */
    MEET_TABLES,    /* all slots together hold `have` of `need` meetings */
    MEET_ORDER,     /* meeting `number` has to come after itself, or after the last slot */
    MEET_EXHAUSTED, /* the solver proved it from all rules together */
};

/* Why no plan places all. */
struct meet_reason {
    enum meet_reason_kind kind;
    uint32_t number, need, have;
};

struct meet_plan {
    enum meet_status status;
    uint32_t *slot; /* of each meeting; MEET_NONE = not placed */
    uint32_t placed;
    uint64_t breaks; /* of the plan */
    uint64_t bound;  /* no plan that places all has fewer */
    struct meet_reason reason;
    bool stopped; /* the job ended it early */
};

/*
 * The best plan found. ERR_INPUT tells the first thing that is against the rules above, with its
 * number from 0; ERR_LIMIT, ERR_MEMORY; the plan is then empty. An infeasible input is no error.
 */
enum err meet_solve(const struct meet_input *input, const struct job *job, struct meet_plan *plan,
                    struct errinfo *info) ERR_CHECK;
void meet_plan_release(struct meet_plan *plan);

/* What a judge finds in a plan of any origin. */
struct meet_verdict {
    uint32_t placed;
    uint64_t breaks;
    uint32_t least, most; /* breaks of a person */
    uint64_t broken;      /* rules broken, each place counted; fairness once */
};

/* O(members + persons * slots). False when memory is short. */
bool meet_judge(const struct meet_input *input, const uint32_t *slot,
                struct meet_verdict *verdict) ERR_CHECK;

#endif
