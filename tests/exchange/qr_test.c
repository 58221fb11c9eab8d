/* QR codes: the marks that every reader looks for are where ISO/IEC 18004 puts them. */
#include "exchange/qr.h"

#include <stdio.h>

#include "unit.h"

enum { SIDE_MAX = 177 };

/* Fills modules from the path's rectangles. */
static void draw(struct str path, unsigned char module[SIDE_MAX][SIDE_MAX]) {
    struct str piece;
    memset(module, 0, SIDE_MAX * SIDE_MAX);
    while (str_next(&path, "z", &piece)) {
        int x, y, width;
        if (piece.len == 0)
            continue;
        assert_int_equal(sscanf(piece.ptr, "M%d %dh%dv1h", &x, &y, &width), 3);
        for (int i = 0; i < width; i++)
            module[y][x + i] = 1;
    }
}

/* 7 x 7: a dark ring, a light ring, a dark block. */
static void assert_finder(unsigned char module[SIDE_MAX][SIDE_MAX], uint32_t top, uint32_t left) {
    for (uint32_t y = 0; y < 7; y++)
        for (uint32_t x = 0; x < 7; x++) {
            bool is_ring = y == 0 || y == 6 || x == 0 || x == 6;
            bool is_block = y >= 2 && y <= 4 && x >= 2 && x <= 4;
            assert_int_equal(module[top + y][left + x], is_ring || is_block);
        }
}

static void finders_and_timing_are_in_place(void **state) {
    static unsigned char module[SIDE_MAX][SIDE_MAX];
    static const char *const texts[] = {"a", "https://expo.example/zh/2024/chains/clean-energy"};
    for (size_t t = 0; t < 2; t++) {
        struct buf path;
        struct errinfo info;
        uint32_t size;
        buf_init(&path, 100000);
        assert_ok(qr_path(str_of(texts[t]), &path, &size, &info), &info);
        assert_in_range(size, 21, SIDE_MAX);
        assert_int_equal((size - 17) % 4, 0);
        draw(buf_str(&path), module);
        assert_finder(module, 0, 0);
        assert_finder(module, 0, size - 7);
        assert_finder(module, size - 7, 0);
        for (uint32_t x = 8; x < size - 8; x++)
            assert_int_equal(module[6][x], x % 2 == 0);
        buf_release(&path);
    }
}

static void what_no_code_can_hold_is_refused_in_words(void **state) {
    char text[QR_BYTES_MAX + 1];
    struct buf path;
    struct errinfo info;
    uint32_t size;
    memset(text, 'x', sizeof(text));
    buf_init(&path, 1 << 20);
    assert_ok(qr_path((struct str){text, QR_BYTES_MAX}, &path, &size, &info), &info);
    assert_int_equal(qr_path((struct str){text, QR_BYTES_MAX + 1}, &path, &size, &info), ERR_LIMIT);
    assert_int_equal(qr_path(STR(""), &path, &size, &info), ERR_INPUT);
    assert_int_equal(qr_path(STR("a\0b"), &path, &size, &info), ERR_INPUT);
    buf_release(&path);
    buf_init(&path, 10);
    assert_int_equal(qr_path(STR("a"), &path, &size, &info), ERR_LIMIT);
    buf_release(&path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finders_and_timing_are_in_place),
        cmocka_unit_test(what_no_code_can_hold_is_refused_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
