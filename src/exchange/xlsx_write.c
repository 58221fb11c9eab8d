/*
 * XLSX out: see xlsx_write.h.
 *
 * libxlsxwriter takes terminated strings, so each text is copied into one buffer; there, characters
 * that XML cannot hold and texts that look like an escape are escaped as ST_Xstring wants
 * (ECMA-376 part 1, 22.9.2.19), which libxlsxwriter does for most control characters only.
 */
/* Its macros name functions that are banned here. */
#include <xlsxwriter.h>

#undef BANNED_LATER
#include "base/banned.h"

#include <math.h>

#include "base/vec.h"
#include "exchange/xlsx_write.h"
#include "text/utf8.h"

enum {
    ROWS_MAX = 1048576,
    TEXT_CHARS_MAX = 32767,
    TEXT_BYTES_MAX = TEXT_CHARS_MAX * 28, /* four bytes, or an escape of seven, a character */
    WIDTH_ROWS = 200,                     /* rows that the width of a column is taken from */
    WIDTH_MIN = 8,
    WIDTH_MAX = 60,
};

/* Above it a cell, which is a double, does not hold every integer. */
static const int64_t exact_max = INT64_C(1) << 53;

struct xlsx_writer {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *bold;
    struct buf text;
    uint32_t rows;
    VEC(uint16_t)
    widths; /* of each column, in characters of the Latin alphabet */
};

static enum err fail(enum lxw_error error, struct errinfo *info) {
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return err_memory(info);
    err_set(info, ERR_IO, "cannot write the workbook: %s", lxw_strerror(error));
    err_hint(info, "Look whether the disk is full");
    return ERR_IO;
}

/* ---- text ---- */

static bool looks_escaped(struct str s) {
    if (s.len < 7 || s.ptr[0] != '_' || s.ptr[1] != 'x' || s.ptr[6] != '_')
        return false;
    for (size_t i = 2; i < 6; i++)
        if (strchr("0123456789abcdefABCDEF", s.ptr[i]) == NULL || s.ptr[i] == '\0')
            return false;
    return true;
}

/* Copies a text, terminated and escaped, into the buffer. */
static const char *prepare(struct xlsx_writer *w, struct str text) {
    buf_clear(&w->text);
    buf_add(&w->text, "", 0);
    while (text.len > 0) {
        struct str rest = text;
        uint32_t c = utf8_next(&rest);
        if (c == '_' && looks_escaped(text))
            buf_add_c(&w->text, "_x005F_");
        else if ((c < 0x20 && c != '\t' && c != '\n') || c == 0xFFFE || c == 0xFFFF)
            buf_printf(&w->text, "_x%04X_", (unsigned)c);
        else
            buf_add(&w->text, text.ptr, (size_t)(rest.ptr - text.ptr));
        text = rest;
    }
    return w->text.ptr;
}

/* Roughly how wide a text is: Han and the like take two Latin characters. */
static uint16_t width_of(struct str text) {
    size_t width = 0;
    while (text.len > 0 && width < WIDTH_MAX) {
        uint32_t c = utf8_next(&text);
        if (c == '\n')
            break;
        width += c >= 0x1100 ? 2 : 1;
    }
    return (uint16_t)(width < WIDTH_MAX ? width : WIDTH_MAX);
}

/* ---- rows ---- */

static enum err write_text(struct xlsx_writer *w, uint32_t column, struct str text,
                           struct errinfo *info) {
    if (text.len == 0)
        return ERR_OK;
    if (text.len > TEXT_CHARS_MAX && utf8_count(text) > TEXT_CHARS_MAX) {
        err_set(info, ERR_LIMIT, "a text of row %u is longer than the %d characters of a cell",
                w->rows + 1, TEXT_CHARS_MAX);
        err_hint(info, "Write CSV instead, or shorten it");
        return ERR_LIMIT;
    }
    const char *bytes = prepare(w, text);
    enum err code = buf_error(&w->text, info);
    if (code != ERR_OK)
        return code;
    lxw_error error = worksheet_write_string(w->sheet, w->rows, (lxw_col_t)column, bytes,
                                             w->rows == 0 ? w->bold : NULL);
    return error == LXW_NO_ERROR ? ERR_OK : fail(error, info);
}

static enum err write_number(struct xlsx_writer *w, uint32_t column, double number,
                             struct errinfo *info) {
    if (!isfinite(number))
        return ERR_OK;
    lxw_error error = worksheet_write_number(w->sheet, w->rows, (lxw_col_t)column, number,
                                             w->rows == 0 ? w->bold : NULL);
    return error == LXW_NO_ERROR ? ERR_OK : fail(error, info);
}

