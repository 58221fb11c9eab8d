/*
 * A generator of realistic editions, for load tests, demonstrations and benchmarks.
 *
 * It writes the same sheets as data/sample (editions, areas, exhibitors, exhibits, joint stands,
 * pavilions, programme, figures), row by row, so that an edition of a million exhibitors needs no
 * more memory than its set of names (see below). Everything in it is made up: brand words come from
 * syllables, figures are counted from the rows written, and each row says "generated" as its
 * source. Any likeness with a real firm is chance.
 *
 * The shape follows the published figures of the 2nd edition: 32 % of the exhibitors from outside
 * the mainland (half of them from Europe and the United States), 400 partners to 620 exhibitors on
 * about 40 joint stands, areas of unequal size, about 70 conferences. A firm offers one to six
 * nodes of its area's chain, mostly one, some much sought after, others left to nobody on purpose
 * (about one node in fifteen). Partners offer what goes into the products of their lead exhibitor.
 *
 * The guests of honour, a country and two provinces, tell of themselves in every section, show
 * exhibits of their own in four fields (72 for a province at the real size) and hold a conference
 * together. Events have hours and rooms, no room twice at a time; a few are not yet dated, have no
 * hours yet, are tentative or cancelled.
 *
 * Invariants of the rows: names are unique in both languages, also without legal form, case and
 * punctuation, and no firm looks like another in other words; leads come before their partners and
 * are no partners themselves; what is offered is not needed by the same firm; dates lie inside the
 * edition. Rows asked for by duplicates_percent and errors_percent are the exceptions; the sheet
 * SAMPLE_EXPECTED names each of them.
 *
 * Deterministic: same catalogue, options and seed give the same bytes. One thread.
 * Time: about 3 us a row. Memory: about 250 bytes a row, for the names.
 */
#ifndef FAIRLEAD_SERVICE_SAMPLE_GENERATE_H
#define FAIRLEAD_SERVICE_SAMPLE_GENERATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/job.h"
#include "base/str.h"

enum sample_sheet {
    SAMPLE_EDITIONS,
    SAMPLE_AREAS,
    SAMPLE_EXHIBITORS,
    SAMPLE_EXHIBITS,
    SAMPLE_JOINT_STANDS,
    SAMPLE_PAVILIONS,
    SAMPLE_PAVILION_TEXTS,
    SAMPLE_PROGRAMME,
    SAMPLE_FIGURES,
    SAMPLE_EXPECTED, /* what an import should find: the planted duplicates and errors */
    SAMPLE_SHEETS
};

enum sample_stage { SAMPLE_UPSTREAM, SAMPLE_MIDSTREAM, SAMPLE_DOWNSTREAM };
enum sample_kind {
    SAMPLE_MATERIAL,
    SAMPLE_COMPONENT,
    SAMPLE_EQUIPMENT,
    SAMPLE_PRODUCT,
    SAMPLE_SERVICE
};

struct sample_node {
    struct str code, name_en, name_zh;
    struct str synonyms_en, synonyms_zh; /* separated by ; */
    enum sample_kind kind;
};

struct sample_chain {
    struct str code, name_en, name_zh;
};

/* The place of a node in a chain. */
struct sample_place {
    uint32_t chain, node;
    enum sample_stage stage;
    bool core; /* what the trade names first */
};

struct sample_link {
    uint32_t input, output; /* nodes */
};

struct sample_catalogue {
    const struct sample_node *nodes;
    const struct sample_chain *chains;
    const struct sample_place *places;
    const struct sample_link *links;
    uint32_t nodes_len, chains_len, places_len, links_len;
};

struct sample_options {
    uint64_t seed;
    uint32_t exhibitors; /* with a contract of their own; 1 to SAMPLE_EXHIBITORS_MAX */
    uint32_t partners;   /* brought by lead exhibitors; at most ten times as many */
    uint32_t edition;    /* the year, 1000 to 9999 */
    uint32_t
        duplicates_percent; /* further rows that spell an earlier exhibitor differently, 0 to 100 */
    uint32_t errors_percent; /* further rows with one wrong cell, 0 to 100 */
};

enum { SAMPLE_EXHIBITORS_MAX = 10000000 };

/* Takes one record of a sheet: CSV (RFC 4180) with its line feed. The first is the header. Records
 * of different sheets come mixed; the text is borrowed for the call. */
struct sample_sink {
    enum err (*write)(void *ctx, enum sample_sheet sheet, struct str record, struct errinfo *info);
    void *ctx;
};

/* File name of a sheet as in data/sample, for example "exhibitors.csv". */
const char *sample_sheet_file(enum sample_sheet sheet);

/*
 * Generates an edition into `sink`. Reports progress in exhibitors. ERR_INPUT for options or a
 * catalogue out of range, ERR_STOPPED when the job says so, ERR_MEMORY, or what the sink returned.
 */
enum err sample_generate(const struct sample_options *options,
                         const struct sample_catalogue *catalogue, struct sample_sink sink,
                         const struct job *job, struct errinfo *info) ERR_CHECK;

#endif
