/* Cleaning of cells: see import_cell.h. */
#include "service/import_cell.h"

#include "text/utf8.h"

static bool is_blank(uint32_t c) {
    return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

static bool is_han(uint32_t c) {
    return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x323AF);
}

bool cell_has_han(struct str text) {
    while (text.len > 0)
        if ((unsigned char)text.ptr[0] < 0x80)
            text = str_sub(text, 1, text.len);
        else if (is_han(utf8_next(&text)))
            return true;
    return false;
}

bool cell_is_empty(struct str text) {
    while (text.len > 0)
        if (!is_blank(utf8_next(&text)))
            return false;
    return true;
}

/* Nothing to clean: printable ASCII with single blanks inside. The usual case. */
static bool is_clean(struct str text) {
    bool blank = true;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c < 0x20 || c >= 0x7F || (c == ' ' && blank))
            return false;
        blank = c == ' ';
    }
    return !blank || text.len == 0;
}

/* The ordinary form of a full-width character (U+FF01 to U+FF5E stand in ASCII order). */
static uint32_t half_width(uint32_t c, bool punctuation) {
    if (c < 0xFF01 || c > 0xFF5E)
        return c;
    uint32_t ascii = c - 0xFF01 + 0x21;
    bool alnum = (ascii >= '0' && ascii <= '9') || (ascii >= 'A' && ascii <= 'Z') ||
                 (ascii >= 'a' && ascii <= 'z');
    return alnum || punctuation ? ascii : c;
}

enum err cell_clean(struct str text, struct buf *scratch, struct str *clean, struct errinfo *info) {
    *clean = str_trim(text);
    if (is_clean(*clean))
        return ERR_OK;
    bool punctuation = !cell_has_han(text), blank = false;
    struct str rest = text;
    buf_clear(scratch);
    while (rest.len > 0) {
        const char *from = rest.ptr;
        uint32_t c = utf8_next(&rest);
        if (is_blank(c)) {
            blank = scratch->len > 0;
            continue;
        }
        if (blank)
            buf_add_char(scratch, ' ');
        blank = false;
        uint32_t plain = half_width(c, punctuation);
        if (plain == c && c != UTF8_REPLACEMENT)
            buf_add(scratch, from, (size_t)(rest.ptr - from));
        else
            utf8_append(scratch, plain);
    }
    *clean = buf_str(scratch);
    return buf_error(scratch, info);
}

/* The text up to the next line break, which is taken, too: LF, CR or both. */
static struct str next_line(struct str *rest) {
    size_t len = 0;
    while (len < rest->len && rest->ptr[len] != '\n' && rest->ptr[len] != '\r')
        len++;
    struct str line = str_sub(*rest, 0, len);
    bool both = len + 1 < rest->len && rest->ptr[len] == '\r' && rest->ptr[len + 1] == '\n';
    *rest = str_sub(*rest, len < rest->len ? len + 1 + both : len, rest->len);
    return line;
}

enum err cell_clean_lines(struct str text, struct buf *scratch, struct str *clean,
                          struct errinfo *info) {
    size_t breaks = 0; /* of empty lines, held back until something follows */
    buf_clear(scratch);
    while (text.len > 0) {
        struct str line = next_line(&text);
        while (line.len > 0 && (unsigned char)line.ptr[line.len - 1] <= ' ')
            line.len--;
        if (!cell_is_empty(line)) {
            for (; breaks > 0; breaks--)
                buf_add_char(scratch, '\n');
            for (size_t i = 0; i < line.len; i++)
                if ((unsigned char)line.ptr[i] >= ' ' && line.ptr[i] != 0x7F)
                    buf_add_char(scratch, line.ptr[i]);
                else if (line.ptr[i] == '\t')
                    buf_add_char(scratch, '\t');
        }
        breaks += scratch->len > 0;
    }
    *clean = buf_str(scratch);
    return buf_error(scratch, info);
}

bool cell_integer(struct str text, int64_t *value) {
    char digits[24];
    size_t n = 0;
    struct str rest = str_trim(text);
    while (rest.len > 0) {
        struct str left = rest;
        uint32_t c = half_width(utf8_next(&rest), true);
        if (is_blank(c) || c == ',')
            continue;
        if (c == '.' && n > 0) {
            /* Spreadsheets hand whole numbers on as 2024.0 */
            struct str fraction = str_sub(left, 1, left.len);
            while (fraction.len > 0 && fraction.ptr[0] == '0')
                fraction = str_sub(fraction, 1, fraction.len);
            if (fraction.len > 0)
                return false;
            break;
        }
        if (c == 0x2212)
            c = '-';
        if (!((c >= '0' && c <= '9') || (c == '-' && n == 0)) || n + 1 >= sizeof(digits))
            return false;
        digits[n++] = (char)c;
    }
    return str_to_i64((struct str){digits, n}, value);
}
