/*
 * Applying a request. See edit.h.
 *
 * Operations run in order, each on the store as the ones before left it, so that a rule sees what
 * the request makes. A faulty operation is told and passed over, and the rest is still checked, so
 * that a form shows all its faults at once. Rights are asked twice: before a change, in the place
 * where the record is, and after all, in the place where it has come to be: nobody pushes a record
 * into or out of a chain or pavilion that is not theirs, and an organisation made together with its
 * exhibitor lies where that exhibitor stands.
 */
#include "service/edit_internal.h"
#include "service/participant_stand.h"

enum { OUTCOME_BYTES_MAX = 256 << 20 };

void edit_outcome_init(struct edit_outcome *outcome) {
    *outcome = (struct edit_outcome){.faults = {0}};
    arena_init(&outcome->arena, OUTCOME_BYTES_MAX);
}

void edit_outcome_release(struct edit_outcome *outcome) {
    vec_free(&outcome->faults);
    vec_free(&outcome->conflicts);
    vec_free(&outcome->merged);
    vec_free(&outcome->referrers);
    vec_free(&outcome->results);
    arena_release(&outcome->arena);
}

static enum err check_right(struct editing *e, const struct edit_table *table, int64_t id,
                            struct errinfo *info) {
    struct access_place place;
    if (access_has_all(e->access, table->right))
        return ERR_OK;
    enum err code = edit_place(e->reader, table->table, id, &e->outcome->arena, &place, info);
    return code == ERR_OK ? access_check(e->access, table->right, &place, info) : code;
}

/* The id behind "$name": of a record that an earlier operation made. -1 = it failed, with a fault
 * of its own; 0 = there is none. */
static int64_t id_of_name(const struct editing *e, uint32_t operation, struct str name) {
    for (uint32_t i = 0; i < operation; i++)
        if (e->request->operations[i].verb == EDIT_CREATE &&
            str_equal(e->request->operations[i].name, name))
            return e->ids[i] > 0 ? e->ids[i] : -1;
    return 0;
}

/* What a setting says: its field, and its value with "$name" in place. `field` is NULL after a
 * fault, or where the record it names failed. */
static enum err read_setting(struct editing *e, uint32_t operation, const struct edit_table *table,
                             const struct edit_setting *setting, const struct edit_field **field,
                             struct store_value *value, struct errinfo *info) {
    const struct edit_field *f = edit_field_by_name(table, setting->field);
    struct store_value given = setting->value;
    struct arena *arena = &e->outcome->arena;
    bool good = true;
    *field = NULL;
    if (f == NULL || (f->flags & EDIT_SHOWN) != 0) {
        edit_complain(e, operation, "",
                      arena_printf(arena, "%s has no field \"%.*s\" that can be written",
                                   table->label[LANG_EN], STR_ARG(setting->field)),
                      arena_printf(arena, "%s没有可写字段“%.*s”", table->label[LANG_ZH],
                                   STR_ARG(setting->field)));
        return ERR_OK;
    }
    if (f->kind == EDIT_REFERENCE && given.kind == STORE_TEXT && str_starts(given.text, STR("$"))) {
        int64_t id = id_of_name(e, operation, given.text);
        if (id < 0)
            return ERR_OK;
        given = store_ref(id);
        good = id > 0;
    }
    if (!good)
        edit_complain(e, operation, f->name,
                      arena_printf(arena, "%s: no earlier operation makes \"%.*s\"",
                                   f->label[LANG_EN], STR_ARG(setting->value.text)),
                      arena_printf(arena, "%s：前面没有操作创建“%.*s”", f->label[LANG_ZH],
                                   STR_ARG(setting->value.text)));
    enum err code = good ? edit_value_read(e, operation, f, given, value, &good, info) : ERR_OK;
    *field = good ? f : NULL;
    return code;
}

