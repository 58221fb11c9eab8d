/*
 * Who asks: the session of a cookie, or the account of a token.
 *
 * A browser sends the cookie by itself, also when another site makes it write. So a write that goes
 * by a cookie brings the session's csrf word in X-CSRF-Token as well and does not come from another
 * site's page (OWASP ASVS 4.0.3, 4.2.2). A token is sent on purpose and needs neither.
 *
 * Over https the cookie is "__Host-fairlead_session", which no other host of the domain can set;
 * over http, "fairlead_session".
 *
 * Thread rule: a call belongs to one request.
 */
#ifndef FAIRLEAD_API_SESSION_H
#define FAIRLEAD_API_SESSION_H

#include "api/route.h"
#include "service/sessions.h"

/*
 * Finds out who asks and puts it into the call: call->session, in whose account is the access.
 * ERR_DENIED with call->problem: nobody has signed in, the write does not come from the desk, or a
 * password has to be chosen first.
 */
enum err api_identify(struct api_call *call, struct errinfo *info) ERR_CHECK;

/* What who asks may do; nobody's access when nobody has signed in. */
const struct access *api_call_access(const struct api_call *call);

/* The cookie that came along; empty = none. */
struct str api_cookie(const struct api_call *call);

/* Sends the cookie of a session, or takes it away (NULL). ERR_MEMORY. */
enum err api_send_cookie(struct api_call *call, const struct session_key *key,
                         struct errinfo *info) ERR_CHECK;

#endif
