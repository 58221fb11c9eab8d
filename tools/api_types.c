/*
 * Writes the TypeScript types of the API to standard output, from the tables that make the API:
 * closed lists, records, and for each address what it takes and what it gives back.
 *
 *     build/debug/tools/api-types >web/api-types.d.ts
 *
 * A test compares the committed file with what this writes.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "api/codes.h"
#include "api/openapi.h"

enum { KINDS_MAX = 64, NAME_MAX_BYTES = 96 };

/* "state of a gap" -> "StateOfAGap" */
static void type_name(const char *words, char name[NAME_MAX_BYTES]) {
    size_t len = 0;
    int is_start = 1;
    for (; *words != '\0' && len + 1 < NAME_MAX_BYTES; words++) {
        if (*words == ' ') {
            is_start = 1;
            continue;
        }
        name[len++] = (char)(is_start ? toupper((unsigned char)*words) : *words);
        is_start = 0;
    }
    name[len] = '\0';
}

/* ---- closed lists ---- */

static uint32_t add_kind(const struct kind *kind, const struct kind **kinds, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        if (kinds[i] == kind)
            return count;
    if (kind != NULL && count < KINDS_MAX)
        kinds[count++] = kind;
    return count;
}

static void write_kinds(const struct api_record *const *records, uint32_t record_count,
                        const struct api_form *const *forms, uint32_t form_count) {
    const struct kind *kinds[KINDS_MAX];
    uint32_t count = 0;
    for (uint32_t r = 0; r < record_count; r++)
        for (uint32_t i = 0; i < api_record_fields(records[r]); i++)
            count = add_kind(api_record_field(records[r], i)->kind, kinds, count);
    for (uint32_t r = 0; r < api_routes_count; r++)
        for (uint32_t i = 0; api_routes[r].param[i] != NULL; i++)
            count = add_kind(api_routes[r].param[i]->kind, kinds, count);
    for (uint32_t f = 0; f < form_count; f++)
        for (uint32_t i = 0; i < forms[f]->parts; i++)
            count = add_kind(forms[f]->part[i].kind, kinds, count);
    for (uint32_t k = 0; k < count; k++) {
        char name[NAME_MAX_BYTES];
        type_name(kinds[k]->name, name);
        printf("export type %s =", name);
        for (uint32_t i = 1; i < kinds[k]->count; i++)
            printf("%s\"%s\"", i > 1 ? " | " : " ", kind_code(kinds[k], i));
        printf(";\n");
    }
    printf("\n");
}

/* ---- records ---- */

static void write_field_type(const struct api_field *field) {
    char name[NAME_MAX_BYTES];
    switch ((enum api_type)field->type) {
    case API_CODE:
        type_name(field->kind->name, name);
        printf("%s", name);
        break;
    case API_INTEGER:
    case API_NUMBER:
        printf("number");
        break;
    case API_BOOLEAN:
        printf("boolean");
        break;
    case API_TEXTS:
        printf("string[]");
        break;
    case API_RECORD:
        printf("%s", field->of->name);
        break;
    case API_RECORDS:
        printf("%s[]", field->of->name);
        break;
    default:
        printf("string");
    }
    printf("%s", field->nullable ? " | null" : "");
}

static void write_record(const struct api_record *record) {
    printf("/** %s. */\nexport interface %s", record->help, record->name);
    if (record->base != NULL)
        printf(" extends %s", record->base->name);
    printf(" {\n");
    for (uint32_t i = 0; i < record->fields; i++) {
        const struct api_field *field = &record->field[i];
        printf("    /** %s. */\n    %s: ", field->help, field->name);
        write_field_type(field);
        printf(";\n");
    }
    printf("}\n\n");
}

/* ---- forms ---- */

static void write_words(const struct api_part *part) {
    char name[NAME_MAX_BYTES];
    const char *word;
    if (part->word == NULL) {
        type_name(part->kind->name, name);
        printf("%s", name);
    }
    for (uint32_t n = 0; part->word != NULL && (word = part->word(n)) != NULL; n++)
        printf("%s\"%s\"", n > 0 ? " | " : "", word);
    printf("%s", (part->flags & API_OR_BLANK) != 0 ? " | \"\"" : "");
}

static void write_value_type(const struct api_part *part) {
    switch ((enum api_part_type)part->type) {
    case API_PART_TEXT:
        printf("string");
        break;
    case API_PART_INTEGER:
    case API_PART_NUMBER:
        printf("number");
        break;
    case API_PART_BOOLEAN:
        printf("boolean");
        break;
    case API_PART_CODE:
        write_words(part);
        break;
    case API_PART_FORM:
        printf("%s", part->of->name);
        break;
    case API_PART_VALUE:
        printf("Value");
        break;
    case API_PART_ANY:
        printf("unknown");
    }
}

static void write_form(const struct api_form *form) {
    printf("/** %s. */\nexport interface %s {\n", form->help, form->name);
    for (uint32_t i = 0; i < form->parts; i++) {
        const struct api_part *part = &form->part[i];
        bool is_map = (part->flags & API_MAP) != 0;
        printf("    %s%s: %s", part->name, (part->flags & API_MAYBE) != 0 ? "?" : "",
               is_map ? "Record<string, " : "");
        write_value_type(part);
        printf("%s%s%s;\n", is_map ? ">" : "", (part->flags & API_LIST) != 0 ? "[]" : "",
               (part->flags & API_OR_NULL) != 0 ? " | null" : "");
    }
    printf("}\n\n");
}

/* ---- bodies ---- */

