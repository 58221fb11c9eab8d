/*
 * What lies between two firms already: agreements, names on wish lists, earlier matches, and what a
 * declined match teaches; see partner_market.h.
 */
#include "service/partner_building.h"
#include "service/partner_parts.h"

enum { PARTS_BYTES_MAX = 1 << 20, CONFIDENCE_WHOLE = 1000 };

#define AGREED 1.0F     /* an agreement runs */
#define MEMORANDUM 0.8F /* a memorandum runs */
#define MET 0.6F        /* they have met, or what they had has ended */

static struct str text_of(const struct store_value *v) {
    return v->kind == STORE_TEXT ? v->text : STR("");
}

static uint32_t firm_of_organisation(const struct partner_building *b, int64_t id) {
    return partner_market_firm(b->market, id);
}

/* A fact about two firms, the wish being the first one's. */
static enum err add_tie(struct partner_building *b, uint32_t a, uint32_t c, struct match_tie tie,
                        struct errinfo *info) {
    struct partner_tie there = {a, tie}, back = {c, tie};
    there.tie.firm = c;
    back.tie.firm = a;
    back.tie.wish = 0;
    if (a == VIEW_NONE || c == VIEW_NONE || a == c)
        return ERR_OK;
    return vec_push(&b->ties, there) && vec_push(&b->ties, back) ? ERR_OK : err_memory(info);
}

/* ---- agreements and wishes ---- */

/* Whether it holds at the edition's first day; days that are not known are no objection. */
static bool is_running(const struct partner_building *b, struct str starts, struct str ends) {
    struct str day = view_this_edition(b->view)->starts;
    if (day.len == 0)
        return true;
    return (starts.len == 0 || str_compare(starts, day) <= 0) &&
           (ends.len == 0 || str_compare(day, ends) <= 0);
}

static enum err add_agreement(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    struct partner_building *b = ctx;
    struct str kind = text_of(&v[AGREEMENT_KIND]);
    bool runs = is_running(b, text_of(&v[AGREEMENT_STARTS]), text_of(&v[AGREEMENT_ENDS]));
    struct match_tie tie = {.continuity = runs && str_equal_c(kind, "contract")     ? AGREED
                                          : runs && str_equal_c(kind, "memorandum") ? MEMORANDUM
                                                                                    : MET};
    return add_tie(b, firm_of_organisation(b, v[AGREEMENT_FIRST_ID].integer),
                   firm_of_organisation(b, v[AGREEMENT_SECOND_ID].integer), tie, info);
}

static enum err add_wish(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct partner_building *b = ctx;
    int64_t confidence = v[WISH_CONFIDENCE].kind == STORE_INTEGER ? v[WISH_CONFIDENCE].integer : 0;
    if (str_equal_c(text_of(&v[WISH_STATE]), "refused") ||
        v[WISH_ORGANISATION_ID].kind != STORE_INTEGER)
        return ERR_OK;
    confidence = confidence < 0 ? 0 : confidence > CONFIDENCE_WHOLE ? CONFIDENCE_WHOLE : confidence;
    return add_tie(b, partner_firm_of(b, v[WISH_PARTICIPANT_ID].integer),
                   firm_of_organisation(b, v[WISH_ORGANISATION_ID].integer),
                   (struct match_tie){.wish = (float)confidence / CONFIDENCE_WHOLE}, info);
}

/* ---- earlier matches ---- */

struct reading {
    struct partner_building *b;
    struct arena arena;
};

static enum err deny(struct partner_building *b, uint32_t firm, uint32_t node, enum match_side side,
                     struct errinfo *info) {
    struct partner_claim claim = {firm, node, (uint8_t)side, MATCH_INFERRED};
    return vec_push(&b->denied, claim) ? ERR_OK : err_memory(info);
}

