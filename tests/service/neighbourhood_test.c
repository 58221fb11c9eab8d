/* Neighbourhoods of every exhibitor of the sample, against the chain engine's neighbours. */
#include "service/neighbourhood.h"

#include "base/mem.h"
#include "edition_view.h"
#include "engine/chain/chain_ask.h"

static int setup(void **state) {
    return edition_view_open(state, "2025");
}

static struct neighbourhood find(struct fixture *f, uint32_t exhibitor) {
    struct neighbourhood n;
    assert_ok(neighbourhood_find(f->view, exhibitor, &f->arena, &n, &f->info), &f->info);
    return n;
}

/* Marks the firms of a side; returns how many there are. */
static uint32_t mark(struct fixture *f, const struct neighbourhood *n, bool is_down, bool *marked) {
    const struct near_side *side = is_down ? &n->down : &n->up;
    uint32_t count = 0;
    for (uint32_t b = 0; b < side->boxes; b++) {
        struct chain_row row = near_firms(f->view, is_down, &side->box[b]);
        uint32_t firms = 0;
        for (size_t i = 0; i < row.count; i++) {
            if (!near_is_firm(n, is_down, &side->box[b], &row.at[i]))
                continue;
            firms++;
            count += !marked[row.at[i].of];
            marked[row.at[i].of] = true;
        }
        assert_int_equal(firms, side->box[b].firms);
    }
    return count;
}

static void the_firms_are_the_neighbours_of_the_chain_engine(void **state) {
    struct fixture *f = *state;
    uint32_t all = 0;
    for (uint32_t e = 0; e < f->view->exhibitors; e++) {
        struct neighbourhood n = find(f, e);
        for (int down = 0; down < 2; down++) {
            bool *marked = mem_new(f->view->exhibitors, sizeof(bool));
            struct chain_neighbours found;
            assert_ok(chain_find_neighbours(f->view->report, e, down ? CHAIN_DOWN : CHAIN_UP,
                                            CHAIN_NONE, &found, &f->info),
                      &f->info);
            assert_int_equal(mark(f, &n, down, marked), found.count);
            for (size_t i = 0; i < found.count; i++)
                assert_true(marked[found.at[i].exhibitor]);
            all += (uint32_t)found.count;
            chain_neighbours_release(&found);
            mem_free(marked);
        }
        arena_clear(&f->arena);
    }
    assert_true(all > 100);
}

static bool has_link(const struct chain_graph *graph, uint32_t input, uint32_t output,
                     uint8_t kind) {
    for (uint32_t l = 0; l < graph->links; l++)
        if (graph->input[l] == input && graph->output[l] == output && graph->kind[l] == kind)
            return true;
    return false;
}

static void lines_are_links_of_the_catalogue(void **state) {
    struct fixture *f = *state;
    uint32_t all = 0;
    for (uint32_t e = 0; e < f->view->exhibitors; e++) {
        struct neighbourhood n = find(f, e);
        for (int down = 0; down < 2; down++) {
            const struct near_side *side = down ? &n.down : &n.up;
            for (uint32_t l = 0; l < side->lines; l++) {
                const struct near_box *box = &side->box[side->line[l].box];
                uint32_t own = n.own[side->line[l].own];
                if (down && box->is_said)
                    assert_int_equal(box->node, own);
                else
                    assert_true(has_link(f->view->report->input.graph, down ? own : box->node,
                                         down ? box->node : own, side->line[l].kind));
                assert_true(side->line[l].kind >= box->kind);
            }
            all += side->lines;
        }
        arena_clear(&f->arena);
    }
    assert_true(all > 100);
}

static void boxes_stand_said_first_then_filled_then_essential(void **state) {
    struct fixture *f = *state;
    uint32_t empty = 0;
    for (uint32_t e = 0; e < f->view->exhibitors; e++) {
        struct neighbourhood n = find(f, e);
        for (int down = 0; down < 2; down++) {
            const struct near_side *side = down ? &n.down : &n.up;
            for (uint32_t b = 0; b < side->boxes; b++) {
                const struct near_box *box = &side->box[b], *before = box - 1;
                empty += box->firms == 0;
                assert_true(box->firms > 0 || box->kind == CHAIN_ESSENTIAL);
                if (b == 0 || before->is_said != box->is_said)
                    continue;
                assert_true(before->firms > 0 || box->firms == 0);
                if ((before->firms > 0) == (box->firms > 0))
                    assert_true(before->kind <= box->kind);
            }
        }
        arena_clear(&f->arena);
    }
    assert_true(empty > 0);
}

static void short_memory_is_reported(void **state) {
    struct fixture *f = *state;
    enum err e = ERR_MEMORY;
    for (size_t room = 0; e != ERR_OK; room += 1000) {
        struct arena small;
        struct neighbourhood n;
        arena_init(&small, room);
        e = neighbourhood_find(f->view, 0, &small, &n, &f->info);
        assert_true(e == ERR_OK || e == ERR_MEMORY);
        arena_release(&small);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_firms_are_the_neighbours_of_the_chain_engine),
        cmocka_unit_test(lines_are_links_of_the_catalogue),
        cmocka_unit_test(boxes_stand_said_first_then_filled_then_essential),
        cmocka_unit_test(short_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, setup, edition_view_close);
}
