/*
 * The matches of a participant: who is suggested to it or asked for, what each side said, and the
 * persons of those who stand (service/matches.h).
 */
#include "api/my.h"

#include "api/desk_parts.h"
#include "api/partners.h"
#include "api/session.h"
#include "service/desk.h"
#include "service/match_letters.h"
#include "service/matches.h"

/* ---- forms ---- */

#define INTEGER(NAME)                                                                              \
    { .name = NAME, .type = API_PART_INTEGER }
#define INTEGER_OR_NULL(NAME)                                                                      \
    { .name = NAME, .type = API_PART_INTEGER, .flags = API_OR_NULL }
#define TEXT_OR_NULL(NAME)                                                                         \
    { .name = NAME, .type = API_PART_TEXT, .flags = API_OR_NULL }
#define CODE(NAME, of_kind)                                                                        \
    { .name = NAME, .type = API_PART_CODE, .kind = &(of_kind) }
#define CODE_OR_NULL(NAME, of_kind)                                                                \
    { .name = NAME, .type = API_PART_CODE, .kind = &(of_kind), .flags = API_OR_NULL }
#define FORM(NAME, of_form)                                                                        \
    { .name = NAME, .type = API_PART_FORM, .of = &(of_form) }
#define FORMS(NAME, of_form)                                                                       \
    { .name = NAME, .type = API_PART_FORM, .flags = API_LIST, .of = &(of_form) }

static const struct api_part partner_parts[] = {
    INTEGER("organisation_id"), INTEGER("participant_id"),       TEXT_OR_NULL("name_en"),
    TEXT_OR_NULL("name_zh"),    CODE("kind", kind_participant),  TEXT_OR_NULL("country"),
    TEXT_OR_NULL("country_en"), TEXT_OR_NULL("country_zh"),      CODE_OR_NULL("size", kind_size),
    TEXT_OR_NULL("area_en"),    TEXT_OR_NULL("area_zh"),         INTEGER_OR_NULL("exhibitor_id"),
    TEXT_OR_NULL("website"),    FORMS("stands", api_form_stand),
};
static const struct api_form partner =
    API_FORM("Partner", "The other side of a match", partner_parts);

static const struct api_part contact_parts[] = {TEXT_OR_NULL("name"), TEXT_OR_NULL("email")};
static const struct api_form contact =
    API_FORM("PartnerContact", "A person of the other side, who consented", contact_parts);

static const struct api_part match_parts[] = {
    INTEGER("id"),
    CODE("state", kind_pair_state),
    CODE("origin", kind_pair_origin),
    {.name = "is_mine", .type = API_PART_BOOLEAN},
    CODE("mine", kind_answer),
    CODE_OR_NULL("reason", kind_decline),
    TEXT_OR_NULL("note"),
    CODE("theirs", kind_answer),
    FORM("partner", partner),
    INTEGER_OR_NULL("score"),
    TEXT_OR_NULL("message"),
    INTEGER("created_ms"),
    INTEGER_OR_NULL("closed_ms"),
    INTEGER_OR_NULL("answer_by_ms"),
    FORMS("contacts", contact),
    FORMS("reasons", api_form_reason),
};
static const struct api_form match = API_FORM(
    "MyMatch", "A match as one side sees it; `is_mine`: this side asked for it", match_parts);
static const struct api_part matches_parts[] = {FORMS("items", match)};
const struct api_form api_form_my_matches =
    API_FORM("MyMatchList", "All of a participant, also those that have ended", matches_parts);

static const struct api_part outcome_parts[] = {INTEGER("id"), CODE("state", kind_pair_state)};
const struct api_form api_form_match_outcome =
    API_FORM("MatchOutcome", "What the match is now", outcome_parts);

/* ---- reading ---- */

/* A match with its texts in the arena. */
struct kept_matches {
    struct arena *arena;
    VEC(struct partner_match)
    list;
};

static enum err keep(void *ctx, const struct partner_match *one, struct errinfo *info) {
    struct kept_matches *kept = ctx;
    struct partner_match copy = *one;
    copy.message = arena_copy(kept->arena, one->message);
    for (int s = 0; s < 2; s++)
        copy.side[s].note = arena_copy(kept->arena, one->side[s].note);
    if (copy.message.ptr == NULL || copy.side[0].note.ptr == NULL || copy.side[1].note.ptr == NULL)
        return err_memory(info);
    copy.parts = arena_copy(kept->arena, one->parts);
    if (copy.parts.ptr == NULL)
        return err_memory(info);
    return vec_push(&kept->list, copy) ? ERR_OK : err_memory(info);
}

struct reading {
    struct api_call *call;
    struct store_reader *reader;
    const struct view *view;
    int64_t participant_id, organisation_id;
    int64_t answer_days;
    struct json_out json;
};

