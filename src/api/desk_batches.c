/* The change log: batches by time, account, table and words, one batch in full, and undo. */
#include "api/desk.h"

#include "api/desk_parts.h"
#include "api/session.h"
#include "base/clock.h"
#include "service/desk.h"
#include "service/merge.h"
#include "service/undo_right.h"

enum { BATCHES_MAX = 200, SEARCH_MS = 3000 };

#define NUMBER(NAME, HELP)                                                                         \
    { .name = NAME, .help = HELP, .type = API_INTEGER, .max = INT64_MAX, .example = "0" }
const struct api_param api_param_from_ms = NUMBER("from_ms", "Not before this time, ms since 1970");
const struct api_param api_param_to_ms = NUMBER("to_ms", "Before this time, ms since 1970");
const struct api_param api_param_since =
    NUMBER("since", "\"version\" of a reply before: only what came later");
const struct api_param api_param_account = {.name = "account",
                                            .help = "Number of the account that wrote it",
                                            .type = API_INTEGER,
                                            .min = 1,
                                            .max = INT64_MAX,
                                            .example = "1"};
const struct api_param api_param_before = NUMBER("before", "\"next\" of the page before");
const struct api_param api_param_of_table = {.name = "table",
                                             .help = "Name of a table that the batch changed",
                                             .type = API_KEY,
                                             .example = "organisation"};
const struct api_param api_param_of_record = {.name = "record",
                                              .help = "Number of a record of that table",
                                              .type = API_INTEGER,
                                              .min = 1,
                                              .max = INT64_MAX,
                                              .example = "1"};
const struct api_param api_param_batches = {.name = "limit",
                                            .help = "Batches a page; 50 when nothing is said",
                                            .type = API_INTEGER,
                                            .min = 1,
                                            .max = BATCHES_MAX,
                                            .example = "50"};
const struct api_param api_param_log_text = {
    .name = "q",
    .help = "Words in a value before or after, or in the note of the batch",
    .type = API_TEXT,
    .example = "battery"};

/* Whose batches may be seen: all, or with a right in one place only those of one's own. */
static int64_t visible(const struct api_call *call) {
    const struct access *access = api_call_access(call);
    return access_has_all(access, RIGHT_AUDIT_READ) ? 0 : access->account_id;
}

/* ---- batches ---- */

struct page {
    struct json_out json;
    uint32_t count;
    int64_t last;
};

static enum err write_batch(void *ctx, const struct store_change *b, struct errinfo *info) {
    struct page *page = ctx;
    struct json_out *json = &page->json;
    page->count++;
    page->last = b->batch_id;
    json_open(json);
    json_key_i64(json, "id", b->batch_id);
    json_key_text(json, "kind", b->batch_kind);
    json_key_i64(json, "at_ms", b->at_ms);
    api_write_text(json, "by", b->actor);
    if (b->account_id > 0)
        json_key_i64(json, "account", b->account_id);
    if (b->token_id > 0)
        json_key_i64(json, "token", b->token_id);
    api_write_text(json, "note", b->note);
    json_key_i64(json, "changes", b->changes);
    if (b->undo_of > 0)
        json_key_i64(json, "undo_of", b->undo_of);
    if (b->undone_by > 0)
        json_key_i64(json, "undone_by", b->undone_by);
    json_close(json);
    return ERR_OK;
}

static enum err read_filter(struct api_call *call, struct store_log_filter *filter,
                            struct errinfo *info) {
    struct str table = api_call_value(call, &api_param_of_table);
    struct str text = api_call_value(call, &api_param_log_text);
    int64_t limit = api_call_integer(call, &api_param_batches);
    int64_t own = visible(call);
    *filter = (struct store_log_filter){
        .from_ms = api_call_integer(call, &api_param_from_ms),
        .to_ms = api_call_integer(call, &api_param_to_ms),
        .account_id = own > 0 ? own : api_call_integer(call, &api_param_account),
        .table = table.ptr != NULL ? store_table_by_name(table) : STORE_TABLES,
        .record_id = api_call_integer(call, &api_param_of_record),
        .text = text.ptr != NULL ? text : STR(""),
        .since_version = api_call_integer(call, &api_param_since),
        .before_batch = api_call_integer(call, &api_param_before),
        .limit = limit > 0 ? (uint32_t)limit : 50,
    };
    if (table.ptr == NULL || filter->table != STORE_TABLES)
        return ERR_OK;
    err_set(info, ERR_INPUT, "there is no table of that name");
    return api_call_problem(call, API_PROBLEM_INVALID_PARAMETER, api_param_of_table.name,
                            ERR_INPUT);
}

