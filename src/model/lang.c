/* Languages: see lang.h. */
#include "model/lang.h"

static const struct {
    const char *code, *tag, *name;
} languages[LANGS] = {
    [LANG_EN] = {"en", "en", "English"},
    [LANG_ZH] = {"zh", "zh-Hans", "中文"},
};

const char *lang_code(enum lang lang) {
    return languages[lang].code;
}

const char *lang_tag(enum lang lang) {
    return languages[lang].tag;
}

const char *lang_name(enum lang lang) {
    return languages[lang].name;
}

enum lang lang_of_code(struct str code) {
    enum lang lang = 0;
    while (lang < LANGS && !str_equal_c(code, languages[lang].code))
        lang++;
    return lang;
}
