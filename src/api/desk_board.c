/* The gap board with its invitations, and the roll-over of an edition. */
#include "api/desk.h"

#include "api/desk_parts.h"
#include "api/lookup.h"
#include "api/params.h"
#include "api/session.h"
#include "service/desk.h"
#include "service/gap_board.h"
#include "service/rollover.h"

enum { LISTED_MAX = 100000, SUGGESTIONS = 3 };

const struct api_param api_param_cases = {
    .name = "cases",
    .help = "1 = only gaps that somebody has taken up, closed ones too",
    .type = API_INTEGER,
    .max = 1,
    .example = "1"};
const struct api_param api_param_suggestions = {
    .name = "suggestions",
    .help = "How many organisations to suggest for a gap; 3 when nothing is said",
    .type = API_INTEGER,
    .max = GAP_BOARD_SUGGESTIONS_MAX,
    .example = "3"};
const struct api_param api_param_list_format = {.name = "format",
                                                .help = "csv or xlsx; csv when nothing is said",
                                                .type = API_KEY,
                                                .example = "csv"};
const struct api_param api_param_list_lang = {
    .name = "lang", .help = "Language of the headers: en or zh", .type = API_KEY, .example = "en"};

/* ---- the board ---- */

static enum err load(struct api_call *call, struct gap_board_query *query, struct gap_board *board,
                     struct errinfo *info) {
    struct store_reader *reader;
    enum err e = api_lookup(call, &api_param_in_chain, &query->chain, info);
    if (e == ERR_OK)
        e = api_desk_reader(call, &reader, info);
    return e == ERR_OK ? gap_board_load(reader, call->scope.view, api_call_access(call), query,
                                        call->scope.arena, board, info)
                       : e;
}

