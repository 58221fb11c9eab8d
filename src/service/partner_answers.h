/*
 * How a round was answered: sides by group of firms, reasons to decline, and the firms that have
 * not answered yet, with the persons who could.
 *
 * Of each pair both sides are counted, each in the groups of its firm. A pair is mutual for both of
 * its sides. Firms that take no part any more are left out.
 *
 * Ownership: everything in the caller's arena, texts borrowed from the view. Thread rule: that of
 * the reader.
 */
#ifndef FAIRLEAD_SERVICE_PARTNER_ANSWERS_H
#define FAIRLEAD_SERVICE_PARTNER_ANSWERS_H

#include "service/partner_count.h"

enum { PARTNER_DECLINES_MAX = 16 };

struct partner_tally {
    uint32_t sides; /* that the round asks */
    uint32_t accepted, declined, later;
    uint32_t mutual; /* of the sides: the other accepted, too */
};

struct partner_answer_group {
    struct partner_group group; /* by, code and names; its counts are 0 */
    struct partner_tally tally;
};

/* A firm whose answers are awaited, or of a draft will be. */
struct partner_silent {
    uint32_t firm;
    uint32_t waiting; /* pairs that it has not answered */
    uint32_t asked;   /* of them, accepted by the other side */
    uint32_t persons; /* who act for it at its own pages; 0 = nobody can answer */
};

struct partner_answers {
    struct partner_tally all;
    struct partner_answer_group *group; /* by grouping, those with most sides first */
    uint32_t groups;
    uint32_t decline[PARTNER_DECLINES_MAX]; /* sides by kind_decline; [0] = no reason said */
    struct partner_silent *silent; /* those nobody acts for last, else most waiting first */
    uint32_t silents;
    uint32_t firms, firms_alone; /* with a pair in the round; of them, without a person */
};

/* ERR_STORE, ERR_MEMORY. O(pairs + persons). */
enum err partner_answers_count(const struct partner_market *market, struct store_reader *reader,
                               const struct partner_kept *pairs, uint32_t count,
                               struct arena *arena, struct partner_answers *out,
                               struct errinfo *info) ERR_CHECK;

#endif
