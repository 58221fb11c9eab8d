/*
 * How fast tables are read and written: rows and megabytes a second.
 *
 * The text is a plain exhibitor list of a million rows, and the same with every cell in quotes.
 * The peer is the csv module of Python (a reader written in C, called from a loop), on the same
 * file in the same run. Workbooks: 100,000 rows of six cells.
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "exchange/csv_read.h"
#include "exchange/table_write.h"

enum { ROWS = 1000000, SHEET_ROWS = 100000, CELLS = 6 };

/* `bytes` 0 = not told. */
static void print_line(const char *what, double seconds, uint64_t rows, size_t bytes) {
    printf("%-44s %8.3f s %12.0f rows/s", what, seconds, (double)rows / seconds);
    if (bytes > 0)
        printf(" %9.1f MB/s", (double)bytes / 1e6 / seconds);
    printf("\n");
}

static void fail(const char *what, const struct errinfo *info) {
    char text[1200];
    err_format(info, text, sizeof(text));
    printf("%s: %s\n", what, text);
}

static void make_text(struct buf *out, const char *quote) {
    buf_printf(out, "name,name_zh,country,offers,source,year\n");
    for (int i = 0; i < ROWS; i++)
        buf_printf(out,
                   "%sExample Machinery %d Co. Ltd%s,%s示例机械%d%s,%sCN%s,%sbat.cell bat.pack"
                   "%s,%shttps://example.org/%d%s,%d\n",
                   quote, i, quote, quote, i, quote, quote, quote, quote, quote, quote, i, quote,
                   2020 + i % 7);
}

static void bench_reader(const char *what, struct str text) {
    struct str rest = text;
    struct csv_reader r;
    struct table_row row;
    struct errinfo info;
    bool end = false;
    uint64_t rows = 0, cells = 0;
    int64_t from = clock_monotonic_ns();
    csv_reader_init(&r, csv_source_text(&rest), 0, &(struct table_limits){.rows = 2 * ROWS});
    while (csv_next(&r, &row, &end, &info) == ERR_OK && !end) {
        rows++;
        cells += row.count;
    }
    print_line(what, (double)(clock_monotonic_ns() - from) / 1e9, rows, text.len);
    if (cells != (uint64_t)(ROWS + 1) * CELLS)
        printf("wrong number of cells: %llu\n", (unsigned long long)cells);
    csv_reader_release(&r);
}

static void bench_table(const char *what, const char *path) {
    struct table *table;
    struct table_row row;
    struct errinfo info;
    bool end = false;
    uint64_t rows = 0;
    enum err code;
    int64_t from = clock_monotonic_ns();
    if (table_open(path, NULL, &table, &info) != ERR_OK) {
        fail(what, &info);
        return;
    }
    while ((code = table_next(table, &row, &end, &info)) == ERR_OK && !end)
        rows++;
    if (code != ERR_OK)
        fail(what, &info);
    print_line(what, (double)(clock_monotonic_ns() - from) / 1e9, rows,
               (size_t)table_about(table)->size_bytes);
    table_close(table);
}

static void bench_python(const char *path, size_t bytes) {
    char command[512];
    snprintf(command, sizeof(command),
             "python3 -c \"import csv,sys\nfor row in csv.reader(open('%s', encoding='utf-8', "
             "newline=''), strict=True): pass\"",
             path);
    int64_t from = clock_monotonic_ns();
    if (system(command) == 0)
        print_line("  peer: python3 csv.reader, file", (double)(clock_monotonic_ns() - from) / 1e9,
                   ROWS + 1, bytes);
    else
        printf("  peer: no python3 here\n");
}

static void bench_writer(const char *what, const char *path, enum table_format format, int rows) {
    const struct table_write_options options = {.format = format};
    struct table_writer *writer;
    struct errinfo info;
    int64_t from = clock_monotonic_ns();
    enum err code = table_writer_open(path, &options, &writer, &info);
    for (int i = 0; code == ERR_OK && i < rows; i++) {
        char name[64];
        int len = snprintf(name, sizeof(name), "Example Machinery %d Co. Ltd", i);
        const struct table_value values[CELLS] = {table_text((struct str){name, (size_t)len}),
                                                  table_text(STR("示例机械")),
                                                  table_text(STR("CN")),
                                                  table_text(STR("bat.cell bat.pack")),
                                                  table_number(i / 8.0),
                                                  table_integer(2020 + i % 7)};
        code = table_writer_row(writer, values, CELLS, &info);
    }
    if (code == ERR_OK)
        code = table_writer_close(writer, &info);
    if (code != ERR_OK)
        fail(what, &info);
    else
        print_line(what, (double)(clock_monotonic_ns() - from) / 1e9, (uint64_t)rows, 0);
}

static void bench_text(const char *kind, const char *quote, const char *path) {
    struct buf text;
    struct errinfo info;
    buf_init(&text, 1 << 30);
    make_text(&text, quote);
    printf("%s: %zu MB\n", kind, text.len / 1000000);
    FILE *f = fopen(path, "wb");
    if (buf_error(&text, &info) != ERR_OK || f == NULL ||
        fwrite(text.ptr, 1, text.len, f) != text.len || fclose(f) != 0) {
        printf("cannot write %s\n", path);
        return;
    }
    bench_reader("  csv_next, memory", buf_str(&text));
    bench_table("  table_next, file (detect, decode, read)", path);
    bench_python(path, text.len);
    buf_release(&text);
}

int main(void) {
    char path[] = "/tmp/fairlead-bench-XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0)
        return 1;
    close(fd);
    bench_text("plain cells", "", path);
    bench_text("quoted cells", "\"", path);
    printf("written and read back\n");
    bench_writer("  table_writer, CSV", path, TABLE_CSV, ROWS);
    bench_table("  table_next, CSV", path);
    bench_writer("  table_writer, XLSX", path, TABLE_XLSX, SHEET_ROWS);
    bench_table("  table_next, XLSX (MB packed)", path);
    unlink(path);
    return 0;
}
