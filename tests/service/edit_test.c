#include "edit_fixture.h"

#include "service/edit.h"

static void a_request_makes_records_that_refer_to_each_other(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    edit_ok(f,
            "[{'op':'create','table':'organisation','id':'$o','values':{'name_en':' Acme  Ltd ',"
            "'country':'DE'}},"
            "{'op':'create','table':'exhibitor','id':'$e','values':{'edition_id':%lld,"
            "'organisation_id':'$o','area_id':%lld}},"
            "{'op':'create','table':'statement','values':{'exhibitor_id':'$e','node_id':%lld,"
            "'side':'offer','basis':'declared'}},"
            "{'op':'update','table':'organisation','id':'$o','values':{'size':'large'}}]",
            LL(x.first), LL(x.area), LL(x.input));
    assert_string_equal(edit_value(f, TABLE_ORGANISATION, edit_made(f, 0), "name_en"), "Acme Ltd");
    assert_string_equal(edit_value(f, TABLE_ORGANISATION, edit_made(f, 0), "size"), "large");
    assert_true(f->outcome.results.at[1].revision > 0);
    struct str label[LANGS];
    assert_ok(edit_label(store_reader_of(f->store), TABLE_EXHIBITOR, edit_made(f, 1), &f->arena,
                         label, &f->info),
              &f->info);
    assert_str(label[LANG_EN], "Acme Ltd");
}

/* An import may bring what breaks a rule; whoever edits another field cannot know. */
static void a_rule_on_fields_that_stay_is_not_asked(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    const struct store_batch batch = {.kind = "import", .actor = STR("test"), .at_ms = 9};
    const struct store_cell cells[] = {{PROGRAMME_ENTRY_EDITION_ID, store_int(x.first)},
                                       {PROGRAMME_ENTRY_CODE, store_text(STR("P7"))},
                                       {PROGRAMME_ENTRY_KIND, store_text(STR("forum"))},
                                       {PROGRAMME_ENTRY_TITLE_EN, store_text(STR("Forum"))},
                                       {PROGRAMME_ENTRY_HOSTS, store_text(STR("A; B"))},
                                       {PROGRAMME_ENTRY_HOSTS_ZH, store_text(STR("甲"))}};
    int64_t batch_id, id;
    assert_ok(store_begin(f->store, &batch, &batch_id, &f->info), &f->info);
    assert_ok(store_insert(f->store, TABLE_PROGRAMME_ENTRY, cells, 6, &id, &f->info), &f->info);
    assert_ok(store_commit(f->store, &f->info), &f->info);
    edit_ok(f, "[{'op':'update','table':'programme_entry','id':%lld,'values':{'note':'call'}}]",
            LL(id));
    assert_int_equal(edit_try(f,
                              "[{'op':'update','table':'programme_entry','id':%lld,'values':{"
                              "'hosts':'A; B; C'}}]",
                              LL(id)),
                     ERR_INPUT);
    assert_fault(f, "hosts_zh", "are not as many");
    edit_ok(f, "[{'op':'update','table':'programme_entry','id':%lld,'values':{'hosts':'A'}}]",
            LL(id));
}

static void all_faults_are_told_with_their_fields(void **state) {
    struct edit_fixture *f = *state;
    edit_make_expo(f);
    assert_int_equal(
        edit_try(f,
                 "[{'op':'create','table':'organisation','values':{'name_en':'A','country':'XX',"
                 "'size':'huge','website':'not an address','lei':'1'}},"
                 "{'op':'create','table':'edition','values':{'code':'20 26','starts':'2026-02-30'"
                 "}},"
                 "{'op':'create','table':'area','values':{'edition_id':'$nobody'}}]"),
        ERR_INPUT);
    assert_fault(f, "country", "no code of a country or region");
    assert_fault(f, "size", "none of the choices");
    assert_fault(f, "website", "no address");
    assert_fault(f, "lei", "LEI");
    assert_fault(f, "code", "letters, digits");
    assert_fault(f, "starts", "no day");
    assert_fault(f, "edition_id", "no earlier operation");
    assert_int_equal(f->batch_id, 0);
}

