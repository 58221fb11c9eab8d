/*
 * Lists of editions in a cell: see import_words.h.
 *
 * The folded text is read as a row of numbers: years (four digits), ordinals (第一届, 2nd, second,
 * a number of one or two digits), with range marks between them; everything else must be a
 * separator or one of the words people put around them.
 */
#include "model/spelling.h"
#include "service/import_words.h"
#include "text/fold.h"
#include "text/utf8.h"

struct edition_scan {
    const struct import_words *words;
    struct str rest;
    uint64_t set;
    uint32_t last;      /* the edition just read, or UINT32_MAX */
    bool range;         /* a range mark stands after it */
    bool ordinal_ahead; /* 第 was read */
};

static bool skip_word(struct str *rest, struct str word) {
    if (!str_starts(*rest, word))
        return false;
    *rest = str_sub(*rest, word.len, rest->len);
    return true;
}

static bool skip_any(struct str *rest, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (skip_word(rest, str_of(words[i])))
            return true;
    return false;
}

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* Chinese numerals up to 99: 一, 十, 十二, 二十, 二十三; 0 when none stands here. */
static uint32_t take_han_number(struct str *rest) {
    static const char *const digits[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
    uint32_t value = 0, digit = 0;
    for (bool any = true; any;) {
        any = false;
        for (uint32_t i = 0; i < COUNT(digits) && !any; i++)
            if (skip_word(rest, str_of(digits[i]))) {
                digit = i + 1;
                any = true;
            }
        if (!any && skip_word(rest, STR("十"))) {
            value = (digit > 0 ? digit : 1) * 10;
            digit = 0;
            any = true;
        }
    }
    return value + digit;
}

/* first, second, ...; 0 when none stands here. */
static uint32_t ordinal_word(struct str word) {
    static const char *const words[] = {"first", "second",  "third",  "fourth", "fifth",
                                        "sixth", "seventh", "eighth", "ninth",  "tenth"};
    for (uint32_t i = 0; i < COUNT(words); i++)
        if (str_equal_c(word, words[i]))
            return i + 1;
    return 0;
}

static enum err not_an_edition(const struct edition_scan *s, struct str piece, uint32_t year,
                               struct errinfo *info) {
    const struct import_words_rows *rows = &s->words->rows;
    char list[ERR_TEXT_MAX - 60] = "";
    size_t used = 0;
    uint32_t first = UINT32_MAX;
    for (uint32_t i = 0; i < rows->edition_count && used < sizeof(list); i++) {
        used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%.*s", i > 0 ? ", " : "",
                                 STR_ARG(rows->editions[i].code));
        if (rows->editions[i].year > 0 && rows->editions[i].year < first)
            first = rows->editions[i].year;
    }
    int shown = piece.len > 60 ? 60 : (int)piece.len;
    if (year > 0 && first != UINT32_MAX && year < first)
        err_set(info, ERR_INPUT, "%u is before the first edition (%u)", year, first);
    else
        err_set(info, ERR_INPUT, "\"%.*s\" is no edition", shown, piece.ptr);
    err_hint(info, "Write one or more of %s", list);
    return ERR_INPUT;
}

static enum err take_edition(struct edition_scan *s, struct str piece, uint32_t year,
                             uint32_t ordinal, struct errinfo *info) {
    const struct import_words_rows *rows = &s->words->rows;
    uint32_t i = 0;
    while (i < rows->edition_count &&
           !(year > 0 ? rows->editions[i].year == year : rows->editions[i].ordinal == ordinal))
        i++;
    if (i == rows->edition_count)
        return not_an_edition(s, piece, year, info);
    uint32_t from = s->range && s->last < i ? s->last : i;
    for (uint32_t k = from; k <= i; k++)
        s->set |= UINT64_C(1) << k;
    s->last = i;
    s->range = false;
    s->ordinal_ahead = false;
    return ERR_OK;
}