enum err api_draw_board(struct api_call *call, struct errinfo *info) {
    bool is_said = api_call_value(call, &api_param_suggestions).ptr != NULL;
    struct gap_board_query query = {
        .cases_only = api_call_integer(call, &api_param_cases) == 1,
        .suggestions =
            is_said ? (uint32_t)api_call_integer(call, &api_param_suggestions) : SUGGESTIONS,
    };
    struct gap_board board;
    struct json_out json;
    enum err e = load(call, &query, &board, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    gap_board_json(&json, call->scope.view, &board);
    json_close(&json);
    return ERR_OK;
}

enum err api_draw_invitations(struct api_call *call, struct errinfo *info) {
    bool is_xlsx = str_equal_c(api_call_value(call, &api_param_list_format), "xlsx");
    bool is_zh = str_equal_c(api_call_value(call, &api_param_list_lang), "zh");
    struct gap_board_query query = {.cases_only = true};
    struct gap_board board;
    struct list list;
    enum err e = load(call, &query, &board, info);
    if (e != ERR_OK)
        return e;
    list_init(&list);
    gap_board_invitations(call->scope.view, &board, is_zh ? LANG_ZH : LANG_EN, &list);
    e = list_write(&list, is_xlsx ? LIST_XLSX : LIST_CSV, &call->reply->body, info);
    list_release(&list);
    call->reply->content_type =
        is_xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                : "text/csv; charset=utf-8";
    return e == ERR_OK
               ? http_reply_download(call->request, call->reply,
                                     is_xlsx ? STR("invitations.xlsx") : STR("invitations.csv"),
                                     info)
               : e;
}

/* ---- roll-over ---- */

struct rollover_body {
    struct str into, name_en, name_zh, exhibitors, attendance;
    const struct json_value *list;
    bool make_current, areas, pavilions, offers, needs, keep_basis;
};
static const struct api_member rollover_members[] = {
    API_MEMBER_STR(rollover_body, into, true, 32, "Code of the next edition; made when new"),
    API_MEMBER_STR(rollover_body, name_en, false, 200, "Its name in English"),
    API_MEMBER_STR(rollover_body, name_zh, false, 200, "Its name in Chinese"),
    API_MEMBER_BOOLEAN(rollover_body, make_current, "It is the one that visitors see from now on"),
    API_MEMBER_BOOLEAN(rollover_body, areas, "Areas come along"),
    API_MEMBER_BOOLEAN(rollover_body, pavilions, "Pavilions come along, with texts and pictures"),
    API_MEMBER_STR(rollover_body, exhibitors, false, 8,
                   "Who comes along: none, listed, or others (all but those listed)"),
    API_MEMBER_JSON(rollover_body, list, false,
                    "{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}",
                    "Numbers of exhibitor records of this edition"),
    API_MEMBER_CODE(rollover_body, attendance, false, &kind_attendance,
                    "How sure it is that they come"),
    API_MEMBER_BOOLEAN(rollover_body, offers, "Their offers come along"),
    API_MEMBER_BOOLEAN(rollover_body, needs, "Their needs come along"),
    API_MEMBER_BOOLEAN(rollover_body, keep_basis, "What was declared counts as declared"),
};
const struct api_body api_body_rollover = {.name = "RollOver",
                                           .help = "What comes along into the next edition",
                                           .member = rollover_members,
                                           .members = API_COUNT(rollover_members)};

static enum err read_list(struct api_call *call, const struct json_value *json,
                          struct rollover_request *request, struct errinfo *info) {
    if (json == NULL)
        return ERR_OK;
    if (json->kind != JSON_KIND_LIST || json->count > LISTED_MAX) {
        api_call_fault(call, STR("list"), "is a list of %d numbers at the most", LISTED_MAX);
        return ERR_OK;
    }
    int64_t *ids = arena_new(call->scope.arena, json->count + 1, sizeof(*ids));
    if (ids == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < json->count; i++) {
        ids[i] = json->items[i].kind == JSON_KIND_INTEGER ? json->items[i].integer : 0;
        if (ids[i] <= 0) {
            api_call_fault(call, STR("list"), "holds something that is no number of an exhibitor");
            break;
        }
    }
    request->list = ids;
    request->list_count = json->count;
    return ERR_OK;
}

static enum err read_rollover(struct api_call *call, const struct rollover_body *body,
                              struct rollover_request *request, struct errinfo *info) {
    static const char *const who[] = {"none", "listed", "others"};
    bool is_known = body->exhibitors.ptr == NULL;
    *request = (struct rollover_request){
        .from = api_call_value(call, &api_path_edition),
        .into = body->into,
        .name_en = body->name_en.ptr != NULL ? body->name_en : STR(""),
        .name_zh = body->name_zh.ptr != NULL ? body->name_zh : STR(""),
        .make_current = body->make_current,
        .areas = body->areas,
        .pavilions = body->pavilions,
        .offers = body->offers,
        .needs = body->needs,
        .keep_basis = body->keep_basis,
    };
    if (body->attendance.ptr != NULL)
        request->attendance = (enum attendance)kind_of_code(&kind_attendance, body->attendance);
    for (uint32_t i = 0; i < API_COUNT(who) && !is_known; i++) {
        is_known = str_equal_c(body->exhibitors, who[i]);
        request->exhibitors = (enum rollover_exhibitors)i;
    }
    if (!is_known)
        api_call_fault(call, STR("exhibitors"), "is one of none, listed, others");
    enum err e = read_list(call, body->list, request, info);
    return e == ERR_OK ? api_call_faults(call, info) : e;
}

struct rolling {
    const struct access *access;
    struct rollover_request request;
    struct rollover_outcome outcome;
};

static enum err roll(void *ctx, struct store *store, struct errinfo *info) {
    struct rolling *rolling = ctx;
    return rollover(store, rolling->access, &rolling->request, &rolling->outcome, info);
}

static void write_outcome(struct api_call *call, const struct rollover_outcome *o, int64_t batch) {
    struct json_out json;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "batch");
    if (batch > 0)
        json_i64(&json, batch);
    else
        json_none(&json);
    json_key_i64(&json, "edition", o->edition_id);
    json_key(&json, "made");
    json_bool(&json, o->edition_made);
    json_key_i64(&json, "areas", o->areas);
    json_key_i64(&json, "pavilions", o->pavilions);
    json_key_i64(&json, "texts", o->texts);
    json_key_i64(&json, "pictures", o->pictures);
    json_key_i64(&json, "exhibitors", o->exhibitors);
    json_key_i64(&json, "statements", o->statements);
    json_key_i64(&json, "there", o->there);
    json_close(&json);
}

enum err api_draw_rollover(struct api_call *call, struct errinfo *info) {
    struct rollover_body body = {0};
    struct rolling rolling = {.access = api_call_access(call)};
    struct store_batch batch = api_desk_author(call);
    int64_t batch_id;
    enum err e = api_body_read(call, &api_body_rollover, &body, info);
    if (e == ERR_OK)
        e = read_rollover(call, &body, &rolling.request, info);
    if (e != ERR_OK)
        return e;
    batch.kind = "rollover";
    batch.note = body.into;
    e = writer_run(desk_writer(call->desk), &batch, roll, &rolling, &batch_id, info);
    if (e == ERR_INPUT)
        return api_call_problem(call, API_PROBLEM_INVALID_BODY, NULL, e);
    if (e == ERR_OK)
        write_outcome(call, &rolling.outcome, batch_id);
    return e;
}
