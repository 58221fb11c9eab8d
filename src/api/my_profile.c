/*
 * The profile of a participant (service/profiles.h): read as one document, and sent back as a whole
 * with the revision that was read. What the reply has besides may come back and is passed over,
 * so that who changed one member sends the rest as it was.
 */
#include "api/my.h"

#include "api/desk_parts.h"
#include "api/my_parts.h"
#include "api/session.h"
#include "service/desk.h"

enum { NODE_BYTES_MAX = 64, VALUE_BYTES_MAX = 200, TEXT_BYTES_MAX = 8192 };

/* ---- the document ---- */

#define TEXT(NAME)                                                                                 \
    { .name = NAME, .type = API_PART_TEXT }
#define TEXT_OR_NULL(NAME)                                                                         \
    { .name = NAME, .type = API_PART_TEXT, .flags = API_OR_NULL }
#define NUMBER(NAME)                                                                               \
    { .name = NAME, .type = API_PART_INTEGER }
#define NUMBER_OR_NULL(NAME)                                                                       \
    { .name = NAME, .type = API_PART_INTEGER, .flags = API_OR_NULL }
#define CODE(NAME, list)                                                                           \
    { .name = NAME, .type = API_PART_CODE, .kind = &(list) }
#define LIST_OF(NAME, form)                                                                        \
    { .name = NAME, .type = API_PART_FORM, .flags = API_LIST, .of = &(form) }
#define TEXTS(NAME)                                                                                \
    { .name = NAME, .type = API_PART_TEXT, .flags = API_LIST }

static const struct api_part organisation_parts[] = {
    NUMBER("id"),
    TEXT_OR_NULL("name_en"),
    TEXT_OR_NULL("name_zh"),
    TEXT_OR_NULL("country"),
    TEXT_OR_NULL("region"),
    {.name = "size", .type = API_PART_CODE, .flags = API_OR_NULL, .kind = &kind_size},
    TEXT_OR_NULL("website")};
static const struct api_form organisation =
    API_FORM("ProfileOrganisation", "Whose profile it is", organisation_parts);

static const struct api_part claim_parts[] = {TEXT("node"), CODE("basis", kind_basis),
                                              TEXT_OR_NULL("evidence")};
static const struct api_form claim = API_FORM(
    "ProfileClaim", "A node that an exhibitor offers or needs, and how that is known", claim_parts);

static const struct api_part seek_parts[] = {CODE("kind", kind_seek),    TEXT_OR_NULL("node"),
                                             NUMBER_OR_NULL("quantity"), TEXT_OR_NULL("unit"),
                                             TEXT_OR_NULL("by_day"),     TEXT_OR_NULL("note")};
static const struct api_form seek =
    API_FORM("ProfileSeek", "What a participant looks for", seek_parts);

static const struct api_part volume_parts[] = {TEXT("node"), CODE("side", kind_side),
                                               NUMBER("quantity"), TEXT("unit")};
static const struct api_form volume =
    API_FORM("ProfileVolume", "How much a year it can deliver or takes", volume_parts);

static const struct api_part condition_parts[] = {
    CODE("strength", kind_strength),   CODE("kind", kind_condition), TEXT_OR_NULL("value"),
    NUMBER_OR_NULL("organisation_id"), TEXT_OR_NULL("name_en"),      TEXT_OR_NULL("name_zh")};
static const struct api_form condition =
    API_FORM("ProfileCondition", "What a partner must, should or may never be", condition_parts);

static const struct api_part profile_parts[] = {
    NUMBER("revision"),
    {.name = "organisation", .type = API_PART_FORM, .of = &organisation},
    CODE("kind", kind_participant),
    CODE("state", kind_participant_state),
    NUMBER_OR_NULL("exhibitor_id"),
    LIST_OF("offers", claim),
    LIST_OF("needs", claim),
    LIST_OF("volumes", volume),
    LIST_OF("seeks", seek),
    LIST_OF("conditions", condition),
    TEXTS("languages"),
    TEXTS("certificates"),
    TEXTS("days"),
    NUMBER_OR_NULL("meetings_max"),
    TEXT_OR_NULL("leader"),
    TEXT_OR_NULL("note")};
const struct api_form api_form_profile = API_FORM(
    "Profile", "What a participant says of itself and of the partners it wants", profile_parts);

static void write_number(struct json_out *json, const char *key, int64_t number, int64_t none) {
    json_key(json, key);
    if (number != none)
        json_i64(json, number);
    else
        json_none(json);
}

