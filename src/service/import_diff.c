/* Comparing a sheet with the store: see import_diff.h. */
#include "service/import_diff.h"

#include "service/import_names.h"

struct diff {
    struct import_plan *plan;
    const struct import_world *world;
    struct name_faces faces;
    uint32_t row; /* being compared */
    bool changed;
};

/* Finding the organisation --------------------------------------------------------------------- */

static struct str country_code(const struct import_world *w, uint32_t country) {
    return country != IMPORT_NONE ? w->countries.at[country].code : STR("");
}

static bool same_country(const struct import_world *w, const struct import_exhibitor *row,
                         uint32_t organisation) {
    const struct known_organisation *o = &w->known.organisations.at[organisation];
    return place_agrees(&w->words.places, country_code(w, row->country), STR(""), o->country,
                        STR(""));
}

/* The organisation that bears this name; a core needs the same country. */
static enum err find_by_name(struct diff *d, const struct import_exhibitor *row, struct str name,
                             uint32_t *found, struct errinfo *info) {
    const struct import_known *known = &d->world->known;
    *found = KNOWN_NONE;
    /* Making the keys of a million names for an empty store took a tenth of the import. */
    if (known->by_exact.len == 0)
        return ERR_OK;
    enum err code = name_faces_make(&d->faces, name, info);
    if (code != ERR_OK || d->faces.exact.len == 0)
        return code;
    *found = str_map_get(&known->by_exact, buf_str(&d->faces.exact));
    if (*found != MAP_NONE || d->faces.core.len == 0)
        return ERR_OK;
    uint32_t core = str_map_get(&known->by_core, buf_str(&d->faces.core));
    if (core != MAP_NONE && core != KNOWN_AMBIGUOUS && same_country(d->world, row, core))
        *found = core;
    return ERR_OK;
}

static enum err two_organisations(struct diff *d, struct import_exhibitor *row, uint32_t a,
                                  uint32_t b, struct errinfo *info) {
    const struct known_organisation *list = d->world->known.organisations.at;
    struct import_finding finding = {
        .kind = FINDING_CONFLICT,
        .record = row->record,
        .line = row->line,
        .column = IMPORT_NONE,
        .field = FIELD_NONE,
        .value = row->name_en.len > 0 ? row->name_en : row->name_zh,
        .message = STR("the names belong to two organisations of the store"),
        .expected = STR("Correct one of the names, or merge the two organisations first"),
        .of_id = list[a].id < list[b].id ? list[a].id : list[b].id,
        .fields = UINT32_C(1) << FIELD_NAME_EN | UINT32_C(1) << FIELD_NAME_ZH,
    };
    import_plan_classify(d->plan, row, IMPORT_CONFLICT);
    return import_plan_add(d->plan, &finding, info);
}

static enum err find_known(struct diff *d, struct import_exhibitor *row, struct errinfo *info) {
    const struct import_known *known = &d->world->known;
    uint32_t en = KNOWN_NONE, zh = KNOWN_NONE;
    row->known = row->lei.len > 0 ? str_map_get(&known->by_lei, row->lei) : KNOWN_NONE;
    if (row->known == KNOWN_NONE && row->registration.len > 0)
        row->known = str_map_get(&known->by_registration, row->registration);
    if (row->known != KNOWN_NONE)
        return ERR_OK;
    enum err code = find_by_name(d, row, row->name_en, &en, info);
    if (code == ERR_OK)
        code = find_by_name(d, row, row->name_zh, &zh, info);
    if (code == ERR_OK && en != KNOWN_NONE && zh != KNOWN_NONE && en != zh)
        return two_organisations(d, row, en, zh, info);
    row->known = en != KNOWN_NONE ? en : zh;
    return code;
}

/* Comparing ------------------------------------------------------------------------------------ */

static bool keep_text(struct import_plan *plan, struct str *text) {
    *text = text->len > 0 ? arena_copy(&plan->arena, *text) : STR("");
    return text->ptr != NULL;
}

static enum err change(struct diff *d, uint32_t field, uint32_t edition, struct str before,
                       struct str after, struct errinfo *info) {
    d->changed = true;
    if (d->plan->changes.len >= IMPORT_DETAILS_MAX)
        return ERR_OK;
    struct import_change c = {d->row, field, STR(""), before, after};
    if (edition != IMPORT_NONE)
        c.edition_code = d->world->editions.at[edition].code;
    /* The plan outlives the world. */
    if (!keep_text(d->plan, &c.edition_code) || !keep_text(d->plan, &c.before) ||
        !keep_text(d->plan, &c.after) || !vec_push(&d->plan->changes, c))
        return err_memory(info);
    return ERR_OK;
}

/* A blank cell never changes anything. */
static enum err compare(struct diff *d, uint32_t field, uint32_t edition, struct str before,
                        struct str after, struct errinfo *info) {
    if (after.len == 0 || str_equal(before, after))
        return ERR_OK;
    return change(d, field, edition, before, after, info);
}

