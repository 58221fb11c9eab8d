#include "unit.h"

#include "base/mem.h"
#include "exchange/pack.h"
#include "exchange/table_read.h"

/* ---- helpers ---- */

static struct str plain_book(void) {
    return str_of(pack_plain_book);
}

/* Rows as "record@line[cell]..." until the end or an error. */
static enum err render(struct str bytes, const struct table_options *options, struct buf *out,
                       struct errinfo *info) {
    struct table *table = NULL;
    struct table_row row;
    bool end = false;
    errinfo_init(info);
    enum err code = table_open_memory(bytes, "list.xlsx", options, &table, info);
    while (code == ERR_OK && (code = table_next(table, &row, &end, info)) == ERR_OK && !end) {
        buf_printf(out, "%llu@%ld", (unsigned long long)row.record, row.line);
        for (uint32_t i = 0; i < row.count; i++) {
            buf_add_char(out, '[');
            buf_add_str(out, row.cells[i]);
            buf_add_char(out, ']');
        }
        buf_add_char(out, '\n');
    }
    table_close(table);
    return code;
}

/* The cells of a workbook with this sheet data. */
static void assert_sheet(const char *workbook, const char *data, const char *strings,
                         const char *styles, const char *expected) {
    struct buf sheet, bytes, rows;
    struct errinfo info;
    buf_init(&sheet, 1 << 20);
    buf_init(&bytes, 1 << 20);
    buf_init(&rows, 1 << 20);
    buf_printf(&sheet, "<worksheet><sheetData>%s</sheetData></worksheet>", data);
    pack_workbook(str_of(workbook), buf_str(&sheet), str_of(strings), str_of(styles), true, &bytes);
    assert_ok(render(buf_str(&bytes), NULL, &rows, &info), &info);
    assert_str(buf_str(&rows), expected);
    buf_release(&sheet);
    buf_release(&bytes);
    buf_release(&rows);
}

