/*
 * Facets of the directory: see directory_facets.h.
 *
 * An exhibitor counts for the values of a key when it meets the filter without that key. For keys
 * that are not set that is the whole filter, so only the keys that are set are asked about one by
 * one.
 */
#include "service/directory_facets.h"

#include "model/kinds.h"

struct counting {
    const struct view *view;
    const struct directory_filter *filter;
    struct directory_filter other[DIRECTORY_KEYS]; /* the filter less a key */
    bool is_set[DIRECTORY_KEYS];
    struct directory_facets *out;
    /* The exhibitor that counted last, plus one, so that it counts once a value. */
    uint32_t *chain_seen;
    uint32_t stage_seen[CHAIN_STAGES];
};

static void count_offers(struct counting *c, uint32_t exhibitor, const bool *counts) {
    const struct chain_report *report = c->view->report;
    struct chain_row offers = chain_row(&report->offers_by_exhibitor, exhibitor);
    const struct directory_filter *filter = c->filter;
    for (size_t i = 0; i < offers.count; i++) {
        struct chain_positions places = chain_places_of(report, offers.at[i].of);
        c->out->node[offers.at[i].of] += counts[DIRECTORY_NODE];
        for (size_t p = 0; p < places.count; p++) {
            uint32_t chain = chain_of_place(report, places.at[p]);
            uint8_t stage = report->place[places.at[p]].stage;
            if (counts[DIRECTORY_CHAIN] && c->chain_seen[chain] != exhibitor + 1 &&
                (filter->stage == CHAIN_STAGES || filter->stage == stage)) {
                c->chain_seen[chain] = exhibitor + 1;
                c->out->chain[chain]++;
            }
            if (counts[DIRECTORY_STAGE] && c->stage_seen[stage] != exhibitor + 1 &&
                (filter->chain == VIEW_NONE || filter->chain == chain)) {
                c->stage_seen[stage] = exhibitor + 1;
                c->out->stage[stage]++;
            }
        }
    }
}

static void count_pavilions(struct counting *c, uint32_t exhibitor) {
    for (uint32_t p = 0; p < c->view->pavilions; p++)
        c->out->pavilion[p] += directory_is_in_pavilion(c->view, exhibitor, p);
}

static void count_exhibitor(struct counting *c, uint32_t exhibitor, const bool *counts) {
    struct directory_facets *out = c->out;
    const struct view_exhibitor *e = &c->view->exhibitor[exhibitor];
    const struct view_organisation *o = &c->view->organisation[e->organisation];
    if (counts[DIRECTORY_COUNTRY] && o->country != VIEW_NONE)
        out->country[o->country]++;
    if (counts[DIRECTORY_REGION] && o->region != VIEW_NONE)
        out->region[o->region]++;
    if (counts[DIRECTORY_AREA] && e->area != VIEW_NONE)
        out->area[e->area]++;
    if (counts[DIRECTORY_LEAD] && e->lead != VIEW_NONE)
        out->lead[e->lead]++;
    out->size[kind_of_code(&kind_size, o->size)] += counts[DIRECTORY_SIZE];
    out->type[kind_of_code(&kind_exhibitor_type, e->type)] += counts[DIRECTORY_TYPE];
    if (counts[DIRECTORY_SEEN])
        out->seen[directory_is_returning(c->view, e->organisation) ? DIRECTORY_SEEN_RETURNING
                                                                   : DIRECTORY_SEEN_NEW]++;
    if (counts[DIRECTORY_PAVILION])
        count_pavilions(c, exhibitor);
    count_offers(c, exhibitor, counts);
}

static void look_at(struct counting *c, uint32_t exhibitor) {
    bool counts[DIRECTORY_KEYS], any = false;
    bool all = directory_takes(c->view, c->filter, exhibitor);
    for (int key = 0; key < DIRECTORY_KEYS; key++) {
        counts[key] =
            all || (c->is_set[key] && directory_takes(c->view, &c->other[key], exhibitor));
        c->out->without[key] += counts[key];
        any |= counts[key] && key != DIRECTORY_WORDS; /* which have no values */
    }
    c->out->exhibitors += all;
    if (any)
        count_exhibitor(c, exhibitor, counts);
}

static bool make_room(struct counting *c, struct arena *arena) {
    const struct view *view = c->view;
    const struct {
        uint32_t **array;
        uint32_t count;
    } rooms[] = {
        {&c->out->chain, view->chains},       {&c->out->node, view->nodes},
        {&c->out->country, view->countries},  {&c->out->region, view->regions},
        {&c->out->area, view->areas},         {&c->out->lead, view->exhibitors},
        {&c->out->pavilion, view->pavilions}, {&c->chain_seen, view->chains},
    };
    for (size_t i = 0; i < sizeof(rooms) / sizeof(rooms[0]); i++) {
        *rooms[i].array = arena_new(arena, (size_t)rooms[i].count + 1, sizeof(uint32_t));
        if (*rooms[i].array == NULL)
            return false;
    }
    return true;
}

enum err directory_facets_count(const struct view *view, const struct directory_filter *filter,
                                struct arena *arena, struct directory_facets *out,
                                struct errinfo *info) {
    struct counting c = {.view = view, .filter = filter, .out = out};
    *out = (struct directory_facets){0};
    if (!make_room(&c, arena))
        return err_memory(info);
    for (int key = 0; key < DIRECTORY_KEYS; key++) {
        c.is_set[key] = directory_filter_has(filter, (enum directory_key)key);
        c.other[key] = *filter;
        directory_filter_unset(&c.other[key], (enum directory_key)key);
    }
    for (uint32_t e = 0; e < view->exhibitors; e++)
        look_at(&c, e);
    return ERR_OK;
}
