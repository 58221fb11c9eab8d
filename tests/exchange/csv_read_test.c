#include "unit.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/rng.h"
#include "exchange/csv_read.h"

/* A source that gives `block` bytes at a time. */
struct pieces {
    struct str rest;
    size_t block;
};

static enum err read_piece(void *ctx, struct buf *out, bool *last, struct errinfo *info) {
    struct pieces *p = ctx;
    size_t len = p->rest.len < p->block ? p->rest.len : p->block;
    buf_add(out, p->rest.ptr, len);
    p->rest = str_sub(p->rest, len, p->rest.len);
    *last = p->rest.len == 0;
    return ERR_OK;
}

/* Renders all rows as "record@line[cell][cell]\n", a cell on a later line as "line:[cell]". */
static enum err render(struct str text, size_t block, char separator,
                       const struct table_limits *limits, struct buf *out, struct errinfo *info) {
    struct pieces pieces = {text, block};
    struct csv_reader r;
    csv_reader_init(&r, (struct csv_source){read_piece, &pieces}, separator, limits);
    struct table_row row;
    bool end = false;
    enum err code;
    buf_clear(out);
    while ((code = csv_next(&r, &row, &end, info)) == ERR_OK && !end) {
        buf_printf(out, "%llu@%ld", (unsigned long long)row.record, row.line);
        for (uint32_t i = 0; i < row.count; i++) {
            if (row.cell_lines[i] != row.line)
                buf_printf(out, "%ld:", row.cell_lines[i]);
            buf_add_char(out, '[');
            buf_add_str(out, row.cells[i]);
            buf_add_char(out, ']');
        }
        buf_add_char(out, '\n');
    }
    csv_reader_release(&r);
    if (code == ERR_OK)
        code = buf_error(out, info);
    return code;
}

static const size_t blocks[] = {1, 2, 7, 64, 1 << 20};
enum { BLOCKS = sizeof(blocks) / sizeof(blocks[0]) };

static void assert_rows(const char *text, const char *expected) {
    struct buf out;
    struct errinfo info;
    buf_init(&out, 1 << 20);
    for (int i = 0; i < BLOCKS; i++) {
        assert_ok(render(str_of(text), blocks[i], 0, NULL, &out, &info), &info);
        assert_str(buf_str(&out), expected);
    }
    buf_release(&out);
}

/* Whatever the blocks, `text` fails at the place with `part` in the message. */
static void assert_fails(struct str text, const struct table_limits *limits, enum err code,
                         long line, long column, const char *part) {
    struct buf out;
    struct errinfo info;
    buf_init(&out, 1 << 20);
    for (int i = 0; i < BLOCKS; i++) {
        errinfo_init(&info);
        assert_int_equal(render(text, blocks[i], ',', limits, &out, &info), code);
        assert_int_equal(info.line, line);
        assert_int_equal(info.column, column);
        if (strstr(info.message, part) == NULL)
            fail_msg("\"%s\" does not say \"%s\"", info.message, part);
        assert_true(info.hint[0] != '\0');
    }
    buf_release(&out);
}

static void reads_every_kind_of_line_break(void **state) {
    assert_rows("a,b\r\nc,d\ne,f\rg,h", "0@1[a][b]\n1@2[c][d]\n2@3[e][f]\n3@4[g][h]\n");
    assert_rows("a,b\r\n", "0@1[a][b]\n");
    assert_rows("a,b\r", "0@1[a][b]\n");
    assert_rows("", "");
}

static void keeps_blank_lines_and_empty_cells(void **state) {
    assert_rows("a,b\n\n,\n\r\nx,", "0@1[a][b]\n1@2[]\n2@3[][]\n3@4[]\n4@5[x][]\n");
    assert_rows("\"\"", "0@1[]\n");
    assert_rows("\n", "0@1[]\n");
}

static void reads_quoted_cells(void **state) {
    assert_rows("a,\"b, \"\"c\"\"\"\n\"\"\"\",\"\"", "0@1[a][b, \"c\"]\n1@2[\"][]\n");
    assert_rows("n,\"x\r\ny\rz\nw\",m\n1,2,3", "0@1[n][x\r\ny\rz\nw]4:[m]\n1@5[1][2][3]\n");
    assert_rows("\"a\"\r\"b\"", "0@1[a]\n1@2[b]\n");
}