static void write_member(const struct api_member *member) {
    char name[NAME_MAX_BYTES];
    printf("    /** %s. */\n    %s%s: ", member->help, member->name,
           member->is_required ? "" : "?");
    switch ((enum api_member_type)member->type) {
    case API_BODY_STR:
        printf("string");
        break;
    case API_BODY_CODE:
        type_name(member->kind->name, name);
        printf("%s", name);
        break;
    case API_BODY_INTEGER:
        printf("number");
        break;
    case API_BODY_BOOLEAN:
        printf("boolean");
        break;
    case API_BODY_JSON:
        printf("%s%s", member->of != NULL ? member->of->name : "unknown",
               member->of != NULL ? "[]" : "");
        break;
    case API_BODY_TEXTS:
        printf("string[]");
        break;
    case API_BODY_ROWS:
        printf("%s[]", member->row->name);
    }
    printf("%s;\n", member->may_be_null ? " | null" : "");
}

static void write_bodies(void) {
    const struct api_body *bodies[API_BODIES_MAX];
    uint32_t count = api_all_bodies(bodies);
    for (uint32_t b = 0; b < count; b++) {
        printf("/** %s. */\nexport interface %s {\n", bodies[b]->help, bodies[b]->name);
        for (uint32_t i = 0; i < bodies[b]->members; i++)
            write_member(&bodies[b]->member[i]);
        printf("}\n\n");
    }
}

/* ---- addresses ---- */

static void write_param(const struct api_route *route, const struct api_param *param) {
    char name[NAME_MAX_BYTES];
    bool is_needed = param->place == API_IN_PATH || param->is_required;
    printf("            %s%s: ", param->name, is_needed ? "" : "?");
    if (param == &api_param_fields) {
        printf("(keyof %s)[]", route->record->name);
    } else if (param->type == API_CODE) {
        type_name(param->kind->name, name);
        printf("%s", name);
    } else {
        printf("%s", param->type == API_INTEGER ? "number" : "string");
    }
    printf(";\n");
}

static void write_params(const struct api_route *route, enum api_place place, const char *name) {
    printf("        %s: {\n", name);
    for (uint32_t i = 0; route->param[i] != NULL; i++)
        if (route->param[i]->place == place)
            write_param(route, route->param[i]);
    printf("        };\n");
}

static void write_reply(const struct api_route *route) {
    if (route->form != NULL)
        printf("        reply: %s;\n", route->form->name);
    else if (api_route_status(route) == 204)
        printf("        reply: null;\n");
    else if (route->record == NULL)
        printf("        reply: unknown;\n");
    else if (route->list == NULL)
        printf("        reply: %s;\n", route->record->name);
    else if (route->list->extra == NULL)
        printf("        reply: List<%s>;\n", route->record->name);
    else
        printf("        reply: List<%s> & %s;\n", route->record->name, route->list->extra->name);
}

/* An address that is read, or with `method` one that is written to. */
static void write_route(const struct api_route *route, const char *method) {
    printf("    /** %s. */\n    \"%s%s%s\": {\n", route->summary_en, method,
           method[0] != '\0' ? " " : "", route->path);
    write_params(route, API_IN_PATH, "path");
    write_params(route, API_IN_QUERY, "query");
    if (route->body != NULL)
        printf("        body: %s;\n", route->body->name);
    else if (route->body_type != NULL)
        printf("        body: Blob;\n");
    write_reply(route);
    printf("    };\n");
}

static void write_routes(bool is_reading) {
    static const char *const methods[] = {
        [HTTP_GET] = "",        [HTTP_POST] = "POST",     [HTTP_PUT] = "PUT",
        [HTTP_PATCH] = "PATCH", [HTTP_DELETE] = "DELETE", [HTTP_HEAD] = ""};
    for (uint32_t i = 0; i < api_routes_count; i++)
        if ((api_routes[i].method == HTTP_GET) == is_reading)
            write_route(&api_routes[i], methods[api_routes[i].method]);
}

static void write_fixed(void) {
    printf("/** What a field of a record holds. */\n"
           "export type Value = string | number | boolean | null;\n\n");
    printf("/** A page of a list; `next` is the cursor of the next page, null on the last one. */\n"
           "export interface List<Item> {\n"
           "    items: Item[];\n"
           "    next: string | null;\n"
           "    /** How many items all pages have together. */\n"
           "    total: number;\n"
           "}\n\n"
           "/** What went wrong (RFC 9457). */\n"
           "export interface Problem {\n"
           "    type: string;\n"
           "    title: string;\n"
           "    status: number;\n"
           "    detail?: string;\n"
           "    /** The parameter that is wrong. */\n"
           "    parameter?: string;\n"
           "    /** What is wrong with the body. */\n"
           "    errors?: { field: string; message: string }[];\n"
           "    /** What somebody else changed meanwhile. */\n"
           "    conflicts?: unknown[];\n"
           "}\n\n");
}

int main(void) {
    const struct api_record *records[API_RECORDS_MAX];
    const struct api_form *forms[API_FORMS_MAX];
    uint32_t count = api_all_records(records), form_count = api_all_forms(forms);
    printf("/*\n * The types of the API. Made by tools/api_types.c from the tables of src/api: "
           "change those,\n"
           " * then run it again (docs/API.md).\n */\n\n");
    write_kinds(records, count, forms, form_count);
    for (uint32_t i = 0; i < count; i++)
        write_record(records[i]);
    for (uint32_t i = 0; i < form_count; i++)
        write_form(forms[i]);
    write_bodies();
    write_fixed();
    printf("/** Every address: what stands in its path, what it takes, what it gives back. With "
           "`fields`\n"
           " * a reply holds those fields only. */\nexport interface Routes {\n");
    write_routes(true);
    printf("}\n\n/** Every address that is written to, by method and path. */\nexport interface "
           "Writes {\n");
    write_routes(false);
    printf("}\n");
    return ferror(stdout) != 0;
}
