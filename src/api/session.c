/* Who asks: see session.h. */
#include "api/session.h"

#include "api/desk_parts.h"
#include "base/clock.h"
#include "base/log.h"
#include "service/desk.h"
#include "service/tokens.h"

static const char *cookie_name(const struct api_call *call) {
    return desk_options(call->desk)->is_secure ? "__Host-fairlead_session" : "fairlead_session";
}

const struct access *api_call_access(const struct api_call *call) {
    static const struct access nobody;
    return call->session != NULL ? &call->session->account.access : &nobody;
}

struct str api_cookie(const struct api_call *call) {
    struct str cookie = http_request_cookie(call->request, cookie_name(call));
    return cookie.ptr != NULL ? cookie : STR("");
}

enum err api_send_cookie(struct api_call *call, const struct session_key *key,
                         struct errinfo *info) {
    struct http_cookie cookie = {.name = cookie_name(call),
                                 .value = STR(""),
                                 .is_secure = desk_options(call->desk)->is_secure};
    if (key != NULL) {
        cookie.value = arena_copy(call->scope.arena, str_of(key->cookie.text));
        cookie.age_s = (key->expires_ms - clock_wall_ms()) / 1000;
    }
    return http_reply_cookie(call->request, call->reply, &cookie, info);
}

/* Notes the use where that is due. One that cannot be noted is no reason to refuse the request. */
static void note(struct api_call *call, int64_t now_ms) {
    struct session_key key;
    struct errinfo info;
    char words[2 * ERR_TEXT_MAX];
    if (!call->session->rotate_due && !call->session->seen_due)
        return;
    errinfo_init(&info);
    enum err e = door_refresh(desk_door(call->desk), call->session, now_ms, &key, &info);
    if (e == ERR_OK && key.session_id > 0)
        e = api_send_cookie(call, &key, &info);
    if (e == ERR_OK)
        return;
    err_format(&info, words, sizeof(words));
    log_line(LOG_WARN, "api", "a session's use is not noted: %s", words);
}

/* ---- finding out ---- */

static enum err nobody(struct api_call *call, const char *words, struct errinfo *info) {
    err_set(info, ERR_DENIED, "%s", words);
    return api_call_problem(call, API_PROBLEM_SIGN_IN, NULL, ERR_DENIED);
}

/* A session that the token opened for this request alone. */
static enum err find_token(struct api_call *call, struct store_reader *reader, struct str header,
                           struct session *session, int64_t now_ms, struct errinfo *info) {
    enum err e = tokens_find(reader, header, now_ms, &session->account, info);
    return e == ERR_DENIED ? api_call_problem(call, API_PROBLEM_SIGN_IN, NULL, e) : e;
}

static enum err find_cookie(struct api_call *call, struct store_reader *reader, struct str cookie,
                            struct session *session, int64_t now_ms, struct errinfo *info) {
    enum err e = sessions_find(reader, cookie, now_ms, session, info);
    if (e == ERR_DENIED)
        return api_call_problem(call, API_PROBLEM_SIGN_IN, NULL, e);
    if (e != ERR_OK || call->request->method == HTTP_GET || call->request->method == HTTP_HEAD)
        return e;
    struct str csrf = http_request_header(call->request, "X-CSRF-Token");
    if (http_request_origin(call->request) == HTTP_ORIGIN_OTHER)
        e = err_set(info, ERR_DENIED, "a page of another site sent this");
    else if (csrf.ptr == NULL || !session_csrf_is_right(session, csrf))
        e = err_set(info, ERR_DENIED, "X-CSRF-Token is missing or is not this session's");
    return e == ERR_OK ? e : api_call_problem(call, API_PROBLEM_FORGED, NULL, e);
}

enum err api_identify(struct api_call *call, struct errinfo *info) {
    struct session *session = arena_new(call->scope.arena, 1, sizeof(*session));
    struct str header = http_request_header(call->request, "Authorization");
    struct str cookie = api_cookie(call);
    struct store_reader *reader;
    int64_t now_ms = clock_wall_ms();
    if (session == NULL)
        return err_memory(info);
    if (header.ptr == NULL && cookie.len == 0)
        return nobody(call, "this address is for people with an account", info);
    enum err e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = header.ptr != NULL ? find_token(call, reader, header, session, now_ms, info)
                               : find_cookie(call, reader, cookie, session, now_ms, info);
    if (e != ERR_OK)
        return e;
    call->session = session;
    if (session->id > 0)
        note(call, now_ms);
    if (session->account.access.must_change && call->route->right != RIGHT_SIGNED_IN) {
        err_set(info, ERR_DENIED, "choose a password of your own first");
        return api_call_problem(call, API_PROBLEM_PASSWORD, NULL, ERR_DENIED);
    }
    return ERR_OK;
}
