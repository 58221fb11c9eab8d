#include "desk_fixture.h"

#include "service/invitations.h"
#include "service/person.h"

enum { NOW = 1000000 };

/* Two firms of one edition, of which each test has the first participant as `firm`. */
struct firms {
    int64_t firm, other;
};

static struct firms make_firms(struct desk_fixture *f) {
    struct store *store = desk_begin(f);
    int64_t edition, ids[2];
    struct store_cell of_edition[] = {{EDITION_CODE, store_text(STR("2026"))},
                                      {EDITION_ORDINAL, store_int(4)},
                                      {EDITION_NAME_EN, store_text(STR("Fourth"))},
                                      {EDITION_REGISTER_COMPLETE, store_int(0)},
                                      {EDITION_CURRENT, store_int(1)}};
    assert_ok(store_insert(store, TABLE_EDITION, of_edition, 5, &edition, &f->info), &f->info);
    for (int i = 0; i < 2; i++) {
        int64_t organisation;
        struct store_cell name = {ORGANISATION_NAME_EN, store_text(STR("Firm"))};
        assert_ok(store_insert(store, TABLE_ORGANISATION, &name, 1, &organisation, &f->info),
                  &f->info);
        struct store_cell cells[] = {{PARTICIPANT_EDITION_ID, store_int(edition)},
                                     {PARTICIPANT_ORGANISATION_ID, store_int(organisation)},
                                     {PARTICIPANT_KIND, store_text(STR("buyer"))},
                                     {PARTICIPANT_STATE, store_text(STR("active"))}};
        assert_ok(store_insert(store, TABLE_PARTICIPANT, cells, 4, &ids[i], &f->info), &f->info);
    }
    desk_commit(f);
    return (struct firms){ids[0], ids[1]};
}

/* What a link ends with. */
struct link {
    char secret[SECRET_CHARS + 1];
    int64_t id;
};

static enum err invite(struct desk_fixture *f, const struct access *by, int64_t participant,
                       enum role role, const char *email, struct link *out) {
    const struct invitation_request request = {.participant_id = participant,
                                               .role = role,
                                               .email = str_of(email),
                                               .language = LANG_EN,
                                               .origin = "https://expo.example",
                                               .now_ms = NOW};
    static const struct str before = {"https://expo.example/my/join#", 29};
    struct buf url;
    buf_init(&url, 1000);
    enum err code = invitations_make(desk_begin(f), by, &request, &url, &out->id, &f->info);
    if (code == ERR_OK) {
        assert_int_equal(url.len, before.len + SECRET_CHARS);
        assert_memory_equal(url.ptr, before.ptr, before.len);
        snprintf(out->secret, sizeof(out->secret), "%.*s", SECRET_CHARS, url.ptr + before.len);
        desk_commit(f);
    } else {
        store_rollback(f->database.store);
    }
    buf_release(&url);
    return code;
}

static struct link invited(struct desk_fixture *f, int64_t participant, enum role role,
                           const char *email) {
    struct link link;
    assert_ok(invite(f, &f->local, participant, role, email, &link), &f->info);
    return link;
}

static enum err look(struct desk_fixture *f, const struct link *link, int64_t now_ms) {
    struct invitation found;
    return invitations_look(desk_reader(f), str_of(link->secret), now_ms, &found, &f->info);
}

static enum err accept(struct desk_fixture *f, const struct link *link, const char *email) {
    const struct invitation_answer answer = {.secret = str_of(link->secret),
                                             .email = str_of(email),
                                             .name = STR("王芳"),
                                             .language = LANG_ZH,
                                             .now_ms = NOW + 1};
    struct invitation_joined joined;
    enum err code = invitations_accept(desk_begin(f), &answer, &joined, &f->info);
    if (code == ERR_OK)
        desk_commit(f);
    else
        store_rollback(f->database.store);
    return code;
}

static struct account account_of(struct desk_fixture *f, const char *email) {
    struct account account;
    assert_ok(account_by_email(desk_reader(f), str_of(email), &account, &f->info), &f->info);
    return account;
}

static bool speaks_for(const struct account *account, int64_t participant) {
    const struct access_place place = {.participant_id = participant};
    return access_may(&account->access, RIGHT_PARTNER_ANSWER, &place);
}

