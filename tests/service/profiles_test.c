#include "expo_fixture.h"

#include "service/profiles.h"

#define CELL "bat.cell"
#define PACK "bat.pack"

/* A firm with a stand and its participant, another firm with one, and a buyer. */
struct parties {
    int64_t organisation, stand, exhibitor, other_organisation, other, buyer;
};

static enum err take_id(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    (void)v, (void)info;
    *(int64_t *)ctx = id;
    return ERR_OK;
}

static int64_t node_id(struct expo_fixture *f, const char *code) {
    int64_t id = 0;
    assert_ok(store_scan_equal(expo_reader(f), TABLE_NODE, NODE_CODE, store_text(str_of(code)),
                               take_id, &id, &f->info),
              &f->info);
    assert_true(id > 0);
    return id;
}

static void add_statement(struct expo_fixture *f, int64_t stand, const char *node,
                          const char *basis) {
    const struct store_cell cells[] = {{STATEMENT_EXHIBITOR_ID, store_int(stand)},
                                       {STATEMENT_NODE_ID, store_int(node_id(f, node))},
                                       {STATEMENT_SIDE, store_text(STR("offer"))},
                                       {STATEMENT_BASIS, store_text(str_of(basis))},
                                       {STATEMENT_EVIDENCE, store_text(STR("words of its own"))}};
    expo_insert(f, TABLE_STATEMENT, cells, 5);
}

static struct parties make_parties(struct expo_fixture *f) {
    struct parties p;
    expo_begin(f);
    p.organisation = expo_organisation(f, "Acme", "", "CN", "large");
    p.stand = expo_stand(f, p.organisation);
    p.exhibitor = expo_participant(f, p.organisation, p.stand);
    p.other_organisation = expo_organisation(f, "Beta", "", "DE", "small");
    p.other = expo_participant(f, p.other_organisation, expo_stand(f, p.other_organisation));
    p.buyer = expo_participant(f, expo_organisation(f, "Caro", "", "BR", ""), 0);
    assert_int_equal(expo_end(f, ERR_OK), ERR_OK);
    return p;
}

static struct profile read_profile(struct expo_fixture *f, int64_t participant) {
    struct profile p;
    assert_ok(profile_read(expo_reader(f), &f->local, participant, &f->arena, &p, &f->info),
              &f->info);
    return p;
}

/* The faults of a save as "path; path;"; nothing is written where there are some. */
static char told[4000];

static enum err save_by(struct expo_fixture *f, const struct access *by, int64_t participant,
                        const struct profile *p) {
    struct profile_faults faults = {.arena = &f->arena};
    expo_begin(f);
    enum err code = profile_write(f->store, by, participant, p, &faults, &f->info);
    expo_end(f, code);
    told[0] = '\0';
    for (size_t i = 0; i < faults.list.len; i++) {
        size_t used = strlen(told);
        snprintf(told + used, sizeof(told) - used, "%.*s; ", STR_ARG(faults.list.at[i].path));
        assert_true(faults.list.at[i].words[LANG_EN].len > 0);
        assert_true(faults.list.at[i].words[LANG_ZH].len > 0);
    }
    profile_faults_release(&faults);
    return code;
}

static enum err save(struct expo_fixture *f, int64_t participant, const struct profile *p) {
    return save_by(f, &f->local, participant, p);
}

#define assert_told(f, participant, p, expected)                                                   \
    do {                                                                                           \
        assert_int_equal(save(f, participant, p), ERR_INPUT);                                      \
        assert_string_equal(told, expected);                                                       \
    } while (0)

/* A text of a constant. */
#define TEXT(literal)                                                                              \
    { literal, sizeof(literal) - 1 }

