/*
 * Deleting: what refers to a record, and what goes with it. See edit_internal.h.
 *
 * Which columns refer to which table is read off the fields (EDIT_REFERENCE); the few references
 * from elsewhere, and those by code instead of id, stand in a table here. What is owned goes first
 * when the delete cascades; anything else that refers to the record refuses it, by name.
 */
#include "service/edit_internal.h"

enum { REFERRERS_MAX = 100, DELETE_DEPTH_MAX = 8 };

/* References that are no field of an editable table. */
static const struct {
    enum store_table table;
    uint32_t column;
    enum store_table target;
    bool owned;
} elsewhere[] = {
    {TABLE_DUPLICATE_DECISION, DUPLICATE_DECISION_FIRST_ID, TABLE_ORGANISATION, true},
    {TABLE_DUPLICATE_DECISION, DUPLICATE_DECISION_SECOND_ID, TABLE_ORGANISATION, true},
    {TABLE_ROLE_GRANT, ROLE_GRANT_CHAIN_ID, TABLE_CHAIN, false},
    {TABLE_ROLE_GRANT, ROLE_GRANT_PAVILION_ID, TABLE_PAVILION, false},
    {TABLE_SEEK, SEEK_PARTICIPANT_ID, TABLE_PARTICIPANT, true},
    {TABLE_SEEK, SEEK_NODE_ID, TABLE_NODE, false},
    {TABLE_VOLUME, VOLUME_PARTICIPANT_ID, TABLE_PARTICIPANT, true},
    {TABLE_VOLUME, VOLUME_NODE_ID, TABLE_NODE, false},
    {TABLE_CONDITION, CONDITION_PARTICIPANT_ID, TABLE_PARTICIPANT, true},
    {TABLE_CONDITION, CONDITION_ORGANISATION_ID, TABLE_ORGANISATION, true},
    {TABLE_WISH, WISH_PARTICIPANT_ID, TABLE_PARTICIPANT, true},
    {TABLE_WISH, WISH_ORGANISATION_ID, TABLE_ORGANISATION, true},
    {TABLE_AGREEMENT, AGREEMENT_FIRST_ID, TABLE_ORGANISATION, true},
    {TABLE_AGREEMENT, AGREEMENT_SECOND_ID, TABLE_ORGANISATION, true},
    {TABLE_AGREEMENT, AGREEMENT_EDITION_ID, TABLE_EDITION, false},
    {TABLE_MATCH_SETTINGS, MATCH_SETTINGS_EDITION_ID, TABLE_EDITION, true},
    {TABLE_MATCH_WEIGHT, MATCH_WEIGHT_EDITION_ID, TABLE_EDITION, true},
    {TABLE_MATCH_ROUND, MATCH_ROUND_EDITION_ID, TABLE_EDITION, false},
    {TABLE_MATCH_PAIR, MATCH_PAIR_FIRST_ID, TABLE_PARTICIPANT, false},
    {TABLE_MATCH_PAIR, MATCH_PAIR_SECOND_ID, TABLE_PARTICIPANT, false},
    {TABLE_MATCH_DRAFT, MATCH_DRAFT_FIRST_ID, TABLE_ORGANISATION, true},
    {TABLE_MATCH_DRAFT, MATCH_DRAFT_SECOND_ID, TABLE_ORGANISATION, true},
    {TABLE_REGISTRATION_LINK, REGISTRATION_LINK_EDITION_ID, TABLE_EDITION, true},
};

struct deleting {
    struct editing *e;
    uint32_t operation;
    bool cascade;
    bool refused;
};

static enum err delete_at(struct deleting *d, enum store_table table, int64_t id, uint32_t depth,
                          struct errinfo *info);

static enum err refuse(struct deleting *d, enum store_table table, int64_t id, bool owned,
                       struct errinfo *info) {
    struct edit_referrer referrer = {.operation = d->operation,
                                     .table = edit_table_of(table),
                                     .table_name = store_table_info(table)->name,
                                     .id = id,
                                     .owned = owned};
    d->refused = true;
    if (d->e->outcome->referrers.len >= REFERRERS_MAX)
        return ERR_OK;
    enum err code =
        edit_label(d->e->reader, table, id, &d->e->outcome->arena, referrer.label, info);
    if (code == ERR_OK && !vec_push(&d->e->outcome->referrers, referrer))
        code = err_memory(info);
    return code;
}

/* Handles the records of `table` whose column is `value`. */
static enum err visit(struct deleting *d, enum store_table table, uint32_t column,
                      struct store_value value, bool owned, const int64_t *edition, uint32_t depth,
                      struct errinfo *info) {
    struct edit_rows rows = {.arena = &d->e->outcome->arena};
    enum err code = edit_rows_where(d->e->reader, table, column, value, &rows, info);
    for (size_t i = 0; i < rows.list.len && code == ERR_OK; i++) {
        const struct edit_row *row = &rows.list.at[i];
        /* EXHIBIT_EDITION_ID and PROGRAMME_ENTRY_EDITION_ID are the first columns. */
        if (edition != NULL && row->values[0].integer != *edition)
            continue;
        code = owned && d->cascade ? delete_at(d, table, row->id, depth + 1, info)
                                   : refuse(d, table, row->id, owned, info);
    }
    vec_free(&rows.list);
    return code;
}

