/*
 * Views in memory for those who serve them: one an edition, loaded when asked for, renewed when the
 * database changed.
 *
 * view_cache_get gives a view that stays valid until view_cache_put, even if a newer one takes its
 * place meanwhile. Whether the database changed is asked at each get (one look at the end of the
 * change log).
 *
 * Thread rule: any number of threads. While an edition is loaded, other gets wait for it.
 */
#ifndef FAIRLEAD_SERVICE_VIEW_CACHE_H
#define FAIRLEAD_SERVICE_VIEW_CACHE_H

#include "service/view.h"

struct view_cache;

/* Opens the database for reading. Errors as for store_reader_open. */
enum err view_cache_open(const char *path, struct view_cache **out, struct errinfo *info) ERR_CHECK;

/* Only when every view was put back. */
void view_cache_close(struct view_cache *cache);

/* The view of an edition; an empty code is the current edition. Errors as for view_load. */
enum err view_cache_get(struct view_cache *cache, struct str edition_code, const struct view **out,
                        struct errinfo *info) ERR_CHECK;
void view_cache_put(struct view_cache *cache, const struct view *view);

#endif
