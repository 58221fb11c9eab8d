/*
 * Accounts: see accounts.h.
 *
 * An account is read from three places (its row, its grants by index); nothing is kept in memory,
 * so that a role taken away on the command line holds for the next request of a running server.
 */
#include "service/accounts.h"

#include "base/vec.h"
#include "service/links.h"
#include "service/rows.h"
#include "service/sessions.h"
#include "text/utf8.h"

static const char *const states[ACCOUNT_STATES] = {"active", "disabled", "erased"};

const char *account_state_code(enum account_state state) {
    return states[state];
}

enum account_state account_state_of_code(struct str code) {
    int state = 0;
    while (state < ACCOUNT_STATES && !str_equal_c(code, states[state]))
        state++;
    return (enum account_state)state;
}

bool accounts_own(enum store_table table) {
    return table == TABLE_ACCOUNT || table == TABLE_ROLE_GRANT || table == TABLE_API_TOKEN ||
           table == TABLE_RETENTION || table == TABLE_CONSENT;
}

/* Reading ---------------------------------------------------------------------------------------
 */

static enum err take_account(void *ctx, int64_t id, const struct store_value *v,
                             struct errinfo *info) {
    struct account *a = ctx;
    *a = (struct account){.id = id,
                          .has_password = v[ACCOUNT_PASSWORD].kind == STORE_TEXT,
                          .created_ms = v[ACCOUNT_CREATED_MS].integer};
    rows_copy(a->email.text, sizeof(a->email.text), &v[ACCOUNT_EMAIL]);
    rows_copy(a->name, sizeof(a->name), &v[ACCOUNT_NAME]);
    enum lang lang = lang_of_code(v[ACCOUNT_LANGUAGE].text);
    a->language = lang < LANGS ? lang : LANG_EN;
    a->state = account_state_of_code(v[ACCOUNT_STATE].text);
    a->access.account_id = a->state == ACCOUNT_ACTIVE ? id : 0;
    a->access.must_change = v[ACCOUNT_MUST_CHANGE].integer != 0;
    return ERR_OK;
}

static enum err take_grant(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    struct access *access = ctx;
    enum role role = access_role_of_code(v[ROLE_GRANT_ROLE].text);
    if (role < ROLES && access->grant_count < ACCESS_GRANTS_MAX)
        access->grants[access->grant_count++] =
            (struct access_grant){.role = role,
                                  .chain_id = v[ROLE_GRANT_CHAIN_ID].integer,
                                  .pavilion_id = v[ROLE_GRANT_PAVILION_ID].integer,
                                  .participant_id = v[ROLE_GRANT_PARTICIPANT_ID].integer};
    return ERR_OK;
}

static enum err read_grants(struct store_reader *reader, struct account *a, struct errinfo *info) {
    return store_scan_equal(reader, TABLE_ROLE_GRANT, ROLE_GRANT_ACCOUNT_ID, store_int(a->id),
                            take_grant, &a->access, info);
}

enum err account_get(struct store_reader *reader, int64_t id, struct account *out,
                     struct errinfo *info) {
    enum err code = store_get(reader, TABLE_ACCOUNT, id, take_account, out, info);
    return code == ERR_OK ? read_grants(reader, out, info) : code;
}

enum err account_by_email(struct store_reader *reader, struct str email, struct account *out,
                          struct errinfo *info) {
    struct mail_address address;
    *out = (struct account){0};
    enum err code = mail_address_read(email, &address, info);
    if (code == ERR_OK)
        code = store_scan_equal(reader, TABLE_ACCOUNT, ACCOUNT_EMAIL,
                                store_text(str_of(address.text)), take_account, out, info);
    if (code == ERR_OK && out->id == 0)
        code = err_set(info, ERR_NOT_FOUND, "there is no account %s", address.text);
    return code == ERR_OK ? read_grants(reader, out, info) : code;
}

static enum err take_password(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    rows_copy(ctx, PASSWORD_KEPT_MAX, &v[ACCOUNT_PASSWORD]);
    return ERR_OK;
}

enum err account_password(struct store_reader *reader, int64_t id, char kept[PASSWORD_KEPT_MAX],
                          struct errinfo *info) {
    return store_get(reader, TABLE_ACCOUNT, id, take_password, kept, info);
}

struct each {
    struct store_reader *reader;
    account_fn *fn;
    void *ctx;
};

