/*
 * The rows of a sheet: see xlsx_sheet.h.
 *
 * The events of the XML fill the row under construction; its end pauses the stream. Blank rows
 * before it are given first, so that the number of a row is its line. Shared strings are not
 * copied, other texts are collected in one buffer a row.
 */
#include "exchange/xlsx_sheet.h"

#include "base/mem.h"
#include "exchange/table_read.h"
#include "exchange/xlsx_value.h"
#include "exchange/xlsx_xml.h"
#include "text/utf8.h"

enum { ROW_TEXT_BYTES_MAX = 64 << 20 };

/* Excel's last row. */
static const uint32_t lines_max = 1048576;
/* Cells given in all, blank ones included: a thousand columns in a million rows. More means that
 * stray values stretch the sheet. */
static const uint64_t cells_max = 1000000000;

enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_BOOLEAN };

/* A value of the row: its text lies in the row's buffer, or `shared` is it. */
struct value {
    uint32_t column;
    size_t offset;
    size_t len;
    struct str shared; /* ptr NULL = not shared */
};

struct xlsx_rows {
    const struct xlsx_book *book;
    const struct xlsx_strings *strings;
    struct table_limits limits;
    struct xml_stream *stream;

    /* where the stream is */
    bool in_data, in_row, in_cell, in_inline, collect;
    bool hidden; /* the row */
    uint32_t phonetic;
    uint32_t line;        /* of the row, from 1 */
    uint32_t next_column; /* of a cell without a reference */
    uint32_t column;
    enum cell_type type;
    uint8_t kind; /* what the style makes of a number */
    size_t cell_from;
    struct buf text;
    VEC(struct value)
    values;

    /* what is given */
    bool ready; /* the row under construction is complete and waits */
    uint32_t given;
    uint64_t cells_given;
    uint64_t text_bytes; /* of all values so far */
    VEC(struct str)
    cells;
    VEC(long)
    lines;
};

/* ---- failures ---- */

static void fail_cell(struct xlsx_rows *r, enum err code, const char *what, const char *hint) {
    struct errinfo *info = xml_stream_fail(r->stream);
    char name[TABLE_COLUMN_NAME_MAX];
    if (info->code != ERR_OK)
        return;
    table_column_name(r->column, name);
    err_set(info, code, "cell %s%u %s", name, r->line, what);
    err_hint(info, "%s", hint);
    err_at(info, NULL, (long)r->line, (long)r->column + 1);
}

static void fail_memory(struct xlsx_rows *r) {
    (void)err_memory(xml_stream_fail(r->stream));
}

static void fail_long(struct xlsx_rows *r) {
    char what[64];
    snprintf(what, sizeof(what), "is longer than %u characters", r->limits.cell_chars);
    fail_cell(r, ERR_LIMIT, what, "Shorten it");
}

/* The row's buffer refused text. */
static void fail_row_text(struct xlsx_rows *r) {
    if (buf_error(&r->text, NULL) == ERR_LIMIT)
        fail_cell(r, ERR_LIMIT, "makes the text of its row longer than 64 MiB", "Shorten the row");
    else
        fail_memory(r);
}

/* ---- references ---- */

/* Reads the letters of "B7"; false when they name no column of a sheet. */
static bool read_column(const char *reference, uint32_t *column) {
    uint32_t number = 0;
    size_t len = 0;
    for (; reference[len] >= 'A' && reference[len] <= 'Z' && len < 4; len++)
        number = number * 26 + (uint32_t)(reference[len] - 'A') + 1;
    if (number == 0 || number > TABLE_XLSX_COLUMNS_MAX)
        return false;
    *column = number - 1;
    return true;
}

/* ---- events ---- */

static void open_row(struct xlsx_rows *r, const char **attributes) {
    const char *number = xml_attribute(attributes, "r");
    const char *hidden = xml_attribute(attributes, "hidden");
    uint32_t line = r->line + 1;
    if ((number != NULL && !str_to_u32(str_of(number), &line)) || line <= r->line ||
        line > lines_max) {
        err_set(xml_stream_fail(r->stream), ERR_INPUT,
                "the sheet is damaged: after row %u comes row \"%.20s\"", r->line,
                number != NULL ? number : "");
        err_hint(xml_stream_fail(r->stream), "Open it in a spreadsheet and save it again");
        return;
    }
    r->line = line;
    /* xsd:boolean: Excel writes 1, LibreOffice true */
    r->hidden = hidden != NULL && (strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0);
    r->next_column = 0;
    r->in_row = true;
    r->values.len = 0;
    buf_clear(&r->text);
}

static enum cell_type type_of(const char *name) {
    if (name == NULL || strcmp(name, "n") == 0)
        return CELL_NUMBER;
    if (strcmp(name, "s") == 0)
        return CELL_SHARED;
    return strcmp(name, "b") == 0 ? CELL_BOOLEAN : CELL_TEXT;
}

