/*
 * Snapshots: the editions as they are now, shared by the requests that pages and API answer.
 *
 * A snapshot is a view of one edition with the layouts of its chain maps and bills, the order of
 * its directory and its search. It is loaded when first asked for, kept, and replaced by whoever
 * calls snapshots_refresh after the database has changed; requests go on with the old one until the
 * new one is whole, with a directory and a search where the old one had them, and those that still
 * draw it finish with it. Layouts are taken over from snapshot to snapshot, and shared by the
 * editions, as long as what they are made of stays the same (service/map_shelf.h).
 *
 * Ownership: snapshots_get lends, snapshots_put gives back. Thread rule: any thread.
 */
#ifndef FAIRLEAD_SERVICE_SNAPSHOT_H
#define FAIRLEAD_SERVICE_SNAPSHOT_H

#include "service/bill_drawing.h"
#include "service/chain_drawing.h"
#include "service/directory.h"
#include "service/search.h"

struct snapshot;

/* Its view; borrowed as long as the snapshot is. */
const struct view *snapshot_view(const struct snapshot *snapshot);

/* The map of a chain with labels in a language, laid out when first asked for and then kept. Errors
 * as of chain_drawing_make. */
enum err snapshot_map(struct snapshot *snapshot, uint32_t chain, enum lang lang,
                      const struct chain_drawing **out, struct errinfo *info) ERR_CHECK;

/* The same of the bill of a scenario. Errors as of bill_drawing_make. */
enum err snapshot_bill(struct snapshot *snapshot, uint32_t scenario, enum lang lang,
                       const struct bill_drawing **out, struct errinfo *info) ERR_CHECK;

/* Its directory, sorted when first asked for and then kept. Errors as of directory_new. */
enum err snapshot_directory(struct snapshot *snapshot, const struct directory **out,
                            struct errinfo *info) ERR_CHECK;

/* Its search, built when first asked for and then kept; who asks meanwhile waits, others do not.
 * Errors as of view_search_new. */
enum err snapshot_search(struct snapshot *snapshot, const struct view_search **out,
                         struct errinfo *info) ERR_CHECK;

/* As directory_filter_set, with its view and, for words, its search. Errors as of both. */
enum err snapshot_filter_set(struct snapshot *snapshot, enum directory_key key, struct str value,
                             struct arena *arena, struct directory_filter *filter,
                             struct errinfo *info) ERR_CHECK;

struct snapshots;

enum err snapshots_new(const char *database, struct snapshots **out,
                       struct errinfo *info) ERR_CHECK;
void snapshots_free(struct snapshots *all);

/* The present snapshot of an edition; an empty code means the current one. ERR_NOT_FOUND. */
enum err snapshots_get(struct snapshots *all, struct str edition, struct snapshot **out,
                       struct errinfo *info) ERR_CHECK;
void snapshots_put(struct snapshots *all, struct snapshot *snapshot);

/* Appends the bytes of a picture (view_picture's digest). They never change under their digest.
 * ERR_NOT_FOUND. */
enum err snapshots_picture(struct snapshots *all, struct str digest, struct buf *out,
                           struct errinfo *info) ERR_CHECK;

/*
 * Asks whether the database has changed and if so makes the editions that are kept anew, on the
 * caller's thread, and then puts them in the place of the old ones: some 50 ms for 1,200
 * exhibitors; some seconds for 100,000 where directory and search are in use, 8 on a busy machine.
 * Until then there are two of each: of 100,000 organisations 500 MiB, 240 before and after. Returns
 * the version of the database from which snapshots are given now, or an older one. A server asks
 * four times a second (http_generation).
 */
int64_t snapshots_refresh(struct snapshots *all);

#endif
