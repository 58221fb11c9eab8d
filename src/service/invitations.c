/*
 * Invitations: see invitations.h. What strangers do with a link is written as by the command line
 * (access_local): the invitation is the right, and who made it held that right then.
 */
#include "service/invitations.h"

#include "service/letters.h"
#include "service/outbox.h"
#include "service/rows.h"

static void take(struct invitation *out, int64_t id, const struct store_value *v) {
    *out = (struct invitation){.id = id,
                               .participant_id = v[INVITATION_PARTICIPANT_ID].integer,
                               .role = access_role_of_code(v[INVITATION_ROLE].text),
                               .created_ms = v[INVITATION_CREATED_MS].integer,
                               .expires_ms = v[INVITATION_EXPIRES_MS].integer,
                               .used = v[INVITATION_USED_MS].kind != STORE_NULL};
    rows_copy(out->email.text, sizeof(out->email.text), &v[INVITATION_EMAIL]);
}

static enum err take_one(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    take(ctx, id, v);
    return ERR_OK;
}

/* Making ------------------------------------------------------------------------------------------
 */

struct counting {
    const char *email; /* of the new one; "" = handed over */
    int64_t now_ms;
    uint32_t open;
    int64_t same; /* an open one to the same address */
};

static enum err count_open(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    struct counting *c = ctx;
    struct invitation one;
    take(&one, id, v);
    if (one.used || one.expires_ms <= c->now_ms)
        return ERR_OK;
    c->open++;
    if (c->email[0] != '\0' && strcmp(one.email.text, c->email) == 0)
        c->same = id;
    return ERR_OK;
}

static enum err exists(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    return ERR_OK;
}

/* Makes room for a new one: takes back what was sent to the same address. */
static enum err make_room(struct store *store, const struct invitation_request *request,
                          const char *email, struct errinfo *info) {
    struct counting c = {.email = email, .now_ms = request->now_ms};
    enum err code =
        store_scan_equal(store_reader_of(store), TABLE_INVITATION, INVITATION_PARTICIPANT_ID,
                         store_int(request->participant_id), count_open, &c, info);
    if (code != ERR_OK)
        return code;
    if (c.same != 0)
        return store_delete(store, TABLE_INVITATION, c.same, info);
    if (c.open < INVITATIONS_OPEN_MAX)
        return ERR_OK;
    err_set(info, ERR_LIMIT, "%d invitations of this organisation are open already",
            INVITATIONS_OPEN_MAX);
    err_hint(info, "Take some of them back first.");
    return ERR_LIMIT;
}

static enum err put_letter(struct store *store, const struct invitation_request *request,
                           const struct mail_address *to, struct str link, struct errinfo *info) {
    struct buf body;
    buf_init(&body, MAIL_BODY_MAX);
    letter_write(LETTER_PARTNER, request->language, STR(""), link, &body);
    const struct outbox_letter letter = {*to, letter_subject(LETTER_PARTNER, request->language),
                                         buf_str(&body)};
    enum err code = buf_error(&body, info);
    if (code == ERR_OK)
        code = outbox_put(store, &letter, request->now_ms, info);
    if (body.ptr != NULL)
        secret_wipe(body.ptr, body.len);
    buf_release(&body);
    return code;
}

enum err invitations_make(struct store *store, const struct access *by,
                          const struct invitation_request *request, struct buf *url, int64_t *id,
                          struct errinfo *info) {
    struct mail_address email = {0};
    enum err code = account_may_join(by, request->role, request->participant_id, info);
    if (code == ERR_OK)
        code = store_get(store_reader_of(store), TABLE_PARTICIPANT, request->participant_id, exists,
                         NULL, info);
    if (code == ERR_OK && request->email.len > 0)
        code = mail_address_read(request->email, &email, info);
    if (code == ERR_OK)
        code = make_room(store, request, email.text, info);
    if (code != ERR_OK)
        return code;
    struct secret secret = secret_new();
    struct secret_digest digest = secret_digest_of(str_of(secret.text));
    struct store_cell cells[] = {
        {INVITATION_PARTICIPANT_ID, store_int(request->participant_id)},
        {INVITATION_ROLE, store_text(str_of(access_role_code(request->role)))},
        {INVITATION_EMAIL, store_text(str_of(email.text))},
        {INVITATION_DIGEST, store_text(str_of(digest.text))},
        {INVITATION_ACCOUNT_ID, store_ref(by->account_id)},
        {INVITATION_CREATED_MS, store_int(request->now_ms)},
        {INVITATION_EXPIRES_MS, store_int(request->now_ms + INVITATION_MS)}};
    /* Behind "#" it is sent to no server, and stays out of logs and referrers. */
    buf_printf(url, "%s/my/join#%s", request->origin, secret.text);
    secret_wipe(&secret, sizeof(secret));
    code = buf_error(url, info);
    if (code == ERR_OK)
        code = store_insert(store, TABLE_INVITATION, cells, sizeof(cells) / sizeof(cells[0]), id,
                            info);
    return code == ERR_OK && email.text[0] != '\0'
               ? put_letter(store, request, &email, buf_str(url), info)
               : code;
}

