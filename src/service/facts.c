/*
 * Import of the sheets other than exhibitors: see facts.h.
 *
 * What names a record (its key fields) is made into one text; the records that are there are put in
 * a map by that text, so that each row is found or new in O(1). References inside a row are
 * resolved before.
 */
#include "service/facts.h"

#include <stdio.h>

#include "base/clock.h"
#include "model/spelling.h"
#include "service/facts_lookup.h"

enum {
    ROWS_AHEAD = 50,          /* rows looked at before the header is settled */
    ROWS_PER_QUESTION = 1000, /* between two looks at the job */
    KEYS_MAX_BYTES = 1 << 30,
    KEY_MAX_BYTES = 1 << 20,
};

struct facts {
    struct store *store;
    const struct facts_request *request;
    const struct fact_sheet *sheet;
    const struct sheet_kind *kind;
    struct import_plan *plan;
    struct facts_lookup lookup;
    struct arena arena;    /* keys */
    struct str_map by_key; /* key -> id of the record */
    struct u64_map seen;   /* id -> record of this sheet that gave it */
    struct buf key;
    const struct table_row *row;
    uint32_t record;
    /* of the row being read */
    struct store_cell cells[STORE_COLUMNS_MAX];
    uint32_t count;
    int64_t edition_id;
    int64_t own_id; /* the record that a row of an update-only sheet names by reference */
    bool wrong;
};

static uint32_t field_index(const struct facts *f, const char *name) {
    return sheet_field_by_name(f->kind, str_of(name));
}

static struct str cell_of(const struct facts *f, const char *name, uint32_t *column) {
    *column = f->plan->map.column_of[field_index(f, name)];
    if (*column == FIELD_NONE || *column >= f->row->count)
        return STR("");
    struct str cell = str_trim(f->row->cells[*column]);
    return spelling_is_blank(cell) ? STR("") : cell;
}

static enum err complain(struct facts *f, const char *field, uint32_t column, struct str value,
                         const struct errinfo *cause, struct errinfo *info) {
    struct import_finding finding = {
        .kind = FINDING_ERROR,
        .record = f->record,
        .line = (uint32_t)(column < f->row->count ? f->row->cell_lines[column] : f->row->line),
        .column = column == FIELD_NONE ? IMPORT_NONE : column,
        .field = field_index(f, field),
        .value = value,
        .message = str_of(cause->message),
        .expected = str_of(cause->hint),
    };
    f->wrong = true;
    return import_plan_add(f->plan, &finding, info);
}

static enum err parse_count(struct str text, struct store_value *value, struct errinfo *info) {
    int64_t number;
    if (!str_to_i64(text, &number) || number < 0) {
        err_set(info, ERR_INPUT, "\"%.*s\" is not a whole number of 0 or more", STR_ARG(text));
        err_hint(info, "Write digits only, for example 1200.");
        return ERR_INPUT;
    }
    *value = store_int(number);
    return ERR_OK;
}

static enum err parse_value(struct facts *f, const struct fact_field *field, struct str text,
                            struct store_value *value, struct errinfo *info) {
    double number;
    uint32_t kind;
    int64_t id;
    switch (field->type) {
    case FACT_COUNT:
        return parse_count(text, value, info);
    case FACT_NUMBER:
        if (!str_to_double(text, &number)) {
            err_set(info, ERR_INPUT, "\"%.*s\" is not a number", STR_ARG(text));
            err_hint(info, "Write digits with a point, for example 36.5.");
            return ERR_INPUT;
        }
        break;
    case FACT_DATE:
        if (!clock_is_date(text)) {
            err_set(info, ERR_INPUT, "\"%.*s\" is not a day of the calendar", STR_ARG(text));
            err_hint(info, "Write it as YYYY-MM-DD, for example 2024-11-26.");
            return ERR_INPUT;
        }
        break;
    case FACT_KIND: {
        enum err code = kind_parse(field->kind, text, &kind, info);
        if (code == ERR_OK)
            *value = store_text(str_of(kind_code(field->kind, kind)));
        return code;
    }
    case FACT_TEXT:
    case FACT_PASSED:
        break;
    case FACT_EDITION:
    case FACT_NODE:
    case FACT_CHAIN:
    case FACT_SCENARIO:
    case FACT_EXHIBITOR:
    case FACT_PAVILION: {
        enum err code = facts_lookup_find(&f->lookup, field->type, text, f->edition_id, &id, info);
        if (code == ERR_OK)
            *value = store_int(id);
        if (code == ERR_OK && field->type == FACT_EDITION)
            f->edition_id = id;
        if (code == ERR_OK && field->type == FACT_EXHIBITOR)
            f->own_id = id;
        return code;
    }
    }
    *value = store_text(text);
    return ERR_OK;
}

