/*
 * What an upload would do, row by row: see upload_show in upload.h.
 *
 * The plan of the import tells the class of each record and its findings; the cells are read from
 * the file once more, with what was mended in place, and only those of the page are written.
 */
#include "service/upload.h"

#include "base/mem.h"
#include "service/import_report.h"
#include "service/upload_settings.h"

enum { HEAD_ROWS = 12 };

struct showing {
    struct upload_job job;
    const struct upload_page *page;
    const struct import_plan *plan;
    struct json_out *j;
    size_t row, finding; /* next of the plan's */
    uint32_t mended, left_out;
    uint32_t matched;
};

static void file_json(struct showing *s, const struct table *table) {
    const struct table_about *about = table_about(table);
    struct json_out *j = s->j;
    json_key(j, "file");
    json_open(j);
    json_key_text(j, "format", about->format == TABLE_XLSX ? STR("xlsx") : STR("csv"));
    json_key_i64(j, "size_bytes", (int64_t)about->size_bytes);
    if (about->format == TABLE_CSV) {
        json_key_text(j, "encoding", str_of(about->encoding));
        json_key_text(j, "separator", (struct str){&about->separator, 1});
    } else {
        json_key_text(j, "workbook_sheet", about->sheet);
        json_key(j, "workbook_sheets");
        json_open_list(j);
        for (uint32_t i = 0; i < about->sheet_count; i++)
            json_text(j, about->sheets[i]);
        json_close_list(j);
    }
    json_close(j);
}

static void cells_json(struct json_out *j, const struct table_row *row) {
    json_key(j, "cells");
    json_open_list(j);
    for (uint32_t i = 0; i < row->count; i++)
        json_text(j, row->cells[i]);
    json_close_list(j);
}

/* The first rows as they stand, for a file that is not understood yet. */
static enum err head_json(struct showing *s, struct table *table, struct errinfo *info) {
    enum err code = ERR_OK;
    json_key(s->j, "rows");
    json_open_list(s->j);
    for (uint32_t i = 0; i < HEAD_ROWS && code == ERR_OK; i++) {
        struct table_row row;
        bool end;
        code = table_next(table, &row, &end, info);
        if (code != ERR_OK || end)
            break;
        json_open(s->j);
        json_key_i64(s->j, "line", row.line);
        cells_json(s->j, &row);
        json_close(s->j);
    }
    json_close_list(s->j);
    return code;
}

static void problem_json(struct showing *s, const struct errinfo *problem) {
    json_key(s->j, "problem");
    json_open(s->j);
    json_key_text(s->j, "message", str_of(problem->message));
    json_key_text(s->j, "hint", str_of(problem->hint));
    import_zh_json("message_zh", str_of(problem->message), s->j);
    import_zh_json("hint_zh", str_of(problem->hint), s->j);
    json_key_i64(s->j, "line", problem->line);
    json_close(s->j);
}

static void summary_json(struct showing *s) {
    const struct import_plan *plan = s->plan;
    struct json_out *j = s->j;
    json_key_text(j, "kind", str_of(sheet_kind_of(plan->map.sheet)->name));
    json_key_i64(j, "header_line", plan->header_line);
    json_key(j, "summary");
    json_open(j);
    json_key_i64(j, "records", (int64_t)plan->records);
    json_key_i64(j, "left_out", s->job.settings.amendments.left_out_count);
    json_key_i64(j, "hidden", (int64_t)plan->hidden);
    json_key_i64(j, "errors", (int64_t)plan->errors);
    json_key_i64(j, "warnings", (int64_t)plan->warnings);
    for (uint32_t c = 0; c < IMPORT_CLASSES; c++)
        json_key_i64(j, import_class_name((enum import_class)c), (int64_t)plan->counts[c]);
    json_close(j);
    const struct sheet_kind *kind = sheet_kind_of(plan->map.sheet);
    json_key(j, "fields");
    json_open_list(j);
    for (uint32_t f = 0; f < kind->count; f++) {
        json_open(j);
        json_key_text(j, "name", str_of(kind->fields[f].name));
        json_key(j, "required");
        json_bool(j, kind->fields[f].required);
        json_close(j);
    }
    json_close_list(j);
    import_columns_json(plan, j);
}

