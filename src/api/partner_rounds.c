/* Rounds of suggestions: running, showing, releasing, closing, deleting them. */
#include "api/partners.h"

#include "api/desk_parts.h"
#include "api/my.h"
#include "api/session.h"
#include "service/desk.h"
#include "service/match_letters.h"
#include "service/matches.h"

enum { NAME_BYTES_MAX = 200 };

const struct api_param api_path_round = {.name = "round",
                                         .help = "Number of the round's record",
                                         .place = API_IN_PATH,
                                         .type = API_INTEGER,
                                         .min = 1,
                                         .max = INT64_MAX,
                                         .example = "1"};
const struct api_param api_param_against = {
    .name = "against",
    .help =
        "Record of the round to compare with; the last one released before when nothing is said",
    .type = API_INTEGER,
    .min = 1,
    .max = INT64_MAX,
    .example = "1"};

/* ---- forms ---- */

#define INTEGER(NAME)                                                                              \
    { .name = NAME, .type = API_PART_INTEGER }
#define INTEGER_OR_NULL(NAME)                                                                      \
    { .name = NAME, .type = API_PART_INTEGER, .flags = API_OR_NULL }
#define NUMBER(NAME)                                                                               \
    { .name = NAME, .type = API_PART_NUMBER }

static const struct api_part answers_parts[] = {
    INTEGER("waiting"),        INTEGER("mutual"), INTEGER("declined"),
    INTEGER("expired"),        INTEGER("left"),   INTEGER("accepted"),
    INTEGER("sides_declined"), INTEGER("later"),  INTEGER("sides")};
static const struct api_form answers =
    API_FORM("PartnerAnswers",
             "What came of a round: pairs by state (left: withdrawn), and how many of the sides "
             "accepted, declined and put it off",
             answers_parts);

static const struct api_part round_parts[] = {
    INTEGER("id"),
    INTEGER("number"),
    {.name = "name", .type = API_PART_TEXT, .flags = API_OR_NULL},
    {.name = "state", .type = API_PART_CODE, .kind = &kind_round_state},
    INTEGER("suggestions_max"),
    INTEGER("floor"),
    {.name = "weights", .type = API_PART_NUMBER, .flags = API_MAP},
    {.name = "is_stable", .type = API_PART_BOOLEAN},
    INTEGER("pairs"),
    NUMBER("total"),
    NUMBER("bound"),
    NUMBER("gap"),
    INTEGER("created_ms"),
    INTEGER_OR_NULL("released_ms"),
    INTEGER_OR_NULL("answer_by_ms"),
    INTEGER_OR_NULL("closed_ms"),
    {.name = "answers", .type = API_PART_FORM, .flags = API_OR_NULL, .of = &answers},
};
static const struct api_form round_form = API_FORM(
    "PartnerRound",
    "A round: its settings, its pairs, the sum of their scores, what no plan exceeds, how far the "
    "sum is from that, and the answers so far; a draft has none",
    round_parts);
static const struct api_part rounds_parts[] = {
    {.name = "items", .type = API_PART_FORM, .flags = API_LIST, .of = &round_form}};
const struct api_form api_form_rounds =
    API_FORM("PartnerRoundList", "The rounds of an edition", rounds_parts);

static const struct api_part effects_parts[] = {
    {.name = "round", .type = API_PART_FORM, .of = &round_form},
    INTEGER("exhibitors"),
    INTEGER("visitors"),
    INTEGER("floor_given"),
    INTEGER_OR_NULL("floor_possible"),
    {.name = "cost", .type = API_PART_NUMBER, .flags = API_OR_NULL},
    INTEGER_OR_NULL("blocking"),
    {.name = "regret", .type = API_PART_NUMBER, .flags = API_OR_NULL},
    {.name = "groups", .type = API_PART_FORM, .flags = API_LIST, .of = &api_form_partner_group},
    INTEGER("gaps_waiting"),
    INTEGER("gaps_closed"),
    {.name = "gaps", .type = API_PART_FORM, .flags = API_LIST, .of = &api_form_partner_gap},
    INTEGER("few_count"),
    {.name = "few", .type = API_PART_FORM, .flags = API_LIST, .of = &api_form_partner_few},
    INTEGER_OR_NULL("compared_with"),
    {.name = "comparison", .type = API_PART_FORM, .flags = API_OR_NULL, .of = &api_form_comparison},
};
const struct api_form api_form_round_effects = API_FORM(
    "PartnerRoundEffects",
    "A round and what it does for whom. What only running it tells (what floors or stability cost "
    "of the best total, pairs that would both rather have each other, the largest regret) is null "
    "later",
    effects_parts);

