/*
 * Private to engine/names: a name cut into segments and words.
 *
 * "Example (Shanghai) Co., Ltd. / 示例" has two segments: Latin {example: brand, shanghai: place}
 * and Han {示例: brand}. What stands in brackets is a segment of its own unless it is only a place
 * or generic words. Legal forms are dropped. The core of a segment is its brand words; a name
 * without any ("State Grid", 中国石油) has all its words as core.
 */
#ifndef FAIRLEAD_ENGINE_NAMES_PARSE_H
#define FAIRLEAD_ENGINE_NAMES_PARSE_H

#include "base/buf.h"
#include "base/vec.h"
#include "engine/names/names.h"
#include "engine/names/words.h"

enum {
    NAMES_TOKENS_MAX = 40,  /* of a record; what follows is not looked at */
    NAMES_SEGMENTS_MAX = 8, /* of a record */
    NAMES_WORD_MAX = 60,    /* bytes of a word */
};

enum { NAMES_CORE = 1, NAMES_HAN = 2, NAMES_WEAK = 4 };

struct names_token {
    uint32_t hash; /* of the text, or of the concept for words of the table */
    uint32_t text; /* place in the pool's text */
    uint8_t len;
    uint8_t kind : 4;      /* enum names_kind */
    uint8_t doublings : 4; /* of a brand word: log2 of how many records have it, set by the index */
    uint8_t segment;       /* tokens of a segment lie together */
    uint8_t flags; /* NAMES_CORE; of the segment: NAMES_HAN, NAMES_WEAK (a by-name in brackets) */
};

/* Words of many records. */
struct names_pool {
    struct buf text;
    VEC(struct names_token)
    tokens;
};

/* What is kept of a record: 0 = unknown for the hashes. */
struct names_entry {
    uint32_t first, count;     /* tokens in the pool */
    uint32_t english, chinese; /* folded names */
    uint32_t chinese_raw;      /* name as it came, for telling the scripts apart */
    uint32_t country, parent, offers;
};

void names_pool_init(struct names_pool *pool);
void names_pool_release(struct names_pool *pool);

/* Appends the words of `record` to the pool. On failure the pool is as before. */
enum err names_parse(const struct names_record *record, struct names_pool *pool,
                     struct names_entry *out, struct errinfo *info) ERR_CHECK;

/* 32-bit hash of a text, never 0. */
uint32_t names_hash(struct str text);

#endif
