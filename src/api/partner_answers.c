/* How a round was answered, as JSON: by group of firms, reasons to decline, who has not answered.
 */
#include "service/partner_answers.h"
#include "api/desk_parts.h"
#include "api/partners.h"

enum { SILENT_MAX = 1000 };

#define INTEGER(NAME)                                                                              \
    { .name = NAME, .type = API_PART_INTEGER }
#define TEXT_OR_NULL(NAME)                                                                         \
    { .name = NAME, .type = API_PART_TEXT, .flags = API_OR_NULL }
#define TALLY                                                                                      \
    INTEGER("sides"), INTEGER("accepted"), INTEGER("declined"), INTEGER("later"), INTEGER("mutual")

static const struct api_part group_parts[] = {
    {.name = "by", .type = API_PART_CODE, .word = api_grouping_word},
    TEXT_OR_NULL("code"),
    {.name = "name_en", .type = API_PART_TEXT},
    {.name = "name_zh", .type = API_PART_TEXT},
    TALLY,
};
static const struct api_form group =
    API_FORM("PartnerAnswerGroup",
             "Sides of firms of one kind, size, origin, area or country or region, and what they "
             "said; mutual: the other side accepted, too",
             group_parts);

static const struct api_part decline_parts[] = {
    {.name = "reason", .type = API_PART_CODE, .flags = API_OR_NULL, .kind = &kind_decline},
    TEXT_OR_NULL("name_en"),
    TEXT_OR_NULL("name_zh"),
    INTEGER("sides"),
};
static const struct api_form decline = API_FORM(
    "PartnerDecline", "A reason to decline, and how many sides gave it; null: none was given",
    decline_parts);

static const struct api_part silent_parts[] = {
    INTEGER("organisation_id"), TEXT_OR_NULL("name_en"), TEXT_OR_NULL("name_zh"),
    INTEGER("waiting"),         INTEGER("asked"),        INTEGER("persons"),
};
static const struct api_form silent =
    API_FORM("PartnerSilent",
             "A firm that has not answered: pairs that wait for it, those of them that the other "
             "side accepted, and the persons who can answer for it",
             silent_parts);

static const struct api_part answers_parts[] = {
    TALLY,
    INTEGER("firms"),
    INTEGER("firms_alone"),
    {.name = "groups", .type = API_PART_FORM, .flags = API_LIST, .of = &group},
    {.name = "declines", .type = API_PART_FORM, .flags = API_LIST, .of = &decline},
    INTEGER("silent_count"),
    {.name = "silent", .type = API_PART_FORM, .flags = API_LIST, .of = &silent},
};
const struct api_form api_form_round_answers =
    API_FORM("PartnerAnswerReport",
             "How a round was answered. firms: with a pair in it; firms_alone: of them, without a "
             "person who could answer",
             answers_parts);

static void write_tally(struct json_out *json, const struct partner_tally *tally) {
    json_key_i64(json, "sides", tally->sides);
    json_key_i64(json, "accepted", tally->accepted);
    json_key_i64(json, "declined", tally->declined);
    json_key_i64(json, "later", tally->later);
    json_key_i64(json, "mutual", tally->mutual);
}

static void write_groups(struct json_out *json, const struct partner_answers *answers) {
    json_key(json, "groups");
    json_open_list(json);
    for (uint32_t g = 0; g < answers->groups; g++) {
        const struct partner_group *at = &answers->group[g].group;
        json_open(json);
        json_key_text(json, "by", str_of(partner_grouping_code(at->by)));
        api_write_text(json, "code", at->code);
        json_key_text(json, "name_en", at->name_en);
        json_key_text(json, "name_zh", at->name_zh);
        write_tally(json, &answers->group[g].tally);
        json_close(json);
    }
    json_close_list(json);
}

static void write_declines(struct json_out *json, const struct partner_answers *answers) {
    json_key(json, "declines");
    json_open_list(json);
    for (uint32_t d = 0; d < PARTNER_DECLINES_MAX; d++) {
        if (answers->decline[d] == 0)
            continue;
        json_open(json);
        api_write_text(json, "reason", str_of(kind_code(&kind_decline, d)));
        api_write_text(json, "name_en", str_of(d > 0 ? kind_name_en(&kind_decline, d) : ""));
        api_write_text(json, "name_zh", str_of(d > 0 ? kind_name_zh(&kind_decline, d) : ""));
        json_key_i64(json, "sides", answers->decline[d]);
        json_close(json);
    }
    json_close_list(json);
}

static void write_silent(struct json_out *json, const struct partner_market *market,
                         const struct partner_answers *answers) {
    json_key_i64(json, "silent_count", answers->silents);
    json_key(json, "silent");
    json_open_list(json);
    for (uint32_t i = 0; i < answers->silents && i < SILENT_MAX; i++) {
        const struct partner_silent *at = &answers->silent[i];
        json_open(json);
        api_write_named(json, market->view, partner_organisation(market, at->firm)->id);
        json_key_i64(json, "waiting", at->waiting);
        json_key_i64(json, "asked", at->asked);
        json_key_i64(json, "persons", at->persons);
        json_close(json);
    }
    json_close_list(json);
}

enum err api_draw_round_answers(struct api_call *call, struct errinfo *info) {
    struct partner_market *market = NULL;
    struct partner_answers answers;
    struct api_round at;
    struct json_out json;
    enum err e = api_find_round(call, false, &at, info);
    if (e == ERR_OK)
        e = partner_market_new(call->scope.view, at.reader, NULL, &market, info);
    if (e == ERR_OK)
        e = partner_answers_count(market, at.reader, at.pairs, at.count, call->scope.arena,
                                  &answers, info);
    if (e == ERR_OK) {
        json_init(&json, &call->reply->body);
        json_open(&json);
        write_tally(&json, &answers.all);
        json_key_i64(&json, "firms", answers.firms);
        json_key_i64(&json, "firms_alone", answers.firms_alone);
        write_groups(&json, &answers);
        write_declines(&json, &answers);
        write_silent(&json, market, &answers);
        json_close(&json);
    }
    partner_market_free(market);
    return e;
}
