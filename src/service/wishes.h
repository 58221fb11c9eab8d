/*
 * Wishes: whom a participant wants to meet, by name in any spelling.
 *
 * A list is pasted as it is (wish_lines.h). Each line is compared with those who take part in the
 * edition, exhibitors and others (engine/names): what is sure becomes matched, what is not stays
 * open with the most likely candidates, and what nobody is like stays open without. A person
 * decides the open ones, and may decide a matched one anew; a decision is certain. Refused means:
 * nobody who takes part.
 *
 * Candidates are not kept: they are found anew when wishes are read, so that who joins the edition
 * later is found, too.
 *
 * Ownership: all that is read belongs to the arena given. Thread rule: that of the store and reader
 * given.
 */
#ifndef FAIRLEAD_SERVICE_WISHES_H
#define FAIRLEAD_SERVICE_WISHES_H

#include "base/arena.h"
#include "service/access.h"
#include "store/store.h"

enum {
    WISHES_MAX = 1000,        /* of a participant: twice the longest list of a delegation */
    WISH_BYTES_MAX = 300,     /* of a line */
    WISHES_TEXT_MAX = 200000, /* of a list */
    WISH_CANDIDATES_MAX = 5,
    WISH_CERTAIN = 1000, /* confidence, when a person decided */
};

struct wish_candidate {
    int64_t organisation_id;
    struct str name_en, name_zh; /* either may be empty */
    int64_t confidence;          /* in thousandths */
};

struct wish {
    int64_t id; /* 0 = not written yet */
    struct str text;
    struct str state;                                     /* open, matched, refused */
    struct wish_candidate meant;                          /* organisation_id 0 = nobody */
    struct wish_candidate candidate[WISH_CANDIDATES_MAX]; /* of an open one, likeliest first */
    uint32_t candidates;
};

struct wishes {
    struct wish *at;
    uint32_t count;
};

/* The wishes of a participant in the order they came. ERR_DENIED without RIGHT_PARTNER_READ in its
 * place; ERR_NOT_FOUND. O(wishes), and where one is open O(participants of the edition). */
enum err wishes_read(struct store_reader *reader, const struct access *access,
                     int64_t participant_id, struct arena *arena, struct wishes *out,
                     struct errinfo *info) ERR_CHECK;

/*
 * Finds who is meant by the lines of a list, without writing, on a reader, so that nobody who
 * writes waits. ERR_INPUT for a list without a name, or a line that is too long; ERR_LIMIT for more
 * than WISHES_MAX lines; ERR_DENIED without RIGHT_PROFILE_WRITE; ERR_NOT_FOUND. About a
 * millisecond a line.
 */
enum err wishes_find(struct store_reader *reader, const struct access *by, int64_t participant_id,
                     struct str list, struct arena *arena, struct wishes *out,
                     struct errinfo *info) ERR_CHECK;

/*
 * Adds what was found inside the open batch; lines that are there already are passed over, and
 * `added` counts the others. ERR_LIMIT when there would be more than WISHES_MAX; ERR_DENIED;
 * ERR_NOT_FOUND.
 */
enum err wishes_add(struct store *store, const struct access *by, int64_t participant_id,
                    const struct wishes *found, uint32_t *added, struct errinfo *info) ERR_CHECK;

/* Decides who is meant, inside the open batch: an organisation that takes part, or 0 with `refused`
 * (nobody) or without it (open again). ERR_INPUT for one that does not take part; ERR_NOT_FOUND
 * also for a wish of another participant; ERR_DENIED. */
enum err wish_decide(struct store *store, const struct access *by, int64_t participant_id,
                     int64_t id, int64_t organisation_id, bool refused,
                     struct errinfo *info) ERR_CHECK;

/* Deletes a wish; errors as above. */
enum err wish_delete(struct store *store, const struct access *by, int64_t participant_id,
                     int64_t id, struct errinfo *info) ERR_CHECK;

#endif
