#include "edit_fixture.h"

#include "service/gap_board.h"
#include "service/view.h"

struct board_fixture {
    struct edit_fixture *edit;
    struct edit_expo expo;
    struct view *view;
    struct gap_board board;
};

static struct access area_manager(int64_t chain) {
    return (struct access){.account_id = 1,
                           .grant_count = 1,
                           .grants = {{.role = ROLE_AREA_MANAGER, .chain_id = chain}}};
}

/* A chain cell -> pack where nobody offers the cell; X offered it a year before. */
static int board_setup(void **state) {
    static struct board_fixture b;
    void *edit;
    edit_setup(&edit);
    b = (struct board_fixture){.edit = edit};
    b.expo = edit_make_expo(b.edit);
    struct edit_expo x = b.expo;
    edit_ok(b.edit,
            "[{'op':'create','table':'link','values':{'input_id':%lld,'output_id':%lld,'kind':"
            "'essential'}},"
            "{'op':'create','table':'chain_node','values':{'chain_id':%lld,'node_id':%lld,'role':"
            "'core','stage':'upstream'}},"
            "{'op':'create','table':'chain_node','values':{'chain_id':%lld,'node_id':%lld,'role':"
            "'core','stage':'downstream','final':true}},"
            "{'op':'create','table':'organisation','id':'$x','values':{'name_en':'X','name_zh':"
            "'埃克斯'}},"
            "{'op':'create','table':'exhibitor','id':'$e','values':{'edition_id':%lld,"
            "'organisation_id':'$x'}},"
            "{'op':'create','table':'statement','values':{'exhibitor_id':'$e','node_id':%lld,"
            "'side':'offer','basis':'declared'}}]",
            LL(x.input), LL(x.output), LL(x.chain), LL(x.input), LL(x.chain), LL(x.output),
            LL(x.first), LL(x.input));
    *state = &b;
    return 0;
}

static int board_teardown(void **state) {
    struct board_fixture *b = *state;
    void *edit = b->edit;
    view_free(b->view);
    return edit_teardown(&edit);
}

static void load(struct board_fixture *b, const struct access *access, bool cases_only) {
    struct edit_fixture *f = b->edit;
    struct gap_board_query query = {.chain = VIEW_NONE, .cases_only = cases_only, .suggestions = 5};
    view_free(b->view);
    assert_ok(view_load(store_reader_of(f->store), STR("2025"), NULL, &b->view, &f->info),
              &f->info);
    assert_ok(gap_board_load(store_reader_of(f->store), b->view, access, &query, &f->arena,
                             &b->board, &f->info),
              &f->info);
}

static const struct gap_board_row *row_of(const struct board_fixture *b, int64_t node,
                                          enum chain_gap_kind kind) {
    for (uint32_t i = 0; i < b->board.count; i++)
        if (b->view->node[b->board.rows[i].node].id == node && b->board.rows[i].kind == kind)
            return &b->board.rows[i];
    return NULL;
}

/* Takes up the gap of the cell with X as candidate; returns the case. */
static int64_t take_up(struct board_fixture *b, int64_t organisation) {
    edit_ok(b->edit,
            "[{'op':'create','table':'gap_case','id':'$c','values':{'edition_id':%lld,'chain_id':"
            "%lld,'node_id':%lld,'kind':'no-exhibitor','state':'to-invite','note':'ask at once'}},"
            "{'op':'create','table':'gap_candidate','values':{'gap_case_id':'$c',"
            "'organisation_id':%lld,'state':'invited','note':'phoned'}}]",
            LL(b->expo.second), LL(b->expo.chain), LL(b->expo.input), LL(organisation));
    return edit_made(b->edit, 0);
}

static void a_gap_shows_who_could_fill_it_and_who_works_on_it(void **state) {
    struct board_fixture *b = *state;
    struct access all = access_local();
    load(b, &all, false);
    const struct gap_board_row *row = row_of(b, b->expo.input, CHAIN_GAP_NO_EXHIBITOR);
    assert_non_null(row);
    assert_int_equal(row->case_id, 0);
    assert_int_equal(row->candidate_count, 1);
    assert_int_equal(row->candidates[0].id, 0);
    assert_str(row->candidates[0].why_en, "offered it at the edition of 2024");
    assert_str(row->candidates[0].why_zh, "2024 届曾提供");
    int64_t organisation = row->candidates[0].organisation_id;
    int64_t id = take_up(b, organisation);
    load(b, &all, true);
    assert_int_equal(b->board.count, 1);
    row = row_of(b, b->expo.input, CHAIN_GAP_NO_EXHIBITOR);
    assert_int_equal(row->case_id, id);
    assert_int_equal(row->work, CASE_TO_INVITE);
    assert_str(row->note, "ask at once");
    assert_int_equal(row->candidate_count, 1);
    assert_int_equal(row->candidates[0].state, CASE_INVITED);
    assert_str(row->candidates[0].note, "phoned");
    assert_true(row->candidates[0].why_en.len > 0);
}

