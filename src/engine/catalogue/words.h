/*
 * Text to words: the one way in which names of the catalogue and texts of exhibitors are cut.
 *
 * A word is a run of letters and digits of an alphabet, or one Han (or kana) character, because
 * Chinese has no blanks. Words are folded (case, width, accents; see text/fold.h) and
 * stemmed, and remember the bytes of the original text they came from, so that what was found can
 * be shown there. What stands between two words decides whether they may belong to one thing: see
 * `enum word_gap`. "and" in both languages is no word but such a gap.
 *
 * Life cycle: words_init, any number of words_read (each replaces the last), words_release.
 * Thread rule: one thread at a time.
 */
#ifndef FAIRLEAD_ENGINE_CATALOGUE_WORDS_H
#define FAIRLEAD_ENGINE_CATALOGUE_WORDS_H

#include "base/buf.h"
#include "base/vec.h"

/* What stands before a word, weakest first; the strongest of several counts. */
enum word_gap {
    GAP_NONE,   /* nothing, or a blank between words of an alphabet */
    GAP_HYPHEN, /* "e-bus" */
    GAP_SOFT,   /* and, slash, bracket, a blank between Han: mostly another thing */
    GAP_LIST,   /* the Chinese list comma: the next thing of a list */
    GAP_HARD,   /* comma, semicolon, full stop, line: another thing */
};

enum word_form {
    WORD_HAN = 1,     /* one character of Chinese or Japanese */
    WORD_CAPITAL = 2, /* begins with a capital */
    WORD_CAPS = 4,    /* all capitals, or capitals and a plural s: "MCU", "GPUs" */
    WORD_DIGIT = 8,   /* holds a digit */
    WORD_PLURAL = 16, /* lost an ending when it was stemmed */
};

struct word {
    uint32_t from, to; /* bytes in the text */
    uint32_t at, len;  /* stemmed bytes in `struct words` */
    uint8_t gap;       /* enum word_gap */
    uint8_t form;      /* enum word_form bits */
};

struct words {
    VEC(struct word)
    list;
    VEC(char)
    bytes;              /* private: the stemmed words; see words_text */
    struct buf folding; /* private */
};

enum {
    WORDS_TEXT_MAX = 1 << 20, /* bytes of a text; ten times the longest cell an import takes */
};

void words_init(struct words *w);
void words_release(struct words *w);

/* Cuts `text`. ERR_LIMIT above WORDS_TEXT_MAX, ERR_MEMORY; then `w` is empty. O(len). */
enum err words_read(struct words *w, struct str text, struct errinfo *info) ERR_CHECK;

/* The stemmed bytes of a word; borrowed until the next words_read. */
static inline struct str words_text(const struct words *w, const struct word *word) {
    return (struct str){w->bytes.at + word->at, word->len};
}

#endif
