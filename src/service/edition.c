/* Editions: see edition.h. */
#include "service/edition.h"

enum { EDITIONS_MAX = 256 };

struct found {
    struct str wanted;
    int64_t wanted_id;
    int64_t current[EDITIONS_MAX];
    uint32_t currents;
};

static enum err look(void *ctx, int64_t id, const struct store_value *values,
                     struct errinfo *info) {
    struct found *found = ctx;
    if (str_equal(values[EDITION_CODE].text, found->wanted))
        found->wanted_id = id;
    else if (values[EDITION_CURRENT].integer != 0 && found->currents < EDITIONS_MAX)
        found->current[found->currents++] = id;
    return ERR_OK;
}

static enum err set(struct store *store, int64_t id, uint32_t column, bool value,
                    struct errinfo *info) {
    struct store_cell cell = {column, store_int(value)};
    return store_update(store, TABLE_EDITION, id, &cell, 1, info);
}

enum err edition_mark(struct store *store, struct str actor, int64_t at_ms, struct str edition_code,
                      const struct edition_marks *marks, struct errinfo *info) {
    struct found found = {.wanted = edition_code};
    struct store_batch batch = {
        .kind = "edit", .actor = actor, .note = STR("marks of an edition"), .at_ms = at_ms};
    int64_t batch_id;
    enum err code = store_begin(store, &batch, &batch_id, info);
    if (code != ERR_OK)
        return code;
    code = store_scan(store_reader_of(store), TABLE_EDITION, look, &found, info);
    if (code == ERR_OK && found.wanted_id == 0) {
        code = err_set(info, ERR_NOT_FOUND, "there is no edition \"%.*s\"", STR_ARG(edition_code));
        err_hint(info, "'fairlead edition DB' lists them.");
    }
    if (code == ERR_OK && marks->set_register)
        code =
            set(store, found.wanted_id, EDITION_REGISTER_COMPLETE, marks->register_complete, info);
    for (uint32_t i = 0; marks->make_current && i < found.currents && code == ERR_OK; i++)
        code = set(store, found.current[i], EDITION_CURRENT, false, info);
    if (code == ERR_OK && marks->make_current)
        code = set(store, found.wanted_id, EDITION_CURRENT, true, info);
    if (code == ERR_OK)
        code = store_commit(store, info);
    else
        store_rollback(store);
    return code;
}
