/* Variants: see variants.h. Rows are found by the first word of what they replace. */
#include "engine/catalogue/variants.h"

#include <math.h>

/* The weight of the second meaning of a general name beside the first, and so on. */
#define NEXT_MEANING 0.95F

enum { ROUNDS = 2 }; /* "EV OBC" for "electric vehicle on-board charger" needs two */

void variants_release(struct variants *v) {
    vec_free(&v->rows);
    u64_map_release(&v->first);
    u64_map_release(&v->names);
}

static bool add_one(struct variants *v, const struct variant *from, const struct variant *to,
                    float factor, bool whole, bool general) {
    uint32_t next = u64_map_get(&v->first, to->ids[0]);
    return vec_push(&v->rows, (struct equivalence){*from, *to, next, factor, whole, general}) &&
           u64_map_put(&v->first, to->ids[0], (uint32_t)v->rows.len - 1);
}

enum err variants_add(struct variants *v, const struct variant *from, const struct variant *to,
                      struct errinfo *info) {
    if (from->count == 0 || to->count == 0)
        return ERR_OK;
    bool ok = add_one(v, from, to, 1, false, false) && add_one(v, to, from, 1, false, false);
    return ok ? ERR_OK : err_memory(info);
}

enum err variants_add_whole(struct variants *v, const struct variant *from,
                            const struct variant *to, bool general, struct errinfo *info) {
    if (from->count == 0 || to->count == 0)
        return ERR_OK;
    uint64_t key =
        str_hash((struct str){(const char *)from->ids, from->count * sizeof(*from->ids)});
    uint32_t rank = u64_map_get(&v->names, key);
    rank = rank == MAP_NONE ? 0 : rank;
    float factor = powf(NEXT_MEANING, (float)rank);
    bool ok = add_one(v, from, to, factor, true, general) && u64_map_put(&v->names, key, rank + 1);
    return ok ? ERR_OK : err_memory(info);
}

static bool stands_at(const struct variant *v, uint32_t at, const struct variant *part) {
    return at + part->count <= v->count &&
           memcmp(v->ids + at, part->ids, part->count * sizeof(*v->ids)) == 0;
}

static bool known(const struct variant *list, size_t count, const struct variant *v) {
    for (size_t i = 0; i < count; i++)
        if (list[i].count == v->count &&
            memcmp(list[i].ids, v->ids, v->count * sizeof(*v->ids)) == 0)
            return true;
    return false;
}

/* `v` with the words of `row.to` at `at` replaced; false when it gets too long. */
static bool replaced(const struct variant *v, uint32_t at, const struct equivalence *row,
                     struct variant *out) {
    uint32_t tail = v->count - at - row->to.count;
    *out = (struct variant){.count = at + row->from.count + tail};
    if (out->count > PHRASE_WORDS_MAX)
        return false;
    memcpy(out->ids, v->ids, at * sizeof(*v->ids));
    memcpy(out->han, v->han, at * sizeof(*v->han));
    memcpy(out->ids + at, row->from.ids, row->from.count * sizeof(*v->ids));
    memcpy(out->han + at, row->from.han, row->from.count * sizeof(*v->han));
    memcpy(out->ids + at + row->from.count, v->ids + at + row->to.count, tail * sizeof(*v->ids));
    memcpy(out->han + at + row->from.count, v->han + at + row->to.count, tail * sizeof(*v->han));
    out->general = v->general || row->general;
    out->caps = out->count == row->from.count && row->from.caps;
    return true;
}

size_t variants_extend(const struct variants *v, struct variant *list, size_t count, float factor) {
    size_t from = 0;
    for (int round = 0; round < ROUNDS; round++) {
        size_t end = count;
        for (size_t k = from; k < end; k++)
            for (uint32_t at = 0; at < list[k].count; at++)
                for (uint32_t row = u64_map_get(&v->first, list[k].ids[at]);
                     row != MAP_NONE && count < VARIANTS_MAX; row = v->rows.at[row].next) {
                    const struct equivalence *e = &v->rows.at[row];
                    struct variant more;
                    if (!stands_at(&list[k], at, &e->to) ||
                        (e->whole && list[k].count != e->to.count) ||
                        !replaced(&list[k], at, e, &more) || known(list, count, &more))
                        continue;
                    more.weight = list[k].weight * factor * e->factor;
                    list[count++] = more;
                }
        from = end;
    }
    return count;
}
