/* The generator of editions: counts, uniqueness, determinism, and the rules of the sheets. */
#include "service/sample/generate.h"

#include <ctype.h>

#include "base/clock.h"
#include "base/map.h"
#include "base/vec.h"
#include "exchange/csv_read.h"
#include "service/sample/catalogue.h"
#include "unit.h"

/* All sheets of a run as text. */
struct collected {
    struct buf sheet[SAMPLE_SHEETS];
    uint64_t rows[SAMPLE_SHEETS];
};

static enum err collect(void *ctx, enum sample_sheet sheet, struct str record,
                        struct errinfo *info) {
    struct collected *all = ctx;
    buf_add_str(&all->sheet[sheet], record);
    all->rows[sheet]++;
    return buf_error(&all->sheet[sheet], info);
}

static enum err count_only(void *ctx, enum sample_sheet sheet, struct str record,
                           struct errinfo *info) {
    (*(uint64_t *)ctx)++;
    return ERR_OK;
}

static void collected_init(struct collected *all) {
    memset(all, 0, sizeof(*all));
    for (int i = 0; i < SAMPLE_SHEETS; i++)
        buf_init(&all->sheet[i], (size_t)1 << 30);
}

static void collected_release(struct collected *all) {
    for (int i = 0; i < SAMPLE_SHEETS; i++)
        buf_release(&all->sheet[i]);
}

struct fixture {
    struct arena arena;
    struct sample_catalogue catalogue;
};

static int setup(void **state) {
    static struct fixture fixture;
    arena_init(&fixture.arena, SAMPLE_CATALOGUE_BYTES_MAX);
    *state = &fixture;
    return sample_catalogue_load(&fixture.catalogue, &fixture.arena, NULL) == ERR_OK ? 0 : -1;
}

static int teardown(void **state) {
    struct fixture *fixture = *state;
    arena_release(&fixture->arena);
    return 0;
}

static const struct sample_options real_size = {
    .seed = 1, .exhibitors = 620, .partners = 400, .edition = 2024};

static void generate(const struct fixture *f, const struct sample_options *options,
                     struct collected *all) {
    struct errinfo info;
    collected_init(all);
    assert_ok(sample_generate(options, &f->catalogue,
                              (struct sample_sink){.write = collect, .ctx = all}, NULL, &info),
              &info);
}

/* Calls `row` for each record of a sheet after the header. */
static void each_row(const struct collected *all, enum sample_sheet sheet,
                     void (*row)(void *ctx, const struct table_row *row), void *ctx) {
    struct str rest = buf_str(&all->sheet[sheet]);
    struct csv_reader reader;
    struct table_row record;
    struct errinfo info;
    bool end = false;
    uint32_t columns = 0;
    csv_reader_init(&reader, csv_source_text(&rest), ',', NULL);
    while (true) {
        assert_ok(csv_next(&reader, &record, &end, &info), &info);
        if (end)
            break;
        if (record.record == 0)
            columns = record.count;
        else
            row(ctx, &record);
        assert_int_equal(record.count, columns);
    }
    csv_reader_release(&reader);
}

/* The value of a figure. */
struct wanted_figure {
    const char *name;
    struct str value;
    char text[32];
};

static void take_figure(void *ctx, const struct table_row *row) {
    struct wanted_figure *wanted = ctx;
    if (str_equal_c(row->cells[1], wanted->name)) {
        snprintf(wanted->text, sizeof(wanted->text), "%.*s", STR_ARG(row->cells[2]));
        assert_str(row->cells[4], "exact");
        assert_str(row->cells[5], "closing");
    }
}

static double figure(const struct collected *all, const char *name) {
    struct wanted_figure wanted = {.name = name};
    double value = -1;
    each_row(all, SAMPLE_FIGURES, take_figure, &wanted);
    assert_true(str_to_double(str_of(wanted.text), &value));
    return value;
}

/* What the exhibitors' sheet holds, counted anew. */
struct tally {
    const struct fixture *fixture;
    struct str_map names_en, names_zh, node_of, area_of, lead_of;
    struct arena arena;
    uint32_t direct, partners, foreign, offered[1024], offers[8];
};

static bool in(struct str word, const char *list) {
    struct str rest = str_of(list), piece;
    while (str_next(&rest, " ", &piece)) {
        if (str_equal(word, piece))
            return true;
    }
    return false;
}

