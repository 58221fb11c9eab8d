/*
 * Header mapping: which column of somebody's sheet is which field of ours.
 *
 * A header is understood by the words of data/model/headers.csv: whole, or cut where the writing
 * changes between Han and other letters and at brackets and slashes ("首次参展年份 First year"),
 * all known parts together. Words for a language ("English", 中文, "(EN)") choose between the two
 * fields of a pair; without them the cells below decide. Every field is given to one column, the
 * surest first; what is left is listed as unknown, never dropped silently.
 *
 * The header row may stand below title lines; header_find looks among the first rows.
 *
 * Ownership: a header_map's texts live in the arena it was made with.
 * Thread rule: header_words are read-only once built; any number of threads.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_HEADER_H
#define FAIRLEAD_SERVICE_IMPORT_HEADER_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "service/import_sheet.h"

enum {
    HEADER_ROWS_MAX = 20,     /* the header row stands among the first rows of the sheet */
    HEADER_COLUMNS_MAX = 400, /* of a sheet that is imported */
};

struct header_words {
    struct arena arena;            /* private */
    struct str_map by_key[SHEETS]; /* private: key -> position in masks */
    VEC(uint32_t)
    masks; /* private: bit per field, the last bit for "ignore" */
};

/* Reads the synonyms from the text of data/model/headers.csv; ERR_INPUT names the bad line. */
enum err header_words_init(struct header_words *w, struct str csv, struct errinfo *info) ERR_CHECK;
void header_words_release(struct header_words *w);

/* A decision of the organiser, now or kept from earlier: this header is that field. */
struct header_override {
    struct str header;
    struct str field;
    bool kept; /* from an earlier import: a sheet without this header is no mistake */
};

/* How a column came to its field. */
enum header_how {
    HEADER_UNKNOWN,   /* no field */
    HEADER_EMPTY,     /* no header; no field */
    HEADER_DOUBLE,    /* means a field that another column gives already; no field */
    HEADER_AMBIGUOUS, /* may mean several fields; no field */
    HEADER_CHOSEN,    /* by an override */
    HEADER_EXACT,     /* a known word */
    HEADER_PARTS,     /* known parts */
    HEADER_GUESS,     /* a known word inside a longer one */
};

struct header_column {
    struct str header;
    uint32_t field; /* FIELD_NONE or FIELD_IGNORE where there is none */
    enum header_how how;
};

struct header_map {
    enum sheet_id sheet;
    struct header_column *columns;
    uint32_t column_count;
    uint32_t column_of[SHEET_FIELDS_MAX]; /* field -> column, or FIELD_NONE */
    uint32_t row;                         /* of the rows given: the header */
    uint32_t fields;                      /* number of fields found */
};

/* Cells of one of the first rows of a sheet. */
struct header_row {
    const struct str *cells;
    uint32_t count;
};

/*
 * Finds the header row among the first HEADER_ROWS_MAX of `rows` and maps its columns; further rows
 * serve as samples of the cells. `sheet` is the kind, or SHEETS to guess it from the headers.
 * ERR_INPUT when no row is a header of such a sheet, when an override names a header or field that
 * is not there; ERR_LIMIT for too many columns. O(cells).
 */
enum err header_find(const struct header_words *w, enum sheet_id sheet,
                     const struct header_row *rows, uint32_t row_count,
                     const struct header_override *overrides, uint32_t override_count,
                     struct arena *arena, struct header_map *map, struct errinfo *info) ERR_CHECK;

/* "exact", "parts", "unknown", ... */
const char *header_how_name(enum header_how how);

#endif
