/* The site's words: see words.h. */
#include "site/words.h"

const char *site_word(enum site_word word) {
    static const char *const english[SITE_WORDS] = {
#define WORD(name, en) [WORD_##name] = en,
#include "site/words.def"
#undef WORD
    };
    return english[word];
}
