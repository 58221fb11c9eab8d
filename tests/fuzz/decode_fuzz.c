/* Any bytes, in blocks of a size that the first byte sets: detector and decoder must not depend on
 * the blocks, and what comes out is UTF-8. */
#include "text/decode.h"
#include "text/utf8.h"

enum { OUT_MAX = 1 << 22 };

static enum err decode(const struct text_encoding *e, struct str in, size_t step, struct buf *out) {
    struct text_decoder *d;
    if (text_decoder_new(e, &d, NULL) != ERR_OK)
        __builtin_trap();
    enum err err = ERR_OK;
    for (size_t i = 0; i < in.len && err == ERR_OK; i += step)
        err = text_decoder_feed(d, str_sub(in, i, i + step < in.len ? i + step : in.len), false,
                                out, NULL);
    if (err == ERR_OK)
        err = text_decoder_feed(d, STR(""), true, out, NULL);
    text_decoder_free(d);
    return err;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *names[] = {"utf-8",        "gb18030",   "utf-16le", "utf-16be",
                                  "windows-1252", "shift_jis", "big5",     "euc-kr"};
    if (size < 2)
        return 0;
    size_t step = data[0] % 7 + 1U;
    struct str in = {(const char *)data + 2, size - 2};
    struct text_detector det;
    text_detector_init(&det);
    for (size_t i = 0; i < in.len; i += step)
        text_detector_feed(&det, str_sub(in, i, i + step < in.len ? i + step : in.len));
    struct errinfo info;
    const struct text_encoding *found;
    struct buf blocks, whole;
    buf_init(&blocks, OUT_MAX);
    buf_init(&whole, OUT_MAX);
    /* A mark is believed without a look at the rest. */
    if (text_detector_finish(&det, &found, &info) == ERR_OK && found->converter == NULL &&
        !str_starts(in, STR("\xEF\xBB\xBF")) && decode(found, in, step, &blocks) != ERR_OK)
        __builtin_trap();
    buf_clear(&blocks);
    const struct text_encoding *named = text_encoding_find(str_of(names[data[1] % 8]));
    enum err a = decode(named, in, step, &blocks);
    enum err b = decode(named, in, in.len + 1, &whole);
    if (a != b || !utf8_valid(buf_str(&whole)) ||
        (a == ERR_OK && !str_equal(buf_str(&blocks), buf_str(&whole))))
        __builtin_trap();
    buf_release(&blocks);
    buf_release(&whole);
    return 0;
}
