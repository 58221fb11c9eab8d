/* Reading parameters against a route's row of the table. */
#include "api/query.h"

#include "api/codes.h"
#include "api/cursor.h"
#include "unit.h"

enum { MEMORY = 1 << 20 };

static const struct api_field fields[] = {
    API_KEY_AT(view_node, code, "Code"),
    API_TEXT_AT(view_node, name_en, "Name"),
    API_TEXT_AT(view_node, name_zh, "Name"),
};
static const struct api_record record = {
    .name = "Thing", .help = "A thing", .field = fields, .fields = API_COUNT(fields)};
static const struct api_param path = {
    .name = "id", .place = API_IN_PATH, .type = API_INTEGER, .min = 1, .max = 99};
static const struct api_param stage = {.name = "stage", .type = API_CODE, .kind = &kind_stage};
static const struct api_param words = {.name = "q", .type = API_TEXT, .bytes_max = 10};
static const struct api_param *const params[] = {&path,
                                                 &stage,
                                                 &words,
                                                 &api_param_edition,
                                                 &api_param_fields,
                                                 &api_param_limit,
                                                 &api_param_cursor,
                                                 NULL};
static const struct api_route route = {
    .id = "listThings", .path = "/things/{id}", .param = params, .record = &record};

struct asked {
    struct arena arena;
    struct http_request request;
    struct api_call call;
    struct errinfo info;
};

/* Reads "/things/ID?QUERY". */
static enum err ask(struct asked *a, const char *id, const char *query) {
    struct http_param *given;
    arena_init(&a->arena, MEMORY);
    errinfo_init(&a->info);
    a->request = (struct http_request){.arena = &a->arena, .params = {str_of(id)}};
    assert_ok(
        http_query_decode(&a->arena, str_of(query), &given, &a->request.query_count, &a->info),
        &a->info);
    a->request.query = given;
    a->call = (struct api_call){
        .route = &route, .request = &a->request, .scope = {.arena = &a->arena, .info = &a->info}};
    return api_query_read(&a->call, &a->info);
}

static void values_are_read_and_empty_ones_are_not_given(void **state) {
    struct asked a;
    assert_ok(ask(&a, "7", "stage=upstream&q=&limit=3&fields=name_zh,%20code"), &a.info);
    assert_str(api_call_value(&a.call, &stage), "upstream");
    assert_null(api_call_value(&a.call, &words).ptr);
    assert_int_equal(a.call.limit, 3);
    assert_int_equal(a.call.chosen, 1 << 2 | 1 << 0);
    arena_release(&a.arena);
    assert_ok(ask(&a, "99", ""), &a.info);
    assert_int_equal(a.call.limit, API_LIMIT_DEFAULT);
    assert_true(a.call.chosen == API_ALL_FIELDS);
    arena_release(&a.arena);
}

static void what_is_wrong_is_named(void **state) {
    static const struct {
        const char *id, *query;
        enum err code;
        enum api_problem_kind problem;
        const char *param, *words;
    } wrong[] = {
        {"0", "", ERR_NOT_FOUND, API_PROBLEM_NOT_FOUND, "id", "from 1 to 99"},
        {"x", "", ERR_NOT_FOUND, API_PROBLEM_NOT_FOUND, "id", "whole number"},
        {"1", "stag=upstream", ERR_INPUT, API_PROBLEM_UNKNOWN_PARAMETER, "stag", "stag"},
        {"1", "id=1", ERR_INPUT, API_PROBLEM_UNKNOWN_PARAMETER, "id", "id"},
        {"1", "stage=top", ERR_INPUT, API_PROBLEM_INVALID_PARAMETER, "stage", "upstream"},
        {"1", "q=12345678901", ERR_INPUT, API_PROBLEM_INVALID_PARAMETER, "q", "10 bytes"},
        {"1", "q=1&q=2", ERR_INPUT, API_PROBLEM_INVALID_PARAMETER, "q", "twice"},
        {"1", "fields=code,nam", ERR_INPUT, API_PROBLEM_INVALID_PARAMETER, "fields", "nam"},
        {"1", "fields=", ERR_OK, API_PROBLEM_NONE, NULL, ""},
        {"1", "cursor=x", ERR_INPUT, API_PROBLEM_INVALID_CURSOR, "cursor", "damaged"},
    };
    for (size_t i = 0; i < API_COUNT(wrong); i++) {
        struct asked a;
        assert_int_equal(ask(&a, wrong[i].id, wrong[i].query), wrong[i].code);
        assert_int_equal(a.call.problem, wrong[i].problem);
        if (wrong[i].param != NULL)
            assert_string_equal(a.call.problem_param, wrong[i].param);
        if (strstr(a.info.message, wrong[i].words) == NULL)
            fail_msg("\"%s\" does not say \"%s\"", a.info.message, wrong[i].words);
        arena_release(&a.arena);
    }
}

