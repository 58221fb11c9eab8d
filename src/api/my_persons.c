/*
 * Persons of a participant and the invitations by which they come (service/invitations.h): for its
 * manager, for its members to look at, and for organisers.
 */
#include "api/my.h"

#include "api/desk_parts.h"
#include "api/session.h"
#include "service/desk.h"
#include "service/invitations.h"

enum { URL_BYTES_MAX = 4096 };

const struct api_param api_path_participant = {.name = "participant",
                                               .help = "Number of the participant",
                                               .place = API_IN_PATH,
                                               .type = API_INTEGER,
                                               .min = 1,
                                               .max = INT64_MAX,
                                               .example = "1"};

/* ---- forms ---- */

static const char *role_word(uint32_t n) {
    return n < 2 ? access_role_code((enum role)(ROLE_EXHIBITOR_MANAGER + n)) : NULL;
}

#define ID                                                                                         \
    { .name = "id", .type = API_PART_INTEGER }
#define NUMBER(NAME)                                                                               \
    { .name = NAME, .type = API_PART_INTEGER }
#define TEXT_OR_NULL(NAME)                                                                         \
    { .name = NAME, .type = API_PART_TEXT, .flags = API_OR_NULL }
#define ROLE                                                                                       \
    { .name = "role", .type = API_PART_CODE, .word = role_word }
#define LIST_FORM(id, title, words, form)                                                          \
    static const struct api_part id##_parts[] = {                                                  \
        {.name = "items", .type = API_PART_FORM, .flags = API_LIST, .of = &(form)}};               \
    const struct api_form api_form_##id = API_FORM(title, words, id##_parts)

static const struct api_part participant_parts[] = {ID, TEXT_OR_NULL("name_en"),
                                                    TEXT_OR_NULL("name_zh"), ROLE};
static const struct api_form participant =
    API_FORM("MyParticipant", "An organisation that somebody acts for", participant_parts);
LIST_FORM(my_participants, "MyParticipantList", "All that whoever asks acts for", participant);

static const struct api_part person_parts[] = {ID, TEXT_OR_NULL("name"), TEXT_OR_NULL("email"),
                                               ROLE};
static const struct api_form person =
    API_FORM("ParticipantPerson", "Who acts for a participant", person_parts);
LIST_FORM(persons, "ParticipantPersonList", "All who act for a participant", person);

static const struct api_part invitation_parts[] = {ID,
                                                   ROLE,
                                                   TEXT_OR_NULL("email"),
                                                   NUMBER("created_ms"),
                                                   NUMBER("expires_ms"),
                                                   {.name = "is_open", .type = API_PART_BOOLEAN}};
static const struct api_form invitation =
    API_FORM("PersonInvitation", "A link by which somebody comes to act for a participant",
             invitation_parts);
LIST_FORM(persons_invited, "PersonInvitationList", "Those of a participant, also the used ones",
          invitation);

/* ---- work ---- */

struct work {
    const struct access *by;
    int64_t participant_id, id, now_ms;
    struct invitation_request request;
    struct buf url;
};

static struct work work_of(const struct api_call *call, int64_t id) {
    return (struct work){.by = api_call_access(call),
                         .participant_id = api_call_integer(call, &api_path_participant),
                         .id = id,
                         .now_ms = api_desk_author(call).at_ms};
}

static enum err run(struct api_call *call, writer_fn *fn, struct work *work, struct errinfo *info) {
    struct store_batch batch = api_desk_author(call);
    int64_t batch_id;
    batch.kind = "account";
    return writer_run(desk_writer(call->desk), &batch, fn, work, &batch_id, info);
}

/* ---- which participants ---- */

static enum err take_organisation(void *ctx, int64_t id, const struct store_value *v,
                                  struct errinfo *info) {
    *(int64_t *)ctx = v[PARTICIPANT_ORGANISATION_ID].integer;
    return ERR_OK;
}

enum err api_draw_my_participants(struct api_call *call, struct errinfo *info) {
    const struct access *access = api_call_access(call);
    struct store_reader *reader;
    struct json_out json;
    enum err e = api_desk_reader(call, &reader, info);
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "items");
    json_open_list(&json);
    for (uint32_t i = 0; i < access->grant_count && e == ERR_OK; i++) {
        struct str label[LANGS];
        int64_t organisation;
        if (access->grants[i].participant_id == 0)
            continue;
        e = store_get(reader, TABLE_PARTICIPANT, access->grants[i].participant_id,
                      take_organisation, &organisation, info);
        if (e == ERR_OK)
            e = edit_label(reader, TABLE_ORGANISATION, organisation, call->scope.arena, label,
                           info);
        if (e != ERR_OK)
            break;
        json_open(&json);
        json_key_i64(&json, "id", access->grants[i].participant_id);
        api_write_text(&json, "name_en", label[LANG_EN]);
        api_write_text(&json, "name_zh", label[LANG_ZH]);
        json_key_text(&json, "role", str_of(access_role_code(access->grants[i].role)));
        json_close(&json);
    }
    json_close_list(&json);
    json_close(&json);
    return e;
}

/* ---- persons ---- */

