/*
 * The door: see door.h. Each function checks on the caller's reader and thread, then runs one job
 * in the writer, which looks again at what may have changed meanwhile.
 */
#include "service/door_parts.h"

#include "base/mem.h"
#include "service/invitations.h"
#include "service/outbox.h"

enum err door_new(struct writer *writer, const char *origin, struct door **out,
                  struct errinfo *info) {
    struct door *door = mem_new(1, sizeof(*door));
    if (door == NULL)
        return err_memory(info);
    *door = (struct door){.writer = writer, .origin = origin};
    enum err code = secret_start(info);
    if (code == ERR_OK)
        code = password_desk_new(&door->passwords, info);
    if (code == ERR_OK)
        *out = door;
    else
        door_free(door);
    return code;
}

void door_free(struct door *door) {
    if (door == NULL)
        return;
    password_desk_free(door->passwords);
    mem_free(door);
}

enum err door_run(struct door *door, int64_t account_id, int64_t now_ms, writer_fn *fn, void *ctx,
                  struct errinfo *info) {
    const struct store_batch batch = {
        .kind = "account", .account_id = account_id, .actor = STR("sign-in"), .at_ms = now_ms};
    int64_t batch_id;
    return writer_run(door->writer, &batch, fn, ctx, &batch_id, info);
}

/* Ends what the cookie opens, and opens a new session. */
static enum err enter(struct store *store, const struct account *account,
                      const struct door_visit *visit, struct door_entry *out,
                      struct errinfo *info) {
    struct session before;
    struct errinfo none;
    enum err code =
        sessions_find(store_reader_of(store), visit->cookie, visit->now_ms, &before, &none);
    if (code == ERR_OK)
        code = sessions_end(store, before.account.id, before.id, info);
    else if (code == ERR_DENIED)
        code = ERR_OK;
    else if (info != NULL)
        *info = none;
    out->account_id = account->id;
    out->must_change = account->access.must_change;
    return code == ERR_OK ? sessions_open(store, account->id, visit->address, visit->agent,
                                          visit->now_ms, &out->key, info)
                          : code;
}

/* Throttling -------------------------------------------------------------------------------------
 */

struct knowing {
    struct str address;
    bool known;
};

static enum err know_address(void *ctx, int64_t id, const struct store_value *v,
                             struct errinfo *info) {
    struct knowing *k = ctx;
    k->known = k->known || (k->address.len > 0 && v[SESSION_ADDRESS].kind == STORE_TEXT &&
                            str_equal(v[SESSION_ADDRESS].text, k->address));
    return ERR_OK;
}

static enum err find_keys(struct store_reader *reader, const struct door_visit *visit,
                          struct str email, int64_t account_id, struct door_keys *keys,
                          struct errinfo *info) {
    struct knowing knowing = {.address = visit->address};
    enum err code = ERR_OK;
    if (account_id != 0)
        code = store_scan_equal(reader, TABLE_SESSION, SESSION_ACCOUNT_ID, store_int(account_id),
                                know_address, &knowing, info);
    *keys = (struct door_keys){throttle_key_of(THROTTLE_ACCOUNT, str_trim(email)),
                               throttle_key_of(THROTTLE_ADDRESS, visit->address), knowing.known};
    return code;
}

enum err door_may_try(struct store_reader *reader, const struct door_keys *keys, int64_t now_ms,
                      int64_t *wait_ms, struct errinfo *info) {
    int64_t of_account = 0, of_address = 0;
    enum err code = throttle_wait(reader, &keys->address, now_ms, &of_address, info);
    if (code == ERR_OK && !keys->known)
        code = throttle_wait(reader, &keys->account, now_ms, &of_account, info);
    *wait_ms = of_account > of_address ? of_account : of_address;
    if (code == ERR_OK && *wait_ms > 0) {
        long long seconds = (long long)(*wait_ms + 999) / 1000;
        code = err_set(info, ERR_LIMIT, "too many tries in a short time; the next counts in %lld s",
                       seconds);
    }
    return code;
}

