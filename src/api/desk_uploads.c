/* Imports as a session: a file is kept, shown, corrected in place, and applied or dropped. */
#include "api/desk.h"

#include "api/desk_parts.h"
#include "api/session.h"
#include "service/desk.h"
#include "service/upload.h"

const char api_schema_upload[] =
    "{\"type\":\"object\",\"required\":[\"id\",\"name\",\"state\",\"settings\"]}";

const char api_schema_uploads[] =
    "{\"type\":\"object\",\"required\":[\"items\",\"next\"],\"properties\":{\"items\":{\"type\":"
    "\"array\",\"items\":{\"type\":\"object\",\"required\":[\"id\",\"name\",\"state\",\"by\","
    "\"created_ms\",\"batch\",\"changes\",\"undone_by\"]}},\"next\":{\"type\":[\"integer\","
    "\"null\"]}}}";

const struct api_param api_param_file_name = {.name = "name",
                                              .help = "Name of the file, for people",
                                              .type = API_TEXT,
                                              .is_required = true,
                                              .example = "exhibitors.xlsx"};
const struct api_param api_param_from_row = {.name = "from",
                                             .help = "Rows to pass over",
                                             .type = API_INTEGER,
                                             .max = UINT32_MAX,
                                             .example = "0"};
const struct api_param api_param_rows = {.name = "limit",
                                         .help = "Rows a page; 100 when nothing is said",
                                         .type = API_INTEGER,
                                         .min = 1,
                                         .max = UPLOAD_ROWS_MAX,
                                         .example = "50"};
const struct api_param api_param_only = {
    .name = "only",
    .help = "Rows of one class: new, changed, unchanged, error, conflict, duplicate, skipped",
    .type = API_KEY,
    .example = "error"};

struct uploading {
    struct store_batch by;
    struct str name, bytes;
    struct upload_page page;
    int64_t id, batch_id;
    struct json_out *json;
};

static enum err run(struct api_call *call, const struct store_batch *batch, writer_fn *fn,
                    struct uploading *work, struct errinfo *info) {
    int64_t batch_id;
    return writer_run(desk_writer(call->desk), batch, fn, work, &batch_id, info);
}

/* What is wrong with settings or rows is the body's fault. */
static enum err explain(struct api_call *call, enum err code, struct errinfo *info) {
    if (code != ERR_INPUT)
        return code;
    return api_call_problem(call, API_PROBLEM_INVALID_BODY, NULL, code);
}

/* ---- those there were ---- */

struct listing {
    struct json_out json;
    uint32_t count, limit;
    int64_t last;
};

static enum err write_listed(void *ctx, const struct upload_listed *listed, struct errinfo *info) {
    struct listing *listing = ctx;
    struct json_out *json = &listing->json;
    const struct upload *upload = &listed->upload;
    if (++listing->count > listing->limit)
        return ERR_OK; /* there is one more: the page after has it */
    listing->last = upload->id;
    json_open(json);
    json_key_i64(json, "id", upload->id);
    json_key_text(json, "name", upload->name);
    json_key_text(json, "state", upload->state);
    json_key_text(json, "by", listed->by);
    json_key_i64(json, "created_ms", upload->created_ms);
    json_key(json, "batch");
    if (upload->batch_id > 0)
        json_i64(json, upload->batch_id);
    else
        json_none(json);
    json_key_i64(json, "changes", listed->changes);
    json_key(json, "undone_by");
    if (listed->undone_by > 0)
        json_i64(json, listed->undone_by);
    else
        json_none(json);
    json_close(json);
    return ERR_OK;
}

enum err api_draw_uploads(struct api_call *call, struct errinfo *info) {
    struct store_reader *reader;
    int64_t limit = api_call_integer(call, &api_param_rows);
    struct listing listing = {.limit = limit > 0 ? (uint32_t)limit : 100};
    enum err e = api_desk_reader(call, &reader, info);
    if (e != ERR_OK)
        return e;
    json_init(&listing.json, &call->reply->body);
    json_open(&listing.json);
    json_key(&listing.json, "items");
    json_open_list(&listing.json);
    e = upload_list(reader, api_call_integer(call, &api_param_before), listing.limit + 1,
                    write_listed, &listing, info);
    json_close_list(&listing.json);
    json_key(&listing.json, "next");
    if (listing.count > listing.limit)
        json_i64(&listing.json, listing.last);
    else
        json_none(&listing.json);
    json_close(&listing.json);
    return e;
}