static enum err write_integer(struct xlsx_writer *w, uint32_t column, int64_t integer,
                              struct errinfo *info) {
    if (integer >= -exact_max && integer <= exact_max)
        return write_number(w, column, (double)integer, info);
    char digits[24];
    snprintf(digits, sizeof(digits), "%lld", (long long)integer);
    return write_text(w, column, str_of(digits), info);
}

static enum err note_width(struct xlsx_writer *w, uint32_t column, const struct table_value *value,
                           struct errinfo *info) {
    if (w->rows >= WIDTH_ROWS)
        return ERR_OK;
    while (w->widths.len <= column)
        if (!vec_push(&w->widths, WIDTH_MIN))
            return err_memory(info);
    /* Two more for the margins of the cell. */
    uint16_t width = (uint16_t)(width_of(value->text) + 2);
    if (value->type == TABLE_TEXT && width > w->widths.at[column])
        w->widths.at[column] = width;
    return ERR_OK;
}

enum err xlsx_writer_row(struct xlsx_writer *w, const struct table_value *values, uint32_t count,
                         struct errinfo *info) {
    if (w->rows == ROWS_MAX || count > TABLE_XLSX_COLUMNS_MAX) {
        err_set(info, ERR_LIMIT, "a sheet holds no more than %d rows and %u columns", ROWS_MAX,
                TABLE_XLSX_COLUMNS_MAX);
        err_hint(info, "Write CSV instead");
        return ERR_LIMIT;
    }
    for (uint32_t i = 0; i < count; i++) {
        enum err code = note_width(w, i, &values[i], info);
        if (code == ERR_OK && values[i].type == TABLE_TEXT)
            code = write_text(w, i, values[i].text, info);
        else if (code == ERR_OK && values[i].type == TABLE_INTEGER)
            code = write_integer(w, i, values[i].integer, info);
        else if (code == ERR_OK)
            code = write_number(w, i, values[i].number, info);
        if (code != ERR_OK)
            return code;
    }
    w->rows++;
    return ERR_OK;
}

/* ---- life cycle ---- */

enum err xlsx_writer_new(const char *path, const char *sheet, struct xlsx_writer **out,
                         struct errinfo *info) {
    struct xlsx_writer *w = mem_new(1, sizeof(*w));
    if (w == NULL)
        return err_memory(info);
    buf_init(&w->text, TEXT_BYTES_MAX);
    lxw_workbook_options options = {
        .constant_memory = LXW_TRUE, .tmpdir = getenv("TMPDIR"), .use_zip64 = LXW_FALSE};
    w->book = workbook_new_opt(path, &options);
    lxw_error error = LXW_ERROR_MEMORY_MALLOC_FAILED;
    if (w->book != NULL)
        error = sheet != NULL ? workbook_validate_sheet_name(w->book, sheet) : LXW_NO_ERROR;
    if (w->book != NULL && error != LXW_NO_ERROR) {
        err_set(info, ERR_INPUT, "a sheet cannot be named \"%.60s\"", sheet);
        err_hint(info, "Take at most 31 characters, none of []:*?/\\");
        xlsx_writer_free(w);
        return ERR_INPUT;
    }
    if (w->book != NULL)
        w->sheet = workbook_add_worksheet(w->book, sheet);
    if (w->sheet != NULL)
        w->bold = workbook_add_format(w->book);
    if (w->bold == NULL) {
        xlsx_writer_free(w);
        err_set(info, ERR_IO, "cannot begin a workbook");
        err_hint(info, "Look whether there is room for temporary files");
        return ERR_IO;
    }
    format_set_bold(w->bold);
    worksheet_freeze_panes(w->sheet, 1, 0);
    *out = w;
    return ERR_OK;
}

enum err xlsx_writer_finish(struct xlsx_writer *w, struct errinfo *info) {
    for (size_t i = 0; i < w->widths.len; i++)
        worksheet_set_column(w->sheet, (lxw_col_t)i, (lxw_col_t)i, w->widths.at[i], NULL);
    /* Frees the workbook, whatever it returns. */
    lxw_error error = workbook_close(w->book);
    w->book = NULL;
    return error == LXW_NO_ERROR ? ERR_OK : fail(error, info);
}

void xlsx_writer_free(struct xlsx_writer *w) {
    if (w == NULL)
        return;
    if (w->book != NULL)
        lxw_workbook_free(w->book);
    buf_release(&w->text);
    vec_free(&w->widths);
    mem_free(w);
}