static void takes_a_quote_inside_an_unquoted_cell_as_it_is(void **state) {
    assert_rows("a,19\" rack,b\"\nc, \"d\",e", "0@1[a][19\" rack][b\"]\n1@2[c][ \"d\"][e]\n");
}

static void keeps_control_characters_that_are_not_separators(void **state) {
    assert_rows("a,b\tc\v\001", "0@1[a][b\tc\v\001]\n");
}

static void guesses_the_separator(void **state) {
    static const struct {
        const char *text;
        char separator;
    } cases[] = {
        {"name,city\nA,B\n", ','},
        {"name;city\nA;B\n", ';'},
        {"name\tcity\nA, Inc.\tB\n", '\t'},
        {"name|city", '|'},
        {"name", ','},
        {"", ','},
        {"Name;\"a,b,c,d\"\nx;y", ';'},
        {"Name;Products (a, b, c, d)\nX;none\nY;steel, glass\n", ';'},
        {"Exhibitors, 2026\nname;city\nA;B\nC;D\n", ';'},
        {"name;city\nSmith, John;Rome\nLee, Ann;Paris\n", ';'},
        {"Last, first;city\nSmith, John;Rome\nLee, Ann;Paris\n", ';'},
        {"公司，名称;国家；地区\n甲，乙;中国\n", ';'},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct str rest = str_of(cases[i].text);
        struct csv_reader r;
        struct errinfo info;
        csv_reader_init(&r, csv_source_text(&rest), 0, NULL);
        assert_ok(csv_reader_start(&r, &info), &info);
        if (r.separator != cases[i].separator)
            fail_msg("'%c' guessed for \"%s\"", r.separator, cases[i].text);
        csv_reader_release(&r);
    }
}

static void obeys_and_passes_a_separator_line(void **state) {
    assert_rows("sep=;\r\na,b;c\n", "0@2[a,b][c]\n");
    assert_rows("sep=|", "");
    assert_rows("sep=;x,y\n1,2\n", "0@1[sep=;x][y]\n1@2[1][2]\n");
}

static void refuses_a_separator_it_does_not_know(void **state) {
    struct buf out;
    struct errinfo info;
    buf_init(&out, 100);
    assert_int_equal(render(STR("a:b"), 9, ':', NULL, &out, &info), ERR_INPUT);
    buf_release(&out);
}

static void tells_where_an_unclosed_quote_opened(void **state) {
    assert_fails(STR("a,b\nc,\"d\ne,f\n\ng"), NULL, ERR_INPUT, 2, 3, "never closed");
    assert_fails(STR("a,\""), NULL, ERR_INPUT, 1, 3, "first row");
    assert_fails(STR("a,\"b\"\"\n"), NULL, ERR_INPUT, 1, 3, "never closed");
    /* The next quoted cell seems to close it; text behind that gives it away. */
    assert_fails(STR("n,t\n供,\"d,1\ne,\"f\",2\ng,h"), NULL, ERR_INPUT, 2, 3, "line 3, column 3");
}

static void refuses_text_behind_a_closing_quote(void **state) {
    assert_fails(STR("a,b\n企业,\"c\"d,e\n"), NULL, ERR_INPUT, 2, 7, "record 1");
    assert_fails(STR("\"a\" ,b"), NULL, ERR_INPUT, 1, 4, "first row");
}

static void refuses_zero_bytes(void **state) {
    assert_fails(STR("a,b\nc\0d,e\n"), NULL, ERR_INPUT, 2, 2, "zero byte");
    assert_fails(STR("a\n\"b\"\0,c"), NULL, ERR_INPUT, 2, 4, "zero byte");
    assert_fails(STR("a\n\"b\nc\0\""), NULL, ERR_INPUT, 3, 2, "zero byte");
}

