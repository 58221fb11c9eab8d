/*
 * Whom a participant wants to meet, by name (service/wishes.h): a list is pasted, found on a
 * reader, and written; what is not sure is decided one by one.
 */
#include "api/my.h"

#include "api/desk_parts.h"
#include "api/session.h"
#include "service/desk.h"
#include "service/wishes.h"

/* ---- forms ---- */

#define NUMBER(NAME)                                                                               \
    { .name = NAME, .type = API_PART_INTEGER }
#define NUMBER_OR_NULL(NAME)                                                                       \
    { .name = NAME, .type = API_PART_INTEGER, .flags = API_OR_NULL }
#define TEXT_OR_NULL(NAME)                                                                         \
    { .name = NAME, .type = API_PART_TEXT, .flags = API_OR_NULL }

static const struct api_part candidate_parts[] = {NUMBER("organisation_id"),
                                                  TEXT_OR_NULL("name_en"), TEXT_OR_NULL("name_zh"),
                                                  NUMBER("confidence")};
static const struct api_form candidate = API_FORM(
    "WishCandidate", "Who may be meant, with a confidence in thousandths", candidate_parts);

static const struct api_part wish_parts[] = {
    NUMBER("id"),
    {.name = "text", .type = API_PART_TEXT},
    {.name = "state", .type = API_PART_CODE, .kind = &kind_wish_state},
    NUMBER_OR_NULL("organisation_id"),
    TEXT_OR_NULL("name_en"),
    TEXT_OR_NULL("name_zh"),
    NUMBER_OR_NULL("confidence"),
    {.name = "candidates", .type = API_PART_FORM, .flags = API_LIST, .of = &candidate}};
static const struct api_form wish = API_FORM(
    "Wish", "A partner as it was named, and who is meant; 1000 = a person said so", wish_parts);

static const struct api_part wishes_parts[] = {
    {.name = "items", .type = API_PART_FORM, .flags = API_LIST, .of = &wish}};
const struct api_form api_form_wishes =
    API_FORM("WishList", "The wishes of a participant in the order they came", wishes_parts);

static const struct api_part added_parts[] = {
    NUMBER("added"),
    NUMBER("repeated"),
    {.name = "items", .type = API_PART_FORM, .flags = API_LIST, .of = &wish}};
const struct api_form api_form_wishes_added =
    API_FORM("WishesAdded", "How many names of a list are new, and all wishes", added_parts);

/* ---- writing ---- */

static void write_candidate(struct json_out *json, const struct wish_candidate *one) {
    json_open(json);
    json_key_i64(json, "organisation_id", one->organisation_id);
    api_write_text(json, "name_en", one->name_en);
    api_write_text(json, "name_zh", one->name_zh);
    json_key_i64(json, "confidence", one->confidence);
    json_close(json);
}

static void write_number(struct json_out *json, const char *key, bool is_known, int64_t number) {
    json_key(json, key);
    if (is_known)
        json_i64(json, number);
    else
        json_none(json);
}

static void write_wish(struct json_out *json, const struct wish *one) {
    bool is_known = one->meant.organisation_id != 0;
    json_open(json);
    json_key_i64(json, "id", one->id);
    json_key_text(json, "text", one->text);
    json_key_text(json, "state", one->state);
    write_number(json, "organisation_id", is_known, one->meant.organisation_id);
    api_write_text(json, "name_en", one->meant.name_en);
    api_write_text(json, "name_zh", one->meant.name_zh);
    write_number(json, "confidence", is_known, one->meant.confidence);
    json_key(json, "candidates");
    json_open_list(json);
    for (uint32_t i = 0; i < one->candidates; i++)
        write_candidate(json, &one->candidate[i]);
    json_close_list(json);
    json_close(json);
}

static int64_t participant_of(const struct api_call *call) {
    return api_call_integer(call, &api_path_participant);
}

/* The member "items" with all wishes, as `reader` sees them. */
static enum err write_items(struct api_call *call, struct store_reader *reader,
                            struct json_out *json, struct errinfo *info) {
    struct wishes wishes;
    enum err e = wishes_read(reader, api_call_access(call), participant_of(call), call->scope.arena,
                             &wishes, info);
    if (e != ERR_OK)
        return e;
    json_key(json, "items");
    json_open_list(json);
    for (uint32_t i = 0; i < wishes.count; i++)
        write_wish(json, &wishes.at[i]);
    json_close_list(json);
    return ERR_OK;
}

enum err api_draw_wishes(struct api_call *call, struct errinfo *info) {
    struct store_reader *reader;
    struct json_out json;
    json_init(&json, &call->reply->body);
    json_open(&json);
    enum err e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = write_items(call, reader, &json, info);
    json_close(&json);
    return e;
}

/* ---- changing ---- */

