/*
 * Forms: what the documents of the desk hold, as tables of parts.
 *
 * The desk's replies are written by hand (route->draw), because they come from many places; their
 * form stands here once. Of it are made the JSON Schema in the OpenAPI document, against which
 * tests check every reply, and the TypeScript types, against which the desk is compiled.
 *
 *     static const struct api_part secret_parts[] = {
 *         {.name = "id", .type = API_PART_INTEGER}, {.name = "secret", .type = API_PART_TEXT}};
 *     const struct api_form api_form_secret = API_FORM("Secret", "What is shown once",
 * secret_parts);
 *
 * Thread rule: constants.
 */
#ifndef FAIRLEAD_API_FORM_H
#define FAIRLEAD_API_FORM_H

#include "base/json.h"
#include "model/kinds.h"

enum { API_FORMS_MAX = 192 };

enum api_part_type {
    API_PART_TEXT,
    API_PART_INTEGER,
    API_PART_NUMBER,
    API_PART_BOOLEAN,
    API_PART_CODE,  /* one of part->kind, or of part->word */
    API_PART_FORM,  /* part->of */
    API_PART_VALUE, /* text, number, boolean or null: what a field of a record holds */
    API_PART_ANY,
};

enum api_part_flag {
    API_MAYBE = 1,     /* may be missing */
    API_OR_NULL = 2,   /* may be null */
    API_LIST = 4,      /* a list of them */
    API_MAP = 8,       /* an object with a value of that type for each name */
    API_OR_BLANK = 16, /* of a code: or an empty text */
};

struct api_form;

struct api_part {
    const char *name;
    uint8_t type;                    /* enum api_part_type */
    uint8_t flags;                   /* enum api_part_flag */
    const struct api_form *of;       /* of API_PART_FORM */
    const struct kind *kind;         /* of API_PART_CODE */
    const char *(*word)(uint32_t n); /* of API_PART_CODE without a kind; NULL behind the last */
};

struct api_form {
    const char *name; /* "Session": of its schema and type */
    const char *help;
    const struct api_part *part;
    uint32_t parts;
};

#define API_FORM(title, words, table)                                                              \
    { .name = title, .help = words, .part = table, .parts = sizeof(table) / sizeof((table)[0]) }

/* The n-th word of a code, from 0; NULL behind the last. */
const char *api_part_word(const struct api_part *part, uint32_t n);

/* The forms that the table of routes reaches, each once, those that others hold first. Returns how
 * many; more than API_FORMS_MAX are a bug of the tables and left out. */
uint32_t api_all_forms(const struct api_form *out[API_FORMS_MAX]);

/* Writes `"NAME": schema` of every form, among the components of the OpenAPI document. */
void api_forms_write(struct json_out *json);

/* Writes the members of the schema of a list of at most `max` of a form. */
void api_form_write_list(struct json_out *json, const struct api_form *form, int64_t max);

/* Writes the member "type" of a schema. */
void api_write_type(struct json_out *json, const char *type, bool may_be_null);

#endif
