/* The door with its writer, over a database in a file. Times are parameters; only argon2id takes
 * some. */
#include "desk_fixture.h"

#include "service/door.h"
#include "service/invitations.h"
#include "service/outbox.h"

#define PASSWORD "tiger-lamp-quarry-eleven"
#define OTHER "vier woerter ohne sinn"
enum { NOW = 100000000 };

struct door_fixture {
    struct desk_fixture desk;
    struct writer *writer;
    struct store_reader *reader;
    struct door *door;
    struct errinfo info;
    int64_t lin; /* an organiser with PASSWORD */
};

static int64_t make_account(struct desk_fixture *desk, const char *email, bool must_change) {
    struct password_desk *passwords;
    char kept[PASSWORD_KEPT_MAX];
    struct errinfo info;
    int64_t id = desk_account(desk, email, ROLE_ORGANISER);
    assert_ok(password_desk_new(&passwords, &info), &info);
    assert_ok(password_keep(passwords, STR(PASSWORD), kept, &info), &info);
    password_desk_free(passwords);
    desk_begin(desk);
    assert_ok(
        account_set_password(desk->database.store, &desk->local, id, kept, must_change, 0, &info),
        &info);
    desk_commit(desk);
    return id;
}

static int setup(void **state) {
    static struct door_fixture f;
    void *desk;
    f = (struct door_fixture){0};
    desk_setup(&desk);
    f.desk = *(struct desk_fixture *)desk;
    f.lin = make_account(&f.desk, "lin@expo.example", false);
    database_close(&f.desk.database);
    assert_ok(writer_new(f.desk.database.path, &f.writer, &f.info), &f.info);
    assert_ok(store_reader_open(f.desk.database.path, &f.reader, &f.info), &f.info);
    assert_ok(door_new(f.writer, "https://expo.example", &f.door, &f.info), &f.info);
    *state = &f;
    return 0;
}

static int teardown(void **state) {
    struct door_fixture *f = *state;
    door_free(f->door);
    store_reader_close(f->reader);
    writer_free(f->writer);
    database_remove(&f->desk.database);
    return 0;
}

static struct door_visit visit_at(const char *address, int64_t now) {
    return (struct door_visit){
        .address = str_of(address), .agent = STR("Browser 1"), .now_ms = now};
}

static enum err sign_in(struct door_fixture *f, const char *address, const char *password,
                        int64_t now, struct door_entry *entry, int64_t *wait) {
    struct door_visit visit = visit_at(address, now);
    return door_sign_in(f->door, f->reader, &visit, STR("lin@expo.example"), str_of(password),
                        entry, wait, &f->info);
}

static enum err find(struct door_fixture *f, const struct door_entry *entry, int64_t now,
                     struct session *session) {
    return sessions_find(f->reader, str_of(entry->key.cookie.text), now, session, &f->info);
}

static uint64_t count(struct door_fixture *f, enum store_table table) {
    uint64_t n = 0;
    assert_ok(store_count(f->reader, table, &n, &f->info), &f->info);
    return n;
}

static void the_right_password_opens_a_session(void **state) {
    struct door_fixture *f = *state;
    struct door_entry entry;
    struct session session;
    int64_t wait;
    struct door_visit visit = visit_at("192.0.2.7", NOW);
    assert_ok(door_sign_in(f->door, f->reader, &visit, STR("  LIN@expo.example "), STR(PASSWORD),
                           &entry, &wait, &f->info),
              &f->info);
    assert_int_equal(entry.account_id, f->lin);
    assert_false(entry.must_change);
    assert_ok(find(f, &entry, NOW + 1, &session), &f->info);
    assert_string_equal(session.address, "192.0.2.7");
    assert_true(session_csrf_is_right(&session, str_of(entry.key.csrf.text)));
}

