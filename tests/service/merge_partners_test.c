#include "expo_fixture.h"

#include "service/merge.h"

static const struct store_batch by = {.actor = {"tester", 6}, .at_ms = 1};

/* The one that goes is made first, so that its numbers are smaller than those of the one that
 * stays and of one partner, and larger than those of another: sides have to change places. */
struct pair {
    int64_t early, gone, keep, late;         /* organisations */
    int64_t early_p, gone_p, keep_p, late_p; /* participants */
};

static struct pair make_pair(struct expo_fixture *f) {
    struct pair p;
    p.early = expo_organisation(f, "Early", "", "DE", "");
    p.gone = expo_organisation(f, "Acme Co", "", "CN", "");
    p.keep = expo_organisation(f, "Acme", "", "CN", "");
    p.late = expo_organisation(f, "Late", "", "BR", "");
    p.early_p = expo_participant(f, p.early, 0);
    p.gone_p = expo_participant(f, p.gone, expo_stand(f, p.gone));
    p.keep_p = expo_participant(f, p.keep, 0);
    p.late_p = expo_participant(f, p.late, 0);
    return p;
}

static int64_t add_match(struct expo_fixture *f, int64_t first, int64_t second, const char *state,
                         const char *answer, int64_t by_ms) {
    const char *parts = "{\"first\":2,\"second\":4,\"score\":0.5,\"parts\":{\"fit-need\":0.2},"
                        "\"volume\":{\"node\":\"a\",\"supplier\":2,\"supply\":2,\"demand\":20}}";
    bool stands = strcmp(state, "mutual") == 0;
    const struct store_cell cells[] = {
        {MATCH_PAIR_EDITION_ID, store_int(f->edition)},
        {MATCH_PAIR_FIRST_ID, store_int(first)},
        {MATCH_PAIR_SECOND_ID, store_int(second)},
        {MATCH_PAIR_ORIGIN, store_text(STR("suggested"))},
        {MATCH_PAIR_PARTS, store_text(str_of(parts))},
        {MATCH_PAIR_STATE, store_text(str_of(state))},
        {MATCH_PAIR_FIRST_ANSWER, store_text(str_of(answer))},
        {MATCH_PAIR_FIRST_MS, store_int(by_ms)},
        {MATCH_PAIR_FIRST_NOTE, store_text(STR("of the first"))},
        {MATCH_PAIR_SECOND_ANSWER, store_text(stands ? STR("accepted") : STR("none"))},
        {MATCH_PAIR_CREATED_MS, store_int(1)},
        {MATCH_PAIR_CLOSED_MS, strcmp(state, "declined") == 0 ? store_int(2) : store_null()}};
    return expo_insert(f, TABLE_MATCH_PAIR, cells, sizeof(cells) / sizeof(cells[0]));
}

static void add_condition(struct expo_fixture *f, int64_t participant, const char *strength,
                          int64_t organisation) {
    const struct store_cell cells[] = {
        {CONDITION_PARTICIPANT_ID, store_int(participant)},
        {CONDITION_STRENGTH, store_text(str_of(strength))},
        {CONDITION_KIND, store_text(organisation != 0 ? STR("organisation") : STR("country"))},
        {CONDITION_VALUE, organisation != 0 ? store_null() : store_text(STR("DE"))},
        {CONDITION_ORGANISATION_ID, store_ref(organisation)}};
    expo_insert(f, TABLE_CONDITION, cells, 5);
}

static void add_wish(struct expo_fixture *f, int64_t participant, const char *text,
                     int64_t organisation) {
    const struct store_cell cells[] = {{WISH_PARTICIPANT_ID, store_int(participant)},
                                       {WISH_TEXT, store_text(str_of(text))},
                                       {WISH_ORGANISATION_ID, store_int(organisation)},
                                       {WISH_CONFIDENCE, store_int(1000)},
                                       {WISH_STATE, store_text(STR("matched"))}};
    expo_insert(f, TABLE_WISH, cells, 5);
}

