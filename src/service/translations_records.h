/*
 * Private to translations.c: the records that have texts in two languages, kind by kind, with the
 * names that their sheets have in an import.
 */
#ifndef FAIRLEAD_SERVICE_TRANSLATIONS_RECORDS_H
#define FAIRLEAD_SERVICE_TRANSLATIONS_RECORDS_H

#include "model/lang.h"
#include "service/view.h"

enum { TRANSLATION_TEXTS_MAX = 5, TRANSLATION_PATH_SIZE = 512 };

struct translation_text {
    struct str text[LANGS];
    uint32_t pages; /* of the edition that show it, about */
};

struct translation_record {
    struct translation_text text[TRANSLATION_TEXTS_MAX];
    struct str label;                 /* what a person calls it */
    char path[TRANSLATION_PATH_SIZE]; /* of its page below edition and language */
};

struct translation_kind {
    const char *sheet;                               /* of the import */
    const char *field[TRANSLATION_TEXTS_MAX][LANGS]; /* headers of the texts */
    uint32_t (*count)(const struct view *view);
    void (*read)(const struct view *view, uint32_t at, struct translation_record *out);
};

extern const struct translation_kind translation_kinds[];
extern const uint32_t translation_kind_count;

static inline uint32_t translation_texts(const struct translation_kind *kind) {
    uint32_t count = 0;
    while (count < TRANSLATION_TEXTS_MAX && kind->field[count][LANG_EN] != NULL)
        count++;
    return count;
}

/* The language in which a text is missing; LANGS when it is there in both or in none. */
static inline enum lang translation_missing(const struct translation_text *text) {
    if ((text->text[LANG_EN].len == 0) == (text->text[LANG_ZH].len == 0))
        return LANGS;
    return text->text[LANG_EN].len == 0 ? LANG_EN : LANG_ZH;
}

#endif