static enum err give_account(void *ctx, int64_t id, const struct store_value *v,
                             struct errinfo *info) {
    const struct each *each = ctx;
    struct account account;
    enum err code = take_account(&account, id, v, info);
    if (code == ERR_OK)
        code = read_grants(each->reader, &account, info);
    return code == ERR_OK ? each->fn(each->ctx, &account, info) : code;
}

enum err accounts_each(struct store_reader *reader, account_fn *fn, void *ctx,
                       struct errinfo *info) {
    struct each each = {reader, fn, ctx};
    return store_scan(reader, TABLE_ACCOUNT, give_account, &each, info);
}

/* Rules ------------------------------------------------------------------------------------------
 */

static bool is_administrator(const struct account *a) {
    for (uint32_t i = 0; a->state == ACCOUNT_ACTIVE && i < a->access.grant_count; i++)
        if (a->access.grants[i].role == ROLE_ADMINISTRATOR)
            return true;
    return false;
}

static enum err count_administrator(void *ctx, const struct account *account,
                                    struct errinfo *info) {
    *(uint32_t *)ctx += is_administrator(account);
    return ERR_OK;
}

/* Asked after the change: an account that was an administrator may only stop being one when another
 * is there. */
static enum err keep_an_administrator(struct store *store, bool was, struct errinfo *info) {
    uint32_t left = 0;
    if (!was)
        return ERR_OK;
    enum err code = accounts_each(store_reader_of(store), count_administrator, &left, info);
    if (code == ERR_OK && left == 0) {
        code = err_set(info, ERR_CONFLICT, "this is the last administrator who can sign in");
        err_hint(info, "Make another account an administrator first.");
    }
    return code;
}

static enum err check_name(struct str name, struct errinfo *info) {
    if (!utf8_valid(name) || name.len > ACCOUNT_NAME_MAX)
        return err_set(info, ERR_INPUT, "a name is text of %d bytes at most", ACCOUNT_NAME_MAX);
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.ptr[i] < 0x20 || name.ptr[i] == 0x7F)
            return err_set(info, ERR_INPUT, "a name stands on one line");
    return ERR_OK;
}

static enum err is_there(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    return ERR_OK;
}

static enum err check_grant(struct store *store, const struct access_grant *grant,
                            struct errinfo *info) {
    if (grant->role < 0 || grant->role >= ROLES)
        return err_set(info, ERR_INPUT, "there is no such role");
    enum access_bond bond = access_role_bond(grant->role);
    bool chain = bond == ACCESS_BOND_CHAIN, pavilion = bond == ACCESS_BOND_PAVILION;
    if (bond == ACCESS_BOND_PARTICIPANT || grant->participant_id != 0) {
        err_set(info, ERR_INPUT, "the role %s is not given here", access_role_code(grant->role));
        err_hint(info, "Persons of an exhibitor come in by its invitation.");
        return ERR_INPUT;
    }
    if (chain != (grant->chain_id != 0) || pavilion != (grant->pavilion_id != 0)) {
        err_set(info, ERR_INPUT, "the role %s %s", access_role_code(grant->role),
                chain      ? "needs one chain and no pavilion"
                : pavilion ? "needs one pavilion and no chain"
                           : "is for the whole expo, not for a chain or a pavilion");
        return ERR_INPUT;
    }
    if (!chain && !pavilion)
        return ERR_OK;
    enum err code = store_get(store_reader_of(store), chain ? TABLE_CHAIN : TABLE_PAVILION,
                              chain ? grant->chain_id : grant->pavilion_id, is_there, NULL, info);
    return code == ERR_NOT_FOUND
               ? err_set(info, ERR_INPUT, "there is no such %s", chain ? "chain" : "pavilion")
               : code;
}

/* Writing -----------------------------------------------------------------------------------------
 */

static bool same_grant(const struct access_grant *a, const struct access_grant *b) {
    return a->role == b->role && a->chain_id == b->chain_id && a->pavilion_id == b->pavilion_id &&
           a->participant_id == b->participant_id;
}

static bool has_grant(const struct access_grant *grants, uint32_t count,
                      const struct access_grant *grant) {
    for (uint32_t i = 0; i < count; i++)
        if (same_grant(&grants[i], grant))
            return true;
    return false;
}

