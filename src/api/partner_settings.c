/* Weights and limits of an edition's matching, and what others would change. */
#include "api/partners.h"

#include "api/desk_parts.h"
#include "api/session.h"
#include "service/desk.h"

static const struct api_part settings_parts[] = {
    {.name = "suggestions_max", .type = API_PART_INTEGER},
    {.name = "floor", .type = API_PART_INTEGER},
    {.name = "answer_days", .type = API_PART_INTEGER},
    {.name = "weights", .type = API_PART_NUMBER, .flags = API_MAP},
    {.name = "defaults", .type = API_PART_NUMBER, .flags = API_MAP},
};
const struct api_form api_form_partner_settings =
    API_FORM("PartnerSettings",
             "Limits of suggestions, the weight of each part of a score, and the weights that the "
             "program begins with",
             settings_parts);

static const struct api_part outlook_parts[] = {
    {.name = "pairs", .type = API_PART_INTEGER},
    {.name = "total", .type = API_PART_NUMBER},
    {.name = "without", .type = API_PART_INTEGER},
};
static const struct api_form outlook =
    API_FORM("PartnerOutlook",
             "A round as it would be now: pairs, the sum of scores, firms with no suggestion",
             outlook_parts);
static const struct api_part preview_parts[] = {
    {.name = "before", .type = API_PART_FORM, .of = &outlook},
    {.name = "after", .type = API_PART_FORM, .of = &outlook},
    {.name = "comparison", .type = API_PART_FORM, .of = &api_form_comparison},
};
const struct api_form api_form_partner_preview = API_FORM(
    "PartnerPreview", "What other settings would change of a round run now", preview_parts);

struct settings_body {
    int64_t suggestions_max, floor, answer_days;
    const struct json_value *weights;
};
static const struct api_member settings_members[] = {
    API_MEMBER_INTEGER(settings_body, suggestions_max, true, 1, PARTNER_SUGGESTIONS_MOST,
                       "Suggestions of a firm at the most"),
    API_MEMBER_INTEGER(settings_body, floor, true, 0, PARTNER_SUGGESTIONS_MOST,
                       "Suggestions that small and medium firms and newcomers get at least"),
    API_MEMBER_INTEGER(settings_body, answer_days, true, 1, PARTNER_ANSWER_DAYS_MOST,
                       "Days that a round waits for answers"),
    API_MEMBER_JSON(settings_body, weights, true,
                    "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"number\","
                    "\"minimum\":0,\"maximum\":1}}",
                    "The weight of each part of a score, 0 to 1; parts that are not named keep "
                    "theirs"),
};
const struct api_body api_body_partner_settings = {.name = "PartnerSettingsChange",
                                                   .help = "How an edition is to suggest partners",
                                                   .member = settings_members,
                                                   .members = API_COUNT(settings_members)};

static void read_weights(struct api_call *call, const struct json_value *weights,
                         struct partner_settings *settings) {
    if (weights->kind != JSON_KIND_OBJECT) {
        api_call_fault(call, STR("weights"), "is an object with a number for each part");
        return;
    }
    for (uint32_t i = 0; i < weights->count; i++) {
        const struct json_value *v = &weights->items[i];
        enum match_part part = partner_part_of_code(weights->keys[i]);
        bool is_number = v->kind == JSON_KIND_INTEGER || v->kind == JSON_KIND_NUMBER;
        struct str field =
            arena_printf(call->scope.arena, "weights.%.*s", STR_ARG(weights->keys[i]));
        if (part == MATCH_PARTS)
            api_call_fault(call, field, "is no part of a score");
        else if (!is_number || !(v->number >= 0 && v->number <= 1))
            api_call_fault(call, field, "is a number from 0 to 1");
        else
            settings->weight[part] = v->number;
    }
}

/* What the body says, over what holds. */
static enum err read_wanted(struct api_call *call, const struct partner_settings *held,
                            struct partner_settings *out, struct errinfo *info) {
    struct settings_body body = {.floor = 0};
    enum err e = api_body_read(call, &api_body_partner_settings, &body, info);
    if (e != ERR_OK)
        return e;
    *out = *held;
    out->suggestions_max = (uint32_t)body.suggestions_max;
    out->floor = (uint32_t)body.floor;
    out->answer_days = (uint32_t)body.answer_days;
    read_weights(call, body.weights, out);
    if (out->floor > out->suggestions_max)
        api_call_fault(call, STR("floor"), "must not be above suggestions_max");
    return api_call_faults(call, info);
}

