/*
 * Editors at once: how long an edit takes until the disk has it.
 *
 *   desk_bench [EDITORS] [SECONDS] [FOLDER]
 *
 * EDITORS threads edit back to back, each a record of its own or one that all share. Prints p50,
 * p99 and edits a second of service/writer, beside one commit for each edit (the peer: what a lock
 * around store_begin .. store_commit gives) and the disk's bare wait for 4 KiB (the limit of one
 * commit).
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "service/writer.h"

enum { EDITORS_MAX = 64, SAMPLES_MAX = 1 << 20, LOG_PAGES = 1000 };

struct bench {
    struct writer *writer; /* NULL: the peer */
    struct store *store;   /* the peer's, under the lock */
    pthread_mutex_t lock;
    int64_t end_ns;
    uint64_t failed;
};

struct editor {
    struct bench *bench;
    pthread_t thread;
    int64_t organisation;
    int64_t *waits_ns;
    uint32_t count;
};

struct edit {
    int64_t organisation;
    uint32_t number;
};

static const struct store_batch batch = {
    .kind = "edit", .actor = {"bench", 5}, .note = {"bench", 5}, .at_ms = 1};

static enum err edit(void *ctx, struct store *store, struct errinfo *info) {
    const struct edit *e = ctx;
    char text[48];
    snprintf(text, sizeof(text), "https://firm-%u.example", e->number);
    struct store_cell cell = {ORGANISATION_WEBSITE, store_text(str_of(text))};
    return store_update(store, TABLE_ORGANISATION, e->organisation, &cell, 1, info);
}

/* One edit, one commit, one at a time. */
static enum err edit_alone(struct bench *b, struct edit *e, struct errinfo *info) {
    int64_t id;
    pthread_mutex_lock(&b->lock);
    enum err code = store_begin(b->store, &batch, &id, info);
    if (code == ERR_OK)
        code = edit(e, b->store, info);
    if (code == ERR_OK)
        code = store_commit(b->store, info);
    else
        store_rollback(b->store);
    pthread_mutex_unlock(&b->lock);
    return code;
}

static void *edit_back_to_back(void *arg) {
    struct editor *editor = arg;
    struct bench *b = editor->bench;
    struct errinfo info;
    int64_t batch_id, now_ns = clock_monotonic_ns();
    while (now_ns < b->end_ns && editor->count < SAMPLES_MAX) {
        struct edit e = {editor->organisation, editor->count};
        enum err code = b->writer != NULL
                            ? writer_run(b->writer, &batch, edit, &e, &batch_id, &info)
                            : edit_alone(b, &e, &info);
        int64_t done_ns = clock_monotonic_ns();
        if (code != ERR_OK)
            __atomic_add_fetch(&b->failed, 1, __ATOMIC_RELAXED);
        editor->waits_ns[editor->count++] = done_ns - now_ns;
        now_ns = done_ns;
    }
    return NULL;
}

