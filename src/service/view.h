/*
 * The view: everything that is known of one edition, read once and never changed.
 *
 * Pages, commands, exports and the engines' inputs all read this one picture, so that they cannot
 * contradict each other. A view is loaded in one read transaction; ids of the database become dense
 * indices (VIEW_NONE = none), texts are borrowed from the view's arena, missing texts are empty.
 * Codes (stage, size, ...) are the enums of engine/chain/chain.h where an engine uses them, else
 * the words of the schema.
 *
 * `report` is the chain engine's answer for this edition.
 *
 * Ownership: view_load makes it, view_free frees it and all it points to.
 * Thread rule: read-only after loading; any number of threads.
 * Memory: about 200 bytes an organisation or exhibitor and 12 a statement, besides the texts.
 */
#ifndef FAIRLEAD_SERVICE_VIEW_H
#define FAIRLEAD_SERVICE_VIEW_H

#include "base/arena.h"
#include "base/job.h"
#include "base/map.h"
#include "engine/chain/chain.h"
#include "store/store.h"

enum { VIEW_NONE = UINT32_MAX };

/* Catalogue ------------------------------------------------------------------------------------ */

struct view_node {
    int64_t id;
    struct str code, kind, name_en, name_zh, hs2022, cpc21, synonyms_en, synonyms_zh;
};

struct view_chain {
    int64_t id;
    struct str code, name_en, name_zh, summary_en, summary_zh;
};

struct view_part {
    uint32_t node;
    uint32_t parent; /* position of the part it belongs to, in the scenario; VIEW_NONE = root */
    struct str part_en, part_zh;
};

struct view_scenario {
    int64_t id;
    struct str code, name_en, name_zh, summary_en, summary_zh;
    uint32_t part_first, parts; /* view->part[part_first] .. */
};

/* Editions ---------------------------------------------------------------------------------------
 */

struct view_edition {
    int64_t id;
    int64_t ordinal; /* 0 = not known */
    struct str code, name_en, name_zh, city_en, city_zh, venue_en, venue_zh, starts, ends;
    struct str theme_en, theme_zh, summary_en, summary_zh, website;
    struct str timezone; /* IANA name of its local time; empty = not known */
    bool register_complete;
    bool current;
    uint32_t exhibitors; /* in the register */
};

struct view_area {
    int64_t id;
    struct str code, kind, name_en, name_zh, novelty, qualifier, note, source;
    int64_t size_m2;             /* 0 = not reported */
    int64_t exhibitors_reported; /* 0 = not reported */
    uint32_t chain;              /* the chain of the same code, or VIEW_NONE */
    uint32_t exhibitors;         /* in the register */
};

/* A text of a pavilion: Markdown, at least one of the two languages. */
struct view_text {
    uint32_t pavilion;
    uint8_t section; /* enum pavilion_section */
    struct str text_en, text_zh, source;
};

/* A picture of a pavilion; its bytes are in the store under the digest. */
struct view_picture {
    int64_t id;
    uint32_t pavilion;
    struct str digest, format, alt_en, alt_zh, credit;
    int64_t width, height, position; /* position 0 = not given, after the others */
};

struct view_pavilion {
    int64_t id;
    struct str kind, name_en, name_zh, code, theme_en, theme_zh, qualifier, source;
    int64_t participants;             /* 0 = not reported */
    uint32_t text_first, texts;       /* view->text[text_first] .., by section */
    uint32_t picture_first, pictures; /* view->picture[picture_first] .., in their order */
    uint32_t exhibit_first, exhibits; /* view->pavilion_exhibit[exhibit_first] .. */
    uint32_t member_first, members;   /* view->member[member_first] .. */
    uint32_t hosting_first, hostings; /* view->hosting[hosting_first] .. */
};

/* Organisations and exhibitors
 * ----------------------------------------------------------------------- */

struct view_country {
    struct str code, name_en, name_zh;
};

struct view_region {
    struct str code, name_en, name_zh;
};

struct view_organisation {
    int64_t id;
    struct str name_en, name_zh, size, parent_country, website, lei, registration, source;
    uint32_t country;           /* view->country, or VIEW_NONE */
    uint32_t region;            /* view->region, or VIEW_NONE */
    uint32_t exhibitor;         /* its exhibitor in this edition, or VIEW_NONE */
    uint32_t name_first, names; /* further names: view->other_name[name_first] .. */
    uint8_t size_class;         /* enum chain_size */
    uint8_t origin;             /* enum chain_origin, by the foreign rule in force */
};

struct view_name {
    uint32_t organisation;
    struct str language, kind, name;
};

struct view_exhibitor {
    int64_t id;
    uint32_t organisation;
    uint32_t lead;     /* exhibitor, or VIEW_NONE */
    uint32_t area;     /* or VIEW_NONE */
    uint32_t pavilion; /* whose member it is, or VIEW_NONE */
    uint32_t partners; /* exhibitors it brought */
    struct str type, area_basis, offers_text, offers_text_zh, basis, attendance, note, source;
    uint32_t exhibit_first, exhibits; /* view->exhibit[exhibit_first] .. */
    /* Joint stand as reported; 0 and empty where nothing was. */
    int64_t joint_participants;
    struct str joint_qualifier, joint_note, joint_source;
};

struct view_exhibit {
    int64_t id;
    uint32_t exhibitor, pavilion, node; /* or VIEW_NONE */
    struct str field, name_en, name_zh, description_en, description_zh, debut, proof, basis, source;
    uint32_t area; /* the area whose code is the field, or VIEW_NONE */
};

