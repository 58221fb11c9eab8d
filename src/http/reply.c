/* Replies: see http.h. */
#include "http/http.h"

struct str http_request_header(const struct http_request *request, const char *name) {
    for (size_t i = 0; i < request->header_count; i++)
        if (str_equal_nocase(request->headers[i].name, str_of(name)))
            return request->headers[i].value;
    return (struct str){NULL, 0};
}

struct str http_request_query(const struct http_request *request, const char *name) {
    for (size_t i = 0; i < request->query_count; i++)
        if (str_equal_c(request->query[i].name, name))
            return request->query[i].value;
    return (struct str){NULL, 0};
}

void http_reply_header(struct http_reply *reply, const char *name, struct str value) {
    if (reply->header_count < HTTP_REPLY_HEADERS_MAX)
        reply->headers[reply->header_count++] = (struct http_header){str_of(name), value};
}

void http_reply_redirect(struct http_reply *reply, unsigned status, struct str path) {
    reply->status = status;
    http_reply_header(reply, "Location", path);
}

/* Whether a list of entity tags names `etag`, by weak comparison (RFC 9110, 8.8.3.2). */
static bool names_tag(struct str list, struct str etag) {
    struct str item;
    while (str_next(&list, ",", &item)) {
        item = str_trim(item);
        if (str_equal_c(item, "*"))
            return true;
        if (str_starts(item, STR("W/")))
            item = str_sub(item, 2, item.len);
        if (item.len >= 2 && item.ptr[0] == '"' && item.ptr[item.len - 1] == '"' &&
            str_equal(str_sub(item, 1, item.len - 1), etag))
            return true;
    }
    return false;
}

bool http_reply_is_fresh(const struct http_request *request, struct http_reply *reply,
                         struct str etag) {
    reply->etag = etag;
    for (size_t i = 0; i < request->header_count; i++) {
        if (str_equal_nocase(request->headers[i].name, STR("If-None-Match")) &&
            names_tag(request->headers[i].value, etag)) {
            reply->status = 304;
            return true;
        }
    }
    return false;
}

/* Whether a weight like "q=0.000" says no (RFC 9110, 12.4.2). */
static bool is_zero_weight(struct str parameter) {
    parameter = str_trim(parameter);
    if (!str_starts(parameter, STR("q=")) && !str_starts(parameter, STR("Q=")))
        return false;
    for (size_t i = 2; i < parameter.len; i++)
        if (parameter.ptr[i] != '0' && parameter.ptr[i] != '.')
            return false;
    return true;
}

static bool takes_gzip(const struct http_request *request) {
    struct str list = http_request_header(request, "Accept-Encoding"), item;
    while (str_next(&list, ",", &item)) {
        struct str name, parameter = STR("");
        if (!str_next(&item, ";", &name) || !str_equal_nocase(str_trim(name), STR("gzip")))
            continue;
        return !(str_next(&item, ";", &parameter) && is_zero_weight(parameter));
    }
    return false;
}

void http_reply_asset(const struct http_request *request, struct http_reply *reply,
                      const struct http_asset *asset) {
    reply->content_type = asset->content_type;
    reply->varies_by_encoding = asset->gzip.len > 0;
    if (str_equal_c(http_request_query(request, "v"), asset->etag))
        reply->cache = "public, max-age=31536000, immutable";
    if (http_reply_is_fresh(request, reply, str_of(asset->etag)))
        return;
    bool gzip = asset->gzip.len > 0 && takes_gzip(request);
    reply->fixed = gzip ? asset->gzip : asset->plain;
    reply->encoding = gzip ? "gzip" : NULL;
}
