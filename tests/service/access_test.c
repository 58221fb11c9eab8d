#include "unit.h"

#include "service/access.h"

static struct access account(enum role role, int64_t chain_id, int64_t pavilion_id) {
    return (struct access){
        .account_id = 7,
        .grant_count = 1,
        .grants = {{.role = role, .chain_id = chain_id, .pavilion_id = pavilion_id}}};
}

static struct access exhibitor(enum role role, int64_t participant_id) {
    return (struct access){.account_id = 7,
                           .grant_count = 1,
                           .grants = {{.role = role, .participant_id = participant_id}}};
}

static void nobody_has_only_what_is_public(void **state) {
    struct access nobody = {0};
    struct errinfo info;
    for (int r = 0; r < RIGHTS; r++)
        assert_int_equal(access_has(&nobody, (enum right)r), r == RIGHT_PUBLIC);
    assert_false(access_is_known(&nobody));
    assert_int_equal(access_check(&nobody, RIGHT_DESK_READ, NULL, &info), ERR_DENIED);
    assert_non_null(strstr(info.message, "sign in first"));
}

static void the_command_line_has_everything(void **state) {
    struct access local = access_local();
    for (int r = 0; r < RIGHTS; r++)
        assert_true(access_has_all(&local, (enum right)r));
    assert_true(access_is_known(&local));
}

static void each_role_has_what_the_table_says(void **state) {
    const int64_t mine[] = {5}, other[] = {6};
    const struct access_place inside = {mine, 1, 9, 3}, outside = {other, 1, 8, 4}, none = {0};
    for (int role = 0; role < ROLES; role++) {
        struct access access = account((enum role)role, role == ROLE_AREA_MANAGER ? 5 : 0,
                                       role == ROLE_PAVILION_MANAGER ? 9 : 0);
        if (access_role_bond((enum role)role) == ACCESS_BOND_PARTICIPANT)
            access = exhibitor((enum role)role, 3);
        for (int r = 0; r < RIGHTS; r++) {
            enum access_scope scope = access_scope_of((enum role)role, (enum right)r);
            assert_int_equal(access_has(&access, (enum right)r), scope != ACCESS_NO);
            assert_int_equal(access_has_all(&access, (enum right)r), scope == ACCESS_ALL);
            assert_int_equal(access_may(&access, (enum right)r, &inside), scope != ACCESS_NO);
            assert_int_equal(access_may(&access, (enum right)r, &outside), scope == ACCESS_ALL);
            assert_int_equal(access_may(&access, (enum right)r, &none), scope == ACCESS_ALL);
            assert_int_equal(access_may(&access, (enum right)r, NULL), scope == ACCESS_ALL);
        }
    }
}

/* The points of the table that must never slip by an edit of it. */
static void power_over_people_is_with_administrators_alone(void **state) {
    for (int role = ROLE_ORGANISER; role < ROLES; role++) {
        assert_int_equal(access_scope_of((enum role)role, RIGHT_ACCOUNTS), ACCESS_NO);
        assert_int_equal(access_scope_of((enum role)role, RIGHT_ERASE), ACCESS_NO);
        assert_int_equal(access_scope_of((enum role)role, RIGHT_BACKUP), ACCESS_NO);
    }
    for (int r = 0; r < RIGHTS; r++) {
        assert_int_equal(access_scope_of(ROLE_ADMINISTRATOR, (enum right)r),
                         r == RIGHT_PARTNER_ANSWER ? ACCESS_NO : ACCESS_ALL);
        /* A reader never writes. */
        if (access_right_token((enum right)r) == ACCESS_TOKEN_WRITE)
            assert_int_equal(access_scope_of(ROLE_READER, (enum right)r), ACCESS_NO);
    }
}

