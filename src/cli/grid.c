/* Grids: see grid.h. */
#include "cli/grid.h"

#include "base/json.h"
#include "text/utf8.h"

enum { GRID_MAX_BYTES = 1 << 30 };

void grid_init(struct grid *g) {
    *g = (struct grid){0};
    arena_init(&g->arena, GRID_MAX_BYTES);
}

void grid_release(struct grid *g) {
    vec_free(&g->cells);
    arena_release(&g->arena);
}

void grid_column(struct grid *g, const char *name, enum grid_type type) {
    if (g->columns == GRID_COLUMNS_MAX) {
        g->failed = true;
        return;
    }
    g->name[g->columns] = name;
    g->type[g->columns++] = type;
}

void grid_text(struct grid *g, struct str text) {
    struct str copy = arena_copy(&g->arena, text);
    if (copy.ptr == NULL || !vec_push(&g->cells, copy))
        g->failed = true;
}

void grid_int(struct grid *g, int64_t value) {
    char text[24];
    snprintf(text, sizeof(text), "%lld", (long long)value);
    grid_text(g, str_of(text));
}

void grid_double(struct grid *g, double value, int digits) {
    char text[48];
    snprintf(text, sizeof(text), "%.*f", digits, value);
    grid_text(g, str_of(text));
}

/* East Asian wide and full-width characters take two places (Unicode TR11, main blocks). */
static bool is_wide(uint32_t c) {
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
           (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x20000 && c <= 0x3FFFD);
}

static size_t width_of(struct str text) {
    size_t width = 0;
    while (text.len > 0)
        width += is_wide(utf8_next(&text)) ? 2 : 1;
    return width;
}

static void print_cell(FILE *out, struct str text, enum grid_type type, size_t width, bool last) {
    size_t own = width_of(text), fill = width > own ? width - own : 0;
    if (type == GRID_NUMBER)
        fprintf(out, "%*s", (int)fill, "");
    fwrite(text.ptr, 1, text.len, out);
    if (type != GRID_NUMBER && !last)
        fprintf(out, "%*s", (int)fill, "");
    fputs(last ? "\n" : "  ", out);
}

static void print_table(const struct grid *g, FILE *out) {
    size_t width[GRID_COLUMNS_MAX] = {0};
    for (uint32_t c = 0; c < g->columns; c++)
        width[c] = width_of(str_of(g->name[c]));
    for (size_t i = 0; i < g->cells.len; i++) {
        size_t own = width_of(g->cells.at[i]);
        if (own > width[i % g->columns])
            width[i % g->columns] = own;
    }
    for (uint32_t c = 0; c < g->columns; c++)
        print_cell(out, str_of(g->name[c]), g->type[c], width[c], c + 1 == g->columns);
    for (size_t i = 0; i < g->cells.len; i++) {
        uint32_t c = (uint32_t)(i % g->columns);
        print_cell(out, g->cells.at[i], g->type[c], width[c], c + 1 == g->columns);
    }
}

/* RFC 4180 with line feeds. */
static void print_csv_cell(FILE *out, struct str text, bool last) {
    bool quoted = false;
    for (size_t i = 0; i < text.len; i++)
        quoted = quoted || strchr(",\"\r\n", text.ptr[i]) != NULL;
    if (quoted)
        fputc('"', out);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            fputc('"', out);
        fputc(text.ptr[i], out);
    }
    if (quoted)
        fputc('"', out);
    fputc(last ? '\n' : ',', out);
}

static void print_csv(const struct grid *g, FILE *out) {
    for (uint32_t c = 0; c < g->columns; c++)
        print_csv_cell(out, str_of(g->name[c]), c + 1 == g->columns);
    for (size_t i = 0; i < g->cells.len; i++)
        print_csv_cell(out, g->cells.at[i], (i + 1) % g->columns == 0);
}

static enum err print_json(const struct grid *g, FILE *out, struct errinfo *info) {
    struct buf text;
    struct json_out json;
    buf_init(&text, GRID_MAX_BYTES);
    json_init(&json, &text);
    json_open_list(&json);
    for (size_t i = 0; i < g->cells.len; i++) {
        uint32_t c = (uint32_t)(i % g->columns);
        if (c == 0)
            json_open(&json);
        json_key(&json, g->name[c]);
        if (g->cells.at[i].len == 0)
            json_null(&json);
        else if (g->type[c] == GRID_NUMBER)
            json_raw(&json, g->cells.at[i]);
        else
            json_text(&json, g->cells.at[i]);
        if (c + 1 == g->columns)
            json_close(&json);
    }
    json_close_list(&json);
    buf_add_char(&text, '\n');
    enum err code = buf_error(&text, info);
    if (code == ERR_OK)
        fwrite(text.ptr, 1, text.len, out);
    buf_release(&text);
    return code;
}

enum err grid_print(const struct grid *g, const char *format, FILE *out, struct errinfo *info) {
    enum err code = g->failed ? err_memory(info) : ERR_OK;
    if (code == ERR_OK && strcmp(format, "json") == 0)
        code = print_json(g, out, info);
    else if (code == ERR_OK && strcmp(format, "csv") == 0)
        print_csv(g, out);
    else if (code == ERR_OK)
        print_table(g, out);
    if (code == ERR_OK && ferror(out))
        code = err_errno(info, "write", "the output");
    return code;
}