static void rules_between_records_are_kept(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    edit_ok(f,
            "[{'op':'create','table':'organisation','id':'$a','values':{'name_en':'A'}},"
            "{'op':'create','table':'organisation','id':'$b','values':{'name_en':'B'}},"
            "{'op':'create','table':'exhibitor','id':'$x','values':{'edition_id':%lld,"
            "'organisation_id':'$a'}},"
            "{'op':'create','table':'exhibitor','values':{'edition_id':%lld,'organisation_id':'$b',"
            "'lead_id':'$x'}}]",
            LL(x.first), LL(x.first));
    int64_t a = edit_made(f, 0), lead = edit_made(f, 2), led = edit_made(f, 3);
    const struct {
        const char *request, *field, *words;
    } cases[] = {
        {"[{'op':'update','table':'exhibitor','id':$1,'values':{'lead_id':$2}}]", "lead_id",
         "led by itself"},
        {"[{'op':'update','table':'exhibitor','id':$1,'values':{'lead_id':$1}}]", "lead_id",
         "led by itself"},
        {"[{'op':'update','table':'exhibitor','id':$1,'values':{'area_id':$4}}]", "area_id",
         "another edition"},
        {"[{'op':'update','table':'exhibitor','id':$1,'values':{'pavilion_id':$5}}]", "pavilion_id",
         "another edition"},
        {"[{'op':'create','table':'exhibitor','values':{'edition_id':$3,'organisation_id':$6}}]",
         "edition_id", "there is one already: A"},
        {"[{'op':'create','table':'area','values':{'edition_id':$3,'code':'energy','kind':'zone',"
         "'name_en':'Again'}}]",
         "code", "there is one already: Energy"},
        {"[{'op':'update','table':'edition','id':$3,'values':{'starts':'2024-11-30','ends':"
         "'2024-11-26'}}]",
         "ends", "before the first day"},
        {"[{'op':'create','table':'exhibit','values':{'edition_id':$3,'name_en':'X','proof':'p'}}]",
         "debut", "proof"},
        {"[{'op':'create','table':'exhibit','values':{'edition_id':$3,'field':'nowhere','name_en':"
         "'X'}}]",
         "field", "not there"},
        {"[{'op':'create','table':'organisation','values':{'country':'DE'}}]", "name_en",
         "in English, in Chinese"},
        {"[{'op':'update','table':'organisation','id':$6,'values':{'country':'DE','region':'CN-GD'"
         "}}]",
         "region", "does not belong"},
        {"[{'op':'create','table':'link','values':{'input_id':$7,'output_id':$7,'kind':'essential'"
         "}}]",
         "input_id", "no input of itself"},
        {"[{'op':'create','table':'link','values':{'input_id':$7,'output_id':$8,'kind':'optional',"
         "'group_no':1}}]",
         "group_no", "only essential"},
        {"[{'op':'create','table':'programme_entry','values':{'edition_id':$3,'code':'P1','kind':"
         "'forum','title_en':'T','starts':'2024-11-26','start_time':'10:00','end_time':'9:00'}}]",
         "end_time", "not after the start"},
        {"[{'op':'update','table':'edition','id':$9,'values':{'current':false}}]", "current",
         "always the current one"},
        {"[{'op':'update','table':'exhibitor','id':$1,'values':{'edition_id':$9}}]", "edition_id",
         "cannot be changed"},
        {"[{'op':'update','table':'organisation','id':$6,'values':{'merged_into':$6}}]", "",
         "no field"},
        {"[{'op':'create','table':'statement','values':{'exhibitor_id':$1,'node_id':999,'side':"
         "'offer','basis':'declared'}}]",
         "node_id", "not there"},
    };
    int64_t ids[] = {lead, led,     x.first,  x.other_area, x.other_pavilion,
                     a,    x.input, x.output, x.second};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[1000];
        size_t n = 0;
        for (const char *c = cases[i].request; *c != '\0'; c++)
            if (*c == '$')
                n += (size_t)snprintf(text + n, sizeof(text) - n, "%lld", LL(ids[*++c - '1']));
            else
                text[n++] = *c;
        text[n] = '\0';
        assert_int_equal(edit_try(f, "%s", text), ERR_INPUT);
        assert_fault(f, cases[i].field, cases[i].words);
    }
}

