#include "unit.h"

#include "base/mem.h"
#include "database.h"
#include "service/merge.h"

struct fixture {
    struct database database;
    struct store *store;
    struct errinfo info;
    int64_t edition, node[3], keep, gone;
};

static int64_t add(struct fixture *f, enum store_table table, const struct store_cell *cells,
                   uint32_t count) {
    int64_t id;
    assert_ok(store_insert(f->store, table, cells, count, &id, &f->info), &f->info);
    return id;
}

static int64_t add_organisation(struct fixture *f, const char *en, const char *zh,
                                const char *country) {
    struct store_cell cells[] = {{ORGANISATION_NAME_EN, store_text(str_of(en))},
                                 {ORGANISATION_NAME_ZH, store_text(str_of(zh))},
                                 {ORGANISATION_COUNTRY, store_text(str_of(country))}};
    return add(f, TABLE_ORGANISATION, cells, 3);
}

static int64_t add_exhibitor(struct fixture *f, int64_t organisation, int64_t lead) {
    struct store_cell cells[] = {{EXHIBITOR_EDITION_ID, store_int(f->edition)},
                                 {EXHIBITOR_ORGANISATION_ID, store_int(organisation)},
                                 {EXHIBITOR_LEAD_ID, store_ref(lead)}};
    return add(f, TABLE_EXHIBITOR, cells, 3);
}

static void add_statement(struct fixture *f, int64_t exhibitor, int node, const char *basis) {
    struct store_cell cells[] = {{STATEMENT_EXHIBITOR_ID, store_int(exhibitor)},
                                 {STATEMENT_NODE_ID, store_int(f->node[node])},
                                 {STATEMENT_SIDE, store_text(STR("offer"))},
                                 {STATEMENT_BASIS, store_text(str_of(basis))}};
    add(f, TABLE_STATEMENT, cells, 4);
}

/* Two organisations in one edition: the kept one infers node 0, the other declares nodes 0 and 1
 * and leads a third. */
static int set_up(void **state) {
    struct fixture *f = mem_new(1, sizeof(*f));
    database_create(&f->database);
    f->store = f->database.store;
    int64_t batch;
    struct store_batch b = {.kind = "create", .actor = STR("tester"), .note = STR("test")};
    assert_ok(store_begin(f->store, &b, &batch, &f->info), &f->info);
    struct store_cell edition[] = {{EDITION_CODE, store_text(STR("2024"))},
                                   {EDITION_NAME_EN, store_text(STR("Expo"))},
                                   {EDITION_REGISTER_COMPLETE, store_int(0)},
                                   {EDITION_CURRENT, store_int(1)}};
    f->edition = add(f, TABLE_EDITION, edition, 4);
    for (int i = 0; i < 3; i++) {
        char code[2] = {(char)('a' + i), 0};
        struct store_cell node[] = {{NODE_CODE, store_text(str_of(code))},
                                    {NODE_KIND, store_text(STR("product"))},
                                    {NODE_NAME_EN, store_text(str_of(code))}};
        f->node[i] = add(f, TABLE_NODE, node, 3);
    }
    f->keep = add_organisation(f, "Goertek Inc.", "", "");
    f->gone = add_organisation(f, "Geortek", "歌尔声学", "CN");
    int64_t partner = add_organisation(f, "Partner", "", "CN");
    int64_t kept = add_exhibitor(f, f->keep, 0), other = add_exhibitor(f, f->gone, 0);
    add_exhibitor(f, partner, other);
    add_statement(f, kept, 0, "inferred");
    add_statement(f, other, 0, "declared");
    add_statement(f, other, 1, "declared");
    assert_ok(store_commit(f->store, &f->info), &f->info);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *f = *state;
    database_remove(&f->database);
    mem_free(f);
    return 0;
}

struct tally {
    struct buf *text;
    enum store_table table;
};

/* Every record of a table as one line of text. */
static enum err write_row(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    struct tally *tally = ctx;
    buf_printf(tally->text, "%s %lld", store_table_info(tally->table)->name, (long long)id);
    for (uint32_t c = 0; c < store_table_info(tally->table)->columns; c++)
        if (v[c].kind == STORE_TEXT)
            buf_printf(tally->text, "|%.*s", STR_ARG(v[c].text));
        else if (v[c].kind == STORE_INTEGER)
            buf_printf(tally->text, "|%lld", (long long)v[c].integer);
        else
            buf_add_c(tally->text, "|");
    buf_add_char(tally->text, '\n');
    return ERR_OK;
}

static void dump(struct fixture *f, struct buf *out) {
    static const enum store_table tables[] = {TABLE_ORGANISATION, TABLE_ORGANISATION_NAME,
                                              TABLE_EXHIBITOR, TABLE_STATEMENT};
    buf_init(out, 1 << 20);
    for (int i = 0; i < 4; i++) {
        struct tally tally = {out, tables[i]};
        assert_ok(store_scan(store_reader_of(f->store), tables[i], write_row, &tally, &f->info),
                  &f->info);
    }
}

