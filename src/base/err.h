/*
 * Errors: one code for the program, words for the person.
 *
 * Every function that can fail returns `enum err`, is marked ERR_CHECK and takes a `struct errinfo
 * *` last. On failure it fills the errinfo with what is wrong, where, what was expected and what to
 * do; on success it leaves it alone. A NULL errinfo is allowed everywhere: the code alone is
 * returned. The innermost function that knows the cause fills it; outer ones may add a place
 * (errinfo_at).
 *
 * Thread rule: an errinfo belongs to one thread at a time. Nothing here allocates.
 */
#ifndef FAIRLEAD_BASE_ERR_H
#define FAIRLEAD_BASE_ERR_H

#include <stdarg.h>

#define ERR_CHECK __attribute__((warn_unused_result))

enum err {
    ERR_OK = 0,
    ERR_MEMORY,    /* an allocation failed */
    ERR_IO,        /* the operating system refused: file, socket, disk full */
    ERR_INPUT,     /* what came from outside is wrong; the words say how to mend it */
    ERR_LIMIT,     /* a stated limit (size, depth, count) is exceeded */
    ERR_NOT_FOUND, /* what was named does not exist */
    ERR_CONFLICT,  /* the record changed meanwhile, or two statements contradict */
    ERR_DENIED,    /* the acting user may not do this */
    ERR_STOPPED,   /* cancelled or out of time; nothing is half done */
    ERR_STORE,     /* the database reported an error */
    ERR_INTERNAL,  /* a broken invariant: a bug in this program */
};

enum { ERR_TEXT_MAX = 512, ERR_NAME_MAX = 256 };

struct errinfo {
    enum err code;
    char message[ERR_TEXT_MAX]; /* what is wrong, one sentence, no full stop needed */
    char hint[ERR_TEXT_MAX];    /* what was expected or what to do; may be empty */
    char file[ERR_NAME_MAX];    /* the input's name; empty when there is none */
    long line;                  /* 1-based; 0 = unknown */
    long column;                /* 1-based; 0 = unknown */
};

/* Empties an errinfo before use. */
void errinfo_init(struct errinfo *info);

/* Fills code and message and clears the rest; returns `code` so that `return err_set(...)` reads
 * well. */
enum err err_set(struct errinfo *info, enum err code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds what was expected or what to do. */
void err_hint(struct errinfo *info, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds the place in an input; `file` may be NULL, zero means unknown. */
void err_at(struct errinfo *info, const char *file, long line, long column);

/* Out of memory, said in words. */
enum err err_memory(struct errinfo *info);

/* The last operating system error (errno) on `what`, for example a path. */
enum err err_errno(struct errinfo *info, const char *action, const char *what);

/* A short stable word for a code: "memory", "input", ... */
const char *err_name(enum err code);

/* Writes "file:line:column: message. Hint" into `out`; always terminates it. */
void err_format(const struct errinfo *info, char *out, unsigned long size);

#endif
