/* The directory of the sample's second edition: order by language, filters alone and together. */
#include "service/directory.h"

#include "base/mem.h"
#include "database.h"
#include "model/kinds.h"
#include "service/snapshot.h"

struct fixture {
    struct database sample;
    struct snapshots *snapshots;
    struct snapshot *snapshot;
    const struct view *view;
    const struct directory *directory;
    struct arena arena;
    struct errinfo info;
};

static int setup(void **state) {
    static struct fixture f;
    database_create_sample(&f.sample);
    assert_ok(snapshots_new(f.sample.path, &f.snapshots, &f.info), &f.info);
    assert_ok(snapshots_get(f.snapshots, STR("2024"), &f.snapshot, &f.info), &f.info);
    f.view = snapshot_view(f.snapshot);
    assert_ok(snapshot_directory(f.snapshot, &f.directory, &f.info), &f.info);
    arena_init(&f.arena, 1 << 20);
    *state = &f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    arena_release(&f->arena);
    snapshots_put(f->snapshots, f->snapshot);
    snapshots_free(f->snapshots);
    database_remove(&f->sample);
    return 0;
}

struct asked {
    enum directory_key key;
    const char *value;
};

static struct directory_filter filter_of(struct fixture *f, const struct asked *asked) {
    struct directory_filter filter;
    directory_filter_init(&filter);
    for (; asked->value != NULL; asked++)
        assert_ok(snapshot_filter_set(f->snapshot, asked->key, str_of(asked->value), &f->arena,
                                      &filter, &f->info),
                  &f->info);
    return filter;
}

static uint32_t count_taken(struct fixture *f, const struct asked *asked) {
    struct directory_filter filter = filter_of(f, asked);
    uint32_t count = 0;
    for (uint32_t e = 0; e < f->view->exhibitors; e++)
        count += directory_takes(f->view, &filter, e);
    return count;
}

static uint32_t count_one(struct fixture *f, enum directory_key key, const char *value) {
    const struct asked asked[] = {{key, value}, {0, NULL}};
    return count_taken(f, asked);
}

static bool takes_name(struct fixture *f, const struct asked *asked, const char *name) {
    struct directory_filter filter = filter_of(f, asked);
    for (uint32_t e = 0; e < f->view->exhibitors; e++)
        if (str_equal_c(view_organisation_of(f->view, e)->name_en, name))
            return directory_takes(f->view, &filter, e);
    fail_msg("the sample has no %s", name);
    return false;
}

static void everybody_meets_no_filter(void **state) {
    struct fixture *f = *state;
    const struct asked none[] = {{0, NULL}};
    assert_int_equal(count_taken(f, none), f->view->exhibitors);
    assert_true(f->view->exhibitors > 50);
}

static void values_of_a_key_part_the_exhibitors(void **state) {
    struct fixture *f = *state;
    uint32_t by_country = 0, by_area = 0, without_country = 0, without_area = 0;
    for (uint32_t c = 0; c < f->view->countries; c++) {
        struct str copy = arena_copy(&f->arena, f->view->country[c].code);
        by_country += count_one(f, DIRECTORY_COUNTRY, copy.ptr);
    }
    for (uint32_t a = 0; a < f->view->areas; a++) {
        struct str copy = arena_copy(&f->arena, f->view->area[a].code);
        uint32_t count = count_one(f, DIRECTORY_AREA, copy.ptr);
        assert_int_equal(count, f->view->area[a].exhibitors);
        by_area += count;
    }
    for (uint32_t e = 0; e < f->view->exhibitors; e++) {
        without_country += view_organisation_of(f->view, e)->country == VIEW_NONE;
        without_area += f->view->exhibitor[e].area == VIEW_NONE;
    }
    assert_int_equal(by_country + without_country, f->view->exhibitors);
    assert_int_equal(by_area + without_area, f->view->exhibitors);
    assert_int_equal(count_one(f, DIRECTORY_SEEN, "new") +
                         count_one(f, DIRECTORY_SEEN, "returning"),
                     f->view->exhibitors);
    assert_true(count_one(f, DIRECTORY_SEEN, "new") > 0);
    assert_true(count_one(f, DIRECTORY_SEEN, "returning") > 0);
}

static void chain_counts_as_the_chain_engine_does(void **state) {
    struct fixture *f = *state;
    static const char *const stages[] = {"upstream", "midstream", "downstream"};
    for (uint32_t c = 0; c < f->view->chains; c++) {
        const struct chain_summary *summary = &f->view->report->chain[c];
        struct str code = arena_copy(&f->arena, f->view->chain[c].code);
        assert_int_equal(count_one(f, DIRECTORY_CHAIN, code.ptr), summary->exhibitors);
        for (int s = 0; s < 3; s++) {
            const struct asked both[] = {
                {DIRECTORY_CHAIN, code.ptr}, {DIRECTORY_STAGE, stages[s]}, {0, NULL}};
            assert_int_equal(count_taken(f, both), summary->exhibitors_at[s]);
        }
    }
}

