/*
 * A thread that does one small thing four times a second: what must not wait for a request.
 *
 * Life cycle: http_ticker_start, http_ticker_stop. The function runs on the ticker's thread, never
 * twice at once; it does not run any more when http_ticker_stop returns.
 */
#ifndef FAIRLEAD_HTTP_TICKER_H
#define FAIRLEAD_HTTP_TICKER_H

#include <pthread.h>
#include <stdbool.h>

#include "base/err.h"

typedef void http_tick(void *ctx);

struct http_ticker {
    pthread_t thread; /* all private */
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stopping;
    http_tick *tick;
    void *ctx;
};

/* ERR_IO when no thread can be started. */
enum err http_ticker_start(struct http_ticker *ticker, http_tick *tick, void *ctx,
                           struct errinfo *info) ERR_CHECK;
void http_ticker_stop(struct http_ticker *ticker);

#endif