static const struct api_part released_parts[] = {INTEGER("suggested"), INTEGER("left_out"),
                                                 INTEGER("participants"), INTEGER("answer_by_ms")};
const struct api_form api_form_released =
    API_FORM("PartnerRoundReleased", "What releasing a round did", released_parts);
static const struct api_part closed_parts[] = {INTEGER("expired")};
const struct api_form api_form_closed =
    API_FORM("PartnerRoundClosed", "Suggestions that were not answered in time", closed_parts);

/* ---- pieces ---- */

static void write_number(struct json_out *json, const char *key, double value) {
    json_key(json, key);
    json_double(json, value);
}

static void write_time(struct json_out *json, const char *key, int64_t ms) {
    json_key(json, key);
    if (ms > 0)
        json_i64(json, ms);
    else
        json_none(json);
}

static void write_answers(struct json_out *json, const struct partner_round_row *row,
                          const struct partner_kept *pairs, uint32_t count) {
    uint32_t states[PAIR_HANDED + 1] = {0}, said[ANSWER_LATER + 1] = {0};
    json_key(json, "answers");
    if (row->state == ROUND_DRAFT) {
        json_none(json);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        states[pairs[i].state]++;
        said[pairs[i].answer[0]]++;
        said[pairs[i].answer[1]]++;
    }
    json_open(json);
    json_key_i64(json, "waiting", states[PAIR_SUGGESTED]);
    json_key_i64(json, "mutual", states[PAIR_MUTUAL] + states[PAIR_HANDED]);
    json_key_i64(json, "declined", states[PAIR_DECLINED]);
    json_key_i64(json, "expired", states[PAIR_EXPIRED]);
    json_key_i64(json, "left", states[PAIR_WITHDRAWN]);
    json_key_i64(json, "accepted", said[ANSWER_ACCEPTED]);
    json_key_i64(json, "sides_declined", said[ANSWER_DECLINED]);
    json_key_i64(json, "later", said[ANSWER_LATER]);
    json_key_i64(json, "sides", 2 * (int64_t)count);
    json_close(json);
}

static void write_row(struct json_out *json, const struct partner_round_row *row,
                      const struct partner_kept *pairs, uint32_t count) {
    json_open(json);
    json_key_i64(json, "id", row->id);
    json_key_i64(json, "number", row->number);
    api_write_text(json, "name", row->name);
    json_key_text(json, "state", str_of(kind_code(&kind_round_state, row->state)));
    json_key_i64(json, "suggestions_max", row->suggestions_max);
    json_key_i64(json, "floor", row->floor);
    json_key(json, "weights");
    api_write_weights(json, row->weight);
    json_key(json, "is_stable");
    json_bool(json, row->is_stable);
    json_key_i64(json, "pairs", row->pairs);
    write_number(json, "total", row->total);
    write_number(json, "bound", row->bound);
    write_number(json, "gap", row->bound > row->total ? 1 - row->total / row->bound : 0);
    json_key_i64(json, "created_ms", row->created_ms);
    write_time(json, "released_ms", row->released_ms);
    write_time(json, "answer_by_ms", row->answer_by_ms);
    write_time(json, "closed_ms", row->closed_ms);
    write_answers(json, row, pairs, count);
    json_close(json);
}

/* What the effects of a round are told from. */
struct showing {
    struct api_call *call;
    struct api_round at;
    struct partner_round_row before; /* to compare with; id 0 = none */
    struct partner_market *market;
    struct partner_round *round;
    bool is_fresh; /* just run: costs and regret are known */
};

static void release(struct showing *s) {
    partner_round_free(s->round);
    partner_market_free(s->market);
}

/* The round to compare with: the one that is named, else the last one of a smaller number that was
 * released; id 0 = none. */
