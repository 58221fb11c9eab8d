#include "desk_fixture.h"

#include "service/tokens.h"

enum { NOW = 1000000 };
static const int64_t day_ms = INT64_C(24) * 3600 * 1000;

struct made {
    int64_t id;
    char text[TOKEN_CHARS + 1];
    char header[TOKEN_CHARS + 8];
};

static enum err make(struct desk_fixture *f, const struct access *by, enum access_token scope,
                     struct made *out) {
    const struct token_request request = {
        .name = STR("nightly export"), .scope = scope, .now_ms = NOW, .expires_ms = NOW + day_ms};
    desk_begin(f);
    enum err code = tokens_make(f->database.store, by, &request, out->text, &out->id, &f->info);
    if (code == ERR_OK)
        desk_commit(f);
    else
        store_rollback(f->database.store);
    snprintf(out->header, sizeof(out->header), "Bearer %s", code == ERR_OK ? out->text : "");
    return code;
}

static void a_token_acts_for_its_account_within_its_scope(void **state) {
    struct desk_fixture *f = *state;
    int64_t id = desk_account(f, "admin@expo.example", ROLE_ADMINISTRATOR);
    struct access by = desk_read(f, id).access;
    struct made reads, writes;
    struct account a;
    assert_int_equal(make(f, &by, ACCESS_TOKEN_READ, &reads), ERR_OK);
    assert_int_equal(make(f, &by, ACCESS_TOKEN_WRITE, &writes), ERR_OK);
    assert_ok(tokens_find(desk_reader(f), str_of(reads.header), NOW, &a, &f->info), &f->info);
    assert_int_equal(a.access.account_id, id);
    assert_int_equal(a.access.token_id, reads.id);
    assert_true(access_has(&a.access, RIGHT_AUDIT_READ));
    assert_false(access_has(&a.access, RIGHT_REGISTER_WRITE));
    assert_ok(tokens_find(desk_reader(f), str_of(writes.header), NOW, &a, &f->info), &f->info);
    assert_true(access_has(&a.access, RIGHT_REGISTER_WRITE));
    assert_false(access_has(&a.access, RIGHT_ACCOUNTS));
    /* And makes no tokens, nor revokes any. */
    struct made another;
    assert_int_equal(make(f, &a.access, ACCESS_TOKEN_READ, &another), ERR_DENIED);
    desk_begin(f);
    assert_int_equal(tokens_revoke(f->database.store, &a.access, reads.id, NOW, &f->info),
                     ERR_DENIED);
    store_rollback(f->database.store);
}

static void what_is_no_token_opens_nothing(void **state) {
    struct desk_fixture *f = *state;
    struct access by = desk_read(f, desk_account(f, "a@expo.example", ROLE_READER)).access;
    struct made made;
    struct account a;
    char changed[TOKEN_CHARS + 8];
    assert_int_equal(make(f, &by, ACCESS_TOKEN_READ, &made), ERR_OK);
    snprintf(changed, sizeof(changed), "%s", made.header);
    changed[20] = changed[20] == 'A' ? 'B' : 'A';
    const char *const wrong[] = {"",
                                 "Bearer ",
                                 "Bearer",
                                 made.text,
                                 changed,
                                 "Basic YTpi",
                                 "Bearer flt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_int_equal(tokens_find(desk_reader(f), str_of(wrong[i]), NOW, &a, &f->info),
                         ERR_DENIED);
    snprintf(changed, sizeof(changed), "bEARER %s", made.text);
    assert_int_equal(tokens_find(desk_reader(f), str_of(changed), NOW, &a, &f->info), ERR_OK);
}

static void a_token_ends_with_its_time_its_revocation_and_its_account(void **state) {
    struct desk_fixture *f = *state;
    int64_t id = desk_account(f, "a@expo.example", ROLE_READER);
    struct access by = desk_read(f, id).access;
    struct made first, second;
    struct account a;
    const enum account_state disabled = ACCOUNT_DISABLED;
    assert_int_equal(make(f, &by, ACCESS_TOKEN_READ, &first), ERR_OK);
    assert_int_equal(make(f, &by, ACCESS_TOKEN_READ, &second), ERR_OK);
    assert_int_equal(
        tokens_find(desk_reader(f), str_of(first.header), NOW + day_ms - 1, &a, &f->info), ERR_OK);
    assert_int_equal(tokens_find(desk_reader(f), str_of(first.header), NOW + day_ms, &a, &f->info),
                     ERR_DENIED);
    desk_begin(f);
    assert_ok(tokens_revoke(f->database.store, &by, first.id, NOW, &f->info), &f->info);
    desk_commit(f);
    assert_int_equal(tokens_find(desk_reader(f), str_of(first.header), NOW, &a, &f->info),
                     ERR_DENIED);
    assert_int_equal(tokens_find(desk_reader(f), str_of(second.header), NOW, &a, &f->info), ERR_OK);
    desk_begin(f);
    assert_ok(account_change(f->database.store, &f->local, id,
                             &(struct account_change){.state = &disabled}, &f->info),
              &f->info);
    desk_commit(f);
    assert_int_equal(tokens_find(desk_reader(f), str_of(second.header), NOW, &a, &f->info),
                     ERR_DENIED);
}

