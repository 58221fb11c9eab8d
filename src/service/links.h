/*
 * One-time links: a secret sent by mail that lets its account in once.
 *
 * A link signs in (for LINK_SIGN_IN_MS) or lets its owner choose a password (an invitation, or a
 * forgotten password, for LINK_PASSWORD_MS). Only the digest is stored. Looking at a link does not
 * use it up, because mail programs open links before people do; redeeming it does.
 *
 * Thread rule: that of the store and reader given. secret_start comes first (secret.h).
 */
#ifndef FAIRLEAD_SERVICE_LINKS_H
#define FAIRLEAD_SERVICE_LINKS_H

#include "service/secret.h"
#include "store/store.h"

enum link_purpose { LINK_SIGN_IN, LINK_SET_PASSWORD, LINK_PURPOSES };

#define LINK_SIGN_IN_MS (INT64_C(15) * 60 * 1000)
#define LINK_PASSWORD_MS (INT64_C(3) * 24 * 3600 * 1000)

/* The stable word of a purpose: sign-in, set-password. */
const char *links_purpose_code(enum link_purpose purpose);

struct link_target {
    int64_t id, account_id;
    enum link_purpose purpose;
};

/* Makes a link inside the open batch; the account's earlier ones of that purpose are void. */
enum err links_make(struct store *store, int64_t account_id, enum link_purpose purpose,
                    int64_t now_ms, struct secret *out, struct errinfo *info) ERR_CHECK;

/* Where a link leads; ERR_DENIED when there is none, it was used, or its time is over. */
enum err links_look(struct store_reader *reader, struct str secret, int64_t now_ms,
                    struct link_target *out, struct errinfo *info) ERR_CHECK;

/* The same inside the open batch, and uses it up. */
enum err links_redeem(struct store *store, struct str secret, int64_t now_ms,
                      struct link_target *out, struct errinfo *info) ERR_CHECK;

/* Voids every link of an account. */
enum err links_end(struct store *store, int64_t account_id, struct errinfo *info) ERR_CHECK;

/* Deletes the links whose time was over before `before_ms`; `deleted` counts. */
enum err links_sweep(struct store *store, int64_t before_ms, uint64_t *deleted,
                     struct errinfo *info) ERR_CHECK;

#endif