static struct profile some(struct expo_fixture *f, int64_t participant) {
    static const struct profile_claim offers[] = {{TEXT(CELL), BASIS_DECLARED, TEXT("")}};
    static const struct profile_seek seeks[] = {
        {SEEK_SUPPLIER, TEXT(PACK), 100, TEXT(" t "), TEXT("2026-09-30"), TEXT("soon")},
        {SEEK_INVESTMENT, TEXT(""), 0, TEXT(""), TEXT(""), TEXT("")}};
    static const struct profile_volume volumes[] = {{TEXT(CELL), SIDE_OFFER, 5000, TEXT("GWh")}};
    static const struct profile_condition conditions[] = {
        {STRENGTH_MUST, CONDITION_COUNTRY, TEXT("DE"), 0, TEXT(""), TEXT("")},
        {STRENGTH_NICE, CONDITION_SIZE, TEXT("small"), 0, TEXT(""), TEXT("")}};
    static const struct str languages[] = {TEXT("zh"), TEXT("en")},
                            certificates[] = {TEXT("ISO 9001"), TEXT("IATF 16949")};
    struct profile p = read_profile(f, participant);
    p.claims[PROFILE_OFFERS] = offers;
    p.claim_count[PROFILE_OFFERS] = p.exhibitor_id != 0;
    p.seeks = seeks;
    p.seek_count = 2;
    p.volumes = volumes;
    p.volume_count = 1;
    p.conditions = conditions;
    p.condition_count = 2;
    p.languages = languages;
    p.language_count = 2;
    p.certificates = certificates;
    p.certificate_count = 2;
    p.meetings_max = 12;
    p.note = STR("We build packs");
    return p;
}

static void what_was_said_is_read_again(void **state) {
    struct expo_fixture *f = *state;
    struct parties parties = make_parties(f);
    struct profile p = some(f, parties.exhibitor);
    assert_int_equal(p.revision, 0);
    assert_ok(save(f, parties.exhibitor, &p), &f->info);
    struct profile q = read_profile(f, parties.exhibitor);
    assert_true(q.revision != 0);
    assert_int_equal(q.claim_count[PROFILE_OFFERS], 1);
    assert_true(str_equal_c(q.claims[PROFILE_OFFERS][0].node, CELL));
    assert_int_equal(q.seek_count, 2);
    assert_true(str_equal_c(q.seeks[0].unit, "t"));
    assert_true(str_equal_c(q.seeks[0].by_day, "2026-09-30"));
    assert_true(q.seeks[1].kind == SEEK_INVESTMENT && q.seeks[1].node.len == 0);
    assert_int_equal(q.volumes[0].quantity, 5000);
    assert_int_equal(q.condition_count, 2);
    assert_int_equal(q.language_count, 2);
    assert_true(str_equal_c(q.certificates[1], "IATF 16949"));
    assert_int_equal(q.meetings_max, 12);
    assert_true(str_equal_c(q.organisation.name_en, "Acme"));
}

static void a_save_that_changes_one_thing_is_one_line(void **state) {
    struct expo_fixture *f = *state;
    struct parties parties = make_parties(f);
    struct profile p = some(f, parties.exhibitor);
    assert_ok(save(f, parties.exhibitor, &p), &f->info);
    p = some(f, parties.exhibitor);
    struct profile_faults faults = {.arena = &f->arena};
    expo_begin(f);
    assert_ok(profile_write(f->store, &f->local, parties.exhibitor, &p, &faults, &f->info),
              &f->info);
    assert_int_equal(store_changes(f->store), 0);
    struct profile_seek seeks[] = {p.seeks[1], p.seeks[0]};
    seeks[1].quantity = 200;
    p.seeks = seeks;
    assert_ok(profile_write(f->store, &f->local, parties.exhibitor, &p, &faults, &f->info),
              &f->info);
    assert_int_equal(store_changes(f->store), 2); /* the seek, and the count of saves */
    expo_end(f, ERR_OK);
    profile_faults_release(&faults);
}

static void who_saves_over_another_is_told(void **state) {
    struct expo_fixture *f = *state;
    struct parties parties = make_parties(f);
    struct profile mine = some(f, parties.exhibitor), theirs = mine;
    theirs.note = STR("Another note");
    assert_ok(save(f, parties.exhibitor, &theirs), &f->info);
    assert_int_equal(save(f, parties.exhibitor, &mine), ERR_CONFLICT);
    assert_non_null(strstr(f->info.hint, "Load it again"));
    mine = some(f, parties.exhibitor);
    expo_begin(f);
    add_statement(f, parties.stand, PACK, "declared");
    expo_end(f, ERR_OK);
    assert_int_equal(save(f, parties.exhibitor, &mine), ERR_CONFLICT);
    assert_true(str_equal_c(read_profile(f, parties.exhibitor).note, "Another note"));
}

