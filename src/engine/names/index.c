/*
 * The index: see names.h.
 *
 * Postings are 64-bit numbers, key above record, sorted by a radix sort; a run of one key is a
 * block. For all pairs the blocks of each record are listed (a counting sort by record), and each
 * record is scored once against the earlier ones it shares blocks with. Making keys and scoring,
 * nearly all of the work, run on several threads (waves.h). Memory is about 500 bytes a record.
 */
#include "engine/names/names.h"

#include "engine/names/keys.h"
#include "engine/names/waves.h"

enum {
    RECORDS_MAX = 1 << 24,
    RADIX_BITS = 11,
    RADIX = 1 << RADIX_BITS,
    CANDIDATES_MAX = 512, /* of one record */
    FETCH_AHEAD = 8,      /* candidates */
    LINE_TOKENS = 64 / sizeof(struct names_token),
    CROWD_LOOKS = 4, /* earlier records of a crowded block of equal names */
    COUNTERS_MIN = 1 << 12,
    COUNTERS_MAX = 1 << 22,
};

struct names_index {
    struct names_pool pool;
    VEC(struct names_entry)
    entries;
    VEC(uint64_t)
    postings;         /* key << 32 | record, sorted once built */
    uint16_t *counts; /* records a brand word, by hash */
    uint32_t count_mask;
};

enum err names_index_new(struct names_index **out, struct errinfo *info) {
    struct names_index *x = mem_new(1, sizeof(*x));
    if (x == NULL)
        return err_memory(info);
    names_pool_init(&x->pool);
    *out = x;
    return ERR_OK;
}

void names_index_free(struct names_index *x) {
    if (x == NULL)
        return;
    names_pool_release(&x->pool);
    vec_free(&x->entries);
    vec_free(&x->postings);
    mem_free(x->counts);
    mem_free(x);
}

static struct names_view view_of(const struct names_pool *pool, const struct names_entry *e) {
    if (e->count == 0)
        return (struct names_view){NULL, 0, NULL};
    return (struct names_view){pool->tokens.at + e->first, e->count, pool->text.ptr};
}

enum err names_index_add(struct names_index *x, const struct names_record *record,
                         struct errinfo *info) {
    if (x->entries.len == RECORDS_MAX)
        return err_set(info, ERR_LIMIT, "more than %d names cannot be compared at once",
                       RECORDS_MAX);
    if (!vec_reserve(&x->entries, x->entries.len + 1))
        return err_memory(info);
    struct names_entry e;
    enum err err = names_parse(record, &x->pool, &e, info);
    if (err == ERR_OK)
        x->entries.at[x->entries.len++] = e;
    return err;
}

static enum err count_words(struct names_index *x, struct errinfo *info) {
    uint32_t size = COUNTERS_MIN;
    while (size < COUNTERS_MAX && size < x->entries.len * 4)
        size *= 2;
    uint16_t *counts = mem_new(size, sizeof(uint16_t));
    if (counts == NULL)
        return err_memory(info);
    for (size_t i = 0; i < x->pool.tokens.len; i++) {
        const struct names_token *t = &x->pool.tokens.at[i];
        uint16_t *count = &counts[t->hash & (size - 1)];
        if (t->kind == NAMES_BRAND && *count < UINT16_MAX)
            ++*count;
    }
    mem_free(x->counts);
    x->counts = counts;
    x->count_mask = size - 1;
    const struct names_rarity rarity = {counts, size - 1};
    names_set_rarity(x->pool.tokens.at, x->pool.tokens.len, &rarity);
    return ERR_OK;
}

static enum err make_keys(const void *ctx, uint32_t id, struct names_block *block,
                          struct errinfo *info) {
    const struct names_index *x = ctx;
    struct names_keys keys;
    struct names_view view = view_of(&x->pool, &x->entries.at[id]);
    enum err err = names_keys_of(&view, &keys, info);
    for (size_t k = 0; k < keys.len && err == ERR_OK; k++)
        if (!vec_push(&block->postings, (uint64_t)keys.at[k] << 32 | id))
            err = err_memory(info);
    return err;
}

struct filling {
    struct names_index *index;
    bool full; /* memory was short */
};

