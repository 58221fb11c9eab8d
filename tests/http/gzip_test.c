#include "unit.h"

#include <zlib.h>

#include "base/mem.h"
#include "http/gzip.h"

enum { SIZE_MAX_BYTES = 1 << 20 };

/* What any reader of gzip makes of it: zlib's, of the library itself. */
static void assert_unpacks_to(struct str packed, struct str plain) {
    z_stream z = {.next_in = (z_const Bytef *)(uintptr_t)packed.ptr,
                  .avail_in = (unsigned)packed.len};
    Bytef *out = mem_new(plain.len + 1, 1);
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    z.next_out = out;
    z.avail_out = (unsigned)plain.len + 1;
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.total_out, plain.len);
    assert_memory_equal(out, plain.ptr, plain.len);
    inflateEnd(&z);
    mem_free(out);
}

static void fill(struct buf *plain, size_t size) {
    for (size_t i = 0; plain->len < size; i++)
        buf_printf(plain, "<li><a href=\"/2024/exhibitors/%zu\">%zu</a></li>", i, i * i % 977);
}

static void text_comes_back_whole_and_smaller(void **state) {
    for (size_t size = 1000; size < 400000; size = size * 3 + 1) {
        struct buf plain, packed;
        buf_init(&plain, SIZE_MAX_BYTES);
        buf_init(&packed, SIZE_MAX_BYTES);
        fill(&plain, size);
        assert_true(http_gzip(buf_str(&plain), &packed));
        assert_true(packed.len < plain.len / 2);
        assert_unpacks_to(buf_str(&packed), buf_str(&plain));
        char *again = mem_new(plain.len, 1);
        assert_true(http_gunzip(buf_str(&packed), again, plain.len));
        assert_memory_equal(again, plain.ptr, plain.len);
        assert_false(http_gunzip(buf_str(&packed), again, plain.len - 1));
        mem_free(again);
        buf_release(&plain);
        buf_release(&packed);
    }
}

static void what_does_not_shrink_is_left(void **state) {
    struct buf plain, packed;
    uint32_t noise = 1;
    buf_init(&plain, SIZE_MAX_BYTES);
    buf_init(&packed, SIZE_MAX_BYTES);
    for (int i = 0; i < 50000; i++) {
        noise = noise * 1664525 + 1013904223; /* Numerical Recipes, 7.1 */
        buf_add_char(&plain, (char)(noise >> 24));
    }
    assert_false(http_gzip(buf_str(&plain), &packed));
    buf_release(&plain);
    buf_release(&packed);
}

static void only_text_of_some_size_is_tried(void **state) {
    assert_true(http_gzip_fits("text/html; charset=utf-8", 2000));
    assert_true(http_gzip_fits("application/json", 2000));
    assert_true(http_gzip_fits("application/problem+json", 2000));
    assert_true(http_gzip_fits("image/svg+xml", 2000));
    assert_true(http_gzip_fits("text/calendar", 2000));
    assert_false(http_gzip_fits("text/html", 200));
    assert_false(http_gzip_fits("image/png", 2000));
    assert_false(http_gzip_fits("application/zip", 2000));
    assert_false(http_gzip_fits("", 2000));
}

static void without_memory_the_plain_form_is_left(void **state) {
    struct buf plain;
    bool is_packed = false;
    buf_init(&plain, SIZE_MAX_BYTES);
    fill(&plain, 200000);
    for (long n = 0; !is_packed; n++) {
        struct buf packed;
        buf_init(&packed, SIZE_MAX_BYTES);
        mem_fail_after(n);
        is_packed = http_gzip(buf_str(&plain), &packed);
        mem_fail_after(-1);
        if (is_packed)
            assert_unpacks_to(buf_str(&packed), buf_str(&plain));
        assert_true(n < 100);
        buf_release(&packed);
    }
    buf_release(&plain);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_comes_back_whole_and_smaller),
        cmocka_unit_test(what_does_not_shrink_is_left),
        cmocka_unit_test(only_text_of_some_size_is_tried),
        cmocka_unit_test(without_memory_the_plain_form_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
