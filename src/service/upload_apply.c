/*
 * Taking an upload over: see upload_apply in upload.h.
 *
 * Nobody who writes waits for the reading: the file is read, understood and compared with a reader
 * (upload_read), and the job of the writer asks whether that still holds and writes. Where others
 * changed what matters in between, it is read again, and the third time inside the job, which is
 * slow for the others and certain to end.
 */
#include "service/upload.h"

#include "base/mem.h"
#include "service/duplicates.h"
#include "service/edit_internal.h"
#include "service/import_current.h"
#include "service/merge.h"
#include "service/upload_settings.h"

enum { READINGS_BESIDE = 2, MERGES_MAX = 64, RECORD_BYTES_MAX = 1 << 24 };

struct upload_ready {
    struct upload_job job;
    struct import_ready import;
};

/* Decisions about duplicates ------------------------------------------------------------------- */

/* The organisation that took the place of one that was merged, which may itself be merged. */
static enum err follow_merges(struct store *store, int64_t *id, struct errinfo *info) {
    struct arena arena;
    enum err code = ERR_OK;
    arena_init(&arena, RECORD_BYTES_MAX);
    for (int step = 0; step < MERGES_MAX && code == ERR_OK; step++) {
        struct edit_row row;
        code = edit_row_read(store_reader_of(store), TABLE_ORGANISATION, *id, &arena, &row, info);
        if (code != ERR_OK || row.values[ORGANISATION_MERGED_INTO].kind == STORE_NULL)
            break;
        *id = row.values[ORGANISATION_MERGED_INTO].integer;
    }
    arena_release(&arena);
    return code;
}

static int64_t organisation_of(const struct import_plan *plan, const int64_t *organisations,
                               uint32_t record) {
    uint32_t row = import_plan_row(plan, record);
    return row != IMPORT_NONE ? organisations[row] : 0;
}

/* Once the exhibitors are written: firms that are the same become one, others are noted. */
static enum err decide_all(void *ctx, struct store *store, const struct import_plan *plan,
                           const int64_t *organisations, struct errinfo *info) {
    const struct upload_settings *s = ctx;
    enum err code = ERR_OK;
    for (uint32_t i = 0; i < s->decision_count && code == ERR_OK; i++) {
        const struct upload_decision *d = &s->decisions[i];
        int64_t gone = organisation_of(plan, organisations, d->record);
        int64_t keep =
            d->of_record > 0 ? organisation_of(plan, organisations, d->of_record) : d->of_id;
        if (gone == 0 || keep == 0 || d->kind == UPLOAD_LATER)
            continue;
        code = follow_merges(store, &gone, info);
        if (code == ERR_OK)
            code = follow_merges(store, &keep, info);
        if (code != ERR_OK || gone == keep)
            continue;
        code = d->kind == UPLOAD_SAME ? merge_in_batch(store, keep, gone, info)
                                      : duplicates_note(store, keep, gone, STR("different"), info);
    }
    return code;
}

/* Reading -------------------------------------------------------------------------------------- */

static void ready_free(struct upload_ready *ready) {
    if (ready == NULL)
        return;
    import_ready_release(&ready->import);
    upload_job_close(&ready->job);
    mem_free(ready);
}

/* Reads and compares all of it; sheets of other kinds than exhibitors are only opened. */
static enum err read_all(struct store_reader *reader, int64_t id, struct job *job,
                         struct upload_ready **out, struct errinfo *info) {
    struct upload_ready *ready = mem_new(1, sizeof(*ready));
    if (ready == NULL)
        return err_memory(info);
    import_ready_init(&ready->import);
    enum err code = upload_job_open(reader, id, &ready->job, info);
    if (code == ERR_OK)
        code = upload_check_open(&ready->job.upload, info);
    if (code == ERR_OK) {
        ready->job.request.after = decide_all;
        ready->job.request.after_ctx = &ready->job.settings;
        code = import_read(reader, &ready->job.request, &ready->import, job, info);
    }
    if (code == ERR_OK)
        *out = ready;
    else
        ready_free(ready);
    return code;
}

/* Writing -------------------------------------------------------------------------------------- */

/* The rows and the upload's own row in one batch. */
static enum err write_all(struct store *store, const struct store_batch *by,
                          struct upload_ready *ready, struct job *job, int64_t *batch_id,
                          struct errinfo *info) {
    struct store_batch batch = *by;
    int64_t id = 0;
    batch.kind = "import";
    batch.note = ready->job.upload.name;
    enum err code = store_begin(store, &batch, &id, info);
    if (code != ERR_OK)
        return code;
    code = import_write(store, &ready->job.request, &ready->import, job, info);
    if (store_changes(store) == 0)
        id = 0;
    if (code == ERR_OK)
        code = upload_set_state(store, ready->job.upload.id, "applied", id, info);
    if (code == ERR_OK)
        code = store_commit(store, info);
    else
        store_rollback(store);
    if (code == ERR_OK)
        *batch_id = id;
    return code;
}

