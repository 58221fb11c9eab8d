/* Timetables: the best of all plans on small events, and every rule told by an example. */
#include "unit.h"

#include <string.h>

#include "base/mem.h"
#include "events.h"

enum { SEEDS = 1000 };

static struct errinfo info;

/* Against all plans
 * --------------------------------------------------------------------------------
 */

static void plans_of_small_events_are_the_best_of_all(void **state) {
    uint32_t optimal = 0, infeasible = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct event event;
        struct meet_plan plan;
        event_make(&event, seed);
        struct event_best best = event_try_all(&event.in);
        assert_ok(meet_solve(&event.in, NULL, &plan, &info), &info);
        const char *wrong = event_wrong(&event.in, &plan);
        if (wrong != NULL)
            fail_msg("seed %lu: %s", (unsigned long)seed, wrong);
        if (best.exists != (plan.status == MEET_OPTIMAL) ||
            best.exists == (plan.status == MEET_INFEASIBLE))
            fail_msg("seed %lu: status %d, and a plan %s", (unsigned long)seed, plan.status,
                     best.exists ? "exists" : "does not exist");
        if (best.exists)
            assert_int_equal(plan.breaks, best.breaks);
        assert_true(plan.placed <= best.placed);
        optimal += best.exists;
        infeasible += !best.exists;
        meet_plan_release(&plan);
    }
    assert_true(optimal > SEEDS / 4 && infeasible > SEEDS / 10);
}

static void the_judge_agrees_with_another_judge(void **state) {
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct event event;
        struct rng rng;
        uint32_t slot[EVENT_MEETINGS];
        struct meet_verdict verdict;
        event_make(&event, seed);
        rng_init(&rng, seed);
        struct meet_plan plan = {.status = MEET_FEASIBLE, .slot = slot};
        for (uint32_t m = 0; m < event.in.meetings; m++)
            slot[m] = rng_below(&rng, event.in.slots);
        plan.placed = event.in.meetings;
        assert_true(meet_judge(&event.in, slot, &verdict));
        plan.breaks = verdict.breaks;
        assert_int_equal(event_wrong(&event.in, &plan) == NULL, verdict.broken == 0);
    }
}

/* Examples ----------------------------------------------------------------------------------------
 */

/* Pairs of persons in slots of one day with so many tables. */
struct example {
    struct meet_input in;
    uint32_t tables[MEET_SLOTS_MAX], offset[64];
};

static void make(struct example *e, uint32_t slots, uint32_t tables, uint32_t persons,
                 const uint32_t *member, uint32_t meetings) {
    for (uint32_t s = 0; s < slots; s++)
        e->tables[s] = tables;
    for (uint32_t m = 0; m <= meetings; m++)
        e->offset[m] = 2 * m;
    e->in = (struct meet_input){.slots = slots,
                                .tables = e->tables,
                                .persons = persons,
                                .meetings = meetings,
                                .member_offset = e->offset,
                                .member = member,
                                .fairness = MEET_NO_FAIRNESS};
}

static struct meet_plan solve(const struct meet_input *in) {
    struct meet_plan plan;
    assert_ok(meet_solve(in, NULL, &plan, &info), &info);
    return plan;
}

static void nobody_waits_who_need_not(void **state) {
    static const uint32_t member[] = {0, 1, 0, 2, 0, 3, 1, 2};
    struct example e;
    make(&e, 4, 2, 4, member, 4);
    struct meet_plan plan = solve(&e.in);
    assert_int_equal(plan.status, MEET_OPTIMAL);
    assert_int_equal(plan.breaks, 0);
    meet_plan_release(&plan);
}

static void a_night_is_no_break(void **state) {
    static const uint32_t member[] = {0, 1, 0, 2}, day[] = {0, 0, 1, 1};
    static const uint64_t absent[] = {0, ~UINT64_C(1), ~UINT64_C(8)};
    struct example e;
    make(&e, 4, 1, 3, member, 2);
    e.in.absent = absent;
    struct meet_plan plan = solve(&e.in);
    assert_int_equal(plan.breaks, 1);
    meet_plan_release(&plan);
    e.in.day = day;
    plan = solve(&e.in);
    assert_int_equal(plan.breaks, 0);
    assert_int_equal(plan.status, MEET_OPTIMAL);
    meet_plan_release(&plan);
}