enum err door_note_try(struct store *store, const struct door_keys *keys, int64_t now_ms,
                       struct errinfo *info) {
    enum err code = throttle_note(store, &keys->account, now_ms, info);
    return code == ERR_OK ? throttle_note(store, &keys->address, now_ms, info) : code;
}

static enum err forget_failures(struct store *store, const struct door_keys *keys,
                                struct errinfo *info) {
    enum err code = throttle_forget(store, &keys->account, info);
    return code == ERR_OK ? throttle_forget(store, &keys->address, info) : code;
}

/* Signing in -------------------------------------------------------------------------------------
 */

struct attempt {
    const struct door_visit *visit;
    struct door_keys keys;
    int64_t account_id;           /* 0 = there is no such account */
    char kept[PASSWORD_KEPT_MAX]; /* with which the password was compared */
    bool right;
    int64_t wait_ms;
    struct door_entry *entry;
};

static enum err refuse(struct errinfo *info) {
    err_set(info, ERR_DENIED, "the mail address or the password is wrong");
    err_hint(info, "Try again, or ask for a link by mail.");
    return ERR_DENIED;
}

/* The account of an address and its kept password, "" when nobody can sign in with it. */
static enum err find_kept(struct store_reader *reader, struct str email, struct attempt *attempt,
                          struct errinfo *info) {
    struct account account;
    struct errinfo missing;
    attempt->account_id = 0;
    attempt->kept[0] = '\0';
    enum err code = account_by_email(reader, email, &account, &missing);
    if (code == ERR_NOT_FOUND || code == ERR_INPUT)
        return ERR_OK;
    if (code != ERR_OK && info != NULL)
        *info = missing;
    if (code != ERR_OK || account.state != ACCOUNT_ACTIVE)
        return code;
    attempt->account_id = account.id;
    return account_password(reader, account.id, attempt->kept, info);
}

/* In the writer: the throttle once more, then the session or the failure. */
static enum err finish_sign_in(void *ctx, struct store *store, struct errinfo *info) {
    struct attempt *a = ctx;
    struct account account;
    char kept[PASSWORD_KEPT_MAX];
    struct store_reader *reader = store_reader_of(store);
    enum err code = door_may_try(reader, &a->keys, a->visit->now_ms, &a->wait_ms, info);
    if (code != ERR_OK)
        return code;
    if (a->right) {
        code = account_get(reader, a->account_id, &account, info);
        if (code == ERR_OK)
            code = account_password(reader, a->account_id, kept, info);
        if (code != ERR_OK)
            return code;
        a->right = account.state == ACCOUNT_ACTIVE && strcmp(kept, a->kept) == 0;
    }
    if (!a->right)
        return door_note_try(store, &a->keys, a->visit->now_ms, info);
    code = forget_failures(store, &a->keys, info);
    return code == ERR_OK ? enter(store, &account, a->visit, a->entry, info) : code;
}

enum err door_sign_in(struct door *door, struct store_reader *reader,
                      const struct door_visit *visit, struct str email, struct str password,
                      struct door_entry *out, int64_t *wait_ms, struct errinfo *info) {
    struct attempt a = {.visit = visit, .entry = out};
    *wait_ms = 0;
    if (email.len > MAIL_ADDRESS_MAX || password.len > PASSWORD_BYTES_MAX)
        return refuse(info);
    enum err code = find_kept(reader, email, &a, info);
    if (code == ERR_OK)
        code = find_keys(reader, visit, email, a.account_id, &a.keys, info);
    if (code == ERR_OK)
        code = door_may_try(reader, &a.keys, visit->now_ms, &a.wait_ms, info);
    if (code == ERR_OK) {
        code = password_check(door->passwords, str_of(a.kept), password, &a.right, info);
        if (code == ERR_LIMIT)
            a.wait_ms = 1000;
        if (code == ERR_OK)
            code = door_run(door, 0, visit->now_ms, finish_sign_in, &a, info);
        if (code == ERR_OK && !a.right)
            code = refuse(info);
    }
    *wait_ms = a.wait_ms;
    secret_wipe(a.kept, sizeof(a.kept));
    return code;
}

