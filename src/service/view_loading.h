/* Private to service/view*.c: what the parts of view_load share. */
#ifndef FAIRLEAD_SERVICE_VIEW_LOADING_H
#define FAIRLEAD_SERVICE_VIEW_LOADING_H

#include "base/vec.h"
#include "model/kinds.h"
#include "service/view.h"

/* Texts of a million organisations with their offers; above it, the machine rather than the view is
 * too small. */
#define VIEW_TEXT_MAX_BYTES ((size_t)8 << 30)

enum { LOADING_KNOWN = 1024, LOADING_SHORT_MAX = 48 };

/* A statement of any edition, before it goes to the register or to the past. */
struct loading_claims {
    VEC(uint32_t)
    of; /* exhibitor, or organisation in the past */
    VEC(uint32_t)
    node;
    VEC(uint8_t)
    basis;
};

/* A node in a chain, before members are sorted by chain. */
struct loading_member {
    uint32_t chain, node;
    uint8_t stage, role;
    bool final;
};

struct loading {
    struct view *view;
    struct store_reader *reader;
    const struct job *job;
    int64_t edition_id;

    struct str known[LOADING_KNOWN]; /* short texts copied last, by hash; ptr NULL = none */
    struct u64_map node_by_id, chain_by_id, scenario_by_id, edition_by_id, area_by_id,
        pavilion_by_id;
    struct u64_map programme_by_id; /* until the programme is sorted */
    struct str_map country_by_code, region_by_code;
    /* Exhibitor of another edition -> position in `past_exhibitors`. */
    struct u64_map past_by_id;
    VEC(struct view_attendance)
    past_exhibitors;

    VEC(struct view_edition)
    editions;
    VEC(struct view_country)
    countries;
    VEC(struct view_region)
    regions;
    VEC(struct view_node)
    nodes;
    VEC(struct view_chain)
    chains;
    VEC(struct view_scenario)
    scenarios;
    VEC(struct view_part)
    parts;
    VEC(struct view_area)
    areas;
    VEC(struct view_pavilion)
    pavilions;
    VEC(struct view_text)
    texts;
    VEC(struct view_picture)
    pictures;
    VEC(struct view_organisation)
    organisations;
    VEC(struct view_name)
    other_names;
    VEC(struct view_exhibitor)
    exhibitors;
    VEC(struct view_exhibit)
    exhibits;
    VEC(struct view_programme_entry)
    programme;
    VEC(struct view_host)
    hosts;
    VEC(struct view_figure)
    figures; /* of all editions */
    VEC(struct view_attendance)
    attendances;

    VEC(uint32_t)
    link_input, link_output, link_group;
    VEC(uint8_t)
    link_kind;
    /* Members of all chains as they come, and the chain of each. */
    VEC(struct loading_member)
    members;
    struct loading_claims offers, needs, past_offers;
    VEC(uint32_t)
    past_edition;

    struct str foreign_rule; /* body of the rule in force; empty = none */
};

/* A copy of a text in the view's arena; `ok` becomes false when memory is short. */
struct str loading_text(struct loading *l, const struct store_value *value, bool *ok);
int64_t loading_int(const struct store_value *value);
/* The value of a code of a closed list (model/kinds.h), or 0 = not known. */
uint32_t loading_kind(const struct kind *kind, const struct store_value *value);
/* The dense index of a reference, or VIEW_NONE. */
uint32_t loading_ref(const struct u64_map *map, const struct store_value *value);

enum err loading_catalogue(struct loading *l, struct errinfo *info) ERR_CHECK;
enum err loading_editions(struct loading *l, struct str code, struct errinfo *info) ERR_CHECK;
/* Pavilions, programme and figures; after the editions. */
enum err loading_event(struct loading *l, struct errinfo *info) ERR_CHECK;
enum err loading_register(struct loading *l, struct errinfo *info) ERR_CHECK;
/* Ties pavilions and hosts to exhibits, members and exhibitors; after the register. */
enum err loading_links(struct loading *l, struct errinfo *info) ERR_CHECK;
/* Builds the engine's input from what was loaded; arrays go into the view's arena. */
enum err loading_input(struct loading *l, struct errinfo *info) ERR_CHECK;

#endif
