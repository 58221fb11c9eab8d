/* The way of a match, by the rules of matches.h; races are in matches_race_test. */
#include "partner_fixture.h"

#include "service/consents.h"
#include "service/undo_right.h"

enum { DAY = 24 * 3600 * 1000 };

static struct partners partners;

static int set_up(void **state) {
    desk_setup(state);
    partner_make(*state, &partners);
    return 0;
}

static void no_finding(void *ctx, const char *text) {
    print_message("# finding: %s\n", text);
    ++*(int *)ctx;
}

/* No way through the rules leads to a state that the store's check knows as wrong. */
static int tear_down(void **state) {
    struct desk_fixture *f = *state;
    int findings = 0;
    assert_ok(store_check(desk_reader(f), NULL, no_finding, &findings, &f->info), &f->info);
    assert_int_equal(findings, 0);
    return desk_teardown(state);
}

static enum err end(struct desk_fixture *f, enum err code) {
    if (code == ERR_OK)
        desk_commit(f);
    else
        store_rollback(f->database.store);
    return code;
}

static uint32_t reason(const char *code) {
    return kind_of_code(&kind_decline, str_of(code));
}

static enum err answer_at(struct desk_fixture *f, int firm, int64_t match, enum pair_answer answer,
                          int64_t now_ms) {
    struct match_outcome outcome;
    const struct match_reply reply = {.match_id = match,
                                      .participant_id = partners.firm[firm].participant,
                                      .answer = answer,
                                      .reason = answer == ANSWER_DECLINED ? reason("rival") : 0,
                                      .now_ms = now_ms};
    return end(
        f, matches_answer(desk_begin(f), &partners.firm[firm].access, &reply, &outcome, &f->info));
}

static enum err answer(struct desk_fixture *f, int firm, int64_t match, enum pair_answer answer) {
    return answer_at(f, firm, match, answer, PARTNER_NOW + 1);
}

static enum err withdraw(struct desk_fixture *f, int firm, int64_t match) {
    const struct match_reply reply = {.match_id = match,
                                      .participant_id = partners.firm[firm].participant,
                                      .now_ms = PARTNER_NOW + 2};
    return end(f, matches_withdraw(desk_begin(f), &partners.firm[firm].access, &reply, &f->info));
}

static enum err request(struct desk_fixture *f, int firm, int whom, int64_t *id) {
    const struct match_request request = {.participant_id = partners.firm[firm].participant,
                                          .organisation_id = partners.firm[whom].organisation,
                                          .message = STR("您好"),
                                          .now_ms = PARTNER_NOW};
    struct match_outcome outcome = {.id = 0};
    enum err code = end(f, matches_request(desk_begin(f), &partners.firm[firm].access, &request,
                                           &outcome, &f->info));
    *id = outcome.id;
    return code;
}

/* A released round that suggests firm 0 to firms 1 to 3, and 1 to 2. */
static int64_t release(struct desk_fixture *f) {
    static const int pairs[][2] = {{0, 1}, {0, 2}, {0, 3}, {1, 2}};
    struct match_release release;
    desk_begin(f);
    int64_t round = partner_draft(f, &partners, 1, pairs, 4);
    assert_ok(matches_release(f->database.store, &f->local, round, PARTNER_NOW, &release, &f->info),
              &f->info);
    desk_commit(f);
    assert_int_equal(release.suggested, 4);
    assert_int_equal(release.left_out, 0);
    assert_int_equal(release.answer_by_ms, PARTNER_NOW + INT64_C(14) * DAY);
    return round;
}

static enum pair_state state_of(struct desk_fixture *f, int first, int second) {
    struct partner_seen seen = partner_match_of(f, &partners, first, second);
    assert_true(seen.found > 0);
    return seen.match.state;
}

static int64_t id_of(struct desk_fixture *f, int first, int second) {
    return partner_match_of(f, &partners, first, second).match.id;
}

