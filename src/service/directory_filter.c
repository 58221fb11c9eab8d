/*
 * The filters of the directory: see directory.h.
 *
 * A code that nobody has is an error and not an empty list: who mistyped "clean-enrgy" should hear
 * it. Words are looked up once, when they are set, so that asking about each of 100,000 exhibitors,
 * and about each choice beside the list, is asking for a bit.
 */
#include "model/kinds.h"
#include "service/directory.h"

enum { VALUE_BYTES_SHOWN = 200 };

static const char *const key_names[DIRECTORY_KEYS] = {
    [DIRECTORY_CHAIN] = "chain",   [DIRECTORY_STAGE] = "stage",
    [DIRECTORY_NODE] = "node",     [DIRECTORY_COUNTRY] = "country",
    [DIRECTORY_REGION] = "region", [DIRECTORY_SIZE] = "size",
    [DIRECTORY_AREA] = "area",     [DIRECTORY_TYPE] = "type",
    [DIRECTORY_SEEN] = "seen",     [DIRECTORY_LEAD] = "lead",
    [DIRECTORY_WORDS] = "q",       [DIRECTORY_PAVILION] = "pavilion",
};

const char *directory_key_name(enum directory_key key) {
    return key_names[key];
}

void directory_filter_init(struct directory_filter *filter) {
    *filter = (struct directory_filter){
        .chain = VIEW_NONE,
        .node = VIEW_NONE,
        .country = VIEW_NONE,
        .region = VIEW_NONE,
        .area = VIEW_NONE,
        .lead = VIEW_NONE,
        .pavilion = VIEW_NONE,
        .stage = CHAIN_STAGES,
    };
}

/* ---- setting ---- */

static enum err there_is_no(const char *what, struct str value, struct errinfo *info) {
    return err_set(info, ERR_INPUT, "there is no %s \"%.*s\"", what,
                   value.len > VALUE_BYTES_SHOWN ? VALUE_BYTES_SHOWN : (int)value.len, value.ptr);
}

static enum err set_code(const struct str_map *map, const char *what, struct str value,
                         uint32_t *out, struct errinfo *info) {
    *out = str_map_get(map, value);
    return *out != MAP_NONE ? ERR_OK : there_is_no(what, value, info);
}

static enum err set_kind(const struct kind *kind, struct str value, uint32_t *out,
                         struct errinfo *info) {
    char known[ERR_TEXT_MAX] = "";
    *out = kind_of_code(kind, value);
    if (*out != 0)
        return ERR_OK;
    for (uint32_t i = 1; i < kind->count; i++) {
        size_t used = strlen(known);
        snprintf(known + used, sizeof(known) - used, "%s%s", used > 0 ? ", " : "",
                 kind_code(kind, i));
    }
    there_is_no(kind->name, value, info);
    if (info != NULL)
        err_hint(info, "Known are: %s", known);
    return ERR_INPUT;
}

static enum err set_stage(struct str value, struct directory_filter *filter, struct errinfo *info) {
    static const uint32_t stages[] = {[STAGE_UPSTREAM] = CHAIN_UPSTREAM,
                                      [STAGE_MIDSTREAM] = CHAIN_MIDSTREAM,
                                      [STAGE_DOWNSTREAM] = CHAIN_DOWNSTREAM};
    uint32_t stage;
    enum err e = set_kind(&kind_stage, value, &stage, info);
    if (e == ERR_OK)
        filter->stage = stages[stage];
    return e;
}

static enum err set_country(const struct view *view, struct str value,
                            struct directory_filter *filter, struct errinfo *info) {
    for (uint32_t c = 0; c < view->countries; c++)
        if (str_equal_nocase(view->country[c].code, value)) {
            filter->country = c;
            return ERR_OK;
        }
    there_is_no("country or region", value, info);
    if (info != NULL)
        err_hint(info, "Countries and regions have two letters (ISO 3166-1), such as DE");
    return ERR_INPUT;
}

static enum err set_region(const struct view *view, struct str value,
                           struct directory_filter *filter, struct errinfo *info) {
    for (uint32_t r = 0; r < view->regions; r++)
        if (str_equal_nocase(view->region[r].code, value)) {
            filter->region = r;
            return ERR_OK;
        }
    there_is_no("region", value, info);
    if (info != NULL)
        err_hint(info, "Regions are named as CN-HB (ISO 3166-2)");
    return ERR_INPUT;
}