static void a_link_makes_an_account_that_speaks_for_its_firm_alone(void **state) {
    struct desk_fixture *f = *state;
    struct firms firms = make_firms(f);
    struct link link = invited(f, firms.firm, ROLE_EXHIBITOR_MANAGER, "");
    assert_int_equal(look(f, &link, NOW), ERR_OK);
    assert_int_equal(accept(f, &link, "wang@firm.example"), ERR_OK);
    struct account wang = account_of(f, "wang@firm.example");
    assert_true(speaks_for(&wang, firms.firm));
    assert_false(speaks_for(&wang, firms.other));
    assert_false(wang.has_password);
}

static void a_link_works_once_and_ends_with_its_time(void **state) {
    struct desk_fixture *f = *state;
    struct firms firms = make_firms(f);
    struct link link = invited(f, firms.firm, ROLE_EXHIBITOR_MEMBER, "");
    assert_int_equal(look(f, &link, NOW + INVITATION_MS - 1), ERR_OK);
    assert_int_equal(look(f, &link, NOW + INVITATION_MS), ERR_DENIED);
    assert_int_equal(accept(f, &link, "not an address"), ERR_INPUT);
    assert_int_equal(accept(f, &link, "wang@firm.example"), ERR_OK);
    assert_int_equal(accept(f, &link, "li@firm.example"), ERR_DENIED);
    assert_int_equal(desk_count(f, TABLE_ACCOUNT), 1);
}

/* Used, taken back, over and never made: one answer, so that nothing can be found out by asking. */
static void a_link_that_opens_nothing_says_one_thing(void **state) {
    struct desk_fixture *f = *state;
    struct firms firms = make_firms(f);
    struct link used = invited(f, firms.firm, ROLE_EXHIBITOR_MEMBER, ""),
                gone = invited(f, firms.firm, ROLE_EXHIBITOR_MEMBER, ""),
                old = invited(f, firms.firm, ROLE_EXHIBITOR_MEMBER, ""), never = {.secret = "A"};
    assert_int_equal(accept(f, &used, "wang@firm.example"), ERR_OK);
    desk_begin(f);
    assert_int_equal(
        invitations_revoke(f->database.store, &f->local, firms.other, gone.id, &f->info),
        ERR_NOT_FOUND);
    assert_ok(invitations_revoke(f->database.store, &f->local, firms.firm, gone.id, &f->info),
              &f->info);
    desk_commit(f);
    const struct link *all[] = {&used, &gone, &never, &old};
    char said[ERR_TEXT_MAX] = "";
    for (int i = 0; i < 4; i++) {
        assert_int_equal(look(f, all[i], i == 3 ? NOW + INVITATION_MS : NOW), ERR_DENIED);
        if (i > 0)
            assert_string_equal(f->info.message, said);
        snprintf(said, sizeof(said), "%s", f->info.message);
    }
}

/* An account that is there keeps its password and gets no session from who holds the link. */
static void an_account_that_is_there_joins_without_being_opened(void **state) {
    struct desk_fixture *f = *state;
    struct firms firms = make_firms(f);
    int64_t lin = desk_account(f, "lin@expo.example", ROLE_READER);
    struct link link = invited(f, firms.firm, ROLE_EXHIBITOR_MEMBER, "");
    assert_int_equal(accept(f, &link, "LIN@expo.example"), ERR_OK);
    struct account account = desk_read(f, lin);
    assert_true(speaks_for(&account, firms.firm));
    assert_true(account.has_password);
    assert_string_equal(account.name, "林芳");
    assert_int_equal(account.access.grant_count, 2);
}

/* Who holds the link of an invitation by mail cannot turn it to another address. */
static void an_invitation_by_mail_is_for_its_address(void **state) {
    struct desk_fixture *f = *state;
    struct firms firms = make_firms(f);
    struct link link = invited(f, firms.firm, ROLE_EXHIBITOR_MEMBER, "Wang@firm.example");
    assert_int_equal(desk_count(f, TABLE_OUTBOX), 1);
    assert_int_equal(accept(f, &link, "thief@evil.example"), ERR_OK);
    struct account wang = account_of(f, "wang@firm.example");
    assert_true(speaks_for(&wang, firms.firm));
    assert_int_equal(desk_count(f, TABLE_ACCOUNT), 1);
}

static void a_second_mail_takes_the_place_of_the_first(void **state) {
    struct desk_fixture *f = *state;
    struct firms firms = make_firms(f);
    struct link first = invited(f, firms.firm, ROLE_EXHIBITOR_MEMBER, "wang@firm.example"),
                second = invited(f, firms.firm, ROLE_EXHIBITOR_MEMBER, "wang@firm.example");
    assert_int_equal(look(f, &first, NOW), ERR_DENIED);
    assert_int_equal(look(f, &second, NOW), ERR_OK);
}