/* The participant's edition: its picture, and how long requests wait. */
static enum err open_edition(struct reading *r, struct errinfo *info) {
    struct api_side mine;
    enum err e = api_find_side(r->reader, r->participant_id, &mine, info);
    if (e == ERR_OK)
        e = api_open_edition(r->call, r->reader, mine.edition_id, info);
    r->view = r->call->scope.view;
    r->organisation_id = mine.organisation_id;
    return e == ERR_OK ? match_answer_days(r->reader, mine.edition_id, &r->answer_days, info) : e;
}

/* What the picture of the edition knows of an organisation. */
static void write_known(struct reading *r, int64_t organisation_id) {
    static const struct view_organisation nobody = {.country = VIEW_NONE, .exhibitor = VIEW_NONE};
    static const struct view_country nowhere = {.code = {0}};
    static const struct view_area no_area = {.chain = VIEW_NONE};
    const struct view_organisation *o = &nobody;
    const struct view_country *country = &nowhere;
    const struct view_area *area = &no_area;
    uint32_t at = u64_map_get(&r->view->organisation_by_id, (uint64_t)organisation_id);
    if (at != MAP_NONE)
        o = &r->view->organisation[at];
    if (o->country != VIEW_NONE)
        country = &r->view->country[o->country];
    if (o->exhibitor != VIEW_NONE && r->view->exhibitor[o->exhibitor].area != VIEW_NONE)
        area = &r->view->area[r->view->exhibitor[o->exhibitor].area];
    api_write_text(&r->json, "country", country->code);
    api_write_text(&r->json, "country_en", country->name_en);
    api_write_text(&r->json, "country_zh", country->name_zh);
    api_write_text(&r->json, "size", o->size);
    api_write_text(&r->json, "area_en", area->name_en);
    api_write_text(&r->json, "area_zh", area->name_zh);
    json_key(&r->json, "exhibitor_id");
    if (o->exhibitor != VIEW_NONE)
        json_i64(&r->json, r->view->exhibitor[o->exhibitor].id);
    else
        json_none(&r->json);
    api_write_text(&r->json, "website", o->website);
    api_write_stands(&r->json, r->view, o->exhibitor);
}

static enum err write_partner(struct reading *r, int64_t participant_id, struct errinfo *info) {
    struct api_side side;
    struct str label[LANGS];
    enum err e = api_find_side(r->reader, participant_id, &side, info);
    if (e == ERR_OK)
        e = edit_label(r->reader, TABLE_ORGANISATION, side.organisation_id, r->call->scope.arena,
                       label, info);
    if (e != ERR_OK)
        return e;
    json_key(&r->json, "partner");
    json_open(&r->json);
    json_key_i64(&r->json, "organisation_id", side.organisation_id);
    json_key_i64(&r->json, "participant_id", participant_id);
    api_write_text(&r->json, "name_en", label[LANG_EN]);
    api_write_text(&r->json, "name_zh", label[LANG_ZH]);
    json_key_text(&r->json, "kind", str_of(kind_code(&kind_participant, side.kind)));
    write_known(r, side.organisation_id);
    json_close(&r->json);
    return ERR_OK;
}

static enum err write_contact(void *ctx, const struct account *account, struct errinfo *info) {
    struct json_out *json = ctx;
    json_open(json);
    api_write_text(json, "name", str_of(account->name));
    api_write_text(json, "email", str_of(account->email.text));
    json_close(json);
    return ERR_OK;
}

/* What this side may know of the other's answer: see matches.h. */
static enum pair_answer shown_answer(const struct partner_match *one, int other) {
    enum pair_answer answer = one->side[other].answer;
    bool has_ended = one->state == PAIR_DECLINED || one->state == PAIR_WITHDRAWN;
    return answer == ANSWER_ACCEPTED || (answer == ANSWER_DECLINED && has_ended) ? answer
                                                                                 : ANSWER_NONE;
}

static enum err take_deadline(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    *(int64_t *)ctx = v[MATCH_ROUND_ANSWER_BY_MS].integer;
    return ERR_OK;
}

static void write_number_or_null(struct json_out *json, const char *key, bool is_given,
                                 int64_t number) {
    json_key(json, key);
    if (is_given)
        json_i64(json, number);
    else
        json_none(json);
}

/* Why the two should meet, as it was when the round was run; none of a request. */
static enum err write_reasons(struct reading *r, struct str json, struct errinfo *info) {
    struct arena *arena = r->call->scope.arena;
    struct partner_parts parts;
    if (json.len == 0) {
        json_key(&r->json, "reasons");
        json_open_list(&r->json);
        json_close_list(&r->json);
        return ERR_OK;
    }
    enum err e = partner_parts_read(r->view, json, arena, &parts, info);
    if (e != ERR_OK)
        return e;
    if (parts.first_id != r->organisation_id)
        partner_parts_turn(&parts);
    return api_write_reasons(&r->json, r->view, &parts, true, NULL, arena, info);
}

