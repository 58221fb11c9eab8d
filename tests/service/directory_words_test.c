/* The directory's filter by name against a scan of all names: of the sample and generated ones. */
#include "service/directory.h"

#include "base/mem.h"
#include "base/rng.h"
#include "sample_database.h"
#include "text/fold.h"
#include "text/han.h"
#include "text/utf8.h"

enum { FIRMS = 300, QUERIES = 3000, WORDS_MAX = 3, HAN_MAX = 64, ARENA_MAX = 16 << 20 };

/* Few pieces, so that they meet often: accents, marks, apostrophes, digits, other scripts. */
static const char *const LATIN[] = {
    "Great",  "Wall", "Motor", "Müller", "Łódź",    "Crystal-Optech", "Coca-Cola", "Xi'an", "GE",
    "Health", "5G",   "N26",   "Straße", "ЭНЕРГИЯ", "Technology",     "Tech",      "Co.",   "Ltd"};
static const char *const HAN[] = {"长城", "汽车", "股份", "有限公司", "宁德", "时代",
                                  "電池", "能源", "科技", "重庆",     "厦门", "乐"};
enum { LATIN_LEN = sizeof(LATIN) / sizeof(LATIN[0]), HAN_LEN = sizeof(HAN) / sizeof(HAN[0]) };

struct fixture {
    struct sample_database *d;
    struct view *view;
    struct view_search *search;
    struct arena arena;
    struct errinfo info;
};

static void import_firms(struct sample_database *d, struct rng *rng) {
    struct import_outcome out;
    struct errinfo info;
    struct buf sheet;
    buf_init(&sheet, 1 << 20);
    buf_add_c(&sheet, "edition,name_en,name_zh,country\n");
    for (int i = 0; i < FIRMS; i++) {
        buf_add_c(&sheet, "2024,");
        for (uint32_t w = 1 + rng_below(rng, 4); w > 0; w--)
            buf_printf(&sheet, "%s ", LATIN[rng_below(rng, LATIN_LEN)]);
        buf_printf(&sheet, "%d,", i);
        for (uint32_t w = rng_below(rng, 4); w > 0; w--)
            buf_add_c(&sheet, HAN[rng_below(rng, HAN_LEN)]);
        buf_add_c(&sheet, ",CN\n");
    }
    assert_ok(buf_error(&sheet, &info), &info);
    buf_add_char(&sheet, '\0');
    assert_ok(sample_database_import(d, SHEET_EXHIBITORS, sheet.ptr, &out, &info), &info);
    import_outcome_release(&out);
    buf_release(&sheet);
}

static int setup(void **state) {
    static struct fixture f;
    struct rng rng;
    rng_init(&rng, 1);
    sample_database_setup((void **)&f.d);
    import_firms(f.d, &rng);
    f.view = sample_database_view(f.d, "2024");
    assert_true(f.view->exhibitors > FIRMS);
    assert_ok(view_search_new(f.view, NULL, &f.search, &f.info), &f.info);
    arena_init(&f.arena, ARENA_MAX);
    *state = &f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    arena_release(&f->arena);
    view_search_free(f->search);
    view_free(f->view);
    sample_database_teardown((void **)&f->d);
    return 0;
}

/* ---- the scan ---- */

/* The i-th name of an organisation, counted over all its names; false after the last. */
static bool name_at(const struct view *view, uint32_t organisation, uint32_t i, struct str *name) {
    const struct view_organisation *o = &view->organisation[organisation];
    if (i >= o->names + 2)
        return false;
    *name = i == 0   ? o->name_en
            : i == 1 ? o->name_zh
                     : view->other_name[o->name_first + i - 2].name;
    return true;
}

static bool is_han(struct str text) {
    while (text.len > 0)
        if (!han_is(utf8_next(&text)))
            return false;
    return true;
}

static bool han_stands_in(struct str name, struct str word) {
    while (name.len > 0) {
        struct str a = name, b = word;
        while (a.len > 0 && b.len > 0 &&
               han_simplify_char(utf8_next(&a)) == han_simplify_char(utf8_next(&b)))
            if (b.len == 0)
                return true;
        utf8_next(&name);
    }
    return false;
}

