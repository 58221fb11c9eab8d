/* Writing a row by its table of fields: as JSON, with a choice, and as cells. */
#include "api/field.h"

#include "base/mem.h"
#include "unit.h"

struct thing {
    struct str name, note, kind, day, words;
    int64_t size;
    uint32_t count;
    bool is_new;
    double share;
    const struct thing *other;
};

static struct api_value third_of_size(struct api_scope *scope, const void *row) {
    const struct thing *t = row;
    return t->size > 0 ? api_number((double)t->size / 3) : api_null();
}

static const struct str listed[] = {{"x", 1}, {"y z", 3}};

static struct api_texts two_texts(struct api_scope *scope, const void *row) {
    return (struct api_texts){listed, 2};
}

static const void *itself(struct api_scope *scope, const void *row) {
    return ((const struct thing *)row)->other;
}

static const struct api_field key_fields[] = {API_KEY_AT(thing, name, "Name")};
static const struct api_record key = {
    .name = "Key", .field = key_fields, .fields = API_COUNT(key_fields), .table = "things"};

static struct api_rows others(struct api_scope *scope, const void *row) {
    const struct thing *t = row;
    return (struct api_rows){.at = &t->other, .count = t->other != NULL}; /* by pointers */
}

static const struct api_field fields[] = {
    API_KEY_AT(thing, name, "Name"),
    API_TEXT_AT(thing, note, "Note"),
    API_CODE_AT(thing, kind, &kind_size, "Kind"),
    API_DATE_AT(thing, day, "Day"),
    API_SPLIT_AT(thing, words, ';', "Words"),
    API_I64_AS("size_m2", thing, size, true, "Size"),
    API_I64_AS("size_or_0", thing, size, false, "Size"),
    API_U32_AS("count", thing, count, "Count"),
    API_BOOL_AT(thing, is_new, "Whether it is new"),
    API_DOUBLE_AT(thing, share, "Share"),
    API_VALUE("third", API_NUMBER, true, third_of_size, "A third"),
    API_TEXTS_OF("texts", two_texts, "Texts"),
};
static const struct api_field more_fields[] = {
    API_ONE_AT(thing, other, &key, true, "Another one"),
    API_ONE("same", &key, true, itself, "Another one"),
    API_MANY("others", &key, others, "Others"),
};
static const struct api_record base = {
    .name = "Base", .field = fields, .fields = API_COUNT(fields)};
static const struct api_record record = {
    .name = "Thing", .base = &base, .field = more_fields, .fields = API_COUNT(more_fields)};

static const struct thing empty = {.name = {"e", 1}};
static const struct thing full = {
    .name = {"f\"", 2},
    .note = {"\xFF", 1},
    .kind = {"large", 5},
    .day = {"2024-11-26", 10},
    .words = {" a ;; b;", 8},
    .size = 10,
    .count = 3,
    .is_new = true,
    .share = 0.1 + 0.2,
    .other = &empty,
};

static void assert_written(const struct thing *thing, uint64_t chosen, const char *expected) {
    struct api_scope scope = {0};
    struct json_out json;
    struct buf out;
    buf_init(&out, 1 << 16);
    json_init(&json, &out);
    api_write_row(&json, &scope, &record, thing, chosen);
    assert_str(buf_str(&out), expected);
    buf_release(&out);
}

static void what_is_empty_is_null_or_an_empty_list(void **state) {
    assert_written(&empty, API_ALL_FIELDS,
                   "{\"name\":\"e\",\"note\":null,\"kind\":null,\"day\":null,\"words\":[],"
                   "\"size_m2\":null,\"size_or_0\":0,\"count\":0,\"is_new\":false,\"share\":0,"
                   "\"third\":null,\"texts\":[\"x\",\"y z\"],\"other\":null,\"same\":null,"
                   "\"others\":[]}");
}

static void values_are_written_by_their_types(void **state) {
    assert_written(&full, API_ALL_FIELDS,
                   "{\"name\":\"f\\\"\",\"note\":\"\xEF\xBF\xBD\",\"kind\":\"large\","
                   "\"day\":\"2024-11-26\",\"words\":[\"a\",\"b\"],\"size_m2\":10,"
                   "\"size_or_0\":10,\"count\":3,\"is_new\":true,\"share\":0.3,"
                   "\"third\":3.333333,\"texts\":[\"x\",\"y z\"],\"other\":{\"name\":\"e\"},"
                   "\"same\":{\"name\":\"e\"},\"others\":[{\"name\":\"e\"}]}");
}

static void only_what_is_chosen_is_written(void **state) {
    assert_written(&full, 1 << 0 | 1 << 7 | 1 << 12,
                   "{\"name\":\"f\\\"\",\"count\":3,\"other\":{\"name\":\"e\"}}");
    assert_written(&full, 0, "{}");
}

static void a_code_that_its_list_has_not_is_not_known(void **state) {
    struct thing odd = full;
    odd.kind = STR("gigantic");
    assert_written(&odd, 1 << 2, "{\"kind\":null}");
}

static void cells_hold_values_joined_texts_and_keys(void **state) {
    struct errinfo info;
    struct arena arena;
    arena_init(&arena, 1 << 16);
    struct api_scope scope = {.arena = &arena, .info = &info};
    assert_str(api_cell(&scope, &fields[4], &full).text, "a; b");
    assert_true(api_cell(&scope, &fields[4], &empty).is_null);
    assert_int_equal(api_cell(&scope, &fields[5], &full).integer, 10);
    assert_str(api_cell(&scope, &more_fields[0], &full).text, "e");
    assert_true(api_cell(&scope, &more_fields[0], &empty).is_null);
    assert_int_equal(api_cell_type(&fields[4]), API_TEXT);
    assert_int_equal(api_cell_type(&more_fields[0]), API_KEY);
    assert_int_equal(scope.failed, ERR_OK);
    mem_fail_after(0);
    (void)api_cell(&scope, &fields[11], &full);
    mem_fail_after(-1);
    assert_int_equal(scope.failed, ERR_MEMORY);
    arena_release(&arena);
}

static void fields_of_the_base_come_first(void **state) {
    assert_int_equal(api_record_fields(&record), API_COUNT(fields) + API_COUNT(more_fields));
    assert_int_equal(api_record_find(&record, STR("name")), 0);
    assert_int_equal(api_record_find(&record, STR("others")), API_COUNT(fields) + 2);
    assert_int_equal(api_record_find(&record, STR("nothing")), API_FIELDS_MAX);
    assert_ptr_equal(api_record_field(&record, API_COUNT(fields)), &more_fields[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_empty_is_null_or_an_empty_list),
        cmocka_unit_test(values_are_written_by_their_types),
        cmocka_unit_test(only_what_is_chosen_is_written),
        cmocka_unit_test(a_code_that_its_list_has_not_is_not_known),
        cmocka_unit_test(cells_hold_values_joined_texts_and_keys),
        cmocka_unit_test(fields_of_the_base_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
