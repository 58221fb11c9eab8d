/*
 * Where a participant stands in the chain: its own nodes, those one step up and down the links, and
 * who stands there (service/neighbourhood.h), as data for the small map of the portal; and in one
 * line the places of a partner.
 */
#include "api/my.h"

#include "api/desk_parts.h"
#include "api/session.h"
#include "service/desk.h"
#include "service/neighbourhood.h"

enum {
    STANDS_MAX = 3, /* places of a partner in one line of its card */
    BOXES_MAX = 12, /* of a side of the map, as on the page of an exhibitor */
    FIRMS_MAX = 400 /* of a box; what is drawn of them are the matches */
};

/* ---- forms ---- */

#define TEXT(NAME)                                                                                 \
    { .name = NAME, .type = API_PART_TEXT }
#define TEXT_OR_NULL(NAME)                                                                         \
    { .name = NAME, .type = API_PART_TEXT, .flags = API_OR_NULL }
#define STAGE                                                                                      \
    { .name = "stage", .type = API_PART_CODE, .kind = &kind_stage, .flags = API_OR_NULL }
#define NODE TEXT("node"), TEXT_OR_NULL("name_en"), TEXT_OR_NULL("name_zh"), STAGE

static const struct api_part stand_parts[] = {NODE, TEXT_OR_NULL("chain_en"),
                                              TEXT_OR_NULL("chain_zh")};
const struct api_form api_form_stand =
    API_FORM("PartnerStand", "A node that somebody offers, and the chain it is in", stand_parts);

static const struct api_part own_parts[] = {NODE};
static const struct api_form own = API_FORM("PlaceNode", "A node that one offers", own_parts);

static const struct api_part step_parts[] = {
    NODE,
    {.name = "is_said", .type = API_PART_BOOLEAN},
    {.name = "is_essential", .type = API_PART_BOOLEAN},
    {.name = "firms", .type = API_PART_INTEGER},
    {.name = "own", .type = API_PART_INTEGER, .flags = API_LIST},
    {.name = "organisations", .type = API_PART_INTEGER, .flags = API_LIST}};
static const struct api_form step = API_FORM(
    "PlaceStep",
    "A node one step away: whether somebody said it is needed, the positions of the own nodes it "
    "is joined to, how many others stand there and which organisations they are",
    step_parts);

static const struct api_part place_parts[] = {
    {.name = "own", .type = API_PART_FORM, .flags = API_LIST, .of = &own},
    {.name = "up", .type = API_PART_FORM, .flags = API_LIST, .of = &step},
    {.name = "up_count", .type = API_PART_INTEGER},
    {.name = "down", .type = API_PART_FORM, .flags = API_LIST, .of = &step},
    {.name = "down_count", .type = API_PART_INTEGER}};
const struct api_form api_form_place =
    API_FORM("MyPlace", "Where a participant stands; empty without offers", place_parts);

/* ---- pieces ---- */

/* The node, and its stage in the first chain that holds it. */
static void write_node(struct json_out *json, const struct view *view, uint32_t node) {
    struct chain_positions places = chain_places_of(view->report, node);
    uint8_t stage =
        places.count > 0 ? view->report->place[places.at[0]].stage : (uint8_t)CHAIN_STAGE_UNKNOWN;
    json_key_text(json, "node", view->node[node].code);
    api_write_text(json, "name_en", view->node[node].name_en);
    api_write_text(json, "name_zh", view->node[node].name_zh);
    api_write_text(json, "stage",
                   str_of(stage < CHAIN_STAGE_UNKNOWN ? kind_code(&kind_stage, stage + 1U) : ""));
}

void api_write_stands(struct json_out *json, const struct view *view, uint32_t exhibitor) {
    uint32_t written = 0;
    json_key(json, "stands");
    json_open_list(json);
    if (exhibitor != VIEW_NONE) {
        struct chain_row offers = chain_row(&view->report->offers_by_exhibitor, exhibitor);
        for (size_t i = 0; i < offers.count && written < STANDS_MAX; i++, written++) {
            struct chain_positions places = chain_places_of(view->report, offers.at[i].of);
            const struct view_chain *chain =
                places.count > 0 ? &view->chain[chain_of_place(view->report, places.at[0])] : NULL;
            json_open(json);
            write_node(json, view, offers.at[i].of);
            api_write_text(json, "chain_en", chain != NULL ? chain->name_en : STR(""));
            api_write_text(json, "chain_zh", chain != NULL ? chain->name_zh : STR(""));
            json_close(json);
        }
    }
    json_close_list(json);
}

