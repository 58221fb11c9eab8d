/*
 * Drafts: forms that an account has not saved yet, kept so that a closed browser loses nothing.
 *
 * A draft is JSON under a key of the desk ("organisation:12", "import:3"), seen by its account
 * only. It is a working row: no line of the log, no undo. Keeping an empty body drops it.
 *
 * Ownership: what is read lies in the arena. Thread rule: as the store or reader that is handed in.
 */
#ifndef FAIRLEAD_SERVICE_DRAFTS_H
#define FAIRLEAD_SERVICE_DRAFTS_H

#include "base/arena.h"
#include "store/store.h"

enum { DRAFT_KEY_MAX = 100, DRAFT_BODY_MAX = 256 << 10, DRAFTS_MAX = 200 };

struct draft {
    struct str key, body;
    int64_t at_ms;
};

/* Keeps a draft in the open batch, in place of an older one of its key. ERR_INPUT for a key that is
 * empty, long or not of letters, digits and :._-; ERR_LIMIT for a body above DRAFT_BODY_MAX, and
 * when the account has DRAFTS_MAX drafts. O(drafts of all accounts). */
enum err draft_keep(struct store *store, int64_t account_id, struct str key, struct str body,
                    int64_t at_ms, struct errinfo *info) ERR_CHECK;

/* Drops a draft in the open batch; ERR_OK also when there is none. */
enum err draft_drop(struct store *store, int64_t account_id, struct str key,
                    struct errinfo *info) ERR_CHECK;

/* One draft, or ERR_NOT_FOUND. */
enum err draft_get(struct store_reader *reader, int64_t account_id, struct str key,
                   struct arena *arena, struct draft *out, struct errinfo *info) ERR_CHECK;

/* The drafts of an account, newest first, into `out` with room for DRAFTS_MAX. */
enum err draft_list(struct store_reader *reader, int64_t account_id, struct arena *arena,
                    struct draft *out, uint32_t *count, struct errinfo *info) ERR_CHECK;

#endif
