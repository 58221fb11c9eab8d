/*
 * Participants: the rows of organisations that take part in the matching of an edition. An
 * exhibitor has one as soon as something is said about it or somebody is invited for it; nobody has
 * to make it by hand.
 *
 * Thread rule: that of the store given.
 */
#ifndef FAIRLEAD_SERVICE_PARTICIPANTS_H
#define FAIRLEAD_SERVICE_PARTICIPANTS_H

#include "service/access.h"
#include "store/store.h"

/* The participant of an exhibitor, made inside the open batch when there is none; asking again
 * gives the same. ERR_DENIED without RIGHT_PROFILE_WRITE in the exhibitor's place; ERR_NOT_FOUND.
 */
enum err participant_of_exhibitor(struct store *store, const struct access *by,
                                  int64_t exhibitor_id, int64_t *id,
                                  struct errinfo *info) ERR_CHECK;

/* The participant of an organisation in an edition; 0 = there is none. By index. */
enum err participant_find(struct store_reader *reader, int64_t edition_id, int64_t organisation_id,
                          int64_t *id, struct errinfo *info) ERR_CHECK;

/* Makes the participant of an organisation, which has none there yet; `exhibitor_id` is 0 of all
 * kinds but "exhibitor". */
enum err participant_make(struct store *store, int64_t edition_id, int64_t organisation_id,
                          struct str kind, int64_t exhibitor_id, int64_t *id,
                          struct errinfo *info) ERR_CHECK;

#endif
