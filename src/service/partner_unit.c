/* The table of units; see partner_unit.h. Factors: ISO 80000, 亩 is 10,000/15 square metres. */
#include "service/partner_unit.h"

static const struct {
    const char *text;
    struct partner_unit unit;
} units[] = {
    {"kg", {PARTNER_MASS, 1}},         {"公斤", {PARTNER_MASS, 1}},
    {"千克", {PARTNER_MASS, 1}},       {"g", {PARTNER_MASS, 0.001}},
    {"t", {PARTNER_MASS, 1e3}},        {"ton", {PARTNER_MASS, 1e3}},
    {"tons", {PARTNER_MASS, 1e3}},     {"tonne", {PARTNER_MASS, 1e3}},
    {"tonnes", {PARTNER_MASS, 1e3}},   {"mt", {PARTNER_MASS, 1e3}},
    {"吨", {PARTNER_MASS, 1e3}},       {"万吨", {PARTNER_MASS, 1e7}},
    {"kt", {PARTNER_MASS, 1e6}},       {"kwh", {PARTNER_ENERGY, 1}},
    {"mwh", {PARTNER_ENERGY, 1e3}},    {"gwh", {PARTNER_ENERGY, 1e6}},
    {"千瓦时", {PARTNER_ENERGY, 1}},   {"兆瓦时", {PARTNER_ENERGY, 1e3}},
    {"吉瓦时", {PARTNER_ENERGY, 1e6}}, {"kw", {PARTNER_POWER, 1}},
    {"mw", {PARTNER_POWER, 1e3}},      {"gw", {PARTNER_POWER, 1e6}},
    {"千瓦", {PARTNER_POWER, 1}},      {"兆瓦", {PARTNER_POWER, 1e3}},
    {"吉瓦", {PARTNER_POWER, 1e6}},    {"m2", {PARTNER_AREA, 1}},
    {"m²", {PARTNER_AREA, 1}},         {"㎡", {PARTNER_AREA, 1}},
    {"平方米", {PARTNER_AREA, 1}},     {"ha", {PARTNER_AREA, 1e4}},
    {"公顷", {PARTNER_AREA, 1e4}},     {"亩", {PARTNER_AREA, 1e4 / 15}},
    {"m", {PARTNER_LENGTH, 1}},        {"km", {PARTNER_LENGTH, 1e3}},
    {"米", {PARTNER_LENGTH, 1}},       {"公里", {PARTNER_LENGTH, 1e3}},
    {"l", {PARTNER_LIQUID, 1}},        {"litre", {PARTNER_LIQUID, 1}},
    {"litres", {PARTNER_LIQUID, 1}},   {"升", {PARTNER_LIQUID, 1}},
    {"m3", {PARTNER_LIQUID, 1e3}},     {"m³", {PARTNER_LIQUID, 1e3}},
    {"立方米", {PARTNER_LIQUID, 1e3}}, {"piece", {PARTNER_PIECES, 1}},
    {"pieces", {PARTNER_PIECES, 1}},   {"pcs", {PARTNER_PIECES, 1}},
    {"unit", {PARTNER_PIECES, 1}},     {"units", {PARTNER_PIECES, 1}},
    {"set", {PARTNER_PIECES, 1}},      {"sets", {PARTNER_PIECES, 1}},
    {"件", {PARTNER_PIECES, 1}},       {"个", {PARTNER_PIECES, 1}},
    {"台", {PARTNER_PIECES, 1}},       {"套", {PARTNER_PIECES, 1}},
    {"辆", {PARTNER_PIECES, 1}},       {"只", {PARTNER_PIECES, 1}},
    {"万件", {PARTNER_PIECES, 1e4}},   {"万台", {PARTNER_PIECES, 1e4}},
    {"万套", {PARTNER_PIECES, 1e4}},   {"万辆", {PARTNER_PIECES, 1e4}},
};

struct partner_unit partner_unit_of(struct str text) {
    text = str_trim(text);
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
        if (str_equal_nocase(text, str_of(units[i].text)))
            return units[i].unit;
    return (struct partner_unit){PARTNER_NO_DIMENSION, 1};
}