static void a_match_is_mutual_when_both_have_accepted(void **state) {
    struct desk_fixture *f = *state;
    release(f);
    int64_t id = id_of(f, 0, 1);
    assert_int_equal(answer(f, 0, id, ANSWER_ACCEPTED), ERR_OK);
    assert_int_equal(state_of(f, 1, 0), PAIR_SUGGESTED);
    assert_int_equal(answer(f, 0, id, ANSWER_ACCEPTED), ERR_OK);
    assert_int_equal(answer(f, 1, id, ANSWER_LATER), ERR_OK);
    assert_int_equal(state_of(f, 1, 0), PAIR_SUGGESTED);
    assert_int_equal(answer(f, 1, id, ANSWER_ACCEPTED), ERR_OK);
    assert_int_equal(state_of(f, 0, 1), PAIR_MUTUAL);
    assert_int_equal(answer(f, 1, id, ANSWER_DECLINED), ERR_CONFLICT);
    assert_non_null(strstr(f->info.hint, "Withdraw"));
    assert_int_equal(withdraw(f, 1, id), ERR_OK);
    assert_int_equal(state_of(f, 0, 1), PAIR_WITHDRAWN);
    assert_int_equal(answer(f, 0, id, ANSWER_ACCEPTED), ERR_CONFLICT);
}

static void a_decline_needs_a_reason_ends_the_match_and_can_be_taken_back(void **state) {
    struct desk_fixture *f = *state;
    struct match_outcome out;
    release(f);
    int64_t id = id_of(f, 0, 1);
    const struct match_reply bare = {.match_id = id,
                                     .participant_id = partners.firm[0].participant,
                                     .answer = ANSWER_DECLINED,
                                     .now_ms = PARTNER_NOW};
    assert_int_equal(
        end(f, matches_answer(desk_begin(f), &partners.firm[0].access, &bare, &out, &f->info)),
        ERR_INPUT);
    assert_int_equal(answer(f, 1, id, ANSWER_ACCEPTED), ERR_OK);
    assert_int_equal(answer(f, 0, id, ANSWER_DECLINED), ERR_OK);
    struct partner_seen seen = partner_match_of(f, &partners, 0, 1);
    assert_int_equal(seen.match.state, PAIR_DECLINED);
    assert_int_equal(seen.match.side[0].reason, reason("rival"));
    assert_int_equal(answer(f, 1, id, ANSWER_LATER), ERR_CONFLICT);
    assert_int_equal(answer(f, 0, id, ANSWER_ACCEPTED), ERR_OK);
    seen = partner_match_of(f, &partners, 0, 1);
    assert_int_equal(seen.match.state, PAIR_MUTUAL);
    assert_int_equal(seen.match.side[0].reason, 0);
    assert_int_equal(seen.match.closed_ms, 0);
}

static void nobody_answers_for_another(void **state) {
    struct desk_fixture *f = *state;
    struct match_outcome out;
    release(f);
    int64_t id = id_of(f, 0, 1);
    struct match_reply reply = {.match_id = id,
                                .participant_id = partners.firm[1].participant,
                                .answer = ANSWER_ACCEPTED,
                                .now_ms = PARTNER_NOW};
    assert_int_equal(
        end(f, matches_answer(desk_begin(f), &partners.firm[0].access, &reply, &out, &f->info)),
        ERR_DENIED);
    assert_int_equal(end(f, matches_answer(desk_begin(f), &f->local, &reply, &out, &f->info)),
                     ERR_DENIED);
    struct access organiser =
        desk_read(f, desk_account(f, "organiser@expo.example", ROLE_ORGANISER)).access;
    assert_int_equal(end(f, matches_answer(desk_begin(f), &organiser, &reply, &out, &f->info)),
                     ERR_DENIED);
    assert_int_equal(answer(f, 4, id, ANSWER_ACCEPTED), ERR_NOT_FOUND);
    assert_int_equal(answer(f, 0, id + 1000, ANSWER_ACCEPTED), ERR_NOT_FOUND);
    struct partner_seen seen = {.other = 0};
    assert_int_equal(matches_of(desk_reader(f), &partners.firm[0].access,
                                partners.firm[1].participant, partner_see, &seen, &f->info),
                     ERR_DENIED);
    assert_int_equal(matches_each(desk_reader(f), &partners.firm[0].access, partners.edition,
                                  partner_see, &seen, &f->info),
                     ERR_DENIED);
}

