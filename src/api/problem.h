/*
 * Problems: errors as RFC 9457 problem details, application/problem+json.
 *
 * "type" is the address of a page that explains it, "detail" says what is wrong in this request and
 * what to do, "parameter" names the parameter that is wrong, "errors" lists what is wrong with
 * the body.
 */
#ifndef FAIRLEAD_API_PROBLEM_H
#define FAIRLEAD_API_PROBLEM_H

#include "api/route.h"

struct api_problem {
    const char *name; /* "invalid-parameter": its page is /api/problems/invalid-parameter */
    unsigned status;
    const char *title_en, *title_zh;
    const char *help_en, *help_zh;
};

/* By enum api_problem_kind; that of NONE is empty. */
extern const struct api_problem api_problems[API_PROBLEMS];

/* What an error is when nobody said more. */
enum api_problem_kind api_problem_of(enum err code);

/* What the server's own refusals are, by their status. */
enum api_problem_kind api_problem_of_status(unsigned status);

/*
 * Fills the reply with the problem. `call` gives what is known of the request: the parameter, what
 * is wrong with the body, further members; NULL = nothing. What the reply held is thrown away.
 */
void api_problem_write(struct http_reply *reply, enum api_problem_kind kind,
                       const struct errinfo *info, const struct api_call *call);

#endif
