/* Why two organisations are suggested to each other in a round run now, or why not. */
#include "api/partners.h"

#include "api/desk_parts.h"
#include "api/session.h"
#include "service/partner_why.h"

#define ORGANISATION(NAME, WORDS)                                                                  \
    {                                                                                              \
        .name = NAME, .help = WORDS, .type = API_INTEGER, .is_required = true, .min = 1,           \
        .max = INT64_MAX, .example = "1"                                                           \
    }
const struct api_param api_param_first =
    ORGANISATION("first", "Number of one of the two organisations");
const struct api_param api_param_second = ORGANISATION("second", "Number of the other one");

static const char *verdict_word(uint32_t n) {
    return n < PARTNER_VERDICTS ? partner_verdict_code((enum partner_verdict)n) : NULL;
}

static const struct api_part side_parts[] = {
    {.name = "organisation_id", .type = API_PART_INTEGER},
    {.name = "name_en", .type = API_PART_TEXT, .flags = API_OR_NULL},
    {.name = "name_zh", .type = API_PART_TEXT, .flags = API_OR_NULL},
    {.name = "rank", .type = API_PART_INTEGER, .flags = API_OR_NULL},
    {.name = "of", .type = API_PART_INTEGER},
    {.name = "suggestions", .type = API_PART_INTEGER},
    {.name = "capacity", .type = API_PART_INTEGER},
    {.name = "weakest", .type = API_PART_NUMBER, .flags = API_OR_NULL},
    {.name = "price", .type = API_PART_NUMBER},
};
static const struct api_form side = API_FORM(
    "PartnerWhySide",
    "One of the two: where the other stands for it among all it could meet (null: nowhere), its "
    "list, the score of the last in it, and what a place in it is worth to the round",
    side_parts);
static const struct api_part share_parts[] = {
    {.name = "part", .type = API_PART_CODE, .word = api_part_code_word},
    {.name = "value", .type = API_PART_NUMBER},
    {.name = "weight", .type = API_PART_NUMBER},
};
static const struct api_form share = API_FORM(
    "PartnerShare", "A part of a score with its weight; the score is their sum, less rivalry",
    share_parts);
static const struct api_part why_parts[] = {
    {.name = "verdict", .type = API_PART_CODE, .word = verdict_word},
    {.name = "is_suggested", .type = API_PART_BOOLEAN},
    {.name = "score", .type = API_PART_NUMBER},
    {.name = "words_en", .type = API_PART_TEXT, .flags = API_LIST},
    {.name = "words_zh", .type = API_PART_TEXT, .flags = API_LIST},
    {.name = "parts", .type = API_PART_FORM, .flags = API_LIST, .of = &share},
    {.name = "reasons", .type = API_PART_FORM, .flags = API_LIST, .of = &api_form_reason},
    {.name = "first", .type = API_PART_FORM, .of = &side},
    {.name = "second", .type = API_PART_FORM, .of = &side},
};
const struct api_form api_form_partner_why = API_FORM(
    "PartnerWhy", "Why two are suggested to each other in a round run now, or why not", why_parts);

static void write_side(struct json_out *json, const char *key, const struct partner_round *round,
                       uint32_t firm, const struct partner_side *at) {
    json_key(json, key);
    json_open(json);
    api_write_named(json, round->market->view, partner_organisation(round->market, firm)->id);
    json_key(json, "rank");
    if (at->rank > 0)
        json_i64(json, at->rank);
    else
        json_none(json);
    json_key_i64(json, "of", at->of);
    json_key_i64(json, "suggestions", at->count);
    json_key_i64(json, "capacity", at->capacity);
    json_key(json, "weakest");
    if (at->count > 0)
        json_double(json, at->weakest);
    else
        json_none(json);
    json_key(json, "price");
    json_double(json, at->price);
    json_close(json);
}

static void write_sentences(struct json_out *json, const char *key,
                            const struct partner_sentence *sentence, uint32_t count, bool is_zh) {
    json_key(json, key);
    json_open_list(json);
    for (uint32_t i = 0; i < count; i++)
        json_text(json, is_zh ? sentence[i].zh : sentence[i].en);
    json_close_list(json);
}

static void write_parts(struct json_out *json, const struct partner_round *round,
                        const struct partner_why *why) {
    json_key(json, "parts");
    json_open_list(json);
    for (int p = 0; p < MATCH_PARTS; p++) {
        json_open(json);
        json_key_text(json, "part", str_of(match_part_code((enum match_part)p)));
        json_key(json, "value");
        json_double(json, why->score.part[p]);
        json_key(json, "weight");
        json_double(json, round->settings.weight[p]);
        json_close(json);
    }
    json_close_list(json);
}

static enum err write_why(struct api_call *call, const struct partner_round *round,
                          const struct partner_why *why, struct errinfo *info) {
    struct partner_sentence sentence[PARTNER_SENTENCES_MAX];
    struct arena *arena = call->scope.arena;
    struct json_out json;
    uint32_t count;
    enum err e = partner_why_words(round, why, PARTNER_OF_BOTH, arena, sentence, &count, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key_text(&json, "verdict", str_of(partner_verdict_code(why->verdict)));
    json_key(&json, "is_suggested");
    json_bool(&json, why->verdict == PARTNER_SUGGESTED);
    json_key(&json, "score");
    json_double(&json, why->total);
    write_sentences(&json, "words_en", sentence, count, false);
    write_sentences(&json, "words_zh", sentence, count, true);
    write_parts(&json, round, why);
    e = api_write_reasons(&json, call->scope.view, &why->parts, false, round->settings.weight,
                          arena, info);
    write_side(&json, "first", round, why->first, &why->side[0]);
    write_side(&json, "second", round, why->second, &why->side[1]);
    json_close(&json);
    return e;
}

static enum err find_firm(struct api_call *call, const struct partner_market *market,
                          const struct api_param *param, uint32_t *firm, struct errinfo *info) {
    *firm = partner_market_firm(market, api_call_integer(call, param));
    if (*firm != VIEW_NONE)
        return ERR_OK;
    err_set(info, ERR_INPUT, "no organisation with the number %lld takes part in the edition",
            (long long)api_call_integer(call, param));
    return api_call_problem(call, API_PROBLEM_INVALID_PARAMETER, param->name, ERR_INPUT);
}

enum err api_draw_partner_why(struct api_call *call, struct errinfo *info) {
    struct partner_market *market = NULL;
    struct partner_round *round = NULL;
    struct partner_settings settings;
    struct partner_why why;
    struct store_reader *reader;
    uint32_t first = VIEW_NONE, second = VIEW_NONE;
    enum err e = access_check(api_call_access(call), RIGHT_PARTNER_READ, NULL, info);
    if (e == ERR_OK)
        e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = partner_settings_read(reader, view_this_edition(call->scope.view)->id, &settings, info);
    if (e == ERR_OK)
        e = partner_market_new(call->scope.view, reader, NULL, &market, info);
    if (e == ERR_OK)
        e = find_firm(call, market, &api_param_first, &first, info);
    if (e == ERR_OK)
        e = find_firm(call, market, &api_param_second, &second, info);
    if (e == ERR_OK)
        e = partner_round_run(market, &settings, false, NULL, &round, info);
    if (e == ERR_OK)
        e = partner_why_find(round, first, second, &why, info);
    if (e == ERR_OK)
        e = write_why(call, round, &why, info);
    partner_round_free(round);
    partner_market_free(market);
    return e;
}