static enum err find_before(struct showing *s, struct errinfo *info) {
    const struct access *access = api_call_access(s->call);
    int64_t wanted = api_call_integer(s->call, &api_param_against);
    struct partner_round_row *rows;
    uint32_t count = 0;
    s->before = (struct partner_round_row){.id = 0};
    enum err e = partner_keep_rounds(s->at.reader, access, s->at.row.edition_id,
                                     s->call->scope.arena, &rows, &count, info);
    for (uint32_t r = 0; r < count && e == ERR_OK; r++)
        if (wanted > 0 ? rows[r].id == wanted
                       : rows[r].state != ROUND_DRAFT && rows[r].number < s->at.row.number)
            s->before = rows[r];
    if (e != ERR_OK || wanted == 0 || s->before.id != 0)
        return e;
    err_set(info, ERR_INPUT, "the edition has no round of record %lld", (long long)wanted);
    return api_call_problem(s->call, API_PROBLEM_INVALID_PARAMETER, "against", ERR_INPUT);
}

static enum err write_comparison(struct showing *s, struct json_out *json, struct errinfo *info) {
    struct partner_comparison comparison;
    struct partner_kept *pairs;
    struct arena *arena = s->call->scope.arena;
    uint32_t count;
    if (s->before.id == 0) {
        json_key(json, "compared_with");
        json_none(json);
        json_key(json, "comparison");
        json_none(json);
        return ERR_OK;
    }
    enum err e = partner_keep_pairs(s->at.reader, api_call_access(s->call), &s->before, false,
                                    arena, &pairs, &count, info);
    if (e == ERR_OK)
        e = partner_compare(pairs, count, s->at.pairs, s->at.count, arena, &comparison, info);
    if (e != ERR_OK)
        return e;
    json_key_i64(json, "compared_with", s->before.id);
    json_key(json, "comparison");
    api_write_comparison(json, s->call->scope.view, &comparison);
    return ERR_OK;
}

static void write_costs(const struct showing *s, struct json_out *json) {
    const struct partner_round *round = s->round;
    json_key_i64(json, "exhibitors", s->market->view->exhibitors);
    json_key_i64(json, "visitors", s->market->firms - s->market->view->exhibitors);
    json_key_i64(json, "floor_given", (int64_t)round->floor_given);
    if (s->is_fresh) {
        json_key_i64(json, "floor_possible", (int64_t)round->floor_bound);
        write_number(json, "cost", round->optimum - round->total);
        json_key_i64(json, "blocking", (int64_t)round->blocking);
        write_number(json, "regret", round->regret);
        return;
    }
    static const char *const unknown[] = {"floor_possible", "cost", "blocking", "regret"};
    for (int i = 0; i < 4; i++) {
        json_key(json, unknown[i]);
        json_none(json);
    }
}

static enum err write_all(struct showing *s, struct errinfo *info) {
    struct json_out json;
    json_init(&json, &s->call->reply->body);
    json_open(&json);
    json_key(&json, "round");
    write_row(&json, &s->at.row, s->at.pairs, s->at.count);
    write_costs(s, &json);
    enum err e = api_write_effects(&json, s->round, s->call->scope.arena, info);
    if (e == ERR_OK)
        e = write_comparison(s, &json, info);
    json_close(&json);
    return e;
}

/* ---- the list, and running ---- */

enum err api_draw_rounds(struct api_call *call, struct errinfo *info) {
    struct partner_round_row *rows;
    struct store_reader *reader;
    struct json_out json;
    uint32_t count = 0;
    enum err e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = partner_keep_rounds(reader, api_call_access(call),
                                view_this_edition(call->scope.view)->id, call->scope.arena, &rows,
                                &count, info);
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "items");
    json_open_list(&json);
    for (uint32_t r = 0; r < count && e == ERR_OK; r++) {
        struct partner_kept *pairs = NULL;
        uint32_t kept = 0;
        if (rows[r].state != ROUND_DRAFT)
            e = partner_keep_pairs(reader, api_call_access(call), &rows[r], false,
                                   call->scope.arena, &pairs, &kept, info);
        if (e == ERR_OK)
            write_row(&json, &rows[r], pairs, kept);
    }
    json_close_list(&json);
    json_close(&json);
    return e;
}