static void nobody_takes_an_answer_back_by_an_undo(void **state) {
    struct desk_fixture *f = *state;
    struct arena arena;
    struct match_outcome outcome;
    int64_t batch;
    release(f);
    const struct store_batch by = {
        .kind = "match", .account_id = partners.firm[0].account, .at_ms = PARTNER_NOW};
    const struct match_reply yes = {.match_id = id_of(f, 0, 1),
                                    .participant_id = partners.firm[0].participant,
                                    .answer = ANSWER_ACCEPTED,
                                    .now_ms = PARTNER_NOW + 1};
    assert_ok(store_begin(f->database.store, &by, &batch, &f->info), &f->info);
    assert_ok(matches_answer(f->database.store, &partners.firm[0].access, &yes, &outcome, &f->info),
              &f->info);
    desk_commit(f);
    arena_init(&arena, SIZE_MAX);
    struct access administrator =
        desk_read(f, desk_account(f, "admin@expo.example", ROLE_ADMINISTRATOR)).access;
    assert_int_equal(undo_right_check(desk_reader(f), &administrator, batch, &arena, &f->info),
                     ERR_DENIED);
    arena_release(&arena);
}

static void a_request_is_an_acceptance_and_meets_the_same_rules(void **state) {
    struct desk_fixture *f = *state;
    int64_t id, again;
    assert_int_equal(request(f, 4, 2, &id), ERR_OK);
    struct partner_seen seen = partner_match_of(f, &partners, 2, 4);
    assert_int_equal(seen.match.state, PAIR_SUGGESTED);
    assert_int_equal(match_asker(&seen.match), match_side_of(&seen.match, seen.other));
    assert_int_equal(request(f, 4, 2, &again), ERR_OK);
    assert_int_equal(again, id);
    assert_int_equal(answer(f, 4, id, ANSWER_LATER), ERR_CONFLICT);
    assert_int_equal(request(f, 2, 4, &again), ERR_OK);
    assert_int_equal(again, id);
    assert_int_equal(state_of(f, 4, 2), PAIR_MUTUAL);
    assert_int_equal(request(f, 4, 4, &again), ERR_INPUT);

    assert_int_equal(request(f, 5, 3, &id), ERR_OK);
    assert_int_equal(withdraw(f, 3, id), ERR_CONFLICT);
    assert_int_equal(withdraw(f, 5, id), ERR_OK);
    seen = partner_match_of(f, &partners, 5, 3);
    assert_int_equal(match_asker(&seen.match), 1 - match_side_of(&seen.match, seen.other));
    assert_int_equal(answer(f, 3, id, ANSWER_ACCEPTED), ERR_CONFLICT);
    assert_int_equal(request(f, 5, 3, &again), ERR_OK);
    assert_int_not_equal(again, id);
    assert_int_equal(answer(f, 3, again, ANSWER_DECLINED), ERR_OK);
    assert_int_equal(request(f, 5, 3, &id), ERR_CONFLICT);
    assert_int_equal(request(f, 3, 5, &id), ERR_OK);
}

static void requests_that_wait_have_a_limit(void **state) {
    struct desk_fixture *f = *state;
    struct match_outcome out;
    desk_begin(f);
    for (int i = 0; i < MATCH_REQUESTS_OPEN_MAX + 1; i++) {
        int64_t organisation = partner_organisation(f, "More"), stand;
        struct store_cell cells[] = {{EXHIBITOR_EDITION_ID, store_int(partners.edition)},
                                     {EXHIBITOR_ORGANISATION_ID, store_int(organisation)},
                                     {EXHIBITOR_TYPE, store_text(STR("direct"))}};
        assert_ok(store_insert(f->database.store, TABLE_EXHIBITOR, cells, 3, &stand, &f->info),
                  &f->info);
        const struct match_request ask = {.participant_id = partners.firm[0].participant,
                                          .organisation_id = organisation,
                                          .now_ms = PARTNER_NOW};
        enum err code =
            matches_request(f->database.store, &partners.firm[0].access, &ask, &out, &f->info);
        assert_int_equal(code, i < MATCH_REQUESTS_OPEN_MAX ? ERR_OK : ERR_LIMIT);
    }
    desk_commit(f);
}

