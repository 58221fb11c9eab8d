/*
 * The partner market of an edition: everybody who takes part in matching, what each offers, needs,
 * seeks and asks of partners, and what lies between two already; in the form of engine/match.
 *
 * Firms are the exhibitors of the view in its order, then the visitor organisations (participants
 * without a stand). Offers and needs are statements; what a seek names of a supplier or a service
 * is a declared need, and of a customer a declared offer. A lead exhibitor and those it brought
 * are a group: they know each other, and a suggestion that leads to the own stand is a suggestion
 * less. A pair is barred that stands or waits for an answer, that one side declined in this
 * edition, or as rivals in any. A declined pair teaches: where it rested on something inferred that
 * the side which declined says it does not need or offer, that claim is left out of the market; a
 * need that only follows from what it makes is no claim, and the bar is all that is learnt.
 *
 * Ownership: the market borrows the view, which must outlive it; all else is its own.
 * Thread rule: read-only once made; any number of threads.
 * Time: about 3 ms at 1,200 exhibitors; one pass over each table of what participants say.
 */
#ifndef FAIRLEAD_SERVICE_PARTNER_MARKET_H
#define FAIRLEAD_SERVICE_PARTNER_MARKET_H

#include "engine/match/candidates.h"
#include "service/view.h"

enum { PARTNER_NOT_SAID = UINT32_MAX, PARTNER_LANGUAGES_MAX = 64, PARTNER_MEETINGS_MOST = 1000 };

/* Why a pair is barred: match_tie.bar. */
enum partner_bar {
    PARTNER_BAR_NONE,
    PARTNER_BAR_DECLINED, /* by one side, in this edition */
    PARTNER_BAR_RIVAL,    /* declined as rivals, in any edition */
    PARTNER_BAR_LIVE,     /* suggested, asked for, agreed or in the timetable */
};

struct partner_firm {
    uint32_t organisation;  /* view->organisation */
    uint32_t exhibitor;     /* view->exhibitor, or VIEW_NONE = a visitor organisation */
    int64_t participant_id; /* 0 = an exhibitor that has said nothing */
    uint32_t kind;          /* of kind_participant */
    uint32_t meetings_max;  /* or PARTNER_NOT_SAID */
    uint32_t live;          /* matches that stand or wait for an answer */
    bool is_withdrawn;      /* takes part in no round */
    bool is_newcomer;       /* exhibits for the first time */
};

struct partner_market {
    const struct view *view;
    struct arena arena;
    uint32_t firms;
    struct partner_firm *firm;
    uint32_t *firm_of_organisation;             /* [view->organisations] or VIEW_NONE */
    struct match_market match;                  /* arrays of `firms` firms and view->nodes nodes */
    struct match_index *index;                  /* of `match` */
    struct str language[PARTNER_LANGUAGES_MAX]; /* code of each bit */
    uint32_t languages;
    struct str *certificate; /* by code, as first written */
    uint32_t certificates;
    uint32_t taught; /* claims left out because a pair that rested on them was declined */
};

/*
 * Reads what participants say, from the same state of the database as the view or a later one.
 * ERR_STORE, ERR_MEMORY, ERR_STOPPED.
 */
enum err partner_market_new(const struct view *view, struct store_reader *reader,
                            const struct job *job, struct partner_market **out,
                            struct errinfo *info) ERR_CHECK;
void partner_market_free(struct partner_market *market);

/* The firm of an organisation by its id, or VIEW_NONE when it takes no part. */
uint32_t partner_market_firm(const struct partner_market *market, int64_t organisation_id);

/* The organisation of a firm. */
const struct view_organisation *partner_organisation(const struct partner_market *market,
                                                     uint32_t firm);

#endif