static void write_firms(struct json_out *json, const struct view *view,
                        const struct neighbourhood *near, bool is_down,
                        const struct near_box *box) {
    struct chain_row row = near_firms(view, is_down, box);
    uint32_t written = 0;
    json_key(json, "organisations");
    json_open_list(json);
    for (size_t i = 0; i < row.count && written < FIRMS_MAX; i++) {
        if (!near_is_firm(near, is_down, box, &row.at[i]))
            continue;
        json_i64(json, view_organisation_of(view, row.at[i].of)->id);
        written++;
    }
    json_close_list(json);
}

static void write_side(struct json_out *json, const struct view *view,
                       const struct neighbourhood *near, bool is_down) {
    const struct near_side *side = is_down ? &near->down : &near->up;
    json_key(json, is_down ? "down" : "up");
    json_open_list(json);
    for (uint32_t b = 0; b < side->boxes && b < BOXES_MAX; b++) {
        const struct near_box *box = &side->box[b];
        json_open(json);
        write_node(json, view, box->node);
        json_key(json, "is_said");
        json_bool(json, box->is_said);
        json_key(json, "is_essential");
        json_bool(json, box->kind == CHAIN_ESSENTIAL);
        json_key_i64(json, "firms", box->firms);
        json_key(json, "own");
        json_open_list(json);
        for (uint32_t l = 0; l < side->lines; l++)
            if (side->line[l].box == b && side->line[l].own < BOXES_MAX)
                json_i64(json, side->line[l].own);
        json_close_list(json);
        write_firms(json, view, near, is_down, box);
        json_close(json);
    }
    json_close_list(json);
    json_key_i64(json, is_down ? "down_count" : "up_count", side->boxes);
}

/* ---- the participant ---- */

static enum err take_side(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    *(struct api_side *)ctx =
        (struct api_side){.edition_id = v[PARTICIPANT_EDITION_ID].integer,
                          .organisation_id = v[PARTICIPANT_ORGANISATION_ID].integer,
                          .kind = kind_of_code(&kind_participant, v[PARTICIPANT_KIND].text)};
    return ERR_OK;
}

enum err api_find_side(struct store_reader *reader, int64_t participant_id, struct api_side *out,
                       struct errinfo *info) {
    return store_get(reader, TABLE_PARTICIPANT, participant_id, take_side, out, info);
}

static enum err take_code(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    struct api_call *call = ctx;
    struct str code = arena_copy(call->scope.arena, v[EDITION_CODE].text);
    if (code.ptr == NULL)
        return err_memory(info);
    enum err e =
        snapshots_get(desk_options(call->desk)->snapshots, code, &call->scope.snapshot, info);
    if (e == ERR_OK)
        call->scope.view = snapshot_view(call->scope.snapshot);
    return e;
}

enum err api_open_edition(struct api_call *call, struct store_reader *reader, int64_t edition_id,
                          struct errinfo *info) {
    return store_get(reader, TABLE_EDITION, edition_id, take_code, call, info);
}

/* ---- the reply ---- */

static enum err find_place(struct api_call *call, int64_t organisation_id,
                           struct neighbourhood *near, struct errinfo *info) {
    const struct view *view = call->scope.view;
    uint32_t at = u64_map_get(&view->organisation_by_id, (uint64_t)organisation_id);
    *near = (struct neighbourhood){.exhibitor = VIEW_NONE};
    return at == MAP_NONE || view->organisation[at].exhibitor == VIEW_NONE
               ? ERR_OK
               : neighbourhood_find(view, view->organisation[at].exhibitor, call->scope.arena, near,
                                    info);
}

enum err api_draw_my_place(struct api_call *call, struct errinfo *info) {
    const struct access_place where = {.participant_id =
                                           api_call_integer(call, &api_path_participant)};
    struct store_reader *reader;
    struct neighbourhood near;
    struct api_side mine;
    struct json_out json;
    enum err e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = access_check(api_call_access(call), RIGHT_PARTNER_READ, &where, info);
    if (e == ERR_OK)
        e = api_find_side(reader, where.participant_id, &mine, info);
    if (e == ERR_OK)
        e = api_open_edition(call, reader, mine.edition_id, info);
    if (e == ERR_OK)
        e = find_place(call, mine.organisation_id, &near, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "own");
    json_open_list(&json);
    for (uint32_t o = 0; o < near.owns && o < BOXES_MAX; o++) {
        json_open(&json);
        write_node(&json, call->scope.view, near.own[o]);
        json_close(&json);
    }
    json_close_list(&json);
    write_side(&json, call->scope.view, &near, false);
    write_side(&json, call->scope.view, &near, true);
    json_close(&json);
    return ERR_OK;
}