static void open_cell(struct xlsx_rows *r, const char **attributes) {
    const char *reference = xml_attribute(attributes, "r");
    const char *style = xml_attribute(attributes, "s");
    uint32_t index;
    r->column = r->next_column;
    if (reference != NULL && !read_column(reference, &r->column)) {
        err_set(xml_stream_fail(r->stream), ERR_INPUT,
                "the sheet is damaged: row %u has a cell \"%.20s\"", r->line, reference);
        err_hint(xml_stream_fail(r->stream), "Open it in a spreadsheet and save it again");
        return;
    }
    r->next_column = r->column + 1;
    r->type = type_of(xml_attribute(attributes, "t"));
    r->kind = 0;
    if (style != NULL && str_to_u32(str_of(style), &index) && index < r->book->style_kinds.len)
        r->kind = r->book->style_kinds.at[index];
    r->cell_from = r->text.len;
    r->in_cell = true;
    r->in_inline = false;
    r->phonetic = 0;
}

static void on_open(void *ctx, const char *name, const char **attributes) {
    struct xlsx_rows *r = ctx;
    r->collect = false;
    if (strcmp(name, "sheetData") == 0)
        r->in_data = true;
    else if (r->in_data && !r->in_row && strcmp(name, "row") == 0)
        open_row(r, attributes);
    else if (r->in_row && !r->in_cell && strcmp(name, "c") == 0)
        open_cell(r, attributes);
    else if (r->in_cell && strcmp(name, "v") == 0)
        r->collect = true;
    else if (r->in_cell && strcmp(name, "is") == 0)
        r->in_inline = true;
    else if (r->in_cell && strcmp(name, "rPh") == 0)
        r->phonetic++;
    else if (r->in_inline && r->phonetic == 0 && strcmp(name, "t") == 0)
        r->collect = true;
}

static void on_text(void *ctx, const char *text, size_t len) {
    struct xlsx_rows *r = ctx;
    if (!r->collect)
        return;
    buf_add(&r->text, text, len);
    /* No cell within the limit has more: an escape of seven bytes stands for one character. */
    if (r->text.len - r->cell_from > UINT64_C(7) * r->limits.cell_chars) {
        fail_long(r);
        return;
    }
    if (buf_error(&r->text, NULL) != ERR_OK)
        fail_row_text(r);
}

/* ---- values ---- */

static bool find_shared(struct xlsx_rows *r, struct str index_text, struct value *v) {
    uint32_t index;
    if (str_to_u32(str_trim(index_text), &index) && xlsx_strings_get(r->strings, index, &v->shared))
        return true;
    fail_cell(r, ERR_INPUT, "refers to a text that the workbook does not have",
              "Open it in a spreadsheet and save it again");
    return false;
}

/* Makes `text` the cell's, in place of what was collected. */
static void replace_text(struct xlsx_rows *r, struct value *v, struct str text) {
    v->offset = r->text.len;
    v->len = text.len;
    buf_add_str(&r->text, text);
    if (buf_error(&r->text, NULL) != ERR_OK)
        fail_row_text(r);
}

/* Makes a value of the collected text; false when it has none or fails. */
static bool make_value(struct xlsx_rows *r, struct value *v) {
    char number[NUMBER_TEXT_MAX];
    *v = (struct value){r->column, r->cell_from, r->text.len - r->cell_from, {NULL, 0}};
    if (v->len == 0)
        return false;
    char *bytes = r->text.ptr + v->offset;
    struct str raw = {bytes, v->len};
    switch (r->type) {
    case CELL_SHARED:
        return find_shared(r, raw, v) && v->shared.len > 0;
    case CELL_BOOLEAN:
        raw = str_trim(raw);
        replace_text(r, v, str_equal_c(raw, "0") ? STR("FALSE") : STR("TRUE"));
        return true;
    case CELL_TEXT:
        v->len = xlsx_unescape(bytes, v->len);
        return true;
    case CELL_NUMBER:
        break;
    }
    size_t len = xlsx_number_text(str_trim(raw), r->kind, r->book->date1904, number);
    if (len > 0)
        replace_text(r, v, (struct str){number, len});
    return true;
}

static void close_cell(struct xlsx_rows *r) {
    struct value v;
    r->in_cell = false;
    r->in_inline = false;
    if (!make_value(r, &v) || xml_stream_fail(r->stream)->code != ERR_OK)
        return;
    struct str text = v.shared;
    if (text.ptr == NULL)
        text = (struct str){r->text.ptr + v.offset, v.len};
    r->text_bytes += text.len;
    if (r->column >= r->limits.columns) {
        char what[64];
        snprintf(what, sizeof(what), "lies behind the last of %u columns", r->limits.columns);
        fail_cell(r, ERR_LIMIT, what, "Remove columns");
    } else if (r->values.len == TABLE_XLSX_COLUMNS_MAX) {
        fail_cell(r, ERR_INPUT, "is there again and again",
                  "Open it in a spreadsheet and save it again");
    } else if (r->text_bytes > r->limits.bytes) {
        /* Cells may share one long text, so little XML can stand for a lot of it. */
        fail_cell(r, ERR_LIMIT, "makes the texts of the sheet larger than the limit in bytes",
                  "Split the sheet");
    } else if (text.len > r->limits.cell_chars && utf8_count(text) > r->limits.cell_chars) {
        fail_long(r);
    } else if (!vec_push(&r->values, v)) {
        fail_memory(r);
    }
}

