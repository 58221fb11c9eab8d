#include "unit.h"

#include <fcntl.h>
#include <iconv.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/threads.h"
#include "exchange/table_read.h"

static void read_file(const char *relative, struct buf *out) {
    char path[4096], block[4096];
    snprintf(path, sizeof(path), "%s/%s", getenv("FAIRLEAD_SOURCE"), relative);
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        fail_msg("cannot open %s", path);
    for (size_t got; (got = fread(block, 1, sizeof(block), f)) > 0;)
        buf_add(out, block, got);
    fclose(f);
}

/* All rows as "record@line[cell]...". */
static enum err render(struct table *table, struct buf *out, struct errinfo *info) {
    struct table_row row;
    bool end = false;
    enum err code;
    while ((code = table_next(table, &row, &end, info)) == ERR_OK && !end) {
        buf_printf(out, "%llu@%ld", (unsigned long long)row.record, row.line);
        for (uint32_t i = 0; i < row.count; i++) {
            buf_add_char(out, '[');
            buf_add_str(out, row.cells[i]);
            buf_add_char(out, ']');
        }
        buf_add_char(out, '\n');
    }
    return code;
}

static void convert(const struct buf *utf8, const char *encoding, struct buf *out) {
    iconv_t converter = iconv_open(encoding, "UTF-8");
    assert_true(converter != (iconv_t)-1);
    char *in = utf8->ptr;
    size_t left = utf8->len;
    while (left > 0) {
        char block[4096], *to = block;
        size_t room = sizeof(block);
        (void)iconv(converter, &in, &left, &to, &room);
        assert_true(room < sizeof(block));
        buf_add(out, block, sizeof(block) - room);
    }
    iconv_close(converter);
}

static void reads_the_messy_sample_in_every_encoding(void **state) {
    static const struct {
        const char *iconv, *detected, *given;
    } encodings[] = {
        {"UTF-8", "UTF-8", NULL},          {"UTF-16LE", "UTF-16LE", NULL},
        {"UTF-16BE", "UTF-16BE", NULL},    {"GB18030", "GB18030", NULL},
        {"GB18030", "GB18030", "gb18030"},
    };
    struct buf sample, bytes, expected, rows;
    struct errinfo info;
    buf_init(&sample, 1 << 20);
    buf_init(&bytes, 1 << 20);
    buf_init(&expected, 1 << 20);
    buf_init(&rows, 1 << 20);
    read_file("data/sample/exhibitors_messy.csv", &sample);
    for (size_t i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++) {
        struct buf text = sample;
        if (strcmp(encodings[i].iconv, "GB18030") == 0) {
            text.ptr += 3; /* there the mark would be a character */
            text.len -= 3;
        }
        buf_clear(&bytes);
        buf_clear(&rows);
        convert(&text, encodings[i].iconv, &bytes);
        struct table_options options = {.encoding = encodings[i].given};
        struct table *table;
        assert_ok(table_open_memory(buf_str(&bytes), "messy.csv", &options, &table, &info), &info);
        assert_string_equal(table_about(table)->encoding, encodings[i].detected);
        assert_int_equal(table_about(table)->separator, ',');
        assert_ok(render(table, &rows, &info), &info);
        if (i == 0)
            buf_add_str(&expected, buf_str(&rows));
        assert_true(str_equal(buf_str(&rows), buf_str(&expected)));
        buf_clear(&rows);
        assert_ok(table_rewind(table, &info), &info);
        assert_ok(render(table, &rows, &info), &info);
        assert_true(str_equal(buf_str(&rows), buf_str(&expected)));
        table_close(table);
    }
    /* The README of the sample counts 221 records; the first of them is this firm's. */
    assert_true(str_find(buf_str(&expected), STR("\n1@2[1][特斯拉][Tesla, Inc.]")) != SIZE_MAX);
    assert_true(str_find(buf_str(&expected), STR("\n221@")) != SIZE_MAX);
    assert_true(str_find(buf_str(&expected), STR("\n222@")) == SIZE_MAX);
    buf_release(&sample);
    buf_release(&bytes);
    buf_release(&expected);
    buf_release(&rows);
}