/* Keeping -----------------------------------------------------------------------------------------
 */

static enum err check_inviter(const struct access *access, int64_t participant_id,
                              struct errinfo *info) {
    const struct access_place place = {.participant_id = participant_id};
    return access_check(access, RIGHT_INVITE, &place, info);
}

enum err invitations_revoke(struct store *store, const struct access *by, int64_t participant_id,
                            int64_t id, struct errinfo *info) {
    struct invitation found = {0};
    enum err code = check_inviter(by, participant_id, info);
    if (code == ERR_OK)
        code = store_get(store_reader_of(store), TABLE_INVITATION, id, take_one, &found, info);
    if (code == ERR_OK && found.participant_id != participant_id)
        code = err_set(info, ERR_NOT_FOUND, "this organisation has no such invitation");
    return code == ERR_OK ? store_delete(store, TABLE_INVITATION, id, info) : code;
}

struct each {
    invitation_fn *fn;
    void *ctx;
};

static enum err give(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    const struct each *each = ctx;
    struct invitation one;
    take(&one, id, v);
    return each->fn(each->ctx, &one, info);
}

enum err invitations_each(struct store_reader *reader, const struct access *access,
                          int64_t participant_id, invitation_fn *fn, void *ctx,
                          struct errinfo *info) {
    struct each each = {fn, ctx};
    enum err code = check_inviter(access, participant_id, info);
    return code == ERR_OK ? store_scan_equal(reader, TABLE_INVITATION, INVITATION_PARTICIPANT_ID,
                                             store_int(participant_id), give, &each, info)
                          : code;
}

static bool over_before(void *ctx, int64_t id, const struct store_value *v) {
    return v[INVITATION_EXPIRES_MS].integer < *(const int64_t *)ctx;
}

enum err invitations_sweep(struct store *store, int64_t before_ms, uint64_t *deleted,
                           struct errinfo *info) {
    return rows_delete_old(store, TABLE_INVITATION, over_before, &before_ms, deleted, info);
}

/* Opening -----------------------------------------------------------------------------------------
 */

enum err invitations_look(struct store_reader *reader, struct str secret, int64_t now_ms,
                          struct invitation *out, struct errinfo *info) {
    struct secret_digest digest = secret_digest_of(secret);
    *out = (struct invitation){0};
    enum err code = store_scan_equal(reader, TABLE_INVITATION, INVITATION_DIGEST,
                                     store_text(str_of(digest.text)), take_one, out, info);
    if (code != ERR_OK || (out->id != 0 && !out->used && now_ms < out->expires_ms))
        return code;
    err_set(info, ERR_DENIED, "this invitation was used or taken back, or its time is over");
    err_hint(info, "Ask whoever invited you for a new one.");
    return ERR_DENIED;
}

enum err invitations_accept(struct store *store, const struct invitation_answer *answer,
                            struct invitation_joined *out, struct errinfo *info) {
    const struct access local = access_local();
    const struct store_cell used = {INVITATION_USED_MS, store_int(answer->now_ms)};
    struct invitation found;
    struct account account;
    *out = (struct invitation_joined){0};
    enum err code =
        invitations_look(store_reader_of(store), answer->secret, answer->now_ms, &found, info);
    if (code != ERR_OK)
        return code;
    struct str email = found.email.text[0] != '\0' ? str_of(found.email.text) : answer->email;
    const struct account_request request = {.email = email,
                                            .name = answer->name,
                                            .language = answer->language,
                                            .at_ms = answer->now_ms};
    code = account_reach(store, &request, &account, &out->made, info);
    if (code == ERR_OK)
        code = store_update(store, TABLE_INVITATION, found.id, &used, 1, info);
    if (code != ERR_OK || account.state != ACCOUNT_ACTIVE)
        return code;
    out->account_id = account.id;
    return account_join(store, &local, account.id, found.role, found.participant_id, info);
}

/* Persons -----------------------------------------------------------------------------------------
 */

struct persons {
    struct store_reader *reader;
    participant_person_fn *fn;
    void *ctx;
};

static enum err give_person(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    const struct persons *p = ctx;
    struct account account;
    enum role role = access_role_of_code(v[ROLE_GRANT_ROLE].text);
    enum err code = account_get(p->reader, v[ROLE_GRANT_ACCOUNT_ID].integer, &account, info);
    return code == ERR_OK && role < ROLES ? p->fn(p->ctx, &account, role, info) : code;
}

enum err participant_persons(struct store_reader *reader, const struct access *access,
                             int64_t participant_id, participant_person_fn *fn, void *ctx,
                             struct errinfo *info) {
    const struct access_place place = {.participant_id = participant_id};
    struct persons persons = {reader, fn, ctx};
    enum err code = access_check(access, RIGHT_PARTNER_READ, &place, info);
    return code == ERR_OK ? store_scan_equal(reader, TABLE_ROLE_GRANT, ROLE_GRANT_PARTICIPANT_ID,
                                             store_int(participant_id), give_person, &persons, info)
                          : code;
}