static void the_kept_one_takes_over_all_and_the_other_points_to_it(void **state) {
    struct fixture *f = *state;
    int64_t batch;
    struct buf text;
    assert_ok(merge_organisations(f->store,
                                  &(struct store_batch){.actor = STR("tester"), .at_ms = 1},
                                  f->keep, f->gone, &batch, &f->info),
              &f->info);
    dump(f, &text);
    assert_non_null(strstr(text.ptr, "organisation 1|Goertek Inc.|歌尔声学|CN|"));
    assert_non_null(strstr(text.ptr, "organisation 2|Geortek|歌尔声学|CN||||||||1\n"));
    assert_non_null(strstr(text.ptr, "|en|alias|Geortek\n"));
    assert_null(strstr(text.ptr, "exhibitor 2|"));
    assert_non_null(strstr(text.ptr, "exhibitor 3|1|3||1|"));
    assert_non_null(strstr(text.ptr, "statement 1|1|1|offer|declared|"));
    assert_null(strstr(text.ptr, "statement 2|"));
    assert_non_null(strstr(text.ptr, "statement 3|1|2|offer|declared|"));
    buf_release(&text);
}

static void unmerging_restores_every_record(void **state) {
    struct fixture *f = *state;
    int64_t batch;
    struct buf before, after;
    dump(f, &before);
    assert_ok(merge_organisations(f->store,
                                  &(struct store_batch){.actor = STR("tester"), .at_ms = 1},
                                  f->keep, f->gone, &batch, &f->info),
              &f->info);
    assert_ok(merge_take_back(f->store, &(struct store_batch){.actor = STR("tester"), .at_ms = 2},
                              f->gone, &batch, &f->info),
              &f->info);
    dump(f, &after);
    assert_string_equal(before.ptr, after.ptr);
    assert_int_equal(merge_take_back(f->store,
                                     &(struct store_batch){.actor = STR("tester"), .at_ms = 2},
                                     f->gone, &batch, &f->info),
                     ERR_NOT_FOUND);
    buf_release(&before);
    buf_release(&after);
}

static void a_region_is_not_taken_from_another_country(void **state) {
    struct fixture *f = *state;
    int64_t batch;
    struct buf text;
    struct store_batch b = {.kind = "edit", .actor = STR("tester"), .note = STR("test")};
    struct store_cell country = {ORGANISATION_COUNTRY, store_text(STR("US"))};
    struct store_cell region = {ORGANISATION_REGION, store_text(STR("CN-SD"))};
    assert_ok(store_begin(f->store, &b, &batch, &f->info), &f->info);
    assert_ok(store_update(f->store, TABLE_ORGANISATION, f->keep, &country, 1, &f->info), &f->info);
    assert_ok(store_update(f->store, TABLE_ORGANISATION, f->gone, &region, 1, &f->info), &f->info);
    assert_ok(store_commit(f->store, &f->info), &f->info);
    assert_ok(merge_organisations(f->store,
                                  &(struct store_batch){.actor = STR("tester"), .at_ms = 1},
                                  f->keep, f->gone, &batch, &f->info),
              &f->info);
    dump(f, &text);
    assert_non_null(strstr(text.ptr, "organisation 1|Goertek Inc.|歌尔声学|US||"));
    buf_release(&text);
}

static const struct store_batch by = {.actor = {"tester", 6}, .at_ms = 1};

static int64_t add_participant(struct fixture *f, int64_t organisation, int64_t exhibitor) {
    struct store_cell cells[] = {
        {PARTICIPANT_EDITION_ID, store_int(f->edition)},
        {PARTICIPANT_ORGANISATION_ID, store_int(organisation)},
        {PARTICIPANT_KIND, store_text(exhibitor != 0 ? STR("exhibitor") : STR("buyer"))},
        {PARTICIPANT_EXHIBITOR_ID, store_ref(exhibitor)},
        {PARTICIPANT_STATE, store_text(STR("active"))}};
    int64_t batch;
    struct store_batch b = {.kind = "create", .actor = STR("tester"), .note = STR("test")};
    assert_ok(store_begin(f->store, &b, &batch, &f->info), &f->info);
    int64_t id = add(f, TABLE_PARTICIPANT, cells, 5);
    assert_ok(store_commit(f->store, &f->info), &f->info);
    return id;
}

static enum err take_participant(void *ctx, int64_t id, const struct store_value *values,
                                 struct errinfo *info) {
    int64_t *out = ctx;
    (void)id;
    (void)info;
    bool exhibits = str_equal_c(values[PARTICIPANT_KIND].text, "exhibitor");
    assert_int_equal(exhibits, values[PARTICIPANT_EXHIBITOR_ID].kind != STORE_NULL);
    out[0] = values[PARTICIPANT_ORGANISATION_ID].integer;
    out[1] = values[PARTICIPANT_EXHIBITOR_ID].integer;
    return ERR_OK;
}