static void a_participant_is_one_of_an_edition_and_has_a_stand_if_it_exhibits(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    edit_ok(f,
            "[{'op':'create','table':'organisation','id':'$a','values':{'name_en':'A'}},"
            "{'op':'create','table':'organisation','id':'$b','values':{'name_en':'B'}},"
            "{'op':'create','table':'exhibitor','id':'$x','values':{'edition_id':%lld,"
            "'organisation_id':'$a'}},"
            "{'op':'create','table':'participant','values':{'edition_id':%lld,'organisation_id':"
            "'$a','kind':'exhibitor','exhibitor_id':'$x','state':'active'}}]",
            LL(x.first), LL(x.first));
    int64_t a = edit_made(f, 0), b = edit_made(f, 1), stand = edit_made(f, 2);
    const struct {
        int64_t edition, organisation, stand;
        const char *kind, *field, *words;
    } cases[] = {
        {x.first, a, stand, "exhibitor", "organisation_id", "there is one already: A"},
        {x.first, b, stand, "exhibitor", "exhibitor_id", "another organisation's"},
        {x.first, b, 0, "exhibitor", "exhibitor_id", "is needed of an exhibitor"},
        {x.second, a, stand, "exhibitor", "exhibitor_id", "another edition"},
        {x.second, a, stand, "buyer", "exhibitor_id", "and of nobody else"},
        {x.second, a, 0, "visitor", "kind", ""},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char id[32] = "null";
        if (cases[i].stand > 0)
            snprintf(id, sizeof(id), "%lld", LL(cases[i].stand));
        assert_int_equal(
            edit_try(f,
                     "[{'op':'create','table':'participant','values':{'edition_id':%lld,"
                     "'organisation_id':%lld,'kind':'%s','exhibitor_id':%s,'state':'active'}}]",
                     LL(cases[i].edition), LL(cases[i].organisation), cases[i].kind, id),
            ERR_INPUT);
        assert_fault(f, cases[i].field, cases[i].words);
    }
    edit_ok(f,
            "[{'op':'create','table':'participant','values':{'edition_id':%lld,"
            "'organisation_id':%lld,'kind':'buyer','state':'active'}}]",
            LL(x.first), LL(b));
}

static void making_an_edition_current_takes_it_from_the_other(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    edit_ok(f, "[{'op':'update','table':'edition','id':%lld,'values':{'current':true}}]",
            LL(x.first));
    assert_string_equal(edit_value(f, TABLE_EDITION, x.first, "current"), "1");
    assert_string_equal(edit_value(f, TABLE_EDITION, x.second, "current"), "0");
}

