/*
 * Registrations: a visitor organisation says who it is, what it looks for and when it is there, by
 * a link (registration_links.h), and takes part in matching from then on, without a stand.
 *
 * It is always a new organisation: a name alone does not prove that somebody speaks for one that is
 * there, so nothing of an existing record is shown or changed. Those that are alike are put before
 * the organiser, who merges (duplicates.h). Only who sends the same again (the same address and
 * name) gets the same participant, and nothing new is made.
 *
 * The role goes to the account of the address, which is made when there is none, and a letter with
 * a link that lets in goes to it (door_register): nobody comes in who cannot read mail there, and
 * the reply is the same whether the address had an account or not.
 *
 * Thread rule: that of the store and reader given.
 */
#ifndef FAIRLEAD_SERVICE_REGISTRATIONS_H
#define FAIRLEAD_SERVICE_REGISTRATIONS_H

#include "service/accounts.h"
#include "service/profiles.h"

enum { REGISTRATION_ALIKE_MAX = 3, REGISTRATION_ORGANISATION_MAX = 300 /* bytes */ };

struct registration {
    struct str secret;
    struct str organisation; /* its name, in whatever script */
    struct str country;      /* country or region: a code or a name */
    struct str name, email;  /* of the person */
    enum lang language;      /* of the letter */
    const struct profile_seek *seeks;
    uint32_t seek_count;
    const struct str *days;
    uint32_t day_count;
    struct str leader, note;
    int64_t now_ms;
};

/* Organisations that are probably the one that registers, likeliest first. */
struct registration_alike {
    int64_t id[REGISTRATION_ALIKE_MAX];
    uint32_t count;
};

/* Looks for them on a reader, so that nobody who writes waits. Nothing where the secret opens
 * nothing. O(organisations). */
enum err registrations_alike(struct store_reader *reader, const struct registration *registration,
                             struct registration_alike *out, struct errinfo *info) ERR_CHECK;

struct registration_done {
    int64_t account_id; /* 0 = its account is not active: no letter is due */
    bool made;          /* the account is new, and chooses its password */
    int64_t participant_id;
};

/*
 * Registers inside the open batch of kind "account". ERR_DENIED when the secret opens nothing;
 * ERR_INPUT with `faults`, by members of the registration ("organisation", "country", "name",
 * "email", "seeks[0].node", "days[1]", ...): nothing is written, and the link can be used again.
 */
enum err registrations_accept(struct store *store, const struct registration *registration,
                              const struct registration_alike *alike, struct profile_faults *faults,
                              struct registration_done *out, struct errinfo *info) ERR_CHECK;

#endif
