/*
 * The shelf of layouts: see map_shelf.h.
 *
 * The key of a layout is its input written out field by field, since structs have padding. A scan
 * over some hundred keys costs less than a hundredth of a layout: most differ in length.
 */
#include "service/map_shelf.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/buf.h"
#include "base/mem.h"

enum { KEY_BYTES_MAX = 1 << 24 }; /* more than map.h's maxima need */

/* A layout with those who hold it, the shelf being one. */
struct kept {
    struct map_layout layout; /* first: map_shelf_put gets its address */
    atomic_uint users;
    struct buf key;
    uint64_t asked; /* when last, by the shelf's count */
    struct arena arena;
};

struct map_shelf {
    pthread_mutex_t lock;
    struct kept *place[MAP_SHELF_PLACES]; /* filled from the front */
    uint64_t asked;
};

static void add_u32(struct buf *key, uint32_t value) {
    buf_add(key, (const char *)&value, sizeof(value));
}

static void add_double(struct buf *key, double value) {
    buf_add(key, (const char *)&value, sizeof(value));
}

static void write_key(struct buf *key, const struct map_input *in, const struct map_options *o) {
    const double distances[] = {o->column_gap, o->lane_gap, o->box_gap, o->wire_gap,
                                o->margin,     o->header,   o->aspect};
    for (size_t i = 0; i < sizeof(distances) / sizeof(distances[0]); i++)
        add_double(key, distances[i]);
    add_u32(key, in->node_count);
    for (uint32_t n = 0; n < in->node_count; n++) {
        add_u32(key, in->nodes[n].lane);
        add_double(key, in->nodes[n].width);
        add_double(key, in->nodes[n].height);
    }
    for (uint32_t l = 0; l < in->link_count; l++) {
        add_u32(key, in->links[l].input);
        add_u32(key, in->links[l].output);
        add_u32(key, in->links[l].weight);
    }
}

enum err map_shelf_new(struct map_shelf **out, struct errinfo *info) {
    struct map_shelf *shelf = mem_new(1, sizeof(*shelf));
    if (shelf == NULL)
        return err_memory(info);
    pthread_mutex_init(&shelf->lock, NULL);
    *out = shelf;
    return ERR_OK;
}

static void put(struct kept *kept) {
    if (atomic_fetch_sub(&kept->users, 1) > 1)
        return;
    buf_release(&kept->key);
    arena_release(&kept->arena);
    mem_free(kept);
}

void map_shelf_put(const struct map_layout *layout) {
    if (layout != NULL)
        put((struct kept *)(uintptr_t)layout);
}

void map_shelf_free(struct map_shelf *shelf) {
    if (shelf == NULL)
        return;
    for (size_t i = 0; i < MAP_SHELF_PLACES && shelf->place[i] != NULL; i++)
        put(shelf->place[i]);
    pthread_mutex_destroy(&shelf->lock);
    mem_free(shelf);
}

/* The layout of a key with one more user, or NULL. */
static struct kept *find(struct map_shelf *shelf, struct str key) {
    struct kept *found = NULL;
    pthread_mutex_lock(&shelf->lock);
    for (size_t i = 0; i < MAP_SHELF_PLACES && shelf->place[i] != NULL && found == NULL; i++)
        if (str_equal(buf_str(&shelf->place[i]->key), key))
            found = shelf->place[i];
    if (found != NULL) {
        atomic_fetch_add(&found->users, 1);
        found->asked = ++shelf->asked;
    }
    pthread_mutex_unlock(&shelf->lock);
    return found;
}

/* Puts a layout on the shelf, where need be in the place of another. Two threads that lay out the
 * same both do: one of them will not be asked for again and makes room first. */
static void keep(struct map_shelf *shelf, struct kept *kept) {
    size_t at = 0;
    atomic_fetch_add(&kept->users, 1);
    pthread_mutex_lock(&shelf->lock);
    for (size_t i = 0; i < MAP_SHELF_PLACES && shelf->place[at] != NULL; i++)
        if (shelf->place[i] == NULL || shelf->place[i]->asked < shelf->place[at]->asked)
            at = i;
    struct kept *old = shelf->place[at];
    shelf->place[at] = kept;
    kept->asked = ++shelf->asked;
    pthread_mutex_unlock(&shelf->lock);
    if (old != NULL)
        put(old);
}

enum err map_shelf_get(struct map_shelf *shelf, const struct map_input *in,
                       const struct map_options *options, const struct job *job,
                       const struct map_layout **out, struct errinfo *info) {
    struct buf key;
    buf_init(&key, KEY_BYTES_MAX);
    write_key(&key, in, options);
    enum err e = buf_error(&key, info);
    struct kept *kept = e == ERR_OK ? find(shelf, buf_str(&key)) : NULL;
    if (e != ERR_OK || kept != NULL) {
        buf_release(&key);
        *out = kept != NULL ? &kept->layout : NULL;
        return e;
    }
    kept = mem_new(1, sizeof(*kept));
    if (kept == NULL) {
        buf_release(&key);
        return err_memory(info);
    }
    kept->key = key;
    atomic_init(&kept->users, 1);
    arena_init(&kept->arena, (size_t)1 << 30);
    e = map_lay_out(in, options, &kept->arena, job, &kept->layout, info);
    if (e != ERR_OK) {
        put(kept);
        return e;
    }
    if (kept->layout.status == MAP_COMPLETE)
        keep(shelf, kept);
    *out = &kept->layout;
    return ERR_OK;
}