static void keeps_the_limits(void **state) {
    const struct table_limits limits = {.rows = 2, .cell_chars = 4, .columns = 3, .bytes = 60};
    struct buf out;
    struct errinfo info;
    buf_init(&out, 1000);
    for (int i = 0; i < BLOCKS; i++) {
        struct str good = STR("a,b,c\n上海北京,\"\"\"\"\"\"\"\"\"\"\nabcd,\",,,,\",\"xyz\"");
        assert_ok(render(good, blocks[i], ',', &limits, &out, &info), &info);
        assert_str(buf_str(&out), "0@1[a][b][c]\n1@2[上海北京][\"\"\"\"]\n2@3[abcd][,,,,][xyz]\n");
    }
    buf_release(&out);
    assert_fails(STR("a\nb\nc\nd"), &limits, ERR_LIMIT, 4, 1, "more than 2 records");
    assert_fails(STR("a\n1,2,3,4\n"), &limits, ERR_LIMIT, 2, 7, "more than 3 cells");
    assert_fails(STR("a\nb,12345\n"), &limits, ERR_LIMIT, 2, 3, "longer than 4 characters");
    assert_fails(STR("a\nb,\"12\"\"45\"\n"), &limits, ERR_LIMIT, 2, 3, "longer than 4");
    assert_fails(STR("a\nb,\"上\n海北京\"\n"), &limits, ERR_LIMIT, 2, 3, "longer than 4");
    assert_fails(STR("a\nb,\"上海北京京京京京京京京京京京"), &limits, ERR_LIMIT, 2, 3, "than 4");
    assert_fails(STR("1\n1234567890123456789012345678901234567890123456789012345678901234567890"),
                 &(struct table_limits){.bytes = 60}, ERR_LIMIT, 0, 0, "larger than 60 bytes");
}

static void repeats_its_error(void **state) {
    struct str rest = STR("\"a\"b\nc\n");
    struct csv_reader r;
    struct table_row row;
    struct errinfo first, again;
    bool end;
    csv_reader_init(&r, csv_source_text(&rest), 0, NULL);
    assert_int_equal(csv_next(&r, &row, &end, &first), ERR_INPUT);
    assert_int_equal(csv_next(&r, &row, &end, &again), ERR_INPUT);
    assert_string_equal(first.message, again.message);
    csv_reader_release(&r);
}

static enum err fail_to_read(void *ctx, struct buf *out, bool *last, struct errinfo *info) {
    return err_set(info, ERR_IO, "the disk is gone");
}

static void passes_on_what_the_source_says(void **state) {
    struct csv_reader r;
    struct table_row row;
    struct errinfo info;
    bool end;
    csv_reader_init(&r, (struct csv_source){fail_to_read, NULL}, 0, NULL);
    assert_int_equal(csv_next(&r, &row, &end, &info), ERR_IO);
    assert_string_equal(info.message, "the disk is gone");
    csv_reader_release(&r);
}

static void survives_missing_memory(void **state) {
    const char *text = "a,b,c\n\"x\"\"y\",2,3\n";
    struct errinfo info;
    enum err code = ERR_MEMORY;
    for (long n = 0; code != ERR_OK; n++) {
        struct str rest = str_of(text);
        struct csv_reader r;
        struct table_row row;
        bool end = false;
        csv_reader_init(&r, csv_source_text(&rest), 0, NULL);
        mem_fail_after(n);
        while ((code = csv_next(&r, &row, &end, &info)) == ERR_OK && !end)
            continue;
        mem_fail_after(-1);
        csv_reader_release(&r);
        assert_true(code == ERR_OK ? n > 0 : code == ERR_MEMORY);
        assert_true(n < 100);
    }
}

/* ---- random tables ---- */

static void add_random_cell(struct rng *rng, char separator, struct buf *text, struct buf *out) {
    static const char *const parts[] = {"a",  "供应链", "\"",   ",", ";", "\t",          "|",
                                        "\n", "\r",     "\r\n", " ", "x", "plain words", "='"};
    struct buf cell;
    buf_init(&cell, 100000);
    uint32_t count = rng_below(rng, 8);
    if (rng_below(rng, 50) == 0)
        count = 300;
    bool quote = rng_below(rng, 4) == 0;
    for (uint32_t i = 0; i < count; i++) {
        const char *part = parts[rng_below(rng, sizeof(parts) / sizeof(parts[0]))];
        buf_add_c(&cell, part);
        quote = quote || *part == separator || strpbrk(part, "\"\r\n") != NULL;
    }
    if (quote)
        buf_add_char(text, '"');
    for (size_t i = 0; i < cell.len; i++) {
        if (quote && cell.ptr[i] == '"')
            buf_add_char(text, '"');
        buf_add_char(text, cell.ptr[i]);
    }
    if (quote)
        buf_add_char(text, '"');
    buf_add_char(out, '[');
    buf_add_str(out, buf_str(&cell));
    buf_add_char(out, ']');
    buf_release(&cell);
}

