/*
 * The input, checked and laid out: private to engine/meet.
 *
 * `possible` has, for each meeting, the slots that its members, its barred slots and its orders
 * leave. Rows of bits have `words` words; bits beyond the last slot are 0.
 */
#ifndef FAIRLEAD_ENGINE_MEET_TABLE_H
#define FAIRLEAD_ENGINE_MEET_TABLE_H

#include "engine/meet/meet.h"

struct meet_table {
    const struct meet_input *in;
    uint32_t words;
    uint64_t *first_of_day; /* bit row: slots that begin a day */
    uint64_t *possible;     /* [meetings * words] */
    uint32_t *of_offset;    /* [persons + 1] */
    uint32_t *of;           /* meetings of each person */
    uint32_t *order_offset; /* [meetings + 1] orders that each meeting stands in */
    uint32_t *order;
    struct meet_reason reason; /* why nothing can be, as far as that is seen at once */
    uint64_t bound;            /* breaks that nobody can avoid, see bound.c */
};

/* ERR_INPUT, ERR_LIMIT, ERR_MEMORY as meet_solve. O(members * words + orders * slots). */
enum err meet_table_new(const struct meet_input *in, struct meet_table *table,
                        struct errinfo *info) ERR_CHECK;
void meet_table_free(struct meet_table *table);

static inline bool meet_bit(const uint64_t *row, uint32_t slot) {
    return (row[slot / 64] >> (slot % 64) & 1) != 0;
}

static inline void meet_set(uint64_t *row, uint32_t slot) {
    row[slot / 64] |= UINT64_C(1) << (slot % 64);
}

static inline void meet_clear(uint64_t *row, uint32_t slot) {
    row[slot / 64] &= ~(UINT64_C(1) << (slot % 64));
}

static inline const uint64_t *meet_possible(const struct meet_table *t, uint32_t meeting) {
    return t->possible + (size_t)meeting * t->words;
}

static inline uint32_t meet_degree(const struct meet_table *t, uint32_t person) {
    return t->of_offset[person + 1] - t->of_offset[person];
}

static inline uint32_t meet_members(const struct meet_table *t, uint32_t meeting) {
    return t->in->member_offset[meeting + 1] - t->in->member_offset[meeting];
}

/* Breaks of a person who meets in the slots of the row. */
uint32_t meet_breaks(const struct meet_table *t, const uint64_t *used);

/* The fewest breaks that a person can have by itself: from its possible slots alone. O(slots). */
uint32_t meet_least_breaks(const struct meet_table *t, uint32_t person);

#endif
