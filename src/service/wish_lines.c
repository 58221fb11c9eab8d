/* Lists of wishes: see wish_lines.h. What stands before a name is taken off piece by piece, until
 * nothing is taken any more. */
#include "service/wish_lines.h"

enum { NUMBER_DIGITS_MAX = 4 };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The bytes of the first of some words that the text begins with; 0 = none. */
static size_t begins_with(struct str text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_starts(text, str_of(words[i])))
            return strlen(words[i]);
    return 0;
}

#define BEGINS_WITH(text, words) begins_with(text, words, sizeof(words) / sizeof((words)[0]))

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/* Blanks of both widths off the front and the end. */
static struct str trim(struct str text) {
    static const struct str wide[] = {{"\xE3\x80\x80", 3}, {"\xC2\xA0", 2}, {"\xEF\xBB\xBF", 3}};
    for (bool again = true; again;) {
        size_t before = text.len;
        text = str_trim(text);
        for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
            if (str_starts(text, wide[i]))
                text = str_sub(text, wide[i].len, text.len);
            if (str_ends(text, wide[i]))
                text.len -= wide[i].len;
        }
        again = text.len != before;
    }
    return text;
}

/* A bullet, or a number in a circle or in Han with its mark. */
static size_t bullet_len(struct str text) {
    static const char *const bullets[] = {"•", "·", "●", "○", "▪", "■", "□", "◦", "◆", "★",
                                          "※", "–", "—", "*", "-", ">", "#", "✓", "☐", "→"};
    static const char *const han[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
    size_t len = BEGINS_WITH(text, bullets), one;
    /* U+2460 to U+2473, 1 to 20 in circles. */
    if (len == 0 && str_starts(text, STR("\xE2\x91")) && text.len >= 3 &&
        (unsigned char)text.ptr[2] >= 0xA0 && (unsigned char)text.ptr[2] <= 0xB3)
        return 3;
    if (len > 0)
        return len;
    while ((one = BEGINS_WITH(str_sub(text, len, text.len), han)) > 0)
        len += one;
    return len > 0 && str_starts(str_sub(text, len, text.len), STR("、")) ? len + strlen("、") : 0;
}

/* "12.", "(3)", "4<tab>", "5、": a number that counts lines. */
static size_t number_len(struct str text) {
    static const char *const open[] = {"(", "（", "[", "【"};
    static const char *const marks[] = {")", "）", "]", "】", "、", "．", "：", ":", "\t"};
    size_t from = BEGINS_WITH(text, open), at = from;
    while (at < text.len && is_digit(text.ptr[at]))
        at++;
    if (at == from || at - from > NUMBER_DIGITS_MAX || at == text.len)
        return 0;
    struct str rest = str_sub(text, at, text.len);
    size_t mark = BEGINS_WITH(rest, marks);
    if (mark > 0)
        return at + mark;
    /* "1. Acme" and "1.Acme" count; "3.14 Works" is a name. */
    return from == 0 && rest.ptr[0] == '.' && (rest.len == 1 || !is_digit(rest.ptr[1])) ? at + 1
                                                                                        : 0;
}

static struct str without_number(struct str text) {
    for (;;) {
        size_t len = bullet_len(text);
        if (len == 0)
            len = number_len(text);
        if (len == 0)
            return text;
        text = trim(str_sub(text, len, text.len));
    }
}

/* Marks between names that are left over at the end. */
static struct str without_marks(struct str text) {
    static const struct str marks[] = {{",", 1},  {";", 1},  {"，", 3},
                                       {"；", 3}, {"、", 3}, {"。", 3}};
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (str_ends(text, marks[i])) {
            text.len -= marks[i].len;
            text = trim(text);
            i = SIZE_MAX; /* from the first mark again */
        }
    return text;
}

/* Where the last of some words begins; SIZE_MAX = nowhere. */
static size_t last_of(struct str text, const char *word) {
    size_t len = strlen(word);
    for (size_t at = text.len; at-- > 0;)
        if (text.len - at >= len && memcmp(text.ptr + at, word, len) == 0)
            return at;
    return SIZE_MAX;
}

static bool split_brackets(struct str text, struct wish_line *out) {
    static const char *const pairs[][2] = {{"(", ")"}, {"（", "）"}, {"[", "]"}, {"【", "】"}};
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        size_t open = last_of(text, pairs[i][0]);
        if (open == SIZE_MAX || open == 0 || !str_ends(text, str_of(pairs[i][1])))
            continue;
        out->name = trim(str_sub(text, 0, open));
        out->tail = trim(str_sub(text, open + strlen(pairs[i][0]), text.len - strlen(pairs[i][1])));
        return out->name.len > 0;
    }
    return false;
}

/* Columns of a sheet: the first has the name, the others are behind it. */
static bool split_columns(struct str text, struct wish_line *out) {
    size_t tab = str_find(text, STR("\t"));
    if (tab == SIZE_MAX)
        return false;
    out->name = trim(str_sub(text, 0, tab));
    out->tail = trim(str_sub(text, tab + 1, text.len));
    return out->name.len > 0;
}

static void split(struct str text, struct wish_line *out) {
    static const char *const separators[] = {"|",  "｜",  ",",   "，",  ";",
                                             "；", " - ", " – ", " — ", "/"};
    *out = (struct wish_line){text, text, STR("")};
    if (split_columns(text, out) || split_brackets(text, out))
        return;
    size_t last = SIZE_MAX, len = 0;
    for (size_t i = 0; i < sizeof(separators) / sizeof(separators[0]); i++) {
        size_t at = last_of(text, separators[i]);
        if (at != SIZE_MAX && at > 0 && (last == SIZE_MAX || at > last)) {
            last = at;
            len = strlen(separators[i]);
        }
    }
    *out = (struct wish_line){text, text, STR("")};
    if (last == SIZE_MAX)
        return;
    out->name = trim(str_sub(text, 0, last));
    out->tail = trim(str_sub(text, last + len, text.len));
    if (out->name.len == 0)
        *out = (struct wish_line){text, text, STR("")};
}

bool wish_lines_next(struct str *rest, struct wish_line *out) {
    struct str line;
    while (str_next(rest, "\n\r", &line)) {
        struct str text = without_marks(without_number(trim(line)));
        bool says = false;
        for (size_t i = 0; i < text.len; i++)
            says = says || (!is_blank(text.ptr[i]) && strchr("-_=.,;:*#|/\\", text.ptr[i]) == NULL);
        if (!says)
            continue;
        split(text, out);
        return true;
    }
    return false;
}