static struct str letters_only(struct arena *arena, struct str name) {
    char *out = arena_new(arena, name.len + 1, 1);
    size_t len = 0;
    assert_non_null(out);
    for (size_t i = 0; i < name.len; i++) {
        if (isalnum((unsigned char)name.ptr[i]))
            out[len++] = (char)tolower((unsigned char)name.ptr[i]);
    }
    return (struct str){out, len};
}

static bool has_han(struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] >= 0xe3)
            return true;
    }
    return false;
}

static void put_once(struct str_map *map, struct str key) {
    if (str_map_get(map, key) != MAP_NONE)
        fail_msg("twice: %.*s", STR_ARG(key));
    assert_true(str_map_put(map, key, 1));
}

/* Every code is a node and not in `other`; returns their number and notes offered nodes. */
static uint32_t check_codes(struct tally *t, struct str codes, struct str other, bool offered) {
    struct str rest = codes, code;
    uint32_t count = 0;
    while (codes.len > 0 && str_next(&rest, " ", &code)) {
        uint32_t node = str_map_get(&t->node_of, code);
        assert_int_not_equal(node, MAP_NONE);
        assert_false(in(code, other.ptr));
        t->offered[node] += offered;
        count++;
    }
    return count;
}

static void tally_row(void *ctx, const struct table_row *row) {
    struct tally *t = ctx;
    const struct str *c = row->cells;
    put_once(&t->names_en, letters_only(&t->arena, c[0]));
    if (c[1].len > 0)
        put_once(&t->names_zh, arena_copy(&t->arena, c[1]));
    assert_int_equal(c[2].len, 2);
    assert_true(c[3].len == 0 || (c[3].len == 5 && str_starts(c[3], c[2])));
    assert_true(c[4].len == 0 || in(c[4], "large medium small institution"));
    assert_true(in(c[5], "direct co-exhibitor pavilion institution"));
    bool partner = str_equal_c(c[5], "co-exhibitor");
    assert_int_equal(partner, c[6].len > 0);
    if (partner)
        assert_int_not_equal(str_map_get(&t->lead_of, c[6]), MAP_NONE);
    else
        assert_true(str_map_put(&t->lead_of, arena_copy(&t->arena, c[0]), 1));
    assert_true(str_equal_c(c[7], "international") || str_map_get(&t->area_of, c[7]) != MAP_NONE);
    assert_true(c[8].len > 0 || !str_equal_c(c[5], "pavilion"));
    assert_str(c[9], "2024");
    assert_true(c[10].len > 0 && has_han(c[11]));
    /* Offers and needs are apart; the copies end with a zero byte for `in`. */
    struct str offers = arena_copy(&t->arena, c[12]), needs = arena_copy(&t->arena, c[13]);
    assert_in_range(check_codes(t, needs, offers, false), 0, 3);
    uint32_t count = check_codes(t, offers, needs, true);
    assert_in_range(count, 0, 6);
    t->offers[count]++;
    t->direct += !partner;
    t->partners += partner;
    t->foreign += !partner && (!str_equal_c(c[2], "CN") || in(c[3], "CN-HK CN-MO CN-TW"));
}

static void tally_init(struct tally *t, const struct fixture *fixture) {
    memset(t, 0, sizeof(*t));
    t->fixture = fixture;
    arena_init(&t->arena, (size_t)1 << 30);
    for (uint32_t i = 0; i < fixture->catalogue.nodes_len; i++)
        assert_true(str_map_put(&t->node_of, fixture->catalogue.nodes[i].code, i));
    for (uint32_t i = 0; i < fixture->catalogue.chains_len; i++)
        assert_true(str_map_put(&t->area_of, fixture->catalogue.chains[i].code, i));
}

static void tally_release(struct tally *t) {
    str_map_release(&t->names_en);
    str_map_release(&t->names_zh);
    str_map_release(&t->node_of);
    str_map_release(&t->area_of);
    str_map_release(&t->lead_of);
    arena_release(&t->arena);
}

static void every_exhibitor_row_keeps_the_rules_of_the_sheet(void **state) {
    struct collected all;
    struct tally t;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct sample_options options = real_size;
        options.seed = seed;
        generate(*state, &options, &all);
        tally_init(&t, *state);
        each_row(&all, SAMPLE_EXHIBITORS, tally_row, &t);
        assert_int_equal(t.direct, 620);
        assert_int_equal(t.partners, 400);
        tally_release(&t);
        collected_release(&all);
    }
}