static enum err create(struct editing *e, uint32_t n, const struct edit_table *table,
                       struct errinfo *info) {
    const struct edit_operation *op = &e->request->operations[n];
    struct store_value values[STORE_COLUMNS_MAX] = {0};
    bool set[STORE_COLUMNS_MAX] = {false};
    size_t faults = e->outcome->faults.len;
    bool failed = false;
    enum err code = ERR_OK;
    if (table->table == TABLE_PICTURE)
        return err_set(info, ERR_INPUT, "a picture comes with its file, not as a record");
    for (uint32_t i = 0; i < op->setting_count && code == ERR_OK; i++) {
        const struct edit_field *field = NULL;
        struct store_value value;
        code = read_setting(e, n, table, &op->settings[i], &field, &value, info);
        failed = failed || field == NULL;
        if (field != NULL) {
            values[field->column] = value;
            set[field->column] = true;
        }
    }
    for (uint32_t i = 0; i < table->count && code == ERR_OK && !failed; i++) {
        const struct edit_field *field = &table->fields[i];
        bool good;
        if (!set[field->column] && (field->flags & EDIT_SHOWN) == 0)
            code = edit_value_read(e, n, field, store_null(), &values[field->column], &good, info);
    }
    if (code != ERR_OK || failed || e->outcome->faults.len > faults)
        return code;
    code = edit_check_rules(e, n, table, 0, NULL, values, info);
    if (code != ERR_OK || e->outcome->faults.len > faults)
        return code;
    struct store_cell cells[STORE_COLUMNS_MAX];
    uint32_t count = store_table_info(table->table)->columns;
    for (uint32_t c = 0; c < count; c++)
        cells[c] = (struct store_cell){c, values[c]};
    code = store_insert(e->store, table->table, cells, count, &e->ids[n], info);
    if (code == ERR_OK && table->table == TABLE_EXHIBITOR)
        code = participant_take_stand(e->store, e->ids[n], info);
    e->exists[n] = code == ERR_OK;
    if (code == ERR_OK && table->table == TABLE_EDITION && values[EDITION_CURRENT].integer == 1)
        code = edit_make_current(e, e->ids[n], info);
    return code;
}

/* Comparing with what others did ----------------------------------------------------------------
 */

static enum err note_conflict(struct editing *e, uint32_t n, const struct edit_field *field,
                              const struct edit_past *past, struct store_value yours,
                              struct errinfo *info) {
    struct edit_conflict conflict = {.operation = n,
                                     .field = str_of(field->name),
                                     .base = past->base[field->column],
                                     .theirs = past->theirs[field->column],
                                     .yours = yours,
                                     .by = past->by[field->column],
                                     .at_ms = past->at_ms[field->column]};
    return vec_push(&e->outcome->conflicts, conflict) ? ERR_OK : err_memory(info);
}

static enum err note_merged(struct editing *e, uint32_t n, const struct edit_field *field,
                            const struct edit_past *past, struct errinfo *info) {
    struct edit_merged merged = {.operation = n,
                                 .field = str_of(field->name),
                                 .value = past->theirs[field->column],
                                 .by = past->by[field->column],
                                 .at_ms = past->at_ms[field->column]};
    return vec_push(&e->outcome->merged, merged) ? ERR_OK : err_memory(info);
}

static bool changed_by_others(const struct edit_past *past, uint32_t column) {
    return past != NULL && !store_value_equal(&past->base[column], &past->theirs[column]);
}

/* The past of a record since the revision that an operation names, or NULL where nobody else
 * changed it. ERR_CONFLICT when it is gone. */