static enum err write_match(struct reading *r, const struct partner_match *one,
                            struct errinfo *info) {
    struct json_out *json = &r->json;
    int me = match_side_of(one, r->participant_id), asker = match_asker(one);
    const struct match_side_said *mine = &one->side[me];
    int64_t deadline = one->created_ms + r->answer_days * 24 * 3600 * 1000;
    enum err e = ERR_OK;
    if (one->round_id != 0)
        e = store_get(r->reader, TABLE_MATCH_ROUND, one->round_id, take_deadline, &deadline, info);
    if (e != ERR_OK)
        return e;
    json_open(json);
    json_key_i64(json, "id", one->id);
    json_key_text(json, "state", str_of(kind_code(&kind_pair_state, one->state)));
    json_key_text(json, "origin", str_of(one->requested ? "requested" : "suggested"));
    json_key(json, "is_mine");
    json_bool(json, asker == me);
    json_key_text(json, "mine", str_of(kind_code(&kind_answer, mine->answer)));
    api_write_text(json, "reason",
                   str_of(mine->reason != 0 ? kind_code(&kind_decline, mine->reason) : ""));
    api_write_text(json, "note", mine->note);
    json_key_text(json, "theirs", str_of(kind_code(&kind_answer, shown_answer(one, 1 - me))));
    e = write_partner(r, one->side[1 - me].participant_id, info);
    if (e != ERR_OK)
        return e;
    write_number_or_null(json, "score", one->score >= 0, one->score);
    api_write_text(json, "message", one->message);
    json_key_i64(json, "created_ms", one->created_ms);
    write_number_or_null(json, "closed_ms", one->closed_ms != 0, one->closed_ms);
    write_number_or_null(json, "answer_by_ms", one->state == PAIR_SUGGESTED, deadline);
    json_key(json, "contacts");
    json_open_list(json);
    e = matches_contacts(r->reader, api_call_access(r->call), one, r->participant_id, write_contact,
                         json, info);
    json_close_list(json);
    if (e == ERR_OK)
        e = write_reasons(r, one->parts, info);
    json_close(json);
    return e;
}

enum err api_draw_my_matches(struct api_call *call, struct errinfo *info) {
    struct reading r = {.call = call,
                        .participant_id = api_call_integer(call, &api_path_participant)};
    struct kept_matches kept = {.arena = call->scope.arena};
    enum err e = api_desk_reader(call, &r.reader, info);
    if (e == ERR_OK)
        e = matches_of(r.reader, api_call_access(call), r.participant_id, keep, &kept, info);
    if (e == ERR_OK)
        e = open_edition(&r, info);
    json_init(&r.json, &call->reply->body);
    json_open(&r.json);
    json_key(&r.json, "items");
    json_open_list(&r.json);
    for (size_t i = 0; i < kept.list.len && e == ERR_OK; i++)
        e = write_match(&r, &kept.list.at[i], info);
    json_close_list(&r.json);
    json_close(&r.json);
    vec_free(&kept.list);
    return e;
}

/* ---- writing ---- */

struct reply_body {
    struct str answer, reason, note;
};
static const struct api_member reply_members[] = {
    API_MEMBER_CODE(reply_body, answer, true, &kind_answer,
                    "accepted, declined, later, or none to take the answer back"),
    API_MEMBER_CODE(reply_body, reason, false, &kind_decline, "Why, needed to decline"),
    API_MEMBER_STR(reply_body, note, false, MATCH_NOTE_MAX,
                   "In one's own words, for the organiser"),
};
const struct api_body api_body_match_reply = {.name = "MatchReply",
                                              .help = "What one side says to a match",
                                              .member = reply_members,
                                              .members = API_COUNT(reply_members)};

struct leaving_body {
    struct str reason, note;
};
static const struct api_member leaving_members[] = {
    API_MEMBER_CODE(leaving_body, reason, false, &kind_decline, "Why"),
    API_MEMBER_STR(leaving_body, note, false, MATCH_NOTE_MAX,
                   "In one's own words, for the organiser"),
};
const struct api_body api_body_match_leaving = {.name = "MatchWithdrawal",
                                                .help = "Why a side leaves a match",
                                                .member = leaving_members,
                                                .members = API_COUNT(leaving_members)};

