/*
 * Visitor organisations register themselves by a link (service/registrations.h). Strangers ask
 * here: the secret of the link comes in the body, never in an address.
 */
#include "api/my.h"

#include "api/desk_parts.h"
#include "api/door_parts.h"
#include "api/my_parts.h"
#include "service/desk.h"
#include "service/registration_links.h"

enum { SECRET_BYTES_MAX = 100, TEXT_BYTES_MAX = 8192, DAY_BYTES_MAX = 40 };

/* ---- what a link is for ---- */

struct look_body {
    struct str token;
};
static const struct api_member look_members[] = {
    API_MEMBER_STR(look_body, token, true, SECRET_BYTES_MAX, "The secret of a link"),
};
const struct api_body api_body_registration_look = {.name = "RegistrationLook",
                                                    .help = "A link to register by",
                                                    .member = look_members,
                                                    .members = API_COUNT(look_members)};

#define TEXT_OR_NULL(NAME)                                                                         \
    { .name = NAME, .type = API_PART_TEXT, .flags = API_OR_NULL }

static const struct api_part choice_parts[] = {
    {.name = "code", .type = API_PART_TEXT}, TEXT_OR_NULL("name_en"), TEXT_OR_NULL("name_zh")};
static const struct api_form choice =
    API_FORM("RegistrationChoice", "A node, or a country or region, to choose", choice_parts);
static const struct api_part offered_parts[] = {
    {.name = "kind", .type = API_PART_CODE, .kind = &kind_participant},
    TEXT_OR_NULL("name_en"),
    TEXT_OR_NULL("name_zh"),
    TEXT_OR_NULL("starts"),
    TEXT_OR_NULL("ends"),
    {.name = "countries", .type = API_PART_FORM, .flags = API_LIST, .of = &choice},
    {.name = "nodes", .type = API_PART_FORM, .flags = API_LIST, .of = &choice}};
const struct api_form api_form_registration_offered =
    API_FORM("RegistrationOffered", "What a link is for: the edition, and what can be chosen",
             offered_parts);

static struct str text_of(const struct store_value *value) {
    return value->kind == STORE_TEXT ? value->text : STR("");
}

static enum err write_edition(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    struct json_out *json = ctx;
    api_write_text(json, "name_en", text_of(&v[EDITION_NAME_EN]));
    api_write_text(json, "name_zh", text_of(&v[EDITION_NAME_ZH]));
    api_write_text(json, "starts", text_of(&v[EDITION_STARTS]));
    api_write_text(json, "ends", text_of(&v[EDITION_ENDS]));
    return ERR_OK;
}

static void write_choice(struct json_out *json, const struct store_value *code,
                         const struct store_value *en, const struct store_value *zh) {
    json_open(json);
    json_key_text(json, "code", text_of(code));
    api_write_text(json, "name_en", text_of(en));
    api_write_text(json, "name_zh", text_of(zh));
    json_close(json);
}

static enum err write_country(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    write_choice(ctx, &v[COUNTRY_CODE], &v[COUNTRY_NAME_EN], &v[COUNTRY_NAME_ZH]);
    return ERR_OK;
}

static enum err write_node(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    write_choice(ctx, &v[NODE_CODE], &v[NODE_NAME_EN], &v[NODE_NAME_ZH]);
    return ERR_OK;
}

static enum err write_offered(struct api_call *call, struct store_reader *reader,
                              const struct registration_link *link, struct errinfo *info) {
    struct json_out json;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key_text(&json, "kind", str_of(link->kind));
    enum err e = store_get(reader, TABLE_EDITION, link->edition_id, write_edition, &json, info);
    json_key(&json, "countries");
    json_open_list(&json);
    if (e == ERR_OK)
        e = store_scan(reader, TABLE_COUNTRY, write_country, &json, info);
    json_close_list(&json);
    json_key(&json, "nodes");
    json_open_list(&json);
    if (e == ERR_OK)
        e = store_scan(reader, TABLE_NODE, write_node, &json, info);
    json_close_list(&json);
    json_close(&json);
    return e;
}