static void a_manager_invites_members_of_its_own_firm_alone(void **state) {
    struct desk_fixture *f = *state;
    struct firms firms = make_firms(f);
    struct link link = invited(f, firms.firm, ROLE_EXHIBITOR_MANAGER, ""), more;
    assert_int_equal(accept(f, &link, "wang@firm.example"), ERR_OK);
    struct access wang = account_of(f, "wang@firm.example").access;
    assert_int_equal(invite(f, &wang, firms.firm, ROLE_EXHIBITOR_MANAGER, "", &more), ERR_DENIED);
    assert_int_equal(invite(f, &wang, firms.other, ROLE_EXHIBITOR_MEMBER, "", &more), ERR_DENIED);
    assert_int_equal(invite(f, &wang, firms.firm, ROLE_READER, "", &more), ERR_INPUT);
    assert_int_equal(invite(f, &wang, firms.firm, ROLE_EXHIBITOR_MEMBER, "", &more), ERR_OK);
    assert_int_equal(accept(f, &more, "li@firm.example"), ERR_OK);
    struct access li = account_of(f, "li@firm.example").access;
    assert_int_equal(invite(f, &li, firms.firm, ROLE_EXHIBITOR_MEMBER, "", &more), ERR_DENIED);
}

static enum err leave(struct desk_fixture *f, const struct access *by, int64_t account,
                      int64_t participant) {
    enum err code = account_leave(desk_begin(f), by, account, participant, &f->info);
    desk_commit(f);
    return code;
}

static enum err count_person(void *ctx, const struct account *account, enum role role,
                             struct errinfo *info) {
    ++*(int *)ctx;
    return ERR_OK;
}

static int persons(struct desk_fixture *f, const struct access *access, int64_t participant) {
    int count = 0;
    enum err code =
        participant_persons(desk_reader(f), access, participant, count_person, &count, &f->info);
    return code == ERR_OK ? count : -1;
}

static void a_manager_takes_roles_away_but_its_own(void **state) {
    struct desk_fixture *f = *state;
    struct firms firms = make_firms(f);
    struct link manager = invited(f, firms.firm, ROLE_EXHIBITOR_MANAGER, ""),
                member = invited(f, firms.firm, ROLE_EXHIBITOR_MEMBER, ""),
                apart = invited(f, firms.other, ROLE_EXHIBITOR_MEMBER, "");
    assert_int_equal(accept(f, &manager, "wang@firm.example"), ERR_OK);
    assert_int_equal(accept(f, &member, "li@firm.example"), ERR_OK);
    assert_int_equal(accept(f, &apart, "li@firm.example"), ERR_OK);
    struct account wang = account_of(f, "wang@firm.example"), li = account_of(f, "li@firm.example");
    assert_int_equal(persons(f, &wang.access, firms.firm), 2);
    assert_int_equal(persons(f, &wang.access, firms.other), -1);
    assert_int_equal(leave(f, &li.access, wang.id, firms.firm), ERR_DENIED);
    assert_int_equal(leave(f, &wang.access, li.id, firms.other), ERR_DENIED);
    assert_int_equal(leave(f, &wang.access, wang.id, firms.firm), ERR_CONFLICT);
    assert_int_equal(leave(f, &wang.access, li.id, firms.firm), ERR_OK);
    li = account_of(f, "li@firm.example");
    assert_false(speaks_for(&li, firms.firm));
    assert_true(speaks_for(&li, firms.other));
    assert_int_equal(leave(f, &f->local, wang.id, firms.firm), ERR_OK);
    assert_int_equal(persons(f, &f->local, firms.firm), 0);
}

static void a_member_leaves_by_itself(void **state) {
    struct desk_fixture *f = *state;
    struct firms firms = make_firms(f);
    struct link member = invited(f, firms.firm, ROLE_EXHIBITOR_MEMBER, ""),
                apart = invited(f, firms.other, ROLE_EXHIBITOR_MEMBER, "");
    assert_int_equal(accept(f, &member, "li@firm.example"), ERR_OK);
    assert_int_equal(accept(f, &apart, "li@firm.example"), ERR_OK);
    struct account li = account_of(f, "li@firm.example");
    assert_int_equal(leave(f, &li.access, li.id, firms.firm), ERR_OK);
    li = account_of(f, "li@firm.example");
    assert_false(speaks_for(&li, firms.firm));
    assert_true(speaks_for(&li, firms.other));
    assert_int_equal(leave(f, &li.access, li.id, firms.firm), ERR_DENIED);
}

