/* Rounds to the store and back; see partner_keep.h. */
#include "service/partner_keep.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "exchange/json_read.h"
#include "service/partner_parts.h"
#include "service/rows.h"

enum { PARTS_BYTES_MAX = 1 << 14, MILLIONTHS = 1000000 };

static int64_t millionths(double value) {
    return (int64_t)llround(value * MILLIONTHS);
}

static struct str text_of(const struct store_value *v) {
    return v->kind == STORE_TEXT ? v->text : STR("");
}

static int order(const void *a, const void *b) {
    const struct partner_kept *x = a, *y = b;
    if (x->first_id != y->first_id)
        return x->first_id < y->first_id ? -1 : 1;
    return (x->second_id > y->second_id) - (x->second_id < y->second_id);
}

/* ---- writing ---- */

static enum err last_number(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    int64_t *last = ctx;
    if (v[MATCH_ROUND_NUMBER].integer > *last)
        *last = v[MATCH_ROUND_NUMBER].integer;
    return ERR_OK;
}

static enum err write_round(struct store *store, const struct partner_round *round, struct str name,
                            int64_t now_ms, int64_t *id, struct errinfo *info) {
    int64_t edition_id = view_this_edition(round->market->view)->id, last = 0;
    const struct partner_settings *settings = &round->settings;
    struct buf weights;
    struct json_out json;
    buf_init(&weights, PARTS_BYTES_MAX);
    json_init(&json, &weights);
    partner_weights_write(&json, settings->weight);
    enum err code = buf_error(&weights, info);
    if (code == ERR_OK)
        code = store_scan_equal(store_reader_of(store), TABLE_MATCH_ROUND, MATCH_ROUND_EDITION_ID,
                                store_int(edition_id), last_number, &last, info);
    struct store_cell cells[] = {
        {MATCH_ROUND_EDITION_ID, store_int(edition_id)},
        {MATCH_ROUND_NUMBER, store_int(last + 1)},
        {MATCH_ROUND_NAME, store_text(name)},
        {MATCH_ROUND_STATE, store_text(str_of(kind_code(&kind_round_state, ROUND_DRAFT)))},
        {MATCH_ROUND_SUGGESTIONS_MAX, store_int(settings->suggestions_max)},
        {MATCH_ROUND_FLOOR, store_int(settings->floor)},
        {MATCH_ROUND_WEIGHTS, store_text(buf_str(&weights))},
        {MATCH_ROUND_STABLE, store_int(round->is_stable)},
        {MATCH_ROUND_PAIRS, store_int(round->pairs)},
        {MATCH_ROUND_TOTAL, store_int(millionths(round->total))},
        {MATCH_ROUND_BOUND, store_int(millionths(round->bound))},
        {MATCH_ROUND_CREATED_MS, store_int(now_ms)}};
    if (code == ERR_OK)
        code = store_insert(store, TABLE_MATCH_ROUND, cells, sizeof(cells) / sizeof(cells[0]), id,
                            info);
    buf_release(&weights);
    return code;
}

static enum err write_pair(struct store *store, const struct partner_round *round,
                           struct match_finder *finder, const struct partner_pair *pair,
                           int64_t round_id, struct buf *text, struct errinfo *info) {
    const struct partner_market *market = round->market;
    struct match_score score;
    struct partner_parts parts;
    struct json_out json;
    int64_t made;
    double total = partner_round_score(finder, &round->settings, pair->first, pair->second, &score);
    partner_parts_of(market, &score, pair->first, pair->second, &parts);
    parts.score = total;
    if (parts.first_id > parts.second_id)
        partner_parts_turn(&parts);
    buf_clear(text);
    json_init(&json, text);
    partner_parts_write(market->view, &parts, &json);
    enum err code = buf_error(text, info);
    struct store_cell cells[] = {{MATCH_DRAFT_ROUND_ID, store_int(round_id)},
                                 {MATCH_DRAFT_FIRST_ID, store_int(parts.first_id)},
                                 {MATCH_DRAFT_SECOND_ID, store_int(parts.second_id)},
                                 {MATCH_DRAFT_SCORE, store_int(millionths(total))},
                                 {MATCH_DRAFT_PARTS, store_text(buf_str(text))}};
    return code == ERR_OK ? store_insert(store, TABLE_MATCH_DRAFT, cells, 5, &made, info) : code;
}

