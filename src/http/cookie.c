/*
 * Cookies: see http.h. A browser's line is read piece by piece and what is broken is passed over,
 * because other programs under the same name set cookies, too, and theirs are not our business.
 */
#include "http/http.h"

/* cookie-octet of RFC 6265, 4.1.1 */
static bool is_cookie_octet(char c) {
    return c > 0x20 && c < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
}

static bool is_cookie_value(struct str value) {
    for (size_t i = 0; i < value.len; i++)
        if (!is_cookie_octet(value.ptr[i]))
            return false;
    return true;
}

/* The value of `name` in one line of cookies; ptr NULL when it is not there. */
static struct str find_in(struct str line, struct str name) {
    struct str pair;
    while (str_next(&line, ";", &pair)) {
        pair = str_trim(pair);
        size_t equals = str_find(pair, STR("="));
        if (equals == SIZE_MAX || !str_equal(str_sub(pair, 0, equals), name))
            continue;
        struct str value = str_sub(pair, equals + 1, pair.len);
        if (value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"')
            value = str_sub(value, 1, value.len - 1);
        if (is_cookie_value(value))
            return value;
    }
    return (struct str){NULL, 0};
}

struct str http_request_cookie(const struct http_request *request, const char *name) {
    struct str found = {NULL, 0};
    for (size_t i = 0; found.ptr == NULL && i < request->header_count; i++)
        if (str_equal_nocase(request->headers[i].name, STR("Cookie")))
            found = find_in(request->headers[i].value, str_of(name));
    return found;
}

enum err http_reply_cookie(const struct http_request *request, struct http_reply *reply,
                           const struct http_cookie *cookie, struct errinfo *info) {
    struct buf line;
    if (!is_cookie_value(cookie->value))
        return err_set(info, ERR_INTERNAL, "the cookie %s cannot have such a value", cookie->name);
    buf_init(&line, HTTP_HEADER_SIZE_MAX);
    buf_printf(&line, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax", cookie->name,
               STR_ARG(cookie->value));
    if (cookie->value.len == 0)
        buf_add_c(&line, "; Max-Age=0");
    else if (cookie->age_s > 0)
        buf_printf(&line, "; Max-Age=%lld", (long long)cookie->age_s);
    if (cookie->is_secure)
        buf_add_c(&line, "; Secure");
    enum err e = buf_error(&line, info);
    struct str copy = arena_copy(request->arena, buf_str(&line));
    buf_release(&line);
    if (e != ERR_OK)
        return e;
    if (copy.ptr == NULL)
        return err_memory(info);
    http_reply_header(reply, "Set-Cookie", copy);
    return ERR_OK;
}
