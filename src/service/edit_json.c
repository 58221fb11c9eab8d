/* Editing in JSON: see edit_json.h. */
#include "service/edit_json.h"

static enum err fault_of(uint32_t n, const char *what, struct errinfo *info) {
    return err_set(info, ERR_INPUT, "operation %u: %s", n + 1, what);
}

static bool read_value(const struct json_value *json, struct store_value *out) {
    switch (json->kind) {
    case JSON_KIND_NULL:
        *out = store_null();
        return true;
    case JSON_KIND_BOOL:
        *out = store_int(json->boolean);
        return true;
    case JSON_KIND_INTEGER:
        *out = store_int(json->integer);
        return true;
    case JSON_KIND_TEXT:
        *out = store_text(json->text);
        return true;
    default:
        return false;
    }
}

static enum err read_settings(const struct json_value *values, uint32_t n, struct arena *arena,
                              struct edit_operation *op, struct errinfo *info) {
    if (values == NULL)
        return ERR_OK;
    if (values->kind != JSON_KIND_OBJECT)
        return fault_of(n, "\"values\" is no object", info);
    struct edit_setting *settings = arena_new(arena, values->count + 1, sizeof(*settings));
    if (settings == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < values->count; i++) {
        settings[i].field = values->keys[i];
        if (!read_value(&values->items[i], &settings[i].value))
            return err_set(info, ERR_INPUT,
                           "operation %u: \"%.*s\" is no text, whole number, true, false or null",
                           n + 1, STR_ARG(values->keys[i]));
    }
    op->settings = settings;
    op->setting_count = values->count;
    return ERR_OK;
}

static bool read_verb(struct str text, enum edit_verb *verb) {
    static const char *const verbs[] = {
        [EDIT_CREATE] = "create", [EDIT_UPDATE] = "update", [EDIT_DELETE] = "delete"};
    for (int v = 0; v < 3; v++)
        if (str_equal_c(text, verbs[v])) {
            *verb = (enum edit_verb)v;
            return true;
        }
    return false;
}

static enum err read_operation(const struct json_value *json, uint32_t n, struct arena *arena,
                               struct edit_operation *op, struct errinfo *info) {
    const struct json_value *verb = json_get(json, "op"), *table = json_get(json, "table");
    const struct json_value *id = json_get(json, "id"), *revision = json_get(json, "revision");
    const struct json_value *cascade = json_get(json, "cascade");
    if (json->kind != JSON_KIND_OBJECT)
        return fault_of(n, "is no object", info);
    if (verb == NULL || verb->kind != JSON_KIND_TEXT || !read_verb(verb->text, &op->verb))
        return fault_of(n, "\"op\" is none of create, update, delete", info);
    if (table == NULL || table->kind != JSON_KIND_TEXT)
        return fault_of(n, "\"table\" is needed", info);
    op->table = table->text;
    if (id != NULL && id->kind == JSON_KIND_INTEGER && id->integer > 0 && op->verb != EDIT_CREATE)
        op->id = id->integer;
    else if (id != NULL && id->kind == JSON_KIND_TEXT && str_starts(id->text, STR("$")))
        op->name = id->text;
    else if (id != NULL && id->kind != JSON_KIND_NULL)
        return fault_of(n, "\"id\" is neither a number nor a \"$name\"", info);
    if (revision != NULL && revision->kind == JSON_KIND_INTEGER && revision->integer > 0)
        op->revision = revision->integer;
    else if (revision != NULL && revision->kind != JSON_KIND_NULL)
        return fault_of(n, "\"revision\" is no number", info);
    if (cascade != NULL && cascade->kind != JSON_KIND_BOOL)
        return fault_of(n, "\"cascade\" is neither true nor false", info);
    op->cascade = cascade != NULL && cascade->boolean;
    return read_settings(json_get(json, "values"), n, arena, op, info);
}

enum err edit_request_read(const struct json_value *operations, struct arena *arena,
                           struct edit_request *out, struct errinfo *info) {
    if (operations == NULL || operations->kind != JSON_KIND_LIST || operations->count == 0)
        return err_set(info, ERR_INPUT, "\"operations\" is no list of operations");
    if (operations->count > EDIT_OPERATIONS_MAX)
        return err_set(info, ERR_LIMIT, "more than %d operations at once", EDIT_OPERATIONS_MAX);
    struct edit_operation *list = arena_new(arena, operations->count, sizeof(*list));
    enum err code = list != NULL ? ERR_OK : err_memory(info);
    for (uint32_t i = 0; i < operations->count && code == ERR_OK; i++)
        code = read_operation(&operations->items[i], i, arena, &list[i], info);
    *out = (struct edit_request){list, operations->count};
    return code;
}