/* References to an area by its code, within its edition. */
static enum err visit_codes(struct deleting *d, int64_t id, struct errinfo *info) {
    struct edit_row row;
    enum err code = edit_row_read(d->e->reader, TABLE_AREA, id, &d->e->outcome->arena, &row, info);
    if (code == ERR_OK)
        code = visit(d, TABLE_PROGRAMME_ENTRY, PROGRAMME_ENTRY_AREA, row.values[AREA_CODE], false,
                     &row.values[AREA_EDITION_ID].integer, 0, info);
    if (code == ERR_OK)
        code = visit(d, TABLE_EXHIBIT, EXHIBIT_FIELD, row.values[AREA_CODE], false,
                     &row.values[AREA_EDITION_ID].integer, 0, info);
    return code;
}

/* References to a country or region by its code. */
static enum err visit_place_codes(struct deleting *d, enum store_table table, int64_t id,
                                  struct errinfo *info) {
    struct edit_row row;
    size_t tables;
    const struct edit_table *t = edit_tables(&tables);
    enum err code = edit_row_read(d->e->reader, table, id, &d->e->outcome->arena, &row, info);
    struct store_value place =
        row.values[table == TABLE_COUNTRY ? (uint32_t)COUNTRY_CODE : (uint32_t)REGION_CODE];
    enum edit_kind kind = table == TABLE_COUNTRY ? EDIT_COUNTRY : EDIT_REGION;
    for (size_t i = 0; i < tables && code == ERR_OK; i++)
        for (uint32_t f = 0; f < t[i].count && code == ERR_OK; f++)
            if (t[i].fields[f].kind == kind || t[i].fields[f].kind == EDIT_PLACE)
                code = visit(d, t[i].table, t[i].fields[f].column, place, false, NULL, 0, info);
    return code;
}

static enum err visit_all(struct deleting *d, enum store_table table, int64_t id, uint32_t depth,
                          struct errinfo *info) {
    size_t tables;
    const struct edit_table *t = edit_tables(&tables);
    enum err code = ERR_OK;
    for (size_t i = 0; i < tables && code == ERR_OK; i++)
        for (uint32_t f = 0; f < t[i].count && code == ERR_OK; f++) {
            const struct edit_field *field = &t[i].fields[f];
            if (field->kind == EDIT_REFERENCE && field->target == table)
                code = visit(d, t[i].table, field->column, store_int(id),
                             (field->flags & EDIT_OWNED) != 0, NULL, depth, info);
        }
    for (size_t i = 0; i < sizeof(elsewhere) / sizeof(elsewhere[0]) && code == ERR_OK; i++)
        if (elsewhere[i].target == table)
            code = visit(d, elsewhere[i].table, elsewhere[i].column, store_int(id),
                         elsewhere[i].owned, NULL, depth, info);
    if (code == ERR_OK && table == TABLE_AREA)
        code = visit_codes(d, id, info);
    if (code == ERR_OK && (table == TABLE_COUNTRY || table == TABLE_REGION))
        code = visit_place_codes(d, table, id, info);
    return code;
}

static enum err delete_at(struct deleting *d, enum store_table table, int64_t id, uint32_t depth,
                          struct errinfo *info) {
    const struct edit_table *t = edit_table_of(table);
    if (depth > DELETE_DEPTH_MAX)
        return err_set(info, ERR_INTERNAL, "records own each other in a circle");
    enum err code = t != NULL && !access_has(d->e->access, t->right)
                        ? access_check(d->e->access, t->right, NULL, info)
                        : ERR_OK;
    bool refused = d->refused;
    d->refused = false;
    if (code == ERR_OK)
        code = visit_all(d, table, id, depth, info);
    if (code == ERR_OK && !d->refused)
        code = store_delete(d->e->store, table, id, info);
    d->refused = d->refused || refused;
    return code;
}

enum err edit_delete_record(struct editing *e, uint32_t operation, enum store_table table,
                            int64_t id, bool cascade, struct errinfo *info) {
    struct deleting d = {.e = e, .operation = operation, .cascade = cascade};
    enum err code = delete_at(&d, table, id, 0, info);
    if (code != ERR_OK || !d.refused)
        return code;
    bool all_owned = true;
    for (size_t i = 0; i < e->outcome->referrers.len; i++)
        all_owned = all_owned && e->outcome->referrers.at[i].owned;
    err_set(info, ERR_CONFLICT, "%s %lld is used by other records", store_table_info(table)->name,
            (long long)id);
    err_hint(info, all_owned ? "They belong to it and can be deleted with it."
                             : "Change or delete the records that refer to it first.");
    return ERR_CONFLICT;
}
