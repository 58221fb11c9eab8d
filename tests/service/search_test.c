/* What visitors type in the search box, on the sample, and what must come first. */
#include "service/search.h"

#include <pthread.h>

#include "base/mem.h"
#include "sample_database.h"
#include "service/snapshot.h"

enum { TOP = 8 };

static const char *kind_mark(enum view_search_kind kind) {
    static const char *const marks[VIEW_SEARCH_KINDS] = {"o",     "node",     "exhibit", "event",
                                                         "chain", "scenario", "pavilion"};
    return marks[kind];
}

static struct str name_of(const struct view *v, const struct view_search_hit *hit) {
    switch (hit->kind) {
    case VIEW_SEARCH_ORGANISATION:
        return v->organisation[hit->index].name_en;
    case VIEW_SEARCH_NODE:
        return v->node[hit->index].code;
    case VIEW_SEARCH_EXHIBIT:
        return v->exhibit[hit->index].name_en;
    case VIEW_SEARCH_PROGRAMME:
        return v->programme[hit->index].code;
    case VIEW_SEARCH_CHAIN:
        return v->chain[hit->index].code;
    case VIEW_SEARCH_SCENARIO:
        return v->scenario[hit->index].code;
    default:
        return v->pavilion[hit->index].name_en;
    }
}

/* "o CATL", with ~ in front where a typo was forgiven and ? where a term is missing. */
static void write_hit(const struct view *v, const struct view_search_hit *hit, struct buf *out) {
    buf_clear(out);
    buf_add_c(out, hit->missing > 0 ? "?" : hit->typos > 0 ? "~" : "");
    buf_printf(out, "%s %.*s", kind_mark(hit->kind), STR_ARG(name_of(v, hit)));
}

struct golden {
    const char *query, *first;
    uint32_t most; /* documents found, at most; 0 = any number */
};

static void expect(void **state, const char *edition, const struct golden *rows, size_t count) {
    struct view *view = sample_database_view(*state, edition);
    struct view_search *search;
    struct errinfo info;
    struct buf hit;
    uint32_t wrong = 0;
    buf_init(&hit, 1000);
    assert_ok(view_search_new(view, NULL, &search, &info), &info);
    for (size_t i = 0; i < count; i++) {
        struct search_result result;
        struct view_search_hit hits[TOP];
        uint32_t n;
        assert_ok(view_search_find(search, str_of(rows[i].query), &result, &info), &info);
        assert_ok(view_search_top(search, &result, UINT32_MAX, 0, hits, TOP, &n, &info), &info);
        buf_clear(&hit);
        if (n > 0)
            write_hit(view, &hits[0], &hit);
        if (!str_equal_c(buf_str(&hit), rows[i].first) ||
            (rows[i].most > 0 && result.total > rows[i].most)) {
            print_message("# %s: \"%s\" found \"%.*s\" and %u in all, expected \"%s\"\n", edition,
                          rows[i].query, STR_ARG(buf_str(&hit)), result.total, rows[i].first);
            wrong++;
        }
        search_result_release(&result);
    }
    view_search_free(search);
    view_free(view);
    buf_release(&hit);
    assert_int_equal(wrong, 0);
}

#define EXPECT(edition, rows) expect(state, edition, rows, sizeof(rows) / sizeof((rows)[0]))

