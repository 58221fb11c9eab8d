/*
 * JSON from outside as a read-only tree (RFC 8259).
 *
 * Strict: UTF-8 only, no duplicate keys, no zero characters in texts, nothing behind the value,
 * integers of 64 bits kept exactly and larger ones refused, limits on size and depth. The keys of
 * an object keep their order. A layer over jansson, which stays inside this folder.
 *
 * The tree belongs to the arena. Thread rule: any thread may read it.
 */
#ifndef FAIRLEAD_EXCHANGE_JSON_READ_H
#define FAIRLEAD_EXCHANGE_JSON_READ_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum json_kind {
    JSON_KIND_NULL,
    JSON_KIND_BOOL,
    JSON_KIND_INTEGER,
    JSON_KIND_NUMBER, /* written with a fraction or an exponent */
    JSON_KIND_TEXT,
    JSON_KIND_LIST,
    JSON_KIND_OBJECT,
};

struct json_value {
    enum json_kind kind;
    bool boolean;
    int64_t integer;
    double number; /* of JSON_KIND_INTEGER too, rounded where a double must */
    struct str text;
    uint32_t count;                 /* of items */
    const struct json_value *items; /* of a list or an object */
    const struct str *keys;         /* of an object, beside its items */
};

struct json_limits {
    size_t bytes;   /* 0 = 64 MiB */
    uint32_t depth; /* of lists and objects in each other; 0 = 64, at most 1,000 */
};

/*
 * Reads the whole of `text`. ERR_INPUT and ERR_LIMIT come with line and column. `limits` may be
 * NULL. O(bytes).
 */
enum err json_read(struct str text, const struct json_limits *limits, struct arena *arena,
                   const struct json_value **out, struct errinfo *info) ERR_CHECK;

/* The value of a key of an object; NULL when it has none, or when `value` is NULL or no object. So
 * paths can be followed without checks: json_get(json_get(v, "a"), "b"). O(keys). */
const struct json_value *json_get(const struct json_value *value, const char *key);

#endif
