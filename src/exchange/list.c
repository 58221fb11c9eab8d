/* Lists: see grid.h. */
#include "exchange/list.h"

#include "base/json.h"
#include "exchange/output.h"
#include "exchange/table_write.h"

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

/* CSV or XLSX through the writers of tables. */
static enum err write_table(const struct list *list, enum table_format format, struct buf *out,
                            struct errinfo *info) {
    struct table_write_options options = {.format = format, .guard_formulas = true};
    struct table_writer *writer;
    struct table_value values[LIST_COLUMNS_MAX];
    enum err code = table_writer_open_memory(out, &options, &writer, info);
    if (code != ERR_OK)
        return code;
    for (uint32_t c = 0; c < list->columns; c++)
        values[c] = table_text(str_of(list->name[c]));
    code = table_writer_row(writer, values, list->columns, info);
    for (size_t i = 0; i < list->cells.len && code == ERR_OK; i++) {
        uint32_t c = (uint32_t)(i % list->columns);
        double number;
        values[c] = list->type[c] == LIST_NUMBER && str_to_double(list->cells.at[i], &number)
                        ? table_number(number)
                        : table_text(list->cells.at[i]);
        if (c + 1 == list->columns)
            code = table_writer_row(writer, values, list->columns, info);
    }
    if (code == ERR_OK)
        return table_writer_close(writer, info);
    table_writer_abandon(writer);
    return code;
}

static void write_json(const struct list *list, struct buf *out) {
    struct json_out json;
    json_init(&json, out);
    json_open_list(&json);
    for (size_t i = 0; i < list->cells.len; i++) {
        uint32_t c = (uint32_t)(i % list->columns);
        if (c == 0)
            json_open(&json);
        json_key(&json, list->name[c]);
        if (list->cells.at[i].len == 0)
            json_none(&json);
        else if (list->type[c] == LIST_NUMBER)
            json_raw(&json, list->cells.at[i]);
        else
            json_text(&json, list->cells.at[i]);
        if (c + 1 == list->columns)
            json_close(&json);
    }
    json_close_list(&json);
    buf_add_char(out, '\n');
}

enum err list_write(const struct list *list, enum list_format format, struct buf *out,
                    struct errinfo *info) {
    if (list->failed)
        return err_memory(info);
    if (format != LIST_JSON)
        return write_table(list, format == LIST_CSV ? TABLE_CSV : TABLE_XLSX, out, info);
    write_json(list, out);
    return buf_error(out, info);
}

enum err list_save(const char *path, struct str bytes, struct errinfo *info) {
    struct output output;
    enum err code = output_open(&output, path, info);
    if (code != ERR_OK)
        return code;
    code = output_write(&output, bytes, info);
    if (code == ERR_OK)
        code = output_commit(&output, info);
    output_release(&output);
    return code;
}
