/* Imports as sessions: a file is kept, mended in place, decided about, written and taken back. */
#include "edit_fixture.h"

#include "import_fixture.h"
#include "service/upload.h"

struct upload_fixture {
    struct edit_fixture *edit;
    int64_t account;
    struct buf shown;
};

static void begin(struct edit_fixture *f) {
    struct store_batch b = {.kind = "edit", .actor = STR("test"), .note = STR("upload")};
    int64_t id;
    assert_ok(store_begin(f->store, &b, &id, &f->info), &f->info);
}

static int upload_setup(void **state) {
    struct upload_fixture *u = mem_new(1, sizeof(*u));
    void *edit;
    edit_setup(&edit);
    u->edit = edit;
    edit_make_expo(u->edit);
    edit_ok(u->edit, "[{'op':'create','table':'organisation','values':{'name_en':"
                     "'Acme Battery Co., Ltd.','country':'DE'}}]");
    struct store_cell cells[] = {{ACCOUNT_LANGUAGE, store_text(STR("en"))},
                                 {ACCOUNT_STATE, store_text(STR("active"))},
                                 {ACCOUNT_MUST_CHANGE, store_int(0)},
                                 {ACCOUNT_CREATED_MS, store_int(1)}};
    begin(u->edit);
    assert_ok(store_insert(u->edit->store, TABLE_ACCOUNT, cells, 4, &u->account, &u->edit->info),
              &u->edit->info);
    assert_ok(store_commit(u->edit->store, &u->edit->info), &u->edit->info);
    buf_init(&u->shown, 1 << 20);
    *state = u;
    return 0;
}

static int upload_teardown(void **state) {
    struct upload_fixture *u = *state;
    void *edit = u->edit;
    buf_release(&u->shown);
    mem_free(u);
    return edit_teardown(&edit);
}

static int64_t keep(struct upload_fixture *u, const char *text) {
    struct edit_fixture *f = u->edit;
    int64_t id;
    begin(f);
    assert_ok(upload_keep(f->store, u->account, STR("list.csv"), str_of(text), 5, &id, &f->info),
              &f->info);
    assert_ok(store_commit(f->store, &f->info), &f->info);
    return id;
}

static enum err set(struct upload_fixture *u, int64_t id, const char *json) {
    struct edit_fixture *f = u->edit;
    char text[1000];
    snprintf(text, sizeof(text), "%s", json);
    for (char *c = text; *c != '\0'; c++)
        *c = *c == '\'' ? '"' : *c;
    begin(f);
    enum err code = upload_set(f->store, id, str_of(text), &f->info);
    if (code == ERR_OK)
        assert_ok(store_commit(f->store, &f->info), &f->info);
    else
        store_rollback(f->store);
    return code;
}

/* What would happen, read back as JSON. */
static const struct json_value *show(struct upload_fixture *u, int64_t id, const char *only,
                                     struct store *store) {
    struct edit_fixture *f = u->edit;
    struct json_out j;
    struct upload_page page = {.count = 100, .only = str_of(only)};
    const struct json_value *out;
    buf_clear(&u->shown);
    json_init(&j, &u->shown);
    json_open(&j);
    assert_ok(upload_show(store_reader_of(f->store), store, id, &page, NULL, &j, &f->info),
              &f->info);
    json_close(&j);
    struct str copy = arena_copy(&f->arena, buf_str(&u->shown));
    assert_ok(json_read(copy, NULL, &f->arena, &out, &f->info), &f->info);
    return out;
}

static int64_t number(const struct json_value *v, const char *a, const char *b) {
    const struct json_value *found = b != NULL ? json_get(json_get(v, a), b) : json_get(v, a);
    if (found == NULL || found->kind != JSON_KIND_INTEGER)
        fail_msg("no number %s %s", a, b != NULL ? b : "");
    return found->integer;
}

static enum err apply(struct upload_fixture *u, int64_t id, int64_t *batch) {
    struct store_batch by = {.account_id = u->account, .at_ms = 9};
    return upload_apply(u->edit->store, &by, id, NULL, batch, &u->edit->info);
}

