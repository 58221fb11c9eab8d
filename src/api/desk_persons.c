/* What is kept about a person, how it is erased, and how long what is no record is kept. */
#include "api/desk.h"

#include "api/desk_parts.h"
#include "api/session.h"
#include "base/clock.h"
#include "service/desk.h"
#include "service/person.h"
#include "service/retention.h"

enum { REPORT_MS = 10000 };

/* ---- the report ---- */

static enum err write_finding(void *ctx, const struct person_finding *finding,
                              struct errinfo *info) {
    struct json_out *json = ctx;
    json_open(json);
    json_key_text(json, "where", str_of(finding->where));
    json_key_i64(json, "id", finding->id);
    api_write_text(json, "column", finding->column != NULL ? str_of(finding->column) : STR(""));
    api_write_text(json, "text", finding->text);
    json_close(json);
    return ERR_OK;
}

enum err api_draw_person_report(struct api_call *call, struct errinfo *info) {
    const struct job job = {.deadline_ns = clock_monotonic_ns() + REPORT_MS * INT64_C(1000000)};
    struct person_search search = {.account_id = api_call_integer(call, &api_path_record),
                                   .job = &job};
    struct store_reader *reader;
    struct account account;
    struct json_out json;
    enum err e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = account_get(reader, search.account_id, &account, info);
    if (e != ERR_OK)
        return e;
    search.email = str_of(account.email.text);
    search.name = str_of(account.name);
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "items");
    json_open_list(&json);
    e = person_report(reader, &search, write_finding, &json, info);
    json_close_list(&json);
    json_close(&json);
    return e;
}

/* ---- erasing ---- */

struct erasing {
    const struct access *by;
    int64_t id, now_ms;
};

static enum err erase(void *ctx, struct store *store, struct errinfo *info) {
    const struct erasing *erasing = ctx;
    return person_erase(store, erasing->by, erasing->id, erasing->now_ms, info);
}

enum err api_draw_erase(struct api_call *call, struct errinfo *info) {
    struct store_batch batch = api_desk_author(call);
    struct erasing erasing = {api_call_access(call), api_call_integer(call, &api_path_record),
                              batch.at_ms};
    int64_t batch_id;
    batch.kind = "erase";
    return writer_run(desk_writer(call->desk), &batch, erase, &erasing, &batch_id, info);
}

/* ---- periods ---- */

enum err api_draw_retention(struct api_call *call, struct errinfo *info) {
    int64_t days[RETENTION_KINDS];
    struct store_reader *reader;
    struct json_out json;
    enum err e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = retention_read(reader, days, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "items");
    json_open_list(&json);
    for (int kind = 0; kind < RETENTION_KINDS; kind++) {
        json_open(&json);
        json_key_text(&json, "kind", str_of(retention_kind_code((enum retention_kind)kind)));
        json_key_i64(&json, "days", days[kind]);
        json_key_i64(&json, "default_days", retention_default((enum retention_kind)kind));
        json_close(&json);
    }
    json_close_list(&json);
    json_close(&json);
    return ERR_OK;
}

struct period {
    const struct access *by;
    struct str kind;
    int64_t days, now_ms;
    bool dry_run, is_done;
    uint64_t due;
};
static const struct api_member period_members[] = {
    API_MEMBER_STR(period, kind, true, 40, "What is kept: sessions, outbox, drafts, uploads, ..."),
    API_MEMBER_INTEGER(period, days, true, 0, RETENTION_DAYS_MAX,
                       "Days after the last use; 0 keeps for ever"),
    API_MEMBER_BOOLEAN(period, dry_run, "Tell how many rows would go, and change nothing"),
};
const struct api_body api_body_period = {.name = "RetentionPeriod",
                                         .help = "How long a kind of data is kept",
                                         .member = period_members,
                                         .members = API_COUNT(period_members)};

/* What the next run would delete is deleted and taken back, so that it is told as it will be. */
static enum err try_period(void *ctx, struct store *store, struct errinfo *info) {
    struct period *period = ctx;
    enum err e = retention_try(store, period->by, retention_kind_of_code(period->kind),
                               period->days, period->now_ms, &period->due, info);
    period->is_done = e == ERR_OK;
    return e == ERR_OK ? ERR_STOPPED : e;
}

static enum err set_period(void *ctx, struct store *store, struct errinfo *info) {
    struct period *period = ctx;
    return retention_set(store, period->by, retention_kind_of_code(period->kind), period->days,
                         info);
}

enum err api_draw_set_retention(struct api_call *call, struct errinfo *info) {
    struct store_batch batch = api_desk_author(call);
    struct period period = {.by = api_call_access(call), .now_ms = batch.at_ms};
    struct json_out json;
    int64_t batch_id;
    enum err e = api_body_read(call, &api_body_period, &period, info);
    if (e == ERR_OK && retention_kind_of_code(period.kind) == RETENTION_KINDS) {
        api_call_fault(call, STR("kind"), "is none of the kinds that are listed");
        e = api_call_faults(call, info);
    }
    if (e != ERR_OK)
        return e;
    batch.kind = "account";
    e = writer_run(desk_writer(call->desk), &batch, try_period, &period, &batch_id, info);
    if (e == ERR_STOPPED && period.is_done)
        e = ERR_OK;
    if (e == ERR_OK && !period.dry_run)
        e = writer_run(desk_writer(call->desk), &batch, set_period, &period, &batch_id, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key_i64(&json, "due", (int64_t)period.due);
    json_close(&json);
    return ERR_OK;
}
