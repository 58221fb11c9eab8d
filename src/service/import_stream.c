/* Rows below a header: see import_stream.h. */
#include "service/import_stream.h"

enum { AHEAD_BYTES_MAX = 256 * 1024 * 1024 };

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

static enum err read_ahead(struct import_stream *s, struct errinfo *info) {
    struct table_row row;
    enum err code = ERR_OK;
    while (code == ERR_OK && s->count < IMPORT_SAMPLE_ROWS) {
        code = table_next(s->table, &row, &s->end, info);
        if (code != ERR_OK || s->end)
            break;
        code = copy_row(&s->arena, &row, &s->ahead[s->count], info);
        if (code == ERR_OK)
            s->count++;
    }
    return code;
}

enum err import_stream_open(struct import_stream *s, struct table *table,
                            const struct header_words *headers, enum sheet_id sheet,
                            const struct header_override *overrides, uint32_t override_count,
                            struct arena *arena, struct header_map *map, struct errinfo *info) {
    struct header_row rows[IMPORT_SAMPLE_ROWS];
    *s = (struct import_stream){.table = table};
    arena_init(&s->arena, AHEAD_BYTES_MAX);
    enum err code = read_ahead(s, info);
    for (uint32_t i = 0; i < s->count; i++)
        rows[i] = (struct header_row){s->ahead[i].cells, s->ahead[i].count};
    if (code == ERR_OK)
        code = header_find(headers, sheet, rows, s->count, overrides, override_count, arena, map,
                           info);
    if (code != ERR_OK)
        return code;
    s->header_record = s->ahead[map->row].record;
    s->header_line = s->ahead[map->row].line;
    s->at = map->row + 1;
    return ERR_OK;
}

static enum err next_row(struct import_stream *s, struct table_row *row, bool *end,
                         struct errinfo *info) {
    *end = false;
    if (s->at < s->count) {
        *row = s->ahead[s->at++];
        return ERR_OK;
    }
    *end = s->end;
    return s->end ? ERR_OK : table_next(s->table, row, end, info);
}

/* Puts a cell into the row, which grows when it was cut short. */
static enum err mend(struct import_stream *s, struct table_row *row,
                     const struct import_mended *mended, struct errinfo *info) {
    if (row->cells != s->cells.at) {
        s->cells.len = s->lines.len = 0;
        for (uint32_t i = 0; i < row->count; i++)
            if (!vec_push(&s->cells, row->cells[i]) || !vec_push(&s->lines, row->cell_lines[i]))
                return err_memory(info);
    }
    while (s->cells.len <= mended->column)
        if (!vec_push(&s->cells, STR("")) || !vec_push(&s->lines, row->line))
            return err_memory(info);
    s->cells.at[mended->column] = mended->value;
    row->cells = s->cells.at;
    row->cell_lines = s->lines.at;
    row->count = (uint32_t)s->cells.len;
    return ERR_OK;
}

/* Records ascend, and so do the amendments. */
static bool is_left_out(struct import_stream *s, uint64_t record) {
    const struct import_amendments *a = s->amendments;
    while (s->left_out_at < a->left_out_count && a->left_out[s->left_out_at] < record)
        s->left_out_at++;
    return s->left_out_at < a->left_out_count && a->left_out[s->left_out_at] == record;
}

enum err import_stream_next(struct import_stream *s, struct table_row *row, bool *end,
                            struct errinfo *info) {
    enum err code = next_row(s, row, end, info);
    const struct import_amendments *a = s->amendments;
    while (code == ERR_OK && !*end && a != NULL && is_left_out(s, row->record - s->header_record))
        code = next_row(s, row, end, info);
    if (code != ERR_OK || *end || a == NULL)
        return code;
    uint64_t record = row->record - s->header_record;
    while (s->mended_at < a->cell_count && a->cells[s->mended_at].record < record)
        s->mended_at++;
    while (code == ERR_OK && s->mended_at < a->cell_count &&
           a->cells[s->mended_at].record == record)
        code = mend(s, row, &a->cells[s->mended_at++], info);
    return code;
}

void import_stream_close(struct import_stream *s) {
    vec_free(&s->cells);
    vec_free(&s->lines);
    arena_release(&s->arena);
}
