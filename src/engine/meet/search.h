/*
 * Plans by alternating chains: private to engine/meet.
 *
 * A chain of slots s and t is what moves with a meeting when it changes from one to the other: the
 * meetings of its members in the other slot, their members' in the first, and so on (a Kempe chain
 * of the edge colouring whose colours are slots). Building: each meeting goes where all members are
 * free, or a chain makes room. Mending: chains are turned over when that saves breaks, and with a
 * falling probability when it costs some (annealing). Persons in the middle of a chain keep the
 * same used slots, so only its ends are looked at.
 *
 * Thread rule: a search is its caller's. Memory: 4 bytes a person and slot.
 */
#ifndef FAIRLEAD_ENGINE_MEET_SEARCH_H
#define FAIRLEAD_ENGINE_MEET_SEARCH_H

#include "base/rng.h"
#include "engine/meet/table.h"

struct meet_search;

/* An empty plan. ERR_MEMORY. */
enum err meet_search_new(const struct meet_table *table, uint64_t seed, struct meet_search **out,
                         struct errinfo *info) ERR_CHECK;
void meet_search_free(struct meet_search *search);

/* Places what finds a slot, the scarcest first; returns how many are placed. */
uint32_t meet_search_build(struct meet_search *search, const struct job *job);

/* Tries `moves` chains; stops early at `bound` breaks or when the job says so. `heat` is how many
 * breaks a chain may cost in the beginning; it falls to nothing, with the moves or the time until
 * the job's deadline, whichever is spent sooner. Keeps the best plan. */
void meet_search_mend(struct meet_search *search, const struct job *job, uint64_t moves,
                      double heat, uint64_t bound);

/* Takes meetings out of the best plan until fairness holds: of whoever has too many breaks, those
 * of a smallest block. Nothing happens where it holds. */
void meet_search_shed(struct meet_search *search);

/* The best plan so far: all of `slot` [meetings]; breaks of those placed. */
const uint32_t *meet_search_best(const struct meet_search *search, uint32_t *placed,
                                 uint64_t *breaks);

#endif
