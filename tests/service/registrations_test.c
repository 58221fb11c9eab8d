#include "expo_fixture.h"

#include "service/profiles.h"
#include "service/registration_links.h"
#include "service/registrations.h"

enum { NOW = 1000000 };
#define DAY_MS INT64_C(86400000)

struct link {
    char secret[SECRET_CHARS + 1];
    int64_t id;
};

static enum err make_link(struct expo_fixture *f, const struct access *by, const char *kind,
                          int64_t uses, int64_t days, struct link *out) {
    const struct registration_link_request request = {.edition_id = f->edition,
                                                      .kind = str_of(kind),
                                                      .name = STR(" Buyers of autumn "),
                                                      .uses_max = uses,
                                                      .days = days,
                                                      .origin = "https://expo.example",
                                                      .now_ms = NOW};
    struct buf url;
    buf_init(&url, 1000);
    expo_begin(f);
    enum err code =
        expo_end(f, registration_links_make(f->store, by, &request, &url, &out->id, &f->info));
    if (code == ERR_OK) {
        const char *hash = strchr(url.ptr, '#');
        assert_non_null(strstr(url.ptr, "https://expo.example/my/register#"));
        snprintf(out->secret, sizeof(out->secret), "%s", hash + 1);
    }
    buf_release(&url);
    return code;
}

static struct link some_link(struct expo_fixture *f) {
    struct link link;
    assert_ok(make_link(f, &f->local, "buyer", 100, 30, &link), &f->info);
    return link;
}

static struct registration some(const struct link *link) {
    static const struct profile_seek seeks[] = {
        {SEEK_SUPPLIER, {"bat.cell", 8}, 5, {"GWh", 3}, {"2026-12-31", 10}, {"", 0}}};
    return (struct registration){.secret = str_of(link->secret),
                                 .organisation = STR(" Bavarian Buyers GmbH "),
                                 .country = STR("德国"),
                                 .name = STR("Anna Huber"),
                                 .email = STR("Anna@buyers.example"),
                                 .language = LANG_EN,
                                 .seeks = seeks,
                                 .seek_count = 1,
                                 .leader = STR("Dr Huber"),
                                 .now_ms = NOW + 1};
}

static char told[1000];

static enum err send(struct expo_fixture *f, const struct registration *r,
                     struct registration_done *done) {
    struct profile_faults faults = {.arena = &f->arena};
    struct registration_alike alike;
    assert_ok(registrations_alike(expo_reader(f), r, &alike, &f->info), &f->info);
    expo_begin(f);
    enum err code = expo_end(f, registrations_accept(f->store, r, &alike, &faults, done, &f->info));
    told[0] = '\0';
    for (size_t i = 0; i < faults.list.len; i++)
        snprintf(told + strlen(told), sizeof(told) - strlen(told), "%.*s; ",
                 STR_ARG(faults.list.at[i].path));
    profile_faults_release(&faults);
    return code;
}

static void a_visitor_registers_and_its_person_speaks_for_it(void **state) {
    struct expo_fixture *f = *state;
    struct link link = some_link(f);
    struct registration r = some(&link);
    struct registration_done done;
    struct account account;
    struct profile profile;
    assert_ok(send(f, &r, &done), &f->info);
    assert_true(done.made && done.account_id > 0);
    assert_ok(account_by_email(expo_reader(f), STR("anna@buyers.example"), &account, &f->info),
              &f->info);
    const struct access_place place = {.participant_id = done.participant_id};
    assert_true(access_may(&account.access, RIGHT_PARTNER_ANSWER, &place));
    assert_true(access_may(&account.access, RIGHT_INVITE, &place));
    assert_false(account.has_password);
    assert_ok(profile_read(expo_reader(f), &account.access, done.participant_id, &f->arena,
                           &profile, &f->info),
              &f->info);
    assert_true(str_equal_c(profile.kind, "buyer") && profile.exhibitor_id == 0);
    assert_true(str_equal_c(profile.organisation.name_en, "Bavarian Buyers GmbH"));
    assert_true(str_equal_c(profile.organisation.country, "DE"));
    assert_true(profile.seek_count == 1 && profile.seeks[0].quantity == 5);
    assert_true(str_equal_c(profile.leader, "Dr Huber"));
}

