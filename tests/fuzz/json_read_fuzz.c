/*
 * Any bytes as JSON. What is accepted, written again by the writer of base/ and read again, must
 * give the same text from the second time on (-0.0 comes back as the integer 0).
 */
#include <stdlib.h>

#include "base/json.h"
#include "exchange/json_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds)
        abort();
}

static void write_value(struct json_out *j, const struct json_value *v) {
    char key[4096];
    switch (v->kind) {
    case JSON_KIND_NULL:
        json_none(j);
        return;
    case JSON_KIND_BOOL:
        json_bool(j, v->boolean);
        return;
    case JSON_KIND_INTEGER:
        json_i64(j, v->integer);
        return;
    case JSON_KIND_NUMBER:
        json_double(j, v->number);
        return;
    case JSON_KIND_TEXT:
        json_text(j, v->text);
        return;
    case JSON_KIND_LIST:
        json_open_list(j);
        for (uint32_t i = 0; i < v->count; i++)
            write_value(j, &v->items[i]);
        json_close_list(j);
        return;
    case JSON_KIND_OBJECT:
        json_open(j);
        for (uint32_t i = 0; i < v->count; i++) {
            must(v->keys[i].len < sizeof(key));
            must(json_get(v, v->keys[i].ptr) == &v->items[i]);
            json_key(j, v->keys[i].ptr);
            write_value(j, &v->items[i]);
        }
        json_close(j);
    }
}

/* Reads `text` and writes it again into `out`; false when it is refused. */
static bool rewrite(struct str text, struct buf *out) {
    struct arena arena;
    struct errinfo info = {.code = ERR_OK};
    const struct json_value *value;
    arena_init(&arena, 1 << 24);
    enum err code = json_read(text, NULL, &arena, &value, &info);
    if (code == ERR_OK) {
        struct json_out j;
        json_init(&j, out);
        write_value(&j, value);
        must(buf_error(out, NULL) == ERR_OK);
    } else {
        must(info.code == code && info.message[0] != '\0');
        must(code == ERR_INPUT || code == ERR_LIMIT);
        must(info.line > 0);
    }
    arena_release(&arena);
    return code == ERR_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct buf once, twice, thrice;
    if (size > 4000)
        return 0;
    buf_init(&once, 1 << 20);
    buf_init(&twice, 1 << 20);
    buf_init(&thrice, 1 << 20);
    if (rewrite((struct str){(const char *)data, size}, &once)) {
        must(rewrite(buf_str(&once), &twice));
        must(rewrite(buf_str(&twice), &thrice));
        must(str_equal(buf_str(&twice), buf_str(&thrice)));
    }
    buf_release(&once);
    buf_release(&twice);
    buf_release(&thrice);
    return 0;
}
