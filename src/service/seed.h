/*
 * A new database's first content, from the files inside the program: countries and regions, the
 * foreign rule, the catalogue, editions and areas.
 */
#ifndef FAIRLEAD_SERVICE_SEED_H
#define FAIRLEAD_SERVICE_SEED_H

#include "base/job.h"
#include "store/store.h"

/* Fills an empty database in one batch "create". ERR_INTERNAL when a file of the program is faulty.
 */
enum err seed_database(struct store *store, struct str actor, int64_t at_ms, const struct job *job,
                       struct errinfo *info) ERR_CHECK;

#endif
