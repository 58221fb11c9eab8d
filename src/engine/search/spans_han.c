/*
 * Spans of Han, by characters and by pinyin: see spans.h.
 *
 * Both walk the places, which are sorted by syllables, token by token. Pinyin is walked letter by
 * letter, inside a syllable through the table of syllables and, where one is complete, on to the
 * next token; that tells all ways to read "xian". Characters are walked by their readings, and a
 * pattern checks the characters themselves.
 */
#include "engine/search/spans.h"

/* Of a range whose places agree in the ranks of `depth` tokens, those with a next one of `from` to
 * `to` - 1. */
static struct range tokens_range(struct spans *spans, const struct side *side, struct range range,
                                 uint32_t depth, uint32_t from_rank, uint32_t to_rank) {
    const uint32_t *tokens = side->tokens.at + depth;
    const uint32_t *order = side->order.at;
    uint32_t bound[2], ranks[2] = {from_rank, to_rank};
    if (!spans_step(spans))
        return (struct range){0, 0};
    for (int i = 0; i < 2; i++) {
        uint32_t from = i == 0 ? range.from : bound[0], to = range.to;
        while (from < to) {
            uint32_t middle = from + (to - from) / 2;
            if (token_rank(tokens[order[middle]]) < ranks[i])
                from = middle + 1;
            else
                to = middle;
        }
        bound[i] = from;
    }
    return (struct range){bound[0], bound[1]};
}

static struct range all_tokens(const struct side *side) {
    return (struct range){0, (uint32_t)side->order.len};
}

static bool is_empty(struct range range) {
    return range.from >= range.to;
}

/* Pinyin ------------------------------------------------------------------------------------------
 */

struct letters_walk {
    struct spans *spans;
    const struct side *side; /* SIDE_HAN_NAMES */
    struct query_pinyin pinyin;
    uint32_t tones[HAN_SORTED]; /* of the syllables so far, as tokens of a pattern */
};

/* A place of the walk. */
struct letters_at {
    struct range range;           /* places that agree so far */
    uint32_t depth;               /* in this many complete syllables */
    struct syllable_range within; /* the syllable that is open */
    uint32_t pos;                 /* letters taken */
    bool typo;                    /* one was made */
};

static void add_letters(struct letters_walk *w, const struct letters_at *at, struct range range,
                        uint32_t length, uint32_t last_rank) {
    spans_add(w->spans,
              (struct span){.from = range.from,
                            .to = range.to,
                            .side = SIDE_HAN_NAMES,
                            .length = (uint16_t)length,
                            .last_rank = (uint16_t)last_rank,
                            .fields = FORM_ALL_FIELDS,
                            .pinyin = true,
                            .typo = at->typo},
              w->pinyin.plain ? NULL : w->tones);
}

/* Notes the tone that the letters of the open syllable ask for; false when they ask for two. */
static bool note_tone(struct letters_walk *w, const struct letters_at *at) {
    uint32_t tone = 0;
    for (uint32_t i = at->pos - at->within.depth; !w->pinyin.plain && i < at->pos; i++) {
        if (tone != 0 && w->pinyin.tone[i] != 0 && w->pinyin.tone[i] != tone)
            return false;
        tone = w->pinyin.tone[i] != 0 ? w->pinyin.tone[i] : tone;
    }
    w->tones[at->depth] = tone << TOKEN_TONE_SHIFT;
    return true;
}

/* The letters are used up: what begins as the open syllable does, or, where the query says that it
 * ends, that syllable alone. */
static void letters_end(struct letters_walk *w, const struct letters_at *at) {
    struct syllable_range open = at->within;
    uint32_t whole = syllables_whole(&w->spans->index->syllables, open);
    if (!note_tone(w, at))
        return;
    if (w->pinyin.end[w->pinyin.len - 1] && at->pos == w->pinyin.len) {
        if (whole == SYLLABLE_NONE)
            return;
        open.to = open.from + 1;
    }
    add_letters(w, at, tokens_range(w->spans, w->side, at->range, at->depth, open.from, open.to),
                at->depth + 1, whole);
}

