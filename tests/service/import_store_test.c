#include "unit.h"

#include <stdio.h>

#include "base/mem.h"
#include "database.h"
#include "service/import.h"
#include "service/import_report.h"
#include "service/merge.h"

static struct arena files;
static struct str headers;
static struct database database;

static struct str file_text(const char *name) {
    char full[1024];
    snprintf(full, sizeof(full), "%s/%s", getenv("FAIRLEAD_SOURCE"), name);
    FILE *file = fopen(full, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    size_t len = (size_t)ftell(file);
    rewind(file);
    char *text = arena_new(&files, len + 1, 1);
    assert_int_equal(fread(text, 1, len, file), len);
    fclose(file);
    return (struct str){text, len};
}

static const char *const world_files[] = {
    "data/model/countries.csv",
    "data/model/regions.csv",
    "data/catalogue/nodes.csv",
    "data/catalogue/links.csv",
    "data/catalogue/alternatives.csv",
    "data/catalogue/chains.csv",
    "data/catalogue/chain_nodes.csv",
    "data/catalogue/scenarios.csv",
    "data/catalogue/scenario_nodes.csv",
    "data/sample/editions.csv",
    "data/sample/areas.csv",
    "data/sample/pavilions.csv",
    "data/sample/pavilion_texts.csv",
    "data/sample/exhibitors.csv",
    "data/sample/exhibitor_notes.csv",
    "data/sample/joint_stands.csv",
    "data/sample/programme.csv",
    "data/sample/figures.csv",
    "data/sample/exhibits.csv",
};
enum { WORLD_FILES = sizeof(world_files) / sizeof(world_files[0]) };

static struct import_source source_of(const char *name) {
    return (struct import_source){.bytes = file_text(name), .name = name, .sheet = SHEETS};
}

static enum err run(struct store *store, const struct import_source *sources, uint32_t count,
                    bool dry_run, struct import_outcome *out, struct errinfo *info) {
    struct import_request request = {
        .sources = sources,
        .source_count = count,
        .headers = headers,
        .dry_run = dry_run,
        .actor = STR("test"),
        .note = STR("sheets"),
        .at_ms = 1,
    };
    import_outcome_init(out);
    return import_run(store, &request, out, NULL, info);
}

static void show(const struct import_outcome *out) {
    for (uint32_t p = 0; p < out->part_count; p++) {
        const struct import_plan *plan = &out->parts[p].plan;
        for (size_t i = 0; i < plan->findings.len && i < 20; i++)
            if (plan->findings.at[i].kind == FINDING_ERROR)
                print_error("%s record %u: %.*s \"%.*s\"\n", out->parts[p].name,
                            plan->findings.at[i].record, STR_ARG(plan->findings.at[i].message),
                            STR_ARG(plan->findings.at[i].value));
    }
}

static void load_world(struct store *store) {
    struct import_source sources[WORLD_FILES];
    struct import_outcome out;
    struct errinfo info;
    /* Backwards, to see that the run brings them into order. */
    for (uint32_t i = 0; i < WORLD_FILES; i++)
        sources[i] = source_of(world_files[WORLD_FILES - 1 - i]);
    enum err code = run(store, sources, WORLD_FILES, false, &out, &info);
    if (code != ERR_OK)
        show(&out);
    assert_ok(code, &info);
    assert_true(out.batch_id > 0);
    import_outcome_release(&out);
}

static uint64_t count_of(struct store *store, enum store_table table) {
    struct errinfo info;
    struct store_reader *reader;
    uint64_t count;
    assert_ok(store_reader_open(database.path, &reader, &info), &info);
    assert_ok(store_count(reader, table, &count, &info), &info);
    store_reader_close(reader);
    return count;
}

static void every_row_of_the_sample_comes_into_the_store(void **state) {
    struct store *store = *state;
    load_world(store);
    assert_int_equal(count_of(store, TABLE_COUNTRY), 249);
    assert_int_equal(count_of(store, TABLE_REGION), 34);
    assert_int_equal(count_of(store, TABLE_NODE), 337);
    assert_int_equal(count_of(store, TABLE_LINK), 835);
    assert_int_equal(count_of(store, TABLE_CHAIN), 7);
    assert_int_equal(count_of(store, TABLE_CHAIN_NODE), 556);
    assert_int_equal(count_of(store, TABLE_SCENARIO), 10);
    assert_int_equal(count_of(store, TABLE_SCENARIO_PART), 295);
    assert_int_equal(count_of(store, TABLE_EDITION), 4);
    assert_int_equal(count_of(store, TABLE_AREA), 31);
    assert_int_equal(count_of(store, TABLE_PAVILION), 35);
    assert_int_equal(count_of(store, TABLE_PAVILION_TEXT), 5);
    assert_int_equal(count_of(store, TABLE_ORGANISATION), 193);
    assert_int_equal(count_of(store, TABLE_EXHIBITOR), 262);
    assert_int_equal(count_of(store, TABLE_JOINT_STAND), 19);
    assert_int_equal(count_of(store, TABLE_PROGRAMME_ENTRY), 56);
    assert_int_equal(count_of(store, TABLE_FIGURE), 149);
    assert_int_equal(count_of(store, TABLE_EXHIBIT), 108);
}

static void the_same_sheets_again_change_nothing(void **state) {
    struct store *store = *state;
    struct import_source sources[WORLD_FILES];
    struct import_outcome out;
    struct errinfo info;
    load_world(store);
    for (uint32_t i = 0; i < WORLD_FILES; i++)
        sources[i] = source_of(world_files[i]);
    assert_ok(run(store, sources, WORLD_FILES, false, &out, &info), &info);
    assert_int_equal(out.part_count, WORLD_FILES);
    for (uint32_t p = 0; p < out.part_count; p++) {
        const struct import_plan *plan = &out.parts[p].plan;
        for (size_t i = 0; i < plan->changes.len; i++)
            print_error("%s row %u: field %u \"%.*s\" -> \"%.*s\"\n", out.parts[p].name,
                        plan->changes.at[i].row, plan->changes.at[i].field,
                        STR_ARG(plan->changes.at[i].before), STR_ARG(plan->changes.at[i].after));
        if (plan->counts[IMPORT_UNCHANGED] != plan->records)
            fail_msg("%s: %u of %u rows unchanged", out.parts[p].name,
                     (unsigned)plan->counts[IMPORT_UNCHANGED], (unsigned)plan->records);
    }
    assert_int_equal(out.batch_id, 0);
    import_outcome_release(&out);
}

static void a_wrong_row_stops_the_whole_batch(void **state) {
    struct store *store = *state;
    struct import_outcome out;
    struct errinfo info;
    load_world(store);
    struct import_source source = source_of("data/sample/exhibitors_messy.csv");
    assert_int_equal(run(store, &source, 1, false, &out, &info), ERR_INPUT);
    assert_int_equal(out.parts[0].plan.errors, 8);
    assert_int_equal(count_of(store, TABLE_ORGANISATION), 193);
    import_outcome_release(&out);
}

/* A row that the spreadsheet hides is imported, and the report says so. */
static void hidden_rows_of_a_workbook_are_read_and_told(void **state) {
    struct store *store = *state;
    struct import_outcome out;
    struct errinfo info;
    struct buf json;
    struct str bytes = file_text("tests/exchange/office/office.xlsx");
    struct import_source source = {
        .bytes = bytes, .name = "office.xlsx", .sheet = SHEET_EXHIBITORS};
    load_world(store);
    uint64_t before = count_of(store, TABLE_ORGANISATION);
    assert_ok(run(store, &source, 1, false, &out, &info), &info);
    assert_int_equal(out.parts[0].plan.records, 3);
    assert_int_equal(out.parts[0].plan.hidden, 1);
    assert_int_equal(count_of(store, TABLE_ORGANISATION), before + 3);
    buf_init(&json, 1 << 20);
    assert_ok(import_report_json(&out, &json, &info), &info);
    assert_true(str_find(buf_str(&json), STR("\"hidden\":1")) != SIZE_MAX);
    buf_release(&json);
    import_outcome_release(&out);
}

static void a_dry_run_writes_nothing(void **state) {
    struct store *store = *state;
    struct import_source sources[WORLD_FILES];
    struct import_outcome out;
    struct errinfo info;
    for (uint32_t i = 0; i < WORLD_FILES; i++)
        sources[i] = source_of(world_files[i]);
    assert_ok(run(store, sources, WORLD_FILES, true, &out, &info), &info);
    assert_true(out.changes > 3000);
    assert_int_equal(out.batch_id, 0);
    assert_int_equal(count_of(store, TABLE_NODE), 0);
    import_outcome_release(&out);
}

static void the_report_names_the_keys_of_a_dry_run(void **state) {
    static const char *const keys[] = {
        "\"records\":221",
        "\"new\":",
        "\"changed\":",
        "\"unchanged\":",
        "\"errors\":[{\"record\":31,\"line\":33,"
        "\"column\":\"国家/地区 Country/Region\",\"value\":\"Atlantis\",\"expected\":\"",
        "\"skipped\":[{\"record\":67,\"line\":71,",
        "\"conflicts\":[{\"record\":151,",
        "\"duplicates\":[",
        "\"score\":"};
    struct store *store = *state;
    struct import_outcome out;
    struct errinfo info;
    struct buf json;
    buf_init(&json, 16 * 1024 * 1024);
    load_world(store);
    struct import_source source = source_of("data/sample/exhibitors_messy.csv");
    assert_ok(run(store, &source, 1, true, &out, &info), &info);
    assert_ok(import_report_json(&out, &json, &info), &info);
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (str_find(buf_str(&json), str_of(keys[i])) == SIZE_MAX)
            fail_msg("no %s in %.*s", keys[i], 2000, json.ptr);
    FILE *text = tmpfile();
    import_report_text(&out, 5, text);
    assert_true(ftell(text) > 1000);
    fclose(text);
    buf_release(&json);
    import_outcome_release(&out);
}

static enum err import_text(struct store *store, const char *text, bool dry_run,
                            struct import_outcome *out, struct errinfo *info) {
    struct import_source source = {
        .bytes = str_of(text), .name = "sheet", .sheet = SHEET_EXHIBITORS};
    return run(store, &source, 1, dry_run, out, info);
}

static enum err one_name(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct str *website = ctx;
    if (str_equal_c(v[ORGANISATION_NAME_EN].text, "Tesla"))
        *website = arena_copy(&files, v[ORGANISATION_WEBSITE].text);
    return ERR_OK;
}

static struct str website_of_tesla(void) {
    struct errinfo info;
    struct store_reader *reader;
    struct str website = STR("");
    assert_ok(store_reader_open(database.path, &reader, &info), &info);
    assert_ok(store_scan(reader, TABLE_ORGANISATION, one_name, &website, &info), &info);
    store_reader_close(reader);
    return website;
}

static void a_blank_cell_keeps_the_value_and_undo_brings_the_old_one_back(void **state) {
    struct store *store = *state;
    struct import_outcome out;
    struct errinfo info;
    int64_t undo;
    load_world(store);
    assert_ok(import_text(store, "Company,Website,Edition\nTesla,www.example.org,2024\n", false,
                          &out, &info),
              &info);
    assert_int_equal(out.parts[0].plan.counts[IMPORT_CHANGED], 1);
    assert_int_equal(out.changes, 1);
    int64_t batch = out.batch_id;
    import_outcome_release(&out);
    assert_str(website_of_tesla(), "www.example.org");
    assert_ok(import_text(store, "Company,Website,Edition\nTesla,,2024\n", false, &out, &info),
              &info);
    assert_int_equal(out.parts[0].plan.counts[IMPORT_UNCHANGED], 1);
    import_outcome_release(&out);
    assert_str(website_of_tesla(), "www.example.org");
    assert_ok(undo_batch(store, &(struct store_batch){.actor = STR("test"), .at_ms = 2}, batch,
                         &undo, &info),
              &info);
    assert_str(website_of_tesla(), "");
}

static void a_firm_in_a_line_per_edition_is_one_organisation(void **state) {
    struct store *store = *state;
    struct import_outcome out;
    struct errinfo info;
    load_world(store);
    assert_ok(import_text(store, "企业名称,国家,届次\n新公司一,中国,第一届\n新公司一,中国,第二届\n",
                          false, &out, &info),
              &info);
    assert_int_equal(out.parts[0].plan.counts[IMPORT_NEW], 2);
    import_outcome_release(&out);
    assert_int_equal(count_of(store, TABLE_ORGANISATION), 194);
    assert_int_equal(count_of(store, TABLE_EXHIBITOR), 264);
}

/* Its pairs of duplicates meet those that wait already, and each other. */
static void the_messy_list_goes_in_beside_the_clean_one_and_again(void **state) {
    struct store *store = *state;
    struct import_source source = source_of("data/sample/exhibitors_messy.csv");
    source.sheet = SHEET_EXHIBITORS;
    struct import_request request = {.sources = &source,
                                     .source_count = 1,
                                     .headers = headers,
                                     .leave_out_wrong = true,
                                     .actor = STR("test"),
                                     .at_ms = 1};
    load_world(store);
    for (int i = 0; i < 2; i++) {
        struct import_outcome out;
        struct errinfo info;
        import_outcome_init(&out);
        assert_ok(import_run(store, &request, &out, NULL, &info), &info);
        import_outcome_release(&out);
    }
}

static void survives_memory_failing_at_every_allocation(void **state) {
    struct store *store = *state;
    struct import_outcome out;
    struct errinfo info;
    struct import_source world[] = {source_of("data/sample/editions.csv")};
    assert_ok(run(store, world, 1, false, &out, &info), &info);
    import_outcome_release(&out);
    for (long n = 0;; n++) {
        mem_fail_after(n);
        enum err code = import_text(
            store, "Company,Lead,Type,Edition\nA,,direct,2024\n\"B, Inc.\",A,co,2024\nC,,,20245\n",
            true, &out, &info);
        mem_fail_after(-1);
        bool done = code == ERR_OK && out.part_count == 1 && out.parts[0].plan.errors == 1;
        import_outcome_release(&out);
        if (done)
            break;
        assert_int_equal(code, ERR_MEMORY);
    }
    assert_int_equal(count_of(store, TABLE_ORGANISATION), 0);
}

static int open_store(void **state) {
    database_create(&database);
    *state = database.store;
    return 0;
}

static int close_store(void **state) {
    database_remove(&database);
    return 0;
}

static int load_files(void **state) {
    arena_init(&files, 256 * 1024 * 1024);
    headers = file_text("data/model/headers.csv");
    return 0;
}

static int release_files(void **state) {
    arena_release(&files);
    return 0;
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, open_store, close_store)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_STORE(every_row_of_the_sample_comes_into_the_store),
        WITH_STORE(the_same_sheets_again_change_nothing),
        WITH_STORE(a_wrong_row_stops_the_whole_batch),
        WITH_STORE(hidden_rows_of_a_workbook_are_read_and_told),
        WITH_STORE(a_dry_run_writes_nothing),
        WITH_STORE(the_report_names_the_keys_of_a_dry_run),
        WITH_STORE(a_blank_cell_keeps_the_value_and_undo_brings_the_old_one_back),
        WITH_STORE(a_firm_in_a_line_per_edition_is_one_organisation),
        WITH_STORE(the_messy_list_goes_in_beside_the_clean_one_and_again),
        WITH_STORE(survives_memory_failing_at_every_allocation),
    };
    return cmocka_run_group_tests(tests, load_files, release_files);
}
