/* Cursors: what is written reads back, and nothing else does. */
#include "api/cursor.h"

#include "base/mem.h"
#include "unit.h"

static const struct api_cursor samples[] = {
    {{"", 0}, {"", 0}, 0, {{"", 0}, 0}},
    {{"listNodes", 9}, {"2024", 4}, UINT64_MAX, {{"", 0}, INT64_MAX}},
    {{"listExhibitors", 14}, {"2024", 4}, 7, {{"\xE7\x89\xB9\0\xFF", 5}, -3}},
};

static struct str write_cursor(const struct api_cursor *cursor, struct buf *text) {
    struct errinfo info;
    buf_clear(text);
    assert_ok(api_cursor_write(cursor, text, &info), &info);
    return buf_str(text);
}

static void what_is_written_reads_back(void **state) {
    struct arena arena;
    struct buf text;
    struct errinfo info;
    arena_init(&arena, 1 << 20);
    buf_init(&text, 1 << 16);
    for (size_t i = 0; i < API_COUNT(samples); i++) {
        struct api_cursor back;
        struct str written = write_cursor(&samples[i], &text);
        for (size_t c = 0; c < written.len; c++)
            if (strchr("+/=", written.ptr[c]) != NULL)
                fail_msg("'%c' has to be escaped in an address", written.ptr[c]);
        assert_ok(api_cursor_read(written, &arena, &back, &info), &info);
        assert_true(str_equal(back.list, samples[i].list));
        assert_true(str_equal(back.edition, samples[i].edition));
        assert_true(str_equal(back.after.text, samples[i].after.text));
        assert_int_equal(back.filters, samples[i].filters);
        assert_int_equal(back.after.id, samples[i].after.id);
    }
    buf_release(&text);
    arena_release(&arena);
}

static void any_changed_or_missing_letter_is_noticed(void **state) {
    struct arena arena;
    struct buf text;
    struct api_cursor back;
    arena_init(&arena, 1 << 20);
    buf_init(&text, 1 << 16);
    struct str written = write_cursor(&samples[2], &text);
    for (size_t len = 0; len < written.len; len++)
        assert_int_equal(api_cursor_read(str_sub(written, 0, len), &arena, &back, NULL), ERR_INPUT);
    for (size_t i = 0; i < written.len; i++) {
        char kept = text.ptr[i];
        text.ptr[i] = kept == 'A' ? 'B' : 'A';
        assert_int_equal(api_cursor_read(written, &arena, &back, NULL), ERR_INPUT);
        text.ptr[i] = '=';
        assert_int_equal(api_cursor_read(written, &arena, &back, NULL), ERR_INPUT);
        text.ptr[i] = kept;
    }
    assert_int_equal(api_cursor_read(written, &arena, &back, NULL), ERR_OK);
    buf_release(&text);
    arena_release(&arena);
}

static void a_text_too_long_is_refused_when_written(void **state) {
    struct buf text;
    char *name = mem_new(API_CURSOR_BYTES_MAX, 1);
    struct api_cursor cursor = samples[1];
    memset(name, 'a', API_CURSOR_BYTES_MAX);
    cursor.after.text = (struct str){name, API_CURSOR_BYTES_MAX};
    buf_init(&text, 1 << 16);
    assert_int_equal(api_cursor_write(&cursor, &text, NULL), ERR_LIMIT);
    mem_free(name);
    buf_release(&text);
}

static void short_memory_is_reported(void **state) {
    struct arena arena;
    struct buf text;
    struct api_cursor back;
    buf_init(&text, 1 << 16);
    struct str written = write_cursor(&samples[2], &text);
    enum err e = ERR_MEMORY;
    for (long n = 0; e != ERR_OK; n++) {
        arena_init(&arena, 1 << 20);
        mem_fail_after(n);
        e = api_cursor_read(written, &arena, &back, NULL);
        mem_fail_after(-1);
        arena_release(&arena);
        assert_true(e == ERR_OK || e == ERR_MEMORY);
    }
    buf_release(&text);
    e = ERR_MEMORY;
    for (long n = 0; e != ERR_OK; n++) {
        buf_init(&text, 1 << 16);
        mem_fail_after(n);
        e = api_cursor_write(&samples[2], &text, NULL);
        mem_fail_after(-1);
        buf_release(&text);
        assert_true(e == ERR_OK || e == ERR_MEMORY);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(any_changed_or_missing_letter_is_noticed),
        cmocka_unit_test(a_text_too_long_is_refused_when_written),
        cmocka_unit_test(short_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