/* What a side that declined says of an inferred claim of its own. */
static enum err learn(struct reading *r, uint32_t firm, struct str reason, struct str json,
                      struct errinfo *info) {
    struct partner_building *b = r->b;
    struct partner_parts parts;
    bool is_not_needed = str_equal_c(reason, "not-needed");
    if (json.len == 0 || (!is_not_needed && !str_equal_c(reason, "not-offered")))
        return ERR_OK;
    enum err code = partner_parts_read(b->view, json, &r->arena, &parts, info);
    arena_clear(&r->arena);
    if (code != ERR_OK)
        return code == ERR_INPUT ? ERR_OK : code; /* parts that no version wrote teach nothing */
    if (firm_of_organisation(b, parts.first_id) != firm)
        partner_parts_turn(&parts);
    if (is_not_needed && parts.need.give != VIEW_NONE && parts.need.side == MATCH_NEEDS)
        return deny(b, firm, parts.need.take, MATCH_NEEDS, info);
    if (!is_not_needed && parts.offer.give != VIEW_NONE)
        return deny(b, firm, parts.offer.give, MATCH_OFFERS, info);
    return ERR_OK;
}

static enum err learn_both(struct reading *r, uint32_t first, uint32_t second,
                           const struct store_value *v, struct errinfo *info) {
    struct str json = text_of(&v[MATCH_PAIR_PARTS]);
    enum err code = ERR_OK;
    if (str_equal_c(text_of(&v[MATCH_PAIR_FIRST_ANSWER]), "declined"))
        code = learn(r, first, text_of(&v[MATCH_PAIR_FIRST_REASON]), json, info);
    if (code == ERR_OK && str_equal_c(text_of(&v[MATCH_PAIR_SECOND_ANSWER]), "declined"))
        code = learn(r, second, text_of(&v[MATCH_PAIR_SECOND_REASON]), json, info);
    return code;
}

static uint32_t organisation_of(const struct partner_building *b, int64_t participant_id) {
    uint32_t at = u64_map_get(&b->person_by_id, (uint64_t)participant_id);
    return at != MAP_NONE ? b->persons.at[at].organisation : VIEW_NONE;
}

static uint32_t firm_of_any(const struct partner_building *b, int64_t participant_id) {
    uint32_t organisation = organisation_of(b, participant_id);
    return organisation != VIEW_NONE ? b->market->firm_of_organisation[organisation] : VIEW_NONE;
}

static enum err add_pair(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct reading *r = ctx;
    struct partner_building *b = r->b;
    struct str state = text_of(&v[MATCH_PAIR_STATE]);
    bool is_here = v[MATCH_PAIR_EDITION_ID].integer == b->edition_id;
    bool stands = str_equal_c(state, "mutual") || str_equal_c(state, "handed");
    bool is_declined = str_equal_c(state, "declined");
    bool is_rival = is_declined && (str_equal_c(text_of(&v[MATCH_PAIR_FIRST_REASON]), "rival") ||
                                    str_equal_c(text_of(&v[MATCH_PAIR_SECOND_REASON]), "rival"));
    uint32_t first = firm_of_any(b, v[MATCH_PAIR_FIRST_ID].integer);
    uint32_t second = firm_of_any(b, v[MATCH_PAIR_SECOND_ID].integer);
    struct match_tie tie = {.continuity = stands && !is_here ? MET : 0};
    if (first == VIEW_NONE || second == VIEW_NONE)
        return ERR_OK;
    if (is_here && (stands || str_equal_c(state, "suggested"))) {
        tie.bar = PARTNER_BAR_LIVE;
        b->firms.at[first].live++;
        b->firms.at[second].live++;
    } else if (is_rival) {
        tie.bar = PARTNER_BAR_RIVAL;
    } else if (is_here && is_declined) {
        tie.bar = PARTNER_BAR_DECLINED;
    }
    if (tie.bar == PARTNER_BAR_NONE && tie.continuity <= 0)
        return ERR_OK;
    enum err code = add_tie(b, first, second, tie, info);
    return code == ERR_OK && is_declined ? learn_both(r, first, second, v, info) : code;
}

enum err partner_build_ties(struct partner_building *b, struct errinfo *info) {
    struct reading reading = {.b = b};
    arena_init(&reading.arena, PARTS_BYTES_MAX);
    enum err code = store_scan(b->reader, TABLE_AGREEMENT, add_agreement, b, info);
    if (code == ERR_OK)
        code = store_scan(b->reader, TABLE_WISH, add_wish, b, info);
    if (code == ERR_OK)
        code = store_scan(b->reader, TABLE_MATCH_PAIR, add_pair, &reading, info);
    arena_release(&reading.arena);
    return code;
}
