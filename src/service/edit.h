/*
 * Editing: records made, changed and deleted by hand, several in one batch, by several people at
 * once who never overwrite each other unseen.
 *
 * A request is a list of operations on editable tables (edit_fields.h). Applying it checks every
 * field, the rules between fields and records (one current edition, leads without circles and of
 * the same edition, codes that are unique, dates in order, ...) and the rights of whoever acts,
 * and tells all faults at once, each with its operation and field. Nothing is written unless all
 * is right: the caller's batch is rolled back.
 *
 * Revisions: a record's revision is the id of the last line of the change log that touched it.
 * An update or delete names the revision that its form was filled from. When the record is newer,
 * the three states are compared field by field: what only others changed stays as they left it
 * (merged), what only this one changed is written, and a field that both changed to different
 * values is a conflict, told with the value before, theirs and yours, and who did it when.
 *
 * Ownership: outcomes, records and pages own their texts (_init/_release); requests are borrowed.
 * Thread rule: edit_apply belongs to the thread that holds the store's batch; reading to the
 * thread of its reader.
 */
#ifndef FAIRLEAD_SERVICE_EDIT_H
#define FAIRLEAD_SERVICE_EDIT_H

#include "base/arena.h"
#include "base/vec.h"
#include "service/edit_fields.h"

enum { EDIT_OPERATIONS_MAX = 1000, EDIT_LIST_MAX = 500, EDIT_FILTERS_MAX = 8 };

/* Requests --------------------------------------------------------------------------------------
 */

enum edit_verb { EDIT_CREATE, EDIT_UPDATE, EDIT_DELETE };

/* A field's new value as it came: the text of a text, date or word; the number of a number,
 * boolean or reference; STORE_NULL empties it. For a reference the text "$name" means the record
 * that an earlier operation of this name makes. Digits as text are taken for numbers, too. */
struct edit_setting {
    struct str field;
    struct store_value value;
};

struct edit_operation {
    enum edit_verb verb;
    struct str table;
    struct str name;  /* of a record made here, with its "$"; empty = not named */
    int64_t id;       /* of the record to change or delete; 0 with `name` = one made here */
    int64_t revision; /* that the form was filled from; 0 = whatever it is now */
    bool cascade;     /* of a delete: what the record owns goes with it */
    const struct edit_setting *settings;
    uint32_t setting_count;
};

struct edit_request {
    const struct edit_operation *operations;
    uint32_t operation_count;
};

/* Outcomes --------------------------------------------------------------------------------------
 */

/* What is wrong with an operation, in both languages. */
struct edit_fault {
    uint32_t operation;
    struct str field; /* empty = of the record */
    struct str words[LANGS];
};

struct edit_conflict {
    uint32_t operation;
    struct str field; /* empty = the record was deleted */
    struct store_value base, theirs, yours;
    struct str by; /* who changed it last */
    int64_t at_ms;
};

/* A field that others changed meanwhile and this request left alone: `value` is theirs. */
struct edit_merged {
    uint32_t operation;
    struct str field;
    struct store_value value;
    struct str by;
    int64_t at_ms;
};

/* A record that stands in the way of a delete. */
struct edit_referrer {
    uint32_t operation;
    const struct edit_table *table; /* NULL = one that is not edited here: see `table_name` */
    const char *table_name;
    int64_t id;
    struct str label[LANGS];
    bool owned; /* goes with the record when the delete cascades */
};

struct edit_result {
    const struct edit_table *table;
    int64_t id;
    int64_t revision; /* 0 after a delete */
    bool changed;     /* false = it was so already */
};

struct edit_outcome {
    struct arena arena; /* private: of all texts */
    VEC(struct edit_fault)
    faults;
    VEC(struct edit_conflict)
    conflicts;
    VEC(struct edit_merged)
    merged;
    VEC(struct edit_referrer)
    referrers;
    VEC(struct edit_result)
    results; /* one an operation, when all went well */
};

void edit_outcome_init(struct edit_outcome *outcome);
void edit_outcome_release(struct edit_outcome *outcome);

