/*
 * Whether a plan still holds: see import_current.h. The log names the records touched since the
 * plan's version; each is looked at as it is now and compared with the world of the plan.
 */
#include "service/import_current.h"

#include "base/mem.h"
#include "service/import_world.h"

/* More records than this touched meanwhile: reading again is cheaper than asking for each. */
enum { TOUCHED_MAX = 20000 };

struct looking {
    struct store_reader *reader;
    const struct import_world *world;
    bool *listed; /* by organisation of the world: a row of the sheet is it */
    uint32_t touched;
    bool current;
};

static bool same_text(const struct store_value *value, struct str text) {
    return str_equal(value->kind == STORE_TEXT ? value->text : STR(""), text);
}

/* Whether rows find an organisation, and agree with it, as they did. */
static enum err look_at_organisation(void *ctx, int64_t id, const struct store_value *v,
                                     struct errinfo *info) {
    struct looking *l = ctx;
    uint32_t at = u64_map_get(&l->world->organisation_at, (uint64_t)id);
    l->current = at != MAP_NONE ? !l->listed[at] : v[ORGANISATION_MERGED_INTO].kind != STORE_NULL;
    if (at == MAP_NONE || !l->current)
        return ERR_OK;
    const struct known_organisation *o = &l->world->known.organisations.at[at];
    l->current = v[ORGANISATION_MERGED_INTO].kind == STORE_NULL &&
                 same_text(&v[ORGANISATION_NAME_EN], o->name_en) &&
                 same_text(&v[ORGANISATION_NAME_ZH], o->name_zh) &&
                 same_text(&v[ORGANISATION_COUNTRY], o->country) &&
                 same_text(&v[ORGANISATION_REGION], o->region) &&
                 same_text(&v[ORGANISATION_LEI], o->lei) &&
                 same_text(&v[ORGANISATION_REGISTRATION], o->registration);
    return ERR_OK;
}

static enum err look_at_exhibitor(void *ctx, int64_t id, const struct store_value *v,
                                  struct errinfo *info) {
    struct looking *l = ctx;
    uint32_t at =
        u64_map_get(&l->world->organisation_at, (uint64_t)v[EXHIBITOR_ORGANISATION_ID].integer);
    uint32_t was = u64_map_get(&l->world->exhibitor_at, (uint64_t)id);
    l->current = at != MAP_NONE && was != MAP_NONE && !l->listed[at] &&
                 l->world->known.exhibitors.at[was].organisation == at;
    return ERR_OK;
}

static enum err look_at_statement(void *ctx, int64_t id, const struct store_value *v,
                                  struct errinfo *info) {
    struct looking *l = ctx;
    uint32_t at = u64_map_get(&l->world->exhibitor_at, (uint64_t)v[STATEMENT_EXHIBITOR_ID].integer);
    l->current = at != MAP_NONE && !l->listed[l->world->known.exhibitors.at[at].organisation];
    return ERR_OK;
}

static enum err look(void *ctx, const struct store_touched *touched, struct errinfo *info) {
    struct looking *l = ctx;
    l->touched++;
    if (!l->current)
        return ERR_OK;
    switch (touched->table) {
    case TABLE_COUNTRY:
    case TABLE_REGION:
    case TABLE_EDITION:
    case TABLE_AREA:
    case TABLE_PAVILION:
    case TABLE_NODE:
    case TABLE_HEADER_MAPPING:
    case TABLE_ORGANISATION_NAME:
        l->current = false;
        return ERR_OK;
    case TABLE_ORGANISATION:
    case TABLE_EXHIBITOR:
    case TABLE_STATEMENT:
        break;
    default:
        return ERR_OK;
    }
    store_row_fn *fn = touched->table == TABLE_ORGANISATION ? look_at_organisation
                       : touched->table == TABLE_EXHIBITOR  ? look_at_exhibitor
                                                            : look_at_statement;
    l->current = !touched->created && !touched->gone;
    return l->current ? store_get(l->reader, touched->table, touched->record_id, fn, l, info)
                      : ERR_OK;
}

enum err import_is_current(struct store_reader *reader, const struct import_ready *ready,
                           bool *current, struct errinfo *info) {
    const struct import_plan *plan = &ready->outcome.parts[0].plan;
    struct looking l = {.reader = reader, .world = ready->world, .current = true};
    l.listed = mem_new(ready->world->known.organisations.len + 1, sizeof(*l.listed));
    if (l.listed == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < plan->rows.len; i++) {
        if (plan->rows.at[i].known != IMPORT_NONE)
            l.listed[plan->rows.at[i].known] = true;
        if (plan->rows.at[i].lead_known != IMPORT_NONE)
            l.listed[plan->rows.at[i].lead_known] = true;
    }
    enum err code = store_touched_since(reader, ready->version, TOUCHED_MAX, look, &l, info);
    *current = l.current && l.touched < TOUCHED_MAX;
    mem_free(l.listed);
    return code;
}
