/*
 * The cache of kept replies: a table with a bound on its bytes.
 *
 * Generations: all kept replies are of the present generation of the data; http_cache_turn drops
 * them when it has changed. A reply that was begun before is sent but not kept.
 *
 * Eviction: segmented LRU (Karedla, Love, Wherry 1994). A new reply is on probation; asked for
 * again it is proved. Proved replies take at most four fifths of the bytes; beyond, those not used
 * for longest go back on probation. What is evicted is the one on probation not used for longest.
 * So a crawler that asks for ten thousand addresses once each pushes out other addresses asked for
 * once, and not the pages that everybody reads.
 *
 * One drawing at a time: who finds a reply missing draws it, and others who want the same wait for
 * him, at most HTTP_CACHE_WAIT_MS; then they draw it themselves.
 *
 * Thread rule: any thread. Complexity: O(1) expected, O(replies) to turn.
 */
#ifndef FAIRLEAD_HTTP_CACHE_H
#define FAIRLEAD_HTTP_CACHE_H

#include "base/err.h"
#include "http/kept.h"

enum { HTTP_CACHE_WAIT_MS = 250 };

struct http_cache;

/* A drawing in work; on the stack of the thread that draws. */
struct http_drawing {
    struct str key;
    uint64_t hash; /* all below private */
    uint64_t turns;
    struct http_drawing *next;
};

/* `seed` is a number that clients do not know: with it they cannot choose keys that collide. */
enum err http_cache_new(size_t bytes_max, uint64_t seed, struct http_cache **cache,
                        struct errinfo *info) ERR_CHECK;

/* When nobody draws any more. NULL is allowed. */
void http_cache_free(struct http_cache *cache);

/*
 * The kept reply of `drawing->key` with one more user. NULL when it is missing: then the caller
 * draws it and calls http_cache_done, whatever came of it; until then the key stays.
 */
struct http_kept *http_cache_get(struct http_cache *cache, struct http_drawing *drawing);

/* Ends a drawing. `kept` goes into the cache, which adds itself as a user; NULL when there is
 * nothing to keep. */
void http_cache_done(struct http_cache *cache, struct http_drawing *drawing,
                     struct http_kept *kept);

/* The data has changed: nothing kept so far is given out any more. */
void http_cache_turn(struct http_cache *cache);

/* Present numbers. */
struct http_cache_figures {
    size_t replies, bytes;
};
struct http_cache_figures http_cache_figures(struct http_cache *cache);

#endif