static uint64_t count(struct upload_fixture *u, enum store_table table) {
    uint64_t count;
    assert_ok(store_count(store_reader_of(u->edit->store), table, &count, &u->edit->info),
              &u->edit->info);
    return count;
}

static const char sheet[] = "Exhibitors of 2025\n"
                            "Name;Country or region;Area\n"
                            "Beta AG;Germany;energy\n"
                            "Gamma Ltd;Atlantis;energy\n"
                            "Acme Batteries Company;Germany;energy\n"
                            "Total;;\n";

static void wrong_cells_are_mended_in_place_and_the_file_written(void **state) {
    struct upload_fixture *u = *state;
    int64_t id = keep(u, sheet), batch;
    const struct json_value *v = show(u, id, "", NULL);
    assert_str(json_get(json_get(v, "problem"), "message")->text,
               "the sheet has no column that tells the edition");
    assert_int_equal(json_get(v, "rows")->count, 6);
    assert_int_equal(set(u, id, "{'edition':'2025'}"), ERR_OK);
    v = show(u, id, "", NULL);
    assert_null(json_get(v, "problem"));
    assert_str(json_get(json_get(v, "file"), "separator")->text, ";");
    assert_int_equal(number(v, "summary", "errors"), 1);
    assert_int_equal(number(v, "header_line", NULL), 2);
    assert_int_equal(number(v, "matched", NULL), 4);
    v = show(u, id, "error", NULL);
    assert_int_equal(number(v, "matched", NULL), 1);
    const struct json_value *row = &json_get(v, "rows")->items[0];
    assert_int_equal(number(row, "record", NULL), 2);
    assert_int_equal(number(&json_get(row, "findings")->items[0], "column_number", NULL), 2);
    assert_int_equal(apply(u, id, &batch), ERR_INPUT);
    assert_int_equal(set(u, id, "{'cells':[{'record':2,'column':1,'value':'China'}]}"), ERR_OK);
    v = show(u, id, "", NULL);
    assert_int_equal(number(v, "summary", "errors"), 0);
    assert_int_equal(json_get(&json_get(v, "rows")->items[1], "mended")->count, 1);
    assert_ok(apply(u, id, &batch), &u->edit->info);
    assert_true(batch > 0);
    assert_int_equal(count(u, TABLE_EXHIBITOR), 3);
    v = show(u, id, "", NULL);
    assert_str(json_get(v, "state")->text, "applied");
    assert_int_equal(number(v, "batch", NULL), batch);
    assert_int_equal(set(u, id, "{'edition':'2024'}"), ERR_CONFLICT);
    assert_int_equal(apply(u, id, &batch), ERR_CONFLICT);
}

static void rows_left_out_are_shown_and_not_written(void **state) {
    struct upload_fixture *u = *state;
    int64_t id = keep(u, sheet), batch;
    assert_int_equal(set(u, id, "{'edition':'2025','leave_out':[2]}"), ERR_OK);
    const struct json_value *v = show(u, id, "left-out", NULL);
    assert_int_equal(number(v, "matched", NULL), 1);
    assert_int_equal(number(v, "summary", "errors"), 0);
    assert_ok(apply(u, id, &batch), &u->edit->info);
    assert_int_equal(count(u, TABLE_EXHIBITOR), 2);
}

/* The one finding of a duplicate: its record and the organisation it may be. */
static int64_t duplicate_of(struct upload_fixture *u, int64_t id) {
    const struct json_value *v = show(u, id, "duplicate", NULL);
    assert_int_equal(number(v, "matched", NULL), 1);
    const struct json_value *finding =
        &json_get(&json_get(v, "rows")->items[0], "findings")->items[0];
    assert_int_equal(number(finding, "record", NULL), 3);
    assert_str(json_get(finding, "of_name")->text, "Acme Battery Co., Ltd.");
    return number(finding, "of_id", NULL);
}

