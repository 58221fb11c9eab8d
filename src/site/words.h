/*
 * The site's words: one table, so that a second language is a second column (words.def).
 */
#ifndef FAIRLEAD_SITE_WORDS_H
#define FAIRLEAD_SITE_WORDS_H

enum site_word {
#define WORD(name, en) WORD_##name,
#include "site/words.def"
#undef WORD
    SITE_WORDS
};

/* The word or template; marks are those of html_write. */
const char *site_word(enum site_word word);

#define T(name) site_word(WORD_##name)

#endif
