/*
 * Units as people write them ("t", "tonnes", "万吨", "GWh"), made comparable: each has a dimension
 * and a factor to its base unit. What is not in the table has none and is compared by its word.
 */
#ifndef FAIRLEAD_SERVICE_PARTNER_UNIT_H
#define FAIRLEAD_SERVICE_PARTNER_UNIT_H

#include <stdint.h>

#include "base/str.h"

enum partner_dimension {
    PARTNER_NO_DIMENSION,
    PARTNER_MASS,   /* kg */
    PARTNER_ENERGY, /* kWh */
    PARTNER_POWER,  /* kW */
    PARTNER_AREA,   /* square metres */
    PARTNER_LENGTH, /* metres */
    PARTNER_LIQUID, /* litres */
    PARTNER_PIECES,
    PARTNER_DIMENSIONS
};

struct partner_unit {
    uint32_t dimension; /* enum partner_dimension */
    double factor;      /* to the base unit */
};

/* The unit of a spelling; case and blanks around it do not matter, but MW and mW differ from
 * nothing that trades. O(table). */
struct partner_unit partner_unit_of(struct str text);

#endif
