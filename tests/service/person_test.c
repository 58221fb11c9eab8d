#include "desk_fixture.h"

#include "service/links.h"
#include "service/outbox.h"
#include "service/person.h"
#include "service/sessions.h"
#include "service/throttle.h"
#include "service/tokens.h"

enum { NOW = 100000000 };
#define EMAIL "wei.zhang@expo.example"

/* The bytes of the file and its log of writes, to look for what must not be there any more. */
static bool file_holds(const char *path, const char *text) {
    static const char *const endings[] = {"", "-wal"};
    bool found = false;
    for (int i = 0; i < 2; i++) {
        char name[200];
        snprintf(name, sizeof(name), "%s%s", path, endings[i]);
        FILE *file = fopen(name, "rb");
        if (file == NULL)
            continue;
        struct buf bytes;
        char block[4096];
        size_t len;
        buf_init(&bytes, 64 << 20);
        while ((len = fread(block, 1, sizeof(block), file)) > 0)
            buf_add(&bytes, block, len);
        fclose(file);
        found = found || str_find(buf_str(&bytes), str_of(text)) != SIZE_MAX;
        buf_release(&bytes);
    }
    return found;
}

static enum err erase(struct desk_fixture *f, const struct access *by, int64_t id) {
    desk_begin(f);
    enum err code = person_erase(f->database.store, by, id, NOW, &f->info);
    if (code == ERR_OK)
        desk_commit(f);
    else
        store_rollback(f->database.store);
    return code;
}

/* An account with something in every table that can hold something of it. */
static int64_t busy_account(struct desk_fixture *f) {
    int64_t id = desk_account(f, EMAIL, ROLE_ORGANISER), row;
    struct access by = desk_read(f, id).access;
    struct session_key key;
    struct secret link;
    char token[TOKEN_CHARS + 1];
    struct throttle_key throttle = throttle_key_of(THROTTLE_ACCOUNT, STR(EMAIL));
    struct outbox_letter letter = {.subject = STR("Subject"), .body = STR("Hello Zhang Wei")};
    struct store_cell draft[] = {{DRAFT_ACCOUNT_ID, store_int(id)},
                                 {DRAFT_KEY, store_text(STR("organisation:1"))},
                                 {DRAFT_BODY, store_text(STR("{}"))},
                                 {DRAFT_AT_MS, store_int(NOW)}};
    struct store *store = desk_begin(f);
    assert_ok(mail_address_read(STR(EMAIL), &letter.to, &f->info), &f->info);
    assert_ok(sessions_open(store, id, STR("192.0.2.77"), STR("Browser"), NOW, &key, &f->info),
              &f->info);
    assert_ok(links_make(store, id, LINK_SIGN_IN, NOW, &link, &f->info), &f->info);
    assert_ok(
        tokens_make(store, &by,
                    &(struct token_request){STR("export"), ACCESS_TOKEN_READ, NOW, NOW + 1000},
                    token, &row, &f->info),
        &f->info);
    assert_ok(throttle_note(store, &throttle, NOW, &f->info), &f->info);
    assert_ok(outbox_put(store, &letter, NOW, &f->info), &f->info);
    assert_ok(store_insert(store, TABLE_DRAFT, draft, 4, &row, &f->info), &f->info);
    desk_commit(f);
    return id;
}

struct found {
    int count, in_log, in_account;
    char text[4000];
};

static enum err note(void *ctx, const struct person_finding *finding, struct errinfo *info) {
    struct found *found = ctx;
    size_t used = strlen(found->text);
    found->count++;
    found->in_log += strcmp(finding->where, "log") == 0;
    found->in_account += strcmp(finding->where, "account") == 0;
    snprintf(found->text + used, sizeof(found->text) - used, "%s.%s ", finding->where,
             finding->column != NULL ? finding->column : "");
    return ERR_OK;
}

static struct found report(struct desk_fixture *f, int64_t id, const char *email,
                           const char *name) {
    struct found found = {0};
    const struct person_search search = {
        .account_id = id, .email = str_of(email), .name = str_of(name)};
    assert_ok(person_report(desk_reader(f), &search, note, &found, &f->info), &f->info);
    return found;
}

static void an_erased_person_is_nowhere_in_the_file(void **state) {
    struct desk_fixture *f = *state;
    desk_account(f, "admin@expo.example", ROLE_ADMINISTRATOR);
    int64_t id = busy_account(f);
    assert_true(file_holds(f->database.path, EMAIL));
    assert_ok(erase(f, &f->local, id), &f->info);
    struct account a = desk_read(f, id);
    assert_int_equal(a.state, ACCOUNT_ERASED);
    assert_string_equal(a.email.text, "");
    assert_string_equal(a.name, "");
    assert_false(a.has_password);
    assert_int_equal(a.access.grant_count, 0);
    assert_int_equal(desk_count(f, TABLE_SESSION) + desk_count(f, TABLE_ONE_TIME) +
                         desk_count(f, TABLE_DRAFT) + desk_count(f, TABLE_OUTBOX) +
                         desk_count(f, TABLE_LOGIN_FAILURE),
                     0);
    struct found found = report(f, 0, EMAIL, "");
    if (found.count > 0)
        fail_msg("left: %s", found.text);
    database_close(&f->database);
    assert_false(file_holds(f->database.path, EMAIL));
    assert_false(file_holds(f->database.path, "192.0.2.77"));
}

