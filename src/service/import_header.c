/*
 * Header mapping: see import_header.h.
 *
 * Assignment: overrides first; then, again and again, the surest column that can mean exactly one
 * field not yet given. Columns that could mean both fields of a language pair wait until the others
 * are settled, then their cells decide: mostly Han is Chinese.
 */
#include "service/import_header.h"

#include "base/mem.h"
#include "model/spelling.h"
#include "service/import_header_words.h"
#include "text/utf8.h"

/* What the cells below a header look like. */
struct sample {
    uint32_t filled;
    uint32_t han;      /* cells with Han characters */
    uint32_t node_ids; /* cells made of words like "bat.cell" */
};

struct mapping {
    const struct header_words *words;
    enum sheet_id sheet;
    struct header_column *columns;
    struct header_meaning *meanings;
    struct sample *samples;
    uint32_t count;
    uint32_t taken; /* fields given */
};

const char *header_how_name(enum header_how how) {
    static const char *const names[] = {"unknown", "no header", "double", "ambiguous",
                                        "chosen",  "exact",     "parts",  "guess"};
    return names[how];
}

static bool has_han(struct str text) {
    while (text.len > 0) {
        uint32_t c = utf8_next(&text);
        if ((c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x323AF))
            return true;
    }
    return false;
}

/* Only words such as "bat.cell": lower-case letters and digits with a dot inside. */
static bool is_node_list(struct str text) {
    struct str word;
    bool any = false;
    while (str_next(&text, " ,;\n\r\t", &word)) {
        size_t dot = str_find(word, STR("."));
        if (word.len == 0)
            continue;
        if (dot == SIZE_MAX || dot == 0 || dot + 1 >= word.len || has_han(word))
            return false;
        any = true;
    }
    return any;
}

static void look_at_cells(struct mapping *m, const struct header_row *rows, uint32_t row_count) {
    for (uint32_t r = 0; r < row_count; r++)
        for (uint32_t c = 0; c < rows[r].count && c < m->count; c++) {
            struct str cell = str_trim(rows[r].cells[c]);
            m->samples[c].filled += cell.len > 0;
            m->samples[c].han += has_han(cell);
            m->samples[c].node_ids += is_node_list(cell);
        }
}

static bool is_single(uint32_t mask) {
    return mask != 0 && (mask & (mask - 1)) == 0;
}

static void give(struct mapping *m, uint32_t column, uint32_t mask, enum header_how how) {
    m->columns[column].field =
        mask == HEADER_IGNORE_BIT ? FIELD_IGNORE : (uint32_t)__builtin_ctz(mask);
    m->columns[column].how = how;
    if (mask != HEADER_IGNORE_BIT)
        m->taken |= mask;
}

/* Gives fields to the columns that can mean one only, surest first, until nothing changes. */
static void settle_single(struct mapping *m) {
    for (enum header_how how = HEADER_EXACT; how <= HEADER_GUESS; how++)
        for (uint32_t c = 0; c < m->count; c++) {
            uint32_t mask = m->meanings[c].mask & ~m->taken;
            if (m->columns[c].how == HEADER_UNKNOWN && m->meanings[c].how == how &&
                is_single(mask)) {
                give(m, c, mask, how);
                how = HEADER_CHOSEN; /* begin again with the surest */
                break;
            }
        }
}

/* Among the fields of `mask`, those of a language, or of none when there are none of it. */
static uint32_t of_language(const struct mapping *m, uint32_t mask, enum field_language language) {
    const struct sheet_kind *kind = sheet_kind_of(m->sheet);
    uint32_t found = 0;
    for (uint32_t i = 0; i < kind->count; i++)
        if ((mask >> i & 1) != 0 && kind->fields[i].language == language)
            found |= UINT32_C(1) << i;
    return found != 0 ? found : mask;
}

/* Lets the cells decide the first column that is still open; false when there is none. */
static bool settle_by_cells(struct mapping *m) {
    for (enum header_how how = HEADER_EXACT; how <= HEADER_GUESS; how++)
        for (uint32_t c = 0; c < m->count; c++) {
            const struct sample *s = &m->samples[c];
            uint32_t mask = m->meanings[c].mask & ~m->taken;
            if (m->columns[c].how != HEADER_UNKNOWN || m->meanings[c].how != how ||
                m->meanings[c].mask == 0)
                continue;
            if (mask == 0) {
                m->columns[c].how = HEADER_DOUBLE;
                return true;
            }
            bool chinese = s->filled > 0 ? s->han * 2 > s->filled : has_han(m->columns[c].header);
            bool nodes = s->filled > 0 && s->node_ids * 2 > s->filled;
            if (nodes && of_language(m, mask, LANGUAGE_NONE) != mask)
                mask = of_language(m, mask, LANGUAGE_NONE);
            else
                mask = of_language(m, mask, chinese ? LANGUAGE_ZH : LANGUAGE_EN);
            if (is_single(mask))
                give(m, c, mask, how);
            else
                m->columns[c].how = HEADER_AMBIGUOUS;
            return true;
        }
    return false;
}

