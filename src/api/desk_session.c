/* Signing in and out, and the sessions of whoever is signed in. */
#include "api/desk.h"

#include <stdio.h>

#include "api/desk_account.h"
#include "api/desk_parts.h"
#include "api/door_parts.h"
#include "api/session.h"
#include "base/clock.h"
#include "service/desk.h"

enum { SECONDS_BYTES = 24, SECRET_BYTES_MAX = 200 };

/* ---- bodies ---- */

struct sign_in_body {
    struct str email, password;
};
static const struct api_member sign_in_members[] = {
    API_MEMBER_STR(sign_in_body, email, true, MAIL_ADDRESS_MAX, "Mail address of the account"),
    API_MEMBER_STR(sign_in_body, password, true, PASSWORD_BYTES_MAX, "Its password"),
};
const struct api_body api_body_sign_in = {.name = "SignIn",
                                          .help = "Who signs in",
                                          .member = sign_in_members,
                                          .members = API_COUNT(sign_in_members)};

struct redeem_body {
    struct str token, password;
};
static const struct api_member redeem_members[] = {
    API_MEMBER_STR(redeem_body, token, true, SECRET_BYTES_MAX, "The secret of a one-time link"),
    API_MEMBER_STR(redeem_body, password, false, PASSWORD_BYTES_MAX,
                   "The new password, for a link that sets one"),
};
const struct api_body api_body_redeem = {.name = "Redeem",
                                         .help = "A one-time link that is used",
                                         .member = redeem_members,
                                         .members = API_COUNT(redeem_members)};

struct join_body {
    struct str token, email, name, language;
};
static const struct api_member join_members[] = {
    API_MEMBER_STR(join_body, token, true, SECRET_BYTES_MAX, "The secret of an invitation"),
    API_MEMBER_STR(join_body, email, false, MAIL_ADDRESS_MAX,
                   "Mail address to sign in with; not asked where the invitation was mailed"),
    API_MEMBER_STR(join_body, name, false, ACCOUNT_NAME_MAX, "Name that colleagues see"),
    API_MEMBER_STR(join_body, language, false, 8, "Language of its mails: en or zh"),
};
const struct api_body api_body_join = {.name = "Join",
                                       .help = "An invitation that is accepted",
                                       .member = join_members,
                                       .members = API_COUNT(join_members)};

struct password_body {
    struct str old_password, new_password;
};
static const struct api_member password_members[] = {
    API_MEMBER_STR(password_body, old_password, true, PASSWORD_BYTES_MAX, "The present password"),
    API_MEMBER_STR(password_body, new_password, true, PASSWORD_BYTES_MAX,
                   "The new one: 12 characters at least"),
};
const struct api_body api_body_password = {.name = "NewPassword",
                                           .help = "A password that takes the place of another",
                                           .member = password_members,
                                           .members = API_COUNT(password_members)};

struct link_body {
    struct str email;
    bool to_set_password;
};
static const struct api_member link_members[] = {
    API_MEMBER_STR(link_body, email, true, MAIL_ADDRESS_MAX, "Mail address of the account"),
    API_MEMBER_BOOLEAN(link_body, to_set_password, "The link is to set a new password"),
};
const struct api_body api_body_link = {.name = "LinkWanted",
                                       .help = "To whom a one-time link is mailed",
                                       .member = link_members,
                                       .members = API_COUNT(link_members)};

/* ---- the session ---- */

static void write_session(struct api_call *call, const struct account *account, struct str csrf,
                          int64_t expires_ms) {
    struct json_out json;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "account");
    api_write_account(&json, account);
    json_key(&json, "rights");
    json_open_list(&json);
    for (int right = RIGHT_PUBLIC; right < RIGHTS; right++)
        if (access_has(&account->access, (enum right)right))
            json_text(&json, str_of(access_right_code((enum right)right)));
    json_close_list(&json);
    api_write_text(&json, "csrf", csrf);
    json_key(&json, "must_change");
    json_bool(&json, account->access.must_change);
    json_key_i64(&json, "expires_ms", expires_ms);
    json_close(&json);
}

struct door_visit api_door_visit(const struct api_call *call) {
    struct str agent = http_request_header(call->request, "User-Agent");
    return (struct door_visit){.address = call->request->client,
                               .agent = agent.ptr != NULL ? agent : STR(""),
                               .cookie = api_cookie(call),
                               .now_ms = clock_wall_ms()};
}

