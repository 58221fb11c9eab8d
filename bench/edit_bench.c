/*
 * The desk's work on the sample edition: an edit, its effect told before saving, the gap board, a
 * list, a look at its sheet, and the roll-over. Each is run several times; the fastest and
 * the median are printed. The peer is what the public pages load, one view.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "assets/assets.h"
#include "base/clock.h"
#include "base/log.h"
#include "service/access.h"
#include "service/edit_effect.h"
#include "service/edit_json.h"
#include "service/gap_board.h"
#include "service/rollover.h"
#include "service/seed.h"
#include "service/upload.h"

enum { RUNS = 9, ARENA_MAX = 512 << 20 };

struct desk {
    struct store *store;
    struct errinfo info;
    struct access access;
    int64_t upload;
    bool failed;
};

typedef enum err task_fn(struct desk *d, struct arena *arena);

static enum err request_of(struct desk *d, const char *text, struct arena *arena,
                           struct edit_request *request) {
    const struct json_value *json;
    enum err code = json_read(str_of(text), NULL, arena, &json, &d->info);
    return code == ERR_OK ? edit_request_read(json, arena, request, &d->info) : code;
}

static const struct store_batch batch = {
    .kind = "edit", .actor = {"bench", 5}, .note = {"bench", 5}, .at_ms = 1};

static enum err load(struct desk *d, struct arena *arena) {
    struct view *view;
    (void)arena;
    enum err code = view_load(store_reader_of(d->store), STR(""), NULL, &view, &d->info);
    if (code == ERR_OK)
        view_free(view);
    return code;
}

static enum err edit(struct desk *d, struct arena *arena) {
    static int turn;
    struct edit_request request;
    struct edit_outcome outcome;
    int64_t id;
    char text[200];
    snprintf(
        text, sizeof(text),
        "[{\"op\":\"update\",\"table\":\"organisation\",\"id\":1,\"values\":{\"source\":\"%d\"}"
        "}]",
        turn++);
    edit_outcome_init(&outcome);
    enum err code = request_of(d, text, arena, &request);
    if (code == ERR_OK)
        code = edit_run(d->store, &d->access, &batch, &request, false, &outcome, &id, &d->info);
    edit_outcome_release(&outcome);
    return code;
}

static enum err effect(struct desk *d, struct arena *arena) {
    struct edit_request request;
    struct edit_outcome outcome;
    struct buf out;
    struct json_out j;
    int64_t id;
    buf_init(&out, 1 << 24);
    json_init(&j, &out);
    edit_outcome_init(&outcome);
    enum err code =
        request_of(d,
                   "[{\"op\":\"update\",\"table\":\"chain_node\",\"id\":1,\"values\":{\"stage\":"
                   "\"midstream\"}}]",
                   arena, &request);
    if (code == ERR_OK)
        code = store_begin(d->store, &batch, &id, &d->info);
    if (code == ERR_OK) {
        code = edit_preview(d->store, &d->access, &request, STR(""), NULL, NULL, &outcome, &j,
                            &d->info);
        store_rollback(d->store);
    }
    edit_outcome_release(&outcome);
    buf_release(&out);
    return code;
}

static enum err board(struct desk *d, struct arena *arena) {
    struct view *view;
    struct gap_board board;
    struct gap_board_query query = {.chain = VIEW_NONE, .suggestions = 5};
    enum err code = view_load(store_reader_of(d->store), STR(""), NULL, &view, &d->info);
    if (code != ERR_OK)
        return code;
    code = gap_board_load(store_reader_of(d->store), view, &d->access, &query, arena, &board,
                          &d->info);
    view_free(view);
    return code;
}

static enum err list(struct desk *d, struct arena *arena) {
    struct edit_query query = {
        .table = edit_table_of(TABLE_EXHIBITOR), .text = STR("battery"), .limit = 100};
    struct edit_page page;
    return edit_list(store_reader_of(d->store), &d->access, &query, arena, &page, &d->info);
}

static enum err look(struct desk *d, struct arena *arena) {
    struct upload_page page = {.count = 100};
    struct json_out j;
    struct buf out;
    (void)arena;
    buf_init(&out, 1 << 24);
    json_init(&j, &out);
    json_open(&j);
    enum err code =
        upload_show(store_reader_of(d->store), NULL, d->upload, &page, NULL, &j, &d->info);
    json_close(&j);
    buf_release(&out);
    return code;
}

static enum err roll(struct desk *d, struct arena *arena) {
    struct rollover_request request = {.from = STR("2024"),
                                       .into = STR("2030"),
                                       .areas = true,
                                       .pavilions = true,
                                       .exhibitors = ROLLOVER_OTHERS,
                                       .offers = true,
                                       .needs = true};
    struct rollover_outcome out;
    int64_t id;
    (void)arena;
    enum err code = store_begin(d->store, &batch, &id, &d->info);
    if (code == ERR_OK) {
        code = rollover(d->store, &d->access, &request, &out, &d->info);
        store_rollback(d->store);
    }
    return code;
}

static int by_time(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static double measure(struct desk *d, const char *name, task_fn *fn, double peer) {
    int64_t ns[RUNS];
    for (int i = 0; i < RUNS; i++) {
        struct arena arena;
        arena_init(&arena, ARENA_MAX);
        int64_t start = clock_monotonic_ns();
        if (fn(d, &arena) != ERR_OK) {
            log_line(LOG_ERROR, "bench", "%s: %s", name, d->info.message);
            d->failed = true;
        }
        ns[i] = clock_monotonic_ns() - start;
        arena_release(&arena);
    }
    qsort(ns, RUNS, sizeof(ns[0]), by_time);
    double median = (double)ns[RUNS / 2] / 1e6;
    printf("%-28s %9.2f %9.2f %8.2f\n", name, (double)ns[0] / 1e6, median,
           peer > 0 ? median / peer : 1);
    return median;
}

static enum err keep_sheet(struct desk *d) {
    struct str sheet;
    int64_t id, account;
    struct store_cell cells[] = {{ACCOUNT_LANGUAGE, store_text(STR("en"))},
                                 {ACCOUNT_STATE, store_text(STR("active"))},
                                 {ACCOUNT_MUST_CHANGE, store_int(0)},
                                 {ACCOUNT_CREATED_MS, store_int(1)}};
    if (!assets_find(STR("data/sample/exhibitors.csv"), &sheet))
        return err_set(&d->info, ERR_NOT_FOUND, "the sample has no sheet of exhibitors");
    enum err code = store_begin(d->store, &batch, &id, &d->info);
    if (code == ERR_OK)
        code = store_insert(d->store, TABLE_ACCOUNT, cells, 4, &account, &d->info);
    if (code == ERR_OK)
        code = upload_keep(d->store, account, STR("sheet.csv"), sheet, 1, &d->upload, &d->info);
    return code == ERR_OK ? store_commit(d->store, &d->info) : code;
}

int main(void) {
    static const char path[] = "edit_bench.db";
    static const char *const names[] = {"edit_bench.db", "edit_bench.db-wal", "edit_bench.db-shm",
                                        "edit_bench.db.lock"};
    struct desk d = {.access = access_local()};
    for (size_t i = 0; i < 4; i++)
        unlink(names[i]);
    if (store_create(path, &d.store, &d.info) != ERR_OK ||
        seed_database(d.store, STR("bench"), 1, true, NULL, &d.info) != ERR_OK) {
        log_line(LOG_ERROR, "bench", "%s", d.info.message);
        return 1;
    }
    printf("%-28s %9s %9s %8s\n", "on the sample", "best ms", "median ms", "x view");
    double view = measure(&d, "load a view", load, 0);
    measure(&d, "edit, durable", edit, view);
    measure(&d, "effect of a stage", effect, view);
    measure(&d, "gap board, 5 suggestions", board, view);
    measure(&d, "list of exhibitors, search", list, view);
    measure(&d, "roll-over, taken back", roll, view);
    if (keep_sheet(&d) == ERR_OK)
        measure(&d, "look at its sheet", look, view);
    else
        printf("%s\n", d.info.message);
    store_close(d.store);
    for (size_t i = 0; i < 4; i++)
        unlink(names[i]);
    return d.failed;
}
