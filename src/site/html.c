/* Writing HTML: see html.h. */
#include "site/html.h"

#include <inttypes.h>
#include <stdio.h>

/* Length of the UTF-8 sequence at `p` when it is well formed (Unicode 15, table 3-7) and no control
 * character but tab and line feed; 0 otherwise. */
static size_t text_length(const unsigned char *p, size_t left) {
    if (p[0] < 0x80)
        return (p[0] >= 0x20 && p[0] != 0x7F) || p[0] == '\t' || p[0] == '\n' ? 1 : 0;
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0;
    size_t len = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    unsigned char low = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char high = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;
    if (p[0] == 0xC2)
        low = 0xA0; /* U+0080 to U+009F are controls */
    if (left < len || p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return len;
}

static const char *escape_of(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void html_text(struct buf *out, struct str text) {
    size_t plain = 0, i = 0;
    while (i < text.len) {
        size_t len = text_length((const unsigned char *)text.ptr + i, text.len - i);
        const char *escape = len == 0 ? "\xEF\xBF\xBD" : escape_of(text.ptr[i]);
        if (escape != NULL) {
            buf_add(out, text.ptr + plain, i - plain);
            buf_add_c(out, escape);
            plain = i + 1;
        }
        i += len > 0 ? len : 1;
    }
    if (text.len > plain)
        buf_add(out, text.ptr + plain, text.len - plain);
}

static void add_segment(struct buf *out, struct str text) {
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            buf_add_char(out, (char)c);
        } else {
            buf_add_char(out, '%');
            buf_add_char(out, hex[c >> 4]);
            buf_add_char(out, hex[c & 15]);
        }
    }
}

static void add_grouped(struct buf *out, int64_t value) {
    char digits[24];
    int len = snprintf(digits, sizeof(digits), "%" PRId64, value);
    for (int i = 0; i < len; i++) {
        buf_add_char(out, digits[i]);
        int left = len - 1 - i;
        if (left > 0 && left % 3 == 0 && digits[i] != '-')
            buf_add_char(out, ',');
    }
}

static void add_bdi(struct buf *out, struct lang_text t) {
    if (t.is_other)
        html_write(out, "<bdi class=\"only\" lang=\"%z\">", lang_tag(t.lang));
    else
        buf_add_c(out, "<bdi>");
    html_text(out, t.text);
    buf_add_c(out, "</bdi>");
}

/* Marks that mean the same in HTML and in plain text. */
static void add_number(struct buf *out, char mark, va_list *args) {
    switch (mark) {
    case 'p':
        add_segment(out, va_arg(*args, struct str));
        break;
    case 'u':
        buf_add_u64(out, va_arg(*args, uint32_t));
        break;
    case 'i':
        buf_add_i64(out, va_arg(*args, int64_t));
        break;
    case 'n':
        add_grouped(out, va_arg(*args, int64_t));
        break;
    default:
        buf_add_char(out, mark);
        break;
    }
}

static void add_mark(struct buf *out, char mark, va_list *args) {
    switch (mark) {
    case 's':
        html_text(out, va_arg(*args, struct str));
        break;
    case 'z':
        html_text(out, str_of(va_arg(*args, const char *)));
        break;
    case 'b':
        add_bdi(out, (struct lang_text){.text = va_arg(*args, struct str)});
        break;
    case 't':
        add_bdi(out, va_arg(*args, struct lang_text));
        break;
    default:
        add_number(out, mark, args);
        break;
    }
}

static void add_plain_mark(struct buf *out, char mark, va_list *args) {
    switch (mark) {
    case 's':
    case 'b':
        buf_add_str(out, va_arg(*args, struct str));
        break;
    case 'z':
        buf_add_c(out, va_arg(*args, const char *));
        break;
    case 't':
        buf_add_str(out, va_arg(*args, struct lang_text).text);
        break;
    default:
        add_number(out, mark, args);
        break;
    }
}

static void write_template(struct buf *out, const char *template, va_list *args,
                           void (*add)(struct buf *, char, va_list *)) {
    for (const char *at = template; *at != '\0';) {
        size_t plain = strcspn(at, "%");
        buf_add(out, at, plain);
        at += plain;
        if (at[0] == '%' && at[1] != '\0') {
            add(out, at[1], args);
            at += 2;
        }
    }
}

void html_write(struct buf *out, const char *template, ...) {
    va_list args;
    va_start(args, template);
    write_template(out, template, &args, add_mark);
    va_end(args);
}

void html_write_plain_v(struct buf *out, const char *template, va_list *args) {
    write_template(out, template, args, add_plain_mark);
}

void html_write_plain(struct buf *out, const char *template, ...) {
    va_list args;
    va_start(args, template);
    html_write_plain_v(out, template, &args);
    va_end(args);
}
