#include "desk_fixture.h"

#include "service/sessions.h"

enum { NOW = 1000000 };

static struct session_key open_session(struct desk_fixture *f, int64_t account, int64_t now) {
    struct session_key key;
    desk_begin(f);
    assert_ok(sessions_open(f->database.store, account, STR("192.0.2.7"), STR("Browser 1"), now,
                            &key, &f->info),
              &f->info);
    desk_commit(f);
    return key;
}

static enum err find(struct desk_fixture *f, const struct session_key *key, int64_t now,
                     struct session *out) {
    return sessions_find(desk_reader(f), str_of(key->cookie.text), now, out, &f->info);
}

static void see(struct desk_fixture *f, int64_t id, int64_t now) {
    desk_begin(f);
    assert_ok(sessions_seen(f->database.store, id, now, &f->info), &f->info);
    desk_commit(f);
}

static void a_cookie_leads_to_its_account(void **state) {
    struct desk_fixture *f = *state;
    int64_t id = desk_account(f, "lin@expo.example", ROLE_ORGANISER);
    struct session_key key = open_session(f, id, NOW);
    struct session session;
    assert_ok(find(f, &key, NOW + 1, &session), &f->info);
    assert_int_equal(session.id, key.session_id);
    assert_int_equal(session.account.access.account_id, id);
    assert_true(access_has(&session.account.access, RIGHT_REGISTER_WRITE));
    assert_int_equal(session.opened_ms, NOW);
    assert_string_equal(session.address, "192.0.2.7");
    assert_string_equal(session.agent, "Browser 1");
    assert_false(session.rotate_due || session.seen_due);
}