static void a_case_whose_gap_has_gone_is_told_as_closed(void **state) {
    struct board_fixture *b = *state;
    struct access all = access_local();
    take_up(b, 1);
    edit_ok(b->edit,
            "[{'op':'create','table':'exhibitor','id':'$e','values':{'edition_id':%lld,"
            "'organisation_id':1}},{'op':'create','table':'statement','values':{'exhibitor_id':"
            "'$e','node_id':%lld,'side':'offer','basis':'confirmed'}}]",
            LL(b->expo.second), LL(b->expo.input));
    load(b, &all, false);
    const struct gap_board_row *row = row_of(b, b->expo.input, CHAIN_GAP_NO_EXHIBITOR);
    assert_non_null(row);
    assert_int_equal(row->state, CHAIN_GAP_ABSENT);
    assert_int_equal(b->board.closed, 1);
    assert_true(row->candidates[0].exhibits);
}

static void others_chains_are_not_on_the_board(void **state) {
    struct board_fixture *b = *state;
    struct access mine = area_manager(b->expo.chain), other = area_manager(b->expo.chain + 1);
    load(b, &mine, false);
    assert_true(b->board.count > 0);
    load(b, &other, false);
    assert_int_equal(b->board.count, 0);
    struct access pavilion = {.account_id = 1,
                              .grant_count = 1,
                              .grants = {{.role = ROLE_PAVILION_MANAGER, .pavilion_id = 1}}};
    struct gap_board_query query = {.chain = VIEW_NONE};
    assert_int_equal(gap_board_load(store_reader_of(b->edit->store), b->view, &pavilion, &query,
                                    &b->edit->arena, &b->board, &b->edit->info),
                     ERR_DENIED);
}

static void the_invitations_are_those_still_to_do(void **state) {
    struct board_fixture *b = *state;
    struct access all = access_local();
    struct list list;
    struct buf out;
    int64_t id = take_up(b, 1);
    load(b, &all, true);
    list_init(&list);
    buf_init(&out, 1 << 20);
    gap_board_invitations(b->view, &b->board, LANG_ZH, &list);
    assert_ok(list_write(&list, LIST_CSV, &out, &b->edit->info), &b->edit->info);
    assert_true(str_find(buf_str(&out), STR("埃克斯")) != SIZE_MAX);
    assert_true(str_find(buf_str(&out), STR("已邀请")) != SIZE_MAX);
    list_release(&list);
    edit_ok(b->edit, "[{'op':'update','table':'gap_case','id':%lld,'values':{'state':'given-up'}}]",
            LL(id));
    load(b, &all, true);
    list_init(&list);
    buf_clear(&out);
    gap_board_invitations(b->view, &b->board, LANG_EN, &list);
    assert_ok(list_write(&list, LIST_CSV, &out, &b->edit->info), &b->edit->info);
    assert_true(str_find(buf_str(&out), STR("X")) == SIZE_MAX);
    list_release(&list);
    buf_release(&out);
}

static void lack_of_memory_is_told(void **state) {
    struct board_fixture *b = *state;
    struct access all = access_local();
    struct gap_board_query query = {.chain = VIEW_NONE, .suggestions = 5};
    enum err code = ERR_MEMORY;
    take_up(b, 1);
    load(b, &all, false);
    for (long n = 0; code == ERR_MEMORY && n < 10000; n++) {
        struct arena arena;
        arena_init(&arena, 64 << 20);
        mem_fail_after(n);
        code = gap_board_load(store_reader_of(b->edit->store), b->view, &all, &query, &arena,
                              &b->board, &b->edit->info);
        mem_fail_after(-1);
        arena_release(&arena);
    }
    assert_int_equal(code, ERR_OK);
}

int main(void) {
#define BOARD_TEST(name) cmocka_unit_test_setup_teardown(name, board_setup, board_teardown)
    const struct CMUnitTest tests[] = {
        BOARD_TEST(a_gap_shows_who_could_fill_it_and_who_works_on_it),
        BOARD_TEST(a_case_whose_gap_has_gone_is_told_as_closed),
        BOARD_TEST(others_chains_are_not_on_the_board),
        BOARD_TEST(the_invitations_are_those_still_to_do),
        BOARD_TEST(lack_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
