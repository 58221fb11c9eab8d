/*
 * Building an index: documents in, sorted places out; see index.h.
 *
 * The arrays grow while documents are added and are cut to size when the index is built, so that an
 * index that stays for hours holds nothing it does not need.
 */
#include "base/mem.h"
#include "engine/search/sort.h"

enum { PLACES_MAX = UINT32_MAX - (1 << 20) };

enum err search_index_new(struct search_index **out, struct errinfo *info) {
    struct search_index *index = mem_new(1, sizeof(*index));
    if (index == NULL)
        return err_memory(info);
    cut_init(&index->cut);
    syllables_init(&index->syllables);
    *out = index;
    return ERR_OK;
}

void search_index_free(struct search_index *index) {
    if (index == NULL)
        return;
    for (int s = 0; s < SIDES; s++) {
        struct side *side = &index->side[s];
        vec_free(&side->words);
        vec_free(&side->tokens);
        vec_free(&side->order);
        vec_free(&side->texts);
        mem_free(side->begins);
        mem_free(side->block);
    }
    vec_free(&index->kinds);
    vec_free(&index->weights);
    cut_release(&index->cut);
    mem_free(index);
}

/* Opens a text at the end of a side. */
static bool open_text(struct search_index *index, enum side_name name, uint8_t form) {
    struct side *side = &index->side[name];
    struct side_text text = {(uint32_t)side_len(side), index->kinds.len & 0xFFFFFF, form};
    return vec_push(&side->texts, text);
}

static bool add_words(struct search_index *index, struct str words, const uint32_t *starts,
                      size_t count, uint8_t form) {
    struct side *side = &index->side[SIDE_WORDS];
    size_t at = side->words.len;
    if (!open_text(index, SIDE_WORDS, form) || !vec_reserve(&side->words, at + words.len + 1))
        return false;
    memcpy(side->words.at + at, words.ptr, words.len);
    side->words.at[at + words.len] = '\0';
    side->words.len += words.len + 1;
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++)
        ok = vec_push(&side->order, (uint32_t)(at + starts[i]));
    return ok;
}

static bool add_tokens(struct search_index *index, enum side_name name, uint8_t form) {
    struct side *side = &index->side[name];
    const struct cut *cut = &index->cut;
    bool ok = open_text(index, name, form);
    for (size_t i = 0; i < cut->tokens.len && ok; i++)
        ok = (cut->tokens.at[i] == HAN_BREAK ||
              vec_push(&side->order, (uint32_t)side->tokens.len)) &&
             vec_push(&side->tokens, cut->tokens.at[i]);
    return ok && vec_push(&side->tokens, HAN_BREAK);
}

static bool add_initials(struct search_index *index) {
    static const uint32_t starts[INITIALS_HAN_STARTS] = {0, 1, 2, 3};
    const uint8_t form = FORM_INITIALS | FORM_HEAD | FORM_WHOLE;
    char letters[INITIALS_MAX];
    size_t len = cut_word_initials(&index->cut, letters);
    if (len > 0 && !add_words(index, (struct str){letters, len}, starts, 1, form))
        return false;
    len = cut_han_initials(&index->cut, &index->syllables, letters);
    if (len < 2)
        return true;
    return add_words(index, (struct str){letters, len}, starts,
                     len <= INITIALS_HAN_STARTS ? len - 1 : INITIALS_HAN_STARTS, form);
}

static enum err add_text(struct search_index *index, const struct search_text *text,
                         struct errinfo *info) {
    const enum side_name han_side =
        text->field == SEARCH_DESCRIPTION ? SIDE_HAN_DESCRIPTIONS : SIDE_HAN_NAMES;
    struct cut *cut = &index->cut;
    struct str bytes = text->text;
    if (bytes.len > SEARCH_TEXT_BYTES_MAX)
        bytes.len = SEARCH_TEXT_BYTES_MAX;
    enum err err = text->field == SEARCH_CODE ? cut_code(cut, bytes, info)
                                              : cut_text(cut, &index->syllables, bytes, info);
    if (err != ERR_OK)
        return err;
    if (index->side[SIDE_WORDS].words.len + cut->words.len >= PLACES_MAX ||
        index->side[han_side].tokens.len + cut->tokens.len >= PLACES_MAX)
        return err_set(info, ERR_LIMIT, "there is more text than a search can hold (4 GiB)");
    bool words = cut->words.len > 0, han = cut->tokens.len > 0;
    uint8_t form = (uint8_t)(text->field | (words && han ? 0 : FORM_WHOLE));
    uint8_t words_form = (uint8_t)(form | (cut->words_first ? FORM_HEAD : 0));
    uint8_t han_form = (uint8_t)(form | (cut->words_first ? 0 : FORM_HEAD));
    bool ok = !words || add_words(index, buf_str(&cut->words), cut->word_starts.at,
                                  cut->word_starts.len, words_form);
    ok = ok && (!han || add_tokens(index, han_side, han_form));
    if (ok && (text->field == SEARCH_NAME || text->field == SEARCH_ALIAS))
        ok = add_initials(index);
    return ok ? ERR_OK : err_memory(info);
}

