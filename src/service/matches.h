/*
 * Matches: the way of a pair of participants, from suggestion to yes or no.
 *
 *     suggested --> mutual --> handed to the timetable
 *         |           |            |
 *         +-> declined, expired    +-> withdrawn
 *
 * Each side answers for itself: accepted, declined with a reason, or later. When both have accepted
 * the match is mutual; one decline ends it. A side may take its own answer back, a decline too,
 * until the other has made the match mutual or the time is over. A mutual match is left by
 * withdrawing. A participant may ask for a partner by hand: asking is its own acceptance, and the
 * other side answers by the same rules. Nobody else answers for a side, and nothing becomes mutual
 * without both.
 *
 * Invariants, held by one job of the writer at a time and by the index match_pair_live: two
 * participants have at most one match that waits or stands; mutual means that both answers are
 * "accepted"; what has ended has the time when it did.
 *
 * What a side sees of the other: that it accepted; that it declined once the match has ended by
 * that; never its reason, its note, or a "later". Contact persons are told when the match is
 * mutual, and of these who consented (consents.h).
 *
 * Errors: ERR_DENIED without the right in the participant; ERR_NOT_FOUND for what is no match of
 * the participant; ERR_CONFLICT, in words for a person, for what came too late; ERR_INPUT;
 * ERR_LIMIT. Thread rule: that of the store and reader given.
 */
#ifndef FAIRLEAD_SERVICE_MATCHES_H
#define FAIRLEAD_SERVICE_MATCHES_H

#include "base/buf.h"
#include "model/kinds.h"
#include "service/access.h"
#include "store/store.h"

enum {
    MATCH_NOTE_MAX = 1000,       /* bytes of a note or message */
    MATCH_REQUESTS_OPEN_MAX = 50 /* of one participant */
};

/* One side of a match. */
struct match_side_said {
    int64_t participant_id;
    enum pair_answer answer;
    uint32_t reason;           /* of kind_decline; 0 = none */
    struct str note;           /* borrowed */
    int64_t account_id, at_ms; /* who answered and when; 0 = nobody yet */
};

struct partner_match {
    int64_t id, edition_id;
    int64_t round_id; /* 0 = asked for by hand */
    struct match_side_said side[2];
    bool requested;
    enum pair_state state;
    int64_t score;             /* in millionths; -1 = nobody scored it */
    struct str parts, message; /* borrowed; may be empty */
    int64_t created_ms, closed_ms;
};

/* Which side a participant is of a match: 0 or 1. */
static inline int match_side_of(const struct partner_match *match, int64_t participant_id) {
    return match->side[1].participant_id == participant_id;
}
/* Which side asked for a match by hand: 0 or 1; -1 = it was suggested. */
int match_asker(const struct partner_match *match);

/* What a side says. */
struct match_reply {
    int64_t match_id, participant_id; /* which match, and for whom */
    enum pair_answer answer;          /* ANSWER_NONE takes an answer back */
    uint32_t reason;                  /* needed to decline */
    struct str note;                  /* may be empty */
    int64_t now_ms;
};

/* What came of an answer or a request. */
struct match_outcome {
    int64_t id;
    int64_t other_id; /* the participant on the other side */
    enum pair_state state;
    bool is_new; /* it became this by the call: the other side is to be told */
};

/* Answers inside the open batch. The same answer once more changes nothing. O(log n). */
enum err matches_answer(struct store *store, const struct access *by,
                        const struct match_reply *reply, struct match_outcome *out,
                        struct errinfo *info) ERR_CHECK;

/* Leaves a match that stands, or takes a request of one's own back, inside the open batch. The
 * answer of the reply is not read. */
enum err matches_withdraw(struct store *store, const struct access *by,
                          const struct match_reply *reply, struct errinfo *info) ERR_CHECK;

struct match_request {
    int64_t participant_id;  /* who asks */
    int64_t organisation_id; /* whom */
    struct str message;      /* may be empty */
    int64_t now_ms;
};

/*
 * Asks for a partner inside the open batch. Where a match of the two waits already, this accepts
 * it; where one stands, nothing happens; the outcome is its. ERR_CONFLICT when the other declined
 * in this edition or takes no part; ERR_LIMIT when MATCH_REQUESTS_OPEN_MAX wait.
 */
enum err matches_request(struct store *store, const struct access *by,
                         const struct match_request *request, struct match_outcome *out,
                         struct errinfo *info) ERR_CHECK;

typedef enum err match_fn(void *ctx, const struct partner_match *match, struct errinfo *info);
/* The matches of a participant, the ended ones too, in the order in which they were made.
 * ERR_DENIED without RIGHT_PARTNER_READ for it. O(its matches). */
enum err matches_of(struct store_reader *reader, const struct access *access,
                    int64_t participant_id, match_fn *fn, void *ctx,
                    struct errinfo *info) ERR_CHECK;
/* All matches of an edition, for organisers. O(matches of the edition). */
enum err matches_each(struct store_reader *reader, const struct access *access, int64_t edition_id,
                      match_fn *fn, void *ctx, struct errinfo *info) ERR_CHECK;

struct account;
typedef enum err match_contact_fn(void *ctx, const struct account *account, struct errinfo *info);
/* The persons of the other side, if the match stands: those who consented. */
enum err matches_contacts(struct store_reader *reader, const struct access *access,
                          const struct partner_match *match, int64_t participant_id,
                          match_contact_fn *fn, void *ctx, struct errinfo *info) ERR_CHECK;

/* Rounds ------------------------------------------------------------------------------------------
 */

/* What releasing a round did. */
struct match_release {
    uint64_t suggested;    /* matches that wait for answers now */
    uint64_t left_out;     /* pairs of the draft that wait or stand already, or take no part now */
    uint64_t participants; /* exhibitors that became participants by it */
    int64_t answer_by_ms;
};

/* Releases a draft inside the open batch: its pairs become matches, and the time to answer begins.
 * By RIGHT_ROUND_RUN. ERR_CONFLICT when it is no draft or another round is released. O(pairs). */
enum err matches_release(struct store *store, const struct access *by, int64_t round_id,
                         int64_t now_ms, struct match_release *out, struct errinfo *info) ERR_CHECK;

/* Closes a released round inside the open batch: what waits has expired, what stands stays. */
enum err matches_close(struct store *store, const struct access *by, int64_t round_id,
                       int64_t now_ms, uint64_t *expired, struct errinfo *info) ERR_CHECK;

/* Closes the rounds and requests whose time is over, inside the open batch. */
enum err matches_expire(struct store *store, int64_t now_ms, uint64_t *expired,
                        struct errinfo *info) ERR_CHECK;

/* Private to the files of matches
 * ------------------------------------------------------------------
 */

/* The row as a match; the texts are the row's. */
void match_take(struct partner_match *out, int64_t id, const struct store_value *v);
/* How many days an edition waits for answers. */
enum err match_answer_days(struct store_reader *reader, int64_t edition_id, int64_t *days,
                           struct errinfo *info) ERR_CHECK;
/* The participant of an organisation at an edition; an exhibitor becomes one, and `made` (may be
 * NULL) counts that. ERR_NOT_FOUND when it takes no part. */
enum err match_participant(struct store *store, int64_t edition_id, int64_t organisation_id,
                           int64_t *id, bool *is_active, uint64_t *made,
                           struct errinfo *info) ERR_CHECK;

#endif
