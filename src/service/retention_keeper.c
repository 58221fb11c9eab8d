/* The thread that applies the periods of retention daily: see retention.h. */
#include <pthread.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "service/retention.h"

enum { DAY_S = 24 * 3600 };

struct retention_keeper {
    struct writer *writer;
    pthread_t thread;
    bool started;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool ending; /* guarded */
};

struct keeping {
    int64_t now_ms;
    uint64_t deleted[RETENTION_KINDS];
};

static enum err apply(void *ctx, struct store *store, struct errinfo *info) {
    struct keeping *k = ctx;
    return retention_apply(store, k->now_ms, k->deleted, info);
}

static void keep(struct retention_keeper *keeper) {
    struct keeping keeping = {.now_ms = clock_wall_ms()};
    const struct store_batch batch = {
        .kind = "account", .actor = STR("retention"), .at_ms = keeping.now_ms};
    struct errinfo info;
    int64_t batch_id;
    errinfo_init(&info);
    if (writer_run(keeper->writer, &batch, apply, &keeping, &batch_id, &info) != ERR_OK) {
        log_line(LOG_ERROR, "retention", "old data was not deleted: %s", info.message);
        return;
    }
    for (int kind = 0; kind < RETENTION_KINDS; kind++)
        if (keeping.deleted[kind] > 0)
            log_line(LOG_INFO, "retention", "%llu of %s were kept long enough and are deleted",
                     (unsigned long long)keeping.deleted[kind],
                     retention_kind_code((enum retention_kind)kind));
}

/* Waits a day; false at the end. */
static bool wait_a_day(struct retention_keeper *keeper) {
    struct timespec until;
    int waited = 0;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += DAY_S;
    pthread_mutex_lock(&keeper->lock);
    while (!keeper->ending && waited == 0)
        waited = pthread_cond_timedwait(&keeper->wake, &keeper->lock, &until);
    bool go_on = !keeper->ending;
    pthread_mutex_unlock(&keeper->lock);
    return go_on;
}

static void *work(void *ctx) {
    struct retention_keeper *keeper = ctx;
    do {
        keep(keeper);
    } while (wait_a_day(keeper));
    return NULL;
}

enum err retention_keeper_new(struct writer *writer, struct retention_keeper **out,
                              struct errinfo *info) {
    struct retention_keeper *keeper = mem_new(1, sizeof(*keeper));
    if (keeper == NULL)
        return err_memory(info);
    keeper->writer = writer;
    pthread_mutex_init(&keeper->lock, NULL);
    pthread_cond_init(&keeper->wake, NULL);
    keeper->started = pthread_create(&keeper->thread, NULL, work, keeper) == 0;
    if (keeper->started) {
        *out = keeper;
        return ERR_OK;
    }
    retention_keeper_free(keeper);
    return err_set(info, ERR_IO, "cannot start the thread that deletes old data");
}

void retention_keeper_free(struct retention_keeper *keeper) {
    if (keeper == NULL)
        return;
    if (keeper->started) {
        pthread_mutex_lock(&keeper->lock);
        keeper->ending = true;
        pthread_cond_signal(&keeper->wake);
        pthread_mutex_unlock(&keeper->lock);
        pthread_join(keeper->thread, NULL);
    }
    pthread_cond_destroy(&keeper->wake);
    pthread_mutex_destroy(&keeper->lock);
    mem_free(keeper);
}
