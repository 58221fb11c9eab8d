/* XLSX workbooks as tables: archive -> workbook, shared strings -> rows of one sheet. */
#include "base/mem.h"
#include "exchange/table_backend.h"
#include "exchange/xlsx_sheet.h"

struct xlsx_table {
    struct xlsx_zip *zip;
    struct xlsx_book book;
    struct xlsx_strings strings;
    struct table_limits limits;
    const char *part;
    struct xlsx_rows *rows;
};

/* Other formats that come in zip archives, by a part that only they have. */
static enum err check_kind(struct xlsx_zip *zip, struct errinfo *info) {
    if (xlsx_zip_has(zip, "[Content_Types].xml") && !xlsx_zip_has(zip, "xl/workbook.bin"))
        return ERR_OK;
    const char *what = "a zip archive, not a table that can be read";
    if (xlsx_zip_has(zip, "xl/workbook.bin"))
        what = "a binary workbook (.xlsb)";
    else if (xlsx_zip_has(zip, "content.xml"))
        what = "an OpenDocument file (.ods)";
    err_set(info, ERR_INPUT, "this is %s", what);
    err_hint(info, "Save the table as .xlsx or CSV");
    return ERR_INPUT;
}

static enum err choose_sheet(struct xlsx_table *t, const char *wanted, struct table_about *about,
                             struct errinfo *info) {
    size_t chosen = 0;
    if (wanted != NULL) {
        while (chosen < t->book.names.len && !str_equal_c(t->book.names.at[chosen], wanted))
            chosen++;
    } else {
        while (chosen < t->book.sheets.len && t->book.sheets.at[chosen].hidden)
            chosen++;
        if (chosen == t->book.sheets.len)
            chosen = 0;
    }
    if (chosen == t->book.names.len) {
        err_set(info, ERR_NOT_FOUND, "the workbook has no sheet \"%s\"", wanted);
        err_hint(info, "Its first sheet is \"%.*s\"; %zu sheets in all",
                 STR_ARG(t->book.names.at[0]), t->book.names.len);
        return ERR_NOT_FOUND;
    }
    t->part = t->book.sheets.at[chosen].part;
    about->sheet = t->book.names.at[chosen];
    about->sheets = t->book.names.at;
    about->sheet_count = (uint32_t)t->book.names.len;
    return ERR_OK;
}

static enum err rewind_xlsx(void *reader, struct errinfo *info) {
    struct xlsx_table *t = reader;
    struct xlsx_rows *rows;
    enum err code = xlsx_rows_new(t->zip, &t->book, &t->strings, t->part, &t->limits, &rows, info);
    if (code != ERR_OK)
        return code;
    xlsx_rows_free(t->rows);
    t->rows = rows;
    return ERR_OK;
}

static enum err next_xlsx(void *reader, struct table_row *row, bool *end, struct errinfo *info) {
    struct xlsx_table *t = reader;
    return xlsx_rows_next(t->rows, row, end, info);
}

static void free_xlsx(void *reader) {
    struct xlsx_table *t = reader;
    if (t == NULL)
        return;
    xlsx_rows_free(t->rows);
    xlsx_strings_release(&t->strings);
    xlsx_book_release(&t->book);
    xlsx_zip_close(t->zip);
    mem_free(t);
}

static enum err open_parts(struct xlsx_table *t, const struct input *input,
                           const struct table_options *options, struct table_about *about,
                           struct errinfo *info) {
    enum err code = xlsx_zip_open(input, t->limits.bytes, &t->zip, info);
    if (code == ERR_OK)
        code = check_kind(t->zip, info);
    if (code == ERR_OK)
        code = xlsx_book_read(&t->book, t->zip, info);
    if (code == ERR_OK)
        code = choose_sheet(t, options->sheet, about, info);
    if (code == ERR_OK)
        code = xlsx_strings_read(&t->strings, t->zip, t->book.strings_part, info);
    if (code == ERR_OK)
        code = rewind_xlsx(t, info);
    return code;
}

enum err table_xlsx_open(const struct input *input, const struct table_options *options,
                         struct table_about *about, void **reader, struct errinfo *info) {
    struct xlsx_table *t = mem_new(1, sizeof(*t));
    if (t == NULL)
        return err_memory(info);
    t->limits = options->limits;
    if (t->limits.columns == 0)
        t->limits.columns = TABLE_XLSX_COLUMNS_MAX;
    enum err code = open_parts(t, input, options, about, info);
    if (code == ERR_OK)
        *reader = t;
    else
        free_xlsx(t);
    return code;
}

const struct table_backend table_xlsx_backend = {next_xlsx, rewind_xlsx, free_xlsx};