/* Writing ---------------------------------------------------------------------------------------
 */

void edit_value_json(struct json_out *j, const struct edit_field *field,
                     const struct store_value *value) {
    if (value->kind == STORE_NULL)
        json_none(j);
    else if (value->kind == STORE_TEXT)
        json_text(j, value->text);
    else if (field != NULL && field->kind == EDIT_BOOLEAN)
        json_bool(j, value->integer != 0);
    else
        json_i64(j, value->integer);
}

static void add_words(struct json_out *j, const char *key, const char *const words[LANGS]) {
    json_key(j, key);
    json_open(j);
    json_key_text(j, "en", str_of(words[LANG_EN]));
    json_key_text(j, "zh", str_of(words[LANG_ZH]));
    json_close(j);
}

static void add_label(struct json_out *j, const char *key, const struct str label[LANGS]) {
    json_key(j, key);
    json_open(j);
    json_key_text(j, "en", label[LANG_EN]);
    json_key_text(j, "zh", label[LANG_ZH]);
    json_close(j);
}

void edit_record_json(struct json_out *j, const struct edit_record *record) {
    json_open(j);
    json_key_i64(j, "id", record->id);
    json_key_text(j, "table", str_of(record->table->name));
    json_key_i64(j, "revision", record->revision);
    add_label(j, "label", record->label);
    json_key(j, "values");
    json_open(j);
    for (uint32_t i = 0; i < record->table->count; i++) {
        const struct edit_field *field = &record->table->fields[i];
        json_key(j, field->name);
        edit_value_json(j, field, &record->values[field->column]);
    }
    json_close(j);
    json_key(j, "labels");
    json_open(j);
    for (uint32_t i = 0; i < record->reference_count; i++)
        add_label(j, record->references[i].field->name, record->references[i].label);
    json_close(j);
    if (record->changed_ms > 0) {
        json_key_text(j, "changed_by", record->changed_by);
        json_key_i64(j, "changed_ms", record->changed_ms);
    }
    json_key(j, "may_write");
    json_bool(j, record->may_write);
    json_close(j);
}

static const struct edit_field *field_of(const struct edit_request *request, uint32_t operation,
                                         struct str name) {
    const struct edit_table *table = edit_table_by_name(request->operations[operation].table);
    return table != NULL ? edit_field_by_name(table, name) : NULL;
}

static void add_faults(struct json_out *j, const struct edit_outcome *o) {
    json_key(j, "errors");
    json_open_list(j);
    for (size_t i = 0; i < o->faults.len; i++) {
        const struct edit_fault *fault = &o->faults.at[i];
        json_open(j);
        json_key_i64(j, "operation", fault->operation);
        json_key_text(j, "field", fault->field);
        json_key_text(j, "message", fault->words[LANG_EN]);
        json_key_text(j, "message_zh", fault->words[LANG_ZH]);
        json_close(j);
    }
    json_close_list(j);
}

static void add_conflicts(struct json_out *j, const struct edit_outcome *o,
                          const struct edit_request *request) {
    json_key(j, "conflicts");
    json_open_list(j);
    for (size_t i = 0; i < o->conflicts.len; i++) {
        const struct edit_conflict *c = &o->conflicts.at[i];
        const struct edit_field *field = field_of(request, c->operation, c->field);
        json_open(j);
        json_key_i64(j, "operation", c->operation);
        json_key_text(j, "field", c->field);
        json_key(j, "deleted");
        json_bool(j, c->field.len == 0);
        json_key(j, "base");
        edit_value_json(j, field, &c->base);
        json_key(j, "theirs");
        edit_value_json(j, field, &c->theirs);
        json_key(j, "yours");
        edit_value_json(j, field, &c->yours);
        json_key_text(j, "by", c->by);
        json_key_i64(j, "at_ms", c->at_ms);
        json_close(j);
    }
    json_close_list(j);
}

