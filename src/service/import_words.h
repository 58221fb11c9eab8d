/*
 * The words of an edition's world: what cells of a sheet may name.
 *
 * Places, areas, editions and catalogue nodes as the store knows them, made findable by code, by
 * name in both languages and by the short forms people use. Built once per import, then only read.
 *
 * Ownership: the rows given must outlive the words.
 * Thread rule: any number of readers.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_WORDS_H
#define FAIRLEAD_SERVICE_IMPORT_WORDS_H

#include "model/place.h"

enum { IMPORT_EDITIONS_MAX = 64 }; /* a set of editions is a 64-bit mask */

struct import_edition {
    struct str code;  /* "2024" */
    uint32_t ordinal; /* 2; 0 = not known */
    uint32_t year;    /* 2024; 0 = not known */
    struct str name_en, name_zh;
};

/* An area; the same code may come once per edition, with the names it had there. */
struct import_area {
    struct str code;
    struct str name_en, name_zh;
};

/* A pavilion of one edition. */
struct import_pavilion {
    uint32_t edition; /* index of the edition */
    struct str name_en, name_zh;
};

struct import_node {
    struct str code; /* "bat.cell" */
    struct str name_en, name_zh;
};

struct import_words_rows {
    const struct country *countries;
    uint32_t country_count;
    const struct region *regions;
    uint32_t region_count;
    const struct import_edition *editions; /* by year */
    uint32_t edition_count;
    const struct import_area *areas;
    uint32_t area_count;
    const struct import_pavilion *pavilions;
    uint32_t pavilion_count;
    const struct import_node *nodes;
    uint32_t node_count;
};

struct import_words {
    struct import_words_rows rows; /* read-only */
    struct place_table places;     /* read-only */
    struct vocab area_words;       /* private; value: first row of that code */
    struct vocab node_words;       /* private; value: index of the node */
    struct str_map node_codes;     /* private */
};

enum err import_words_init(struct import_words *w, const struct import_words_rows *rows,
                           struct errinfo *info) ERR_CHECK;
void import_words_release(struct import_words *w);

/*
 * The area that `text` names, as the first row with that code: by code or name, without "chain",
 * "area", 链, 展区 and the like, also shortened as long as one area only fits ("services"). A blank
 * is UINT32_MAX and ERR_OK; an unknown name ERR_INPUT with the names that are known.
 */
enum err import_words_area(const struct import_words *w, struct str text, uint32_t *area,
                           struct errinfo *info) ERR_CHECK;

/*
 * The set of editions (bit = index) that `text` lists: years, ordinals (第一届, 2nd, "second
 * edition"), also mixed, with any separator; a range takes the editions inside it. A blank is 0.
 * ERR_INPUT names the piece that is no edition.
 */
enum err import_words_editions(const struct import_words *w, struct str text, uint64_t *set,
                               struct errinfo *info) ERR_CHECK;

/* Called per node of a list, in order, each once. */
typedef enum err import_node_fn(void *ctx, uint32_t node, struct errinfo *info);

/*
 * The pavilion that bears this name, in either language, in that edition; UINT32_MAX when there is
 * none. ASCII letters are compared without their case. O(pavilions).
 */
uint32_t import_words_pavilion(const struct import_words *w, struct str name, uint32_t edition);

/*
 * The nodes that `text` lists: codes separated by blanks, semicolons, commas, 、 or line breaks;
 * names separated by anything but blanks. A blank cell lists none. ERR_INPUT names the piece that
 * is no node and the nearest one; nothing was reported then.
 */
enum err import_words_nodes(const struct import_words *w, struct str text, import_node_fn *fn,
                            void *ctx, struct errinfo *info) ERR_CHECK;

#endif
