/* Pavilions, programme, exhibits and figures in the view of the sample's editions. */
#include "model/kinds.h"
#include "sample_database.h"
#include "service/view.h"

static const struct view_programme_entry *entry_of(const struct view *view, const char *code) {
    for (uint32_t i = 0; i < view->programmes; i++)
        if (str_equal_c(view->programme[i].code, code))
            return &view->programme[i];
    fail_msg("no programme entry %s", code);
    return NULL;
}

static void an_edition_says_where_it_is_in_both_languages(void **state) {
    struct view *view = sample_database_view(*state, "2024");
    const struct view_edition *e = view_this_edition(view);
    assert_str(e->city_zh, "北京");
    assert_str(e->theme_zh, "链接世界，共创未来");
    assert_str(e->timezone, "Asia/Shanghai");
    assert_true(e->summary_en.len > 0 && e->summary_zh.len > 0);
    assert_int_equal(e->website.len, 0);
    view_free(view);
}

static void guests_of_honour_come_first(void **state) {
    struct view *view = sample_database_view(*state, "2025");
    static const char *const kinds[] = {"guest-country", "guest-province", "guest-province"};
    for (int i = 0; i < 3; i++)
        assert_str(view->pavilion[i].kind, kinds[i]);
    for (uint32_t i = 3; i < view->pavilions; i++)
        assert_false(str_starts(view->pavilion[i].kind, STR("guest")));
    view_free(view);
}

static void a_pavilion_knows_its_texts_members_exhibits_and_events(void **state) {
    struct view *view = sample_database_view(*state, "2024");
    const struct view_pavilion *hungary = &view->pavilion[0], *hubei = &view->pavilion[1];
    assert_str(hungary->name_en, "Hungary");
    assert_str(hubei->name_zh, "湖北");
    assert_int_equal(hubei->texts, 2);
    assert_int_equal(view->text[hubei->text_first].section, SECTION_INTRODUCTION);
    assert_int_equal(view->text[hubei->text_first + 1].section, SECTION_INDUSTRIES);
    assert_non_null(strchr(view->text[hubei->text_first + 1].text_en.ptr, '\n'));
    assert_int_equal(hubei->exhibits, 4);
    for (uint32_t i = 0; i < hubei->exhibits; i++)
        assert_int_equal(view->exhibit[view->pavilion_exhibit[hubei->exhibit_first + i]].pavilion,
                         1);
    assert_int_equal(hungary->members, 2);
    for (uint32_t i = 0; i < hungary->members; i++)
        assert_int_equal(view->exhibitor[view->member[hungary->member_first + i]].pavilion, 0);
    assert_int_equal(hungary->hostings, 1);
    assert_int_equal(hubei->hostings, 1);
    assert_str(view->programme[view->hosting[hungary->hosting_first]].code, "P029");
    view_free(view);
}

static void hosts_lead_to_pavilions_and_exhibitors(void **state) {
    struct view *view = sample_database_view(*state, "2024");
    const struct view_programme_entry *joint = entry_of(view, "P029");
    const struct view_programme_entry *launch = entry_of(view, "P032");
    assert_int_equal(joint->hosts, 2);
    const struct view_host *hosts = &view->host[joint->host_first];
    assert_str(hosts[0].name_en, "Hubei");
    assert_str(hosts[0].name_zh, "湖北");
    assert_int_equal(hosts[0].pavilion, 1);
    assert_int_equal(hosts[1].pavilion, 0);
    assert_int_equal(hosts[1].exhibitor, VIEW_NONE);
    const struct view_host *firm = &view->host[launch->host_first];
    assert_str(firm->name_zh, "麦当劳中国");
    assert_int_equal(firm->pavilion, VIEW_NONE);
    assert_str(view_organisation_of(view, firm->exhibitor)->name_en, "McDonald's China");
    const struct view_host *ministry = &view->host[entry_of(view, "P021")->host_first];
    assert_int_equal(ministry->pavilion, VIEW_NONE);
    assert_int_equal(ministry->exhibitor, VIEW_NONE);
    view_free(view);
}

static void the_programme_runs_by_day_and_ends_with_the_undated(void **state) {
    struct view *view = sample_database_view(*state, "2023");
    bool undated = false;
    for (uint32_t i = 0; i < view->programmes; i++) {
        const struct view_programme_entry *e = &view->programme[i];
        assert_true(!undated || e->starts.len == 0);
        undated = e->starts.len == 0;
        if (i > 0 && !undated)
            assert_true(str_compare(view->programme[i - 1].starts, e->starts) <= 0);
        assert_int_equal(e->start_time.len, 0);
        assert_int_equal(e->revision, 0);
    }
    assert_true(undated);
    view_free(view);
}

static void a_debut_stands_with_its_proof(void **state) {
    struct view *view = sample_database_view(*state, "2024");
    uint32_t debuts = 0;
    for (uint32_t i = 0; i < view->exhibits; i++) {
        const struct view_exhibit *x = &view->exhibit[i];
        assert_int_equal(x->debut.len > 0, x->proof.len > 0);
        assert_true(x->area == VIEW_NONE || str_equal(view->area[x->area].code, x->field));
        debuts += x->debut.len > 0;
    }
    assert_int_equal(debuts, 6);
    view_free(view);
}

static void figures_of_all_editions_are_at_hand(void **state) {
    struct view *view = sample_database_view(*state, "2024");
    assert_int_equal(view->every_figures, 149);
    for (uint32_t i = 0; i < view->figures; i++)
        assert_int_equal(view->figure[i].edition, view->edition_index);
    assert_ptr_equal(view->figure - 1, &view->every_figure[view->figure - view->every_figure - 1]);
    assert_str(view->edition[view->figure[-1].edition].code, "2023");
    assert_true(view->figure[0].definition_zh.len > 0);
    view_free(view);
}

/* What calendars ask: how often an entry was changed, and when last. */
static void a_changed_entry_has_a_revision(void **state) {
    struct sample_database *d = *state;
    struct import_outcome out;
    struct errinfo info;
    assert_ok(sample_database_import(d, SHEET_PROGRAMME,
                                     "id,edition,date,kind,title_en,start_time,end_time\n"
                                     "P028,2024,2024-11-27,forum,Clean energy theme event,"
                                     "9:30,上午11:00\n",
                                     &out, &info),
              &info);
    import_outcome_release(&out);
    struct view *view = sample_database_view(d, "2024");
    const struct view_programme_entry *e = entry_of(view, "P028");
    assert_str(e->start_time, "09:30");
    assert_str(e->end_time, "11:00");
    assert_int_equal(e->revision, 1);
    assert_int_equal(e->changed_ms, 1);
    view_free(view);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_edition_says_where_it_is_in_both_languages),
        cmocka_unit_test(guests_of_honour_come_first),
        cmocka_unit_test(a_pavilion_knows_its_texts_members_exhibits_and_events),
        cmocka_unit_test(hosts_lead_to_pavilions_and_exhibitors),
        cmocka_unit_test(the_programme_runs_by_day_and_ends_with_the_undated),
        cmocka_unit_test(a_debut_stands_with_its_proof),
        cmocka_unit_test(figures_of_all_editions_are_at_hand),
        cmocka_unit_test(a_changed_entry_has_a_revision),
    };
    return cmocka_run_group_tests(tests, sample_database_setup, sample_database_teardown);
}