enum { NOT_SAID = -1 };

struct run_body {
    struct str name;
    bool stable;
    int64_t suggestions_max, floor; /* or NOT_SAID: as the edition has them */
};
static const struct api_member run_members[] = {
    API_MEMBER_STR(run_body, name, false, NAME_BYTES_MAX, "Of the round, in the organiser's words"),
    API_MEMBER_BOOLEAN(run_body, stable,
                       "The plan that no two firms would leave for each other, without floors"),
    API_MEMBER_INTEGER(run_body, suggestions_max, false, 1, PARTNER_SUGGESTIONS_MOST,
                       "Suggestions of a firm at the most; as the edition has it when not said"),
    API_MEMBER_INTEGER(run_body, floor, false, 0, PARTNER_SUGGESTIONS_MOST,
                       "Suggestions that small and medium firms and newcomers get at least; as the "
                       "edition has it when not said"),
};
const struct api_body api_body_run_round = {.name = "PartnerRoundRun",
                                            .help = "How a round is to be run",
                                            .member = run_members,
                                            .members = API_COUNT(run_members)};

struct keeping {
    const struct access *by;
    const struct partner_round *round;
    struct str name;
    int64_t now_ms, id;
};

static enum err keep(void *ctx, struct store *store, struct errinfo *info) {
    struct keeping *k = ctx;
    return partner_keep(store, k->by, k->round, k->name, k->now_ms, &k->id, info);
}

/* The edition's settings with what is said of this round. */
static enum err limit(struct showing *s, const struct run_body *body,
                      struct partner_settings *settings, struct errinfo *info) {
    if (body->suggestions_max != NOT_SAID)
        settings->suggestions_max = (uint32_t)body->suggestions_max;
    if (body->floor != NOT_SAID)
        settings->floor = (uint32_t)body->floor;
    if (settings->floor <= settings->suggestions_max)
        return ERR_OK;
    api_call_fault(s->call, STR("floor"), "must not be above suggestions_max");
    return api_call_faults(s->call, info);
}

static enum err run(struct showing *s, const struct run_body *body, struct errinfo *info) {
    const struct view *view = s->call->scope.view;
    struct partner_settings settings;
    enum err e = access_check(api_call_access(s->call), RIGHT_ROUND_RUN, NULL, info);
    if (e == ERR_OK)
        e = api_desk_reader(s->call, &s->at.reader, info);
    s->at.row =
        (struct partner_round_row){.edition_id = view_this_edition(view)->id, .number = INT64_MAX};
    if (e == ERR_OK)
        e = find_before(s, info);
    if (e == ERR_OK)
        e = partner_settings_read(s->at.reader, view_this_edition(view)->id, &settings, info);
    if (e == ERR_OK)
        e = limit(s, body, &settings, info);
    if (e == ERR_OK)
        e = partner_market_new(view, s->at.reader, NULL, &s->market, info);
    if (e == ERR_OK)
        e = partner_round_run(s->market, &settings, body->stable, NULL, &s->round, info);
    return e == ERR_OK ? partner_keep_pairs_of(s->round, s->call->scope.arena, &s->at.pairs,
                                               &s->at.count, info)
                       : e;
}

static enum err keep_and_show(struct showing *s, const struct run_body *body,
                              struct errinfo *info) {
    struct store_batch batch = api_desk_author(s->call);
    struct keeping keeping = {.by = api_call_access(s->call),
                              .round = s->round,
                              .name = body->name.ptr != NULL ? body->name : STR(""),
                              .now_ms = batch.at_ms};
    struct store_reader *fresh = NULL;
    int64_t batch_id;
    batch.kind = "match";
    enum err e = writer_run(desk_writer(s->call->desk), &batch, keep, &keeping, &batch_id, info);
    if (e == ERR_OK)
        e = desk_begin(s->call->desk, &fresh, info);
    if (e == ERR_OK)
        e = partner_keep_round(fresh, keeping.by, keeping.id, s->call->scope.arena, &s->at.row,
                               info);
    desk_end(s->call->desk, fresh);
    if (e != ERR_OK)
        return e;
    s->is_fresh = true;
    return write_all(s, info);
}

