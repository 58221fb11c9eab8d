/* Private to editing (edit*.c): rows copied out of the store, the state of a request being applied,
 * and the steps that its files share. */
#ifndef FAIRLEAD_SERVICE_EDIT_INTERNAL_H
#define FAIRLEAD_SERVICE_EDIT_INTERNAL_H

#include "service/edit.h"

struct edit_row {
    int64_t id;
    struct store_value values[STORE_COLUMNS_MAX];
};

struct edit_rows {
    enum store_table table;
    struct arena *arena;
    VEC(struct edit_row)
    list;
};

/* A record with its texts in the arena; ERR_NOT_FOUND. */
enum err edit_row_read(struct store_reader *reader, enum store_table table, int64_t id,
                       struct arena *arena, struct edit_row *out, struct errinfo *info) ERR_CHECK;
/* The records whose column equals `value`, appended to the list. */
enum err edit_rows_where(struct store_reader *reader, enum store_table table, uint32_t column,
                         struct store_value value, struct edit_rows *rows,
                         struct errinfo *info) ERR_CHECK;

/* A request being applied. */
struct editing {
    struct store *store;
    struct store_reader *reader; /* of the open batch */
    const struct access *access;
    const struct edit_request *request;
    struct edit_outcome *outcome;
    int64_t version;      /* of the store before the request: later lines are its own */
    int64_t *ids;         /* by operation: of the record it made or touched; 0 = it failed */
    bool *exists;         /* by operation: its record is there afterwards */
    bool editions_edited; /* whether one is current has to be looked at */
    bool short_of_memory; /* a fault could not be noted */
};

/* Notes a fault; words whose `ptr` is NULL count as lack of memory. */
void edit_complain(struct editing *e, uint32_t operation, const char *field, struct str en,
                   struct str zh);

/*
 * Reads a setting as a value of its field. False with a fault when it is none. References are
 * checked by edit_check_reference, areas by the rules, because they need the whole record.
 */
enum err edit_value_read(struct editing *e, uint32_t operation, const struct edit_field *field,
                         struct store_value given, struct store_value *out, bool *good,
                         struct errinfo *info) ERR_CHECK;

/* The rules of a whole record that is to be: faults are noted. `id` is 0 for a new one; `before` is
 * the record as it is, or NULL for a new one: a rule on fields that stay as they are is not asked,
 * because an import may have brought what an editor of another field cannot know. */
enum err edit_check_rules(struct editing *e, uint32_t operation, const struct edit_table *table,
                          int64_t id, const struct store_value *before,
                          const struct store_value *values, struct errinfo *info) ERR_CHECK;
/* After all operations: one edition is current. */
enum err edit_check_current(struct editing *e, struct errinfo *info) ERR_CHECK;
/* Takes `current` from all editions but `id`. */
enum err edit_make_current(struct editing *e, int64_t id, struct errinfo *info) ERR_CHECK;

/* What others did to a record since a revision. */
struct edit_past {
    bool known;                                   /* the revision is one of this record */
    bool deleted;                                 /* and it is gone */
    int64_t revision;                             /* the last line of the log, own ones included */
    struct store_value base[STORE_COLUMNS_MAX];   /* at that revision */
    struct store_value theirs[STORE_COLUMNS_MAX]; /* after the last line that is not our own */
    struct str by[STORE_COLUMNS_MAX];             /* who changed the column last */
    int64_t at_ms[STORE_COLUMNS_MAX];
    struct str last_by;
    int64_t last_ms;
};

/* Plays the log of a record; lines above `version` are our own. */
enum err edit_past_read(struct store_reader *reader, enum store_table table, int64_t id,
                        int64_t revision, int64_t version, struct arena *arena,
                        struct edit_past *out, struct errinfo *info) ERR_CHECK;

/* Deletes a record, and with `cascade` what it owns; ERR_CONFLICT with referrers. */
enum err edit_delete_record(struct editing *e, uint32_t operation, enum store_table table,
                            int64_t id, bool cascade, struct errinfo *info) ERR_CHECK;

#endif
