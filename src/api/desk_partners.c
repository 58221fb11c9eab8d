/* Participants as organisers make them: that of an exhibitor, so that somebody can be invited. */
#include "api/my.h"

#include "api/desk_parts.h"
#include "api/session.h"
#include "service/desk.h"
#include "service/participants.h"

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

struct work {
    const struct access *by;
    int64_t exhibitor_id, id;
};

static enum err make(void *ctx, struct store *store, struct errinfo *info) {
    struct work *work = ctx;
    return participant_of_exhibitor(store, work->by, work->exhibitor_id, &work->id, info);
}

enum err api_draw_participant_of_exhibitor(struct api_call *call, struct errinfo *info) {
    struct stand_body body = {0};
    struct store_batch batch = api_desk_author(call);
    int64_t batch_id;
    enum err e = api_body_read(call, &api_body_stand, &body, info);
    struct work work = {.by = api_call_access(call), .exhibitor_id = body.exhibitor_id};
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