static enum err compare_kind(struct diff *d, uint32_t field, uint32_t edition,
                             const struct kind *kind, uint8_t before, uint8_t after,
                             struct errinfo *info) {
    return compare(d, field, edition, str_of(kind_code(kind, before)),
                   str_of(kind_code(kind, after)), info);
}

static enum err compare_place(struct diff *d, const struct import_exhibitor *row,
                              const struct known_organisation *o, struct errinfo *info) {
    struct str country = country_code(d->world, row->country), region = str_of(row->region);
    bool same = place_agrees(&d->world->words.places, country, region, o->country, o->region);
    /* Hong Kong as a country and as a region of one are the same place, written in two ways. */
    if (same && o->country.len > 0 && country.len > 0 && !str_equal(country, o->country))
        return ERR_OK;
    enum err code = compare(d, FIELD_COUNTRY, IMPORT_NONE, o->country, country, info);
    if (code == ERR_OK)
        code = compare(d, FIELD_REGION, IMPORT_NONE, o->region, region, info);
    return code;
}

static enum err is_alias(struct name_faces *faces, const struct import_world *w,
                         uint32_t organisation, struct str stored, struct str name, bool *alias,
                         struct errinfo *info) {
    *alias = false;
    if (name.len == 0 || stored.len == 0 || import_known_has_name(&w->known, organisation, name))
        return ERR_OK;
    enum err code = name_faces_make(faces, name, info);
    if (code != ERR_OK)
        return code;
    bool known = str_map_get(&w->known.by_exact, buf_str(&faces->exact)) == organisation ||
                 (faces->core.len > 0 &&
                  str_map_get(&w->known.by_core, buf_str(&faces->core)) == organisation);
    *alias = !known;
    return ERR_OK;
}

static enum err find_aliases(struct name_faces *faces, const struct import_world *w,
                             const struct import_exhibitor *row, uint32_t organisation,
                             unsigned *aliases, struct errinfo *info) {
    const struct known_organisation *o = &w->known.organisations.at[organisation];
    bool en = false, zh = false;
    enum err code = is_alias(faces, w, organisation, o->name_en, row->name_en, &en, info);
    if (code == ERR_OK)
        code = is_alias(faces, w, organisation, o->name_zh, row->name_zh, &zh, info);
    *aliases = (en ? 1U : 0U) | (zh ? 2U : 0U);
    return code;
}

enum err import_diff_aliases(const struct import_world *world, const struct import_exhibitor *row,
                             uint32_t organisation, unsigned *aliases, struct errinfo *info) {
    struct name_faces faces;
    name_faces_init(&faces);
    enum err code = find_aliases(&faces, world, row, organisation, aliases, info);
    name_faces_release(&faces);
    return code;
}

static enum err compare_organisation(struct diff *d, const struct import_exhibitor *row,
                                     struct errinfo *info) {
    const struct known_organisation *o = &d->world->known.organisations.at[row->known];
    unsigned aliases;
    enum err code = find_aliases(&d->faces, d->world, row, row->known, &aliases, info);
    if (code == ERR_OK && (o->name_en.len == 0 || (aliases & 1U) != 0))
        code = compare(d, FIELD_NAME_EN, IMPORT_NONE, o->name_en, row->name_en, info);
    if (code == ERR_OK && (o->name_zh.len == 0 || (aliases & 2U) != 0))
        code = compare(d, FIELD_NAME_ZH, IMPORT_NONE, o->name_zh, row->name_zh, info);
    if (code == ERR_OK)
        code = compare_place(d, row, o, info);
    if (code == ERR_OK)
        code = compare_kind(d, FIELD_SIZE, IMPORT_NONE, &kind_size, o->size, row->size, info);
    if (code == ERR_OK)
        code = compare(d, FIELD_PARENT_COUNTRY, IMPORT_NONE, o->parent_country,
                       country_code(d->world, row->parent_country), info);
    if (code == ERR_OK)
        code = compare(d, FIELD_WEBSITE, IMPORT_NONE, o->website, row->website, info);
    if (code == ERR_OK)
        code = compare(d, FIELD_LEI, IMPORT_NONE, o->lei, row->lei, info);
    if (code == ERR_OK)
        code =
            compare(d, FIELD_REGISTRATION, IMPORT_NONE, o->registration, row->registration, info);
    return code;
}