static enum err insert_grant(struct store *store, int64_t account_id,
                             const struct access_grant *grant, struct errinfo *info) {
    struct store_cell cells[] = {
        {ROLE_GRANT_ACCOUNT_ID, store_int(account_id)},
        {ROLE_GRANT_ROLE, store_text(str_of(access_role_code(grant->role)))},
        {ROLE_GRANT_CHAIN_ID, store_ref(grant->chain_id)},
        {ROLE_GRANT_PAVILION_ID, store_ref(grant->pavilion_id)},
        {ROLE_GRANT_PARTICIPANT_ID, store_ref(grant->participant_id)}};
    int64_t id;
    return store_insert(store, TABLE_ROLE_GRANT, cells, 5, &id, info);
}

struct surplus {
    const struct access_grant *grants;
    uint32_t count;
    VEC(int64_t)
    ids;
};

static enum err find_surplus(void *ctx, int64_t id, const struct store_value *v,
                             struct errinfo *info) {
    struct surplus *s = ctx;
    struct access_grant grant = {.role = access_role_of_code(v[ROLE_GRANT_ROLE].text),
                                 .chain_id = v[ROLE_GRANT_CHAIN_ID].integer,
                                 .pavilion_id = v[ROLE_GRANT_PAVILION_ID].integer};
    if (v[ROLE_GRANT_PARTICIPANT_ID].kind != STORE_NULL || has_grant(s->grants, s->count, &grant))
        return ERR_OK;
    return vec_push(&s->ids, id) ? ERR_OK : err_memory(info);
}

/* Only what differs is written, so that the log says what was given and taken. */
static enum err set_grants(struct store *store, const struct account *account,
                           const struct access_grant *grants, uint32_t count,
                           struct errinfo *info) {
    struct surplus surplus = {.grants = grants, .count = count};
    if (count > ACCESS_GRANTS_MAX)
        return err_set(info, ERR_LIMIT, "an account has %d roles at most", ACCESS_GRANTS_MAX);
    enum err code =
        store_scan_equal(store_reader_of(store), TABLE_ROLE_GRANT, ROLE_GRANT_ACCOUNT_ID,
                         store_int(account->id), find_surplus, &surplus, info);
    for (size_t i = 0; i < surplus.ids.len && code == ERR_OK; i++)
        code = store_delete(store, TABLE_ROLE_GRANT, surplus.ids.at[i], info);
    for (uint32_t i = 0; i < count && code == ERR_OK; i++) {
        code = check_grant(store, &grants[i], info);
        bool there = has_grant(account->access.grants, account->access.grant_count, &grants[i]) ||
                     has_grant(grants, i, &grants[i]);
        if (code == ERR_OK && !there)
            code = insert_grant(store, account->id, &grants[i], info);
    }
    vec_free(&surplus.ids);
    return code;
}

/* ERR_CONFLICT when another account than `id` has the address. */
static enum err check_free(struct store *store, const struct mail_address *email, int64_t id,
                           struct errinfo *info) {
    struct account other;
    enum err code = account_by_email(store_reader_of(store), str_of(email->text), &other, info);
    if (code == ERR_NOT_FOUND || (code == ERR_OK && other.id == id))
        return ERR_OK;
    return code != ERR_OK ? code
                          : err_set(info, ERR_CONFLICT, "%s has an account already", email->text);
}

enum err account_create(struct store *store, const struct access *by,
                        const struct account_request *request, int64_t *id, struct errinfo *info) {
    struct mail_address email;
    enum err code = access_check(by, RIGHT_ACCOUNTS, NULL, info);
    if (code == ERR_OK)
        code = mail_address_read(request->email, &email, info);
    if (code == ERR_OK)
        code = check_name(request->name, info);
    if (code == ERR_OK)
        code = check_free(store, &email, 0, info);
    if (code != ERR_OK)
        return code;
    struct store_cell cells[] = {
        {ACCOUNT_EMAIL, store_text(str_of(email.text))},
        {ACCOUNT_NAME, store_text(str_trim(request->name))},
        {ACCOUNT_LANGUAGE, store_text(str_of(lang_code(request->language)))},
        {ACCOUNT_STATE, store_text(str_of(account_state_code(ACCOUNT_ACTIVE)))},
        {ACCOUNT_PASSWORD, store_text(str_of(request->kept))},
        {ACCOUNT_MUST_CHANGE, store_int(request->must_change)},
        {ACCOUNT_CREATED_MS, store_int(request->at_ms)}};
    code = store_insert(store, TABLE_ACCOUNT, cells, sizeof(cells) / sizeof(cells[0]), id, info);
    if (code != ERR_OK)
        return code;
    const struct account fresh = {.id = *id};
    return set_grants(store, &fresh, request->grants, request->grant_count, info);
}

