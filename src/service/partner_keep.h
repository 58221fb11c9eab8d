/*
 * Rounds in the store: drafts that are kept, their pairs, and what is released.
 *
 * A draft holds its pairs in match_draft, by organisation; releasing moves them into match_pair
 * (matches.h), closing ends those that nobody answered. A draft can be deleted, nothing else can.
 *
 * Thread rule: that of the store and reader given.
 */
#ifndef FAIRLEAD_SERVICE_PARTNER_KEEP_H
#define FAIRLEAD_SERVICE_PARTNER_KEEP_H

#include "model/kinds.h"
#include "service/partner_count.h"

struct partner_round_row {
    int64_t id, edition_id, number;
    struct str name;
    enum round_state state;
    uint32_t suggestions_max, floor, pairs;
    double weight[MATCH_PARTS];
    bool is_stable;
    double total, bound;
    int64_t created_ms, released_ms, answer_by_ms, closed_ms; /* 0 = not */
};

/*
 * Writes a round as a draft inside the open batch, of which it may be the only thing: pairs with
 * their scores and facts. By RIGHT_ROUND_RUN. O(pairs).
 */
enum err partner_keep(struct store *store, const struct access *by,
                      const struct partner_round *round, struct str name, int64_t now_ms,
                      int64_t *id, struct errinfo *info) ERR_CHECK;

/* Deletes a draft inside the open batch. By RIGHT_ROUND_RUN; ERR_CONFLICT when it is released. */
enum err partner_keep_delete(struct store *store, const struct access *by, int64_t id,
                             struct errinfo *info) ERR_CHECK;

/* The rounds of an edition by number, in memory of the arena. By RIGHT_PARTNER_READ everywhere. */
enum err partner_keep_rounds(struct store_reader *reader, const struct access *by,
                             int64_t edition_id, struct arena *arena,
                             struct partner_round_row **rows, uint32_t *count,
                             struct errinfo *info) ERR_CHECK;

/* One of them. ERR_NOT_FOUND. */
enum err partner_keep_round(struct store_reader *reader, const struct access *by, int64_t id,
                            struct arena *arena, struct partner_round_row *row,
                            struct errinfo *info) ERR_CHECK;

/* Its pairs by organisation, in memory of the arena; `parts` are left out unless `with_parts`. By
 * the same right. O(pairs log pairs). */
enum err partner_keep_pairs(struct store_reader *reader, const struct access *by,
                            const struct partner_round_row *row, bool with_parts,
                            struct arena *arena, struct partner_kept **pairs, uint32_t *count,
                            struct errinfo *info) ERR_CHECK;

/* The same of a round that is not kept, without parts. */
enum err partner_keep_pairs_of(const struct partner_round *round, struct arena *arena,
                               struct partner_kept **pairs, uint32_t *count,
                               struct errinfo *info) ERR_CHECK;

/* A kept round with its pairs on the market as it is now, for counting (partner_count.h); pairs of
 * those who take no part any more are left out. See partner_round_of_pairs. */
enum err partner_keep_load(const struct partner_market *market, const struct partner_round_row *row,
                           const struct partner_kept *pairs, uint32_t count,
                           struct partner_round **out, struct errinfo *info) ERR_CHECK;

#endif
