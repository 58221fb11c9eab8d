/* The site's words: see words.h. */
#include "site/words.h"

const char *site_word(enum lang lang, enum site_word word) {
    static const char *const words[SITE_WORDS][LANGS] = {
#define WORD(name, en, zh) [WORD_##name] = {[LANG_EN] = en, [LANG_ZH] = zh},
#include "site/words.def"
#undef WORD
    };
    return words[word][lang];
}
