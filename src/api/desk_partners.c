/* Participants as organisers make them: that of an exhibitor, so that somebody can be invited, and
 * links by which visitor organisations register themselves. */
#include "api/my.h"

#include "api/desk_parts.h"
#include "api/session.h"
#include "exchange/qr.h"
#include "service/desk.h"
#include "service/participants.h"
#include "service/registration_links.h"

static const struct api_part made_parts[] = {{.name = "id", .type = API_PART_INTEGER}};
const struct api_form api_form_participant_made =
    API_FORM("ParticipantMade", "The number of a participant", made_parts);

struct stand_body {
    int64_t exhibitor_id;
};
static const struct api_member stand_members[] = {
    API_MEMBER_INTEGER(stand_body, exhibitor_id, true, 1, INT64_MAX, "Number of the exhibitor"),
};
const struct api_body api_body_stand = {.name = "ParticipantOfExhibitor",
                                        .help = "Which exhibitor takes part",
                                        .member = stand_members,
                                        .members = API_COUNT(stand_members)};

struct stand_work {
    const struct access *by;
    int64_t exhibitor_id, id;
};

static enum err make(void *ctx, struct store *store, struct errinfo *info) {
    struct stand_work *work = ctx;
    return participant_of_exhibitor(store, work->by, work->exhibitor_id, &work->id, info);
}

enum err api_draw_participant_of_exhibitor(struct api_call *call, struct errinfo *info) {
    struct stand_body body = {0};
    struct store_batch batch = api_desk_author(call);
    int64_t batch_id;
    enum err e = api_body_read(call, &api_body_stand, &body, info);
    struct stand_work work = {.by = api_call_access(call), .exhibitor_id = body.exhibitor_id};
    batch.kind = "edit";
    if (e == ERR_OK)
        e = writer_run(desk_writer(call->desk), &batch, make, &work, &batch_id, info);
    if (e != ERR_OK)
        return e;
    struct json_out json;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key_i64(&json, "id", work.id);
    json_close(&json);
    return ERR_OK;
}

/* ---- links to register by ---- */

enum { URL_BYTES_MAX = 4096, QR_PATH_BYTES_MAX = 1 << 18 };

#define NUMBER(NAME)                                                                               \
    { .name = NAME, .type = API_PART_INTEGER }

static const struct api_part link_parts[] = {
    NUMBER("id"),
    {.name = "kind", .type = API_PART_CODE, .kind = &kind_participant},
    {.name = "name", .type = API_PART_TEXT},
    NUMBER("uses"),
    NUMBER("uses_max"),
    NUMBER("created_ms"),
    NUMBER("expires_ms"),
    {.name = "is_open", .type = API_PART_BOOLEAN}};
static const struct api_form link_form =
    API_FORM("RegistrationLink", "A link by which visitor organisations register", link_parts);
static const struct api_part links_parts[] = {
    {.name = "items", .type = API_PART_FORM, .flags = API_LIST, .of = &link_form}};
const struct api_form api_form_registration_links = API_FORM(
    "RegistrationLinkList", "Those of an edition, also those that have ended", links_parts);

static const struct api_part link_made_parts[] = {NUMBER("id"),
                                                  {.name = "url", .type = API_PART_TEXT},
                                                  {.name = "qr_path", .type = API_PART_TEXT},
                                                  NUMBER("qr_size")};
const struct api_form api_form_registration_link_made =
    API_FORM("RegistrationLinkMade",
             "The link, this once, and the path of an SVG that draws it as a QR code of `qr_size` "
             "modules a side",
             link_made_parts);

struct link_body {
    struct str kind, name;
    int64_t uses_max, days;
};
static const struct api_member link_members[] = {
    API_MEMBER_CODE(link_body, kind, true, &kind_participant, "buyer, delegation or institution"),
    API_MEMBER_STR(link_body, name, true, REGISTRATION_NAME_MAX, "For whom it is"),
    API_MEMBER_INTEGER(link_body, uses_max, true, 1, REGISTRATION_USES_MAX,
                       "How many may register by it"),
    API_MEMBER_INTEGER(link_body, days, true, 1, REGISTRATION_DAYS_MAX, "How long it works"),
};
const struct api_body api_body_registration_link = {.name = "NewRegistrationLink",
                                                    .help = "A link by which visitors register",
                                                    .member = link_members,
                                                    .members = API_COUNT(link_members)};

