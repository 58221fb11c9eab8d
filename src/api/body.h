/*
 * Bodies of requests: tables of members, each with its type, its bounds and its meaning.
 *
 * A body is a JSON object. From its one table are made: the reading into a struct, the words for
 * what is wrong, the JSON Schema in the OpenAPI document and the TypeScript types.
 *
 *     struct sign_in { struct str email, password; };
 *     static const struct api_member members[] = {
 *         API_MEMBER_STR(sign_in, email, true, 254, "Address of the account"), ...
 *     };
 *     const struct api_body api_body_sign_in = {"SignIn", "...", members, API_COUNT(members)};
 *
 * A list of objects (API_BODY_ROWS) has a body of its own, which is read into an array of structs.
 *
 * A member that nobody knows is refused with the nearest name, because one that is silently left
 * out would be a change that was not made. All faults are told at once.
 *
 * Thread rule: tables are constants; a call belongs to one request.
 */
#ifndef FAIRLEAD_API_BODY_H
#define FAIRLEAD_API_BODY_H

#include "api/form.h"
#include "exchange/json_read.h"

struct api_call;

enum { API_FAULTS_MAX = 100, API_MEMBERS_MAX = 24, API_BODIES_MAX = 64 };

enum api_member_type {
    API_BODY_STR,     /* struct str */
    API_BODY_CODE,    /* struct str, one of member->kind */
    API_BODY_INTEGER, /* int64_t */
    API_BODY_BOOLEAN, /* bool */
    API_BODY_JSON,    /* const struct json_value *: a list of member->of, or as member->schema says;
                         its user checks it */
    API_BODY_TEXTS,   /* struct api_body_texts: at most `max` texts */
    API_BODY_ROWS,    /* struct api_body_rows: at most `max` objects of member->row */
};

struct api_body_texts {
    const struct str *at; /* the arena's; NULL = not given */
    uint32_t count;
};

struct api_body_rows {
    void *at; /* the arena's; NULL = not given, or none */
    uint32_t count;
};

struct api_body;

struct api_member {
    const char *name;
    const char *help;
    uint8_t type; /* enum api_member_type */
    bool is_required;
    bool may_be_null; /* null is taken as not given */
    uint16_t offset;
    int64_t min, max;           /* of an integer; max also of a text, in bytes, and of a list */
    uint32_t bytes_max;         /* of each of the texts */
    uint32_t row_bytes;         /* sizeof the struct that an object of the rows is read into */
    const struct api_body *row; /* of API_BODY_ROWS */
    const struct kind *kind;    /* of a code */
    const struct api_form *of;  /* of API_BODY_JSON: what the list holds, or NULL */
    const char *schema;         /* of API_BODY_JSON without a form: JSON Schema */
};

struct api_body {
    const char *name; /* "SignIn": the name of its schema and type */
    const char *help;
    const struct api_member *member;
    uint32_t members;
};

#define API_MEMBER_STR(row, NAME, required, bytes, words)                                          \
    {                                                                                              \
        .name = #NAME, .help = words, .type = API_BODY_STR, .is_required = required, .max = bytes, \
        .offset = offsetof(struct row, NAME)                                                       \
    }
#define API_MEMBER_CODE(row, NAME, required, list, words)                                          \
    {                                                                                              \
        .name = #NAME, .help = words, .type = API_BODY_CODE, .is_required = required,              \
        .kind = list, .offset = offsetof(struct row, NAME)                                         \
    }
#define API_MEMBER_INTEGER(row, NAME, required, least, most, words)                                \
    {                                                                                              \
        .name = #NAME, .help = words, .type = API_BODY_INTEGER, .is_required = required,           \
        .min = least, .max = most, .offset = offsetof(struct row, NAME)                            \
    }
#define API_MEMBER_BOOLEAN(row, NAME, words)                                                       \
    { .name = #NAME, .help = words, .type = API_BODY_BOOLEAN, .offset = offsetof(struct row, NAME) }
#define API_MEMBER_JSON(row, NAME, required, form, words)                                          \
    {                                                                                              \
        .name = #NAME, .help = words, .type = API_BODY_JSON, .is_required = required,              \
        .schema = form, .offset = offsetof(struct row, NAME)                                       \
    }

#define API_MEMBER_FORMS(row, NAME, required, form, most, words)                                   \
    {                                                                                              \
        .name = #NAME, .help = words, .type = API_BODY_JSON, .is_required = required, .max = most, \
        .of = &(form), .offset = offsetof(struct row, NAME)                                        \
    }

#define API_MEMBER_TEXTS(row, NAME, required, most, bytes, words)                                  \
    {                                                                                              \
        .name = #NAME, .help = words, .type = API_BODY_TEXTS, .is_required = required,             \
        .max = most, .bytes_max = bytes, .offset = offsetof(struct row, NAME)                      \
    }
#define API_MEMBER_ROWS(owner, NAME, required, body, item, most, words)                            \
    {                                                                                              \
        .name = #NAME, .help = words, .type = API_BODY_ROWS, .is_required = required, .max = most, \
        .row = &(body), .row_bytes = sizeof(item), .offset = offsetof(struct owner, NAME)          \
    }

/* One thing that is wrong with a body. Texts are the arena's or constants. */
struct api_fault {
    struct str field; /* "email", "operations[3].values.size" */
    struct str message;
    struct str message_zh; /* empty = in English only */
};

/*
 * Reads the call's body into `row`, which is zero before: a text that was not given has a NULL ptr.
 * ERR_INPUT with call->problem and call->fault set; ERR_LIMIT, ERR_MEMORY. O(bytes).
 */
enum err api_body_read(struct api_call *call, const struct api_body *body, void *row,
                       struct errinfo *info) ERR_CHECK;

/* Adds a fault to the call; printf's format for the message. */
void api_call_fault(struct api_call *call, struct str field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds one that is told in both languages. */
void api_call_fault_in_both(struct api_call *call, struct str field, struct str en, struct str zh);

/* ERR_INPUT as an invalid body when the call has faults. */
enum err api_call_faults(struct api_call *call, struct errinfo *info) ERR_CHECK;

/* The bodies that the table of routes reaches, each once, those that others hold first. Returns how
 * many; more than API_BODIES_MAX are a bug of the tables and left out. */
uint32_t api_all_bodies(const struct api_body *out[API_BODIES_MAX]);

/* Writes `"NAME": schema` of every body, among the components of the OpenAPI document. */
void api_bodies_write(struct json_out *json);

#endif
