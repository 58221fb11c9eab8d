/* Grades and keys: see grade.h. */
#include "engine/search/grade.h"

enum where { WHOLE_TEXT, HEAD_WORD, HEAD_PART, INSIDE_WORD, INSIDE_PART, WHERES };

/* Steps of three: pinyin adds one, and so do scattered terms. A word that is searched for inside a
 * name is worth more than the beginning of an alias, but an alias or a code typed in full is as
 * good as the name. */
enum { LEVELS_SURE = 12 };
static const uint8_t levels[FORM_FIELDS][WHERES] = {
    [SEARCH_NAME] = {0, 6, LEVELS_SURE, 9, 15},  [SEARCH_ALIAS] = {3, 18, 21, 24, 27},
    [SEARCH_CODE] = {3, 33, 33, 36, 36},         [FORM_INITIALS] = {30, 39, 39, 42, 42},
    [SEARCH_DESCRIPTION] = {45, 45, 48, 45, 48},
};

enum {
    DOCUMENT_BITS = 24, /* SEARCH_DOCUMENTS_MAX */
    WEIGHT_SHIFT = DOCUMENT_BITS + GRADE_LENGTH_BITS,
    LEVEL_SHIFT = WEIGHT_SHIFT + 8,
    TYPOS_SHIFT = LEVEL_SHIFT + GRADE_LEVEL_BITS,
    MISSING_SHIFT = TYPOS_SHIFT + 5,
    LENGTH_MAX = (1 << GRADE_LENGTH_BITS) - 1,
};

/* Whether a match that stops before `stop` ends with a word, or a syllable. */
static bool ends_word(const struct side *side, const struct span *span, uint32_t stop) {
    if (span->side == SIDE_WORDS)
        return side->words.at[stop] == ' ' || side->words.at[stop] == '\0';
    return span->last_rank == 0 || token_rank(side->tokens.at[stop - 1]) == span->last_rank;
}

uint16_t grade_match(const struct side *side, const struct span *span, uint32_t place,
                     uint32_t text) {
    uint32_t start = side->texts.at[text].start, end = side->texts.at[text + 1].start - 1;
    uint32_t stop = place + span->length;
    uint8_t form = side->texts.at[text].form;
    bool word = ends_word(side, span, stop);
    enum where where = word ? INSIDE_WORD : INSIDE_PART;
    if (place == start && (form & FORM_HEAD) != 0) {
        where = word ? HEAD_WORD : HEAD_PART;
        if (word && stop == end && (form & FORM_WHOLE) != 0)
            where = WHOLE_TEXT;
    }
    uint32_t level = levels[form & FORM_FIELD_MASK][where] + (span->pinyin ? 1U : 0U);
    uint32_t length = end - start < LENGTH_MAX ? end - start : LENGTH_MAX;
    return (uint16_t)((span->typo ? GRADE_TYPO : 0) | level << GRADE_LENGTH_BITS | length);
}

bool grade_is_sure(uint16_t grade) {
    return grade >> GRADE_LENGTH_BITS < LEVELS_SURE;
}

uint64_t grade_key(uint32_t missing, uint32_t typos, uint16_t grade, uint8_t weight,
                   uint32_t document) {
    uint64_t level = grade >> GRADE_LENGTH_BITS, length = grade & LENGTH_MAX;
    return (uint64_t)missing << MISSING_SHIFT | (uint64_t)typos << TYPOS_SHIFT |
           level << LEVEL_SHIFT | (uint64_t)(UINT8_MAX - weight) << WEIGHT_SHIFT |
           length << DOCUMENT_BITS | document;
}

void grade_read_key(uint64_t key, struct search_hit *hit) {
    hit->document = (uint32_t)(key & ((1U << DOCUMENT_BITS) - 1));
    hit->typos = (uint8_t)(key >> TYPOS_SHIFT & 31);
    hit->missing = (uint8_t)(key >> MISSING_SHIFT);
}
