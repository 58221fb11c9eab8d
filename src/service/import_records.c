/*
 * Import of the organiser's lists: see import_records.h.
 *
 * The records of the target table are read once and found by a key of their key columns. A row's
 * cells become values of the store in the order of the description; the edition comes first where
 * names are looked up in it.
 */
#include "service/import_records.h"

#include "base/mem.h"
#include "exchange/calendar.h"
#include "model/identifier.h"
#include "model/spelling.h"
#include "service/import_cell.h"
#include "service/import_names.h"
#include "service/import_records_tables.h"
#include "service/import_stream.h"
#include "service/import_world.h"
#include "service/picture.h"

enum { ROWS_PER_QUESTION = 1000, CELL_BYTES_MAX = 500 * 1024, RECORD_LINES_BYTES_MAX = 64 << 10 };
#define RECORDS_BYTES_MAX ((size_t)2 * 1024 * 1024 * 1024)

struct record {
    int64_t id;
    struct store_value values[STORE_COLUMNS_MAX];
};

struct recording {
    struct import_plan *plan;
    const struct record_sheet *sheet;
    const char *path; /* of the sheet, or NULL */
    struct store *store;
    struct import_world *world;
    struct arena arena;
    struct str_map at;    /* key -> records */
    struct u64_map at_id; /* id -> records */
    VEC(struct record)
    records;
    struct str_map chains, scenarios, pavilions; /* code, or edition id and name -> ids */
    VEC(int64_t)
    ids;
    struct buf scratch, key;
    struct name_faces faces;

    /* the row being read */
    const struct table_row *row;
    uint32_t number;
    bool wrong;
    uint32_t edition; /* index in the world, or UINT32_MAX */
    int64_t itself;   /* id of the record when a cell names it, or 0 */
    struct store_value values[STORE_COLUMNS_MAX];
    struct str parent_country, finals;
};

/* Keys ----------------------------------------------------------------------------------------- */

static void key_add(struct buf *key, const struct store_value *value) {
    if (value->kind == STORE_INTEGER)
        buf_add_i64(key, value->integer);
    else if (value->kind == STORE_TEXT)
        buf_add_str(key, value->text);
    buf_add_char(key, '\x1f');
}

/* The key of a record; the same columns in the same order give the same key. `other` takes the
 * second of two columns that may stand for each other. */
static enum err make_key(struct recording *r, const struct store_value *values, bool other,
                         struct errinfo *info) {
    buf_clear(&r->key);
    for (const struct record_column *c = r->sheet->columns; c->field != NULL; c++)
        if (c->key)
            key_add(&r->key, c->either && other ? &values[c[1].column] : &values[c->column]);
    return buf_error(&r->key, info);
}

/* Whether the record is found under its second name only, because the first is not known. */
static bool lacks_first_name(const struct recording *r, const struct store_value *values) {
    for (const struct record_column *c = r->sheet->columns; c->field != NULL; c++)
        if (c->either && values[c->column].kind == STORE_NULL)
            return true;
    return false;
}

static enum err remember_key(struct recording *r, const struct store_value *values, bool other,
                             uint32_t at, struct errinfo *info) {
    enum err code = make_key(r, values, other, info);
    if (code != ERR_OK || str_map_get(&r->at, buf_str(&r->key)) != MAP_NONE)
        return code;
    struct str key = arena_copy(&r->arena, buf_str(&r->key));
    return key.ptr != NULL && str_map_put(&r->at, key, at) ? ERR_OK : err_memory(info);
}

static enum err remember_record(struct recording *r, int64_t id, const struct store_value *values,
                                struct errinfo *info) {
    uint32_t columns = store_table_info(r->sheet->table)->columns;
    struct record record = {.id = id};
    for (uint32_t i = 0; i < columns; i++) {
        record.values[i] = values[i];
        if (values[i].kind == STORE_TEXT) {
            record.values[i].text = arena_copy(&r->arena, values[i].text);
            if (record.values[i].text.ptr == NULL)
                return err_memory(info);
        }
    }
    uint32_t at = (uint32_t)r->records.len;
    if (!u64_map_put(&r->at_id, (uint64_t)id, at) || !vec_push(&r->records, record))
        return err_memory(info);
    bool other = lacks_first_name(r, values);
    enum err code = remember_key(r, values, other, at, info);
    /* A row that has only the second name finds it, too; the first record of that name wins. */
    if (code == ERR_OK && !other)
        code = remember_key(r, values, true, at, info);
    return code;
}

