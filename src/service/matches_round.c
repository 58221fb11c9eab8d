/* Rounds of suggestions: released, closed, and ended by time. See matches.h. */
#include "base/vec.h"
#include "service/matches.h"

enum { DAY_MS = 24 * 3600 * 1000 };

struct round_read {
    int64_t id, edition_id, number, answer_by_ms;
    enum round_state state;
};

static enum err take_round(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    *(struct round_read *)ctx = (struct round_read){
        .id = id,
        .edition_id = v[MATCH_ROUND_EDITION_ID].integer,
        .number = v[MATCH_ROUND_NUMBER].integer,
        .answer_by_ms = v[MATCH_ROUND_ANSWER_BY_MS].kind == STORE_INTEGER
                            ? v[MATCH_ROUND_ANSWER_BY_MS].integer
                            : 0,
        .state = (enum round_state)kind_of_code(&kind_round_state, v[MATCH_ROUND_STATE].text)};
    return ERR_OK;
}

/* Releasing ---------------------------------------------------------------------------------------
 */

static enum err find_released(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    struct round_read *found = ctx, round;
    enum err code = take_round(&round, id, v, info);
    if (round.state == ROUND_RELEASED)
        *found = round;
    return code;
}

static enum err check_draft(struct store_reader *reader, const struct round_read *round,
                            struct errinfo *info) {
    struct round_read released = {.id = 0};
    if (round->state != ROUND_DRAFT)
        return err_set(info, ERR_CONFLICT, "round %lld was released already",
                       (long long)round->number);
    enum err code = store_scan_equal(reader, TABLE_MATCH_ROUND, MATCH_ROUND_EDITION_ID,
                                     store_int(round->edition_id), find_released, &released, info);
    if (code != ERR_OK || released.id == 0)
        return code;
    err_set(info, ERR_CONFLICT, "round %lld still waits for answers", (long long)released.number);
    err_hint(info, "Close it first: what was not answered can be suggested again.");
    return ERR_CONFLICT;
}

/* A pair of the draft, copied out of the scan because releasing writes. */
struct draft_pair {
    int64_t first_id, second_id; /* organisations */
    int64_t score;
    size_t parts_at, parts_len; /* in the text */
};

struct draft {
    VEC(struct draft_pair)
    pairs;
    VEC(int64_t)
    rows;
    struct buf text;
};

static enum err take_draft(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    struct draft *d = ctx;
    const struct draft_pair pair = {.first_id = v[MATCH_DRAFT_FIRST_ID].integer,
                                    .second_id = v[MATCH_DRAFT_SECOND_ID].integer,
                                    .score = v[MATCH_DRAFT_SCORE].integer,
                                    .parts_at = d->text.len,
                                    .parts_len = v[MATCH_DRAFT_PARTS].text.len};
    buf_add_str(&d->text, v[MATCH_DRAFT_PARTS].text);
    if (buf_error(&d->text, info) != ERR_OK)
        return ERR_LIMIT;
    return vec_push(&d->pairs, pair) && vec_push(&d->rows, id) ? ERR_OK : err_memory(info);
}

struct live {
    int64_t second_id;
    bool found;
};

static enum err is_live(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct live *live = ctx;
    struct partner_match match;
    match_take(&match, id, v);
    live->found = live->found || (match.side[1].participant_id == live->second_id &&
                                  (match.state == PAIR_SUGGESTED || match.state == PAIR_MUTUAL ||
                                   match.state == PAIR_HANDED));
    return ERR_OK;
}