static enum err read_past(struct editing *e, uint32_t n, const struct edit_table *table, int64_t id,
                          struct edit_past *past, bool *changed, struct errinfo *info) {
    const struct edit_operation *op = &e->request->operations[n];
    int64_t revision;
    *changed = false;
    enum err code = store_revision(e->reader, table->table, id, &revision, info);
    if (code != ERR_OK)
        return code;
    if (revision == 0)
        return err_set(info, ERR_NOT_FOUND, "there is no %s %lld", table->name, (long long)id);
    if (e->exists[n] && (op->revision == 0 || op->revision == revision))
        return ERR_OK;
    code = edit_past_read(e->reader, table->table, id, op->revision, e->version, &e->outcome->arena,
                          past, info);
    if (code != ERR_OK)
        return code;
    if (!e->exists[n]) {
        struct edit_conflict gone = {.operation = n, .by = past->last_by, .at_ms = past->last_ms};
        if (!vec_push(&e->outcome->conflicts, gone))
            return err_memory(info);
        return ERR_OK;
    }
    if (!past->known)
        edit_complain(e, n, "", STR("The revision is none of this record"),
                      STR("修订号不属于该记录"));
    *changed = past->known;
    return ERR_OK;
}

/* Tells fields that others changed and this operation does not name. */
static enum err note_untouched(struct editing *e, uint32_t n, const struct edit_table *table,
                               const struct edit_past *past, const bool *named,
                               struct errinfo *info) {
    enum err code = ERR_OK;
    for (uint32_t i = 0; i < table->count && code == ERR_OK; i++)
        if (!named[table->fields[i].column] && changed_by_others(past, table->fields[i].column))
            code = note_merged(e, n, &table->fields[i], past, info);
    return code;
}

struct updating {
    const struct edit_past *past; /* NULL: nobody else changed it */
    struct edit_row row;
    struct store_cell cells[STORE_COLUMNS_MAX];
    uint32_t count;
    bool named[STORE_COLUMNS_MAX];
    bool stopped; /* a fault or a conflict */
};

/* One setting of an update: what is written, kept as theirs, or in conflict. */
static enum err update_field(struct editing *e, uint32_t n, const struct edit_table *table,
                             const struct edit_setting *setting, struct updating *u,
                             struct errinfo *info) {
    const struct edit_field *field = edit_field_by_name(table, setting->field);
    struct store_value value;
    /* What a form sends back as it was is not checked again: old records may break new rules. */
    if (field != NULL && store_value_equal(&setting->value, &u->row.values[field->column])) {
        u->named[field->column] = true;
        return ERR_OK;
    }
    enum err code = read_setting(e, n, table, setting, &field, &value, info);
    if (code != ERR_OK || field == NULL) {
        u->stopped = true;
        return code;
    }
    uint32_t column = field->column;
    u->named[column] = true;
    if (store_value_equal(&value, &u->row.values[column]))
        return ERR_OK;
    if (changed_by_others(u->past, column)) {
        if (store_value_equal(&value, &u->past->base[column]))
            return note_merged(e, n, field, u->past, info);
        u->stopped = true;
        return note_conflict(e, n, field, u->past, value, info);
    }
    if ((field->flags & EDIT_FIXED) != 0) {
        struct arena *arena = &e->outcome->arena;
        edit_complain(e, n, field->name,
                      arena_printf(arena, "%s: cannot be changed once the record is made",
                                   field->label[LANG_EN]),
                      arena_printf(arena, "%s：记录创建后不能修改", field->label[LANG_ZH]));
        u->stopped = true;
        return ERR_OK;
    }
    for (uint32_t i = 0; i < u->count; i++)
        if (u->cells[i].column == column) {
            u->cells[i].value = value;
            return ERR_OK;
        }
    u->cells[u->count++] = (struct store_cell){column, value};
    return ERR_OK;
}

