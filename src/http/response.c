/* Replies as the HTTP library sends them: see response.h. */
#include "http/response.h"

#include <unistd.h>

#include "base/mem.h"

enum { VALUE_SIZE_MAX = HTTP_HEADER_SIZE_MAX };

/* Pages have no inline script or style and load nothing from elsewhere. */
#define CONTENT_POLICY                                                                             \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "              \
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "

static bool add(struct MHD_Response *response, const char *name, const char *value) {
    return MHD_add_response_header(response, name, value) == MHD_YES;
}

/* What browsers may do with the reply. */
static bool add_security(struct MHD_Response *response, const struct http_reply *reply) {
    bool is_shared = (reply->access & (HTTP_OPEN | HTTP_EMBEDDABLE)) != 0;
    bool ok = true;
    if ((reply->access & HTTP_OPEN) != 0)
        ok = add(response, "Access-Control-Allow-Origin", "*") &&
             add(response, "Access-Control-Expose-Headers",
                 "Content-Disposition, ETag, Link, Location, Retry-After");
    return ok &&
           add(response, "Content-Security-Policy",
               (reply->access & HTTP_EMBEDDABLE) != 0 ? CONTENT_POLICY "*"
                                                      : CONTENT_POLICY "'none'") &&
           add(response, "X-Content-Type-Options", "nosniff") &&
           add(response, "Referrer-Policy", "same-origin") &&
           add(response, "Cross-Origin-Opener-Policy", "same-origin") &&
           add(response, "Cross-Origin-Resource-Policy",
               is_shared ? "cross-origin" : "same-origin");
}

/* What caches between need to know. */
static bool add_caching(struct MHD_Response *response, const struct http_reply *reply,
                        const struct http_form *form, struct buf *value) {
    bool ok = add(response, "Cache-Control", reply->cache != NULL ? reply->cache : "no-cache");
    if (form->has_others || reply->vary != NULL) {
        buf_clear(value);
        buf_printf(value, "%s%s%s", form->has_others ? "Accept-Encoding" : "",
                   form->has_others && reply->vary != NULL ? ", " : "",
                   reply->vary != NULL ? reply->vary : "");
        ok = ok && buf_error(value, NULL) == ERR_OK && add(response, "Vary", value->ptr);
    }
    if (reply->etag.len > 0) {
        buf_clear(value);
        buf_printf(value, "W/\"%.*s\"", STR_ARG(reply->etag));
        ok = ok && buf_error(value, NULL) == ERR_OK && add(response, "ETag", value->ptr);
    }
    return ok;
}

static bool add_headers(struct MHD_Response *response, const struct http_reply *reply,
                        const struct http_form *form) {
    struct buf value;
    buf_init(&value, VALUE_SIZE_MAX);
    bool ok = add_security(response, reply) && add_caching(response, reply, form, &value);
    if (reply->content_type != NULL)
        ok = ok && add(response, "Content-Type", reply->content_type);
    if (form->is_gzip)
        ok = ok && add(response, "Content-Encoding", "gzip");
    for (size_t i = 0; ok && i < reply->header_count; i++) {
        buf_clear(&value);
        buf_add_str(&value, reply->headers[i].value);
        ok = buf_error(&value, NULL) == ERR_OK &&
             add(response, reply->headers[i].name.ptr, value.ptr);
    }
    if (form->is_last)
        ok = ok && add(response, "Connection", "close");
    buf_release(&value);
    return ok;
}

static struct MHD_Response *wrap(struct str bytes, bool is_given) {
    void *body = (void *)(uintptr_t)bytes.ptr;
    struct MHD_Response *response =
        is_given ? MHD_create_response_from_buffer_with_free_callback(bytes.len, body, mem_free)
                 : MHD_create_response_from_buffer(bytes.len, body, MHD_RESPMEM_PERSISTENT);
    if (response == NULL && is_given)
        mem_free(body);
    return response;
}

/* The response closes the file when it is gone. */
static struct MHD_Response *wrap_file(const struct http_reply *reply) {
    struct MHD_Response *response =
        MHD_create_response_from_fd64((uint64_t)reply->file_bytes, reply->file);
    if (response == NULL)
        close(reply->file);
    return response;
}

struct MHD_Response *http_response_new(const struct http_reply *reply,
                                       const struct http_form *form) {
    struct MHD_Response *response =
        reply->has_file ? wrap_file(reply) : wrap(form->body, form->is_given);
    if (response != NULL && !add_headers(response, reply, form)) {
        MHD_destroy_response(response);
        return NULL;
    }
    return response;
}

static enum MHD_Result copy_header(void *cls, enum MHD_ValueKind kind, const char *name,
                                   const char *value) {
    if (strcmp(name, "Content-Encoding") == 0)
        return MHD_YES;
    return MHD_add_response_header(cls, name, value);
}

struct MHD_Response *http_response_plain(struct MHD_Response *gzip, struct str body) {
    struct MHD_Response *response = wrap(body, true);
    int count = MHD_get_response_headers(gzip, NULL, NULL);
    if (response == NULL)
        return NULL;
    MHD_get_response_headers(gzip, copy_header, response);
    if (MHD_get_response_headers(response, NULL, NULL) != count - 1) {
        MHD_destroy_response(response);
        return NULL;
    }
    return response;
}
