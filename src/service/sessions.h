/*
 * Sessions: who is signed in, and where.
 *
 * A session is opened by a sign-in and known by a cookie of 256 random bits; only its digest is in
 * the database. The server never takes a cookie that it did not make itself, and a sign-in always
 * makes a new one, so that nobody can prepare a session for somebody else (session fixation).
 *
 * A session ends after SESSION_IDLE_MS without a request, after SESSION_LIFE_MS in any case, when
 * it is revoked, and when its account is disabled or gets a new password. It is rotated every
 * SESSION_ROTATE_MS: a new cookie takes its place, and the old one works for SESSION_GRACE_MS more,
 * because requests may be under way. Each has a word that every write brings along (CSRF), which a
 * rotation keeps.
 *
 * sessions_find is asked by every request of the desk and reads the database each time (three reads
 * by index, some ten microseconds each): so a revocation holds at once, whoever made it, also the
 * command line beside a running server.
 *
 * Ownership: plain values. Thread rule: that of the store and reader given. secret_start comes
 * first (secret.h).
 */
#ifndef FAIRLEAD_SERVICE_SESSIONS_H
#define FAIRLEAD_SERVICE_SESSIONS_H

#include "service/accounts.h"
#include "service/secret.h"

#define SESSION_IDLE_MS (INT64_C(12) * 3600 * 1000)
#define SESSION_LIFE_MS (INT64_C(7) * 24 * 3600 * 1000)
#define SESSION_ROTATE_MS (INT64_C(24) * 3600 * 1000)
enum {
    SESSION_GRACE_MS = 60 * 1000,
    SESSION_SEEN_STEP_MS = 60 * 1000, /* noting each use more exactly would be a write a request */
    SESSION_ADDRESS_MAX = 64,
    SESSION_AGENT_MAX = 200,
};

/* What the browser gets: the cookie's value, the word for writes, and when both end. */
struct session_key {
    struct secret cookie, csrf;
    int64_t session_id, expires_ms;
};

struct session {
    int64_t id;
    struct account account; /* account.access says what it may do */
    struct secret csrf;
    int64_t opened_ms; /* signed in */
    int64_t seen_ms, expires_ms;
    char address[SESSION_ADDRESS_MAX + 1], agent[SESSION_AGENT_MAX + 1];
    bool rotate_due; /* the caller should call sessions_rotate and send the new cookie */
    bool seen_due;   /* the caller should call sessions_seen */
};

/* Opens a session inside the open batch. `address` and `agent` are told to the account's owner and
 * cut to fit. */
enum err sessions_open(struct store *store, int64_t account_id, struct str address,
                       struct str agent, int64_t now_ms, struct session_key *out,
                       struct errinfo *info) ERR_CHECK;

/* The session of a cookie; ERR_DENIED when there is none, it has ended, or its account is not
 * active. */
enum err sessions_find(struct store_reader *reader, struct str cookie, int64_t now_ms,
                       struct session *out, struct errinfo *info) ERR_CHECK;

/* Whether a write brought the session's word. */
bool session_csrf_is_right(const struct session *session, struct str csrf);

/* Notes a use. Does nothing when the session is gone meanwhile. */
enum err sessions_seen(struct store *store, int64_t id, int64_t now_ms,
                       struct errinfo *info) ERR_CHECK;

/* Puts a new session in the place of one; ERR_DENIED when it is gone or was rotated meanwhile: then
 * another request brings the new cookie, and this one goes on with what it has. */
enum err sessions_rotate(struct store *store, int64_t id, int64_t now_ms, struct session_key *out,
                         struct errinfo *info) ERR_CHECK;

/* Ends the session of an account (ERR_NOT_FOUND when it has none of that id) with what it was
 * rotated from; or all of an account but `keep` (0 = none). */
enum err sessions_end(struct store *store, int64_t account_id, int64_t id,
                      struct errinfo *info) ERR_CHECK;
enum err sessions_end_all(struct store *store, int64_t account_id, int64_t keep,
                          struct errinfo *info) ERR_CHECK;

typedef enum err session_fn(void *ctx, const struct session *session, struct errinfo *info);
/* The sessions of an account that can be used, each once whatever was rotated; their `account` is
 * empty but for the id. */
enum err sessions_each(struct store_reader *reader, int64_t account_id, int64_t now_ms,
                       session_fn *fn, void *ctx, struct errinfo *info) ERR_CHECK;

/* Deletes the sessions that ended before `before_ms`; `deleted` counts. */
enum err sessions_sweep(struct store *store, int64_t before_ms, uint64_t *deleted,
                        struct errinfo *info) ERR_CHECK;

#endif