static void the_same_sent_again_makes_nothing_new(void **state) {
    struct expo_fixture *f = *state;
    struct link link = some_link(f);
    struct registration r = some(&link);
    struct registration_done first, again, other;
    assert_ok(send(f, &r, &first), &f->info);
    r.organisation = STR("BAVARIAN buyers GmbH");
    assert_ok(send(f, &r, &again), &f->info);
    assert_int_equal(again.participant_id, first.participant_id);
    assert_false(again.made);
    assert_int_equal(expo_count(f, TABLE_ORGANISATION), 1);
    r.organisation = STR("Another House");
    assert_ok(send(f, &r, &other), &f->info);
    assert_int_not_equal(other.participant_id, first.participant_id);
    assert_int_equal(other.account_id, first.account_id);
}

/* A name proves nothing: what is there is not touched, and an organiser is asked. */
static void an_organisation_of_the_same_name_stays_apart(void **state) {
    struct expo_fixture *f = *state;
    struct link link = some_link(f);
    struct registration r = some(&link);
    struct registration_done done;
    expo_begin(f);
    int64_t there = expo_organisation(f, "Bavarian Buyers GmbH", "", "DE", "");
    expo_participant(f, there, 0);
    expo_end(f, ERR_OK);
    assert_ok(send(f, &r, &done), &f->info);
    assert_int_equal(expo_count(f, TABLE_PARTICIPANT), 2);
    assert_int_equal(expo_count(f, TABLE_ORGANISATION), 2);
    assert_int_equal(expo_count(f, TABLE_DUPLICATE_DECISION), 1);
}

static void every_fault_is_told_and_nothing_is_written(void **state) {
    struct expo_fixture *f = *state;
    struct link link = some_link(f);
    struct registration r = some(&link);
    struct registration_done done;
    const struct profile_seek seeks[] = {
        {SEEK_SUPPLIER, STR("no.such"), 5, STR(""), STR("soon"), STR("")}};
    const struct str days[] = {STR("1999-01-01"), STR("x")};
    r.organisation = STR(" ");
    r.country = STR("Atlantis");
    r.name = STR("");
    r.email = STR("nobody");
    r.seeks = seeks;
    r.days = days;
    r.day_count = 2;
    assert_int_equal(send(f, &r, &done), ERR_INPUT);
    assert_non_null(strstr(told, "organisation; name; email; country; seeks[0].node; "
                                 "seeks[0].unit; seeks[0].by_day; "));
    assert_non_null(strstr(told, "days[1]; "));
    assert_int_equal(expo_count(f, TABLE_ACCOUNT), 0);
    assert_int_equal(expo_count(f, TABLE_ORGANISATION), 0);
    r = some(&link);
    assert_ok(send(f, &r, &done), &f->info);
}

static void a_link_ends_by_uses_time_and_being_taken_back(void **state) {
    struct expo_fixture *f = *state;
    struct link once, gone;
    struct registration_done done;
    struct registration_link found;
    assert_ok(make_link(f, &f->local, "delegation", 1, 1, &once), &f->info);
    assert_ok(make_link(f, &f->local, "institution", 5, 5, &gone), &f->info);
    struct str secret = str_of(once.secret);
    assert_ok(registration_links_look(expo_reader(f), secret, NOW + DAY_MS - 1, &found, &f->info),
              &f->info);
    assert_string_equal(found.kind, "delegation");
    assert_string_equal(found.name, "Buyers of autumn");
    assert_int_equal(registration_links_look(expo_reader(f), secret, NOW + DAY_MS, &found, NULL),
                     ERR_DENIED);
    struct registration r = some(&once);
    assert_ok(send(f, &r, &done), &f->info);
    r.email = STR("second@buyers.example");
    assert_int_equal(send(f, &r, &done), ERR_DENIED);
    expo_begin(f);
    assert_ok(expo_end(f, registration_links_revoke(f->store, &f->local, gone.id, &f->info)),
              &f->info);
    assert_int_equal(
        registration_links_look(expo_reader(f), str_of(gone.secret), NOW, &found, NULL),
        ERR_DENIED);
    assert_int_equal(registration_links_look(expo_reader(f), STR("x"), NOW, &found, NULL),
                     ERR_DENIED);
}