static void who_takes_no_part_is_not_asked(void **state) {
    struct desk_fixture *f = *state;
    struct match_outcome out;
    int64_t id;
    desk_begin(f);
    const struct match_request ask = {.participant_id = partners.firm[0].participant,
                                      .organisation_id = partner_organisation(f, "Elsewhere"),
                                      .now_ms = PARTNER_NOW};
    assert_int_equal(
        end(f, matches_request(f->database.store, &partners.firm[0].access, &ask, &out, &f->info)),
        ERR_NOT_FOUND);
    release(f);
    struct store_cell withdrawn = {PARTICIPANT_STATE, store_text(STR("withdrawn"))};
    desk_begin(f);
    assert_ok(store_update(f->database.store, TABLE_PARTICIPANT, partners.firm[1].participant,
                           &withdrawn, 1, &f->info),
              &f->info);
    desk_commit(f);
    assert_int_equal(answer(f, 0, id_of(f, 0, 1), ANSWER_ACCEPTED), ERR_CONFLICT);
    assert_non_null(strstr(f->info.message, "has withdrawn"));
    assert_int_equal(answer(f, 0, id_of(f, 0, 1), ANSWER_DECLINED), ERR_OK);
    assert_int_equal(request(f, 4, 1, &id), ERR_CONFLICT);
    assert_int_equal(request(f, 1, 4, &id), ERR_CONFLICT);
}

static void a_round_is_released_once_and_leaves_out_what_stands(void **state) {
    struct desk_fixture *f = *state;
    static const int pairs[][2] = {{0, 1}, {0, 2}, {2, 3}};
    struct match_release again;
    int64_t round = release(f);
    assert_int_equal(
        end(f, matches_release(desk_begin(f), &f->local, round, PARTNER_NOW, &again, &f->info)),
        ERR_CONFLICT);
    desk_begin(f);
    int64_t second = partner_draft(f, &partners, 2, pairs, 3);
    desk_commit(f);
    assert_int_equal(
        end(f, matches_release(desk_begin(f), &f->local, second, PARTNER_NOW, &again, &f->info)),
        ERR_CONFLICT);
    assert_non_null(strstr(f->info.message, "round 1 still waits"));
    assert_int_equal(answer(f, 0, id_of(f, 0, 1), ANSWER_ACCEPTED), ERR_OK);
    assert_int_equal(answer(f, 1, id_of(f, 0, 1), ANSWER_ACCEPTED), ERR_OK);
    uint64_t expired;
    assert_int_equal(
        end(f, matches_close(desk_begin(f), &f->local, round, PARTNER_NOW + 5, &expired, &f->info)),
        ERR_OK);
    assert_int_equal(expired, 3);
    assert_int_equal(state_of(f, 0, 1), PAIR_MUTUAL);
    assert_int_equal(state_of(f, 0, 2), PAIR_EXPIRED);
    assert_int_equal(answer(f, 0, id_of(f, 0, 2), ANSWER_ACCEPTED), ERR_CONFLICT);
    assert_int_equal(
        end(f, matches_release(desk_begin(f), &f->local, second, PARTNER_NOW, &again, &f->info)),
        ERR_OK);
    assert_int_equal(again.suggested, 2);
    assert_int_equal(again.left_out, 1);
    assert_int_equal(desk_count(f, TABLE_MATCH_DRAFT), 0);
    assert_int_equal(state_of(f, 0, 2), PAIR_SUGGESTED);
}

