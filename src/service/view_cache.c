/*
 * Views in memory: see view_cache.h.
 *
 * A list of entries under one lock. An entry is fresh while its view's version is the database's; a
 * stale one leaves the list when its last user puts it back.
 */
#include "service/view_cache.h"

#include <pthread.h>

#include "base/mem.h"

struct entry {
    struct entry *next;
    struct view *view;
    char *asked; /* the code it was asked for; empty = the current edition */
    uint32_t users;
    bool stale;
};

struct view_cache {
    pthread_mutex_t lock;
    struct store_reader *reader;
    struct entry *first;
};

enum err view_cache_open(const char *path, struct view_cache **out, struct errinfo *info) {
    struct view_cache *cache = mem_new(1, sizeof(*cache));
    if (cache == NULL)
        return err_memory(info);
    enum err code = store_reader_open(path, &cache->reader, info);
    if (code != ERR_OK) {
        mem_free(cache);
        return code;
    }
    pthread_mutex_init(&cache->lock, NULL);
    *out = cache;
    return ERR_OK;
}

static void free_entry(struct entry *entry) {
    view_free(entry->view);
    mem_free(entry->asked);
    mem_free(entry);
}

/* Marks entries of older versions stale and drops those that nobody uses. */
static void drop_stale(struct view_cache *cache, int64_t version) {
    struct entry **at = &cache->first;
    while (*at != NULL) {
        struct entry *entry = *at;
        entry->stale = entry->stale || entry->view->version != version;
        if (entry->stale && entry->users == 0) {
            *at = entry->next;
            free_entry(entry);
        } else {
            at = &entry->next;
        }
    }
}

void view_cache_close(struct view_cache *cache) {
    if (cache == NULL)
        return;
    while (cache->first != NULL) {
        struct entry *next = cache->first->next;
        free_entry(cache->first);
        cache->first = next;
    }
    store_reader_close(cache->reader);
    pthread_mutex_destroy(&cache->lock);
    mem_free(cache);
}

static enum err add_entry(struct view_cache *cache, struct str code_asked, struct entry **out,
                          struct errinfo *info) {
    struct entry *entry = mem_new(1, sizeof(*entry));
    char *asked = mem_new(code_asked.len + 1, 1);
    if (entry == NULL || asked == NULL) {
        mem_free(entry);
        mem_free(asked);
        return err_memory(info);
    }
    memcpy(asked, code_asked.ptr, code_asked.len);
    entry->asked = asked;
    enum err code = view_load(cache->reader, code_asked, NULL, &entry->view, info);
    if (code != ERR_OK) {
        free_entry(entry);
        return code;
    }
    entry->next = cache->first;
    cache->first = entry;
    *out = entry;
    return ERR_OK;
}

enum err view_cache_get(struct view_cache *cache, struct str edition_code, const struct view **out,
                        struct errinfo *info) {
    int64_t version;
    struct entry *entry = NULL;
    pthread_mutex_lock(&cache->lock);
    enum err code = store_version(cache->reader, &version, info);
    if (code == ERR_OK) {
        drop_stale(cache, version);
        for (entry = cache->first; entry != NULL; entry = entry->next)
            if (!entry->stale && str_equal_c(edition_code, entry->asked))
                break;
        if (entry == NULL)
            code = add_entry(cache, edition_code, &entry, info);
    }
    if (code == ERR_OK) {
        entry->users++;
        *out = entry->view;
    }
    pthread_mutex_unlock(&cache->lock);
    return code;
}

void view_cache_put(struct view_cache *cache, const struct view *view) {
    pthread_mutex_lock(&cache->lock);
    for (struct entry *entry = cache->first; entry != NULL; entry = entry->next)
        if (entry->view == view)
            entry->users--;
    pthread_mutex_unlock(&cache->lock);
}