static void wrong_is_told_the_same_whatever_is_wrong(void **state) {
    struct door_fixture *f = *state;
    static const char *const emails[] = {"lin@expo.example", "nobody@expo.example", "no address",
                                         ""};
    struct door_visit visit = visit_at("192.0.2.7", NOW);
    struct door_entry entry;
    struct errinfo first, info;
    int64_t wait;
    for (size_t i = 0; i < sizeof(emails) / sizeof(emails[0]); i++) {
        errinfo_init(&info);
        assert_int_equal(door_sign_in(f->door, f->reader, &visit, str_of(emails[i]),
                                      STR("wrong password"), &entry, &wait, &info),
                         ERR_DENIED);
        if (i == 0)
            first = info;
        assert_string_equal(info.message, first.message);
        assert_string_equal(info.hint, first.hint);
    }
    assert_int_equal(count(f, TABLE_SESSION), 0);
    /* The same work, too: a failure is noted for each account, known or not, and the one address.
     */
    assert_int_equal(count(f, TABLE_LOGIN_FAILURE), 5);
}

static void failures_slow_down_and_the_right_password_works_after_the_wait(void **state) {
    struct door_fixture *f = *state;
    struct door_entry entry;
    int64_t wait;
    for (int i = 0; i < 6; i++)
        assert_int_equal(sign_in(f, "192.0.2.7", "wrong password", NOW + i * 2000, &entry, &wait),
                         ERR_DENIED);
    int64_t now = NOW + 5 * 2000;
    assert_int_equal(sign_in(f, "192.0.2.7", PASSWORD, now + 500, &entry, &wait), ERR_LIMIT);
    assert_int_equal(wait, 1500);
    assert_non_null(strstr(f->info.message, "the next counts in 2 s"));
    assert_ok(sign_in(f, "192.0.2.7", PASSWORD, now + 2000, &entry, &wait), &f->info);
    /* And all is forgotten. */
    assert_int_equal(count(f, TABLE_LOGIN_FAILURE), 0);
}

/* Somebody who guesses from elsewhere must not keep the owner waiting where it is known. */
static void guessers_elsewhere_do_not_hold_up_the_owner(void **state) {
    struct door_fixture *f = *state;
    struct door_entry entry;
    int64_t wait;
    assert_ok(sign_in(f, "192.0.2.7", PASSWORD, NOW, &entry, &wait), &f->info);
    for (int i = 0; i < 6; i++)
        assert_int_equal(
            sign_in(f, "198.51.100.9", "wrong password", NOW + i * 2000, &entry, &wait),
            ERR_DENIED);
    int64_t now = NOW + 5 * 2000;
    assert_int_equal(sign_in(f, "198.51.100.9", PASSWORD, now, &entry, &wait), ERR_LIMIT);
    assert_int_equal(sign_in(f, "203.0.113.5", PASSWORD, now, &entry, &wait), ERR_LIMIT);
    assert_ok(sign_in(f, "192.0.2.7", PASSWORD, now, &entry, &wait), &f->info);
}

static void one_address_that_tries_many_accounts_is_slowed(void **state) {
    struct door_fixture *f = *state;
    struct door_visit visit = visit_at("198.51.100.9", NOW);
    struct door_entry entry;
    int64_t wait;
    char email[40];
    for (int i = 0; i < 11; i++) {
        snprintf(email, sizeof(email), "a%d@expo.example", i);
        assert_int_equal(door_sign_in(f->door, f->reader, &visit, str_of(email),
                                      STR("wrong password"), &entry, &wait, &f->info),
                         ERR_DENIED);
    }
    assert_int_equal(door_sign_in(f->door, f->reader, &visit, STR("lin@expo.example"),
                                  STR(PASSWORD), &entry, &wait, &f->info),
                     ERR_LIMIT);
    assert_ok(sign_in(f, "192.0.2.7", PASSWORD, NOW, &entry, &wait), &f->info);
}

