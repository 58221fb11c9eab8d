#include "desk_fixture.h"

#include "service/links.h"
#include "service/merge.h"
#include "service/sessions.h"

static int64_t add_chain(struct desk_fixture *f, const char *code) {
    struct store_cell cells[] = {{CHAIN_CODE, store_text(str_of(code))},
                                 {CHAIN_NAME_EN, store_text(str_of(code))}};
    int64_t id;
    desk_begin(f);
    assert_ok(store_insert(f->database.store, TABLE_CHAIN, cells, 2, &id, &f->info), &f->info);
    desk_commit(f);
    return id;
}

static enum err change(struct desk_fixture *f, const struct access *by, int64_t id,
                       const struct account_change *change) {
    desk_begin(f);
    enum err code = account_change(f->database.store, by, id, change, &f->info);
    if (code == ERR_OK)
        desk_commit(f);
    else
        store_rollback(f->database.store);
    return code;
}

static void an_account_is_read_as_it_was_made(void **state) {
    struct desk_fixture *f = *state;
    int64_t chain = add_chain(f, "clean-energy");
    const struct access_grant grants[] = {{.role = ROLE_READER},
                                          {.role = ROLE_AREA_MANAGER, .chain_id = chain}};
    const struct account_request request = {.email = STR(" Lin.Fang@Expo.example "),
                                            .name = STR(" 林芳 "),
                                            .language = LANG_ZH,
                                            .grants = grants,
                                            .grant_count = 2,
                                            .kept = SOME_KEPT,
                                            .must_change = true,
                                            .at_ms = 5};
    int64_t id;
    struct account a;
    desk_begin(f);
    assert_ok(account_create(f->database.store, &f->local, &request, &id, &f->info), &f->info);
    desk_commit(f);
    assert_ok(account_by_email(desk_reader(f), STR("LIN.FANG@expo.example"), &a, &f->info),
              &f->info);
    assert_int_equal(a.id, id);
    assert_string_equal(a.email.text, "lin.fang@expo.example");
    assert_string_equal(a.name, "林芳");
    assert_int_equal(a.language, LANG_ZH);
    assert_int_equal(a.state, ACCOUNT_ACTIVE);
    assert_true(a.has_password);
    assert_int_equal(a.created_ms, 5);
    assert_true(a.access.must_change);
    assert_int_equal(a.access.account_id, id);
    assert_int_equal(a.access.grant_count, 2);
    assert_int_equal(a.access.grants[1].chain_id, chain);
    char kept[PASSWORD_KEPT_MAX];
    assert_ok(account_password(desk_reader(f), id, kept, &f->info), &f->info);
    assert_string_equal(kept, SOME_KEPT);
}

static void what_is_not_there_is_said(void **state) {
    struct desk_fixture *f = *state;
    struct account a;
    assert_int_equal(account_get(desk_reader(f), 99, &a, &f->info), ERR_NOT_FOUND);
    assert_int_equal(account_by_email(desk_reader(f), STR("x@y.example"), &a, &f->info),
                     ERR_NOT_FOUND);
    assert_int_equal(account_by_email(desk_reader(f), STR("nobody"), &a, &f->info), ERR_INPUT);
}

static enum err create(struct desk_fixture *f, const struct access *by, const char *email,
                       const struct access_grant *grant) {
    const struct account_request request = {
        .email = str_of(email), .grants = grant, .grant_count = grant != NULL};
    int64_t id;
    desk_begin(f);
    enum err code = account_create(f->database.store, by, &request, &id, &f->info);
    store_rollback(f->database.store);
    return code;
}

static void an_address_has_one_account(void **state) {
    struct desk_fixture *f = *state;
    desk_account(f, "lin@expo.example", ROLE_READER);
    assert_int_equal(create(f, &f->local, "LIN@EXPO.example", NULL), ERR_CONFLICT);
    assert_int_equal(create(f, &f->local, "lin@", NULL), ERR_INPUT);
}