static void exhibitors_become_participants_when_they_are_suggested(void **state) {
    struct desk_fixture *f = *state;
    struct match_release release;
    desk_begin(f);
    int64_t organisation = partner_organisation(f, "Stand"), stand;
    struct store_cell cells[] = {{EXHIBITOR_EDITION_ID, store_int(partners.edition)},
                                 {EXHIBITOR_ORGANISATION_ID, store_int(organisation)},
                                 {EXHIBITOR_TYPE, store_text(STR("direct"))}};
    assert_ok(store_insert(f->database.store, TABLE_EXHIBITOR, cells, 3, &stand, &f->info),
              &f->info);
    struct partners with = partners;
    with.firm[5].organisation = organisation;
    static const int pairs[][2] = {{0, 5}};
    int64_t round = partner_draft(f, &with, 1, pairs, 1);
    assert_ok(matches_release(f->database.store, &f->local, round, PARTNER_NOW, &release, &f->info),
              &f->info);
    desk_commit(f);
    assert_int_equal(release.participants, 1);
    assert_int_equal(desk_count(f, TABLE_PARTICIPANT), PARTNER_FIRMS + 1);
}

static void time_ends_rounds_and_requests(void **state) {
    struct desk_fixture *f = *state;
    uint64_t expired;
    int64_t id, by = PARTNER_NOW + INT64_C(14) * DAY;
    release(f);
    assert_int_equal(request(f, 4, 5, &id), ERR_OK);
    assert_int_equal(answer_at(f, 0, id_of(f, 0, 1), ANSWER_ACCEPTED, by), ERR_CONFLICT);
    assert_int_equal(answer_at(f, 5, id, ANSWER_ACCEPTED, by), ERR_CONFLICT);
    assert_int_equal(answer_at(f, 0, id_of(f, 0, 1), ANSWER_ACCEPTED, by - 1), ERR_OK);
    assert_ok(matches_expire(desk_begin(f), by - 1, &expired, &f->info), &f->info);
    desk_commit(f);
    assert_int_equal(expired, 0);
    assert_ok(matches_expire(desk_begin(f), by, &expired, &f->info), &f->info);
    desk_commit(f);
    assert_int_equal(expired, 5);
    assert_int_equal(state_of(f, 4, 5), PAIR_EXPIRED);
}

static enum err count_contact(void *ctx, const struct account *account, struct errinfo *info) {
    assert_string_equal(account->email.text, "person1@firm.example");
    ++*(int *)ctx;
    return ERR_OK;
}

static int contacts(struct desk_fixture *f, int of, int with) {
    struct partner_seen seen = partner_match_of(f, &partners, of, with);
    int count = 0;
    assert_ok(matches_contacts(desk_reader(f), &partners.firm[of].access, &seen.match,
                               partners.firm[of].participant, count_contact, &count, &f->info),
              &f->info);
    return count;
}

static void persons_are_told_after_both_accepted_and_the_person_consented(void **state) {
    struct desk_fixture *f = *state;
    release(f);
    int64_t id = id_of(f, 0, 1);
    assert_ok(consents_set(desk_begin(f), &partners.firm[1].access, CONSENT_CONTACT_TO_MUTUAL, true,
                           1, &f->info),
              &f->info);
    desk_commit(f);
    assert_int_equal(contacts(f, 0, 1), 0);
    assert_int_equal(answer(f, 0, id, ANSWER_ACCEPTED), ERR_OK);
    assert_int_equal(contacts(f, 0, 1), 0);
    assert_int_equal(answer(f, 1, id, ANSWER_ACCEPTED), ERR_OK);
    assert_int_equal(contacts(f, 0, 1), 1);
    assert_int_equal(contacts(f, 1, 0), 0);
    assert_ok(consents_set(desk_begin(f), &partners.firm[1].access, CONSENT_CONTACT_TO_MUTUAL,
                           false, 2, &f->info),
              &f->info);
    desk_commit(f);
    assert_int_equal(contacts(f, 0, 1), 0);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_match_is_mutual_when_both_have_accepted),
        TEST(a_decline_needs_a_reason_ends_the_match_and_can_be_taken_back),
        TEST(nobody_answers_for_another),
        TEST(nobody_takes_an_answer_back_by_an_undo),
        TEST(a_request_is_an_acceptance_and_meets_the_same_rules),
        TEST(requests_that_wait_have_a_limit),
        TEST(who_takes_no_part_is_not_asked),
        TEST(a_round_is_released_once_and_leaves_out_what_stands),
        TEST(exhibitors_become_participants_when_they_are_suggested),
        TEST(time_ends_rounds_and_requests),
        TEST(persons_are_told_after_both_accepted_and_the_person_consented),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
