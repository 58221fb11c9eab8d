#include "unit.h"

#include <math.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/rng.h"
#include "exchange/json_read.h"

static const struct json_value *read_ok(const char *text, struct arena *arena) {
    const struct json_value *value;
    struct errinfo info;
    assert_ok(json_read(str_of(text), NULL, arena, &value, &info), &info);
    return value;
}

static void reads_every_kind(void **state) {
    struct arena a;
    arena_init(&a, 1 << 20);
    const struct json_value *v = read_ok(
        " {\"z\": [null, true, false, -5, 0.5, 1e3], \"供\": \"\\u4f9b\\n\", \"a\": {}} ", &a);
    assert_int_equal(v->kind, JSON_KIND_OBJECT);
    assert_int_equal(v->count, 3);
    assert_str(v->keys[0], "z");
    assert_str(v->keys[2], "a");
    const struct json_value *list = json_get(v, "z");
    assert_int_equal(list->count, 6);
    assert_int_equal(list->items[0].kind, JSON_KIND_NULL);
    assert_true(list->items[1].boolean);
    assert_int_equal(list->items[2].kind, JSON_KIND_BOOL);
    assert_false(list->items[2].boolean);
    assert_int_equal(list->items[3].integer, -5);
    assert_true(list->items[3].number == -5);
    assert_int_equal(list->items[4].kind, JSON_KIND_NUMBER);
    assert_true(list->items[5].number == 1000);
    assert_str(json_get(v, "供")->text, "供\n");
    assert_int_equal(json_get(v, "a")->count, 0);
    assert_null(json_get(v, "nothing"));
    assert_null(json_get(json_get(v, "nothing"), "x"));
    assert_null(json_get(list, "x"));
    arena_release(&a);
}

static void keeps_integers_of_64_bits(void **state) {
    struct arena a;
    arena_init(&a, 1 << 20);
    const struct json_value *v = read_ok("[9223372036854775807, -9223372036854775808]", &a);
    assert_true(v->items[0].integer == INT64_MAX);
    assert_true(v->items[1].integer == INT64_MIN);
    arena_release(&a);
}