/* Rows ----------------------------------------------------------------------------------------- */

/* The class of a record: its row's in the plan, else what its findings say. */
static const char *class_of(struct showing *s, uint32_t record) {
    const struct import_plan *plan = s->plan;
    while (s->row < plan->rows.len && plan->rows.at[s->row].record < record)
        s->row++;
    while (s->finding < plan->findings.len && plan->findings.at[s->finding].record < record)
        s->finding++;
    if (s->row < plan->rows.len && plan->rows.at[s->row].record == record)
        return import_class_name((enum import_class)plan->rows.at[s->row].class_of);
    for (size_t i = s->finding; i < plan->findings.len && plan->findings.at[i].record == record;
         i++)
        if (plan->findings.at[i].kind == FINDING_ERROR)
            return import_class_name(IMPORT_ERROR);
        else if (plan->findings.at[i].kind == FINDING_SKIP)
            return import_class_name(IMPORT_SKIPPED);
    return "";
}

static bool is_left_out(struct showing *s, uint32_t record) {
    const struct import_amendments *a = &s->job.settings.amendments;
    while (s->left_out < a->left_out_count && a->left_out[s->left_out] < record)
        s->left_out++;
    return s->left_out < a->left_out_count && a->left_out[s->left_out] == record;
}

static void mended_json(struct showing *s, uint32_t record) {
    const struct import_amendments *a = &s->job.settings.amendments;
    while (s->mended < a->cell_count && a->cells[s->mended].record < record)
        s->mended++;
    json_key(s->j, "mended");
    json_open_list(s->j);
    for (uint32_t i = s->mended; i < a->cell_count && a->cells[i].record == record; i++)
        json_i64(s->j, a->cells[i].column);
    json_close_list(s->j);
}

static void row_json(struct showing *s, const struct table_row *row, uint32_t record,
                     const char *class_name, bool left_out) {
    struct json_out *j = s->j;
    json_open(j);
    json_key_i64(j, "record", record);
    json_key_i64(j, "line", row->line);
    json_key_text(j, "class", str_of(left_out ? "left-out" : class_name));
    cells_json(j, row);
    mended_json(s, record);
    json_key(j, "findings");
    json_open_list(j);
    for (size_t i = s->finding;
         !left_out && i < s->plan->findings.len && s->plan->findings.at[i].record == record; i++)
        import_finding_json(s->plan, &s->plan->findings.at[i], j);
    json_close_list(j);
    json_close(j);
}

static void consider_row(struct showing *s, const struct table_row *row, uint32_t record) {
    const char *class_name = class_of(s, record);
    bool left_out = is_left_out(s, record);
    struct str shown = str_of(left_out ? "left-out" : class_name);
    if (s->page->only.len > 0 && !str_equal(s->page->only, shown))
        return;
    uint32_t position = s->matched++;
    if (position >= s->page->from && position - s->page->from < s->page->count)
        row_json(s, row, record, class_name, left_out);
}

static enum err rows_json(struct showing *s, struct table *table, struct errinfo *info) {
    struct header_words headers;
    struct import_plan map; /* for the arena and the header of this second reading */
    struct import_stream *stream = mem_new(1, sizeof(*stream));
    struct import_amendments cells_only = s->job.settings.amendments;
    cells_only.left_out_count = 0;
    if (stream == NULL)
        return err_memory(info);
    import_plan_init(&map);
    enum err code = header_words_init(&headers, s->job.request.headers, info);
    if (code == ERR_OK)
        code = import_stream_open(stream, table, &headers, s->plan->map.sheet,
                                  s->job.request.overrides, s->job.request.override_count,
                                  &map.arena, &map.map, info);
    stream->amendments = &cells_only;
    json_key(s->j, "rows");
    json_open_list(s->j);
    for (bool end = false; code == ERR_OK && !end;) {
        struct table_row row;
        code = import_stream_next(stream, &row, &end, info);
        if (code == ERR_OK && !end)
            consider_row(s, &row, (uint32_t)(row.record - stream->header_record));
    }
    json_close_list(s->j);
    json_key_i64(s->j, "matched", s->matched);
    import_stream_close(stream);
    mem_free(stream);
    header_words_release(&headers);
    import_plan_release(&map);
    return code;
}