static void letters_walk(struct letters_walk *w, struct letters_at at, bool typos);

/* All typos that can be made at this place. */
static void letters_typos(struct letters_walk *w, const struct letters_at *at) {
    struct letters_at next = *at;
    char *letter = &w->pinyin.at[at->pos];
    next.typo = true;
    for (int c = 'a'; c <= 'z'; c++) {
        next.within = syllables_step(&w->spans->index->syllables, at->within, (char)c);
        if (next.within.from == next.within.to)
            continue;
        next.pos = at->pos;
        letters_walk(w, next, false);
        next.pos = at->pos + 1;
        if (c != *letter)
            letters_walk(w, next, false);
    }
    next.within = at->within;
    next.pos = at->pos + 1;
    letters_walk(w, next, false);
    if (at->pos + 1 < w->pinyin.len && letter[0] != letter[1]) {
        char kept = letter[0];
        letter[0] = letter[1];
        letter[1] = kept;
        next.pos = at->pos;
        letters_walk(w, next, false);
        letter[1] = letter[0];
        letter[0] = kept;
    }
}

/* Walks on from `at`; with `typos` one may still be made. As deep as there are letters and
 * syllables. */
static void letters_walk(struct letters_walk *w, struct letters_at at, bool typos) {
    const struct syllables *syllables = &w->spans->index->syllables;
    bool open = at.within.depth > 0;
    if (is_empty(at.range) || w->spans->cut_off)
        return;
    if (at.depth == HAN_SORTED) {
        add_letters(w, &at, at.range, at.depth, 0);
        return;
    }
    if (at.pos == w->pinyin.len) {
        if (open)
            letters_end(w, &at);
        return;
    }
    if (typos)
        letters_typos(w, &at);
    if (!open || w->pinyin.plain || !w->pinyin.end[at.pos - 1]) {
        struct letters_at next = at;
        next.within = syllables_step(syllables, at.within, w->pinyin.at[at.pos]);
        next.pos++;
        if (next.within.from < next.within.to)
            letters_walk(w, next, typos);
    }
    uint32_t whole = syllables_whole(syllables, at.within);
    if (open && whole != SYLLABLE_NONE && note_tone(w, &at)) {
        at.range = tokens_range(w->spans, w->side, at.range, at.depth, whole, whole + 1);
        at.within = syllables_all(syllables);
        at.depth++;
        letters_walk(w, at, typos);
    }
}

static void span_letters(struct spans *spans, const struct query_pinyin *pinyin, bool typos) {
    struct letters_walk w = {
        .spans = spans, .side = &spans->index->side[SIDE_HAN_NAMES], .pinyin = *pinyin};
    struct letters_at at = {.range = all_tokens(w.side),
                            .within = syllables_all(&spans->index->syllables)};
    /* A single letter begins a tenth of all syllables and says nothing. */
    if (pinyin->len >= 2)
        letters_walk(&w, at, typos);
}

void span_pinyin(struct spans *spans, const struct query_pinyin *pinyin) {
    span_letters(spans, pinyin, false);
}

void span_pinyin_typos(struct spans *spans, const struct query_pinyin *pinyin) {
    span_letters(spans, pinyin, true);
}

/* Characters --------------------------------------------------------------------------------------
 */

struct han_walk {
    struct spans *spans;
    enum side_name name;
    const struct side *side;
    uint32_t han[QUERY_HAN_MAX];
    uint32_t len;
    uint32_t pattern[QUERY_HAN_MAX + 1]; /* one more for a typo */
    bool sound;                          /* the reading is enough */
    bool typo;
};

struct han_at {
    struct range range;
    uint32_t depth, pos; /* tokens and characters taken */
};

static void han_walk(struct han_walk *w, struct han_at at, bool typos);

