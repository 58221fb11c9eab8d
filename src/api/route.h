/*
 * The table of routes: every address of the API with what it takes, what it gives back, who may ask
 * and what it is for.
 *
 * The one table makes the router, the reading of parameters, the OpenAPI document, the page /api
 * and the TypeScript types. A route answers in one of these shapes:
 *
 *     a record       route->find finds the row, the record's fields are written
 *     a list         route->list names the rows; they are filtered, cut into pages and written as
 *                    {"items": [...], "next": cursor or null, "total": number}
 *     a document     route->draw writes the reply; route->form or route->schema describes it
 *
 * What is public is read by GET and kept by the server; everything else asks who it is (session.h),
 * what that person may do (service/access.h), and reads its body against route->body.
 *
 * Thread rule: the table is constant; a call belongs to one request.
 */
#ifndef FAIRLEAD_API_ROUTE_H
#define FAIRLEAD_API_ROUTE_H

#include "api/body.h"
#include "api/field.h"
#include "http/http.h"
#include "service/access.h"

enum {
    API_LIMIT_DEFAULT = 100,
    API_LIMIT_MAX = 1000,
    API_PARAMS_MAX = 20, /* of a route */
    API_VALUE_BYTES_MAX = 300,
    API_CURSOR_BYTES_MAX = 4096,
};

/* ---- parameters ---- */

enum api_place { API_IN_QUERY, API_IN_PATH };

/* What a code or number names (lookup.h). */
enum api_names {
    API_NAMES_NOTHING,
    API_NAMES_CHAIN,
    API_NAMES_NODE,
    API_NAMES_SCENARIO,
    API_NAMES_AREA,
    API_NAMES_ORGANISATION, /* by its number */
    API_NAMES_EXHIBITOR,    /* by the number of its organisation */
    API_NAMES_PAVILION,
    API_NAMES_EXHIBIT,
    API_NAMES_ENTRY
};

struct api_param {
    const char *name;
    const char *help;
    uint8_t place; /* enum api_place */
    uint8_t type;  /* API_TEXT, API_KEY, API_CODE, API_DATE or API_INTEGER */
    enum api_names names;
    bool is_required;        /* of the query; those of the path always are */
    const struct kind *kind; /* of API_CODE */
    int64_t min, max;        /* of API_INTEGER */
    uint32_t bytes_max;      /* of a text; 0 = API_VALUE_BYTES_MAX */
    const char *example;     /* one that the sample knows */
};

/* Those that all lists share. */
extern const struct api_param api_param_edition, api_param_fields, api_param_limit,
    api_param_cursor;

/* ---- problems ---- */

/* What can go wrong, each with a page at /api/problems/NAME. */
enum api_problem_kind {
    API_PROBLEM_NONE,
    API_PROBLEM_NOT_FOUND,
    API_PROBLEM_UNKNOWN_PARAMETER,
    API_PROBLEM_INVALID_PARAMETER,
    API_PROBLEM_INVALID_CURSOR,
    API_PROBLEM_MALFORMED,
    API_PROBLEM_LONG_ADDRESS,
    API_PROBLEM_INVALID_BODY,
    API_PROBLEM_MEDIA_TYPE,
    API_PROBLEM_SIGN_IN,
    API_PROBLEM_DENIED,
    API_PROBLEM_FORGED,
    API_PROBLEM_PASSWORD,
    API_PROBLEM_CONFLICT,
    API_PROBLEM_IN_USE,
    API_PROBLEM_METHOD,
    API_PROBLEM_TOO_LARGE,
    API_PROBLEM_TOO_MANY,
    API_PROBLEM_LARGE_HEAD,
    API_PROBLEM_INTERNAL,
    API_PROBLEM_UNAVAILABLE,
    API_PROBLEM_DISK,
    API_PROBLEM_UNKNOWN_METHOD,
    API_PROBLEM_VERSION,
    API_PROBLEMS
};

/* ---- a request ---- */

struct session;
struct desk;

/* A place in the order of a list: behind the row with this text and number. */
struct api_position {
    struct str text;
    int64_t id;
};

struct api_license;

