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

enum err import_stream_next(struct import_stream *s, struct table_row *row, bool *end,
                            struct errinfo *info) {
    *end = false;
    if (s->at < s->count) {
        *row = s->ahead[s->at++];
        return ERR_OK;
    }
    *end = s->end;
    return s->end ? ERR_OK : table_next(s->table, row, end, info);
}

void import_stream_close(struct import_stream *s) {
    arena_release(&s->arena);
}
