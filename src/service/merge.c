/* Merging organisations: see merge.h. Records are read into small lists first and changed
 * afterwards. */
#include "service/merge.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/vec.h"
#include "service/accounts.h"
#include "service/merge_partners.h"

enum { MERGE_MAX_BYTES = 256 << 20 };

struct record {
    int64_t id;
    struct store_value values[STORE_COLUMNS_MAX];
};

struct records {
    enum store_table table;
    struct arena *arena;
    VEC(struct record)
    list;
};

static enum err add_record(void *ctx, int64_t id, const struct store_value *values,
                           struct errinfo *info) {
    struct records *records = ctx;
    struct record record = {.id = id};
    for (uint32_t c = 0; c < store_table_info(records->table)->columns; c++) {
        record.values[c] = values[c];
        if (values[c].kind != STORE_TEXT)
            continue;
        record.values[c].text = arena_copy(records->arena, values[c].text);
        if (record.values[c].text.ptr == NULL)
            return err_memory(info);
    }
    return vec_push(&records->list, record) ? ERR_OK : err_memory(info);
}

/* All records of a table whose column refers to `id`; the list is emptied first. */
static enum err read_where(struct store *store, struct records *records, enum store_table table,
                           uint32_t column, int64_t id, struct errinfo *info) {
    records->table = table;
    records->list.len = 0;
    return store_scan_equal(store_reader_of(store), table, column, store_int(id), add_record,
                            records, info);
}

static enum err read_one(struct store *store, struct records *records, enum store_table table,
                         int64_t id, struct record *out, struct errinfo *info) {
    records->table = table;
    records->list.len = 0;
    enum err code = store_get(store_reader_of(store), table, id, add_record, records, info);
    if (code == ERR_OK)
        *out = records->list.at[0];
    return code;
}

/* Points every record of `table` whose `column` is `from` at `to`. */
static enum err redirect(struct store *store, struct records *records, enum store_table table,
                         uint32_t column, int64_t from, int64_t to, struct errinfo *info) {
    enum err code = read_where(store, records, table, column, from, info);
    struct store_cell cell = {column, store_int(to)};
    for (size_t i = 0; i < records->list.len && code == ERR_OK; i++)
        code = store_update(store, table, records->list.at[i].id, &cell, 1, info);
    return code;
}

/* Fills the blank columns of `keep` from `other`; `skip` has a bit for each column to leave alone.
 */
static enum err fill_blanks(struct store *store, enum store_table table, const struct record *keep,
                            const struct record *other, uint32_t skip, struct errinfo *info) {
    struct store_cell cells[STORE_COLUMNS_MAX];
    uint32_t count = 0;
    for (uint32_t c = 0; c < store_table_info(table)->columns; c++)
        if ((skip >> c & 1) == 0 && keep->values[c].kind == STORE_NULL &&
            other->values[c].kind != STORE_NULL)
            cells[count++] = (struct store_cell){c, other->values[c]};
    return count > 0 ? store_update(store, table, keep->id, cells, count, info) : ERR_OK;
}

