/*
 * The plan of an import: what a sheet of exhibitors would do to the store, before it does it.
 *
 * Reading is in stages, each in its own file: header (import_header.h), rows into clean records
 * with findings (import_rows.c, import_record.c), names found again (import_names.h: lead
 * exhibitors, same firms), comparison with the store (import_diff.h), report (import_report.h).
 * Nothing is written here.
 *
 * A record of the sheet ends in exactly one class (enum import_class); the classes' counts add up
 * to `records`.
 *
 * Ownership: all texts live in the plan's arena. Thread rule: one thread at a time while it is
 * built, then read-only. Memory: about 400 bytes a record besides its texts.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_PLAN_H
#define FAIRLEAD_SERVICE_IMPORT_PLAN_H

#include "base/job.h"
#include "exchange/table_read.h"
#include "service/import_header.h"
#include "service/import_words.h"

enum {
    IMPORT_NAME_CHARS_MAX = 300, /* longer "names" are texts in the wrong column */
    IMPORT_DETAILS_MAX = 100000, /* findings kept with their words; the rest is counted */
    IMPORT_TIMES_MAX = 200,      /* no expo had more editions */
};

#define IMPORT_NONE UINT32_MAX

/* What becomes of a record. */
enum import_class {
    IMPORT_NEW,       /* not in the store */
    IMPORT_CHANGED,   /* in the store, something is different */
    IMPORT_UNCHANGED, /* in the store as it is here */
    IMPORT_ERROR,     /* has wrong cells */
    IMPORT_SKIPPED,   /* no exhibitor: empty, header again, total line */
    IMPORT_CONFLICT,  /* contradicts another record about the same firm */
    IMPORT_DUPLICATE, /* probably the same firm as another record; the human decides */
    IMPORT_CLASSES,
};

struct import_exhibitor {
    struct str name_en, name_zh;
    struct str offers_text, offers_text_zh;
    struct str lead_name, pavilion;
    struct str source, website, lei, registration, note;
    uint64_t editions; /* bit per edition of the words */
    uint32_t record;   /* from 1 after the header */
    uint32_t line;     /* of the file, or row of the spreadsheet */
    uint32_t country;  /* index into the words' countries, or IMPORT_NONE */
    uint32_t parent_country;
    uint32_t area;        /* first row of the area's code in the words, or IMPORT_NONE */
    uint32_t nodes_first; /* plan->nodes: offers, then needs */
    uint16_t offers, needs;
    uint32_t inferred_first; /* plan->inferred; set by import_infer */
    uint32_t inferred;
    uint32_t lead;       /* index of the record that is the lead exhibitor, or IMPORT_NONE */
    uint32_t lead_known; /* the same in the store: index into known organisations, or IMPORT_NONE */
    uint32_t known;      /* the organisation of the store it is, or IMPORT_NONE */
    uint32_t same_as;    /* the earlier record of the same firm (other editions), or IMPORT_NONE */
    char region[8];      /* ISO 3166-2, empty = not known */
    uint8_t size;        /* enum size_class */
    uint8_t type;        /* enum exhibitor_type */
    uint8_t basis;       /* enum offer_basis */
    uint8_t filled;      /* number of fields with content */
    uint8_t class_of;    /* enum import_class */
};

enum import_finding_kind {
    FINDING_ERROR,
    FINDING_WARNING, /* imported all the same; somebody should look */
    FINDING_SKIP,
    FINDING_CONFLICT,
    FINDING_DUPLICATE,
};

struct import_finding {
    enum import_finding_kind kind;
    uint32_t record;
    uint32_t line;
    uint32_t column; /* of the sheet, or IMPORT_NONE */
    uint32_t field;  /* enum exhibitor_field, or FIELD_NONE */
    struct str value;
    struct str message;  /* what is wrong, or the reason */
    struct str expected; /* what was expected and how to mend it */
    uint32_t of_record;  /* of a conflict or duplicate: the other record, 0 = one of the store */
    uint32_t of_line;
    struct str of_name; /* the other firm's name; empty = not told */
    int64_t of_id;      /* organisation of the store, or 0 */
    uint32_t fields;    /* of a conflict: bit per contradicting field */
    uint32_t reasons;   /* of a duplicate: enum names_reason */
    float score;        /* of a duplicate: 0 to 1 */
};

/* An offer read out of a row's texts. */
struct import_inferred {
    int64_t node_id;
    struct str evidence;
};

/* One value that would change. */
struct import_change {
    uint32_t row;             /* plan->rows */
    uint32_t field;           /* enum exhibitor_field */
    struct str edition_code;  /* empty for a field of the organisation */
    struct str before, after; /* as the store writes them; `before` may be empty */
};

struct import_amendments; /* import_stream.h */

struct import_options {
    enum sheet_id sheet; /* SHEETS = guess; the plan is for exhibitors only */
    const struct header_override *overrides;
    uint32_t override_count;
    uint32_t edition; /* index of the edition where the sheet does not say one, or IMPORT_NONE */
    const struct import_amendments *amendments; /* NULL = none */
    const char
        *path; /* of the sheet's file, beside which a folder "pictures" may be; NULL = none */
};

struct import_plan {
    struct arena arena;
    struct header_map map;
    long header_line;
    VEC(struct import_exhibitor)
    rows; /* errors and conflicts included, skipped ones not */
    VEC(uint32_t)
    nodes; /* indices into the words' nodes */
    VEC(struct import_inferred)
    inferred;    /* by row */
    bool infers; /* the sheet has no column of nodes: they were read out of its texts */
    VEC(struct import_finding)
    findings; /* by record */
    VEC(struct import_change)
    changes; /* by row; at most IMPORT_DETAILS_MAX */
    uint64_t records;
    uint64_t hidden; /* of the records: in rows that the spreadsheet does not show */
    uint64_t counts[IMPORT_CLASSES];
    uint64_t warnings;
    uint64_t errors;  /* single findings; a record may have several */
    uint64_t dropped; /* findings over IMPORT_DETAILS_MAX */
    uint32_t default_edition;
};

void import_plan_init(struct import_plan *plan);
void import_plan_release(struct import_plan *plan);

/*
 * Reads the whole table and makes clean records and findings: cells, skipped rows, leads inside the
 * sheet. Then import_diff compares with the store. ERR_INPUT when there is no header, no
 * edition is known, or the table itself is broken; ERR_STOPPED by the job. O(cells).
 */
enum err import_plan_read(struct import_plan *plan, struct table *table,
                          const struct header_words *headers, const struct import_words *words,
                          const struct import_options *options, const struct job *job,
                          struct errinfo *info) ERR_CHECK;

/* Adds a finding; the texts are copied. Over IMPORT_DETAILS_MAX it is counted only. */
enum err import_plan_add(struct import_plan *plan, const struct import_finding *finding,
                         struct errinfo *info) ERR_CHECK;

/* Puts the findings into the order of the records. O(n log n). */
void import_plan_sort(struct import_plan *plan);

/* Sets the class of a record and keeps the counts right. */
void import_plan_classify(struct import_plan *plan, struct import_exhibitor *row,
                          enum import_class class_of);

/* Whether the facts of a row come into the store. */
bool import_plan_writes(const struct import_exhibitor *row);

/* The row of a record, or IMPORT_NONE. O(log n). */
uint32_t import_plan_row(const struct import_plan *plan, uint32_t record);

/* The word for a class, as reports print it. */
const char *import_class_name(enum import_class class_of);

#endif