static enum err same_key(struct str a, struct str b, bool *same, struct errinfo *info) {
    struct buf key_a, key_b;
    buf_init(&key_a, 16 * SPELLING_BYTES_MAX);
    buf_init(&key_b, 16 * SPELLING_BYTES_MAX);
    enum err code = spelling_key(a, &key_a, info);
    if (code == ERR_OK)
        code = spelling_key(b, &key_b, info);
    *same = key_a.len > 0 ? str_equal(buf_str(&key_a), buf_str(&key_b)) : str_equal(a, b);
    buf_release(&key_a);
    buf_release(&key_b);
    return code;
}

static enum err unknown_field(const struct mapping *m, struct str field, struct errinfo *info) {
    const struct sheet_kind *kind = sheet_kind_of(m->sheet);
    char list[ERR_TEXT_MAX - 40];
    size_t used = 0;
    for (uint32_t i = 0; i < kind->count && used < sizeof(list); i++)
        used += (size_t)snprintf(list + used, sizeof(list) - used, "%s, ", kind->fields[i].name);
    err_set(info, ERR_INPUT, "the mapping names a field \"%.*s\", which a sheet of %s has not",
            field.len > 60 ? 60 : (int)field.len, field.ptr, kind->name);
    err_hint(info, "Fields are %signore", list);
    return ERR_INPUT;
}

static enum err apply_overrides(struct mapping *m, const struct header_override *overrides,
                                uint32_t count, struct errinfo *info) {
    for (uint32_t i = 0; i < count; i++) {
        uint32_t field = sheet_field_by_name(sheet_kind_of(m->sheet), overrides[i].field);
        bool found = false;
        if (field == FIELD_NONE)
            return unknown_field(m, overrides[i].field, info);
        for (uint32_t c = 0; c < m->count; c++) {
            bool same;
            enum err code = same_key(m->columns[c].header, overrides[i].header, &same, info);
            if (code != ERR_OK)
                return code;
            if (same) {
                give(m, c, field == FIELD_IGNORE ? HEADER_IGNORE_BIT : UINT32_C(1) << field,
                     HEADER_CHOSEN);
                found = true;
            }
        }
        if (!found && !overrides[i].kept) {
            err_set(info, ERR_INPUT, "the mapping names a header \"%.*s\" that the sheet has not",
                    overrides[i].header.len > 100 ? 100 : (int)overrides[i].header.len,
                    overrides[i].header.ptr);
            err_hint(info, "Write the header as it stands in the sheet");
            return ERR_INPUT;
        }
    }
    return ERR_OK;
}

/* What each header of `row` can mean on a sheet of that kind; `fields` is how many it names. */
static enum err read_headers(struct mapping *m, const struct header_row *row, uint32_t *fields,
                             struct errinfo *info) {
    uint32_t seen = 0;
    *fields = 0;
    m->taken = 0;
    m->count = row->count;
    for (uint32_t c = 0; c < row->count; c++) {
        m->columns[c] = (struct header_column){str_trim(row->cells[c]), FIELD_NONE, HEADER_UNKNOWN};
        m->samples[c] = (struct sample){0};
        enum err code = header_meaning_of(m->words, m->sheet, row->cells[c], &m->meanings[c], info);
        if (code != ERR_OK)
            return code;
        if (m->meanings[c].how == HEADER_EMPTY || m->meanings[c].how == HEADER_AMBIGUOUS)
            m->columns[c].how = m->meanings[c].how;
        uint32_t mask = m->meanings[c].mask & ~HEADER_IGNORE_BIT;
        if (mask != 0 && (mask & ~seen) != 0 && m->meanings[c].how != HEADER_GUESS)
            (*fields)++;
        if (is_single(mask))
            seen |= mask;
    }
    return ERR_OK;
}

/* Whether the required fields of the kind are possible; of a language pair one is enough. */
static bool has_required(const struct mapping *m) {
    const struct sheet_kind *kind = sheet_kind_of(m->sheet);
    uint32_t possible = 0;
    for (uint32_t c = 0; c < m->count; c++)
        possible |= m->meanings[c].mask;
    for (uint32_t i = 0; i < kind->count; i++) {
        bool pair = kind->fields[i].language == LANGUAGE_EN && i + 1 < kind->count &&
                    kind->fields[i + 1].language == LANGUAGE_ZH;
        bool back = kind->fields[i].language == LANGUAGE_ZH && i > 0 &&
                    kind->fields[i - 1].language == LANGUAGE_EN;
        uint32_t wanted = UINT32_C(1) << i | (pair ? UINT32_C(1) << (i + 1) : 0) |
                          (back ? UINT32_C(1) << (i - 1) : 0);
        if (kind->fields[i].required && (possible & wanted) == 0)
            return false;
    }
    return true;
}