/* Whose it is and its stand; ERR_NOT_FOUND when it is gone. */
static enum err participant(struct fixture *f, int64_t id, int64_t out[2]) {
    return store_get(store_reader_of(f->store), TABLE_PARTICIPANT, id, take_participant, out,
                     &f->info);
}

static void a_participant_goes_over_with_its_stand(void **state) {
    struct fixture *f = *state;
    int64_t batch, undone, is[2], id = add_participant(f, f->gone, 2);
    assert_ok(merge_organisations(f->store, &by, f->keep, f->gone, &batch, &f->info), &f->info);
    assert_ok(participant(f, id, is), &f->info);
    assert_true(is[0] == f->keep && is[1] == 1);
    assert_ok(merge_take_back(f->store, &by, f->gone, &undone, &f->info), &f->info);
    assert_ok(participant(f, id, is), &f->info);
    assert_true(is[0] == f->gone && is[1] == 2);
}

static void of_two_participants_the_one_that_stays_is_kept(void **state) {
    struct fixture *f = *state;
    int64_t batch, undone, is[2];
    int64_t kept = add_participant(f, f->keep, 0), other = add_participant(f, f->gone, 2);
    assert_ok(merge_organisations(f->store, &by, f->keep, f->gone, &batch, &f->info), &f->info);
    assert_int_equal(participant(f, other, is), ERR_NOT_FOUND);
    assert_ok(participant(f, kept, is), &f->info);
    assert_true(is[0] == f->keep && is[1] == 1);
    assert_ok(merge_take_back(f->store, &by, f->gone, &undone, &f->info), &f->info);
    assert_ok(participant(f, other, is), &f->info);
    assert_true(is[0] == f->gone && is[1] == 2);
}

static void a_participant_that_somebody_acts_for_is_not_merged_away(void **state) {
    struct fixture *f = *state;
    int64_t batch, is[2], other;
    add_participant(f, f->keep, 0);
    other = add_participant(f, f->gone, 2);
    struct store_batch b = {.kind = "create", .actor = STR("tester"), .note = STR("test")};
    assert_ok(store_begin(f->store, &b, &batch, &f->info), &f->info);
    struct store_cell invitation[] = {{INVITATION_PARTICIPANT_ID, store_int(other)},
                                      {INVITATION_ROLE, store_text(STR("exhibitor-member"))},
                                      {INVITATION_DIGEST, store_text(STR("0"))},
                                      {INVITATION_CREATED_MS, store_int(1)},
                                      {INVITATION_EXPIRES_MS, store_int(2)}};
    add(f, TABLE_INVITATION, invitation, 5);
    assert_ok(store_commit(f->store, &f->info), &f->info);
    assert_int_equal(merge_organisations(f->store, &by, f->keep, f->gone, &batch, &f->info),
                     ERR_CONFLICT);
    assert_non_null(strstr(f->info.message, "persons act for the one"));
    assert_ok(participant(f, other, is), &f->info);
    assert_ok(merge_organisations(f->store, &by, f->gone, f->keep, &batch, &f->info), &f->info);
}

static void merging_with_itself_or_twice_is_refused(void **state) {
    struct fixture *f = *state;
    int64_t batch;
    assert_int_equal(merge_organisations(f->store,
                                         &(struct store_batch){.actor = STR("tester"), .at_ms = 1},
                                         f->keep, f->keep, &batch, &f->info),
                     ERR_INPUT);
    assert_ok(merge_organisations(f->store,
                                  &(struct store_batch){.actor = STR("tester"), .at_ms = 1},
                                  f->keep, f->gone, &batch, &f->info),
              &f->info);
    assert_int_equal(merge_organisations(f->store,
                                         &(struct store_batch){.actor = STR("tester"), .at_ms = 1},
                                         f->keep, f->gone, &batch, &f->info),
                     ERR_CONFLICT);
    assert_non_null(strstr(f->info.hint, "unmerge"));
}

static void organisations_are_found_by_id_or_exact_name(void **state) {
    struct fixture *f = *state;
    struct store_reader *reader = store_reader_of(f->store);
    int64_t id;
    assert_ok(merge_find(reader, STR("geortek"), &id, &f->info), &f->info);
    assert_int_equal(id, f->gone);
    assert_ok(merge_find(reader, STR("1"), &id, &f->info), &f->info);
    assert_int_equal(id, f->keep);
    assert_int_equal(merge_find(reader, STR("nobody"), &id, &f->info), ERR_NOT_FOUND);
    assert_int_equal(merge_find(reader, STR("99"), &id, &f->info), ERR_NOT_FOUND);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_kept_one_takes_over_all_and_the_other_points_to_it,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(unmerging_restores_every_record, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_region_is_not_taken_from_another_country, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_participant_goes_over_with_its_stand, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_two_participants_the_one_that_stays_is_kept, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_participant_that_somebody_acts_for_is_not_merged_away,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(merging_with_itself_or_twice_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(organisations_are_found_by_id_or_exact_name, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
