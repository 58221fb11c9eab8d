#include "unit.h"

#include "import_fixture.h"
#include "service/import_leads.h"
#include "service/import_pairs.h"

static struct fixture world;
static struct import_plan plan;
static struct str expected; /* messy_expected.json */

/* The text of a list or object of the expected file, from its name to the closing mark. */
static struct str section(const char *name, char close) {
    char quoted[64];
    int n = snprintf(quoted, sizeof(quoted), "\n \"%s\": ", name);
    size_t at = str_find(expected, (struct str){quoted, (size_t)n});
    assert_true(at != SIZE_MAX);
    struct str rest = str_sub(expected, at + (size_t)n, expected.len);
    char end[] = {'\n', ' ', close, '\0'};
    return str_sub(rest, 0, str_find(rest, str_of(end)));
}

/* The value behind a name in a small object, without quotes. */
static struct str value_of(struct str object, const char *name) {
    char quoted[64];
    int n = snprintf(quoted, sizeof(quoted), "\"%s\": ", name);
    size_t at = str_find(object, (struct str){quoted, (size_t)n});
    if (at == SIZE_MAX)
        return STR("");
    struct str rest = str_sub(object, at + (size_t)n, object.len), value = {0};
    if (rest.ptr[0] == '"') {
        rest = str_sub(rest, 1, rest.len);
        assert_true(str_next(&rest, "\"", &value));
    } else {
        assert_true(str_next(&rest, ",\n}", &value));
    }
    return value;
}

static uint32_t number_of(struct str object, const char *name) {
    uint32_t value = 0;
    str_to_u32(value_of(object, name), &value);
    return value;
}

/* The expected file's words for fields are those of its sheet. */
static bool is_field(uint32_t field, struct str word) {
    static const struct {
        const char *word;
        uint32_t field, other;
    } words[] = {
        {"country", FIELD_COUNTRY, FIELD_COUNTRY},
        {"first year", FIELD_FIRST_YEAR, FIELD_FIRST_YEAR},
        {"times", FIELD_TIMES, FIELD_TIMES},
        {"name", FIELD_NAME_EN, FIELD_NAME_ZH},
        {"offers", FIELD_OFFERS_NODES, FIELD_OFFERS_NODES},
        {"area", FIELD_AREA, FIELD_AREA},
        {"lead", FIELD_LEAD, FIELD_LEAD},
        {"editions", FIELD_EDITIONS, FIELD_EDITIONS},
    };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_equal_c(word, words[i].word))
            return field == words[i].field || field == words[i].other;
    return false;
}

static uint32_t count_findings(enum import_finding_kind kind) {
    uint32_t count = 0;
    for (size_t i = 0; i < plan.findings.len; i++)
        count += plan.findings.at[i].kind == kind;
    return count;
}

static void headers_are_mapped_as_expected(void **state) {
    struct str rest = section("header_map", '}'), line;
    uint32_t seen = 0;
    while (str_next(&rest, "\n", &line)) {
        size_t at = str_find(line, STR("\": \""));
        if (at == SIZE_MAX)
            continue;
        struct str header = str_trim(str_sub(line, 0, at)), field = str_sub(line, at + 4, line.len);
        header = str_sub(header, 1, header.len);
        field = str_sub(field, 0, str_find(field, STR("\"")));
        if (str_starts(field, STR("(row number")))
            field = STR("ignore");
        if (str_starts(field, STR("(first year")))
            field = STR("first_year");
        if (str_starts(field, STR("(times")))
            field = STR("times");
        const struct header_column *column = &plan.map.columns[seen++];
        assert_true(str_equal(column->header, header));
        assert_str(field, sheet_field_name(sheet_kind_of(SHEET_EXHIBITORS), column->field));
    }
    assert_int_equal(seen, plan.map.column_count);
}

static void every_expected_error_is_found_and_nothing_else(void **state) {
    struct str rest = section("errors", ']'), object;
    uint32_t count = 0;
    while (str_next(&rest, "}", &object)) {
        uint32_t record = number_of(object, "record");
        if (record == 0)
            continue;
        bool found = false;
        for (size_t i = 0; i < plan.findings.len; i++) {
            const struct import_finding *f = &plan.findings.at[i];
            if (f->kind == FINDING_ERROR && f->record == record) {
                assert_false(found);
                assert_true(is_field(f->field, value_of(object, "field")));
                assert_true(f->message.len > 0 && f->expected.len > 0 && f->line > f->record);
                found = true;
            }
        }
        assert_true(found);
        count++;
    }
    assert_int_equal(count, 8);
    assert_int_equal(count_findings(FINDING_ERROR), count);
}

