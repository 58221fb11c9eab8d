/*
 * A satisfiability solver with counters: private to engine/meet, and the one user of CaDiCaL.
 *
 * A literal is a variable's number, or its negative. Counters say in outputs o[0], o[1], ... that
 * at least 1, 2, ... of their inputs hold (the totalizer of Bailleux and Boufkhad, CP 2003).
 *
 * Failures of memory end as in the solver's own allocations: by its exception, which ends the
 * program. Thread rule: one thread at a time.
 */
#ifndef FAIRLEAD_ENGINE_MEET_SAT_H
#define FAIRLEAD_ENGINE_MEET_SAT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/job.h"

struct meet_sat;

struct meet_sat *meet_sat_new(void);
void meet_sat_free(struct meet_sat *sat);

/* The next variable, a number above 0. */
int meet_sat_variable(struct meet_sat *sat);

/* A clause of `count` literals; a literal 0 among them is left out. */
void meet_sat_clause(struct meet_sat *sat, const int *literal, uint32_t count);
void meet_sat_two(struct meet_sat *sat, int a, int b);

/* At most one of them. Sequences longer than six are cut by a helping variable. */
void meet_sat_at_most_one(struct meet_sat *sat, const int *literal, uint32_t count);

/* A literal that holds when one of them does, and only then. */
int meet_sat_any(struct meet_sat *sat, const int *literal, uint32_t count);

/*
 * Counts up to `limit`: out[k] holds when more than k of them do, and with `exact` only then.
 * Returns how many outputs there are: the smaller of count and limit. `out` has room for so many.
 * False in `ok` when memory is short.
 */
uint32_t meet_sat_count(struct meet_sat *sat, const int *literal, uint32_t count, uint32_t limit,
                        bool exact, int *out, bool *ok);

enum meet_sat_answer { MEET_SAT_UNKNOWN, MEET_SAT_YES, MEET_SAT_NO };

/* Whether all clauses can hold together with `assumed` (0 = nothing); UNKNOWN when the job said to
 * stop. */
enum meet_sat_answer meet_sat_solve(struct meet_sat *sat, int assumed, const struct job *job);
/* After NO: whether the assumption has part in it. */
bool meet_sat_failed(struct meet_sat *sat, int assumed);
/* After YES: whether the literal holds. */
bool meet_sat_value(struct meet_sat *sat, int literal);

#endif
