/* The pairs of a round, as JSON in pages or whole as a spreadsheet. */
#include "api/desk.h"
#include "api/partners.h"

#include "api/desk_parts.h"
#include "service/partner_list.h"

enum { PAIRS_DEFAULT = 100, PAIRS_MAX = 1000 };

const struct api_param api_param_of_organisation = {
    .name = "organisation",
    .help = "Only pairs of the organisation with that number",
    .type = API_INTEGER,
    .min = 1,
    .max = INT64_MAX,
    .example = "1"};
const struct api_param api_param_from_pair = {.name = "from",
                                              .help = "The first pair to give, from 0",
                                              .type = API_INTEGER,
                                              .max = INT64_MAX,
                                              .example = "0"};
const struct api_param api_param_pairs = {.name = "limit",
                                          .help = "How many; 100 when nothing is said",
                                          .type = API_INTEGER,
                                          .min = 1,
                                          .max = PAIRS_MAX,
                                          .example = "20"};
const struct api_param api_param_pair_words = {
    .name = "q",
    .help = "Only pairs of organisations with these words in a name, in any spelling",
    .type = API_TEXT,
    .bytes_max = SEARCH_QUERY_BYTES_MAX,
    .example = "catl"};
const struct api_param api_param_pair_state = {.name = "state",
                                               .help = "Only pairs in this state",
                                               .type = API_CODE,
                                               .kind = &kind_pair_state,
                                               .example = "mutual"};
const struct api_param api_param_pairs_format = {
    .name = "format",
    .help = "json, or csv or xlsx with all pairs; json when nothing is said",
    .type = API_KEY,
    .example = "json"};

static const struct api_part side_parts[] = {
    {.name = "organisation_id", .type = API_PART_INTEGER},
    {.name = "name_en", .type = API_PART_TEXT, .flags = API_OR_NULL},
    {.name = "name_zh", .type = API_PART_TEXT, .flags = API_OR_NULL},
    {.name = "country", .type = API_PART_TEXT, .flags = API_OR_NULL},
    {.name = "size", .type = API_PART_CODE, .flags = API_OR_NULL, .kind = &kind_size},
    {.name = "answer", .type = API_PART_CODE, .flags = API_OR_NULL, .kind = &kind_answer},
    {.name = "decline", .type = API_PART_CODE, .flags = API_OR_NULL, .kind = &kind_decline},
};
static const struct api_form side =
    API_FORM("PartnerPairSide",
             "One of the two of a pair, its answer and why it declined; the answer is null in a "
             "draft",
             side_parts);
static const struct api_part pair_parts[] = {
    {.name = "first", .type = API_PART_FORM, .of = &side},
    {.name = "second", .type = API_PART_FORM, .of = &side},
    {.name = "score", .type = API_PART_NUMBER},
    {.name = "state", .type = API_PART_CODE, .flags = API_OR_NULL, .kind = &kind_pair_state},
    {.name = "reasons", .type = API_PART_FORM, .flags = API_LIST, .of = &api_form_reason},
};
static const struct api_form pair_form = API_FORM(
    "PartnerPair", "A pair that a round suggests; the state is null in a draft", pair_parts);
static const struct api_part pairs_parts[] = {
    {.name = "items", .type = API_PART_FORM, .flags = API_LIST, .of = &pair_form},
    {.name = "total", .type = API_PART_INTEGER}};
const struct api_form api_form_round_pairs =
    API_FORM("PartnerPairList", "Pairs of a round, and how many there are", pairs_parts);

static void write_side(struct json_out *json, const struct view *view,
                       const struct partner_kept *pair, int which) {
    int64_t id = which == 0 ? pair->first_id : pair->second_id;
    uint32_t o = u64_map_get(&view->organisation_by_id, (uint64_t)id);
    uint32_t country = o != MAP_NONE ? view->organisation[o].country : (uint32_t)VIEW_NONE;
    json_key(json, which == 0 ? "first" : "second");
    json_open(json);
    api_write_named(json, view, id);
    api_write_text(json, "country", country != VIEW_NONE ? view->country[country].code : STR(""));
    api_write_text(json, "size", o != MAP_NONE ? view->organisation[o].size : STR(""));
    api_write_text(json, "answer", str_of(kind_code(&kind_answer, pair->answer[which])));
    api_write_text(json, "decline", str_of(kind_code(&kind_decline, pair->decline[which])));
    json_close(json);
}

