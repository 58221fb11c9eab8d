/* Accounts and their roles, for administrators; API tokens, for everybody who has an account. */
#include "api/desk.h"

#include <stdio.h>

#include "api/desk_account.h"
#include "api/desk_parts.h"
#include "api/session.h"
#include "service/desk.h"
#include "service/tokens.h"

enum { PLACE_BYTES = 40, URL_BYTES_MAX = 4096 };

/* ---- accounts as JSON ---- */

static void write_id(struct json_out *json, const char *key, int64_t id) {
    json_key(json, key);
    if (id > 0)
        json_i64(json, id);
    else
        json_none(json);
}

void api_write_account(struct json_out *json, const struct account *account) {
    json_open(json);
    json_key_i64(json, "id", account->id);
    api_write_text(json, "email", str_of(account->email.text));
    api_write_text(json, "name", str_of(account->name));
    json_key_text(json, "language", str_of(lang_code(account->language)));
    json_key_text(json, "state", str_of(account_state_code(account->state)));
    json_key(json, "has_password");
    json_bool(json, account->has_password);
    json_key_i64(json, "created_ms", account->created_ms);
    json_key(json, "grants");
    json_open_list(json);
    for (uint32_t i = 0; i < account->access.grant_count; i++) {
        const struct access_grant *grant = &account->access.grants[i];
        json_open(json);
        json_key_text(json, "role", str_of(access_role_code(grant->role)));
        write_id(json, "chain_id", grant->chain_id);
        write_id(json, "pavilion_id", grant->pavilion_id);
        json_close(json);
    }
    json_close_list(json);
    json_close(json);
}

static enum err write_one(void *ctx, const struct account *account, struct errinfo *info) {
    api_write_account(ctx, account);
    return ERR_OK;
}

enum err api_draw_accounts(struct api_call *call, struct errinfo *info) {
    struct store_reader *reader;
    struct json_out json;
    enum err e = api_desk_reader(call, &reader, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "items");
    json_open_list(&json);
    e = accounts_each(reader, write_one, &json, info);
    json_close_list(&json);
    json_close(&json);
    return e;
}

/* ---- making and changing ---- */

struct account_body {
    struct str email, name, language, state;
    const struct json_value *grants;
};
static const struct api_member account_members[] = {
    API_MEMBER_STR(account_body, email, false, MAIL_ADDRESS_MAX, "Mail address; signs in with it"),
    API_MEMBER_STR(account_body, name, false, ACCOUNT_NAME_MAX, "Name that others see"),
    API_MEMBER_STR(account_body, language, false, 8, "Language of its mails: en or zh"),
    API_MEMBER_STR(account_body, state, false, 16, "active or disabled"),
    API_MEMBER_FORMS(
        account_body, grants, false, api_form_grant_wanted, ACCESS_GRANTS_MAX,
        "All roles that it has from now on; an area manager's names a chain, a pavilion "
        "manager's a pavilion"),
};
const struct api_body api_body_account = {.name = "AccountChange",
                                          .help = "What an account is to be; what is not given "
                                                  "stays as it is",
                                          .member = account_members,
                                          .members = API_COUNT(account_members)};

struct account_work {
    const struct access *by;
    int64_t id, at_ms;
    struct account_body body;
    enum lang language;
    enum account_state state;
    struct access_grant grants[ACCESS_GRANTS_MAX];
    uint32_t grant_count;
    const char *origin;
    struct buf url;
};

static int64_t id_of(const struct json_value *value) {
    return value != NULL && value->kind == JSON_KIND_INTEGER ? value->integer : 0;
}

static void read_grants(struct api_call *call, struct account_work *work) {
    const struct json_value *list = work->body.grants;
    char place[PLACE_BYTES];
    if (list == NULL)
        return;
    if (list->kind != JSON_KIND_LIST || list->count > ACCESS_GRANTS_MAX) {
        api_call_fault(call, STR("grants"), "is a list of %d roles at the most", ACCESS_GRANTS_MAX);
        return;
    }
    for (uint32_t i = 0; i < list->count; i++) {
        const struct json_value *role = json_get(&list->items[i], "role");
        struct access_grant *grant = &work->grants[work->grant_count++];
        *grant = (struct access_grant){
            .role = role != NULL && role->kind == JSON_KIND_TEXT ? access_role_of_code(role->text)
                                                                 : ROLES,
            .chain_id = id_of(json_get(&list->items[i], "chain_id")),
            .pavilion_id = id_of(json_get(&list->items[i], "pavilion_id")),
        };
        snprintf(place, sizeof(place), "grants[%u].role", i);
        if (grant->role == ROLES)
            api_call_fault(call, str_of(place),
                           "is one of administrator, organiser, area-manager, pavilion-manager, "
                           "reader");
    }
}

