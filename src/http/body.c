/* The body of a request while it comes in: see body.h. */
#include "http/body.h"

void http_body_begin(struct http_body *body, struct http_body_pool *pool, size_t max) {
    *body = (struct http_body){.pool = pool, .max = max};
    buf_init(&body->bytes, max);
}

/* Counts `len` bytes in the pool when they fit. */
static bool count(struct http_body *body, size_t len) {
    size_t before = atomic_fetch_add(&body->pool->used, len);
    if (before <= body->pool->bytes_max && len <= body->pool->bytes_max - before) {
        body->counted += len;
        return true;
    }
    atomic_fetch_sub(&body->pool->used, len);
    return false;
}

bool http_body_add(struct http_body *body, const char *bytes, size_t len) {
    bool fits = len <= body->max - body->bytes.len;
    if (body->thrown_away == 0 && fits && !body->is_short) {
        body->is_short = !count(body, len);
        if (!body->is_short)
            buf_add(&body->bytes, bytes, len);
        if (buf_error(&body->bytes, NULL) != ERR_OK)
            body->is_short = true;
        if (!body->is_short)
            return true;
    }
    body->thrown_away += len;
    return body->thrown_away <= body->max;
}

enum http_body_state http_body_state(const struct http_body *body) {
    if (body->is_short)
        return HTTP_BODY_NO_ROOM;
    return body->thrown_away > 0 ? HTTP_BODY_TOO_LARGE : HTTP_BODY_TAKEN;
}

struct str http_body_str(const struct http_body *body) {
    struct str bytes = buf_str(&body->bytes);
    return bytes.ptr != NULL ? bytes : STR("");
}

void http_body_release(struct http_body *body) {
    if (body->pool == NULL)
        return;
    atomic_fetch_sub(&body->pool->used, body->counted);
    buf_release(&body->bytes);
    *body = (struct http_body){.pool = NULL};
}
