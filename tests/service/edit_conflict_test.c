/* Two editors on one record: every case of who changed what, as a table. */
#include "edit_fixture.h"

struct conflict_case {
    const char *name;
    const char *theirs; /* values another one saves meanwhile; NULL = deletes the record */
    const char *yours;  /* values sent with the old revision; NULL = deletes the record */
    enum err expected;
    const char *theme, *venue; /* afterwards */
    const char *conflict;      /* field in conflict */
    const char *merged;        /* field kept as they left it */
};

/* Before: theme_en "Base", venue_en "Hall". */
static const struct conflict_case cases[] = {
    {"nobody else saved", "{}", "{'theme_en':'Mine'}", ERR_OK, "Mine", "Hall", NULL, NULL},
    {"different fields are merged", "{'venue_en':'Theirs'}", "{'theme_en':'Mine'}", ERR_OK, "Mine",
     "Theirs", NULL, "venue_en"},
    {"a whole form sent back merges, too", "{'venue_en':'Theirs'}",
     "{'theme_en':'Mine','venue_en':'Hall'}", ERR_OK, "Mine", "Theirs", NULL, "venue_en"},
    {"one field, two values", "{'theme_en':'Theirs'}", "{'theme_en':'Mine'}", ERR_CONFLICT,
     "Theirs", "Hall", "theme_en", NULL},
    {"one field, one value", "{'theme_en':'Same'}", "{'theme_en':'Same'}", ERR_OK, "Same", "Hall",
     NULL, NULL},
    {"theirs only", "{'theme_en':'Theirs'}", "{'theme_en':'Base'}", ERR_OK, "Theirs", "Hall", NULL,
     "theme_en"},
    {"emptied by them", "{'theme_en':null}", "{'theme_en':'Mine'}", ERR_CONFLICT, "-", "Hall",
     "theme_en", NULL},
    {"emptied by you", "{'theme_en':'Theirs'}", "{'theme_en':null}", ERR_CONFLICT, "Theirs", "Hall",
     "theme_en", NULL},
    {"emptied by both", "{'theme_en':null}", "{'theme_en':null}", ERR_OK, "-", "Hall", NULL, NULL},
    {"one of two fields in conflict stops both", "{'theme_en':'Theirs'}",
     "{'theme_en':'Mine','venue_en':'Mine'}", ERR_CONFLICT, "Theirs", "Hall", "theme_en", NULL},
    {"they deleted it", NULL, "{'theme_en':'Mine'}", ERR_CONFLICT, NULL, NULL, "", NULL},
    {"you delete what they changed", "{'theme_en':'Theirs'}", NULL, ERR_CONFLICT, "Theirs", "Hall",
     "theme_en", NULL},
    {"you delete what nobody changed", "{}", NULL, ERR_OK, NULL, NULL, NULL, NULL},
    {"both delete", NULL, NULL, ERR_CONFLICT, NULL, NULL, "", NULL},
};

static enum err save(struct edit_fixture *f, int64_t id, int64_t revision, const char *values) {
    if (values == NULL)
        return edit_try(f, "[{'op':'delete','table':'edition','id':%lld,'revision':%lld}]", LL(id),
                        LL(revision));
    return edit_try(f, "[{'op':'update','table':'edition','id':%lld,'revision':%lld,'values':%s}]",
                    LL(id), LL(revision), values);
}

static void check_case(struct edit_fixture *f, const struct conflict_case *c) {
    edit_ok(f, "[{'op':'create','table':'edition','values':{'code':'keep','name_en':'K','current':"
               "true}},{'op':'create','table':'edition','values':{'code':'2024','name_en':'E',"
               "'theme_en':'Base','venue_en':'Hall'}}]");
    int64_t keep = edit_made(f, 0), id = edit_made(f, 1);
    int64_t revision = edit_revision(f, TABLE_EDITION, id);
    f->actor = "Wang";
    f->at_ms = 2000;
    assert_ok(save(f, id, revision, c->theirs), &f->info);
    f->actor = "Li";
    f->at_ms = 3000;
    assert_int_equal(save(f, id, revision, c->yours), c->expected);
    const struct edit_outcome *o = &f->outcome;
    assert_int_equal(o->conflicts.len, c->conflict != NULL ? 1 : 0);
    if (c->conflict != NULL) {
        assert_str(o->conflicts.at[0].field, c->conflict);
        assert_str(o->conflicts.at[0].by, "Wang");
        assert_int_equal(o->conflicts.at[0].at_ms, 2000);
    }
    assert_int_equal(o->merged.len, c->merged != NULL ? 1 : 0);
    if (c->merged != NULL) {
        assert_str(o->merged.at[0].field, c->merged);
        assert_str(o->merged.at[0].by, "Wang");
    }
    if (c->theme != NULL) {
        assert_string_equal(edit_value(f, TABLE_EDITION, id, "theme_en"), c->theme);
        assert_string_equal(edit_value(f, TABLE_EDITION, id, "venue_en"), c->venue);
    }
    (void)keep;
}

