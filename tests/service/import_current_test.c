/* A plan told from a reader holds as long as nobody wrote what it depends on. */
#include "edit_fixture.h"

#include "assets/assets.h"
#include "service/import_current.h"

struct reading {
    struct edit_fixture *edit;
    struct import_source source;
    struct import_request request;
    struct import_ready ready;
    int64_t listed, other; /* organisations: in the sheet, and not */
    int64_t listed_exhibitor, other_exhibitor;
};

static const char sheet[] = "Name,Country,Area,Edition\n"
                            "Acme Battery,DE,energy,2025\n"
                            "Beta AG,DE,energy,2025\n";

static int setup(void **state) {
    struct reading *r = mem_new(1, sizeof(*r));
    void *edit;
    edit_setup(&edit);
    struct edit_fixture *f = r->edit = edit;
    edit_make_expo(f);
    edit_ok(f, "[{'op':'create','table':'organisation','values':{'name_en':'Acme Battery',"
               "'country':'DE'}},"
               "{'op':'create','table':'organisation','values':{'name_en':'Omega Works',"
               "'country':'DE'}}]");
    r->listed = edit_made(f, 0);
    r->other = edit_made(f, 1);
    edit_ok(f,
            "[{'op':'create','table':'exhibitor','values':{'edition_id':1,"
            "'organisation_id':%lld,'type':'direct'}},"
            "{'op':'create','table':'exhibitor','values':{'edition_id':1,"
            "'organisation_id':%lld,'type':'direct'}}]",
            LL(r->listed), LL(r->other));
    r->listed_exhibitor = edit_made(f, 0);
    r->other_exhibitor = edit_made(f, 1);
    r->source = (struct import_source){
        .bytes = str_of(sheet), .name = "list.csv", .sheet = SHEET_EXHIBITORS};
    r->request = (struct import_request){.sources = &r->source, .source_count = 1};
    assert_true(assets_find(STR("data/model/headers.csv"), &r->request.headers));
    import_ready_init(&r->ready);
    assert_ok(import_read(store_reader_of(f->store), &r->request, &r->ready, NULL, &f->info),
              &f->info);
    *state = r;
    return 0;
}

static int teardown(void **state) {
    struct reading *r = *state;
    void *edit = r->edit;
    import_ready_release(&r->ready);
    mem_free(r);
    return edit_teardown(&edit);
}

static bool is_current(struct reading *r) {
    bool current;
    assert_ok(
        import_is_current(store_reader_of(r->edit->store), &r->ready, &current, &r->edit->info),
        &r->edit->info);
    return current;
}

static void update(struct reading *r, const char *table, int64_t id, const char *values) {
    edit_ok(r->edit, "[{'op':'update','table':'%s','id':%lld,'values':{%s}}]", table, LL(id),
            values);
}

static void a_plan_holds_while_nothing_is_written(void **state) {
    struct reading *r = *state;
    assert_true(is_current(r));
}

static void a_plan_holds_when_others_work_on_firms_that_are_not_in_the_sheet(void **state) {
    struct reading *r = *state;
    update(r, "organisation", r->other, "'website':'https://omega.example'");
    update(r, "exhibitor", r->other_exhibitor, "'note':'called'");
    assert_true(is_current(r));
}

static void a_plan_falls_with_a_firm_of_the_sheet(void **state) {
    struct reading *r = *state;
    update(r, "organisation", r->listed, "'website':'https://acme.example'");
    assert_false(is_current(r));
}

static void a_plan_falls_with_an_exhibitor_of_the_sheet(void **state) {
    struct reading *r = *state;
    update(r, "exhibitor", r->listed_exhibitor, "'note':'called'");
    assert_false(is_current(r));
}

static void a_plan_falls_when_a_firm_takes_another_name(void **state) {
    struct reading *r = *state;
    update(r, "organisation", r->other, "'name_en':'Beta AG'");
    assert_false(is_current(r));
}

static void a_plan_falls_when_a_firm_comes_or_goes(void **state) {
    struct reading *r = *state;
    edit_ok(r->edit, "[{'op':'create','table':'organisation','values':{'name_en':'Beta AG',"
                     "'country':'DE'}}]");
    assert_false(is_current(r));
}

static void a_plan_falls_when_an_area_is_renamed(void **state) {
    struct reading *r = *state;
    update(r, "area", 1, "'name_en':'Power'");
    assert_false(is_current(r));
}

static void what_was_read_is_written_later_in_one_batch(void **state) {
    struct reading *r = *state;
    struct edit_fixture *f = r->edit;
    struct store_batch batch = {.kind = "import", .actor = STR("Li"), .note = STR("list")};
    uint64_t before, after;
    int64_t id;
    assert_ok(store_count(store_reader_of(f->store), TABLE_EXHIBITOR, &before, &f->info), &f->info);
    assert_ok(store_begin(f->store, &batch, &id, &f->info), &f->info);
    assert_ok(import_write(f->store, &r->request, &r->ready, NULL, &f->info), &f->info);
    assert_ok(store_commit(f->store, &f->info), &f->info);
    assert_ok(store_count(store_reader_of(f->store), TABLE_EXHIBITOR, &after, &f->info), &f->info);
    assert_int_equal(after, before + 2);
    assert_false(is_current(r));
}

int main(void) {
#define READING_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        READING_TEST(a_plan_holds_while_nothing_is_written),
        READING_TEST(a_plan_holds_when_others_work_on_firms_that_are_not_in_the_sheet),
        READING_TEST(a_plan_falls_with_a_firm_of_the_sheet),
        READING_TEST(a_plan_falls_with_an_exhibitor_of_the_sheet),
        READING_TEST(a_plan_falls_when_a_firm_takes_another_name),
        READING_TEST(a_plan_falls_when_a_firm_comes_or_goes),
        READING_TEST(a_plan_falls_when_an_area_is_renamed),
        READING_TEST(what_was_read_is_written_later_in_one_batch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