/* The position of the closing quote of the first quoted cell from `at` on, and the line in which
 * that cell begins; SIZE_MAX when there is none. `line` is that of `at` and moves on. */
static size_t closing_quote(struct str text, size_t at, long *line, long *begin_line) {
    for (bool begins = true; at < text.len; at++) {
        if (begins && text.ptr[at] == '"')
            break;
        begins = text.ptr[at] == ',' || text.ptr[at] == '\n';
        *line += text.ptr[at] == '\n';
    }
    *begin_line = *line;
    for (at++; at < text.len; at++) {
        *line += text.ptr[at] == '\n';
        if (text.ptr[at] != '"')
            continue;
        if (at + 1 == text.len || text.ptr[at + 1] != '"')
            return at;
        at++;
    }
    return SIZE_MAX;
}

static void tells_the_line_of_every_quote_that_could_be_missing(void **state) {
    struct buf sample, bytes, rows;
    struct errinfo info;
    buf_init(&sample, 1 << 20);
    buf_init(&bytes, 1 << 20);
    buf_init(&rows, 1 << 20);
    read_file("data/sample/exhibitors_messy.csv", &sample);
    struct str text = str_sub(buf_str(&sample), 3, sample.len);
    int count = 0;
    long line = 1, begin_line;
    for (size_t at = 0; (at = closing_quote(text, at, &line, &begin_line)) != SIZE_MAX; at++) {
        struct table *table;
        buf_clear(&bytes);
        buf_clear(&rows);
        buf_add_str(&bytes, str_sub(text, 0, at));
        buf_add_str(&bytes, str_sub(text, at + 1, text.len));
        assert_ok(table_open_memory(buf_str(&bytes), "messy.csv", NULL, &table, &info), &info);
        assert_int_equal(render(table, &rows, &info), ERR_INPUT);
        assert_int_equal(info.line, begin_line);
        table_close(table);
        count++;
    }
    assert_true(count > 100);
    buf_release(&sample);
    buf_release(&bytes);
    buf_release(&rows);
}