/* What an exhibitor may do beyond what everybody may, it may for itself alone. */
static void an_exhibitor_acts_for_its_own_organisation_alone(void **state) {
    const int64_t chain[] = {3};
    for (int r = RIGHT_SIGNED_IN + 1; r < RIGHTS; r++)
        for (int role = ROLE_EXHIBITOR_MANAGER; role <= ROLE_EXHIBITOR_MEMBER; role++) {
            struct access access = exhibitor((enum role)role, 3), lost = exhibitor(role, 0);
            assert_int_not_equal(access_scope_of((enum role)role, (enum right)r), ACCESS_ALL);
            /* A participant, a chain and a pavilion of one number are three places. */
            assert_false(
                access_may(&access, (enum right)r, &(struct access_place){chain, 1, 3, 0}));
            assert_false(
                access_may(&access, (enum right)r, &(struct access_place){.participant_id = 4}));
            assert_false(access_may(&lost, (enum right)r, &(struct access_place){0}));
        }
    assert_int_equal(access_scope_of(ROLE_EXHIBITOR_MANAGER, RIGHT_INVITE), ACCESS_OWN);
    assert_int_equal(access_scope_of(ROLE_EXHIBITOR_MEMBER, RIGHT_INVITE), ACCESS_NO);
}

/* Nobody, and no program, says yes in the place of a participant. */
static void an_answer_is_the_participants_own(void **state) {
    for (int role = 0; role < ROLES; role++)
        assert_int_equal(access_scope_of((enum role)role, RIGHT_PARTNER_ANSWER),
                         access_role_bond((enum role)role) == ACCESS_BOND_PARTICIPANT ? ACCESS_OWN
                                                                                      : ACCESS_NO);
    assert_int_equal(access_right_token(RIGHT_PARTNER_ANSWER), ACCESS_TOKEN_NONE);
}

static void grants_add_up(void **state) {
    const int64_t first[] = {1, 4}, second[] = {2}, third[] = {3};
    struct access access = {.account_id = 7,
                            .grant_count = 3,
                            .grants = {{.role = ROLE_READER},
                                       {.role = ROLE_AREA_MANAGER, .chain_id = 1},
                                       {.role = ROLE_AREA_MANAGER, .chain_id = 2}}};
    assert_true(access_has_all(&access, RIGHT_GAP_READ));
    assert_true(access_may(&access, RIGHT_GAP_WRITE,
                           &(struct access_place){.chains = first, .chain_count = 2}));
    assert_true(access_may(&access, RIGHT_GAP_WRITE,
                           &(struct access_place){.chains = second, .chain_count = 1}));
    assert_false(access_may(&access, RIGHT_GAP_WRITE,
                            &(struct access_place){.chains = third, .chain_count = 1}));
}

/* A chain and a pavilion are numbered apart: the same number is not the same place. */
static void a_pavilion_is_not_the_chain_of_the_same_number(void **state) {
    const int64_t chain[] = {9};
    struct access access = account(ROLE_PAVILION_MANAGER, 0, 9);
    assert_false(access_may(&access, RIGHT_REGISTER_WRITE,
                            &(struct access_place){.chains = chain, .chain_count = 1}));
    assert_true(
        access_may(&access, RIGHT_REGISTER_WRITE, &(struct access_place){.pavilion_id = 9}));
}

/* A grant that lost its chain (0) reaches nothing that has no chain either. */
static void a_grant_without_place_reaches_no_place(void **state) {
    const int64_t zero[] = {0};
    struct access access = account(ROLE_AREA_MANAGER, 0, 0);
    assert_false(access_may(&access, RIGHT_GAP_WRITE,
                            &(struct access_place){.chains = zero, .chain_count = 1}));
    assert_false(access_may(&access, RIGHT_GAP_WRITE, &(struct access_place){0}));
}