static enum err add_existing(void *ctx, int64_t id, const struct store_value *values,
                             struct errinfo *info) {
    return remember_record(ctx, id, values, info);
}

/* References ----------------------------------------------------------------------------------- */

static enum err remember_id(struct recording *r, struct str_map *map, struct str key, int64_t id,
                            struct errinfo *info) {
    struct str copy = arena_copy(&r->arena, key);
    if (copy.ptr == NULL || !str_map_put(map, copy, (uint32_t)r->ids.len) || !vec_push(&r->ids, id))
        return err_memory(info);
    return ERR_OK;
}

static enum err add_chain(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    struct recording *r = ctx;
    return remember_id(r, &r->chains, v[CHAIN_CODE].text, id, info);
}

static enum err add_scenario(void *ctx, int64_t id, const struct store_value *v,
                             struct errinfo *info) {
    struct recording *r = ctx;
    return remember_id(r, &r->scenarios, v[SCENARIO_CODE].text, id, info);
}

/* Pavilions are named in sheets by either name. */
static enum err add_pavilion(void *ctx, int64_t id, const struct store_value *v,
                             struct errinfo *info) {
    struct recording *r = ctx;
    enum err code = ERR_OK;
    for (uint32_t column = PAVILION_NAME_EN; column <= PAVILION_NAME_ZH && code == ERR_OK;
         column++) {
        if (v[column].kind != STORE_TEXT)
            continue;
        buf_clear(&r->key);
        key_add(&r->key, &v[PAVILION_EDITION_ID]);
        key_add(&r->key, &v[column]);
        code = remember_id(r, &r->pavilions, buf_str(&r->key), id, info);
    }
    return code;
}

static int64_t id_of(const struct recording *r, const struct str_map *map, struct str key) {
    uint32_t at = str_map_get(map, key);
    return at != MAP_NONE ? r->ids.at[at] : 0;
}

static int64_t pavilion_id(struct recording *r, struct str name) {
    struct store_value edition =
        store_int(r->edition != UINT32_MAX ? r->world->edition_ids.at[r->edition] : 0);
    struct store_value text = store_text(name);
    buf_clear(&r->key);
    key_add(&r->key, &edition);
    key_add(&r->key, &text);
    return id_of(r, &r->pavilions, buf_str(&r->key));
}

/* The exhibitor of that name in the row's edition: exact name first, then the core of the name. */
static enum err exhibitor_id(struct recording *r, struct str name, int64_t *id,
                             struct errinfo *info) {
    const struct import_known *known = &r->world->known;
    enum err code = name_faces_make(&r->faces, name, info);
    *id = 0;
    if (code != ERR_OK || r->edition == UINT32_MAX)
        return code;
    uint32_t organisation = str_map_get(&known->by_exact, buf_str(&r->faces.exact));
    if (organisation == MAP_NONE)
        organisation = str_map_get(&known->by_core, buf_str(&r->faces.core));
    if (organisation >= known->organisations.len)
        return ERR_OK;
    uint32_t at = import_known_exhibitor(known, organisation, r->edition);
    if (at != KNOWN_NONE)
        *id = known->exhibitors.at[at].id;
    return ERR_OK;
}

static int64_t node_id(const struct recording *r, struct str code) {
    uint32_t at = str_map_get(&r->world->words.node_codes, code);
    return at != MAP_NONE ? r->world->node_ids.at[at] : 0;
}

/* Cells ---------------------------------------------------------------------------------------- */

static enum err complain(struct recording *r, const struct record_column *column, struct str value,
                         const char *message, const char *expected, struct errinfo *info) {
    uint32_t field = sheet_field_by_name(sheet_kind_of(r->sheet->sheet), str_of(column->field));
    uint32_t at = r->plan->map.column_of[field];
    struct import_finding finding = {
        .kind = FINDING_ERROR,
        .record = r->number,
        .line = (uint32_t)(at < r->row->count ? r->row->cell_lines[at] : r->row->line),
        .column = at,
        .field = field,
        .value = value,
        .message = str_of(message),
        .expected = str_of(expected),
    };
    r->wrong = true;
    return import_plan_add(r->plan, &finding, info);
}

