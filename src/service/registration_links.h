/*
 * Links by which visitor organisations register themselves: buyers, delegations, institutions. An
 * organiser makes one for many ("Delegation of Bavaria", "Buyers at the autumn fair") and hands it
 * over as text or as a QR code. It works until its time is over, it was used as often as it may be,
 * or it is taken back. Only its digest is kept.
 *
 * Thread rule: that of the store and reader given. secret_start comes first (secret.h).
 */
#ifndef FAIRLEAD_SERVICE_REGISTRATION_LINKS_H
#define FAIRLEAD_SERVICE_REGISTRATION_LINKS_H

#include "base/buf.h"
#include "service/access.h"
#include "store/store.h"

enum {
    REGISTRATION_LINKS_MAX = 200, /* of an edition */
    REGISTRATION_NAME_MAX = 200,  /* bytes */
    REGISTRATION_USES_MAX = 10000,
    REGISTRATION_DAYS_MAX = 400,
};

struct registration_link {
    int64_t id, edition_id;
    char kind[16]; /* buyer, delegation, institution */
    char name[REGISTRATION_NAME_MAX + 1];
    int64_t uses_max, uses, created_ms, expires_ms;
};

struct registration_link_request {
    int64_t edition_id;
    struct str kind, name;
    int64_t uses_max, days;
    const char *origin; /* the address visitors use */
    int64_t now_ms;
};

/* Makes a link inside the open batch; `url` gets it, this once. ERR_DENIED without RIGHT_INVITE
 * everywhere; ERR_INPUT; ERR_NOT_FOUND without the edition; ERR_LIMIT. */
enum err registration_links_make(struct store *store, const struct access *by,
                                 const struct registration_link_request *request, struct buf *url,
                                 int64_t *id, struct errinfo *info) ERR_CHECK;

typedef enum err registration_link_fn(void *ctx, const struct registration_link *link,
                                      struct errinfo *info);
/* The links of an edition, also those that have ended. ERR_DENIED. */
enum err registration_links_each(struct store_reader *reader, const struct access *access,
                                 int64_t edition_id, registration_link_fn *fn, void *ctx,
                                 struct errinfo *info) ERR_CHECK;

/* Takes one back: it opens nothing any more. ERR_NOT_FOUND, ERR_DENIED. */
enum err registration_links_revoke(struct store *store, const struct access *by, int64_t id,
                                   struct errinfo *info) ERR_CHECK;

/* What a secret opens. ERR_DENIED, in one way of words, when it opens nothing at `now_ms`. One read
 * by index. */
enum err registration_links_look(struct store_reader *reader, struct str secret, int64_t now_ms,
                                 struct registration_link *out, struct errinfo *info) ERR_CHECK;

#endif