struct link_work {
    const struct access *by;
    struct registration_link_request request;
    struct buf url;
    int64_t id;
};

static enum err run(struct api_call *call, writer_fn *fn, struct link_work *work,
                    struct errinfo *info) {
    struct store_batch batch = api_desk_author(call);
    int64_t batch_id;
    batch.kind = "account";
    return writer_run(desk_writer(call->desk), &batch, fn, work, &batch_id, info);
}

static enum err make_link(void *ctx, struct store *store, struct errinfo *info) {
    struct link_work *work = ctx;
    return registration_links_make(store, work->by, &work->request, &work->url, &work->id, info);
}

static enum err write_made(struct api_call *call, const struct link_work *work,
                           struct errinfo *info) {
    struct json_out json;
    struct buf path;
    uint32_t size = 0;
    buf_init(&path, QR_PATH_BYTES_MAX);
    enum err e = qr_path(buf_str(&work->url), &path, &size, info);
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key_i64(&json, "id", work->id);
    json_key_text(&json, "url", buf_str(&work->url));
    json_key_text(&json, "qr_path", buf_str(&path));
    json_key_i64(&json, "qr_size", size);
    json_close(&json);
    buf_release(&path);
    return e;
}

enum err api_draw_new_registration_link(struct api_call *call, struct errinfo *info) {
    struct link_body body = {0};
    enum err e = api_body_read(call, &api_body_registration_link, &body, info);
    if (e != ERR_OK)
        return e;
    struct link_work work = {.by = api_call_access(call)};
    work.request =
        (struct registration_link_request){.edition_id = view_this_edition(call->scope.view)->id,
                                           .kind = body.kind,
                                           .name = body.name,
                                           .uses_max = body.uses_max,
                                           .days = body.days,
                                           .origin = desk_options(call->desk)->origin,
                                           .now_ms = api_desk_author(call).at_ms};
    buf_init(&work.url, URL_BYTES_MAX);
    e = run(call, make_link, &work, info);
    if (e == ERR_INPUT || e == ERR_LIMIT) {
        api_call_fault(call, STR(""), "%s", info->message);
        e = api_call_faults(call, info);
    } else if (e == ERR_OK) {
        e = write_made(call, &work, info);
    }
    buf_release(&work.url);
    return e;
}

struct link_listing {
    struct json_out json;
    int64_t now_ms;
};

static enum err write_link(void *ctx, const struct registration_link *link, struct errinfo *info) {
    struct link_listing *listing = ctx;
    struct json_out *json = &listing->json;
    json_open(json);
    json_key_i64(json, "id", link->id);
    json_key_text(json, "kind", str_of(link->kind));
    json_key_text(json, "name", str_of(link->name));
    json_key_i64(json, "uses", link->uses);
    json_key_i64(json, "uses_max", link->uses_max);
    json_key_i64(json, "created_ms", link->created_ms);
    json_key_i64(json, "expires_ms", link->expires_ms);
    json_key(json, "is_open");
    json_bool(json, listing->now_ms < link->expires_ms && link->uses < link->uses_max);
    json_close(json);
    return ERR_OK;
}

enum err api_draw_registration_links(struct api_call *call, struct errinfo *info) {
    struct link_listing listing = {.now_ms = api_desk_author(call).at_ms};
    struct store_reader *reader;
    enum err e = api_desk_reader(call, &reader, info);
    json_init(&listing.json, &call->reply->body);
    json_open(&listing.json);
    json_key(&listing.json, "items");
    json_open_list(&listing.json);
    if (e == ERR_OK)
        e = registration_links_each(reader, api_call_access(call),
                                    view_this_edition(call->scope.view)->id, write_link, &listing,
                                    info);
    json_close_list(&listing.json);
    json_close(&listing.json);
    return e;
}

static enum err revoke_link(void *ctx, struct store *store, struct errinfo *info) {
    const struct link_work *work = ctx;
    return registration_links_revoke(store, work->by, work->id, info);
}

enum err api_draw_revoke_registration_link(struct api_call *call, struct errinfo *info) {
    struct link_work work = {.by = api_call_access(call),
                             .id = api_call_integer(call, &api_path_record)};
    return run(call, revoke_link, &work, info);
}
