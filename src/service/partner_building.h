/* Private to service/partner_*.c: what the parts of partner_market_new share. */
#ifndef FAIRLEAD_SERVICE_PARTNER_BUILDING_H
#define FAIRLEAD_SERVICE_PARTNER_BUILDING_H

#include "base/vec.h"
#include "service/partner_market.h"

struct partner_claim {
    uint32_t firm, node;
    uint8_t side, basis; /* as in engine/match/market.h */
};

/* How much of a node a firm takes or delivers, in the base unit of its dimension. */
struct partner_amount {
    uint32_t firm, node, dimension;
    uint8_t side;
    double amount;
};

struct partner_seek {
    uint32_t firm;
    struct match_seek seek;
};

struct partner_condition {
    uint32_t firm;
    struct match_condition condition;
};

struct partner_certificate {
    uint32_t firm, code;
};

struct partner_tie {
    uint32_t firm;
    struct match_tie tie;
};

/* A participant of any edition. */
struct partner_person {
    uint32_t organisation, firm; /* firm VIEW_NONE = of another edition, or withdrawn visitor */
};

struct partner_building {
    struct partner_market *market;
    const struct view *view;
    struct store_reader *reader;
    int64_t edition_id;
    struct u64_map node_by_id;
    struct u64_map person_by_id; /* participant -> persons */
    VEC(struct partner_person)
    persons;
    VEC(struct partner_firm)
    firms;
    struct match_firm *said; /* [firms] of the market */
    VEC(struct partner_claim)
    claims;
    VEC(struct partner_claim)
    denied; /* side and node that a firm says it does not have */
    VEC(struct partner_amount)
    amounts;
    VEC(struct partner_seek)
    seeks;
    VEC(struct partner_condition)
    conditions;
    VEC(struct partner_certificate)
    certificates;
    VEC(struct partner_tie)
    ties;
    VEC(struct str)
    certificate_names;
    struct str_map certificate_by_key;
    VEC(struct str)
    units; /* those that are not in the table of units */
};

/* The firm of a participant in this edition, or VIEW_NONE. */
uint32_t partner_firm_of(const struct partner_building *b, int64_t participant_id);

/* What participants say: seeks, volumes, conditions, certificates, languages. */
enum err partner_build_said(struct partner_building *b, struct errinfo *info) ERR_CHECK;
/* The languages and certificates of one row of participant. */
enum err partner_build_skills(struct partner_building *b, uint32_t firm, struct str languages,
                              struct str certificates, struct errinfo *info) ERR_CHECK;
/* Agreements, wishes, earlier matches and what their ends teach. */
enum err partner_build_ties(struct partner_building *b, struct errinfo *info) ERR_CHECK;

#endif
