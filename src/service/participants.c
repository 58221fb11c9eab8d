/* Participants: see participants.h. */
#include "service/participants.h"

#include "service/edit_internal.h"
#include "service/participant_stand.h"

enum { PLACE_BYTES_MAX = 1 << 16 };

struct finding {
    int64_t edition_id, id;
};

static enum err take_one(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct finding *f = ctx;
    if (v[PARTICIPANT_EDITION_ID].integer == f->edition_id)
        f->id = id;
    return ERR_OK;
}

enum err participant_find(struct store_reader *reader, int64_t edition_id, int64_t organisation_id,
                          int64_t *id, struct errinfo *info) {
    struct finding f = {.edition_id = edition_id};
    enum err code = store_scan_equal(reader, TABLE_PARTICIPANT, PARTICIPANT_ORGANISATION_ID,
                                     store_int(organisation_id), take_one, &f, info);
    *id = f.id;
    return code;
}

enum err participant_make(struct store *store, int64_t edition_id, int64_t organisation_id,
                          struct str kind, int64_t exhibitor_id, int64_t *id,
                          struct errinfo *info) {
    const struct store_cell cells[] = {{PARTICIPANT_EDITION_ID, store_int(edition_id)},
                                       {PARTICIPANT_ORGANISATION_ID, store_int(organisation_id)},
                                       {PARTICIPANT_KIND, store_text(kind)},
                                       {PARTICIPANT_EXHIBITOR_ID, store_ref(exhibitor_id)},
                                       {PARTICIPANT_STATE, store_text(STR("active"))}};
    return store_insert(store, TABLE_PARTICIPANT, cells, sizeof(cells) / sizeof(cells[0]), id,
                        info);
}

static enum err check(struct store_reader *reader, const struct access *by, int64_t exhibitor_id,
                      struct arena *arena, struct errinfo *info) {
    struct access_place place;
    enum err code = edit_place(reader, TABLE_EXHIBITOR, exhibitor_id, arena, &place, info);
    return code == ERR_OK ? access_check(by, RIGHT_PROFILE_WRITE, &place, info) : code;
}

enum err participant_of_exhibitor(struct store *store, const struct access *by,
                                  int64_t exhibitor_id, int64_t *id, struct errinfo *info) {
    struct store_reader *reader = store_reader_of(store);
    struct edit_row stand;
    struct arena arena;
    arena_init(&arena, PLACE_BYTES_MAX);
    enum err code = check(reader, by, exhibitor_id, &arena, info);
    if (code == ERR_OK)
        code = edit_row_read(reader, TABLE_EXHIBITOR, exhibitor_id, &arena, &stand, info);
    int64_t edition_id = 0, organisation_id = 0;
    if (code == ERR_OK) {
        edition_id = stand.values[EXHIBITOR_EDITION_ID].integer;
        organisation_id = stand.values[EXHIBITOR_ORGANISATION_ID].integer;
        code = participant_find(reader, edition_id, organisation_id, id, info);
    }
    if (code == ERR_OK)
        code = *id != 0 ? participant_take_stand(store, exhibitor_id, info)
                        : participant_make(store, edition_id, organisation_id, STR("exhibitor"),
                                           exhibitor_id, id, info);
    arena_release(&arena);
    return code;
}
