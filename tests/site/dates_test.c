/* Days as people write them, in both languages. */
#include "site/dates.h"

#include "unit.h"

enum { ARENA_MAX = 1 << 20, PAGE_MAX = 1 << 16 };

static const struct {
    const char *first, *last, *en, *zh;
} cases[] = {
    {"2024-11-26", "2024-11-30", "26–30 November 2024", "2024年11月26日至30日"},
    {"2023-11-28", "2023-12-02", "28 November – 2 December 2023", "2023年11月28日至12月2日"},
    {"2025-12-30", "2026-01-03", "30 December 2025 – 3 January 2026",
     "2025年12月30日至2026年1月3日"},
    {"2024-11-26", "2024-11-26", "26 November 2024", "2024年11月26日"},
    {"2024-05-01", "", "1 May 2024", "2024年5月1日"},
    {"autumn", "", "autumn", "autumn"},
    {"2024-13-01", "2024-13-02", "2024-13-01 – 2024-13-02", "2024-13-01 – 2024-13-02"},
};

static void days_are_written_as_the_language_does(void **state) {
    struct arena arena;
    arena_init(&arena, ARENA_MAX);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct page en = {.arena = &arena, .lang = LANG_EN},
                    zh = {.arena = &arena, .lang = LANG_ZH};
        struct str first = str_of(cases[i].first), last = str_of(cases[i].last);
        assert_str(dates_text(&en, first, last), cases[i].en);
        assert_str(dates_text(&zh, first, last), cases[i].zh);
    }
    arena_release(&arena);
}

static void the_machine_finds_the_day(void **state) {
    struct arena arena;
    struct buf out;
    arena_init(&arena, ARENA_MAX);
    buf_init(&out, PAGE_MAX);
    struct page page = {.arena = &arena, .out = &out, .lang = LANG_EN};
    dates_write(&page, STR("2024-11-26"), STR("2024-11-30"));
    dates_write(&page, STR(""), STR(""));
    assert_str(buf_str(&out), "<time datetime=\"2024-11-26\">26–30 November 2024</time>");
    buf_release(&out);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_written_as_the_language_does),
        cmocka_unit_test(the_machine_finds_the_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