enum err api_draw_batches(struct api_call *call, struct errinfo *info) {
    struct store_log_filter filter;
    struct store_reader *reader;
    struct page page = {.count = 0};
    const struct job job = {.deadline_ns = clock_monotonic_ns() + SEARCH_MS * INT64_C(1000000)};
    int64_t version = 0;
    enum err e = read_filter(call, &filter, info);
    if (e == ERR_OK)
        e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = store_version(reader, &version, info);
    if (e != ERR_OK)
        return e;
    json_init(&page.json, &call->reply->body);
    json_open(&page.json);
    json_key(&page.json, "items");
    json_open_list(&page.json);
    e = store_log_search(reader, &filter, &job, write_batch, &page, info);
    if (e == ERR_STOPPED) {
        err_set(info, ERR_LIMIT, "the search took too long");
        err_hint(info, "Say a time, an account or a table, too");
        return api_call_problem(call, API_PROBLEM_INVALID_PARAMETER, api_param_log_text.name,
                                ERR_LIMIT);
    }
    json_close_list(&page.json);
    json_key(&page.json, "next");
    if (page.count == filter.limit)
        json_i64(&page.json, page.last);
    else
        json_none(&page.json);
    json_key_i64(&page.json, "version", version);
    json_close(&page.json);
    return e;
}

/* ---- one batch ---- */

struct one {
    struct json_out json;
    int64_t own_only; /* 0 = whoever wrote it */
    uint32_t lines;
};

static enum err write_line(void *ctx, const struct store_change *change, struct errinfo *info) {
    struct one *one = ctx;
    struct json_out *json = &one->json;
    one->lines++;
    if (one->own_only > 0 && change->account_id != one->own_only)
        return err_set(info, ERR_DENIED, "this batch is somebody else's");
    json_open(json);
    json_key_text(json, "table", change->entity);
    json_key_i64(json, "id", change->record_id);
    json_key_text(json, "operation", change->operation);
    json_key(json, "before");
    json_raw(json, change->before.len > 0 ? change->before : STR("null"));
    json_key(json, "after");
    json_raw(json, change->after.len > 0 ? change->after : STR("null"));
    json_close(json);
    return ERR_OK;
}

/* Writes the lines of a batch. ERR_NOT_FOUND when there is none. */
static enum err read_batch(struct api_call *call, struct one *one, struct errinfo *info) {
    struct store_reader *reader;
    int64_t batch = api_call_integer(call, &api_path_batch);
    enum err e = api_desk_reader(call, &reader, info);
    if (e != ERR_OK)
        return e;
    json_init(&one->json, &call->reply->body);
    json_open(&one->json);
    json_key(&one->json, "items");
    json_open_list(&one->json);
    e = store_each_change(reader, batch, STORE_TABLES, 0, write_line, one, info);
    json_close_list(&one->json);
    json_close(&one->json);
    if (e == ERR_OK && one->lines == 0)
        e = err_set(info, ERR_NOT_FOUND, "there is no batch %lld", (long long)batch);
    return e;
}

enum err api_draw_batch(struct api_call *call, struct errinfo *info) {
    struct one one = {.own_only = visible(call)};
    return read_batch(call, &one, info);
}

/* ---- undo ---- */

struct undoing {
    struct store_batch by;
    int64_t batch, undo;
};

static enum err undo(void *ctx, struct store *store, struct errinfo *info) {
    struct undoing *undoing = ctx;
    return undo_batch(store, &undoing->by, undoing->batch, &undoing->undo, info);
}

enum err api_draw_undo(struct api_call *call, struct errinfo *info) {
    struct undoing undoing = {.by = api_desk_author(call),
                              .batch = api_call_integer(call, &api_path_batch)};
    struct store_reader *reader;
    struct json_out json;
    enum err e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = undo_right_check(reader, api_call_access(call), undoing.batch, call->scope.arena, info);
    if (e == ERR_OK)
        e = writer_run(desk_writer(call->desk), NULL, undo, &undoing, NULL, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key_i64(&json, "batch", undoing.undo);
    json_close(&json);
    return ERR_OK;
}