static void write_organisation(struct json_out *json, const struct profile_organisation *o) {
    json_key(json, "organisation");
    json_open(json);
    json_key_i64(json, "id", o->id);
    api_write_text(json, "name_en", o->name_en);
    api_write_text(json, "name_zh", o->name_zh);
    api_write_text(json, "country", o->country);
    api_write_text(json, "region", o->region);
    api_write_text(json, "size", o->size);
    api_write_text(json, "website", o->website);
    json_close(json);
}

static void write_claims(struct json_out *json, const char *key, const struct profile *p,
                         int side) {
    json_key(json, key);
    json_open_list(json);
    for (uint32_t i = 0; i < p->claim_count[side]; i++) {
        const struct profile_claim *one = &p->claims[side][i];
        json_open(json);
        json_key_text(json, "node", one->node);
        json_key_text(json, "basis", str_of(kind_code(&kind_basis, one->basis)));
        api_write_text(json, "evidence", one->evidence);
        json_close(json);
    }
    json_close_list(json);
}

static void write_seeks(struct json_out *json, const struct profile *p) {
    json_key(json, "seeks");
    json_open_list(json);
    for (uint32_t i = 0; i < p->seek_count; i++) {
        const struct profile_seek *one = &p->seeks[i];
        json_open(json);
        json_key_text(json, "kind", str_of(kind_code(&kind_seek, one->kind)));
        api_write_text(json, "node", one->node);
        write_number(json, "quantity", one->quantity, 0);
        api_write_text(json, "unit", one->unit);
        api_write_text(json, "by_day", one->by_day);
        api_write_text(json, "note", one->note);
        json_close(json);
    }
    json_close_list(json);
}

static void write_volumes(struct json_out *json, const struct profile *p) {
    json_key(json, "volumes");
    json_open_list(json);
    for (uint32_t i = 0; i < p->volume_count; i++) {
        const struct profile_volume *one = &p->volumes[i];
        json_open(json);
        json_key_text(json, "node", one->node);
        json_key_text(json, "side", str_of(kind_code(&kind_side, one->side)));
        json_key_i64(json, "quantity", one->quantity);
        json_key_text(json, "unit", one->unit);
        json_close(json);
    }
    json_close_list(json);
}

static void write_conditions(struct json_out *json, const struct profile *p) {
    json_key(json, "conditions");
    json_open_list(json);
    for (uint32_t i = 0; i < p->condition_count; i++) {
        const struct profile_condition *one = &p->conditions[i];
        json_open(json);
        json_key_text(json, "strength", str_of(kind_code(&kind_strength, one->strength)));
        json_key_text(json, "kind", str_of(kind_code(&kind_condition, one->kind)));
        api_write_text(json, "value", one->value);
        write_number(json, "organisation_id", one->organisation_id, 0);
        api_write_text(json, "name_en", one->name_en);
        api_write_text(json, "name_zh", one->name_zh);
        json_close(json);
    }
    json_close_list(json);
}

static void write_texts(struct json_out *json, const char *key, const struct str *list,
                        uint32_t count) {
    json_key(json, key);
    json_open_list(json);
    for (uint32_t i = 0; i < count; i++)
        json_text(json, list[i]);
    json_close_list(json);
}

static void write_profile(struct json_out *json, const struct profile *p) {
    json_open(json);
    json_key_i64(json, "revision", p->revision);
    write_organisation(json, &p->organisation);
    json_key_text(json, "kind", p->kind);
    json_key_text(json, "state", p->is_withdrawn ? STR("withdrawn") : STR("active"));
    write_number(json, "exhibitor_id", p->exhibitor_id, 0);
    write_claims(json, "offers", p, PROFILE_OFFERS);
    write_claims(json, "needs", p, PROFILE_NEEDS);
    write_volumes(json, p);
    write_seeks(json, p);
    write_conditions(json, p);
    write_texts(json, "languages", p->languages, p->language_count);
    write_texts(json, "certificates", p->certificates, p->certificate_count);
    write_texts(json, "days", p->days, p->day_count);
    write_number(json, "meetings_max", p->meetings_max, PROFILE_MEETINGS_OPEN);
    api_write_text(json, "leader", p->leader);
    api_write_text(json, "note", p->note);
    json_close(json);
}