static void figures_are_counted_from_the_rows(void **state) {
    struct collected all;
    struct tally t;
    generate(*state, &real_size, &all);
    tally_init(&t, *state);
    each_row(&all, SAMPLE_EXHIBITORS, tally_row, &t);
    assert_true(figure(&all, "exhibitors_contracted") == t.direct);
    assert_true(figure(&all, "partners_brought") == t.partners);
    assert_true(figure(&all, "foreign_exhibitors") == t.foreign);
    double share = 100.0 * t.foreign / t.direct;
    assert_true(figure(&all, "foreign_share") > share - 0.051);
    assert_true(figure(&all, "foreign_share") < share + 0.051);
    assert_true(figure(&all, "exhibits") == (double)(all.rows[SAMPLE_EXHIBITS] - 1));
    assert_true(figure(&all, "joint_stands") == (double)(all.rows[SAMPLE_JOINT_STANDS] - 1));
    assert_true(figure(&all, "events") == (double)(all.rows[SAMPLE_PROGRAMME] - 1));
    tally_release(&t);
    collected_release(&all);
}

static void shares_follow_the_published_ones(void **state) {
    struct collected all;
    struct tally t;
    generate(*state, &real_size, &all);
    tally_init(&t, *state);
    each_row(&all, SAMPLE_EXHIBITORS, tally_row, &t);
    assert_in_range(t.foreign, 620 * 31 / 100, 620 * 33 / 100 + 1);
    assert_in_range(all.rows[SAMPLE_JOINT_STANDS] - 1, 35, 45);
    assert_true(figure(&all, "countries") > 40);
    assert_true(figure(&all, "gross_area") > 60000 && figure(&all, "gross_area") < 200000);
    assert_int_equal(all.rows[SAMPLE_PROGRAMME] - 1, 70);
    /* Most firms offer one node, few many. */
    assert_true(t.offers[1] > t.offers[2] && t.offers[2] > t.offers[3]);
    assert_true(t.offers[5] + t.offers[6] > 0);
    uint32_t gaps = 0;
    for (uint32_t n = 0; n < ((struct fixture *)*state)->catalogue.nodes_len; n++)
        gaps += t.offered[n] == 0;
    assert_in_range(gaps, 5, 75);
    tally_release(&t);
    collected_release(&all);
}

static void same_seed_gives_the_same_bytes_and_another_seed_others(void **state) {
    struct sample_options options = real_size;
    struct collected first, second, other;
    options.duplicates_percent = 10;
    options.errors_percent = 10;
    generate(*state, &options, &first);
    generate(*state, &options, &second);
    options.seed = 2;
    generate(*state, &options, &other);
    for (int i = 0; i < SAMPLE_SHEETS; i++)
        assert_true(str_equal(buf_str(&first.sheet[i]), buf_str(&second.sheet[i])));
    assert_false(str_equal(buf_str(&first.sheet[SAMPLE_EXHIBITORS]),
                           buf_str(&other.sheet[SAMPLE_EXHIBITORS])));
    collected_release(&first);
    collected_release(&second);
    collected_release(&other);
}

static void names_stay_unique_in_a_large_edition(void **state) {
    struct sample_options options = real_size;
    struct collected all;
    struct tally t;
    options.exhibitors = 60000;
    options.partners = 40000;
    generate(*state, &options, &all);
    tally_init(&t, *state);
    each_row(&all, SAMPLE_EXHIBITORS, tally_row, &t);
    assert_int_equal(t.direct, 60000);
    assert_int_equal(t.partners, 40000);
    tally_release(&t);
    collected_release(&all);
}

/* id edition date end_date start_time end_time time_of_day kind state area title_en title_zh
 * place_en place_zh hosts hosts_zh ... */