static void add_merged(struct json_out *j, const struct edit_outcome *o,
                       const struct edit_request *request) {
    json_key(j, "merged");
    json_open_list(j);
    for (size_t i = 0; i < o->merged.len; i++) {
        const struct edit_merged *m = &o->merged.at[i];
        json_open(j);
        json_key_i64(j, "operation", m->operation);
        json_key_text(j, "field", m->field);
        json_key(j, "value");
        edit_value_json(j, field_of(request, m->operation, m->field), &m->value);
        json_key_text(j, "by", m->by);
        json_key_i64(j, "at_ms", m->at_ms);
        json_close(j);
    }
    json_close_list(j);
}

static void add_referrers(struct json_out *j, const struct edit_outcome *o) {
    json_key(j, "referrers");
    json_open_list(j);
    for (size_t i = 0; i < o->referrers.len; i++) {
        const struct edit_referrer *r = &o->referrers.at[i];
        json_open(j);
        json_key_i64(j, "operation", r->operation);
        json_key_text(j, "table", str_of(r->table_name));
        json_key_i64(j, "id", r->id);
        add_label(j, "label", r->label);
        json_key(j, "owned");
        json_bool(j, r->owned);
        json_close(j);
    }
    json_close_list(j);
}

void edit_outcome_json(struct json_out *j, const struct edit_outcome *outcome,
                       const struct edit_request *request) {
    json_key(j, "results");
    json_open_list(j);
    for (size_t i = 0; i < outcome->results.len; i++) {
        const struct edit_result *result = &outcome->results.at[i];
        json_open(j);
        json_key_text(j, "table", str_of(result->table->name));
        json_key_i64(j, "id", result->id);
        json_key_i64(j, "revision", result->revision);
        json_key(j, "changed");
        json_bool(j, result->changed);
        json_close(j);
    }
    json_close_list(j);
    if (outcome->faults.len > 0)
        add_faults(j, outcome);
    if (outcome->conflicts.len > 0)
        add_conflicts(j, outcome, request);
    if (outcome->merged.len > 0)
        add_merged(j, outcome, request);
    if (outcome->referrers.len > 0)
        add_referrers(j, outcome);
}

/* The table of fields ---------------------------------------------------------------------------
 */

static void add_choices(struct json_out *j, const struct kind *kind) {
    json_key(j, "choices");
    json_open_list(j);
    for (uint32_t v = 1; v < kind->count; v++) {
        json_open(j);
        json_key_text(j, "code", str_of(kind->words[v].code));
        json_key_text(j, "en", str_of(kind->words[v].name_en));
        json_key_text(j, "zh", str_of(kind->words[v].name_zh));
        json_close(j);
    }
    json_close_list(j);
}

static void add_flag(struct json_out *j, const char *key, const struct edit_field *field,
                     enum edit_flag flag) {
    json_key(j, key);
    json_bool(j, (field->flags & (uint32_t)flag) != 0);
}

static void add_field(struct json_out *j, const struct edit_field *field) {
    json_open(j);
    json_key_text(j, "name", str_of(field->name));
    json_key_text(j, "kind", str_of(edit_kind_name(field->kind)));
    add_flag(j, "needed", field, EDIT_NEEDED);
    add_flag(j, "fixed", field, EDIT_FIXED);
    add_flag(j, "read_only", field, EDIT_SHOWN);
    if (field->max > 0)
        json_key_i64(j, "max", field->max);
    if (field->kind == EDIT_WORD)
        add_choices(j, field->words);
    if (field->kind == EDIT_REFERENCE)
        json_key_text(j, "target", str_of(store_table_info(field->target)->name));
    add_words(j, "label", field->label);
    add_words(j, "help", field->help);
    json_close(j);
}

void edit_tables_json(struct json_out *j, const struct access *access) {
    size_t count;
    const struct edit_table *tables = edit_tables(&count);
    json_open_list(j);
    for (size_t i = 0; i < count; i++) {
        if (!access_has(access, tables[i].read))
            continue;
        json_open(j);
        json_key_text(j, "name", str_of(tables[i].name));
        add_words(j, "label", tables[i].label);
        add_words(j, "plural", tables[i].plural);
        json_key_text(j, "right", str_of(access_right_code(tables[i].right)));
        json_key(j, "may_write");
        json_bool(j, access_has(access, tables[i].right));
        json_key(j, "fields");
        json_open_list(j);
        for (uint32_t f = 0; f < tables[i].count; f++)
            add_field(j, &tables[i].fields[f]);
        json_close_list(j);
        json_close(j);
    }
    json_close_list(j);
}