static void add_agreement(struct expo_fixture *f, int64_t one, int64_t other) {
    const struct store_cell cells[] = {{AGREEMENT_FIRST_ID, store_int(one)},
                                       {AGREEMENT_SECOND_ID, store_int(other)},
                                       {AGREEMENT_KIND, store_text(STR("contract"))}};
    expo_insert(f, TABLE_AGREEMENT, cells, 3);
}

static void add_seek(struct expo_fixture *f, int64_t participant, const char *note) {
    const struct store_cell cells[] = {{SEEK_PARTICIPANT_ID, store_int(participant)},
                                       {SEEK_KIND, store_text(STR("service"))},
                                       {SEEK_NOTE, store_text(str_of(note))}};
    expo_insert(f, TABLE_SEEK, cells, 3);
}

static void add_volume(struct expo_fixture *f, int64_t participant, int64_t node,
                       int64_t quantity) {
    const struct store_cell cells[] = {{VOLUME_PARTICIPANT_ID, store_int(participant)},
                                       {VOLUME_NODE_ID, store_int(node)},
                                       {VOLUME_SIDE, store_text(STR("offer"))},
                                       {VOLUME_QUANTITY, store_int(quantity)},
                                       {VOLUME_UNIT, store_text(STR("t"))}};
    expo_insert(f, TABLE_VOLUME, cells, 5);
}

struct tally {
    struct buf *text;
    enum store_table table;
};

static enum err write_row(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    struct tally *tally = ctx;
    (void)info;
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

static void dump(struct expo_fixture *f, struct buf *out) {
    static const enum store_table tables[] = {TABLE_PARTICIPANT, TABLE_SEEK,     TABLE_VOLUME,
                                              TABLE_CONDITION,   TABLE_WISH,     TABLE_AGREEMENT,
                                              TABLE_MATCH_PAIR,  TABLE_EXHIBITOR};
    buf_init(out, 1 << 20);
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        struct tally tally = {out, tables[i]};
        assert_ok(store_scan(expo_reader(f), tables[i], write_row, &tally, &f->info), &f->info);
    }
}

static void count_finding(void *ctx, const char *text) {
    print_message("# %s\n", text);
    ++*(int *)ctx;
}

/* Merges, looks at what the store says of it, and takes it back: all is as it was. */
static void merge_and_back(struct expo_fixture *f, const struct pair *p, const char *const *there,
                           const char *const *not_there) {
    struct buf before, merged, after;
    int64_t batch;
    int findings = 0;
    dump(f, &before);
    assert_ok(merge_organisations(f->store, &by, p->keep, p->gone, &batch, &f->info), &f->info);
    dump(f, &merged);
    for (; *there != NULL; there++)
        if (strstr(merged.ptr, *there) == NULL)
            fail_msg("%s is missing in\n%s", *there, merged.ptr);
    for (; *not_there != NULL; not_there++)
        if (strstr(merged.ptr, *not_there) != NULL)
            fail_msg("%s is in\n%s", *not_there, merged.ptr);
    assert_ok(store_check(expo_reader(f), NULL, count_finding, &findings, &f->info), &f->info);
    assert_int_equal(findings, 0);
    assert_ok(merge_take_back(f->store, &by, p->gone, &batch, &f->info), &f->info);
    dump(f, &after);
    assert_string_equal(before.ptr, after.ptr);
    buf_release(&before);
    buf_release(&merged);
    buf_release(&after);
}

#define LIST(...)                                                                                  \
    (const char *const[]) {                                                                        \
        __VA_ARGS__, NULL                                                                          \
    }