/* ---- keeping ---- */

static enum err keep(void *ctx, struct store *store, struct errinfo *info) {
    struct uploading *work = ctx;
    return upload_keep(store, work->by.account_id, work->name, work->bytes, work->by.at_ms,
                       &work->id, info);
}

enum err api_draw_new_upload(struct api_call *call, struct errinfo *info) {
    struct uploading work = {.by = api_desk_author(call),
                             .name = api_call_value(call, &api_param_file_name),
                             .bytes = call->request->body};
    struct json_out json;
    work.by.kind = "import";
    enum err e = run(call, &work.by, keep, &work, info);
    if (e != ERR_OK)
        return explain(call, e, info);
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key_i64(&json, "id", work.id);
    json_close(&json);
    return ERR_OK;
}

/* ---- showing ---- */

/* Sheets that are no list of exhibitors are tried in the store and left as it was. */
static enum err show_in_store(void *ctx, struct store *store, struct errinfo *info) {
    struct uploading *work = ctx;
    return upload_show(store_reader_of(store), store, work->id, &work->page, NULL, work->json,
                       info);
}

/* A member of that name and nothing else: inside a text its quotes would have a backslash. */
static bool needs_store(struct str json) {
    return str_find(json, STR("\"needs_store\":true")) < json.len;
}

static enum err show(struct api_call *call, int64_t id, struct errinfo *info) {
    struct store_reader *reader;
    struct json_out json;
    int64_t limit = api_call_integer(call, &api_param_rows);
    struct str only = api_call_value(call, &api_param_only);
    struct uploading work = {.id = id,
                             .json = &json,
                             .page = {.from = (uint32_t)api_call_integer(call, &api_param_from_row),
                                      .count = limit > 0 ? (uint32_t)limit : 100,
                                      .only = only.ptr != NULL ? only : STR("")}};
    desk_end(call->desk, call->reader); /* it may not see what was just set */
    call->reader = NULL;
    enum err e = api_desk_reader(call, &reader, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    e = upload_show(reader, NULL, id, &work.page, NULL, &json, info);
    json_close(&json);
    if (e != ERR_OK || !needs_store(buf_str(&call->reply->body)))
        return e;
    buf_clear(&call->reply->body);
    json_init(&json, &call->reply->body);
    json_open(&json);
    e = run(call, NULL, show_in_store, &work, info);
    json_close(&json);
    return e;
}

enum err api_draw_upload(struct api_call *call, struct errinfo *info) {
    return show(call, api_call_integer(call, &api_path_record), info);
}

/* ---- changing, applying, dropping ---- */

static enum err set(void *ctx, struct store *store, struct errinfo *info) {
    struct uploading *work = ctx;
    return upload_set(store, work->id, work->bytes, info);
}

enum err api_draw_set_upload(struct api_call *call, struct errinfo *info) {
    struct uploading work = {.by = api_desk_author(call),
                             .id = api_call_integer(call, &api_path_record),
                             .bytes = call->request->body};
    work.by.kind = "import";
    enum err e = run(call, &work.by, set, &work, info);
    return e == ERR_OK ? show(call, work.id, info) : explain(call, e, info);
}

enum err api_draw_apply_upload(struct api_call *call, struct errinfo *info) {
    struct uploading work = {.by = api_desk_author(call),
                             .id = api_call_integer(call, &api_path_record)};
    struct store_reader *reader;
    struct json_out json;
    enum err e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = upload_apply_beside(desk_writer(call->desk), reader, &work.by, work.id, NULL,
                                &work.batch_id, info);
    if (e != ERR_OK)
        return explain(call, e, info);
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "batch");
    if (work.batch_id > 0)
        json_i64(&json, work.batch_id);
    else
        json_none(&json);
    json_close(&json);
    return ERR_OK;
}

static enum err drop(void *ctx, struct store *store, struct errinfo *info) {
    struct uploading *work = ctx;
    return upload_drop(store, work->id, info);
}

enum err api_draw_drop_upload(struct api_call *call, struct errinfo *info) {
    struct uploading work = {.by = api_desk_author(call),
                             .id = api_call_integer(call, &api_path_record)};
    work.by.kind = "import";
    return run(call, &work.by, drop, &work, info);
}
