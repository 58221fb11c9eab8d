/* An edition with firms, each a participant with one person, for the tests of matches. */
#ifndef FAIRLEAD_TESTS_SERVICE_PARTNER_FIXTURE_H
#define FAIRLEAD_TESTS_SERVICE_PARTNER_FIXTURE_H

#include "desk_fixture.h"

#include "service/matches.h"

#ifndef PARTNER_FIRMS
#define PARTNER_FIRMS 6
#endif
enum { PARTNER_NOW = 1000000 };

struct partner_firm {
    int64_t organisation, participant, account;
    struct access access;
};

struct partners {
    int64_t edition;
    struct partner_firm firm[PARTNER_FIRMS];
};

static inline int64_t partner_edition(struct desk_fixture *f) {
    int64_t edition;
    struct store_cell cells[] = {{EDITION_CODE, store_text(STR("2026"))},
                                 {EDITION_ORDINAL, store_int(4)},
                                 {EDITION_NAME_EN, store_text(STR("Fourth"))},
                                 {EDITION_REGISTER_COMPLETE, store_int(0)},
                                 {EDITION_CURRENT, store_int(1)}};
    assert_ok(store_insert(f->database.store, TABLE_EDITION, cells, 5, &edition, &f->info),
              &f->info);
    return edition;
}

static inline int64_t partner_organisation(struct desk_fixture *f, const char *name) {
    int64_t id;
    struct store_cell cell = {ORGANISATION_NAME_EN, store_text(str_of(name))};
    assert_ok(store_insert(f->database.store, TABLE_ORGANISATION, &cell, 1, &id, &f->info),
              &f->info);
    return id;
}

static inline void partner_make(struct desk_fixture *f, struct partners *p) {
    desk_begin(f);
    p->edition = partner_edition(f);
    for (int i = 0; i < PARTNER_FIRMS; i++) {
        struct partner_firm *firm = &p->firm[i];
        char name[32], email[48];
        snprintf(name, sizeof(name), "Firm %d", i);
        snprintf(email, sizeof(email), "person%d@firm.example", i);
        firm->organisation = partner_organisation(f, name);
        struct store_cell cells[] = {{PARTICIPANT_EDITION_ID, store_int(p->edition)},
                                     {PARTICIPANT_ORGANISATION_ID, store_int(firm->organisation)},
                                     {PARTICIPANT_KIND, store_text(STR("buyer"))},
                                     {PARTICIPANT_STATE, store_text(STR("active"))}};
        assert_ok(store_insert(f->database.store, TABLE_PARTICIPANT, cells, 4, &firm->participant,
                               &f->info),
                  &f->info);
        const struct account_request request = {.email = str_of(email),
                                                .name = str_of(name),
                                                .language = LANG_EN,
                                                .kept = SOME_KEPT,
                                                .at_ms = 1};
        assert_ok(account_create(f->database.store, &f->local, &request, &firm->account, &f->info),
                  &f->info);
        assert_ok(account_join(f->database.store, &f->local, firm->account, ROLE_EXHIBITOR_MEMBER,
                               firm->participant, &f->info),
                  &f->info);
    }
    desk_commit(f);
    for (int i = 0; i < PARTNER_FIRMS; i++)
        p->firm[i].access = desk_read(f, p->firm[i].account).access;
}

/* A draft round with these pairs of firms, inside the open batch. */
static inline int64_t partner_draft(struct desk_fixture *f, const struct partners *p,
                                    int64_t number, const int (*pairs)[2], size_t count) {
    struct store *store = f->database.store;
    int64_t round, id;
    struct store_cell cells[] = {{MATCH_ROUND_EDITION_ID, store_int(p->edition)},
                                 {MATCH_ROUND_NUMBER, store_int(number)},
                                 {MATCH_ROUND_STATE, store_text(STR("draft"))},
                                 {MATCH_ROUND_SUGGESTIONS_MAX, store_int(10)},
                                 {MATCH_ROUND_FLOOR, store_int(5)},
                                 {MATCH_ROUND_WEIGHTS, store_text(STR("{}"))},
                                 {MATCH_ROUND_STABLE, store_int(0)},
                                 {MATCH_ROUND_PAIRS, store_int((int64_t)count)},
                                 {MATCH_ROUND_TOTAL, store_int(0)},
                                 {MATCH_ROUND_BOUND, store_int(0)},
                                 {MATCH_ROUND_CREATED_MS, store_int(1)}};
    assert_ok(store_insert(store, TABLE_MATCH_ROUND, cells, sizeof(cells) / sizeof(cells[0]),
                           &round, &f->info),
              &f->info);
    for (size_t i = 0; i < count; i++) {
        struct store_cell pair[] = {
            {MATCH_DRAFT_ROUND_ID, store_int(round)},
            {MATCH_DRAFT_FIRST_ID, store_int(p->firm[pairs[i][0]].organisation)},
            {MATCH_DRAFT_SECOND_ID, store_int(p->firm[pairs[i][1]].organisation)},
            {MATCH_DRAFT_SCORE, store_int(500000)},
            {MATCH_DRAFT_PARTS, store_text(STR("{}"))}};
        assert_ok(store_insert(store, TABLE_MATCH_DRAFT, pair, 5, &id, &f->info), &f->info);
    }
    return round;
}

/* The match of two participants that was made last, as the first sees it. */
struct partner_seen {
    int64_t other;
    struct partner_match match;
    int found;
};

static inline enum err partner_see(void *ctx, const struct partner_match *match,
                                   struct errinfo *info) {
    struct partner_seen *seen = ctx;
    if (match->side[0].participant_id != seen->other &&
        match->side[1].participant_id != seen->other)
        return ERR_OK;
    seen->match = *match;
    seen->found++;
    return ERR_OK;
}

static inline struct partner_seen partner_match_of(struct desk_fixture *f, const struct partners *p,
                                                   int first, int second) {
    struct partner_seen seen = {.other = p->firm[second].participant};
    assert_ok(matches_of(desk_reader(f), &p->firm[first].access, p->firm[first].participant,
                         partner_see, &seen, &f->info),
              &f->info);
    return seen;
}

#endif