static enum err read_work(struct api_call *call, struct account_work *work, struct errinfo *info) {
    struct store_batch author = api_desk_author(call);
    enum err e = api_body_read(call, &api_body_account, &work->body, info);
    if (e != ERR_OK)
        return e;
    work->by = api_call_access(call);
    work->at_ms = author.at_ms;
    work->language = LANG_ZH;
    if (work->body.language.ptr != NULL &&
        (work->language = lang_of_code(work->body.language)) == LANGS)
        api_call_fault(call, STR("language"), "is en or zh");
    work->state = ACCOUNT_ACTIVE;
    if (work->body.state.ptr != NULL)
        work->state = account_state_of_code(work->body.state);
    if (work->state != ACCOUNT_ACTIVE && work->state != ACCOUNT_DISABLED)
        api_call_fault(call, STR("state"), "is active or disabled");
    read_grants(call, work);
    return api_call_faults(call, info);
}

static enum err create(void *ctx, struct store *store, struct errinfo *info) {
    struct account_work *work = ctx;
    const struct account_request request = {
        .email = work->body.email,
        .name = work->body.name.ptr != NULL ? work->body.name : STR(""),
        .language = work->language,
        .grants = work->grants,
        .grant_count = work->grant_count,
        .at_ms = work->at_ms,
    };
    enum err e = account_create(store, work->by, &request, &work->id, info);
    return e == ERR_OK ? door_invite(store, work->by, work->origin, work->id, LETTER_INVITE,
                                     work->at_ms, &work->url, info)
                       : e;
}

static enum err change(void *ctx, struct store *store, struct errinfo *info) {
    struct account_work *work = ctx;
    const struct account_change what = {
        .email = work->body.email.ptr != NULL ? &work->body.email : NULL,
        .name = work->body.name.ptr != NULL ? &work->body.name : NULL,
        .language = work->body.language.ptr != NULL ? &work->language : NULL,
        .state = work->body.state.ptr != NULL ? &work->state : NULL,
        .grants = work->body.grants != NULL ? work->grants : NULL,
        .grant_count = work->grant_count,
    };
    return account_change(store, work->by, work->id, &what, info);
}

/* A fault of the address, name or grants, as the service says it in words. */
static enum err explain(struct api_call *call, enum err code, struct errinfo *info) {
    if (code != ERR_INPUT && code != ERR_CONFLICT)
        return code;
    api_call_fault(call, STR(""), "%s", info->message);
    return api_call_faults(call, info);
}

static enum err run(struct api_call *call, writer_fn *fn, struct account_work *work,
                    struct errinfo *info) {
    struct store_batch batch = api_desk_author(call);
    int64_t batch_id;
    batch.kind = "account";
    return explain(call, writer_run(desk_writer(call->desk), &batch, fn, work, &batch_id, info),
                   info);
}

/* Replies with a secret that is shown this once. */
static void write_secret(struct api_call *call, int64_t id, struct str secret) {
    struct json_out json;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key_i64(&json, "id", id);
    json_key_text(&json, "secret", secret);
    json_close(&json);
}