/* The form of accounts, which knows no participants, takes no role of one away. */
static void an_administrators_change_of_roles_leaves_those_of_firms(void **state) {
    struct desk_fixture *f = *state;
    struct firms firms = make_firms(f);
    int64_t lin = desk_account(f, "lin@expo.example", ROLE_READER);
    struct link link = invited(f, firms.firm, ROLE_EXHIBITOR_MEMBER, "");
    const struct access_grant organiser = {.role = ROLE_ORGANISER};
    const struct account_change change = {.grants = &organiser, .grant_count = 1};
    assert_int_equal(accept(f, &link, "lin@expo.example"), ERR_OK);
    assert_ok(account_change(desk_begin(f), &f->local, lin, &change, &f->info), &f->info);
    desk_commit(f);
    struct account account = desk_read(f, lin);
    assert_int_equal(account.access.grant_count, 2);
    assert_true(speaks_for(&account, firms.firm));
}

static void a_disabled_account_gets_no_role(void **state) {
    struct desk_fixture *f = *state;
    struct firms firms = make_firms(f);
    const enum account_state disabled = ACCOUNT_DISABLED;
    const struct account_change change = {.state = &disabled};
    int64_t lin = desk_account(f, "lin@expo.example", ROLE_READER);
    struct link link = invited(f, firms.firm, ROLE_EXHIBITOR_MEMBER, "");
    assert_ok(account_change(desk_begin(f), &f->local, lin, &change, &f->info), &f->info);
    desk_commit(f);
    assert_int_equal(accept(f, &link, "lin@expo.example"), ERR_OK);
    assert_int_equal(desk_read(f, lin).access.grant_count, 1);
}

/* An erased person speaks for no firm, and no invitation keeps the address. */
static void an_erasure_reaches_roles_and_invitations(void **state) {
    struct desk_fixture *f = *state;
    struct firms firms = make_firms(f);
    struct link link = invited(f, firms.firm, ROLE_EXHIBITOR_MEMBER, "wang@firm.example");
    assert_int_equal(accept(f, &link, ""), ERR_OK);
    int64_t wang = account_of(f, "wang@firm.example").id;
    invited(f, firms.other, ROLE_EXHIBITOR_MEMBER, "wang@firm.example");
    assert_ok(person_erase(desk_begin(f), &f->local, wang, NOW, &f->info), &f->info);
    desk_commit(f);
    assert_int_equal(desk_count(f, TABLE_INVITATION), 0);
    assert_int_equal(persons(f, &f->local, firms.firm), 0);
}

static void open_invitations_have_a_limit(void **state) {
    struct desk_fixture *f = *state;
    struct firms firms = make_firms(f);
    struct link link;
    for (int i = 0; i < INVITATIONS_OPEN_MAX; i++)
        invited(f, firms.firm, ROLE_EXHIBITOR_MEMBER, "");
    assert_int_equal(invite(f, &f->local, firms.firm, ROLE_EXHIBITOR_MEMBER, "", &link), ERR_LIMIT);
    assert_int_equal(invite(f, &f->local, firms.other, ROLE_EXHIBITOR_MEMBER, "", &link), ERR_OK);
    uint64_t deleted = 0;
    assert_ok(invitations_sweep(desk_begin(f), NOW + INVITATION_MS + 1, &deleted, &f->info),
              &f->info);
    desk_commit(f);
    assert_int_equal(deleted, INVITATIONS_OPEN_MAX + 1);
}

int main(void) {
#define IN_A_DATABASE(test) cmocka_unit_test_setup_teardown(test, desk_setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        IN_A_DATABASE(a_link_makes_an_account_that_speaks_for_its_firm_alone),
        IN_A_DATABASE(a_link_works_once_and_ends_with_its_time),
        IN_A_DATABASE(a_link_that_opens_nothing_says_one_thing),
        IN_A_DATABASE(an_account_that_is_there_joins_without_being_opened),
        IN_A_DATABASE(an_invitation_by_mail_is_for_its_address),
        IN_A_DATABASE(a_second_mail_takes_the_place_of_the_first),
        IN_A_DATABASE(a_manager_invites_members_of_its_own_firm_alone),
        IN_A_DATABASE(a_manager_takes_roles_away_but_its_own),
        IN_A_DATABASE(a_member_leaves_by_itself),
        IN_A_DATABASE(an_administrators_change_of_roles_leaves_those_of_firms),
        IN_A_DATABASE(a_disabled_account_gets_no_role),
        IN_A_DATABASE(an_erasure_reaches_roles_and_invitations),
        IN_A_DATABASE(open_invitations_have_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