static void organisations_are_found_by_every_writing_of_their_name(void **state) {
    static const struct golden ROWS[] = {
        {"CATL", "o CATL", 1},
        {"catl", "o CATL", 1},
        {"宁德", "o CATL", 1},
        {"寧德時代", "o CATL", 1},
        {"ningde", "o CATL", 1},
        {"ningdeshidai", "o CATL", 1},
        {"ning de", "o CATL", 1},
        {"ning2de2", "o CATL", 1},
        {"níng dé", "o CATL", 1},
        {"ndsd", "o CATL", 1},
        {"nigndeshidai", "~o CATL", 1},
        {"宁得时代", "~o CATL", 1},
        {"宁德时代新能源科技股份有限公司", "?o CATL", 0},
        {"Apple", "o Apple", 1},
        {"aple", "~o Apple", 0},
        {"appel", "~o Apple", 0},
        {"苹果", "o Apple", 1},
        {"pingguo", "o Apple", 1},
        {"pinguo", "~o Apple", 0},
        {"telsa", "~o Tesla", 1},
        {"tè sī lā", "o Tesla", 1},
        {"te4si1la1", "o Tesla", 1},
        {"GE", "o GE HealthCare", 0},
        {"GE Health Care", "~o GE HealthCare", 1},
        {"Goertek Inc.", "?o Goertek", 0},
        {"歌尔股份有限公司", "?o Goertek", 0},
        {"Coca Cola", "o Coca-Cola", 1},
        {"cocacola", "~o Coca-Cola", 1},
        {"可口可乐", "o Coca-Cola", 1},
        {"mcdonalds", "o McDonald's China", 2},
        {"McDonald's", "o McDonald's China", 2},
        {"ximenzi", "o Siemens", 1},
        {"simens", "~o Siemens", 1},
        {"xingbake", "o Starbucks", 1},
        {"burger king", "o Burger King China", 1},
    };
    EXPECT("2024", ROWS);
}

static void nodes_are_found_by_name_synonym_and_code(void **state) {
    static const struct golden ROWS[] = {
        {"bat.cell", "node bat.cell", 1},
        {"BATCELL", "node bat.cell", 1},
        {"8507.60", "node dig.battcell", 4},
        {"850760", "node dig.battcell", 4},
        {"HS 8507.60", "node dig.battcell", 4},
        {"8703", "node ev.car", 1},
        {"锂电", "node bat.separator", 10},
        {"lidian", "node bat.separator", 0},
        {"半导体", "node chip.wafer", 5},
        {"bandaoti", "node chip.wafer", 5},
        {"semiconductors", "node cmp.powersemi", 0},
        {"charging pile", "node ev.charger", 1},
        {"chongdianzhuang", "node ev.charger", 1},
        {"光伏组件", "node pv.module", 0},
        {"guangfu", "node pv.glass", 0},
        {"AI server", "node dig.airack", 0},
    };
    EXPECT("2024", ROWS);
}

static void the_rest_of_the_expo_is_found_too(void **state) {
    static const struct golden ROWS[] = {
        {"P029", "event P029", 1},
        {"p029", "event P029", 1},
        {"开幕", "event P025", 1},
        {"opening ceremony", "event P025", 1},
        {"burger", "scenario burger", 4},
        {"汉堡", "o Burger King China", 4},
        {"zeropark", "scenario zeropark", 1},
        {"零碳园区", "scenario zeropark", 0},
        {"匈牙利", "pavilion Hungary", 6},
        {"xiongyali", "pavilion Hungary", 0},
        {"hubei", "pavilion Hubei", 0},
        {"湖北", "pavilion Hubei", 0},
        {"smart vehicle", "chain smart-vehicle", 0},
        {"zhinengqichelian", "chain smart-vehicle", 0},
        {"robots", "exhibit Robots", 0},
        {"厦门", "", 0},
        {"qqqqqqq", "", 0},
        {"", "", 0},
    };
    EXPECT("2024", ROWS);
}

static void each_edition_finds_its_own(void **state) {
    static const struct golden first[] = {{"P005", "event P005", 1},
                                          {"burger meal", "scenario burger", 0}};
    static const struct golden second[] = {{"P005", "", 0}};
    EXPECT("2023", first);
    EXPECT("2024", second);
}

