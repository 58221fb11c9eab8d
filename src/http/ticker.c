/* Tickers: see ticker.h. */
#include "http/ticker.h"

#include <time.h>

enum { EVERY_NS = 250 * 1000 * 1000 };

static void *run(void *arg) {
    struct http_ticker *ticker = arg;
    pthread_mutex_lock(&ticker->lock);
    while (!ticker->stopping) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += EVERY_NS;
        if (until.tv_nsec >= 1000000000) {
            until.tv_nsec -= 1000000000;
            until.tv_sec++;
        }
        pthread_cond_timedwait(&ticker->wake, &ticker->lock, &until);
        if (ticker->stopping)
            break;
        pthread_mutex_unlock(&ticker->lock);
        ticker->tick(ticker->ctx);
        pthread_mutex_lock(&ticker->lock);
    }
    pthread_mutex_unlock(&ticker->lock);
    return NULL;
}

enum err http_ticker_start(struct http_ticker *ticker, http_tick *tick, void *ctx,
                           struct errinfo *info) {
    pthread_condattr_t monotonic;
    *ticker = (struct http_ticker){.tick = tick, .ctx = ctx};
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&ticker->lock, NULL);
    pthread_cond_init(&ticker->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&ticker->thread, NULL, run, ticker) == 0)
        return ERR_OK;
    pthread_cond_destroy(&ticker->wake);
    pthread_mutex_destroy(&ticker->lock);
    return err_set(info, ERR_IO, "no thread can be started beside the HTTP server");
}

void http_ticker_stop(struct http_ticker *ticker) {
    pthread_mutex_lock(&ticker->lock);
    ticker->stopping = true;
    pthread_cond_signal(&ticker->wake);
    pthread_mutex_unlock(&ticker->lock);
    pthread_join(ticker->thread, NULL);
    pthread_cond_destroy(&ticker->wake);
    pthread_mutex_destroy(&ticker->lock);
}