static bool take_keys(void *ctx, const struct names_block *block) {
    struct filling *f = ctx;
    for (size_t i = 0; i < block->postings.len && !f->full; i++)
        f->full = !vec_push(&f->index->postings, block->postings.at[i]);
    return !f->full;
}

static enum err fill_postings(struct names_index *x, const struct job *job, struct errinfo *info) {
    struct filling filling = {.index = x};
    struct names_waves waves = {make_keys, x, take_keys, &filling, "names"};
    x->postings.len = 0;
    enum err err = names_waves_run(&waves, 0, (uint32_t)x->entries.len, job, info);
    return err == ERR_OK && filling.full ? err_memory(info) : err;
}

/* Least significant digit first; records of a key are in order already and stay so. */
static enum err sort_postings(struct names_index *x, struct errinfo *info) {
    size_t n = x->postings.len;
    if (n == 0)
        return ERR_OK;
    uint64_t *from = x->postings.at, *to = mem_new(n, sizeof(uint64_t)), *spare = to;
    if (to == NULL)
        return err_memory(info);
    for (uint32_t shift = 32; shift < 64; shift += RADIX_BITS) {
        size_t places[RADIX] = {0}, sum = 0;
        for (size_t i = 0; i < n; i++)
            places[from[i] >> shift & (RADIX - 1)]++;
        for (size_t d = 0; d < RADIX; d++) {
            size_t count = places[d];
            places[d] = sum;
            sum += count;
        }
        for (size_t i = 0; i < n; i++)
            to[places[from[i] >> shift & (RADIX - 1)]++] = from[i];
        uint64_t *swapped = from;
        from = to;
        to = swapped;
    }
    /* Three passes: the result is in the spare array. */
    memcpy(x->postings.at, spare, n * sizeof(uint64_t));
    mem_free(spare);
    return ERR_OK;
}

enum err names_index_build(struct names_index *x, const struct job *job, struct errinfo *info) {
    enum err err = count_words(x, info);
    if (err == ERR_OK)
        err = fill_postings(x, job, info);
    if (err == ERR_OK)
        err = sort_postings(x, info);
    if (err != ERR_OK)
        x->postings.len = 0;
    return err;
}

static uint32_t key_of(uint64_t posting) {
    return (uint32_t)(posting >> 32);
}

static size_t run_end(const struct names_index *x, size_t from) {
    size_t to = from + 1;
    while (to < x->postings.len && key_of(x->postings.at[to]) == key_of(x->postings.at[from]))
        to++;
    return to;
}

static bool is_block(uint64_t posting, size_t size) {
    return size > 1 && (size <= NAMES_BLOCK_MAX || (posting >> 32 & NAMES_KEY_WHOLE) != 0);
}

/* Candidates of one record, gathered from its blocks. */
struct candidates {
    uint32_t at[CANDIDATES_MAX];
    size_t len;
};

/* The records before `id` in the block, all of them or, in a crowd, the last ones. */
static void gather(const struct names_index *x, size_t from, size_t to, uint32_t id,
                   struct candidates *c) {
    if (to - from > NAMES_BLOCK_MAX) {
        size_t end = from, last = to;
        while (end < last) { /* the first that is not before `id` */
            size_t middle = end + (last - end) / 2;
            if ((uint32_t)x->postings.at[middle] < id)
                end = middle + 1;
            else
                last = middle;
        }
        to = end;
        from = to - from > CROWD_LOOKS ? to - CROWD_LOOKS : from;
    }
    for (size_t i = from; i < to && (uint32_t)x->postings.at[i] < id; i++)
        if (c->len < CANDIDATES_MAX)
            c->at[c->len++] = (uint32_t)x->postings.at[i];
}

/* The blocks of each record: places in the postings where the runs begin. */
struct block_lists {
    uint32_t *offsets; /* records + 1 */
    uint32_t *starts;
    uint32_t *ends;
};

static void block_lists_release(struct block_lists *lists) {
    mem_free(lists->offsets);
    mem_free(lists->starts);
    mem_free(lists->ends);
}