static void node_counts_as_the_chain_engine_does(void **state) {
    struct fixture *f = *state;
    for (uint32_t n = 0; n < f->view->nodes; n++) {
        struct str code = arena_copy(&f->arena, f->view->node[n].code);
        assert_int_equal(count_one(f, DIRECTORY_NODE, code.ptr),
                         chain_offers(&f->view->report->node[n]));
    }
}

static void words_are_found_in_any_name_whatever_case_and_accents(void **state) {
    struct fixture *f = *state;
    const struct asked words[] = {{DIRECTORY_WORDS, "  OPTECH  crystal"}, {0, NULL}};
    assert_true(takes_name(f, words, "Crystal-Optech"));
    assert_int_equal(count_taken(f, words), 1);
    assert_int_equal(count_one(f, DIRECTORY_WORDS, "T\xC3\xA9sla"), 1);
    assert_int_equal(count_one(f, DIRECTORY_WORDS, "\xE7\x89\xB9\xE6\x96\xAF\xE6\x8B\x89"), 1);
    assert_int_equal(count_one(f, DIRECTORY_WORDS, "nobody is called so"), 0);
    assert_int_equal(count_one(f, DIRECTORY_WORDS, "   "), f->view->exhibitors);
}

static void lead_takes_those_it_brought(void **state) {
    struct fixture *f = *state;
    uint32_t leads = 0;
    for (uint32_t e = 0; e < f->view->exhibitors; e++) {
        if (f->view->exhibitor[e].partners == 0)
            continue;
        struct str id =
            arena_printf(&f->arena, "%lld", (long long)view_organisation_of(f->view, e)->id);
        assert_int_equal(count_one(f, DIRECTORY_LEAD, id.ptr), f->view->exhibitor[e].partners);
        leads++;
    }
    assert_true(leads > 0);
}

static void all_filters_must_be_met(void **state) {
    struct fixture *f = *state;
    const struct asked both[] = {
        {DIRECTORY_COUNTRY, "us"}, {DIRECTORY_CHAIN, "smart-vehicle"}, {0, NULL}};
    assert_true(takes_name(f, both, "Tesla"));
    assert_true(count_taken(f, both) < count_one(f, DIRECTORY_COUNTRY, "US"));
    assert_true(count_taken(f, both) < count_one(f, DIRECTORY_CHAIN, "smart-vehicle"));
}

static void what_nobody_has_is_refused_in_words(void **state) {
    struct fixture *f = *state;
    static const struct {
        enum directory_key key;
        const char *value, *words;
    } wrong[] = {
        {DIRECTORY_CHAIN, "clean-enrgy", "no chain \"clean-enrgy\""},
        {DIRECTORY_STAGE, "top", "no stage \"top\""},
        {DIRECTORY_NODE, "x", "no node"},
        {DIRECTORY_COUNTRY, "Germany", "no country or region"},
        {DIRECTORY_REGION, "Hubei", "no region"},
        {DIRECTORY_SIZE, "huge", "no size"},
        {DIRECTORY_AREA, "", "no area"},
        {DIRECTORY_TYPE, "guest", "no exhibitor type"},
        {DIRECTORY_SEEN, "old", "new or returning"},
        {DIRECTORY_LEAD, "999999", "no lead exhibitor"},
        {DIRECTORY_LEAD, "one", "no lead exhibitor"},
        {DIRECTORY_PAVILION, "-1", "no pavilion"},
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct directory_filter filter;
        directory_filter_init(&filter);
        assert_int_equal(snapshot_filter_set(f->snapshot, wrong[i].key, str_of(wrong[i].value),
                                             &f->arena, &filter, &f->info),
                         ERR_INPUT);
        if (strstr(f->info.message, wrong[i].words) == NULL)
            fail_msg("\"%s\" does not say \"%s\"", f->info.message, wrong[i].words);
    }
}