/* Links ------------------------------------------------------------------------------------------
 */

static enum err put_letter(struct store *store, const struct account *account,
                           enum letter_kind kind, struct str link, int64_t now_ms,
                           struct errinfo *info) {
    struct buf body;
    buf_init(&body, MAIL_BODY_MAX);
    letter_write(kind, account->language, str_of(account->name), link, &body);
    enum err code = buf_error(&body, info);
    const struct outbox_letter letter = {account->email, letter_subject(kind, account->language),
                                         buf_str(&body)};
    if (code == ERR_OK)
        code = outbox_put(store, &letter, now_ms, info);
    if (body.ptr != NULL)
        secret_wipe(body.ptr, body.len);
    buf_release(&body);
    return code;
}

/* Where an account works: persons of participants, and only they, in the portal. */
static const char *home_of(const struct account *account) {
    const struct access *access = &account->access;
    for (uint32_t i = 0; i < access->grant_count; i++)
        if (access->grants[i].participant_id == 0)
            return "/desk";
    return access->grant_count > 0 ? "/my" : "/desk";
}

/* The secret stands behind "#": it is sent to no server, and stays out of logs and referrers. */
static void write_url(struct buf *url, const char *origin, const struct account *account,
                      enum link_purpose purpose, const char *secret) {
    buf_printf(url, "%s%s/link?purpose=%s#%s", origin, home_of(account),
               links_purpose_code(purpose), secret);
}

static enum err send_link(struct store *store, const struct account *account, const char *origin,
                          enum letter_kind kind, int64_t now_ms, struct buf *url,
                          struct errinfo *info) {
    struct secret secret;
    enum link_purpose purpose = kind == LETTER_SIGN_IN ? LINK_SIGN_IN : LINK_SET_PASSWORD;
    enum err code = links_make(store, account->id, purpose, now_ms, &secret, info);
    if (code != ERR_OK)
        return code;
    write_url(url, origin, account, purpose, secret.text);
    secret_wipe(&secret, sizeof(secret));
    code = buf_error(url, info);
    return code == ERR_OK ? put_letter(store, account, kind, buf_str(url), now_ms, info) : code;
}

enum err door_invite(struct store *store, const struct access *by, const char *origin,
                     int64_t account_id, enum letter_kind kind, int64_t now_ms, struct buf *url,
                     struct errinfo *info) {
    struct account account;
    enum err code = access_check(by, RIGHT_ACCOUNTS, NULL, info);
    if (code == ERR_OK)
        code = account_get(store_reader_of(store), account_id, &account, info);
    if (code == ERR_OK && account.state != ACCOUNT_ACTIVE)
        code = err_set(info, ERR_CONFLICT, "this account is not active");
    return code == ERR_OK ? send_link(store, &account, origin, kind, now_ms, url, info) : code;
}

struct asking {
    const struct door *door;
    const struct door_visit *visit;
    struct str email;
    enum letter_kind kind;
    struct door_keys keys;
    int64_t wait_ms;
};

/* One job whether or not there is an account, so that the time tells nothing of it. */
static enum err finish_link(void *ctx, struct store *store, struct errinfo *info) {
    struct asking *a = ctx;
    struct account account;
    struct buf url;
    enum err code =
        door_may_try(store_reader_of(store), &a->keys, a->visit->now_ms, &a->wait_ms, info);
    if (code == ERR_OK)
        code = door_note_try(store, &a->keys, a->visit->now_ms, info);
    if (code != ERR_OK)
        return code;
    code = account_by_email(store_reader_of(store), a->email, &account, info);
    if (code == ERR_NOT_FOUND || (code == ERR_OK && account.state != ACCOUNT_ACTIVE))
        return ERR_OK;
    /* Who has not used the one-time password has lost it, and could not choose another with it. */
    enum letter_kind kind = account.access.must_change ? LETTER_PASSWORD : a->kind;
    buf_init(&url, DOOR_URL_MAX);
    if (code == ERR_OK)
        code = send_link(store, &account, a->door->origin, kind, a->visit->now_ms, &url, info);
    if (url.ptr != NULL)
        secret_wipe(url.ptr, url.len);
    buf_release(&url);
    return code;
}

