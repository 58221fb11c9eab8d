/*
 * Listening sockets from written addresses.
 */
#ifndef FAIRLEAD_HTTP_LISTEN_H
#define FAIRLEAD_HTTP_LISTEN_H

#include "http/http.h"

/*
 * Opens a listening socket on "host:port" or "[v6]:port"; port 0 takes any free one. `address`
 * becomes the URL with the real port. The caller closes `fd`. ERR_INPUT, ERR_IO.
 */
enum err http_listen(const char *where, int *fd, char address[HTTP_ADDRESS_MAX],
                     struct errinfo *info) ERR_CHECK;

#endif