static void what_was_said_goes_over(void **state) {
    struct expo_fixture *f = *state;
    expo_begin(f);
    struct pair p = make_pair(f);
    const struct store_cell own[] = {{PARTICIPANT_LANGUAGES, store_text(STR("zh en"))},
                                     {PARTICIPANT_MEETINGS_MAX, store_int(7)},
                                     {PARTICIPANT_REVISION, store_int(3)}};
    const struct store_cell mine[] = {{PARTICIPANT_MEETINGS_MAX, store_int(9)},
                                      {PARTICIPANT_REVISION, store_int(2)}};
    assert_ok(store_update(f->store, TABLE_PARTICIPANT, p.gone_p, own, 3, &f->info), &f->info);
    assert_ok(store_update(f->store, TABLE_PARTICIPANT, p.keep_p, mine, 2, &f->info), &f->info);
    add_seek(f, p.gone_p, "same");
    add_seek(f, p.keep_p, "same");
    add_seek(f, p.gone_p, "other");
    add_volume(f, p.keep_p, 1, 10);
    add_volume(f, p.gone_p, 1, 99);
    add_volume(f, p.gone_p, 2, 20);
    add_condition(f, p.gone_p, "must", 0);
    add_condition(f, p.keep_p, "never", 0);
    add_wish(f, p.gone_p, "Late", p.late);
    add_wish(f, p.keep_p, "Late", p.late);
    expo_end(f, ERR_OK);
    merge_and_back(f, &p,
                   LIST("|exhibitor|1|active|9|zh en|||||6\n", "seek 2|3|", "seek 3|3|",
                        "volume 1|3|1|offer|10|", "volume 3|3|2|offer|20|",
                        "condition 2|3|never|country|DE", "wish 2|3|"),
                   LIST("participant 2|", "seek 1|", "volume 2|", "condition 1|", "wish 1|"));
}

static void what_others_say_goes_over(void **state) {
    struct expo_fixture *f = *state;
    expo_begin(f);
    struct pair p = make_pair(f);
    add_condition(f, p.late_p, "never", p.gone);  /* 1: about the one that stays */
    add_condition(f, p.early_p, "never", p.gone); /* 2: said already by 3 */
    add_condition(f, p.early_p, "nice", p.keep);
    add_condition(f, p.keep_p, "never", p.gone); /* 4: on itself */
    add_wish(f, p.late_p, "Acme", p.gone);
    add_wish(f, p.keep_p, "Acme Co", p.gone); /* 2: itself */
    add_agreement(f, p.early, p.gone);
    add_agreement(f, p.gone, p.keep); /* 2: with itself */
    add_agreement(f, p.gone, p.late);
    add_agreement(f, p.keep, p.late); /* 4: the same as 3 */
    expo_end(f, ERR_OK);
    merge_and_back(f, &p,
                   LIST("condition 1|4|never|organisation||3", "condition 3|1|nice|organisation||3",
                        "wish 1|4|Acme|3|1000|matched", "wish 2|3|Acme Co|||refused",
                        "agreement 1|1|3|", "agreement 4|3|4|"),
                   LIST("condition 2|", "condition 4|", "agreement 2|", "agreement 3|"));
}

static void matches_go_over_with_their_answers(void **state) {
    struct expo_fixture *f = *state;
    expo_begin(f);
    struct pair p = make_pair(f);
    int64_t late = add_match(f, p.gone_p, p.late_p, "suggested", "accepted", 7);
    int64_t early = add_match(f, p.early_p, p.gone_p, "declined", "declined", 8);
    int64_t itself = add_match(f, p.gone_p, p.keep_p, "suggested", "later", 9);
    expo_end(f, ERR_OK);
    assert_true(late == 1 && early == 2 && itself == 3);
    merge_and_back(f, &p,
                   LIST("match_pair 1|2||3|4|suggested|||{\"first\":3,\"second\":4,\"score\":0.5,"
                        "\"parts\":{\"fit-need\":0.2},\"volume\":{\"node\":\"a\",\"supplier\":3,"
                        "\"supply\":2,\"demand\":20}}|suggested|accepted||of the first||7|none|",
                        "match_pair 2|2||1|3|"),
                   LIST("match_pair 3|"));
}

