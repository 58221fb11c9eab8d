#include "unit.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/rng.h"

static void finds_every_text_key_and_no_other(void **state) {
    struct arena a;
    struct str_map m = {0};
    arena_init(&a, 16 << 20);
    assert_int_equal(str_map_get(&m, STR("x")), MAP_NONE);
    for (uint32_t i = 0; i < 5000; i++)
        assert_true(str_map_put(&m, arena_printf(&a, "key%u", i), i));
    assert_true(str_map_put(&m, STR("key7"), 70));
    assert_true(str_map_put(&m, (struct str){NULL, 0}, 1));
    assert_int_equal(m.len, 5001);
    assert_int_equal(str_map_get(&m, STR("key7")), 70);
    assert_int_equal(str_map_get(&m, STR("key4999")), 4999);
    assert_int_equal(str_map_get(&m, STR("key5000")), MAP_NONE);
    assert_int_equal(str_map_get(&m, STR("")), 1);
    str_map_release(&m);
    arena_release(&a);
}

static void agrees_with_a_direct_table_on_random_numbers(void **state) {
    enum { KEYS = 4096 };
    static uint32_t table[KEYS];
    struct u64_map m = {0};
    struct rng r;
    rng_init(&r, 1);
    memset(table, 0xFF, sizeof(table));
    for (uint32_t i = 0; i < 20000; i++) {
        uint32_t key = rng_below(&r, KEYS);
        table[key] = i;
        assert_true(u64_map_put(&m, (uint64_t)key << 40, i));
    }
    for (uint32_t key = 0; key < KEYS; key++)
        assert_int_equal(u64_map_get(&m, (uint64_t)key << 40), table[key]);
    u64_map_release(&m);
}

static void stays_whole_when_memory_is_short(void **state) {
    struct u64_map m = {0};
    for (uint64_t i = 0; i < 11; i++)
        assert_true(u64_map_put(&m, i, (uint32_t)i));
    mem_fail_after(0);
    assert_false(u64_map_put(&m, 11, 11));
    mem_fail_after(-1);
    assert_int_equal(u64_map_get(&m, 10), 10);
    assert_int_equal(u64_map_get(&m, 11), MAP_NONE);
    u64_map_release(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_every_text_key_and_no_other),
        cmocka_unit_test(agrees_with_a_direct_table_on_random_numbers),
        cmocka_unit_test(stays_whole_when_memory_is_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