enum err api_draw_run_round(struct api_call *call, struct errinfo *info) {
    struct run_body body = {.suggestions_max = NOT_SAID, .floor = NOT_SAID};
    struct showing s = {.call = call};
    enum err e = api_body_read(call, &api_body_run_round, &body, info);
    if (e == ERR_OK)
        e = run(&s, &body, info);
    if (e == ERR_OK)
        e = keep_and_show(&s, &body, info);
    release(&s);
    return e;
}

/* ---- one round ---- */

enum err api_find_round(struct api_call *call, bool with_parts, struct api_round *out,
                        struct errinfo *info) {
    const struct access *access = api_call_access(call);
    enum err e = api_desk_reader(call, &out->reader, info);
    if (e == ERR_OK)
        e = partner_keep_round(out->reader, access, api_call_integer(call, &api_path_round),
                               call->scope.arena, &out->row, info);
    if (e == ERR_OK)
        e = partner_keep_pairs(out->reader, access, &out->row, with_parts, call->scope.arena,
                               &out->pairs, &out->count, info);
    return e == ERR_OK ? api_open_edition(call, out->reader, out->row.edition_id, info) : e;
}

enum err api_draw_round(struct api_call *call, struct errinfo *info) {
    struct showing s = {.call = call};
    enum err e = api_find_round(call, false, &s.at, info);
    if (e == ERR_OK)
        e = find_before(&s, info);
    if (e == ERR_OK)
        e = partner_market_new(call->scope.view, s.at.reader, NULL, &s.market, info);
    if (e == ERR_OK)
        e = partner_keep_load(s.market, &s.at.row, s.at.pairs, s.at.count, &s.round, info);
    if (e == ERR_OK)
        e = write_all(&s, info);
    release(&s);
    return e;
}

struct work {
    const struct access *by;
    int64_t id, now_ms;
    struct match_release released;
    struct match_post post;
    uint64_t expired;
};

static enum err release_it(void *ctx, struct store *store, struct errinfo *info) {
    struct work *w = ctx;
    enum err e = matches_release(store, w->by, w->id, w->now_ms, &w->released, info);
    return e == ERR_OK ? match_letters_released(store, w->id, &w->post, info) : e;
}

static enum err close_it(void *ctx, struct store *store, struct errinfo *info) {
    struct work *w = ctx;
    return matches_close(store, w->by, w->id, w->now_ms, &w->expired, info);
}

static enum err delete_it(void *ctx, struct store *store, struct errinfo *info) {
    struct work *w = ctx;
    return partner_keep_delete(store, w->by, w->id, info);
}

static enum err change(struct api_call *call, writer_fn *fn, struct work *work,
                       struct errinfo *info) {
    struct store_batch batch = api_desk_author(call);
    int64_t batch_id;
    batch.kind = "match";
    *work =
        (struct work){.by = api_call_access(call),
                      .id = api_call_integer(call, &api_path_round),
                      .now_ms = batch.at_ms,
                      .post = {.origin = desk_options(call->desk)->origin, .now_ms = batch.at_ms}};
    return writer_run(desk_writer(call->desk), &batch, fn, work, &batch_id, info);
}

enum err api_draw_release_round(struct api_call *call, struct errinfo *info) {
    struct work work;
    struct json_out json;
    enum err e = change(call, release_it, &work, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key_i64(&json, "suggested", (int64_t)work.released.suggested);
    json_key_i64(&json, "left_out", (int64_t)work.released.left_out);
    json_key_i64(&json, "participants", (int64_t)work.released.participants);
    json_key_i64(&json, "answer_by_ms", work.released.answer_by_ms);
    json_close(&json);
    return ERR_OK;
}

enum err api_draw_close_round(struct api_call *call, struct errinfo *info) {
    struct work work;
    struct json_out json;
    enum err e = change(call, close_it, &work, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key_i64(&json, "expired", (int64_t)work.expired);
    json_close(&json);
    return ERR_OK;
}

enum err api_draw_delete_round(struct api_call *call, struct errinfo *info) {
    struct work work;
    return change(call, delete_it, &work, info);
}