static enum err update(struct editing *e, uint32_t n, const struct edit_table *table,
                       struct errinfo *info) {
    const struct edit_operation *op = &e->request->operations[n];
    struct updating u = {0};
    struct edit_past past;
    bool changed;
    size_t faults = e->outcome->faults.len, conflicts = e->outcome->conflicts.len;
    enum err code = read_past(e, n, table, e->ids[n], &past, &changed, info);
    if (code != ERR_OK || !e->exists[n] || e->outcome->faults.len > faults)
        return code;
    u.past = changed ? &past : NULL;
    code = edit_row_read(e->reader, table->table, e->ids[n], &e->outcome->arena, &u.row, info);
    for (uint32_t i = 0; i < op->setting_count && code == ERR_OK; i++)
        code = update_field(e, n, table, &op->settings[i], &u, info);
    if (code == ERR_OK && changed)
        code = note_untouched(e, n, table, &past, u.named, info);
    if (code != ERR_OK || u.stopped || e->outcome->conflicts.len > conflicts || u.count == 0)
        return code;
    struct store_value before[STORE_COLUMNS_MAX];
    memcpy(before, u.row.values, sizeof(before));
    for (uint32_t i = 0; i < u.count; i++)
        u.row.values[u.cells[i].column] = u.cells[i].value;
    code = edit_check_rules(e, n, table, e->ids[n], before, u.row.values, info);
    if (code != ERR_OK || e->outcome->faults.len > faults)
        return code;
    code = store_update(e->store, table->table, e->ids[n], u.cells, u.count, info);
    if (code == ERR_OK && table->table == TABLE_EDITION &&
        u.row.values[EDITION_CURRENT].integer == 1)
        code = edit_make_current(e, e->ids[n], info);
    return code;
}

static enum err remove_record(struct editing *e, uint32_t n, const struct edit_table *table,
                              struct errinfo *info) {
    struct edit_past past;
    bool changed;
    size_t faults = e->outcome->faults.len;
    enum err code = read_past(e, n, table, e->ids[n], &past, &changed, info);
    for (uint32_t i = 0; i < table->count && code == ERR_OK && changed; i++)
        if (changed_by_others(&past, table->fields[i].column))
            code = note_conflict(e, n, &table->fields[i], &past, store_null(), info);
    if (code != ERR_OK || !e->exists[n] || e->outcome->conflicts.len > 0 ||
        e->outcome->faults.len > faults)
        return code;
    code =
        edit_delete_record(e, n, table->table, e->ids[n], e->request->operations[n].cascade, info);
    e->exists[n] = false;
    return code;
}

static enum err found(void *ctx, int64_t id, const struct store_value *values,
                      struct errinfo *info) {
    (void)id, (void)values, (void)info;
    *(bool *)ctx = true;
    return ERR_OK;
}

/* Finds the record of a change or a delete and asks for the right in its place. */
static enum err find_record(struct editing *e, uint32_t n, const struct edit_table *table,
                            struct errinfo *info) {
    const struct edit_operation *op = &e->request->operations[n];
    e->ids[n] = op->id > 0 ? op->id : id_of_name(e, n, op->name);
    if (e->ids[n] == 0)
        return err_set(info, ERR_INPUT, "operation %u does not say which %s", n + 1, table->name);
    if (e->ids[n] < 0)
        return ERR_OK;
    enum err code = store_get(e->reader, table->table, e->ids[n], found, &e->exists[n], info);
    if (code == ERR_OK)
        return check_right(e, table, e->ids[n], info);
    /* What is gone may still be told to those who could have changed it. */
    return code == ERR_NOT_FOUND ? access_check(e->access, RIGHT_DESK_READ, NULL, info) : code;
}

static enum err apply_one(struct editing *e, uint32_t n, struct errinfo *info) {
    const struct edit_operation *op = &e->request->operations[n];
    const struct edit_table *table = edit_table_by_name(op->table);
    if (table == NULL)
        return err_set(info, ERR_INPUT, "operation %u: there is no table \"%.*s\" to edit", n + 1,
                       STR_ARG(op->table));
    e->editions_edited = e->editions_edited || table->table == TABLE_EDITION;
    if (!access_has(e->access, table->right))
        return access_check(e->access, table->right, NULL, info);
    if (op->verb == EDIT_CREATE)
        return create(e, n, table, info);
    enum err code = find_record(e, n, table, info);
    if (code != ERR_OK || e->ids[n] < 0)
        return code;
    return op->verb == EDIT_UPDATE ? update(e, n, table, info) : remove_record(e, n, table, info);
}