/* The kind and row with the most named fields; the earlier row and kind on a tie. */
static enum err choose_header(struct mapping *m, enum sheet_id asked, const struct header_row *rows,
                              uint32_t row_count, bool overridden, uint32_t *row,
                              enum sheet_id *sheet, struct errinfo *info) {
    uint32_t best = 0;
    *sheet = SHEETS;
    for (enum sheet_id kind = 0; kind < SHEETS; kind++) {
        if (asked != SHEETS && kind != asked)
            continue;
        m->sheet = kind;
        for (uint32_t r = 0; r < row_count && r < HEADER_ROWS_MAX; r++) {
            uint32_t fields;
            enum err code = read_headers(m, &rows[r], &fields, info);
            if (code != ERR_OK)
                return code;
            bool enough = fields >= 2 || (fields == 1 && (rows[r].count == 1 || overridden));
            if (enough && fields > best && (overridden || has_required(m))) {
                best = fields;
                *row = r;
                *sheet = kind;
            }
        }
    }
    return ERR_OK;
}

static enum err no_header(enum sheet_id asked, struct errinfo *info) {
    if (asked == SHEETS) {
        err_set(info, ERR_INPUT, "none of the first %d rows is a header we understand",
                HEADER_ROWS_MAX);
        err_hint(info, "Say what the sheet holds with --as, and name columns with --map "
                       "\"Header=field\"");
    } else {
        err_set(info, ERR_INPUT, "none of the first %d rows is the header of a sheet of %s",
                HEADER_ROWS_MAX, sheet_kind_of(asked)->name);
        err_hint(info,
                 asked == SHEET_EXHIBITORS
                     ? "A column with the exhibitor's name is needed, for example \"Company\" or "
                       "\"企业名称\"; name it with --map \"Header=name_en\""
                     : "Compare the headers with the sample's file of that name");
    }
    return ERR_INPUT;
}

static enum err prepare(struct mapping *m, const struct header_row *rows, uint32_t row_count,
                        struct arena *arena, struct errinfo *info) {
    uint32_t widest = 1;
    for (uint32_t r = 0; r < row_count; r++)
        if (r < HEADER_ROWS_MAX && rows[r].count > widest)
            widest = rows[r].count;
    if (widest > HEADER_COLUMNS_MAX) {
        err_set(info, ERR_LIMIT, "the sheet has %u columns", widest);
        err_hint(info, "At most %d are read: remove those that are not needed", HEADER_COLUMNS_MAX);
        return ERR_LIMIT;
    }
    m->columns = arena_new(arena, widest, sizeof(*m->columns));
    m->meanings = arena_new(arena, widest, sizeof(*m->meanings));
    m->samples = arena_new(arena, widest, sizeof(*m->samples));
    return m->columns != NULL && m->meanings != NULL && m->samples != NULL ? ERR_OK
                                                                           : err_memory(info);
}

static enum err finish(struct mapping *m, struct arena *arena, struct header_map *map,
                       struct errinfo *info) {
    *map = (struct header_map){
        .sheet = m->sheet, .columns = m->columns, .column_count = m->count, .row = map->row};
    for (uint32_t i = 0; i < SHEET_FIELDS_MAX; i++)
        map->column_of[i] = FIELD_NONE;
    for (uint32_t c = 0; c < m->count; c++) {
        struct header_column *column = &m->columns[c];
        column->header = arena_copy(arena, column->header);
        if (column->header.ptr == NULL)
            return err_memory(info);
        if (column->field < SHEET_FIELDS_MAX) {
            map->column_of[column->field] = c;
            map->fields++;
        }
    }
    return ERR_OK;
}

enum err header_find(const struct header_words *w, enum sheet_id sheet,
                     const struct header_row *rows, uint32_t row_count,
                     const struct header_override *overrides, uint32_t override_count,
                     struct arena *arena, struct header_map *map, struct errinfo *info) {
    struct mapping m = {.words = w};
    enum sheet_id found = SHEETS;
    uint32_t fields;
    enum err code = prepare(&m, rows, row_count, arena, info);
    if (code == ERR_OK)
        code =
            choose_header(&m, sheet, rows, row_count, override_count > 0, &map->row, &found, info);
    if (code == ERR_OK && found == SHEETS)
        code = no_header(sheet, info);
    if (code != ERR_OK)
        return code;
    m.sheet = found;
    code = read_headers(&m, &rows[map->row], &fields, info);
    if (code == ERR_OK)
        code = apply_overrides(&m, overrides, override_count, info);
    if (code != ERR_OK)
        return code;
    look_at_cells(&m, rows + map->row + 1, row_count - map->row - 1);
    do
        settle_single(&m);
    while (settle_by_cells(&m));
    return finish(&m, arena, map, info);
}