/* Tells who has signed in, and sends the cookie. */
static enum err enter(struct api_call *call, const struct door_entry *entry, struct errinfo *info) {
    struct store_reader *reader;
    struct session session;
    desk_end(call->desk, call->reader); /* it does not see the session yet */
    call->reader = NULL;
    enum err e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = sessions_find(reader, str_of(entry->key.cookie.text), clock_wall_ms(), &session, info);
    if (e == ERR_OK)
        e = api_send_cookie(call, &entry->key, info);
    if (e == ERR_OK)
        write_session(call, &session.account, str_of(session.csrf.text), session.expires_ms);
    return e;
}

enum err api_door_open(struct api_call *call, struct store_reader **reader, struct errinfo *info) {
    if (http_request_origin(call->request) != HTTP_ORIGIN_OTHER)
        return api_desk_reader(call, reader, info);
    err_set(info, ERR_DENIED, "a page of another site sent this");
    return api_call_problem(call, API_PROBLEM_FORGED, NULL, ERR_DENIED);
}

/* "Not now", with the seconds to wait. */
static enum err put_off(struct api_call *call, int64_t wait_ms) {
    char seconds[SECONDS_BYTES];
    snprintf(seconds, sizeof(seconds), "%lld",
             wait_ms > 0 ? (long long)(wait_ms + 999) / 1000 : 1LL);
    struct str value = arena_copy(call->scope.arena, str_of(seconds));
    if (value.ptr != NULL)
        http_reply_header(call->reply, "Retry-After", value);
    return api_call_problem(call, API_PROBLEM_TOO_MANY, NULL, ERR_LIMIT);
}

enum err api_door_tell(struct api_call *call, enum err code, const char *member, int64_t wait_ms,
                       struct errinfo *info) {
    if (code == ERR_LIMIT)
        return put_off(call, wait_ms);
    if (code == ERR_DENIED && call->problem == API_PROBLEM_NONE)
        return api_call_problem(call, API_PROBLEM_SIGN_IN, NULL, code);
    if (code != ERR_INPUT || call->problem != API_PROBLEM_NONE)
        return code;
    api_call_fault(call, str_of(member), "%s", info->message);
    return api_call_faults(call, info);
}

enum err api_draw_sign_in(struct api_call *call, struct errinfo *info) {
    struct sign_in_body body = {0};
    const struct door_visit visit = api_door_visit(call);
    struct store_reader *reader;
    struct door_entry entry;
    int64_t wait_ms = 0;
    enum err e = api_door_open(call, &reader, info);
    if (e == ERR_OK)
        e = api_body_read(call, &api_body_sign_in, &body, info);
    if (e == ERR_OK)
        e = door_sign_in(desk_door(call->desk), reader, &visit, body.email, body.password, &entry,
                         &wait_ms, info);
    return e == ERR_OK ? enter(call, &entry, info) : api_door_tell(call, e, "email", wait_ms, info);
}

enum err api_draw_redeem(struct api_call *call, struct errinfo *info) {
    struct redeem_body body = {.password = STR("")};
    const struct door_visit visit = api_door_visit(call);
    struct store_reader *reader;
    struct door_entry entry;
    enum err e = api_door_open(call, &reader, info);
    if (e == ERR_OK)
        e = api_body_read(call, &api_body_redeem, &body, info);
    if (e == ERR_OK)
        e = door_redeem(desk_door(call->desk), reader, &visit, body.token, body.password, &entry,
                        info);
    return e == ERR_OK ? enter(call, &entry, info) : api_door_tell(call, e, "password", 0, info);
}

enum err api_draw_send_link(struct api_call *call, struct errinfo *info) {
    struct link_body body = {0};
    const struct door_visit visit = api_door_visit(call);
    struct store_reader *reader;
    int64_t wait_ms = 0;
    enum err e = api_door_open(call, &reader, info);
    if (e == ERR_OK)
        e = api_body_read(call, &api_body_link, &body, info);
    if (e == ERR_OK)
        e = door_send_link(desk_door(call->desk), reader, &visit, body.email,
                           body.to_set_password ? LINK_SET_PASSWORD : LINK_SIGN_IN, &wait_ms, info);
    return e == ERR_OK ? e : api_door_tell(call, e, "email", wait_ms, info);
}

