/*
 * A new database's first content, from the files inside the program.
 */
#ifndef FAIRLEAD_SERVICE_SEED_H
#define FAIRLEAD_SERVICE_SEED_H

#include "base/job.h"
#include "store/store.h"

/*
 * Fills an empty database: countries and regions, the foreign rule, the catalogue, editions and
 * areas; with `sample` the publicly reported exhibitors of these editions and all that is known
 * with them, too. One batch a part; the caller removes the database when it fails. ERR_INTERNAL
 * when a file of the program is faulty.
 */
enum err seed_database(struct store *store, struct str actor, int64_t at_ms, bool sample,
                       struct job *job, struct errinfo *info) ERR_CHECK;

#endif