static enum err keep(struct recording *r, struct str text, struct store_value *out,
                     struct errinfo *info) {
    struct str copy = arena_copy(&r->arena, text);
    *out = store_text(copy);
    return copy.ptr != NULL ? ERR_OK : err_memory(info);
}

static enum err read_reference(struct recording *r, const struct record_column *c, struct str text,
                               struct store_value *out, struct errinfo *info) {
    int64_t id = 0;
    const char *expected = "Write the code of a record that is in the database";
    enum err code = ERR_OK;
    if (c->cell == CELL_EDITION || c->cell == CELL_ROW_EDITION) {
        r->edition = import_world_edition(r->world, text);
        id = r->edition != UINT32_MAX ? r->world->edition_ids.at[r->edition] : 0;
        expected = "Write the code of an edition, for example 2024; import editions first";
    } else if (c->cell == CELL_NODE) {
        id = node_id(r, text);
        expected = "Write the id of a catalogue node; import nodes first";
    } else if (c->cell == CELL_CHAIN) {
        id = id_of(r, &r->chains, text);
    } else if (c->cell == CELL_SCENARIO) {
        id = id_of(r, &r->scenarios, text);
    } else if (c->cell == CELL_PAVILION) {
        id = pavilion_id(r, text);
        expected = "Write the name of a pavilion of that edition";
    } else {
        code = exhibitor_id(r, text, &id, info);
        expected = "Write the name of an exhibitor of that edition";
    }
    *out = store_ref(id);
    if (code == ERR_OK && id == 0)
        code = complain(r, c, text, "it is not in the database", expected, info);
    return code;
}

/* Cells whose text is checked and kept as it reads afterwards. */
static enum err read_checked(struct recording *r, const struct record_column *c, struct str text,
                             struct store_value *out, struct errinfo *info) {
    struct errinfo cause;
    char day[DATE_CHARS + 1], time[TIME_CHARS + 1];
    double decimal;
    enum err code = ERR_OK;
    errinfo_init(&cause);
    if (c->cell == CELL_DATE) {
        code = identifier_date(text, day, &cause);
        text = code == ERR_OK ? str_of(day) : text;
    } else if (c->cell == CELL_TIME) {
        code = identifier_time(text, time, &cause);
        text = code == ERR_OK ? str_of(time) : text;
    } else if (c->cell == CELL_TIMEZONE &&
               (!identifier_is_timezone(text) || !calendar_has_zone(text))) {
        code = err_set(&cause, ERR_INPUT, "this is no time zone");
        err_hint(&cause, "Write its IANA name, for example Asia/Shanghai");
    } else if (c->cell == CELL_WEBSITE && !identifier_is_website(text)) {
        code = err_set(&cause, ERR_INPUT, "this is no address of a website");
        err_hint(&cause, "Write an address such as https://www.example.org");
    } else if (c->cell == CELL_DECIMAL && !str_to_double(text, &decimal)) {
        code = err_set(&cause, ERR_INPUT, "this is no number");
        err_hint(&cause, "Write a decimal number, for example 32.5");
    } else if (c->cell == CELL_CODE && str_find(text, STR(" ")) != SIZE_MAX) {
        code = err_set(&cause, ERR_INPUT, "a code has no blanks");
        err_hint(&cause, "Write a word without blanks");
    }
    if (code != ERR_OK)
        return complain(r, c, text, cause.message, cause.hint, info);
    return keep(r, text, out, info);
}

static enum err read_integer(struct recording *r, const struct record_column *c, struct str text,
                             struct store_value *out, struct errinfo *info) {
    int64_t number;
    if (!cell_integer(text, &number) || number < 0)
        return complain(r, c, text, "this is no number", "Write a whole number, 0 or more", info);
    *out = store_int(number);
    return ERR_OK;
}

