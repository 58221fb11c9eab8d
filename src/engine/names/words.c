/* Words of names: see words.h. Binary search; the words with the same first character are few. */
#include "engine/names/words.h"

static struct str word_text(const struct names_word *w) {
    return (struct str){w->text, w->len};
}

/* The first word that is not before `text`. */
static size_t lower_bound(struct str text) {
    size_t from = 0, to = names_words_len;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (str_compare(word_text(&names_words[middle]), text) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

const struct names_word *names_word_find(struct str text) {
    size_t at = lower_bound(text);
    if (at < names_words_len && str_equal(word_text(&names_words[at]), text))
        return &names_words[at];
    return NULL;
}

const struct names_word *names_word_longest(struct str text) {
    /* Scripts without blanks have characters of three bytes (Han, kana, Hangul). */
    struct str first = str_sub(text, 0, text.len < 3 ? text.len : 3);
    const struct names_word *found = NULL;
    for (size_t at = lower_bound(first);
         at < names_words_len && str_starts(word_text(&names_words[at]), first); at++)
        if (str_starts(text, word_text(&names_words[at])) &&
            (found == NULL || names_words[at].len > found->len))
            found = &names_words[at];
    return found;
}
