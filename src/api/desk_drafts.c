/* What is not saved yet: drafts, and who has which record open. */
#include "api/desk.h"

#include "api/desk_parts.h"
#include "api/session.h"
#include "base/clock.h"
#include "service/desk.h"
#include "service/drafts.h"
#include "service/presence.h"

const struct api_param api_path_draft = {.name = "key",
                                         .help = "What the draft is about: organisation:12",
                                         .place = API_IN_PATH,
                                         .type = API_KEY,
                                         .bytes_max = DRAFT_KEY_MAX,
                                         .example = "organisation:1"};

/* ---- drafts ---- */

struct draft_work {
    int64_t account_id, at_ms;
    struct str key, body;
};

static enum err keep(void *ctx, struct store *store, struct errinfo *info) {
    const struct draft_work *w = ctx;
    return draft_keep(store, w->account_id, w->key, w->body, w->at_ms, info);
}

static enum err drop(void *ctx, struct store *store, struct errinfo *info) {
    const struct draft_work *w = ctx;
    return draft_drop(store, w->account_id, w->key, info);
}

static enum err run(struct api_call *call, writer_fn *fn, struct str body, struct errinfo *info) {
    struct store_batch batch = api_desk_author(call);
    struct draft_work work = {batch.account_id, batch.at_ms, api_call_value(call, &api_path_draft),
                              body};
    int64_t batch_id;
    batch.kind = "edit";
    return writer_run(desk_writer(call->desk), &batch, fn, &work, &batch_id, info);
}

enum err api_draw_keep_draft(struct api_call *call, struct errinfo *info) {
    const struct json_value *json;
    struct str body = call->request->body;
    enum err e = json_read(body, NULL, call->scope.arena, &json, info);
    if (e == ERR_INPUT || e == ERR_LIMIT)
        return api_call_problem(call, API_PROBLEM_INVALID_BODY, NULL, e);
    return e == ERR_OK ? run(call, keep, body, info) : e;
}

enum err api_draw_drop_draft(struct api_call *call, struct errinfo *info) {
    return run(call, drop, STR(""), info);
}

static void write_draft(struct json_out *json, const struct draft *draft) {
    json_open(json);
    json_key_text(json, "key", draft->key);
    json_key_i64(json, "at_ms", draft->at_ms);
    json_key(json, "body");
    json_raw(json, draft->body);
    json_close(json);
}

enum err api_draw_draft(struct api_call *call, struct errinfo *info) {
    struct store_reader *reader;
    struct draft draft;
    struct json_out json;
    enum err e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = draft_get(reader, api_call_access(call)->account_id,
                      api_call_value(call, &api_path_draft), call->scope.arena, &draft, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    write_draft(&json, &draft);
    return ERR_OK;
}

enum err api_draw_drafts(struct api_call *call, struct errinfo *info) {
    struct draft *drafts = arena_new(call->scope.arena, DRAFTS_MAX, sizeof(*drafts));
    struct store_reader *reader;
    struct json_out json;
    uint32_t count = 0;
    enum err e = drafts != NULL ? api_desk_reader(call, &reader, info) : err_memory(info);
    if (e == ERR_OK)
        e = draft_list(reader, api_call_access(call)->account_id, call->scope.arena, drafts, &count,
                       info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "items");
    json_open_list(&json);
    for (uint32_t i = 0; i < count; i++)
        write_draft(&json, &drafts[i]);
    json_close_list(&json);
    json_close(&json);
    return ERR_OK;
}

/* ---- presence ---- */

struct presence_body {
    struct str table;
    int64_t id;
    bool typing, closed;
};
static const struct api_member presence_members[] = {
    API_MEMBER_STR(presence_body, table, true, 60, "Table of the record that is open"),
    API_MEMBER_INTEGER(presence_body, id, true, 1, INT64_MAX, "Its number"),
    API_MEMBER_BOOLEAN(presence_body, typing, "There are changes that are not saved"),
    API_MEMBER_BOOLEAN(presence_body, closed, "It is open no more"),
};
const struct api_body api_body_presence = {.name = "Presence",
                                           .help = "A record that somebody has open",
                                           .member = presence_members,
                                           .members = API_COUNT(presence_members)};

/* Whether the record may be looked at, and whether persons are named there. */
static enum err look_at(struct api_call *call, const struct edit_table *table, int64_t id,
                        bool *named, struct errinfo *info) {
    const struct access *access = api_call_access(call);
    struct store_reader *reader;
    struct edit_record record;
    struct access_place place;
    enum err e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = edit_get(reader, access, table, id, call->scope.arena, &record, info);
    if (e == ERR_OK)
        e = edit_place(reader, table->table, id, call->scope.arena, &place, info);
    *named = e == ERR_OK && access_may(access, RIGHT_PERSON_READ, &place);
    return e;
}

/* By name, else by address, for whom persons are named; others learn that somebody is there. */
static enum err write_other(struct api_call *call, struct json_out *json,
                            const struct presence_other *other, bool named, struct errinfo *info) {
    struct account account;
    struct store_reader *reader;
    enum err e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = account_get(reader, other->account_id, &account, info);
    if (e != ERR_OK)
        return e;
    struct str name = str_of(account.name[0] != '\0' ? account.name : account.email.text);
    if (!named)
        name = STR("");
    json_open(json);
    json_key_i64(json, "account", other->account_id);
    api_write_text(json, "name", name);
    json_key_i64(json, "since_ms", other->since_ms);
    json_key(json, "typing");
    json_bool(json, other->writing);
    json_close(json);
    return ERR_OK;
}

enum err api_draw_presence(struct api_call *call, struct errinfo *info) {
    struct presence_body body = {.id = 0};
    struct presence_other others[PRESENCE_OTHERS_MAX];
    struct json_out json;
    uint32_t count = 0;
    int64_t account_id = api_call_access(call)->account_id;
    enum err e = api_body_read(call, &api_body_presence, &body, info);
    const struct edit_table *table = e == ERR_OK ? edit_table_by_name(body.table) : NULL;
    bool named = false;
    if (e == ERR_OK && table == NULL) {
        api_call_fault(call, STR("table"), "is none of the tables");
        e = api_call_faults(call, info);
    }
    if (e == ERR_OK && !body.closed)
        e = look_at(call, table, body.id, &named, info);
    if (e != ERR_OK)
        return e;
    if (body.closed)
        presence_leave(desk_presence(call->desk), account_id, table->table, body.id);
    else
        count = presence_here(desk_presence(call->desk), account_id, table->table, body.id,
                              body.typing, clock_wall_ms(), others);
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "others");
    json_open_list(&json);
    for (uint32_t i = 0; i < count && e == ERR_OK; i++)
        e = write_other(call, &json, &others[i], named, info);
    json_close_list(&json);
    json_close(&json);
    return e;
}
