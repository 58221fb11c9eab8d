/*
 * Tables from outside: see table_read.h. Tells what a file is and hands over to the reader of the
 * format.
 */
#include "exchange/table_read.h"

#include "base/mem.h"
#include "exchange/table_backend.h"

enum { HEAD_BYTES = 512, SCAN_BYTES = 64 << 10 };

struct table {
    struct input input;
    const struct table_backend *backend;
    void *reader;
    struct table_about about;
    char name[ERR_NAME_MAX];
};

/* ---- what it is ---- */

static const struct foreign {
    const char *magic;
    const char *what;
    const char *hint;
} foreign_formats[] = {
    {"%PDF-", "a PDF document", "Export the table as .xlsx or CSV"},
    {"\x1f\x8b", "a gzip archive", "Unpack it first"},
    {"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it first"},
    {"Rar!\x1a\x07", "a RAR archive", "Unpack it first"},
    {"\x89PNG", "a picture", "Export the table as .xlsx or CSV"},
    {"\xff\xd8\xff", "a picture", "Export the table as .xlsx or CSV"},
    {"SQLite format 3", "a database", "Export the table as CSV"},
    {"{\\rtf", "a text document", "Export the table as .xlsx or CSV"},
    {"<!doctype html", "a web page", "Open it in a spreadsheet and save it as .xlsx or CSV"},
    {"<html", "a web page", "Open it in a spreadsheet and save it as .xlsx or CSV"},
    {"<?xml", "an XML document", "Open it in a spreadsheet and save it as .xlsx or CSV"},
};

static enum err refuse(struct errinfo *info, const char *what, const char *hint) {
    err_set(info, ERR_INPUT, "this is %s, not a table that can be read", what);
    err_hint(info, "%s", hint);
    return ERR_INPUT;
}

/* The compound file of Microsoft holds old workbooks and encrypted new ones; the latter have an
 * entry of this name in UTF-16 (MS-OFFCRYPTO 1.3.3). */
static enum err refuse_compound(const struct input *in, struct errinfo *info) {
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    char block[SCAN_BYTES];
    size_t got;
    for (uint64_t offset = 0; offset < in->size; offset += SCAN_BYTES - sizeof(name)) {
        enum err code = input_read(in, offset, block, sizeof(block), &got, info);
        if (code != ERR_OK)
            return code;
        if (memmem(block, got, name, sizeof(name) - 1) != NULL)
            return refuse(info, "an encrypted workbook",
                          "Save it without a password, as .xlsx or CSV");
    }
    return refuse(info, "a workbook of the old binary format (.xls)", "Save it as .xlsx or CSV");
}

static enum err tell_format(const struct input *in, enum table_format *format,
                            struct errinfo *info) {
    char bytes[HEAD_BYTES];
    size_t got;
    enum err code = input_read(in, 0, bytes, sizeof(bytes), &got, info);
    if (code != ERR_OK)
        return code;
    struct str head = {bytes, got};
    if (str_starts(head, STR("PK\x03\x04")) || str_starts(head, STR("PK\x05\x06"))) {
        *format = TABLE_XLSX;
        return ERR_OK;
    }
    if (str_starts(head, STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")))
        return refuse_compound(in, info);
    struct str text = str_starts(head, STR("\xef\xbb\xbf")) ? str_sub(head, 3, got) : head;
    text = str_trim(text);
    for (size_t i = 0; i < sizeof(foreign_formats) / sizeof(foreign_formats[0]); i++) {
        const struct foreign *f = &foreign_formats[i];
        struct str magic = str_of(f->magic);
        if (text.len >= magic.len && str_equal_nocase(str_sub(text, 0, magic.len), magic))
            return refuse(info, f->what, f->hint);
    }
    *format = TABLE_CSV;
    return ERR_OK;
}

/* ---- the table ---- */

static enum err open_reader(struct table *t, const struct table_options *options,
                            struct errinfo *info) {
    enum err code = tell_format(&t->input, &t->about.format, info);
    if (code != ERR_OK)
        return code;
    t->about.size_bytes = t->input.size;
    bool text = t->about.format == TABLE_CSV;
    t->backend = text ? &table_csv_backend : &table_xlsx_backend;
    return (text ? table_csv_open : table_xlsx_open)(&t->input, options, &t->about, &t->reader,
                                                     info);
}

/* `bytes` is NULL for the file that `name` names. */
static enum err open_table(const struct str *bytes, const char *name,
                           const struct table_options *options, struct table **out,
                           struct errinfo *info) {
    struct table_options settled = {0};
    if (options != NULL)
        settled = *options;
    if (settled.limits.rows == 0)
        settled.limits.rows = TABLE_ROWS_MAX;
    if (settled.limits.bytes == 0)
        settled.limits.bytes = TABLE_BYTES_MAX;
    if (settled.limits.cell_chars == 0)
        settled.limits.cell_chars = TABLE_CELL_CHARS_MAX;
    struct table *t = mem_new(1, sizeof(*t));
    if (t == NULL)
        return err_memory(info);
    t->input.fd = -1;
    snprintf(t->name, sizeof(t->name), "%s", name);
    enum err code = bytes != NULL ? input_open_memory(&t->input, *bytes, settled.limits.bytes, info)
                                  : input_open(&t->input, name, settled.limits.bytes, info);
    if (code == ERR_OK)
        code = open_reader(t, &settled, info);
    if (code != ERR_OK) {
        err_at(info, t->name, 0, 0);
        table_close(t);
        return code;
    }
    *out = t;
    return ERR_OK;
}

enum err table_open(const char *path, const struct table_options *options, struct table **out,
                    struct errinfo *info) {
    return open_table(NULL, path, options, out, info);
}

enum err table_open_memory(struct str bytes, const char *name, const struct table_options *options,
                           struct table **out, struct errinfo *info) {
    return open_table(&bytes, name, options, out, info);
}

void table_close(struct table *t) {
    if (t == NULL)
        return;
    if (t->reader != NULL)
        t->backend->free(t->reader);
    input_release(&t->input);
    mem_free(t);
}

static enum err with_name(const struct table *t, enum err code, struct errinfo *info) {
    if (code != ERR_OK)
        err_at(info, t->name, 0, 0);
    return code;
}

enum err table_next(struct table *t, struct table_row *row, bool *end, struct errinfo *info) {
    return with_name(t, t->backend->next(t->reader, row, end, info), info);
}

enum err table_rewind(struct table *t, struct errinfo *info) {
    return with_name(t, t->backend->rewind(t->reader, info), info);
}

const struct table_about *table_about(const struct table *t) {
    return &t->about;
}

void table_column_name(uint32_t column, char out[TABLE_COLUMN_NAME_MAX]) {
    char reversed[TABLE_COLUMN_NAME_MAX];
    size_t len = 0;
    for (uint64_t left = (uint64_t)column + 1; left > 0; left = (left - 1) / 26)
        reversed[len++] = (char)('A' + (left - 1) % 26);
    for (size_t i = 0; i < len; i++)
        out[i] = reversed[len - 1 - i];
    out[len] = '\0';
}