static void a_token_carries_no_more_than_its_scope(void **state) {
    struct access access = account(ROLE_ADMINISTRATOR, 0, 0);
    struct errinfo info;
    access.token_id = 3;
    for (int scope = ACCESS_TOKEN_READ; scope <= ACCESS_TOKEN_WRITE; scope++) {
        access.token = (enum access_token)scope;
        for (int r = 0; r < RIGHTS; r++) {
            enum access_token least = access_right_token((enum right)r);
            assert_int_equal(access_has(&access, (enum right)r),
                             least != ACCESS_TOKEN_NONE && (int)least <= scope);
        }
    }
    access.token = ACCESS_TOKEN_READ;
    assert_int_equal(access_check(&access, RIGHT_EVENT_WRITE, NULL, &info), ERR_DENIED);
    assert_non_null(strstr(info.message, "this token does not allow"));
    /* And never more than its account. */
    struct access reader = account(ROLE_READER, 0, 0);
    reader.token = ACCESS_TOKEN_WRITE;
    assert_false(access_has(&reader, RIGHT_EVENT_WRITE));
}

static void a_first_password_must_be_changed_before_anything_else(void **state) {
    struct access access = account(ROLE_ADMINISTRATOR, 0, 0);
    struct errinfo info;
    access.must_change = true;
    for (int r = 0; r < RIGHTS; r++)
        assert_int_equal(access_has(&access, (enum right)r),
                         r == RIGHT_PUBLIC || r == RIGHT_SIGNED_IN);
    assert_int_equal(access_check(&access, RIGHT_ACCOUNTS, NULL, &info), ERR_DENIED);
    assert_non_null(strstr(info.message, "has to be changed first"));
}

static void a_refusal_says_what_why_and_who_may(void **state) {
    struct errinfo info;
    struct access reader = account(ROLE_READER, 0, 0), manager = account(ROLE_AREA_MANAGER, 5, 0);
    assert_int_equal(access_check(&reader, RIGHT_GAP_WRITE, NULL, &info), ERR_DENIED);
    assert_string_equal(info.message,
                        "this account may not work on gaps: states, owners, candidates, notes");
    assert_non_null(strstr(info.hint, "organiser, area-manager (in its own chain)."));
    assert_int_equal(access_check(&manager, RIGHT_GAP_WRITE, NULL, &info), ERR_DENIED);
    assert_non_null(strstr(info.message, "only in its own chain or pavilion"));
    struct access firm = exhibitor(ROLE_EXHIBITOR_MEMBER, 3);
    const struct access_place other = {.participant_id = 4};
    assert_int_equal(access_check(&firm, RIGHT_PROFILE_WRITE, &other, &info), ERR_DENIED);
    assert_non_null(strstr(info.message, "only in the matters of its own organisation"));
    assert_int_equal(access_check(&firm, RIGHT_INVITE, &other, &info), ERR_DENIED);
    assert_non_null(strstr(info.hint, "exhibitor-manager (for its own organisation)."));
}

static void words_are_stable_and_found_again(void **state) {
    for (int role = 0; role < ROLES; role++) {
        assert_int_equal(access_role_of_code(str_of(access_role_code((enum role)role))), role);
        assert_true(strlen(access_role_name((enum role)role, LANG_ZH)) > 0);
    }
    assert_int_equal(access_role_of_code(STR("owner")), ROLES);
    assert_string_equal(access_right_code(RIGHT_REGISTER_WRITE), "register-write");
    assert_string_equal(access_right_what(RIGHT_IMPORT), "import files");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_has_only_what_is_public),
        cmocka_unit_test(the_command_line_has_everything),
        cmocka_unit_test(each_role_has_what_the_table_says),
        cmocka_unit_test(power_over_people_is_with_administrators_alone),
        cmocka_unit_test(an_exhibitor_acts_for_its_own_organisation_alone),
        cmocka_unit_test(an_answer_is_the_participants_own),
        cmocka_unit_test(grants_add_up),
        cmocka_unit_test(a_pavilion_is_not_the_chain_of_the_same_number),
        cmocka_unit_test(a_grant_without_place_reaches_no_place),
        cmocka_unit_test(a_token_carries_no_more_than_its_scope),
        cmocka_unit_test(a_first_password_must_be_changed_before_anything_else),
        cmocka_unit_test(a_refusal_says_what_why_and_who_may),
        cmocka_unit_test(words_are_stable_and_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
