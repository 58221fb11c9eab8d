/*
 * Throttle: sign-ins are slowed after failures, per account and per address, and nobody is locked
 * out.
 *
 * A few failures are free; each further one doubles the wait before the next try counts, up to a
 * most: a minute for an account, fifteen for an address. So one address guesses four passwords an
 * hour, and all addresses together sixty for one account (OWASP ASVS 4.0.3, 2.2.1 allows 100). The
 * owner, who would wait with the guessers, is let past the account's wait where that account is
 * known to the address: where it signed in before. Failures are forgotten after a right sign-in,
 * and a day after the last.
 *
 * Keys are digests, so that the table holds neither mail addresses nor network addresses. A network
 * address of IPv6 counts by its /64, which one customer has.
 *
 * Thread rule: that of the store and reader given.
 */
#ifndef FAIRLEAD_SERVICE_THROTTLE_H
#define FAIRLEAD_SERVICE_THROTTLE_H

#include "service/secret.h"
#include "store/store.h"

enum throttle_kind {
    THROTTLE_ACCOUNT,      /* sign-ins to one mail address, known or not */
    THROTTLE_ADDRESS,      /* sign-ins from one network address */
    THROTTLE_MAIL,         /* links asked for one mail address: each one is a mail to somebody */
    THROTTLE_MAIL_ADDRESS, /* links asked for from one network address */
    THROTTLE_KINDS
};

struct throttle_key {
    enum throttle_kind kind;
    struct secret_digest digest;
};

/* The key of a mail address or of a network address ("192.0.2.7", "2001:db8::1"). */
struct throttle_key throttle_key_of(enum throttle_kind kind, struct str what);

/* How long from now until a try counts; 0 = now. */
enum err throttle_wait(struct store_reader *reader, const struct throttle_key *key, int64_t now_ms,
                       int64_t *wait_ms, struct errinfo *info) ERR_CHECK;

/* Notes a failure, or a link sent; forgets those of a key. Inside the open batch. */
enum err throttle_note(struct store *store, const struct throttle_key *key, int64_t now_ms,
                       struct errinfo *info) ERR_CHECK;
enum err throttle_forget(struct store *store, const struct throttle_key *key,
                         struct errinfo *info) ERR_CHECK;

/* Deletes what was noted last before `before_ms`; `deleted` counts. */
enum err throttle_sweep(struct store *store, int64_t before_ms, uint64_t *deleted,
                        struct errinfo *info) ERR_CHECK;

#endif
