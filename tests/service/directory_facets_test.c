/* Facets against the filters themselves: each count is what choosing the value gives. */
#include "service/directory_facets.h"

#include "base/mem.h"
#include "edition_view.h"
#include "model/kinds.h"

static int setup(void **state) {
    return edition_view_open(state, "2024");
}

struct asked {
    enum directory_key key;
    const char *value;
};

enum { ASKED_MAX = 4, ASKS = 9 };

/* Filters alone, together, with words, and one that nobody meets; ends with a NULL value. */
static const struct asked asks[ASKS][ASKED_MAX] = {
    {{0, NULL}},
    {{DIRECTORY_COUNTRY, "US"}, {0, NULL}},
    {{DIRECTORY_CHAIN, "smart-vehicle"}, {DIRECTORY_STAGE, "midstream"}, {0, NULL}},
    {{DIRECTORY_STAGE, "upstream"}, {DIRECTORY_SEEN, "new"}, {0, NULL}},
    {{DIRECTORY_NODE, "bat.cell"}, {DIRECTORY_CHAIN, "digital-technology"}, {0, NULL}},
    {{DIRECTORY_WORDS, "tec"}, {DIRECTORY_COUNTRY, "CN"}, {0, NULL}},
    {{DIRECTORY_TYPE, "co-exhibitor"}, {DIRECTORY_SIZE, "large"}, {0, NULL}},
    {{DIRECTORY_AREA, "clean-energy"}, {DIRECTORY_REGION, "CN-GD"}, {0, NULL}},
    {{DIRECTORY_WORDS, "tesla"}, {DIRECTORY_COUNTRY, "DE"}, {DIRECTORY_SIZE, "small"}, {0, NULL}},
};

static struct directory_filter filter_of(struct fixture *f, const struct asked *asked) {
    struct directory_filter filter;
    struct view_search *search;
    directory_filter_init(&filter);
    assert_ok(view_search_new(f->view, NULL, &search, &f->info), &f->info);
    for (; asked->value != NULL; asked++)
        assert_ok(directory_filter_set(f->view, search, asked->key, str_of(asked->value), &f->arena,
                                       &filter, &f->info),
                  &f->info);
    view_search_free(search);
    return filter;
}

static uint32_t count_taken(const struct fixture *f, const struct directory_filter *filter) {
    uint32_t count = 0;
    for (uint32_t e = 0; e < f->view->exhibitors; e++)
        count += directory_takes(f->view, filter, e);
    return count;
}

/* The count that a facet should have: the filter with the value in place of the key's. */
static void assert_choice(struct fixture *f, const struct directory_filter *filter,
                          enum directory_key key, struct str value, uint32_t count) {
    struct directory_filter chosen = *filter;
    assert_ok(directory_filter_set(f->view, NULL, key, value, &f->arena, &chosen, &f->info),
              &f->info);
    uint32_t expected = count_taken(f, &chosen);
    if (count != expected)
        fail_msg("%s=%.*s: %u counted, %u taken", directory_key_name(key), STR_ARG(value), count,
                 expected);
}

static void assert_kind(struct fixture *f, const struct directory_filter *filter,
                        enum directory_key key, const struct kind *kind, const uint32_t *count) {
    assert_true(kind->count <= DIRECTORY_KINDS_MAX);
    for (uint32_t i = 1; i < kind->count; i++)
        assert_choice(f, filter, key, str_of(kind_code(kind, i)), count[i]);
}

static void assert_records(struct fixture *f, const struct directory_filter *filter,
                           const struct directory_facets *facets) {
    const struct view *view = f->view;
    for (uint32_t i = 0; i < view->chains; i++)
        assert_choice(f, filter, DIRECTORY_CHAIN, view->chain[i].code, facets->chain[i]);
    for (uint32_t i = 0; i < view->nodes; i++)
        assert_choice(f, filter, DIRECTORY_NODE, view->node[i].code, facets->node[i]);
    for (uint32_t i = 0; i < view->countries; i++)
        assert_choice(f, filter, DIRECTORY_COUNTRY, view->country[i].code, facets->country[i]);
    for (uint32_t i = 0; i < view->regions; i++)
        assert_choice(f, filter, DIRECTORY_REGION, view->region[i].code, facets->region[i]);
    for (uint32_t i = 0; i < view->areas; i++)
        assert_choice(f, filter, DIRECTORY_AREA, view->area[i].code, facets->area[i]);
    for (uint32_t i = 0; i < view->exhibitors; i++)
        assert_choice(f, filter, DIRECTORY_LEAD,
                      arena_printf(&f->arena, "%lld", (long long)view_organisation_of(view, i)->id),
                      facets->lead[i]);
    for (uint32_t i = 0; i < view->pavilions; i++)
        assert_choice(f, filter, DIRECTORY_PAVILION,
                      arena_printf(&f->arena, "%lld", (long long)view->pavilion[i].id),
                      facets->pavilion[i]);
}

static void each_count_is_what_the_choice_gives(void **state) {
    struct fixture *f = *state;
    static const char *const stages[] = {"upstream", "midstream", "downstream"};
    for (size_t a = 0; a < ASKS; a++) {
        struct directory_filter filter = filter_of(f, asks[a]);
        struct directory_facets facets;
        assert_ok(directory_facets_count(f->view, &filter, &f->arena, &facets, &f->info), &f->info);
        assert_int_equal(facets.exhibitors, count_taken(f, &filter));
        assert_records(f, &filter, &facets);
        assert_kind(f, &filter, DIRECTORY_SIZE, &kind_size, facets.size);
        assert_kind(f, &filter, DIRECTORY_TYPE, &kind_exhibitor_type, facets.type);
        for (int s = 0; s < 3; s++)
            assert_choice(f, &filter, DIRECTORY_STAGE, str_of(stages[s]), facets.stage[s]);
        assert_choice(f, &filter, DIRECTORY_SEEN, STR("new"), facets.seen[DIRECTORY_SEEN_NEW]);
        assert_choice(f, &filter, DIRECTORY_SEEN, STR("returning"),
                      facets.seen[DIRECTORY_SEEN_RETURNING]);
    }
}

static void what_is_left_without_a_key_is_what_dropping_it_gives(void **state) {
    struct fixture *f = *state;
    for (size_t a = 0; a < ASKS; a++) {
        struct directory_filter filter = filter_of(f, asks[a]);
        struct directory_facets facets;
        assert_ok(directory_facets_count(f->view, &filter, &f->arena, &facets, &f->info), &f->info);
        for (int key = 0; key < DIRECTORY_KEYS; key++) {
            struct directory_filter less = filter;
            directory_filter_unset(&less, (enum directory_key)key);
            assert_false(directory_filter_has(&less, (enum directory_key)key));
            assert_int_equal(facets.without[key], count_taken(f, &less));
        }
    }
}

static void short_memory_is_reported(void **state) {
    struct fixture *f = *state;
    struct directory_filter filter;
    struct directory_facets facets;
    struct arena small;
    directory_filter_init(&filter);
    arena_init(&small, 64);
    assert_int_equal(directory_facets_count(f->view, &filter, &small, &facets, &f->info),
                     ERR_MEMORY);
    arena_release(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_count_is_what_the_choice_gives),
        cmocka_unit_test(what_is_left_without_a_key_is_what_dropping_it_gives),
        cmocka_unit_test(short_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, setup, edition_view_close);
}