/* Goes on with the character at `pos`, by each of its readings. */
static void han_next(struct han_walk *w, struct han_at at, bool typos) {
    struct han_reading readings[HAN_READINGS_MAX];
    uint32_t ranks[HAN_READINGS_MAX] = {SYLLABLE_NONE}, count = 0;
    size_t all = han_readings(w->han[at.pos], readings);
    for (size_t i = 0; i < all; i++) {
        uint32_t rank = w->spans->index->syllables.rank[readings[i].number], known = 0;
        while (known < count && ranks[known] != rank)
            known++;
        ranks[known] = rank;
        count += known == count;
    }
    w->pattern[at.depth] = w->sound ? SPAN_ANY : cut_han_character(w->han[at.pos]);
    for (uint32_t i = 0; i < (count > 0 ? count : 1); i++)
        han_walk(w,
                 (struct han_at){
                     tokens_range(w->spans, w->side, at.range, at.depth, ranks[i], ranks[i] + 1),
                     at.depth + 1, at.pos + 1},
                 typos);
}

static void han_swap(struct han_walk *w, uint32_t pos) {
    uint32_t kept = w->han[pos];
    w->han[pos] = w->han[pos + 1];
    w->han[pos + 1] = kept;
}

/* All typos that can be made at this place. */
static void han_typos(struct han_walk *w, struct han_at at) {
    const uint32_t *tokens = w->side->tokens.at + at.depth, *order = w->side->order.at;
    w->typo = true;
    for (struct range rest = at.range; !is_empty(rest) && !w->spans->cut_off;) {
        uint32_t rank = token_rank(tokens[order[rest.from]]);
        struct range branch = tokens_range(w->spans, w->side, rest, at.depth, rank, rank + 1);
        rest.from = branch.to;
        if (rank == SYLLABLE_END)
            continue;
        w->pattern[at.depth] = SPAN_ANY;
        han_walk(w, (struct han_at){branch, at.depth + 1, at.pos + 1}, false);
        w->pattern[at.depth] = SPAN_ANY;
        han_walk(w, (struct han_at){branch, at.depth + 1, at.pos}, false);
    }
    han_walk(w, (struct han_at){at.range, at.depth, at.pos + 1}, false);
    if (at.pos + 1 < w->len && w->han[at.pos] != w->han[at.pos + 1]) {
        han_swap(w, at.pos);
        han_walk(w, at, false);
        han_swap(w, at.pos);
    }
    w->typo = false;
}

/* As letters_walk. Beyond HAN_SORTED characters the pattern alone decides. */
static void han_walk(struct han_walk *w, struct han_at at, bool typos) {
    if (is_empty(at.range) || w->spans->cut_off)
        return;
    if (at.pos < w->len && at.depth < HAN_SORTED) {
        if (typos)
            han_typos(w, at);
        han_next(w, at, typos);
        return;
    }
    uint32_t length = at.depth;
    for (uint32_t pos = at.pos; pos < w->len && !w->sound; pos++)
        w->pattern[length++] = cut_han_character(w->han[pos]);
    spans_add(w->spans,
              (struct span){.from = at.range.from,
                            .to = at.range.to,
                            .side = (uint8_t)w->name,
                            .length = (uint16_t)length,
                            .fields = FORM_ALL_FIELDS,
                            .typo = w->typo || w->sound},
              w->sound ? NULL : w->pattern);
}

static void span_characters(struct spans *spans, const uint32_t *han, uint32_t len, bool sound,
                            bool typos) {
    struct han_walk w = {.spans = spans, .len = len, .sound = sound};
    memcpy(w.han, han, len * sizeof(*han));
    for (w.name = SIDE_HAN_NAMES; len > 0 && w.name <= SIDE_HAN_DESCRIPTIONS; w.name++) {
        w.side = &spans->index->side[w.name];
        han_walk(&w, (struct han_at){.range = all_tokens(w.side)}, typos);
    }
}

void span_han(struct spans *spans, const uint32_t *han, uint32_t len) {
    span_characters(spans, han, len, false, false);
}

void span_han_typos(struct spans *spans, const uint32_t *han, uint32_t len) {
    if (len >= 2)
        span_characters(spans, han, len, true, false);
    if (len >= SEARCH_TYPO_HAN)
        span_characters(spans, han, len, false, true);
}
