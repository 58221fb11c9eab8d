#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/rng.h"
#include "exchange/table_write.h"
#include "text/utf8.h"

enum { COLUMNS = 6 };

/* Rows with US behind each cell and RS behind each row, as csv_oracle.py prints them. */
static enum err render(struct table *table, struct buf *out, struct errinfo *info) {
    struct table_row row;
    bool end = false;
    enum err code;
    while ((code = table_next(table, &row, &end, info)) == ERR_OK && !end) {
        for (uint32_t i = 0; i < row.count; i++) {
            buf_add_str(out, row.cells[i]);
            buf_add_char(out, '\x1f');
        }
        buf_add_char(out, '\x1e');
    }
    return code;
}

static void read_back(struct str bytes, char separator, struct buf *out) {
    const struct table_options options = {.separator = separator, .encoding = "UTF-8"};
    struct table *table;
    struct errinfo info;
    assert_ok(table_open_memory(bytes, "back", &options, &table, &info), &info);
    assert_ok(render(table, out, &info), &info);
    table_close(table);
}

/* ---- random tables ---- */

static struct str random_text(struct rng *rng, struct buf *store, bool any_character) {
    static const char *const parts[] = {"a",  "供应链", "\"", ",",       ";", "\t",   "|",  "\n",
                                        "\r", " ",      "x",  "_x0041_", "_", "=1+1", "-5", "sep="};
    static const uint32_t odd[] = {1, 8, 0x1f, 0x7f, 0x85, 0x2028, 0xFFFD, 0xFFFE, 0xFFFF, 0x1F600};
    size_t from = store->len;
    for (uint32_t count = rng_below(rng, 6); count > 0; count--) {
        if (any_character && rng_below(rng, 4) == 0)
            utf8_append(store, odd[rng_below(rng, sizeof(odd) / sizeof(odd[0]))]);
        else
            buf_add_c(store, parts[rng_below(rng, sizeof(parts) / sizeof(parts[0]))]);
    }
    return str_sub(buf_str(store), from, store->len);
}

/* A random table into `writer`; `expected` is how it must read back. The last cell of a row is
 * never empty, because XLSX does not keep empty ones at the end. */
static void write_random(struct table_writer *writer, struct rng *rng, struct buf *expected) {
    struct errinfo info;
    struct buf store;
    buf_init(&store, 1 << 20);
    buf_printf(&store, "%1000s", "");
    for (uint32_t row = 0; row < 20; row++) {
        struct table_value values[COLUMNS];
        uint32_t count = 1 + rng_below(rng, COLUMNS);
        buf_clear(&store);
        for (uint32_t i = 0; i < count; i++) {
            char digits[40];
            uint32_t kind = rng_below(rng, 6);
            if (kind == 0) {
                values[i] = table_integer((int64_t)rng_u64(rng) >> rng_below(rng, 64));
                snprintf(digits, sizeof(digits), "%lld", (long long)values[i].integer);
                buf_add_c(expected, digits);
            } else if (kind == 1) {
                values[i] = table_number((double)rng_below(rng, 1000) / 8);
                snprintf(digits, sizeof(digits), "%.10g", values[i].number);
                buf_add_c(expected, digits);
            } else {
                values[i] = table_text(random_text(rng, &store, true));
                if (i + 1 == count && values[i].text.len == 0)
                    values[i].text = STR("end");
                buf_add_str(expected, values[i].text);
            }
            buf_add_char(expected, '\x1f');
        }
        buf_add_char(expected, '\x1e');
        assert_ok(table_writer_row(writer, values, count, &info), &info);
    }
    buf_release(&store);
}

static void round_trip(const struct table_write_options *options, struct rng *rng) {
    struct buf bytes, expected, rows;
    struct errinfo info;
    struct table_writer *writer;
    buf_init(&bytes, 1 << 24);
    buf_init(&expected, 1 << 24);
    buf_init(&rows, 1 << 24);
    assert_ok(table_writer_open_memory(&bytes, options, &writer, &info), &info);
    write_random(writer, rng, &expected);
    assert_ok(table_writer_close(writer, &info), &info);
    read_back(buf_str(&bytes), options->separator, &rows);
    if (!str_equal(buf_str(&rows), buf_str(&expected)))
        fail_msg("read back as\n%.*s\nexpected\n%.*s", STR_ARG(buf_str(&rows)),
                 STR_ARG(buf_str(&expected)));
    buf_release(&bytes);
    buf_release(&expected);
    buf_release(&rows);
}