static void a_delete_names_what_refers_and_cascades_over_what_is_owned(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    edit_ok(f,
            "[{'op':'create','table':'organisation','id':'$o','values':{'name_en':'A'}},"
            "{'op':'create','table':'exhibitor','id':'$e','values':{'edition_id':%lld,"
            "'organisation_id':'$o'}},"
            "{'op':'create','table':'statement','values':{'exhibitor_id':'$e','node_id':%lld,"
            "'side':'offer','basis':'declared'}}]",
            LL(x.first), LL(x.input));
    int64_t organisation = edit_made(f, 0), exhibitor = edit_made(f, 1);
    int64_t statement = edit_made(f, 2);
    assert_int_equal(edit_try(f, "[{'op':'delete','table':'exhibitor','id':%lld}]", LL(exhibitor)),
                     ERR_CONFLICT);
    assert_int_equal(f->outcome.referrers.len, 1);
    assert_int_equal(f->outcome.referrers.at[0].id, statement);
    assert_true(f->outcome.referrers.at[0].owned);
    /* What it does not own is never taken along. */
    assert_int_equal(edit_try(f,
                              "[{'op':'delete','table':'organisation','id':%lld,'cascade':true}]",
                              LL(organisation)),
                     ERR_CONFLICT);
    assert_false(f->outcome.referrers.at[0].owned);
    assert_str(f->outcome.referrers.at[0].label[LANG_EN], "A");
    edit_ok(f, "[{'op':'delete','table':'exhibitor','id':%lld,'cascade':true}]", LL(exhibitor));
    uint64_t statements;
    assert_ok(store_count(store_reader_of(f->store), TABLE_STATEMENT, &statements, &f->info),
              &f->info);
    assert_int_equal(statements, 0);
    assert_int_equal(edit_try(f, "[{'op':'delete','table':'country','id':1}]"), ERR_OK);
}

static void an_area_that_a_programme_names_by_its_code_stays(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    edit_ok(f,
            "[{'op':'create','table':'programme_entry','values':{'edition_id':%lld,'code':'P1',"
            "'kind':'forum','title_en':'Forum','area':'energy'}}]",
            LL(x.first));
    assert_int_equal(edit_try(f, "[{'op':'delete','table':'area','id':%lld}]", LL(x.area)),
                     ERR_CONFLICT);
    assert_str(f->outcome.referrers.at[0].label[LANG_EN], "Forum");
    edit_ok(f, "[{'op':'delete','table':'area','id':%lld}]", LL(x.other_area));
}

static void a_dry_run_tells_all_and_leaves_nothing(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    f->dry_run = true;
    edit_ok(f, "[{'op':'update','table':'node','id':%lld,'values':{'name_en':'Other'}}]",
            LL(x.input));
    assert_true(f->outcome.results.at[0].changed);
    assert_int_equal(f->batch_id, 0);
    assert_string_equal(edit_value(f, TABLE_NODE, x.input, "name_en"), "Cell");
}

static struct access of_role(enum role role, int64_t chain, int64_t pavilion) {
    return (struct access){.account_id = 1,
                           .grant_count = 1,
                           .grants = {{.role = role, .chain_id = chain, .pavilion_id = pavilion}}};
}

static void an_area_manager_writes_inside_the_chain_only(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    edit_ok(f,
            "[{'op':'create','table':'area','id':'$z','values':{'edition_id':%lld,'code':'zone',"
            "'kind':'zone','name_en':'Zone'}},"
            "{'op':'create','table':'organisation','id':'$o','values':{'name_en':'Out'}},"
            "{'op':'create','table':'exhibitor','values':{'edition_id':%lld,'organisation_id':'$o',"
            "'area_id':'$z'}}]",
            LL(x.first), LL(x.first));
    int64_t zone = edit_made(f, 0), outside = edit_made(f, 2);
    f->access = of_role(ROLE_AREA_MANAGER, x.chain, 0);
    /* An organisation lies where its exhibitor stands: both together are inside. */
    edit_ok(f,
            "[{'op':'create','table':'organisation','id':'$o','values':{'name_en':'In'}},"
            "{'op':'create','table':'exhibitor','values':{'edition_id':%lld,'organisation_id':'$o',"
            "'area_id':%lld}}]",
            LL(x.first), LL(x.area));
    int64_t inside = edit_made(f, 1);
    const char *denied[] = {
        "[{'op':'create','table':'organisation','values':{'name_en':'Alone'}}]",
        "[{'op':'update','table':'exhibitor','id':$1,'values':{'note':'x'}}]",
        "[{'op':'update','table':'exhibitor','id':$2,'values':{'area_id':$3}}]",
        "[{'op':'delete','table':'exhibitor','id':$1}]",
        "[{'op':'update','table':'edition','id':1,'values':{'name_en':'x'}}]",
        "[{'op':'create','table':'node','values':{'code':'x','kind':'product','name_en':'X'}}]",
    };
    int64_t ids[] = {outside, inside, zone};
    for (size_t i = 0; i < sizeof(denied) / sizeof(denied[0]); i++) {
        char text[400];
        size_t n = 0;
        for (const char *c = denied[i]; *c != '\0'; c++)
            if (*c == '$' && c[1] <= '3')
                n += (size_t)snprintf(text + n, sizeof(text) - n, "%lld", LL(ids[*++c - '1']));
            else
                text[n++] = *c;
        text[n] = '\0';
        if (edit_try(f, "%s", text) != ERR_DENIED)
            fail_msg("not denied: %s", text);
    }
    edit_ok(f, "[{'op':'update','table':'exhibitor','id':%lld,'values':{'note':'mine'}}]",
            LL(inside));
    f->access = of_role(ROLE_READER, 0, 0);
    assert_int_equal(edit_try(f,
                              "[{'op':'update','table':'exhibitor','id':%lld,'values':{'note':"
                              "'x'}}]",
                              LL(inside)),
                     ERR_DENIED);
}