static enum err list_blocks(const struct names_index *x, uint32_t first, struct block_lists *lists,
                            struct errinfo *info) {
    size_t records = x->entries.len, n = x->postings.len;
    lists->offsets = mem_new(records + 2, sizeof(uint32_t));
    if (lists->offsets == NULL)
        return err_memory(info);
    for (size_t from = 0, to; from < n; from = to) {
        to = run_end(x, from);
        for (size_t i = from; i < to && is_block(x->postings.at[from], to - from); i++)
            if ((uint32_t)x->postings.at[i] >= first)
                lists->offsets[(uint32_t)x->postings.at[i] + 2]++;
    }
    for (size_t r = 2; r < records + 2; r++)
        lists->offsets[r] += lists->offsets[r - 1];
    size_t total = lists->offsets[records + 1];
    lists->starts = mem_new(total, sizeof(uint32_t));
    lists->ends = mem_new(total, sizeof(uint32_t));
    if (lists->starts == NULL || lists->ends == NULL)
        return err_memory(info);
    for (size_t from = 0, to; from < n; from = to) {
        to = run_end(x, from);
        for (size_t i = from; i < to && is_block(x->postings.at[from], to - from); i++) {
            uint32_t id = (uint32_t)x->postings.at[i];
            if (id < first)
                continue;
            uint32_t place = lists->offsets[id + 1]++;
            lists->starts[place] = (uint32_t)from;
            lists->ends[place] = (uint32_t)to;
        }
    }
    return ERR_OK;
}

/* Scores a record, cut already, against the record `a` of the index. */
static enum err score_against(const struct names_index *x, uint32_t a, const struct names_entry *e,
                              const struct names_segments *segments, struct names_pair *out,
                              struct errinfo *info) {
    struct names_rarity rarity = {x->counts, x->count_mask};
    struct names_view words = view_of(&x->pool, &x->entries.at[a]);
    struct names_segments other;
    names_cut(&words, &other);
    return names_score(&x->entries.at[a], &other, e, segments, &rarity, out, info);
}

struct pairing {
    const struct names_index *index;
    struct block_lists lists;
};

/* Candidates and blocks lie anywhere in memory, and waiting for them was a third of the time:
 * these ask for what is needed soon. */
static void fetch_tokens(const struct names_index *x, const struct candidates *c, size_t i) {
    if (i >= c->len)
        return;
    const struct names_token *tokens = x->pool.tokens.at + x->entries.at[c->at[i]].first;
    __builtin_prefetch(tokens);
    __builtin_prefetch(tokens + LINE_TOKENS);
}

static void fetch_first(const struct names_index *x, const struct candidates *c) {
    for (size_t i = 0; i < c->len; i++)
        __builtin_prefetch(&x->entries.at[c->at[i]]);
    for (size_t i = 0; i < FETCH_AHEAD; i++)
        fetch_tokens(x, c, i);
}

static void fetch_blocks(const struct names_index *x, const struct block_lists *lists,
                         uint32_t id) {
    if (id >= x->entries.len)
        return;
    for (uint32_t i = lists->offsets[id]; i < lists->offsets[id + 1]; i++)
        __builtin_prefetch(&x->postings.at[lists->starts[i]]);
}

/* Scores one record against the earlier ones. */
static enum err pairs_of(const void *ctx, uint32_t id, struct names_block *block,
                         struct errinfo *info) {
    const struct pairing *p = ctx;
    const struct names_index *x = p->index;
    struct candidates c;
    struct names_segments segments;
    struct names_view words = view_of(&x->pool, &x->entries.at[id]);
    c.len = 0;
    for (uint32_t i = p->lists.offsets[id]; i < p->lists.offsets[id + 1]; i++)
        gather(x, p->lists.starts[i], p->lists.ends[i], id, &c);
    c.len = names_sort_unique(c.at, c.len);
    fetch_first(x, &c);
    fetch_blocks(x, &p->lists, id + 1);
    names_cut(&words, &segments);
    for (size_t i = 0; i < c.len; i++) {
        struct names_pair pair = {.a = c.at[i], .b = id};
        fetch_tokens(x, &c, i + FETCH_AHEAD);
        enum err err = score_against(x, c.at[i], &x->entries.at[id], &segments, &pair, info);
        if (err != ERR_OK)
            return err;
        if (pair.score >= NAMES_SCORE_MIN && !vec_push(&block->pairs, pair))
            return err_memory(info);
    }
    return ERR_OK;
}

struct receiver {
    names_found *found;
    void *ctx;
};

