/*
 * Tables on their way out: CSV and XLSX behind one interface, to a file or to memory.
 *
 * Rows follow one by one; memory does not grow with them (but for CSV to memory). A file appears
 * whole or not at all: until table_writer_close returns ERR_OK, what stood under its name stays.
 *
 *     struct table_value row[] = {table_text(name), table_integer(count)};
 *     enum err code = table_writer_open("list.xlsx", &options, &writer, info);
 *     if (code == ERR_OK) code = table_writer_row(writer, row, 2, info);
 *     code = code == ERR_OK ? table_writer_close(writer, info) : (table_writer_abandon(writer),
 * code);
 *
 * XLSX: the first row is the header, bold and frozen; columns are as wide as the first rows need.
 * Thread rule: one thread at a time for each writer.
 */
#ifndef FAIRLEAD_EXCHANGE_TABLE_WRITE_H
#define FAIRLEAD_EXCHANGE_TABLE_WRITE_H

#include "base/buf.h"
#include "exchange/table_read.h"

enum table_value_type { TABLE_TEXT, TABLE_INTEGER, TABLE_NUMBER };

/* A cell; an empty text is an empty cell. */
struct table_value {
    enum table_value_type type;
    struct str text; /* UTF-8, borrowed */
    int64_t integer;
    double number; /* not finite = an empty cell */
};

static inline struct table_value table_text(struct str text) {
    return (struct table_value){.type = TABLE_TEXT, .text = text};
}

static inline struct table_value table_integer(int64_t integer) {
    return (struct table_value){.type = TABLE_INTEGER, .integer = integer};
}

static inline struct table_value table_number(double number) {
    return (struct table_value){.type = TABLE_NUMBER, .number = number};
}

struct table_write_options {
    enum table_format format;
    char separator;       /* CSV: , ; TAB | ; 0 = comma */
    bool byte_order_mark; /* CSV: for Excel, which else takes UTF-8 for the local encoding */
    /* CSV: a text that a spreadsheet would run as a formula (it begins with = + - @, also
     * in full width, TAB, CR or LF and is no number) gets a ' in front. XLSX needs none, because
     * its texts are marked as text. Source: OWASP, "CSV Injection". */
    bool guard_formulas;
    const char *sheet; /* XLSX: its name; NULL = "Sheet1" */
};

struct table_writer;

enum err table_writer_open(const char *path, const struct table_write_options *options,
                           struct table_writer **out, struct errinfo *info) ERR_CHECK;
/* The same, appending to `memory`, which outlives the writer. */
enum err table_writer_open_memory(struct buf *memory, const struct table_write_options *options,
                                  struct table_writer **out, struct errinfo *info) ERR_CHECK;

/* Appends a row. After an error the writer can only be abandoned. */
enum err table_writer_row(struct table_writer *w, const struct table_value *values, uint32_t count,
                          struct errinfo *info) ERR_CHECK;

/* Finishes the table and frees the writer, whatever is returned. */
enum err table_writer_close(struct table_writer *w, struct errinfo *info) ERR_CHECK;

/* Frees the writer; a file it was to write is as before. */
void table_writer_abandon(struct table_writer *w);

#endif
