#include "edit_fixture.h"

#include "service/edit_effect.h"

static const struct json_value *preview(struct edit_fixture *f, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The effect of a request on 2025, which is taken back. */
static const struct json_value *preview(struct edit_fixture *f, const char *format, ...) {
    char text[2000];
    va_list args;
    const struct json_value *json, *effect;
    struct edit_request request;
    struct edit_outcome outcome;
    struct json_out j;
    struct buf out;
    int64_t batch;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    for (char *c = text; *c != '\0'; c++)
        *c = *c == '\'' ? '"' : *c;
    struct str copy = arena_copy(&f->arena, str_of(text));
    assert_ok(json_read(copy, NULL, &f->arena, &json, &f->info), &f->info);
    assert_ok(edit_request_read(json, &f->arena, &request, &f->info), &f->info);
    edit_outcome_init(&outcome);
    buf_init(&out, 1 << 20);
    json_init(&j, &out);
    struct store_batch b = {.kind = "edit", .actor = STR("Li"), .note = STR("preview")};
    assert_ok(store_begin(f->store, &b, &batch, &f->info), &f->info);
    assert_ok(edit_preview(f->store, &f->access, &request, STR("2025"), NULL, NULL, &outcome, &j,
                           &f->info),
              &f->info);
    store_rollback(f->store);
    copy = arena_copy(&f->arena, buf_str(&out));
    assert_ok(json_read(copy, NULL, &f->arena, &effect, &f->info), &f->info);
    edit_outcome_release(&outcome);
    buf_release(&out);
    return effect;
}

static struct edit_expo make_chain(struct edit_fixture *f) {
    struct edit_expo x = edit_make_expo(f);
    edit_ok(f,
            "[{'op':'create','table':'link','values':{'input_id':%lld,'output_id':%lld,'kind':"
            "'essential'}},"
            "{'op':'create','table':'chain_node','values':{'chain_id':%lld,'node_id':%lld,'role':"
            "'core','stage':'upstream'}},"
            "{'op':'create','table':'chain_node','values':{'chain_id':%lld,'node_id':%lld,'role':"
            "'core','stage':'downstream','final':true}},"
            "{'op':'create','table':'organisation','id':'$o','values':{'name_en':'X'}},"
            "{'op':'create','table':'exhibitor','id':'$e','values':{'edition_id':%lld,"
            "'organisation_id':'$o'}}]",
            LL(x.input), LL(x.output), LL(x.chain), LL(x.input), LL(x.chain), LL(x.output),
            LL(x.second));
    return x;
}

static int64_t at(const struct json_value *object, const char *key, uint32_t half) {
    const struct json_value *value =
        json_get(json_get(object, half == 0 ? "before" : "after"), key);
    assert_non_null(value);
    return value->integer;
}

static void an_offer_closes_a_gap(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = make_chain(f);
    const struct json_value *effect =
        preview(f,
                "[{'op':'create','table':'statement','values':{'exhibitor_id':1,'node_id':%lld,"
                "'side':'offer','basis':'declared'}}]",
                LL(x.input));
    const struct json_value *chain = &json_get(effect, "chains")->items[0];
    assert_int_equal(at(chain, "offered", 0), 0);
    assert_int_equal(at(chain, "offered", 1), 1);
    assert_int_equal(at(chain, "no_exhibitor", 0), 2);
    assert_int_equal(at(chain, "no_exhibitor", 1), 1);
    assert_true(json_get(effect, "gaps_closed")->integer >= 1);
    bool closed = false;
    const struct json_value *gaps = json_get(effect, "gaps");
    for (uint32_t i = 0; i < gaps->count; i++)
        closed = closed || (!json_get(&gaps->items[i], "opened")->boolean &&
                            str_equal_c(json_get(&gaps->items[i], "kind")->text, "no-exhibitor"));
    assert_true(closed);
    assert_int_equal(json_get(effect, "moved")->count, 0);
}

static void a_stage_moves_and_a_circle_is_told(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = make_chain(f);
    const struct json_value *effect =
        preview(f,
                "[{'op':'update','table':'chain_node','id':1,'values':{'stage':'midstream'}},"
                "{'op':'create','table':'link','values':{'input_id':%lld,'output_id':%lld,'kind':"
                "'essential'}}]",
                LL(x.output), LL(x.input));
    const struct json_value *moved = json_get(effect, "moved");
    assert_int_equal(moved->count, 1);
    assert_str(json_get(&moved->items[0], "stage")->items[0].text, "upstream");
    assert_str(json_get(&moved->items[0], "stage")->items[1].text, "midstream");
    bool circle = false;
    const struct json_value *findings = json_get(effect, "findings");
    for (uint32_t i = 0; i < findings->count; i++)
        circle =
            circle ||
            (json_get(&findings->items[i], "new")->boolean &&
             str_find(json_get(&findings->items[i], "message")->text, STR("circle")) != SIZE_MAX &&
             str_find(json_get(&findings->items[i], "message_zh")->text, STR("形成循环： bat")) !=
                 SIZE_MAX);
    assert_true(circle);
}

static void what_changes_no_chain_has_no_effect(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = make_chain(f);
    const struct json_value *effect = preview(
        f, "[{'op':'update','table':'node','id':%lld,'values':{'name_zh':'电芯'}}]", LL(x.input));
    assert_int_equal(json_get(effect, "chains")->count, 0);
    assert_int_equal(json_get(effect, "gaps")->count, 0);
    assert_int_equal(json_get(effect, "findings")->count, 0);
    assert_int_equal(json_get(effect, "scenarios")->count, 0);
}

static void a_new_scenario_stands_beside_nothing(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = make_chain(f);
    const struct json_value *effect = preview(
        f,
        "[{'op':'create','table':'scenario','id':'$s','values':{'code':'car','name_en':'Car'}},"
        "{'op':'create','table':'scenario_part','values':{'scenario_id':'$s','node_id':%lld,"
        "'part_en':'Pack'}}]",
        LL(x.output));
    const struct json_value *scenario = &json_get(effect, "scenarios")->items[0];
    assert_int_equal(json_get(scenario, "before")->kind, JSON_KIND_NULL);
    assert_int_equal(at(scenario, "parts", 1), 1);
    assert_int_equal(at(scenario, "missing", 1), 1);
}

int main(void) {
#define EDIT_TEST(name) cmocka_unit_test_setup_teardown(name, edit_setup, edit_teardown)
    const struct CMUnitTest tests[] = {
        EDIT_TEST(an_offer_closes_a_gap),
        EDIT_TEST(a_stage_moves_and_a_circle_is_told),
        EDIT_TEST(what_changes_no_chain_has_no_effect),
        EDIT_TEST(a_new_scenario_stands_beside_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