/* Among equally good matches. */
static void exhibitors_of_the_edition_come_first(void **state) {
    struct view *view = sample_database_view(*state, "2024");
    struct view_search *search;
    struct search_result result;
    struct view_search_hit hits[200];
    struct errinfo info;
    uint32_t count, elsewhere = 0;
    assert_ok(view_search_new(view, NULL, &search, &info), &info);
    assert_ok(view_search_find(search, STR("beijing"), &result, &info), &info);
    assert_ok(view_search_top(search, &result, 1U << VIEW_SEARCH_ORGANISATION, 0, hits, 200, &count,
                              &info),
              &info);
    assert_int_equal(count, result.counts[VIEW_SEARCH_ORGANISATION]);
    assert_true(count > 3);
    /* "Beijing ..." before "... Beijing ..."; in each, exhibitors first. */
    for (uint32_t i = 0; i < count; i++) {
        const struct view_organisation *o = &view->organisation[hits[i].index];
        if (!str_starts(o->name_en, STR("Beijing ")))
            break;
        assert_false(elsewhere > 0 && o->exhibitor != VIEW_NONE);
        elsewhere += o->exhibitor == VIEW_NONE;
    }
    search_result_release(&result);
    view_search_free(search);
    view_free(view);
}

static void says_when_memory_is_short(void **state) {
    struct view *view = sample_database_view(*state, "2024");
    struct errinfo info;
    bool succeeded = false;
    uint32_t steps = 0;
    for (long n = 0; !succeeded; n += n < 50 ? 1 : 37, steps++) {
        struct view_search *search;
        mem_fail_after(n);
        enum err err = view_search_new(view, NULL, &search, &info);
        mem_fail_after(-1);
        succeeded = err == ERR_OK;
        assert_true(succeeded || err == ERR_MEMORY);
        if (succeeded)
            view_search_free(search);
    }
    assert_true(steps > 10);
    view_free(view);
}

static void stops_when_told(void **state) {
    struct view *view = sample_database_view(*state, "2024");
    struct view_search *search;
    struct errinfo info;
    struct job job = {0};
    job_cancel(&job);
    assert_int_equal(view_search_new(view, &job, &search, &info), ERR_STOPPED);
    view_free(view);
}

/* ---- in a snapshot ---- */

struct asker {
    struct snapshot *snapshot;
    const struct view_search *search;
};

static void *ask(void *ctx) {
    struct asker *a = ctx;
    struct search_result result;
    if (snapshot_search(a->snapshot, &a->search, NULL) != ERR_OK)
        return NULL;
    for (int i = 0; i < 50; i++) {
        enum err err = view_search_find(a->search, STR("ningde batery"), &result, NULL);
        search_result_release(&result);
        if (err != ERR_OK)
            return NULL;
    }
    return a;
}

static void a_snapshot_builds_one_search_for_all_threads(void **state) {
    struct sample_database *d = *state;
    struct snapshots *all;
    struct snapshot *snapshot;
    struct errinfo info;
    struct asker askers[4];
    pthread_t threads[4];
    assert_ok(snapshots_new(d->database.path, &all, &info), &info);
    assert_ok(snapshots_get(all, STR("2024"), &snapshot, &info), &info);
    for (int i = 0; i < 4; i++) {
        askers[i] = (struct asker){.snapshot = snapshot};
        assert_int_equal(pthread_create(&threads[i], NULL, ask, &askers[i]), 0);
    }
    for (int i = 0; i < 4; i++) {
        void *outcome;
        pthread_join(threads[i], &outcome);
        assert_ptr_equal(outcome, &askers[i]);
        assert_ptr_equal(askers[i].search, askers[0].search);
    }
    snapshots_put(all, snapshot);
    snapshots_free(all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(organisations_are_found_by_every_writing_of_their_name),
        cmocka_unit_test(nodes_are_found_by_name_synonym_and_code),
        cmocka_unit_test(the_rest_of_the_expo_is_found_too),
        cmocka_unit_test(each_edition_finds_its_own),
        cmocka_unit_test(exhibitors_of_the_edition_come_first),
        cmocka_unit_test(says_when_memory_is_short),
        cmocka_unit_test(stops_when_told),
        cmocka_unit_test(a_snapshot_builds_one_search_for_all_threads),
    };
    return cmocka_run_group_tests(tests, sample_database_setup, sample_database_teardown);
}
