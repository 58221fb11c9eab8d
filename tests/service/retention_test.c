#include "desk_fixture.h"

#include "service/chores.h"
#include "service/links.h"
#include "service/outbox.h"
#include "service/retention.h"
#include "service/sessions.h"
#include "service/throttle.h"

static const int64_t day_ms = INT64_C(24) * 3600 * 1000, now_ms = INT64_C(1) << 42;

static void set(struct desk_fixture *f, enum retention_kind kind, int64_t days) {
    desk_begin(f);
    assert_ok(retention_set(f->database.store, &f->local, kind, days, &f->info), &f->info);
    desk_commit(f);
}

static void apply(struct desk_fixture *f, uint64_t deleted[RETENTION_KINDS]) {
    desk_begin(f);
    assert_ok(retention_apply(f->database.store, now_ms, deleted, &f->info), &f->info);
    desk_commit(f);
}

static void periods_are_the_defaults_until_set(void **state) {
    struct desk_fixture *f = *state;
    int64_t days[RETENTION_KINDS];
    assert_ok(retention_read(desk_reader(f), days, &f->info), &f->info);
    for (int k = 0; k < RETENTION_KINDS; k++) {
        assert_int_equal(days[k], retention_default((enum retention_kind)k));
        assert_int_equal(
            retention_kind_of_code(str_of(retention_kind_code((enum retention_kind)k))), k);
    }
    set(f, RETENTION_DRAFTS, 5);
    set(f, RETENTION_DRAFTS, 6);
    assert_ok(retention_read(desk_reader(f), days, &f->info), &f->info);
    assert_int_equal(days[RETENTION_DRAFTS], 6);
    assert_int_equal(desk_count(f, TABLE_RETENTION), 1);
}

static void only_administrators_set_them_and_within_reason(void **state) {
    struct desk_fixture *f = *state;
    struct access organiser =
        desk_read(f, desk_account(f, "o@expo.example", ROLE_ORGANISER)).access;
    desk_begin(f);
    struct store *store = f->database.store;
    assert_int_equal(retention_set(store, &organiser, RETENTION_DRAFTS, 5, &f->info), ERR_DENIED);
    assert_int_equal(retention_set(store, &f->local, RETENTION_DRAFTS, -1, &f->info), ERR_INPUT);
    assert_int_equal(
        retention_set(store, &f->local, RETENTION_DRAFTS, RETENTION_DAYS_MAX + 1, &f->info),
        ERR_INPUT);
    assert_int_equal(retention_set(store, &f->local, RETENTION_KINDS, 5, &f->info), ERR_INPUT);
    store_rollback(store);
}

/* Two rows a kind: one just too old, one just not. */
static void fill(struct desk_fixture *f, int64_t account, int64_t ago_ms) {
    struct session_key key;
    struct outbox_letter letter = {.subject = STR("s"), .body = STR("b")};
    struct throttle_key throttle = throttle_key_of(
        THROTTLE_ADDRESS, ago_ms % day_ms == 0 ? STR("192.0.2.1") : STR("192.0.2.2"));
    struct store *store = desk_begin(f);
    int64_t at = now_ms - ago_ms, id;
    struct store_cell draft[] = {
        {DRAFT_ACCOUNT_ID, store_int(account)},
        {DRAFT_KEY, store_text(ago_ms % day_ms == 0 ? STR("a") : STR("b"))},
        {DRAFT_BODY, store_text(STR("{}"))},
        {DRAFT_AT_MS, store_int(at)}};
    struct store_cell upload[] = {
        {UPLOAD_ACCOUNT_ID, store_int(account)}, {UPLOAD_NAME, store_text(STR("x.csv"))},
        {UPLOAD_DIGEST, store_text(STR("00"))},  {UPLOAD_SETTINGS, store_text(STR("{}"))},
        {UPLOAD_STATE, store_text(STR("open"))}, {UPLOAD_CREATED_MS, store_int(at)}};
    struct store_cell sent = {OUTBOX_STATE, store_text(STR("sent"))};
    assert_ok(
        sessions_open(store, account, STR("::1"), STR("x"), at - SESSION_IDLE_MS, &key, &f->info),
        &f->info);
    assert_ok(mail_address_read(STR("a@b.example"), &letter.to, &f->info), &f->info);
    assert_ok(outbox_put(store, &letter, at, &f->info), &f->info);
    assert_ok(
        store_update(store, TABLE_OUTBOX, (int64_t)desk_count(f, TABLE_OUTBOX), &sent, 1, &f->info),
        &f->info);
    assert_ok(throttle_note(store, &throttle, at, &f->info), &f->info);
    assert_ok(store_insert(store, TABLE_DRAFT, draft, 4, &id, &f->info), &f->info);
    assert_ok(store_insert(store, TABLE_UPLOAD, upload, 6, &id, &f->info), &f->info);
    desk_commit(f);
}

