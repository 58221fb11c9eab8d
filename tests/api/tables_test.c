/* The tables of routes, records and problems hold what everything made from them relies on. */
#include "api/api.h"
#include "api/codes.h"
#include "api/list.h"
#include "api/openapi.h"
#include "api/params.h"
#include "api/problem.h"
#include "base/mem.h"
#include "database.h"

static const char *const editions[] = {"2023", "2024", "2025", "2026"};

static void fields_are_named_once_and_explained(void **state) {
    const struct api_record *records[API_RECORDS_MAX];
    uint32_t count = api_all_records(records);
    assert_true(count > 5 && count < API_RECORDS_MAX);
    for (uint32_t r = 0; r < count; r++) {
        uint32_t fields = api_record_fields(records[r]);
        assert_true(fields > 0 && fields < API_FIELDS_MAX);
        assert_true(records[r]->help[0] != '\0');
        for (uint32_t i = 0; i < fields; i++) {
            const struct api_field *f = api_record_field(records[r], i);
            if (api_record_find(records[r], str_of(f->name)) != i)
                fail_msg("%s.%s stands twice", records[r]->name, f->name);
            if (f->help[0] == '\0' || f->help[strlen(f->help) - 1] == '.')
                fail_msg("%s.%s: \"%s\"", records[r]->name, f->name, f->help);
            if (strspn(f->name, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(f->name))
                fail_msg("%s.%s is no plain name", records[r]->name, f->name);
        }
        for (uint32_t other = 0; other < r; other++)
            if (strcmp(records[r]->name, records[other]->name) == 0)
                fail_msg("two records are called %s", records[r]->name);
    }
}

static void a_field_has_what_its_type_needs(void **state) {
    const struct api_record *records[API_RECORDS_MAX];
    uint32_t count = api_all_records(records);
    for (uint32_t r = 0; r < count; r++)
        for (uint32_t i = 0; i < api_record_fields(records[r]); i++) {
            const struct api_field *f = api_record_field(records[r], i);
            bool holds_record = f->type == API_RECORD || f->type == API_RECORDS;
            bool ok =
                (f->kind != NULL) == (f->type == API_CODE) && (f->of != NULL) == holds_record &&
                (f->separator != '\0') == (f->from == API_FROM_SPLIT) &&
                (f->type == API_RECORDS) == (f->from == API_FROM_ROWS) &&
                (f->get.value != NULL || f->from < API_FROM_VALUE || f->from == API_FROM_POINTER);
            if (!ok)
                fail_msg("%s.%s", records[r]->name, f->name);
        }
}

static void routes_take_what_their_paths_name(void **state) {
    for (uint32_t i = 0; i < api_routes_count; i++) {
        const struct api_route *route = &api_routes[i];
        const char *at = route->path;
        uint32_t params = 0;
        assert_true(route->right < RIGHTS);
        /* What is read by everybody takes no body; what writes keeps nothing. */
        assert_true(route->method != HTTP_GET || (route->body == NULL && route->body_type == NULL));
        assert_true(route->body == NULL || route->body->members <= API_MEMBERS_MAX);
        assert_int_equal((route->find != NULL) + (route->list != NULL) + (route->draw != NULL), 1);
        if (api_route_status(route) == 204)
            assert_true(route->record == NULL && route->form == NULL && route->schema == NULL);
        else
            assert_int_equal(
                (route->record != NULL) + (route->form != NULL) + (route->schema != NULL), 1);
        assert_true(route->summary_en[0] != '\0' && route->summary_zh[0] != '\0');
        for (uint32_t p = 0; route->param[p] != NULL; p++, params++) {
            char braced[64];
            snprintf(braced, sizeof(braced), "{%s}", route->param[p]->name);
            if (route->param[p]->place == API_IN_PATH) {
                at = strstr(at, braced);
                if (at == NULL)
                    fail_msg("%s does not hold %s in the order of its parameters", route->path,
                             braced);
                at++;
            }
            for (uint32_t q = 0; q < p; q++)
                assert_string_not_equal(route->param[p]->name, route->param[q]->name);
        }
        assert_true(params < API_PARAMS_MAX);
        assert_null(strchr(at, '{'));
        for (uint32_t other = 0; other < i; other++) {
            assert_string_not_equal(route->id, api_routes[other].id);
            assert_true(route->method != api_routes[other].method ||
                        strcmp(route->path, api_routes[other].path) != 0);
        }
    }
}

static void problems_are_explained_in_both_languages(void **state) {
    for (uint32_t kind = API_PROBLEM_NONE + 1; kind < API_PROBLEMS; kind++) {
        const struct api_problem *p = &api_problems[kind];
        assert_true(p->status >= 400 && p->status < 600);
        assert_true(strlen(p->name) > 0 && strlen(p->title_en) > 0 && strlen(p->title_zh) > 0);
        assert_true(strlen(p->help_en) > 20 && strlen(p->help_zh) > 20);
    }
    assert_int_equal(api_problem_of_status(404), API_PROBLEM_NOT_FOUND);
    assert_int_equal(api_problem_of_status(405), API_PROBLEM_METHOD);
    assert_int_equal(api_problem_of_status(429), API_PROBLEM_TOO_MANY);
    assert_int_equal(api_problem_of_status(413), API_PROBLEM_TOO_LARGE);
    assert_int_equal(api_problem_of_status(431), API_PROBLEM_LARGE_HEAD);
    assert_int_equal(api_problem_of_status(505), API_PROBLEM_VERSION);
    assert_int_equal(api_problem_of_status(503), API_PROBLEM_UNAVAILABLE);
    assert_int_equal(api_problem_of_status(507), API_PROBLEM_DISK);
    assert_int_equal(api_problem_of_status(599), API_PROBLEM_INTERNAL);
    assert_int_equal(api_problem_of_status(400), API_PROBLEM_INVALID_PARAMETER);
}

static void codes_of_the_engine_follow_its_enums(void **state) {
    assert_int_equal(kind_gap.count, CHAIN_GAP_KINDS + 1);
    assert_string_equal(kind_code(&kind_gap, CHAIN_GAP_ONE_COUNTRY + 1), "one-country");
    assert_string_equal(kind_code(&kind_node_role, CHAIN_SERVICE + 1U), "service");
    assert_string_equal(kind_code(&api_kind_sort, LANG_ZH + 1U), "name_zh");
}

/* Cursors rest on it: places of a list's rows grow along the list. */
static void places_grow_along_every_list(void **state) {
    struct database *sample = *state;
    struct snapshots *snapshots;
    struct errinfo info;
    assert_ok(snapshots_new(sample->path, &snapshots, &info), &info);
    for (size_t e = 0; e < API_COUNT(editions); e++) {
        struct arena arena;
        struct snapshot *snapshot;
        arena_init(&arena, 64 << 20);
        assert_ok(snapshots_get(snapshots, str_of(editions[e]), &snapshot, &info), &info);
        for (uint32_t i = 0; i < api_routes_count; i++) {
            const struct api_list *list = api_routes[i].list;
            struct api_call call = {
                .route = &api_routes[i],
                .scope = {snapshot, snapshot_view(snapshot), &arena, ERR_OK, &info}};
            if (list == NULL || !list->is_sorted)
                continue;
            struct api_rows rows = list->rows(&call.scope, NULL);
            for (size_t r = 1; r < rows.count; r++)
                if (!api_position_is_behind(list->position(&call, api_row(rows, r)),
                                            list->position(&call, api_row(rows, r - 1))))
                    fail_msg("%s: row %zu of %s", api_routes[i].id, r, editions[e]);
        }
        snapshots_put(snapshots, snapshot);
        arena_release(&arena);
    }
    snapshots_free(snapshots);
}

static void short_memory_is_reported_when_the_api_opens(void **state) {
    const struct api_options options = {.license = "CC-BY-4.0"};
    struct api *api;
    enum err e = ERR_MEMORY;
    for (long n = 0; e != ERR_OK; n++) {
        mem_fail_after(n);
        e = api_new(&options, &api, NULL);
        mem_fail_after(-1);
        assert_true(e == ERR_OK || e == ERR_MEMORY);
    }
    /* Without a desk, what everybody reads and nothing else. */
    size_t count, kept = 0;
    for (uint32_t i = 0; i < api_routes_count; i++)
        kept += api_route_is_kept(&api_routes[i]);
    assert_non_null(api_http_routes(api, &count));
    assert_int_equal(count, kept);
    assert_true(kept < api_routes_count);
    api_free(api);
}

static void the_api_owns_its_paths_and_no_others(void **state) {
    assert_true(api_owns(STR("/api")));
    assert_true(api_owns(STR("/api/")));
    assert_true(api_owns(STR("/api/v1/nothing")));
    assert_false(api_owns(STR("/apis")));
    assert_false(api_owns(STR("/en/2024/api")));
}

static int set_up(void **state) {
    static struct database sample;
    database_create_sample(&sample);
    *state = &sample;
    return 0;
}

static int tear_down(void **state) {
    database_remove(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_named_once_and_explained),
        cmocka_unit_test(a_field_has_what_its_type_needs),
        cmocka_unit_test(routes_take_what_their_paths_name),
        cmocka_unit_test(problems_are_explained_in_both_languages),
        cmocka_unit_test(codes_of_the_engine_follow_its_enums),
        cmocka_unit_test(places_grow_along_every_list),
        cmocka_unit_test(short_memory_is_reported_when_the_api_opens),
        cmocka_unit_test(the_api_owns_its_paths_and_no_others),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