/* Whether the person at the screen can mend it by another setting. */
static bool is_mendable(enum err code) {
    return code == ERR_INPUT || code == ERR_LIMIT || code == ERR_NOT_FOUND;
}

/* Everything about the file; `problem` is what the import said about it. */
static enum err show_file(struct showing *s, const struct import_outcome *outcome,
                          enum err imported, const struct errinfo *problem, struct errinfo *info) {
    struct table *table = NULL;
    struct errinfo unread;
    enum err opened = table_open_memory(buf_str(&s->job.bytes), s->job.upload.name.ptr,
                                        &s->job.settings.table, &table, &unread);
    enum err code = ERR_OK;
    if (opened == ERR_OK)
        file_json(s, table);
    if (imported != ERR_OK) {
        problem_json(s, problem);
        struct errinfo ignored; /* it is the problem told */
        if (opened == ERR_OK && head_json(s, table, &ignored) != ERR_OK)
            code = buf_error(s->j->out, info);
    } else if (outcome->needs_store) {
        json_key(s->j, "needs_store");
        json_bool(s->j, true);
        json_key_text(s->j, "kind", str_of(sheet_kind_of(outcome->parts[0].plan.map.sheet)->name));
    } else {
        s->plan = &outcome->parts[0].plan;
        summary_json(s);
        code = opened == ERR_OK ? rows_json(s, table, info) : opened;
    }
    table_close(table);
    return code;
}

static void upload_json(struct showing *s) {
    const struct upload *u = &s->job.upload;
    json_key_i64(s->j, "id", u->id);
    json_key_text(s->j, "name", u->name);
    json_key_text(s->j, "state", u->state);
    json_key(s->j, "batch");
    if (u->batch_id > 0)
        json_i64(s->j, u->batch_id);
    else
        json_none(s->j);
    json_key_i64(s->j, "created_ms", u->created_ms);
    json_key(s->j, "settings");
    json_raw(s->j, u->settings);
}

enum err upload_show(struct store_reader *reader, struct store *store, int64_t id,
                     const struct upload_page *page, struct job *job, struct json_out *j,
                     struct errinfo *info) {
    struct showing *s = mem_new(1, sizeof(*s));
    struct import_outcome outcome;
    struct errinfo problem;
    if (s == NULL)
        return err_memory(info);
    if (page->count > UPLOAD_ROWS_MAX) {
        mem_free(s);
        return err_set(info, ERR_LIMIT, "at most %d rows at once", UPLOAD_ROWS_MAX);
    }
    s->page = page;
    s->j = j;
    errinfo_init(&problem);
    import_outcome_init(&outcome);
    enum err code = upload_job_open(reader, id, &s->job, info);
    if (code == ERR_OK) {
        upload_json(s);
        s->job.request.dry_run = true;
        enum err imported = store != NULL
                                ? import_run(store, &s->job.request, &outcome, job, &problem)
                                : import_preview(reader, &s->job.request, &outcome, job, &problem);
        if (imported != ERR_OK && !is_mendable(imported)) {
            *info = problem;
            code = imported;
        } else {
            code = show_file(s, &outcome, imported, &problem, info);
        }
    }
    import_outcome_release(&outcome);
    upload_job_close(&s->job);
    mem_free(s);
    return code;
}