static enum err read_kind(struct recording *r, const struct record_column *c, struct str text,
                          struct store_value *out, struct errinfo *info) {
    struct errinfo cause;
    uint32_t word = 0;
    errinfo_init(&cause);
    enum err code = kind_parse(c->kind, text, &word, &cause);
    if (code == ERR_INPUT)
        return complain(r, c, text, cause.message, cause.hint, info);
    *out = store_text(str_of(kind_code(c->kind, code == ERR_OK ? word : 0)));
    return code;
}

/* Files lie in the folder "pictures" beside the sheet, or beside the sheet itself. */
static enum err load_picture(const struct recording *r, struct str name, struct buf *bytes,
                             struct picture *picture, struct errinfo *info) {
    static const char *const folders[] = {"pictures/", ""};
    struct str path = str_of(r->path), folder = path;
    char full[PICTURE_PATH_MAX];
    enum err code = ERR_NOT_FOUND;
    while (folder.len > 0 && folder.ptr[folder.len - 1] != '/')
        folder.len--;
    for (size_t i = 0; i < 2 && code == ERR_NOT_FOUND; i++) {
        int len =
            snprintf(full, sizeof(full), "%.*s%s%.*s", STR_ARG(folder), folders[i], STR_ARG(name));
        if (len < 0 || (size_t)len >= sizeof(full))
            return err_set(info, ERR_INPUT, "the name of the file is too long");
        code = picture_load_clean(full, bytes, picture, info);
    }
    return code;
}

static enum err read_picture(struct recording *r, const struct record_column *c, struct str text,
                             struct errinfo *info) {
    struct errinfo cause;
    struct buf bytes;
    struct picture picture;
    char digest[PICTURE_DIGEST_CHARS + 1];
    if (r->path == NULL || text.ptr[0] == '.' || str_find(text, STR("/")) != SIZE_MAX)
        return complain(
            r, c, text, "this is no file beside the sheet",
            "Put the file into a folder \"pictures\" beside the sheet and write its name", info);
    errinfo_init(&cause);
    enum err code = load_picture(r, text, &bytes, &picture, &cause);
    if (code == ERR_INPUT || code == ERR_LIMIT || code == ERR_NOT_FOUND)
        return complain(
            r, c, text, cause.message,
            cause.hint[0] != '\0' ? cause.hint : "Look for it in the folder \"pictures\"", info);
    if (code != ERR_OK) {
        if (info != NULL)
            *info = cause;
        return code;
    }
    code = picture_keep(r->store, buf_str(&bytes), digest, info);
    buf_release(&bytes);
    r->values[PICTURE_WIDTH] = store_int(picture.width);
    r->values[PICTURE_HEIGHT] = store_int(picture.height);
    r->values[PICTURE_FORMAT] = store_text(str_of(picture_format_name(picture.format)));
    return code == ERR_OK ? keep(r, str_of(digest), &r->values[c->column], info) : code;
}

static enum err read_parent(struct recording *r, const struct record_column *c, struct str text,
                            struct errinfo *info) {
    struct errinfo cause;
    uint32_t country;
    errinfo_init(&cause);
    enum err code = place_find_country(&r->world->words.places, text, &country, &cause);
    if (code == ERR_INPUT)
        return complain(r, c, text, cause.message, cause.hint, info);
    if (code == ERR_OK && country != PLACE_NONE)
        r->parent_country = r->world->countries.at[country].code;
    return code;
}

static enum err read_cell(struct recording *r, const struct record_column *c, struct str raw,
                          struct errinfo *info) {
    struct str text;
    struct store_value ignored,
        *out = c->cell < CELL_ROW_EDITION ? &r->values[c->column] : &ignored;
    enum err code = c->cell == CELL_LINES ? cell_clean_lines(raw, &r->scratch, &text, info)
                                          : cell_clean(raw, &r->scratch, &text, info);
    if (code != ERR_OK)
        return code;
    if (text.len == 0)
        return c->required ? complain(r, c, text, "the cell is empty", "This must be given", info)
                           : ERR_OK;
    switch (c->cell) {
    case CELL_LINES:
        if (text.len > RECORD_LINES_BYTES_MAX)
            return complain(r, c, str_sub(text, 0, 0), "the text is too long",
                            "Write at most 65536 bytes, which are some ten printed pages", info);
        return keep(r, text, out, info);
    case CELL_TEXT:
        return keep(r, text, out, info);
    case CELL_CODE:
    case CELL_DECIMAL:
    case CELL_DATE:
    case CELL_TIME:
    case CELL_TIMEZONE:
    case CELL_WEBSITE:
        return read_checked(r, c, text, out, info);
    case CELL_INTEGER:
        return read_integer(r, c, text, out, info);
    case CELL_KIND:
        return read_kind(r, c, text, out, info);
    case CELL_PICTURE:
        return read_picture(r, c, text, info);
    case CELL_PARENT:
        return read_parent(r, c, text, info);
    case CELL_FINALS:
        code = keep(r, text, &ignored, info);
        r->finals = ignored.text;
        return code;
    case CELL_ITSELF:
        code = read_reference(r, c, text, &ignored, info);
        r->itself = ignored.integer;
        return code;
    default:
        return read_reference(r, c, text, out, info);
    }
}