/* Moves the statements of one exhibitor to another; the surer basis of a repeated one wins. */
static enum err move_statements(struct store *store, struct arena *arena, int64_t from, int64_t to,
                                struct errinfo *info) {
    static const char *const bases[] = {"inferred", "declared", "confirmed"};
    struct records have = {.arena = arena}, moved = {.arena = arena};
    enum err code = read_where(store, &have, TABLE_STATEMENT, STATEMENT_EXHIBITOR_ID, to, info);
    if (code == ERR_OK)
        code = read_where(store, &moved, TABLE_STATEMENT, STATEMENT_EXHIBITOR_ID, from, info);
    for (size_t i = 0; i < moved.list.len && code == ERR_OK; i++) {
        const struct record *m = &moved.list.at[i], *twin = NULL;
        for (size_t j = 0; j < have.list.len; j++)
            if (store_value_equal(&have.list.at[j].values[STATEMENT_NODE_ID],
                                  &m->values[STATEMENT_NODE_ID]) &&
                store_value_equal(&have.list.at[j].values[STATEMENT_SIDE],
                                  &m->values[STATEMENT_SIDE]))
                twin = &have.list.at[j];
        struct store_cell owner = {STATEMENT_EXHIBITOR_ID, store_int(to)};
        if (twin == NULL) {
            code = store_update(store, TABLE_STATEMENT, m->id, &owner, 1, info);
            continue;
        }
        int rank[2] = {0, 0};
        for (int b = 0; b < 3; b++) {
            if (str_equal_c(twin->values[STATEMENT_BASIS].text, bases[b]))
                rank[0] = b;
            if (str_equal_c(m->values[STATEMENT_BASIS].text, bases[b]))
                rank[1] = b;
        }
        struct store_cell surer = {STATEMENT_BASIS, m->values[STATEMENT_BASIS]};
        if (rank[1] > rank[0])
            code = store_update(store, TABLE_STATEMENT, twin->id, &surer, 1, info);
        if (code == ERR_OK)
            code = store_delete(store, TABLE_STATEMENT, m->id, info);
    }
    vec_free(&have.list);
    vec_free(&moved.list);
    return code;
}

/* Both took part in one edition: `from` goes, `to` takes all it had. */
static enum err join_exhibitors(struct store *store, struct arena *arena, const struct record *to,
                                const struct record *from, struct errinfo *info) {
    struct records records = {.arena = arena};
    enum err code = move_statements(store, arena, from->id, to->id, info);
    if (code == ERR_OK)
        code =
            redirect(store, &records, TABLE_EXHIBITOR, EXHIBITOR_LEAD_ID, from->id, to->id, info);
    if (code == ERR_OK)
        code =
            redirect(store, &records, TABLE_EXHIBIT, EXHIBIT_EXHIBITOR_ID, from->id, to->id, info);
    if (code == ERR_OK)
        code =
            read_where(store, &records, TABLE_JOINT_STAND, JOINT_STAND_EXHIBITOR_ID, to->id, info);
    bool has_stand = records.list.len > 0;
    if (code == ERR_OK)
        code = redirect(store, &records, TABLE_PARTICIPANT, PARTICIPANT_EXHIBITOR_ID, from->id,
                        to->id, info);
    if (code == ERR_OK && !has_stand)
        code = redirect(store, &records, TABLE_JOINT_STAND, JOINT_STAND_EXHIBITOR_ID, from->id,
                        to->id, info);
    if (code == ERR_OK && has_stand)
        code = read_where(store, &records, TABLE_JOINT_STAND, JOINT_STAND_EXHIBITOR_ID, from->id,
                          info);
    for (size_t i = 0; has_stand && i < records.list.len && code == ERR_OK; i++)
        code = store_delete(store, TABLE_JOINT_STAND, records.list.at[i].id, info);
    /* The lead of the one that goes may now be the one that stays: no exhibitor leads itself. */
    uint32_t skip = from->values[EXHIBITOR_LEAD_ID].integer == to->id ? 1U << EXHIBITOR_LEAD_ID : 0;
    if (code == ERR_OK)
        code = fill_blanks(store, TABLE_EXHIBITOR, to, from, skip, info);
    if (code == ERR_OK && to->values[EXHIBITOR_LEAD_ID].kind == STORE_INTEGER &&
        to->values[EXHIBITOR_LEAD_ID].integer == from->id) {
        struct store_cell none = {EXHIBITOR_LEAD_ID, store_null()};
        code = store_update(store, TABLE_EXHIBITOR, to->id, &none, 1, info);
    }
    if (code == ERR_OK)
        code = store_delete(store, TABLE_EXHIBITOR, from->id, info);
    vec_free(&records.list);
    return code;
}