static enum err release_pair(struct store *store, const struct round_read *round,
                             const struct draft_pair *pair, struct str parts, int64_t now_ms,
                             struct match_release *out, struct errinfo *info) {
    int64_t side[2] = {0}, id;
    bool is_active[2] = {false};
    const int64_t organisation[2] = {pair->first_id, pair->second_id};
    for (int s = 0; s < 2; s++) {
        enum err code = match_participant(store, round->edition_id, organisation[s], &side[s],
                                          &is_active[s], &out->participants, info);
        if (code == ERR_NOT_FOUND)
            is_active[s] = false;
        else if (code != ERR_OK)
            return code;
    }
    bool in_order = side[0] < side[1];
    struct live live = {.second_id = in_order ? side[1] : side[0]};
    enum err code = ERR_OK;
    if (is_active[0] && is_active[1])
        code = store_scan_equal(store_reader_of(store), TABLE_MATCH_PAIR, MATCH_PAIR_FIRST_ID,
                                store_int(in_order ? side[0] : side[1]), is_live, &live, info);
    if (code != ERR_OK)
        return code;
    if (!is_active[0] || !is_active[1] || live.found) {
        out->left_out++;
        return ERR_OK;
    }
    struct store_cell cells[] = {{MATCH_PAIR_EDITION_ID, store_int(round->edition_id)},
                                 {MATCH_PAIR_ROUND_ID, store_int(round->id)},
                                 {MATCH_PAIR_FIRST_ID, store_int(side[in_order ? 0 : 1])},
                                 {MATCH_PAIR_SECOND_ID, store_int(side[in_order ? 1 : 0])},
                                 {MATCH_PAIR_ORIGIN, store_text(STR("suggested"))},
                                 {MATCH_PAIR_SCORE, store_int(pair->score)},
                                 {MATCH_PAIR_PARTS, store_text(parts)},
                                 {MATCH_PAIR_STATE, store_text(STR("suggested"))},
                                 {MATCH_PAIR_FIRST_ANSWER, store_text(STR("none"))},
                                 {MATCH_PAIR_SECOND_ANSWER, store_text(STR("none"))},
                                 {MATCH_PAIR_CREATED_MS, store_int(now_ms)}};
    out->suggested++;
    return store_insert(store, TABLE_MATCH_PAIR, cells, sizeof(cells) / sizeof(cells[0]), &id,
                        info);
}

enum err matches_release(struct store *store, const struct access *by, int64_t round_id,
                         int64_t now_ms, struct match_release *out, struct errinfo *info) {
    struct store_reader *reader = store_reader_of(store);
    struct draft draft = {.pairs = {0}};
    struct round_read round;
    int64_t days = 0;
    *out = (struct match_release){0};
    buf_init(&draft.text, SIZE_MAX);
    enum err code = access_check(by, RIGHT_ROUND_RUN, NULL, info);
    if (code == ERR_OK)
        code = store_get(reader, TABLE_MATCH_ROUND, round_id, take_round, &round, info);
    if (code == ERR_OK)
        code = check_draft(reader, &round, info);
    if (code == ERR_OK)
        code = match_answer_days(reader, round.edition_id, &days, info);
    if (code == ERR_OK)
        code = store_scan_equal(reader, TABLE_MATCH_DRAFT, MATCH_DRAFT_ROUND_ID,
                                store_int(round_id), take_draft, &draft, info);
    for (size_t i = 0; i < draft.pairs.len && code == ERR_OK; i++) {
        const struct draft_pair *pair = &draft.pairs.at[i];
        struct str parts =
            str_sub(buf_str(&draft.text), pair->parts_at, pair->parts_at + pair->parts_len);
        code = release_pair(store, &round, pair, parts, now_ms, out, info);
    }
    for (size_t i = 0; i < draft.rows.len && code == ERR_OK; i++)
        code = store_delete(store, TABLE_MATCH_DRAFT, draft.rows.at[i], info);
    out->answer_by_ms = now_ms + days * DAY_MS;
    struct store_cell cells[] = {{MATCH_ROUND_STATE, store_text(STR("released"))},
                                 {MATCH_ROUND_PAIRS, store_int((int64_t)out->suggested)},
                                 {MATCH_ROUND_RELEASED_MS, store_int(now_ms)},
                                 {MATCH_ROUND_ANSWER_BY_MS, store_int(out->answer_by_ms)}};
    if (code == ERR_OK)
        code = store_update(store, TABLE_MATCH_ROUND, round_id, cells, 4, info);
    vec_free(&draft.pairs);
    vec_free(&draft.rows);
    buf_release(&draft.text);
    return code;
}

/* Closing -----------------------------------------------------------------------------------------
 */

struct waiting {
    int64_t round_id; /* of this one; 0 = requests that were made before `before_ms` */
    int64_t edition_id, before_ms;
    VEC(int64_t)
    ids;
};

static enum err find_waiting(void *ctx, int64_t id, const struct store_value *v,
                             struct errinfo *info) {
    struct waiting *w = ctx;
    struct partner_match match;
    match_take(&match, id, v);
    if (match.state != PAIR_SUGGESTED || match.round_id != w->round_id ||
        (w->round_id == 0 && match.created_ms > w->before_ms))
        return ERR_OK;
    return vec_push(&w->ids, id) ? ERR_OK : err_memory(info);
}