enum err api_draw_registration_look(struct api_call *call, struct errinfo *info) {
    struct look_body body = {0};
    struct store_reader *reader;
    struct registration_link link;
    enum err e = api_door_open(call, &reader, info);
    if (e == ERR_OK)
        e = api_body_read(call, &api_body_registration_look, &body, info);
    if (e == ERR_OK)
        e = registration_links_look(reader, body.token, api_door_visit(call).now_ms, &link, info);
    return e == ERR_OK ? write_offered(call, reader, &link, info)
                       : api_door_tell(call, e, "token", 0, info);
}

/* ---- registering ---- */

struct registration_body {
    struct str token, organisation, country, name, email, language, leader, note;
    struct api_body_rows seeks;
    struct api_body_texts days;
};

#define TEXT(NAME, required, words)                                                                \
    API_MEMBER_STR(registration_body, NAME, required, TEXT_BYTES_MAX, words)

static const struct api_member registration_members[] = {
    API_MEMBER_STR(registration_body, token, true, SECRET_BYTES_MAX, "The secret of a link"),
    TEXT(organisation, true, "Full name of the organisation"),
    TEXT(country, true, "Country or region: a code or a name"),
    TEXT(name, true, "Name of the person who registers"),
    TEXT(email, true, "Mail address to sign in with"),
    TEXT(language, false, "Language of its mails: en or zh"),
    API_MEMBER_ROWS(registration_body, seeks, false, api_body_seek, struct api_seek_body,
                    2 * PROFILE_SEEKS_MAX, "What is looked for"),
    API_MEMBER_TEXTS(registration_body, days, false, 2 * PROFILE_DAYS_MAX, DAY_BYTES_MAX,
                     "On which it is there; none = all"),
    TEXT(leader, false, "Who leads a delegation"),
    TEXT(note, false, "What partners should know"),
};
const struct api_body api_body_registration = {.name = "Registration",
                                               .help = "A visitor organisation that registers",
                                               .member = registration_members,
                                               .members = API_COUNT(registration_members)};

static enum err knock(struct api_call *call, const struct registration_body *body,
                      struct store_reader *reader, const struct door_visit *visit, int64_t *wait_ms,
                      struct errinfo *info) {
    struct registration sent = {.secret = body->token,
                                .organisation = body->organisation,
                                .country = body->country,
                                .name = body->name,
                                .email = body->email,
                                .language = lang_of_code(body->language),
                                .seek_count = body->seeks.count,
                                .days = body->days.at,
                                .day_count = body->days.count,
                                .leader = body->leader,
                                .note = body->note,
                                .now_ms = visit->now_ms};
    struct profile_faults faults = {.arena = call->scope.arena};
    enum err e = api_make_seeks(call, &body->seeks, &sent.seeks, info);
    if (e == ERR_OK)
        e = door_register(desk_door(call->desk), reader, visit, &sent, &faults, wait_ms, info);
    if (e == ERR_INPUT && faults.list.len > 0) {
        api_tell_profile_faults(call, &faults);
        e = api_call_faults(call, info);
    }
    profile_faults_release(&faults);
    return e;
}

enum err api_draw_register(struct api_call *call, struct errinfo *info) {
    struct registration_body body = {.language = STR("zh")};
    const struct door_visit visit = api_door_visit(call);
    struct store_reader *reader;
    int64_t wait_ms = 0;
    enum err e = api_door_open(call, &reader, info);
    if (e == ERR_OK)
        e = api_body_read(call, &api_body_registration, &body, info);
    if (e == ERR_OK && lang_of_code(body.language) == LANGS) {
        api_call_fault(call, STR("language"), "is en or zh");
        return api_call_faults(call, info);
    }
    if (e == ERR_OK)
        e = knock(call, &body, reader, &visit, &wait_ms, info);
    return e == ERR_OK ? e : api_door_tell(call, e, "organisation", wait_ms, info);
}
