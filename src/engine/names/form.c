/*
 * The name proper without its legal form: see names.h.
 *
 * Words are taken from the end as long as the table says that they are legal forms or words of the
 * concept "group", or they are the two plurals that registers add and everyday use leaves out
 * ("Sumitomo Electric Industries", "GE HealthCare Technologies"). Initials with dots or blanks are
 * one word ("S.p.A.", "A/S", "sp. z o.o."). Han, kana and Hangul have no blanks: there the longest
 * word of the table that ends the text is tried.
 */
#include "engine/names/names.h"
#include "engine/names/words.h"

enum { TAIL_BYTES_MAX = 60, NAME_BYTES_MIN = 6, INITIALS_MAX = 12 };

static const char SEPARATORS[] = " .,&-/()'";

static bool is_form(struct str word) {
    const struct names_word *w = names_word_find(word), *group = names_word_find(STR("group"));
    if (str_equal_c(word, "industries") || str_equal_c(word, "technologies"))
        return true;
    return w != NULL && (w->kind == NAMES_LEGAL || (group != NULL && w->concept == group->concept));
}

static struct str without_separators(struct str text) {
    while (text.len > 0 && strchr(SEPARATORS, text.ptr[text.len - 1]) != NULL)
        text.len--;
    return text;
}

static struct str last_word(struct str text) {
    size_t from = text.len;
    while (from > 0 && strchr(SEPARATORS, text.ptr[from - 1]) == NULL)
        from--;
    return str_sub(text, from, text.len);
}

/* Bytes of a form that is joined to the end of the text, or 0. */
static size_t joined_form(struct str text) {
    size_t from = text.len > TAIL_BYTES_MAX ? text.len - TAIL_BYTES_MAX : 0;
    if (from < NAME_BYTES_MIN)
        from = NAME_BYTES_MIN;
    for (; from < text.len; from++) {
        unsigned char c = (unsigned char)text.ptr[from];
        if (c >= 0xE0 && is_form(str_sub(text, from, text.len)))
            return text.len - from;
    }
    return 0;
}

/* What is left before the initials at the end, when they are a form by themselves or with the word
 * before them; the text itself when not. */
static struct str without_initials(struct str text) {
    char letters[INITIALS_MAX + TAIL_BYTES_MAX];
    size_t at = sizeof(letters);
    struct str rest = text, found = text;
    for (struct str word = last_word(rest); word.len == 1 && sizeof(letters) - at < INITIALS_MAX;
         word = last_word(rest)) {
        letters[--at] = word.ptr[0];
        rest = without_separators(str_sub(rest, 0, rest.len - 1));
        if (rest.len > 0 && is_form((struct str){letters + at, sizeof(letters) - at}))
            found = rest;
    }
    struct str before = last_word(rest);
    if (before.len > 1 && before.len < rest.len && before.len <= at && at < sizeof(letters)) {
        at -= before.len;
        memcpy(letters + at, before.ptr, before.len);
        if (is_form((struct str){letters + at, sizeof(letters) - at}))
            found = str_sub(rest, 0, rest.len - before.len);
    }
    return found;
}

struct str names_without_form(struct str folded) {
    for (;;) {
        folded = without_separators(folded);
        struct str word = last_word(folded), left = folded;
        if (word.len < folded.len && word.len > 1 && is_form(word))
            left = str_sub(folded, 0, folded.len - word.len);
        else if (word.len == 1 && word.len < folded.len)
            left = without_initials(folded);
        if (left.len == folded.len)
            left.len -= joined_form(folded);
        if (left.len == folded.len)
            return folded;
        folded = left;
    }
}
