/*
 * Countries, regions, and what counts as foreign.
 *
 * "Country" is always "country or region" (国家/地区). The rows belong to the organiser: they stand
 * in the store, their first content is data/model/countries.csv and regions.csv. Here they are
 * looked up by any spelling: codes (ISO 3166-1 alpha-2, alpha-3, M49), names and other names.
 *
 * Life cycle: place_table_init over rows that outlive it, lookups, place_table_release.
 * Thread rule: any number of readers.
 */
#ifndef FAIRLEAD_MODEL_PLACE_H
#define FAIRLEAD_MODEL_PLACE_H

#include "model/kinds.h"
#include "model/vocab.h"

struct country {
    struct str code;   /* ISO 3166-1 alpha-2 */
    struct str alpha3; /* ISO 3166-1 alpha-3; may be empty */
    struct str m49;    /* UN M49, three digits; may be empty */
    struct str name_en;
    struct str name_zh;
    struct str other_names; /* separated by ; */
};

struct region {
    struct str code;    /* ISO 3166-2 */
    struct str country; /* alpha-2 */
    struct str name_en;
    struct str name_zh;
    struct str other_names; /* separated by ; */
};

#define PLACE_NONE UINT32_MAX /* no country, no region */

struct place_table {
    const struct country *countries;
    const struct region *regions;
    uint32_t country_count;
    uint32_t region_count;
    struct vocab country_words; /* value: index of the country */
    struct vocab region_words;  /* value: index of the region */
    uint32_t *twin; /* country -> the region that is the same place (Hong Kong), or PLACE_NONE */
};

enum err place_table_init(struct place_table *t, const struct country *countries,
                          uint32_t country_count, const struct region *regions,
                          uint32_t region_count, struct errinfo *info) ERR_CHECK;
void place_table_release(struct place_table *t);

/*
 * The country or region that `text` names, in one language or several at once ("德国 Germany"). A
 * blank cell gives PLACE_NONE and ERR_OK; an unknown name is ERR_INPUT with the nearest one as the
 * hint.
 */
enum err place_find_country(const struct place_table *t, struct str text, uint32_t *country,
                            struct errinfo *info) ERR_CHECK;

/*
 * The region that `text` names, by code or name, also at the front of a longer address
 * ("广东省深圳市") or with the word for its kind ("Zhejiang Province"). Only the countries whose
 * regions are in the table have names; of the others the code is accepted: see
 * place_is_region_code. A blank gives PLACE_NONE and ERR_OK; an unknown name ERR_INPUT with the
 * nearest one as the hint.
 */
enum err place_find_region(const struct place_table *t, struct str text, uint32_t *region,
                           struct errinfo *info) ERR_CHECK;

/* Whether `text` has the form of ISO 3166-2 (two letters, a hyphen, one to three letters or digits)
 * and begins with the code of a country of the table. Writes the code in capitals to `code` (7
 * bytes). */
bool place_is_region_code(const struct place_table *t, struct str text, char code[7]);

/* Whether the table holds regions of this country, so that an unknown name is a mistake. */
bool place_has_regions(const struct place_table *t, struct str country_code);

/*
 * Whether two statements of country and region can be the same place: equal, or one of them
 * missing, or one written as country (Hong Kong) and the other as region of a country (CN, CN-HK).
 * Codes; empty = missing.
 */
bool place_agrees(const struct place_table *t, struct str country_a, struct str region_a,
                  struct str country_b, struct str region_b);

/* What counts as foreign: versioned data, because the rules of fairs differ and change. */
struct foreign_rule {
    uint32_t version;
    struct str
        body; /* domestic countries; then regions of them that are not: "CN;CN-HK CN-MO CN-TW" */
};

/*
 * Whether an organisation of this country and region (codes; empty = not known) is domestic. A
 * missing country is taken from the region; without both the origin is unknown.
 */
enum origin foreign_rule_apply(const struct foreign_rule *rule, struct str country,
                               struct str region);

#endif