static enum err read_cells(struct recording *r, struct errinfo *info) {
    const struct sheet_kind *kind = sheet_kind_of(r->sheet->sheet);
    enum err code = ERR_OK;
    r->wrong = false;
    r->edition = UINT32_MAX;
    r->itself = 0;
    r->parent_country = r->finals = STR("");
    memset(r->values, 0, sizeof(r->values));
    for (const struct record_column *c = r->sheet->columns; c->field != NULL && code == ERR_OK;
         c++) {
        uint32_t column = r->plan->map.column_of[sheet_field_by_name(kind, str_of(c->field))];
        struct str cell = column < r->row->count ? r->row->cells[column] : STR("");
        code = read_cell(r, c, cell, info);
    }
    return code;
}

/* Writing -------------------------------------------------------------------------------------- */

/* The final products of a chain are chain nodes; the sheet of chain nodes tells the rest of them.
 */
static enum err write_finals(struct recording *r, int64_t chain, struct errinfo *info) {
    struct str rest = r->finals, word;
    enum err code = ERR_OK;
    while (r->finals.len > 0 && code == ERR_OK && str_next(&rest, " ;", &word)) {
        int64_t node = node_id(r, word), id;
        if (word.len == 0)
            continue;
        struct store_cell cells[] = {
            {CHAIN_NODE_CHAIN_ID, store_int(chain)},
            {CHAIN_NODE_NODE_ID, store_int(node)},
            {CHAIN_NODE_ROLE, store_text(str_of(kind_code(&kind_node_role, ROLE_CORE)))},
            {CHAIN_NODE_FINAL, store_int(1)},
        };
        if (node == 0)
            code = complain(r, &r->sheet->columns[5], word, "this node is not in the database",
                            "Write ids of catalogue nodes; import nodes first", info);
        else
            code = store_insert(r->store, TABLE_CHAIN_NODE, cells, 4, &id, info);
    }
    return code;
}

static enum err insert_record(struct recording *r, struct errinfo *info) {
    struct store_cell cells[STORE_COLUMNS_MAX];
    uint32_t count = 0, columns = store_table_info(r->sheet->table)->columns;
    int64_t id;
    for (uint32_t i = 0; i < RECORD_CONSTANTS_MAX; i++)
        if (r->sheet->constants[i].value.kind != STORE_NULL)
            r->values[r->sheet->constants[i].column] = r->sheet->constants[i].value;
    for (uint32_t i = 0; i < columns; i++)
        if (r->values[i].kind != STORE_NULL)
            cells[count++] = (struct store_cell){i, r->values[i]};
    enum err code = store_insert(r->store, r->sheet->table, cells, count, &id, info);
    if (code == ERR_OK)
        code = remember_record(r, id, r->values, info);
    if (code == ERR_OK)
        code = write_finals(r, id, info);
    return code;
}

/* Sets what the row says otherwise than the record; blank cells say nothing. */
static enum err update_record(struct recording *r, struct record *record, bool *changed,
                              struct errinfo *info) {
    struct store_cell cells[STORE_COLUMNS_MAX];
    uint32_t count = 0, columns = store_table_info(r->sheet->table)->columns;
    for (uint32_t i = 0; i < columns; i++)
        if (r->values[i].kind != STORE_NULL &&
            !store_value_equal(&r->values[i], &record->values[i])) {
            cells[count++] = (struct store_cell){i, r->values[i]};
            record->values[i] = r->values[i];
        }
    *changed = count > 0;
    return count > 0 ? store_update(r->store, r->sheet->table, record->id, cells, count, info)
                     : ERR_OK;
}

