/*
 * The small words that tell what in a text is the product and what is said about it: "sensors for
 * robots" offers sensors, "手机用棱镜" offers prisms. Closed classes of both languages; everything
 * else about words is data (see enum classify_relation).
 */
#ifndef FAIRLEAD_ENGINE_CATALOGUE_GRAMMAR_H
#define FAIRLEAD_ENGINE_CATALOGUE_GRAMMAR_H

#include "engine/catalogue/index.h"

struct grammar_word {
    enum phrase_kind kind;
    struct str text;
};

/* All of them; `count` is set. The table is constant. */
const struct grammar_word *grammar_words(size_t *count);

#endif
