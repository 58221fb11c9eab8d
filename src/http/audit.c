/* The audit of a request's head: see audit.h. */
#include "http/audit.h"

/* tchar of RFC 9110, 5.6.2 */
static bool is_token(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool alphanumeric =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!alphanumeric && (c == '\0' || strchr("!#$%&'*+-.^_`|~", c) == NULL))
            return false;
    }
    return s.len > 0;
}

static bool is_value(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if ((c < 0x20 && c != '\t') || c == 0x7F)
            return false;
    }
    return true;
}

/* Characters of a host with port (RFC 3986, 3.2.2), without user information. */
static bool is_host(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool alphanumeric =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!alphanumeric && (c == '\0' || strchr("-._~%!$&'()*+,;=:[]", c) == NULL))
            return false;
    }
    return s.len > 0;
}

static bool is_number(struct str s) {
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0;
}

static bool is_zero(struct str digits) {
    for (size_t i = 0; i < digits.len; i++)
        if (digits.ptr[i] != '0')
            return false;
    return true;
}

static unsigned refuse(unsigned status, const char *words, const char **why) {
    *why = words;
    return status;
}

unsigned http_audit_head(struct str method, struct str version, const struct http_header *headers,
                         size_t count, const char **why) {
    bool is_1_1 = str_equal_c(version, "HTTP/1.1");
    size_t hosts = 0, lengths = 0, codings = 0;
    bool has_body = false;
    if (!is_1_1 && !str_equal_c(version, "HTTP/1.0"))
        return refuse(505, "only HTTP/1.1 and HTTP/1.0 are spoken here", why);
    if (!is_token(method))
        return refuse(400, "the method is not a token", why);
    for (size_t i = 0; i < count; i++) {
        const struct http_header *h = &headers[i];
        if (!is_token(h->name))
            return refuse(400, "a header name is not a token", why);
        if (!is_value(h->value))
            return refuse(400, "a header value holds a control character", why);
        if (str_equal_nocase(h->name, STR("Host"))) {
            hosts++;
            if (!is_host(h->value))
                return refuse(400, "the Host header is not a host", why);
        } else if (str_equal_nocase(h->name, STR("Content-Length"))) {
            lengths++;
            if (!is_number(h->value))
                return refuse(400, "Content-Length is not a number", why);
            has_body = has_body || !is_zero(h->value);
        } else if (str_equal_nocase(h->name, STR("Transfer-Encoding"))) {
            codings++;
        }
    }
    if (hosts > 1 || (hosts == 0 && is_1_1))
        return refuse(400, "exactly one Host header is expected", why);
    if (lengths > 1)
        return refuse(400, "more than one Content-Length", why);
    if (codings > 0 && (lengths > 0 || !is_1_1))
        return refuse(400, "Transfer-Encoding with Content-Length or in HTTP/1.0", why);
    if (codings > 0 || has_body)
        return refuse(413, "requests with a body are not taken", why);
    return 0;
}
