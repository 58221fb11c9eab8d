#include "base/mem.h"
#include "database.h"
#include "service/drafts.h"

struct fixture {
    struct database database;
    struct store *store;
    struct arena arena;
    struct errinfo info;
    int64_t account[2];
};

static void begin(struct fixture *f) {
    struct store_batch b = {.kind = "edit", .actor = STR("test"), .note = STR("draft")};
    int64_t id;
    assert_ok(store_begin(f->store, &b, &id, &f->info), &f->info);
}

static int set_up(void **state) {
    struct fixture *f = mem_new(1, sizeof(*f));
    database_create(&f->database);
    f->store = f->database.store;
    arena_init(&f->arena, 1 << 26);
    begin(f);
    for (int i = 0; i < 2; i++) {
        struct store_cell cells[] = {{ACCOUNT_LANGUAGE, store_text(STR("en"))},
                                     {ACCOUNT_STATE, store_text(STR("active"))},
                                     {ACCOUNT_MUST_CHANGE, store_int(0)},
                                     {ACCOUNT_CREATED_MS, store_int(1)}};
        assert_ok(store_insert(f->store, TABLE_ACCOUNT, cells, 4, &f->account[i], &f->info),
                  &f->info);
    }
    assert_ok(store_commit(f->store, &f->info), &f->info);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *f = *state;
    arena_release(&f->arena);
    database_remove(&f->database);
    mem_free(f);
    return 0;
}

static enum err keep(struct fixture *f, int who, const char *key, const char *body, int64_t at) {
    begin(f);
    enum err code = draft_keep(f->store, f->account[who], str_of(key), str_of(body), at, &f->info);
    if (code == ERR_OK)
        assert_ok(store_commit(f->store, &f->info), &f->info);
    else
        store_rollback(f->store);
    return code;
}

static void a_draft_is_kept_for_its_account_and_replaced(void **state) {
    struct fixture *f = *state;
    struct store_reader *reader = store_reader_of(f->store);
    struct draft draft, list[DRAFTS_MAX];
    uint32_t count;
    int64_t before, after;
    assert_ok(store_version(reader, &before, &f->info), &f->info);
    assert_int_equal(keep(f, 0, "organisation:1", "{\"a\":1}", 10), ERR_OK);
    assert_int_equal(keep(f, 0, "organisation:1", "{\"a\":2}", 20), ERR_OK);
    assert_int_equal(keep(f, 0, "new", "{}", 15), ERR_OK);
    assert_ok(draft_get(reader, f->account[0], STR("organisation:1"), &f->arena, &draft, &f->info),
              &f->info);
    assert_str(draft.body, "{\"a\":2}");
    assert_int_equal(
        draft_get(reader, f->account[1], STR("organisation:1"), &f->arena, &draft, &f->info),
        ERR_NOT_FOUND);
    assert_ok(draft_list(reader, f->account[0], &f->arena, list, &count, &f->info), &f->info);
    assert_int_equal(count, 2);
    assert_str(list[0].key, "organisation:1");
    assert_int_equal(keep(f, 0, "organisation:1", "", 30), ERR_OK);
    assert_ok(draft_list(reader, f->account[0], &f->arena, list, &count, &f->info), &f->info);
    assert_int_equal(count, 1);
    assert_ok(store_version(reader, &after, &f->info), &f->info);
    assert_int_equal(before, after);
}

static void strange_keys_and_large_bodies_are_refused(void **state) {
    struct fixture *f = *state;
    char *large = mem_new(DRAFT_BODY_MAX + 2, 1);
    memset(large, 'x', DRAFT_BODY_MAX + 1);
    assert_int_equal(keep(f, 0, "", "{}", 1), ERR_INPUT);
    assert_int_equal(keep(f, 0, "../x y", "{}", 1), ERR_INPUT);
    assert_int_equal(keep(f, 0, "k", large, 1), ERR_LIMIT);
    mem_free(large);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_draft_is_kept_for_its_account_and_replaced, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(strange_keys_and_large_bodies_are_refused, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