/* Whether a folded word stands in a folded name: Han anywhere, others where a blank or hyphen, or
 * nothing, stands before. */
static bool stands_in(struct str name, struct str word) {
    if (is_han(word))
        return han_stands_in(name, word);
    for (size_t at = 0; at + word.len <= name.len; at++)
        if ((at == 0 || name.ptr[at - 1] == ' ' || name.ptr[at - 1] == '-') &&
            str_starts(str_sub(name, at, name.len), word))
            return true;
    return false;
}

static bool scan_finds(const struct fixture *f, uint32_t organisation, const struct str *words,
                       uint32_t count) {
    struct buf folded;
    bool all = true;
    buf_init(&folded, 4096);
    for (uint32_t w = 0; w < count && all; w++) {
        struct str name;
        bool found = false;
        for (uint32_t i = 0; name_at(f->view, organisation, i, &name) && !found; i++) {
            buf_clear(&folded);
            assert_int_equal(text_fold_plain(name, &folded, NULL), ERR_OK);
            found = stands_in(buf_str(&folded), words[w]);
        }
        all = found;
    }
    buf_release(&folded);
    return all;
}

/* ---- queries ---- */

/* A part of a name as somebody may type it: the beginning of a word, or Han out of its middle. */
static struct str take_word(struct fixture *f, struct rng *rng, struct str name) {
    struct buf folded;
    struct str word = STR(""), rest, piece;
    buf_init(&folded, 4096);
    assert_int_equal(text_fold_plain(name, &folded, NULL), ERR_OK);
    rest = buf_str(&folded);
    for (uint32_t seen = 1; str_next(&rest, " ", &piece); seen++)
        if (rng_below(rng, seen) == 0)
            word = piece;
    if (is_han(word))
        for (uint32_t skip = rng_below(rng, 4); skip > 0 && word.len > 3; skip--)
            utf8_next(&word);
    rest = word;
    for (uint32_t take = 1 + rng_below(rng, 8); take > 0 && rest.len > 0; take--)
        utf8_next(&rest);
    word = arena_copy(&f->arena, str_sub(word, 0, word.len - rest.len));
    buf_release(&folded);
    return word;
}

/* Words of one organisation, at most WORDS_MAX; returns how many. */
static uint32_t take_words(struct fixture *f, struct rng *rng, struct str *words) {
    uint32_t organisation = rng_below(rng, f->view->organisations), count = 0;
    uint32_t names = f->view->organisation[organisation].names + 2;
    for (uint32_t wanted = 1 + rng_below(rng, WORDS_MAX); wanted > 0; wanted--) {
        struct str name, word;
        assert_true(name_at(f->view, organisation, rng_below(rng, names), &name));
        word = take_word(f, rng, name);
        if (word.len > 0)
            words[count++] = word;
    }
    return count;
}

static struct directory_filter ask(struct fixture *f, struct str query) {
    struct directory_filter filter;
    directory_filter_init(&filter);
    assert_ok(directory_filter_set(f->view, f->search, DIRECTORY_WORDS, query, &f->arena, &filter,
                                   &f->info),
              &f->info);
    return filter;
}

static bool finds(struct fixture *f, const char *query, const char *name_en) {
    struct directory_filter filter = ask(f, str_of(query));
    for (uint32_t i = 0; i < f->view->organisations; i++)
        if (str_equal_c(f->view->organisation[i].name_en, name_en))
            return directory_takes_organisation(f->view, &filter, i);
    fail_msg("nobody is called %s", name_en);
    return false;
}

static uint32_t count_found(struct fixture *f, const char *query) {
    struct directory_filter filter = ask(f, str_of(query));
    uint32_t count = 0;
    for (uint32_t i = 0; i < f->view->organisations; i++)
        count += directory_takes_organisation(f->view, &filter, i);
    return count;
}

/* ---- tests ---- */