static void assert_bytes_fail(struct str bytes, const struct table_options *options, enum err code,
                              const char *part) {
    struct buf rows;
    struct errinfo info;
    buf_init(&rows, 1 << 20);
    assert_int_equal(render(bytes, options, &rows, &info), code);
    assert_int_equal(info.code, code);
    assert_string_equal(info.file, "list.xlsx");
    if (strstr(info.message, part) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", info.message, part);
    assert_true(info.hint[0] != '\0');
    buf_release(&rows);
}

static void assert_sheet_fails(const char *sheet, const struct table_options *options,
                               enum err code, const char *part) {
    struct buf bytes;
    buf_init(&bytes, 1 << 20);
    pack_workbook(plain_book(), str_of(sheet), STR(""), STR(""), true, &bytes);
    assert_bytes_fail(buf_str(&bytes), options, code, part);
    buf_release(&bytes);
}

/* ---- values ---- */

static void reads_every_type_of_cell(void **state) {
    assert_sheet(pack_plain_book,
                 "<row r='1'><c r='A1' t='s'><v>1</v></c><c r='B1' t='s'><v> 0 </v></c></row>"
                 "<row r='2'><c t='inlineStr'><is><t>in </t><r><t>line</t></r></is></c>"
                 "<c t='str'><f>A1&amp;\"x\"</f><v>a &lt; b</v></c><c t='b'><v>1</v></c>"
                 "<c t='b'><v>0</v></c><c t='e'><v>#N/A</v></c><c t='d'><v>2024-11-26</v></c>"
                 "<c><v>42</v></c></row>",
                 "<sst><si><t xml:space='preserve'>plain </t></si><si><r><rPr><b/></rPr><t>供应"
                 "</t></r><r><t>链</t></r><rPh><t>gong</t></rPh></si></sst>",
                 "",
                 "0@1[供应链][plain ]\n"
                 "1@2[in line][a < b][TRUE][FALSE][#N/A][2024-11-26][42]\n");
}

static void keeps_places_of_sparse_rows_and_cells(void **state) {
    assert_sheet(pack_plain_book,
                 "<row r='2'><c r='C2'><v>1</v></c><c><v>2</v></c></row><row r='3'/>"
                 "<row><c r='A4' s='9'/></row>"
                 "<row r='6'><c r='B6'><v>3</v></c><c r='A6'><v>4</v></c></row>"
                 "<row r='900000'><c r='A900000' s='0'></c></row>",
                 "", "", "0@1[]\n1@2[][][1][2]\n2@3[]\n3@4[]\n4@5[]\n5@6[4][3]\n");
    assert_sheet(pack_plain_book, "", "", "", "");
}

static void prints_numbers_shortly(void **state) {
    assert_sheet(pack_plain_book,
                 "<row><c><v>0.10000000000000001</v></c><c><v>1.0</v></c><c><v>-2.50</v></c>"
                 "<c><v>1E3</v></c><c><v>123456789012345678</v></c><c><v>1.5E-5</v></c>"
                 "<c><v>1e300</v></c><c><v>12345678901234567890</v></c><c><v>007</v></c>"
                 "<c><v>-0</v></c><c><v>0.3</v></c><c><v>what</v></c><c><v> 5 </v></c></row>",
                 "", "",
                 "0@1[0.1][1][-2.5][1000][123456789012345678][0.000015][1e+300]"
                 "[12345678901234567000][7][0][0.3][what][5]\n");
}

static const char date_styles[] =
    "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='yyyy\"年\"m\"月\"d\"日\";@'/>"
    "<numFmt numFmtId='165' formatCode='[h]:mm'/><numFmt numFmtId='166' "
    "formatCode='[Red]0.0\"d\"'/>"
    "<numFmt numFmtId='167' formatCode='yyyy-mm-dd hh:mm:ss'/></numFmts>"
    "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>"
    "<xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/>"
    "<xf numFmtId='167'/><xf numFmtId='20'/></cellXfs></styleSheet>";

static void prints_dates_and_times(void **state) {
    /* Serial numbers of the 1900 calendar: 45622 is 2024-11-26 (Excel: =DATEVALUE("2024-11-26")),
     * 36526 is 2000-01-01, 61 is 1900-03-01. */
    assert_sheet(
        pack_plain_book,
        "<row><c s='1'><v>45622</v></c><c s='2'><v>36526.75</v></c>"
        "<c s='5'><v>45622.395833333336</v></c><c s='6'><v>0.5</v></c>"
        "<c s='3'><v>1.25</v></c><c s='4'><v>45622</v></c><c s='1'><v>1</v></c>"
        "<c s='1'><v>60</v></c><c s='1'><v>61</v></c><c s='1'><v>2958465</v></c>"
        "<c s='1'><v>2958466</v></c><c s='1'><v>-1</v></c><c s='5'><v>45622.9999999</v></c>"
        "<c s='0'><v>45622</v></c><c s='5'><v>45622</v></c></row>",
        "", date_styles,
        "0@1[2024-11-26][2000-01-01][2024-11-26T09:30:00][12:00:00][30:00:00][45622]"
        "[1900-01-01][1900-02-29][1900-03-01][9999-12-31][2958466][-1][2024-11-27]"
        "[45622][2024-11-26]\n");
}

static void obeys_the_calendar_of_1904(void **state) {
    struct buf book;
    buf_init(&book, 10000);
    buf_add_c(&book, pack_plain_book);
    size_t at = str_find(buf_str(&book), STR("<sheets>"));
    struct buf with;
    buf_init(&with, 10000);
    buf_add_str(&with, str_sub(buf_str(&book), 0, at));
    buf_add_c(&with, "<workbookPr date1904='1'/>");
    buf_add_str(&with, str_sub(buf_str(&book), at, book.len));
    /* Both calendars are 1,462 days apart. */
    assert_sheet(with.ptr, "<row><c s='1'><v>44160</v></c><c s='1'><v>0</v></c></row>", "",
                 date_styles, "0@1[2024-11-26][1904-01-01]\n");
    buf_release(&book);
    buf_release(&with);
}

static void decodes_escaped_characters(void **state) {
    assert_sheet(pack_plain_book,
                 "<row><c t='inlineStr'><is><t>a_x000D_b_x005F_x0041_ _x00G0_ _xD800_ _x4F9B_"
                 "</t></is></c></row>",
                 "", "", "0@1[a\rb_x0041_ _x00G0_ _xD800_ 供]\n");
}

/* ---- sheets ---- */

static void chooses_the_sheet(void **state) {
    static const char book[] =
        "<x:workbook xmlns:x='m' xmlns:r='r'><x:sheets><x:sheet name='Notes' state='hidden' "
        "r:id='rId1'/><x:sheet name='Charts' r:id='rId9'/><x:sheet name='企业 &amp; Co' "
        "r:id='rId1'/></x:sheets></x:workbook>";
    struct buf bytes;
    struct errinfo info;
    struct table *table;
    buf_init(&bytes, 1 << 20);
    pack_workbook(str_of(book), STR("<worksheet/>"), STR(""), STR(""), true, &bytes);
    assert_ok(table_open_memory(buf_str(&bytes), "x", NULL, &table, &info), &info);
    const struct table_about *about = table_about(table);
    assert_int_equal(about->format, TABLE_XLSX);
    assert_str(about->sheet, "企业 & Co");
    assert_int_equal(about->sheet_count, 2);
    assert_str(about->sheets[0], "Notes");
    assert_null(about->encoding);
    table_close(table);
    struct table_options options = {.sheet = "Notes"};
    assert_ok(table_open_memory(buf_str(&bytes), "x", &options, &table, &info), &info);
    assert_str(table_about(table)->sheet, "Notes");
    table_close(table);
    options.sheet = "Nothing";
    assert_bytes_fail(buf_str(&bytes), &options, ERR_NOT_FOUND, "no sheet \"Nothing\"");
    buf_release(&bytes);
}

static void reads_again_after_rewind(void **state) {
    struct buf bytes;
    struct errinfo info;
    struct table *table;
    struct table_row row;
    bool end;
    buf_init(&bytes, 1 << 20);
    pack_workbook(plain_book(),
                  STR("<worksheet><sheetData><row><c><v>1</v></c></row><row><c><v>2</v></c></row>"
                      "</sheetData></worksheet>"),
                  STR(""), STR(""), true, &bytes);
    assert_ok(table_open_memory(buf_str(&bytes), "x", NULL, &table, &info), &info);
    for (int i = 0; i < 3; i++) {
        assert_ok(table_next(table, &row, &end, &info), &info);
        assert_str(row.cells[0], "1");
        assert_int_equal(row.record, 0);
        assert_ok(table_rewind(table, &info), &info);
    }
    table_close(table);
    buf_release(&bytes);
}

/* ---- what is refused ---- */

static void refuses_xml_bombs(void **state) {
    assert_sheet_fails("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"
                       "<worksheet><sheetData><row><c t='str'><v>&b;</v></c></row></sheetData>"
                       "</worksheet>",
                       NULL, ERR_INPUT, "document type");
    struct buf deep;
    buf_init(&deep, 1 << 20);
    for (int i = 0; i < 1000; i++)
        buf_add_c(&deep, "<a>");
    assert_sheet_fails(deep.ptr, NULL, ERR_LIMIT, "deeper than 64");
    buf_release(&deep);
}

static void refuses_endless_tags(void **state) {
    struct buf sheet, bytes;
    buf_init(&sheet, 4 << 20);
    buf_init(&bytes, 4 << 20);
    buf_add_c(&sheet, "<worksheet a='");
    for (int i = 0; i < 200000; i++)
        buf_add_c(&sheet, "0123456789");
    buf_add_c(&sheet, "'/>");
    pack_workbook(plain_book(), buf_str(&sheet), STR(""), STR(""), true, &bytes);
    assert_bytes_fail(buf_str(&bytes), NULL, ERR_LIMIT, "tag longer than");
    buf_release(&sheet);
    buf_release(&bytes);
}

static void refuses_zip_bombs(void **state) {
    struct buf sheet, bytes;
    buf_init(&sheet, 64 << 20);
    buf_init(&bytes, 64 << 20);
    buf_add_c(&sheet, "<worksheet>");
    while (sheet.len < 30000000)
        buf_add_c(&sheet, "                                                                ");
    buf_add_c(&sheet, "</worksheet>");
    pack_workbook(plain_book(), buf_str(&sheet), STR(""), STR(""), true, &bytes);
    assert_bytes_fail(buf_str(&bytes), NULL, ERR_LIMIT, "200 times");
    struct table_options small = {.limits = {.bytes = 1000000}};
    assert_bytes_fail(buf_str(&bytes), &small, ERR_LIMIT, "more than 1000000 bytes");

    /* The same with a lie about the size, in the header of the entry and in the directory. */
    uint32_t size = (uint32_t)sheet.len, lie = 1000;
    for (size_t i = 0; i + 4 <= bytes.len; i++)
        if (memcmp(bytes.ptr + i, &size, 4) == 0)
            memcpy(bytes.ptr + i, &lie, 4);
    struct buf rows;
    struct errinfo info;
    buf_init(&rows, 1000);
    assert_int_not_equal(render(buf_str(&bytes), NULL, &rows, &info), ERR_OK);
    buf_release(&rows);
    buf_release(&sheet);
    buf_release(&bytes);
}

static void refuses_too_many_entries(void **state) {
    enum { COUNT = 10001 };
    struct pack_part *parts = mem_new(COUNT, sizeof(*parts));
    char(*names)[16] = mem_new(COUNT, sizeof(*names));
    struct buf bytes;
    buf_init(&bytes, 16 << 20);
    for (int i = 0; i < COUNT; i++) {
        snprintf(names[i], sizeof(names[i]), "%d", i);
        parts[i] = (struct pack_part){names[i], STR("x")};
    }
    pack(parts, COUNT, false, &bytes);
    assert_bytes_fail(buf_str(&bytes), NULL, ERR_LIMIT, "more than 10000 entries");
    buf_release(&bytes);
    mem_free(parts);
    mem_free(names);
}

static void names_other_archives(void **state) {
    static const struct {
        const char *part, *says;
    } cases[] = {{"content.xml", ".ods"},
                 {"xl/workbook.bin", ".xlsb"},
                 {"a.txt", "zip archive"},
                 {"[Content_Types].xml", "no part"}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct pack_part part = {cases[i].part, STR("x")};
        struct buf bytes;
        buf_init(&bytes, 1 << 16);
        pack(&part, 1, false, &bytes);
        assert_bytes_fail(buf_str(&bytes), NULL, ERR_INPUT, cases[i].says);
        buf_release(&bytes);
    }
}

static void keeps_the_limits(void **state) {
    struct table_options options = {.limits = {.rows = 2, .cell_chars = 4, .columns = 3}};
    const char *head = "<worksheet><sheetData>", *tail = "</sheetData></worksheet>";
    static const struct {
        const char *data, *says;
        long line, column;
    } cases[] = {
        {"<row r='4'><c><v>1</v></c></row>", "more than 2 records", 4, 1},
        {"<row r='2'><c r='B2' t='str'><v>12345</v></c></row>", "cell B2 is longer than 4", 2, 2},
        {"<row r='2'><c r='B2' t='str'><v>123456789012345678901234567890</v></c></row>",
         "cell B2 is longer than 4", 2, 2},
        {"<row r='2'><c r='D2' t='str'><v>1</v></c></row>", "cell D2 lies behind", 2, 4},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buf sheet, bytes, rows;
        struct errinfo info;
        buf_init(&sheet, 10000);
        buf_init(&bytes, 10000);
        buf_init(&rows, 10000);
        buf_printf(&sheet, "%s%s%s", head, cases[i].data, tail);
        pack_workbook(plain_book(), buf_str(&sheet), STR(""), STR(""), true, &bytes);
        assert_int_equal(render(buf_str(&bytes), &options, &rows, &info), ERR_LIMIT);
        assert_non_null(strstr(info.message, cases[i].says));
        assert_int_equal(info.line, cases[i].line);
        assert_int_equal(info.column, cases[i].column);
        buf_release(&sheet);
        buf_release(&bytes);
        buf_release(&rows);
    }
}

static void bounds_what_little_xml_stands_for(void **state) {
    struct table_options options = {.limits = {.bytes = 10000}};
    struct buf strings, sheet, bytes;
    buf_init(&strings, 1 << 20);
    buf_init(&sheet, 1 << 24);
    buf_init(&bytes, 1 << 24);
    buf_printf(&strings, "<sst><si><t>%01000d</t></si></sst>", 0);
    buf_add_c(&sheet, "<worksheet><sheetData>");
    for (int i = 0; i < 20; i++)
        buf_add_c(&sheet, "<row><c t='s'><v>0</v></c></row>");
    buf_add_c(&sheet, "</sheetData></worksheet>");
    pack_workbook(plain_book(), buf_str(&sheet), buf_str(&strings), STR(""), true, &bytes);
    assert_bytes_fail(buf_str(&bytes), &options, ERR_LIMIT, "cell A11 makes the texts");

    buf_clear(&sheet);
    buf_clear(&bytes);
    buf_add_c(&sheet, "<worksheet><sheetData><row>");
    for (int i = 0; i < 16385; i++)
        buf_printf(&sheet, "<c r='A1'><v>%d</v></c>", i * 7919);
    buf_add_c(&sheet, "</row></sheetData></worksheet>");
    pack_workbook(plain_book(), buf_str(&sheet), STR(""), STR(""), true, &bytes);
    assert_bytes_fail(buf_str(&bytes), NULL, ERR_INPUT, "cell A1 is there again");
    buf_release(&strings);
    buf_release(&sheet);
    buf_release(&bytes);
}

static void refuses_damaged_sheets(void **state) {
    assert_sheet_fails("<worksheet><sheetData><row r='2'/><row r='2'/></sheetData></worksheet>",
                       NULL, ERR_INPUT, "after row 2 comes row \"2\"");
    assert_sheet_fails("<worksheet><sheetData><row r='1048577'/></sheetData></worksheet>", NULL,
                       ERR_INPUT, "after row 0");
    assert_sheet_fails("<worksheet><sheetData><row><c r='XFE1'/></row></sheetData></worksheet>",
                       NULL, ERR_INPUT, "cell \"XFE1\"");
    assert_sheet_fails("<worksheet><sheetData><row><c t='s'><v>0</v></c></row></sheetData>"
                       "</worksheet>",
                       NULL, ERR_INPUT, "cell A1 refers to a text");
    assert_sheet_fails("<worksheet><sheetData><row>", NULL, ERR_INPUT, "damaged");
    assert_sheet_fails("", NULL, ERR_INPUT, "damaged");
}

static void ends_well_when_cut_or_changed_at_any_byte(void **state) {
    struct buf bytes, rows;
    struct errinfo info;
    buf_init(&bytes, 1 << 20);
    buf_init(&rows, 1 << 20);
    pack_workbook(plain_book(),
                  STR("<worksheet><sheetData><row><c t='s'><v>0</v></c></row></sheetData>"
                      "</worksheet>"),
                  STR("<sst><si><t>text</t></si></sst>"), str_of(date_styles), true, &bytes);
    for (size_t len = 0; len < bytes.len; len++) {
        buf_clear(&rows);
        enum err code = render(str_sub(buf_str(&bytes), 0, len), NULL, &rows, &info);
        assert_true(len < 4 || code == ERR_INPUT);
    }
    for (size_t at = 0; at < bytes.len; at++) {
        char kept = bytes.ptr[at];
        bytes.ptr[at] = (char)(kept ^ 0x55);
        buf_clear(&rows);
        enum err code = render(buf_str(&bytes), NULL, &rows, &info);
        assert_true(code == ERR_OK || code == ERR_INPUT || code == ERR_LIMIT);
        bytes.ptr[at] = kept;
    }
    buf_release(&bytes);
    buf_release(&rows);
}

static void survives_missing_memory(void **state) {
    struct buf bytes, rows;
    struct errinfo info;
    buf_init(&bytes, 1 << 20);
    buf_init(&rows, 1 << 20);
    pack_workbook(plain_book(),
                  STR("<worksheet><sheetData><row r='2'><c t='s'><v>0</v></c><c><v>5</v></c>"
                      "<c t='b'><v>1</v></c></row></sheetData></worksheet>"),
                  STR("<sst><si><t>text</t></si></sst>"), str_of(date_styles), true, &bytes);
    buf_printf(&rows, "%1000s", "");
    enum err code = ERR_MEMORY;
    for (long n = 0; code != ERR_OK; n++) {
        buf_clear(&rows);
        mem_fail_after(n);
        code = render(buf_str(&bytes), NULL, &rows, &info);
        mem_fail_after(-1);
        if (code != ERR_OK && code != ERR_MEMORY)
            fail_msg("allocation %ld: %s", n, info.message);
        assert_true(n < 10000);
    }
    assert_str(buf_str(&rows), "0@1[]\n1@2[text][5][TRUE]\n");
    buf_release(&bytes);
    buf_release(&rows);
}

/* See office/README.md. */
static void reads_a_workbook_of_an_office_program(void **state) {
    static const char *const expected[] = {
        "[参展商名单 Exhibitors]",
        "[企业名称][Company][Country][Edition][offers][Signed on][Share paid][Note]",
        "[示例电池][Example Battery Ltd.][CN][2024][bat.cell][2024-03-05][0.125]"
        "[first line\nsecond line]",
        "[示例轴承][Example Bearings GmbH][DE][2024][][][][hidden by a filter]",
        "[][Example Sensors][日本][2023, 2024][][][0.25][#DIV/0!]",
    };
    char path[1024];
    struct table *table;
    struct table_row row;
    struct errinfo info;
    struct buf text;
    bool end = false;
    const char *source = getenv("FAIRLEAD_SOURCE");
    snprintf(path, sizeof(path), "%s/tests/exchange/office/office.xlsx",
             source != NULL ? source : ".");
    buf_init(&text, 1 << 16);
    assert_ok(table_open(path, NULL, &table, &info), &info);
    assert_str(table_about(table)->sheet, "展商 2024");
    assert_int_equal(table_about(table)->sheet_count, 2);
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
        assert_ok(table_next(table, &row, &end, &info), &info);
        assert_false(end);
        buf_clear(&text);
        for (uint32_t c = 0; c < row.count; c++)
            buf_printf(&text, "[%.*s]", STR_ARG(row.cells[c]));
        assert_str(buf_str(&text), expected[i]);
        assert_int_equal(row.hidden, i == 3);
    }
    assert_ok(table_next(table, &row, &end, &info), &info);
    assert_true(end);
    buf_release(&text);
    table_close(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_type_of_cell),
        cmocka_unit_test(keeps_places_of_sparse_rows_and_cells),
        cmocka_unit_test(prints_numbers_shortly),
        cmocka_unit_test(prints_dates_and_times),
        cmocka_unit_test(obeys_the_calendar_of_1904),
        cmocka_unit_test(decodes_escaped_characters),
        cmocka_unit_test(chooses_the_sheet),
        cmocka_unit_test(reads_again_after_rewind),
        cmocka_unit_test(refuses_xml_bombs),
        cmocka_unit_test(refuses_endless_tags),
        cmocka_unit_test(refuses_zip_bombs),
        cmocka_unit_test(refuses_too_many_entries),
        cmocka_unit_test(names_other_archives),
        cmocka_unit_test(keeps_the_limits),
        cmocka_unit_test(bounds_what_little_xml_stands_for),
        cmocka_unit_test(refuses_damaged_sheets),
        cmocka_unit_test(ends_well_when_cut_or_changed_at_any_byte),
        cmocka_unit_test(survives_missing_memory),
        cmocka_unit_test(reads_a_workbook_of_an_office_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