static enum err move_exhibitors(struct store *store, struct arena *arena, int64_t keep,
                                int64_t gone, struct errinfo *info) {
    struct records kept = {.arena = arena}, moved = {.arena = arena};
    enum err code =
        read_where(store, &kept, TABLE_EXHIBITOR, EXHIBITOR_ORGANISATION_ID, keep, info);
    if (code == ERR_OK)
        code = read_where(store, &moved, TABLE_EXHIBITOR, EXHIBITOR_ORGANISATION_ID, gone, info);
    for (size_t i = 0; i < moved.list.len && code == ERR_OK; i++) {
        const struct record *m = &moved.list.at[i], *twin = NULL;
        for (size_t j = 0; j < kept.list.len; j++)
            if (kept.list.at[j].values[EXHIBITOR_EDITION_ID].integer ==
                m->values[EXHIBITOR_EDITION_ID].integer)
                twin = &kept.list.at[j];
        struct store_cell owner = {EXHIBITOR_ORGANISATION_ID, store_int(keep)};
        code = twin == NULL ? store_update(store, TABLE_EXHIBITOR, m->id, &owner, 1, info)
                            : join_exhibitors(store, arena, twin, m, info);
    }
    vec_free(&kept.list);
    vec_free(&moved.list);
    return code;
}

static enum err add_alias(struct store *store, struct arena *arena, int64_t keep,
                          struct str language, struct str name, struct errinfo *info) {
    struct records names = {.arena = arena};
    enum err code = read_where(store, &names, TABLE_ORGANISATION_NAME,
                               ORGANISATION_NAME_ORGANISATION_ID, keep, info);
    bool known = name.len == 0;
    for (size_t i = 0; i < names.list.len; i++)
        known = known || str_equal(names.list.at[i].values[ORGANISATION_NAME_NAME].text, name);
    vec_free(&names.list);
    if (code != ERR_OK || known)
        return code;
    struct store_cell cells[] = {{ORGANISATION_NAME_ORGANISATION_ID, store_int(keep)},
                                 {ORGANISATION_NAME_LANGUAGE, store_text(language)},
                                 {ORGANISATION_NAME_KIND, store_text(STR("alias"))},
                                 {ORGANISATION_NAME_NAME, store_text(name)}};
    int64_t id;
    return store_insert(store, TABLE_ORGANISATION_NAME, cells, 4, &id, info);
}

/* The names of the one that goes become further names of the one that stays. */
static enum err move_names(struct store *store, struct arena *arena, const struct record *keep,
                           const struct record *gone, struct errinfo *info) {
    static const struct {
        uint32_t column;
        const char *language;
    } own[] = {{ORGANISATION_NAME_EN, "en"}, {ORGANISATION_NAME_ZH, "zh"}};
    struct records names = {.arena = arena};
    enum err code = ERR_OK;
    for (size_t i = 0; i < 2 && code == ERR_OK; i++) {
        struct store_value mine = keep->values[own[i].column], other = gone->values[own[i].column];
        if (other.kind == STORE_TEXT && mine.kind == STORE_TEXT &&
            !store_value_equal(&mine, &other))
            code = add_alias(store, arena, keep->id, str_of(own[i].language), other.text, info);
    }
    if (code == ERR_OK)
        code = read_where(store, &names, TABLE_ORGANISATION_NAME, ORGANISATION_NAME_ORGANISATION_ID,
                          gone->id, info);
    for (size_t i = 0; i < names.list.len && code == ERR_OK; i++) {
        const struct store_value *v = names.list.at[i].values;
        code = add_alias(store, arena, keep->id, v[ORGANISATION_NAME_LANGUAGE].text,
                         v[ORGANISATION_NAME_NAME].text, info);
    }
    vec_free(&names.list);
    return code;
}