static void a_pavilion_manager_writes_inside_the_pavilion_only(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    f->access = of_role(ROLE_PAVILION_MANAGER, 0, x.pavilion);
    edit_ok(f,
            "[{'op':'create','table':'pavilion_text','values':{'pavilion_id':%lld,'section':"
            "'culture','text_en':'# Tea'}}]",
            LL(x.pavilion));
    assert_int_equal(
        edit_try(f, "[{'op':'update','table':'pavilion','id':%lld,'values':{'theme':'x'}}]",
                 LL(x.other_pavilion)),
        ERR_DENIED);
}

static void lists_filter_search_and_page(void **state) {
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    const char *names[] = {"Müller GmbH", "Acme", "MUELLER", "Beta", "Acme Two"};
    for (int i = 0; i < 5; i++)
        edit_ok(f,
                "[{'op':'create','table':'organisation','id':'$o','values':{'name_en':'%s'}},"
                "{'op':'create','table':'exhibitor','values':{'edition_id':%lld,'organisation_id':"
                "'$o'}}]",
                names[i], LL(i < 4 ? x.first : x.second));
    const struct edit_table *t = edit_table_of(TABLE_EXHIBITOR);
    struct edit_query query = {.table = t, .text = STR("acme"), .limit = 10};
    struct edit_page page;
    struct store_reader *reader = store_reader_of(f->store);
    struct access all = access_local();
    assert_ok(edit_list(reader, &all, &query, &f->arena, &page, &f->info), &f->info);
    assert_int_equal(page.count, 2);
    query.filters[query.filter_count++] =
        (struct edit_filter){edit_field_by_name(t, STR("edition_id")), store_int(x.first)};
    assert_ok(edit_list(reader, &all, &query, &f->arena, &page, &f->info), &f->info);
    assert_int_equal(page.count, 1);
    assert_str(page.records[0].label[LANG_EN], "Acme");
    query = (struct edit_query){
        .table = edit_table_of(TABLE_ORGANISATION), .text = STR("muller"), .limit = 10};
    assert_ok(edit_list(reader, &all, &query, &f->arena, &page, &f->info), &f->info);
    assert_int_equal(page.count, 1);
    query.text = STR("");
    query.limit = 2;
    int64_t seen = 0;
    for (int pages = 0; pages < 3; pages++) {
        assert_ok(edit_list(reader, &all, &query, &f->arena, &page, &f->info), &f->info);
        assert_int_equal(page.matched, 5);
        assert_int_equal(page.count, pages < 2 ? 2 : 1);
        assert_int_equal(page.more, pages < 2);
        assert_true(page.records[0].id > seen);
        seen = query.after = page.records[page.count - 1].id;
    }
}

