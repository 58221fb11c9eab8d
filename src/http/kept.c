/*
 * Kept replies: see kept.h.
 *
 * The tag is weak, one for all codings of a content, because a proxy may code it again; it is the
 * length and a 64-bit hash of the plain body, so that a page drawn anew with the same content is
 * still the one that the client has.
 */
#include "http/kept.h"

#include <inttypes.h>
#include <microhttpd.h>
#include <stdio.h>

#include "base/mem.h"
#include "http/accept.h"
#include "http/gzip.h"
#include "http/response.h"

/* Takes the body of the reply out of it; static bytes are lent. */
static struct http_form take_plain(struct http_reply *reply) {
    struct http_form form = {.body = STR("")};
    if (reply->fixed.ptr != NULL) {
        form.body = reply->fixed;
        buf_release(&reply->body);
    } else if (reply->body.ptr != NULL) {
        /* Buffers grow by doubling: what is kept for long gives back what it does not use. */
        char *fitting = mem_resize(reply->body.ptr, reply->body.len + 1, 1);
        form.body = (struct str){fitting != NULL ? fitting : reply->body.ptr, reply->body.len};
        form.is_given = true;
        buf_init(&reply->body, HTTP_REPLY_SIZE_MAX);
    }
    return form;
}

/* The gzipped form of `plain`, or one without a body when it is not worth it. */
static struct http_form make_gzip(const struct http_reply *reply, struct str plain) {
    struct http_form form = {.body = {NULL, 0}};
    struct buf packed;
    buf_init(&packed, HTTP_REPLY_SIZE_MAX);
    if (reply->content_type != NULL && http_gzip_fits(reply->content_type, plain.len) &&
        http_gzip(plain, &packed)) {
        char *fitting = mem_resize(packed.ptr, packed.len, 1);
        form.body = (struct str){fitting != NULL ? fitting : packed.ptr, packed.len};
        form.is_given = true;
        form.is_gzip = true;
    } else {
        buf_release(&packed);
    }
    return form;
}

static void set_tag(struct http_kept *kept, struct http_reply *reply, struct str plain) {
    if (reply->etag.len > 0 && reply->etag.len < HTTP_TAG_MAX)
        snprintf(kept->etag, HTTP_TAG_MAX, "%.*s", STR_ARG(reply->etag));
    else
        snprintf(kept->etag, HTTP_TAG_MAX, "%zx-%016" PRIx64, plain.len, str_hash(plain));
    reply->etag = str_of(kept->etag);
}

/* Builds the form that is kept; false when memory is short. */
static bool make_form(struct http_kept *kept, struct http_reply *reply) {
    struct http_form plain = take_plain(reply);
    struct http_form gzip = make_gzip(reply, plain.body);
    struct http_form *form = gzip.is_gzip ? &gzip : &plain;
    kept->status = reply->status;
    kept->plain_bytes = plain.body.len;
    set_tag(kept, reply, plain.body);
    if (gzip.is_gzip) {
        gzip.has_others = true;
        kept->packed = gzip.body;
        kept->gzip = http_response_new(reply, &gzip);
        if (plain.is_given)
            mem_free((void *)(uintptr_t)plain.body.ptr);
    } else {
        atomic_store(&kept->plain, http_response_new(reply, &plain));
    }
    kept->size_bytes += (form->is_given ? form->body.len : 0) + HTTP_FORM_OVERHEAD;
    return kept->gzip != NULL || atomic_load(&kept->plain) != NULL;
}

struct http_kept *http_kept_new(struct http_reply *reply, struct str key) {
    struct http_kept *kept = mem_new(1, sizeof(*kept) + key.len + 1);
    if (kept == NULL) {
        buf_release(&reply->body);
        return NULL;
    }
    char *copy = (char *)(kept + 1);
    if (key.len > 0)
        memcpy(copy, key.ptr, key.len);
    kept->key = (struct str){copy, key.len};
    kept->size_bytes = sizeof(*kept) + key.len + 1;
    atomic_init(&kept->users, 1);
    if (!make_form(kept, reply)) {
        http_kept_put(kept);
        return NULL;
    }
    return kept;
}

struct MHD_Response *http_kept_form(const struct http_kept *kept,
                                    const struct http_request *request, unsigned *status) {
    *status = http_request_has(request, str_of(kept->etag)) ? 304 : kept->status;
    return kept->gzip != NULL && http_accepts_gzip(request) ? kept->gzip
                                                            : atomic_load(&kept->plain);
}

size_t http_kept_unpack(struct http_kept *kept) {
    struct MHD_Response *none = NULL;
    char *body = mem_new(kept->plain_bytes, 1);
    if (body == NULL)
        return 0;
    if (!http_gunzip(kept->packed, body, kept->plain_bytes)) {
        mem_free(body);
        return 0;
    }
    struct MHD_Response *plain =
        http_response_plain(kept->gzip, (struct str){body, kept->plain_bytes});
    if (plain == NULL)
        return 0;
    if (!atomic_compare_exchange_strong(&kept->plain, &none, plain)) {
        MHD_destroy_response(plain);
        return 0;
    }
    return kept->plain_bytes + HTTP_FORM_OVERHEAD;
}

void http_kept_use(struct http_kept *kept) {
    atomic_fetch_add_explicit(&kept->users, 1, memory_order_relaxed);
}

void http_kept_put(struct http_kept *kept) {
    if (kept == NULL || atomic_fetch_sub(&kept->users, 1) != 1)
        return;
    struct MHD_Response *plain = atomic_load(&kept->plain);
    if (plain != NULL)
        MHD_destroy_response(plain);
    if (kept->gzip != NULL)
        MHD_destroy_response(kept->gzip);
    mem_free(kept);
}