static void every_case_of_two_editors_ends_as_told(void **state) {
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        print_message("# %s\n", cases[i].name);
        void *fixture;
        edit_setup(&fixture);
        check_case(fixture, &cases[i]);
        edit_teardown(&fixture);
    }
}

static void the_three_states_of_a_conflict_are_told(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    int64_t revision = edit_revision(f, TABLE_NODE, x.input);
    edit_ok(f, "[{'op':'update','table':'node','id':%lld,'values':{'name_zh':'电芯'}}]",
            LL(x.input));
    edit_ok(f, "[{'op':'update','table':'node','id':%lld,'values':{'name_zh':'电池单体'}}]",
            LL(x.input));
    assert_int_equal(edit_try(f,
                              "[{'op':'update','table':'node','id':%lld,'revision':%lld,'values':"
                              "{'name_zh':'单体'}}]",
                              LL(x.input), LL(revision)),
                     ERR_CONFLICT);
    const struct edit_conflict *c = &f->outcome.conflicts.at[0];
    assert_int_equal(c->base.kind, STORE_NULL);
    assert_str(c->theirs.text, "电池单体");
    assert_str(c->yours.text, "单体");
    /* With their revision it is a plain change. */
    edit_ok(
        f, "[{'op':'update','table':'node','id':%lld,'revision':%lld,'values':{'name_zh':'单体'}}]",
        LL(x.input), LL(edit_revision(f, TABLE_NODE, x.input)));
}

static void an_undo_by_another_counts_like_any_change(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    edit_ok(f, "[{'op':'update','table':'node','id':%lld,'values':{'hs2022':'850760'}}]",
            LL(x.input));
    int64_t revision = edit_revision(f, TABLE_NODE, x.input), undone = f->batch_id, batch;
    struct store_batch undo = {.kind = "undo", .actor = STR("Wang"), .undo_of = undone};
    assert_ok(store_begin(f->store, &undo, &batch, &f->info), &f->info);
    assert_ok(store_undo(f->store, undone, &f->info), &f->info);
    assert_ok(store_commit(f->store, &f->info), &f->info);
    assert_int_equal(edit_try(f,
                              "[{'op':'update','table':'node','id':%lld,'revision':%lld,'values':"
                              "{'hs2022':'850710'}}]",
                              LL(x.input), LL(revision)),
                     ERR_CONFLICT);
    assert_str(f->outcome.conflicts.at[0].by, "Wang");
}

static void a_revision_of_another_record_is_refused(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    assert_int_equal(edit_try(f,
                              "[{'op':'update','table':'node','id':%lld,'revision':%lld,'values':"
                              "{'hs2022':'850710'}}]",
                              LL(x.input), LL(edit_revision(f, TABLE_NODE, x.output))),
                     ERR_INPUT);
}

static void one_request_may_change_a_record_twice(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    int64_t r = edit_revision(f, TABLE_NODE, x.input);
    edit_ok(f,
            "[{'op':'update','table':'node','id':%lld,'revision':%lld,'values':{'name_en':'A'}},"
            "{'op':'update','table':'node','id':%lld,'revision':%lld,'values':{'name_en':'B'}}]",
            LL(x.input), LL(r), LL(x.input), LL(r));
    assert_string_equal(edit_value(f, TABLE_NODE, x.input, "name_en"), "B");
}

int main(void) {
#define EDIT_TEST(name) cmocka_unit_test_setup_teardown(name, edit_setup, edit_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_of_two_editors_ends_as_told),
        EDIT_TEST(the_three_states_of_a_conflict_are_told),
        EDIT_TEST(an_undo_by_another_counts_like_any_change),
        EDIT_TEST(a_revision_of_another_record_is_refused),
        EDIT_TEST(one_request_may_change_a_record_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