static enum err write_person(void *ctx, const struct account *account, enum role role,
                             struct errinfo *info) {
    struct json_out *json = ctx;
    json_open(json);
    json_key_i64(json, "id", account->id);
    api_write_text(json, "name", str_of(account->name));
    api_write_text(json, "email", str_of(account->email.text));
    json_key_text(json, "role", str_of(access_role_code(role)));
    json_close(json);
    return ERR_OK;
}

enum err api_draw_persons(struct api_call *call, struct errinfo *info) {
    struct store_reader *reader;
    struct json_out json;
    enum err e = api_desk_reader(call, &reader, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "items");
    json_open_list(&json);
    e = participant_persons(reader, api_call_access(call),
                            api_call_integer(call, &api_path_participant), write_person, &json,
                            info);
    json_close_list(&json);
    json_close(&json);
    return e;
}

static enum err leave(void *ctx, struct store *store, struct errinfo *info) {
    const struct work *work = ctx;
    return account_leave(store, work->by, work->id, work->participant_id, info);
}

enum err api_draw_remove_person(struct api_call *call, struct errinfo *info) {
    struct work work = work_of(call, api_call_integer(call, &api_path_record));
    return run(call, leave, &work, info);
}

/* ---- invitations ---- */

struct invitation_body {
    struct str role, email, language;
};
static const struct api_member invitation_members[] = {
    API_MEMBER_STR(invitation_body, role, true, 32,
                   "exhibitor-member; organisers also exhibitor-manager"),
    API_MEMBER_STR(invitation_body, email, false, MAIL_ADDRESS_MAX,
                   "To whom it is mailed; without it the link is handed over"),
    API_MEMBER_STR(invitation_body, language, false, 8, "Language of the letter: en or zh"),
};
const struct api_body api_body_invitation = {.name = "NewInvitation",
                                             .help = "Who is invited to act for a participant",
                                             .member = invitation_members,
                                             .members = API_COUNT(invitation_members)};

static enum err make(void *ctx, struct store *store, struct errinfo *info) {
    struct work *work = ctx;
    return invitations_make(store, work->by, &work->request, &work->url, &work->id, info);
}

enum err api_draw_new_invitation(struct api_call *call, struct errinfo *info) {
    struct invitation_body body = {0};
    struct work work = work_of(call, 0);
    enum err e = api_body_read(call, &api_body_invitation, &body, info);
    if (e != ERR_OK)
        return e;
    work.request = (struct invitation_request){
        .participant_id = work.participant_id,
        .role = access_role_of_code(body.role),
        .email = body.email.ptr != NULL ? body.email : STR(""),
        .language = body.language.ptr != NULL ? lang_of_code(body.language) : LANG_ZH,
        .origin = desk_options(call->desk)->origin,
        .now_ms = work.now_ms};
    if (work.request.language == LANGS) {
        api_call_fault(call, STR("language"), "is en or zh");
        return api_call_faults(call, info);
    }
    buf_init(&work.url, URL_BYTES_MAX);
    e = run(call, make, &work, info);
    if (e == ERR_INPUT || e == ERR_LIMIT) {
        api_call_fault(call, STR(""), "%s", info->message);
        e = api_call_faults(call, info);
    } else if (e == ERR_OK) {
        struct json_out json;
        json_init(&json, &call->reply->body);
        json_open(&json);
        json_key_i64(&json, "id", work.id);
        json_key_text(&json, "secret", buf_str(&work.url));
        json_close(&json);
    }
    buf_release(&work.url);
    return e;
}

struct listing {
    struct json_out json;
    int64_t now_ms;
};

static enum err write_invitation(void *ctx, const struct invitation *one, struct errinfo *info) {
    struct listing *listing = ctx;
    struct json_out *json = &listing->json;
    json_open(json);
    json_key_i64(json, "id", one->id);
    json_key_text(json, "role", str_of(access_role_code(one->role)));
    api_write_text(json, "email", str_of(one->email.text));
    json_key_i64(json, "created_ms", one->created_ms);
    json_key_i64(json, "expires_ms", one->expires_ms);
    json_key(json, "is_open");
    json_bool(json, !one->used && listing->now_ms < one->expires_ms);
    json_close(json);
    return ERR_OK;
}

enum err api_draw_persons_invited(struct api_call *call, struct errinfo *info) {
    struct listing listing = {.now_ms = api_desk_author(call).at_ms};
    struct store_reader *reader;
    enum err e = api_desk_reader(call, &reader, info);
    if (e != ERR_OK)
        return e;
    json_init(&listing.json, &call->reply->body);
    json_open(&listing.json);
    json_key(&listing.json, "items");
    json_open_list(&listing.json);
    e = invitations_each(reader, api_call_access(call),
                         api_call_integer(call, &api_path_participant), write_invitation, &listing,
                         info);
    json_close_list(&listing.json);
    json_close(&listing.json);
    return e;
}

static enum err revoke(void *ctx, struct store *store, struct errinfo *info) {
    const struct work *work = ctx;
    return invitations_revoke(store, work->by, work->participant_id, work->id, info);
}

enum err api_draw_revoke_invitation(struct api_call *call, struct errinfo *info) {
    struct work work = work_of(call, api_call_integer(call, &api_path_record));
    return run(call, revoke, &work, info);
}