static void csv_reads_back_equal(void **state) {
    uint64_t seed = 7;
    print_message("# seed %llu\n", (unsigned long long)seed);
    struct rng rng;
    rng_init(&rng, seed);
    for (int i = 0; i < 400; i++) {
        struct table_write_options options = {
            .format = TABLE_CSV, .separator = ",;\t|"[i % 4], .byte_order_mark = i % 3 == 0};
        round_trip(&options, &rng);
    }
}

static void xlsx_reads_back_equal(void **state) {
    uint64_t seed = 8;
    print_message("# seed %llu\n", (unsigned long long)seed);
    struct rng rng;
    rng_init(&rng, seed);
    struct table_write_options options = {.format = TABLE_XLSX, .sheet = "参展商"};
    for (int i = 0; i < 40; i++)
        round_trip(&options, &rng);
}

/* The untidy sheet of the sample, saved as a workbook. */
static void keeps_the_messy_sample_in_a_workbook(void **state) {
    char path[4096];
    snprintf(path, sizeof(path), "%s/data/sample/exhibitors_messy.csv", getenv("FAIRLEAD_SOURCE"));
    const struct table_write_options options = {.format = TABLE_XLSX};
    struct buf bytes, expected, rows;
    struct errinfo info;
    struct table *table;
    struct table_writer *writer;
    struct table_row row;
    bool end = false;
    buf_init(&bytes, 1 << 24);
    buf_init(&expected, 1 << 24);
    buf_init(&rows, 1 << 24);
    assert_ok(table_open(path, NULL, &table, &info), &info);
    assert_ok(render(table, &expected, &info), &info);
    assert_ok(table_rewind(table, &info), &info);
    assert_ok(table_writer_open_memory(&bytes, &options, &writer, &info), &info);
    while (table_next(table, &row, &end, &info) == ERR_OK && !end) {
        struct table_value values[40];
        assert_true(row.count <= 40);
        for (uint32_t i = 0; i < row.count; i++)
            values[i] = table_text(row.cells[i]);
        assert_ok(table_writer_row(writer, values, row.count, &info), &info);
    }
    table_close(table);
    assert_ok(table_writer_close(writer, &info), &info);
    read_back(buf_str(&bytes), 0, &rows);
    /* Empty cells at the end of a row are not kept. */
    struct str want = buf_str(&expected), have = buf_str(&rows), want_row, have_row;
    uint32_t count = 0;
    while (str_next(&want, "\x1e", &want_row)) {
        assert_true(str_next(&have, "\x1e", &have_row));
        while (str_ends(want_row, STR("\x1f\x1f")))
            want_row.len--;
        assert_true(str_equal(want_row, have_row));
        count++;
    }
    assert_true(count > 200);
    buf_release(&bytes);
    buf_release(&expected);
    buf_release(&rows);
}

/* ---- CSV ---- */

static void writes_csv_as_the_standard_wants(void **state) {
    struct table_write_options options = {.format = TABLE_CSV, .guard_formulas = true};
    struct buf bytes;
    struct errinfo info;
    struct table_writer *writer;
    buf_init(&bytes, 10000);
    assert_ok(table_writer_open_memory(&bytes, &options, &writer, &info), &info);
    const struct table_value first[] = {table_text(STR("a,b")), table_text(STR("say \"x\"")),
                                        table_text(STR("")), table_text(STR("l\nm"))};
    const struct table_value second[] = {table_text(STR("=A1")),       table_text(STR("-5.5")),
                                         table_text(STR("-5 apples")), table_text(STR("@x\"")),
                                         table_text(STR("+86 10")),    table_text(STR("\tx")),
                                         table_text(STR("\uFF1DA1"))};
    const struct table_value third[] = {table_integer(-7), table_number(0.1), table_number(NAN),
                                        table_number(1e21), table_integer(INT64_MIN)};
    const struct table_value fourth[] = {table_text(STR(""))};
    assert_ok(table_writer_row(writer, first, 4, &info), &info);
    assert_ok(table_writer_row(writer, second, 7, &info), &info);
    assert_ok(table_writer_row(writer, third, 5, &info), &info);
    assert_ok(table_writer_row(writer, fourth, 1, &info), &info);
    assert_ok(table_writer_close(writer, &info), &info);
    assert_str(buf_str(&bytes), "\"a,b\",\"say \"\"x\"\"\",,\"l\nm\"\r\n"
                                "'=A1,-5.5,'-5 apples,\"'@x\"\"\",'+86 10,'\tx,'\uFF1DA1\r\n"
                                "-7,0.1,,1e+21,-9223372036854775808\r\n"
                                "\"\"\r\n");
    buf_release(&bytes);
}

