/*
 * Editors while a large list is taken over: how long the slowest edit waits for it.
 *
 *   upload_bench [ROWS] [EDITORS] [FOLDER]
 *
 * A list of ROWS new exhibitors is kept as an upload and applied through service/writer, while
 * EDITORS threads edit a record each, back to back. Prints how long the list took and how long
 * edits waited meanwhile; the peer is the same editors without a list.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/rng.h"
#include "service/seed.h"
#include "service/upload.h"
#include "service/writer.h"

enum { EDITORS_MAX = 64, SAMPLES_MAX = 1 << 20, PEER_MS = 3000, SHEET_BYTES_MAX = 1 << 30 };

struct bench {
    struct writer *writer;
    struct store_reader *reader;
    int64_t account, upload;
    bool stop; /* atomic */
};

struct editor {
    struct bench *bench;
    pthread_t thread;
    int64_t organisation;
    int64_t *waits_ns;
    uint32_t count, failed;
};

static const struct store_batch batch = {
    .kind = "edit", .actor = {"bench", 5}, .note = {"bench", 5}, .at_ms = 1};

struct edit {
    int64_t organisation;
    uint32_t number;
};

static enum err edit(void *ctx, struct store *store, struct errinfo *info) {
    const struct edit *e = ctx;
    char text[48];
    snprintf(text, sizeof(text), "https://firm-%u.example", e->number);
    struct store_cell cell = {ORGANISATION_WEBSITE, store_text(str_of(text))};
    return store_update(store, TABLE_ORGANISATION, e->organisation, &cell, 1, info);
}

static void *edit_back_to_back(void *arg) {
    struct editor *editor = arg;
    struct bench *b = editor->bench;
    struct errinfo info;
    while (!__atomic_load_n(&b->stop, __ATOMIC_RELAXED) && editor->count < SAMPLES_MAX) {
        struct edit e = {editor->organisation, editor->count};
        int64_t batch_id, start_ns = clock_monotonic_ns();
        editor->failed +=
            writer_run(b->writer, &batch, edit, &e, &batch_id, &info) != ERR_OK ? 1 : 0;
        editor->waits_ns[editor->count++] = clock_monotonic_ns() - start_ns;
    }
    return NULL;
}