struct api_call {
    const struct api_route *route;
    const struct http_request *request;
    struct http_reply *reply;
    struct api_scope scope;
    struct str value[API_PARAMS_MAX]; /* of route->param[i]; ptr NULL = not given */
    int64_t integer[API_PARAMS_MAX];  /* of the integers among them */
    uint64_t chosen;                  /* fields */
    size_t limit;
    bool has_cursor;
    struct api_position after; /* of the cursor */
    struct str cursor_edition; /* of the cursor, or empty */
    void *filter;              /* what the list's prepare made */
    enum api_problem_kind problem;
    const char *problem_param; /* the parameter that is wrong, or NULL */
    struct api_fault *fault;   /* what is wrong with the body */
    uint32_t faults;
    struct str problem_more;           /* further members of the problem, as JSON without braces */
    struct desk *desk;                 /* NULL = the API is for reading only */
    struct store_reader *reader;       /* lent by the desk, given back after the reply is drawn */
    const struct session *session;     /* who asks; NULL = nobody has signed in */
    const struct api_license *license; /* of the open data, or NULL */
};

/* The value of a parameter of the call's route; ptr NULL when it was not given. */
struct str api_call_value(const struct api_call *call, const struct api_param *param);

/* The number of an integer parameter; 0 when it was not given. */
int64_t api_call_integer(const struct api_call *call, const struct api_param *param);

/* Says which problem an error is, and of which parameter (NULL = none); returns `code`. */
enum err api_call_problem(struct api_call *call, enum api_problem_kind problem,
                          const char *parameter, enum err code);

/* ---- lists ---- */

/* Rows on their way into one page of a list. */
struct api_page {
    const void **row; /* [limit] */
    size_t count, limit, total;
    bool has_more;
};

/* Takes the next row of the list; `is_behind`: it comes after the cursor. */
void api_page_take(struct api_page *page, const void *row, bool is_behind);

struct api_list {
    /* All rows of the edition, in the order of the list unless `is_sorted` is false. The function
     * is that of a field, called without a row. */
    api_rows_of *rows;
    bool is_sorted;
    /* Reads the parameters into call->filter; NULL = there is none. */
    enum err (*prepare)(struct api_call *call, struct errinfo *info);
    /* Whether the filter takes a row; NULL = all. */
    bool (*takes)(struct api_call *call, const void *row);
    /* Where a row stands: grows along the list, never twice the same. */
    struct api_position (*position)(struct api_call *call, const void *row);
    /* Instead of `rows` and `takes`, for lists in the order of a language. */
    enum err (*gather)(struct api_call *call, struct api_page *page, struct errinfo *info);
    /* What the reply says besides the items, from the row call->filter; NULL = nothing. */
    const struct api_record *extra;
};

/* ---- routes ---- */

typedef enum err api_find(struct api_call *call, const void **row, struct errinfo *info);
typedef enum err api_draw(struct api_call *call, struct errinfo *info);

struct api_route {
    const char *id;   /* "listExhibitors": operationId */
    const char *path; /* "/api/v1/exhibitors/{id}" */
    enum http_method method;
    enum right right;                     /* that who asks must have somewhere; 0 = none */
    const struct api_param *const *param; /* ends with NULL */
    const struct api_record *record;      /* of the reply or of its items */
    api_find *find;
    const struct api_list *list;
    api_draw *draw;
    bool is_of_edition; /* answers from one edition, the current one unless one is named */
    /* Of a document; several stand behind one another, separated by a blank, and the draw says
     * which it is. NULL = application/json. */
    const char *content_type;
    bool is_redirect;            /* answers 302 with another address */
    const struct api_form *form; /* of a document of the desk */
    const char *schema;          /* of another document: JSON Schema */
    unsigned status;             /* of the reply; 0 = 200 */
    const struct api_body *body; /* that it takes; NULL = none, or a file: */
    const char *body_type;       /* types of a file, separated by blanks */
    uint32_t body_max;           /* bytes of a file */
    const char *summary_en, *summary_zh;
};

/* Whether everybody reads it, and the server keeps it. */
bool api_route_is_kept(const struct api_route *route);

/* "GET" */
const char *api_method_name(enum http_method method);

/* The status of its reply when all is well. */
unsigned api_route_status(const struct api_route *route);

extern const struct api_route api_routes[];
extern const uint32_t api_routes_count;

#endif
