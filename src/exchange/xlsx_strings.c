/* Shared strings: see xlsx_strings.h. */
#include "exchange/xlsx_strings.h"

#include "base/mem.h"
#include "exchange/xlsx_value.h"
#include "exchange/xlsx_xml.h"

enum { TEXT_BYTES_MAX = 512 << 20, STRINGS_MAX = 16 << 20 };

struct reading {
    struct xlsx_strings *strings;
    struct xml_stream *stream;
    struct buf one; /* the string that is being read */
    uint32_t phonetic;
    bool in_text;
};

static void fail_size(struct reading *r) {
    err_set(xml_stream_fail(r->stream), ERR_LIMIT,
            "the texts of the workbook need more than 512 MiB");
    err_hint(xml_stream_fail(r->stream), "Save the sheet as CSV");
}

/* What a buffer refused, as a failure of the stream. */
static void check(struct reading *r, const struct buf *b) {
    enum err code = buf_error(b, NULL);
    if (code == ERR_LIMIT)
        fail_size(r);
    else if (code != ERR_OK)
        (void)err_memory(xml_stream_fail(r->stream));
}

static void on_open(void *ctx, const char *name, const char **attributes) {
    struct reading *r = ctx;
    if (strcmp(name, "si") == 0) {
        buf_clear(&r->one);
        r->phonetic = 0;
    } else if (strcmp(name, "rPh") == 0) {
        r->phonetic++;
    }
    r->in_text = strcmp(name, "t") == 0 && r->phonetic == 0;
}

static void on_text(void *ctx, const char *text, size_t len) {
    struct reading *r = ctx;
    if (!r->in_text)
        return;
    buf_add(&r->one, text, len);
    check(r, &r->one);
}

static void on_close(void *ctx, const char *name) {
    struct reading *r = ctx;
    r->in_text = false;
    if (strcmp(name, "rPh") == 0 && r->phonetic > 0)
        r->phonetic--;
    if (strcmp(name, "si") != 0)
        return;
    struct xlsx_strings *s = r->strings;
    if (s->ends.len == STRINGS_MAX) {
        fail_size(r);
        return;
    }
    if (r->one.len > 0)
        buf_add(&s->text, r->one.ptr, xlsx_unescape(r->one.ptr, r->one.len));
    check(r, &s->text);
    if (!vec_push(&s->ends, (uint32_t)s->text.len))
        (void)err_memory(xml_stream_fail(r->stream));
}

enum err xlsx_strings_read(struct xlsx_strings *s, struct xlsx_zip *zip, const char *part,
                           struct errinfo *info) {
    static const struct xml_events events = {on_open, on_close, on_text};
    *s = (struct xlsx_strings){.ends = {0}};
    buf_init(&s->text, TEXT_BYTES_MAX);
    if (part == NULL)
        return ERR_OK;
    struct reading r = {.strings = s};
    buf_init(&r.one, TEXT_BYTES_MAX);
    enum err code = xml_read(zip, part, &events, &r, &r.stream, info);
    buf_release(&r.one);
    return code;
}

void xlsx_strings_release(struct xlsx_strings *s) {
    buf_release(&s->text);
    vec_free(&s->ends);
}

bool xlsx_strings_get(const struct xlsx_strings *s, uint32_t index, struct str *out) {
    if (index >= s->ends.len)
        return false;
    size_t from = index > 0 ? s->ends.at[index - 1] : 0;
    *out = str_sub(buf_str(&s->text), from, s->ends.at[index]);
    return true;
}
