/* The view of the sample's editions, and the lists and words that are drawn from it. */
#include "sample_database.h"
#include "service/lists.h"
#include "service/view.h"
#include "service/words.h"

static struct view *load(void **state, const char *edition) {
    return sample_database_view(*state, edition);
}

static void sample_opens_on_the_second_edition(void **state) {
    struct view *view = load(state, "");
    assert_str(view_this_edition(view)->code, "2024");
    assert_int_equal(view->editions, 4);
    view_free(view);
}

static void catalogue_and_sample_are_complete_in_the_view(void **state) {
    /* Rows as the READMEs of data/catalogue and data/sample count them. */
    static const char *const editions[] = {"2023", "2024", "2025", "2026"};
    uint32_t exhibits = 0, programme = 0, pavilions = 0, figures = 0;
    for (int i = 0; i < 4; i++) {
        struct view *view = load(state, editions[i]);
        assert_int_equal(view->nodes, 337);
        assert_int_equal(view->chains, 7);
        assert_int_equal(view->scenarios, 10);
        assert_int_equal(view->organisations, 193);
        exhibits += view->exhibits;
        programme += view->programmes;
        pavilions += view->pavilions;
        figures += view->figures;
        view_free(view);
    }
    assert_int_equal(exhibits, 108);
    assert_int_equal(programme, 56);
    assert_int_equal(pavilions, 35);
    assert_int_equal(figures, 149);
}

static void partners_point_to_leads_of_the_same_edition(void **state) {
    struct view *view = load(state, "2025");
    uint32_t partners = 0;
    for (uint32_t e = 0; e < view->exhibitors; e++) {
        uint32_t lead = view->exhibitor[e].lead;
        if (lead == VIEW_NONE)
            continue;
        partners++;
        assert_true(lead < view->exhibitors && lead != e);
        assert_true(view->exhibitor[lead].partners > 0);
        assert_int_equal(view->exhibitor[lead].lead, VIEW_NONE);
    }
    assert_true(partners > 10);
    view_free(view);
}

static void published_exhibitors_of_2024_are_the_exact_620(void **state) {
    struct view *view = load(state, "2024");
    const struct view_figure *figure = view_contracted(view);
    assert_non_null(figure);
    assert_str(figure->value, "620");
    assert_str(figure->qualifier, "exact");
    view_free(view);
}

static void unknown_edition_names_those_that_exist(void **state) {
    struct sample_database *f = *state;
    struct view *view;
    struct errinfo info;
    char words[1200];
    assert_int_equal(view_load(f->reader, STR("1887"), NULL, &view, &info), ERR_NOT_FOUND);
    err_format(&info, words, sizeof(words));
    assert_non_null(strstr(words, "1887"));
    assert_non_null(strstr(words, "2024"));
}

static void gaps_of_a_partial_register_are_not_stated(void **state) {
    struct view *view = load(state, "2024");
    struct buf out;
    buf_init(&out, 4096);
    words_certainty(view, view->report->gap[0].state, &out);
    char expected[128];
    snprintf(expected, sizeof(expected), "not in the register (%u of 620 exhibitors known)",
             view->exhibitors);
    assert_str(buf_str(&out), expected);
    buf_release(&out);
    view_free(view);
}

static void lists_have_whole_rows(void **state) {
    struct view *view = load(state, "2024");
    struct list list;
    struct errinfo info;
    list_init(&list);
    lists_chains(view, &list);
    assert_false(list.failed);
    assert_int_equal(list.cells.len, 7 * (size_t)list.columns);
    list_release(&list);

    list_init(&list);
    lists_exhibitors(view, NULL, 0, &list);
    assert_int_equal(list.cells.len, view->exhibitors * (size_t)list.columns);
    list_release(&list);

    list_init(&list);
    assert_ok(lists_gaps(view, VIEW_NONE, &list, &info), &info);
    assert_true(list.cells.len > 0);
    assert_int_equal(list.cells.len % list.columns, 0);
    list_release(&list);

    for (int table = 0; table < LISTS_CATALOGUE_TABLES; table++) {
        list_init(&list);
        lists_catalogue(view, (enum lists_catalogue)table, &list);
        assert_true(list.columns > 1 && list.cells.len > 0);
        assert_int_equal(list.cells.len % list.columns, 0);
        assert_true(
            str_ends(str_of(lists_catalogue_file((enum lists_catalogue)table)), STR(".csv")));
        list_release(&list);
    }
    view_free(view);
}

static void every_code_has_its_word(void **state) {
    for (int kind = 0; kind < CHAIN_GAP_KINDS; kind++) {
        assert_string_not_equal(words_gap((enum chain_gap_kind)kind), "unknown");
        assert_string_not_equal(words_gap_code((enum chain_gap_kind)kind), "unknown");
        assert_null(strchr(words_gap_code((enum chain_gap_kind)kind), ' '));
    }
    for (int role = 0; role < CHAIN_ROLES; role++)
        assert_string_not_equal(words_role((enum chain_role)role), "unknown");
    for (int link = 0; link < CHAIN_LINK_KINDS; link++)
        assert_string_not_equal(words_link((enum chain_link_kind)link), "unknown");
}

static void failed_allocation_while_loading_is_reported(void **state) {
    struct sample_database *f = *state;
    struct view *view = NULL;
    /* Each step would load the sample some thousand times; a widening stride meets every part. */
    for (long allowed = 0; allowed < 400; allowed += 1 + allowed / 8) {
        mem_fail_after(allowed);
        enum err code = view_load(f->reader, STR("2024"), NULL, &view, NULL);
        mem_fail_after(-1);
        if (code == ERR_OK)
            view_free(view);
        else
            assert_int_equal(code, ERR_MEMORY);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sample_opens_on_the_second_edition),
        cmocka_unit_test(catalogue_and_sample_are_complete_in_the_view),
        cmocka_unit_test(partners_point_to_leads_of_the_same_edition),
        cmocka_unit_test(published_exhibitors_of_2024_are_the_exact_620),
        cmocka_unit_test(unknown_edition_names_those_that_exist),
        cmocka_unit_test(gaps_of_a_partial_register_are_not_stated),
        cmocka_unit_test(lists_have_whole_rows),
        cmocka_unit_test(every_code_has_its_word),
        cmocka_unit_test(failed_allocation_while_loading_is_reported),
    };
    return cmocka_run_group_tests(tests, sample_database_setup, sample_database_teardown);
}