static enum err check_pair(const struct record *keep, const struct record *gone,
                           struct errinfo *info) {
    const struct record *both[] = {keep, gone};
    if (keep->id == gone->id)
        return err_set(info, ERR_INPUT, "an organisation cannot be merged with itself");
    for (size_t i = 0; i < 2; i++)
        if (both[i]->values[ORGANISATION_MERGED_INTO].kind != STORE_NULL) {
            err_set(info, ERR_CONFLICT, "organisation %lld was merged into %lld already",
                    (long long)both[i]->id,
                    (long long)both[i]->values[ORGANISATION_MERGED_INTO].integer);
            err_hint(info, "To take that back: fairlead unmerge DB %lld", (long long)both[i]->id);
            return ERR_CONFLICT;
        }
    return ERR_OK;
}

enum err merge_in_batch(struct store *store, int64_t keep, int64_t gone, struct errinfo *info) {
    struct arena arena;
    struct records records = {.arena = &arena};
    struct record kept, other;
    arena_init(&arena, MERGE_MAX_BYTES);
    enum err code = read_one(store, &records, TABLE_ORGANISATION, keep, &kept, info);
    if (code == ERR_OK)
        code = read_one(store, &records, TABLE_ORGANISATION, gone, &other, info);
    if (code == ERR_OK)
        code = check_pair(&kept, &other, info);
    if (code == ERR_OK)
        code = move_exhibitors(store, &arena, keep, gone, info);
    if (code == ERR_OK)
        code = merge_partners(store, &arena, keep, gone, info);
    if (code == ERR_OK)
        code = move_names(store, &arena, &kept, &other, info);
    uint32_t skip = 1U << ORGANISATION_MERGED_INTO;
    /* A region belongs to its country: it is not taken without it. */
    if (code == ERR_OK && kept.values[ORGANISATION_COUNTRY].kind != STORE_NULL &&
        !store_value_equal(&kept.values[ORGANISATION_COUNTRY], &other.values[ORGANISATION_COUNTRY]))
        skip |= 1U << ORGANISATION_REGION;
    if (code == ERR_OK)
        code = fill_blanks(store, TABLE_ORGANISATION, &kept, &other, skip, info);
    struct store_cell merged = {ORGANISATION_MERGED_INTO, store_int(keep)};
    if (code == ERR_OK)
        code = store_update(store, TABLE_ORGANISATION, gone, &merged, 1, info);
    /* What was merged into the one that goes now points to the one that stays. */
    if (code == ERR_OK)
        code =
            read_where(store, &records, TABLE_ORGANISATION, ORGANISATION_MERGED_INTO, gone, info);
    for (size_t i = 0; i < records.list.len && code == ERR_OK; i++)
        code = store_update(store, TABLE_ORGANISATION, records.list.at[i].id, &merged, 1, info);
    vec_free(&records.list);
    arena_release(&arena);
    return code;
}

enum err merge_organisations(struct store *store, const struct store_batch *by, int64_t keep,
                             int64_t gone, int64_t *batch_id, struct errinfo *info) {
    char note[96];
    snprintf(note, sizeof(note), "organisation %lld into %lld", (long long)gone, (long long)keep);
    struct store_batch batch = *by;
    batch.kind = "merge";
    batch.note = str_of(note);
    enum err code = store_begin(store, &batch, batch_id, info);
    if (code != ERR_OK)
        return code;
    code = merge_in_batch(store, keep, gone, info);
    if (code == ERR_OK)
        code = store_commit(store, info);
    else
        store_rollback(store);
    return code;
}

struct last_merge {
    int64_t batch_id;
};

static enum err note_merge(void *ctx, const struct store_change *change, struct errinfo *info) {
    struct last_merge *last = ctx;
    if (str_equal_c(change->batch_kind, "merge") && change->undone_by == 0 &&
        str_find(change->after, STR("\"merged_into\":")) != SIZE_MAX)
        last->batch_id = change->batch_id;
    return ERR_OK;
}