/* A host of an event. The names come from the event; they lead to a pavilion or an exhibitor of the
 * edition where one bears that name. */
struct view_host {
    uint32_t entry; /* view->programme */
    struct str name_en, name_zh;
    uint32_t pavilion, exhibitor; /* or VIEW_NONE; at most one of them */
};

struct view_programme_entry {
    int64_t id;
    struct str code, time_of_day, kind, state, area, title_en, title_zh, summary_en, summary_zh;
    struct str starts, ends;         /* days; empty = not yet dated, one day */
    struct str start_time, end_time; /* HH:MM; empty = no time yet */
    struct str place_en, place_zh, note, source;
    struct str hosts_en, hosts_zh; /* as written; one by one in view->host */
    int64_t participants;          /* 0 = not reported */
    uint32_t area_index;           /* view->area, or VIEW_NONE */
    uint32_t host_first, hosts;    /* view->host[host_first] .., in the order of the invitation */
    uint32_t revision;             /* how often it was changed since it came in */
    int64_t changed_ms;            /* when last, 0 = not known */
};

struct view_figure {
    int64_t id;
    uint32_t edition; /* view->edition */
    struct str figure, value, unit, qualifier, state, as_of, definition_en, definition_zh, source;
};

/* An edition of an organisation, for "also at". */
struct view_attendance {
    uint32_t organisation;
    uint32_t edition; /* view->edition */
};

struct view {
    struct arena arena;
    int64_t version;        /* store_version when it was loaded */
    uint32_t edition_index; /* the edition shown: view->edition[edition_index] */

    struct view_edition *edition; /* all editions, by ordinal then code */
    uint32_t editions;
    struct view_country *country;
    uint32_t countries;
    struct view_region *region;
    uint32_t regions;

    struct view_node *node;
    uint32_t nodes;
    struct view_chain *chain;
    uint32_t chains;
    struct view_scenario *scenario;
    uint32_t scenarios;
    struct view_part *part; /* by scenario; a parent may stand after its part */
    uint32_t parts;

    struct view_area *area; /* of this edition */
    uint32_t areas;
    struct view_pavilion *pavilion; /* guests of honour first, then as they came */
    uint32_t pavilions;
    struct view_text *text; /* by pavilion and section */
    uint32_t texts;
    struct view_picture *picture; /* by pavilion and position */
    uint32_t pictures;
    uint32_t *pavilion_exhibit;             /* view->exhibit, by pavilion */
    uint32_t *member;                       /* view->exhibitor, by pavilion */
    uint32_t *hosting;                      /* view->programme, by pavilion that is a host */
    struct view_organisation *organisation; /* all that are not merged into another */
    uint32_t organisations;
    struct view_name *other_name; /* by organisation */
    uint32_t other_names;
    struct view_exhibitor *exhibitor; /* of this edition */
    uint32_t exhibitors;
    struct view_exhibit *exhibit; /* of this edition, by exhibitor; those without one last */
    uint32_t exhibits;
    struct view_programme_entry
        *programme; /* of this edition, by day and time; undated ones last */
    uint32_t programmes;
    struct view_host *host; /* by entry */
    uint32_t hosts;
    struct view_figure *every_figure; /* of all editions, by edition, then as they came */
    uint32_t every_figures;
    struct view_figure *figure; /* of this edition: a part of every_figure */
    uint32_t figures;
    struct view_attendance *attendance; /* of all editions, by organisation */
    uint32_t attendances;

    struct chain_input input; /* what the engine was given; arrays are the view's */
    struct chain_report *report;

    struct str_map node_by_code, chain_by_code, scenario_by_code, area_by_code;
    struct u64_map exhibitor_by_id, organisation_by_id;
};

/*
 * Loads an edition by its code; an empty code means the current edition, and where none is marked,
 * the latest. ERR_NOT_FOUND with the editions that exist; ERR_MEMORY; ERR_STORE. A database without
 * editions gives ERR_NOT_FOUND.
 */
enum err view_load(struct store_reader *reader, struct str edition_code, const struct job *job,
                   struct view **out, struct errinfo *info) ERR_CHECK;
/* The same for a reader whose transaction the caller has open: the batch that is being written
 * (store_reader_of), with all that it has done so far. */
enum err view_load_inside(struct store_reader *reader, struct str edition_code,
                          const struct job *job, struct view **out, struct errinfo *info) ERR_CHECK;
void view_free(struct view *view);

static inline const struct view_edition *view_this_edition(const struct view *view) {
    return &view->edition[view->edition_index];
}

static inline const struct view_organisation *view_organisation_of(const struct view *view,
                                                                   uint32_t exhibitor) {
    return &view->organisation[view->exhibitor[exhibitor].organisation];
}

/* The name to show in English: the English one, else the Chinese one. */
static inline struct str view_name_en(const struct view_organisation *organisation) {
    return organisation->name_en.len > 0 ? organisation->name_en : organisation->name_zh;
}

/* Where an event without a time stands among those of its day that have one: an hour as text, "~"
 * behind all; the time itself where there is one. */
struct str view_day_position(const struct view_programme_entry *entry);

/*
 * The publication of a figure of an edition to show first: an exact one before "over" and "about",
 * then the surest state (closing, confirmed, announced), then the latest day; NULL where none was
 * published. The others are as true: they stand beside it wherever it is shown.
 */
const struct view_figure *view_leading_figure(const struct view *view, uint32_t edition,
                                              struct str figure);

/* The same of "exhibitors_contracted": how many exhibitors the register should have. */
const struct view_figure *view_contracted(const struct view *view);

#endif
