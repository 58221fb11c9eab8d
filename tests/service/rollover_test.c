#include "edit_fixture.h"

#include "service/rollover.h"

/* 2024 has a leader with an offer, its partner with a need, and somebody in the pavilion. */
static void make_edition(struct edit_fixture *f, const struct edit_expo *x) {
    edit_ok(f,
            "[{'op':'create','table':'organisation','id':'$a','values':{'name_en':'Leader'}},"
            "{'op':'create','table':'organisation','id':'$b','values':{'name_en':'Partner'}},"
            "{'op':'create','table':'organisation','id':'$c','values':{'name_en':'Guest'}},"
            "{'op':'create','table':'exhibitor','id':'$x','values':{'edition_id':%lld,"
            "'organisation_id':'$a','type':'direct','area_id':%lld,'area_basis':'reported',"
            "'attendance':'reported','note':'old'}},"
            "{'op':'create','table':'exhibitor','id':'$y','values':{'edition_id':%lld,"
            "'organisation_id':'$b','type':'co-exhibitor','lead_id':'$x'}},"
            "{'op':'create','table':'exhibitor','id':'$z','values':{'edition_id':%lld,"
            "'organisation_id':'$c','type':'pavilion','pavilion_id':%lld}},"
            "{'op':'create','table':'statement','values':{'exhibitor_id':'$x','node_id':%lld,"
            "'side':'offer','basis':'declared'}},"
            "{'op':'create','table':'statement','values':{'exhibitor_id':'$y','node_id':%lld,"
            "'side':'need','basis':'confirmed'}},"
            "{'op':'create','table':'pavilion_text','values':{'pavilion_id':%lld,'section':"
            "'culture','text_en':'Tea'}}]",
            LL(x->first), LL(x->area), LL(x->first), LL(x->first), LL(x->pavilion), LL(x->input),
            LL(x->input), LL(x->pavilion));
}

static enum err roll(struct edit_fixture *f, const struct access *access,
                     const struct rollover_request *request, struct rollover_outcome *out) {
    struct store_batch b = {.kind = "rollover", .actor = STR("Li"), .note = STR("next")};
    assert_ok(store_begin(f->store, &b, &f->batch_id, &f->info), &f->info);
    enum err code = rollover(f->store, access, request, out, &f->info);
    if (code == ERR_OK)
        assert_ok(store_commit(f->store, &f->info), &f->info);
    else
        store_rollback(f->store);
    return code;
}

/* The id of the exhibitor of an edition whose label is a name; 0 = none. */
static int64_t exhibitor(struct edit_fixture *f, int64_t edition, const char *name) {
    const struct edit_table *t = edit_table_of(TABLE_EXHIBITOR);
    struct edit_query query = {.table = t, .text = str_of(name), .limit = 10};
    struct edit_page page;
    struct access all = access_local();
    query.filters[query.filter_count++] =
        (struct edit_filter){edit_field_by_name(t, STR("edition_id")), store_int(edition)};
    assert_ok(edit_list(store_reader_of(f->store), &all, &query, &f->arena, &page, &f->info),
              &f->info);
    return page.count > 0 ? page.records[0].id : 0;
}

static void what_is_chosen_comes_along_as_a_guess(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    struct rollover_outcome out;
    make_edition(f, &x);
    struct rollover_request request = {.from = STR("2024"),
                                       .into = STR("2026"),
                                       .name_en = STR("Expo 2026"),
                                       .areas = true,
                                       .pavilions = true,
                                       .exhibitors = ROLLOVER_OTHERS,
                                       .attendance = ATTENDANCE_SIGNED,
                                       .offers = true,
                                       .make_current = true};
    assert_ok(roll(f, &f->access, &request, &out), &f->info);
    assert_true(out.edition_made);
    assert_int_equal(out.areas, 1);
    assert_int_equal(out.pavilions, 1);
    assert_int_equal(out.texts, 1);
    assert_int_equal(out.exhibitors, 3);
    assert_int_equal(out.statements, 1);
    assert_string_equal(edit_value(f, TABLE_EDITION, out.edition_id, "current"), "1");
    assert_string_equal(edit_value(f, TABLE_EDITION, out.edition_id, "name_en"), "Expo 2026");
    int64_t leader = exhibitor(f, out.edition_id, "Leader");
    int64_t partner = exhibitor(f, out.edition_id, "Partner");
    assert_int_equal(atoll(edit_value(f, TABLE_EXHIBITOR, partner, "lead_id")), leader);
    assert_string_equal(edit_value(f, TABLE_EXHIBITOR, leader, "attendance"), "signed");
    assert_string_equal(edit_value(f, TABLE_EXHIBITOR, leader, "note"), "-");
    assert_string_equal(edit_value(f, TABLE_EXHIBITOR, leader, "area_basis"), "reading");
    assert_string_equal(edit_value(f, TABLE_STATEMENT, 3, "basis"), "inferred");
    assert_string_equal(edit_value(f, TABLE_STATEMENT, 3, "evidence"), "2024 declared");
    /* Once more: nothing is missing. */
    assert_ok(roll(f, &f->access, &request, &out), &f->info);
    assert_false(out.edition_made);
    assert_int_equal(out.exhibitors + out.areas + out.pavilions + out.texts, 0);
    assert_int_equal(out.there, 3);
}