/* Fixation: what the server did not make is never taken, whatever it looks like. */
static void a_cookie_that_was_not_made_here_opens_nothing(void **state) {
    struct desk_fixture *f = *state;
    struct session session;
    int64_t id = desk_account(f, "lin@expo.example", ROLE_ORGANISER);
    struct session_key key = open_session(f, id, NOW);
    const struct str guesses[] = {STR(""), STR("1"),
                                  STR("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
                                  STR("' OR 1=1 -- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")};
    for (size_t i = 0; i < sizeof(guesses) / sizeof(guesses[0]); i++)
        assert_int_equal(sessions_find(desk_reader(f), guesses[i], NOW, &session, &f->info),
                         ERR_DENIED);
    /* What stands in the database is no cookie either. */
    struct secret_digest digest = secret_digest_of(str_of(key.cookie.text));
    assert_int_equal(sessions_find(desk_reader(f), str_of(digest.text), NOW, &session, &f->info),
                     ERR_DENIED);
    /* Each sign-in makes a cookie and a word of its own. */
    struct session_key other = open_session(f, id, NOW);
    assert_string_not_equal(key.cookie.text, other.cookie.text);
    assert_string_not_equal(key.csrf.text, other.csrf.text);
}

static enum err search_cookie(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    const struct session_key *key = ctx;
    for (uint32_t c = 0; c < SESSION_COLUMNS; c++)
        if (v[c].kind == STORE_TEXT)
            assert_true(str_find(v[c].text, str_of(key->cookie.text)) == SIZE_MAX);
    return ERR_OK;
}

static void the_database_holds_no_cookie(void **state) {
    struct desk_fixture *f = *state;
    struct session_key key = open_session(f, desk_account(f, "lin@expo.example", ROLE_READER), NOW);
    assert_ok(store_scan(desk_reader(f), TABLE_SESSION, search_cookie, &key, &f->info), &f->info);
}

static void a_session_ends_when_idle_and_in_any_case(void **state) {
    struct desk_fixture *f = *state;
    struct session_key key = open_session(f, desk_account(f, "lin@expo.example", ROLE_READER), NOW);
    struct session session;
    assert_int_equal(find(f, &key, NOW + SESSION_IDLE_MS - 1, &session), ERR_OK);
    assert_true(session.seen_due);
    assert_int_equal(find(f, &key, NOW + SESSION_IDLE_MS, &session), ERR_DENIED);
    see(f, key.session_id, NOW + SESSION_IDLE_MS - 1);
    assert_int_equal(find(f, &key, NOW + SESSION_IDLE_MS, &session), ERR_OK);
    assert_false(session.seen_due);
    see(f, key.session_id, NOW + SESSION_LIFE_MS - 1);
    assert_int_equal(find(f, &key, NOW + SESSION_LIFE_MS - 1, &session), ERR_OK);
    assert_int_equal(find(f, &key, NOW + SESSION_LIFE_MS, &session), ERR_DENIED);
    see(f, 999, NOW); /* gone meanwhile: nothing happens */
}

static enum err rotate(struct desk_fixture *f, int64_t id, int64_t now, struct session_key *out) {
    desk_begin(f);
    enum err code = sessions_rotate(f->database.store, id, now, out, &f->info);
    desk_commit(f);
    return code;
}

static void rotation_gives_a_new_cookie_and_the_old_one_a_minute(void **state) {
    struct desk_fixture *f = *state;
    struct session_key first =
                           open_session(f, desk_account(f, "lin@expo.example", ROLE_READER), NOW),
                       second, third;
    struct session session;
    int64_t later = NOW + SESSION_ROTATE_MS;
    see(f, first.session_id, later - 1);
    assert_int_equal(find(f, &first, later - 1, &session), ERR_OK);
    assert_false(session.rotate_due);
    assert_int_equal(find(f, &first, later, &session), ERR_OK);
    assert_true(session.rotate_due);
    assert_int_equal(rotate(f, first.session_id, later, &second), ERR_OK);
    assert_string_not_equal(first.cookie.text, second.cookie.text);
    assert_string_equal(first.csrf.text, second.csrf.text);
    assert_int_equal(first.expires_ms, second.expires_ms);
    /* A request under way with the old cookie goes on, and does not rotate once more. */
    assert_int_equal(find(f, &first, later + 1, &session), ERR_OK);
    assert_false(session.rotate_due);
    assert_int_equal(rotate(f, first.session_id, later + 1, &third), ERR_DENIED);
    assert_int_equal(find(f, &first, later + SESSION_GRACE_MS, &session), ERR_DENIED);
    assert_int_equal(find(f, &second, later + SESSION_GRACE_MS, &session), ERR_OK);
    assert_int_equal(session.opened_ms, NOW);
    assert_false(session.rotate_due);
}

static void only_the_right_word_lets_a_write_through(void **state) {
    struct desk_fixture *f = *state;
    int64_t id = desk_account(f, "lin@expo.example", ROLE_READER);
    struct session_key key = open_session(f, id, NOW), other = open_session(f, id, NOW);
    struct session session;
    assert_ok(find(f, &key, NOW, &session), &f->info);
    assert_true(session_csrf_is_right(&session, str_of(key.csrf.text)));
    assert_false(session_csrf_is_right(&session, str_of(other.csrf.text)));
    assert_false(session_csrf_is_right(&session, STR("")));
    assert_false(session_csrf_is_right(&session, str_of(key.cookie.text)));
}

static enum err count(void *ctx, const struct session *session, struct errinfo *info) {
    ++*(int *)ctx;
    return ERR_OK;
}

static int listed(struct desk_fixture *f, int64_t account, int64_t now) {
    int n = 0;
    assert_ok(sessions_each(desk_reader(f), account, now, count, &n, &f->info), &f->info);
    return n;
}

static void sessions_are_listed_once_and_revoked_whole(void **state) {
    struct desk_fixture *f = *state;
    int64_t lin = desk_account(f, "lin@expo.example", ROLE_READER);
    int64_t wu = desk_account(f, "wu@expo.example", ROLE_READER);
    struct session_key first = open_session(f, lin, NOW), second, other = open_session(f, lin, NOW),
                       of_wu = open_session(f, wu, NOW);
    struct session session;
    assert_int_equal(rotate(f, first.session_id, NOW + 1, &second), ERR_OK);
    assert_int_equal(listed(f, lin, NOW + 2), 2);
    desk_begin(f);
    /* Nobody ends a session of somebody else. */
    assert_int_equal(sessions_end(f->database.store, lin, of_wu.session_id, &f->info),
                     ERR_NOT_FOUND);
    /* By the id that a list of a moment ago had: what took its place goes, too. */
    assert_ok(sessions_end(f->database.store, lin, first.session_id, &f->info), &f->info);
    desk_commit(f);
    assert_int_equal(find(f, &first, NOW + 2, &session), ERR_DENIED);
    assert_int_equal(find(f, &second, NOW + 2, &session), ERR_DENIED);
    assert_int_equal(find(f, &other, NOW + 2, &session), ERR_OK);
    desk_begin(f);
    assert_ok(sessions_end_all(f->database.store, lin, 0, &f->info), &f->info);
    desk_commit(f);
    assert_int_equal(listed(f, lin, NOW + 2), 0);
    assert_int_equal(find(f, &of_wu, NOW + 2, &session), ERR_OK);
}

static void long_agents_are_cut_between_characters(void **state) {
    struct desk_fixture *f = *state;
    char agent[SESSION_AGENT_MAX + 50];
    struct session_key key;
    struct session session;
    memset(agent, 'x', sizeof(agent));
    memcpy(agent + SESSION_AGENT_MAX - 1, "林", 3);
    int64_t id = desk_account(f, "lin@expo.example", ROLE_READER);
    desk_begin(f);
    assert_ok(sessions_open(f->database.store, id, STR(""), (struct str){agent, sizeof(agent)}, NOW,
                            &key, &f->info),
              &f->info);
    desk_commit(f);
    assert_ok(find(f, &key, NOW, &session), &f->info);
    assert_int_equal(strlen(session.agent), SESSION_AGENT_MAX - 1);
    assert_string_equal(session.address, "");
}

/* They are no records of the expo: signing in and out leaves no batch. */
static void sessions_leave_no_line_in_the_log(void **state) {
    struct desk_fixture *f = *state;
    int64_t id = desk_account(f, "lin@expo.example", ROLE_READER), before, after;
    assert_ok(store_version(desk_reader(f), &before, &f->info), &f->info);
    open_session(f, id, NOW);
    assert_ok(store_version(desk_reader(f), &after, &f->info), &f->info);
    assert_int_equal(before, after);
}

static void what_ended_is_swept(void **state) {
    struct desk_fixture *f = *state;
    int64_t id = desk_account(f, "lin@expo.example", ROLE_READER);
    uint64_t deleted = 0;
    open_session(f, id, NOW);
    open_session(f, id, NOW + SESSION_IDLE_MS);
    desk_begin(f);
    assert_ok(sessions_sweep(f->database.store, NOW + SESSION_IDLE_MS, &deleted, &f->info),
              &f->info);
    desk_commit(f);
    assert_int_equal(deleted, 1);
    assert_int_equal(desk_count(f, TABLE_SESSION), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_cookie_leads_to_its_account),
        TEST(a_cookie_that_was_not_made_here_opens_nothing),
        TEST(the_database_holds_no_cookie),
        TEST(a_session_ends_when_idle_and_in_any_case),
        TEST(rotation_gives_a_new_cookie_and_the_old_one_a_minute),
        TEST(only_the_right_word_lets_a_write_through),
        TEST(sessions_are_listed_once_and_revoked_whole),
        TEST(long_agents_are_cut_between_characters),
        TEST(sessions_leave_no_line_in_the_log),
        TEST(what_ended_is_swept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
