/*
 * Secrets: random words that open something (sessions, links, API tokens), and the digests by which
 * they are found again.
 *
 * A secret is 256 random bits, far beyond guessing, so that its digest needs no salt and no
 * slowness: BLAKE2b-256 (RFC 7693), as 64 hexadecimal digits. Only the digest is stored: who reads
 * the database or a backup can open nothing with it.
 *
 * Thread rule: any thread. secret_start comes before anything else here.
 */
#ifndef FAIRLEAD_SERVICE_SECRET_H
#define FAIRLEAD_SERVICE_SECRET_H

#include "base/err.h"
#include "base/str.h"

enum {
    SECRET_CHARS = 43,        /* 32 bytes in base64url without padding (RFC 4648, section 5) */
    SECRET_DIGEST_CHARS = 64, /* 32 bytes in hexadecimal */
    SECRET_TYPED_CHARS = 23,  /* four groups of five and the dashes between them */
};

struct secret {
    char text[SECRET_CHARS + 1];
};

struct secret_digest {
    char text[SECRET_DIGEST_CHARS + 1];
};

/* Makes the source of random numbers ready; may be called again. ERR_IO when the system has none.
 */
enum err secret_start(struct errinfo *info) ERR_CHECK;

/* A new secret of letters, digits, "-" and "_". */
struct secret secret_new(void);

/* A secret for people to type once: "7k3mq-x04bt-...", 100 random bits, in digits and small letters
 * without those that look alike (Crockford's base 32: no i, l, o, u). */
void secret_typed(char out[SECRET_TYPED_CHARS + 1]);

/* The digest of a secret; of any text, so that what strangers send can be looked up as it is. */
struct secret_digest secret_digest_of(struct str secret);

/* Whether two texts are the same, in a time that does not tell where they differ. */
bool secret_equal(struct str a, struct str b);

/* Overwrites what must not stay in memory, also where a compiler would leave it out. */
void secret_wipe(void *bytes, size_t len);

#endif
