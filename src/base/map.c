/* Hash maps: see map.h. */
#include "base/map.h"

#include "base/mem.h"

enum { FIRST_SLOTS = 16 };

static bool is_full(uint32_t len, uint32_t slots) {
    return (uint64_t)len * 4 >= (uint64_t)slots * 3;
}

void str_map_release(struct str_map *m) {
    mem_free(m->slots);
    *m = (struct str_map){0};
}

/* The slot that holds `key`, or the free one where it belongs. */
static struct str_map_slot *str_slot(const struct str_map *m, struct str key, uint32_t hash) {
    uint32_t i = hash & m->mask;
    while (m->slots[i].key.ptr != NULL &&
           !(m->slots[i].hash == hash && str_equal(m->slots[i].key, key)))
        i = (i + 1) & m->mask;
    return &m->slots[i];
}

uint32_t str_map_get(const struct str_map *m, struct str key) {
    if (m->slots == NULL)
        return MAP_NONE;
    const struct str_map_slot *slot = str_slot(m, key, (uint32_t)str_hash(key));
    return slot->key.ptr != NULL ? slot->value : MAP_NONE;
}

static bool str_map_grow(struct str_map *m) {
    uint32_t slots = m->slots != NULL ? (m->mask + 1) * 2 : FIRST_SLOTS;
    if (slots == 0)
        return false;
    struct str_map grown = {.mask = slots - 1, .len = m->len};
    grown.slots = mem_new(slots, sizeof(*grown.slots));
    if (grown.slots == NULL)
        return false;
    for (uint32_t i = 0; m->slots != NULL && i <= m->mask; i++)
        if (m->slots[i].key.ptr != NULL)
            *str_slot(&grown, m->slots[i].key, m->slots[i].hash) = m->slots[i];
    mem_free(m->slots);
    *m = grown;
    return true;
}

bool str_map_put(struct str_map *m, struct str key, uint32_t value) {
    if (m->slots == NULL || is_full(m->len + 1, m->mask + 1))
        if (!str_map_grow(m))
            return false;
    uint32_t hash = (uint32_t)str_hash(key);
    struct str_map_slot *slot = str_slot(m, key, hash);
    if (slot->key.ptr == NULL) {
        /* An empty key still needs a pointer: NULL marks a free slot. */
        slot->key = key.ptr != NULL ? key : STR("");
        slot->hash = hash;
        m->len++;
    }
    slot->value = value;
    return true;
}

static uint32_t mix(uint64_t key) {
    key ^= key >> 32;
    key *= 0xd6e8feb86659fd93ULL;
    key ^= key >> 32;
    key *= 0xd6e8feb86659fd93ULL;
    return (uint32_t)(key ^ (key >> 32));
}

void u64_map_release(struct u64_map *m) {
    mem_free(m->slots);
    *m = (struct u64_map){0};
}

static struct u64_map_slot *u64_slot(const struct u64_map *m, uint64_t key) {
    uint32_t i = mix(key) & m->mask;
    while (m->slots[i].value != MAP_NONE && m->slots[i].key != key)
        i = (i + 1) & m->mask;
    return &m->slots[i];
}

uint32_t u64_map_get(const struct u64_map *m, uint64_t key) {
    return m->slots != NULL ? u64_slot(m, key)->value : MAP_NONE;
}

static bool u64_map_grow(struct u64_map *m) {
    uint32_t slots = m->slots != NULL ? (m->mask + 1) * 2 : FIRST_SLOTS;
    if (slots == 0)
        return false;
    struct u64_map grown = {.mask = slots - 1, .len = m->len};
    grown.slots = mem_new(slots, sizeof(*grown.slots));
    if (grown.slots == NULL)
        return false;
    for (uint32_t i = 0; i < slots; i++)
        grown.slots[i].value = MAP_NONE;
    for (uint32_t i = 0; m->slots != NULL && i <= m->mask; i++)
        if (m->slots[i].value != MAP_NONE)
            *u64_slot(&grown, m->slots[i].key) = m->slots[i];
    mem_free(m->slots);
    *m = grown;
    return true;
}

bool u64_map_put(struct u64_map *m, uint64_t key, uint32_t value) {
    if (m->slots == NULL || is_full(m->len + 1, m->mask + 1))
        if (!u64_map_grow(m))
            return false;
    struct u64_map_slot *slot = u64_slot(m, key);
    if (slot->value == MAP_NONE)
        m->len++;
    slot->key = key;
    slot->value = value;
    return true;
}
