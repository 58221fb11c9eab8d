/*
 * Reading a sheet of exhibitors: see import_plan.h.
 *
 * The first rows are copied, because the header may stand below title lines and the cells under it
 * help to tell the language of a column; the rest streams through.
 */
#include "base/mem.h"
#include "service/import_reading.h"

enum {
    SAMPLE_ROWS = 50,            /* rows looked at before the header is settled */
    ROWS_PER_QUESTION = 1000,    /* between two looks at the job */
    CELL_BYTES_MAX = 500 * 1024, /* 100,000 characters of 4 bytes and then some */
    AHEAD_BYTES_MAX = 256 * 1024 * 1024,
    MEMO_BYTES_MAX = 64 * 1024 * 1024,
};

struct ahead {
    struct arena arena;
    struct table_row rows[SAMPLE_ROWS];
    uint32_t count;
    bool end;
};

static enum err copy_row(struct arena *arena, const struct table_row *row, struct table_row *out,
                         struct errinfo *info) {
    struct str *cells = arena_new(arena, row->count, sizeof(*cells));
    long *lines = arena_new(arena, row->count, sizeof(*lines));
    if (cells == NULL || lines == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < row->count; i++) {
        cells[i] = arena_copy(arena, row->cells[i]);
        lines[i] = row->cell_lines[i];
        if (cells[i].ptr == NULL)
            return err_memory(info);
    }
    *out = *row;
    out->cells = cells;
    out->cell_lines = lines;
    return ERR_OK;
}

static enum err read_ahead(struct ahead *a, struct table *table, struct errinfo *info) {
    struct table_row row;
    enum err code = ERR_OK;
    while (code == ERR_OK && a->count < SAMPLE_ROWS) {
        code = table_next(table, &row, &a->end, info);
        if (code != ERR_OK || a->end)
            break;
        code = copy_row(&a->arena, &row, &a->rows[a->count], info);
        if (code == ERR_OK)
            a->count++;
    }
    return code;
}

static enum err find_header(struct import_plan *plan, const struct ahead *a,
                            const struct header_words *headers,
                            const struct import_options *options, struct errinfo *info) {
    struct header_row rows[SAMPLE_ROWS];
    for (uint32_t i = 0; i < a->count; i++)
        rows[i] = (struct header_row){a->rows[i].cells, a->rows[i].count};
    enum err code = header_find(headers, options->sheet, rows, a->count, options->overrides,
                                options->override_count, &plan->arena, &plan->map, info);
    if (code != ERR_OK)
        return code;
    plan->header_line = a->rows[plan->map.row].line;
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
    const char *reason = import_skip_reason(r);
    return reason != NULL ? skip_row(r, reason, info) : import_read_record(r, info);
}

static enum err read_rows(struct import_reading *r, const struct ahead *a, struct table *table,
                          const struct job *job, struct errinfo *info) {
    uint64_t header_record = a->rows[r->plan->map.row].record;
    enum err code = ERR_OK;
    for (uint32_t i = r->plan->map.row + 1; i < a->count && code == ERR_OK; i++)
        code = read_row(r, &a->rows[i], header_record, info);
    for (bool end = a->end; code == ERR_OK && !end;) {
        struct table_row row;
        code = table_next(table, &row, &end, info);
        if (code == ERR_OK && !end)
            code = read_row(r, &row, header_record, info);
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
    struct ahead *a = mem_new(1, sizeof(*a));
    struct import_reading r = {.plan = plan, .words = words};
    if (a == NULL)
        return err_memory(info);
    arena_init(&a->arena, AHEAD_BYTES_MAX);
    arena_init(&r.memo_arena, MEMO_BYTES_MAX);
    buf_init(&r.scratch, CELL_BYTES_MAX);
    plan->default_edition = options->edition;
    enum err code = read_ahead(a, table, info);
    if (code == ERR_OK)
        code = find_header(plan, a, headers, options, info);
    if (code == ERR_OK)
        code = read_rows(&r, a, table, job, info);
    release(&r);
    arena_release(&a->arena);
    mem_free(a);
    return code;
}
