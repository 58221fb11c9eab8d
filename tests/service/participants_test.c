#include "expo_fixture.h"

#include "assets/assets.h"
#include "service/edit.h"
#include "service/import.h"
#include "service/participant_stand.h"
#include "service/participants.h"

struct seen {
    int64_t id, exhibitor_id;
    char kind[16];
};

static enum err see(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct seen *seen = ctx;
    (void)info;
    seen->id = id;
    seen->exhibitor_id =
        v[PARTICIPANT_EXHIBITOR_ID].kind != STORE_NULL ? v[PARTICIPANT_EXHIBITOR_ID].integer : 0;
    snprintf(seen->kind, sizeof(seen->kind), "%.*s", STR_ARG(v[PARTICIPANT_KIND].text));
    return ERR_OK;
}

static struct seen of_organisation(struct expo_fixture *f, int64_t organisation) {
    struct seen seen = {0};
    assert_ok(store_scan_equal(expo_reader(f), TABLE_PARTICIPANT, PARTICIPANT_ORGANISATION_ID,
                               store_int(organisation), see, &seen, &f->info),
              &f->info);
    return seen;
}

static enum err ask(struct expo_fixture *f, const struct access *by, int64_t stand, int64_t *id) {
    expo_begin(f);
    return expo_end(f, participant_of_exhibitor(f->store, by, stand, id, &f->info));
}

static void the_participant_of_a_stand_is_made_once(void **state) {
    struct expo_fixture *f = *state;
    int64_t first, second;
    expo_begin(f);
    int64_t organisation = expo_organisation(f, "Acme", "", "CN", "");
    int64_t stand = expo_stand(f, organisation);
    expo_end(f, ERR_OK);
    assert_ok(ask(f, &f->local, stand, &first), &f->info);
    assert_ok(ask(f, &f->local, stand, &second), &f->info);
    assert_int_equal(first, second);
    struct seen seen = of_organisation(f, organisation);
    assert_true(seen.id == first && seen.exhibitor_id == stand);
    assert_string_equal(seen.kind, "exhibitor");
    assert_int_equal(ask(f, &f->local, 987654, &first), ERR_NOT_FOUND);
}

static void who_may_not_change_a_profile_makes_none(void **state) {
    struct expo_fixture *f = *state;
    int64_t id;
    expo_begin(f);
    int64_t stand = expo_stand(f, expo_organisation(f, "Acme", "", "CN", ""));
    int64_t other = expo_participant(f, expo_organisation(f, "Beta", "", "CN", ""), 0);
    expo_end(f, ERR_OK);
    const struct access refused[] = {
        expo_person(ROLE_READER, 0), expo_person(ROLE_EXHIBITOR_MANAGER, other), {0}};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(ask(f, &refused[i], stand, &id), ERR_DENIED);
    const struct access organiser = expo_person(ROLE_ORGANISER, 0);
    assert_ok(ask(f, &organiser, stand, &id), &f->info);
}

/* A buyer that exhibits after all: by the desk, by an import, by asking. */
static void a_visitor_that_gets_a_stand_is_an_exhibitor(void **state) {
    struct expo_fixture *f = *state;
    struct edit_outcome outcome;
    int64_t batch_id, id;
    expo_begin(f);
    int64_t by_desk = expo_organisation(f, "Acme", "", "CN", "");
    int64_t elsewhere = expo_organisation(f, "Beta", "", "DE", "");
    int64_t buyer = expo_participant(f, by_desk, 0);
    expo_participant(f, elsewhere, 0);
    expo_end(f, ERR_OK);
    const struct edit_setting settings[] = {{STR("edition_id"), store_int(f->edition)},
                                            {STR("organisation_id"), store_int(by_desk)}};
    const struct edit_operation operation = {
        .verb = EDIT_CREATE, .table = STR("exhibitor"), .settings = settings, .setting_count = 2};
    const struct edit_request request = {&operation, 1};
    const struct store_batch batch = {.kind = "edit", .actor = STR("tester"), .at_ms = 1};
    edit_outcome_init(&outcome);
    assert_ok(edit_run(f->store, &f->local, &batch, &request, false, &outcome, &batch_id, &f->info),
              &f->info);
    struct seen seen = of_organisation(f, by_desk);
    assert_true(seen.id == buyer && seen.exhibitor_id == outcome.results.at[0].id);
    assert_string_equal(seen.kind, "exhibitor");
    edit_outcome_release(&outcome);
    assert_string_equal(of_organisation(f, elsewhere).kind, "buyer");
    expo_begin(f);
    int64_t stand = expo_stand(f, elsewhere);
    expo_end(f, ERR_OK);
    assert_ok(ask(f, &f->local, stand, &id), &f->info);
    assert_int_equal(of_organisation(f, elsewhere).exhibitor_id, stand);
}