/* Sheets that are compared as they are written: the import has a batch of its own. */
static enum err write_records(struct store *store, const struct store_batch *by,
                              struct upload_ready *ready, struct job *job, int64_t *batch_id,
                              struct errinfo *info) {
    struct import_outcome outcome;
    struct store_batch done = *by;
    struct import_request *request = &ready->job.request;
    int64_t unlogged;
    import_outcome_init(&outcome);
    request->actor = by->actor;
    request->account_id = by->account_id;
    request->token_id = by->token_id;
    request->at_ms = by->at_ms;
    enum err code = import_run(store, request, &outcome, job, info);
    int64_t id = outcome.batch_id;
    import_outcome_release(&outcome);
    if (code != ERR_OK)
        return code;
    done.kind = "import";
    code = store_begin(store, &done, &unlogged, info);
    if (code == ERR_OK)
        code = upload_set_state(store, ready->job.upload.id, "applied", id, info);
    if (code == ERR_OK)
        code = store_commit(store, info);
    else
        store_rollback(store);
    if (code == ERR_OK)
        *batch_id = id;
    return code;
}

static enum err write_ready(struct store *store, const struct store_batch *by,
                            struct upload_ready *ready, struct job *job, int64_t *batch_id,
                            struct errinfo *info) {
    return ready->import.outcome.needs_store ? write_records(store, by, ready, job, batch_id, info)
                                             : write_all(store, by, ready, job, batch_id, info);
}

enum err upload_apply(struct store *store, const struct store_batch *by, int64_t id,
                      struct job *job, int64_t *batch_id, struct errinfo *info) {
    struct upload_ready *ready = NULL;
    *batch_id = 0;
    enum err code = read_all(store_reader_of(store), id, job, &ready, info);
    if (code == ERR_OK)
        code = write_ready(store, by, ready, job, batch_id, info);
    ready_free(ready);
    return code;
}

/* Beside others who write ---------------------------------------------------------------------- */

struct applying {
    const struct store_batch *by;
    int64_t id;
    struct upload_ready *ready; /* NULL: read it inside the job */
    struct job *job;
    int64_t batch_id;
    bool is_stale;
};

/* Whether the upload is as it was read; then whether the records are. */
static enum err check_current(struct applying *a, struct store_reader *reader,
                              struct errinfo *info) {
    struct arena arena;
    struct upload now;
    bool current = true;
    arena_init(&arena, UPLOAD_SETTINGS_MAX + RECORD_BYTES_MAX);
    enum err code = upload_get(reader, a->id, &arena, &now, info);
    if (code == ERR_OK)
        code = upload_check_open(&now, info);
    if (code == ERR_OK)
        current = str_equal(now.settings, a->ready->job.upload.settings);
    arena_release(&arena);
    if (code == ERR_OK && current && !a->ready->import.outcome.needs_store)
        code = import_is_current(reader, &a->ready->import, &current, info);
    a->is_stale = !current;
    return code;
}

static enum err apply_job(void *ctx, struct store *store, struct errinfo *info) {
    struct applying *a = ctx;
    if (a->ready == NULL)
        return upload_apply(store, a->by, a->id, a->job, &a->batch_id, info);
    enum err code = check_current(a, store_reader_of(store), info);
    return code == ERR_OK && !a->is_stale
               ? write_ready(store, a->by, a->ready, a->job, &a->batch_id, info)
               : code;
}

enum err upload_apply_beside(struct writer *writer, struct store_reader *reader,
                             const struct store_batch *by, int64_t id, struct job *job,
                             int64_t *batch_id, struct errinfo *info) {
    struct applying a = {.by = by, .id = id, .job = job};
    enum err code = ERR_OK;
    *batch_id = 0;
    for (int reading = 0; code == ERR_OK; reading++) {
        a.ready = NULL;
        a.is_stale = false;
        if (reading > 0) {
            store_read_end(reader);
            code = store_read_begin(reader, info);
        }
        if (code == ERR_OK && reading < READINGS_BESIDE)
            code = read_all(reader, id, job, &a.ready, info);
        if (code == ERR_OK)
            code = writer_run(writer, NULL, apply_job, &a, NULL, info);
        ready_free(a.ready);
        if (!a.is_stale)
            break;
    }
    if (code == ERR_OK)
        *batch_id = a.batch_id;
    return code;
}