/* Fixation: whatever cookie came along, the session is a new one, and the old one has ended. */
static void a_sign_in_never_takes_over_a_cookie(void **state) {
    struct door_fixture *f = *state;
    struct door_entry first, second;
    struct session session;
    int64_t wait;
    assert_ok(sign_in(f, "192.0.2.7", PASSWORD, NOW, &first, &wait), &f->info);
    struct door_visit visit = visit_at("192.0.2.7", NOW + 1);
    visit.cookie = str_of(first.key.cookie.text);
    assert_ok(door_sign_in(f->door, f->reader, &visit, STR("lin@expo.example"), STR(PASSWORD),
                           &second, &wait, &f->info),
              &f->info);
    assert_string_not_equal(first.key.cookie.text, second.key.cookie.text);
    assert_string_not_equal(first.key.csrf.text, second.key.csrf.text);
    assert_int_equal(find(f, &first, NOW + 2, &session), ERR_DENIED);
    assert_int_equal(find(f, &second, NOW + 2, &session), ERR_OK);
    visit.cookie = STR("chosen-by-somebody-else-AAAAAAAAAAAAAAAAAAA");
    assert_ok(door_sign_in(f->door, f->reader, &visit, STR("lin@expo.example"), STR(PASSWORD),
                           &first, &wait, &f->info),
              &f->info);
    assert_int_equal(sessions_find(f->reader, visit.cookie, NOW + 2, &session, &f->info),
                     ERR_DENIED);
}

/* The newest letter in the outbox. */
struct last_letter {
    char to[300], body[2000];
};

static enum err take_letter(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    struct last_letter *l = ctx;
    snprintf(l->to, sizeof(l->to), "%.*s", STR_ARG(v[OUTBOX_RECIPIENT].text));
    snprintf(l->body, sizeof(l->body), "%.*s", STR_ARG(v[OUTBOX_BODY].text));
    return ERR_OK;
}

static struct last_letter letter(struct door_fixture *f) {
    struct last_letter l = {0};
    assert_ok(store_scan(f->reader, TABLE_OUTBOX, take_letter, &l, &f->info), &f->info);
    return l;
}

static struct str link_in(const struct last_letter *l) {
    const char *at = strstr(l->body, "https://expo.example/desk/link?purpose=");
    assert_non_null(at);
    return (struct str){strchr(at, '#') + 1, SECRET_CHARS};
}

static enum err ask(struct door_fixture *f, const char *email, enum link_purpose purpose,
                    int64_t now) {
    struct door_visit visit = visit_at("192.0.2.7", now);
    int64_t wait;
    return door_send_link(f->door, f->reader, &visit, str_of(email), purpose, &wait, &f->info);
}

static void a_mailed_link_signs_in_once(void **state) {
    struct door_fixture *f = *state;
    struct door_visit visit = visit_at("192.0.2.7", NOW + 1);
    struct door_entry entry;
    struct session session;
    assert_ok(ask(f, "Lin@expo.example", LINK_SIGN_IN, NOW), &f->info);
    struct last_letter l = letter(f);
    assert_string_equal(l.to, "lin@expo.example");
    assert_ptr_equal(strstr(l.body, "林芳，您好！"), l.body);
    assert_ok(door_redeem(f->door, f->reader, &visit, link_in(&l), STR(""), &entry, &f->info),
              &f->info);
    assert_ok(find(f, &entry, NOW + 2, &session), &f->info);
    assert_int_equal(session.account.id, f->lin);
    assert_int_equal(
        door_redeem(f->door, f->reader, &visit, link_in(&l), STR(""), &entry, &f->info),
        ERR_DENIED);
}

static void asking_for_a_link_does_not_tell_who_has_an_account(void **state) {
    struct door_fixture *f = *state;
    assert_ok(ask(f, "nobody@expo.example", LINK_SIGN_IN, NOW), &f->info);
    assert_int_equal(count(f, TABLE_OUTBOX), 0);
    assert_int_equal(count(f, TABLE_ONE_TIME), 0);
    assert_int_equal(ask(f, "no address", LINK_SIGN_IN, NOW), ERR_INPUT);
    /* Nor can a mailbox be filled. */
    int sent = 0;
    for (int i = 0; i < 20; i++)
        sent += ask(f, "lin@expo.example", LINK_SIGN_IN, NOW) == ERR_OK;
    assert_int_equal(sent, 3);
}