static void inferred_offers_are_kept_said_or_rejected(void **state) {
    struct expo_fixture *f = *state;
    struct parties parties = make_parties(f);
    expo_begin(f);
    add_statement(f, parties.stand, CELL, "inferred");
    add_statement(f, parties.stand, PACK, "confirmed");
    add_statement(f, parties.stand, "bat.cathode", "inferred");
    expo_end(f, ERR_OK);
    struct profile p = read_profile(f, parties.exhibitor);
    assert_int_equal(p.claim_count[PROFILE_OFFERS], 3);
    const struct profile_claim said[] = {{STR(CELL), BASIS_INFERRED, STR("")},
                                         {STR(PACK), BASIS_DECLARED, STR("")}};
    p.claims[PROFILE_OFFERS] = said;
    p.claim_count[PROFILE_OFFERS] = 2;
    assert_ok(save(f, parties.exhibitor, &p), &f->info);
    p = read_profile(f, parties.exhibitor);
    assert_int_equal(p.claim_count[PROFILE_OFFERS], 2);
    assert_int_equal(p.claims[PROFILE_OFFERS][0].basis, BASIS_INFERRED);
    assert_true(p.claims[PROFILE_OFFERS][0].evidence.len > 0);
    assert_int_equal(p.claims[PROFILE_OFFERS][1].basis, BASIS_CONFIRMED);
    struct profile_claim again[] = {said[0], said[1]};
    again[0].basis = BASIS_DECLARED;
    p.claims[PROFILE_OFFERS] = again;
    assert_ok(save(f, parties.exhibitor, &p), &f->info);
    p = read_profile(f, parties.exhibitor);
    assert_int_equal(p.claims[PROFILE_OFFERS][0].basis, BASIS_DECLARED);
    assert_int_equal(p.claims[PROFILE_OFFERS][0].evidence.len, 0);
    again[0].basis = BASIS_CONFIRMED;
    p.claims[PROFILE_OFFERS] = again;
    assert_told(f, parties.exhibitor, &p, "offers[0].basis; ");
}

static void every_fault_is_told_by_its_place(void **state) {
    struct expo_fixture *f = *state;
    struct parties parties = make_parties(f);
    struct profile p = some(f, parties.exhibitor);
    const struct profile_claim offers[] = {{STR("no.such"), BASIS_DECLARED, STR("")},
                                           {STR(CELL), BASIS_DECLARED, STR("")},
                                           {STR(CELL), BASIS_INFERRED, STR("")}};
    const struct profile_seek seeks[] = {
        {SEEK_UNKNOWN, STR("no.such"), 5, STR(""), STR("2026-02-30"), STR("")},
        {SEEK_CUSTOMER, STR(""), -1, STR("t"), STR(""), STR("")},
        {SEEK_CUSTOMER, STR(""), 0, STR("t"), STR(""), STR("")}};
    const struct profile_volume volumes[] = {{STR(""), SIDE_OFFER, 1, STR("t")},
                                             {STR(CELL), SIDE_NEED, 0, STR("t")},
                                             {STR(CELL), SIDE_NEED, 1, STR("")}};
    const struct str languages[] = {STR("zh"), STR("Klingon"), STR("zh")},
                     certificates[] = {STR("ISO 9001"), STR("iso 9001"), STR("a;b"), STR(" ")},
                     days[] = {STR("2026-06-31"), STR("1999-01-01")};
    p.claims[PROFILE_OFFERS] = offers;
    p.claim_count[PROFILE_OFFERS] = 3;
    p.seeks = seeks;
    p.seek_count = 3;
    p.volumes = volumes;
    p.volume_count = 3;
    p.languages = languages;
    p.language_count = 3;
    p.certificates = certificates;
    p.certificate_count = 4;
    p.days = days;
    p.day_count = 2;
    p.meetings_max = 0;
    p.note = STR("a\x01");
    assert_told(f, parties.exhibitor, &p,
                "offers[0].node; offers[2].node; offers[2].basis; seeks[0].node; seeks[0].kind; "
                "seeks[0].unit; seeks[0].by_day; seeks[1].quantity; seeks[2].quantity; seeks[2]; "
                "volumes[0].node; volumes[1].quantity; volumes[2].unit; volumes[2].node; days[0]; "
                "days[1]; languages[1]; languages[2]; certificates[1]; certificates[2]; "
                "certificates[3]; meetings_max; note; ");
    assert_int_equal(expo_count(f, TABLE_SEEK), 0);
}

