#include "unit.h"

#include "base/arena.h"
#include "base/mem.h"

static void gives_aligned_zeroed_blocks_of_any_size(void **state) {
    struct arena a;
    arena_init(&a, 64 << 20);
    for (size_t size = 1; size < 10 << 20; size = size * 3 + 1) {
        unsigned char *block = arena_new(&a, size, 1);
        assert_non_null(block);
        assert_int_equal((uintptr_t)block % 16, 0);
        for (size_t i = 0; i < size; i++)
            if (block[i] != 0)
                fail_msg("byte %zu of %zu is not zero", i, size);
        memset(block, 0xFF, size);
    }
    arena_clear(&a);
    unsigned char *again = arena_new(&a, 4000, 1);
    assert_non_null(again);
    for (size_t i = 0; i < 4000; i++)
        assert_int_equal(again[i], 0);
    arena_release(&a);
}

static void refuses_over_its_maximum_and_overflow(void **state) {
    struct arena a;
    arena_init(&a, 1000);
    assert_null(arena_new(&a, 1001, 1));
    assert_null(arena_new(&a, SIZE_MAX, 2));
    assert_non_null(arena_new(&a, 500, 1));
    assert_null(arena_new(&a, 500, 1));
    arena_release(&a);
}

static void copies_and_formats_text(void **state) {
    struct arena a;
    arena_init(&a, 1 << 20);
    assert_str(arena_copy(&a, STR("abc")), "abc");
    assert_str(arena_printf(&a, "%d of %s", 3, "ten"), "3 of ten");
    mem_fail_after(0);
    struct arena empty;
    arena_init(&empty, 1 << 20);
    assert_null(arena_copy(&empty, STR("abc")).ptr);
    mem_fail_after(-1);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_aligned_zeroed_blocks_of_any_size),
        cmocka_unit_test(refuses_over_its_maximum_and_overflow),
        cmocka_unit_test(copies_and_formats_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