static enum err set_seen(struct str value, struct directory_filter *filter, struct errinfo *info) {
    if (str_equal_c(value, "new"))
        filter->seen = DIRECTORY_SEEN_NEW;
    else if (str_equal_c(value, "returning"))
        filter->seen = DIRECTORY_SEEN_RETURNING;
    else
        return err_set(info, ERR_INPUT, "exhibitors are new or returning, not \"%.*s\"",
                       value.len > 40 ? 40 : (int)value.len, value.ptr);
    return ERR_OK;
}

static enum err set_lead(const struct view *view, struct str value, struct directory_filter *filter,
                         struct errinfo *info) {
    int64_t id;
    uint32_t organisation = MAP_NONE;
    if (str_to_i64(value, &id))
        organisation = u64_map_get(&view->organisation_by_id, (uint64_t)id);
    if (organisation == MAP_NONE || view->organisation[organisation].exhibitor == VIEW_NONE)
        return there_is_no("lead exhibitor in this edition with the number", value, info);
    filter->lead = view->organisation[organisation].exhibitor;
    return ERR_OK;
}

static enum err set_pavilion(const struct view *view, struct str value,
                             struct directory_filter *filter, struct errinfo *info) {
    int64_t id;
    for (uint32_t p = 0; str_to_i64(value, &id) && p < view->pavilions; p++)
        if (view->pavilion[p].id == id) {
            filter->pavilion = p;
            return ERR_OK;
        }
    return there_is_no("pavilion in this edition with the number", value, info);
}

static enum err set_words(const struct view_search *search, struct str value, struct arena *arena,
                          struct directory_filter *filter, struct errinfo *info) {
    filter->named = NULL;
    value = str_trim(value);
    return value.len > 0 ? view_search_named(search, value, arena, &filter->named, info) : ERR_OK;
}

enum err directory_filter_set(const struct view *view, const struct view_search *search,
                              enum directory_key key, struct str value, struct arena *arena,
                              struct directory_filter *filter, struct errinfo *info) {
    switch (key) {
    case DIRECTORY_CHAIN:
        return set_code(&view->chain_by_code, "chain", value, &filter->chain, info);
    case DIRECTORY_STAGE:
        return set_stage(value, filter, info);
    case DIRECTORY_NODE:
        return set_code(&view->node_by_code, "node", value, &filter->node, info);
    case DIRECTORY_COUNTRY:
        return set_country(view, value, filter, info);
    case DIRECTORY_REGION:
        return set_region(view, value, filter, info);
    case DIRECTORY_SIZE:
        return set_kind(&kind_size, value, &filter->size, info);
    case DIRECTORY_AREA:
        return set_code(&view->area_by_code, "area in this edition", value, &filter->area, info);
    case DIRECTORY_TYPE:
        return set_kind(&kind_exhibitor_type, value, &filter->type, info);
    case DIRECTORY_SEEN:
        return set_seen(value, filter, info);
    case DIRECTORY_LEAD:
        return set_lead(view, value, filter, info);
    case DIRECTORY_PAVILION:
        return set_pavilion(view, value, filter, info);
    case DIRECTORY_WORDS:
        return set_words(search, value, arena, filter, info);
    case DIRECTORY_KEYS:
        break;
    }
    return err_set(info, ERR_INTERNAL, "no such filter");
}

/* The field of a key that says whether it is set; DIRECTORY_SEEN and DIRECTORY_WORDS have others.
 */
static uint32_t *field_of(struct directory_filter *filter, enum directory_key key) {
    uint32_t *const fields[DIRECTORY_KEYS] = {
        [DIRECTORY_CHAIN] = &filter->chain,   [DIRECTORY_STAGE] = &filter->stage,
        [DIRECTORY_NODE] = &filter->node,     [DIRECTORY_COUNTRY] = &filter->country,
        [DIRECTORY_REGION] = &filter->region, [DIRECTORY_SIZE] = &filter->size,
        [DIRECTORY_AREA] = &filter->area,     [DIRECTORY_TYPE] = &filter->type,
        [DIRECTORY_LEAD] = &filter->lead,     [DIRECTORY_PAVILION] = &filter->pavilion,
    };
    return fields[key];
}

void directory_filter_unset(struct directory_filter *filter, enum directory_key key) {
    struct directory_filter none;
    directory_filter_init(&none);
    if (key == DIRECTORY_SEEN)
        filter->seen = none.seen;
    else if (key == DIRECTORY_WORDS)
        filter->named = none.named;
    else
        *field_of(filter, key) = *field_of(&none, key);
}