static void a_link_sets_a_password_by_the_rules_and_ends_all_sessions(void **state) {
    struct door_fixture *f = *state;
    struct door_visit visit = visit_at("192.0.2.7", NOW + 1);
    struct door_entry before, entry;
    struct session session;
    int64_t wait;
    assert_ok(sign_in(f, "192.0.2.7", PASSWORD, NOW, &before, &wait), &f->info);
    assert_ok(ask(f, "lin@expo.example", LINK_SET_PASSWORD, NOW), &f->info);
    struct last_letter l = letter(f);
    assert_int_equal(
        door_redeem(f->door, f->reader, &visit, link_in(&l), STR("short"), &entry, &f->info),
        ERR_INPUT);
    /* The link still works after a password that did not do. */
    assert_ok(door_redeem(f->door, f->reader, &visit, link_in(&l), STR(OTHER), &entry, &f->info),
              &f->info);
    assert_int_equal(find(f, &before, NOW + 2, &session), ERR_DENIED);
    assert_ok(find(f, &entry, NOW + 2, &session), &f->info);
    assert_int_equal(sign_in(f, "192.0.2.7", PASSWORD, NOW + 3, &entry, &wait), ERR_DENIED);
    assert_ok(sign_in(f, "192.0.2.7", OTHER, NOW + 4, &entry, &wait), &f->info);
    /* And the owner hears of it. */
    l = letter(f);
    assert_non_null(strstr(l.body, "密码已修改"));
    assert_null(strstr(l.body, "/desk/link"));
}

static void a_first_password_is_changed_and_the_session_with_it(void **state) {
    struct door_fixture *f = *state;
    struct door_visit visit = visit_at("192.0.2.7", NOW + 1);
    struct door_entry first, second;
    struct session session;
    int64_t wait;
    struct store *store;
    writer_free(f->writer);
    assert_ok(store_open(f->desk.database.path, &store, &f->info), &f->info);
    f->desk.database.store = store;
    int64_t wu = make_account(&f->desk, "wu@expo.example", true);
    database_close(&f->desk.database);
    door_free(f->door);
    assert_ok(writer_new(f->desk.database.path, &f->writer, &f->info), &f->info);
    assert_ok(door_new(f->writer, "https://expo.example", &f->door, &f->info), &f->info);
    assert_ok(door_sign_in(f->door, f->reader, &visit, STR("wu@expo.example"), STR(PASSWORD),
                           &first, &wait, &f->info),
              &f->info);
    assert_true(first.must_change);
    assert_ok(find(f, &first, NOW + 2, &session), &f->info);
    assert_int_equal(session.account.id, wu);
    assert_false(access_has(&session.account.access, RIGHT_DESK_READ));
    visit.cookie = str_of(first.key.cookie.text);
    assert_int_equal(door_change_password(f->door, f->reader, &visit, &session, STR(PASSWORD),
                                          STR(PASSWORD), &second, &wait, &f->info),
                     ERR_INPUT);
    assert_int_equal(door_change_password(f->door, f->reader, &visit, &session, STR("wrong"),
                                          STR(OTHER), &second, &wait, &f->info),
                     ERR_DENIED);
    assert_ok(door_change_password(f->door, f->reader, &visit, &session, STR(PASSWORD), STR(OTHER),
                                   &second, &wait, &f->info),
              &f->info);
    assert_int_equal(find(f, &first, NOW + 2, &session), ERR_DENIED);
    assert_ok(find(f, &second, NOW + 2, &session), &f->info);
    assert_true(access_has(&session.account.access, RIGHT_DESK_READ));
}

/* A stolen session must not become a way to guess the password. */
static void guessing_the_old_password_is_slowed_too(void **state) {
    struct door_fixture *f = *state;
    struct door_visit visit = visit_at("192.0.2.7", NOW);
    struct door_entry entry;
    struct session session;
    int64_t wait;
    assert_ok(sign_in(f, "192.0.2.7", PASSWORD, NOW, &entry, &wait), &f->info);
    assert_ok(find(f, &entry, NOW, &session), &f->info);
    for (int i = 0; i < 5; i++)
        assert_int_equal(door_change_password(f->door, f->reader, &visit, &session, STR("wrong"),
                                              STR(OTHER), &entry, &wait, &f->info),
                         ERR_DENIED);
    assert_int_equal(door_change_password(f->door, f->reader, &visit, &session, STR(PASSWORD),
                                          STR(OTHER), &entry, &wait, &f->info),
                     ERR_LIMIT);
    assert_true(wait > 0);
}

