/*
 * A streaming JSON writer (RFC 8259) into a buffer.
 *
 * Commas and quotes are set by the writer; the caller opens, names and closes. Text must be UTF-8;
 * bytes that are not are written as U+FFFD, so the output is always valid. Reading JSON is not here
 * (jansson).
 *
 *     struct json_out j; json_init(&j, &buf);
 *     json_open(&j); json_key(&j, "name"); json_text(&j, name); json_close(&j);
 */
#ifndef FAIRLEAD_BASE_JSON_H
#define FAIRLEAD_BASE_JSON_H

#include "base/buf.h"

struct json_out {
    struct buf *out;
    bool first;     /* private: no comma before the next value */
    bool after_key; /* private */
};

void json_init(struct json_out *j, struct buf *out);
void json_open(struct json_out *j);       /* { */
void json_close(struct json_out *j);      /* } */
void json_open_list(struct json_out *j);  /* [ */
void json_close_list(struct json_out *j); /* ] */
void json_key(struct json_out *j, const char *key);
void json_text(struct json_out *j, struct str text);
void json_i64(struct json_out *j, int64_t value);
/* Shortest form that reads back equal; not finite becomes null. */
void json_double(struct json_out *j, double value);
void json_bool(struct json_out *j, bool value);
/* null. (The name json_null is taken by jansson, whose calls would land here.) */
void json_none(struct json_out *j);
/* A value that is JSON already. */
void json_raw(struct json_out *j, struct str json);

/* key and text in one */
void json_key_text(struct json_out *j, const char *key, struct str text);
void json_key_i64(struct json_out *j, const char *key, int64_t value);

#endif
