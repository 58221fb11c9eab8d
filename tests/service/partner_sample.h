/* The sample with participants and what they say, and the market and round of one edition. */
#ifndef FAIRLEAD_TESTS_SERVICE_PARTNER_SAMPLE_H
#define FAIRLEAD_TESTS_SERVICE_PARTNER_SAMPLE_H

#include "database.h"
#include "service/merge.h"
#include "service/partner_round.h"

/* Equal up to `slack`. */
#define assert_near(actual, expected, slack)                                                       \
    assert_true((actual) - (expected) <= (slack) && (expected) - (actual) <= (slack))

struct partner_sample {
    struct database database;
    struct access local;
    struct errinfo info;
    struct arena arena;
    struct view *view;
    struct partner_market *market;
    struct partner_round *round;
};

static inline int partner_setup(void **state) {
    static struct partner_sample f;
    f = (struct partner_sample){.local = access_local()};
    database_create_sample(&f.database);
    assert_ok(store_open(f.database.path, &f.database.store, &f.info), &f.info);
    arena_init(&f.arena, 64 << 20);
    *state = &f;
    return 0;
}

/* Forgets view, market and round, because what they were made of changed. */
static inline void partner_forget(struct partner_sample *f) {
    partner_round_free(f->round);
    partner_market_free(f->market);
    view_free(f->view);
    f->round = NULL;
    f->market = NULL;
    f->view = NULL;
}

static inline int partner_teardown(void **state) {
    struct partner_sample *f = *state;
    partner_forget(f);
    arena_release(&f->arena);
    database_remove(&f->database);
    return 0;
}

static inline struct store_reader *partner_reader(struct partner_sample *f) {
    return store_reader_of(f->database.store);
}

static inline void partner_load(struct partner_sample *f, const char *edition) {
    partner_forget(f);
    assert_ok(view_load(partner_reader(f), str_of(edition), NULL, &f->view, &f->info), &f->info);
    assert_ok(partner_market_new(f->view, partner_reader(f), NULL, &f->market, &f->info), &f->info);
}

static inline void partner_run(struct partner_sample *f, const struct partner_settings *settings,
                               bool stable) {
    partner_round_free(f->round);
    assert_ok(partner_round_run(f->market, settings, stable, NULL, &f->round, &f->info), &f->info);
}

static inline void partner_begin(struct partner_sample *f) {
    const struct store_batch batch = {.kind = "edit", .actor = STR("tester"), .at_ms = 1};
    int64_t batch_id;
    assert_ok(store_begin(f->database.store, &batch, &batch_id, &f->info), &f->info);
}

static inline void partner_commit(struct partner_sample *f) {
    assert_ok(store_commit(f->database.store, &f->info), &f->info);
}

/* One record in a batch of its own; its id. */
static inline int64_t partner_insert(struct partner_sample *f, enum store_table table,
                                     const struct store_cell *cells, uint32_t count) {
    int64_t id = 0;
    partner_begin(f);
    assert_ok(store_insert(f->database.store, table, cells, count, &id, &f->info), &f->info);
    partner_commit(f);
    return id;
}

#define PARTNER_INSERT(f, table, ...)                                                              \
    partner_insert((f), (table), (const struct store_cell[]){__VA_ARGS__},                         \
                   sizeof((const struct store_cell[]){__VA_ARGS__}) / sizeof(struct store_cell))

static inline int64_t partner_named(struct partner_sample *f, const char *name) {
    int64_t id = 0;
    assert_ok(merge_find(partner_reader(f), str_of(name), &id, &f->info), &f->info);
    return id;
}

/* The firm of that name in the market. */
static inline uint32_t partner_firm(struct partner_sample *f, const char *name) {
    uint32_t firm = partner_market_firm(f->market, partner_named(f, name));
    assert_int_not_equal(firm, VIEW_NONE);
    return firm;
}

static inline uint32_t partner_node(const struct partner_sample *f, const char *code) {
    uint32_t node = str_map_get(&f->view->node_by_code, str_of(code));
    assert_int_not_equal(node, VIEW_NONE);
    return node;
}

/* Makes an exhibitor of the loaded edition a participant. */
static inline int64_t partner_participant(struct partner_sample *f, const char *name) {
    uint32_t firm = partner_firm(f, name);
    const struct view_exhibitor *e = &f->view->exhibitor[f->market->firm[firm].exhibitor];
    return PARTNER_INSERT(f, TABLE_PARTICIPANT,
                          {PARTICIPANT_EDITION_ID, store_int(view_this_edition(f->view)->id)},
                          {PARTICIPANT_ORGANISATION_ID, store_int(partner_named(f, name))},
                          {PARTICIPANT_KIND, store_text(STR("exhibitor"))},
                          {PARTICIPANT_EXHIBITOR_ID, store_int(e->id)},
                          {PARTICIPANT_STATE, store_text(STR("active"))});
}

/* A visitor organisation of the loaded edition, in the mainland, of no size; its participant. */
static inline int64_t partner_visitor(struct partner_sample *f, const char *name) {
    int64_t organisation =
        PARTNER_INSERT(f, TABLE_ORGANISATION, {ORGANISATION_NAME_EN, store_text(str_of(name))},
                       {ORGANISATION_COUNTRY, store_text(STR("CN"))});
    return PARTNER_INSERT(f, TABLE_PARTICIPANT,
                          {PARTICIPANT_EDITION_ID, store_int(view_this_edition(f->view)->id)},
                          {PARTICIPANT_ORGANISATION_ID, store_int(organisation)},
                          {PARTICIPANT_KIND, store_text(STR("buyer"))},
                          {PARTICIPANT_STATE, store_text(STR("active"))});
}

static inline void partner_set(struct partner_sample *f, enum store_table table, int64_t id,
                               uint32_t column, struct store_value value) {
    struct store_cell cell = {column, value};
    partner_begin(f);
    assert_ok(store_update(f->database.store, table, id, &cell, 1, &f->info), &f->info);
    partner_commit(f);
}

static inline bool partner_are_paired(const struct partner_sample *f, uint32_t a, uint32_t b) {
    for (uint32_t i = f->round->list_first[a]; i < f->round->list_first[a + 1]; i++)
        if (f->round->list[i].firm == b)
            return true;
    return false;
}

#endif
