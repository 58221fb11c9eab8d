/* API tokens: see tokens.h. A revoked token keeps its row, so that the log can say what it did. */
#include "service/tokens.h"

#include <assert.h>

#include "base/vec.h"
#include "service/rows.h"
#include "text/utf8.h"

static_assert(TOKEN_CHARS == SECRET_CHARS + sizeof(TOKEN_PREFIX) - 1, "room for the prefix");

static const int64_t day_ms = INT64_C(24) * 3600 * 1000;

const char *token_scope_code(enum access_token scope) {
    return scope == ACCESS_TOKEN_WRITE ? "write" : "read";
}

enum access_token token_scope_of_code(struct str code) {
    if (str_equal_c(code, "read"))
        return ACCESS_TOKEN_READ;
    return str_equal_c(code, "write") ? ACCESS_TOKEN_WRITE : ACCESS_TOKEN_NONE;
}

static void take(struct token *t, int64_t id, const struct store_value *v) {
    *t = (struct token){.id = id,
                        .account_id = v[API_TOKEN_ACCOUNT_ID].integer,
                        .scope = token_scope_of_code(v[API_TOKEN_SCOPE].text),
                        .created_ms = v[API_TOKEN_CREATED_MS].integer,
                        .expires_ms = v[API_TOKEN_EXPIRES_MS].integer,
                        .revoked_ms = v[API_TOKEN_REVOKED_MS].integer};
    rows_copy(t->name, sizeof(t->name), &v[API_TOKEN_NAME]);
}

static enum err take_token(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    take(ctx, id, v);
    return ERR_OK;
}

static bool is_usable(const struct token *t, int64_t now_ms) {
    return t->scope != ACCESS_TOKEN_NONE && t->revoked_ms == 0 && now_ms < t->expires_ms;
}

struct counting {
    int64_t now_ms;
    uint32_t usable;
};

static enum err count_usable(void *ctx, const struct token *token, struct errinfo *info) {
    struct counting *c = ctx;
    c->usable += is_usable(token, c->now_ms);
    return ERR_OK;
}

static enum err check_request(struct store *store, const struct access *by,
                              const struct token_request *r, struct errinfo *info) {
    struct counting counting = {.now_ms = r->now_ms};
    struct str name = str_trim(r->name);
    if (by->account_id == 0)
        return err_set(info, ERR_DENIED, "a token belongs to an account; sign in first");
    enum err code = access_check(by, RIGHT_SIGNED_IN, NULL, info);
    if (code != ERR_OK)
        return code;
    if (by->must_change)
        return err_set(info, ERR_DENIED, "the password of this account has to be changed first");
    if (name.len == 0 || name.len > TOKEN_NAME_MAX || !utf8_valid(name))
        return err_set(info, ERR_INPUT, "the name of a token says what it is for, in %d bytes",
                       TOKEN_NAME_MAX);
    if (r->scope != ACCESS_TOKEN_READ && r->scope != ACCESS_TOKEN_WRITE)
        return err_set(info, ERR_INPUT, "the scope of a token is read or write");
    if (r->expires_ms <= r->now_ms || r->expires_ms > r->now_ms + TOKEN_DAYS_MAX * day_ms)
        return err_set(info, ERR_INPUT, "a token ends within %d days", TOKEN_DAYS_MAX);
    code = tokens_each(store_reader_of(store), by->account_id, count_usable, &counting, info);
    if (code == ERR_OK && counting.usable >= TOKENS_MAX) {
        code = err_set(info, ERR_LIMIT, "an account has %d tokens at most", TOKENS_MAX);
        err_hint(info, "Revoke one that is not used any more.");
    }
    return code;
}

enum err tokens_make(struct store *store, const struct access *by,
                     const struct token_request *request, char text[TOKEN_CHARS + 1], int64_t *id,
                     struct errinfo *info) {
    enum err code = check_request(store, by, request, info);
    if (code != ERR_OK)
        return code;
    struct secret secret = secret_new();
    memcpy(text, TOKEN_PREFIX, sizeof(TOKEN_PREFIX) - 1);
    memcpy(text + sizeof(TOKEN_PREFIX) - 1, secret.text, sizeof(secret.text));
    secret_wipe(&secret, sizeof(secret));
    struct secret_digest digest = secret_digest_of(str_of(text));
    struct store_cell cells[] = {
        {API_TOKEN_ACCOUNT_ID, store_int(by->account_id)},
        {API_TOKEN_NAME, store_text(str_trim(request->name))},
        {API_TOKEN_SCOPE, store_text(str_of(token_scope_code(request->scope)))},
        {API_TOKEN_DIGEST, store_text(str_of(digest.text))},
        {API_TOKEN_CREATED_MS, store_int(request->now_ms)},
        {API_TOKEN_EXPIRES_MS, store_int(request->expires_ms)}};
    return store_insert(store, TABLE_API_TOKEN, cells, 6, id, info);
}