/* Walks every allocation of a request that merges, cascades and refuses. */
static void lack_of_memory_is_told_and_leaves_nothing(void **state) {
    static const char text[] =
        "[{\"op\":\"update\",\"table\":\"node\",\"id\":1,\"revision\":1,\"values\":"
        "{\"name_zh\":\"x\"}},{\"op\":\"create\",\"table\":\"organisation\",\"id\":\"$o\","
        "\"values\":{\"name_en\":\"  A   B \",\"country\":\"DE\"}},{\"op\":\"create\","
        "\"table\":\"exhibitor\",\"values\":{\"edition_id\":1,\"organisation_id\":\"$o\"}},"
        "{\"op\":\"delete\",\"table\":\"pavilion\",\"id\":1,\"cascade\":true}]";
    struct edit_fixture *f = *state;
    struct edit_expo x = edit_make_expo(f);
    const struct json_value *json;
    struct edit_request request;
    uint64_t organisations;
    edit_ok(f,
            "[{'op':'create','table':'pavilion_text','values':{'pavilion_id':%lld,'section':"
            "'culture','text_en':'Tea'}}]",
            LL(x.pavilion));
    int64_t revision = edit_revision(f, TABLE_NODE, x.input);
    edit_ok(f, "[{'op':'update','table':'node','id':%lld,'values':{'hs2022':'850760'}}]",
            LL(x.input));
    assert_ok(json_read(str_of(text), NULL, &f->arena, &json, &f->info), &f->info);
    assert_ok(edit_request_read(json, &f->arena, &request, &f->info), &f->info);
    ((struct edit_operation *)(uintptr_t)request.operations)[0].revision = revision;
    struct store_batch batch = {.kind = "edit", .actor = STR("Li"), .note = STR("memory")};
    enum err code = ERR_MEMORY;
    long failures = 0;
    for (; code == ERR_MEMORY && failures < 10000; failures++) {
        struct edit_outcome outcome;
        edit_outcome_init(&outcome);
        mem_fail_after(failures);
        code = edit_run(f->store, &f->access, &batch, &request, false, &outcome, &f->batch_id,
                        &f->info);
        mem_fail_after(-1);
        if (code == ERR_OK)
            assert_int_equal(outcome.merged.len, 1);
        edit_outcome_release(&outcome);
        if (code != ERR_OK) {
            assert_int_equal(code, ERR_MEMORY);
            assert_ok(store_count(store_reader_of(f->store), TABLE_ORGANISATION, &organisations,
                                  &f->info),
                      &f->info);
            assert_int_equal(organisations, 0);
        }
    }
    assert_int_equal(code, ERR_OK);
    print_message("# %ld allocations\n", failures);
}

int main(void) {
#define EDIT_TEST(name) cmocka_unit_test_setup_teardown(name, edit_setup, edit_teardown)
    const struct CMUnitTest tests[] = {
        EDIT_TEST(a_request_makes_records_that_refer_to_each_other),
        EDIT_TEST(a_rule_on_fields_that_stay_is_not_asked),
        EDIT_TEST(all_faults_are_told_with_their_fields),
        EDIT_TEST(rules_between_records_are_kept),
        EDIT_TEST(a_participant_is_one_of_an_edition_and_has_a_stand_if_it_exhibits),
        EDIT_TEST(making_an_edition_current_takes_it_from_the_other),
        EDIT_TEST(a_delete_names_what_refers_and_cascades_over_what_is_owned),
        EDIT_TEST(an_area_that_a_programme_names_by_its_code_stays),
        EDIT_TEST(a_dry_run_tells_all_and_leaves_nothing),
        EDIT_TEST(an_area_manager_writes_inside_the_chain_only),
        EDIT_TEST(a_pavilion_manager_writes_inside_the_pavilion_only),
        EDIT_TEST(lists_filter_search_and_page),
        EDIT_TEST(lack_of_memory_is_told_and_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
