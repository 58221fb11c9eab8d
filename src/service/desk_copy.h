/*
 * Copies of the database that somebody takes away. A copy is made beside the database, opened, and
 * its name removed at once, so that it goes when it is closed; only a program that is killed in
 * between leaves one, which the next desk sweeps away.
 *
 * Thread rule: any thread, several copies at once.
 */
#ifndef FAIRLEAD_SERVICE_DESK_COPY_H
#define FAIRLEAD_SERVICE_DESK_COPY_H

#include "base/err.h"

/* Makes a copy of the database at `path` and opens it for reading; close it. O(size). */
enum err desk_copy_open(const char *path, int *file, struct errinfo *info) ERR_CHECK;

/* Removes the copies of that database that were left behind. What cannot be removed stays. */
void desk_copy_sweep(const char *path);

#endif
