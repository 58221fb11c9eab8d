/*
 * Why an organisation is suggested to a participant, or is not (service/partner_why.h). The round
 * is not run for it: what stands, waits or was declined is in the market, and so is what speaks for
 * and against a meeting.
 */
#include "api/my.h"

#include "api/desk_parts.h"
#include "api/session.h"
#include "service/partner_why.h"

const struct api_param api_param_partner = {.name = "partner",
                                            .help =
                                                "Number of the organisation that is asked about",
                                            .type = API_INTEGER,
                                            .min = 1,
                                            .max = INT64_MAX,
                                            .example = "1"};

static const struct api_part why_parts[] = {
    {.name = "is_suggested", .type = API_PART_BOOLEAN},
    {.name = "words_en", .type = API_PART_TEXT, .flags = API_LIST},
    {.name = "words_zh", .type = API_PART_TEXT, .flags = API_LIST},
    {.name = "score", .type = API_PART_NUMBER, .flags = API_OR_NULL},
    {.name = "rank_mine", .type = API_PART_INTEGER, .flags = API_OR_NULL},
    {.name = "rank_theirs", .type = API_PART_INTEGER, .flags = API_OR_NULL},
};
const struct api_form api_form_my_why = API_FORM(
    "MyWhy",
    "Why an organisation is suggested, or is not, and where each of the two stands among all that "
    "the other could meet; the score is null where nothing speaks for a meeting",
    why_parts);

/* What the reply is made of. */
struct asking {
    struct api_call *call;
    struct store_reader *reader;
    struct partner_market *market;
    struct partner_round *round;
    struct partner_why why;
};

static void write_words(struct json_out *json, const struct partner_sentence *sentence,
                        uint32_t sentences, const struct partner_reason *reason, uint32_t reasons,
                        enum lang lang) {
    json_key(json, lang == LANG_ZH ? "words_zh" : "words_en");
    json_open_list(json);
    for (uint32_t i = 0; i < sentences; i++)
        json_text(json, lang == LANG_ZH ? sentence[i].zh : sentence[i].en);
    for (uint32_t i = 0; i < reasons; i++)
        json_text(json, lang == LANG_ZH ? reason[i].words_zh : reason[i].words_en);
    json_close_list(json);
}

static void write_rank(struct json_out *json, const char *key, uint32_t rank) {
    json_key(json, key);
    if (rank > 0)
        json_i64(json, rank);
    else
        json_none(json);
}

static enum err write_why(struct asking *a, struct errinfo *info) {
    struct partner_sentence sentence[PARTNER_SENTENCES_MAX];
    struct partner_reason reason[MATCH_PARTS];
    struct arena *arena = a->call->scope.arena;
    const struct partner_why *why = &a->why;
    uint32_t sentences, reasons = 0;
    bool is_live = why->verdict == PARTNER_BARRED && why->score.obstacle.bar == PARTNER_BAR_LIVE;
    bool is_told = is_live || why->total > 0;
    struct json_out json;
    enum err e =
        partner_why_words(a->round, why, PARTNER_TO_FIRST, arena, sentence, &sentences, info);
    if (e == ERR_OK && is_told)
        e = partner_words(a->market->view, &why->parts, PARTNER_TO_FIRST, a->round->settings.weight,
                          arena, reason, &reasons, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &a->call->reply->body);
    json_open(&json);
    json_key(&json, "is_suggested");
    json_bool(&json, is_live);
    write_words(&json, sentence, sentences, reason, reasons, LANG_EN);
    write_words(&json, sentence, sentences, reason, reasons, LANG_ZH);
    json_key(&json, "score");
    if (why->total > 0)
        json_double(&json, why->total);
    else
        json_none(&json);
    write_rank(&json, "rank_mine", why->side[0].rank);
    write_rank(&json, "rank_theirs", why->side[1].rank);
    json_close(&json);
    return ERR_OK;
}

static enum err find_firm(struct asking *a, int64_t organisation_id, uint32_t *firm,
                          struct errinfo *info) {
    *firm = partner_market_firm(a->market, organisation_id);
    if (*firm != VIEW_NONE)
        return ERR_OK;
    err_set(info, ERR_NOT_FOUND, "no organisation with the number %lld takes part in the edition",
            (long long)organisation_id);
    return api_call_problem(a->call, API_PROBLEM_NOT_FOUND, "partner", ERR_NOT_FOUND);
}

static enum err ask(struct asking *a, const struct api_side *mine, struct errinfo *info) {
    const struct view *view = a->call->scope.view;
    struct partner_settings settings;
    uint32_t first, second;
    enum err e = partner_settings_read(a->reader, mine->edition_id, &settings, info);
    if (e == ERR_OK)
        e = partner_market_new(view, a->reader, NULL, &a->market, info);
    if (e == ERR_OK)
        e = find_firm(a, mine->organisation_id, &first, info);
    if (e == ERR_OK)
        e = find_firm(a, api_call_integer(a->call, &api_param_partner), &second, info);
    if (e == ERR_OK)
        e = partner_round_of_pairs(a->market, &settings, NULL, 0, &a->round, info);
    return e == ERR_OK ? partner_why_find(a->round, first, second, &a->why, info) : e;
}

enum err api_draw_my_why(struct api_call *call, struct errinfo *info) {
    const struct access_place place = {.participant_id =
                                           api_call_integer(call, &api_path_participant)};
    struct asking a = {.call = call};
    struct api_side mine;
    enum err e = api_desk_reader(call, &a.reader, info);
    if (e == ERR_OK)
        e = access_check(api_call_access(call), RIGHT_PARTNER_READ, &place, info);
    if (e == ERR_OK && api_call_value(call, &api_param_partner).ptr == NULL) {
        err_set(info, ERR_INPUT, "say which organisation: partner=NUMBER");
        e = api_call_problem(call, API_PROBLEM_INVALID_PARAMETER, "partner", ERR_INPUT);
    }
    if (e == ERR_OK)
        e = api_find_side(a.reader, place.participant_id, &mine, info);
    if (e == ERR_OK)
        e = api_open_edition(call, a.reader, mine.edition_id, info);
    if (e == ERR_OK)
        e = ask(&a, &mine, info);
    if (e == ERR_OK)
        e = write_why(&a, info);
    partner_round_free(a.round);
    partner_market_free(a.market);
    return e;
}