/* Whether a field's value is a column of the record, or only leads to it. */
static bool is_stored(const struct facts *f, const struct fact_field *field) {
    if (field->type == FACT_PASSED)
        return false;
    if (f->sheet->table == TABLE_EXHIBITOR)
        return !field->key;
    return !(field->type == FACT_EDITION && !field->key);
}

static enum err parse_row(struct facts *f, struct errinfo *info) {
    enum err code = ERR_OK;
    f->count = 0;
    f->edition_id = 0;
    f->own_id = 0;
    f->wrong = false;
    for (const struct fact_field *field = f->sheet->fields; field->name != NULL && code == ERR_OK;
         field++) {
        uint32_t column;
        struct errinfo cause = {0};
        struct store_value value = store_null();
        struct str text = cell_of(f, field->name, &column);
        if (text.len == 0 && field->type == FACT_EDITION)
            text = f->request->edition;
        if (text.len == 0 && field->required) {
            err_set(&cause, ERR_INPUT, "the %s is missing", field->name);
            err_hint(&cause, "Fill this cell.");
            code = complain(f, field->name, column, text, &cause, info);
            continue;
        }
        enum err parsed = text.len > 0 ? parse_value(f, field, text, &value, &cause) : ERR_OK;
        if (parsed == ERR_INPUT) {
            code = complain(f, field->name, column, text, &cause, info);
        } else if (parsed != ERR_OK) {
            if (info != NULL)
                *info = cause;
            code = parsed;
        } else if (is_stored(f, field)) {
            f->cells[f->count++] = (struct store_cell){field->column, value};
        }
    }
    return code;
}

static void add_to_key(struct buf *key, const struct store_value *value) {
    if (value->kind == STORE_INTEGER)
        buf_add_i64(key, value->integer);
    else if (value->kind == STORE_TEXT)
        buf_add_str(key, value->text);
    buf_add_char(key, '\n');
}

/* The key of a record as it is stored. */
static enum err index_record(void *ctx, int64_t id, const struct store_value *values,
                             struct errinfo *info) {
    struct facts *f = ctx;
    buf_clear(&f->key);
    for (const struct fact_field *field = f->sheet->fields; field->name != NULL; field++)
        if (field->key)
            add_to_key(&f->key, &values[field->column]);
    enum err code = buf_error(&f->key, info);
    struct str key = code == ERR_OK ? arena_copy(&f->arena, buf_str(&f->key)) : STR("");
    if (code == ERR_OK && (key.ptr == NULL || !str_map_put(&f->by_key, key, (uint32_t)id)))
        code = err_memory(info);
    return code;
}

/* The key of the row being read. */
static enum err key_of_row(struct facts *f, struct errinfo *info) {
    buf_clear(&f->key);
    for (const struct fact_field *field = f->sheet->fields; field->name != NULL; field++) {
        if (!field->key)
            continue;
        for (uint32_t i = 0; i < f->count; i++)
            if (f->cells[i].column == field->column)
                add_to_key(&f->key, &f->cells[i].value);
    }
    return buf_error(&f->key, info);
}

static enum err insert_row(struct facts *f, int64_t *id, struct errinfo *info) {
    struct store_cell cells[STORE_COLUMNS_MAX + 2];
    uint32_t count = f->count;
    memcpy(cells, f->cells, sizeof(f->cells[0]) * f->count);
    if (f->sheet->table == TABLE_EDITION) {
        cells[count++] = (struct store_cell){EDITION_REGISTER_COMPLETE, store_int(0)};
        cells[count++] = (struct store_cell){EDITION_CURRENT, store_int(0)};
    } else if (f->sheet->table == TABLE_CHAIN_NODE) {
        cells[count++] = (struct store_cell){CHAIN_NODE_FINAL, store_int(0)};
    }
    return store_insert(f->store, f->sheet->table, cells, count, id, info);
}

/* Given cells replace, blank cells leave alone. */
static enum err update_row(struct facts *f, int64_t id, struct errinfo *info) {
    struct store_cell cells[STORE_COLUMNS_MAX];
    uint32_t count = 0;
    for (uint32_t i = 0; i < f->count; i++)
        if (f->cells[i].value.kind != STORE_NULL)
            cells[count++] = f->cells[i];
    return store_update(f->store, f->sheet->table, id, cells, count, info);
}

struct finals {
    int64_t chain_id, node_id, member_id;
};

static enum err find_member(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    struct finals *finals = ctx;
    if (v[CHAIN_NODE_NODE_ID].integer == finals->node_id)
        finals->member_id = id;
    return ERR_OK;
}

