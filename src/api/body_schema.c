/* JSON Schema of bodies, for the OpenAPI document: see body.h. */
#include <stdio.h>

#include "api/route.h"

static uint32_t add(const struct api_body *body, const struct api_body **out, uint32_t count) {
    if (body == NULL)
        return count;
    for (uint32_t i = 0; i < count; i++)
        if (out[i] == body)
            return count;
    for (uint32_t m = 0; m < body->members; m++)
        count = add(body->member[m].row, out, count);
    if (count < API_BODIES_MAX)
        out[count++] = body;
    return count;
}

uint32_t api_all_bodies(const struct api_body *out[API_BODIES_MAX]) {
    uint32_t count = 0;
    for (uint32_t r = 0; r < api_routes_count; r++)
        count = add(api_routes[r].body, out, count);
    return count;
}

static void write_code_list(struct json_out *j, const struct kind *kind, bool may_be_null) {
    json_key(j, "enum");
    json_open_list(j);
    for (uint32_t i = 1; i < kind->count; i++)
        json_text(j, str_of(kind_code(kind, i)));
    if (may_be_null)
        json_none(j);
    json_close_list(j);
}

/* A list of at most `max`; what it holds is written next, and then two objects are closed. */
static void open_items(struct json_out *j, int64_t max) {
    api_write_type(j, "array", false);
    json_key_i64(j, "maxItems", max);
    json_key(j, "items");
    json_open(j);
}

static void write_rows(struct json_out *j, const struct api_member *member) {
    char path[96];
    open_items(j, member->max);
    snprintf(path, sizeof(path), "#/components/schemas/%s", member->row->name);
    json_key_text(j, "$ref", str_of(path));
    json_close(j);
}

static void write_texts(struct json_out *j, const struct api_member *member) {
    open_items(j, member->max);
    api_write_type(j, "string", false);
    json_key_i64(j, "maxLength", member->bytes_max);
    json_close(j);
}

static void write_member(struct json_out *j, const struct api_member *member) {
    if (member->type == API_BODY_JSON && member->of == NULL) {
        json_raw(j, str_of(member->schema));
        return;
    }
    json_open(j);
    switch ((enum api_member_type)member->type) {
    case API_BODY_INTEGER:
        api_write_type(j, "integer", member->may_be_null);
        json_key_i64(j, "minimum", member->min);
        json_key_i64(j, "maximum", member->max);
        break;
    case API_BODY_BOOLEAN:
        api_write_type(j, "boolean", member->may_be_null);
        break;
    case API_BODY_JSON:
        api_form_write_list(j, member->of, member->max);
        break;
    case API_BODY_TEXTS:
        write_texts(j, member);
        break;
    case API_BODY_ROWS:
        write_rows(j, member);
        break;
    case API_BODY_CODE:
        api_write_type(j, "string", member->may_be_null);
        write_code_list(j, member->kind, member->may_be_null);
        break;
    case API_BODY_STR:
        api_write_type(j, "string", member->may_be_null);
        json_key_i64(j, "maxLength", member->max);
    }
    if (member->help != NULL && member->help[0] != '\0')
        json_key_text(j, "description", str_of(member->help));
    json_close(j);
}

static void write_body(struct json_out *j, const struct api_body *body) {
    json_key(j, body->name);
    json_open(j);
    api_write_type(j, "object", false);
    json_key_text(j, "description", str_of(body->help));
    json_key(j, "properties");
    json_open(j);
    for (uint32_t i = 0; i < body->members; i++) {
        json_key(j, body->member[i].name);
        write_member(j, &body->member[i]);
    }
    json_close(j);
    json_key(j, "required");
    json_open_list(j);
    for (uint32_t i = 0; i < body->members; i++)
        if (body->member[i].is_required)
            json_text(j, str_of(body->member[i].name));
    json_close_list(j);
    json_key(j, "additionalProperties");
    json_bool(j, false);
    json_close(j);
}

void api_bodies_write(struct json_out *j) {
    const struct api_body *bodies[API_BODIES_MAX];
    uint32_t count = api_all_bodies(bodies);
    for (uint32_t i = 0; i < count; i++)
        write_body(j, bodies[i]);
}