static void each_kind_goes_after_its_days_and_not_before(void **state) {
    struct desk_fixture *f = *state;
    uint64_t deleted[RETENTION_KINDS];
    int64_t account = desk_account(f, "a@expo.example", ROLE_ADMINISTRATOR);
    for (int k = 0; k < RETENTION_KINDS; k++)
        if (k != RETENTION_ACCOUNTS_DISABLED)
            set(f, (enum retention_kind)k, 10);
    fill(f, account, 10 * day_ms + 1);
    fill(f, account, 9 * day_ms);
    apply(f, deleted);
    for (int k = 0; k < RETENTION_KINDS; k++)
        if (deleted[k] != (k != RETENTION_ACCOUNTS_DISABLED))
            fail_msg("%s: %d deleted", retention_kind_code((enum retention_kind)k),
                     (int)deleted[k]);
    apply(f, deleted);
    for (int k = 0; k < RETENTION_KINDS; k++)
        assert_int_equal(deleted[k], 0);
}

/* What a trial tells is what the run does, and it leaves all as it was. */
static void a_trial_counts_what_the_next_run_would_delete(void **state) {
    struct desk_fixture *f = *state;
    uint64_t due, deleted[RETENTION_KINDS];
    int64_t account = desk_account(f, "a@expo.example", ROLE_ADMINISTRATOR);
    const struct access organiser =
        desk_read(f, desk_account(f, "o@expo.example", ROLE_ORGANISER)).access;
    fill(f, account, 20 * day_ms);
    fill(f, account, 9 * day_ms - 1);
    for (int64_t days = 0; days <= 30; days += 10) {
        struct store *store = desk_begin(f);
        assert_ok(
            retention_try(store, &f->local, RETENTION_DRAFTS, days, now_ms + 1, &due, &f->info),
            &f->info);
        store_rollback(store);
        assert_int_equal(due, days == 10 || days == 20);
        assert_int_equal(desk_count(f, TABLE_DRAFT), 2);
    }
    struct store *store = desk_begin(f);
    assert_int_equal(retention_try(store, &organiser, RETENTION_DRAFTS, 10, now_ms, &due, &f->info),
                     ERR_DENIED);
    assert_int_equal(retention_try(store, &f->local, RETENTION_KINDS, 10, now_ms, &due, &f->info),
                     ERR_INPUT);
    store_rollback(store);
    set(f, RETENTION_DRAFTS, 10);
    apply(f, deleted);
    assert_int_equal(deleted[RETENTION_DRAFTS], 1);
}

static void nothing_goes_where_the_period_is_for_ever(void **state) {
    struct desk_fixture *f = *state;
    uint64_t deleted[RETENTION_KINDS];
    int64_t account = desk_account(f, "a@expo.example", ROLE_ADMINISTRATOR);
    for (int k = 0; k < RETENTION_KINDS; k++)
        set(f, (enum retention_kind)k, 0);
    fill(f, account, 3000 * day_ms);
    apply(f, deleted);
    for (int k = 0; k < RETENTION_KINDS; k++)
        assert_int_equal(deleted[k], 0);
}

static void disabled_accounts_are_erased_when_that_is_asked_for(void **state) {
    struct desk_fixture *f = *state;
    uint64_t deleted[RETENTION_KINDS];
    const enum account_state disabled = ACCOUNT_DISABLED;
    int64_t active = desk_account(f, "a@expo.example", ROLE_ADMINISTRATOR);
    int64_t gone = desk_account(f, "b@expo.example", ROLE_READER);
    desk_begin(f); /* at 1 ms after 1970 */
    assert_ok(account_change(f->database.store, &f->local, gone,
                             &(struct account_change){.state = &disabled}, &f->info),
              &f->info);
    desk_commit(f);
    apply(f, deleted);
    assert_int_equal(deleted[RETENTION_ACCOUNTS_DISABLED], 0);
    set(f, RETENTION_ACCOUNTS_DISABLED, 365);
    apply(f, deleted);
    assert_int_equal(deleted[RETENTION_ACCOUNTS_DISABLED], 1);
    assert_int_equal(desk_read(f, gone).state, ACCOUNT_ERASED);
    assert_int_equal(desk_read(f, active).state, ACCOUNT_ACTIVE);
}

static void a_server_applies_them_when_it_starts(void **state) {
    struct desk_fixture *f = *state;
    struct writer *writer;
    struct chores *chores;
    struct store_reader *reader;
    uint64_t left = 1;
    int64_t account = desk_account(f, "a@expo.example", ROLE_ADMINISTRATOR);
    fill(f, account, now_ms - 1); /* in 1970 */
    database_close(&f->database);
    assert_ok(writer_new(f->database.path, &writer, &f->info), &f->info);
    assert_ok(chores_new(writer, "https://expo.example", &chores, &f->info), &f->info);
    /* Ending waits for the chores under way, which are the first. */
    chores_free(chores);
    writer_free(writer);
    assert_ok(store_reader_open(f->database.path, &reader, &f->info), &f->info);
    assert_ok(store_count(reader, TABLE_DRAFT, &left, &f->info), &f->info);
    store_reader_close(reader);
    assert_int_equal(left, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(periods_are_the_defaults_until_set),
        TEST(only_administrators_set_them_and_within_reason),
        TEST(each_kind_goes_after_its_days_and_not_before),
        TEST(a_trial_counts_what_the_next_run_would_delete),
        TEST(nothing_goes_where_the_period_is_for_ever),
        TEST(disabled_accounts_are_erased_when_that_is_asked_for),
        TEST(a_server_applies_them_when_it_starts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
