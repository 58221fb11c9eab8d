/*
 * Why two are suggested to each other, or why not: their score, where each stands for the other,
 * and what kept them apart, in words and numbers.
 *
 * To an organiser (PARTNER_OF_BOTH) everything is said by name. To the first of the two
 * (PARTNER_TO_FIRST) nothing is said that is the other's own: which condition it sets, why it
 * declined, how full its list is in numbers.
 *
 * Thread rule: pure.
 */
#ifndef FAIRLEAD_SERVICE_PARTNER_WHY_H
#define FAIRLEAD_SERVICE_PARTNER_WHY_H

#include "service/partner_round.h"
#include "service/partner_words.h"

enum partner_verdict {
    PARTNER_SUGGESTED,
    PARTNER_ITSELF,    /* the same organisation twice */
    PARTNER_BUNDLE,    /* a lead exhibitor and those it brought */
    PARTNER_BARRED,    /* a match of the two stands, waits, or has ended with a no */
    PARTNER_CONDITION, /* one asks for what the other is not, or did not say */
    PARTNER_NO_PLACE,  /* one takes part in no round, or can take no more */
    PARTNER_NOTHING,   /* nothing to exchange */
    PARTNER_TOO_FAR,   /* neither is among the candidates of the other */
    PARTNER_STRONGER,  /* stronger pairs took the places */
    PARTNER_QUESTION,  /* they come into question, and the round has no pairs to say more */
    PARTNER_VERDICTS
};

/* What one side's list looks like beside the pair. */
struct partner_side {
    uint32_t rank; /* of the other among all that it could meet, from 1; 0 = not among them */
    uint32_t of;   /* how many it could meet */
    uint32_t count, capacity;
    double weakest; /* score of the last in its list; 0 = the list is empty */
    double price;   /* what a place in its list is worth to the whole; 0 = it has places left */
};

struct partner_why {
    uint32_t first, second; /* firms */
    enum partner_verdict verdict;
    struct match_score score; /* as the first sees it */
    double total;             /* as the round counts it */
    struct partner_parts parts;
    struct partner_side side[2]; /* of the first, of the second */
};

struct partner_sentence {
    struct str en, zh;
};

enum { PARTNER_SENTENCES_MAX = 8 };

/* The stable word of a verdict ("suggested", "stronger"). */
const char *partner_verdict_code(enum partner_verdict verdict);

/* O(all that the two could meet). ERR_MEMORY. */
enum err partner_why_find(const struct partner_round *round, uint32_t first, uint32_t second,
                          struct partner_why *out, struct errinfo *info) ERR_CHECK;

/* The verdict and what it rests on, without the reasons to meet (partner_words of why->parts). */
enum err partner_why_words(const struct partner_round *round, const struct partner_why *why,
                           enum partner_voice voice, struct arena *arena,
                           struct partner_sentence out[PARTNER_SENTENCES_MAX], uint32_t *count,
                           struct errinfo *info) ERR_CHECK;

#endif