static enum err count(void *ctx, const struct registration_link *link, struct errinfo *info) {
    (void)link, (void)info;
    ++*(int *)ctx;
    return ERR_OK;
}

static void organisers_alone_make_links(void **state) {
    struct expo_fixture *f = *state;
    struct link link = some_link(f), none;
    const struct access refused[] = {expo_person(ROLE_EXHIBITOR_MANAGER, 1),
                                     expo_person(ROLE_AREA_MANAGER, 0),
                                     expo_person(ROLE_READER, 0),
                                     {0}};
    int links = 0;
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(make_link(f, &refused[i], "buyer", 1, 1, &none), ERR_DENIED);
        assert_int_equal(registration_links_each(expo_reader(f), &refused[i], f->edition, count,
                                                 &links, &f->info),
                         ERR_DENIED);
        expo_begin(f);
        assert_int_equal(
            expo_end(f, registration_links_revoke(f->store, &refused[i], link.id, &f->info)),
            ERR_DENIED);
    }
    const struct access organiser = expo_person(ROLE_ORGANISER, 0);
    assert_ok(
        registration_links_each(expo_reader(f), &organiser, f->edition, count, &links, &f->info),
        &f->info);
    assert_int_equal(links, 1);
    assert_int_equal(make_link(f, &organiser, "exhibitor", 1, 1, &none), ERR_INPUT);
    assert_int_equal(make_link(f, &organiser, "buyer", 0, 1, &none), ERR_INPUT);
    assert_int_equal(make_link(f, &organiser, "buyer", 1, 9999, &none), ERR_INPUT);
}

/* Who holds a link cannot wake an account that was put to sleep, and makes nothing in its name. */
static void a_disabled_account_registers_nothing(void **state) {
    struct expo_fixture *f = *state;
    struct link link = some_link(f);
    struct registration r = some(&link);
    struct registration_done done;
    const enum account_state disabled = ACCOUNT_DISABLED;
    const struct account_change change = {.state = &disabled};
    assert_ok(send(f, &r, &done), &f->info);
    expo_begin(f);
    assert_ok(expo_end(f, account_change(f->store, &f->local, done.account_id, &change, &f->info)),
              &f->info);
    r.organisation = STR("Another House");
    assert_ok(send(f, &r, &done), &f->info);
    assert_int_equal(done.account_id, 0);
    assert_int_equal(expo_count(f, TABLE_ORGANISATION), 1);
}

int main(void) {
#define IN_A_DATABASE(test) cmocka_unit_test_setup_teardown(test, expo_setup, expo_teardown)
    const struct CMUnitTest tests[] = {
        IN_A_DATABASE(a_visitor_registers_and_its_person_speaks_for_it),
        IN_A_DATABASE(the_same_sent_again_makes_nothing_new),
        IN_A_DATABASE(an_organisation_of_the_same_name_stays_apart),
        IN_A_DATABASE(every_fault_is_told_and_nothing_is_written),
        IN_A_DATABASE(a_link_ends_by_uses_time_and_being_taken_back),
        IN_A_DATABASE(organisers_alone_make_links),
        IN_A_DATABASE(a_disabled_account_registers_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