enum err door_send_link(struct door *door, struct store_reader *reader,
                        const struct door_visit *visit, struct str email, enum link_purpose purpose,
                        int64_t *wait_ms, struct errinfo *info) {
    struct mail_address address;
    struct asking a = {.door = door,
                       .visit = visit,
                       .kind = purpose == LINK_SIGN_IN ? LETTER_SIGN_IN : LETTER_PASSWORD};
    *wait_ms = 0;
    enum err code = mail_address_read(email, &address, info);
    if (code != ERR_OK)
        return code;
    a.email = str_of(address.text);
    a.keys.account = throttle_key_of(THROTTLE_MAIL, a.email);
    a.keys.address = throttle_key_of(THROTTLE_MAIL_ADDRESS, visit->address);
    code = door_may_try(reader, &a.keys, visit->now_ms, &a.wait_ms, info);
    if (code == ERR_OK)
        code = door_run(door, 0, visit->now_ms, finish_link, &a, info);
    *wait_ms = a.wait_ms;
    return code;
}

struct joining {
    const struct door *door;
    const struct door_visit *visit;
    struct invitation_answer answer;
    struct door_keys keys;
    bool opens; /* the invitation is there */
    int64_t wait_ms;
};

enum err door_let_in(struct store *store, const struct door *door, int64_t account_id, bool made,
                     int64_t now_ms, struct errinfo *info) {
    struct account account;
    struct buf url;
    enum err code = account_get(store_reader_of(store), account_id, &account, info);
    buf_init(&url, DOOR_URL_MAX);
    if (code == ERR_OK)
        code = send_link(store, &account, door->origin, made ? LETTER_INVITE : LETTER_SIGN_IN,
                         now_ms, &url, info);
    if (url.ptr != NULL)
        secret_wipe(url.ptr, url.len);
    buf_release(&url);
    return code;
}

static enum err let_join(struct store *store, struct joining *j, struct errinfo *info) {
    struct invitation_joined joined;
    enum err code = invitations_accept(store, &j->answer, &joined, info);
    return code == ERR_OK && joined.account_id != 0
               ? door_let_in(store, j->door, joined.account_id, joined.made, j->visit->now_ms, info)
               : code;
}

/* A try is noted also when the invitation opens nothing: this job then ends well. */
static enum err finish_join(void *ctx, struct store *store, struct errinfo *info) {
    struct joining *j = ctx;
    struct invitation found;
    struct store_reader *reader = store_reader_of(store);
    enum err code = door_may_try(reader, &j->keys, j->visit->now_ms, &j->wait_ms, info);
    if (code == ERR_OK)
        code = door_note_try(store, &j->keys, j->visit->now_ms, info);
    if (code != ERR_OK)
        return code;
    code = invitations_look(reader, j->answer.secret, j->visit->now_ms, &found, info);
    j->opens = code == ERR_OK;
    if (!j->opens)
        return code == ERR_DENIED ? ERR_OK : code;
    return let_join(store, j, info);
}