static enum err count_batch(void *ctx, const struct store_change *batch, struct errinfo *info) {
    ++*(uint32_t *)ctx;
    return ERR_OK;
}

static uint32_t batches(struct desk_fixture *f, const char *kind, int64_t account_id) {
    const struct store_log_filter filter = {
        .table = STORE_TABLES, .kind = str_of(kind), .account_id = account_id, .limit = 10};
    uint32_t count = 0;
    assert_ok(store_log_search(desk_reader(f), &filter, NULL, count_batch, &count, &f->info),
              &f->info);
    return count;
}

/* What the person did stays, and that there was an erasure. */
static void the_log_keeps_the_facts(void **state) {
    struct desk_fixture *f = *state;
    desk_account(f, "admin@expo.example", ROLE_ADMINISTRATOR);
    int64_t id = busy_account(f), batch_id, organisation;
    const struct store_batch batch = {.kind = "edit", .account_id = id, .at_ms = NOW};
    struct store_cell cells[] = {{ORGANISATION_NAME_EN, store_text(STR("Firm"))}};
    assert_ok(store_begin(f->database.store, &batch, &batch_id, &f->info), &f->info);
    assert_ok(
        store_insert(f->database.store, TABLE_ORGANISATION, cells, 1, &organisation, &f->info),
        &f->info);
    desk_commit(f);
    assert_int_equal(batches(f, "edit", id), 1);
    assert_ok(erase(f, &f->local, id), &f->info);
    assert_int_equal(batches(f, "edit", id), 1);
    assert_int_equal(batches(f, "erase", 0), 1);
}

static void only_administrators_erase_and_the_last_one_stays(void **state) {
    struct desk_fixture *f = *state;
    int64_t admin = desk_account(f, "admin@expo.example", ROLE_ADMINISTRATOR);
    int64_t organiser = desk_account(f, "org@expo.example", ROLE_ORGANISER);
    struct access as_organiser = desk_read(f, organiser).access,
                  as_admin = desk_read(f, admin).access;
    assert_int_equal(erase(f, &as_organiser, admin), ERR_DENIED);
    assert_int_equal(erase(f, &as_organiser, organiser), ERR_DENIED);
    assert_int_equal(erase(f, &as_admin, admin), ERR_CONFLICT);
    assert_int_equal(erase(f, &as_admin, 99), ERR_NOT_FOUND);
    assert_int_equal(erase(f, &as_admin, organiser), ERR_OK);
    assert_int_equal(erase(f, &as_admin, organiser), ERR_CONFLICT);
    /* The address is free again. */
    desk_account(f, "org@expo.example", ROLE_READER);
}

static void an_erased_account_cannot_come_back(void **state) {
    struct desk_fixture *f = *state;
    const enum account_state active = ACCOUNT_ACTIVE;
    desk_account(f, "admin@expo.example", ROLE_ADMINISTRATOR);
    int64_t id = busy_account(f);
    assert_ok(erase(f, &f->local, id), &f->info);
    desk_begin(f);
    assert_int_equal(account_change(f->database.store, &f->local, id,
                                    &(struct account_change){.state = &active}, &f->info),
                     ERR_CONFLICT);
    assert_int_equal(
        account_set_password(f->database.store, &f->local, id, "x", false, 0, &f->info),
        ERR_CONFLICT);
    store_rollback(f->database.store);
}

static void a_report_names_every_place(void **state) {
    struct desk_fixture *f = *state;
    static const char *const places[] = {"account.email",         "account.name",
                                         "role_grant.account_id", "session.address",
                                         "session.user_agent",    "one_time.account_id",
                                         "api_token.account_id",  "draft.account_id",
                                         "outbox.recipient",      "log."};
    int64_t id = busy_account(f);
    struct found found = report(f, id, EMAIL, "");
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
        if (strstr(found.text, places[i]) == NULL)
            fail_msg("no %s in: %s", places[i], found.text);
    /* No secret is told. */
    assert_null(strstr(found.text, "password"));
    assert_null(strstr(found.text, "digest"));
}

/* Somebody who has no account may stand in a note. */
static void a_name_is_found_in_any_text(void **state) {
    struct desk_fixture *f = *state;
    struct store_cell cells[] = {{ORGANISATION_NAME_EN, store_text(STR("Firm of ZHANG Wei"))}};
    int64_t id;
    desk_begin(f);
    assert_ok(store_insert(f->database.store, TABLE_ORGANISATION, cells, 1, &id, &f->info),
              &f->info);
    desk_commit(f);
    struct found found = report(f, 0, "", "zhang wei");
    assert_non_null(strstr(found.text, "organisation.name_en"));
    assert_int_equal(found.in_log, 1);
    assert_int_equal(report(f, 0, "", "zhang we1").count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(an_erased_person_is_nowhere_in_the_file),
        TEST(the_log_keeps_the_facts),
        TEST(only_administrators_erase_and_the_last_one_stays),
        TEST(an_erased_account_cannot_come_back),
        TEST(a_report_names_every_place),
        TEST(a_name_is_found_in_any_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
