/*
 * The site's words in both languages: one table, words.def.
 */
#ifndef FAIRLEAD_SITE_WORDS_H
#define FAIRLEAD_SITE_WORDS_H

#include "model/lang.h"

enum site_word {
#define WORD(name, en, zh) WORD_##name,
#include "site/words.def"
#undef WORD
    SITE_WORDS
};

/* The word or template; marks are those of html_write. */
const char *site_word(enum lang lang, enum site_word word);

/* A word in the language of a page. */
#define T(page, name) site_word((page)->lang, WORD_##name)

#endif
