/*
 * A power cut at every sync and at random writes: what was acknowledged is there, no batch is there
 * by half, and the check finds nothing. The disk is power.c; a batch is told by the number of
 * records there were when it was committed, and the log, which the check replays, tells the rest.
 */
#include "fixture.h"

#include "base/rng.h"
#include "old_database.h"
#include "power.h"

enum { BATCHES_MAX = 600, SEED = 20260401 };

struct counts {
    uint64_t organisations, names;
};

struct run {
    struct fixture f; /* its store is the one on the disk that loses power */
    struct rng rng;
    char folder[64], cut[96];
    struct counts expected[BATCHES_MAX]; /* by batch, as it saw itself */
    int64_t acknowledged, begun;         /* batches */
    int64_t rows_acknowledged;           /* working rows */
    uint32_t cuts, losses;
    char loss[ERR_TEXT_MAX];
};

static void note_loss(struct run *r, const char *what) {
    if (r->losses++ == 0)
        snprintf(r->loss, sizeof(r->loss), "cut %u, %lld of %lld batches acknowledged: %s", r->cuts,
                 (long long)r->acknowledged, (long long)r->begun, what);
}

static void note_finding(void *ctx, const char *text) {
    note_loss(ctx, text);
}

static struct counts count(struct store_reader *reader) {
    struct counts c = {0, 0};
    struct errinfo info;
    assert_ok(store_count(reader, TABLE_ORGANISATION, &c.organisations, &info), &info);
    assert_ok(store_count(reader, TABLE_ORGANISATION_NAME, &c.names, &info), &info);
    return c;
}

static enum err note_batch(void *ctx, const struct store_change *change, struct errinfo *info) {
    *(int64_t *)ctx = change->batch_id;
    return ERR_OK;
}

/* Opens what survived, as the program would after the cut. */
static void look(struct run *r) {
    struct store *store;
    struct errinfo info;
    int64_t last = 0;
    uint64_t rows;
    if (store_open(r->cut, &store, &info) != ERR_OK) {
        note_loss(r, info.message);
        return;
    }
    struct store_reader *reader = store_reader_of(store);
    assert_ok(store_each_batch(reader, 1, note_batch, &last, &info), &info);
    struct counts c = count(reader);
    if (last < r->acknowledged || last > r->begun)
        note_loss(r, "the last batch is another");
    else if (memcmp(&c, &r->expected[last], sizeof(c)) != 0)
        note_loss(r, "there are more or fewer records than its last batch left");
    assert_ok(store_count(reader, TABLE_LOGIN_FAILURE, &rows, &info), &info);
    if ((int64_t)rows < r->rows_acknowledged)
        note_loss(r, "a working row is gone");
    assert_ok(store_check(reader, NULL, note_finding, r, &info), &info);
    store_close(store);
}

static void cut(void *ctx) {
    struct run *r = ctx;
    for (int i = 0; i < 4; i++) {
        r->cuts++;
        power_survivors(i == 0   ? POWER_DROPS_ALL
                        : i == 1 ? POWER_KEEPS_ALL
                                 : POWER_KEEPS_SOME,
                        r->cut);
        look(r);
        power_remove_files(r->folder, "cut");
    }
}

static void expect(struct run *r, int64_t batch) {
    assert_true(batch < BATCHES_MAX);
    r->begun = batch;
    r->expected[batch] = count(store_reader_of(r->f.store));
}

static void add_name(struct fixture *f, int64_t organisation, uint32_t number) {
    char name[32];
    int64_t id;
    snprintf(name, sizeof(name), "alias %u", number);
    struct store_cell cells[] = {{ORGANISATION_NAME_ORGANISATION_ID, store_int(organisation)},
                                 {ORGANISATION_NAME_KIND, store_text(STR("alias"))},
                                 {ORGANISATION_NAME_NAME, store_text(str_of(name))}};
    assert_ok(store_insert(f->store, TABLE_ORGANISATION_NAME, cells, 3, &id, &f->info), &f->info);
}

/* An organisation, names of it, a change of the first one; now and then a file of 60 kB. */
static int64_t write_batch(struct run *r) {
    int64_t batch = begin(&r->f, "edit");
    int64_t id = add_organisation(&r->f, "Works", "CN");
    uint32_t names = rng_below(&r->rng, 4);
    for (uint32_t i = 0; i < names; i++)
        add_name(&r->f, id, i);
    char website[32], bytes[60000], digest[24];
    snprintf(website, sizeof(website), "https://%lld.example", (long long)batch);
    struct store_cell cell = {ORGANISATION_WEBSITE, store_text(str_of(website))};
    assert_ok(store_update(r->f.store, TABLE_ORGANISATION, 1, &cell, 1, &r->f.info), &r->f.info);
    if (rng_below(&r->rng, 12) == 0) {
        memset(bytes, (int)(batch & 0xFF), sizeof(bytes));
        snprintf(digest, sizeof(digest), "digest %lld", (long long)batch);
        assert_ok(store_put_content(r->f.store, str_of(digest), (struct str){bytes, sizeof(bytes)},
                                    &r->f.info),
                  &r->f.info);
    }
    expect(r, batch);
    return batch;
}

static void write_alone(struct run *r) {
    int64_t batch = write_batch(r);
    commit(&r->f);
    r->acknowledged = batch;
}

static void write_group(struct run *r) {
    int64_t last = 0;
    assert_ok(store_group_begin(r->f.store, &r->f.info), &r->f.info);
    for (uint32_t i = 0, n = 2 + rng_below(&r->rng, 4); i < n; i++) {
        last = write_batch(r);
        commit(&r->f);
    }
    begin(&r->f, "edit");
    add_organisation(&r->f, "Taken back", "CN");
    store_rollback(r->f.store);
    assert_ok(store_group_commit(r->f.store, &r->f.info), &r->f.info);
    r->acknowledged = last;
}

