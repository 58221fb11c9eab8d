/* Forms as JSON Schema: see form.h. A form that stands in another is referred to by its name. */
#include "api/form.h"

#include <stdio.h>

#include "api/route.h"

const char *api_part_word(const struct api_part *part, uint32_t n) {
    if (part->word != NULL)
        return part->word(n);
    /* The first of a kind means that nothing is known. */
    return n + 1 < part->kind->count ? kind_code(part->kind, n + 1) : NULL;
}

static uint32_t add(const struct api_form *form, const struct api_form **out, uint32_t count) {
    if (form == NULL)
        return count;
    for (uint32_t i = 0; i < count; i++)
        if (out[i] == form)
            return count;
    for (uint32_t i = 0; i < form->parts; i++)
        count = add(form->part[i].of, out, count);
    if (count < API_FORMS_MAX)
        out[count++] = form;
    return count;
}

uint32_t api_all_forms(const struct api_form *out[API_FORMS_MAX]) {
    uint32_t count = 0;
    for (uint32_t r = 0; r < api_routes_count; r++) {
        const struct api_route *route = &api_routes[r];
        count = add(route->form, out, count);
        for (uint32_t m = 0; route->body != NULL && m < route->body->members; m++)
            count = add(route->body->member[m].of, out, count);
    }
    return count;
}

/* ---- JSON Schema ---- */

void api_write_type(struct json_out *j, const char *type, bool may_be_null) {
    json_key(j, "type");
    if (!may_be_null) {
        json_text(j, str_of(type));
        return;
    }
    json_open_list(j);
    json_text(j, str_of(type));
    json_text(j, STR("null"));
    json_close_list(j);
}

static void write_words(struct json_out *j, const struct api_part *part, bool may_be_null) {
    const char *word;
    json_key(j, "enum");
    json_open_list(j);
    for (uint32_t n = 0; (word = api_part_word(part, n)) != NULL; n++)
        json_text(j, str_of(word));
    if ((part->flags & API_OR_BLANK) != 0)
        json_text(j, STR(""));
    if (may_be_null)
        json_none(j);
    json_close_list(j);
}

static void write_ref(struct json_out *j, const struct api_form *form) {
    char path[96];
    snprintf(path, sizeof(path), "#/components/schemas/%s", form->name);
    json_key_text(j, "$ref", str_of(path));
}

/* The members of one value's schema. */
static void write_value(struct json_out *j, const struct api_part *part, bool may_be_null) {
    switch ((enum api_part_type)part->type) {
    case API_PART_TEXT:
        api_write_type(j, "string", may_be_null);
        break;
    case API_PART_INTEGER:
        api_write_type(j, "integer", may_be_null);
        break;
    case API_PART_NUMBER:
        api_write_type(j, "number", may_be_null);
        break;
    case API_PART_BOOLEAN:
        api_write_type(j, "boolean", may_be_null);
        break;
    case API_PART_CODE:
        write_words(j, part, may_be_null);
        break;
    case API_PART_VALUE:
        json_key(j, "type");
        json_raw(j, STR("[\"string\",\"number\",\"boolean\",\"null\"]"));
        break;
    case API_PART_ANY:
        break;
    case API_PART_FORM:
        if (!may_be_null) {
            write_ref(j, part->of);
            break;
        }
        json_key(j, "anyOf");
        json_open_list(j);
        json_open(j);
        write_ref(j, part->of);
        json_close(j);
        json_raw(j, STR("{\"type\":\"null\"}"));
        json_close_list(j);
    }
}

static void write_part(struct json_out *j, const struct api_part *part) {
    bool is_list = (part->flags & API_LIST) != 0, is_map = (part->flags & API_MAP) != 0;
    bool may_be_null = (part->flags & API_OR_NULL) != 0;
    json_key(j, part->name);
    json_open(j);
    if (is_list || is_map) {
        api_write_type(j, is_list ? "array" : "object", may_be_null);
        json_key(j, is_list ? "items" : "additionalProperties");
        json_open(j);
        write_value(j, part, false);
        json_close(j);
    } else {
        write_value(j, part, may_be_null);
    }
    json_close(j);
}

static void write_form(struct json_out *j, const struct api_form *form) {
    json_key(j, form->name);
    json_open(j);
    api_write_type(j, "object", false);
    json_key_text(j, "description", str_of(form->help));
    json_key(j, "properties");
    json_open(j);
    for (uint32_t i = 0; i < form->parts; i++)
        write_part(j, &form->part[i]);
    json_close(j);
    json_key(j, "required");
    json_open_list(j);
    for (uint32_t i = 0; i < form->parts; i++)
        if ((form->part[i].flags & API_MAYBE) == 0)
            json_text(j, str_of(form->part[i].name));
    json_close_list(j);
    json_close(j);
}

void api_forms_write(struct json_out *j) {
    const struct api_form *forms[API_FORMS_MAX];
    uint32_t count = api_all_forms(forms);
    for (uint32_t i = 0; i < count; i++)
        write_form(j, forms[i]);
}

void api_form_write_list(struct json_out *j, const struct api_form *form, int64_t max) {
    api_write_type(j, "array", false);
    json_key_i64(j, "maxItems", max);
    json_key(j, "items");
    json_open(j);
    write_ref(j, form);
    json_close(j);
}
