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
 * One drawing at a time: who finds a reply missing draws it; others who want the same follow that
 * drawing and are handed back, to be answered, when it ends.
 *
 * Thread rule: any thread. Complexity: O(1) expected, O(replies) to turn.
 */
#ifndef FAIRLEAD_HTTP_CACHE_H
#define FAIRLEAD_HTTP_CACHE_H

#include "base/err.h"
#include "http/kept.h"

struct http_cache;

/* A request for a kept reply. It is the caller's, and stays where it is until it is answered. */
struct http_drawing {
    struct str key;
    uint64_t hash; /* all below private, but for `next` of those handed back */
    uint64_t turns;
    struct http_drawing *next;
    struct http_drawing *followers;
};

/* `seed` is a number that clients do not know: with it they cannot choose keys that collide. */
enum err http_cache_new(size_t bytes_max, uint64_t seed, struct http_cache **cache,
                        struct errinfo *info) ERR_CHECK;

/* When nobody draws any more. NULL is allowed. */
void http_cache_free(struct http_cache *cache);

/* The kept reply of `drawing->key` with one more user, or NULL. */
struct http_kept *http_cache_find(struct http_cache *cache, struct http_drawing *drawing);

enum http_cache_answer {
    HTTP_CACHE_FOUND,  /* `*kept` has one more user */
    HTTP_CACHE_DRAW,   /* the caller draws it, and calls http_cache_done whatever comes of it */
    HTTP_CACHE_FOLLOW, /* another draws it, and is handed this one back */
};

/* As http_cache_find, but where the reply is missing tells who draws it. */
enum http_cache_answer http_cache_begin(struct http_cache *cache, struct http_drawing *drawing,
                                        struct http_kept **kept);

/*
 * Ends a drawing. `kept` goes into the cache, which adds itself as a user; NULL when there is
 * nothing to keep. Hands back those who followed, chained by `next`: each is to be answered with
 * `kept`, or begun anew.
 */
struct http_drawing *http_cache_done(struct http_cache *cache, struct http_drawing *drawing,
                                     struct http_kept *kept);

/* A reply takes `bytes` more than before, because its plain form was made. */
void http_cache_grow(struct http_cache *cache, struct http_kept *kept, size_t bytes);

/* The data has changed: nothing kept so far is given out any more. */
void http_cache_turn(struct http_cache *cache);

/* Present numbers. */
struct http_cache_figures {
    size_t replies, bytes;
};
struct http_cache_figures http_cache_figures(struct http_cache *cache);

#endif