/* The one that stays stands before a partner that stood before the one that goes. */
static void sides_change_places_with_their_numbers(void **state) {
    struct expo_fixture *f = *state;
    expo_begin(f);
    struct pair p = make_pair(f);
    add_match(f, p.keep_p, p.late_p, "suggested", "accepted", 7);
    add_match(f, p.gone_p, p.keep_p, "declined", "later", 8);
    int64_t third = add_match(f, p.gone_p, p.late_p, "declined", "later", 8);
    expo_end(f, ERR_OK);
    struct pair back = {.keep = p.gone, .gone = p.keep};
    assert_int_equal(third, 3);
    merge_and_back(f, &back,
                   LIST("match_pair 1|2||2|4|suggested|", "match_pair 3|2||2|4|suggested|"),
                   LIST("match_pair 2|"));
    /* Late goes into early: pairs of 4 with 2 become pairs of 1 with 2. */
    struct pair across = {.keep = p.early, .gone = p.late};
    merge_and_back(f, &across, LIST("|declined|none|||||later||of the first||8|"),
                   LIST("match_pair 3|2||2|4|"));
}

static void of_two_live_matches_the_further_one_stays(void **state) {
    struct expo_fixture *f = *state;
    expo_begin(f);
    struct pair p = make_pair(f);
    add_match(f, p.gone_p, p.late_p, "mutual", "accepted", 7);
    add_match(f, p.keep_p, p.late_p, "suggested", "none", 8);
    add_match(f, p.early_p, p.gone_p, "suggested", "none", 9);
    add_match(f, p.early_p, p.keep_p, "suggested", "accepted", 9);
    expo_end(f, ERR_OK);
    merge_and_back(f, &p, LIST("match_pair 1|2||3|4|", "|mutual|accepted|", "match_pair 4|2||1|3|"),
                   LIST("match_pair 2|", "match_pair 3|"));
}

/* Drafts are run again; they are no part of the log. */
static void drafts_lose_the_pairs_of_the_one_that_goes(void **state) {
    struct expo_fixture *f = *state;
    int64_t batch;
    expo_begin(f);
    struct pair p = make_pair(f);
    const struct store_cell round[] = {{MATCH_ROUND_EDITION_ID, store_int(f->edition)},
                                       {MATCH_ROUND_NUMBER, store_int(1)},
                                       {MATCH_ROUND_STATE, store_text(STR("draft"))},
                                       {MATCH_ROUND_SUGGESTIONS_MAX, store_int(5)},
                                       {MATCH_ROUND_FLOOR, store_int(0)},
                                       {MATCH_ROUND_WEIGHTS, store_text(STR("{}"))},
                                       {MATCH_ROUND_STABLE, store_int(0)},
                                       {MATCH_ROUND_PAIRS, store_int(3)},
                                       {MATCH_ROUND_TOTAL, store_int(0)},
                                       {MATCH_ROUND_BOUND, store_int(0)},
                                       {MATCH_ROUND_CREATED_MS, store_int(1)}};
    int64_t id = expo_insert(f, TABLE_MATCH_ROUND, round, 11);
    const int64_t sides[][2] = {{p.early, p.gone}, {p.gone, p.late}, {p.early, p.late}};
    for (size_t i = 0; i < 3; i++) {
        const struct store_cell cells[] = {{MATCH_DRAFT_ROUND_ID, store_int(id)},
                                           {MATCH_DRAFT_FIRST_ID, store_int(sides[i][0])},
                                           {MATCH_DRAFT_SECOND_ID, store_int(sides[i][1])},
                                           {MATCH_DRAFT_SCORE, store_int(1)},
                                           {MATCH_DRAFT_PARTS, store_text(STR("{}"))}};
        expo_insert(f, TABLE_MATCH_DRAFT, cells, 5);
    }
    expo_end(f, ERR_OK);
    assert_ok(merge_organisations(f->store, &by, p.keep, p.gone, &batch, &f->info), &f->info);
    assert_int_equal(expo_count(f, TABLE_MATCH_DRAFT), 1);
}

int main(void) {
#define IN_A_DATABASE(test) cmocka_unit_test_setup_teardown(test, expo_setup, expo_teardown)
    const struct CMUnitTest tests[] = {
        IN_A_DATABASE(what_was_said_goes_over),
        IN_A_DATABASE(what_others_say_goes_over),
        IN_A_DATABASE(matches_go_over_with_their_answers),
        IN_A_DATABASE(sides_change_places_with_their_numbers),
        IN_A_DATABASE(of_two_live_matches_the_further_one_stays),
        IN_A_DATABASE(drafts_lose_the_pairs_of_the_one_that_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