static enum err draw(struct api_call *call, struct store_reader *reader, struct errinfo *info) {
    struct profile profile;
    struct json_out json;
    enum err e =
        profile_read(reader, api_call_access(call), api_call_integer(call, &api_path_participant),
                     call->scope.arena, &profile, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    write_profile(&json, &profile);
    return ERR_OK;
}

enum err api_draw_profile(struct api_call *call, struct errinfo *info) {
    struct store_reader *reader;
    enum err e = api_desk_reader(call, &reader, info);
    return e == ERR_OK ? draw(call, reader, info) : e;
}

/* ---- sent back ---- */

struct claim_body {
    struct str node, basis, evidence;
};
static const struct api_member claim_members[] = {
    API_MEMBER_STR(claim_body, node, true, NODE_BYTES_MAX, "Code of the node"),
    API_MEMBER_CODE(claim_body, basis, false, &kind_basis,
                    "declared when left out; inferred keeps an inferred one as it is"),
    {.name = "evidence",
     .help = "As it was read; passed over",
     .type = API_BODY_STR,
     .may_be_null = true,
     .max = TEXT_BYTES_MAX,
     .offset = offsetof(struct claim_body, evidence)},
};
static const struct api_body claim_body = {.name = "ProfileClaimSaid",
                                           .help = "A node that an exhibitor offers or needs",
                                           .member = claim_members,
                                           .members = API_COUNT(claim_members)};

#define OR_NULL_STR(row, NAME, bytes, words)                                                       \
    {                                                                                              \
        .name = #NAME, .help = words, .type = API_BODY_STR, .may_be_null = true, .max = bytes,     \
        .offset = offsetof(struct row, NAME)                                                       \
    }
#define OR_NULL_INTEGER(row, NAME, words)                                                          \
    {                                                                                              \
        .name = #NAME, .help = words, .type = API_BODY_INTEGER, .may_be_null = true,               \
        .min = INT64_MIN, .max = INT64_MAX, .offset = offsetof(struct row, NAME)                   \
    }

static const struct api_member seek_members[] = {
    API_MEMBER_CODE(api_seek_body, kind, true, &kind_seek, "What is sought"),
    OR_NULL_STR(api_seek_body, node, NODE_BYTES_MAX, "Code of the node; none = of anything"),
    OR_NULL_INTEGER(api_seek_body, quantity, "How much, with its unit"),
    OR_NULL_STR(api_seek_body, unit, VALUE_BYTES_MAX, "Of the quantity"),
    OR_NULL_STR(api_seek_body, by_day, VALUE_BYTES_MAX, "Until when, YYYY-MM-DD"),
    OR_NULL_STR(api_seek_body, note, TEXT_BYTES_MAX, "In its own words"),
};
const struct api_body api_body_seek = {.name = "ProfileSeekSaid",
                                       .help = "What a participant looks for",
                                       .member = seek_members,
                                       .members = API_COUNT(seek_members)};

struct volume_body {
    struct str node, side, unit;
    int64_t quantity;
};
static const struct api_member volume_members[] = {
    API_MEMBER_STR(volume_body, node, true, NODE_BYTES_MAX, "Code of the node"),
    API_MEMBER_CODE(volume_body, side, true, &kind_side, "Can deliver, or takes"),
    API_MEMBER_INTEGER(volume_body, quantity, true, INT64_MIN, INT64_MAX, "A year"),
    API_MEMBER_STR(volume_body, unit, true, VALUE_BYTES_MAX, "Of the quantity"),
};
static const struct api_body volume_body = {.name = "ProfileVolumeSaid",
                                            .help = "How much a year it can deliver or takes",
                                            .member = volume_members,
                                            .members = API_COUNT(volume_members)};

struct condition_body {
    struct str strength, kind, value, name_en, name_zh;
    int64_t organisation_id;
};
static const struct api_member condition_members[] = {
    API_MEMBER_CODE(condition_body, strength, true, &kind_strength, "How it binds"),
    API_MEMBER_CODE(condition_body, kind, true, &kind_condition, "What it is about"),
    OR_NULL_STR(condition_body, value, VALUE_BYTES_MAX,
                "Code of the country or region, region, size or language, or the certificate"),
    OR_NULL_INTEGER(condition_body, organisation_id, "The organisation, of that kind alone"),
    OR_NULL_STR(condition_body, name_en, TEXT_BYTES_MAX, "As it was read; passed over"),
    OR_NULL_STR(condition_body, name_zh, TEXT_BYTES_MAX, "As it was read; passed over"),
};
static const struct api_body condition_body = {.name = "ProfileConditionSaid",
                                               .help = "What a partner must, should or never be",
                                               .member = condition_members,
                                               .members = API_COUNT(condition_members)};

struct profile_body {
    int64_t revision, exhibitor_id, meetings_max;
    struct str kind, state, leader, note;
    const struct json_value *organisation;
    struct api_body_rows offers, needs, volumes, seeks, conditions;
    struct api_body_texts languages, certificates, days;
};

/* Twice the limits of the service, whose words say what to do. */
#define ROWS(NAME, body, row, most, words)                                                         \
    API_MEMBER_ROWS(profile_body, NAME, true, body, struct row, 2 * (most), words)
#define SHORT_TEXTS(NAME, most, words)                                                             \
    API_MEMBER_TEXTS(profile_body, NAME, true, 2 * (most), 2 * VALUE_BYTES_MAX, words)

static const struct api_member profile_members[] = {
    API_MEMBER_INTEGER(profile_body, revision, true, 0, INT64_MAX, "The one that was read"),
    API_MEMBER_JSON(profile_body, organisation, false, "{}", "As it was read; passed over"),
    OR_NULL_STR(profile_body, kind, VALUE_BYTES_MAX, "As it was read; passed over"),
    OR_NULL_INTEGER(profile_body, exhibitor_id, "As it was read; passed over"),
    API_MEMBER_CODE(profile_body, state, false, &kind_participant_state,
                    "withdrawn takes no part in matching; active when left out"),
    ROWS(offers, claim_body, claim_body, PROFILE_CLAIMS_MAX, "What an exhibitor offers"),
    ROWS(needs, claim_body, claim_body, PROFILE_CLAIMS_MAX, "What an exhibitor needs"),
    ROWS(volumes, volume_body, volume_body, PROFILE_VOLUMES_MAX, "How much a year"),
    ROWS(seeks, api_body_seek, api_seek_body, PROFILE_SEEKS_MAX, "What is looked for"),
    ROWS(conditions, condition_body, condition_body, PROFILE_CONDITIONS_MAX, "On partners"),
    SHORT_TEXTS(languages, PROFILE_LANGUAGES_MAX, "That its people speak, ISO 639-1"),
    SHORT_TEXTS(certificates, PROFILE_CERTIFICATES_MAX, "That it holds"),
    SHORT_TEXTS(days, PROFILE_DAYS_MAX, "On which it is there; none = all"),
    OR_NULL_INTEGER(profile_body, meetings_max, "How many meetings it can take; null = not said"),
    OR_NULL_STR(profile_body, leader, TEXT_BYTES_MAX, "Who leads a delegation"),
    OR_NULL_STR(profile_body, note, TEXT_BYTES_MAX, "What else partners should know"),
};
const struct api_body api_body_profile = {.name = "ProfileSaid",
                                          .help = "What a participant says, as a whole",
                                          .member = profile_members,
                                          .members = API_COUNT(profile_members)};

static enum err make_claims(struct api_call *call, const struct api_body_rows *rows,
                            struct profile *out, int side, struct errinfo *info) {
    const struct claim_body *body = rows->at;
    struct profile_claim *claims =
        arena_new(call->scope.arena, (size_t)rows->count + 1, sizeof(*claims));
    if (claims == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < rows->count; i++)
        claims[i] = (struct profile_claim){
            .node = body[i].node,
            .basis = body[i].basis.len > 0 ? (enum basis)kind_of_code(&kind_basis, body[i].basis)
                                           : BASIS_DECLARED};
    out->claims[side] = claims;
    out->claim_count[side] = rows->count;
    return ERR_OK;
}

enum err api_make_seeks(struct api_call *call, const struct api_body_rows *rows,
                        const struct profile_seek **out, struct errinfo *info) {
    const struct api_seek_body *body = rows->at;
    struct profile_seek *seeks =
        arena_new(call->scope.arena, (size_t)rows->count + 1, sizeof(*seeks));
    if (seeks == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < rows->count; i++)
        seeks[i] =
            (struct profile_seek){.kind = (enum seek_kind)kind_of_code(&kind_seek, body[i].kind),
                                  .node = body[i].node,
                                  .quantity = body[i].quantity,
                                  .unit = body[i].unit,
                                  .by_day = body[i].by_day,
                                  .note = body[i].note};
    *out = seeks;
    return ERR_OK;
}

static enum err make_volumes(struct api_call *call, const struct api_body_rows *rows,
                             struct profile *out, struct errinfo *info) {
    const struct volume_body *body = rows->at;
    struct profile_volume *volumes =
        arena_new(call->scope.arena, (size_t)rows->count + 1, sizeof(*volumes));
    if (volumes == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < rows->count; i++)
        volumes[i] =
            (struct profile_volume){.node = body[i].node,
                                    .side = (enum side)kind_of_code(&kind_side, body[i].side),
                                    .quantity = body[i].quantity,
                                    .unit = body[i].unit};
    out->volumes = volumes;
    out->volume_count = rows->count;
    return ERR_OK;
}

static enum err make_conditions(struct api_call *call, const struct api_body_rows *rows,
                                struct profile *out, struct errinfo *info) {
    const struct condition_body *body = rows->at;
    struct profile_condition *conditions =
        arena_new(call->scope.arena, (size_t)rows->count + 1, sizeof(*conditions));
    if (conditions == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < rows->count; i++)
        conditions[i] = (struct profile_condition){
            .strength = (enum strength)kind_of_code(&kind_strength, body[i].strength),
            .kind = (enum condition_kind)kind_of_code(&kind_condition, body[i].kind),
            .value = body[i].value,
            .organisation_id = body[i].organisation_id};
    out->conditions = conditions;
    out->condition_count = rows->count;
    return ERR_OK;
}

static enum err make_profile(struct api_call *call, const struct profile_body *body,
                             struct profile *out, struct errinfo *info) {
    *out = (struct profile){.revision = body->revision,
                            .is_withdrawn = str_equal_c(body->state, "withdrawn"),
                            .languages = body->languages.at,
                            .language_count = body->languages.count,
                            .certificates = body->certificates.at,
                            .certificate_count = body->certificates.count,
                            .days = body->days.at,
                            .day_count = body->days.count,
                            .meetings_max = body->meetings_max,
                            .leader = body->leader,
                            .note = body->note,
                            .seek_count = body->seeks.count};
    enum err e = make_claims(call, &body->offers, out, PROFILE_OFFERS, info);
    if (e == ERR_OK)
        e = make_claims(call, &body->needs, out, PROFILE_NEEDS, info);
    if (e == ERR_OK)
        e = api_make_seeks(call, &body->seeks, &out->seeks, info);
    if (e == ERR_OK)
        e = make_volumes(call, &body->volumes, out, info);
    return e == ERR_OK ? make_conditions(call, &body->conditions, out, info) : e;
}

struct work {
    const struct access *by;
    int64_t participant_id;
    const struct profile *said;
    struct profile_faults faults;
};

static enum err write(void *ctx, struct store *store, struct errinfo *info) {
    struct work *work = ctx;
    return profile_write(store, work->by, work->participant_id, work->said, &work->faults, info);
}

void api_tell_profile_faults(struct api_call *call, const struct profile_faults *faults) {
    for (size_t i = 0; i < faults->list.len; i++)
        api_call_fault_in_both(call, faults->list.at[i].path, faults->list.at[i].words[LANG_EN],
                               faults->list.at[i].words[LANG_ZH]);
}

/* The call's own reader sees what was there before. */
static enum err draw_written(struct api_call *call, struct errinfo *info) {
    struct store_reader *reader;
    enum err e = desk_begin(call->desk, &reader, info);
    if (e != ERR_OK)
        return e;
    e = draw(call, reader, info);
    desk_end(call->desk, reader);
    return e;
}

enum err api_draw_set_profile(struct api_call *call, struct errinfo *info) {
    struct profile_body body = {.meetings_max = PROFILE_MEETINGS_OPEN};
    struct store_batch batch = api_desk_author(call);
    struct profile said;
    int64_t batch_id;
    struct work work = {.by = api_call_access(call),
                        .participant_id = api_call_integer(call, &api_path_participant),
                        .said = &said,
                        .faults = {.arena = call->scope.arena}};
    enum err e = api_body_read(call, &api_body_profile, &body, info);
    if (e == ERR_OK)
        e = make_profile(call, &body, &said, info);
    batch.kind = "edit";
    batch.note = STR("profile");
    if (e == ERR_OK)
        e = writer_run(desk_writer(call->desk), &batch, write, &work, &batch_id, info);
    if (e == ERR_INPUT && work.faults.list.len > 0) {
        api_tell_profile_faults(call, &work.faults);
        e = api_call_faults(call, info);
    }
    profile_faults_release(&work.faults);
    return e == ERR_OK ? draw_written(call, info) : e;
}