/* Marks the final nodes of a chain; one that is not a member yet becomes one, downstream and core.
 */
static enum err set_finals(struct facts *f, int64_t chain_id, struct errinfo *info) {
    uint32_t column;
    struct str rest = cell_of(f, "final_nodes", &column), word;
    enum err code = ERR_OK;
    while (code == ERR_OK && str_next(&rest, " ;,\n", &word)) {
        struct finals finals = {.chain_id = chain_id};
        struct errinfo cause = {0};
        if (word.len == 0)
            continue;
        enum err found = facts_lookup_find(&f->lookup, FACT_NODE, word, 0, &finals.node_id, &cause);
        if (found != ERR_OK) {
            code = complain(f, "final_nodes", column, word, &cause, info);
            continue;
        }
        code = store_scan_equal(store_reader_of(f->store), TABLE_CHAIN_NODE, CHAIN_NODE_CHAIN_ID,
                                store_int(chain_id), find_member, &finals, info);
        struct store_cell cells[] = {{CHAIN_NODE_FINAL, store_int(1)},
                                     {CHAIN_NODE_CHAIN_ID, store_int(chain_id)},
                                     {CHAIN_NODE_NODE_ID, store_int(finals.node_id)},
                                     {CHAIN_NODE_STAGE, store_text(STR("downstream"))},
                                     {CHAIN_NODE_ROLE, store_text(STR("core"))}};
        int64_t id;
        if (code == ERR_OK && finals.member_id != 0)
            code = store_update(f->store, TABLE_CHAIN_NODE, finals.member_id, cells, 1, info);
        else if (code == ERR_OK)
            code = store_insert(f->store, TABLE_CHAIN_NODE, cells, 5, &id, info);
    }
    return code;
}

/* The country of the parent belongs to the organisation, not to the exhibitor. */
static enum err set_parent_country(struct facts *f, struct errinfo *info) {
    uint32_t column;
    struct str country = cell_of(f, "parent_country", &column);
    if (country.len == 0)
        return ERR_OK;
    struct store_cell cell = {ORGANISATION_PARENT_COUNTRY, store_text(country)};
    return store_update(f->store, TABLE_ORGANISATION,
                        facts_lookup_organisation(&f->lookup, f->own_id), &cell, 1, info);
}

/* The record that the row names: found, or 0 for a new one; a row that may not be new is wrong. */
static enum err find_record(struct facts *f, int64_t *id, struct errinfo *info) {
    *id = 0;
    if (f->sheet->table == TABLE_EXHIBITOR) {
        *id = f->own_id;
        return ERR_OK;
    }
    enum err code = key_of_row(f, info);
    if (code != ERR_OK)
        return code;
    uint32_t found = str_map_get(&f->by_key, buf_str(&f->key));
    if (found != MAP_NONE) {
        *id = found;
        return ERR_OK;
    }
    if (!f->sheet->update_only)
        return ERR_OK;
    struct errinfo cause = {0};
    err_set(&cause, ERR_INPUT, "there is no such link");
    err_hint(&cause, "Alternatives are essential inputs: import the links first.");
    return complain(f, "input", FIELD_NONE, STR(""), &cause, info);
}

static enum err check_twice(struct facts *f, int64_t id, struct errinfo *info) {
    uint32_t earlier = u64_map_get(&f->seen, (uint64_t)id);
    if (earlier == MAP_NONE)
        return u64_map_put(&f->seen, (uint64_t)id, f->record) ? ERR_OK : err_memory(info);
    struct errinfo cause = {0};
    err_set(&cause, ERR_INPUT, "the same record stands in row %u already", earlier);
    err_hint(&cause, "Keep one of the two rows.");
    return complain(f, f->sheet->fields[0].name, FIELD_NONE, STR(""), &cause, info);
}

static enum err store_row(struct facts *f, struct errinfo *info) {
    int64_t id;
    uint64_t before = store_changes(f->store);
    enum err code = find_record(f, &id, info);
    bool is_new = id == 0;
    if (code != ERR_OK || f->wrong)
        return code;
    if (is_new) {
        code = insert_row(f, &id, info);
        struct str key = code == ERR_OK ? arena_copy(&f->arena, buf_str(&f->key)) : STR("");
        if (code == ERR_OK && (key.ptr == NULL || !str_map_put(&f->by_key, key, (uint32_t)id)))
            code = err_memory(info);
    }
    if (code == ERR_OK)
        code = check_twice(f, id, info);
    if (code == ERR_OK && !is_new && !f->wrong)
        code = update_row(f, id, info);
    if (code == ERR_OK && f->sheet->table == TABLE_CHAIN)
        code = set_finals(f, id, info);
    if (code == ERR_OK && f->sheet->table == TABLE_EXHIBITOR)
        code = set_parent_country(f, info);
    if (code == ERR_OK && !f->wrong)
        f->plan->counts[is_new                             ? IMPORT_NEW
                        : store_changes(f->store) > before ? IMPORT_CHANGED
                                                           : IMPORT_UNCHANGED]++;
    return code;
}