static enum err take_digits(struct edition_scan *s, struct errinfo *info) {
    static const char *const ordinal_ends[] = {"st", "nd", "rd", "th", "届", ".届"};
    struct str from = s->rest;
    uint32_t value = 0;
    size_t digits = 0;
    while (digits < s->rest.len && s->rest.ptr[digits] >= '0' && s->rest.ptr[digits] <= '9') {
        value = digits < 5 ? value * 10 + (uint32_t)(s->rest.ptr[digits] - '0') : value;
        digits++;
    }
    struct str piece = str_sub(from, 0, digits);
    s->rest = str_sub(s->rest, digits, s->rest.len);
    /* Spreadsheets hand whole numbers on as 2024.0 */
    if (str_equal(s->rest, STR(".0")) || str_starts(s->rest, STR(".0 ")))
        s->rest = str_sub(s->rest, 2, s->rest.len);
    bool ordinal =
        skip_any(&s->rest, ordinal_ends, COUNT(ordinal_ends)) || s->ordinal_ahead || digits <= 2;
    if (digits > 4 || digits == 3 || (ordinal && digits > 2) || value == 0)
        return not_an_edition(s, piece, 0, info);
    return take_edition(s, piece, ordinal ? 0 : value, value, info);
}

static enum err take_word(struct edition_scan *s, struct errinfo *info) {
    static const char *const fillers[] = {"edition", "editions", "expo",  "cisce", "and", "the",
                                          "ausgabe", "ausgaben", "und",   "year",  "ed",  "of",
                                          "messe",   "et",       "years", "eds"};
    static const char *const ranges[] = {"to", "through", "until", "till", "bis"};
    size_t len = 0;
    while (len < s->rest.len && s->rest.ptr[len] >= 'a' && s->rest.ptr[len] <= 'z')
        len++;
    struct str word = str_sub(s->rest, 0, len);
    s->rest = str_sub(s->rest, len, s->rest.len);
    uint32_t ordinal = ordinal_word(word);
    if (ordinal > 0)
        return take_edition(s, word, 0, ordinal, info);
    for (size_t i = 0; i < COUNT(ranges); i++)
        if (str_equal_c(word, ranges[i]) && s->last != UINT32_MAX) {
            s->range = true;
            return ERR_OK;
        }
    for (size_t i = 0; i < COUNT(fillers); i++)
        if (str_equal_c(word, fillers[i]))
            return ERR_OK;
    return not_an_edition(s, word, 0, info);
}

static enum err take_other(struct edition_scan *s, struct errinfo *info) {
    static const char *const ranges[] = {"-", "–", "—", "~", "〜", "至", "到"};
    static const char *const separators[] = {
        " ",  ",",   ";",  "/",  "、", "+", "&",      "|",    ".",      "和",
        "及", "与",  "届", "年", "(",  ")", "链博会", "展会", "博览会", "中国国际供应链促进",
        "。", "参展"};
    if (skip_word(&s->rest, STR("首届")))
        return take_edition(s, STR("首届"), 0, 1, info);
    if (skip_word(&s->rest, STR("第"))) {
        s->ordinal_ahead = true;
        return ERR_OK;
    }
    struct str from = s->rest;
    uint32_t ordinal = take_han_number(&s->rest);
    if (ordinal > 0)
        return take_edition(s, str_sub(from, 0, from.len - s->rest.len), 0, ordinal, info);
    if (skip_any(&s->rest, ranges, COUNT(ranges))) {
        s->range = s->last != UINT32_MAX;
        return ERR_OK;
    }
    if (skip_any(&s->rest, separators, COUNT(separators)))
        return ERR_OK;
    return not_an_edition(s, s->rest, 0, info);
}

enum err import_words_editions(const struct import_words *w, struct str text, uint64_t *set,
                               struct errinfo *info) {
    struct edition_scan s = {.words = w, .last = UINT32_MAX};
    struct buf folded;
    *set = 0;
    if (spelling_is_blank(text))
        return ERR_OK;
    buf_init(&folded, 16 * SPELLING_BYTES_MAX);
    enum err code = text.len > SPELLING_BYTES_MAX ? not_an_edition(&s, text, 0, info)
                                                  : text_fold_plain(text, &folded, info);
    s.rest = buf_str(&folded);
    while (code == ERR_OK && s.rest.len > 0) {
        char c = s.rest.ptr[0];
        if (c >= '0' && c <= '9')
            code = take_digits(&s, info);
        else if (c >= 'a' && c <= 'z')
            code = take_word(&s, info);
        else
            code = take_other(&s, info);
    }
    if (code == ERR_OK && s.set == 0)
        code = not_an_edition(&s, text, 0, info);
    if (code == ERR_OK)
        *set = s.set;
    buf_release(&folded);
    return code;
}