static void on_close(void *ctx, const char *name) {
    struct xlsx_rows *r = ctx;
    r->collect = false;
    if (r->in_cell && strcmp(name, "c") == 0) {
        close_cell(r);
    } else if (r->phonetic > 0 && strcmp(name, "rPh") == 0) {
        r->phonetic--;
    } else if (r->in_row && !r->in_cell && strcmp(name, "row") == 0) {
        r->in_row = false;
        r->ready = r->values.len > 0;
        if (r->ready)
            xml_stream_pause(r->stream);
    } else if (strcmp(name, "sheetData") == 0) {
        r->in_data = false;
    }
}

/* ---- giving rows ---- */

static enum err check_limits(const struct xlsx_rows *r, uint32_t count, struct errinfo *info) {
    if (r->given > r->limits.rows) {
        err_set(info, ERR_LIMIT, "there are more than %llu records",
                (unsigned long long)r->limits.rows);
        err_hint(info, "Split the sheet, or remove stray values below the table");
        err_at(info, NULL, (long)r->given + 1, 1);
        return ERR_LIMIT;
    }
    if (r->cells_given + count > cells_max) {
        err_set(info, ERR_LIMIT, "the sheet spans more than %llu cells",
                (unsigned long long)cells_max);
        err_hint(info, "Remove stray values beside the table");
        err_at(info, NULL, (long)r->given + 1, (long)count);
        return ERR_LIMIT;
    }
    return ERR_OK;
}

/* Lays `values` out as a row of cells. */
static enum err give(struct xlsx_rows *r, bool blank, struct table_row *row, struct errinfo *info) {
    uint32_t count = 1;
    for (size_t i = 0; !blank && i < r->values.len; i++)
        if (r->values.at[i].column >= count)
            count = r->values.at[i].column + 1;
    enum err code = check_limits(r, count, info);
    if (code != ERR_OK)
        return code;
    if (!vec_reserve(&r->cells, count) || !vec_reserve(&r->lines, count))
        return err_memory(info);
    for (uint32_t i = 0; i < count; i++) {
        r->cells.at[i] = STR("");
        r->lines.at[i] = (long)r->given + 1;
    }
    for (size_t i = 0; !blank && i < r->values.len; i++) {
        const struct value *v = &r->values.at[i];
        r->cells.at[v->column] =
            v->shared.ptr != NULL ? v->shared : (struct str){r->text.ptr + v->offset, v->len};
    }
    *row = (struct table_row){.cells = r->cells.at,
                              .cell_lines = r->lines.at,
                              .count = count,
                              .record = r->given,
                              .hidden = !blank && r->hidden,
                              .line = (long)r->given + 1};
    r->given++;
    r->cells_given += count;
    return ERR_OK;
}

enum err xlsx_rows_next(struct xlsx_rows *r, struct table_row *row, bool *end,
                        struct errinfo *info) {
    *end = false;
    while (!r->ready && !*end) {
        enum err code = xml_stream_run(r->stream, end, info);
        if (code != ERR_OK)
            return code;
    }
    if (!r->ready)
        return ERR_OK;
    *end = false;
    bool blank = r->given + 1 < r->line;
    if (!blank)
        r->ready = false;
    return give(r, blank, row, info);
}

/* ---- life cycle ---- */

enum err xlsx_rows_new(struct xlsx_zip *zip, const struct xlsx_book *book,
                       const struct xlsx_strings *strings, const char *part,
                       const struct table_limits *limits, struct xlsx_rows **out,
                       struct errinfo *info) {
    static const struct xml_events events = {on_open, on_close, on_text};
    struct xlsx_rows *r = mem_new(1, sizeof(*r));
    if (r == NULL)
        return err_memory(info);
    r->book = book;
    r->strings = strings;
    r->limits = *limits;
    buf_init(&r->text, ROW_TEXT_BYTES_MAX);
    enum err code = xml_stream_new(zip, part, &events, r, &r->stream, info);
    if (code == ERR_OK)
        *out = r;
    else
        xlsx_rows_free(r);
    return code;
}

void xlsx_rows_free(struct xlsx_rows *r) {
    if (r == NULL)
        return;
    xml_stream_free(r->stream);
    buf_release(&r->text);
    vec_free(&r->values);
    vec_free(&r->cells);
    vec_free(&r->lines);
    mem_free(r);
}
