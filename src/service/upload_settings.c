/* Settings of an upload: see upload.h for what they say. Lists are sorted here, because the stream
 * of rows takes amendments in the order of records. */
#include "service/upload_settings.h"

#include <stdlib.h>

enum { LIST_MAX = 100000 };

struct reading_settings {
    struct arena *arena;
    struct upload_settings *out;
    struct errinfo *info;
};

static enum err wrong(struct reading_settings *r, const char *member, const char *expected) {
    err_set(r->info, ERR_INPUT, "settings: \"%s\" is wrong", member);
    err_hint(r->info, "%s", expected);
    return ERR_INPUT;
}

static bool is_number(const struct json_value *v, int64_t lowest, int64_t highest) {
    return v != NULL && v->kind == JSON_KIND_INTEGER && v->integer >= lowest &&
           v->integer <= highest;
}

static bool is_text(const struct json_value *v) {
    return v != NULL && v->kind == JSON_KIND_TEXT;
}

/* Room for the items of a list; NULL when it is no list or too long. */
static void *room(struct reading_settings *r, const struct json_value *list, size_t size) {
    return list->kind == JSON_KIND_LIST && list->count <= LIST_MAX
               ? arena_new(r->arena, list->count + 1, size)
               : NULL;
}

static enum err read_mapping(struct reading_settings *r, const struct json_value *list) {
    struct header_override *all = room(r, list, sizeof(*all));
    if (all == NULL)
        return wrong(r, "mapping", "Give a list of {\"header\", \"field\"}");
    for (uint32_t i = 0; i < list->count; i++) {
        const struct json_value *header = json_get(&list->items[i], "header");
        const struct json_value *field = json_get(&list->items[i], "field");
        if (!is_text(header) || !is_text(field))
            return wrong(r, "mapping", "Give a list of {\"header\", \"field\"}");
        all[i] = (struct header_override){header->text, field->text, false};
    }
    r->out->overrides = all;
    r->out->override_count = list->count;
    return ERR_OK;
}

static int by_record(const void *a, const void *b) {
    const struct import_mended *x = a, *y = b;
    return x->record != y->record ? (x->record < y->record ? -1 : 1)
                                  : (int)(x->column > y->column) - (int)(x->column < y->column);
}

static enum err read_cells(struct reading_settings *r, const struct json_value *list) {
    struct import_mended *all = room(r, list, sizeof(*all));
    const char *expected = "Give a list of {\"record\", \"column\", \"value\"}";
    if (all == NULL)
        return wrong(r, "cells", expected);
    for (uint32_t i = 0; i < list->count; i++) {
        const struct json_value *record = json_get(&list->items[i], "record");
        const struct json_value *column = json_get(&list->items[i], "column");
        const struct json_value *value = json_get(&list->items[i], "value");
        if (!is_number(record, 1, TABLE_ROWS_MAX) ||
            !is_number(column, 0, HEADER_COLUMNS_MAX - 1) || !is_text(value))
            return wrong(r, "cells", expected);
        all[i] = (struct import_mended){(uint32_t)record->integer, (uint32_t)column->integer,
                                        value->text};
    }
    qsort(all, list->count, sizeof(*all), by_record);
    r->out->amendments.cells = all;
    r->out->amendments.cell_count = list->count;
    return ERR_OK;
}

static int by_number(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (int)(x > y) - (int)(x < y);
}

static enum err read_left_out(struct reading_settings *r, const struct json_value *list) {
    uint32_t *all = room(r, list, sizeof(*all));
    if (all == NULL)
        return wrong(r, "leave_out", "Give a list of records");
    for (uint32_t i = 0; i < list->count; i++) {
        if (!is_number(&list->items[i], 1, TABLE_ROWS_MAX))
            return wrong(r, "leave_out", "Give a list of records");
        all[i] = (uint32_t)list->items[i].integer;
    }
    qsort(all, list->count, sizeof(*all), by_number);
    r->out->amendments.left_out = all;
    r->out->amendments.left_out_count = list->count;
    return ERR_OK;
}