enum err tokens_revoke(struct store *store, const struct access *by, int64_t id, int64_t now_ms,
                       struct errinfo *info) {
    struct token token = {0};
    enum err code = access_check(by, RIGHT_SIGNED_IN, NULL, info);
    if (code == ERR_OK)
        code = store_get(store_reader_of(store), TABLE_API_TOKEN, id, take_token, &token, info);
    /* Somebody else's is told as if it were not there. */
    if (code == ERR_NOT_FOUND ||
        (code == ERR_OK && token.account_id != by->account_id && !access_has(by, RIGHT_ACCOUNTS)))
        return err_set(info, ERR_NOT_FOUND, "there is no token %lld", (long long)id);
    struct store_cell revoked = {API_TOKEN_REVOKED_MS, store_int(now_ms)};
    return code == ERR_OK && token.revoked_ms == 0
               ? store_update(store, TABLE_API_TOKEN, id, &revoked, 1, info)
               : code;
}

enum err tokens_find(struct store_reader *reader, struct str authorization, int64_t now_ms,
                     struct account *account, struct errinfo *info) {
    static const struct str scheme = {"bearer ", 7};
    struct token token = {0};
    enum err code = ERR_OK;
    /* RFC 6750, 2.1; the name of a scheme is without case (RFC 9110, 11.1). */
    bool bearer = authorization.len > scheme.len &&
                  str_equal_nocase(str_sub(authorization, 0, scheme.len), scheme);
    struct str text =
        bearer ? str_trim(str_sub(authorization, scheme.len, authorization.len)) : (struct str){0};
    if (text.len == TOKEN_CHARS && str_starts(text, STR(TOKEN_PREFIX))) {
        struct secret_digest digest = secret_digest_of(text);
        code = store_scan_equal(reader, TABLE_API_TOKEN, API_TOKEN_DIGEST,
                                store_text(str_of(digest.text)), take_token, &token, info);
    }
    if (code == ERR_OK && token.id != 0 && is_usable(&token, now_ms))
        code = account_get(reader, token.account_id, account, info);
    else if (code == ERR_OK)
        code = err_set(info, ERR_DENIED, "this token opens nothing: unknown, ended or revoked");
    if (code == ERR_OK && account->state != ACCOUNT_ACTIVE)
        code = err_set(info, ERR_DENIED, "the account of this token is not active");
    if (code == ERR_OK) {
        account->access.token_id = token.id;
        account->access.token = token.scope;
    }
    return code;
}

struct each {
    token_fn *fn;
    void *ctx;
};

static enum err give(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    const struct each *each = ctx;
    struct token token;
    take(&token, id, v);
    return each->fn(each->ctx, &token, info);
}

enum err tokens_each(struct store_reader *reader, int64_t account_id, token_fn *fn, void *ctx,
                     struct errinfo *info) {
    struct each each = {fn, ctx};
    return store_scan_equal(reader, TABLE_API_TOKEN, API_TOKEN_ACCOUNT_ID, store_int(account_id),
                            give, &each, info);
}

struct ids {
    VEC(int64_t)
    list;
};

static enum err add_unrevoked(void *ctx, const struct token *token, struct errinfo *info) {
    struct ids *ids = ctx;
    if (token->revoked_ms != 0)
        return ERR_OK;
    return vec_push(&ids->list, token->id) ? ERR_OK : err_memory(info);
}

enum err tokens_revoke_all(struct store *store, int64_t account_id, int64_t now_ms,
                           struct errinfo *info) {
    struct ids ids = {0};
    struct store_cell revoked = {API_TOKEN_REVOKED_MS, store_int(now_ms)};
    enum err code = tokens_each(store_reader_of(store), account_id, add_unrevoked, &ids, info);
    for (size_t i = 0; i < ids.list.len && code == ERR_OK; i++)
        code = store_update(store, TABLE_API_TOKEN, ids.list.at[i], &revoked, 1, info);
    vec_free(&ids.list);
    return code;
}
