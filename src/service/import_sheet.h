/*
 * Kinds of sheets that can be imported, with their fields.
 *
 * A field is a position in its sheet's list; for the exhibitor sheet the positions are an enum,
 * because its reader is written by hand. The names are stable: they are the headers of our own
 * files, stand in kept mappings and are what `--map "Header=field"` takes.
 *
 * Thread rule: constants only, any thread.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_SHEET_H
#define FAIRLEAD_SERVICE_IMPORT_SHEET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum sheet_id {
    SHEET_EXHIBITORS,
    SHEET_EDITIONS,
    SHEET_AREAS,
    SHEET_PAVILIONS,
    SHEET_PAVILION_TEXTS,
    SHEET_PICTURES,
    SHEET_PROGRAMME,
    SHEET_FIGURES,
    SHEET_EXHIBITS,
    SHEET_EXHIBITOR_NOTES,
    SHEET_JOINT_STANDS,
    SHEET_NODES,
    SHEET_LINKS,
    SHEET_ALTERNATIVES,
    SHEET_CHAINS,
    SHEET_CHAIN_NODES,
    SHEET_SCENARIOS,
    SHEET_SCENARIO_NODES,
    SHEET_COUNTRIES,
    SHEET_REGIONS,
    SHEETS,
};

/* Fields of the exhibitor sheet. */
enum exhibitor_field {
    FIELD_NAME_EN,
    FIELD_NAME_ZH,
    FIELD_COUNTRY,
    FIELD_REGION,
    FIELD_SIZE,
    FIELD_TYPE,
    FIELD_LEAD,
    FIELD_AREA,
    FIELD_PAVILION,
    FIELD_EDITIONS,
    FIELD_OFFERS_TEXT,
    FIELD_OFFERS_TEXT_ZH,
    FIELD_OFFERS_NODES,
    FIELD_NEEDS_NODES,
    FIELD_BASIS,
    FIELD_SOURCE,
    FIELD_WEBSITE,
    FIELD_LEI,
    FIELD_REGISTRATION,
    FIELD_PARENT_COUNTRY,
    FIELD_NOTE,
    FIELD_FIRST_YEAR, /* check only */
    FIELD_TIMES,      /* check only */
    EXHIBITOR_FIELDS,
};

enum { SHEET_FIELDS_MAX = 32 };

#define FIELD_NONE UINT32_MAX         /* a column that means nothing known */
#define FIELD_IGNORE (UINT32_MAX - 1) /* a column that is left out on purpose (row numbers) */

/* The language of a field that comes in two of them. */
enum field_language { LANGUAGE_NONE, LANGUAGE_EN, LANGUAGE_ZH };

struct sheet_field {
    const char *name;
    enum field_language language;
    bool required; /* no sheet of this kind is without it; of a pair of languages one is enough */
};

struct sheet_kind {
    const char *name;
    const struct sheet_field *fields;
    uint32_t count;
};

/* The fields of a sheet. */
const struct sheet_kind *sheet_kind_of(enum sheet_id sheet);

/* The kind of that name, or SHEETS. */
enum sheet_id sheet_by_name(struct str name);

/* The field of that name; "ignore" is FIELD_IGNORE, an unknown one FIELD_NONE. */
uint32_t sheet_field_by_name(const struct sheet_kind *kind, struct str name);

/* The name of a field, "ignore", or "" for FIELD_NONE. */
const char *sheet_field_name(const struct sheet_kind *kind, uint32_t field);

#endif
