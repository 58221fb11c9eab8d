/* Reading the store for an import: see import_world.h. */
#include "service/import_world.h"

#include "base/mem.h"

#define WORLD_BYTES_MAX ((size_t)3 * 1024 * 1024 * 1024)

struct loading {
    struct import_world *w;
};

static struct str text(struct loading *l, const struct store_value *value, bool *ok) {
    if (value->kind != STORE_TEXT)
        return STR("");
    struct str copy = arena_copy(&l->w->arena, value->text);
    *ok &= copy.ptr != NULL;
    return copy;
}

static enum err add_country(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct country c = {
        .code = text(l, &v[COUNTRY_CODE], &ok),
        .alpha3 = text(l, &v[COUNTRY_ALPHA3], &ok),
        .m49 = text(l, &v[COUNTRY_M49], &ok),
        .name_en = text(l, &v[COUNTRY_NAME_EN], &ok),
        .name_zh = text(l, &v[COUNTRY_NAME_ZH], &ok),
        .other_names = text(l, &v[COUNTRY_OTHER_NAMES], &ok),
    };
    return ok && vec_push(&l->w->countries, c) ? ERR_OK : err_memory(info);
}

static enum err add_region(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct region r = {
        .code = text(l, &v[REGION_CODE], &ok),
        .country = text(l, &v[REGION_COUNTRY], &ok),
        .name_en = text(l, &v[REGION_NAME_EN], &ok),
        .name_zh = text(l, &v[REGION_NAME_ZH], &ok),
        .other_names = text(l, &v[REGION_OTHER_NAMES], &ok),
    };
    return ok && vec_push(&l->w->regions, r) ? ERR_OK : err_memory(info);
}

/* The year of an edition: its code when that is one, else the year in which it starts. */
static uint32_t year_of(struct str code, struct str starts) {
    uint32_t year;
    if (code.len == 4 && str_to_u32(code, &year))
        return year;
    return starts.len >= 4 && str_to_u32(str_sub(starts, 0, 4), &year) ? year : 0;
}

static enum err add_edition(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct import_edition e = {
        .code = text(l, &v[EDITION_CODE], &ok),
        .name_en = text(l, &v[EDITION_NAME_EN], &ok),
        .name_zh = text(l, &v[EDITION_NAME_ZH], &ok),
        .ordinal =
            (uint32_t)(v[EDITION_ORDINAL].kind == STORE_INTEGER ? v[EDITION_ORDINAL].integer : 0),
    };
    e.year = year_of(e.code, text(l, &v[EDITION_STARTS], &ok));
    ok = ok && u64_map_put(&l->w->edition_at, (uint64_t)id, (uint32_t)l->w->editions.len) &&
         vec_push(&l->w->editions, e) && vec_push(&l->w->edition_ids, id);
    return ok ? ERR_OK : err_memory(info);
}

static enum err add_area(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    uint32_t edition = u64_map_get(&l->w->edition_at, (uint64_t)v[AREA_EDITION_ID].integer);
    struct import_area a = {
        .code = text(l, &v[AREA_CODE], &ok),
        .name_en = text(l, &v[AREA_NAME_EN], &ok),
        .name_zh = text(l, &v[AREA_NAME_ZH], &ok),
    };
    ok = ok && vec_push(&l->w->areas, a) && vec_push(&l->w->area_ids, id) &&
         vec_push(&l->w->area_editions, edition);
    return ok ? ERR_OK : err_memory(info);
}

static enum err add_pavilion(void *ctx, int64_t id, const struct store_value *v,
                             struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct import_pavilion p = {
        .edition = u64_map_get(&l->w->edition_at, (uint64_t)v[PAVILION_EDITION_ID].integer),
        .name_en = text(l, &v[PAVILION_NAME_EN], &ok),
        .name_zh = text(l, &v[PAVILION_NAME_ZH], &ok),
    };
    ok = ok && vec_push(&l->w->pavilions, p) && vec_push(&l->w->pavilion_ids, id);
    return ok ? ERR_OK : err_memory(info);
}

static enum err add_node(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct import_node n = {
        .code = text(l, &v[NODE_CODE], &ok),
        .name_en = text(l, &v[NODE_NAME_EN], &ok),
        .name_zh = text(l, &v[NODE_NAME_ZH], &ok),
    };
    ok = ok && u64_map_put(&l->w->node_at, (uint64_t)id, (uint32_t)l->w->nodes.len) &&
         vec_push(&l->w->nodes, n) && vec_push(&l->w->node_ids, id);
    return ok ? ERR_OK : err_memory(info);
}

static enum err add_mapping(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    if (!str_equal(v[HEADER_MAPPING_SHEET].text, STR("exhibitors")))
        return ERR_OK;
    struct header_override kept = {text(l, &v[HEADER_MAPPING_HEADER], &ok),
                                   text(l, &v[HEADER_MAPPING_FIELD], &ok), true};
    return ok && vec_push(&l->w->kept, kept) ? ERR_OK : err_memory(info);
}

