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

/* Decimal digits, and nothing else: no sign, no blank, no list (RFC 9110, 8.6). */
static bool read_length(struct str s, uint64_t *length) {
    *length = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
        unsigned digit = (unsigned)(s.ptr[i] - '0');
        *length = *length > (UINT64_MAX - digit) / 10 ? UINT64_MAX : *length * 10 + digit;
    }
    return s.len > 0;
}

static unsigned refuse(unsigned status, const char *words, const char **why) {
    *why = words;
    return status;
}

/* Counts of the headers that may come once. */
struct counts {
    size_t hosts, lengths, codings, expectations;
};

/* Looks at one header; 0 or the status of a refusal. */
static unsigned audit_header(const struct http_header *h, struct counts *counts,
                             struct http_framing *framing, const char **why) {
    if (!is_token(h->name))
        return refuse(400, "a header name is not a token", why);
    if (!is_value(h->value))
        return refuse(400, "a header value holds a control character", why);
    if (str_equal_nocase(h->name, STR("Host"))) {
        counts->hosts++;
        if (!is_host(str_trim(h->value)))
            return refuse(400, "the Host header is not a host", why);
    } else if (str_equal_nocase(h->name, STR("Content-Length"))) {
        counts->lengths++;
        if (!read_length(h->value, &framing->length))
            return refuse(400, "Content-Length is not a number", why);
    } else if (str_equal_nocase(h->name, STR("Transfer-Encoding"))) {
        counts->codings++;
        framing->is_chunked = str_equal_nocase(h->value, STR("chunked"));
    } else if (str_equal_nocase(h->name, STR("Expect"))) {
        counts->expectations++;
        if (!str_equal_nocase(h->value, STR("100-continue")))
            return refuse(417, "nothing but 100-continue can be expected", why);
    }
    return 0;
}

unsigned http_audit_head(struct str method, struct str version, const struct http_header *headers,
                         size_t count, struct http_framing *framing, const char **why) {
    bool is_1_1 = str_equal_c(version, "HTTP/1.1");
    struct counts counts = {.hosts = 0};
    *framing = (struct http_framing){.length = 0};
    if (!is_1_1 && !str_equal_c(version, "HTTP/1.0"))
        return refuse(505, "only HTTP/1.1 and HTTP/1.0 are spoken here", why);
    if (!is_token(method))
        return refuse(400, "the method is not a token", why);
    for (size_t i = 0; i < count; i++) {
        unsigned status = audit_header(&headers[i], &counts, framing, why);
        if (status != 0)
            return status;
    }
    if (counts.hosts > 1 || (counts.hosts == 0 && is_1_1))
        return refuse(400, "exactly one Host header is expected", why);
    if (counts.lengths > 1)
        return refuse(400, "more than one Content-Length", why);
    if (counts.codings > 0 && (counts.lengths > 0 || !is_1_1))
        return refuse(400, "Transfer-Encoding with Content-Length or in HTTP/1.0", why);
    if (counts.codings > 1 || (counts.codings == 1 && !framing->is_chunked))
        return refuse(501, "the only transfer coding that is known here is chunked", why);
    if (counts.expectations > 1)
        return refuse(400, "more than one Expect", why);
    return 0;
}

unsigned http_audit_target(const struct http_request *request, struct str target,
                           const char **why) {
    for (size_t i = 0; i < target.len; i++) {
        unsigned char c = (unsigned char)target.ptr[i];
        if (c <= 0x20 || c == 0x7F || c == '#')
            return refuse(400, "the address holds a blank, a control character or a fragment", why);
    }
    struct str host = http_target_host(target);
    if (host.ptr != NULL && !str_equal_nocase(host, http_request_header(request, "Host")))
        return refuse(400, "the address and the Host header name two hosts", why);
    return 0;
}
