/*
 * How much work each client may cause: token buckets counted in nanoseconds of drawing.
 *
 * What is counted is the processor time that replies to a client's requests have cost, not their
 * number: replies from the cache are free, and thousands of phones behind the one address of an
 * exhibition hall share what they read. A bucket holds BURST_S seconds of its rate; a client that
 * has emptied it waits until it has flowed in again. A request is served whole when the bucket is
 * not empty and paid for afterwards, since its price is not known before, so a bucket can be in
 * debt; never by more than it holds when full, so that nobody waits longer than BURST_S seconds.
 *
 * Memory is bounded: the table has room for some ten thousand clients. A new one takes the place of
 * the fullest of eight buckets, whose owner loses least by being forgotten.
 *
 * Thread rule: any thread. O(1).
 */
#ifndef FAIRLEAD_HTTP_BUDGET_H
#define FAIRLEAD_HTTP_BUDGET_H

#include <stdint.h>

#include "base/err.h"

enum { HTTP_BUDGET_BURST_S = 20 };

struct http_budget;

/* `ns_per_s`: nanoseconds of work a client may cause a second, over 0. */
enum err http_budget_new(int64_t ns_per_s, struct http_budget **budget,
                         struct errinfo *info) ERR_CHECK;

/* NULL is allowed. */
void http_budget_free(struct http_budget *budget);

/* Whole seconds until the client may cause work again; 0 = now. `now_ns` never goes back. */
uint32_t http_budget_wait_s(struct http_budget *budget, uint64_t client, int64_t now_ns);

/* Takes what a request has cost from the client's bucket. */
void http_budget_pay(struct http_budget *budget, uint64_t client, int64_t cost_ns, int64_t now_ns);

#endif