static bool add_name(struct loading *l, struct str name, uint32_t organisation) {
    struct import_known *known = &l->w->known;
    struct known_organisation *owner = &known->organisations.at[organisation];
    struct known_name entry = {name, organisation, owner->first_name};
    if (name.len == 0)
        return true;
    owner->first_name = (uint32_t)known->names.len;
    return vec_push(&known->names, entry);
}

static enum err add_organisation(void *ctx, int64_t id, const struct store_value *v,
                                 struct errinfo *info) {
    struct loading *l = ctx;
    struct import_known *known = &l->w->known;
    bool ok = true;
    if (v[ORGANISATION_MERGED_INTO].kind != STORE_NULL)
        return ERR_OK; /* its names live on as names of the one that took its place */
    struct known_organisation o = {
        .id = id,
        .name_en = text(l, &v[ORGANISATION_NAME_EN], &ok),
        .name_zh = text(l, &v[ORGANISATION_NAME_ZH], &ok),
        .country = text(l, &v[ORGANISATION_COUNTRY], &ok),
        .region = text(l, &v[ORGANISATION_REGION], &ok),
        .parent_country = text(l, &v[ORGANISATION_PARENT_COUNTRY], &ok),
        .website = text(l, &v[ORGANISATION_WEBSITE], &ok),
        .lei = text(l, &v[ORGANISATION_LEI], &ok),
        .registration = text(l, &v[ORGANISATION_REGISTRATION], &ok),
        .source = text(l, &v[ORGANISATION_SOURCE], &ok),
        .size = (uint8_t)kind_of_code(&kind_size, v[ORGANISATION_SIZE].text),
        .first_exhibitor = KNOWN_NONE,
        .first_name = KNOWN_NONE,
    };
    uint32_t index = (uint32_t)known->organisations.len;
    ok = ok && u64_map_put(&l->w->organisation_at, (uint64_t)id, index) &&
         vec_push(&known->organisations, o) && add_name(l, o.name_en, index) &&
         add_name(l, o.name_zh, index);
    return ok ? ERR_OK : err_memory(info);
}

static enum err add_other_name(void *ctx, int64_t id, const struct store_value *v,
                               struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    uint32_t organisation =
        u64_map_get(&l->w->organisation_at, (uint64_t)v[ORGANISATION_NAME_ORGANISATION_ID].integer);
    if (organisation == MAP_NONE)
        return ERR_OK;
    ok = add_name(l, text(l, &v[ORGANISATION_NAME_NAME], &ok), organisation) && ok;
    return ok ? ERR_OK : err_memory(info);
}

static enum err add_exhibitor(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    struct loading *l = ctx;
    struct import_known *known = &l->w->known;
    bool ok = true;
    uint32_t organisation =
        u64_map_get(&l->w->organisation_at, (uint64_t)v[EXHIBITOR_ORGANISATION_ID].integer);
    uint32_t edition = u64_map_get(&l->w->edition_at, (uint64_t)v[EXHIBITOR_EDITION_ID].integer);
    if (organisation == MAP_NONE || edition == MAP_NONE)
        return ERR_OK;
    struct known_organisation *owner = &known->organisations.at[organisation];
    struct known_exhibitor e = {
        .id = id,
        .organisation = organisation,
        .edition = edition,
        .next = owner->first_exhibitor,
        .first_statement = KNOWN_NONE,
        .lead_id = v[EXHIBITOR_LEAD_ID].kind == STORE_INTEGER ? v[EXHIBITOR_LEAD_ID].integer : 0,
        .area_id = v[EXHIBITOR_AREA_ID].kind == STORE_INTEGER ? v[EXHIBITOR_AREA_ID].integer : 0,
        .pavilion_id =
            v[EXHIBITOR_PAVILION_ID].kind == STORE_INTEGER ? v[EXHIBITOR_PAVILION_ID].integer : 0,
        .offers_text = text(l, &v[EXHIBITOR_OFFERS_TEXT], &ok),
        .offers_text_zh = text(l, &v[EXHIBITOR_OFFERS_TEXT_ZH], &ok),
        .source = text(l, &v[EXHIBITOR_SOURCE], &ok),
        .note = text(l, &v[EXHIBITOR_NOTE], &ok),
        .type = (uint8_t)kind_of_code(&kind_exhibitor_type, v[EXHIBITOR_TYPE].text),
        .basis = (uint8_t)kind_of_code(&kind_offer_basis, v[EXHIBITOR_BASIS].text),
    };
    owner->first_exhibitor = (uint32_t)known->exhibitors.len;
    ok = ok && u64_map_put(&l->w->exhibitor_at, (uint64_t)id, owner->first_exhibitor) &&
         vec_push(&known->exhibitors, e);
    return ok ? ERR_OK : err_memory(info);
}

