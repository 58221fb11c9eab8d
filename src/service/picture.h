/*
 * Pictures of pavilions: into the store, and checked in it.
 *
 * A picture is a record (table picture) that names its bytes by their SHA-256 (FIPS 180-4); the
 * bytes are kept once (table content), however many records name them. The change log holds the
 * record, so adding, describing and removing a picture can be undone; the bytes stay. Formats and
 * limits are those of exchange/picture.h.
 *
 * Thread rule: that of the store.
 */
#ifndef FAIRLEAD_SERVICE_PICTURE_H
#define FAIRLEAD_SERVICE_PICTURE_H

#include "exchange/picture_clean.h"
#include "store/store.h"

enum { PICTURE_DIGEST_CHARS = 64, PICTURE_PATH_MAX = 4096 };

/* Keeps bytes in the open transaction and writes their digest in lower-case hexadecimal. */
enum err picture_keep(struct store *store, struct str bytes, char digest[PICTURE_DIGEST_CHARS + 1],
                      struct errinfo *info) ERR_CHECK;

/* Whether `text` has the form of a digest. */
bool picture_is_digest(struct str text);

struct picture_request {
    int64_t pavilion_id; /* or, when it is 0, */
    struct str edition;  /* code; empty = the current one */
    struct str pavilion; /* name in either language, or code (HU, CN-HB) */
    const char *path;    /* of the file */
    struct str alt_en, alt_zh, credit;
    int64_t position; /* 0 = not given */
    struct str actor;
    int64_t at_ms;
};

/*
 * Makes a picture clean (exchange/picture_clean.h) and adds it to a pavilion, or changes what is
 * said of it when the pavilion has it already, in a batch of its own. Gives the id of the record.
 * ERR_NOT_FOUND names the pavilions there are; ERR_INPUT without any description; else errors of
 * picture_load and the store.
 */
enum err picture_add(struct store *store, const struct picture_request *request, int64_t *id,
                     struct errinfo *info) ERR_CHECK;

/* The same with a picture that is clean already, inside the open batch; path, actor and time are
 * not read. */
enum err picture_put(struct store *store, const struct picture_request *request, struct str bytes,
                     const struct picture *picture, int64_t *id, struct errinfo *info) ERR_CHECK;

/* Takes a picture away from its pavilion. ERR_NOT_FOUND. */
enum err picture_remove(struct store *store, int64_t id, struct str actor, int64_t at_ms,
                        struct errinfo *info) ERR_CHECK;

/* Reports pictures whose bytes are missing, are not those of their digest, or are not what the
 * record says of them. O(bytes of all pictures). */
enum err picture_check(struct store_reader *reader, store_finding_fn *fn, void *ctx,
                       struct errinfo *info) ERR_CHECK;

#endif