static void a_duplicate_decided_as_same_becomes_one_organisation(void **state) {
    struct upload_fixture *u = *state;
    int64_t id = keep(u, sheet), batch, undo;
    char settings[200];
    assert_int_equal(set(u, id, "{'edition':'2025','leave_out_wrong':true}"), ERR_OK);
    int64_t acme = duplicate_of(u, id);
    snprintf(settings, sizeof(settings),
             "{'decisions':[{'record':3,'of_id':%lld,'decision':'same'}]}", LL(acme));
    assert_int_equal(set(u, id, settings), ERR_OK);
    assert_ok(apply(u, id, &batch), &u->edit->info);
    struct edit_query query = {.table = edit_table_of(TABLE_EXHIBITOR), .limit = 10};
    query.filters[query.filter_count++] = (struct edit_filter){
        edit_field_by_name(query.table, STR("organisation_id")), store_int(acme)};
    struct edit_page page;
    assert_ok(edit_list(store_reader_of(u->edit->store), &u->edit->access, &query, &u->edit->arena,
                        &page, &u->edit->info),
              &u->edit->info);
    assert_int_equal(page.count, 1);
    struct store_batch b = {.kind = "undo", .actor = STR("Li"), .undo_of = batch};
    assert_ok(store_begin(u->edit->store, &b, &undo, &u->edit->info), &u->edit->info);
    assert_ok(store_undo(u->edit->store, batch, &u->edit->info), &u->edit->info);
    assert_ok(store_commit(u->edit->store, &u->edit->info), &u->edit->info);
    assert_int_equal(count(u, TABLE_EXHIBITOR), 0);
    assert_int_equal(count(u, TABLE_ORGANISATION), 1);
}

static void a_list_applied_beside_other_writers_is_one_batch(void **state) {
    struct upload_fixture *u = *state;
    struct edit_fixture *f = u->edit;
    struct writer *writer;
    struct store_reader *reader;
    int64_t id = keep(u, sheet), batch;
    struct store_batch by = {.account_id = u->account, .at_ms = 9};
    assert_int_equal(set(u, id, "{'edition':'2025','leave_out_wrong':true}"), ERR_OK);
    assert_ok(writer_new(f->database.path, &writer, &f->info), &f->info);
    assert_ok(store_reader_open(f->database.path, &reader, &f->info), &f->info);
    assert_ok(store_read_begin(reader, &f->info), &f->info);
    /* The reader stays behind: what it reads first is out of date. */
    edit_ok(f, "[{'op':'create','table':'organisation','values':{'name_en':'Beta AG',"
               "'country':'DE'}}]");
    assert_ok(upload_apply_beside(writer, reader, &by, id, NULL, &batch, &f->info), &f->info);
    assert_true(batch > 0);
    assert_int_equal(count(u, TABLE_EXHIBITOR), 2);
    assert_int_equal(count(u, TABLE_ORGANISATION), 3); /* Beta AG was found, not made again */
    store_read_end(reader);
    assert_ok(store_read_begin(reader, &f->info), &f->info);
    assert_int_equal(upload_apply_beside(writer, reader, &by, id, NULL, &batch, &f->info),
                     ERR_CONFLICT);
    store_read_end(reader);
    store_reader_close(reader);
    writer_free(writer);
}

static void other_sheets_are_tried_in_the_store_and_leave_it_alone(void **state) {
    struct upload_fixture *u = *state;
    int64_t id = keep(u, "node,kind,name_en\nx.y,product,Y\nx.z,nonsense,Z\n"), batch;
    assert_int_equal(set(u, id, "{'sheet':'nodes'}"), ERR_OK);
    const struct json_value *v = show(u, id, "", NULL);
    assert_true(json_get(v, "needs_store")->boolean);
    v = show(u, id, "", u->edit->store);
    assert_int_equal(number(v, "summary", "errors"), 1);
    assert_int_equal(count(u, TABLE_NODE), 2);
    assert_int_equal(set(u, id, "{'cells':[{'record':2,'column':1,'value':'service'}]}"), ERR_OK);
    assert_ok(apply(u, id, &batch), &u->edit->info);
    assert_int_equal(count(u, TABLE_NODE), 4);
}

