/* Token buckets: see budget.h. A table of sets as in a processor's cache; one lock, because only
 * requests that cause work come here. */
#include "http/budget.h"

#include <pthread.h>
#include <stdbool.h>

#include "base/mem.h"

enum { SETS = 2048, WAYS = 8 };

struct bucket {
    uint64_t client; /* 0 = free, and also the client not known */
    int64_t level_ns;
    int64_t at_ns; /* when the level was that */
};

struct http_budget {
    pthread_mutex_t lock;
    int64_t ns_per_s, full_ns;
    struct bucket buckets[SETS][WAYS];
};

enum err http_budget_new(int64_t ns_per_s, struct http_budget **budget, struct errinfo *info) {
    struct http_budget *b = mem_new(1, sizeof(*b));
    if (b == NULL)
        return err_memory(info);
    pthread_mutex_init(&b->lock, NULL);
    b->ns_per_s = ns_per_s;
    b->full_ns = ns_per_s * HTTP_BUDGET_BURST_S;
    *budget = b;
    return ERR_OK;
}

void http_budget_free(struct http_budget *budget) {
    if (budget == NULL)
        return;
    pthread_mutex_destroy(&budget->lock);
    mem_free(budget);
}

/* What the bucket holds now. A bucket never used (at_ns 0) is full. */
static int64_t level_now(const struct http_budget *budget, const struct bucket *bucket,
                         int64_t now_ns) {
    int64_t missing = budget->full_ns - bucket->level_ns;
    int64_t passed_ns = now_ns - bucket->at_ns;
    if (bucket->at_ns == 0 || passed_ns / 1000000000 > missing / budget->ns_per_s)
        return budget->full_ns;
    double flowed = (double)passed_ns * (double)budget->ns_per_s / 1e9;
    int64_t level = bucket->level_ns + (int64_t)flowed;
    return level < budget->full_ns ? level : budget->full_ns;
}

/* The client's bucket, or the one it takes over; `*is_known` tells which. */
static struct bucket *find(struct http_budget *budget, uint64_t client, int64_t now_ns,
                           bool *is_known) {
    uint64_t hash = client * UINT64_C(0x9E3779B97F4A7C15); /* Knuth's multiplicative hashing */
    struct bucket *set = budget->buckets[hash >> 53];
    struct bucket *fullest = &set[0];
    *is_known = true;
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].client == client && set[i].at_ns != 0)
            return &set[i];
        if (level_now(budget, &set[i], now_ns) > level_now(budget, fullest, now_ns))
            fullest = &set[i];
    }
    *is_known = false;
    return fullest;
}

uint32_t http_budget_wait_s(struct http_budget *budget, uint64_t client, int64_t now_ns) {
    bool is_known;
    uint32_t wait_s = 0;
    pthread_mutex_lock(&budget->lock);
    struct bucket *bucket = find(budget, client, now_ns, &is_known);
    int64_t level = is_known ? level_now(budget, bucket, now_ns) : budget->full_ns;
    if (level <= 0)
        wait_s = (uint32_t)(-level / budget->ns_per_s) + 1;
    pthread_mutex_unlock(&budget->lock);
    return wait_s;
}

void http_budget_pay(struct http_budget *budget, uint64_t client, int64_t cost_ns, int64_t now_ns) {
    bool is_known;
    pthread_mutex_lock(&budget->lock);
    struct bucket *bucket = find(budget, client, now_ns, &is_known);
    int64_t level = is_known ? level_now(budget, bucket, now_ns) : budget->full_ns;
    level -= cost_ns;
    if (level < -budget->full_ns)
        level = -budget->full_ns;
    *bucket = (struct bucket){client, level, now_ns};
    pthread_mutex_unlock(&budget->lock);
}

_Static_assert(SETS == 1 << (64 - 53), "the hash's upper bits choose a set");