/*
 * Applies a request inside the open batch of a store. ERR_OK: all operations are done, and the
 * caller commits (or rolls back, for a dry run). ERR_INPUT: `faults` say what is wrong.
 * ERR_CONFLICT: `conflicts` or `referrers` say why. ERR_DENIED: the right is missing, in words.
 * ERR_NOT_FOUND: a record that is not there. ERR_LIMIT: more operations than EDIT_OPERATIONS_MAX.
 * After any of them the caller rolls back. Setting `current` on one edition takes it from the
 * others. O(operations * log records), and the history of records that others changed.
 */
enum err edit_apply(struct store *store, const struct access *access,
                    const struct edit_request *request, struct edit_outcome *outcome,
                    struct errinfo *info) ERR_CHECK;

/* The same with a batch of its own, for a store that this thread has to itself. `batch_id` is 0
 * when nothing was written: after a dry run, which tells everything, and when all was so already.
 */
enum err edit_run(struct store *store, const struct access *access, const struct store_batch *batch,
                  const struct edit_request *request, bool dry_run, struct edit_outcome *outcome,
                  int64_t *batch_id, struct errinfo *info) ERR_CHECK;

/* Reading ---------------------------------------------------------------------------------------
 */

struct edit_reference {
    const struct edit_field *field;
    struct str label[LANGS]; /* of the record that the field refers to, or the name of a place */
};

struct edit_record {
    const struct edit_table *table;
    int64_t id;
    int64_t revision;
    struct store_value values[STORE_COLUMNS_MAX]; /* by column */
    struct str label[LANGS];                      /* either may be empty */
    struct edit_reference *references;
    uint32_t reference_count;
    struct str changed_by; /* empty in lists, and without RIGHT_PERSON_READ in its place */
    int64_t changed_ms;    /* 0 in lists */
    bool may_write;        /* whoever reads has the right to change it */
};

/* One record, with its texts in the arena. ERR_NOT_FOUND; ERR_DENIED. O(log n). */
enum err edit_get(struct store_reader *reader, const struct access *access,
                  const struct edit_table *table, int64_t id, struct arena *arena,
                  struct edit_record *out, struct errinfo *info) ERR_CHECK;

struct edit_filter {
    const struct edit_field *field;
    struct store_value value; /* of a boolean or number an integer; STORE_NULL = empty */
};

struct edit_query {
    const struct edit_table *table;
    struct edit_filter filters[EDIT_FILTERS_MAX];
    uint32_t filter_count;
    struct str text; /* stands in the label or a text field, whatever its case; empty = all */
    int64_t after;   /* ids above this one: the last id of the page before */
    uint32_t limit;  /* 1 to EDIT_LIST_MAX */
};

struct edit_page {
    struct edit_record *records; /* by id */
    uint32_t count;
    uint32_t matched; /* in all, also on other pages */
    bool more;
};

/* A page of the records that a query finds, in the arena. O(records of the table). */
enum err edit_list(struct store_reader *reader, const struct access *access,
                   const struct edit_query *query, struct arena *arena, struct edit_page *out,
                   struct errinfo *info) ERR_CHECK;

/*
 * How a record is called, in both languages, in the arena: an exhibitor as its organisation, a
 * link as "input → output". Any logged table; "exhibitor 12" where nothing names it. O(log n).
 */
enum err edit_label(struct store_reader *reader, enum store_table table, int64_t id,
                    struct arena *arena, struct str label[LANGS], struct errinfo *info) ERR_CHECK;

/*
 * Where a record lies: its chains (in the arena) and its pavilion, for the roles that own only
 * those. A statement lies where its exhibitor does, an organisation where any of its exhibitors
 * does; an exhibitor in the chain of its area, else of its lead; a node in its chains.
 */
enum err edit_place(struct store_reader *reader, enum store_table table, int64_t id,
                    struct arena *arena, struct access_place *place,
                    struct errinfo *info) ERR_CHECK;

#endif