static void every_expected_skip_is_found_and_nothing_else(void **state) {
    struct str rest = section("skips", ']'), object;
    uint32_t count = 0;
    while (str_next(&rest, "}", &object)) {
        uint32_t record = number_of(object, "record");
        if (record == 0)
            continue;
        size_t i = 0;
        while (i < plan.findings.len &&
               !(plan.findings.at[i].kind == FINDING_SKIP && plan.findings.at[i].record == record))
            i++;
        assert_true(i < plan.findings.len);
        assert_true(str_equal(plan.findings.at[i].message, value_of(object, "reason")));
        count++;
    }
    assert_int_equal(count, 3);
    assert_int_equal(count_findings(FINDING_SKIP), count);
}

/* Every expected record of a list has its finding about the expected other record, and no others.
 */
static void check_pairs(const char *list, enum import_finding_kind kind, uint32_t expected_count) {
    struct str rest = section(list, ']'), object;
    uint32_t count = 0;
    while (str_next(&rest, "}", &object)) {
        uint32_t record = number_of(object, "record"), of = number_of(object, "of_record");
        if (record == 0)
            continue;
        size_t i = 0;
        while (i < plan.findings.len &&
               !(plan.findings.at[i].kind == kind && plan.findings.at[i].record == record))
            i++;
        if (i == plan.findings.len || plan.findings.at[i].of_record != of)
            fail_msg("%s: record %u of %u is not found", list, record, of);
        count++;
    }
    assert_int_equal(count, expected_count);
    assert_int_equal(count_findings(kind), count);
}

static void every_expected_duplicate_is_proposed_and_no_other(void **state) {
    check_pairs("duplicates", FINDING_DUPLICATE, 15);
    for (size_t i = 0; i < plan.findings.len; i++)
        if (plan.findings.at[i].kind == FINDING_DUPLICATE)
            assert_true(plan.findings.at[i].score >= 0.5F && plan.findings.at[i].message.len > 0);
}

static void every_expected_conflict_is_found_with_its_fields(void **state) {
    check_pairs("conflicts", FINDING_CONFLICT, 2);
    for (size_t i = 0; i < plan.findings.len; i++) {
        const struct import_finding *f = &plan.findings.at[i];
        uint32_t other = f->record == 151 ? FIELD_AREA : FIELD_SIZE;
        if (f->kind == FINDING_CONFLICT)
            assert_int_equal(f->fields, UINT32_C(1) << FIELD_COUNTRY | UINT32_C(1) << other);
    }
}

static void every_other_record_is_good(void **state) {
    struct str rest = section("ok", ']'), object;
    while (str_next(&rest, "}", &object)) {
        uint32_t record = number_of(object, "record");
        for (size_t i = 0; record > 0 && i < plan.rows.len; i++)
            if (plan.rows.at[i].record == record)
                assert_int_equal(plan.rows.at[i].class_of, IMPORT_NEW);
    }
    assert_int_equal(plan.counts[IMPORT_NEW], 193);
}

static void classes_add_up_to_the_records(void **state) {
    uint64_t sum = 0;
    for (int i = 0; i < IMPORT_CLASSES; i++)
        sum += plan.counts[i];
    assert_int_equal(sum, plan.records);
    assert_int_equal(plan.records, 221);
}

static int load(void **state) {
    struct errinfo info;
    struct table *table;
    fixture_init(&world);
    expected = fixture_file(&world.arena, "data/sample/messy_expected.json");
    struct str file = fixture_file(&world.arena, "data/sample/exhibitors_messy.csv");
    struct import_options options = {.sheet = SHEETS, .edition = IMPORT_NONE};
    assert_ok(table_open_memory(file, "messy", NULL, &table, &info), &info);
    import_plan_init(&plan);
    assert_ok(import_plan_read(&plan, table, &world.headers, &world.words, &options, NULL, &info),
              &info);
    assert_ok(import_find_leads(&plan, NULL, &info), &info);
    assert_ok(import_find_pairs(&plan, &world.words, NULL, NULL, &info), &info);
    table_close(table);
    return 0;
}

static int release(void **state) {
    import_plan_release(&plan);
    fixture_release(&world);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_are_mapped_as_expected),
        cmocka_unit_test(every_expected_error_is_found_and_nothing_else),
        cmocka_unit_test(every_expected_skip_is_found_and_nothing_else),
        cmocka_unit_test(every_expected_duplicate_is_proposed_and_no_other),
        cmocka_unit_test(every_expected_conflict_is_found_with_its_fields),
        cmocka_unit_test(every_other_record_is_good),
        cmocka_unit_test(classes_add_up_to_the_records),
    };
    return cmocka_run_group_tests(tests, load, release);
}
