/*
 * Whatever bytes a text holds, the JSON writer makes one string of it that is valid JSON (RFC 8259,
 * section 7) and valid UTF-8: no bare control character, no lone quote, no broken escape.
 */
#include "base/json.h"

static int is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Length of the well-formed UTF-8 sequence at `p` (RFC 3629, section 4), or 0. */
static size_t utf8_length(const unsigned char *p, size_t left) {
    size_t more = p[0] < 0x80 ? 0 : p[0] >= 0xf0 ? 3 : p[0] >= 0xe0 ? 2 : 1;
    if ((p[0] >= 0x80 && p[0] < 0xc2) || p[0] > 0xf4 || left <= more)
        return 0;
    for (size_t i = 1; i <= more; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    }
    if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
        (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
        return 0;
    return more + 1;
}

static size_t escape_length(const char *p, size_t left) {
    if (left >= 2 && p[1] != '\0' && strchr("\"\\/bfnrt", p[1]) != NULL)
        return 2;
    if (left >= 6 && p[1] == 'u' && is_hex(p[2]) && is_hex(p[3]) && is_hex(p[4]) && is_hex(p[5]))
        return 6;
    return 0;
}

static int is_json_string(struct str s) {
    if (s.len < 2 || s.ptr[0] != '"' || s.ptr[s.len - 1] != '"')
        return 0;
    size_t i = 1;
    while (i < s.len - 1) {
        size_t left = s.len - 1 - i;
        size_t step = s.ptr[i] == '\\' ? escape_length(s.ptr + i, left)
                      : (unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == '"'
                          ? 0
                          : utf8_length((const unsigned char *)s.ptr + i, left);
        if (step == 0)
            return 0;
        i += step;
    }
    return i == s.len - 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct buf out;
    struct json_out json;
    buf_init(&out, 16 + 6 * size);
    json_init(&json, &out);
    json_text(&json, (struct str){(const char *)data, size});
    if (buf_error(&out, NULL) != ERR_OK || !is_json_string(buf_str(&out)))
        __builtin_trap();
    buf_release(&out);
    return 0;
}
