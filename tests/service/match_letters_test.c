/* Who is written to about matches: those who consented, once, and only about what waits for them.
 */
#include "partner_fixture.h"

#include "service/chores.h"
#include "service/consents.h"
#include "service/match_letters.h"

enum { DAY = 24 * 3600 * 1000 };

static const int64_t ends_ms = PARTNER_NOW + INT64_C(14) * DAY;
static struct partners partners;
static int64_t round_id;

static void consent(struct desk_fixture *f, int firm) {
    assert_ok(consents_set(desk_begin(f), &partners.firm[firm].access, CONSENT_MAIL_REMINDERS, true,
                           1, &f->info),
              &f->info);
    desk_commit(f);
}

/* A released round that suggests firm 0 to 1 and 2; firms 0 and 1 allow mail, 2 does not. */
static int set_up(void **state) {
    static const int pairs[][2] = {{0, 1}, {0, 2}};
    struct match_release release;
    desk_setup(state);
    struct desk_fixture *f = *state;
    partner_make(f, &partners);
    consent(f, 0);
    consent(f, 1);
    desk_begin(f);
    round_id = partner_draft(f, &partners, 1, pairs, 2);
    assert_ok(
        matches_release(f->database.store, &f->local, round_id, PARTNER_NOW, &release, &f->info),
        &f->info);
    desk_commit(f);
    return 0;
}

static void answer(struct desk_fixture *f, int firm, int other, enum pair_answer said) {
    struct match_outcome outcome;
    const struct match_reply reply = {.match_id =
                                          partner_match_of(f, &partners, firm, other).match.id,
                                      .participant_id = partners.firm[firm].participant,
                                      .answer = said,
                                      .now_ms = PARTNER_NOW + 1};
    assert_ok(
        matches_answer(desk_begin(f), &partners.firm[firm].access, &reply, &outcome, &f->info),
        &f->info);
    desk_commit(f);
}

static uint64_t remind(struct desk_fixture *f, int64_t now_ms) {
    struct match_post post = {.origin = "https://expo.example", .now_ms = now_ms};
    assert_ok(match_letters_remind(desk_begin(f), &post, &f->info), &f->info);
    desk_commit(f);
    return post.letters;
}

static enum err note_letter(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    char *to = ctx;
    snprintf(to, 64, "%.*s", STR_ARG(v[OUTBOX_RECIPIENT].text));
    assert_true(str_find(v[OUTBOX_BODY].text, STR("https://expo.example/my\n")) != SIZE_MAX);
    return ERR_OK;
}

static void a_released_round_is_told_once_to_each_person_who_allows_mail(void **state) {
    struct desk_fixture *f = *state;
    struct match_post post = {.origin = "https://expo.example", .now_ms = PARTNER_NOW};
    assert_ok(match_letters_released(desk_begin(f), round_id, &post, &f->info), &f->info);
    desk_commit(f);
    assert_int_equal(post.letters, 2);
    assert_int_equal(desk_count(f, TABLE_OUTBOX), 2);
}

static void who_has_not_answered_is_reminded_once_before_the_end(void **state) {
    struct desk_fixture *f = *state;
    char to[64];
    answer(f, 1, 0, ANSWER_ACCEPTED);
    answer(f, 0, 1, ANSWER_LATER);
    assert_int_equal(remind(f, ends_ms - INT64_C(4) * DAY), 0);
    assert_int_equal(remind(f, ends_ms - INT64_C(3) * DAY), 1);
    assert_int_equal(remind(f, ends_ms - INT64_C(2) * DAY), 0);
    assert_ok(store_scan(desk_reader(f), TABLE_OUTBOX, note_letter, to, &f->info), &f->info);
    assert_string_equal(to, "person0@firm.example");
}

static void nobody_is_reminded_of_what_is_answered(void **state) {
    struct desk_fixture *f = *state;
    answer(f, 1, 0, ANSWER_ACCEPTED);
    answer(f, 0, 1, ANSWER_ACCEPTED);
    answer(f, 0, 2, ANSWER_ACCEPTED);
    assert_int_equal(remind(f, ends_ms - DAY), 0);
}

static void the_chores_of_a_server_remind_and_end_rounds(void **state) {
    struct desk_fixture *f = *state;
    struct writer *writer;
    struct errinfo info;
    uint64_t letters;
    database_close(&f->database);
    assert_ok(writer_new(f->database.path, &writer, &info), &info);
    assert_ok(chores_do(writer, "https://expo.example", false, ends_ms - DAY, &info), &info);
    assert_ok(chores_do(writer, "https://expo.example", true, ends_ms, &info), &info);
    writer_free(writer);
    assert_ok(store_open(f->database.path, &f->database.store, &info), &info);
    assert_ok(store_count(desk_reader(f), TABLE_OUTBOX, &letters, &info), &info);
    assert_int_equal(letters, 2);
    assert_int_equal(partner_match_of(f, &partners, 0, 1).match.state, PAIR_EXPIRED);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, desk_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_released_round_is_told_once_to_each_person_who_allows_mail),
        TEST(who_has_not_answered_is_reminded_once_before_the_end),
        TEST(nobody_is_reminded_of_what_is_answered),
        TEST(the_chores_of_a_server_remind_and_end_rounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