static void somebody_elses_token_is_as_if_it_were_not_there(void **state) {
    struct desk_fixture *f = *state;
    struct access first = desk_read(f, desk_account(f, "a@expo.example", ROLE_ORGANISER)).access;
    struct access second = desk_read(f, desk_account(f, "b@expo.example", ROLE_ORGANISER)).access;
    struct access admin =
        desk_read(f, desk_account(f, "c@expo.example", ROLE_ADMINISTRATOR)).access;
    struct made made;
    assert_int_equal(make(f, &first, ACCESS_TOKEN_READ, &made), ERR_OK);
    desk_begin(f);
    assert_int_equal(tokens_revoke(f->database.store, &second, made.id, NOW, &f->info),
                     ERR_NOT_FOUND);
    assert_int_equal(tokens_revoke(f->database.store, &first, 999, NOW, &f->info), ERR_NOT_FOUND);
    assert_int_equal(tokens_revoke(f->database.store, &admin, made.id, NOW, &f->info), ERR_OK);
    desk_commit(f);
}

static enum err make_as(struct desk_fixture *f, const struct access *by, struct token_request r) {
    char text[TOKEN_CHARS + 1];
    int64_t id;
    return tokens_make(f->database.store, by, &r, text, &id, &f->info);
}

static void a_request_for_a_token_is_checked(void **state) {
    struct desk_fixture *f = *state;
    int64_t id = desk_account(f, "a@expo.example", ROLE_READER);
    struct access by = desk_read(f, id).access, nobody = {0};
    const struct token_request good = {STR("x"), ACCESS_TOKEN_READ, NOW, NOW + day_ms};
    struct token_request r;
    desk_begin(f);
    assert_int_equal(make_as(f, &nobody, good), ERR_DENIED);
    assert_int_equal(make_as(f, &f->local, good), ERR_DENIED);
    r = good, r.name = STR("  ");
    assert_int_equal(make_as(f, &by, r), ERR_INPUT);
    r = good, r.scope = ACCESS_TOKEN_NONE;
    assert_int_equal(make_as(f, &by, r), ERR_INPUT);
    r = good, r.expires_ms = NOW;
    assert_int_equal(make_as(f, &by, r), ERR_INPUT);
    r = good, r.expires_ms = NOW + TOKEN_DAYS_MAX * day_ms + 1;
    assert_int_equal(make_as(f, &by, r), ERR_INPUT);
    by.must_change = true;
    assert_int_equal(make_as(f, &by, good), ERR_DENIED);
    by.must_change = false;
    for (int i = 0; i < TOKENS_MAX; i++)
        assert_int_equal(make_as(f, &by, good), ERR_OK);
    assert_int_equal(make_as(f, &by, good), ERR_LIMIT);
    assert_ok(tokens_revoke_all(f->database.store, id, NOW, &f->info), &f->info);
    assert_int_equal(make_as(f, &by, good), ERR_OK);
    store_rollback(f->database.store);
}

struct listing {
    int count, revoked;
};

static enum err list(void *ctx, const struct token *token, struct errinfo *info) {
    struct listing *l = ctx;
    l->count++;
    l->revoked += token->revoked_ms == NOW + 5;
    assert_string_equal(token->name, "nightly export");
    return ERR_OK;
}

static void the_list_keeps_what_was_revoked(void **state) {
    struct desk_fixture *f = *state;
    int64_t id = desk_account(f, "a@expo.example", ROLE_READER);
    struct access by = desk_read(f, id).access;
    struct made made;
    struct listing l = {0};
    assert_int_equal(make(f, &by, ACCESS_TOKEN_READ, &made), ERR_OK);
    desk_begin(f);
    assert_ok(tokens_revoke(f->database.store, &by, made.id, NOW + 5, &f->info), &f->info);
    desk_commit(f);
    assert_int_equal(make(f, &by, ACCESS_TOKEN_WRITE, &made), ERR_OK);
    assert_ok(tokens_each(desk_reader(f), id, list, &l, &f->info), &f->info);
    assert_int_equal(l.count, 2);
    assert_int_equal(l.revoked, 1);
    assert_int_equal(token_scope_of_code(str_of(token_scope_code(ACCESS_TOKEN_WRITE))),
                     ACCESS_TOKEN_WRITE);
    assert_int_equal(token_scope_of_code(STR("all")), ACCESS_TOKEN_NONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_token_acts_for_its_account_within_its_scope),
        TEST(what_is_no_token_opens_nothing),
        TEST(a_token_ends_with_its_time_its_revocation_and_its_account),
        TEST(somebody_elses_token_is_as_if_it_were_not_there),
        TEST(a_request_for_a_token_is_checked),
        TEST(the_list_keeps_what_was_revoked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