static enum err find(struct api_call *call, struct store_reader **reader,
                     struct partner_settings *out, struct errinfo *info) {
    enum err e = access_check(api_call_access(call), RIGHT_PARTNER_READ, NULL, info);
    if (e == ERR_OK)
        e = api_desk_reader(call, reader, info);
    return e == ERR_OK
               ? partner_settings_read(*reader, view_this_edition(call->scope.view)->id, out, info)
               : e;
}

static void write_settings(struct api_call *call, const struct partner_settings *settings) {
    struct partner_settings defaults = partner_settings_default();
    struct json_out json;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key_i64(&json, "suggestions_max", settings->suggestions_max);
    json_key_i64(&json, "floor", settings->floor);
    json_key_i64(&json, "answer_days", settings->answer_days);
    json_key(&json, "weights");
    api_write_weights(&json, settings->weight);
    json_key(&json, "defaults");
    api_write_weights(&json, defaults.weight);
    json_close(&json);
}

enum err api_draw_partner_settings(struct api_call *call, struct errinfo *info) {
    struct partner_settings settings;
    struct store_reader *reader;
    enum err e = find(call, &reader, &settings, info);
    if (e == ERR_OK)
        write_settings(call, &settings);
    return e;
}

struct work {
    const struct access *by;
    int64_t edition_id;
    struct partner_settings settings;
};

static enum err set(void *ctx, struct store *store, struct errinfo *info) {
    const struct work *work = ctx;
    return partner_settings_write(store, work->by, work->edition_id, &work->settings, info);
}

enum err api_draw_set_partner_settings(struct api_call *call, struct errinfo *info) {
    struct work work = {.by = api_call_access(call),
                        .edition_id = view_this_edition(call->scope.view)->id};
    struct store_batch batch = api_desk_author(call);
    struct partner_settings held;
    struct store_reader *reader;
    int64_t batch_id;
    enum err e = find(call, &reader, &held, info);
    if (e == ERR_OK)
        e = read_wanted(call, &held, &work.settings, info);
    batch.kind = "match";
    if (e == ERR_OK)
        e = writer_run(desk_writer(call->desk), &batch, set, &work, &batch_id, info);
    if (e == ERR_OK)
        write_settings(call, &work.settings);
    return e;
}

/* ---- preview ---- */

static void write_outlook(struct json_out *json, const char *key,
                          const struct partner_round *round) {
    uint32_t without = 0;
    for (uint32_t f = 0; f < round->market->firms; f++)
        without += partner_round_count(round, f) == 0;
    json_key(json, key);
    json_open(json);
    json_key_i64(json, "pairs", round->pairs);
    json_key(json, "total");
    json_double(json, round->total);
    json_key_i64(json, "without", without);
    json_close(json);
}

static enum err write_preview(struct api_call *call, const struct partner_round *before,
                              const struct partner_round *after, struct errinfo *info) {
    struct arena *arena = call->scope.arena;
    struct partner_comparison comparison;
    struct partner_kept *was, *is;
    struct json_out json;
    uint32_t was_count, is_count;
    enum err e = partner_keep_pairs_of(before, arena, &was, &was_count, info);
    if (e == ERR_OK)
        e = partner_keep_pairs_of(after, arena, &is, &is_count, info);
    if (e == ERR_OK)
        e = partner_compare(was, was_count, is, is_count, arena, &comparison, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    write_outlook(&json, "before", before);
    write_outlook(&json, "after", after);
    json_key(&json, "comparison");
    api_write_comparison(&json, call->scope.view, &comparison);
    json_close(&json);
    return ERR_OK;
}

enum err api_draw_preview_partners(struct api_call *call, struct errinfo *info) {
    struct partner_round *before = NULL, *after = NULL;
    struct partner_market *market = NULL;
    struct partner_settings held, wanted;
    struct store_reader *reader;
    enum err e = find(call, &reader, &held, info);
    if (e == ERR_OK)
        e = read_wanted(call, &held, &wanted, info);
    if (e == ERR_OK)
        e = partner_market_new(call->scope.view, reader, NULL, &market, info);
    if (e == ERR_OK)
        e = partner_round_run(market, &held, false, NULL, &before, info);
    if (e == ERR_OK)
        e = partner_round_run(market, &wanted, false, NULL, &after, info);
    if (e == ERR_OK)
        e = write_preview(call, before, after, info);
    partner_round_free(before);
    partner_round_free(after);
    partner_market_free(market);
    return e;
}