static void check_event(void *ctx, const struct table_row *row) {
    const struct str *c = row->cells;
    struct tally *t = ctx;
    put_once(&t->names_en, arena_copy(&t->arena, c[0]));
    assert_true(c[10].len > 0 && has_han(c[11]));
    assert_true(c[14].len > 0 && has_han(c[15]));
    assert_true(c[8].len == 0 || in(c[8], "confirmed tentative cancelled"));
    if (c[2].len == 0) {
        assert_int_equal(c[4].len + c[5].len + c[6].len + c[12].len, 0);
        t->offers[0]++;
        return;
    }
    assert_true(clock_is_date(c[2]));
    assert_true(str_compare(c[2], STR("2024-11-26")) >= 0);
    assert_true(str_compare(c[2], STR("2024-11-30")) <= 0);
    assert_int_equal(c[4].len > 0, c[12].len > 0);
    if (c[4].len == 0)
        return;
    assert_true(str_compare(c[4], c[5]) < 0);
    /* No room has two events at a time: the hours are the same few everywhere. */
    put_once(&t->names_zh, arena_printf(&t->arena, "%.*s %.*s %.*s", STR_ARG(c[2]), STR_ARG(c[4]),
                                        STR_ARG(c[12])));
    t->offers[1]++;
}

/* edition exhibitor pavilion field name_en name_zh node description_en description_zh debut proof
 */
static void check_exhibit(void *ctx, const struct table_row *row) {
    struct tally *t = ctx;
    const struct str *c = row->cells;
    if (c[1].len > 0)
        assert_int_not_equal(str_map_get(&t->names_en, letters_only(&t->arena, c[1])), MAP_NONE);
    else
        assert_true(c[2].len > 0);
    put_once(&t->names_zh, arena_printf(&t->arena, "%.*s|%.*s|%.*s", STR_ARG(c[1]), STR_ARG(c[2]),
                                        STR_ARG(c[4])));
    assert_true(has_han(c[5]));
    assert_int_not_equal(str_map_get(&t->node_of, c[6]), MAP_NONE);
    assert_int_equal(c[7].len > 0, c[8].len > 0);
    assert_true(c[9].len == 0 || in(c[9], "world china expo"));
    assert_true(c[10].len == 0 || c[9].len > 0);
}

/* What the first guest province has. */
struct guest {
    char name[200];
    uint32_t exhibits, texts, members, events;
};

static void find_guest(void *ctx, const struct table_row *row) {
    struct guest *g = ctx;
    if (g->name[0] == '\0' && str_equal_c(row->cells[1], "guest-province"))
        snprintf(g->name, sizeof(g->name), "%.*s", STR_ARG(row->cells[2]));
}

static void count_exhibit(void *ctx, const struct table_row *row) {
    struct guest *g = ctx;
    g->exhibits += row->cells[1].len == 0 && str_equal_c(row->cells[2], g->name);
}

static void count_text(void *ctx, const struct table_row *row) {
    struct guest *g = ctx;
    g->texts += str_equal_c(row->cells[1], g->name);
}

static void count_member(void *ctx, const struct table_row *row) {
    struct guest *g = ctx;
    g->members += str_equal_c(row->cells[8], g->name);
}

static void count_event(void *ctx, const struct table_row *row) {
    struct guest *g = ctx;
    g->events += str_find(row->cells[14], str_of(g->name)) != SIZE_MAX &&
                 str_find(row->cells[14], STR("; ")) != SIZE_MAX;
}

static void a_guest_of_honour_has_all_a_pavilion_page_shows(void **state) {
    struct collected all;
    struct guest guest = {.exhibits = 0};
    generate(*state, &real_size, &all);
    each_row(&all, SAMPLE_PAVILIONS, find_guest, &guest);
    each_row(&all, SAMPLE_EXHIBITS, count_exhibit, &guest);
    each_row(&all, SAMPLE_PAVILION_TEXTS, count_text, &guest);
    each_row(&all, SAMPLE_EXHIBITORS, count_member, &guest);
    each_row(&all, SAMPLE_PROGRAMME, count_event, &guest);
    assert_int_equal(guest.exhibits, 72);
    assert_int_equal(guest.texts, 6);
    assert_int_equal(guest.members, 1 + 400 / 50);
    assert_int_equal(guest.events, 1);
    collected_release(&all);
}

static void programme_and_exhibits_keep_their_rules(void **state) {
    struct collected all;
    struct tally rows, events;
    generate(*state, &real_size, &all);
    tally_init(&rows, *state);
    tally_init(&events, *state);
    each_row(&all, SAMPLE_EXHIBITORS, tally_row, &rows);
    each_row(&all, SAMPLE_EXHIBITS, check_exhibit, &rows);
    each_row(&all, SAMPLE_PROGRAMME, check_event, &events);
    assert_in_range(events.offers[0], 3, 8);   /* not yet dated */
    assert_in_range(events.offers[1], 50, 66); /* with hours */
    tally_release(&rows);
    tally_release(&events);
    collected_release(&all);
}

