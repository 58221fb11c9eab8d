/*
 * Private to text/: the tables that src/text/gen_han.py writes at build time. See han.c.
 *
 * A reading is 12 bits: place in han_syllables times 8, plus the tone 1 to 5 (5 = neutral). An
 * entry of a character is 0 (none), a reading, or HAN_LIST with a place in han_pool, where the
 * readings stand by likelihood and the last one carries HAN_LIST.
 */
#ifndef FAIRLEAD_TEXT_HAN_TABLES_H
#define FAIRLEAD_TEXT_HAN_TABLES_H

#include <stddef.h>
#include <stdint.h>

enum { HAN_DIRECT_FIRST = 0x3400, HAN_DIRECT_LAST = 0x9FFF, HAN_LIST = 0x8000 };

struct han_other {
    uint32_t code_point;
    uint16_t entry;
};

struct han_far {
    uint32_t from, to;
};

struct han_phrase {
    uint16_t text, text_len;         /* bytes of han_phrase_texts */
    uint16_t readings, readings_len; /* of han_phrase_readings, one a character */
};

extern const char han_syllables[][8];
extern const uint32_t han_syllables_len;
extern const uint16_t han_direct[]; /* entries of HAN_DIRECT_FIRST .. HAN_DIRECT_LAST */
extern const uint16_t han_pool[];
extern const struct han_other han_others[]; /* entries of all others, by code point */
extern const size_t han_others_len;
extern const uint16_t han_simple[];     /* simplified forms of HAN_DIRECT_FIRST .. */
extern const struct han_far han_fars[]; /* where one of the two is beyond that range */
extern const size_t han_fars_len;
extern const uint8_t han_phrase_starts[]; /* one bit a character that begins a phrase */
extern const unsigned char han_phrase_texts[];
extern const struct han_phrase han_phrases[]; /* in byte order of their texts */
extern const size_t han_phrases_len;
extern const uint16_t han_phrase_readings[];

#endif