static void write_undo(struct run *r) {
    int64_t batch = begin(&r->f, "undo");
    enum err code = store_undo(r->f.store, r->acknowledged, &r->f.info);
    if (code != ERR_OK) {
        store_rollback(r->f.store);
        return;
    }
    expect(r, batch);
    commit(&r->f);
    r->acknowledged = batch;
}

static void write_rows(struct run *r) {
    char key[32];
    snprintf(key, sizeof(key), "key %lld", (long long)r->rows_acknowledged);
    begin(&r->f, "edit");
    add_failure(&r->f, key);
    commit(&r->f);
    r->rows_acknowledged++;
}

static void open_again(struct run *r) {
    store_close(r->f.store);
    assert_ok(store_open(r->f.path, &r->f.store, &r->f.info), &r->f.info);
    store_leave_checkpoints(r->f.store);
}

/* Checkpoints come from a connection of their own, as service/checkpointer.c makes them. */
static void checkpoint(struct run *r) {
    struct store_reader *reader;
    assert_ok(store_reader_open(r->f.path, &reader, &r->f.info), &r->f.info);
    assert_ok(store_checkpoint(reader, &r->f.info), &r->f.info);
    store_reader_close(reader);
}

static void write_for_a_while(struct run *r, uint32_t steps) {
    for (uint32_t i = 0; i < steps; i++) {
        uint32_t what = rng_below(&r->rng, 20);
        if (what < 8)
            write_alone(r);
        else if (what < 12)
            write_group(r);
        else if (what < 14)
            write_undo(r);
        else if (what < 16)
            write_rows(r);
        else if (what < 19)
            checkpoint(r);
        else
            open_again(r);
    }
}

static int set_up_run(void **state) {
    struct run *r = mem_new(1, sizeof(*r));
    snprintf(r->folder, sizeof(r->folder), "/tmp/power-test-XXXXXX");
    assert_non_null(mkdtemp(r->folder));
    snprintf(r->f.path, sizeof(r->f.path), "%.40s/expo", r->folder);
    snprintf(r->cut, sizeof(r->cut), "%s/cut", r->folder);
    rng_init(&r->rng, SEED);
    power_install(r->f.path, SEED);
    *state = r;
    return 0;
}

static int tear_down_run(void **state) {
    struct run *r = *state;
    store_close(r->f.store);
    power_remove();
    power_remove_files(r->folder, "");
    assert_int_equal(rmdir(r->folder), 0);
    mem_free(r);
    return 0;
}

static void create(struct run *r) {
    assert_ok(store_create(r->f.path, &r->f.store, &r->f.info), &r->f.info);
    store_leave_checkpoints(r->f.store);
    write_alone(r);
}

static void what_was_acknowledged_survives_a_power_cut_at_any_moment(void **state) {
    struct run *r = *state;
    create(r);
    power_watch(cut, r, 40);
    write_for_a_while(r, 90);
    power_watch(NULL, NULL, 0);
    print_message("# %u power cuts, %lld batches, seed %d\n", r->cuts, (long long)r->acknowledged,
                  SEED);
    if (r->losses > 0)
        fail_msg("%u losses; the first: %s", r->losses, r->loss);
    assert_true(r->cuts > 400 && r->acknowledged > 50);
}

/* The same without syncs: were nothing lost here, the test above would prove nothing. */
static void without_syncs_the_cuts_would_lose_something(void **state) {
    struct run *r = *state;
    create(r);
    past_the_log(&r->f, "PRAGMA synchronous = OFF");
    power_watch(cut, r, 20);
    for (int i = 0; i < 12; i++)
        write_alone(r);
    power_watch(NULL, NULL, 0);
    assert_true(r->losses > 0);
}

static void look_at_migrated(void *ctx) {
    struct run *r = ctx;
    for (int i = 0; i < 4; i++) {
        struct store *store;
        struct errinfo info;
        r->cuts++;
        power_survivors(i == 0 ? POWER_DROPS_ALL : POWER_KEEPS_SOME, r->cut);
        if (store_open(r->cut, &store, &info) != ERR_OK) {
            note_loss(r, info.message);
            power_remove_files(r->folder, "cut");
            continue;
        }
        struct counts c = count(store_reader_of(store));
        if (c.organisations != 2)
            note_loss(r, "a record is missing");
        assert_ok(store_check(store_reader_of(store), NULL, note_finding, r, &info), &info);
        store_close(store);
        power_remove_files(r->folder, "cut");
    }
}

static void a_migration_survives_a_power_cut_at_any_moment(void **state) {
    struct run *r = *state;
    for (uint32_t version = 1; version < store_schema_version(); version++) {
        store_close(r->f.store);
        power_remove_files(r->folder, "");
        power_remove();
        old_database(r->f.path, version);
        power_install(r->f.path, SEED);
        power_watch(look_at_migrated, r, 10);
        assert_ok(store_open(r->f.path, &r->f.store, &r->f.info), &r->f.info);
        power_watch(NULL, NULL, 0);
        assert_int_equal(count(store_reader_of(r->f.store)).organisations, 2);
    }
    print_message("# %u power cuts\n", r->cuts);
    if (r->losses > 0)
        fail_msg("%u losses; the first: %s", r->losses, r->loss);
    assert_true(r->cuts > 40);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_acknowledged_survives_a_power_cut_at_any_moment,
                                        set_up_run, tear_down_run),
        cmocka_unit_test_setup_teardown(a_migration_survives_a_power_cut_at_any_moment, set_up_run,
                                        tear_down_run),
        cmocka_unit_test_setup_teardown(without_syncs_the_cuts_would_lose_something, set_up_run,
                                        tear_down_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