enum err partner_keep(struct store *store, const struct access *by,
                      const struct partner_round *round, struct str name, int64_t now_ms,
                      int64_t *id, struct errinfo *info) {
    struct match_finder *finder = NULL;
    struct buf text;
    buf_init(&text, PARTS_BYTES_MAX);
    enum err code = access_check(by, RIGHT_ROUND_RUN, NULL, info);
    if (code == ERR_OK)
        code = match_finder_new(round->market->index, &finder, info);
    if (code == ERR_OK)
        code = write_round(store, round, name, now_ms, id, info);
    for (uint32_t p = 0; p < round->pairs && code == ERR_OK; p++)
        code = write_pair(store, round, finder, &round->pair[p], *id, &text, info);
    match_finder_free(finder);
    buf_release(&text);
    return code;
}

enum err partner_keep_delete(struct store *store, const struct access *by, int64_t id,
                             struct errinfo *info) {
    struct arena arena;
    struct partner_round_row row;
    arena_init(&arena, PARTS_BYTES_MAX);
    enum err code = access_check(by, RIGHT_ROUND_RUN, NULL, info);
    if (code == ERR_OK)
        code = partner_keep_round(store_reader_of(store), by, id, &arena, &row, info);
    if (code == ERR_OK && row.state != ROUND_DRAFT) {
        code = err_set(info, ERR_CONFLICT, "round %lld was released and stays on record",
                       (long long)row.number);
        err_hint(info, "Close it instead.");
    }
    if (code == ERR_OK)
        code = rows_delete(store, TABLE_MATCH_DRAFT, MATCH_DRAFT_ROUND_ID, store_int(id), 0, info);
    if (code == ERR_OK)
        code = store_delete(store, TABLE_MATCH_ROUND, id, info);
    arena_release(&arena);
    return code;
}

/* ---- reading rounds ---- */

struct reading {
    struct arena *arena;
    VEC(struct partner_round_row)
    rows;
};

/* Weights as partner_weights_write wrote them; a part that is not named weighs nothing. */
static enum err read_weights(struct str json, struct arena *arena, double weight[MATCH_PARTS],
                             struct errinfo *info) {
    const struct json_value *at;
    enum err code = json_read(json, NULL, arena, &at, info);
    for (int part = 0; part < MATCH_PARTS && code == ERR_OK; part++) {
        const struct json_value *v = json_get(at, match_part_code((enum match_part)part));
        weight[part] = v != NULL ? v->number / PARTNER_WEIGHT_WHOLE : 0;
    }
    return code;
}

static enum err take_round(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    struct reading *r = ctx;
    struct partner_round_row row = {
        .id = id,
        .edition_id = v[MATCH_ROUND_EDITION_ID].integer,
        .number = v[MATCH_ROUND_NUMBER].integer,
        .name = arena_copy(r->arena, text_of(&v[MATCH_ROUND_NAME])),
        .state = (enum round_state)kind_of_code(&kind_round_state, text_of(&v[MATCH_ROUND_STATE])),
        .suggestions_max = (uint32_t)v[MATCH_ROUND_SUGGESTIONS_MAX].integer,
        .floor = (uint32_t)v[MATCH_ROUND_FLOOR].integer,
        .pairs = (uint32_t)v[MATCH_ROUND_PAIRS].integer,
        .is_stable = v[MATCH_ROUND_STABLE].integer != 0,
        .total = (double)v[MATCH_ROUND_TOTAL].integer / MILLIONTHS,
        .bound = (double)v[MATCH_ROUND_BOUND].integer / MILLIONTHS,
        .created_ms = v[MATCH_ROUND_CREATED_MS].integer,
        .released_ms = v[MATCH_ROUND_RELEASED_MS].integer,
        .answer_by_ms = v[MATCH_ROUND_ANSWER_BY_MS].integer,
        .closed_ms = v[MATCH_ROUND_CLOSED_MS].integer,
    };
    enum err code = read_weights(text_of(&v[MATCH_ROUND_WEIGHTS]), r->arena, row.weight, info);
    if (code == ERR_OK && (row.name.ptr == NULL || !vec_push(&r->rows, row)))
        code = err_memory(info);
    return code;
}