/* The cells of a change; the borrowed texts are those of `change` and `email`. */
static enum err change_cells(struct store *store, int64_t id, const struct account_change *change,
                             struct mail_address *email, struct store_cell *cells, uint32_t *count,
                             struct errinfo *info) {
    enum err code = ERR_OK;
    *count = 0;
    if (change->email != NULL) {
        code = mail_address_read(*change->email, email, info);
        if (code == ERR_OK)
            code = check_free(store, email, id, info);
        cells[(*count)++] = (struct store_cell){ACCOUNT_EMAIL, store_text(str_of(email->text))};
    }
    if (code == ERR_OK && change->name != NULL) {
        code = check_name(*change->name, info);
        cells[(*count)++] = (struct store_cell){ACCOUNT_NAME, store_text(str_trim(*change->name))};
    }
    if (change->language != NULL)
        cells[(*count)++] =
            (struct store_cell){ACCOUNT_LANGUAGE, store_text(str_of(lang_code(*change->language)))};
    if (code == ERR_OK && change->state != NULL && *change->state >= ACCOUNT_ERASED)
        code = err_set(info, ERR_INPUT, "an account is active or disabled");
    if (code == ERR_OK && change->state != NULL)
        cells[(*count)++] = (struct store_cell){
            ACCOUNT_STATE, store_text(str_of(account_state_code(*change->state)))};
    return code;
}

static enum err check_actor(const struct access *by, int64_t id, bool own_matter,
                            struct errinfo *info) {
    bool own = own_matter && by->account_id == id;
    return access_check(by, own ? RIGHT_SIGNED_IN : RIGHT_ACCOUNTS, NULL, info);
}

enum err account_reach(struct store *store, const struct account_request *request,
                       struct account *out, bool *made, struct errinfo *info) {
    const struct access local = access_local();
    int64_t id;
    enum err code = account_by_email(store_reader_of(store), request->email, out, info);
    *made = code == ERR_NOT_FOUND;
    if (!*made)
        return code;
    code = account_create(store, &local, request, &id, info);
    return code == ERR_OK ? account_get(store_reader_of(store), id, out, info) : code;
}

enum err account_change(struct store *store, const struct access *by, int64_t id,
                        const struct account_change *change, struct errinfo *info) {
    struct store_cell cells[4];
    struct mail_address email;
    struct account before;
    uint32_t count;
    bool own_matter = change->email == NULL && change->state == NULL && change->grants == NULL;
    enum err code = check_actor(by, id, own_matter, info);
    if (code == ERR_OK)
        code = account_get(store_reader_of(store), id, &before, info);
    if (code == ERR_OK && before.state == ACCOUNT_ERASED)
        code = err_set(info, ERR_CONFLICT, "this account was erased; make a new one");
    if (code == ERR_OK)
        code = change_cells(store, id, change, &email, cells, &count, info);
    if (code == ERR_OK && count > 0)
        code = store_update(store, TABLE_ACCOUNT, id, cells, count, info);
    if (code == ERR_OK && change->grants != NULL)
        code = set_grants(store, &before, change->grants, change->grant_count, info);
    if (code == ERR_OK)
        code = keep_an_administrator(store, is_administrator(&before), info);
    /* Who lost the address or the account must not come in by what was sent there. */
    bool shut_out = (change->state != NULL && *change->state != ACCOUNT_ACTIVE) ||
                    (change->email != NULL && strcmp(email.text, before.email.text) != 0);
    if (code == ERR_OK && shut_out)
        code = links_end(store, id, info);
    if (code == ERR_OK && shut_out)
        code = sessions_end_all(store, id, 0, info);
    return code;
}

