/*
 * POST /api/v1/changes: operations of an editor, all of them or none, in one batch.
 *
 * The body is read here on the request's thread; the operations are applied on the writer's
 * (service/writer.h), and what came of them is written here again. A dry run is taken back there.
 */
#include "api/desk.h"

#include "api/desk_parts.h"
#include "api/session.h"
#include "service/desk.h"
#include "service/edit_effect.h"
#include "service/edit_json.h"

struct changes {
    struct str note;
    const struct json_value *operations;
    struct str effect_on;
    bool dry_run;
};

static const struct api_member change_members[] = {
    API_MEMBER_STR(changes, note, false, 500, "What the change is for, shown in the history"),
    API_MEMBER_FORMS(changes, operations, true, api_form_operation, EDIT_OPERATIONS_MAX,
                     "What to do, in order"),
    API_MEMBER_BOOLEAN(changes, dry_run, "Tell what would happen, and write nothing"),
    API_MEMBER_STR(changes, effect_on, false, 32,
                   "Code of an edition: a dry run tells what the change does to its chains"),
};
const struct api_body api_body_changes = {
    .name = "Changes",
    .help = "Operations on records: all of them are done, or none",
    .member = change_members,
    .members = API_COUNT(change_members)};

/* Says what stood in the way, in the members of the problem. */
static enum err explain(struct api_call *call, enum err code, const struct edit_request *request,
                        const struct edit_outcome *outcome, struct errinfo *info) {
    struct json_out json;
    struct buf more;
    enum api_problem_kind kind = API_PROBLEM_NONE;
    if (code == ERR_INPUT && outcome->faults.len > 0)
        kind = API_PROBLEM_INVALID_BODY;
    else if (code == ERR_CONFLICT)
        kind = outcome->conflicts.len > 0 ? API_PROBLEM_CONFLICT : API_PROBLEM_IN_USE;
    if (kind == API_PROBLEM_NONE)
        return code;
    buf_init(&more, HTTP_REPLY_SIZE_MAX);
    json_init(&json, &more);
    json_open(&json);
    edit_outcome_json(&json, outcome, request);
    json_close(&json);
    enum err e = buf_error(&more, info);
    if (e == ERR_OK) {
        struct str all = buf_str(&more);
        call->problem_more = arena_copy(call->scope.arena, str_sub(all, 1, all.len - 1));
        e = call->problem_more.ptr != NULL ? api_call_problem(call, kind, NULL, code)
                                           : err_memory(info);
    }
    buf_release(&more);
    return e;
}

/* ---- the whole ---- */

struct work {
    const struct access *access;
    const struct edit_request *request;
    struct edit_outcome outcome;
    bool dry_run;
    bool is_done;
    struct str edition;        /* whose effect is asked for; ptr NULL = none */
    const struct view *before; /* it, as it is */
    struct buf effect;
};

/* On the writer's thread. */
static enum err apply(void *ctx, struct store *store, struct errinfo *info) {
    struct work *work = ctx;
    struct json_out json;
    enum err e;
    json_init(&json, &work->effect);
    if (work->dry_run && work->edition.ptr != NULL)
        e = edit_preview(store, work->access, work->request, work->edition, work->before, NULL,
                         &work->outcome, &json, info);
    else
        e = edit_apply(store, work->access, work->request, &work->outcome, info);
    work->is_done = e == ERR_OK;
    return e == ERR_OK && work->dry_run ? ERR_STOPPED : e;
}

static enum err write_reply(struct api_call *call, const struct work *work, int64_t batch_id,
                            struct errinfo *info) {
    struct json_out json;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "batch");
    if (batch_id > 0)
        json_i64(&json, batch_id);
    else
        json_none(&json);
    edit_outcome_json(&json, &work->outcome, work->request);
    if (work->effect.len > 0) {
        json_key(&json, "effect");
        json_raw(&json, buf_str(&work->effect));
    }
    json_close(&json);
    return buf_error(&work->effect, info);
}

static enum err read_body(struct api_call *call, struct changes *body, struct edit_request *request,
                          struct errinfo *info) {
    enum err e = api_body_read(call, &api_body_changes, body, info);
    if (e == ERR_OK)
        e = edit_request_read(body->operations, call->scope.arena, request, info);
    if (e == ERR_OK && body->effect_on.ptr != NULL && !body->dry_run) {
        api_call_fault(call, STR("effect_on"), "is for a dry run");
        return api_call_faults(call, info);
    }
    if (e == ERR_INPUT && call->problem == API_PROBLEM_NONE)
        return api_call_problem(call, API_PROBLEM_INVALID_BODY, NULL, e);
    return e;
}

/* The edition whose effect is asked for, as pages show it. */
static enum err open_edition(struct api_call *call, struct work *work, struct errinfo *info) {
    if (work->edition.ptr == NULL)
        return ERR_OK;
    enum err e = snapshots_get(desk_options(call->desk)->snapshots, work->edition,
                               &call->scope.snapshot, info);
    if (e == ERR_OK)
        work->before = snapshot_view(call->scope.snapshot);
    if (e != ERR_NOT_FOUND)
        return e;
    api_call_fault(call, STR("effect_on"), "is no edition");
    return api_call_faults(call, info);
}

enum err api_draw_changes(struct api_call *call, struct errinfo *info) {
    struct changes body = {0};
    struct edit_request request;
    int64_t batch_id = 0;
    enum err e = read_body(call, &body, &request, info);
    if (e != ERR_OK)
        return e;
    struct work work = {.access = api_call_access(call),
                        .request = &request,
                        .dry_run = body.dry_run,
                        .edition = body.effect_on};
    struct store_batch batch = api_desk_author(call);
    batch.kind = "edit";
    batch.note = body.note.ptr != NULL ? body.note : STR("");
    e = open_edition(call, &work, info);
    if (e != ERR_OK)
        return e;
    edit_outcome_init(&work.outcome);
    buf_init(&work.effect, HTTP_REPLY_SIZE_MAX);
    e = writer_run(desk_writer(call->desk), &batch, apply, &work, &batch_id, info);
    if (e == ERR_OK || (e == ERR_STOPPED && work.is_done))
        e = write_reply(call, &work, batch_id, info);
    else
        e = explain(call, e, &request, &work.outcome, info);
    buf_release(&work.effect);
    edit_outcome_release(&work.outcome);
    return e;
}