/* The scan is a lower bound: the filter also reads pinyin and initials. For Han it is exact. */
static void whom_a_scan_of_all_names_finds_the_filter_finds(void **state) {
    struct fixture *f = *state;
    struct rng rng;
    uint64_t found = 0;
    rng_init(&rng, 7);
    for (int q = 0; q < QUERIES; q++) {
        struct str words[WORDS_MAX];
        uint32_t count = take_words(f, &rng, words);
        bool han = true;
        struct str query = STR("");
        for (uint32_t w = 0; w < count; w++) {
            query = arena_printf(&f->arena, "%.*s %.*s", STR_ARG(query), STR_ARG(words[w]));
            han = han && is_han(words[w]);
        }
        struct directory_filter filter = ask(f, query);
        for (uint32_t i = 0; i < f->view->organisations; i++) {
            bool expected = scan_finds(f, i, words, count);
            bool taken = directory_takes_organisation(f->view, &filter, i);
            found += taken;
            if (expected ? !taken : taken && han && count > 0)
                fail_msg("\"%.*s\" %s %.*s", STR_ARG(query), taken ? "finds" : "does not find",
                         STR_ARG(f->view->organisation[i].name_en));
        }
        arena_clear(&f->arena);
    }
    assert_true(found > QUERIES);
}

static void names_are_found_as_people_write_them(void **state) {
    struct fixture *f = *state;
    static const char *const ways[] = {"宁德", "寧德時代", "ningde",    "ning2 de2",  "ndsd",
                                       "CATL", "cat",      "catl 时代", " ningdeshi "};
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
        if (!finds(f, ways[i], "CATL"))
            fail_msg("\"%s\" does not find CATL", ways[i]);
    assert_true(finds(f, "coca cola", "Coca-Cola"));
    assert_true(finds(f, "coca-cola", "Coca-Cola"));
}

/* Neither guessed, nor by what they show, nor by a number, nor from inside a word. */
static void nobody_is_found_who_has_not_the_words_in_a_name(void **state) {
    struct fixture *f = *state;
    uint32_t organisation = 0;
    assert_false(finds(f, "telsa", "Tesla"));
    assert_false(finds(f, "tesla gigafactory", "Tesla"));
    assert_false(finds(f, "esla", "Tesla"));
    assert_int_equal(count_found(f, "no such name"), 0);
    assert_int_equal(count_found(f, "&&"), 0);
    assert_int_equal(count_found(f, "  "), f->view->organisations);
    while (f->view->organisation[organisation].exhibitor == VIEW_NONE ||
           f->view->exhibitor[f->view->organisation[organisation].exhibitor].offers_text.len == 0)
        organisation++;
    const struct view_organisation *o = &f->view->organisation[organisation];
    struct str copy = arena_copy(&f->arena, f->view->exhibitor[o->exhibitor].offers_text);
    struct directory_filter filter = ask(f, str_sub(copy, 0, copy.len < 40 ? copy.len : 40));
    assert_false(directory_takes_organisation(f->view, &filter, organisation));
}

static void too_much_to_look_for_is_refused(void **state) {
    struct fixture *f = *state;
    struct directory_filter filter;
    char text[SEARCH_QUERY_BYTES_MAX + 2] = "";
    memset(text, 'a', sizeof(text) - 1);
    directory_filter_init(&filter);
    assert_int_equal(directory_filter_set(f->view, f->search, DIRECTORY_WORDS, str_of(text),
                                          &f->arena, &filter, &f->info),
                     ERR_LIMIT);
    assert_int_equal(directory_filter_set(f->view, f->search, DIRECTORY_WORDS,
                                          STR("a b c d e f g h i j k l m n o p q"), &f->arena,
                                          &filter, &f->info),
                     ERR_LIMIT);
}

static void short_memory_is_reported(void **state) {
    struct fixture *f = *state;
    enum err e = ERR_MEMORY;
    long n = 0;
    for (; e != ERR_OK; n++) {
        struct directory_filter filter;
        directory_filter_init(&filter);
        mem_fail_after(n);
        e = directory_filter_set(f->view, f->search, DIRECTORY_WORDS, STR("great wall"), &f->arena,
                                 &filter, &f->info);
        mem_fail_after(-1);
        assert_true(e == ERR_OK || e == ERR_MEMORY);
    }
    assert_true(n > 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whom_a_scan_of_all_names_finds_the_filter_finds),
        cmocka_unit_test(names_are_found_as_people_write_them),
        cmocka_unit_test(nobody_is_found_who_has_not_the_words_in_a_name),
        cmocka_unit_test(too_much_to_look_for_is_refused),
        cmocka_unit_test(short_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
