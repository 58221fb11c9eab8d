/*
 * The bytes of a file, of standard input or of memory, readable at any offset.
 *
 * Inside exchange/ only. Files are read with pread, never mapped: a file that is cut short while it
 * is read is an error, not a signal. What cannot be read twice (a pipe, "-" for standard input) is
 * copied into an unnamed temporary file first.
 *
 * Thread rule: one thread at a time.
 */
#ifndef FAIRLEAD_EXCHANGE_INPUT_H
#define FAIRLEAD_EXCHANGE_INPUT_H

#include "base/err.h"
#include "base/str.h"

struct input {
    int fd;            /* private: -1 = memory */
    struct str memory; /* private: borrowed */
    uint64_t size;     /* read-only: in bytes */
};

/* A file, a pipe, or "-". ERR_LIMIT when it holds more than `max_bytes`. */
enum err input_open(struct input *in, const char *path, uint64_t max_bytes,
                    struct errinfo *info) ERR_CHECK;
/* Memory that outlives the input. */
enum err input_open_memory(struct input *in, struct str bytes, uint64_t max_bytes,
                           struct errinfo *info) ERR_CHECK;
void input_release(struct input *in);

/* Up to `len` bytes from `offset` into `out`; `got` is less than asked only at the end. */
enum err input_read(const struct input *in, uint64_t offset, char *out, size_t len, size_t *got,
                    struct errinfo *info) ERR_CHECK;

#endif
