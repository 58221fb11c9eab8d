/*
 * Consents: what a person allows, each purpose by itself. None is given beforehand, none hangs on
 * another, and each can be taken back at any time; when it was given and taken back stays on
 * record. Without contact-to-mutual nobody is told the person's name and address, not even a
 * partner whom both sides accepted.
 *
 * Thread rule: that of the store and reader given.
 */
#ifndef FAIRLEAD_SERVICE_CONSENTS_H
#define FAIRLEAD_SERVICE_CONSENTS_H

#include "service/access.h"
#include "store/store.h"

enum consent_purpose {
    CONSENT_CONTACT_TO_MUTUAL, /* name and address are shown to partners whom both sides accepted */
    CONSENT_MAIL_REMINDERS,    /* mail about suggestions and answers */
    CONSENT_NAME_ON_SITE,      /* the name stands on the exhibitor's page */
    CONSENT_PURPOSES
};

/* The stable word of a purpose ("contact-to-mutual"), and what is allowed, for people. */
const char *consent_purpose_code(enum consent_purpose purpose);
const char *consent_purpose_words(enum consent_purpose purpose, enum lang lang);
/* The purpose of a code; CONSENT_PURPOSES when there is none. */
enum consent_purpose consent_purpose_of_code(struct str code);

/* Since when each purpose is allowed; 0 = it is not. O(consents of the account), by index. */
enum err consents_read(struct store_reader *reader, int64_t account_id,
                       int64_t since_ms[CONSENT_PURPOSES], struct errinfo *info) ERR_CHECK;

/* Gives or takes back a consent of whoever acts, inside the open batch of kind "account"; nothing
 * happens when it is so already. Nobody gives another's: ERR_DENIED without an account. */
enum err consents_set(struct store *store, const struct access *by, enum consent_purpose purpose,
                      bool given, int64_t now_ms, struct errinfo *info) ERR_CHECK;

#endif