static int by_number(const void *a, const void *b) {
    const struct partner_round_row *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

enum err partner_keep_rounds(struct store_reader *reader, const struct access *by,
                             int64_t edition_id, struct arena *arena,
                             struct partner_round_row **rows, uint32_t *count,
                             struct errinfo *info) {
    struct reading r = {.arena = arena};
    *count = 0;
    enum err code = access_check(by, RIGHT_PARTNER_READ, NULL, info);
    if (code == ERR_OK)
        code = store_scan_equal(reader, TABLE_MATCH_ROUND, MATCH_ROUND_EDITION_ID,
                                store_int(edition_id), take_round, &r, info);
    *rows = arena_new(arena, r.rows.len + 1, sizeof(**rows));
    if (code == ERR_OK && *rows == NULL)
        code = err_memory(info);
    if (code == ERR_OK && r.rows.len > 0) {
        memcpy(*rows, r.rows.at, r.rows.len * sizeof(**rows));
        qsort(*rows, r.rows.len, sizeof(**rows), by_number);
        *count = (uint32_t)r.rows.len;
    }
    vec_free(&r.rows);
    return code;
}

enum err partner_keep_round(struct store_reader *reader, const struct access *by, int64_t id,
                            struct arena *arena, struct partner_round_row *row,
                            struct errinfo *info) {
    struct reading r = {.arena = arena};
    enum err code = access_check(by, RIGHT_PARTNER_READ, NULL, info);
    if (code == ERR_OK)
        code = store_get(reader, TABLE_MATCH_ROUND, id, take_round, &r, info);
    if (code == ERR_OK)
        *row = r.rows.at[0];
    vec_free(&r.rows);
    return code;
}

/* ---- reading pairs ---- */

struct pairs {
    struct store_reader *reader;
    struct arena *arena;
    bool with_parts;
    struct u64_map organisation; /* participant -> position in `organisations` */
    VEC(int64_t)
    organisations;
    VEC(struct partner_kept)
    list;
};

static enum err take(struct pairs *p, struct partner_kept kept, const struct store_value *parts,
                     struct errinfo *info) {
    int64_t first = kept.first_id;
    if (first > kept.second_id) {
        kept = (struct partner_kept){.first_id = kept.second_id,
                                     .second_id = first,
                                     .score = kept.score,
                                     .state = kept.state,
                                     .answer = {kept.answer[1], kept.answer[0]},
                                     .decline = {kept.decline[1], kept.decline[0]}};
    }
    kept.parts = STR("");
    if (p->with_parts)
        kept.parts = arena_copy(p->arena, text_of(parts));
    return kept.parts.ptr != NULL && vec_push(&p->list, kept) ? ERR_OK : err_memory(info);
}

static enum err take_draft(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    struct partner_kept kept = {.first_id = v[MATCH_DRAFT_FIRST_ID].integer,
                                .second_id = v[MATCH_DRAFT_SECOND_ID].integer,
                                .score = v[MATCH_DRAFT_SCORE].integer};
    return take(ctx, kept, &v[MATCH_DRAFT_PARTS], info);
}

static enum err take_participant(void *ctx, int64_t id, const struct store_value *v,
                                 struct errinfo *info) {
    struct pairs *p = ctx;
    return vec_push(&p->organisations, v[PARTICIPANT_ORGANISATION_ID].integer) &&
                   u64_map_put(&p->organisation, (uint64_t)id, (uint32_t)p->organisations.len - 1)
               ? ERR_OK
               : err_memory(info);
}

static int64_t organisation_of(const struct pairs *p, const struct store_value *participant) {
    uint32_t at = u64_map_get(&p->organisation, (uint64_t)participant->integer);
    return at != MAP_NONE ? p->organisations.at[at] : 0;
}

static uint8_t code_of(const struct kind *kind, const struct store_value *code) {
    return (uint8_t)kind_of_code(kind, text_of(code));
}

static enum err take_pair(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    struct pairs *p = ctx;
    struct partner_kept kept = {
        .first_id = organisation_of(p, &v[MATCH_PAIR_FIRST_ID]),
        .second_id = organisation_of(p, &v[MATCH_PAIR_SECOND_ID]),
        .score = v[MATCH_PAIR_SCORE].integer,
        .state = (enum pair_state)kind_of_code(&kind_pair_state, text_of(&v[MATCH_PAIR_STATE])),
        .answer = {code_of(&kind_answer, &v[MATCH_PAIR_FIRST_ANSWER]),
                   code_of(&kind_answer, &v[MATCH_PAIR_SECOND_ANSWER])},
        .decline = {code_of(&kind_decline, &v[MATCH_PAIR_FIRST_REASON]),
                    code_of(&kind_decline, &v[MATCH_PAIR_SECOND_REASON])}};
    return take(p, kept, &v[MATCH_PAIR_PARTS], info);
}

/* The list in the arena, in order. */
static enum err hand_over(struct pairs *p, struct partner_kept **pairs, uint32_t *count,
                          struct errinfo *info) {
    *pairs = arena_new(p->arena, p->list.len + 1, sizeof(**pairs));
    if (*pairs == NULL)
        return err_memory(info);
    *count = (uint32_t)p->list.len;
    if (*count > 0) {
        memcpy(*pairs, p->list.at, *count * sizeof(**pairs));
        qsort(*pairs, *count, sizeof(**pairs), order);
    }
    return ERR_OK;
}

enum err partner_keep_pairs(struct store_reader *reader, const struct access *by,
                            const struct partner_round_row *row, bool with_parts,
                            struct arena *arena, struct partner_kept **pairs, uint32_t *count,
                            struct errinfo *info) {
    struct pairs p = {.reader = reader, .arena = arena, .with_parts = with_parts};
    struct store_value edition = store_int(row->edition_id), id = store_int(row->id);
    *count = 0;
    enum err code = access_check(by, RIGHT_PARTNER_READ, NULL, info);
    if (code == ERR_OK && row->state == ROUND_DRAFT)
        code = store_scan_equal(reader, TABLE_MATCH_DRAFT, MATCH_DRAFT_ROUND_ID, id, take_draft, &p,
                                info);
    if (code == ERR_OK && row->state != ROUND_DRAFT)
        code = store_scan_equal(reader, TABLE_PARTICIPANT, PARTICIPANT_EDITION_ID, edition,
                                take_participant, &p, info);
    if (code == ERR_OK && row->state != ROUND_DRAFT)
        code = store_scan_equal(reader, TABLE_MATCH_PAIR, MATCH_PAIR_ROUND_ID, id, take_pair, &p,
                                info);
    if (code == ERR_OK)
        code = hand_over(&p, pairs, count, info);
    u64_map_release(&p.organisation);
    vec_free(&p.organisations);
    vec_free(&p.list);
    return code;
}

enum err partner_keep_pairs_of(const struct partner_round *round, struct arena *arena,
                               struct partner_kept **pairs, uint32_t *count, struct errinfo *info) {
    struct pairs p = {.arena = arena};
    const struct store_value none = {0};
    enum err code = ERR_OK;
    *count = 0;
    for (uint32_t i = 0; i < round->pairs && code == ERR_OK; i++) {
        const struct partner_pair *pair = &round->pair[i];
        struct partner_kept kept = {
            .first_id = partner_organisation(round->market, pair->first)->id,
            .second_id = partner_organisation(round->market, pair->second)->id,
            .score = millionths(pair->score)};
        code = take(&p, kept, &none, info);
    }
    if (code == ERR_OK)
        code = hand_over(&p, pairs, count, info);
    vec_free(&p.list);
    return code;
}

enum err partner_keep_load(const struct partner_market *market, const struct partner_round_row *row,
                           const struct partner_kept *pairs, uint32_t count,
                           struct partner_round **out, struct errinfo *info) {
    struct partner_settings settings = partner_settings_default();
    VEC(struct partner_pair)
    known = {0};
    enum err code = ERR_OK;
    settings.suggestions_max = row->suggestions_max;
    settings.floor = row->floor;
    memcpy(settings.weight, row->weight, sizeof(settings.weight));
    for (uint32_t i = 0; i < count && code == ERR_OK; i++) {
        uint32_t first = partner_market_firm(market, pairs[i].first_id);
        uint32_t second = partner_market_firm(market, pairs[i].second_id);
        struct partner_pair pair = {first < second ? first : second,
                                    first < second ? second : first,
                                    (double)pairs[i].score / MILLIONTHS};
        if (first != VIEW_NONE && second != VIEW_NONE && !vec_push(&known, pair))
            code = err_memory(info);
    }
    if (code == ERR_OK)
        code = partner_round_of_pairs(market, &settings, known.at, (uint32_t)known.len, out, info);
    vec_free(&known);
    if (code == ERR_OK) {
        (*out)->is_stable = row->is_stable;
        (*out)->total = row->total;
        (*out)->bound = row->bound;
    }
    return code;
}