static int compare(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void print(const char *name, struct editor *all, uint32_t editors, double seconds) {
    int64_t *merged = mem_new((size_t)editors * SAMPLES_MAX, sizeof(*merged));
    size_t count = 0;
    uint32_t failed = 0;
    for (uint32_t i = 0; i < editors; i++) {
        failed += all[i].failed;
        memcpy(merged + count, all[i].waits_ns, all[i].count * sizeof(*merged));
        count += all[i].count;
    }
    qsort(merged, count, sizeof(*merged), compare);
    printf("| %-28s | %8.2f | %8.1f | %8.1f | %8.1f | %9.0f |\n", name, seconds,
           (double)merged[count / 2] / 1e6, (double)merged[count - 1 - count / 100] / 1e6,
           (double)merged[count - 1] / 1e6, (double)count / seconds);
    if (failed > 0)
        printf("%u edits failed\n", failed);
    mem_free(merged);
}

static enum err rest(struct bench *b, struct errinfo *info) {
    (void)b;
    (void)info;
    usleep(PEER_MS * 1000);
    return ERR_OK;
}

static enum err apply(struct bench *b, struct errinfo *info) {
    struct store_batch by = {.account_id = b->account, .at_ms = 1};
    int64_t batch_id;
    enum err code = store_read_begin(b->reader, info);
    if (code == ERR_OK)
        code = upload_apply_beside(b->writer, b->reader, &by, b->upload, NULL, &batch_id, info);
    store_read_end(b->reader);
    return code;
}

static enum err run(struct bench *b, const char *name, uint32_t editors,
                    enum err (*work)(struct bench *, struct errinfo *), struct errinfo *info) {
    struct editor all[EDITORS_MAX];
    int64_t start_ns = clock_monotonic_ns();
    b->stop = false;
    for (uint32_t i = 0; i < editors; i++) {
        all[i] = (struct editor){.bench = b, .organisation = i + 1};
        all[i].waits_ns = mem_new(SAMPLES_MAX, sizeof(int64_t));
        if (pthread_create(&all[i].thread, NULL, edit_back_to_back, &all[i]) != 0)
            exit(1);
    }
    enum err code = work(b, info);
    __atomic_store_n(&b->stop, true, __ATOMIC_RELAXED);
    for (uint32_t i = 0; i < editors; i++)
        pthread_join(all[i].thread, NULL);
    print(name, all, editors, (double)(clock_monotonic_ns() - start_ns) / 1e9);
    for (uint32_t i = 0; i < editors; i++)
        mem_free(all[i].waits_ns);
    return code;
}

static void make_sheet(uint32_t rows, struct buf *out) {
    static const char *const countries[] = {"CN", "中国", "USA", "Germany", "日本", "FRA", "U.K."};
    static const char *const areas[] = {"智能汽车链", "Clean Energy Chain", "services",
                                        "绿色农业链展区"};
    static const char *const parts[] = {"ka", "lo",  "mi",  "tan", "ver",
                                        "zu", "shi", "pol", "gra", "den"};
    struct rng rng;
    rng_init(&rng, 1);
    buf_add_c(out, "企业名称,Company,国家/地区,展区 Area,届次,规模,展品,offers,website\n");
    for (uint32_t i = 0; i < rows; i++) {
        buf_printf(out, "示例企业%u,", i);
        for (int p = 0; p < 5; p++)
            buf_add_c(out, parts[rng_below(&rng, 10)]);
        buf_printf(out,
                   " %u Ltd.,%s,%s,2025,大型,\"Ball bearings and pumps, series "
                   "%u\",cmp.bearing,\n",
                   i, countries[rng_below(&rng, 7)], areas[rng_below(&rng, 4)], i % 1000);
    }
}

static enum err keep(struct bench *b, const char *path, struct str sheet, struct errinfo *info) {
    struct store *store = NULL;
    int64_t id;
    struct store_cell cells[] = {{ACCOUNT_LANGUAGE, store_text(STR("en"))},
                                 {ACCOUNT_STATE, store_text(STR("active"))},
                                 {ACCOUNT_MUST_CHANGE, store_int(0)},
                                 {ACCOUNT_CREATED_MS, store_int(1)}};
    enum err code = store_create(path, &store, info);
    if (code == ERR_OK)
        code = seed_database(store, STR("bench"), 1, true, NULL, info);
    if (code == ERR_OK)
        code = store_begin(store, &batch, &id, info);
    if (code == ERR_OK)
        code = store_insert(store, TABLE_ACCOUNT, cells, 4, &b->account, info);
    if (code == ERR_OK)
        code = upload_keep(store, b->account, STR("list.csv"), sheet, 1, &b->upload, info);
    if (code == ERR_OK)
        code = store_commit(store, info);
    store_close(store);
    return code;
}

int main(int argc, char **argv) {
    uint32_t rows = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 100000;
    uint32_t editors = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 20;
    char folder[256], path[300], name[64];
    struct errinfo info = {0};
    struct bench b = {0};
    struct buf sheet;
    snprintf(folder, sizeof(folder), "%s/fairlead-upload-bench-XXXXXX",
             argc > 3 ? argv[3] : "/tmp");
    if (editors < 1 || editors > EDITORS_MAX || mkdtemp(folder) == NULL)
        return 2;
    snprintf(path, sizeof(path), "%s/expo.fairlead", folder);
    buf_init(&sheet, SHEET_BYTES_MAX);
    make_sheet(rows, &sheet);
    printf("%u editors back to back; a list of %u rows, %zu MiB\n\n", editors, rows,
           sheet.len >> 20);
    enum err code = keep(&b, path, buf_str(&sheet), &info);
    if (code == ERR_OK)
        code = writer_new(path, &b.writer, &info);
    if (code == ERR_OK)
        code = store_reader_open(path, &b.reader, &info);
    printf("| %-28s | %8s | %8s | %8s | %8s | %9s |\n", "", "took s", "p50 ms", "p99 ms",
           "worst ms", "edits/s");
    printf("|---|---:|---:|---:|---:|---:|\n");
    if (code == ERR_OK)
        code = run(&b, "editors alone", editors, rest, &info);
    snprintf(name, sizeof(name), "while %u rows are written", rows);
    if (code == ERR_OK)
        code = run(&b, name, editors, apply, &info);
    if (code != ERR_OK) {
        char text[1500];
        err_format(&info, text, sizeof(text));
        fprintf(stderr, "upload_bench: %s\n", text);
    }
    store_reader_close(b.reader);
    writer_free(b.writer);
    unlink(path);
    rmdir(folder);
    buf_release(&sheet);
    return code == ERR_OK ? 0 : 1;
}
