/*
 * Passwords: kept as argon2id strings (RFC 9106), checked in the same time whether or not there is
 * one, and made under rules that say what is wrong.
 *
 * Each check takes 64 MiB and some 70 ms on purpose. So a `struct password_desk` lets two through
 * at once and sixteen wait; more are told to come back, and neither memory nor the threads that
 * serve others run out when somebody sends sign-ins by the thousand.
 *
 * The rules (NIST SP 800-63B, section 5.1.1.2): 12 characters at least, 1024 bytes at most,
 * any character, nothing that guessing programs try first; no demand for digits or signs and no
 * change by the calendar, because both make passwords worse.
 *
 * Thread rule: a desk is shared by any number of threads. secret_start comes first (secret.h).
 */
#ifndef FAIRLEAD_SERVICE_PASSWORD_H
#define FAIRLEAD_SERVICE_PASSWORD_H

#include "base/err.h"
#include "base/str.h"

enum {
    PASSWORD_CHARS_MIN = 12,
    PASSWORD_BYTES_MAX = 1024,
    PASSWORD_KEPT_MAX = 128, /* an argon2id string with its end (crypto_pwhash_STRBYTES) */
    PASSWORD_AT_ONCE = 2,
    PASSWORD_WAITING_MAX = 16,
};

struct password_desk;

/* ERR_MEMORY, ERR_IO. Freed when no check is under way any more. */
enum err password_desk_new(struct password_desk **out, struct errinfo *info) ERR_CHECK;
void password_desk_free(struct password_desk *desk);

/*
 * Whether `password` may become the password of the account with this address: ERR_OK, or ERR_INPUT
 * with what is wrong and what would do.
 */
enum err password_allowed(struct str password, struct str email, struct errinfo *info) ERR_CHECK;

/* Makes the string to keep. ERR_LIMIT when too many wait, ERR_MEMORY. Does not ask the rules. */
enum err password_keep(struct password_desk *desk, struct str password, char out[PASSWORD_KEPT_MAX],
                       struct errinfo *info) ERR_CHECK;

/*
 * Compares with a kept string; `right` tells. An empty `kept` (no such account, no password) is
 * never right and takes as long as any other. ERR_LIMIT when too many wait: nothing was compared.
 */
enum err password_check(struct password_desk *desk, struct str kept, struct str password,
                        bool *right, struct errinfo *info) ERR_CHECK;

#endif
