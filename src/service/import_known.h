/*
 * What the store knows of organisations and exhibitors, for comparing a sheet with it.
 *
 * Plain arrays with dense indices; ids of the store are kept beside them. Loaded by
 * import_store.h, or made by hand in tests.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_KNOWN_H
#define FAIRLEAD_SERVICE_IMPORT_KNOWN_H

#include "base/arena.h"
#include "base/vec.h"

struct known_organisation {
    int64_t id;
    struct str name_en, name_zh;
    struct str country, region, parent_country; /* codes; empty = not known */
    struct str website, lei, registration, source;
    uint8_t size;              /* enum size_class */
    uint32_t exhibitors_first; /* known->exhibitors, by edition */
    uint32_t exhibitors;
    uint32_t names_first; /* known->names: aliases */
    uint32_t names;
};

struct known_exhibitor {
    int64_t id;
    uint32_t organisation;
    uint32_t edition; /* index into the words' editions */
    int64_t lead_id;  /* exhibitor id, 0 = none */
    struct str area;  /* code; empty = none */
    struct str offers_text, offers_text_zh, source, note;
    uint8_t type;           /* enum exhibitor_type */
    uint8_t basis;          /* enum offer_basis */
    uint32_t offers_first;  /* known->nodes: declared or confirmed, indices into the words' nodes */
    uint32_t offers, needs; /* needs follow the offers */
};

struct import_known {
    struct arena arena;
    VEC(struct known_organisation)
    organisations;
    VEC(struct known_exhibitor)
    exhibitors;
    VEC(struct str)
    names;
    VEC(uint32_t)
    nodes;
};

#endif