enum err door_join(struct door *door, struct store_reader *reader, const struct door_visit *visit,
                   struct str secret, struct str email, struct str name, enum lang language,
                   int64_t *wait_ms, struct errinfo *info) {
    struct invitation found;
    struct joining j = {.door = door,
                        .visit = visit,
                        .answer = {.secret = secret,
                                   .email = email,
                                   .name = name,
                                   .language = language,
                                   .now_ms = visit->now_ms}};
    /* The first key is the invitation's: what is typed with it may be anybody's address. */
    j.keys.account = throttle_key_of(THROTTLE_MAIL, secret);
    j.keys.address = throttle_key_of(THROTTLE_MAIL_ADDRESS, visit->address);
    enum err code = door_may_try(reader, &j.keys, visit->now_ms, &j.wait_ms, info);
    if (code == ERR_OK)
        code = door_run(door, 0, visit->now_ms, finish_join, &j, info);
    if (code == ERR_OK && !j.opens)
        code = invitations_look(reader, secret, visit->now_ms, &found, info);
    *wait_ms = j.wait_ms;
    return code;
}

struct redeeming {
    const struct door *door;
    const struct door_visit *visit;
    struct str secret;
    enum link_purpose purpose; /* as it was looked at before */
    char kept[PASSWORD_KEPT_MAX];
    struct door_entry *entry;
};

static enum err set_and_tell(struct store *store, const struct account *account, const char *kept,
                             const char *origin, int64_t now_ms, struct errinfo *info) {
    char link[DOOR_URL_MAX];
    snprintf(link, sizeof(link), "%s%s", origin, home_of(account));
    enum err code =
        account_set_password(store, &account->access, account->id, kept, false, 0, info);
    return code == ERR_OK ? put_letter(store, account, LETTER_CHANGED, str_of(link), now_ms, info)
                          : code;
}

static enum err finish_redeem(void *ctx, struct store *store, struct errinfo *info) {
    struct redeeming *r = ctx;
    struct link_target target;
    struct account account;
    int64_t now_ms = r->visit->now_ms;
    enum err code = links_redeem(store, r->secret, now_ms, &target, info);
    if (code == ERR_OK)
        code = account_get(store_reader_of(store), target.account_id, &account, info);
    if (code == ERR_OK && (account.state != ACCOUNT_ACTIVE || target.purpose != r->purpose))
        code = err_set(info, ERR_DENIED, "this account is not active");
    if (code == ERR_OK && target.purpose == LINK_SET_PASSWORD) {
        code = set_and_tell(store, &account, r->kept, r->door->origin, now_ms, info);
        account.access.must_change = false;
    }
    return code == ERR_OK ? enter(store, &account, r->visit, r->entry, info) : code;
}

enum err door_redeem(struct door *door, struct store_reader *reader, const struct door_visit *visit,
                     struct str secret, struct str password, struct door_entry *out,
                     struct errinfo *info) {
    struct redeeming r = {.door = door, .visit = visit, .secret = secret, .entry = out};
    struct link_target target;
    struct account account;
    enum err code = links_look(reader, secret, visit->now_ms, &target, info);
    if (code == ERR_OK)
        code = account_get(reader, target.account_id, &account, info);
    if (code != ERR_OK)
        return code;
    r.purpose = target.purpose;
    if (target.purpose == LINK_SET_PASSWORD) {
        code = password_allowed(password, str_of(account.email.text), info);
        if (code == ERR_OK)
            code = password_keep(door->passwords, password, r.kept, info);
    }
    /* In the log, what follows is the account's own deed. */
    return code == ERR_OK ? door_run(door, account.id, visit->now_ms, finish_redeem, &r, info)
                          : code;
}

/* Passwords and sessions -------------------------------------------------------------------------
 */

struct changing {
    const struct door *door;
    const struct door_visit *visit;
    const struct session *session;
    struct door_keys keys;
    char old_kept[PASSWORD_KEPT_MAX], new_kept[PASSWORD_KEPT_MAX];
    bool right;
    struct door_entry *entry;
};

