/*
 * Who made a browser send a request: see http.h.
 *
 * Sec-Fetch-Site goes first, because it holds behind any proxy, whatever name visitors use.
 * Browsers without it (Safari before 16.4) send Origin with every write; it is compared with Host,
 * without the scheme, which a proxy that ends TLS does not pass on.
 */
#include "http/http.h"

static bool is_same_host(struct str origin, struct str host) {
    size_t from = str_find(origin, STR("://"));
    return from != SIZE_MAX && host.len > 0 &&
           str_equal_nocase(str_sub(origin, from + 3, origin.len), host);
}

enum http_origin http_request_origin(const struct http_request *request) {
    struct str site = http_request_header(request, "Sec-Fetch-Site");
    struct str origin = http_request_header(request, "Origin");
    if (site.ptr != NULL)
        return str_equal_c(site, "same-origin") || str_equal_c(site, "none") ? HTTP_ORIGIN_OURS
                                                                             : HTTP_ORIGIN_OTHER;
    if (origin.ptr == NULL)
        return HTTP_ORIGIN_UNSAID;
    return is_same_host(origin, http_request_header(request, "Host")) ? HTTP_ORIGIN_OURS
                                                                      : HTTP_ORIGIN_OTHER;
}