static void refuses_what_is_not_strict(void **state) {
    static const struct {
        const char *text;
        long line;
        const char *says;
    } cases[] = {
        {"{\"a\": 1,\n \"a\": 2}", 2, "duplicate"},
        {"[1, 2,]", 1, "no valid JSON"},
        {"", 1, "no valid JSON"},
        {"[1] x", 1, "no valid JSON"},
        {"['a']", 1, "no valid JSON"},
        {"[\n\n9223372036854775808]", 3, "too big"},
        {"[1e999]", 1, "overflow"},
        {"[NaN]", 1, "no valid JSON"},
        {"[\"\xff\"]", 1, "0xff"},
        {"[\"\\u0000\"]", 1, "\\u0000"},
        {"[\"\\ud800\"]", 1, "no valid JSON"},
        {"[\"a\nb\"]", 1, "no valid JSON"},
        {"[01]", 1, "no valid JSON"},
        {"\xef\xbb\xbf{}", 1, "no valid JSON"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct arena a;
        struct errinfo info;
        const struct json_value *v;
        arena_init(&a, 1 << 20);
        assert_int_equal(json_read(str_of(cases[i].text), NULL, &a, &v, &info), ERR_INPUT);
        if (strstr(info.message, cases[i].says) == NULL || info.line != cases[i].line)
            fail_msg("%s: line %ld: %s", cases[i].text, info.line, info.message);
        assert_true(info.hint[0] != '\0');
        arena_release(&a);
    }
}

static void keeps_the_limits(void **state) {
    const struct json_limits limits = {.bytes = 20, .depth = 3};
    struct arena a;
    struct errinfo info;
    const struct json_value *v;
    arena_init(&a, 1 << 20);
    assert_ok(json_read(STR("[[[]], {\"[[[\": [0]}]"), &limits, &a, &v, &info), &info);
    assert_int_equal(json_read(STR("[\n\"供\", [[[]]]]"), &limits, &a, &v, &info), ERR_LIMIT);
    assert_int_equal(info.line, 2);
    assert_int_equal(info.column, 8);
    assert_int_equal(json_read(STR("[1,2,3,4,5,6,7,8,9,10]"), &limits, &a, &v, &info), ERR_LIMIT);
    arena_release(&a);
}

/* What the writer in base/ writes is read back the same. */
static void write_random(struct json_out *j, struct rng *rng, int depth) {
    static const char *const texts[] = {"", "a", "供应链", "\"\\/\n\t\x01", "\xF0\x9F\x98\x80"};
    switch (rng_below(rng, depth > 3 ? 5 : 7)) {
    case 0:
        json_none(j);
        break;
    case 1:
        json_bool(j, rng_below(rng, 2) == 0);
        break;
    case 2:
        json_i64(j, (int64_t)rng_u64(rng) >> rng_below(rng, 64));
        break;
    case 3:
        json_double(j, ldexp(rng_unit(rng), (int)rng_below(rng, 200) - 100) + 0.1);
        break;
    case 4:
        json_text(j, str_of(texts[rng_below(rng, 5)]));
        break;
    case 5:
        json_open_list(j);
        for (uint32_t i = rng_below(rng, 4); i > 0; i--)
            write_random(j, rng, depth + 1);
        json_close_list(j);
        break;
    default:
        json_open(j);
        for (uint32_t i = rng_below(rng, 4); i > 0; i--) {
            char key[16];
            snprintf(key, sizeof(key), "k%u", i);
            json_key(j, key);
            write_random(j, rng, depth + 1);
        }
        json_close(j);
    }
}

static void write_value(struct json_out *j, const struct json_value *v) {
    switch (v->kind) {
    case JSON_KIND_NULL:
        json_none(j);
        return;
    case JSON_KIND_BOOL:
        json_bool(j, v->boolean);
        return;
    case JSON_KIND_INTEGER:
        json_i64(j, v->integer);
        return;
    case JSON_KIND_NUMBER:
        json_double(j, v->number);
        return;
    case JSON_KIND_TEXT:
        json_text(j, v->text);
        return;
    case JSON_KIND_LIST:
        json_open_list(j);
        for (uint32_t i = 0; i < v->count; i++)
            write_value(j, &v->items[i]);
        json_close_list(j);
        return;
    case JSON_KIND_OBJECT:
        json_open(j);
        for (uint32_t i = 0; i < v->count; i++) {
            json_key(j, v->keys[i].ptr);
            write_value(j, &v->items[i]);
        }
        json_close(j);
    }
}

static void reads_back_what_was_written(void **state) {
    struct rng rng;
    uint64_t seed = 5;
    print_message("# seed %llu\n", (unsigned long long)seed);
    rng_init(&rng, seed);
    struct buf text, again;
    buf_init(&text, 1 << 20);
    buf_init(&again, 1 << 20);
    for (int i = 0; i < 2000; i++) {
        struct arena a;
        struct json_out j;
        arena_init(&a, 1 << 20);
        buf_clear(&text);
        buf_clear(&again);
        json_init(&j, &text);
        write_random(&j, &rng, 0);
        const struct json_value *v = read_ok(text.ptr, &a);
        json_init(&j, &again);
        write_value(&j, v);
        assert_str(buf_str(&again), text.ptr);
        arena_release(&a);
    }
    buf_release(&text);
    buf_release(&again);
}

static void survives_missing_memory(void **state) {
    enum err code = ERR_MEMORY;
    for (long n = 0; code != ERR_OK; n++) {
        struct arena a;
        struct errinfo info;
        const struct json_value *v;
        arena_init(&a, 1 << 20);
        mem_fail_after(n);
        code = json_read(STR("{\"a\": [1, \"b\"]}"), NULL, &a, &v, &info);
        mem_fail_after(-1);
        assert_true(code == ERR_OK ? n > 0 : code == ERR_MEMORY);
        arena_release(&a);
    }
    struct arena small;
    const struct json_value *v;
    arena_init(&small, 64);
    assert_int_equal(json_read(STR("[1,2,3,4]"), NULL, &small, &v, NULL), ERR_MEMORY);
    arena_release(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_kind),
        cmocka_unit_test(keeps_integers_of_64_bits),
        cmocka_unit_test(refuses_what_is_not_strict),
        cmocka_unit_test(keeps_the_limits),
        cmocka_unit_test(reads_back_what_was_written),
        cmocka_unit_test(survives_missing_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
