/*
 * Access: who acts, and what that one may do. Every route, command and use case that is not for
 * everybody asks here, so that the page, the API and the export give one answer.
 *
 * A right is a kind of deed; a role is a column of the table of rights (rights.def); a grant gives
 * an account one role, for everything or for one chain, pavilion or participant. Where the table
 * says OWN, the deed must lie in the place of the grant. An account's rights are those of all its
 * grants together.
 *
 * A struct access is a plain value: copied freely, nothing to release, never changed once made.
 * One that is all zero is nobody: a visitor, with RIGHT_PUBLIC alone. An account that must choose a
 * new password first may do nothing but that.
 *
 * Thread rule: pure; any thread.
 */
#ifndef FAIRLEAD_SERVICE_ACCESS_H
#define FAIRLEAD_SERVICE_ACCESS_H

#include "base/err.h"
#include "base/str.h"
#include "model/lang.h"

#define RIGHT(NAME, code, token, a, o, m, p, r, x, e, what) RIGHT_##NAME,
enum right {
#include "service/rights.def"
    RIGHTS
};
#undef RIGHT

enum role {
    ROLE_ADMINISTRATOR,
    ROLE_ORGANISER,
    ROLE_AREA_MANAGER,     /* of one chain */
    ROLE_PAVILION_MANAGER, /* of one pavilion */
    ROLE_READER,
    ROLE_EXHIBITOR_MANAGER, /* of one participant: speaks for it and says who else does */
    ROLE_EXHIBITOR_MEMBER,  /* of one participant: speaks for it */
    ROLES
};

enum access_scope { ACCESS_NO, ACCESS_OWN, ACCESS_ALL };

enum access_token {
    ACCESS_TOKEN_NONE, /* not by an API token */
    ACCESS_TOKEN_READ,
    ACCESS_TOKEN_WRITE,
};

enum { ACCESS_GRANTS_MAX = 32 };

struct access_grant {
    enum role role;
    int64_t chain_id;       /* of an area manager, else 0 */
    int64_t pavilion_id;    /* of a pavilion manager, else 0 */
    int64_t participant_id; /* of an exhibitor's manager or member, else 0 */
};

struct access {
    int64_t account_id;      /* 0 = nobody, or the command line */
    int64_t token_id;        /* 0 = not by an API token */
    enum access_token token; /* the scope of that token */
    bool local;              /* the command line: whoever may write the file may do everything */
    bool must_change;        /* a new password has to be chosen before anything else */
    uint32_t grant_count;
    struct access_grant grants[ACCESS_GRANTS_MAX];
};

/*
 * Where a record lies: the chains it belongs to, its pavilion, and the participant (an exhibitor,
 * or a buyer, delegation or institution without a stand) whose own matter it is. It is inside a
 * grant when one of its chains, its pavilion or its participant is the grant's. An empty place lies
 * inside no grant: only ALL reaches it.
 */
struct access_place {
    const int64_t *chains; /* borrowed */
    size_t chain_count;
    int64_t pavilion_id;    /* 0 = none */
    int64_t participant_id; /* 0 = none */
};

/* The command line, which runs as the owner of the file. */
struct access access_local(void);

/* Whether somebody acts who is known: an account, a token's account, or the command line. */
bool access_is_known(const struct access *access);

/* The cell of the table of rights. */
enum access_scope access_scope_of(enum role role, enum right right);

/* Whether the right is held anywhere at all: for menus, and for routes whose records are checked
 * one by one afterwards. O(grants). */
bool access_has(const struct access *access, enum right right);

/* Whether the right is held everywhere, so that no list needs to be filtered. O(grants). */
bool access_has_all(const struct access *access, enum right right);

/* Whether the right is held in `place` (NULL: everywhere, as access_has_all). For filters of
 * lists. O(grants * chains of the place). */
bool access_may(const struct access *access, enum right right, const struct access_place *place);

/*
 * access_may in words: ERR_OK, or ERR_DENIED with what was wanted, why not, and who may. Ask
 * access_is_known to tell "sign in first" (401) from "you may not" (403).
 */
enum err access_check(const struct access *access, enum right right,
                      const struct access_place *place, struct errinfo *info) ERR_CHECK;

/* The stable word of a right ("register-write") and what it allows ("change organisations, ...").
 */
const char *access_right_code(enum right right);
const char *access_right_what(enum right right);
/* The least scope of API token that carries it; ACCESS_TOKEN_NONE = no token does. */
enum access_token access_right_token(enum right right);

/* What a role has to name: one chain, one pavilion, one participant, or nothing at all. */
enum access_bond {
    ACCESS_BOND_NONE,
    ACCESS_BOND_CHAIN,
    ACCESS_BOND_PAVILION,
    ACCESS_BOND_PARTICIPANT
};
enum access_bond access_role_bond(enum role role);

/* The stable word of a role ("area-manager"), in the store and the API, and its name for people. */
const char *access_role_code(enum role role);
const char *access_role_name(enum role role, enum lang lang);
/* The role of a code; ROLES when there is none. */
enum role access_role_of_code(struct str code);

#endif