static void it_is_one_batch_that_is_taken_back_whole(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    struct rollover_outcome out;
    int64_t undo;
    uint64_t count;
    make_edition(f, &x);
    struct rollover_request request = {.from = STR("2024"),
                                       .into = STR("2026"),
                                       .areas = true,
                                       .exhibitors = ROLLOVER_OTHERS,
                                       .offers = true,
                                       .needs = true,
                                       .keep_basis = true};
    assert_ok(roll(f, &f->access, &request, &out), &f->info);
    assert_string_equal(edit_value(f, TABLE_STATEMENT, 4, "basis"), "confirmed");
    struct store_batch b = {.kind = "undo", .actor = STR("Li"), .undo_of = f->batch_id};
    assert_ok(store_begin(f->store, &b, &undo, &f->info), &f->info);
    assert_ok(store_undo(f->store, f->batch_id, &f->info), &f->info);
    assert_ok(store_commit(f->store, &f->info), &f->info);
    assert_ok(store_count(store_reader_of(f->store), TABLE_EXHIBITOR, &count, &f->info), &f->info);
    assert_int_equal(count, 3);
    assert_ok(store_count(store_reader_of(f->store), TABLE_EDITION, &count, &f->info), &f->info);
    assert_int_equal(count, 2);
}

static void lists_and_types_choose_who_comes_along(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    struct rollover_outcome out;
    make_edition(f, &x);
    int64_t partner = exhibitor(f, x.first, "Partner");
    struct rollover_request request = {.from = STR("2024"),
                                       .into = STR("2025"),
                                       .exhibitors = ROLLOVER_LISTED,
                                       .list = &partner,
                                       .list_count = 1};
    assert_ok(roll(f, &f->access, &request, &out), &f->info);
    assert_int_equal(out.exhibitors, 1);
    assert_string_equal(
        edit_value(f, TABLE_EXHIBITOR, exhibitor(f, x.second, "Partner"), "lead_id"), "-");
    request.exhibitors = ROLLOVER_OTHERS;
    request.types = 1U << EXHIBITOR_DIRECT;
    assert_ok(roll(f, &f->access, &request, &out), &f->info);
    assert_int_equal(out.exhibitors, 1);
    int64_t leader = exhibitor(f, x.second, "Leader");
    assert_int_equal(atoll(edit_value(f, TABLE_EXHIBITOR, leader, "area_id")), x.other_area);
    assert_int_equal(exhibitor(f, x.second, "Guest"), 0);
}

static void wrong_requests_are_refused_in_words(void **state) {
    struct edit_fixture *f = *state;
    edit_make_expo(f);
    struct rollover_outcome out;
    int64_t nobody = 99;
    struct rollover_request request = {.from = STR("2024"), .into = STR("2024")};
    assert_int_equal(roll(f, &f->access, &request, &out), ERR_INPUT);
    request.into = STR("20 26");
    assert_int_equal(roll(f, &f->access, &request, &out), ERR_INPUT);
    request.from = STR("1999");
    assert_int_equal(roll(f, &f->access, &request, &out), ERR_NOT_FOUND);
    request = (struct rollover_request){.from = STR("2024"),
                                        .into = STR("2025"),
                                        .exhibitors = ROLLOVER_LISTED,
                                        .list = &nobody,
                                        .list_count = 1};
    assert_int_equal(roll(f, &f->access, &request, &out), ERR_NOT_FOUND);
    struct access reader = {
        .account_id = 1, .grant_count = 1, .grants = {{.role = ROLE_AREA_MANAGER, .chain_id = 1}}};
    assert_int_equal(roll(f, &reader, &request, &out), ERR_DENIED);
}

static void lack_of_memory_is_told_and_leaves_nothing(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    struct rollover_outcome out;
    struct rollover_request request = {.from = STR("2024"),
                                       .into = STR("2026"),
                                       .areas = true,
                                       .pavilions = true,
                                       .exhibitors = ROLLOVER_OTHERS,
                                       .offers = true,
                                       .needs = true};
    enum err code = ERR_MEMORY;
    make_edition(f, &x);
    for (long n = 0; code == ERR_MEMORY && n < 10000; n++) {
        struct store_batch b = {.kind = "rollover", .actor = STR("Li"), .note = STR("next")};
        uint64_t editions;
        assert_ok(store_begin(f->store, &b, &f->batch_id, &f->info), &f->info);
        mem_fail_after(n);
        code = rollover(f->store, &f->access, &request, &out, &f->info);
        mem_fail_after(-1);
        store_rollback(f->store);
        assert_ok(store_count(store_reader_of(f->store), TABLE_EDITION, &editions, &f->info),
                  &f->info);
        assert_int_equal(editions, 2);
    }
    assert_int_equal(code, ERR_OK);
}

int main(void) {
#define EDIT_TEST(name) cmocka_unit_test_setup_teardown(name, edit_setup, edit_teardown)
    const struct CMUnitTest tests[] = {
        EDIT_TEST(what_is_chosen_comes_along_as_a_guess),
        EDIT_TEST(it_is_one_batch_that_is_taken_back_whole),
        EDIT_TEST(lists_and_types_choose_who_comes_along),
        EDIT_TEST(wrong_requests_are_refused_in_words),
        EDIT_TEST(lack_of_memory_is_told_and_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