bool directory_filter_has(const struct directory_filter *filter, enum directory_key key) {
    struct directory_filter none, copy = *filter;
    directory_filter_init(&none);
    if (key == DIRECTORY_SEEN)
        return filter->seen != none.seen;
    if (key == DIRECTORY_WORDS)
        return filter->named != none.named;
    return *field_of(&copy, key) != *field_of(&none, key);
}

/* ---- asking ---- */

uint32_t directory_attendance(const struct view *view, uint32_t organisation) {
    uint32_t low = 0, high = view->attendances;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (view->attendance[middle].organisation < organisation)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool directory_is_returning(const struct view *view, uint32_t organisation) {
    uint32_t first = directory_attendance(view, organisation);
    /* Its attendances follow by edition, and editions by time: the first decides. */
    return first < view->attendances && view->attendance[first].organisation == organisation &&
           view->attendance[first].edition < view->edition_index;
}

static bool stands_at(const struct view *view, const struct directory_filter *filter,
                      uint32_t node) {
    struct chain_positions places = chain_places_of(view->report, node);
    for (size_t i = 0; i < places.count; i++)
        if ((filter->chain == VIEW_NONE ||
             chain_of_place(view->report, places.at[i]) == filter->chain) &&
            (filter->stage == CHAIN_STAGES ||
             view->report->place[places.at[i]].stage == filter->stage))
            return true;
    return false;
}

bool directory_stands_in_chain(const struct view *view, uint32_t exhibitor, uint32_t chain) {
    const struct directory_filter filter = {.chain = chain, .stage = CHAIN_STAGES};
    struct chain_row offers = chain_row(&view->report->offers_by_exhibitor, exhibitor);
    struct chain_row needs = chain_row(&view->report->needs_by_exhibitor, exhibitor);
    for (size_t i = 0; i < offers.count; i++)
        if (stands_at(view, &filter, offers.at[i].of))
            return true;
    for (size_t i = 0; i < needs.count; i++)
        if (needs.at[i].basis != CHAIN_INFERRED && stands_at(view, &filter, needs.at[i].of))
            return true;
    return false;
}

static bool offers_as_asked(const struct view *view, const struct directory_filter *filter,
                            uint32_t exhibitor) {
    struct chain_row offers = chain_row(&view->report->offers_by_exhibitor, exhibitor);
    bool needs_place = filter->chain != VIEW_NONE || filter->stage != CHAIN_STAGES;
    bool has_node = filter->node == VIEW_NONE, has_place = !needs_place;
    for (size_t i = 0; i < offers.count && !(has_node && has_place); i++) {
        has_node = has_node || offers.at[i].of == filter->node;
        has_place = has_place || stands_at(view, filter, offers.at[i].of);
    }
    return has_node && has_place;
}

bool directory_is_in_pavilion(const struct view *view, uint32_t exhibitor, uint32_t pavilion) {
    const struct view_exhibitor *e = &view->exhibitor[exhibitor];
    for (uint32_t i = 0; i < e->exhibits; i++)
        if (view->exhibit[e->exhibit_first + i].pavilion == pavilion)
            return true;
    return false;
}

bool directory_takes_organisation(const struct view *view, const struct directory_filter *filter,
                                  uint32_t organisation) {
    const struct view_organisation *o = &view->organisation[organisation];
    return (filter->named == NULL || (filter->named[organisation / 64] >> organisation % 64 & 1)) &&
           (filter->country == VIEW_NONE || o->country == filter->country) &&
           (filter->region == VIEW_NONE || o->region == filter->region) &&
           (filter->size == 0 || kind_of_code(&kind_size, o->size) == filter->size);
}

bool directory_takes(const struct view *view, const struct directory_filter *filter,
                     uint32_t exhibitor) {
    const struct view_exhibitor *e = &view->exhibitor[exhibitor];
    if ((filter->area != VIEW_NONE && e->area != filter->area) ||
        (filter->lead != VIEW_NONE && e->lead != filter->lead) ||
        (filter->type != 0 && kind_of_code(&kind_exhibitor_type, e->type) != filter->type) ||
        !directory_takes_organisation(view, filter, e->organisation))
        return false;
    if (filter->seen != DIRECTORY_SEEN_ANY &&
        directory_is_returning(view, e->organisation) != (filter->seen == DIRECTORY_SEEN_RETURNING))
        return false;
    if (filter->pavilion != VIEW_NONE &&
        !directory_is_in_pavilion(view, exhibitor, filter->pavilion))
        return false;
    return offers_as_asked(view, filter, exhibitor);
}