static void lists_have_a_limit(void **state) {
    struct expo_fixture *f = *state;
    struct parties parties = make_parties(f);
    struct profile p = some(f, parties.exhibitor);
    static struct profile_seek seeks[PROFILE_SEEKS_MAX + 1];
    static char notes[PROFILE_SEEKS_MAX + 1][8];
    for (int i = 0; i <= PROFILE_SEEKS_MAX; i++) {
        snprintf(notes[i], sizeof(notes[i]), "%d", i);
        seeks[i] = (struct profile_seek){.kind = SEEK_SERVICE, .note = str_of(notes[i])};
    }
    p.seeks = seeks;
    p.seek_count = PROFILE_SEEKS_MAX + 1;
    assert_told(f, parties.exhibitor, &p, "seeks; ");
    p.seek_count = PROFILE_SEEKS_MAX;
    assert_ok(save(f, parties.exhibitor, &p), &f->info);
    assert_int_equal(read_profile(f, parties.exhibitor).seek_count, PROFILE_SEEKS_MAX);
}

static void only_exhibitors_say_offers(void **state) {
    struct expo_fixture *f = *state;
    struct parties parties = make_parties(f);
    struct profile p = some(f, parties.buyer);
    assert_ok(save(f, parties.buyer, &p), &f->info);
    p = some(f, parties.buyer);
    p.claim_count[PROFILE_OFFERS] = 1;
    assert_told(f, parties.buyer, &p, "offers; ");
}

