/*
 * Accounts: who may sign in, and with which roles.
 *
 * An account is a mail address, a name, a language, a state and its grants. Its password is kept as
 * an argon2id string (password.h) that leaves this module through account_password alone.
 * Everything that is written here is a line of the change log; the functions that write run inside
 * an open batch of kind "account" and check the right of the one who acts.
 *
 * The database always keeps one administrator who is active, so that nobody locks everybody out.
 *
 * Ownership: a struct account is a plain value. Thread rule: that of the store and reader given.
 */
#ifndef FAIRLEAD_SERVICE_ACCOUNTS_H
#define FAIRLEAD_SERVICE_ACCOUNTS_H

#include "exchange/mail_address.h"
#include "service/access.h"
#include "service/password.h"
#include "store/store.h"

enum account_state { ACCOUNT_ACTIVE, ACCOUNT_DISABLED, ACCOUNT_ERASED, ACCOUNT_STATES };

enum { ACCOUNT_NAME_MAX = 200 /* bytes */ };

struct account {
    int64_t id;
    struct mail_address email; /* empty when erased */
    char name[ACCOUNT_NAME_MAX + 1];
    enum lang language;
    enum account_state state;
    bool has_password;
    int64_t created_ms;
    struct access access; /* as it acts when it is signed in; nobody's unless it is active */
};

/* The stable word of a state: active, disabled, erased. */
const char *account_state_code(enum account_state state);
/* The state of a code; ACCOUNT_STATES when there is none. */
enum account_state account_state_of_code(struct str code);

/* Whether a table says who may come in (accounts, roles, tokens, consents, periods of retention):
 * it is changed by the functions that keep its rules and by nothing else, also not by an undo. */
bool accounts_own(enum store_table table);

/* Reading ----------------------------------------------------------------------------------------
 */

/* ERR_NOT_FOUND. Three reads by index. */
enum err account_get(struct store_reader *reader, int64_t id, struct account *out,
                     struct errinfo *info) ERR_CHECK;
/* By its address, in any case; ERR_INPUT when that is no address, ERR_NOT_FOUND. */
enum err account_by_email(struct store_reader *reader, struct str email, struct account *out,
                          struct errinfo *info) ERR_CHECK;
/* The kept password, empty when there is none. The caller wipes it after use. ERR_NOT_FOUND. */
enum err account_password(struct store_reader *reader, int64_t id, char kept[PASSWORD_KEPT_MAX],
                          struct errinfo *info) ERR_CHECK;

typedef enum err account_fn(void *ctx, const struct account *account, struct errinfo *info);
/* Every account in the order of ids, the erased ones too. O(accounts + grants). */
enum err accounts_each(struct store_reader *reader, account_fn *fn, void *ctx,
                       struct errinfo *info) ERR_CHECK;

/* Writing, inside an open batch
 * --------------------------------------------------------------------
 */

struct account_request {
    struct str email, name;
    enum lang language;
    const struct access_grant *grants;
    uint32_t grant_count;
    const char *kept; /* password as password_keep made it; NULL = none, a link lets it in */
    bool must_change;
    int64_t at_ms;
};

/* ERR_INPUT for an address, name or grant that cannot be, ERR_CONFLICT when the address has an
 * account, ERR_DENIED. */
enum err account_create(struct store *store, const struct access *by,
                        const struct account_request *request, int64_t *id,
                        struct errinfo *info) ERR_CHECK;

/* The account of request->email, made without roles when there is none: for strangers who hold a
 * link, whose right that is (invitations.h, registrations.h). ERR_INPUT as account_create. */
enum err account_reach(struct store *store, const struct account_request *request,
                       struct account *out, bool *made, struct errinfo *info) ERR_CHECK;

/* What is NULL stays as it is. */
struct account_change {
    const struct str *email, *name;
    const enum lang *language;
    const enum account_state *state; /* active or disabled; erasing is in person.h */
    /* All that it has from now on, but for the roles of participants, which stay (account_leave).
     */
    const struct access_grant *grants;
    uint32_t grant_count;
};

/* Also ends the sessions and links of an account that is disabled. ERR_CONFLICT when no
 * administrator would be left, or the account was erased. Its owner may change name and language
 * of its own; everything else is for administrators. */
enum err account_change(struct store *store, const struct access *by, int64_t id,
                        const struct account_change *change, struct errinfo *info) ERR_CHECK;

/*
 * Gives an account a role of a participant, or takes it away; nothing happens when it has it, or
 * has it not. For who may invite there (RIGHT_INVITE): organisers give both roles, a manager that
 * of a member of its own organisation, and may take either away but its own, so that an
 * organisation does not lose its last manager by its own hand. A member takes away its own.
 * ERR_DENIED, ERR_INPUT for another role, ERR_NOT_FOUND, ERR_LIMIT, ERR_CONFLICT for a manager's
 * own.
 */
enum err account_join(struct store *store, const struct access *by, int64_t id, enum role role,
                      int64_t participant_id, struct errinfo *info) ERR_CHECK;
enum err account_leave(struct store *store, const struct access *by, int64_t id,
                       int64_t participant_id, struct errinfo *info) ERR_CHECK;
/* Whether `by` may give that role of a participant: as account_join. */
enum err account_may_join(const struct access *by, enum role role, int64_t participant_id,
                          struct errinfo *info) ERR_CHECK;

/* Sets the kept password and ends all sessions of the account but `keep_session` (0 = none), and
 * its links. For its owner and for administrators. */
enum err account_set_password(struct store *store, const struct access *by, int64_t id,
                              const char *kept, bool must_change, int64_t keep_session,
                              struct errinfo *info) ERR_CHECK;

#endif
