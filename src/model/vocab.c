/* Vocabularies: see vocab.h. */
#include "model/vocab.h"

#include "model/spelling.h"
#include "text/utf8.h"

/* A vocabulary of a million words of 400 bytes would be no vocabulary. */
enum { VOCAB_BYTES_MAX = 400 * 1024 * 1024, KEY_BYTES_MAX = 16 * SPELLING_BYTES_MAX };

void vocab_init(struct vocab *v) {
    *v = (struct vocab){0};
    arena_init(&v->arena, VOCAB_BYTES_MAX);
}

void vocab_release(struct vocab *v) {
    str_map_release(&v->by_key);
    vec_free(&v->words);
    arena_release(&v->arena);
}

static enum err add_key(struct vocab *v, struct str key, struct str spelling, uint32_t value,
                        struct errinfo *info) {
    uint32_t at = str_map_get(&v->by_key, key);
    if (at != MAP_NONE) {
        if (v->words.at[at].value != value)
            v->words.at[at].value = VOCAB_AMBIGUOUS;
        return ERR_OK;
    }
    struct vocab_word word = {arena_copy(&v->arena, key), arena_copy(&v->arena, spelling), value,
                              (uint32_t)utf8_count(key)};
    if (word.key.ptr == NULL || word.spelling.ptr == NULL || !vec_push(&v->words, word))
        return err_memory(info);
    if (!str_map_put(&v->by_key, word.key, (uint32_t)v->words.len - 1)) {
        v->words.len--;
        return err_memory(info);
    }
    return ERR_OK;
}

enum err vocab_add(struct vocab *v, struct str spelling, uint32_t value, struct errinfo *info) {
    struct buf key;
    buf_init(&key, KEY_BYTES_MAX);
    spelling = str_trim(spelling);
    enum err code = spelling_key(spelling, &key, info);
    if (code == ERR_OK && key.len > 0)
        code = add_key(v, buf_str(&key), spelling, value, info);
    buf_release(&key);
    return code;
}

enum err vocab_add_list(struct vocab *v, struct str spellings, uint32_t value,
                        struct errinfo *info) {
    struct str rest = spellings, piece;
    enum err code = ERR_OK;
    while (code == ERR_OK && str_next(&rest, ";", &piece))
        code = vocab_add(v, piece, value, info);
    return code;
}

uint32_t vocab_find_key(const struct vocab *v, struct str key) {
    uint32_t at = key.len > 0 ? str_map_get(&v->by_key, key) : MAP_NONE;
    return at != MAP_NONE ? v->words.at[at].value : VOCAB_NONE;
}

enum err vocab_find(const struct vocab *v, struct str text, uint32_t *value, struct errinfo *info) {
    struct buf key;
    buf_init(&key, KEY_BYTES_MAX);
    enum err code = spelling_key(text, &key, info);
    if (code == ERR_OK)
        *value = vocab_find_key(v, buf_str(&key));
    buf_release(&key);
    return code;
}

enum err vocab_nearest(const struct vocab *v, struct str text, const struct vocab_word **nearest,
                       struct errinfo *info) {
    struct buf key;
    buf_init(&key, KEY_BYTES_MAX);
    enum err code = spelling_key(text, &key, info);
    *nearest = NULL;
    if (code == ERR_OK && key.len > 0) {
        size_t letters = utf8_count(buf_str(&key));
        uint32_t limit = letters < 8 ? 1 : (uint32_t)(letters / 4);
        for (size_t i = 0; i < v->words.len && letters > 1; i++) {
            const struct vocab_word *word = &v->words.at[i];
            size_t apart =
                word->letters > letters ? word->letters - letters : letters - word->letters;
            if (apart > limit)
                continue;
            uint32_t d = spelling_distance(buf_str(&key), word->key, limit);
            /* A word that is replaced more than half is another word. */
            if (d > limit || 2 * d >= word->letters + letters)
                continue;
            *nearest = word;
            if (d == 0)
                break;
            limit = d - 1;
        }
    }
    buf_release(&key);
    return code;
}