/* The cursor of `from`, asked for with `query`; what comes of reading it. */
static enum err ask_with_cursor(struct asked *a, const struct api_cursor *from, const char *query) {
    char target[2000];
    struct buf text;
    struct errinfo info;
    buf_init(&text, 1 << 12);
    assert_ok(api_cursor_write(from, &text, &info), &info);
    snprintf(target, sizeof(target), "%s&cursor=%.*s", query, STR_ARG(buf_str(&text)));
    buf_release(&text);
    return ask(a, "1", target);
}

static void a_cursor_fits_its_list_edition_and_filters(void **state) {
    struct asked a;
    struct api_cursor cursor = {STR("listThings"), STR("2024"), 0, {STR("x"), 5}};
    assert_ok(ask(&a, "1", "stage=upstream&q=a"), &a.info);
    cursor.filters = api_query_filters(&a.call);
    arena_release(&a.arena);
    /* The order of parameters, and those that choose no rows, do not matter. */
    assert_ok(ask_with_cursor(&a, &cursor, "q=a&stage=upstream&limit=2&fields=code&edition=2024"),
              &a.info);
    assert_true(a.call.has_cursor);
    assert_str(a.call.after.text, "x");
    assert_str(a.call.cursor_edition, "2024");
    arena_release(&a.arena);
    static const char *const others[] = {"q=a", "q=b&stage=upstream", "stage=upstream",
                                         "q=a&stage=upstream&edition=2023"};
    for (size_t i = 0; i < API_COUNT(others); i++) {
        assert_int_equal(ask_with_cursor(&a, &cursor, others[i]), ERR_INPUT);
        assert_int_equal(a.call.problem, API_PROBLEM_INVALID_CURSOR);
        arena_release(&a.arena);
    }
    cursor.list = STR("listOthers");
    assert_int_equal(ask_with_cursor(&a, &cursor, "q=a&stage=upstream"), ERR_INPUT);
    assert_non_null(strstr(a.info.message, "listOthers"));
    arena_release(&a.arena);
}

static void the_nearest_word_is_one_that_may_be_meant(void **state) {
    static const char *const known[] = {"country", "chain", "id", "name_en", "name_zh"};
    static const struct {
        const char *written, *nearest;
    } cases[] = {
        {"contry", "country"}, {"coutnry", "country"}, {"COUNTRY", NULL}, {"chian", "chain"},
        {"ids", "id"},         {"nam_zh", "name_zh"},  {"x", NULL},       {"", NULL},
        {"colour", NULL}};
    for (size_t i = 0; i < API_COUNT(cases); i++) {
        const char *nearest = api_nearest(str_of(cases[i].written), known, API_COUNT(known));
        if ((nearest == NULL) != (cases[i].nearest == NULL) ||
            (nearest != NULL && strcmp(nearest, cases[i].nearest) != 0))
            fail_msg("%s: %s", cases[i].written, nearest != NULL ? nearest : "none");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_read_and_empty_ones_are_not_given),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(a_cursor_fits_its_list_edition_and_filters),
        cmocka_unit_test(the_nearest_word_is_one_that_may_be_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
