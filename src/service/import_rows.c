/*
 * Reading a sheet of exhibitors: see import_plan.h.
 *
 * Each row below the header is skipped with a reason or becomes a record; nothing is lost without a
 * finding.
 */
#include "base/mem.h"
#include "service/import_reading.h"
#include "service/import_stream.h"

enum {
    ROWS_PER_QUESTION = 1000,    /* between two looks at the job */
    CELL_BYTES_MAX = 500 * 1024, /* 100,000 characters of 4 bytes and then some */
    MEMO_BYTES_MAX = 64 * 1024 * 1024,
};

/* What a sheet of exhibitors must have. */
static enum err check_header(const struct import_plan *plan, const struct import_options *options,
                             struct errinfo *info) {
    if (plan->map.sheet != SHEET_EXHIBITORS) {
        err_set(info, ERR_INPUT, "this looks like a sheet of %s, not of exhibitors",
                sheet_kind_of(plan->map.sheet)->name);
        err_hint(info, "Import it with --as %s", sheet_kind_of(plan->map.sheet)->name);
        return ERR_INPUT;
    }
    if (plan->map.column_of[FIELD_EDITIONS] == FIELD_NONE && options->edition == IMPORT_NONE) {
        err_set(info, ERR_INPUT, "the sheet has no column that tells the edition");
        err_hint(info,
                 "Name the edition with --edition, for example --edition 2024, or the column with "
                 "--map \"Header=editions\"");
        return ERR_INPUT;
    }
    if (plan->map.column_of[FIELD_NAME_EN] == FIELD_NONE &&
        plan->map.column_of[FIELD_NAME_ZH] == FIELD_NONE) {
        err_set(info, ERR_INPUT, "no column holds the exhibitor's name");
        err_hint(info, "Name it with --map \"Header=name_en\" or \"Header=name_zh\"");
        return ERR_INPUT;
    }
    return ERR_OK;
}

static enum err skip_row(struct import_reading *r, const char *reason, struct errinfo *info) {
    struct import_finding finding = {
        .kind = FINDING_SKIP,
        .record = r->record,
        .line = (uint32_t)r->row->line,
        .column = IMPORT_NONE,
        .field = FIELD_NONE,
        .message = str_of(reason),
    };
    r->plan->counts[IMPORT_SKIPPED]++;
    return import_plan_add(r->plan, &finding, info);
}

static enum err read_row(struct import_reading *r, const struct table_row *row,
                         uint64_t header_record, struct errinfo *info) {
    r->row = row;
    r->record = (uint32_t)(row->record - header_record);
    r->plan->records++;
    r->plan->hidden += row->hidden;
    const char *reason = import_skip_reason(r);
    return reason != NULL ? skip_row(r, reason, info) : import_read_record(r, info);
}

static enum err read_rows(struct import_reading *r, struct import_stream *stream,
                          const struct job *job, struct errinfo *info) {
    enum err code = ERR_OK;
    for (bool end = false; code == ERR_OK && !end;) {
        struct table_row row;
        code = import_stream_next(stream, &row, &end, info);
        if (code == ERR_OK && !end)
            code = read_row(r, &row, stream->header_record, info);
        if (r->plan->records % ROWS_PER_QUESTION == 0) {
            if (code == ERR_OK && job != NULL && job_should_stop(job))
                code = err_set(info, ERR_STOPPED, "the import was stopped; nothing was changed");
            job_report(job, "rows read", r->plan->records, 0);
        }
    }
    return code;
}

static void release(struct import_reading *r) {
    for (uint32_t i = 0; i < EXHIBITOR_FIELDS; i++) {
        str_map_release(&r->memos[i].by_text);
        vec_free(&r->memos[i].values);
    }
    arena_release(&r->memo_arena);
    buf_release(&r->scratch);
}

enum err import_plan_read(struct import_plan *plan, struct table *table,
                          const struct header_words *headers, const struct import_words *words,
                          const struct import_options *options, const struct job *job,
                          struct errinfo *info) {
    struct import_stream *stream = mem_new(1, sizeof(*stream));
    struct import_reading r = {.plan = plan, .words = words};
    if (stream == NULL)
        return err_memory(info);
    arena_init(&r.memo_arena, MEMO_BYTES_MAX);
    buf_init(&r.scratch, CELL_BYTES_MAX);
    plan->default_edition = options->edition;
    enum err code = import_stream_open(stream, table, headers, options->sheet, options->overrides,
                                       options->override_count, &plan->arena, &plan->map, info);
    stream->amendments = options->amendments;
    plan->header_line = stream->header_line;
    if (code == ERR_OK)
        code = check_header(plan, options, info);
    if (code == ERR_OK)
        code = read_rows(&r, stream, job, info);
    release(&r);
    import_stream_close(stream);
    mem_free(stream);
    return code;
}
