/* The change log searched by each of its filters, revisions, and what changed since a version. */
#include "fixture.h"

/* Begins a batch at a time, by an account (0: the command line). */
static int64_t begin_at(struct fixture *f, const char *kind, int64_t account_id, int64_t at_ms,
                        const char *note) {
    int64_t batch_id;
    struct store_batch batch = {.kind = kind,
                                .account_id = account_id,
                                .actor = STR("tester"),
                                .note = str_of(note),
                                .at_ms = at_ms};
    assert_ok(store_begin(f->store, &batch, &batch_id, &f->info), &f->info);
    return batch_id;
}

static void add_region(struct fixture *f, const char *code) {
    int64_t id;
    struct store_cell cells[] = {{REGION_CODE, store_text(str_of(code))},
                                 {REGION_COUNTRY, store_text(STR("CN"))},
                                 {REGION_NAME_EN, store_text(STR("Jiangsu"))},
                                 {REGION_NAME_ZH, store_text(STR("江苏"))}};
    assert_ok(store_insert(f->store, TABLE_REGION, cells, 4, &id, &f->info), &f->info);
}

/*
 * 1 account   at 1000, command line: account 1
 * 2 import    at 2000, account 1, "list.xlsx": Alpha "quoted" 50% (organisation 1), Beta (2)
 * 3 edit      at 3000, command line: country of Alpha, DE to FR
 * 4 edit      at 4000, account 1: region, Beta goes
 */
static void fill(struct fixture *f) {
    begin_at(f, "account", 0, 1000, "first");
    int64_t account = add_account(f, "lin@expo.example", "", "");
    commit(f);
    begin_at(f, "import", account, 2000, "list.xlsx");
    int64_t alpha = add_organisation(f, "Alpha \"quoted\" 50%", "DE");
    int64_t beta = add_organisation(f, "Beta 北京", "CN");
    commit(f);
    begin_at(f, "edit", 0, 3000, "n");
    assert_ok(set_country(f, alpha, "FR"), &f->info);
    commit(f);
    begin_at(f, "edit", account, 4000, "n");
    add_region(f, "CN-JS");
    assert_ok(store_delete(f->store, TABLE_ORGANISATION, beta, &f->info), &f->info);
    commit(f);
}

static enum err write_id(void *ctx, const struct store_change *change, struct errinfo *info) {
    buf_printf(ctx, "%lld ", (long long)change->batch_id);
    return ERR_OK;
}

static void assert_found(struct fixture *f, struct store_log_filter filter, const char *expected) {
    struct buf found;
    buf_init(&found, 1000);
    if (filter.limit == 0)
        filter.limit = 100;
    assert_ok(
        store_log_search(store_reader_of(f->store), &filter, NULL, write_id, &found, &f->info),
        &f->info);
    assert_str(buf_str(&found), expected);
    buf_release(&found);
}

static void each_filter_leaves_the_batches_it_asks_for(void **state) {
    struct fixture *f = *state;
    struct store_log_filter all = {.table = STORE_TABLES}, q;
    fill(f);
    assert_found(f, all, "4 3 2 1 ");
    q = all, q.from_ms = 2000, q.to_ms = 4000;
    assert_found(f, q, "3 2 ");
    q = all, q.account_id = 1;
    assert_found(f, q, "4 2 ");
    q = all, q.account_id = STORE_COMMAND_LINE;
    assert_found(f, q, "3 1 ");
    q = all, q.kind = STR("edit");
    assert_found(f, q, "4 3 ");
    q = all, q.table = TABLE_ORGANISATION;
    assert_found(f, q, "4 3 2 ");
    q.record_id = 1;
    assert_found(f, q, "3 2 ");
    q.since_version = 3;
    assert_found(f, q, "3 ");
    q = all, q.since_version = 4;
    assert_found(f, q, "4 ");
    q = all, q.table = TABLE_ORGANISATION, q.account_id = 1, q.from_ms = 3000;
    assert_found(f, q, "4 ");
}

static void a_text_is_looked_for_in_values_and_notes_only(void **state) {
    struct fixture *f = *state;
    struct store_log_filter q = {.table = STORE_TABLES};
    fill(f);
    q.text = STR("alpha");
    assert_found(f, q, "2 ");
    q.text = STR("\"quoted\" 50%");
    assert_found(f, q, "2 ");
    q.text = STR("5_%");
    assert_found(f, q, "");
    q.text = STR("北京");
    assert_found(f, q, "4 2 "); /* as it went, too */
    q.text = STR("fr");
    assert_found(f, q, "3 ");
    q.text = STR("LIST.XLSX");
    assert_found(f, q, "2 ");
    q.text = STR("country"); /* a column's name stands in the line of the edit */
    assert_found(f, q, "");
    q.table = TABLE_REGION, q.text = STR("江苏");
    assert_found(f, q, "4 ");
    char longer[5000];
    memset(longer, 'a', sizeof(longer));
    q.text = (struct str){longer, sizeof(longer)};
    assert_int_equal(
        store_log_search(store_reader_of(f->store), &q, NULL, write_id, NULL, &f->info), ERR_LIMIT);
}