enum err merge_take_back(struct store *store, const struct store_batch *by, int64_t gone,
                         int64_t *batch_id, struct errinfo *info) {
    struct last_merge last = {0};
    enum err code = store_each_change(store_reader_of(store), 0, TABLE_ORGANISATION, gone,
                                      note_merge, &last, info);
    if (code == ERR_OK && last.batch_id == 0) {
        err_set(info, ERR_NOT_FOUND, "organisation %lld is not merged into another",
                (long long)gone);
        err_hint(info, "'fairlead log DB' lists the merges.");
        return ERR_NOT_FOUND;
    }
    return code == ERR_OK ? undo_batch(store, by, last.batch_id, batch_id, info) : code;
}

/* A revoked token must not come back, and an administrator's role not go, by an undo. */
static enum err refuse_accounts(void *ctx, const struct store_change *change,
                                struct errinfo *info) {
    if (!accounts_own(store_table_by_name(change->entity)))
        return ERR_OK;
    err_set(info, ERR_CONFLICT, "batch %lld changed accounts, roles or tokens",
            (long long)change->batch_id);
    err_hint(info, "Such changes are not taken back: an administrator changes them again.");
    return ERR_CONFLICT;
}

enum err undo_batch(struct store *store, const struct store_batch *by, int64_t batch_id,
                    int64_t *undo_id, struct errinfo *info) {
    char note[64];
    snprintf(note, sizeof(note), "batch %lld taken back", (long long)batch_id);
    struct store_batch batch = *by;
    batch.kind = "undo";
    batch.note = str_of(note);
    batch.undo_of = batch_id;
    enum err code = store_begin(store, &batch, undo_id, info);
    if (code != ERR_OK)
        return code;
    code = store_each_change(store_reader_of(store), batch_id, STORE_TABLES, 0, refuse_accounts,
                             NULL, info);
    if (code == ERR_OK)
        code = store_undo(store, batch_id, info);
    if (code == ERR_OK)
        code = store_commit(store, info);
    else
        store_rollback(store);
    return code;
}

struct found_names {
    struct str wanted;
    int64_t id;
    uint32_t count;
    char ids[128];
};

static enum err match_name(void *ctx, int64_t id, const struct store_value *values,
                           struct errinfo *info) {
    struct found_names *found = ctx;
    if (values[ORGANISATION_MERGED_INTO].kind != STORE_NULL)
        return ERR_OK;
    bool equal = false;
    for (uint32_t c = ORGANISATION_NAME_EN; c <= ORGANISATION_NAME_ZH; c++)
        equal = equal ||
                (values[c].kind == STORE_TEXT && str_equal_nocase(values[c].text, found->wanted));
    if (!equal)
        return ERR_OK;
    size_t used = strlen(found->ids);
    snprintf(found->ids + used, sizeof(found->ids) - used, "%s%lld", used > 0 ? ", " : "",
             (long long)id);
    found->id = id;
    found->count++;
    return ERR_OK;
}

static enum err exists(void *ctx, int64_t id, const struct store_value *values,
                       struct errinfo *info) {
    *(int64_t *)ctx = id;
    return ERR_OK;
}

enum err merge_find(struct store_reader *reader, struct str text, int64_t *id,
                    struct errinfo *info) {
    int64_t number;
    if (str_to_i64(text, &number))
        return store_get(reader, TABLE_ORGANISATION, number, exists, id, info);
    struct found_names found = {.wanted = text};
    enum err code = store_scan(reader, TABLE_ORGANISATION, match_name, &found, info);
    if (code != ERR_OK)
        return code;
    if (found.count == 0) {
        err_set(info, ERR_NOT_FOUND, "no organisation is named \"%.*s\"", STR_ARG(text));
        err_hint(
            info,
            "Give its exact name or its id ('fairlead export DB --as exhibitors' lists them).");
        return ERR_NOT_FOUND;
    }
    if (found.count > 1) {
        err_set(info, ERR_CONFLICT, "%u organisations are named \"%.*s\"", found.count,
                STR_ARG(text));
        err_hint(info, "Use an id: %s.", found.ids);
        return ERR_CONFLICT;
    }
    *id = found.id;
    return ERR_OK;
}
