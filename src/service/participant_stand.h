/*
 * A participant that gets a stand: a buyer, a delegation or an institution that exhibits after all
 * is an exhibitor from then on. Whoever makes exhibitors calls this, so that an organisation takes
 * part in the matching of an edition as one, with its stand.
 *
 * Thread rule: that of the store given.
 */
#ifndef FAIRLEAD_SERVICE_PARTICIPANT_STAND_H
#define FAIRLEAD_SERVICE_PARTICIPANT_STAND_H

#include "store/store.h"

/* Gives the stand to the participant of its organisation and edition, if there is one without,
 * inside the open batch. O(log n). ERR_NOT_FOUND without the exhibitor. */
enum err participant_take_stand(struct store *store, int64_t exhibitor_id,
                                struct errinfo *info) ERR_CHECK;

/* Whether the participant of a stand has said something by itself (profiles.h): then nothing is
 * inferred about its offers any more. By index. */
enum err participant_has_spoken(struct store_reader *reader, int64_t exhibitor_id, bool *yes,
                                struct errinfo *info) ERR_CHECK;

#endif
