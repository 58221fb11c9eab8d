/*
 * Invitations: a link that makes somebody a person of a participant (an exhibitor, or a buyer, a
 * delegation or an institution without a stand), and those persons.
 *
 * The organiser invites managers and members, a manager the members of its own organisation. The
 * link is mailed, or copied and handed over (as text or as a QR code). It works once, for
 * INVITATION_MS, until it is taken back. Only its digest is kept.
 *
 * Whoever opens it gives a mail address; where the invitation was mailed, it is that one. The role
 * goes to the account of the address, which is made when there is none, and a letter with a link
 * that lets in goes to it. So nobody comes in who cannot read mail of that address, and the reply
 * is the same whether the address had an account or not. An unknown link, one that was used, taken
 * back or has ended get one answer, too.
 *
 * Thread rule: that of the store and reader given. secret_start comes first (secret.h).
 */
#ifndef FAIRLEAD_SERVICE_INVITATIONS_H
#define FAIRLEAD_SERVICE_INVITATIONS_H

#include "base/buf.h"
#include "service/accounts.h"
#include "service/secret.h"

#define INVITATION_MS (INT64_C(14) * 24 * 3600 * 1000)
enum { INVITATIONS_OPEN_MAX = 50 /* of one participant */ };

struct invitation {
    int64_t id, participant_id;
    enum role role;
    struct mail_address email; /* empty = handed over */
    int64_t created_ms, expires_ms;
    bool used;
};

struct invitation_request {
    int64_t participant_id;
    enum role role;     /* of an exhibitor's person */
    struct str email;   /* empty = the link is handed over */
    enum lang language; /* of the letter */
    const char *origin; /* the address visitors use */
    int64_t now_ms;
};

/*
 * Makes an invitation inside the open batch and puts its letter, if any, into the outbox; `url`
 * gets the link, which is told this once. A new one to the same address takes the place of the old.
 * ERR_DENIED; ERR_NOT_FOUND without the participant; ERR_INPUT for a role or address that cannot
 * be; ERR_LIMIT when INVITATIONS_OPEN_MAX are open.
 */
enum err invitations_make(struct store *store, const struct access *by,
                          const struct invitation_request *request, struct buf *url, int64_t *id,
                          struct errinfo *info) ERR_CHECK;

/* Takes one back; ERR_NOT_FOUND also for one of another participant, ERR_DENIED. */
enum err invitations_revoke(struct store *store, const struct access *by, int64_t participant_id,
                            int64_t id, struct errinfo *info) ERR_CHECK;

typedef enum err invitation_fn(void *ctx, const struct invitation *invitation,
                               struct errinfo *info);
/* The invitations of a participant, the used ones too. ERR_DENIED without RIGHT_INVITE for it. */
enum err invitations_each(struct store_reader *reader, const struct access *access,
                          int64_t participant_id, invitation_fn *fn, void *ctx,
                          struct errinfo *info) ERR_CHECK;

/* What a link leads to, without using it up. ERR_DENIED, in one way of words, when it opens
 * nothing at `now_ms`. One read by index. */
enum err invitations_look(struct store_reader *reader, struct str secret, int64_t now_ms,
                          struct invitation *out, struct errinfo *info) ERR_CHECK;

/* Who accepts. */
struct invitation_answer {
    struct str secret;
    struct str email; /* not asked where the invitation was mailed */
    struct str name;  /* of an account that is made */
    enum lang language;
    int64_t now_ms;
};

/* Who joined. */
struct invitation_joined {
    int64_t account_id; /* 0 = its account is not active: no letter is due */
    bool made;          /* the account is new, and chooses its password */
};

/*
 * Uses an invitation up inside the open batch: the account of the address gets the role, unless it
 * is not active. ERR_DENIED as invitations_look; ERR_INPUT for an address or name that cannot be:
 * the link can be used again. door_join (door.h) throttles, and writes the letter that lets in.
 */
enum err invitations_accept(struct store *store, const struct invitation_answer *answer,
                            struct invitation_joined *out, struct errinfo *info) ERR_CHECK;

typedef enum err participant_person_fn(void *ctx, const struct account *account, enum role role,
                                       struct errinfo *info);
/* The persons of a participant, by the time they came. ERR_DENIED without RIGHT_PARTNER_READ. */
enum err participant_persons(struct store_reader *reader, const struct access *access,
                             int64_t participant_id, participant_person_fn *fn, void *ctx,
                             struct errinfo *info) ERR_CHECK;

/* Deletes the invitations whose time was over before `before_ms`; `deleted` counts. */
enum err invitations_sweep(struct store *store, int64_t before_ms, uint64_t *deleted,
                           struct errinfo *info) ERR_CHECK;

#endif
