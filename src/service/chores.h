/*
 * Chores: what a server does by itself now and then, each as a job of the writer. Every hour: the
 * rounds and requests whose time is over end (matches.h), and who has not answered is reminded
 * (match_letters.h). Every day: what was kept long enough is deleted (retention.h). A chore that
 * fails is logged and tried again the next time.
 *
 * Thread rule: made and freed by one thread; chores_do any thread.
 */
#ifndef FAIRLEAD_SERVICE_CHORES_H
#define FAIRLEAD_SERVICE_CHORES_H

#include "service/writer.h"

struct chores;

/* A thread that does all chores at once and then when they are due. `origin`, the address visitors
 * use, outlives it. Freed before the writer is stopped. */
enum err chores_new(struct writer *writer, const char *origin, struct chores **out,
                    struct errinfo *info) ERR_CHECK;
void chores_free(struct chores *chores);

/* Does the hourly chores, or with `is_daily` all, as of `now_ms`: what the thread does. The first
 * error of one; the others are done all the same. */
enum err chores_do(struct writer *writer, const char *origin, bool is_daily, int64_t now_ms,
                   struct errinfo *info) ERR_CHECK;

#endif
