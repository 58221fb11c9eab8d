/*
 * Persons of a participant and the invitations by which they come (service/invitations.h): for its
 * manager, for its members to look at, and for organisers.
 */
#include "api/my.h"

#include "api/desk_parts.h"
#include "api/session.h"
#include "exchange/qr.h"
#include "service/desk.h"
#include "service/invitations.h"

enum { URL_BYTES_MAX = 4096, QR_PATH_BYTES_MAX = 1 << 16 };

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

static const struct api_part participant_parts[] = {
    ID,
    NUMBER("organisation_id"),
    TEXT_OR_NULL("name_en"),
    TEXT_OR_NULL("name_zh"),
    ROLE,
    {.name = "kind", .type = API_PART_CODE, .kind = &kind_participant},
    {.name = "edition", .type = API_PART_TEXT},
    TEXT_OR_NULL("edition_en"),
    TEXT_OR_NULL("edition_zh")};
static const struct api_form participant =
    API_FORM("MyParticipant", "An organisation that somebody acts for", participant_parts);
LIST_FORM(my_participants, "MyParticipantList", "All that whoever asks acts for", participant);

static const struct api_part person_parts[] = {ID, TEXT_OR_NULL("name"), TEXT_OR_NULL("email"),
                                               ROLE};
static const struct api_form person =
    API_FORM("ParticipantPerson", "Who acts for a participant", person_parts);
LIST_FORM(persons, "ParticipantPersonList", "All who act for a participant", person);

static const struct api_part invited_parts[] = {ID,
                                                {.name = "secret", .type = API_PART_TEXT},
                                                {.name = "qr_path", .type = API_PART_TEXT},
                                                NUMBER("qr_size")};
const struct api_form api_form_invited =
    API_FORM("Invited",
             "The link of an invitation, shown this once, and its QR code: the path of an SVG that "
             "fills the dark modules, and how many modules a side has",
             invited_parts);

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

struct mine {
    const struct access_grant *grant;
    int64_t organisation_id, edition_id;
    struct str kind, code; /* of the arena: the kind, and the code of the edition */
    struct arena *arena;
};

static enum err take_participant(void *ctx, int64_t id, const struct store_value *v,
                                 struct errinfo *info) {
    struct mine *mine = ctx;
    mine->organisation_id = v[PARTICIPANT_ORGANISATION_ID].integer;
    mine->edition_id = v[PARTICIPANT_EDITION_ID].integer;
    mine->kind = arena_copy(mine->arena, v[PARTICIPANT_KIND].text);
    return mine->kind.ptr != NULL ? ERR_OK : err_memory(info);
}

static enum err take_code(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    struct mine *mine = ctx;
    mine->code = arena_copy(mine->arena, v[EDITION_CODE].text);
    return mine->code.ptr != NULL ? ERR_OK : err_memory(info);
}

static enum err write_mine(struct json_out *json, struct store_reader *reader, struct mine *mine,
                           struct errinfo *info) {
    struct str name[LANGS], edition[LANGS];
    enum err e = store_get(reader, TABLE_PARTICIPANT, mine->grant->participant_id, take_participant,
                           mine, info);
    if (e == ERR_OK)
        e = store_get(reader, TABLE_EDITION, mine->edition_id, take_code, mine, info);
    if (e == ERR_OK)
        e = edit_label(reader, TABLE_ORGANISATION, mine->organisation_id, mine->arena, name, info);
    if (e == ERR_OK)
        e = edit_label(reader, TABLE_EDITION, mine->edition_id, mine->arena, edition, info);
    if (e != ERR_OK)
        return e;
    json_open(json);
    json_key_i64(json, "id", mine->grant->participant_id);
    json_key_i64(json, "organisation_id", mine->organisation_id);
    api_write_text(json, "name_en", name[LANG_EN]);
    api_write_text(json, "name_zh", name[LANG_ZH]);
    json_key_text(json, "role", str_of(access_role_code(mine->grant->role)));
    json_key_text(json, "kind", mine->kind);
    json_key_text(json, "edition", mine->code);
    api_write_text(json, "edition_en", edition[LANG_EN]);
    api_write_text(json, "edition_zh", edition[LANG_ZH]);
    json_close(json);
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
        struct mine mine = {.grant = &access->grants[i], .arena = call->scope.arena};
        if (mine.grant->participant_id != 0)
            e = write_mine(&json, reader, &mine, info);
    }
    json_close_list(&json);
    json_close(&json);
    return e;
}

/* ---- leaving ---- */

struct leave_body {
    int64_t participant;
};
static const struct api_member leave_members[] = {
    API_MEMBER_INTEGER(leave_body, participant, true, 1, INT64_MAX, "Number of the participant"),
};
const struct api_body api_body_leave = {.name = "Leave",
                                        .help = "For whom somebody no longer acts",
                                        .member = leave_members,
                                        .members = API_COUNT(leave_members)};

static enum err leave(void *ctx, struct store *store, struct errinfo *info) {
    const struct work *work = ctx;
    return account_leave(store, work->by, work->id, work->participant_id, info);
}

enum err api_draw_leave(struct api_call *call, struct errinfo *info) {
    const struct access *access = api_call_access(call);
    struct leave_body body = {0};
    struct work work = {.by = access, .id = access->account_id};
    enum err e = api_body_read(call, &api_body_leave, &body, info);
    if (e != ERR_OK)
        return e;
    for (uint32_t i = 0; i < access->grant_count; i++)
        if (access->grants[i].participant_id == body.participant)
            work.participant_id = body.participant;
    return work.participant_id > 0
               ? run(call, leave, &work, info)
               : err_set(info, ERR_NOT_FOUND, "you do not act for this participant");
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

/* Its QR code is drawn here, because the link is known this once only. A link too long for a code
 * (the address of the expo is) goes without. */
static enum err write_invited(struct api_call *call, const struct work *work,
                              struct errinfo *info) {
    struct json_out json;
    struct buf path;
    uint32_t size = 0;
    buf_init(&path, QR_PATH_BYTES_MAX);
    enum err e = qr_path(buf_str(&work->url), &path, &size, info);
    if (e == ERR_OK || e == ERR_LIMIT) {
        json_init(&json, &call->reply->body);
        json_open(&json);
        json_key_i64(&json, "id", work->id);
        json_key_text(&json, "secret", buf_str(&work->url));
        json_key_text(&json, "qr_path", e == ERR_OK ? buf_str(&path) : STR(""));
        json_key_i64(&json, "qr_size", size);
        json_close(&json);
        e = ERR_OK;
    }
    buf_release(&path);
    return e;
}

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
        e = write_invited(call, &work, info);
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
