/* The address of a client: see client.h. */
#include "http/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>

enum { PREFIX_BYTES = 8 };

/* No IPv6 source address begins with these bits: ff00::/8 is multicast (RFC 4291, 2.7). */
static const uint64_t IPV4_MARK = UINT64_C(0xFFFF) << 48;

static void set_unknown(struct http_client *client) {
    *client = (struct http_client){.id = 0, .text = "-"};
}

static void set_ipv4(struct http_client *client, const struct in_addr *address) {
    client->id = IPV4_MARK | ntohl(address->s_addr);
    inet_ntop(AF_INET, address, client->text, sizeof(client->text));
}

static void set_ipv6(struct http_client *client, const struct in6_addr *address) {
    if (IN6_IS_ADDR_V4MAPPED(address)) {
        struct in_addr inside;
        memcpy(&inside, &address->s6_addr[12], sizeof(inside));
        set_ipv4(client, &inside);
        return;
    }
    client->id = 0;
    for (size_t i = 0; i < PREFIX_BYTES; i++)
        client->id = client->id << 8 | address->s6_addr[i];
    if (client->id == 0) /* ::1 and its like: known, and not one with what is not known */
        client->id = 1;
    inet_ntop(AF_INET6, address, client->text, sizeof(client->text));
}

void http_client_of_socket(struct http_client *client, const struct sockaddr *address) {
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    set_unknown(client);
    if (address == NULL)
        return;
    if (address->sa_family == AF_INET) {
        memcpy(&v4, address, sizeof(v4));
        set_ipv4(client, &v4.sin_addr);
    } else if (address->sa_family == AF_INET6) {
        memcpy(&v6, address, sizeof(v6));
        set_ipv6(client, &v6.sin6_addr);
    }
}

/* Takes brackets and port off; what is left is an address alone, or nonsense. */
static bool strip_port(struct str *text) {
    uint32_t port;
    struct str after = {NULL, 0};
    if (text->len > 0 && text->ptr[0] == '[') {
        size_t end = str_find(*text, STR("]"));
        if (end == SIZE_MAX)
            return false;
        after = str_sub(*text, end + 1, text->len);
        *text = str_sub(*text, 1, end);
        if (str_find(*text, STR(":")) == SIZE_MAX || (after.len > 0 && after.ptr[0] != ':'))
            return false;
    } else {
        size_t colon = str_find(*text, STR(":"));
        if (colon == SIZE_MAX ||
            str_find(str_sub(*text, colon + 1, text->len), STR(":")) != SIZE_MAX)
            return true; /* IPv4, or IPv6 without brackets, which has no port */
        after = str_sub(*text, colon, text->len);
        *text = str_sub(*text, 0, colon);
        if (str_find(*text, STR(".")) == SIZE_MAX)
            return false;
    }
    return after.len == 0 || (str_to_u32(str_sub(after, 1, after.len), &port) && port <= 65535);
}

bool http_client_read(struct http_client *client, struct str text) {
    char copy[HTTP_CLIENT_TEXT_MAX];
    struct in_addr v4;
    struct in6_addr v6;
    set_unknown(client);
    text = str_trim(text);
    if (!strip_port(&text) || text.len == 0 || text.len >= sizeof(copy) ||
        memchr(text.ptr, '\0', text.len) != NULL)
        return false;
    snprintf(copy, sizeof(copy), "%.*s", STR_ARG(text));
    if (inet_pton(AF_INET, copy, &v4) == 1)
        set_ipv4(client, &v4);
    else if (inet_pton(AF_INET6, copy, &v6) == 1)
        set_ipv6(client, &v6);
    return client->id != 0;
}

bool http_client_is_proxy(const struct http_client *peer, const char *proxy) {
    struct http_client named;
    if (proxy == NULL)
        return false;
    if (strcmp(proxy, "loopback") == 0)
        return str_starts(str_of(peer->text), STR("127.")) || strcmp(peer->text, "::1") == 0;
    return http_client_read(&named, str_of(proxy)) && strcmp(peer->text, named.text) == 0;
}

void http_client_behind(struct http_client *client, const struct http_client *peer,
                        const struct http_request *request) {
    struct str last = {NULL, 0}, list, member;
    for (size_t i = 0; i < request->header_count; i++) {
        if (!str_equal_nocase(request->headers[i].name, STR("X-Forwarded-For")))
            continue;
        list = request->headers[i].value;
        while (str_next(&list, ",", &member))
            last = member;
    }
    if (last.ptr == NULL || !http_client_read(client, last))
        *client = *peer;
}
