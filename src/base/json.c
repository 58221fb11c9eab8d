/* JSON writer: see json.h. */
#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void json_init(struct json_out *j, struct buf *out) {
    *j = (struct json_out){.out = out, .first = true};
}

static void before_value(struct json_out *j) {
    if (!j->first && !j->after_key)
        buf_add_char(j->out, ',');
    j->first = false;
    j->after_key = false;
}

static void open_with(struct json_out *j, char bracket) {
    before_value(j);
    buf_add_char(j->out, bracket);
    j->first = true;
}

static void close_with(struct json_out *j, char bracket) {
    buf_add_char(j->out, bracket);
    j->first = false;
    j->after_key = false;
}

void json_open(struct json_out *j) {
    open_with(j, '{');
}

void json_close(struct json_out *j) {
    close_with(j, '}');
}

void json_open_list(struct json_out *j) {
    open_with(j, '[');
}

void json_close_list(struct json_out *j) {
    close_with(j, ']');
}

/* Length of the well-formed UTF-8 sequence at `p` (Unicode 15, table 3-7), or 0. */
static size_t sequence_length(const unsigned char *p, size_t left) {
    if (p[0] < 0x80)
        return 1;
    if (p[0] >= 0xC2 && p[0] <= 0xDF)
        return left > 1 && (p[1] & 0xC0) == 0x80 ? 2 : 0;
    if (p[0] >= 0xE0 && p[0] <= 0xEF) {
        unsigned low = p[0] == 0xE0 ? 0xA0 : 0x80, high = p[0] == 0xED ? 0x9F : 0xBF;
        return left > 2 && p[1] >= low && p[1] <= high && (p[2] & 0xC0) == 0x80 ? 3 : 0;
    }
    if (p[0] >= 0xF0 && p[0] <= 0xF4) {
        unsigned low = p[0] == 0xF0 ? 0x90 : 0x80, high = p[0] == 0xF4 ? 0x8F : 0xBF;
        return left > 3 && p[1] >= low && p[1] <= high && (p[2] & 0xC0) == 0x80 &&
                       (p[3] & 0xC0) == 0x80
                   ? 4
                   : 0;
    }
    return 0;
}

static void add_quoted(struct buf *out, struct str text) {
    static const char hex[] = "0123456789abcdef";
    buf_add_char(out, '"');
    size_t plain = 0, i = 0;
    while (i < text.len) {
        unsigned char c = (unsigned char)text.ptr[i];
        size_t n = sequence_length((const unsigned char *)text.ptr + i, text.len - i);
        if (n > 0 && c >= 0x20 && c != '"' && c != '\\') {
            i += n;
            continue;
        }
        buf_add(out, text.ptr + plain, i - plain);
        if (n == 0) {
            buf_add_c(out, "\xEF\xBF\xBD");
        } else if (c == '"' || c == '\\') {
            buf_add_char(out, '\\');
            buf_add_char(out, (char)c);
        } else if (c == '\n') {
            buf_add_c(out, "\\n");
        } else {
            char escape[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
            buf_add(out, escape, sizeof(escape));
        }
        plain = ++i;
    }
    buf_add(out, text.ptr + plain, text.len - plain);
    buf_add_char(out, '"');
}

void json_key(struct json_out *j, const char *key) {
    before_value(j);
    add_quoted(j->out, str_of(key));
    buf_add_char(j->out, ':');
    j->after_key = true;
}

void json_text(struct json_out *j, struct str text) {
    before_value(j);
    add_quoted(j->out, text);
}

void json_i64(struct json_out *j, int64_t value) {
    before_value(j);
    buf_add_i64(j->out, value);
}

void json_double(struct json_out *j, double value) {
    before_value(j);
    if (!isfinite(value)) {
        buf_add_c(j->out, "null");
        return;
    }
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof(text), "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    buf_add_c(j->out, text);
}

void json_bool(struct json_out *j, bool value) {
    before_value(j);
    buf_add_c(j->out, value ? "true" : "false");
}

void json_none(struct json_out *j) {
    before_value(j);
    buf_add_c(j->out, "null");
}

void json_raw(struct json_out *j, struct str json) {
    before_value(j);
    buf_add_str(j->out, json);
}

void json_key_text(struct json_out *j, const char *key, struct str text) {
    json_key(j, key);
    json_text(j, text);
}

void json_key_i64(struct json_out *j, const char *key, int64_t value) {
    json_key(j, key);
    json_i64(j, value);
}
