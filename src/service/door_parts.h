/* Private to the door (door*.c): its state, its throttle and its letters. */
#ifndef FAIRLEAD_SERVICE_DOOR_PARTS_H
#define FAIRLEAD_SERVICE_DOOR_PARTS_H

#include "service/door.h"
#include "service/throttle.h"

enum { DOOR_URL_MAX = 1000 };

struct door {
    struct writer *writer;
    const char *origin;
    struct password_desk *passwords;
};

/* One job of the writer, of kind "account"; 0 = what a stranger does. */
enum err door_run(struct door *door, int64_t account_id, int64_t now_ms, writer_fn *fn, void *ctx,
                  struct errinfo *info) ERR_CHECK;

struct door_keys {
    struct throttle_key account, address;
    bool known; /* the account signed in from this address before */
};

/* ERR_LIMIT while either key has to wait. */
enum err door_may_try(struct store_reader *reader, const struct door_keys *keys, int64_t now_ms,
                      int64_t *wait_ms, struct errinfo *info) ERR_CHECK;

/* Notes a try against both keys, inside the open batch. */
enum err door_note_try(struct store *store, const struct door_keys *keys, int64_t now_ms,
                       struct errinfo *info) ERR_CHECK;

/* The letter that lets in, inside the open batch: to choose a password where the account was just
 * made, else to sign in. */
enum err door_let_in(struct store *store, const struct door *door, int64_t account_id, bool made,
                     int64_t now_ms, struct errinfo *info) ERR_CHECK;

#endif
