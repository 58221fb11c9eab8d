/*
 * The door: signing in and out, links by mail, passwords. What a route or a page calls; everything
 * below (passwords, throttle, sessions, links, outbox) is put together here, in the one right
 * order.
 *
 * What a stranger can learn is the same for an account that exists and one that does not: the same
 * words, the same work (an argon2id and a write). A password is checked on the caller's thread,
 * outside the writer; what was found is then written in one job, in which the throttle is asked
 * once more, so that guesses sent at the same time gain nothing.
 *
 * Every entry makes a new session; the cookie that came along, if it opens one, is ended. A new
 * password ends every session of the account.
 *
 * Thread rule: any thread, each with a reader of its own. Functions wait for the disk.
 */
#ifndef FAIRLEAD_SERVICE_DOOR_H
#define FAIRLEAD_SERVICE_DOOR_H

#include "service/letters.h"
#include "service/links.h"
#include "service/registrations.h"
#include "service/sessions.h"
#include "service/writer.h"

struct door;

/* `origin` is the address visitors use ("https://expo.example"), for links in mails; both it and
 * the writer outlive the door. */
enum err door_new(struct writer *writer, const char *origin, struct door **out,
                  struct errinfo *info) ERR_CHECK;
void door_free(struct door *door);

/* Who knocks; borrowed. */
struct door_visit {
    struct str address; /* network address, "192.0.2.7" */
    struct str agent;   /* User-Agent */
    struct str cookie;  /* the session cookie that came along; may be empty */
    int64_t now_ms;
};

struct door_entry {
    struct session_key key;
    int64_t account_id;
    bool must_change; /* the desk asks for a new password first */
};

/*
 * Signs in. ERR_DENIED: address or password is wrong, and nothing more is said. ERR_LIMIT: not now;
 * `wait_ms` says how long (Retry-After).
 */
enum err door_sign_in(struct door *door, struct store_reader *reader,
                      const struct door_visit *visit, struct str email, struct str password,
                      struct door_entry *out, int64_t *wait_ms, struct errinfo *info) ERR_CHECK;

/*
 * Mails a link to an account's address, to sign in or to choose a password (always so while it has
 * but a one-time password); ERR_OK also when there is no such account. ERR_LIMIT with `wait_ms`
 * when links were asked for too often, ERR_INPUT when the address is none.
 */
enum err door_send_link(struct door *door, struct store_reader *reader,
                        const struct door_visit *visit, struct str email, enum link_purpose purpose,
                        int64_t *wait_ms, struct errinfo *info) ERR_CHECK;

/*
 * Uses a link up: signs in, after setting `password` where the link is for that (ERR_INPUT when it
 * does not keep the rules: the link can be used again). ERR_DENIED when the link opens nothing.
 */
enum err door_redeem(struct door *door, struct store_reader *reader, const struct door_visit *visit,
                     struct str secret, struct str password, struct door_entry *out,
                     struct errinfo *info) ERR_CHECK;

/*
 * Changes the password of who is signed in; `out` is a new session in the place of all others.
 * ERR_DENIED when `old_password` is wrong, ERR_LIMIT with `wait_ms` after several of those,
 * ERR_INPUT when the new one does not keep the rules.
 */
enum err door_change_password(struct door *door, struct store_reader *reader,
                              const struct door_visit *visit, const struct session *session,
                              struct str old_password, struct str new_password,
                              struct door_entry *out, int64_t *wait_ms,
                              struct errinfo *info) ERR_CHECK;

/*
 * Accepts an invitation (invitations.h): the letter that lets in goes to the address. ERR_DENIED
 * when it opens nothing, ERR_LIMIT with `wait_ms` after many tries, ERR_INPUT for an address or a
 * name that cannot be.
 */
enum err door_join(struct door *door, struct store_reader *reader, const struct door_visit *visit,
                   struct str secret, struct str email, struct str name, enum lang language,
                   int64_t *wait_ms, struct errinfo *info) ERR_CHECK;

/*
 * Registers a visitor organisation by a link (registrations.h): the letter that lets in goes to the
 * person's address. ERR_DENIED when the link opens nothing, ERR_LIMIT with `wait_ms` after many
 * tries for one address or from one network, ERR_INPUT with `faults`.
 */
enum err door_register(struct door *door, struct store_reader *reader,
                       const struct door_visit *visit, const struct registration *registration,
                       struct profile_faults *faults, int64_t *wait_ms,
                       struct errinfo *info) ERR_CHECK;

/* Ends the session. */
enum err door_sign_out(struct door *door, const struct session *session, int64_t now_ms,
                       struct errinfo *info) ERR_CHECK;

/* What a request of a session that has one of them due should call: notes the use; puts a new
 * cookie into `out` when it is time (out->session_id is 0 otherwise). */
enum err door_refresh(struct door *door, const struct session *session, int64_t now_ms,
                      struct session_key *out, struct errinfo *info) ERR_CHECK;

/*
 * Makes a link for an account inside an open batch and puts the letter into the outbox; `url` is
 * the link, for an administrator to hand over where there is no mail server. By administrators.
 */
enum err door_invite(struct store *store, const struct access *by, const char *origin,
                     int64_t account_id, enum letter_kind kind, int64_t now_ms, struct buf *url,
                     struct errinfo *info) ERR_CHECK;

#endif
