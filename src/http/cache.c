/*
 * The cache of kept replies: see cache.h.
 *
 * A table of chains that never grows (its size follows from the bytes it may hold) and two lists,
 * newest first. One lock guards all; it is held for some hundred nanoseconds, never while drawing,
 * compressing or freeing.
 */
#include "http/cache.h"

#include <pthread.h>

#include "base/mem.h"

enum {
    CHAINS_MIN = 64,
    REPLY_BYTES = 8192, /* a usual reply: a page, gzipped */
    PROVED_OF_FIVE = 4, /* fifths of the bytes that proved replies may take */
    LARGEST_PART = 8,   /* no reply over this part of the bytes is kept */
};

struct list {
    struct http_kept *newest, *oldest;
    size_t bytes;
};

struct http_cache {
    pthread_mutex_t lock;
    struct http_kept **chains;
    size_t chain_count; /* a power of two */
    size_t bytes_max;
    uint64_t seed;
    uint64_t turns; /* how often the data has changed */
    size_t replies;
    struct list probation, proved;
    struct http_drawing *drawings;
};

enum err http_cache_new(size_t bytes_max, uint64_t seed, struct http_cache **cache,
                        struct errinfo *info) {
    struct http_cache *c = mem_new(1, sizeof(*c));
    if (c == NULL)
        return err_memory(info);
    c->chain_count = CHAINS_MIN;
    while (c->chain_count < bytes_max / REPLY_BYTES)
        c->chain_count *= 2;
    c->chains = mem_new(c->chain_count, sizeof(*c->chains));
    if (c->chains == NULL) {
        mem_free(c);
        return err_memory(info);
    }
    c->bytes_max = bytes_max;
    c->seed = seed;
    pthread_mutex_init(&c->lock, NULL);
    *cache = c;
    return ERR_OK;
}

void http_cache_free(struct http_cache *cache) {
    if (cache == NULL)
        return;
    http_cache_turn(cache);
    pthread_mutex_destroy(&cache->lock);
    mem_free(cache->chains);
    mem_free(cache);
}

/* Lists and chains; the caller holds the lock ------------------------------------------------- */

static void list_add(struct list *list, struct http_kept *kept) {
    kept->newer = NULL;
    kept->older = list->newest;
    if (list->newest != NULL)
        list->newest->newer = kept;
    else
        list->oldest = kept;
    list->newest = kept;
    list->bytes += kept->size_bytes;
}

static void list_remove(struct list *list, struct http_kept *kept) {
    if (kept->newer != NULL)
        kept->newer->older = kept->older;
    else
        list->newest = kept->older;
    if (kept->older != NULL)
        kept->older->newer = kept->newer;
    else
        list->oldest = kept->newer;
    list->bytes -= kept->size_bytes;
}

static struct http_kept **chain_of(struct http_cache *cache, uint64_t hash) {
    return &cache->chains[hash & (cache->chain_count - 1)];
}

static struct http_kept *find(struct http_cache *cache, const struct http_drawing *drawing) {
    struct http_kept *kept = *chain_of(cache, drawing->hash);
    while (kept != NULL && (kept->hash != drawing->hash || !str_equal(kept->key, drawing->key)))
        kept = kept->next;
    return kept;
}

/* Moves a reply that was asked for again to the front of the proved. */
static void prove(struct http_cache *cache, struct http_kept *kept) {
    size_t proved_max = cache->bytes_max / 5 * PROVED_OF_FIVE;
    list_remove(kept->is_proved ? &cache->proved : &cache->probation, kept);
    kept->is_proved = true;
    list_add(&cache->proved, kept);
    while (cache->proved.bytes > proved_max && cache->proved.oldest != kept) {
        struct http_kept *back = cache->proved.oldest;
        list_remove(&cache->proved, back);
        back->is_proved = false;
        list_add(&cache->probation, back);
    }
}

/* Takes a reply out of the table; it is chained by `older` to `out`, to be given back later. */
static void take_out(struct http_cache *cache, struct http_kept *kept, struct http_kept **out) {
    struct http_kept **at = chain_of(cache, kept->hash);
    while (*at != kept)
        at = &(*at)->next;
    *at = kept->next;
    list_remove(kept->is_proved ? &cache->proved : &cache->probation, kept);
    cache->replies--;
    kept->is_in_table = false;
    kept->older = *out;
    *out = kept;
}

static void make_room(struct http_cache *cache, struct http_kept **out) {
    while (cache->probation.bytes + cache->proved.bytes > cache->bytes_max) {
        struct http_kept *oldest = cache->probation.oldest;
        take_out(cache, oldest != NULL ? oldest : cache->proved.oldest, out);
    }
}