/* Runs the oracle; false when there is no python3. */
static bool ask_python(const char *arguments, struct buf *out) {
    char command[1024], block[4096];
    snprintf(command, sizeof(command), "python3 %s/tests/exchange/csv_oracle.py %s",
             getenv("FAIRLEAD_SOURCE"), arguments);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    for (size_t got; (got = fread(block, 1, sizeof(block), pipe)) > 0;)
        buf_add(out, block, got);
    return pclose(pipe) == 0;
}

static void agrees_with_the_csv_module_of_python(void **state) {
    static const char *const names[] = {"','", "';'", "'\t'", "'|'"};
    char path[] = "/tmp/fairlead-oracle-XXXXXX", arguments[256];
    if (system("python3 -c 'import csv' 2>/dev/null") != 0)
        skip();
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    struct buf expected, rows;
    struct errinfo info;
    struct rng rng;
    rng_init(&rng, 9);
    buf_init(&expected, 1 << 24);
    buf_init(&rows, 1 << 24);
    for (int i = 0; i < 8; i++) {
        struct table_options options = {.separator = ",;\t|"[i % 4]};
        struct table *table;
        buf_clear(&expected);
        buf_clear(&rows);
        snprintf(arguments, sizeof(arguments), "write %s %s %d", path, names[i % 4], i);
        assert_true(ask_python(arguments, &expected));
        assert_ok(table_open(path, &options, &table, &info), &info);
        assert_ok(render(table, &rows, &info), &info);
        table_close(table);
        assert_true(rows.len > 0 && str_equal(buf_str(&rows), buf_str(&expected)));

        struct table_write_options out = {.format = TABLE_CSV, .separator = ",;\t|"[i % 4]};
        struct table_writer *writer;
        buf_clear(&expected);
        buf_clear(&rows);
        assert_ok(table_writer_open(path, &out, &writer, &info), &info);
        write_random(writer, &rng, &expected);
        assert_ok(table_writer_close(writer, &info), &info);
        snprintf(arguments, sizeof(arguments), "read %s %s", path, names[i % 4]);
        assert_true(ask_python(arguments, &rows));
        assert_true(rows.len > 0 && str_equal(buf_str(&rows), buf_str(&expected)));
    }
    unlink(path);
    buf_release(&expected);
    buf_release(&rows);
}

/* ---- files ---- */

static void assert_file(const char *path, const char *expected) {
    char bytes[100] = "";
    int fd = open(path, O_RDONLY);
    assert_true(fd >= 0);
    assert_true(read(fd, bytes, sizeof(bytes) - 1) >= 0);
    close(fd);
    assert_string_equal(bytes, expected);
}