static void a_role_stands_where_it_belongs(void **state) {
    struct desk_fixture *f = *state;
    int64_t chain = add_chain(f, "clean-energy");
    const struct access_grant wrong[] = {
        {.role = ROLE_AREA_MANAGER},
        {.role = ROLE_PAVILION_MANAGER},
        {.role = ROLE_READER, .chain_id = chain},
        {.role = ROLE_ADMINISTRATOR, .pavilion_id = 1},
        {.role = ROLE_AREA_MANAGER, .chain_id = 999},
        {.role = ROLE_AREA_MANAGER, .chain_id = chain, .pavilion_id = 1},
        {.role = ROLE_PAVILION_MANAGER, .pavilion_id = 999},
        {.role = ROLES},
        {.role = ROLE_EXHIBITOR_MANAGER},
        {.role = ROLE_EXHIBITOR_MEMBER, .participant_id = 1},
        {.role = ROLE_READER, .participant_id = 1},
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_int_equal(create(f, &f->local, "a@b.example", &wrong[i]), ERR_INPUT);
    assert_int_equal(create(f, &f->local, "a@b.example",
                            &(struct access_grant){.role = ROLE_AREA_MANAGER, .chain_id = chain}),
                     ERR_OK);
}

static void only_administrators_make_and_change_accounts(void **state) {
    struct desk_fixture *f = *state;
    int64_t admin = desk_account(f, "admin@expo.example", ROLE_ADMINISTRATOR);
    int64_t organiser = desk_account(f, "org@expo.example", ROLE_ORGANISER);
    struct access by = desk_read(f, organiser).access, as_admin = desk_read(f, admin).access;
    const struct access_grant more[] = {{.role = ROLE_ADMINISTRATOR}};
    const enum account_state disabled = ACCOUNT_DISABLED;
    const struct str email = STR("new@expo.example"), name = STR("New Name");
    assert_int_equal(create(f, &by, "x@y.example", NULL), ERR_DENIED);
    assert_int_equal(create(f, &as_admin, "x@y.example", NULL), ERR_OK);
    /* No way up for oneself, and no way to others. */
    assert_int_equal(
        change(f, &by, organiser, &(struct account_change){.grants = more, .grant_count = 1}),
        ERR_DENIED);
    assert_int_equal(change(f, &by, organiser, &(struct account_change){.email = &email}),
                     ERR_DENIED);
    assert_int_equal(change(f, &by, admin, &(struct account_change){.state = &disabled}),
                     ERR_DENIED);
    assert_int_equal(change(f, &by, admin, &(struct account_change){.name = &name}), ERR_DENIED);
    /* One's own name is one's own. */
    assert_int_equal(change(f, &by, organiser, &(struct account_change){.name = &name}), ERR_OK);
    assert_string_equal(desk_read(f, organiser).name, "New Name");
    /* But not for a token. */
    by.token_id = 1;
    by.token = ACCESS_TOKEN_WRITE;
    assert_int_equal(change(f, &by, organiser, &(struct account_change){.name = &name}),
                     ERR_DENIED);
    desk_begin(f);
    assert_int_equal(
        account_set_password(f->database.store, &by, organiser, SOME_KEPT, false, 0, &f->info),
        ERR_DENIED);
    store_rollback(f->database.store);
}

static void the_last_administrator_stays(void **state) {
    struct desk_fixture *f = *state;
    int64_t first = desk_account(f, "first@expo.example", ROLE_ADMINISTRATOR);
    const enum account_state disabled = ACCOUNT_DISABLED, active = ACCOUNT_ACTIVE;
    const struct access_grant less[] = {{.role = ROLE_READER}};
    const struct account_change disable = {.state = &disabled},
                                demote = {.grants = less, .grant_count = 1};
    assert_int_equal(change(f, &f->local, first, &disable), ERR_CONFLICT);
    assert_int_equal(change(f, &f->local, first, &demote), ERR_CONFLICT);
    int64_t second = desk_account(f, "second@expo.example", ROLE_ADMINISTRATOR);
    assert_int_equal(change(f, &f->local, first, &disable), ERR_OK);
    assert_int_equal(change(f, &f->local, second, &demote), ERR_CONFLICT);
    assert_int_equal(change(f, &f->local, first, &(struct account_change){.state = &active}),
                     ERR_OK);
    assert_int_equal(change(f, &f->local, second, &demote), ERR_OK);
}

static void grants_are_changed_by_what_differs(void **state) {
    struct desk_fixture *f = *state;
    int64_t first = add_chain(f, "first"), second = add_chain(f, "second");
    int64_t id = desk_account(f, "lin@expo.example", ROLE_READER);
    const struct access_grant grants[] = {{.role = ROLE_READER},
                                          {.role = ROLE_AREA_MANAGER, .chain_id = first},
                                          {.role = ROLE_AREA_MANAGER, .chain_id = second},
                                          {.role = ROLE_AREA_MANAGER, .chain_id = second}};
    desk_begin(f);
    assert_ok(account_change(f->database.store, &f->local, id,
                             &(struct account_change){.grants = grants, .grant_count = 4},
                             &f->info),
              &f->info);
    assert_int_equal(store_changes(f->database.store), 2);
    desk_commit(f);
    assert_int_equal(desk_read(f, id).access.grant_count, 3);
    desk_begin(f);
    assert_ok(account_change(f->database.store, &f->local, id,
                             &(struct account_change){.grants = grants + 2, .grant_count = 1},
                             &f->info),
              &f->info);
    assert_int_equal(store_changes(f->database.store), 2);
    desk_commit(f);
    assert_int_equal(desk_read(f, id).access.grants[0].chain_id, second);
    /* None at all is a change, too. */
    assert_int_equal(change(f, &f->local, id, &(struct account_change){.grants = grants}), ERR_OK);
    assert_int_equal(desk_read(f, id).access.grant_count, 0);
}

static void a_disabled_account_is_shut_out_at_once(void **state) {
    struct desk_fixture *f = *state;
    int64_t id = desk_account(f, "lin@expo.example", ROLE_ORGANISER);
    const enum account_state disabled = ACCOUNT_DISABLED;
    struct session_key key;
    struct session session;
    struct secret link;
    desk_begin(f);
    assert_ok(sessions_open(f->database.store, id, STR("::1"), STR("x"), 10, &key, &f->info),
              &f->info);
    assert_ok(links_make(f->database.store, id, LINK_SIGN_IN, 10, &link, &f->info), &f->info);
    desk_commit(f);
    assert_ok(sessions_find(desk_reader(f), str_of(key.cookie.text), 11, &session, &f->info),
              &f->info);
    assert_int_equal(change(f, &f->local, id, &(struct account_change){.state = &disabled}),
                     ERR_OK);
    assert_int_equal(sessions_find(desk_reader(f), str_of(key.cookie.text), 11, &session, &f->info),
                     ERR_DENIED);
    assert_int_equal(desk_count(f, TABLE_SESSION), 0);
    assert_int_equal(desk_count(f, TABLE_ONE_TIME), 0);
    struct access access = desk_read(f, id).access;
    assert_false(access_is_known(&access));
}

/* Whoever had the old mailbox must not be let in by what was sent there. */
static void a_new_address_voids_links_and_sessions(void **state) {
    struct desk_fixture *f = *state;
    int64_t id = desk_account(f, "lin@expo.example", ROLE_ORGANISER);
    const struct str same = STR("Lin@expo.example"), other = STR("other@expo.example");
    struct secret link;
    desk_begin(f);
    assert_ok(links_make(f->database.store, id, LINK_SIGN_IN, 10, &link, &f->info), &f->info);
    desk_commit(f);
    assert_int_equal(change(f, &f->local, id, &(struct account_change){.email = &same}), ERR_OK);
    assert_int_equal(desk_count(f, TABLE_ONE_TIME), 1);
    assert_int_equal(change(f, &f->local, id, &(struct account_change){.email = &other}), ERR_OK);
    assert_int_equal(desk_count(f, TABLE_ONE_TIME), 0);
}

static void a_new_password_ends_all_other_sessions(void **state) {
    struct desk_fixture *f = *state;
    int64_t id = desk_account(f, "lin@expo.example", ROLE_ORGANISER);
    struct session_key here, there;
    struct session session;
    desk_begin(f);
    assert_ok(sessions_open(f->database.store, id, STR("::1"), STR("x"), 10, &here, &f->info),
              &f->info);
    assert_ok(sessions_open(f->database.store, id, STR("::2"), STR("y"), 10, &there, &f->info),
              &f->info);
    assert_ok(account_set_password(f->database.store, &f->local, id, "other", false,
                                   here.session_id, &f->info),
              &f->info);
    desk_commit(f);
    assert_ok(sessions_find(desk_reader(f), str_of(here.cookie.text), 11, &session, &f->info),
              &f->info);
    assert_int_equal(
        sessions_find(desk_reader(f), str_of(there.cookie.text), 11, &session, &f->info),
        ERR_DENIED);
}

struct log {
    bool secret, email;
};

static enum err search_images(void *ctx, const struct store_change *c, struct errinfo *info) {
    struct log *log = ctx;
    log->secret = log->secret || str_find(c->after, STR("argon2id")) != SIZE_MAX ||
                  str_find(c->before, STR("argon2id")) != SIZE_MAX;
    log->email = log->email || str_find(c->after, STR("lin@expo.example")) != SIZE_MAX;
    return ERR_OK;
}

static void passwords_never_reach_the_log(void **state) {
    struct desk_fixture *f = *state;
    int64_t id = desk_account(f, "lin@expo.example", ROLE_ORGANISER);
    struct log log = {0};
    desk_begin(f);
    assert_ok(
        account_set_password(f->database.store, &f->local, id, SOME_KEPT "2", true, 0, &f->info),
        &f->info);
    assert_int_equal(store_changes(f->database.store), 1);
    desk_commit(f);
    assert_ok(
        store_each_change(desk_reader(f), 0, TABLE_ACCOUNT, id, search_images, &log, &f->info),
        &f->info);
    assert_true(log.email);
    assert_false(log.secret);
}

static void names_stand_on_one_line(void **state) {
    struct desk_fixture *f = *state;
    int64_t id = desk_account(f, "lin@expo.example", ROLE_ORGANISER);
    const struct str wrong[] = {STR("two\nlines"), STR("bell\a"), STR("bad \xFF")};
    for (int i = 0; i < 3; i++)
        assert_int_equal(change(f, &f->local, id, &(struct account_change){.name = &wrong[i]}),
                         ERR_INPUT);
}

/* An undo would pass by the rules: the last administrator, revoked tokens, disabled accounts. */
static void what_was_done_to_accounts_is_not_undone(void **state) {
    struct desk_fixture *f = *state;
    const enum account_state disabled = ACCOUNT_DISABLED;
    const struct store_batch by = {.actor = STR("tester"), .at_ms = 2};
    struct store_cell cells[] = {{ORGANISATION_NAME_EN, store_text(STR("Firm"))}};
    int64_t id = desk_account(f, "lin@expo.example", ROLE_ORGANISER), made, undo;
    assert_int_equal(change(f, &f->local, id, &(struct account_change){.state = &disabled}),
                     ERR_OK);
    for (int64_t batch = 1; batch <= 2; batch++)
        assert_int_equal(undo_batch(f->database.store, &by, batch, &undo, &f->info), ERR_CONFLICT);
    assert_int_equal(desk_read(f, id).state, ACCOUNT_DISABLED);
    desk_begin(f);
    assert_ok(store_insert(f->database.store, TABLE_ORGANISATION, cells, 1, &made, &f->info),
              &f->info);
    desk_commit(f);
    assert_ok(undo_batch(f->database.store, &by, 3, &undo, &f->info), &f->info);
    assert_int_equal(desk_count(f, TABLE_ORGANISATION), 0);
    assert_true(accounts_own(TABLE_API_TOKEN));
    assert_false(accounts_own(TABLE_ORGANISATION));
}

struct listing {
    int count;
    int64_t last;
};

static enum err list(void *ctx, const struct account *account, struct errinfo *info) {
    struct listing *l = ctx;
    l->count++;
    l->last = account->id;
    return ERR_OK;
}

static void all_accounts_are_listed(void **state) {
    struct desk_fixture *f = *state;
    struct listing l = {0};
    desk_account(f, "a@expo.example", ROLE_READER);
    int64_t second = desk_account(f, "b@expo.example", ROLE_READER);
    assert_ok(accounts_each(desk_reader(f), list, &l, &f->info), &f->info);
    assert_int_equal(l.count, 2);
    assert_int_equal(l.last, second);
    for (int s = 0; s < ACCOUNT_STATES; s++)
        assert_int_equal(account_state_of_code(str_of(account_state_code((enum account_state)s))),
                         s);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(an_account_is_read_as_it_was_made),
        TEST(what_is_not_there_is_said),
        TEST(an_address_has_one_account),
        TEST(a_role_stands_where_it_belongs),
        TEST(only_administrators_make_and_change_accounts),
        TEST(the_last_administrator_stays),
        TEST(grants_are_changed_by_what_differs),
        TEST(a_disabled_account_is_shut_out_at_once),
        TEST(a_new_address_voids_links_and_sessions),
        TEST(a_new_password_ends_all_other_sessions),
        TEST(passwords_never_reach_the_log),
        TEST(names_stand_on_one_line),
        TEST(what_was_done_to_accounts_is_not_undone),
        TEST(all_accounts_are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
