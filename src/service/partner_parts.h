/*
 * The parts of a pair's score with their facts, as they are kept with a pair: by organisation, node
 * code and country, so that they can be read when numbers of firms and nodes have changed.
 *
 * In JSON (match_draft.parts, match_pair.parts), parts that are 0 and facts that are not there are
 * left out:
 *
 *     {"first": 12, "second": 40, "score": 0.62, "parts": {"fit-need": 0.71, "resilience": 1},
 *      "need": {"give": "bat.cell", "take": "bat.pack", "side": "offer", "kind": "essential",
 *               "give_basis": "declared", "take_basis": "inferred", "things": 2},
 *      "offer": {...}, "resilience": {"node": "bat.cell", "supplier": 40, "others": 1,
 *      "countries": 1}, "volume": {"node", "supplier", "supply", "demand"},
 *      "wish": {"kind": "named"}, "languages": "zh en", "return": true, "same": 1, "same_of": 4}
 *
 * "need" is what second gives to first, "offer" the other way round; first and second are
 * organisations.
 *
 * Thread rule: pure.
 */
#ifndef FAIRLEAD_SERVICE_PARTNER_PARTS_H
#define FAIRLEAD_SERVICE_PARTNER_PARTS_H

#include "base/json.h"
#include "service/partner_market.h"

struct partner_fit {
    uint32_t give, take;            /* view->node; give VIEW_NONE = nothing */
    uint8_t side, kind;             /* enum match_side of `take`, enum match_kind */
    uint8_t give_basis, take_basis; /* enum match_basis */
    uint32_t things;
};

enum { PARTNER_SPOKEN_MAX = 48 };

struct partner_parts {
    int64_t first_id, second_id; /* organisations; the score is as the first sees it */
    double score, part[MATCH_PARTS];
    struct partner_fit need, offer;
    struct {
        uint32_t node; /* view->node, or VIEW_NONE = nothing to tell */
        int64_t supplier_id;
        uint32_t others, countries;
    } resilience;
    struct {
        uint32_t node;
        int64_t supplier_id;
        double supply, demand;
    } volume;
    struct {
        uint8_t kind;       /* enum match_wish_kind */
        int64_t of_id;      /* whose wish */
        uint8_t seek;       /* enum match_seek_kind */
        uint32_t seek_node; /* what is sought; VIEW_NONE = left open */
        uint32_t node;      /* of the partner, that meets it; or VIEW_NONE */
        uint32_t held, asked;
    } wish;
    char languages[PARTNER_SPOKEN_MAX]; /* in common, codes between blanks */
    bool both_return;
    uint32_t same, same_of;
};

/* From a score of two firms of the market, as `first` sees it. */
void partner_parts_of(const struct partner_market *market, const struct match_score *score,
                      uint32_t first, uint32_t second, struct partner_parts *out);

/* As the other side sees it; the total stays. */
void partner_parts_turn(struct partner_parts *parts);

/* Writes them as one JSON object. */
void partner_parts_write(const struct view *view, const struct partner_parts *parts,
                         struct json_out *json);

/* Reads what partner_parts_write wrote. Nodes that are gone from the catalogue leave their fact
 * out. ERR_INPUT, ERR_MEMORY. The arena is for the work alone. */
enum err partner_parts_read(const struct view *view, struct str json, struct arena *arena,
                            struct partner_parts *out, struct errinfo *info) ERR_CHECK;

#endif