static void expect_reason(const struct meet_input *in, enum meet_reason_kind kind, uint32_t number,
                          uint32_t need, uint32_t have) {
    struct meet_plan plan = solve(in);
    assert_int_equal(plan.status, MEET_INFEASIBLE);
    assert_int_equal(plan.reason.kind, kind);
    assert_int_equal(plan.reason.number, number);
    assert_int_equal(plan.reason.need, need);
    assert_int_equal(plan.reason.have, have);
    meet_plan_release(&plan);
}

static void what_cannot_be_says_why(void **state) {
    static const uint32_t member[] = {0, 1, 0, 2, 0, 3}, before[] = {0, 1, 2}, after[] = {1, 2, 0};
    static const uint64_t absent[] = {1, 2, 0, 0};
    struct example e;
    make(&e, 2, 5, 4, member, 3);
    expect_reason(&e.in, MEET_FULL, 0, 3, 2);
    make(&e, 2, 1, 4, member, 3);
    expect_reason(&e.in, MEET_TABLES, 0, 3, 2);
    make(&e, 2, 5, 4, member, 2);
    e.in.absent = absent;
    expect_reason(&e.in, MEET_NO_SLOT, 0, 0, 0);
    make(&e, 9, 5, 4, member, 3);
    e.in.orders = 3;
    e.in.before = before;
    e.in.after = after;
    struct meet_plan plan = solve(&e.in);
    assert_int_equal(plan.reason.kind, MEET_ORDER);
    meet_plan_release(&plan);
}

static void what_can_be_placed_of_too_much_is_placed(void **state) {
    static const uint32_t member[] = {0, 1, 0, 2, 0, 3};
    struct example e;
    make(&e, 2, 5, 4, member, 3);
    struct meet_plan plan = solve(&e.in);
    assert_int_equal(plan.placed, 2);
    meet_plan_release(&plan);
}

static void the_same_seed_gives_the_same_plan(void **state) {
    struct event event;
    struct job job = {.seed = 7};
    struct meet_plan first, second;
    event_make(&event, 3);
    assert_ok(meet_solve(&event.in, &job, &first, &info), &info);
    assert_ok(meet_solve(&event.in, &job, &second, &info), &info);
    assert_memory_equal(first.slot, second.slot, event.in.meetings * sizeof(*first.slot));
    meet_plan_release(&first);
    meet_plan_release(&second);
}

/* Against the rules
 * --------------------------------------------------------------------------------
 */

static void refuse(const struct meet_input *in, const char *words) {
    struct meet_plan plan;
    enum err code = meet_solve(in, NULL, &plan, &info);
    assert_true(code == ERR_INPUT || code == ERR_LIMIT);
    if (strstr(info.message, words) == NULL)
        fail_msg("no \"%s\" in \"%s\"", words, info.message);
    assert_null(plan.slot);
}

static void what_is_against_the_rules_is_named(void **state) {
    static const uint32_t member[] = {0, 1, 2, 2}, day[] = {1, 0, 0}, self[] = {1};
    struct example e;
    make(&e, 3, 1, 3, member, 2);
    refuse(&e.in, "meeting 1 has person 2 twice");
    make(&e, 3, 1, 1, member, 1);
    refuse(&e.in, "meeting 0 names person 1 of 1");
    make(&e, 0, 1, 3, member, 1);
    refuse(&e.in, "0 slots");
    make(&e, 3, 1, 3, member, 1);
    e.offset[1] = 1;
    refuse(&e.in, "meeting 0 has fewer than two persons");
    make(&e, 3, 1, 3, member, 1);
    e.in.day = day;
    refuse(&e.in, "slot 1 is of an earlier day");
    make(&e, 3, 1, 3, member, 1);
    e.in.orders = 1;
    e.in.before = e.in.after = self;
    refuse(&e.in, "order 0 does not join two meetings");
}

static void nothing_to_do_is_done(void **state) {
    struct example e;
    make(&e, 1, 0, 0, NULL, 0);
    struct meet_plan plan = solve(&e.in);
    assert_int_equal(plan.status, MEET_OPTIMAL);
    assert_int_equal(plan.breaks, 0);
    meet_plan_release(&plan);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plans_of_small_events_are_the_best_of_all),
        cmocka_unit_test(the_judge_agrees_with_another_judge),
        cmocka_unit_test(nobody_waits_who_need_not),
        cmocka_unit_test(a_night_is_no_break),
        cmocka_unit_test(what_cannot_be_says_why),
        cmocka_unit_test(what_can_be_placed_of_too_much_is_placed),
        cmocka_unit_test(the_same_seed_gives_the_same_plan),
        cmocka_unit_test(what_is_against_the_rules_is_named),
        cmocka_unit_test(nothing_to_do_is_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