enum err api_draw_account(struct api_call *call, struct errinfo *info) {
    struct account_work work = {.id = api_call_integer(call, &api_path_record)};
    struct account account;
    struct store_reader *reader;
    struct json_out json;
    enum err e = read_work(call, &work, info);
    if (e == ERR_OK)
        e = run(call, change, &work, info);
    if (e != ERR_OK)
        return e;
    desk_end(call->desk, call->reader); /* it saw the account as it was */
    call->reader = NULL;
    e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = account_get(reader, work.id, &account, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    api_write_account(&json, &account);
    return ERR_OK;
}

static enum err make_link(void *ctx, struct store *store, struct errinfo *info) {
    struct account_work *work = ctx;
    return door_invite(store, work->by, work->origin, work->id, LETTER_PASSWORD, work->at_ms,
                       &work->url, info);
}

/* Runs a job that makes a link, and replies with it. */
static enum err run_invitation(struct api_call *call, writer_fn *fn, struct account_work *work,
                               struct errinfo *info) {
    work->origin = desk_options(call->desk)->origin;
    buf_init(&work->url, URL_BYTES_MAX);
    enum err e = run(call, fn, work, info);
    if (e == ERR_OK)
        write_secret(call, work->id, buf_str(&work->url));
    buf_release(&work->url);
    return e;
}

enum err api_draw_new_account(struct api_call *call, struct errinfo *info) {
    struct account_work work = {.id = 0};
    enum err e = read_work(call, &work, info);
    return e == ERR_OK ? run_invitation(call, create, &work, info) : e;
}

enum err api_draw_account_link(struct api_call *call, struct errinfo *info) {
    struct account_work work = {.id = api_call_integer(call, &api_path_record),
                                .by = api_call_access(call),
                                .at_ms = api_desk_author(call).at_ms};
    return run_invitation(call, make_link, &work, info);
}

/* ---- tokens ---- */

struct token_body {
    struct str name, scope;
    int64_t days;
};
static const struct api_member token_members[] = {
    API_MEMBER_STR(token_body, name, true, TOKEN_NAME_MAX, "What it is for"),
    API_MEMBER_STR(token_body, scope, true, 16, "read or write"),
    API_MEMBER_INTEGER(token_body, days, true, 1, TOKEN_DAYS_MAX, "How many days it works"),
};
const struct api_body api_body_token = {.name = "NewToken",
                                        .help = "A token for a program",
                                        .member = token_members,
                                        .members = API_COUNT(token_members)};

struct token_work {
    const struct access *by;
    struct token_request request;
    char text[TOKEN_CHARS + 1];
    int64_t id, now_ms;
};

static enum err make_token(void *ctx, struct store *store, struct errinfo *info) {
    struct token_work *work = ctx;
    return tokens_make(store, work->by, &work->request, work->text, &work->id, info);
}

static enum err revoke_token(void *ctx, struct store *store, struct errinfo *info) {
    struct token_work *work = ctx;
    return tokens_revoke(store, work->by, work->id, work->now_ms, info);
}

static enum err run_token(struct api_call *call, writer_fn *fn, struct token_work *work,
                          struct errinfo *info) {
    struct store_batch batch = api_desk_author(call);
    int64_t batch_id;
    batch.kind = "account";
    work->by = api_call_access(call);
    work->now_ms = batch.at_ms;
    work->request.now_ms = batch.at_ms;
    return writer_run(desk_writer(call->desk), &batch, fn, work, &batch_id, info);
}

enum err api_draw_new_token(struct api_call *call, struct errinfo *info) {
    struct token_body body = {0};
    struct token_work work = {.id = 0};
    enum err e = api_body_read(call, &api_body_token, &body, info);
    if (e != ERR_OK)
        return e;
    work.request.name = body.name;
    work.request.scope = token_scope_of_code(body.scope);
    work.request.expires_ms = api_desk_author(call).at_ms + body.days * 24 * 3600 * 1000;
    if (work.request.scope == ACCESS_TOKEN_NONE) {
        api_call_fault(call, STR("scope"), "is read or write");
        return api_call_faults(call, info);
    }
    e = explain(call, run_token(call, make_token, &work, info), info);
    if (e == ERR_OK)
        write_secret(call, work.id, str_of(work.text));
    return e;
}

enum err api_draw_revoke_token(struct api_call *call, struct errinfo *info) {
    struct token_work work = {.id = api_call_integer(call, &api_path_record)};
    return run_token(call, revoke_token, &work, info);
}

static enum err write_token(void *ctx, const struct token *token, struct errinfo *info) {
    struct json_out *json = ctx;
    json_open(json);
    json_key_i64(json, "id", token->id);
    json_key_text(json, "name", str_of(token->name));
    json_key_text(json, "scope", str_of(token_scope_code(token->scope)));
    json_key_i64(json, "created_ms", token->created_ms);
    json_key_i64(json, "expires_ms", token->expires_ms);
    write_id(json, "revoked_ms", token->revoked_ms);
    json_close(json);
    return ERR_OK;
}

enum err api_draw_tokens(struct api_call *call, struct errinfo *info) {
    struct store_reader *reader;
    struct json_out json;
    enum err e = api_desk_reader(call, &reader, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "items");
    json_open_list(&json);
    e = tokens_each(reader, api_call_access(call)->account_id, write_token, &json, info);
    json_close_list(&json);
    json_close(&json);
    return e;
}