static enum err finish_change(void *ctx, struct store *store, struct errinfo *info) {
    struct changing *c = ctx;
    struct account account;
    char kept[PASSWORD_KEPT_MAX];
    int64_t now_ms = c->visit->now_ms;
    if (!c->right)
        return throttle_note(store, &c->keys.account, now_ms, info);
    enum err code = account_get(store_reader_of(store), c->session->account.id, &account, info);
    if (code == ERR_OK)
        code = account_password(store_reader_of(store), account.id, kept, info);
    if (code == ERR_OK && strcmp(kept, c->old_kept) != 0)
        code = err_set(info, ERR_CONFLICT, "the password was changed meanwhile");
    if (code == ERR_OK)
        code = throttle_forget(store, &c->keys.account, info);
    if (code == ERR_OK)
        code = set_and_tell(store, &account, c->new_kept, c->door->origin, now_ms, info);
    account.access.must_change = false;
    return code == ERR_OK ? enter(store, &account, c->visit, c->entry, info) : code;
}

/* The rules, and that it is another one. */
static enum err check_new(const struct session *session, struct str old_password,
                          struct str new_password, struct errinfo *info) {
    if (secret_equal(old_password, new_password))
        return err_set(info, ERR_INPUT, "the new password is the old one");
    return password_allowed(new_password, str_of(session->account.email.text), info);
}

enum err door_change_password(struct door *door, struct store_reader *reader,
                              const struct door_visit *visit, const struct session *session,
                              struct str old_password, struct str new_password,
                              struct door_entry *out, int64_t *wait_ms, struct errinfo *info) {
    struct changing c = {.door = door, .visit = visit, .session = session, .entry = out};
    const struct account *account = &session->account;
    *wait_ms = 0;
    c.keys.account = throttle_key_of(THROTTLE_ACCOUNT, str_of(account->email.text));
    c.keys.address = c.keys.account;
    enum err code = door_may_try(reader, &c.keys, visit->now_ms, wait_ms, info);
    if (code == ERR_OK)
        code = check_new(session, old_password, new_password, info);
    if (code == ERR_OK)
        code = account_password(reader, account->id, c.old_kept, info);
    if (code == ERR_OK)
        code = password_check(door->passwords, str_of(c.old_kept), old_password, &c.right, info);
    if (code == ERR_OK && c.right)
        code = password_keep(door->passwords, new_password, c.new_kept, info);
    if (code == ERR_OK)
        code = door_run(door, account->id, visit->now_ms, finish_change, &c, info);
    if (code == ERR_OK && !c.right)
        code = err_set(info, ERR_DENIED, "the old password is wrong");
    secret_wipe(c.old_kept, sizeof(c.old_kept));
    return code;
}

struct using {
    const struct session *session;
    int64_t now_ms;
    struct session_key *key;
};

static enum err end_session(void *ctx, struct store *store, struct errinfo *info) {
    const struct using *u = ctx;
    struct errinfo gone;
    enum err code = sessions_end(store, u->session->account.id, u->session->id, &gone);
    if (code != ERR_OK && code != ERR_NOT_FOUND && info != NULL)
        *info = gone;
    return code == ERR_NOT_FOUND ? ERR_OK : code;
}

enum err door_sign_out(struct door *door, const struct session *session, int64_t now_ms,
                       struct errinfo *info) {
    struct using using = {.session = session, .now_ms = now_ms};
    return door_run(door, 0, now_ms, end_session, &using, info);
}

static enum err refresh_session(void *ctx, struct store *store, struct errinfo *info) {
    struct using *u = ctx;
    if (!u->session->rotate_due)
        return sessions_seen(store, u->session->id, u->now_ms, info);
    return sessions_rotate(store, u->session->id, u->now_ms, u->key, info);
}

enum err door_refresh(struct door *door, const struct session *session, int64_t now_ms,
                      struct session_key *out, struct errinfo *info) {
    struct using using = {session, now_ms, out};
    *out = (struct session_key){0};
    if (!session->rotate_due && !session->seen_due)
        return ERR_OK;
    enum err code = door_run(door, 0, now_ms, refresh_session, &using, info);
    if (code != ERR_OK)
        *out = (struct session_key){0};
    /* Another request brings the new cookie. */
    return code == ERR_DENIED ? ERR_OK : code;
}
