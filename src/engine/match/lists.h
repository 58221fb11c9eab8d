/*
 * The candidates of all firms (candidates.h), kept, and brought up to date after one firm changed.
 *
 * When a firm changes, its own list is searched anew. It enters or leaves the lists of others by
 * its scores with them alone; only where it drops out of a full list is that list searched anew,
 * since somebody not in it moves up. Where it changes who offers a node that has few sources,
 * resilience changes for others, too: all firms that can supply or take that node are searched
 * anew. The result is that of lists made anew.
 *
 * Ownership: lists borrow nothing; an index is needed during the calls only.
 * Thread rule: one thread at a time changes them; any number read meanwhile nothing changes. Making
 * them uses the threads of the job, with the same result for any number of them.
 */
#ifndef FAIRLEAD_ENGINE_MATCH_LISTS_H
#define FAIRLEAD_ENGINE_MATCH_LISTS_H

#include "base/job.h"
#include "engine/match/candidates.h"

struct match_lists;

/* The best `most` candidates of every firm. Weights are between 0 and 1. 16 bytes a candidate, and
 * a finder a thread while it runs. ERR_MEMORY, ERR_STOPPED. */
enum err match_lists_new(const struct match_index *index, const double weight[MATCH_PARTS],
                         uint32_t most, const struct job *job, struct match_lists **out,
                         struct errinfo *info) ERR_CHECK;
void match_lists_free(struct match_lists *lists);

/* The list of a firm, best first, and its length. */
const struct match_candidate *match_lists_of(const struct match_lists *lists, uint32_t firm,
                                             uint32_t *count);

/*
 * After the rows of `firm` changed (claims, what it is, seeks, conditions, certificates, ties; the
 * rows of its ties in others, too): `now` is the index of the market as it is now, with as many
 * firms and nodes as before and the same relations. Firms whose list is another now, or has another
 * score in it, go into changed[firms], ascending. ERR_MEMORY leaves the lists as they were.
 * O(length of all lists) and one search for each list searched anew: well below a millisecond at an
 * edition of 1,200 firms.
 */
enum err match_lists_change(struct match_lists *lists, const struct match_index *now, uint32_t firm,
                            uint32_t *changed, uint32_t *changed_count,
                            struct errinfo *info) ERR_CHECK;

#endif