static void a_session_is_refreshed_rotated_and_ended(void **state) {
    struct door_fixture *f = *state;
    struct door_entry entry;
    struct session session;
    struct session_key key;
    int64_t wait, now = NOW;
    assert_ok(sign_in(f, "192.0.2.7", PASSWORD, NOW, &entry, &wait), &f->info);
    assert_ok(find(f, &entry, NOW, &session), &f->info);
    assert_ok(door_refresh(f->door, &session, NOW, &key, &f->info), &f->info);
    assert_int_equal(key.session_id, 0);
    for (int i = 0; i < 3; i++) {
        now += SESSION_IDLE_MS - 1;
        assert_ok(find(f, &entry, now, &session), &f->info);
        assert_ok(door_refresh(f->door, &session, now, &key, &f->info), &f->info);
    }
    assert_true(key.session_id != 0);
    assert_ok(door_sign_out(f->door, &session, now, &f->info), &f->info);
    entry.key = key;
    assert_int_equal(find(f, &entry, now, &session), ERR_DENIED);
    assert_int_equal(count(f, TABLE_SESSION), 0);
    assert_ok(door_sign_out(f->door, &session, now, &f->info), &f->info);
}

struct inviting {
    struct door_fixture *f;
    struct access by;
    struct buf url;
};

static enum err invite(void *ctx, struct store *store, struct errinfo *info) {
    struct inviting *i = ctx;
    return door_invite(store, &i->by, "https://expo.example", i->f->lin, LETTER_INVITE, NOW,
                       &i->url, info);
}

