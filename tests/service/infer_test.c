#include "unit.h"

#include "assets/assets.h"
#include "database.h"
#include "service/import.h"
#include "service/infer.h"

struct fixture {
    struct database database;
    struct store *store;
    struct errinfo info;
};

static int set_up(void **state) {
    struct fixture *f = mem_new(1, sizeof(*f));
    database_create_seeded(&f->database);
    f->store = f->database.store;
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *f = *state;
    database_remove(&f->database);
    mem_free(f);
    return 0;
}

static void import_text(struct fixture *f, const char *csv) {
    struct import_source source = {
        .bytes = str_of(csv), .name = "sheet.csv", .sheet = SHEET_EXHIBITORS};
    struct import_request request = {
        .sources = &source, .source_count = 1, .actor = STR("tester"), .note = STR("test")};
    struct import_outcome outcome;
    assert_true(assets_find(STR("data/model/headers.csv"), &request.headers));
    import_outcome_init(&outcome);
    assert_ok(import_run(f->store, &request, &outcome, NULL, &f->info), &f->info);
    import_outcome_release(&outcome);
}

static enum err write_statement(void *ctx, int64_t id, const struct store_value *v,
                                struct errinfo *info) {
    buf_printf(ctx, "%.*s %.*s \"%.*s\"\n", STR_ARG(v[STATEMENT_SIDE].text),
               STR_ARG(v[STATEMENT_BASIS].text), STR_ARG(v[STATEMENT_EVIDENCE].text));
    return ERR_OK;
}

static void assert_statements(struct fixture *f, const char *expected) {
    struct buf text;
    buf_init(&text, 1 << 16);
    assert_ok(
        store_scan(store_reader_of(f->store), TABLE_STATEMENT, write_statement, &text, &f->info),
        &f->info);
    assert_str(buf_str(&text), expected);
    buf_release(&text);
}

static void a_sheet_without_nodes_gives_inferred_offers_with_their_words(void **state) {
    struct fixture *f = *state;
    import_text(f, "Company name,Country,Main products,Edition\n"
                   "Example Film Works,China,Lithium battery separators,2024\n");
    assert_statements(f, "offer inferred \"battery separators\"\n");
}

static void inferred_offers_follow_the_text_when_it_changes(void **state) {
    struct fixture *f = *state;
    import_text(f, "Company name,Country,Main products,Edition\n"
                   "Example Works,China,Lithium battery separators,2024\n");
    import_text(f, "Company name,Country,Main products,Edition\n"
                   "Example Works,China,Industrial robots,2024\n");
    assert_statements(f, "offer inferred \"Industrial robots\"\n");
}

static void a_column_of_nodes_leaves_nothing_to_infer(void **state) {
    struct fixture *f = *state;
    import_text(f, "Company name,Country,Main products,offers_nodes,Edition\n"
                   "Example Works,China,Lithium battery separators,,2024\n"
                   "Second Works,China,Lithium battery separators,bat.separator,2024\n");
    assert_statements(f, "offer declared \"\"\n");
}

static void a_corrected_header_is_understood_the_next_time(void **state) {
    struct fixture *f = *state;
    struct header_override mine[] = {{STR("Blah"), STR("name_en"), false},
                                     {STR("Stuff"), STR("offers_text"), false}};
    struct import_source source = {
        .bytes = STR("Blah,Country,Stuff,Edition\nA,China,Industrial robots,2024\n"),
        .name = "sheet.csv",
        .sheet = SHEET_EXHIBITORS};
    struct import_request request = {.sources = &source,
                                     .source_count = 1,
                                     .overrides = mine,
                                     .override_count = 2,
                                     .keep_mapping = true,
                                     .actor = STR("tester"),
                                     .note = STR("test")};
    struct import_outcome outcome;
    assert_true(assets_find(STR("data/model/headers.csv"), &request.headers));
    for (int twice = 0; twice < 2; twice++) {
        import_outcome_init(&outcome);
        assert_ok(import_run(f->store, &request, &outcome, NULL, &f->info), &f->info);
        import_outcome_release(&outcome);
    }
    import_text(f, "Blah,Country,Stuff,Edition\nB,China,Industrial robots,2024\n");
    import_text(f, "Company,Country,Products,Edition\nC,China,Industrial robots,2024\n");
    assert_statements(f,
                      "offer inferred \"Industrial robots\"\noffer inferred \"Industrial robots\"\n"
                      "offer inferred \"Industrial robots\"\n");
}

static void both_catalogues_answer_alike(void **state) {
    struct fixture *f = *state;
    struct infer *built_in, *stored;
    struct classify_result one = {0}, two = {0};
    assert_ok(infer_new(NULL, &built_in, &f->info), &f->info);
    assert_ok(infer_new(store_reader_of(f->store), &stored, &f->info), &f->info);
    struct str text = STR("锂离子电池隔膜");
    assert_ok(infer_text(built_in, text, &one, &f->info), &f->info);
    assert_ok(infer_text(stored, text, &two, &f->info), &f->info);
    assert_int_equal(one.hit_count, two.hit_count);
    assert_str(infer_node(built_in, one.hits[0].node)->code, "bat.separator");
    assert_str(infer_node(stored, two.hits[0].node)->code, "bat.separator");
    assert_true(infer_node(stored, two.hits[0].node)->id > 0);
    infer_free(built_in);
    infer_free(stored);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_sheet_without_nodes_gives_inferred_offers_with_their_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(inferred_offers_follow_the_text_when_it_changes, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_column_of_nodes_leaves_nothing_to_infer, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_corrected_header_is_understood_the_next_time, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(both_catalogues_answer_alike, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
