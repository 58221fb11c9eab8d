/*
 * What others did to a record since a form was filled: its lines of the change log played forward.
 * See edit_internal.h.
 *
 * Two states are kept: that of the form's revision, and that of the last line that is not of the
 * open batch. Lines give whole records or the columns that changed; a record that was deleted and
 * brought back counts as changed where its columns differ, like any other.
 */
#include "service/edit_internal.h"

#include "exchange/json_read.h"

struct playing {
    struct arena *arena;
    const struct edit_table *table;
    int64_t revision, version;
    struct edit_past *past;
};

static bool value_of(const struct json_value *json, struct store_value *out) {
    if (json == NULL || json->kind == JSON_KIND_NULL)
        *out = store_null();
    else if (json->kind == JSON_KIND_INTEGER)
        *out = store_int(json->integer);
    else if (json->kind == JSON_KIND_TEXT)
        *out = store_text(json->text);
    else
        return false;
    return true;
}

/* Puts the named columns of an image into a state. */
static enum err set_columns(const struct playing *p, const struct json_value *image, bool whole,
                            const struct store_change *change, struct str by,
                            struct errinfo *info) {
    for (uint32_t i = 0; i < p->table->count; i++) {
        const struct edit_field *field = &p->table->fields[i];
        const struct json_value *json = json_get(image, field->name);
        struct store_value value;
        if (json == NULL && !whole)
            continue;
        if (!value_of(json, &value))
            return err_set(info, ERR_STORE, "the change log holds a value of an unknown kind");
        if (!store_value_equal(&p->past->theirs[field->column], &value)) {
            p->past->by[field->column] = by;
            p->past->at_ms[field->column] = change->at_ms;
        }
        p->past->theirs[field->column] = value;
    }
    return ERR_OK;
}

static enum err play(void *ctx, const struct store_change *change, struct errinfo *info) {
    struct playing *p = ctx;
    p->past->revision = change->change_id;
    if (change->change_id > p->version)
        return ERR_OK;
    const struct json_value *image = NULL;
    struct str by = arena_copy(p->arena, change->actor), text = arena_copy(p->arena, change->after);
    if (by.ptr == NULL || text.ptr == NULL)
        return err_memory(info);
    bool whole = !str_equal_c(change->operation, "update");
    enum err code = text.len > 0 ? json_read(text, NULL, p->arena, &image, info) : ERR_OK;
    if (code == ERR_OK)
        code = set_columns(p, image, whole, change, by, info);
    p->past->deleted = str_equal_c(change->operation, "delete");
    p->past->last_by = by;
    p->past->last_ms = change->at_ms;
    if (change->change_id == p->revision) {
        memcpy(p->past->base, p->past->theirs, sizeof(p->past->base));
        p->past->known = true;
    }
    return code;
}

enum err edit_past_read(struct store_reader *reader, enum store_table table, int64_t id,
                        int64_t revision, int64_t version, struct arena *arena,
                        struct edit_past *out, struct errinfo *info) {
    struct playing p = {.arena = arena,
                        .table = edit_table_of(table),
                        .revision = revision,
                        .version = version,
                        .past = out};
    *out = (struct edit_past){0};
    return store_each_change(reader, 0, table, id, play, &p, info);
}
