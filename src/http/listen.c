/* Listening sockets: see listen.h. */
#include "http/listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024, HOST_MAX = 64 };

/* Cuts "host:port" at the last colon and takes the brackets off an IPv6 host. */
static enum err split_address(const char *where, char host[HOST_MAX], char port[8],
                              struct errinfo *info) {
    struct str whole = str_of(where), name, digits;
    size_t colon = whole.len;
    uint32_t number;
    while (colon > 0 && whole.ptr[colon - 1] != ':')
        colon--;
    if (colon == 0)
        goto unreadable;
    name = str_sub(whole, 0, colon - 1);
    digits = str_sub(whole, colon, whole.len);
    if (name.len >= 2 && name.ptr[0] == '[' && name.ptr[name.len - 1] == ']')
        name = str_sub(name, 1, name.len - 1);
    else if (str_find(name, STR(":")) != SIZE_MAX)
        goto unreadable;
    if (name.len == 0 || name.len >= HOST_MAX || !str_to_u32(digits, &number) || number > 65535)
        goto unreadable;
    snprintf(host, HOST_MAX, "%.*s", STR_ARG(name));
    snprintf(port, 8, "%u", number);
    return ERR_OK;

unreadable:
    err_set(info, ERR_INPUT, "\"%s\" is not an address to listen on", where);
    err_hint(info, "write host:port, for example 127.0.0.1:8080 or [::1]:8080; port 0 takes any "
                   "free one");
    return ERR_INPUT;
}

static enum err write_url(int fd, char address[HTTP_ADDRESS_MAX], struct errinfo *info) {
    struct sockaddr_storage bound;
    socklen_t size = sizeof(bound);
    char host[HOST_MAX], port[8];
    if (getsockname(fd, (struct sockaddr *)&bound, &size) != 0 ||
        getnameinfo((struct sockaddr *)&bound, size, host, sizeof(host), port, sizeof(port),
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        return err_set(info, ERR_IO, "the address listened on cannot be read back");
    snprintf(address, HTTP_ADDRESS_MAX,
             bound.ss_family == AF_INET6 ? "http://[%s]:%s" : "http://%s:%s", host, port);
    return ERR_OK;
}

enum err http_listen(const char *where, int *fd, char address[HTTP_ADDRESS_MAX],
                     struct errinfo *info) {
    char host[HOST_MAX], port[8];
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    const int on = 1;
    int sock = -1;
    enum err e = split_address(where, host, port, info);
    if (e != ERR_OK)
        return e;
    if (getaddrinfo(host, port, &hints, &found) != 0) {
        e = err_set(info, ERR_INPUT, "\"%s\" is not an address of this machine", host);
        goto done;
    }
    sock = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (sock < 0 || setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 ||
        (found->ai_family == AF_INET6 &&
         setsockopt(sock, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)) != 0) ||
        bind(sock, found->ai_addr, found->ai_addrlen) != 0 || listen(sock, BACKLOG) != 0) {
        bool taken = errno == EADDRINUSE;
        e = err_errno(info, "listen on", where);
        if (taken)
            err_hint(info, "another program listens there; choose another port, or 0 for any");
        goto done;
    }
    e = write_url(sock, address, info);
    if (e == ERR_OK) {
        *fd = sock;
        sock = -1;
    }

done:
    if (sock >= 0)
        close(sock);
    if (found != NULL)
        freeaddrinfo(found);
    return e;
}