static enum err write_pair(struct json_out *json, const struct view *view,
                           const struct partner_kept *pair, struct arena *arena,
                           struct errinfo *info) {
    struct partner_parts parts;
    enum err e = partner_parts_read(view, pair->parts, arena, &parts, info);
    if (e != ERR_OK)
        return e;
    json_open(json);
    write_side(json, view, pair, 0);
    write_side(json, view, pair, 1);
    json_key(json, "score");
    json_double(json, (double)pair->score / 1e6);
    api_write_text(json, "state", str_of(kind_code(&kind_pair_state, pair->state)));
    e = api_write_reasons(json, view, &parts, false, NULL, arena, info);
    json_close(json);
    return e;
}

/* Which pairs are asked for. */
struct wanted {
    const struct view *view;
    int64_t organisation_id; /* 0 = any */
    uint32_t state;          /* of kind_pair_state; 0 = any */
    struct directory_filter named;
};

static enum err read_wanted(struct api_call *call, struct wanted *w, struct errinfo *info) {
    struct str words = api_call_value(call, &api_param_pair_words);
    *w = (struct wanted){
        .view = call->scope.view,
        .organisation_id = api_call_integer(call, &api_param_of_organisation),
        .state = kind_of_code(&kind_pair_state, api_call_value(call, &api_param_pair_state))};
    directory_filter_init(&w->named);
    if (words.ptr == NULL)
        return ERR_OK;
    enum err e = snapshot_filter_set(call->scope.snapshot, DIRECTORY_WORDS, words,
                                     call->scope.arena, &w->named, info);
    return e == ERR_INPUT || e == ERR_LIMIT
               ? api_call_problem(call, API_PROBLEM_INVALID_PARAMETER, "q", e)
               : e;
}

static bool has_words(const struct wanted *w, int64_t organisation_id) {
    uint32_t o = u64_map_get(&w->view->organisation_by_id, (uint64_t)organisation_id);
    return o != MAP_NONE && directory_takes_organisation(w->view, &w->named, o);
}

static bool is_wanted(const struct wanted *w, const struct partner_kept *pair) {
    int64_t id = w->organisation_id;
    return (id == 0 || pair->first_id == id || pair->second_id == id) &&
           (w->state == 0 || pair->state == w->state) &&
           (!directory_filter_has(&w->named, DIRECTORY_WORDS) || has_words(w, pair->first_id) ||
            has_words(w, pair->second_id));
}

static enum err write_page(struct api_call *call, const struct api_round *at,
                           const struct wanted *wanted, struct errinfo *info) {
    int64_t from = api_call_integer(call, &api_param_from_pair);
    int64_t most = api_call_value(call, &api_param_pairs).ptr != NULL
                       ? api_call_integer(call, &api_param_pairs)
                       : (int64_t)PAIRS_DEFAULT;
    int64_t total = 0;
    enum err e = ERR_OK;
    struct json_out json;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "items");
    json_open_list(&json);
    for (uint32_t i = 0; i < at->count && e == ERR_OK; i++) {
        const struct partner_kept *pair = &at->pairs[i];
        if (!is_wanted(wanted, pair))
            continue;
        if (total >= from && total - from < most)
            e = write_pair(&json, call->scope.view, pair, call->scope.arena, info);
        total++;
    }
    json_close_list(&json);
    json_key_i64(&json, "total", total);
    json_close(&json);
    return e;
}

static enum err write_sheet(struct api_call *call, const struct api_round *at, bool is_xlsx,
                            struct errinfo *info) {
    struct list list;
    list_init(&list);
    enum err e = partner_list_pairs(call->scope.view, at->pairs, at->count, &list, info);
    if (e == ERR_OK)
        e = list_write(&list, is_xlsx ? LIST_XLSX : LIST_CSV, &call->reply->body, info);
    list_release(&list);
    call->reply->content_type =
        is_xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                : "text/csv; charset=utf-8";
    return e == ERR_OK
               ? http_reply_download(call->request, call->reply,
                                     is_xlsx ? STR("matches.xlsx") : STR("matches.csv"), info)
               : e;
}

enum err api_draw_round_pairs(struct api_call *call, struct errinfo *info) {
    struct str format = api_call_value(call, &api_param_pairs_format);
    bool is_xlsx = str_equal_c(format, "xlsx"), is_csv = str_equal_c(format, "csv");
    struct api_round at;
    if (format.ptr != NULL && !is_xlsx && !is_csv && !str_equal_c(format, "json")) {
        err_set(info, ERR_INPUT, "format is json, csv or xlsx");
        return api_call_problem(call, API_PROBLEM_INVALID_PARAMETER, "format", ERR_INPUT);
    }
    enum err e = api_find_round(call, true, &at, info);
    if (e != ERR_OK)
        return e;
    struct wanted wanted;
    e = read_wanted(call, &wanted, info);
    if (e != ERR_OK)
        return e;
    call->reply->content_type = "application/json";
    return is_xlsx || is_csv ? write_sheet(call, &at, is_xlsx, info)
                             : write_page(call, &at, &wanted, info);
}
