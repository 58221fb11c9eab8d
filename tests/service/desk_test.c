#include "service/desk.h"

#include "base/mem.h"
#include "database.h"

struct desk_pair {
    struct database database;
    struct desk *desk;
    struct errinfo info;
};

static int set_up(void **state) {
    static struct desk_pair pair;
    pair = (struct desk_pair){.desk = NULL};
    database_create(&pair.database);
    const struct desk_options options = {
        .database = pair.database.path, .origin = "https://expo.example", .is_secure = true};
    store_close(pair.database.store);
    pair.database.store = NULL;
    assert_ok(desk_new(&options, &pair.desk, &pair.info), &pair.info);
    *state = &pair;
    return 0;
}

static int tear_down(void **state) {
    struct desk_pair *pair = *state;
    desk_free(pair->desk);
    database_remove(&pair->database);
    return 0;
}

static enum err add_country(void *ctx, struct store *store, struct errinfo *info) {
    const char *code = ctx;
    const struct store_cell cells[] = {{COUNTRY_CODE, store_text(str_of(code))},
                                       {COUNTRY_NAME_EN, store_text(STR("Somewhere"))},
                                       {COUNTRY_NAME_ZH, store_text(STR("某地"))}};
    int64_t id;
    return store_insert(store, TABLE_COUNTRY, cells, 3, &id, info);
}

static void write_country(struct desk_pair *pair, char *code) {
    const struct store_batch batch = {.kind = "edit", .actor = STR("test"), .at_ms = 1};
    int64_t id;
    assert_ok(writer_run(desk_writer(pair->desk), &batch, add_country, code, &id, &pair->info),
              &pair->info);
}

static uint64_t countries(struct desk_pair *pair, struct store_reader *reader) {
    uint64_t count = 0;
    assert_ok(store_count(reader, TABLE_COUNTRY, &count, &pair->info), &pair->info);
    return count;
}

static void a_reader_sees_one_state_until_it_is_given_back(void **state) {
    struct desk_pair *pair = *state;
    struct store_reader *before, *after;
    char one[] = "XA", two[] = "XB";
    write_country(pair, one);
    assert_ok(desk_begin(pair->desk, &before, &pair->info), &pair->info);
    assert_int_equal(countries(pair, before), 1);
    write_country(pair, two);
    assert_ok(desk_begin(pair->desk, &after, &pair->info), &pair->info);
    assert_int_equal(countries(pair, before), 1);
    assert_int_equal(countries(pair, after), 2);
    desk_end(pair->desk, before);
    desk_end(pair->desk, after);
    desk_end(pair->desk, NULL);
    /* A reader that was kept begins anew. */
    assert_ok(desk_begin(pair->desk, &before, &pair->info), &pair->info);
    assert_int_equal(countries(pair, before), 2);
    desk_end(pair->desk, before);
}

enum { LENT = 20 };

static void more_readers_may_be_lent_than_are_kept(void **state) {
    struct desk_pair *pair = *state;
    struct store_reader *reader[LENT];
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < LENT; i++)
            assert_ok(desk_begin(pair->desk, &reader[i], &pair->info), &pair->info);
        for (int i = 0; i < LENT; i++)
            desk_end(pair->desk, reader[i]);
    }
}

static void what_it_holds_is_there(void **state) {
    struct desk_pair *pair = *state;
    assert_string_equal(desk_options(pair->desk)->origin, "https://expo.example");
    assert_true(desk_options(pair->desk)->is_secure);
    assert_non_null(desk_door(pair->desk));
    assert_non_null(desk_presence(pair->desk));
}

static void short_memory_is_reported(void **state) {
    struct desk_pair *pair = *state;
    const struct desk_options options = *desk_options(pair->desk);
    struct desk *desk = NULL;
    enum err e = ERR_MEMORY;
    desk_free(pair->desk);
    pair->desk = NULL;
    for (long n = 0; e != ERR_OK; n++) {
        mem_fail_after(n);
        e = desk_new(&options, &desk, &pair->info);
        mem_fail_after(-1);
        assert_true(e == ERR_OK || e == ERR_MEMORY);
    }
    pair->desk = desk;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_reader_sees_one_state_until_it_is_given_back, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(more_readers_may_be_lent_than_are_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_it_holds_is_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(short_memory_is_reported, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
