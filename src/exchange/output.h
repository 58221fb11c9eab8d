/*
 * A file that appears whole or not at all.
 *
 * Inside exchange/ only. The content goes to a temporary file beside the target; output_commit
 * makes it durable and gives it the name, replacing what was there. Without that, nothing is left.
 *
 * Thread rule: one thread at a time.
 */
#ifndef FAIRLEAD_EXCHANGE_OUTPUT_H
#define FAIRLEAD_EXCHANGE_OUTPUT_H

#include "base/buf.h"

enum { OUTPUT_PATH_MAX = 4096 };

struct output {
    char path[OUTPUT_PATH_MAX]; /* the target; empty = none */
    char temp[OUTPUT_PATH_MAX]; /* read-only: where the content is; empty when there is no file */
    int fd;                     /* private */
};

/* `path` NULL: a file without a target, in the folder for temporary files. */
enum err output_open(struct output *o, const char *path, struct errinfo *info) ERR_CHECK;
/* Removes what was not committed. */
void output_release(struct output *o);

enum err output_write(struct output *o, struct str bytes, struct errinfo *info) ERR_CHECK;
enum err output_commit(struct output *o, struct errinfo *info) ERR_CHECK;

/* Appends the whole content, which may have been written under the name `temp`, to `out`. */
enum err output_read_back(const struct output *o, struct buf *out, struct errinfo *info) ERR_CHECK;

#endif