static void count_kind(void *ctx, const struct table_row *row) {
    uint32_t *counts = ctx;
    counts[str_equal_c(row->cells[1], "duplicate") ? 0 : 1]++;
}

static void planted_duplicates_and_errors_are_all_listed(void **state) {
    struct sample_options options = real_size;
    struct collected all;
    uint32_t counts[2] = {0, 0};
    options.duplicates_percent = 20;
    options.errors_percent = 10;
    generate(*state, &options, &all);
    each_row(&all, SAMPLE_EXPECTED, count_kind, counts);
    assert_in_range(counts[0], 620 * 12 / 100, 620 * 28 / 100);
    assert_in_range(counts[1], 620 * 5 / 100, 620 * 15 / 100);
    assert_int_equal(all.rows[SAMPLE_EXHIBITORS] - 1, 620 + 400 + counts[0] + counts[1]);
    collected_release(&all);
}

static void small_editions_come_out_too(void **state) {
    for (uint32_t exhibitors = 1; exhibitors < 40; exhibitors++) {
        for (uint32_t partners = 0; partners <= 2 * exhibitors; partners += exhibitors) {
            struct collected all;
            struct tally t;
            struct sample_options options = {.seed = exhibitors,
                                             .exhibitors = exhibitors,
                                             .partners = partners,
                                             .edition = 2024};
            generate(*state, &options, &all);
            tally_init(&t, *state);
            each_row(&all, SAMPLE_EXHIBITORS, tally_row, &t);
            assert_int_equal(t.direct, exhibitors);
            assert_int_equal(t.partners, partners);
            tally_release(&t);
            collected_release(&all);
        }
    }
}

static void options_out_of_range_are_refused(void **state) {
    struct fixture *f = *state;
    uint64_t rows = 0;
    struct sample_sink sink = {.write = count_only, .ctx = &rows};
    struct sample_options bad[4] = {real_size, real_size, real_size, real_size};
    bad[0].exhibitors = 0;
    bad[1].partners = 6201;
    bad[2].edition = 99;
    bad[3].errors_percent = 101;
    for (int i = 0; i < 4; i++)
        assert_int_equal(sample_generate(&bad[i], &f->catalogue, sink, NULL, NULL), ERR_INPUT);
    struct sample_place lost = {.chain = 0, .node = f->catalogue.nodes_len};
    struct sample_catalogue broken = f->catalogue;
    broken.places = &lost;
    broken.places_len = 1;
    assert_int_equal(sample_generate(&real_size, &broken, sink, NULL, NULL), ERR_INPUT);
    assert_int_equal(rows, 0);
}

static void a_cancelled_job_stops_the_run(void **state) {
    struct fixture *f = *state;
    struct job job = {0};
    uint64_t rows = 0;
    job_cancel(&job);
    assert_int_equal(sample_generate(&real_size, &f->catalogue,
                                     (struct sample_sink){.write = count_only, .ctx = &rows}, &job,
                                     NULL),
                     ERR_STOPPED);
}

static void every_failed_allocation_is_reported(void **state) {
    struct fixture *f = *state;
    enum err code = ERR_MEMORY;
    long allowed = 0;
    for (; code == ERR_MEMORY; allowed++) {
        uint64_t rows = 0;
        mem_fail_after(allowed);
        code = sample_generate(&real_size, &f->catalogue,
                               (struct sample_sink){.write = count_only, .ctx = &rows}, NULL, NULL);
        mem_fail_after(-1);
    }
    assert_int_equal(code, ERR_OK);
    assert_true(allowed > 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_exhibitor_row_keeps_the_rules_of_the_sheet),
        cmocka_unit_test(figures_are_counted_from_the_rows),
        cmocka_unit_test(shares_follow_the_published_ones),
        cmocka_unit_test(same_seed_gives_the_same_bytes_and_another_seed_others),
        cmocka_unit_test(names_stay_unique_in_a_large_edition),
        cmocka_unit_test(programme_and_exhibits_keep_their_rules),
        cmocka_unit_test(a_guest_of_honour_has_all_a_pavilion_page_shows),
        cmocka_unit_test(planted_duplicates_and_errors_are_all_listed),
        cmocka_unit_test(small_editions_come_out_too),
        cmocka_unit_test(options_out_of_range_are_refused),
        cmocka_unit_test(a_cancelled_job_stops_the_run),
        cmocka_unit_test(every_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