static void import(struct expo_fixture *f, const char *offers) {
    char text[200];
    snprintf(text, sizeof(text),
             "Company name,Country,Main products,Edition\nVolta Cells Ltd,China,%s,%s\n", offers,
             f->code);
    struct import_outcome outcome;
    struct import_source source = {
        .bytes = str_of(text), .name = "sheet", .sheet = SHEET_EXHIBITORS};
    struct import_request request = {.sources = &source,
                                     .source_count = 1,
                                     .actor = STR("test"),
                                     .note = STR("sheet"),
                                     .at_ms = 1};
    import_outcome_init(&outcome);
    assert_true(assets_find(STR("data/model/headers.csv"), &request.headers));
    assert_ok(import_run(f->store, &request, &outcome, NULL, &f->info), &f->info);
    import_outcome_release(&outcome);
}

static void an_import_gives_visitors_their_stands(void **state) {
    struct expo_fixture *f = *state;
    expo_begin(f);
    int64_t organisation = expo_organisation(f, "Volta Cells Ltd", "", "CN", "");
    int64_t buyer = expo_participant(f, organisation, 0);
    expo_end(f, ERR_OK);
    import(f, "");
    struct seen seen = of_organisation(f, organisation);
    assert_true(seen.id == buyer && seen.exhibitor_id > 0);
    assert_string_equal(seen.kind, "exhibitor");
}

/* What a firm said itself is not guessed again out of its texts. */
static void nothing_is_inferred_about_who_has_spoken(void **state) {
    struct expo_fixture *f = *state;
    bool has_spoken;
    import(f, "Lithium battery separators");
    assert_int_equal(expo_count(f, TABLE_STATEMENT), 1);
    int64_t stand = 0;
    struct store_cell saved = {PARTICIPANT_REVISION, store_int(1)};
    expo_begin(f);
    assert_ok(store_delete(f->store, TABLE_STATEMENT, 1, &f->info), &f->info);
    assert_ok(participant_of_exhibitor(f->store, &f->local, 1, &stand, &f->info), &f->info);
    assert_ok(store_update(f->store, TABLE_PARTICIPANT, stand, &saved, 1, &f->info), &f->info);
    assert_ok(participant_has_spoken(expo_reader(f), 1, &has_spoken, &f->info), &f->info);
    assert_true(has_spoken);
    expo_end(f, ERR_OK);
    import(f, "Lithium battery separators");
    assert_int_equal(expo_count(f, TABLE_STATEMENT), 0);
}

int main(void) {
#define IN_A_DATABASE(test) cmocka_unit_test_setup_teardown(test, expo_setup, expo_teardown)
    const struct CMUnitTest tests[] = {
        IN_A_DATABASE(the_participant_of_a_stand_is_made_once),
        IN_A_DATABASE(who_may_not_change_a_profile_makes_none),
        IN_A_DATABASE(a_visitor_that_gets_a_stand_is_an_exhibitor),
        IN_A_DATABASE(an_import_gives_visitors_their_stands),
        IN_A_DATABASE(nothing_is_inferred_about_who_has_spoken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
