/* Values of a sheet: see xlsx_value.h. */
#include "exchange/xlsx_value.h"

#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "exchange/number.h"
#include "text/utf8.h"

/* ---- number formats ---- */

/* The length of what begins at `at` and is no part of the pattern: quoted text, an escaped or
 * padded character, a bracket (colour, condition, locale). 1 otherwise. */
static size_t literal_len(struct str code, size_t at) {
    char c = code.ptr[at];
    if (c == '\\' || c == '_' || c == '*')
        return 2;
    char closing = c == '"' ? '"' : c == '[' ? ']' : '\0';
    if (closing == '\0')
        return 1;
    const char *end = memchr(code.ptr + at + 1, closing, code.len - at - 1);
    return end != NULL ? (size_t)(end - code.ptr) - at + 1 : code.len - at;
}

/* [h], [mm], [s]: time that passed. */
static bool is_elapsed(struct str bracket) {
    if (bracket.len < 3)
        return false;
    for (size_t i = 1; i + 1 < bracket.len; i++)
        if (strchr("hHmMsS", bracket.ptr[i]) == NULL)
            return false;
    return true;
}

uint8_t xlsx_format_kind(struct str code) {
    uint8_t kind = 0;
    bool months = false;
    if (str_equal_nocase(code, STR("General")))
        return 0;
    for (size_t at = 0; at < code.len;) {
        size_t len = literal_len(code, at);
        char c = code.ptr[at];
        if (c == ';')
            break; /* the other sections are for negative numbers and text */
        if (c == '[' && is_elapsed(str_sub(code, at, at + len)))
            kind |= XLSX_TIME | XLSX_ELAPSED;
        else if (len == 1 && c != '\0' && strchr("yYdD", c) != NULL)
            kind |= XLSX_DATE;
        else if (len == 1 && c != '\0' && strchr("hHsS", c) != NULL)
            kind |= XLSX_TIME;
        months = months || (len == 1 && (c == 'm' || c == 'M'));
        at += len;
    }
    /* An "m" is a minute beside hours or seconds, else a month. */
    if (months && kind == 0)
        kind = XLSX_DATE;
    return kind;
}

uint8_t xlsx_builtin_kind(uint32_t id) {
    if (id >= 14 && id <= 17)
        return XLSX_DATE;
    if ((id >= 18 && id <= 21) || id == 45 || id == 47)
        return XLSX_TIME;
    if (id == 46)
        return XLSX_TIME | XLSX_ELAPSED;
    /* Chinese, Japanese and Korean formats, whose meaning depends on the language. */
    if (id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
        return XLSX_DATE | XLSX_TIME;
    return 0;
}

/* ---- numbers ---- */

/* Digits alone: printed as they stand, so that long identifiers keep all of them. */
static bool is_plain_integer(struct str text) {
    size_t from = text.len > 0 && text.ptr[0] == '-' ? 1 : 0;
    if (text.len == from || text.len - from > 18)
        return false;
    for (size_t i = from; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return text.ptr[from] != '0' || (text.len == 1);
}

/* ---- dates ---- */

enum { DAY_SECONDS = 86400 };

/* Days from 1970-01-01 to the day that serial number 0 stands for. */
static const int64_t epoch_1900_days = -25569; /* 1899-12-30 */
static const int64_t epoch_1904_days = -24107; /* 1904-01-01 */

static int date_text(int64_t days, bool date1904, char out[CLOCK_TEXT_MAX]) {
    /* Serial 60 is the day that 1900 did not have and that Excel keeps for the sake of Lotus;
     * the days before it are off by one. */
    if (!date1904 && days == 60)
        return snprintf(out, CLOCK_TEXT_MAX, "1900-02-29");
    int64_t shift = date1904 ? epoch_1904_days : epoch_1900_days + (days < 60 ? 1 : 0);
    clock_format((days + shift) * DAY_SECONDS * 1000, out);
    out[10] = '\0';
    return 10;
}

/* 0 when the calendar does not hold the number. */
static int moment_text(double serial, uint8_t kind, bool date1904, char out[NUMBER_TEXT_MAX]) {
    double days_max = date1904 ? 2957003 : 2958465; /* 9999-12-31 */
    if (!(serial >= 0) || serial >= days_max + 1)
        return 0;
    int64_t seconds = llround(serial * DAY_SECONDS);
    int64_t days = seconds / DAY_SECONDS, rest = seconds % DAY_SECONDS;
    bool has_date = days > 0 || (date1904 && (kind & XLSX_TIME) == 0);
    if ((kind & XLSX_DATE) == 0 || (!has_date && (kind & XLSX_TIME) != 0)) {
        int64_t hours = ((kind & XLSX_ELAPSED) != 0 ? seconds : rest) / 3600;
        return snprintf(out, NUMBER_TEXT_MAX, "%02lld:%02lld:%02lld", (long long)hours,
                        (long long)(rest / 60 % 60), (long long)(rest % 60));
    }
    if (!has_date || days > (int64_t)days_max)
        return 0;
    char date[CLOCK_TEXT_MAX];
    date_text(days, date1904, date);
    if ((kind & XLSX_TIME) == 0 || rest == 0)
        return snprintf(out, NUMBER_TEXT_MAX, "%s", date);
    return snprintf(out, NUMBER_TEXT_MAX, "%sT%02lld:%02lld:%02lld", date, (long long)(rest / 3600),
                    (long long)(rest / 60 % 60), (long long)(rest % 60));
}

size_t xlsx_number_text(struct str text, uint8_t kind, bool date1904, char out[NUMBER_TEXT_MAX]) {
    double value;
    if (kind == 0 && is_plain_integer(text)) {
        memcpy(out, text.ptr, text.len);
        return text.len;
    }
    if (!str_to_double(text, &value))
        return 0;
    int len = kind != 0 ? moment_text(value, kind, date1904, out) : 0;
    return len > 0 ? (size_t)len : number_shortest(value, out);
}

/* ---- escapes ---- */

static int hex_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* The code of an escape at the front of `s`, or 0 when there is none that stands for text. */
static uint32_t escape_at(struct str s) {
    if (s.len < 7 || s.ptr[0] != '_' || s.ptr[1] != 'x' || s.ptr[6] != '_')
        return 0;
    uint32_t code = 0;
    for (size_t i = 2; i < 6; i++) {
        int digit = hex_value(s.ptr[i]);
        if (digit < 0)
            return 0;
        code = code * 16 + (uint32_t)digit;
    }
    return code >= 0xD800 && code <= 0xDFFF ? 0 : code;
}

size_t xlsx_unescape(char *text, size_t len) {
    char *at = memchr(text, '_', len);
    if (at == NULL)
        return len;
    size_t to = (size_t)(at - text);
    for (size_t from = to; from < len;) {
        uint32_t code = escape_at((struct str){text + from, len - from});
        if (code == 0) {
            text[to++] = text[from++];
            continue;
        }
        char bytes[UTF8_MAX_BYTES];
        size_t count = utf8_put(bytes, code);
        memcpy(text + to, bytes, count);
        to += count;
        from += 7;
    }
    return to;
}
