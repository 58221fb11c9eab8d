/* vCard 4.0: see vcard.h. A line is written character by character, so that it can be folded
 * between two of them. */
#include "exchange/vcard.h"

enum { LINE_OCTETS_MAX = 75 };

struct line {
    struct buf *out;
    size_t octets; /* in the present piece of the line */
};

/* A character, or an escape, that must not be torn apart. */
static void add_whole(struct line *line, const char *bytes, size_t len) {
    if (line->octets + len > LINE_OCTETS_MAX) {
        buf_add_c(line->out, "\r\n ");
        line->octets = 1;
    }
    buf_add(line->out, bytes, len);
    line->octets += len;
}

/* Octets of the character that starts at `at`: its first one and those that continue it. */
static size_t character_length(struct str text, size_t at) {
    size_t len = 1;
    while (at + len < text.len && ((unsigned char)text.ptr[at + len] & 0xC0) == 0x80)
        len++;
    return len;
}

static bool is_control(char c) {
    return ((unsigned char)c < 0x20 && c != '\n') || c == 0x7F;
}

/* RFC 6350, 3.4: backslash, comma, semicolon and line feed. */
static const char *escape_of(char c) {
    switch (c) {
    case '\\':
        return "\\\\";
    case ',':
        return "\\,";
    case ';':
        return "\\;";
    case '\n':
        return "\\n";
    default:
        return NULL;
    }
}

static void add_escaped(struct line *line, struct str value) {
    for (size_t at = 0; at < value.len;) {
        size_t len = character_length(value, at);
        const char *escape = escape_of(value.ptr[at]);
        if (escape != NULL)
            add_whole(line, escape, 2);
        else if (!is_control(value.ptr[at]))
            add_whole(line, value.ptr + at, len);
        at += len;
    }
}

static void add_plain(struct line *line, struct str value) {
    for (size_t at = 0; at < value.len;) {
        size_t len = character_length(value, at);
        add_whole(line, value.ptr + at, len);
        at += len;
    }
}

static struct line open_line(struct buf *out, const char *property) {
    struct line line = {out, 0};
    add_plain(&line, str_of(property));
    add_whole(&line, ":", 1);
    return line;
}

void vcard_begin(struct buf *out) {
    buf_add_c(out, "BEGIN:VCARD\r\nVERSION:4.0\r\n");
}

void vcard_end(struct buf *out) {
    buf_add_c(out, "END:VCARD\r\n");
}

void vcard_text(struct buf *out, const char *property, struct str value) {
    if (value.len == 0)
        return;
    struct line line = open_line(out, property);
    add_escaped(&line, value);
    buf_add_c(out, "\r\n");
}

void vcard_structured(struct buf *out, const char *property, const struct str *component,
                      size_t count) {
    struct line line = open_line(out, property);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            add_whole(&line, ";", 1);
        add_escaped(&line, component[i]);
    }
    buf_add_c(out, "\r\n");
}

void vcard_uri(struct buf *out, const char *property, struct str value) {
    if (value.len == 0)
        return;
    for (size_t i = 0; i < value.len; i++)
        if ((unsigned char)value.ptr[i] <= 0x20 || value.ptr[i] == 0x7F)
            return;
    struct line line = open_line(out, property);
    add_plain(&line, value);
    buf_add_c(out, "\r\n");
}
