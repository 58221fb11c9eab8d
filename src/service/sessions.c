/*
 * Sessions: see sessions.h.
 *
 * A rotation adds a row that names the one it came from, and lets the old one end soon. created_ms
 * is that of the row, so it tells when the next rotation is due; when somebody signed in follows
 * from expires_ms, which a rotation hands on.
 */
#include "service/sessions.h"

#include "base/vec.h"
#include "service/rows.h"

struct row {
    int64_t id, account_id, created_ms, rotated_from;
    struct session session;
};

static void take(struct row *row, int64_t id, const struct store_value *v) {
    *row = (struct row){.id = id,
                        .account_id = v[SESSION_ACCOUNT_ID].integer,
                        .created_ms = v[SESSION_CREATED_MS].integer,
                        .rotated_from = v[SESSION_ROTATED_FROM].integer};
    row->session = (struct session){.id = id,
                                    .account = {.id = row->account_id},
                                    .seen_ms = v[SESSION_SEEN_MS].integer,
                                    .expires_ms = v[SESSION_EXPIRES_MS].integer};
    row->session.opened_ms = row->session.expires_ms - SESSION_LIFE_MS;
    rows_copy(row->session.csrf.text, sizeof(row->session.csrf.text), &v[SESSION_CSRF]);
    rows_copy(row->session.address, sizeof(row->session.address), &v[SESSION_ADDRESS]);
    rows_copy(row->session.agent, sizeof(row->session.agent), &v[SESSION_USER_AGENT]);
}

static enum err take_row(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    take(ctx, id, v);
    return ERR_OK;
}

static bool is_open(const struct session *session, int64_t now_ms) {
    return now_ms < session->expires_ms && now_ms < session->seen_ms + SESSION_IDLE_MS;
}

/* A piece of text of at most `max` bytes that does not end inside a character. */
static struct str cut(struct str text, size_t max) {
    if (text.len > max) {
        text.len = max;
        while (text.len > 0 && ((unsigned char)text.ptr[text.len] & 0xC0) == 0x80)
            text.len--;
    }
    return text;
}

static enum err insert(struct store *store, const struct row *row, struct session_key *out,
                       struct errinfo *info) {
    out->cookie = secret_new();
    out->csrf = row->session.csrf;
    out->expires_ms = row->session.expires_ms;
    struct secret_digest digest = secret_digest_of(str_of(out->cookie.text));
    struct store_cell cells[] = {
        {SESSION_DIGEST, store_text(str_of(digest.text))},
        {SESSION_ACCOUNT_ID, store_int(row->account_id)},
        {SESSION_CSRF, store_text(str_of(out->csrf.text))},
        {SESSION_CREATED_MS, store_int(row->created_ms)},
        {SESSION_SEEN_MS, store_int(row->session.seen_ms)},
        {SESSION_EXPIRES_MS, store_int(row->session.expires_ms)},
        {SESSION_ADDRESS, store_text(str_of(row->session.address))},
        {SESSION_USER_AGENT, store_text(str_of(row->session.agent))},
        {SESSION_ROTATED_FROM, store_ref(row->rotated_from)},
    };
    return store_insert(store, TABLE_SESSION, cells, SESSION_COLUMNS, &out->session_id, info);
}

enum err sessions_open(struct store *store, int64_t account_id, struct str address,
                       struct str agent, int64_t now_ms, struct session_key *out,
                       struct errinfo *info) {
    struct row row = {.account_id = account_id, .created_ms = now_ms};
    struct store_value from = {STORE_TEXT, 0, cut(address, SESSION_ADDRESS_MAX)};
    struct store_value with = {STORE_TEXT, 0, cut(agent, SESSION_AGENT_MAX)};
    row.session.csrf = secret_new();
    row.session.seen_ms = now_ms;
    row.session.expires_ms = now_ms + SESSION_LIFE_MS;
    rows_copy(row.session.address, sizeof(row.session.address), &from);
    rows_copy(row.session.agent, sizeof(row.session.agent), &with);
    return insert(store, &row, out, info);
}

static enum err count_row(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    ++*(uint32_t *)ctx;
    return ERR_OK;
}

enum err sessions_find(struct store_reader *reader, struct str cookie, int64_t now_ms,
                       struct session *out, struct errinfo *info) {
    struct row row = {0};
    if (cookie.len != SECRET_CHARS)
        return err_set(info, ERR_DENIED, "sign in first");
    struct secret_digest digest = secret_digest_of(cookie);
    enum err code = store_scan_equal(reader, TABLE_SESSION, SESSION_DIGEST,
                                     store_text(str_of(digest.text)), take_row, &row, info);
    if (code != ERR_OK)
        return code;
    if (row.id == 0 || !is_open(&row.session, now_ms)) {
        err_set(info, ERR_DENIED, "this session has ended");
        err_hint(info, "Sign in again.");
        return ERR_DENIED;
    }
    *out = row.session;
    code = account_get(reader, row.account_id, &out->account, info);
    if (code == ERR_OK && out->account.state != ACCOUNT_ACTIVE)
        code = err_set(info, ERR_DENIED, "this account is not active");
    /* A row that was replaced ends within the grace, and is not rotated once more. */
    out->rotate_due =
        now_ms >= row.created_ms + SESSION_ROTATE_MS && out->expires_ms > now_ms + SESSION_GRACE_MS;
    out->seen_due = now_ms >= out->seen_ms + SESSION_SEEN_STEP_MS;
    return code;
}

