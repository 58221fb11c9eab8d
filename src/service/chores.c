/* Chores: see chores.h. */
#include "service/chores.h"

#include <pthread.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "service/match_letters.h"
#include "service/matches.h"
#include "service/retention.h"

enum { HOUR_S = 3600, HOURS_A_DAY = 24 };

struct chores {
    struct writer *writer;
    const char *origin;
    pthread_t thread;
    bool started;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool ending; /* guarded */
};

struct doing {
    const char *origin;
    int64_t now_ms;
    uint64_t deleted[RETENTION_KINDS], expired, letters;
};

static enum err end_matches(void *ctx, struct store *store, struct errinfo *info) {
    struct doing *d = ctx;
    return matches_expire(store, d->now_ms, &d->expired, info);
}

static enum err remind(void *ctx, struct store *store, struct errinfo *info) {
    struct doing *d = ctx;
    struct match_post post = {.origin = d->origin, .now_ms = d->now_ms};
    enum err code = match_letters_remind(store, &post, info);
    d->letters = post.letters;
    return code;
}

static enum err delete_old(void *ctx, struct store *store, struct errinfo *info) {
    struct doing *d = ctx;
    return retention_apply(store, d->now_ms, d->deleted, info);
}

static const struct {
    const char *what, *kind;
    writer_fn *fn;
    bool is_daily;
} chores_known[] = {
    {"matches", "match", end_matches, false},
    {"reminders", "match", remind, false},
    {"retention", "account", delete_old, true},
};

static void tell(const struct doing *d) {
    if (d->expired > 0)
        log_line(LOG_INFO, "matches", "%llu were not answered in time and have ended",
                 (unsigned long long)d->expired);
    if (d->letters > 0)
        log_line(LOG_INFO, "reminders", "%llu letters remind of suggestions",
                 (unsigned long long)d->letters);
    for (int kind = 0; kind < RETENTION_KINDS; kind++)
        if (d->deleted[kind] > 0)
            log_line(LOG_INFO, "retention", "%llu of %s were kept long enough and are deleted",
                     (unsigned long long)d->deleted[kind],
                     retention_kind_code((enum retention_kind)kind));
}

enum err chores_do(struct writer *writer, const char *origin, bool is_daily, int64_t now_ms,
                   struct errinfo *info) {
    enum err first = ERR_OK;
    for (size_t i = 0; i < sizeof(chores_known) / sizeof(chores_known[0]); i++) {
        struct doing doing = {.origin = origin, .now_ms = now_ms};
        struct store_batch batch = {
            .kind = chores_known[i].kind, .actor = str_of(chores_known[i].what), .at_ms = now_ms};
        struct errinfo failed;
        int64_t batch_id;
        errinfo_init(&failed);
        if (chores_known[i].is_daily && !is_daily)
            continue;
        enum err code = writer_run(writer, &batch, chores_known[i].fn, &doing, &batch_id, &failed);
        if (code == ERR_OK)
            tell(&doing);
        else
            log_line(LOG_ERROR, chores_known[i].what, "not done: %s", failed.message);
        if (code != ERR_OK && first == ERR_OK) {
            first = code;
            *info = failed;
        }
    }
    return first;
}

/* Waits an hour; false at the end. */
static bool wait_an_hour(struct chores *chores) {
    struct timespec until;
    int waited = 0;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += HOUR_S;
    pthread_mutex_lock(&chores->lock);
    while (!chores->ending && waited == 0)
        waited = pthread_cond_timedwait(&chores->wake, &chores->lock, &until);
    bool go_on = !chores->ending;
    pthread_mutex_unlock(&chores->lock);
    return go_on;
}

static void *work(void *ctx) {
    struct chores *chores = ctx;
    uint32_t hour = 0;
    do {
        struct errinfo info;
        errinfo_init(&info);
        /* Failures are logged; the next hour tries again. */
        (void)!chores_do(chores->writer, chores->origin, hour % HOURS_A_DAY == 0, clock_wall_ms(),
                         &info);
        hour++;
    } while (wait_an_hour(chores));
    return NULL;
}

enum err chores_new(struct writer *writer, const char *origin, struct chores **out,
                    struct errinfo *info) {
    struct chores *chores = mem_new(1, sizeof(*chores));
    if (chores == NULL)
        return err_memory(info);
    chores->writer = writer;
    chores->origin = origin;
    pthread_mutex_init(&chores->lock, NULL);
    pthread_cond_init(&chores->wake, NULL);
    chores->started = pthread_create(&chores->thread, NULL, work, chores) == 0;
    if (chores->started) {
        *out = chores;
        return ERR_OK;
    }
    chores_free(chores);
    return err_set(info, ERR_IO, "cannot start the thread that does what is due");
}

void chores_free(struct chores *chores) {
    if (chores == NULL)
        return;
    if (chores->started) {
        pthread_mutex_lock(&chores->lock);
        chores->ending = true;
        pthread_cond_signal(&chores->wake);
        pthread_mutex_unlock(&chores->lock);
        pthread_join(chores->thread, NULL);
    }
    pthread_cond_destroy(&chores->wake);
    pthread_mutex_destroy(&chores->lock);
    mem_free(chores);
}