#define CONDITION(strength, kind, value, id)                                                       \
    { STRENGTH_##strength, CONDITION_##kind, STR(value), id, STR(""), STR("") }

static void set_conditions(struct profile *p, const struct profile_condition *list,
                           uint32_t count) {
    p->conditions = list;
    p->condition_count = count;
}

static void conditions_that_cannot_be_are_told(void **state) {
    struct expo_fixture *f = *state;
    struct parties parties = make_parties(f);
    struct profile p = some(f, parties.exhibitor);
    const struct profile_condition unknown[] = {
        CONDITION(MUST, COUNTRY, "XX", 0),          CONDITION(NICE, REGION, "CN-XX", 0),
        CONDITION(NICE, REGION, "DE-BY", 0),        CONDITION(NEVER, SIZE, "tiny", 0),
        CONDITION(NICE, LANGUAGE, "xx", 0),         CONDITION(NICE, CERTIFICATE, " ", 0),
        CONDITION(NEVER, ORGANISATION, "", 987654), CONDITION(NICE, ORGANISATION, "x", 2),
        CONDITION(NICE, COUNTRY, "DE", 2)};
    set_conditions(&p, unknown, 9);
    assert_told(f, parties.exhibitor, &p,
                "conditions[0].value; conditions[1].value; conditions[3].value; "
                "conditions[4].value; conditions[5].value; conditions[6].organisation_id; "
                "conditions[7].value; conditions[8].organisation_id; ");
    const struct profile_condition own[] = {
        CONDITION(NEVER, ORGANISATION, "", parties.organisation)};
    set_conditions(&p, own, 1);
    assert_told(f, parties.exhibitor, &p, "conditions[0].organisation_id; ");
    const struct profile_condition against[] = {
        CONDITION(MUST, COUNTRY, "DE", 0),  CONDITION(NEVER, COUNTRY, "DE", 0),
        CONDITION(NICE, SIZE, "small", 0),  CONDITION(NICE, SIZE, "small", 0),
        CONDITION(NEVER, COUNTRY, "CN", 0), CONDITION(MUST, REGION, "CN-GD", 0)};
    set_conditions(&p, against, 6);
    assert_told(f, parties.exhibitor, &p,
                "conditions[1]; conditions[3]; conditions[5]; conditions[5]; ");
}

static void alternatives_are_no_contradiction(void **state) {
    struct expo_fixture *f = *state;
    struct parties parties = make_parties(f);
    struct profile p = some(f, parties.exhibitor);
    const struct profile_condition two[] = {CONDITION(MUST, SIZE, "small", 0),
                                            CONDITION(MUST, SIZE, "medium", 0),
                                            CONDITION(MUST, LANGUAGE, "de", 0)};
    set_conditions(&p, two, 3);
    assert_ok(save(f, parties.exhibitor, &p), &f->info);
}

static void conditions_that_leave_nobody_are_told(void **state) {
    struct expo_fixture *f = *state;
    struct parties parties = make_parties(f);
    struct profile p = some(f, parties.exhibitor);
    const struct profile_condition nobody[] = {CONDITION(NEVER, COUNTRY, "DE", 0),
                                               CONDITION(NEVER, COUNTRY, "BR", 0)};
    set_conditions(&p, nobody, 2);
    assert_told(f, parties.exhibitor, &p, "conditions; ");
    set_conditions(&p, nobody, 1);
    assert_ok(save(f, parties.exhibitor, &p), &f->info);
}

static void a_firm_reads_and_writes_its_own_alone(void **state) {
    struct expo_fixture *f = *state;
    struct parties parties = make_parties(f);
    const struct access own = expo_person(ROLE_EXHIBITOR_MEMBER, parties.exhibitor),
                        organiser = expo_person(ROLE_ORGANISER, 0),
                        reader = expo_person(ROLE_READER, 0), nobody = {0};
    struct profile p = some(f, parties.exhibitor), q = some(f, parties.other);
    assert_ok(save_by(f, &own, parties.exhibitor, &p), &f->info);
    assert_int_equal(save_by(f, &own, parties.other, &q), ERR_DENIED);
    assert_int_equal(save_by(f, &reader, parties.other, &q), ERR_DENIED);
    assert_int_equal(save_by(f, &nobody, parties.other, &q), ERR_DENIED);
    q.condition_count = 0;
    assert_ok(save_by(f, &organiser, parties.other, &q), &f->info);
    assert_int_equal(save_by(f, &organiser, 987654, &q), ERR_NOT_FOUND);
    const struct {
        const struct access *access;
        int64_t participant;
        enum err code;
    } reads[] = {{&own, parties.exhibitor, ERR_OK},
                 {&own, parties.other, ERR_DENIED},
                 {&reader, parties.other, ERR_DENIED},
                 {&nobody, parties.other, ERR_DENIED},
                 {&organiser, parties.other, ERR_OK}};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(profile_read(expo_reader(f), reads[i].access, reads[i].participant,
                                      &f->arena, &p, &f->info),
                         reads[i].code);
}

static void days_are_kept_in_their_order_and_withdrawal_is_said(void **state) {
    struct expo_fixture *f = *state;
    struct parties parties = make_parties(f);
    const struct store_cell run[] = {{EDITION_STARTS, store_text(STR("2026-06-22"))},
                                     {EDITION_ENDS, store_text(STR("2026-06-26"))}};
    expo_begin(f);
    assert_ok(store_update(f->store, TABLE_EDITION, f->edition, run, 2, &f->info), &f->info);
    expo_end(f, ERR_OK);
    struct profile p = some(f, parties.exhibitor);
    const struct str days[] = {STR("2026-06-25"), STR("2026-06-22"), STR("2026-06-24")};
    p.days = days;
    p.day_count = 3;
    p.is_withdrawn = true;
    p.meetings_max = PROFILE_MEETINGS_OPEN;
    assert_ok(save(f, parties.exhibitor, &p), &f->info);
    p = read_profile(f, parties.exhibitor);
    assert_int_equal(p.day_count, 3);
    assert_true(str_equal_c(p.days[0], "2026-06-22") && str_equal_c(p.days[2], "2026-06-25"));
    assert_true(p.is_withdrawn && p.meetings_max == PROFILE_MEETINGS_OPEN);
}

int main(void) {
#define IN_A_DATABASE(test) cmocka_unit_test_setup_teardown(test, expo_setup, expo_teardown)
    const struct CMUnitTest tests[] = {
        IN_A_DATABASE(what_was_said_is_read_again),
        IN_A_DATABASE(a_save_that_changes_one_thing_is_one_line),
        IN_A_DATABASE(who_saves_over_another_is_told),
        IN_A_DATABASE(inferred_offers_are_kept_said_or_rejected),
        IN_A_DATABASE(every_fault_is_told_by_its_place),
        IN_A_DATABASE(lists_have_a_limit),
        IN_A_DATABASE(only_exhibitors_say_offers),
        IN_A_DATABASE(conditions_that_cannot_be_are_told),
        IN_A_DATABASE(alternatives_are_no_contradiction),
        IN_A_DATABASE(conditions_that_leave_nobody_are_told),
        IN_A_DATABASE(a_firm_reads_and_writes_its_own_alone),
        IN_A_DATABASE(days_are_kept_in_their_order_and_withdrawal_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