bool session_csrf_is_right(const struct session *session, struct str csrf) {
    return csrf.len == SECRET_CHARS && secret_equal(str_of(session->csrf.text), csrf);
}

enum err sessions_seen(struct store *store, int64_t id, int64_t now_ms, struct errinfo *info) {
    struct store_cell cell = {SESSION_SEEN_MS, store_int(now_ms)};
    struct errinfo gone;
    enum err code = store_update(store, TABLE_SESSION, id, &cell, 1, &gone);
    if (code != ERR_OK && code != ERR_NOT_FOUND && info != NULL)
        *info = gone;
    return code == ERR_NOT_FOUND ? ERR_OK : code;
}

enum err sessions_rotate(struct store *store, int64_t id, int64_t now_ms, struct session_key *out,
                         struct errinfo *info) {
    struct row row;
    uint32_t successors = 0;
    struct store_reader *reader = store_reader_of(store);
    enum err code = store_get(reader, TABLE_SESSION, id, take_row, &row, info);
    if (code == ERR_OK)
        code = store_scan_equal(reader, TABLE_SESSION, SESSION_ROTATED_FROM, store_int(id),
                                count_row, &successors, info);
    if (code == ERR_NOT_FOUND ||
        (code == ERR_OK && (successors > 0 || !is_open(&row.session, now_ms))))
        return err_set(info, ERR_DENIED, "this session has ended");
    if (code != ERR_OK)
        return code;
    struct store_cell end = {SESSION_EXPIRES_MS, store_int(now_ms + SESSION_GRACE_MS)};
    row.created_ms = row.session.seen_ms = now_ms;
    row.rotated_from = id;
    code = insert(store, &row, out, info);
    /* One that ends within the grace keeps its own end. */
    if (code == ERR_OK && now_ms + SESSION_GRACE_MS < row.session.expires_ms)
        code = store_update(store, TABLE_SESSION, id, &end, 1, info);
    return code;
}

/* Rows of one account -----------------------------------------------------------------------------
 */

struct rows {
    VEC(struct row)
    list;
};

static enum err add_row(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct rows *rows = ctx;
    struct row row;
    take(&row, id, v);
    return vec_push(&rows->list, row) ? ERR_OK : err_memory(info);
}

static enum err read_rows(struct store_reader *reader, int64_t account_id, struct rows *rows,
                          struct errinfo *info) {
    return store_scan_equal(reader, TABLE_SESSION, SESSION_ACCOUNT_ID, store_int(account_id),
                            add_row, rows, info);
}

static const struct row *row_of(const struct rows *rows, int64_t id) {
    for (size_t i = 0; i < rows->list.len; i++)
        if (rows->list.at[i].id == id)
            return &rows->list.at[i];
    return NULL;
}

static const struct row *successor_of(const struct rows *rows, int64_t id) {
    for (size_t i = 0; i < rows->list.len; i++)
        if (rows->list.at[i].rotated_from == id)
            return &rows->list.at[i];
    return NULL;
}

enum err sessions_end(struct store *store, int64_t account_id, int64_t id, struct errinfo *info) {
    struct rows rows = {0};
    enum err code = read_rows(store_reader_of(store), account_id, &rows, info);
    const struct row *row = row_of(&rows, id), *next;
    if (code == ERR_OK && row == NULL)
        code = err_set(info, ERR_NOT_FOUND, "there is no session %lld", (long long)id);
    /* From the newest that took its place back to the first that is still there. */
    while (row != NULL && (next = successor_of(&rows, row->id)) != NULL)
        row = next;
    for (; row != NULL && code == ERR_OK; row = row_of(&rows, row->rotated_from))
        code = store_delete(store, TABLE_SESSION, row->id, info);
    vec_free(&rows.list);
    return code;
}

enum err sessions_end_all(struct store *store, int64_t account_id, int64_t keep,
                          struct errinfo *info) {
    return rows_delete(store, TABLE_SESSION, SESSION_ACCOUNT_ID, store_int(account_id), keep, info);
}

enum err sessions_each(struct store_reader *reader, int64_t account_id, int64_t now_ms,
                       session_fn *fn, void *ctx, struct errinfo *info) {
    struct rows rows = {0};
    enum err code = read_rows(reader, account_id, &rows, info);
    for (size_t i = 0; i < rows.list.len && code == ERR_OK; i++) {
        const struct row *row = &rows.list.at[i];
        if (is_open(&row->session, now_ms) && successor_of(&rows, row->id) == NULL)
            code = fn(ctx, &row->session, info);
    }
    vec_free(&rows.list);
    return code;
}

static bool ended_before(void *ctx, int64_t id, const struct store_value *v) {
    struct row row;
    take(&row, id, v);
    return !is_open(&row.session, *(int64_t *)ctx);
}

enum err sessions_sweep(struct store *store, int64_t before_ms, uint64_t *deleted,
                        struct errinfo *info) {
    return rows_delete_old(store, TABLE_SESSION, ended_before, &before_ms, deleted, info);
}