static void refuses_what_is_no_table(void **state) {
    const struct {
        struct str bytes;
        const char *says;
    } cases[] = {
        {STR("%PDF-1.7\n"), "PDF"},
        {STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on"), ".xls"},
        {STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
         "encrypted"},
        {STR("\xef\xbb\xbf <!DOCTYPE html><table>"), "web page"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct table *table;
        struct errinfo info;
        assert_int_equal(table_open_memory(cases[i].bytes, "x.csv", NULL, &table, &info),
                         ERR_INPUT);
        assert_non_null(strstr(info.message, cases[i].says));
        assert_string_equal(info.file, "x.csv");
    }
}

static void names_the_file_and_the_place(void **state) {
    struct table *table;
    struct table_row row;
    struct errinfo info;
    bool end;
    assert_ok(table_open_memory(STR("a,b\nc,\"d\n"), "list.csv", NULL, &table, &info), &info);
    assert_ok(table_next(table, &row, &end, &info), &info);
    assert_int_equal(table_next(table, &row, &end, &info), ERR_INPUT);
    char text[1200];
    err_format(&info, text, sizeof(text));
    assert_non_null(strstr(text, "list.csv:2:3: the quote opened here"));
    table_close(table);
    assert_int_equal(table_open("/nowhere/list.csv", NULL, &table, &info), ERR_NOT_FOUND);
    assert_int_equal(table_open("/tmp", NULL, &table, &info), ERR_INPUT);
    struct table_options options = {.encoding = "klingon"};
    assert_int_equal(table_open_memory(STR("a"), "x", &options, &table, &info), ERR_INPUT);
}

static void write_pipe(void *ctx, size_t from, size_t to, uint32_t worker) {
    const char *path = ctx;
    for (size_t i = from; i < to; i++) {
        if (i == 0) {
            int fd = open(path, O_WRONLY);
            for (int k = 0; k < 50000; k++)
                assert_int_equal(write(fd, "a;b\n", 4), 4);
            close(fd);
        } else {
            struct table *table;
            struct table_row row;
            struct errinfo info;
            bool end = false;
            uint64_t rows = 0;
            assert_ok(table_open(path, NULL, &table, &info), &info);
            assert_int_equal(table_about(table)->size_bytes, 200000);
            while (table_next(table, &row, &end, &info) == ERR_OK && !end)
                rows += row.count == 2;
            assert_int_equal(rows, 50000);
            table_close(table);
        }
    }
}

static void reads_a_pipe(void **state) {
    char folder[] = "/tmp/fairlead-test-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/pipe", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    threads_for(2, 2, 1, write_pipe, path);
    unlink(path);
    rmdir(folder);
}

static void tells_when_a_file_shrinks_while_it_is_read(void **state) {
    char path[] = "/tmp/fairlead-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    for (int i = 0; i < 200000; i++)
        assert_int_equal(write(fd, "a,b,c\n", 6), 6);
    struct table *table;
    struct table_row row;
    struct errinfo info;
    bool end = false;
    assert_ok(table_open(path, NULL, &table, &info), &info);
    assert_int_equal(ftruncate(fd, 1000), 0);
    enum err code = ERR_OK;
    while (code == ERR_OK && !end)
        code = table_next(table, &row, &end, &info);
    assert_int_equal(code, ERR_IO);
    assert_non_null(strstr(info.message, "shorter"));
    assert_string_equal(info.file, path);
    table_close(table);
    close(fd);
    unlink(path);
}

static void keeps_the_limit_of_bytes(void **state) {
    struct table_options options = {.limits = {.bytes = 10}};
    struct table *table;
    struct errinfo info;
    assert_int_equal(table_open_memory(STR("12345678901"), "x", &options, &table, &info),
                     ERR_LIMIT);
    assert_ok(table_open_memory(STR("1234567890"), "x", &options, &table, &info), &info);
    table_close(table);
}

static void survives_missing_memory(void **state) {
    struct errinfo info;
    enum err code = ERR_MEMORY;
    for (long n = 0; code != ERR_OK; n++) {
        struct table *table = NULL;
        struct table_row row;
        bool end = false;
        mem_fail_after(n);
        code = table_open_memory(STR("a,b\n1,\"2\"\n"), "x", NULL, &table, &info);
        while (code == ERR_OK && !end)
            code = table_next(table, &row, &end, &info);
        mem_fail_after(-1);
        table_close(table);
        assert_true(code == ERR_OK ? n > 3 : code == ERR_MEMORY);
    }
}

static void names_columns_as_spreadsheets_do(void **state) {
    static const struct {
        uint32_t column;
        const char *name;
    } cases[] = {{0, "A"}, {25, "Z"}, {26, "AA"}, {701, "ZZ"}, {702, "AAA"}, {16383, "XFD"}};
    char name[TABLE_COLUMN_NAME_MAX];
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        table_column_name(cases[i].column, name);
        assert_string_equal(name, cases[i].name);
    }
    table_column_name(UINT32_MAX, name);
    assert_string_equal(name, "MWLQKWV");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_messy_sample_in_every_encoding),
        cmocka_unit_test(tells_the_line_of_every_quote_that_could_be_missing),
        cmocka_unit_test(refuses_what_is_no_table),
        cmocka_unit_test(names_the_file_and_the_place),
        cmocka_unit_test(reads_a_pipe),
        cmocka_unit_test(tells_when_a_file_shrinks_while_it_is_read),
        cmocka_unit_test(keeps_the_limit_of_bytes),
        cmocka_unit_test(survives_missing_memory),
        cmocka_unit_test(names_columns_as_spreadsheets_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
