/* The order of the directory: see directory.h. Sort keys are made once to sort and thrown away; a
 * question for a place makes the few keys of a binary search again. */
#include "service/directory.h"

#include <stdlib.h>

#include "base/mem.h"
#include "text/collate.h"

enum { KEYS_BYTES_MAX = 1 << 30, KEY_BYTES_MAX = 1 << 20 };

struct order {
    struct text_collator *collator;
    uint32_t *organisation; /* [view->organisations] */
    uint32_t *exhibitor;    /* [view->exhibitors] */
    char *letter;           /* [view->organisations], by organisation */
};

struct directory {
    const struct view *view;
    struct order order[LANGS];
};

struct str directory_name(const struct view_organisation *organisation, enum lang lang) {
    return lang_pick(lang, organisation->name_en, organisation->name_zh).text;
}

struct sortable {
    struct str key;
    int64_t id;
    uint32_t index;
};

static int by_key(const void *a, const void *b) {
    const struct sortable *x = a, *y = b;
    int order = str_compare(x->key, y->key);
    if (order != 0)
        return order;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* Fills `entry` with the keys of all names; they live in `keys`. */
static enum err make_keys(const struct directory *d, enum lang lang, struct sortable *entry,
                          struct buf *keys, struct errinfo *info) {
    const struct view *view = d->view;
    for (uint32_t i = 0; i < view->organisations; i++) {
        const struct view_organisation *o = &view->organisation[i];
        size_t begin = keys->len;
        enum err e = text_sort_key(d->order[lang].collator, directory_name(o, lang), keys, info);
        if (e != ERR_OK)
            return e;
        entry[i] = (struct sortable){{NULL, keys->len - begin}, o->id, i};
    }
    /* The buffer moves while it grows: pointers can be taken only now. */
    size_t at = 0;
    for (uint32_t i = 0; i < view->organisations; i++) {
        entry[i].key.ptr = keys->ptr + at;
        at += entry[i].key.len;
    }
    return ERR_OK;
}

static enum err sort_names(struct directory *d, enum lang lang, struct errinfo *info) {
    const struct view *view = d->view;
    struct order *order = &d->order[lang];
    struct sortable *entry = mem_new((size_t)view->organisations + 1, sizeof(*entry));
    struct buf keys;
    enum err e = ERR_OK;
    uint32_t exhibitors = 0;
    buf_init(&keys, KEYS_BYTES_MAX);
    order->organisation = mem_new((size_t)view->organisations + 1, sizeof(*order->organisation));
    order->exhibitor = mem_new((size_t)view->exhibitors + 1, sizeof(*order->exhibitor));
    order->letter = mem_new((size_t)view->organisations + 1, 1);
    if (entry == NULL || order->organisation == NULL || order->exhibitor == NULL ||
        order->letter == NULL)
        e = err_memory(info);
    if (e == ERR_OK)
        e = make_keys(d, lang, entry, &keys, info);
    if (e == ERR_OK && view->organisations > 0)
        qsort(entry, view->organisations, sizeof(*entry), by_key);
    for (uint32_t i = 0; e == ERR_OK && i < view->organisations; i++) {
        uint32_t exhibitor = view->organisation[entry[i].index].exhibitor;
        order->organisation[i] = entry[i].index;
        order->letter[entry[i].index] = text_index_letter(order->collator, entry[i].key);
        if (exhibitor != VIEW_NONE)
            order->exhibitor[exhibitors++] = exhibitor;
    }
    buf_release(&keys);
    mem_free(entry);
    return e;
}

enum err directory_new(const struct view *view, struct directory **out, struct errinfo *info) {
    static const enum text_order orders[LANGS] = {
        [LANG_EN] = TEXT_ORDER_ENGLISH, [LANG_ZH] = TEXT_ORDER_CHINESE};
    struct directory *d = mem_new(1, sizeof(*d));
    if (d == NULL)
        return err_memory(info);
    d->view = view;
    for (enum lang lang = 0; lang < LANGS; lang++) {
        enum err e = text_collator_new(orders[lang], &d->order[lang].collator, info);
        if (e == ERR_OK)
            e = sort_names(d, lang, info);
        if (e != ERR_OK) {
            directory_free(d);
            return e;
        }
    }
    *out = d;
    return ERR_OK;
}

void directory_free(struct directory *directory) {
    if (directory == NULL)
        return;
    for (enum lang lang = 0; lang < LANGS; lang++) {
        text_collator_free(directory->order[lang].collator);
        mem_free(directory->order[lang].organisation);
        mem_free(directory->order[lang].exhibitor);
        mem_free(directory->order[lang].letter);
    }
    mem_free(directory);
}

const struct text_collator *directory_collator(const struct directory *directory, enum lang lang) {
    return directory->order[lang].collator;
}

char directory_letter(const struct directory *directory, enum lang lang, uint32_t organisation) {
    return directory->order[lang].letter[organisation];
}

const uint32_t *directory_exhibitors(const struct directory *directory, enum lang lang) {
    return directory->order[lang].exhibitor;
}

const uint32_t *directory_organisations(const struct directory *directory, enum lang lang) {
    return directory->order[lang].organisation;
}

static uint32_t organisation_at(const struct directory *d, enum lang lang, bool of_exhibitors,
                                uint32_t place) {
    const struct order *order = &d->order[lang];
    return of_exhibitors ? d->view->exhibitor[order->exhibitor[place]].organisation
                         : order->organisation[place];
}

static enum err count_until(const struct directory *d, enum lang lang, bool of_exhibitors,
                            struct str name, int64_t id, uint32_t *count, struct errinfo *info) {
    const struct text_collator *collator = d->order[lang].collator;
    uint32_t low = 0, high = of_exhibitors ? d->view->exhibitors : d->view->organisations;
    struct buf wanted, key;
    buf_init(&wanted, KEY_BYTES_MAX);
    buf_init(&key, KEY_BYTES_MAX);
    enum err e = text_sort_key(collator, name, &wanted, info);
    while (e == ERR_OK && low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct view_organisation *o =
            &d->view->organisation[organisation_at(d, lang, of_exhibitors, middle)];
        buf_clear(&key);
        e = text_sort_key(collator, directory_name(o, lang), &key, info);
        int order = str_compare(buf_str(&key), buf_str(&wanted));
        if (order < 0 || (order == 0 && o->id <= id))
            low = middle + 1;
        else
            high = middle;
    }
    buf_release(&wanted);
    buf_release(&key);
    *count = low;
    return e;
}

enum err directory_exhibitors_until(const struct directory *directory, enum lang lang,
                                    struct str name, int64_t id, uint32_t *count,
                                    struct errinfo *info) {
    return count_until(directory, lang, true, name, id, count, info);
}

enum err directory_organisations_until(const struct directory *directory, enum lang lang,
                                       struct str name, int64_t id, uint32_t *count,
                                       struct errinfo *info) {
    return count_until(directory, lang, false, name, id, count, info);
}