static enum err end_waiting(struct store *store, struct waiting *w, int64_t now_ms,
                            uint64_t *expired, struct errinfo *info) {
    struct store_cell cells[] = {{MATCH_PAIR_STATE, store_text(STR("expired"))},
                                 {MATCH_PAIR_CLOSED_MS, store_int(now_ms)}};
    enum err code =
        w->round_id != 0
            ? store_scan_equal(store_reader_of(store), TABLE_MATCH_PAIR, MATCH_PAIR_ROUND_ID,
                               store_int(w->round_id), find_waiting, w, info)
            : store_scan_equal(store_reader_of(store), TABLE_MATCH_PAIR, MATCH_PAIR_EDITION_ID,
                               store_int(w->edition_id), find_waiting, w, info);
    for (size_t i = 0; i < w->ids.len && code == ERR_OK; i++)
        code = store_update(store, TABLE_MATCH_PAIR, w->ids.at[i], cells, 2, info);
    if (code == ERR_OK)
        *expired += w->ids.len;
    vec_free(&w->ids);
    return code;
}

static enum err close_round(struct store *store, int64_t round_id, int64_t now_ms,
                            uint64_t *expired, struct errinfo *info) {
    struct waiting waiting = {.round_id = round_id};
    struct store_cell cells[] = {{MATCH_ROUND_STATE, store_text(STR("closed"))},
                                 {MATCH_ROUND_CLOSED_MS, store_int(now_ms)}};
    enum err code = end_waiting(store, &waiting, now_ms, expired, info);
    return code == ERR_OK ? store_update(store, TABLE_MATCH_ROUND, round_id, cells, 2, info) : code;
}

enum err matches_close(struct store *store, const struct access *by, int64_t round_id,
                       int64_t now_ms, uint64_t *expired, struct errinfo *info) {
    struct round_read round;
    *expired = 0;
    enum err code = access_check(by, RIGHT_ROUND_RUN, NULL, info);
    if (code == ERR_OK)
        code = store_get(store_reader_of(store), TABLE_MATCH_ROUND, round_id, take_round, &round,
                         info);
    if (code == ERR_OK && round.state == ROUND_DRAFT)
        return err_set(info, ERR_CONFLICT, "round %lld is a draft: it was never released",
                       (long long)round.number);
    return code == ERR_OK && round.state == ROUND_RELEASED
               ? close_round(store, round_id, now_ms, expired, info)
               : code;
}

struct rounds {
    int64_t now_ms;
    VEC(int64_t)
    due;
};

static enum err find_due(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct rounds *r = ctx;
    struct round_read round;
    enum err code = take_round(&round, id, v, info);
    if (code == ERR_OK && round.state == ROUND_RELEASED && round.answer_by_ms <= r->now_ms)
        return vec_push(&r->due, id) ? ERR_OK : err_memory(info);
    return code;
}

static enum err take_edition(void *ctx, int64_t id, const struct store_value *v,
                             struct errinfo *info) {
    struct rounds *r = ctx;
    return vec_push(&r->due, id) ? ERR_OK : err_memory(info);
}

enum err matches_expire(struct store *store, int64_t now_ms, uint64_t *expired,
                        struct errinfo *info) {
    struct store_reader *reader = store_reader_of(store);
    struct rounds rounds = {.now_ms = now_ms}, editions = {.now_ms = now_ms};
    *expired = 0;
    enum err code = store_scan(reader, TABLE_MATCH_ROUND, find_due, &rounds, info);
    for (size_t i = 0; i < rounds.due.len && code == ERR_OK; i++)
        code = close_round(store, rounds.due.at[i], now_ms, expired, info);
    if (code == ERR_OK)
        code = store_scan(reader, TABLE_EDITION, take_edition, &editions, info);
    for (size_t i = 0; i < editions.due.len && code == ERR_OK; i++) {
        int64_t days;
        code = match_answer_days(reader, editions.due.at[i], &days, info);
        struct waiting waiting = {.edition_id = editions.due.at[i],
                                  .before_ms = now_ms - days * DAY_MS};
        if (code == ERR_OK)
            code = end_waiting(store, &waiting, now_ms, expired, info);
    }
    vec_free(&rounds.due);
    vec_free(&editions.due);
    return code;
}
