/*
 * The words of which the generator of editions makes names: places, syllables, trades, legal forms.
 *
 * Plain tables, chosen so that generated firms look like firms and are none: brand words are put
 * together from syllables at random. Chinese brand words take their characters from `han`; each
 * has a pinyin of its own that begins with a consonant, so that two different words never share a
 * spelling. Private to this folder.
 */
#ifndef FAIRLEAD_SERVICE_SAMPLE_WORDS_H
#define FAIRLEAD_SERVICE_SAMPLE_WORDS_H

#include <stdint.h>

struct sample_word {
    const char *en, *zh;
};

struct sample_city {
    const char *en, *zh, *region; /* ISO 3166-2 */
    uint8_t weight;
};

struct sample_province {
    const char *en, *zh, *region;
};

/* How firms of a group of countries are called. */
struct sample_style {
    struct sample_word ending[4]; /* of the brand word */
    const char *legal[3];         /* legal forms; the first is the commonest */
};

/* A country or region outside the mainland. */
struct sample_country {
    const char *code, *region; /* ISO 3166-1, and -2 for the regions that stand under CN */
    const char *en, *zh;
    uint8_t weight;
    uint8_t style; /* index of sample_words.styles */
};

/* Trades of the firms that offer nodes whose code begins with `prefix`. */
struct sample_trade {
    const char *prefix;
    struct sample_word word[4];
};

struct sample_words {
    const struct sample_word *han, *syllables;
    const struct sample_city *cities;
    const struct sample_style *styles;
    const struct sample_country *countries;
    const struct sample_province *provinces; /* may be guests of honour */
    const struct sample_trade *trades;       /* the last one has an empty prefix and fits all */
    uint32_t han_len, syllables_len, cities_len, countries_len, provinces_len, trades_len;
};

extern const struct sample_words sample_words;

#endif
