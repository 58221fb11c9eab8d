/*
 * Suffix sorting: see sort.h.
 *
 * Texts are short and the order looks at a few dozen characters, so that the linear algorithms for
 * one long text (SA-IS) gain nothing. Places are spread into buckets by their first two bytes, or
 * their first syllable; in a bucket they are sorted by a key of eight bytes, or seven syllables,
 * and those with equal keys again by the next one (multikey sorting by chunks: Bentley and
 * Sedgewick, SODA 1997). Buckets are independent, so that threads take them in turn.
 */
#include "engine/search/sort.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/threads.h"

enum {
    BUCKETS = 1 << 16,
    KEY_BYTES = 8,
    KEY_TOKENS = 7,
    RANK_BITS = 9,
};

struct keyed {
    uint64_t key;
    uint32_t place;
};

struct sorter {
    struct side *side;
    bool words;
    const uint32_t *bucket; /* where each begins; one more for the end */
    const struct job *job;
    atomic_int failed; /* enum err */
};

/* The bytes of the `level`-th key with the first one on top; zeros from the end of the text on. */
static uint64_t words_key(const struct side *side, uint32_t place, uint32_t level) {
    uint64_t key = 0;
    const unsigned char *p = (const unsigned char *)side->words.at + place + level * KEY_BYTES;
    for (int i = 0; i < KEY_BYTES && p[i] != 0; i++)
        key |= (uint64_t)p[i] << (56 - 8 * i);
    return key;
}

static uint64_t han_key(const struct side *side, uint32_t place, uint32_t level) {
    uint64_t key = 0;
    const uint32_t *p = side->tokens.at + place + level * KEY_TOKENS;
    for (int i = 0; i < KEY_TOKENS && p[i] != HAN_BREAK; i++)
        key |= (uint64_t)token_rank(p[i]) << (RANK_BITS * (KEY_TOKENS - 1 - i));
    return key;
}

/* Whether a key reaches the end of its run, so that nothing follows. */
static bool key_ends(bool words, uint64_t key) {
    return (key & (words ? 0xFFU : (1U << RANK_BITS) - 1)) == 0;
}

static int by_key(const void *a, const void *b) {
    const struct keyed *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* Sorts places that are equal up to the `level`-th key. Not deep: a few levels. */
static void sort_equal(const struct sorter *s, uint32_t *order, uint32_t count, struct keyed *room,
                       uint32_t level) {
    const uint32_t levels = s->words ? WORDS_SORTED / KEY_BYTES : HAN_SORTED / KEY_TOKENS;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t key =
            s->words ? words_key(s->side, order[i], level) : han_key(s->side, order[i], level);
        room[i] = (struct keyed){key, order[i]};
    }
    qsort(room, count, sizeof(*room), by_key);
    for (uint32_t i = 0; i < count; i++)
        order[i] = room[i].place;
    if (level + 1 == levels)
        return;
    /* The keys in `room` are overwritten by the next level from the front, behind which we look. */
    for (uint32_t from = 0, to; from < count; from = to) {
        uint64_t key = room[from].key;
        for (to = from + 1; to < count && room[to].key == key;)
            to++;
        if (to - from > 1 && !key_ends(s->words, key))
            sort_equal(s, order + from, to - from, room + from, level + 1);
    }
}

static void sort_buckets(void *ctx, size_t from, size_t to, uint32_t worker) {
    struct sorter *s = ctx;
    uint32_t largest = 0;
    for (size_t b = from; b < to; b++)
        if (s->bucket[b + 1] - s->bucket[b] > largest)
            largest = s->bucket[b + 1] - s->bucket[b];
    if (largest < 2 || atomic_load(&s->failed) != ERR_OK)
        return;
    struct keyed *room = mem_new(largest, sizeof(*room));
    if (room == NULL || job_should_stop(s->job))
        atomic_store(&s->failed, room == NULL ? ERR_MEMORY : ERR_STOPPED);
    for (size_t b = from; b < to && atomic_load(&s->failed) == ERR_OK; b++)
        if (s->bucket[b + 1] - s->bucket[b] > 1)
            sort_equal(s, s->side->order.at + s->bucket[b], s->bucket[b + 1] - s->bucket[b], room,
                       0);
    mem_free(room);
}

static uint32_t bucket_of(const struct sorter *s, uint32_t place) {
    if (!s->words)
        return token_rank(s->side->tokens.at[place]);
    const unsigned char *p = (const unsigned char *)s->side->words.at + place;
    return (uint32_t)p[0] << 8 | p[1];
}

/* Spreads the places by bucket, those of one bucket in the order in which they come. */
static bool spread(const struct sorter *s, uint32_t *bucket) {
    uint32_t *order = s->side->order.at;
    size_t count = s->side->order.len;
    uint32_t *copy = mem_new(count + 1, sizeof(*copy));
    if (copy == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        copy[i] = order[i];
        bucket[bucket_of(s, order[i]) + 1]++;
    }
    for (uint32_t b = 0; b < BUCKETS; b++)
        bucket[b + 1] += bucket[b];
    for (size_t i = 0; i < count; i++)
        order[bucket[bucket_of(s, copy[i])]++] = copy[i];
    for (uint32_t b = BUCKETS; b > 0; b--)
        bucket[b] = bucket[b - 1];
    bucket[0] = 0;
    mem_free(copy);
    return true;
}

enum err sort_side(struct side *side, bool words, const struct job *job, struct errinfo *info) {
    enum { BUCKETS_AT_ONCE = 64 };
    uint32_t *bucket = mem_new(BUCKETS + 1, sizeof(*bucket));
    struct sorter s = {side, words, bucket, job, ERR_OK};
    if (bucket == NULL || !spread(&s, bucket))
        atomic_store(&s.failed, ERR_MEMORY);
    else
        threads_for(job_threads(job), BUCKETS, BUCKETS_AT_ONCE, sort_buckets, &s);
    mem_free(bucket);
    if (atomic_load(&s.failed) == ERR_MEMORY)
        return err_memory(info);
    if (atomic_load(&s.failed) == ERR_STOPPED)
        return err_set(info, ERR_STOPPED, "building the search was stopped");
    return ERR_OK;
}
