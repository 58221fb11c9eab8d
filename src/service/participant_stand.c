/* Visitors that become exhibitors: see participant_stand.h. */
#include "service/participant_stand.h"

struct taking {
    int64_t edition_id, organisation_id;
    int64_t participant_id; /* of these, without a stand; 0 = none */
};

static enum err take_exhibitor(void *ctx, int64_t id, const struct store_value *v,
                               struct errinfo *info) {
    struct taking *t = ctx;
    t->edition_id = v[EXHIBITOR_EDITION_ID].integer;
    t->organisation_id = v[EXHIBITOR_ORGANISATION_ID].integer;
    return ERR_OK;
}

static enum err take_participant(void *ctx, int64_t id, const struct store_value *v,
                                 struct errinfo *info) {
    struct taking *t = ctx;
    if (v[PARTICIPANT_EDITION_ID].integer == t->edition_id &&
        v[PARTICIPANT_EXHIBITOR_ID].kind == STORE_NULL)
        t->participant_id = id;
    return ERR_OK;
}

enum err participant_take_stand(struct store *store, int64_t exhibitor_id, struct errinfo *info) {
    struct store_reader *reader = store_reader_of(store);
    struct taking t = {0};
    enum err code = store_get(reader, TABLE_EXHIBITOR, exhibitor_id, take_exhibitor, &t, info);
    if (code == ERR_OK)
        code = store_scan_equal(reader, TABLE_PARTICIPANT, PARTICIPANT_ORGANISATION_ID,
                                store_int(t.organisation_id), take_participant, &t, info);
    if (code != ERR_OK || t.participant_id == 0)
        return code;
    const struct store_cell cells[] = {{PARTICIPANT_KIND, store_text(STR("exhibitor"))},
                                       {PARTICIPANT_EXHIBITOR_ID, store_int(exhibitor_id)}};
    return store_update(store, TABLE_PARTICIPANT, t.participant_id, cells, 2, info);
}

static enum err take_saves(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    *(bool *)ctx = v[PARTICIPANT_REVISION].kind != STORE_NULL;
    return ERR_OK;
}

enum err participant_has_spoken(struct store_reader *reader, int64_t exhibitor_id, bool *yes,
                                struct errinfo *info) {
    *yes = false;
    return store_scan_equal(reader, TABLE_PARTICIPANT, PARTICIPANT_EXHIBITOR_ID,
                            store_int(exhibitor_id), take_saves, yes, info);
}
