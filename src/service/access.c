/*
 * Access: see access.h. The table of rights.def is expanded once for each column that is asked for;
 * what a token or a pending change of password takes away is decided before any grant is looked at.
 */
#include "service/access.h"

#include <stdio.h>

struct right_row {
    const char *code;
    const char *what;
    enum access_token token;
    enum access_scope role[ROLES];
};

enum { TOKEN_READ = ACCESS_TOKEN_READ, TOKEN_WRITE = ACCESS_TOKEN_WRITE, TOKEN_NEVER = 0 };

#define RIGHT(NAME, code, token, a, o, m, p, r, x, e, what)                                        \
    [RIGHT_##NAME] = {                                                                             \
        code,                                                                                      \
        what,                                                                                      \
        (enum access_token)TOKEN_##token,                                                          \
        {ACCESS_##a, ACCESS_##o, ACCESS_##m, ACCESS_##p, ACCESS_##r, ACCESS_##x, ACCESS_##e}},
static const struct right_row rights[RIGHTS] = {
#include "service/rights.def"
};
#undef RIGHT

static const struct {
    const char *code;
    const char *name[LANGS];
    enum access_bond bond;
} roles[ROLES] = {
    [ROLE_ADMINISTRATOR] = {"administrator", {"Administrator", "系统管理员"}, ACCESS_BOND_NONE},
    [ROLE_ORGANISER] = {"organiser", {"Organiser", "组委会成员"}, ACCESS_BOND_NONE},
    [ROLE_AREA_MANAGER] = {"area-manager", {"Area manager", "展区负责人"}, ACCESS_BOND_CHAIN},
    [ROLE_PAVILION_MANAGER] = {"pavilion-manager",
                               {"Pavilion manager", "展团负责人"},
                               ACCESS_BOND_PAVILION},
    [ROLE_READER] = {"reader", {"Reader", "只读用户"}, ACCESS_BOND_NONE},
    [ROLE_EXHIBITOR_MANAGER] = {"exhibitor-manager",
                                {"Exhibitor's manager", "参展企业管理员"},
                                ACCESS_BOND_PARTICIPANT},
    [ROLE_EXHIBITOR_MEMBER] = {"exhibitor-member",
                               {"Exhibitor's member", "参展企业成员"},
                               ACCESS_BOND_PARTICIPANT},
};

struct access access_local(void) {
    return (struct access){.local = true};
}

bool access_is_known(const struct access *access) {
    return access->local || access->account_id != 0;
}

enum access_scope access_scope_of(enum role role, enum right right) {
    return rights[right].role[role];
}

/* What is decided before the grants: ACCESS_ALL, ACCESS_NO, or ACCESS_OWN = by the grants. */
static enum access_scope before_grants(const struct access *access, enum right right) {
    if (access->local || right == RIGHT_PUBLIC)
        return ACCESS_ALL;
    if (access->account_id == 0)
        return ACCESS_NO;
    if (access->token != ACCESS_TOKEN_NONE &&
        (rights[right].token == ACCESS_TOKEN_NONE || rights[right].token > access->token))
        return ACCESS_NO;
    /* Own account and password: also before the first grant. */
    if (right == RIGHT_SIGNED_IN)
        return ACCESS_ALL;
    return access->must_change ? ACCESS_NO : ACCESS_OWN;
}

static bool lies_in(const struct access_place *place, const struct access_grant *grant) {
    if (grant->participant_id != 0 && grant->participant_id == place->participant_id)
        return true;
    if (grant->pavilion_id != 0 && grant->pavilion_id == place->pavilion_id)
        return true;
    for (size_t i = 0; grant->chain_id != 0 && i < place->chain_count; i++)
        if (place->chains[i] == grant->chain_id)
            return true;
    return false;
}

bool access_has(const struct access *access, enum right right) {
    enum access_scope decided = before_grants(access, right);
    for (uint32_t i = 0; decided == ACCESS_OWN && i < access->grant_count; i++)
        if (access_scope_of(access->grants[i].role, right) != ACCESS_NO)
            return true;
    return decided == ACCESS_ALL;
}

bool access_has_all(const struct access *access, enum right right) {
    enum access_scope decided = before_grants(access, right);
    for (uint32_t i = 0; decided == ACCESS_OWN && i < access->grant_count; i++)
        if (access_scope_of(access->grants[i].role, right) == ACCESS_ALL)
            return true;
    return decided == ACCESS_ALL;
}

bool access_may(const struct access *access, enum right right, const struct access_place *place) {
    if (access_has_all(access, right))
        return true;
    if (place == NULL || before_grants(access, right) != ACCESS_OWN)
        return false;
    for (uint32_t i = 0; i < access->grant_count; i++)
        if (access_scope_of(access->grants[i].role, right) == ACCESS_OWN &&
            lies_in(place, &access->grants[i]))
            return true;
    return false;
}

static const char *const own_place[] = {
    [ACCESS_BOND_NONE] = "",
    [ACCESS_BOND_CHAIN] = " (in its own chain)",
    [ACCESS_BOND_PAVILION] = " (in its own pavilion)",
    [ACCESS_BOND_PARTICIPANT] = " (for its own organisation)",
};

/* Names the roles that may, for the hint. */
static void add_roles(enum right right, struct errinfo *info) {
    char names[ERR_TEXT_MAX / 2] = "";
    for (int r = 0; r < ROLES; r++) {
        enum access_scope scope = access_scope_of((enum role)r, right);
        size_t used = strlen(names);
        if (scope != ACCESS_NO)
            snprintf(names + used, sizeof(names) - used, "%s%s%s", used > 0 ? ", " : "",
                     roles[r].code, scope == ACCESS_OWN ? own_place[roles[r].bond] : "");
    }
    err_hint(info, "It is for: %s. An administrator gives roles.", names);
}

/* Where the right is held, of who holds it somewhere. */
static const char *own_words(const struct access *access, enum right right) {
    for (uint32_t i = 0; i < access->grant_count; i++)
        if (access_scope_of(access->grants[i].role, right) == ACCESS_OWN &&
            roles[access->grants[i].role].bond != ACCESS_BOND_PARTICIPANT)
            return "its own chain or pavilion";
    return "the matters of its own organisation";
}

enum err access_check(const struct access *access, enum right right,
                      const struct access_place *place, struct errinfo *info) {
    if (access_may(access, right, place))
        return ERR_OK;
    if (access->account_id == 0) {
        err_set(info, ERR_DENIED, "to %s, sign in first", rights[right].what);
    } else if (access->must_change && right != RIGHT_SIGNED_IN) {
        err_set(info, ERR_DENIED, "the password of this account has to be changed first");
        err_hint(info, "Choose a new password, then go on.");
    } else if (access->token != ACCESS_TOKEN_NONE && before_grants(access, right) == ACCESS_NO) {
        err_set(info, ERR_DENIED, "this token does not allow to %s", rights[right].what);
        if (rights[right].token == ACCESS_TOKEN_NONE)
            err_hint(info, "No token does; sign in with a password.");
        else
            err_hint(info, "A token of scope \"write\" does.");
    } else if (access_has(access, right)) {
        err_set(info, ERR_DENIED, "this account may %s only in %s", rights[right].what,
                own_words(access, right));
        err_hint(info, "Ask an organiser to make the change, or an administrator for the role.");
    } else {
        err_set(info, ERR_DENIED, "this account may not %s", rights[right].what);
        add_roles(right, info);
    }
    return ERR_DENIED;
}

const char *access_right_code(enum right right) {
    return rights[right].code;
}

const char *access_right_what(enum right right) {
    return rights[right].what;
}

enum access_token access_right_token(enum right right) {
    return rights[right].token;
}

enum access_bond access_role_bond(enum role role) {
    return roles[role].bond;
}

const char *access_role_code(enum role role) {
    return roles[role].code;
}

const char *access_role_name(enum role role, enum lang lang) {
    return roles[role].name[lang];
}

enum role access_role_of_code(struct str code) {
    for (int r = 0; r < ROLES; r++)
        if (str_equal_c(code, roles[r].code))
            return (enum role)r;
    return ROLES;
}