static int compare(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void print(const char *name, int64_t *waits_ns, size_t count, double seconds,
                  double edits_per_commit) {
    qsort(waits_ns, count, sizeof(*waits_ns), compare);
    printf("| %-36s | %8.2f | %8.2f | %8.2f | %9.0f | %5.1f |\n", name,
           (double)waits_ns[count / 2] / 1e6, (double)waits_ns[count - 1 - count / 100] / 1e6,
           (double)waits_ns[count - 1] / 1e6, (double)count / seconds, edits_per_commit);
}

static void run_editors(struct bench *b, const char *name, uint32_t editors, int seconds) {
    static struct editor all[EDITORS_MAX];
    int64_t start_ns = clock_monotonic_ns(), *merged = mem_new(SAMPLES_MAX, sizeof(*merged));
    size_t count = 0;
    struct writer_stats before = {0}, after = {1, 1};
    if (b->writer != NULL)
        before = writer_stats(b->writer);
    b->end_ns = start_ns + seconds * INT64_C(1000000000);
    for (uint32_t i = 0; i < editors; i++) {
        all[i] = (struct editor){.bench = b, .organisation = i + 1};
        all[i].waits_ns = mem_new(SAMPLES_MAX, sizeof(int64_t));
        if (pthread_create(&all[i].thread, NULL, edit_back_to_back, &all[i]) != 0)
            exit(1);
    }
    for (uint32_t i = 0; i < editors; i++) {
        pthread_join(all[i].thread, NULL);
        for (uint32_t s = 0; s < all[i].count && count < SAMPLES_MAX; s++)
            merged[count++] = all[i].waits_ns[s];
        mem_free(all[i].waits_ns);
    }
    double took = (double)(clock_monotonic_ns() - start_ns) / 1e9;
    if (b->writer != NULL)
        after = writer_stats(b->writer);
    print(name, merged, count, took,
          (double)(after.jobs - before.jobs) / (double)(after.commits - before.commits));
    if (b->failed > 0)
        printf("%llu edits failed\n", (unsigned long long)b->failed);
    mem_free(merged);
}

/* The disk alone: 4 KiB written over and waited for, as one commit does at the least. */
static void run_disk(const char *folder, int seconds) {
    char path[512], page[4096] = {1};
    snprintf(path, sizeof(path), "%s/disk", folder);
    int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    int64_t *waits_ns = mem_new(SAMPLES_MAX, sizeof(*waits_ns));
    size_t count = 0;
    if (posix_fallocate(fd, 0, LOG_PAGES * (off_t)sizeof(page)) != 0)
        exit(1);
    int64_t start_ns = clock_monotonic_ns(), end_ns = start_ns + seconds * INT64_C(1000000000);
    for (int64_t now_ns = start_ns; now_ns < end_ns && count < SAMPLES_MAX;) {
        off_t place = (off_t)(count % LOG_PAGES) * (off_t)sizeof(page);
        if (pwrite(fd, page, sizeof(page), place) != (ssize_t)sizeof(page) || fdatasync(fd) != 0)
            exit(1);
        int64_t done_ns = clock_monotonic_ns();
        waits_ns[count++] = done_ns - now_ns;
        now_ns = done_ns;
    }
    print("the disk alone: 4 KiB, fdatasync", waits_ns, count, seconds, 1);
    close(fd);
    unlink(path);
    mem_free(waits_ns);
}

static enum err fill(struct store *store, struct errinfo *info) {
    int64_t id;
    enum err code = store_begin(store, &batch, &id, info);
    for (uint32_t i = 0; i < EDITORS_MAX && code == ERR_OK; i++) {
        struct store_cell cells[] = {{ORGANISATION_NAME_EN, store_text(STR("Works"))},
                                     {ORGANISATION_COUNTRY, store_text(STR("CN"))}};
        code = store_insert(store, TABLE_ORGANISATION, cells, 2, &id, info);
    }
    return code == ERR_OK ? store_commit(store, info) : code;
}

int main(int argc, char **argv) {
    uint32_t editors = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 20;
    int seconds = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 10;
    char folder[256], path[300];
    struct errinfo info = {0};
    struct bench peer = {.lock = PTHREAD_MUTEX_INITIALIZER}, bench = {0};
    snprintf(folder, sizeof(folder), "%s/fairlead-desk-bench-XXXXXX", argc > 3 ? argv[3] : "/tmp");
    if (editors < 1 || editors > EDITORS_MAX || mkdtemp(folder) == NULL)
        return 2;
    snprintf(path, sizeof(path), "%s/expo.fairlead", folder);
    enum err code = store_create(path, &peer.store, &info);
    if (code == ERR_OK)
        code = fill(peer.store, &info);
    if (code == ERR_OK) {
        printf("%u editors back to back, %d s each\n\n", editors, seconds);
        printf("| %-36s | %8s | %8s | %8s | %9s | %5s |\n", "", "p50 ms", "p99 ms", "max ms",
               "edits/s", "group");
        printf("|---|---:|---:|---:|---:|---:|\n");
        run_disk(folder, seconds);
        run_editors(&peer, "a commit for each edit", editors, seconds);
        store_close(peer.store);
        code = writer_new(path, &bench.writer, &info);
    }
    if (code == ERR_OK) {
        run_editors(&bench, "service/writer", editors, seconds);
        run_editors(&bench, "service/writer, one editor", 1, seconds);
        writer_free(bench.writer);
    } else {
        char text[1500];
        err_format(&info, text, sizeof(text));
        fprintf(stderr, "desk_bench: %s\n", text);
    }
    unlink(path);
    rmdir(folder);
    return code == ERR_OK ? 0 : 1;
}