static enum err write_parent(struct recording *r, int64_t exhibitor, bool *changed,
                             struct errinfo *info) {
    uint32_t at = u64_map_get(&r->world->exhibitor_at, (uint64_t)exhibitor);
    if (r->parent_country.len == 0 || at == MAP_NONE)
        return ERR_OK;
    struct known_organisation *o =
        &r->world->known.organisations.at[r->world->known.exhibitors.at[at].organisation];
    if (str_equal(o->parent_country, r->parent_country))
        return ERR_OK;
    struct store_cell cell = {ORGANISATION_PARENT_COUNTRY, store_text(r->parent_country)};
    o->parent_country = r->parent_country;
    *changed = true;
    return store_update(r->store, TABLE_ORGANISATION, o->id, &cell, 1, info);
}

static enum err find_record(struct recording *r, uint32_t *at, struct errinfo *info) {
    if (r->itself != 0) {
        *at = u64_map_get(&r->at_id, (uint64_t)r->itself);
        return ERR_OK;
    }
    bool other = lacks_first_name(r, r->values);
    enum err code = make_key(r, r->values, other, info);
    *at = code == ERR_OK ? str_map_get(&r->at, buf_str(&r->key)) : MAP_NONE;
    if (code != ERR_OK || *at != MAP_NONE)
        return code;
    /* The record may have had one name so far, and the row brings the other. */
    code = make_key(r, r->values, !other, info);
    uint32_t found = code == ERR_OK ? str_map_get(&r->at, buf_str(&r->key)) : MAP_NONE;
    if (found != MAP_NONE && lacks_first_name(r, r->records.at[found].values))
        *at = found;
    return code;
}

/* Asks the sheet about the record as it would become: blank cells leave what is there. */
static enum err check_record(struct recording *r, uint32_t at, struct errinfo *info) {
    struct store_value after[STORE_COLUMNS_MAX];
    struct record_fault fault;
    uint32_t columns = store_table_info(r->sheet->table)->columns;
    if (r->sheet->fault == NULL)
        return ERR_OK;
    for (uint32_t i = 0; i < columns; i++)
        after[i] = r->values[i].kind == STORE_NULL && at < r->records.len
                       ? r->records.at[at].values[i]
                       : r->values[i];
    if (!r->sheet->fault(after, &fault))
        return ERR_OK;
    const struct record_column *c = r->sheet->columns;
    while (c->field != NULL && strcmp(c->field, fault.field) != 0)
        c++;
    struct str value = c->cell < CELL_ROW_EDITION ? r->values[c->column].text : STR("");
    return complain(r, c, value, fault.message, fault.expected, info);
}

static enum err write_row(struct recording *r, struct errinfo *info) {
    uint32_t at;
    bool changed = false;
    enum err code = find_record(r, &at, info);
    if (code == ERR_OK)
        code = check_record(r, at, info);
    if (code != ERR_OK || r->wrong)
        goto done;
    if (at >= r->records.len && r->sheet->update_only)
        code = complain(r, r->sheet->columns, STR(""), "no record to add this to",
                        "Import the sheet that this one completes first", info);
    else if (at >= r->records.len) {
        code = insert_record(r, info);
        if (!r->wrong)
            r->plan->counts[IMPORT_NEW]++;
    } else {
        code = update_record(r, &r->records.at[at], &changed, info);
        if (code == ERR_OK)
            code = write_parent(r, r->records.at[at].id, &changed, info);
        r->plan->counts[changed ? IMPORT_CHANGED : IMPORT_UNCHANGED]++;
    }
done:
    if (r->wrong)
        r->plan->counts[IMPORT_ERROR]++;
    return code;
}

static bool is_empty_row(const struct table_row *row) {
    for (uint32_t i = 0; i < row->count; i++)
        if (!cell_is_empty(row->cells[i]))
            return false;
    return true;
}