enum err account_set_password(struct store *store, const struct access *by, int64_t id,
                              const char *kept, bool must_change, int64_t keep_session,
                              struct errinfo *info) {
    struct account account;
    enum err code = check_actor(by, id, true, info);
    if (code == ERR_OK)
        code = account_get(store_reader_of(store), id, &account, info);
    if (code == ERR_OK && account.state == ACCOUNT_ERASED)
        code = err_set(info, ERR_CONFLICT, "this account was erased; make a new one");
    if (code != ERR_OK)
        return code;
    struct store_cell cells[] = {{ACCOUNT_PASSWORD, store_text(str_of(kept))},
                                 {ACCOUNT_MUST_CHANGE, store_int(must_change)}};
    code = store_update(store, TABLE_ACCOUNT, id, cells, 2, info);
    if (code == ERR_OK)
        code = links_end(store, id, info);
    return code == ERR_OK ? sessions_end_all(store, id, keep_session, info) : code;
}

/* Persons of participants
 * --------------------------------------------------------------------------
 */

enum err account_may_join(const struct access *by, enum role role, int64_t participant_id,
                          struct errinfo *info) {
    const struct access_place place = {.participant_id = participant_id};
    if (role < 0 || role >= ROLES || access_role_bond(role) != ACCESS_BOND_PARTICIPANT)
        return err_set(info, ERR_INPUT, "a person of an exhibitor is its manager or its member");
    enum err code = access_check(by, RIGHT_INVITE, &place, info);
    if (code != ERR_OK || role == ROLE_EXHIBITOR_MEMBER || access_has_all(by, RIGHT_INVITE))
        return code;
    err_set(info, ERR_DENIED, "a manager invites members; this account may not make managers");
    err_hint(info, "Ask the organiser for another manager.");
    return ERR_DENIED;
}

enum err account_join(struct store *store, const struct access *by, int64_t id, enum role role,
                      int64_t participant_id, struct errinfo *info) {
    const struct access_grant grant = {.role = role, .participant_id = participant_id};
    struct account account;
    enum err code = account_may_join(by, role, participant_id, info);
    if (code == ERR_OK)
        code = store_get(store_reader_of(store), TABLE_PARTICIPANT, participant_id, is_there, NULL,
                         info);
    if (code == ERR_OK)
        code = account_get(store_reader_of(store), id, &account, info);
    if (code != ERR_OK || has_grant(account.access.grants, account.access.grant_count, &grant))
        return code;
    if (account.state == ACCOUNT_ERASED)
        return err_set(info, ERR_CONFLICT, "this account was erased; make a new one");
    if (account.access.grant_count >= ACCESS_GRANTS_MAX)
        return err_set(info, ERR_LIMIT, "an account has %d roles at most", ACCESS_GRANTS_MAX);
    return insert_grant(store, id, &grant, info);
}

struct leaving {
    int64_t participant_id;
    VEC(int64_t)
    ids;
};

static enum err find_leaving(void *ctx, int64_t id, const struct store_value *v,
                             struct errinfo *info) {
    struct leaving *l = ctx;
    if (v[ROLE_GRANT_PARTICIPANT_ID].integer != l->participant_id)
        return ERR_OK;
    return vec_push(&l->ids, id) ? ERR_OK : err_memory(info);
}

enum err account_leave(struct store *store, const struct access *by, int64_t id,
                       int64_t participant_id, struct errinfo *info) {
    const struct access_place place = {.participant_id = participant_id};
    const struct access_grant member = {.role = ROLE_EXHIBITOR_MEMBER,
                                        .participant_id = participant_id};
    struct leaving leaving = {.participant_id = participant_id};
    bool is_own = by->account_id > 0 && by->account_id == id;
    enum err code = is_own && has_grant(by->grants, by->grant_count, &member)
                        ? ERR_OK
                        : access_check(by, RIGHT_INVITE, &place, info);
    if (code == ERR_OK && is_own && access_may(by, RIGHT_INVITE, &place) &&
        !access_has_all(by, RIGHT_INVITE)) {
        code = err_set(info, ERR_CONFLICT, "a manager does not take its own role away");
        err_hint(info, "Another manager or the organiser does.");
    }
    if (code == ERR_OK && participant_id > 0)
        code = store_scan_equal(store_reader_of(store), TABLE_ROLE_GRANT, ROLE_GRANT_ACCOUNT_ID,
                                store_int(id), find_leaving, &leaving, info);
    for (size_t i = 0; i < leaving.ids.len && code == ERR_OK; i++)
        code = store_delete(store, TABLE_ROLE_GRANT, leaving.ids.at[i], info);
    vec_free(&leaving.ids);
    return code;
}