static bool take_pairs(void *ctx, const struct names_block *block) {
    struct receiver *r = ctx;
    for (size_t i = 0; i < block->pairs.len; i++)
        if (!r->found(r->ctx, &block->pairs.at[i]))
            return false;
    return true;
}

enum err names_all_pairs(const struct names_index *x, uint32_t from, const struct job *job,
                         names_found *found, void *ctx, struct errinfo *info) {
    struct pairing pairing = {.index = x};
    struct receiver receiver = {found, ctx};
    struct names_waves waves = {pairs_of, &pairing, take_pairs, &receiver, "duplicates"};
    enum err err = list_blocks(x, from, &pairing.lists, info);
    if (err == ERR_OK)
        err = names_waves_run(&waves, from, (uint32_t)x->entries.len, job, info);
    block_lists_release(&pairing.lists);
    return err;
}

/* Where the run of `key` begins; the number of postings when there is none. */
static size_t find_run(const struct names_index *x, uint32_t key) {
    size_t from = 0, to = x->postings.len;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (key_of(x->postings.at[middle]) < key)
            from = middle + 1;
        else
            to = middle;
    }
    return from < x->postings.len && key_of(x->postings.at[from]) == key ? from : x->postings.len;
}

static void gather_for_keys(const struct names_index *x, const struct names_keys *keys,
                            struct candidates *c) {
    c->len = 0;
    for (size_t k = 0; k < keys->len; k++) {
        size_t from = find_run(x, keys->at[k]);
        if (from == x->postings.len)
            continue;
        size_t to = run_end(x, from);
        if (to - from == 1 || is_block(x->postings.at[from], to - from))
            gather(x, from, to, UINT32_MAX, c);
    }
    c->len = names_sort_unique(c->at, c->len);
}

/* Keeps the best `max` pairs in `out`, best first, earlier records first among equals. */
static void keep_best(struct names_pair *out, size_t max, size_t *count, struct names_pair pair) {
    size_t at = *count;
    while (at > 0 && out[at - 1].score < pair.score)
        at--;
    if (at == max)
        return;
    size_t last = *count < max ? (*count)++ : max - 1;
    for (; last > at; last--)
        out[last] = out[last - 1];
    out[at] = pair;
}

enum err names_find(const struct names_index *x, const struct names_record *record,
                    struct names_pair *out, size_t max, size_t *count, struct errinfo *info) {
    struct names_pool pool;
    struct names_entry e;
    struct names_keys keys;
    struct candidates c;
    *count = 0;
    names_pool_init(&pool);
    enum err err = names_parse(record, &pool, &e, info);
    if (err != ERR_OK)
        goto done;
    struct names_view view = view_of(&pool, &e);
    err = names_keys_of(&view, &keys, info);
    if (err != ERR_OK)
        goto done;
    gather_for_keys(x, &keys, &c);
    struct names_rarity rarity = {x->counts, x->count_mask};
    struct names_segments segments;
    names_set_rarity(pool.tokens.at, pool.tokens.len, &rarity);
    names_cut(&view, &segments);
    for (size_t i = 0; i < c.len && err == ERR_OK; i++) {
        struct names_pair pair = {.a = c.at[i]};
        err = score_against(x, c.at[i], &e, &segments, &pair, info);
        if (err == ERR_OK && pair.score >= NAMES_SCORE_MIN)
            keep_best(out, max, count, pair);
    }
done:
    names_pool_release(&pool);
    return err;
}

enum err names_compare(const struct names_record *a, const struct names_record *b,
                       struct names_pair *out, struct errinfo *info) {
    struct names_pool pool;
    struct names_entry ea, eb;
    names_pool_init(&pool);
    *out = (struct names_pair){.a = 0, .b = 1};
    enum err err = names_parse(a, &pool, &ea, info);
    if (err == ERR_OK)
        err = names_parse(b, &pool, &eb, info);
    if (err == ERR_OK) {
        struct names_view va = view_of(&pool, &ea), vb = view_of(&pool, &eb);
        struct names_segments sa, sb;
        names_cut(&va, &sa);
        names_cut(&vb, &sb);
        err = names_score(&ea, &sa, &eb, &sb, NULL, out, info);
    }
    names_pool_release(&pool);
    return err;
}