static enum err read_row(struct recording *r, struct errinfo *info) {
    r->plan->records++;
    r->plan->hidden += r->row->hidden;
    if (is_empty_row(r->row)) {
        struct import_finding skip = {.kind = FINDING_SKIP,
                                      .record = r->number,
                                      .line = (uint32_t)r->row->line,
                                      .column = IMPORT_NONE,
                                      .field = FIELD_NONE,
                                      .message = STR("empty row")};
        r->plan->counts[IMPORT_SKIPPED]++;
        return import_plan_add(r->plan, &skip, info);
    }
    enum err code = read_cells(r, info);
    if (code == ERR_OK && r->wrong)
        r->plan->counts[IMPORT_ERROR]++;
    else if (code == ERR_OK)
        code = write_row(r, info);
    return code;
}

static enum err read_rows(struct recording *r, struct import_stream *stream, const struct job *job,
                          struct errinfo *info) {
    enum err code = ERR_OK;
    for (bool end = false; code == ERR_OK && !end;) {
        struct table_row row;
        code = import_stream_next(stream, &row, &end, info);
        r->row = &row;
        r->number = (uint32_t)(end ? 0 : row.record - stream->header_record);
        if (code == ERR_OK && !end)
            code = read_row(r, info);
        if (r->plan->records % ROWS_PER_QUESTION == 0 && code == ERR_OK && job != NULL &&
            job_should_stop(job))
            code = err_set(info, ERR_STOPPED, "the import was stopped; nothing was changed");
    }
    return code;
}

static enum err load(struct recording *r, struct errinfo *info) {
    struct store_reader *reader = store_reader_of(r->store);
    enum err code = import_world_load(reader, &r->world, info);
    if (code == ERR_OK)
        code = store_scan(reader, r->sheet->table, add_existing, r, info);
    if (code == ERR_OK && r->sheet->sheet == SHEET_CHAIN_NODES)
        code = store_scan(reader, TABLE_CHAIN, add_chain, r, info);
    if (code == ERR_OK && r->sheet->sheet == SHEET_SCENARIO_NODES)
        code = store_scan(reader, TABLE_SCENARIO, add_scenario, r, info);
    if (code == ERR_OK &&
        (r->sheet->sheet == SHEET_EXHIBITS || r->sheet->sheet == SHEET_PAVILION_TEXTS ||
         r->sheet->sheet == SHEET_PICTURES))
        code = store_scan(reader, TABLE_PAVILION, add_pavilion, r, info);
    return code;
}

static void release(struct recording *r) {
    import_world_free(r->world);
    str_map_release(&r->at);
    u64_map_release(&r->at_id);
    str_map_release(&r->chains);
    str_map_release(&r->scenarios);
    str_map_release(&r->pavilions);
    vec_free(&r->records);
    vec_free(&r->ids);
    buf_release(&r->scratch);
    buf_release(&r->key);
    name_faces_release(&r->faces);
    arena_release(&r->arena);
}

enum err import_records(struct import_plan *plan, struct table *table,
                        const struct header_words *headers, const struct import_options *options,
                        struct store *store, const struct job *job, struct errinfo *info) {
    struct import_stream *stream = mem_new(1, sizeof(*stream));
    struct recording r = {.plan = plan, .store = store, .path = options->path};
    if (stream == NULL)
        return err_memory(info);
    arena_init(&r.arena, RECORDS_BYTES_MAX);
    buf_init(&r.scratch, CELL_BYTES_MAX);
    buf_init(&r.key, CELL_BYTES_MAX * STORE_COLUMNS_MAX);
    name_faces_init(&r.faces);
    enum err code = import_stream_open(stream, table, headers, options->sheet, options->overrides,
                                       options->override_count, &plan->arena, &plan->map, info);
    stream->amendments = options->amendments;
    plan->header_line = stream->header_line;
    r.sheet = code == ERR_OK ? record_sheet_of(plan->map.sheet) : NULL;
    if (code == ERR_OK && r.sheet == NULL)
        code = err_set(info, ERR_INTERNAL, "a sheet of exhibitors is not read as records");
    if (code == ERR_OK)
        code = load(&r, info);
    if (code == ERR_OK)
        code = read_rows(&r, stream, job, info);
    release(&r);
    import_stream_close(stream);
    mem_free(stream);
    return code;
}