enum err api_draw_join(struct api_call *call, struct errinfo *info) {
    struct join_body body = {.email = STR(""), .name = STR(""), .language = STR("zh")};
    const struct door_visit visit = api_door_visit(call);
    struct store_reader *reader;
    int64_t wait_ms = 0;
    enum err e = api_door_open(call, &reader, info);
    if (e == ERR_OK)
        e = api_body_read(call, &api_body_join, &body, info);
    if (e == ERR_OK && lang_of_code(body.language) == LANGS) {
        api_call_fault(call, STR("language"), "is en or zh");
        return api_call_faults(call, info);
    }
    if (e == ERR_OK)
        e = door_join(desk_door(call->desk), reader, &visit, body.token, body.email, body.name,
                      lang_of_code(body.language), &wait_ms, info);
    return e == ERR_OK ? e : api_door_tell(call, e, "email", wait_ms, info);
}

enum err api_draw_session(struct api_call *call, struct errinfo *info) {
    const struct session *s = call->session;
    write_session(call, &s->account, s->id > 0 ? str_of(s->csrf.text) : STR(""), s->expires_ms);
    return ERR_OK;
}

enum err api_draw_new_password(struct api_call *call, struct errinfo *info) {
    struct password_body body = {0};
    const struct door_visit visit = api_door_visit(call);
    struct door_entry entry;
    int64_t wait_ms = 0;
    enum err e = api_body_read(call, &api_body_password, &body, info);
    if (e != ERR_OK)
        return e;
    e = door_change_password(desk_door(call->desk), call->reader, &visit, call->session,
                             body.old_password, body.new_password, &entry, &wait_ms, info);
    if (e == ERR_DENIED) {
        api_call_fault(call, STR("old_password"), "%s", info->message);
        return api_call_faults(call, info);
    }
    return e == ERR_OK ? enter(call, &entry, info)
                       : api_door_tell(call, e, "new_password", wait_ms, info);
}

/* ---- ending ---- */

struct ending {
    int64_t account_id, id;
};

static enum err end_session(void *ctx, struct store *store, struct errinfo *info) {
    const struct ending *ending = ctx;
    return sessions_end(store, ending->account_id, ending->id, info);
}

enum err api_draw_sign_out(struct api_call *call, struct errinfo *info) {
    enum err e = ERR_OK;
    if (call->session->id > 0)
        e = door_sign_out(desk_door(call->desk), call->session, clock_wall_ms(), info);
    return e == ERR_OK ? api_send_cookie(call, NULL, info) : e;
}

enum err api_draw_end_session(struct api_call *call, struct errinfo *info) {
    struct ending ending = {call->session->account.id, api_call_integer(call, &api_path_record)};
    struct store_batch batch = api_desk_author(call);
    int64_t batch_id;
    batch.kind = "account";
    return writer_run(desk_writer(call->desk), &batch, end_session, &ending, &batch_id, info);
}

/* ---- the list ---- */

struct listing {
    struct json_out json;
    int64_t present;
};

static enum err write_one(void *ctx, const struct session *session, struct errinfo *info) {
    struct listing *listing = ctx;
    struct json_out *json = &listing->json;
    json_open(json);
    json_key_i64(json, "id", session->id);
    json_key_i64(json, "opened_ms", session->opened_ms);
    json_key_i64(json, "seen_ms", session->seen_ms);
    json_key_i64(json, "expires_ms", session->expires_ms);
    json_key_text(json, "address", str_of(session->address));
    json_key_text(json, "agent", str_of(session->agent));
    json_key(json, "is_this");
    json_bool(json, session->id == listing->present);
    json_close(json);
    return ERR_OK;
}

enum err api_draw_sessions(struct api_call *call, struct errinfo *info) {
    struct listing listing = {.present = call->session->id};
    struct store_reader *reader;
    enum err e = api_desk_reader(call, &reader, info);
    if (e != ERR_OK)
        return e;
    json_init(&listing.json, &call->reply->body);
    json_open(&listing.json);
    json_key(&listing.json, "items");
    json_open_list(&listing.json);
    e = sessions_each(reader, call->session->account.id, clock_wall_ms(), write_one, &listing,
                      info);
    json_close_list(&listing.json);
    json_close(&listing.json);
    return e;
}