static void an_administrator_invites_and_nobody_else(void **state) {
    struct door_fixture *f = *state;
    struct inviting i = {.f = f, .by = access_local()};
    const struct store_batch batch = {.kind = "account", .actor = STR("tester"), .at_ms = NOW};
    int64_t batch_id;
    buf_init(&i.url, 1000);
    assert_ok(writer_run(f->writer, &batch, invite, &i, &batch_id, &f->info), &f->info);
    assert_true(
        str_starts(buf_str(&i.url), STR("https://expo.example/desk/link?purpose=set-password#")));
    struct last_letter l = letter(f);
    assert_non_null(strstr(l.body, i.url.ptr));
    i.by = (struct access){
        .account_id = f->lin, .grant_count = 1, .grants = {{.role = ROLE_ORGANISER}}};
    assert_int_equal(writer_run(f->writer, &batch, invite, &i, &batch_id, &f->info), ERR_DENIED);
    buf_release(&i.url);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* A firm's invitation whose link is handed over; made on a store of its own, beside the door's. */
struct joining {
    struct buf url;
    int64_t participant, invitation;
};

static enum err make_invitation(void *ctx, struct store *store, struct errinfo *info) {
    struct joining *j = ctx;
    const struct access local = access_local();
    int64_t edition, organisation;
    struct store_cell of_edition[] = {{EDITION_CODE, store_text(STR("2026"))},
                                      {EDITION_ORDINAL, store_int(4)},
                                      {EDITION_NAME_EN, store_text(STR("Fourth"))},
                                      {EDITION_REGISTER_COMPLETE, store_int(0)},
                                      {EDITION_CURRENT, store_int(1)}};
    struct store_cell name = {ORGANISATION_NAME_EN, store_text(STR("Firm"))};
    assert_ok(store_insert(store, TABLE_EDITION, of_edition, 5, &edition, info), info);
    assert_ok(store_insert(store, TABLE_ORGANISATION, &name, 1, &organisation, info), info);
    struct store_cell cells[] = {{PARTICIPANT_EDITION_ID, store_int(edition)},
                                 {PARTICIPANT_ORGANISATION_ID, store_int(organisation)},
                                 {PARTICIPANT_KIND, store_text(STR("buyer"))},
                                 {PARTICIPANT_STATE, store_text(STR("active"))}};
    assert_ok(store_insert(store, TABLE_PARTICIPANT, cells, 4, &j->participant, info), info);
    const struct invitation_request request = {.participant_id = j->participant,
                                               .role = ROLE_EXHIBITOR_MEMBER,
                                               .origin = "https://expo.example",
                                               .now_ms = NOW};
    return invitations_make(store, &local, &request, &j->url, &j->invitation, info);
}

static struct joining invite_somebody(struct door_fixture *f) {
    const struct store_batch batch = {.kind = "account", .actor = STR("tester"), .at_ms = NOW};
    struct joining j = {.participant = 0};
    int64_t batch_id;
    buf_init(&j.url, 1000);
    assert_ok(writer_run(f->writer, &batch, make_invitation, &j, &batch_id, &f->info), &f->info);
    return j;
}

static enum err join(struct door_fixture *f, struct str secret, const char *email,
                     const char *address, int64_t now, int64_t *wait) {
    const struct door_visit visit = visit_at(address, now);
    return door_join(f->door, f->reader, &visit, secret, str_of(email), STR("Wang Fang"), LANG_EN,
                     wait, &f->info);
}

static struct str secret_of(const struct joining *j) {
    return str_sub(buf_str(&j->url), j->url.len - SECRET_CHARS, j->url.len);
}

/* The answer is the same, and a letter goes to the address, whether it has an account or not. */
static void an_invitation_lets_in_by_a_letter_alone(void **state) {
    struct door_fixture *f = *state;
    int64_t wait;
    struct joining j = invite_somebody(f);
    assert_int_equal(join(f, secret_of(&j), "wang@firm.example", "192.0.2.7", NOW, &wait), ERR_OK);
    assert_int_equal(count(f, TABLE_OUTBOX), 1);
    assert_int_equal(count(f, TABLE_ONE_TIME), 1);
    assert_int_equal(count(f, TABLE_SESSION), 0);
    assert_int_equal(join(f, secret_of(&j), "wang@firm.example", "192.0.2.8", NOW, &wait),
                     ERR_DENIED);
    assert_int_equal(count(f, TABLE_OUTBOX), 1);
    buf_release(&j.url);
}

static void guesses_of_invitations_have_to_wait(void **state) {
    struct door_fixture *f = *state;
    int64_t wait = 0;
    char guess[SECRET_CHARS + 1];
    enum err code = ERR_DENIED;
    int tries = 0;
    for (; tries < 100 && code == ERR_DENIED; tries++) {
        snprintf(guess, sizeof(guess), "guess%d", tries);
        code = join(f, str_of(guess), "wang@firm.example", "192.0.2.7", NOW, &wait);
    }
    assert_int_equal(code, ERR_LIMIT);
    assert_in_range(tries, 5, 20);
    assert_true(wait > 0);
    assert_int_equal(join(f, STR("guess"), "wang@firm.example", "192.0.2.9", NOW, &wait),
                     ERR_DENIED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_right_password_opens_a_session),
        TEST(wrong_is_told_the_same_whatever_is_wrong),
        TEST(failures_slow_down_and_the_right_password_works_after_the_wait),
        TEST(guessers_elsewhere_do_not_hold_up_the_owner),
        TEST(one_address_that_tries_many_accounts_is_slowed),
        TEST(a_sign_in_never_takes_over_a_cookie),
        TEST(a_mailed_link_signs_in_once),
        TEST(asking_for_a_link_does_not_tell_who_has_an_account),
        TEST(a_link_sets_a_password_by_the_rules_and_ends_all_sessions),
        TEST(a_first_password_is_changed_and_the_session_with_it),
        TEST(guessing_the_old_password_is_slowed_too),
        TEST(a_session_is_refreshed_rotated_and_ended),
        TEST(an_administrator_invites_and_nobody_else),
        TEST(an_invitation_lets_in_by_a_letter_alone),
        TEST(guesses_of_invitations_have_to_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
