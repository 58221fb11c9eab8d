/*
 * Letters about matches: to the persons of a participant who consented to be reminded
 * (CONSENT_MAIL_REMINDERS), in their language, with the address of their pages. Put into the outbox
 * inside the open batch: what is rolled back is not told.
 *
 * Thread rule: that of the store given.
 */
#ifndef FAIRLEAD_SERVICE_MATCH_LETTERS_H
#define FAIRLEAD_SERVICE_MATCH_LETTERS_H

#include "service/letters.h"
#include "store/store.h"

enum { MATCH_REMIND_DAYS = 3 /* before the time to answer is over */ };

struct match_post {
    const char *origin; /* the address visitors use */
    int64_t now_ms;
    uint64_t letters; /* put so far */
};

/* To the persons of one participant. O(its persons). */
enum err match_letters_to(struct store *store, int64_t participant_id, enum letter_kind kind,
                          struct match_post *post, struct errinfo *info) ERR_CHECK;

/* To all to whom a round suggests somebody: that it is there. O(its matches). */
enum err match_letters_released(struct store *store, int64_t round_id, struct match_post *post,
                                struct errinfo *info) ERR_CHECK;

/* To all who have not answered a round that ends within MATCH_REMIND_DAYS; once a round. */
enum err match_letters_remind(struct store *store, struct match_post *post,
                              struct errinfo *info) ERR_CHECK;

#endif