static void settings_that_mean_nothing_are_refused(void **state) {
    struct upload_fixture *u = *state;
    int64_t id = keep(u, sheet);
    const char *wrong[] = {"[]",
                           "{'sheet':'nothing'}",
                           "{'cells':[{'record':0,'column':1,'value':'x'}]}",
                           "{'cells':[{'record':1,'column':-1,'value':'x'}]}",
                           "{'separator':'ab'}",
                           "{'leave_out':['1']}",
                           "{'decisions':[{'record':1,'decision':'same'}]}",
                           "{'decisions':[{'record':1,'of_id':1,'decision':'maybe'}]}",
                           "{'path':'/etc/passwd'}"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        if (set(u, id, wrong[i]) != ERR_INPUT)
            fail_msg("taken: %s", wrong[i]);
    assert_int_equal(set(u, id, "{'separator':','}"), ERR_OK);
    assert_int_equal(set(u, id, "{'separator':null}"), ERR_OK);
    assert_int_equal(json_get(show(u, id, "", NULL), "settings")->count, 0);
}

/* Leaves out all rows that are wrong now; returns how many. */
static int64_t leave_out_wrong(struct upload_fixture *u, int64_t id, struct buf *records) {
    const struct json_value *v = show(u, id, "error", NULL);
    char settings[1000];
    for (uint32_t i = 0; i < json_get(v, "rows")->count; i++)
        buf_printf(records, "%s%lld", records->len > 0 ? "," : "",
                   LL(number(&json_get(v, "rows")->items[i], "record", NULL)));
    snprintf(settings, sizeof(settings), "{'leave_out':[%s]}", records->ptr);
    assert_int_equal(set(u, id, settings), ERR_OK);
    return number(v, "matched", NULL);
}

/* Every finding on the page says in Chinese what it says in English; their number. */
static uint32_t count_told_in_chinese(const struct json_value *shown) {
    static const char *const keys[][2] = {
        {"message", "message_zh"}, {"reason", "reason_zh"}, {"expected", "expected_zh"}};
    const struct json_value *rows = json_get(shown, "rows");
    uint32_t told = 0;
    for (uint32_t r = 0; r < rows->count; r++) {
        const struct json_value *findings = json_get(&rows->items[r], "findings");
        for (uint32_t f = 0; f < findings->count; f++)
            for (size_t k = 0; k < 3; k++) {
                const struct json_value *english = json_get(&findings->items[f], keys[k][0]);
                const struct json_value *chinese = json_get(&findings->items[f], keys[k][1]);
                bool both = chinese != NULL && chinese->text.len > 0;
                if (english != NULL && english->text.len > 0 && !both)
                    fail_msg("not in Chinese: %.*s", STR_ARG(english->text));
                told += both;
            }
    }
    return told;
}

static void a_finding_says_in_chinese_what_the_case_is(void **state) {
    struct upload_fixture *u = *state;
    int64_t id = keep(u, sheet);
    assert_str(json_get(json_get(show(u, id, "", NULL), "problem"), "message_zh")->text,
               "表中没有写明届次的列");
    assert_int_equal(set(u, id, "{'edition':'2025'}"), ERR_OK);
    const struct json_value *v = show(u, id, "error", NULL);
    const struct json_value *finding =
        &json_get(&json_get(v, "rows")->items[0], "findings")->items[0];
    assert_str(json_get(finding, "message_zh")->text, "无法识别的国家/地区“Atlantis”");
}

/* Twice, because partners of a lead exhibitor that is left out are wrong without it. */
static void the_messy_sample_goes_in_once_its_wrong_rows_are_dealt_with(void **state) {
    struct upload_fixture *u = *state;
    struct edit_fixture *f = u->edit;
    struct fixture files = {.arena = {0}};
    struct buf records;
    int64_t batch;
    arena_init(&files.arena, 16 << 20);
    buf_init(&records, 1000);
    assert_ok(seed_database(f->store, STR("tester"), 1, false, NULL, &f->info), &f->info);
    int64_t id = keep(u, fixture_file(&files.arena, "data/sample/exhibitors_messy.csv").ptr);
    int64_t all = number(show(u, id, "", NULL), "summary", "records");
    assert_int_equal(apply(u, id, &batch), ERR_INPUT);
    assert_true(count_told_in_chinese(show(u, id, "", NULL)) > 30);
    int64_t wrong = leave_out_wrong(u, id, &records), left = leave_out_wrong(u, id, &records);
    assert_true(wrong > 0 && left > 0 && left < wrong);
    const struct json_value *v = show(u, id, "", NULL);
    assert_int_equal(number(v, "summary", "errors"), 0);
    assert_int_equal(number(v, "summary", "records"), all - wrong - left);
    assert_int_equal(number(v, "matched", NULL), all);
    assert_ok(apply(u, id, &batch), &f->info);
    assert_true(batch > 0 && count(u, TABLE_EXHIBITOR) > 0);
    buf_release(&records);
    arena_release(&files.arena);
}

static void lack_of_memory_is_told(void **state) {
    struct upload_fixture *u = *state;
    struct edit_fixture *f = u->edit;
    int64_t id = keep(u, sheet);
    enum err code = ERR_MEMORY;
    assert_int_equal(set(u, id,
                         "{'edition':'2025','cells':[{'record':2,'column':1,'value':'DE'}]"
                         "}"),
                     ERR_OK);
    /* A look makes thousands of allocations; every third of the first ones, then wider steps. */
    for (long n = 0; code == ERR_MEMORY && n < 1000000; n += 3 + n / 20) {
        struct upload_page page = {.count = 10};
        struct json_out j;
        buf_clear(&u->shown);
        json_init(&j, &u->shown);
        mem_fail_after(n);
        code = upload_show(store_reader_of(f->store), NULL, id, &page, NULL, &j, &f->info);
        mem_fail_after(-1);
    }
    assert_int_equal(code, ERR_OK);
}

static void lack_of_memory_leaves_an_upload_open(void **state) {
    struct upload_fixture *u = *state;
    int64_t id = keep(u, sheet), batch = 0;
    enum err code = ERR_MEMORY;
    long failures = -1;
    assert_int_equal(set(u, id, "{'edition':'2025','leave_out_wrong':true}"), ERR_OK);
    for (long n = 0; code == ERR_MEMORY && n < 1000000; n += 7 + n / 20) {
        failures++;
        assert_int_equal(count(u, TABLE_EXHIBITOR), 0);
        mem_fail_after(n);
        code = apply(u, id, &batch);
        mem_fail_after(-1);
    }
    assert_int_equal(code, ERR_OK);
    assert_true(failures > 0 && batch > 0);
    assert_int_equal(count(u, TABLE_EXHIBITOR), 2);
}

int main(void) {
#define UPLOAD_TEST(name) cmocka_unit_test_setup_teardown(name, upload_setup, upload_teardown)
    const struct CMUnitTest tests[] = {
        UPLOAD_TEST(wrong_cells_are_mended_in_place_and_the_file_written),
        UPLOAD_TEST(rows_left_out_are_shown_and_not_written),
        UPLOAD_TEST(a_duplicate_decided_as_same_becomes_one_organisation),
        UPLOAD_TEST(a_list_applied_beside_other_writers_is_one_batch),
        UPLOAD_TEST(other_sheets_are_tried_in_the_store_and_leave_it_alone),
        UPLOAD_TEST(settings_that_mean_nothing_are_refused),
        UPLOAD_TEST(the_messy_sample_goes_in_once_its_wrong_rows_are_dealt_with),
        UPLOAD_TEST(a_finding_says_in_chinese_what_the_case_is),
        UPLOAD_TEST(lack_of_memory_is_told),
        UPLOAD_TEST(lack_of_memory_leaves_an_upload_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