static enum err compare_nodes(struct diff *d, const struct import_exhibitor *row,
                              uint32_t exhibitor, uint32_t edition, struct errinfo *info) {
    for (uint32_t i = 0; i < (uint32_t)row->offers + row->needs; i++) {
        uint32_t node = d->plan->nodes.at[row->nodes_first + i];
        bool offer = i < row->offers;
        uint32_t at = import_known_statement(&d->world->known, exhibitor, node,
                                             offer ? SIDE_OFFER : SIDE_NEED);
        bool stated = at != KNOWN_NONE && d->world->known.statements.at[at].basis != BASIS_INFERRED;
        enum err code = stated ? ERR_OK
                               : change(d, offer ? FIELD_OFFERS_NODES : FIELD_NEEDS_NODES, edition,
                                        STR(""), d->world->nodes.at[node].code, info);
        if (code != ERR_OK)
            return code;
    }
    return ERR_OK;
}

/* The exhibitor of the store that a record's lead is in that edition: 0 = none yet. */
static int64_t lead_id(const struct diff *d, const struct import_exhibitor *row, uint32_t edition,
                       bool *takes_part) {
    uint32_t organisation = row->lead_known;
    *takes_part = false;
    if (row->lead != IMPORT_NONE) {
        const struct import_exhibitor *lead = &d->plan->rows.at[row->lead];
        *takes_part = (lead->editions >> edition & 1) != 0;
        organisation = lead->known;
    }
    if (organisation == KNOWN_NONE)
        return 0;
    uint32_t at = import_known_exhibitor(&d->world->known, organisation, edition);
    *takes_part |= at != KNOWN_NONE;
    return at != KNOWN_NONE ? d->world->known.exhibitors.at[at].id : 0;
}

static enum err compare_exhibitor(struct diff *d, const struct import_exhibitor *row,
                                  uint32_t edition, struct errinfo *info) {
    const struct import_world *w = d->world;
    uint32_t at = import_known_exhibitor(&w->known, row->known, edition);
    if (at == KNOWN_NONE)
        return change(d, FIELD_EDITIONS, edition, STR(""), w->editions.at[edition].code, info);
    const struct known_exhibitor *e = &w->known.exhibitors.at[at];
    int64_t area = import_world_area_id(w, row->area, edition);
    bool takes_part;
    int64_t lead = lead_id(d, row, edition, &takes_part);
    enum err code = ERR_OK;
    if (area != 0 && area != e->area_id)
        code = change(d, FIELD_AREA, edition, STR(""), w->areas.at[row->area].code, info);
    int64_t pavilion = import_world_pavilion_id(w, row->pavilion, edition);
    if (code == ERR_OK && pavilion != 0 && pavilion != e->pavilion_id)
        code = change(d, FIELD_PAVILION, edition, STR(""), row->pavilion, info);
    if (code == ERR_OK && takes_part && lead != e->lead_id)
        code = change(d, FIELD_LEAD, edition, STR(""), row->lead_name, info);
    if (code == ERR_OK)
        code = compare_kind(d, FIELD_TYPE, edition, &kind_exhibitor_type, e->type, row->type, info);
    if (code == ERR_OK)
        code = compare(d, FIELD_OFFERS_TEXT, edition, e->offers_text, row->offers_text, info);
    if (code == ERR_OK)
        code =
            compare(d, FIELD_OFFERS_TEXT_ZH, edition, e->offers_text_zh, row->offers_text_zh, info);
    if (code == ERR_OK)
        code = compare_kind(d, FIELD_BASIS, edition, &kind_offer_basis, e->basis, row->basis, info);
    if (code == ERR_OK)
        code = compare(d, FIELD_NOTE, edition, e->note, row->note, info);
    if (code == ERR_OK)
        code = compare(d, FIELD_SOURCE, edition, e->source, row->source, info);
    if (code == ERR_OK)
        code = compare_nodes(d, row, at, edition, info);
    return code;
}

static enum err compare_row(struct diff *d, struct import_exhibitor *row, struct errinfo *info) {
    d->changed = false;
    enum err code = compare_organisation(d, row, info);
    for (uint64_t left = row->editions; left != 0 && code == ERR_OK; left &= left - 1)
        code = compare_exhibitor(d, row, (uint32_t)__builtin_ctzll(left), info);
    if (code == ERR_OK)
        import_plan_classify(d->plan, row, d->changed ? IMPORT_CHANGED : IMPORT_UNCHANGED);
    return code;
}

enum err import_diff(struct import_plan *plan, const struct import_world *world,
                     struct errinfo *info) {
    struct diff d = {.plan = plan, .world = world};
    enum err code = ERR_OK;
    name_faces_init(&d.faces);
    for (uint32_t i = 0; i < plan->rows.len && code == ERR_OK; i++)
        code = find_known(&d, &plan->rows.at[i], info);
    for (uint32_t i = 0; i < plan->rows.len && code == ERR_OK; i++) {
        struct import_exhibitor *row = &plan->rows.at[i];
        d.row = i;
        if (row->class_of == IMPORT_NEW && row->known != IMPORT_NONE)
            code = compare_row(&d, row, info);
    }
    name_faces_release(&d.faces);
    return code;
}
