/*
 * The parts of the generator of editions that work together: firms, the market of nodes, names,
 * texts, and the sheets about the event. Private to this folder; see generate.h.
 */
#ifndef FAIRLEAD_SERVICE_SAMPLE_PARTS_H
#define FAIRLEAD_SERVICE_SAMPLE_PARTS_H

#include "base/buf.h"
#include "base/map.h"
#include "base/rng.h"
#include "service/sample/generate.h"
#include "service/sample/words.h"

enum {
    SAMPLE_NAME_MAX = 160,
    SAMPLE_OFFERS_MAX = 6, /* as the widest row of data/sample */
    SAMPLE_NEEDS_MAX = 3,
    SAMPLE_PAVILIONS_MAX = 24,
    SAMPLE_COUNTRIES_MAX = 128,
    SAMPLE_CONFERENCES = 70,
    SAMPLE_GUESTS = 3, /* a country and two provinces of honour */
    SAMPLE_NONE = UINT32_MAX,
};

/* A firm or institution that takes part. Texts without a name here are constants. */
struct sample_firm {
    char name_en[SAMPLE_NAME_MAX], name_zh[SAMPLE_NAME_MAX];
    char pavilion[SAMPLE_NAME_MAX]; /* whose member it is; empty = of none */
    const char *size, *type, *region;
    uint32_t country; /* sample_words.countries; SAMPLE_NONE = the mainland */
    uint32_t area;    /* chain, or chains_len for the international zone */
    uint32_t offers[SAMPLE_OFFERS_MAX], needs[SAMPLE_NEEDS_MAX];
    uint32_t offers_len, needs_len;
    uint32_t stand_m2;
};

/* ISO 3166-1 code of a firm. */
static inline const char *sample_firm_country(const struct sample_firm *firm) {
    return firm->country == SAMPLE_NONE ? "CN" : sample_words.countries[firm->country].code;
}

/* The market ------------------------------------------------------------------------------------
 */

/* Which nodes firms of a chain choose, and what goes into what. */
struct sample_market {
    const struct sample_catalogue *catalogue; /* borrowed */
    double *sought;                           /* cumulated weight of each place, by chain */
    uint32_t *place;                          /* places by chain */
    uint32_t *place_first;                    /* chains_len + 1 */
    uint32_t *input, *input_first;            /* inputs of each node, nodes_len + 1 */
    uint32_t *output, *output_first;          /* users of each node, nodes_len + 1 */
    bool *gap;                                /* nodes that nobody offers */
};

enum err sample_market_init(struct sample_market *m, const struct sample_catalogue *catalogue,
                            struct rng *rng, struct errinfo *info) ERR_CHECK;
void sample_market_release(struct sample_market *m);

/* Fills the firm's offers (its area's chain, its first node's neighbours) and, for some, needs. */
void sample_market_supply(const struct sample_market *m, struct rng *rng, struct sample_firm *firm);
/* Fills the offers of a partner with what goes into the lead's products. */
void sample_market_partner(const struct sample_market *m, struct rng *rng,
                           const struct sample_firm *lead, struct sample_firm *partner);

/* Names -----------------------------------------------------------------------------------------
 */

/* The names given so far, as hashes of their letters. */
struct sample_names {
    struct u64_map taken;
};

void sample_names_release(struct sample_names *names);

/* Gives the firm a new name, and a place to a firm of the mainland; `code` is its first node's. */
enum err sample_names_give(struct sample_names *names, struct rng *rng, struct str code,
                           struct sample_firm *firm, struct errinfo *info) ERR_CHECK;

/* Another spelling of a firm's name as untidy sheets have it: legal form, case, punctuation. */
void sample_names_respell(struct rng *rng, struct sample_firm *firm);

/* Texts -----------------------------------------------------------------------------------------
 */

/* Adds a cell to a CSV record, with a comma in front unless it is the first. The first cell of a
 * record must not be empty. */
void sample_cell(struct buf *record, struct str text);
void sample_cell_c(struct buf *record, const char *text);
void sample_cell_u64(struct buf *record, uint64_t number);
/* Ends the record, hands it on and empties the buffer. */
enum err sample_send(struct sample_sink sink, enum sample_sheet sheet, struct buf *record,
                     struct errinfo *info) ERR_CHECK;

/* Appends what a firm says of itself, in English and in Chinese. */
void sample_text_offers(struct rng *rng, const struct sample_catalogue *catalogue,
                        const struct sample_firm *firm, struct buf *en, struct buf *zh);
/* Appends the names of its exhibit number `index`; `node` is what it is. */
void sample_text_exhibit(struct rng *rng, const struct sample_node *node, uint32_t index,
                         struct buf *en, struct buf *zh);
/* Appends a claim about something of that kind, such as "12 models on show". */
void sample_text_claim(struct rng *rng, enum sample_kind kind, struct buf *en, struct buf *zh);

/* The event --------------------------------------------------------------------------------------
 */

/* What was counted while the rows were written; the figures come from here. */
struct sample_counts {
    uint64_t exhibitors, partners, foreign, institutions, exhibits, debuts, joint_stands;
    uint64_t *area_exhibitors, *area_m2; /* by area, chains_len + 1 */
    uint32_t countries, country_stands;
    bool country_seen[SAMPLE_COUNTRIES_MAX];
};

/* One run: what all parts share. */
struct sample_run {
    const struct sample_options *options;
    const struct sample_catalogue *catalogue;
    struct sample_sink sink;
    struct sample_market market;
    struct sample_names names;
    struct sample_counts counts;
    struct rng rng;
    struct buf record, en, zh;                /* scratch */
    char starts[16], ends[16];                /* days of the edition */
    char edition[8], source[64];              /* the year; "generated, seed N" */
    struct sample_firm guests[SAMPLE_GUESTS]; /* of honour, as far as there are pavilions */
    uint32_t guests_len;
    struct sample_firm *recent; /* earlier exhibitors, for duplicates */
    uint64_t *recent_record;    /* their records */
    uint32_t recent_len;
    uint64_t records; /* exhibitors written */
};

/* The days of an edition: five days in late November, those of 2024 as they were. */
void sample_event_days(struct sample_run *run);
/* The header of every sheet. */
enum err sample_event_headers(struct sample_run *run, struct errinfo *info) ERR_CHECK;
/* The sheets about the whole: edition, areas, programme, figures; after all exhibitors. */
enum err sample_event_write(struct sample_run *run, struct errinfo *info) ERR_CHECK;
/* The sheet of events; after all exhibitors, because some of them are hosts. */
enum err sample_programme_write(struct sample_run *run, struct errinfo *info) ERR_CHECK;

/* The pavilion number `index` as a firm, with its rows: itself, its texts, the exhibits of a guest
 * of honour; `participants` 0 = not said. */
enum err sample_pavilion_write(struct sample_run *run, uint32_t index, uint32_t participants,
                               struct sample_firm *firm, struct errinfo *info) ERR_CHECK;

/* One exhibit: number `index` of its firm (empty name: of nobody) or pavilion (empty: in none);
 * counted among the exhibits and debuts. */
struct sample_exhibit {
    const char *exhibitor, *pavilion;
    struct str field;
    uint32_t node, index;
};
enum err sample_exhibit_write(struct sample_run *run, const struct sample_exhibit *exhibit,
                              struct errinfo *info) ERR_CHECK;

#endif