enum err search_index_add(struct search_index *index, const struct search_document *document,
                          struct errinfo *info) {
    enum err err = ERR_OK;
    if (index->kinds.len >= SEARCH_DOCUMENTS_MAX)
        return err_set(info, ERR_LIMIT, "a search holds at most %d documents",
                       SEARCH_DOCUMENTS_MAX);
    for (size_t i = 0; i < document->count && err == ERR_OK; i++)
        err = add_text(index, &document->texts[i], info);
    if (err == ERR_OK &&
        (!vec_push(&index->kinds, document->kind) || !vec_push(&index->weights, document->weight)))
        err = err_memory(info);
    return err;
}

/* Gives back what an array does not use; a refusal does no harm. */
static void *trimmed(void *at, size_t len, size_t size) {
    void *smaller = mem_resize(at, len > 0 ? len : 1, size);
    return smaller != NULL ? smaller : at;
}

#define TRIM(v)                                                                                    \
    do {                                                                                           \
        (v)->at = trimmed((v)->at, (v)->len, sizeof(*(v)->at));                                    \
        (v)->capacity = (v)->len;                                                                  \
    } while (0)

static void trim(struct search_index *index) {
    for (int s = 0; s < SIDES; s++) {
        TRIM(&index->side[s].words);
        TRIM(&index->side[s].tokens);
        TRIM(&index->side[s].order);
        TRIM(&index->side[s].texts);
    }
    TRIM(&index->kinds);
    TRIM(&index->weights);
    cut_release(&index->cut);
}

/* Notes the text at the first place of each block, and which places are in the order. */
static bool fill_tables(struct side *side, bool words) {
    size_t texts = side->texts.len - 1, blocks = (side_len(side) >> BLOCK_SHIFT) + 1;
    side->block = mem_new(blocks, sizeof(*side->block));
    side->begins = words ? mem_new(side_len(side) / 64 + 1, sizeof(*side->begins)) : NULL;
    if (side->block == NULL || (words && side->begins == NULL))
        return false;
    uint32_t text = 0;
    for (size_t b = 0; b < blocks; b++) {
        while (text < texts && side->texts.at[text + 1].start <= b << BLOCK_SHIFT)
            text++;
        side->block[b] = text;
    }
    for (size_t i = 0; words && i < side->order.len; i++)
        side->begins[side->order.at[i] / 64] |= (uint64_t)1 << side->order.at[i] % 64;
    return true;
}

enum err search_index_build(struct search_index *index, const struct job *job,
                            struct errinfo *info) {
    for (int s = 0; s < SIDES; s++)
        if (!open_text(index, (enum side_name)s, 0))
            return err_memory(info);
    trim(index);
    for (int s = 0; s < SIDES; s++) {
        enum err err = ERR_OK;
        if (!fill_tables(&index->side[s], s == SIDE_WORDS))
            err = err_memory(info);
        if (err == ERR_OK)
            err = sort_side(&index->side[s], s == SIDE_WORDS, job, info);
        if (err != ERR_OK)
            return err;
    }
    return ERR_OK;
}

size_t search_index_bytes(const struct search_index *index) {
    size_t bytes = sizeof(*index) + index->kinds.capacity + index->weights.capacity;
    for (int s = 0; s < SIDES; s++) {
        const struct side *side = &index->side[s];
        bytes += side->words.capacity + side->texts.capacity * sizeof(*side->texts.at) +
                 sizeof(uint32_t) * (side->tokens.capacity + side->order.capacity);
        if (side->block != NULL)
            bytes += sizeof(*side->block) * ((side_len(side) >> BLOCK_SHIFT) + 1);
        if (side->begins != NULL)
            bytes += sizeof(*side->begins) * (side_len(side) / 64 + 1);
    }
    return bytes;
}
