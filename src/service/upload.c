/*
 * Uploads: see upload.h. The file is read anew for each look at it: a list of 1,200 exhibitors
 * takes a fraction of a second, and nothing has to be kept in step with the settings.
 */
#include "service/upload.h"

#include "assets/assets.h"
#include "service/edit_internal.h"
#include "service/picture.h"
#include "service/upload_settings.h"

enum { NAME_BYTES_MAX = 300, SETTINGS_ARENA_MAX = 64 << 20 };

enum err upload_keep(struct store *store, int64_t account_id, struct str name, struct str bytes,
                     int64_t at_ms, int64_t *id, struct errinfo *info) {
    char digest[PICTURE_DIGEST_CHARS + 1];
    if (bytes.len == 0)
        return err_set(info, ERR_INPUT, "the file is empty");
    if (bytes.len > UPLOAD_BYTES_MAX)
        return err_set(info, ERR_LIMIT, "the file has more than %d MB", UPLOAD_BYTES_MAX >> 20);
    if (name.len > NAME_BYTES_MAX)
        name = str_sub(name, name.len - NAME_BYTES_MAX, name.len);
    enum err code = picture_keep(store, bytes, digest, info);
    struct store_cell cells[] = {{UPLOAD_ACCOUNT_ID, store_int(account_id)},
                                 {UPLOAD_NAME, store_text(name.len > 0 ? name : STR("list"))},
                                 {UPLOAD_DIGEST, store_text(str_of(digest))},
                                 {UPLOAD_SETTINGS, store_text(STR("{}"))},
                                 {UPLOAD_STATE, store_text(STR("open"))},
                                 {UPLOAD_CREATED_MS, store_int(at_ms)}};
    return code == ERR_OK ? store_insert(store, TABLE_UPLOAD, cells, 6, id, info) : code;
}

enum err upload_get(struct store_reader *reader, int64_t id, struct arena *arena,
                    struct upload *out, struct errinfo *info) {
    struct edit_row row;
    enum err code = edit_row_read(reader, TABLE_UPLOAD, id, arena, &row, info);
    if (code != ERR_OK)
        return code;
    const struct store_value *v = row.values;
    *out = (struct upload){
        .id = id,
        .account_id = v[UPLOAD_ACCOUNT_ID].integer,
        .batch_id = v[UPLOAD_BATCH_ID].kind == STORE_INTEGER ? v[UPLOAD_BATCH_ID].integer : 0,
        .created_ms = v[UPLOAD_CREATED_MS].integer,
        .name = v[UPLOAD_NAME].text,
        .digest = v[UPLOAD_DIGEST].text,
        .settings = v[UPLOAD_SETTINGS].text,
        .state = v[UPLOAD_STATE].text};
    return ERR_OK;
}

enum err upload_check_open(const struct upload *upload, struct errinfo *info) {
    if (str_equal_c(upload->state, "open"))
        return ERR_OK;
    return err_set(info, ERR_CONFLICT, "the upload is %.*s already", STR_ARG(upload->state));
}

/* Settings --------------------------------------------------------------------------------------
 */

static void add_json(struct json_out *j, const struct json_value *v) {
    switch (v->kind) {
    case JSON_KIND_NULL:
        json_none(j);
        break;
    case JSON_KIND_BOOL:
        json_bool(j, v->boolean);
        break;
    case JSON_KIND_INTEGER:
        json_i64(j, v->integer);
        break;
    case JSON_KIND_NUMBER:
        json_double(j, v->number);
        break;
    case JSON_KIND_TEXT:
        json_text(j, v->text);
        break;
    case JSON_KIND_LIST:
        json_open_list(j);
        for (uint32_t i = 0; i < v->count; i++)
            add_json(j, &v->items[i]);
        json_close_list(j);
        break;
    case JSON_KIND_OBJECT:
        json_open(j);
        for (uint32_t i = 0; i < v->count; i++) {
            json_key(j, v->keys[i].ptr); /* texts of json_read are terminated */
            add_json(j, &v->items[i]);
        }
        json_close(j);
        break;
    }
}

/* The members of `old` that `new` does not name, and those of `new` that are not null. */
static void merge_members(struct json_out *j, const struct json_value *old,
                          const struct json_value *new) {
    json_open(j);
    for (int pass = 0; pass < 2; pass++) {
        const struct json_value *from = pass == 0 ? old : new;
        for (uint32_t i = 0; i < from->count; i++) {
            const char *key = from->keys[i].ptr;
            if ((pass == 0 && json_get(new, key) != NULL) || from->items[i].kind == JSON_KIND_NULL)
                continue;
            json_key(j, key);
            add_json(j, &from->items[i]);
        }
    }
    json_close(j);
}