static void names_stand_as_their_readers_sort_them(void **state) {
    struct fixture *f = *state;
    struct str before = STR("");
    /* Everybody once, in each order. */
    for (enum lang lang = 0; lang < LANGS; lang++) {
        const uint32_t *order = directory_exhibitors(f->directory, lang);
        bool *seen = mem_new(f->view->exhibitors, sizeof(bool));
        for (uint32_t i = 0; i < f->view->exhibitors; i++) {
            assert_false(seen[order[i]]);
            seen[order[i]] = true;
        }
        mem_free(seen);
    }
    /* The English order of plain ASCII names without marks is that of their letters. */
    const uint32_t *order = directory_exhibitors(f->directory, LANG_EN);
    for (uint32_t i = 0; i < f->view->exhibitors; i++) {
        struct str name = directory_name(view_organisation_of(f->view, order[i]), LANG_EN);
        if (strspn(name.ptr, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != name.len)
            continue;
        if (before.len > 0 && strcasecmp(before.ptr, name.ptr) > 0)
            fail_msg("%s stands before %s", before.ptr, name.ptr);
        before = name;
    }
    /* By pinyin: bosch (博世, bo) before tesla (特斯拉, te). */
    uint32_t bo, te;
    assert_ok(
        directory_exhibitors_until(f->directory, LANG_ZH, STR("\xE5\x8D\x9A"), 0, &bo, &f->info),
        &f->info);
    assert_ok(
        directory_exhibitors_until(f->directory, LANG_ZH, STR("\xE7\x89\xB9"), 0, &te, &f->info),
        &f->info);
    assert_true(bo < te);
}

static void letters_follow_the_order(void **state) {
    struct fixture *f = *state;
    for (enum lang lang = 0; lang < LANGS; lang++) {
        const uint32_t *order = directory_exhibitors(f->directory, lang);
        char before = '#';
        for (uint32_t i = 0; i < f->view->exhibitors; i++) {
            uint32_t organisation = f->view->exhibitor[order[i]].organisation;
            char letter = directory_letter(f->directory, lang, organisation);
            char first = directory_name(&f->view->organisation[organisation], lang).ptr[0];
            assert_true(letter >= before);
            if (lang == LANG_EN && first >= 'A' && first <= 'Z')
                assert_int_equal(letter, first);
            if (lang == LANG_ZH && first >= 'A' && first <= 'Z')
                assert_int_equal(letter, '~');
            before = letter;
        }
    }
}

static void a_place_is_found_whether_or_not_the_name_is_there(void **state) {
    struct fixture *f = *state;
    uint32_t count;
    for (enum lang lang = 0; lang < LANGS; lang++) {
        const uint32_t *order = directory_organisations(f->directory, lang);
        for (uint32_t i = 0; i < f->view->organisations; i++) {
            const struct view_organisation *o = &f->view->organisation[order[i]];
            assert_ok(directory_organisations_until(f->directory, lang, directory_name(o, lang),
                                                    o->id, &count, &f->info),
                      &f->info);
            assert_int_equal(count, i + 1);
            assert_ok(directory_organisations_until(f->directory, lang, directory_name(o, lang),
                                                    o->id - 1, &count, &f->info),
                      &f->info);
            assert_int_equal(count, i);
        }
    }
    assert_ok(directory_exhibitors_until(f->directory, LANG_EN, STR(""), 0, &count, &f->info),
              &f->info);
    assert_int_equal(count, 0);
    assert_ok(directory_exhibitors_until(f->directory, LANG_EN, STR("\xE9\xBE\x98\xE9\xBE\x98"),
                                         INT64_MAX, &count, &f->info),
              &f->info);
    assert_int_equal(count, f->view->exhibitors);
}

static void short_memory_is_reported_and_nothing_leaks(void **state) {
    struct fixture *f = *state;
    struct directory *directory;
    enum err e = ERR_MEMORY;
    for (long n = 0; e != ERR_OK; n++) {
        mem_fail_after(n);
        e = directory_new(f->view, &directory, &f->info);
        mem_fail_after(-1);
        assert_true(e == ERR_OK || e == ERR_MEMORY);
    }
    directory_free(directory);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_meets_no_filter),
        cmocka_unit_test(values_of_a_key_part_the_exhibitors),
        cmocka_unit_test(chain_counts_as_the_chain_engine_does),
        cmocka_unit_test(node_counts_as_the_chain_engine_does),
        cmocka_unit_test(words_are_found_in_any_name_whatever_case_and_accents),
        cmocka_unit_test(lead_takes_those_it_brought),
        cmocka_unit_test(all_filters_must_be_met),
        cmocka_unit_test(what_nobody_has_is_refused_in_words),
        cmocka_unit_test(names_stand_as_their_readers_sort_them),
        cmocka_unit_test(letters_follow_the_order),
        cmocka_unit_test(a_place_is_found_whether_or_not_the_name_is_there),
        cmocka_unit_test(short_memory_is_reported_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
