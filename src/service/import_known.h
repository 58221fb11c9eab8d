/*
 * What the store knows of organisations and exhibitors, for comparing a sheet with it.
 *
 * Plain arrays with dense indices; ids of the store are kept beside them. Merged organisations are
 * left out; their names lead to the organisation that took their place.
 *
 * Thread rule: read-only once loaded, any number of threads.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_KNOWN_H
#define FAIRLEAD_SERVICE_IMPORT_KNOWN_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

#define KNOWN_NONE UINT32_MAX

struct known_organisation {
    int64_t id;
    struct str name_en, name_zh;
    struct str country, region, parent_country; /* codes; empty = not known */
    struct str website, lei, registration, source;
    uint8_t size;             /* enum size_class */
    uint32_t first_exhibitor; /* known->exhibitors, linked by `next`; KNOWN_NONE = none */
    uint32_t first_name;      /* known->names, linked by `next` */
};

struct known_exhibitor {
    int64_t id;
    uint32_t organisation;
    uint32_t edition;         /* index into the words' editions */
    uint32_t next;            /* another one of the organisation, or KNOWN_NONE */
    uint32_t first_statement; /* known->statements, linked by `next` */
    int64_t lead_id;          /* exhibitor id, 0 = none */
    int64_t area_id;          /* 0 = none */
    int64_t pavilion_id;      /* 0 = none */
    struct str offers_text, offers_text_zh, source, note;
    uint8_t type;  /* enum exhibitor_type */
    uint8_t basis; /* enum offer_basis */
};

struct known_statement {
    int64_t id;
    uint32_t node; /* index into the words' nodes */
    uint32_t next;
    uint8_t side;  /* enum side */
    uint8_t basis; /* enum basis */
};

/* A name of an organisation, any of them. */
struct known_name {
    struct str name;
    uint32_t organisation;
    uint32_t next; /* another one of the organisation, or KNOWN_NONE */
};

struct import_known {
    VEC(struct known_organisation)
    organisations;
    VEC(struct known_exhibitor)
    exhibitors;
    VEC(struct known_statement)
    statements;
    VEC(struct known_name)
    names;
    struct str_map by_exact; /* exact key of a name -> organisation; see import_names.h */
    struct str_map by_core;  /* core key -> organisation, KNOWN_AMBIGUOUS when several have it */
    struct str_map by_lei, by_registration;
};

#define KNOWN_AMBIGUOUS (UINT32_MAX - 1)

void import_known_release(struct import_known *known);

/* Puts the names and identifiers of all organisations into the maps; keys live in `arena`.
 * O(names). */
enum err import_known_index(struct import_known *known, struct arena *arena,
                            struct errinfo *info) ERR_CHECK;

/* The exhibitor of an organisation in an edition, or KNOWN_NONE. O(its editions). */
uint32_t import_known_exhibitor(const struct import_known *known, uint32_t organisation,
                                uint32_t edition);

/* Whether the organisation bears exactly this name. O(its names). */
bool import_known_has_name(const struct import_known *known, uint32_t organisation,
                           struct str name);

/* The statement of an exhibitor about a node on one side, or KNOWN_NONE. O(its statements). */
uint32_t import_known_statement(const struct import_known *known, uint32_t exhibitor, uint32_t node,
                                uint8_t side);

#endif