static enum err read_decisions(struct reading_settings *r, const struct json_value *list) {
    static const char *const words[] = {
        [UPLOAD_LATER] = "later", [UPLOAD_SAME] = "same", [UPLOAD_DIFFERENT] = "different"};
    const char *expected = "Give a list of {\"record\", \"of_record\" or \"of_id\", \"decision\"}";
    struct upload_decision *all = room(r, list, sizeof(*all));
    if (all == NULL)
        return wrong(r, "decisions", expected);
    for (uint32_t i = 0; i < list->count; i++) {
        const struct json_value *record = json_get(&list->items[i], "record");
        const struct json_value *of_record = json_get(&list->items[i], "of_record");
        const struct json_value *of_id = json_get(&list->items[i], "of_id");
        const struct json_value *decision = json_get(&list->items[i], "decision");
        bool in_sheet = is_number(of_record, 1, TABLE_ROWS_MAX);
        if (!is_number(record, 1, TABLE_ROWS_MAX) || !is_text(decision) ||
            (!in_sheet && !is_number(of_id, 1, INT64_MAX)))
            return wrong(r, "decisions", expected);
        all[i] = (struct upload_decision){.record = (uint32_t)record->integer,
                                          .of_record = in_sheet ? (uint32_t)of_record->integer : 0,
                                          .of_id = in_sheet ? 0 : of_id->integer};
        uint32_t kind = 0;
        while (kind < 3 && !str_equal_c(decision->text, words[kind]))
            kind++;
        if (kind == 3)
            return wrong(r, "decisions", "A decision is same, different or later");
        all[i].kind = (enum upload_decision_kind)kind;
    }
    r->out->decisions = all;
    r->out->decision_count = list->count;
    return ERR_OK;
}

static enum err read_flag(struct reading_settings *r, const char *member,
                          const struct json_value *v, bool *out) {
    if (v->kind != JSON_KIND_BOOL)
        return wrong(r, member, "Say true or false");
    *out = v->boolean;
    return ERR_OK;
}

/* Members that are texts. */
static enum err read_text(struct reading_settings *r, struct str member,
                          const struct json_value *v) {
    static const char separators[] = ",;|\t";
    struct upload_settings *out = r->out;
    if (!is_text(v))
        return wrong(r, "sheet, edition, encoding, separator, workbook_sheet", "Give a text");
    struct str copy = arena_copy(r->arena, v->text);
    if (copy.ptr == NULL)
        return err_memory(r->info);
    if (str_equal_c(member, "sheet")) {
        out->sheet = sheet_by_name(copy);
        return out->sheet != SHEETS ? ERR_OK : wrong(r, "sheet", "Name a kind of sheet");
    }
    if (str_equal_c(member, "edition")) {
        out->edition = copy;
    } else if (str_equal_c(member, "encoding")) {
        out->table.encoding = copy.ptr;
    } else if (str_equal_c(member, "workbook_sheet")) {
        out->table.sheet = copy.ptr;
    } else {
        if (copy.len != 1 || strchr(separators, copy.ptr[0]) == NULL)
            return wrong(r, "separator", "Give one of , ; | and a tab");
        out->table.separator = copy.ptr[0];
    }
    return ERR_OK;
}

static enum err read_member(struct reading_settings *r, struct str member,
                            const struct json_value *v) {
    static const char *const texts[] = {"sheet", "edition", "encoding", "separator",
                                        "workbook_sheet"};
    if (v->kind == JSON_KIND_NULL)
        return ERR_OK;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (str_equal_c(member, texts[i]))
            return read_text(r, member, v);
    if (str_equal_c(member, "mapping"))
        return read_mapping(r, v);
    if (str_equal_c(member, "cells"))
        return read_cells(r, v);
    if (str_equal_c(member, "leave_out"))
        return read_left_out(r, v);
    if (str_equal_c(member, "decisions"))
        return read_decisions(r, v);
    if (str_equal_c(member, "leave_out_wrong"))
        return read_flag(r, "leave_out_wrong", v, &r->out->leave_out_wrong);
    if (str_equal_c(member, "keep_mapping"))
        return read_flag(r, "keep_mapping", v, &r->out->keep_mapping);
    return err_set(r->info, ERR_INPUT, "settings: there is no member \"%.*s\"", STR_ARG(member));
}

enum err upload_settings_read(struct str json, struct arena *arena, struct upload_settings *out,
                              struct errinfo *info) {
    struct reading_settings r = {arena, out, info};
    const struct json_value *settings;
    *out = (struct upload_settings){.sheet = SHEETS};
    enum err code = json_read(json, NULL, arena, &settings, info);
    if (code == ERR_OK && settings->kind != JSON_KIND_OBJECT)
        code = err_set(info, ERR_INPUT, "the settings are no JSON object");
    for (uint32_t i = 0; code == ERR_OK && i < settings->count; i++)
        code = read_member(&r, settings->keys[i], &settings->items[i]);
    return code;
}