static enum err set_settings(struct store *store, const struct upload *upload, struct str json,
                             struct arena *arena, struct buf *text, struct errinfo *info) {
    struct upload_settings checked;
    struct json_out j;
    const struct json_value *old, *new;
    enum err code = json_read(upload->settings, NULL, arena, &old, info);
    if (code == ERR_OK)
        code = json_read(json, NULL, arena, &new, info);
    if (code == ERR_OK && (old->kind != JSON_KIND_OBJECT || new->kind != JSON_KIND_OBJECT))
        code = err_set(info, ERR_INPUT, "the settings are no JSON object");
    if (code != ERR_OK)
        return code;
    json_init(&j, text);
    merge_members(&j, old, new);
    code = buf_error(text, info);
    if (code == ERR_OK)
        code = upload_settings_read(buf_str(text), arena, &checked, info);
    struct store_cell cell = {UPLOAD_SETTINGS, store_text(buf_str(text))};
    return code == ERR_OK ? store_update(store, TABLE_UPLOAD, upload->id, &cell, 1, info) : code;
}

enum err upload_set(struct store *store, int64_t id, struct str json, struct errinfo *info) {
    struct arena arena;
    struct buf text;
    struct upload upload;
    arena_init(&arena, SETTINGS_ARENA_MAX);
    buf_init(&text, UPLOAD_SETTINGS_MAX);
    enum err code = upload_get(store_reader_of(store), id, &arena, &upload, info);
    if (code == ERR_OK)
        code = upload_check_open(&upload, info);
    if (code == ERR_OK)
        code = set_settings(store, &upload, json, &arena, &text, info);
    buf_release(&text);
    arena_release(&arena);
    return code;
}

enum err upload_set_state(struct store *store, int64_t id, const char *state, int64_t batch_id,
                          struct errinfo *info) {
    struct store_cell cells[] = {{UPLOAD_STATE, store_text(str_of(state))},
                                 {UPLOAD_BATCH_ID, store_ref(batch_id)}};
    return store_update(store, TABLE_UPLOAD, id, cells, 2, info);
}

enum err upload_drop(struct store *store, int64_t id, struct errinfo *info) {
    struct arena arena;
    struct upload upload;
    arena_init(&arena, SETTINGS_ARENA_MAX);
    enum err code = upload_get(store_reader_of(store), id, &arena, &upload, info);
    if (code == ERR_OK)
        code = upload_check_open(&upload, info);
    arena_release(&arena);
    return code == ERR_OK ? upload_set_state(store, id, "dropped", 0, info) : code;
}

/* The import that an upload is ------------------------------------------------------------------
 */

enum err upload_job_open(struct store_reader *reader, int64_t id, struct upload_job *out,
                         struct errinfo *info) {
    *out = (struct upload_job){.amended = {0}};
    arena_init(&out->arena, SETTINGS_ARENA_MAX);
    buf_init(&out->bytes, UPLOAD_BYTES_MAX);
    enum err code = upload_get(reader, id, &out->arena, &out->upload, info);
    if (code == ERR_OK)
        code = upload_settings_read(out->upload.settings, &out->arena, &out->settings, info);
    if (code == ERR_OK)
        code = store_get_content(reader, out->upload.digest, &out->bytes, info);
    if (code != ERR_OK)
        return code;
    const struct upload_settings *s = &out->settings;
    out->amended = s->amendments;
    out->source = (struct import_source){
        .bytes = buf_str(&out->bytes), .name = out->upload.name.ptr, .sheet = s->sheet};
    out->request = (struct import_request){.sources = &out->source,
                                           .source_count = 1,
                                           .edition = s->edition,
                                           .overrides = s->overrides,
                                           .override_count = s->override_count,
                                           .keep_mapping = s->keep_mapping,
                                           .leave_out_wrong = s->leave_out_wrong,
                                           .note = out->upload.name,
                                           .table = &s->table,
                                           .amendments = &out->amended};
    if (!assets_find(STR("data/model/headers.csv"), &out->request.headers))
        return err_set(info, ERR_INTERNAL, "the words of headers are missing");
    return ERR_OK;
}

void upload_job_close(struct upload_job *job) {
    buf_release(&job->bytes);
    arena_release(&job->arena);
}