static void pages_follow_each_other_by_cursor(void **state) {
    struct fixture *f = *state;
    struct store_log_filter q = {.table = STORE_TABLES, .limit = 3};
    fill(f);
    assert_found(f, q, "4 3 2 ");
    q.before_batch = 2;
    assert_found(f, q, "1 ");
    q.before_batch = 1;
    assert_found(f, q, "");
}

static void a_search_without_end_is_stopped_at_its_deadline(void **state) {
    struct fixture *f = *state;
    struct store_log_filter q = {.table = STORE_TABLES, .limit = 10, .text = STR("nowhere")};
    struct job job = {.deadline_ns = 1};
    begin(f, "import");
    for (int i = 0; i < 3000; i++)
        add_organisation(f, "Firm", "DE");
    commit(f);
    struct store_reader *reader = store_reader_of(f->store);
    assert_int_equal(store_log_search(reader, &q, &job, write_id, NULL, &f->info), ERR_STOPPED);
    assert_ok(store_log_search(reader, &q, NULL, write_id, NULL, &f->info), &f->info);
}

static enum err write_line(void *ctx, const struct store_change *change, struct errinfo *info) {
    buf_printf(ctx, "line %lld of batch %lld: %.*s %.*s > %.*s", (long long)change->change_id,
               (long long)change->batch_id, STR_ARG(change->operation), STR_ARG(change->before),
               STR_ARG(change->after));
    return ERR_OK;
}

static void a_revision_grows_with_each_change_of_its_record(void **state) {
    struct fixture *f = *state;
    struct buf line;
    int64_t alpha, beta, other;
    buf_init(&line, 1000);
    fill(f);
    struct store_reader *reader = store_reader_of(f->store);
    assert_ok(store_revision(reader, TABLE_ORGANISATION, 1, &alpha, &f->info), &f->info);
    assert_ok(store_revision(reader, TABLE_ORGANISATION, 2, &beta, &f->info), &f->info);
    assert_ok(store_revision(reader, TABLE_ORGANISATION, 3, &other, &f->info), &f->info);
    assert_true(alpha == 4 && beta == 6 && other == 0);
    assert_ok(store_last_change(reader, TABLE_ORGANISATION, 1, write_line, &line, &f->info),
              &f->info);
    assert_str(buf_str(&line),
               "line 4 of batch 3: update {\"country\":\"DE\"} > {\"country\":\"FR\"}");
    assert_int_equal(store_last_change(reader, TABLE_ORGANISATION, 3, write_line, &line, &f->info),
                     ERR_NOT_FOUND);
    buf_release(&line);
}

static enum err write_touched(void *ctx, const struct store_touched *t, struct errinfo *info) {
    buf_printf(ctx, "%s %lld x%lld%s%s @%lld by %lld at %lld; ", store_table_info(t->table)->name,
               (long long)t->record_id, (long long)t->lines, t->created ? " new" : "",
               t->gone ? " gone" : "", (long long)t->revision, (long long)t->account_id,
               (long long)t->at_ms);
    return ERR_OK;
}

static void what_was_touched_since_is_told_once_a_record(void **state) {
    struct fixture *f = *state;
    struct buf text;
    buf_init(&text, 1000);
    fill(f);
    struct store_reader *reader = store_reader_of(f->store);
    assert_ok(store_touched_since(reader, 1, 10, write_touched, &text, &f->info), &f->info);
    assert_str(buf_str(&text), "organisation 2 x2 new gone @6 by 1 at 4000; "
                               "region 1 x1 new @5 by 1 at 4000; "
                               "organisation 1 x2 new @4 by 0 at 3000; ");
    buf_clear(&text);
    assert_ok(store_touched_since(reader, 3, 2, write_touched, &text, &f->info), &f->info);
    assert_str(buf_str(&text), "organisation 2 x1 gone @6 by 1 at 4000; "
                               "region 1 x1 new @5 by 1 at 4000; ");
    buf_release(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_filter_leaves_the_batches_it_asks_for, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_text_is_looked_for_in_values_and_notes_only, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(pages_follow_each_other_by_cursor, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_search_without_end_is_stopped_at_its_deadline, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_revision_grows_with_each_change_of_its_record, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_was_touched_since_is_told_once_a_record, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