struct work {
    const struct access *by;
    int64_t participant_id, id, organisation_id;
    bool refused;
    struct wishes found;
    uint32_t added;
};

static struct work work_of(const struct api_call *call, int64_t id) {
    return (struct work){
        .by = api_call_access(call), .participant_id = participant_of(call), .id = id};
}

static enum err run(struct api_call *call, writer_fn *fn, struct work *work, struct errinfo *info) {
    struct store_batch batch = api_desk_author(call);
    int64_t batch_id;
    batch.kind = "edit";
    batch.note = STR("wishes");
    return writer_run(desk_writer(call->desk), &batch, fn, work, &batch_id, info);
}

/* What is wrong with the list or the decision is a fault of that member. */
static enum err told(struct api_call *call, const char *member, enum err e, struct errinfo *info) {
    if (e != ERR_INPUT && e != ERR_LIMIT)
        return e;
    api_call_fault(call, str_of(member), "%s", info->message);
    return api_call_faults(call, info);
}

struct list_body {
    struct str text;
};
static const struct api_member list_members[] = {
    API_MEMBER_STR(list_body, text, true, WISHES_TEXT_MAX,
                   "A name a line, in any spelling, with or without numbers"),
};
const struct api_body api_body_wishes = {.name = "NewWishes",
                                         .help = "Whom a participant wants to meet",
                                         .member = list_members,
                                         .members = API_COUNT(list_members)};

static enum err add(void *ctx, struct store *store, struct errinfo *info) {
    struct work *work = ctx;
    return wishes_add(store, work->by, work->participant_id, &work->found, &work->added, info);
}

/* The reply tells what is there now, which the call's own reader does not see. */
static enum err draw_added(struct api_call *call, const struct work *work, struct errinfo *info) {
    struct store_reader *reader;
    struct json_out json;
    enum err e = desk_begin(call->desk, &reader, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key_i64(&json, "added", work->added);
    json_key_i64(&json, "repeated", work->found.count - work->added);
    e = write_items(call, reader, &json, info);
    json_close(&json);
    desk_end(call->desk, reader);
    return e;
}

enum err api_draw_add_wishes(struct api_call *call, struct errinfo *info) {
    struct list_body body = {0};
    struct work work = work_of(call, 0);
    struct store_reader *reader;
    enum err e = api_body_read(call, &api_body_wishes, &body, info);
    if (e == ERR_OK)
        e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = wishes_find(reader, work.by, work.participant_id, body.text, call->scope.arena,
                        &work.found, info);
    if (e == ERR_OK)
        e = run(call, add, &work, info);
    return e == ERR_OK ? draw_added(call, &work, info) : told(call, "text", e, info);
}

struct decision_body {
    int64_t organisation_id;
    struct str state;
};
static const struct api_member decision_members[] = {
    {.name = "organisation_id",
     .help = "Who is meant: one that takes part",
     .type = API_BODY_INTEGER,
     .may_be_null = true,
     .min = 1,
     .max = INT64_MAX,
     .offset = offsetof(struct decision_body, organisation_id)},
    API_MEMBER_CODE(decision_body, state, false, &kind_wish_state,
                    "refused: nobody who takes part; open: to be decided again"),
};
const struct api_body api_body_wish = {.name = "WishDecision",
                                       .help = "Who is meant, or nobody",
                                       .member = decision_members,
                                       .members = API_COUNT(decision_members)};

static enum err decide(void *ctx, struct store *store, struct errinfo *info) {
    const struct work *work = ctx;
    return wish_decide(store, work->by, work->participant_id, work->id, work->organisation_id,
                       work->refused, info);
}

enum err api_draw_decide_wish(struct api_call *call, struct errinfo *info) {
    struct decision_body body = {0};
    struct work work = work_of(call, api_call_integer(call, &api_path_record));
    enum err e = api_body_read(call, &api_body_wish, &body, info);
    if (e != ERR_OK)
        return e;
    work.organisation_id = body.organisation_id;
    work.refused = str_equal_c(body.state, "refused");
    bool says_matched = body.state.len == 0 || str_equal_c(body.state, "matched");
    if (says_matched != (body.organisation_id != 0)) {
        api_call_fault(call, STR("organisation_id"),
                       "is needed, or the state: refused or open, without it");
        return api_call_faults(call, info);
    }
    return told(call, "organisation_id", run(call, decide, &work, info), info);
}

static enum err delete (void *ctx, struct store *store, struct errinfo *info) {
    const struct work *work = ctx;
    return wish_delete(store, work->by, work->participant_id, work->id, info);
}

enum err api_draw_delete_wish(struct api_call *call, struct errinfo *info) {
    struct work work = work_of(call, api_call_integer(call, &api_path_record));
    return run(call, delete, &work, info);
}