static void replaces_a_file_whole_or_not_at_all(void **state) {
    char folder[] = "/tmp/fairlead-test-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/list.csv", folder);
    const struct table_write_options options = {.format = TABLE_CSV};
    const struct table_value old = table_text(STR("old")), new = table_text(STR("new"));
    struct table_writer *writer;
    struct errinfo info;
    assert_ok(table_writer_open(path, &options, &writer, &info), &info);
    assert_ok(table_writer_row(writer, &old, 1, &info), &info);
    assert_ok(table_writer_close(writer, &info), &info);
    assert_file(path, "old\r\n");

    assert_ok(table_writer_open(path, &options, &writer, &info), &info);
    assert_ok(table_writer_row(writer, &new, 1, &info), &info);
    assert_file(path, "old\r\n");
    table_writer_abandon(writer);
    assert_file(path, "old\r\n");

    assert_ok(table_writer_open(path, &options, &writer, &info), &info);
    assert_ok(table_writer_row(writer, &new, 1, &info), &info);
    assert_ok(table_writer_close(writer, &info), &info);
    assert_file(path, "new\r\n");
    unlink(path);
    /* Nothing else was left behind, else the folder would not go. */
    assert_int_equal(rmdir(folder), 0);
}

static void refuses_targets_it_cannot_replace(void **state) {
    const struct table_write_options options = {.format = TABLE_CSV};
    struct table_writer *writer;
    struct errinfo info;
    assert_int_equal(table_writer_open("/dev/null", &options, &writer, &info), ERR_INPUT);
    assert_int_equal(table_writer_open("/tmp", &options, &writer, &info), ERR_INPUT);
    assert_int_equal(table_writer_open("/nowhere/x.csv", &options, &writer, &info), ERR_NOT_FOUND);
    const struct table_write_options colon = {.format = TABLE_CSV, .separator = ':'};
    assert_int_equal(table_writer_open("/tmp/x.csv", &colon, &writer, &info), ERR_INPUT);
}

/* ---- XLSX ---- */

static void refuses_what_excel_cannot_hold(void **state) {
    struct table_write_options options = {.format = TABLE_XLSX, .sheet = "a/b"};
    struct table_writer *writer;
    struct errinfo info;
    struct buf bytes, text;
    buf_init(&bytes, 1 << 20);
    buf_init(&text, 1 << 20);
    assert_int_equal(table_writer_open_memory(&bytes, &options, &writer, &info), ERR_INPUT);
    options.sheet = NULL;
    assert_ok(table_writer_open_memory(&bytes, &options, &writer, &info), &info);
    for (int i = 0; i < 32768; i++)
        buf_add_c(&text, "供");
    struct table_value longest = table_text(str_sub(buf_str(&text), 0, 32767 * 3)),
                       longer = table_text(buf_str(&text));
    assert_ok(table_writer_row(writer, &longest, 1, &info), &info);
    assert_int_equal(table_writer_row(writer, &longer, 1, &info), ERR_LIMIT);
    assert_int_not_equal(table_writer_close(writer, &info), ERR_OK);
    assert_int_equal(bytes.len, 0);
    buf_release(&bytes);
    buf_release(&text);
}

static void survives_missing_memory(void **state) {
    static const enum table_format formats[] = {TABLE_CSV, TABLE_XLSX};
    for (int i = 0; i < 2; i++) {
        struct table_write_options options = {.format = formats[i]};
        enum err code = ERR_MEMORY;
        for (long n = 0; code != ERR_OK; n++) {
            struct buf bytes;
            struct table_writer *writer;
            struct errinfo info;
            struct table_value value = table_text(STR("text"));
            buf_init(&bytes, 1 << 20);
            mem_fail_after(n);
            code = table_writer_open_memory(&bytes, &options, &writer, &info);
            if (code == ERR_OK) {
                code = table_writer_row(writer, &value, 1, &info);
                if (code == ERR_OK)
                    code = table_writer_close(writer, &info);
                else
                    table_writer_abandon(writer);
            }
            mem_fail_after(-1);
            assert_true(code == ERR_OK ? n > 0 : code == ERR_MEMORY);
            buf_release(&bytes);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_reads_back_equal),
        cmocka_unit_test(xlsx_reads_back_equal),
        cmocka_unit_test(keeps_the_messy_sample_in_a_workbook),
        cmocka_unit_test(writes_csv_as_the_standard_wants),
        cmocka_unit_test(agrees_with_the_csv_module_of_python),
        cmocka_unit_test(replaces_a_file_whole_or_not_at_all),
        cmocka_unit_test(refuses_targets_it_cannot_replace),
        cmocka_unit_test(refuses_what_excel_cannot_hold),
        cmocka_unit_test(survives_missing_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
