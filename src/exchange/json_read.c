/*
 * JSON in: see json_read.h.
 *
 * The depth is measured before the parser runs, so that it is our limit that speaks, with a place,
 * and recursion below is bounded by it. Then jansson's tree is copied into the arena.
 */
#include "exchange/json_read.h"

#include <jansson.h>

enum { BYTES_MAX = 64 << 20, DEPTH_DEFAULT = 64, DEPTH_MAX = 1000 };

/* ---- limits ---- */

/* Line and column, from 1, of a byte; columns count characters. */
static void place_of(struct str text, size_t at, struct errinfo *info) {
    long line = 1, column = 1;
    for (size_t i = 0; i < at; i++) {
        if (text.ptr[i] == '\n') {
            line++;
            column = 1;
        } else {
            column += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
        }
    }
    err_at(info, NULL, line, column);
}

/* The position behind the string that begins at `at`. */
static size_t skip_string(struct str text, size_t at) {
    for (at++; at < text.len && text.ptr[at] != '"'; at++)
        at += text.ptr[at] == '\\';
    return at + 1;
}

static enum err check_depth(struct str text, uint32_t max, struct errinfo *info) {
    uint32_t depth = 0;
    for (size_t at = 0; at < text.len; at++) {
        char c = text.ptr[at];
        if (c == '"') {
            at = skip_string(text, at) - 1;
        } else if (c == '[' || c == '{') {
            if (depth++ < max)
                continue;
            err_set(info, ERR_LIMIT, "lists and objects lie more than %u deep in each other", max);
            err_hint(info, "Make the structure flatter");
            if (info != NULL)
                place_of(text, at, info);
            return ERR_LIMIT;
        } else if (c == ']' || c == '}') {
            depth -= depth > 0;
        }
    }
    return ERR_OK;
}

/* ---- copying ---- */

static bool copy_value(json_t *from, struct arena *arena, struct json_value *to);

static bool copy_text(const char *bytes, size_t len, struct arena *arena, struct str *to) {
    *to = arena_copy(arena, (struct str){bytes, len});
    return to->ptr != NULL;
}

static bool copy_list(json_t *from, struct arena *arena, struct json_value *to) {
    size_t count = json_array_size(from);
    struct json_value *items = arena_new(arena, count, sizeof(*items));
    if (items == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!copy_value(json_array_get(from, i), arena, &items[i]))
            return false;
    to->count = (uint32_t)count;
    to->items = items;
    return true;
}

static bool copy_object(json_t *from, struct arena *arena, struct json_value *to) {
    size_t count = json_object_size(from), i = 0;
    struct json_value *items = arena_new(arena, count, sizeof(*items));
    struct str *keys = arena_new(arena, count, sizeof(*keys));
    if (items == NULL || keys == NULL)
        return false;
    for (void *at = json_object_iter(from); at != NULL; at = json_object_iter_next(from, at), i++)
        if (!copy_text(json_object_iter_key(at), json_object_iter_key_len(at), arena, &keys[i]) ||
            !copy_value(json_object_iter_value(at), arena, &items[i]))
            return false;
    to->count = (uint32_t)count;
    to->items = items;
    to->keys = keys;
    return true;
}

static bool copy_value(json_t *from, struct arena *arena, struct json_value *to) {
    switch (json_typeof(from)) {
    case JSON_NULL:
        to->kind = JSON_KIND_NULL;
        return true;
    case JSON_TRUE:
    case JSON_FALSE:
        to->kind = JSON_KIND_BOOL;
        to->boolean = json_is_true(from);
        return true;
    case JSON_INTEGER:
        to->kind = JSON_KIND_INTEGER;
        to->integer = json_integer_value(from);
        to->number = (double)to->integer;
        return true;
    case JSON_REAL:
        to->kind = JSON_KIND_NUMBER;
        to->number = json_real_value(from);
        return true;
    case JSON_STRING:
        to->kind = JSON_KIND_TEXT;
        return copy_text(json_string_value(from), json_string_length(from), arena, &to->text);
    case JSON_ARRAY:
        to->kind = JSON_KIND_LIST;
        return copy_list(from, arena, to);
    case JSON_OBJECT:
        to->kind = JSON_KIND_OBJECT;
        return copy_object(from, arena, to);
    }
    return false;
}

/* ---- reading ---- */

static enum err explain(const json_error_t *error, struct errinfo *info) {
    if (json_error_code(error) == json_error_out_of_memory)
        return err_memory(info);
    err_set(info, ERR_INPUT, "this is no valid JSON: %s", error->text);
    err_hint(
        info, "%s",
        json_error_code(error) == json_error_duplicate_key
            ? "Give each key of an object once"
            : "Look at the place; texts need double quotes, and no comma stands before ] or }");
    err_at(info, NULL, error->line, error->column);
    return ERR_INPUT;
}

enum err json_read(struct str text, const struct json_limits *limits, struct arena *arena,
                   const struct json_value **out, struct errinfo *info) {
    size_t bytes_max = limits != NULL && limits->bytes > 0 ? limits->bytes : BYTES_MAX;
    uint32_t depth_max = limits != NULL && limits->depth > 0 ? limits->depth : DEPTH_DEFAULT;
    if (depth_max > DEPTH_MAX)
        depth_max = DEPTH_MAX;
    if (text.len > bytes_max) {
        err_set(info, ERR_LIMIT, "the JSON text is larger than %zu bytes", bytes_max);
        err_hint(info, "Split it");
        return ERR_LIMIT;
    }
    enum err code = check_depth(text, depth_max, info);
    if (code != ERR_OK)
        return code;
    json_error_t error;
    json_t *tree = json_loadb(text.len > 0 ? text.ptr : "", text.len,
                              JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (tree == NULL)
        return explain(&error, info);
    struct json_value *root = arena_new(arena, 1, sizeof(*root));
    if (root != NULL && copy_value(tree, arena, root))
        *out = root;
    else
        code = err_memory(info);
    json_decref(tree);
    return code;
}

const struct json_value *json_get(const struct json_value *value, const char *key) {
    if (value == NULL || value->kind != JSON_KIND_OBJECT)
        return NULL;
    for (uint32_t i = 0; i < value->count; i++)
        if (str_equal_c(value->keys[i], key))
            return &value->items[i];
    return NULL;
}