static enum err add_statement(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    struct loading *l = ctx;
    struct import_known *known = &l->w->known;
    uint32_t exhibitor =
        u64_map_get(&l->w->exhibitor_at, (uint64_t)v[STATEMENT_EXHIBITOR_ID].integer);
    uint32_t node = u64_map_get(&l->w->node_at, (uint64_t)v[STATEMENT_NODE_ID].integer);
    if (exhibitor == MAP_NONE || node == MAP_NONE)
        return ERR_OK;
    struct known_statement s = {
        .id = id,
        .node = node,
        .next = known->exhibitors.at[exhibitor].first_statement,
        .side = (uint8_t)kind_of_code(&kind_side, v[STATEMENT_SIDE].text),
        .basis = (uint8_t)kind_of_code(&kind_basis, v[STATEMENT_BASIS].text),
    };
    known->exhibitors.at[exhibitor].first_statement = (uint32_t)known->statements.len;
    return vec_push(&known->statements, s) ? ERR_OK : err_memory(info);
}

static enum err scan_all(struct loading *l, struct store_reader *reader, struct errinfo *info) {
    static const struct {
        enum store_table table;
        store_row_fn *fn;
    } steps[] = {
        {TABLE_COUNTRY, add_country},
        {TABLE_REGION, add_region},
        {TABLE_EDITION, add_edition},
        {TABLE_AREA, add_area},
        {TABLE_PAVILION, add_pavilion},
        {TABLE_NODE, add_node},
        {TABLE_HEADER_MAPPING, add_mapping},
        {TABLE_ORGANISATION, add_organisation},
        {TABLE_ORGANISATION_NAME, add_other_name},
        {TABLE_EXHIBITOR, add_exhibitor},
        {TABLE_STATEMENT, add_statement},
    };
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        enum err code = store_scan(reader, steps[i].table, steps[i].fn, l, info);
        if (code != ERR_OK)
            return code;
    }
    return ERR_OK;
}

enum err import_world_load(struct store_reader *reader, struct import_world **out,
                           struct errinfo *info) {
    struct import_world *w = mem_new(1, sizeof(*w));
    struct loading l = {.w = w};
    if (w == NULL)
        return err_memory(info);
    arena_init(&w->arena, WORLD_BYTES_MAX);
    enum err code = scan_all(&l, reader, info);
    struct import_words_rows rows = {
        .countries = w->countries.at,
        .country_count = (uint32_t)w->countries.len,
        .regions = w->regions.at,
        .region_count = (uint32_t)w->regions.len,
        .editions = w->editions.at,
        .edition_count = (uint32_t)w->editions.len,
        .areas = w->areas.at,
        .area_count = (uint32_t)w->areas.len,
        .pavilions = w->pavilions.at,
        .pavilion_count = (uint32_t)w->pavilions.len,
        .nodes = w->nodes.at,
        .node_count = (uint32_t)w->nodes.len,
    };
    if (code == ERR_OK)
        code = import_words_init(&w->words, &rows, info);
    if (code == ERR_OK)
        code = import_known_index(&w->known, &w->arena, info);
    if (code == ERR_OK)
        *out = w;
    else
        import_world_free(w);
    return code;
}

void import_world_free(struct import_world *world) {
    if (world == NULL)
        return;
    import_words_release(&world->words);
    import_known_release(&world->known);
    u64_map_release(&world->edition_at);
    u64_map_release(&world->node_at);
    u64_map_release(&world->organisation_at);
    u64_map_release(&world->exhibitor_at);
    vec_free(&world->countries);
    vec_free(&world->regions);
    vec_free(&world->editions);
    vec_free(&world->areas);
    vec_free(&world->pavilions);
    vec_free(&world->nodes);
    vec_free(&world->edition_ids);
    vec_free(&world->area_ids);
    vec_free(&world->area_editions);
    vec_free(&world->pavilion_ids);
    vec_free(&world->node_ids);
    vec_free(&world->kept);
    arena_release(&world->arena);
    mem_free(world);
}

uint32_t import_world_edition(const struct import_world *world, struct str code) {
    for (uint32_t i = 0; i < world->editions.len; i++)
        if (str_equal(world->editions.at[i].code, code))
            return i;
    return UINT32_MAX;
}

int64_t import_world_area_id(const struct import_world *world, uint32_t area, uint32_t edition) {
    if (area == UINT32_MAX)
        return 0;
    for (uint32_t i = 0; i < world->areas.len; i++)
        if (world->area_editions.at[i] == edition &&
            str_equal(world->areas.at[i].code, world->areas.at[area].code))
            return world->area_ids.at[i];
    return 0;
}

int64_t import_world_pavilion_id(const struct import_world *world, struct str name,
                                 uint32_t edition) {
    uint32_t pavilion = import_words_pavilion(&world->words, name, edition);
    return pavilion != UINT32_MAX ? world->pavilion_ids.at[pavilion] : 0;
}
