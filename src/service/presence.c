/* Presence: see presence.h. A table of fixed size that is looked through: an expo's office has a
 * handful of people, and a thousand entries are read in microseconds. */
#include "service/presence.h"

#include <pthread.h>

#include "base/mem.h"

struct entry {
    int64_t account_id; /* 0 = free */
    enum store_table table;
    int64_t id, since_ms, heard_ms;
    bool writing;
};

struct presence {
    pthread_mutex_t lock;
    struct entry entry[PRESENCE_MAX];
};

struct presence *presence_new(void) {
    struct presence *presence = mem_new(1, sizeof(*presence));
    if (presence != NULL && pthread_mutex_init(&presence->lock, NULL) != 0) {
        mem_free(presence);
        return NULL;
    }
    return presence;
}

void presence_free(struct presence *presence) {
    if (presence == NULL)
        return;
    pthread_mutex_destroy(&presence->lock);
    mem_free(presence);
}

static bool is_at(const struct entry *e, enum store_table table, int64_t id) {
    return e->account_id != 0 && e->table == table && e->id == id;
}

/* The account's entry for the record, else a free or the oldest one. */
static struct entry *place_for(struct presence *p, int64_t account_id, enum store_table table,
                               int64_t id) {
    struct entry *best = &p->entry[0];
    for (uint32_t i = 0; i < PRESENCE_MAX; i++) {
        struct entry *e = &p->entry[i];
        if (is_at(e, table, id) && e->account_id == account_id)
            return e;
        if (best->account_id != 0 && (e->account_id == 0 || e->heard_ms < best->heard_ms))
            best = e;
    }
    return best;
}

uint32_t presence_here(struct presence *p, int64_t account_id, enum store_table table, int64_t id,
                       bool writing, int64_t now_ms,
                       struct presence_other others[PRESENCE_OTHERS_MAX]) {
    uint32_t count = 0;
    pthread_mutex_lock(&p->lock);
    struct entry *mine = place_for(p, account_id, table, id);
    bool known = is_at(mine, table, id) && mine->account_id == account_id &&
                 now_ms - mine->heard_ms <= PRESENCE_MS;
    int64_t since_ms = known ? mine->since_ms : now_ms;
    *mine = (struct entry){account_id, table, id, since_ms, now_ms, writing};
    for (uint32_t i = 0; i < PRESENCE_MAX && count < PRESENCE_OTHERS_MAX; i++) {
        const struct entry *e = &p->entry[i];
        if (is_at(e, table, id) && e->account_id != account_id &&
            now_ms - e->heard_ms <= PRESENCE_MS)
            others[count++] = (struct presence_other){e->account_id, e->since_ms, e->writing};
    }
    pthread_mutex_unlock(&p->lock);
    return count;
}

void presence_leave(struct presence *p, int64_t account_id, enum store_table table, int64_t id) {
    pthread_mutex_lock(&p->lock);
    for (uint32_t i = 0; i < PRESENCE_MAX; i++)
        if (is_at(&p->entry[i], table, id) && p->entry[i].account_id == account_id)
            p->entry[i] = (struct entry){0};
    pthread_mutex_unlock(&p->lock);
}