/* Who draws the same already, from the same data; or NULL. */
static struct http_drawing *find_drawing(const struct http_cache *cache,
                                         const struct http_drawing *drawing) {
    struct http_drawing *d = cache->drawings;
    while (d != NULL && (d->hash != drawing->hash || d->turns != cache->turns ||
                         !str_equal(d->key, drawing->key)))
        d = d->next;
    return d;
}

/* Finds a kept reply and gives it one more user. */
static struct http_kept *find_and_use(struct http_cache *cache,
                                      const struct http_drawing *drawing) {
    struct http_kept *kept = find(cache, drawing);
    if (kept != NULL) {
        prove(cache, kept);
        http_kept_use(kept);
    }
    return kept;
}

/* Without the lock ----------------------------------------------------------------------------- */

static void put_all(struct http_kept *kept) {
    while (kept != NULL) {
        struct http_kept *next = kept->older;
        http_kept_put(kept);
        kept = next;
    }
}

struct http_kept *http_cache_find(struct http_cache *cache, struct http_drawing *drawing) {
    drawing->hash = str_hash_seeded(drawing->key, cache->seed);
    pthread_mutex_lock(&cache->lock);
    struct http_kept *kept = find_and_use(cache, drawing);
    pthread_mutex_unlock(&cache->lock);
    return kept;
}

enum http_cache_answer http_cache_begin(struct http_cache *cache, struct http_drawing *drawing,
                                        struct http_kept **kept) {
    enum http_cache_answer answer = HTTP_CACHE_FOUND;
    drawing->hash = str_hash_seeded(drawing->key, cache->seed);
    drawing->followers = NULL;
    pthread_mutex_lock(&cache->lock);
    *kept = find_and_use(cache, drawing);
    if (*kept == NULL) {
        struct http_drawing *leader = find_drawing(cache, drawing);
        struct http_drawing **list = leader != NULL ? &leader->followers : &cache->drawings;
        answer = leader != NULL ? HTTP_CACHE_FOLLOW : HTTP_CACHE_DRAW;
        drawing->turns = cache->turns;
        drawing->next = *list;
        *list = drawing;
    }
    pthread_mutex_unlock(&cache->lock);
    return answer;
}

struct http_drawing *http_cache_done(struct http_cache *cache, struct http_drawing *drawing,
                                     struct http_kept *kept) {
    struct http_kept *out = NULL;
    pthread_mutex_lock(&cache->lock);
    struct http_drawing **at = &cache->drawings;
    while (*at != drawing)
        at = &(*at)->next;
    *at = drawing->next;
    if (kept != NULL && drawing->turns == cache->turns &&
        kept->size_bytes <= cache->bytes_max / LARGEST_PART && find(cache, drawing) == NULL) {
        struct http_kept **chain = chain_of(cache, drawing->hash);
        http_kept_use(kept);
        kept->hash = drawing->hash;
        kept->next = *chain;
        *chain = kept;
        cache->replies++;
        kept->is_in_table = true;
        list_add(&cache->probation, kept);
        make_room(cache, &out);
    }
    pthread_mutex_unlock(&cache->lock);
    put_all(out);
    return drawing->followers;
}

void http_cache_grow(struct http_cache *cache, struct http_kept *kept, size_t bytes) {
    struct http_kept *out = NULL;
    pthread_mutex_lock(&cache->lock);
    if (kept->is_in_table) {
        kept->size_bytes += bytes;
        *(kept->is_proved ? &cache->proved.bytes : &cache->probation.bytes) += bytes;
        make_room(cache, &out);
    }
    pthread_mutex_unlock(&cache->lock);
    put_all(out);
}

void http_cache_turn(struct http_cache *cache) {
    struct http_kept *out = NULL;
    pthread_mutex_lock(&cache->lock);
    cache->turns++;
    while (cache->probation.newest != NULL)
        take_out(cache, cache->probation.newest, &out);
    while (cache->proved.newest != NULL)
        take_out(cache, cache->proved.newest, &out);
    pthread_mutex_unlock(&cache->lock);
    put_all(out);
}

struct http_cache_figures http_cache_figures(struct http_cache *cache) {
    pthread_mutex_lock(&cache->lock);
    struct http_cache_figures figures = {cache->replies,
                                         cache->probation.bytes + cache->proved.bytes};
    pthread_mutex_unlock(&cache->lock);
    return figures;
}
