/*
 * The languages that everything for people is said in: English and Chinese.
 *
 * A text of the register may be known in one language only. lang_pick gives it in the wanted
 * language, else in the other, and says which it is, so that a page can mark it.
 *
 * Thread rule: pure; any thread.
 */
#ifndef FAIRLEAD_MODEL_LANG_H
#define FAIRLEAD_MODEL_LANG_H

#include "base/str.h"

enum lang { LANG_EN, LANG_ZH, LANGS };

struct lang_text {
    struct str text; /* empty when it is known in neither language */
    enum lang lang;
    bool is_other; /* not in the language that was wanted */
};

/* The code in addresses, "en" or "zh". */
const char *lang_code(enum lang lang);

/* The language tag of pages (BCP 47): "en", "zh-Hans". */
const char *lang_tag(enum lang lang);

/* The language's own name for itself. */
const char *lang_name(enum lang lang);

/* The language of a code in addresses; LANGS when there is none of that code. */
enum lang lang_of_code(struct str code);

static inline struct lang_text lang_pick(enum lang want, struct str en, struct str zh) {
    bool is_zh = want == LANG_ZH ? zh.len > 0 : en.len == 0;
    enum lang lang = is_zh ? LANG_ZH : LANG_EN;
    return (struct lang_text){is_zh ? zh : en, lang, lang != want};
}

/* Picks a text of a record that has it as FIELD_en and FIELD_zh. */
#define LANG_PICK(want, record, field) lang_pick((want), (record)->field##_en, (record)->field##_zh)

#endif