/* Rights in the places where records have come to be, and their revisions. */
static enum err finish(struct editing *e, struct errinfo *info) {
    enum err code = ERR_OK;
    for (uint32_t n = 0; n < e->request->operation_count && code == ERR_OK; n++) {
        const struct edit_table *table = edit_table_by_name(e->request->operations[n].table);
        struct edit_result result = {.table = table, .id = e->ids[n]};
        bool is_there = false;
        struct errinfo missing;
        /* A later operation may have deleted it. */
        if (e->exists[n] &&
            store_get(e->reader, table->table, e->ids[n], found, &is_there, &missing) == ERR_OK) {
            code = check_right(e, table, e->ids[n], info);
            if (code == ERR_OK)
                code = store_revision(e->reader, table->table, e->ids[n], &result.revision, info);
        }
        result.changed = !is_there || result.revision > e->version;
        if (code == ERR_OK && !vec_push(&e->outcome->results, result))
            code = err_memory(info);
    }
    return code;
}

/* The first fault or conflict in the words of the error. */
static enum err summarise(const struct editing *e, struct errinfo *info) {
    const struct edit_outcome *o = e->outcome;
    if (e->short_of_memory)
        return err_memory(info);
    if (o->faults.len > 0)
        return err_set(info, ERR_INPUT, "%.*s", STR_ARG(o->faults.at[0].words[LANG_EN]));
    if (o->conflicts.len > 0) {
        const struct edit_conflict *c = &o->conflicts.at[0];
        if (c->field.len == 0)
            return err_set(info, ERR_CONFLICT, "the record was deleted meanwhile by %.*s",
                           STR_ARG(c->by));
        return err_set(info, ERR_CONFLICT, "%.*s was changed meanwhile by %.*s", STR_ARG(c->field),
                       STR_ARG(c->by));
    }
    return ERR_OK;
}

enum err edit_apply(struct store *store, const struct access *access,
                    const struct edit_request *request, struct edit_outcome *outcome,
                    struct errinfo *info) {
    struct editing e = {.store = store,
                        .reader = store_reader_of(store),
                        .access = access,
                        .request = request,
                        .outcome = outcome};
    if (request->operation_count > EDIT_OPERATIONS_MAX)
        return err_set(info, ERR_LIMIT, "more than %d operations at once", EDIT_OPERATIONS_MAX);
    e.ids = arena_new(&outcome->arena, request->operation_count + 1, sizeof(*e.ids));
    e.exists = arena_new(&outcome->arena, request->operation_count + 1, sizeof(*e.exists));
    if (e.ids == NULL || e.exists == NULL)
        return err_memory(info);
    enum err code = store_version(e.reader, &e.version, info);
    for (uint32_t n = 0; n < request->operation_count && code == ERR_OK; n++)
        code = apply_one(&e, n, info);
    if (code == ERR_OK)
        code = summarise(&e, info);
    if (code == ERR_OK && e.editions_edited)
        code = edit_check_current(&e, info);
    if (code == ERR_OK)
        code = finish(&e, info);
    return code == ERR_OK ? summarise(&e, info) : code;
}

enum err edit_run(struct store *store, const struct access *access, const struct store_batch *batch,
                  const struct edit_request *request, bool dry_run, struct edit_outcome *outcome,
                  int64_t *batch_id, struct errinfo *info) {
    enum err code = store_begin(store, batch, batch_id, info);
    if (code != ERR_OK)
        return code;
    code = edit_apply(store, access, request, outcome, info);
    if (code != ERR_OK || dry_run || store_changes(store) == 0)
        *batch_id = 0;
    if (code == ERR_OK && !dry_run)
        return store_commit(store, info);
    store_rollback(store);
    return code;
}
