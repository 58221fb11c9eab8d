/* Lists: see grid.h. */
#include "exchange/list.h"

#include "base/json.h"

enum { LIST_MAX_BYTES = 1 << 30 };

void list_init(struct list *list) {
    *list = (struct list){0};
    arena_init(&list->arena, LIST_MAX_BYTES);
}

void list_release(struct list *list) {
    vec_free(&list->cells);
    arena_release(&list->arena);
}

void list_column(struct list *list, const char *name, enum list_type type) {
    if (list->columns == LIST_COLUMNS_MAX) {
        list->failed = true;
        return;
    }
    list->name[list->columns] = name;
    list->type[list->columns++] = type;
}

void list_text(struct list *list, struct str text) {
    struct str copy = arena_copy(&list->arena, text);
    if (copy.ptr == NULL || !vec_push(&list->cells, copy))
        list->failed = true;
}

void list_int(struct list *list, int64_t value) {
    char text[24];
    snprintf(text, sizeof(text), "%lld", (long long)value);
    list_text(list, str_of(text));
}

void list_double(struct list *list, double value, int digits) {
    char text[48];
    snprintf(text, sizeof(text), "%.*f", digits, value);
    list_text(list, str_of(text));
}

/* RFC 4180 with line feeds. */
static void write_csv_cell(FILE *out, struct str text, bool last) {
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

static void write_csv(const struct list *list, FILE *out) {
    for (uint32_t c = 0; c < list->columns; c++)
        write_csv_cell(out, str_of(list->name[c]), c + 1 == list->columns);
    for (size_t i = 0; i < list->cells.len; i++)
        write_csv_cell(out, list->cells.at[i], (i + 1) % list->columns == 0);
}

static enum err write_json(const struct list *list, FILE *out, struct errinfo *info) {
    struct buf text;
    struct json_out json;
    buf_init(&text, LIST_MAX_BYTES);
    json_init(&json, &text);
    json_open_list(&json);
    for (size_t i = 0; i < list->cells.len; i++) {
        uint32_t c = (uint32_t)(i % list->columns);
        if (c == 0)
            json_open(&json);
        json_key(&json, list->name[c]);
        if (list->cells.at[i].len == 0)
            json_null(&json);
        else if (list->type[c] == LIST_NUMBER)
            json_raw(&json, list->cells.at[i]);
        else
            json_text(&json, list->cells.at[i]);
        if (c + 1 == list->columns)
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

enum err list_write(const struct list *list, enum list_format format, FILE *out,
                    struct errinfo *info) {
    enum err code = list->failed ? err_memory(info) : ERR_OK;
    if (code == ERR_OK && format == LIST_JSON)
        code = write_json(list, out, info);
    else if (code == ERR_OK)
        write_csv(list, out);
    if (code == ERR_OK && ferror(out))
        code = err_errno(info, "write", "the output");
    return code;
}
