/* Duplicates: the pairs that wait for a decision, the decision, and merging. */
#include "api/desk.h"

#include "api/desk_parts.h"
#include "api/session.h"
#include "service/desk.h"
#include "service/duplicates.h"
#include "service/merge.h"

const char api_schema_duplicates[] =
    "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"id\",\"name_en\","
    "\"name_zh\",\"of_id\",\"of_name_en\",\"of_name_zh\",\"score\",\"reason_en\",\"reason_zh\"]}}";

enum err api_draw_duplicates(struct api_call *call, struct errinfo *info) {
    struct store_reader *reader;
    struct list list;
    enum err e = api_desk_reader(call, &reader, info);
    if (e != ERR_OK)
        return e;
    list_init(&list);
    e = duplicates_list(reader, &list, info);
    if (e == ERR_OK)
        e = list_write(&list, LIST_JSON, &call->reply->body, info);
    list_release(&list);
    return e;
}

struct pair {
    struct store_batch by;
    int64_t first, second; /* or the one that is kept and the one that goes */
    struct str decision;
    int64_t batch_id;
};

/* ---- decisions ---- */

static const struct api_member decision_members[] = {
    API_MEMBER_INTEGER(pair, first, true, 1, INT64_MAX, "Number of one organisation"),
    API_MEMBER_INTEGER(pair, second, true, 1, INT64_MAX, "Number of the other"),
    API_MEMBER_STR(pair, decision, true, 16, "different, or later; who are the same are merged"),
};
const struct api_body api_body_decision = {.name = "DuplicateDecision",
                                           .help = "Whether two organisations are different",
                                           .member = decision_members,
                                           .members = API_COUNT(decision_members)};

static enum err decide(void *ctx, struct store *store, struct errinfo *info) {
    const struct pair *pair = ctx;
    return duplicates_decide(store, &pair->by, pair->first, pair->second, pair->decision, info);
}

enum err api_draw_decision(struct api_call *call, struct errinfo *info) {
    struct pair pair = {.by = api_desk_author(call)};
    enum err e = api_body_read(call, &api_body_decision, &pair, info);
    if (e == ERR_OK && !str_equal_c(pair.decision, "different") &&
        !str_equal_c(pair.decision, "later")) {
        api_call_fault(call, STR("decision"), "is different or later");
        e = api_call_faults(call, info);
    }
    return e == ERR_OK ? writer_run(desk_writer(call->desk), NULL, decide, &pair, NULL, info) : e;
}

/* ---- merging ---- */

struct merging {
    int64_t keep, gone;
};
static const struct api_member merge_members[] = {
    API_MEMBER_INTEGER(merging, keep, true, 1, INT64_MAX, "Number of the one that stays"),
    API_MEMBER_INTEGER(merging, gone, true, 1, INT64_MAX, "Number of the one that goes into it"),
};
const struct api_body api_body_merge = {.name = "Merge",
                                        .help = "Two organisations that are one",
                                        .member = merge_members,
                                        .members = API_COUNT(merge_members)};

static enum err merge(void *ctx, struct store *store, struct errinfo *info) {
    struct pair *pair = ctx;
    return merge_organisations(store, &pair->by, pair->first, pair->second, &pair->batch_id, info);
}

enum err api_draw_merge(struct api_call *call, struct errinfo *info) {
    struct merging body = {0};
    struct json_out json;
    enum err e = api_body_read(call, &api_body_merge, &body, info);
    if (e != ERR_OK)
        return e;
    struct pair pair = {.by = api_desk_author(call), .first = body.keep, .second = body.gone};
    e = writer_run(desk_writer(call->desk), NULL, merge, &pair, NULL, info);
    if (e == ERR_INPUT) {
        api_call_fault(call, STR("gone"), "%s", info->message);
        return api_call_faults(call, info);
    }
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key_i64(&json, "batch", pair.batch_id);
    json_close(&json);
    return ERR_OK;
}
