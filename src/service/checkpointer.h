/*
 * The checkpointer: a thread that carries what was written from the log of writes into the database
 * file, while others write and read on.
 *
 * SQLite would do it inside every 250th commit or so, and who edits just then would wait for two
 * more syncs of the disk: with twenty editors that was the slowest hundredth of all edits.
 *
 * Thread rule: checkpointer_ask from any thread; the rest from the one that made it.
 */
#ifndef FAIRLEAD_SERVICE_CHECKPOINTER_H
#define FAIRLEAD_SERVICE_CHECKPOINTER_H

#include "store/store.h"

struct checkpointer;

/* Opens a connection of its own and starts the thread. */
enum err checkpointer_new(const char *path, struct checkpointer **out,
                          struct errinfo *info) ERR_CHECK;
void checkpointer_free(struct checkpointer *c);

/* Asks for one run, now; returns at once. A run that fails is tried again when asked again:
 * nothing is lost by it, the log of writes only stays longer. */
void checkpointer_ask(struct checkpointer *c);

#endif