struct request_body {
    int64_t organisation_id;
    struct str message;
};
static const struct api_member request_members[] = {
    API_MEMBER_INTEGER(request_body, organisation_id, true, 1, INT64_MAX,
                       "The organisation that is asked"),
    API_MEMBER_STR(request_body, message, false, MATCH_NOTE_MAX, "What it is told"),
};
const struct api_body api_body_match_request = {.name = "MatchRequest",
                                                .help = "A partner that is asked for by hand",
                                                .member = request_members,
                                                .members = API_COUNT(request_members)};

struct work {
    const struct access *by;
    struct match_reply reply;
    struct match_request request;
    struct match_outcome outcome;
    struct match_post post;
};

static struct str given(struct str text) {
    return text.ptr != NULL ? text : STR("");
}

static struct work work_of(const struct api_call *call, struct str reason, struct str note) {
    int64_t participant_id = api_call_integer(call, &api_path_participant);
    int64_t now_ms = api_desk_author(call).at_ms;
    return (struct work){
        .by = api_call_access(call),
        .post = {.origin = desk_options(call->desk)->origin, .now_ms = now_ms},
        .reply = {.match_id = api_call_integer(call, &api_path_record),
                  .participant_id = participant_id,
                  .reason = reason.ptr != NULL ? kind_of_code(&kind_decline, reason) : 0,
                  .note = given(note),
                  .now_ms = now_ms},
        .request = {.participant_id = participant_id, .now_ms = now_ms}};
}

/* Runs a job as a batch of kind "match" and tells what the match is then. */
static enum err run(struct api_call *call, writer_fn *fn, struct work *work, struct errinfo *info) {
    struct store_batch batch = api_desk_author(call);
    int64_t batch_id;
    struct json_out json;
    batch.kind = "match";
    enum err e = writer_run(desk_writer(call->desk), &batch, fn, work, &batch_id, info);
    if (e == ERR_INPUT || e == ERR_LIMIT) {
        api_call_fault(call, STR(""), "%s", info->message);
        return api_call_faults(call, info);
    }
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key_i64(&json, "id", work->outcome.id);
    json_key_text(&json, "state", str_of(kind_code(&kind_pair_state, work->outcome.state)));
    json_close(&json);
    return ERR_OK;
}

/* Tells the other side what it waits for. */
static enum err tell_other(struct store *store, struct work *work, struct errinfo *info) {
    const struct match_outcome *o = &work->outcome;
    if (!o->is_new || (o->state != PAIR_MUTUAL && o->state != PAIR_SUGGESTED))
        return ERR_OK;
    return match_letters_to(store, o->other_id,
                            o->state == PAIR_MUTUAL ? LETTER_MUTUAL : LETTER_REQUESTED, &work->post,
                            info);
}

static enum err answer(void *ctx, struct store *store, struct errinfo *info) {
    struct work *work = ctx;
    enum err e = matches_answer(store, work->by, &work->reply, &work->outcome, info);
    return e == ERR_OK && work->outcome.state == PAIR_MUTUAL ? tell_other(store, work, info) : e;
}

static enum err leave(void *ctx, struct store *store, struct errinfo *info) {
    struct work *work = ctx;
    work->outcome =
        (struct match_outcome){.id = work->reply.match_id, .state = PAIR_WITHDRAWN, .is_new = true};
    return matches_withdraw(store, work->by, &work->reply, info);
}

static enum err ask(void *ctx, struct store *store, struct errinfo *info) {
    struct work *work = ctx;
    enum err e = matches_request(store, work->by, &work->request, &work->outcome, info);
    return e == ERR_OK ? tell_other(store, work, info) : e;
}

enum err api_draw_answer_match(struct api_call *call, struct errinfo *info) {
    struct reply_body body = {.answer = {0}};
    enum err e = api_body_read(call, &api_body_match_reply, &body, info);
    if (e != ERR_OK)
        return e;
    struct work work = work_of(call, body.reason, body.note);
    work.reply.answer = (enum pair_answer)kind_of_code(&kind_answer, body.answer);
    return run(call, answer, &work, info);
}

enum err api_draw_withdraw_match(struct api_call *call, struct errinfo *info) {
    struct leaving_body body = {.reason = {0}};
    enum err e = api_body_read(call, &api_body_match_leaving, &body, info);
    if (e != ERR_OK)
        return e;
    struct work work = work_of(call, body.reason, body.note);
    return run(call, leave, &work, info);
}

enum err api_draw_request_match(struct api_call *call, struct errinfo *info) {
    struct request_body body = {.organisation_id = 0};
    enum err e = api_body_read(call, &api_body_match_request, &body, info);
    if (e != ERR_OK)
        return e;
    struct work work = work_of(call, STR(""), STR(""));
    work.request.organisation_id = body.organisation_id;
    work.request.message = given(body.message);
    return run(call, ask, &work, info);
}