/* Lines that `s` opens: CRLF counts once. */
static long count_lines(struct str s) {
    long lines = 0;
    for (size_t i = 0; i < s.len; i++)
        lines += s.ptr[i] == '\r' || (s.ptr[i] == '\n' && (i == 0 || s.ptr[i - 1] != '\r'));
    return lines;
}

static void random_table(struct rng *rng, char separator, struct buf *text, struct buf *out) {
    static const char *const breaks[] = {"\n", "\r\n", "\r"};
    const char *line_break = breaks[rng_below(rng, 3)];
    uint32_t rows = rng_below(rng, 12);
    for (uint32_t row = 0; row < rows; row++) {
        buf_printf(out, "%u@%ld", row, 1 + count_lines(buf_str(text)));
        uint32_t cells = 1 + rng_below(rng, 9);
        long line = 1 + count_lines(buf_str(text));
        for (uint32_t i = 0; i < cells; i++) {
            if (i > 0)
                buf_add_char(text, separator);
            long now = 1 + count_lines(buf_str(text));
            if (now != line)
                buf_printf(out, "%ld:", now);
            add_random_cell(rng, separator, text, out);
        }
        buf_add_char(out, '\n');
        buf_add_c(text, line_break);
    }
}

static void reads_back_random_tables_in_any_blocks(void **state) {
    uint64_t seed = 20261124;
    print_message("# seed %llu\n", (unsigned long long)seed);
    struct rng rng;
    rng_init(&rng, seed);
    struct buf text, expected, out;
    struct errinfo info;
    buf_init(&text, 1 << 24);
    buf_init(&expected, 1 << 24);
    buf_init(&out, 1 << 24);
    for (int round = 0; round < 2000; round++) {
        char separator = ",;\t|"[rng_below(&rng, 4)];
        buf_clear(&text);
        buf_clear(&expected);
        random_table(&rng, separator, &text, &expected);
        size_t block = round % 2 == 0 ? blocks[round / 2 % BLOCKS] : 1 + rng_below(&rng, 200);
        assert_ok(render(buf_str(&text), block, separator, NULL, &out, &info), &info);
        if (!str_equal(buf_str(&out), buf_str(&expected)))
            fail_msg("round %d:\n%.*s\nread as:\n%.*s\nexpected:\n%.*s", round,
                     STR_ARG(buf_str(&text)), STR_ARG(buf_str(&out)), STR_ARG(buf_str(&expected)));
    }
    buf_release(&text);
    buf_release(&expected);
    buf_release(&out);
}

static void ends_well_when_cut_at_any_byte(void **state) {
    struct str text = STR("n,t\r\n\"a \"\"b\"\"\",供应\n\"c\r\nd\",e\r\n");
    struct buf out;
    struct errinfo info;
    buf_init(&out, 1000);
    for (size_t len = 0; len <= text.len; len++)
        for (size_t block = 1; block < 9; block++) {
            enum err whole = render(str_sub(text, 0, len), 100, 0, NULL, &out, &info);
            enum err pieces = render(str_sub(text, 0, len), block, 0, NULL, &out, &info);
            assert_int_equal(whole, pieces);
            assert_true(whole == ERR_OK || whole == ERR_INPUT);
        }
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_kind_of_line_break),
        cmocka_unit_test(keeps_blank_lines_and_empty_cells),
        cmocka_unit_test(reads_quoted_cells),
        cmocka_unit_test(takes_a_quote_inside_an_unquoted_cell_as_it_is),
        cmocka_unit_test(keeps_control_characters_that_are_not_separators),
        cmocka_unit_test(guesses_the_separator),
        cmocka_unit_test(obeys_and_passes_a_separator_line),
        cmocka_unit_test(refuses_a_separator_it_does_not_know),
        cmocka_unit_test(tells_where_an_unclosed_quote_opened),
        cmocka_unit_test(refuses_text_behind_a_closing_quote),
        cmocka_unit_test(refuses_zero_bytes),
        cmocka_unit_test(keeps_the_limits),
        cmocka_unit_test(repeats_its_error),
        cmocka_unit_test(passes_on_what_the_source_says),
        cmocka_unit_test(survives_missing_memory),
        cmocka_unit_test(reads_back_random_tables_in_any_blocks),
        cmocka_unit_test(ends_well_when_cut_at_any_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