static bool is_empty(const struct table_row *row) {
    for (uint32_t i = 0; i < row->count; i++)
        if (str_trim(row->cells[i]).len > 0)
            return false;
    return true;
}

static enum err take_row(struct facts *f, struct errinfo *info) {
    f->plan->records++;
    if (is_empty(f->row)) {
        struct import_finding skip = {.kind = FINDING_SKIP,
                                      .record = f->record,
                                      .line = (uint32_t)f->row->line,
                                      .column = IMPORT_NONE,
                                      .field = FIELD_NONE,
                                      .message = STR("empty row")};
        f->plan->counts[IMPORT_SKIPPED]++;
        return import_plan_add(f->plan, &skip, info);
    }
    enum err code = parse_row(f, info);
    if (code == ERR_OK && !f->wrong)
        code = store_row(f, info);
    if (f->wrong)
        f->plan->counts[IMPORT_ERROR]++;
    return code;
}

/* Finds the header among the first rows and leaves the table behind it. */
static enum err find_header(struct facts *f, struct table *table, struct errinfo *info) {
    struct arena arena;
    struct header_row rows[ROWS_AHEAD];
    struct table_row row;
    uint32_t count = 0;
    bool end = false;
    enum err code = ERR_OK;
    arena_init(&arena, KEYS_MAX_BYTES);
    while (code == ERR_OK && count < ROWS_AHEAD) {
        code = table_next(table, &row, &end, info);
        if (code != ERR_OK || end)
            break;
        struct str *cells = arena_new(&arena, row.count, sizeof(*cells));
        for (uint32_t i = 0; cells != NULL && i < row.count; i++)
            cells[i] = arena_copy(&arena, row.cells[i]);
        if (cells == NULL || cells[row.count - 1].ptr == NULL)
            code = err_memory(info);
        else
            rows[count++] = (struct header_row){cells, row.count};
    }
    if (code == ERR_OK)
        code =
            header_find(f->request->headers, f->request->sheet, rows, count, f->request->overrides,
                        f->request->override_count, &f->plan->arena, &f->plan->map, info);
    arena_release(&arena);
    if (code == ERR_OK)
        code = table_rewind(table, info);
    for (uint32_t i = 0; i <= f->plan->map.row && code == ERR_OK; i++)
        code = table_next(table, &row, &end, info);
    if (code == ERR_OK)
        f->plan->header_line = row.line;
    return code;
}

static enum err read_rows(struct facts *f, struct table *table, const struct job *job,
                          struct errinfo *info) {
    struct table_row row;
    bool end = false;
    enum err code = store_scan(store_reader_of(f->store), f->sheet->table, index_record, f, info);
    f->row = &row;
    while (code == ERR_OK) {
        code = table_next(table, &row, &end, info);
        if (code != ERR_OK || end)
            break;
        f->record++;
        if (f->record % ROWS_PER_QUESTION == 0) {
            job_report(job, "rows read", f->record, 0);
            if (job_should_stop(job))
                return err_set(info, ERR_STOPPED, "the import was stopped; nothing was written");
        }
        code = take_row(f, info);
    }
    return code;
}

enum err facts_import(struct store *store, struct table *table, const struct facts_request *request,
                      struct import_plan *plan, const struct job *job, struct errinfo *info) {
    struct facts f = {.store = store, .request = request, .plan = plan};
    arena_init(&f.arena, KEYS_MAX_BYTES);
    buf_init(&f.key, KEY_MAX_BYTES);
    facts_lookup_init(&f.lookup, store_reader_of(store));
    enum err code = find_header(&f, table, info);
    if (code == ERR_OK) {
        f.sheet = fact_sheet_of(plan->map.sheet);
        f.kind = sheet_kind_of(plan->map.sheet);
        if (f.sheet == NULL)
            code = err_set(info, ERR_INPUT, "this is a sheet of exhibitors, not of facts");
    }
    if (code == ERR_OK)
        code = read_rows(&f, table, job, info);
    facts_lookup_release(&f.lookup);
    str_map_release(&f.by_key);
    u64_map_release(&f.seen);
    buf_release(&f.key);
    arena_release(&f.arena);
    return code;
}
