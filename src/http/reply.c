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

bool http_request_has(const struct http_request *request, struct str etag) {
    for (size_t i = 0; i < request->header_count; i++)
        if (str_equal_nocase(request->headers[i].name, STR("If-None-Match")) &&
            names_tag(request->headers[i].value, etag))
            return true;
    return false;
}

void http_reply_asset(const struct http_request *request, struct http_reply *reply,
                      const struct http_asset *asset) {
    reply->content_type = asset->content_type;
    reply->etag = str_of(asset->etag);
    reply->fixed = asset->content;
    if (str_equal_c(http_request_query(request, "v"), asset->etag))
        reply->cache = "public, max-age=31536000, immutable";
    else
        reply->once = true; /* anybody can write any number of other addresses */
}

/* attr-char of RFC 8187, 3.2.1 */
static bool is_attr_char(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c != '\0' && strchr("!#$&+-.^_`|~", c) != NULL);
}

void http_reply_file(struct http_reply *reply, int file, int64_t bytes) {
    reply->has_file = true;
    reply->file = file;
    reply->file_bytes = bytes;
}

enum err http_reply_download(const struct http_request *request, struct http_reply *reply,
                             struct str name, struct errinfo *info) {
    struct buf value;
    buf_init(&value, HTTP_HEADER_SIZE_MAX);
    buf_add_c(&value, "attachment; filename=\"");
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool plain = c >= ' ' && c <= '~' && strchr("\"\\%/", c) == NULL;
        if (plain)
            buf_add_char(&value, c);
        else if ((c & 0xC0) != 0x80) /* one for a character, not for each of its bytes */
            buf_add_char(&value, '_');
    }
    buf_add_c(&value, "\"; filename*=UTF-8''");
    for (size_t i = 0; i < name.len; i++) {
        if (is_attr_char(name.ptr[i]))
            buf_add_char(&value, name.ptr[i]);
        else
            buf_printf(&value, "%%%02X", (unsigned char)name.ptr[i]);
    }
    enum err e = buf_error(&value, info);
    struct str copy = arena_copy(request->arena, buf_str(&value));
    buf_release(&value);
    if (e != ERR_OK)
        return e;
    if (copy.ptr == NULL)
        return err_memory(info);
    http_reply_header(reply, "Content-Disposition", copy);
    return ERR_OK;
}
