/* Checks the input and lays it out: see table.h. */
#include "engine/meet/table.h"

#include <string.h>

#include "base/mem.h"

/* Checking ----------------------------------------------------------------------------------------
 */

static enum err check_members(const struct meet_input *in, struct errinfo *info) {
    for (uint32_t m = 0; m < in->meetings; m++) {
        uint32_t first = in->member_offset[m], end = in->member_offset[m + 1];
        if (end < first + 2)
            return err_set(info, ERR_INPUT, "meeting %u has fewer than two persons", m);
        if (end - first > MEET_MEMBERS_MAX)
            return err_set(info, ERR_LIMIT, "meeting %u has %u persons; at most %d are possible", m,
                           end - first, MEET_MEMBERS_MAX);
        for (uint32_t i = first; i < end; i++) {
            if (in->member[i] >= in->persons)
                return err_set(info, ERR_INPUT, "meeting %u names person %u of %u", m,
                               in->member[i], in->persons);
            for (uint32_t j = first; j < i; j++)
                if (in->member[i] == in->member[j])
                    return err_set(info, ERR_INPUT, "meeting %u has person %u twice", m,
                                   in->member[i]);
        }
    }
    return ERR_OK;
}

static enum err check(const struct meet_input *in, struct errinfo *info) {
    if (in->slots == 0 || in->slots > MEET_SLOTS_MAX)
        return err_set(info, ERR_LIMIT, "%u slots; 1 to %d are possible", in->slots,
                       MEET_SLOTS_MAX);
    if (in->persons > MEET_PERSONS_MAX || in->meetings > MEET_MEETINGS_MAX)
        return err_set(info, ERR_LIMIT,
                       "%u persons and %u meetings; at most %d and %d are possible", in->persons,
                       in->meetings, MEET_PERSONS_MAX, MEET_MEETINGS_MAX);
    for (uint32_t s = 1; in->day != NULL && s < in->slots; s++)
        if (in->day[s] < in->day[s - 1])
            return err_set(info, ERR_INPUT, "slot %u is of an earlier day than the one before", s);
    for (uint32_t i = 0; i < in->orders; i++)
        if (in->before[i] >= in->meetings || in->after[i] >= in->meetings ||
            in->before[i] == in->after[i])
            return err_set(info, ERR_INPUT, "order %u does not join two meetings", i);
    return check_members(in, info);
}

/* Laying out --------------------------------------------------------------------------------------
 */

static bool reserve(struct meet_table *t) {
    const struct meet_input *in = t->in;
    t->first_of_day = mem_new(t->words, sizeof(*t->first_of_day));
    t->possible = mem_new((size_t)in->meetings * t->words + 1, sizeof(*t->possible));
    t->of_offset = mem_new((size_t)in->persons + 2, sizeof(*t->of_offset));
    t->of = mem_new((size_t)in->member_offset[in->meetings] + 1, sizeof(*t->of));
    t->order_offset = mem_new((size_t)in->meetings + 2, sizeof(*t->order_offset));
    t->order = mem_new((size_t)in->orders * 2 + 1, sizeof(*t->order));
    return t->first_of_day != NULL && t->possible != NULL && t->of_offset != NULL &&
           t->of != NULL && t->order_offset != NULL && t->order != NULL;
}

static void find_days(struct meet_table *t) {
    for (uint32_t s = 0; s < t->in->slots; s++)
        if (s == 0 || (t->in->day != NULL && t->in->day[s] != t->in->day[s - 1]))
            meet_set(t->first_of_day, s);
}

static void find_possible(struct meet_table *t) {
    const struct meet_input *in = t->in;
    uint64_t last = in->slots % 64 == 0 ? UINT64_MAX : (UINT64_C(1) << (in->slots % 64)) - 1;
    for (uint32_t m = 0; m < in->meetings; m++) {
        uint64_t *row = t->possible + (size_t)m * t->words;
        for (uint32_t w = 0; w < t->words; w++)
            row[w] = in->barred != NULL ? ~in->barred[(size_t)m * t->words + w] : UINT64_MAX;
        row[t->words - 1] &= last;
        for (uint32_t i = in->member_offset[m]; in->absent != NULL && i < in->member_offset[m + 1];
             i++)
            for (uint32_t w = 0; w < t->words; w++)
                row[w] &= ~in->absent[(size_t)in->member[i] * t->words + w];
        for (uint32_t s = 0; s < in->slots; s++)
            if (in->tables[s] == 0)
                meet_clear(row, s);
    }
}

/* Lists of numbers by owner: counts, then places from behind. */
static void index_members(struct meet_table *t) {
    const struct meet_input *in = t->in;
    uint32_t all = in->member_offset[in->meetings];
    for (uint32_t i = 0; i < all; i++)
        t->of_offset[in->member[i] + 1]++;
    for (uint32_t p = 0; p < in->persons; p++)
        t->of_offset[p + 1] += t->of_offset[p];
    for (uint32_t m = in->meetings; m-- > 0;)
        for (uint32_t i = in->member_offset[m]; i < in->member_offset[m + 1]; i++)
            t->of[--t->of_offset[in->member[i] + 1]] = m;
    for (uint32_t p = 0; p < in->persons; p++)
        t->of_offset[p] = t->of_offset[p + 1];
    t->of_offset[in->persons] = all;
}

static void index_orders(struct meet_table *t) {
    const struct meet_input *in = t->in;
    for (uint32_t i = 0; i < in->orders; i++) {
        t->order_offset[in->before[i] + 1]++;
        t->order_offset[in->after[i] + 1]++;
    }
    for (uint32_t m = 0; m < in->meetings; m++)
        t->order_offset[m + 1] += t->order_offset[m];
    for (uint32_t i = in->orders; i-- > 0;) {
        t->order[--t->order_offset[in->before[i] + 1]] = i;
        t->order[--t->order_offset[in->after[i] + 1]] = i;
    }
    for (uint32_t m = 0; m < in->meetings; m++)
        t->order_offset[m] = t->order_offset[m + 1];
    t->order_offset[in->meetings] = in->orders * 2;
}

/* Reasons that are seen at once -------------------------------------------------------------------
 */

static uint32_t first_bit(const uint64_t *row, uint32_t words) {
    for (uint32_t w = 0; w < words; w++)
        if (row[w] != 0)
            return w * 64 + (uint32_t)__builtin_ctzll(row[w]);
    return MEET_NONE;
}

static uint32_t last_bit(const uint64_t *row, uint32_t words) {
    for (uint32_t w = words; w-- > 0;)
        if (row[w] != 0)
            return w * 64 + 63 - (uint32_t)__builtin_clzll(row[w]);
    return MEET_NONE;
}

/* Takes slots from both ends of what orders leave until nothing changes. */
static void apply_orders(struct meet_table *t) {
    bool changed = t->in->orders > 0;
    while (changed && t->reason.kind == MEET_NO_REASON) {
        changed = false;
        for (uint32_t i = 0; i < t->in->orders; i++) {
            uint64_t *early = t->possible + (size_t)t->in->before[i] * t->words;
            uint64_t *late = t->possible + (size_t)t->in->after[i] * t->words;
            uint32_t first = first_bit(early, t->words), last = last_bit(late, t->words);
            for (uint32_t s = 0; s < t->in->slots; s++) {
                if (meet_bit(late, s) && (first == MEET_NONE || s <= first)) {
                    meet_clear(late, s);
                    changed = true;
                }
                if (meet_bit(early, s) && (last == MEET_NONE || s >= last)) {
                    meet_clear(early, s);
                    changed = true;
                }
            }
            if (first_bit(late, t->words) == MEET_NONE || first_bit(early, t->words) == MEET_NONE) {
                t->reason = (struct meet_reason){.kind = MEET_ORDER, .number = t->in->after[i]};
                return;
            }
        }
    }
}

static void find_reason(struct meet_table *t) {
    const struct meet_input *in = t->in;
    uint64_t room = 0;
    for (uint32_t s = 0; s < in->slots; s++)
        room += in->tables[s];
    if (room < in->meetings)
        t->reason = (struct meet_reason){MEET_TABLES, 0, in->meetings, (uint32_t)room};
    for (uint32_t m = 0; m < in->meetings && t->reason.kind == MEET_NO_REASON; m++)
        if (first_bit(meet_possible(t, m), t->words) == MEET_NONE)
            t->reason = (struct meet_reason){.kind = MEET_NO_SLOT, .number = m};
    for (uint32_t p = 0; p < in->persons && t->reason.kind == MEET_NO_REASON; p++) {
        uint64_t any[MEET_WORDS(MEET_SLOTS_MAX)] = {0};
        uint32_t have = 0;
        for (uint32_t i = t->of_offset[p]; i < t->of_offset[p + 1]; i++)
            for (uint32_t w = 0; w < t->words; w++)
                any[w] |= meet_possible(t, t->of[i])[w];
        for (uint32_t w = 0; w < t->words; w++)
            have += (uint32_t)__builtin_popcountll(any[w]);
        if (have < meet_degree(t, p))
            t->reason = (struct meet_reason){MEET_FULL, p, meet_degree(t, p), have};
    }
    if (t->reason.kind == MEET_NO_REASON)
        apply_orders(t);
}

/* Breaks ------------------------------------------------------------------------------------------
 */

/* Blocks begin where a slot is used and the one before is not, or at the head of a day; of each day
 * that has any, one block is no break. */
uint32_t meet_breaks(const struct meet_table *t, const uint64_t *used) {
    uint32_t blocks = 0, days = 0;
    uint64_t carry = 0;
    for (uint32_t w = 0; w < t->words; w++) {
        uint64_t before = (used[w] << 1) | carry;
        blocks += (uint32_t)__builtin_popcountll(used[w] & (~before | t->first_of_day[w]));
        carry = used[w] >> 63;
    }
    if (t->in->day == NULL)
        return blocks > 0 ? blocks - 1 : 0;
    for (uint32_t s = 0, day = MEET_NONE; s < t->in->slots; s++)
        if (meet_bit(used, s) && t->in->day[s] != day) {
            day = t->in->day[s];
            days++;
        }
    return blocks - days;
}

/* With all runs of possible slots of a day side by side, the fewest runs that hold so many meetings
 * are the longest ones; each but one a day is a break. A day more costs nothing, so the longest run
 * of each day comes free. */
uint32_t meet_least_breaks(const struct meet_table *t, uint32_t person) {
    uint64_t any[MEET_WORDS(MEET_SLOTS_MAX)] = {0};
    uint32_t further[MEET_SLOTS_MAX + 1] = {
        0}; /* runs of each length that are not a day's longest */
    uint32_t left = meet_degree(t, person), run = 0, longest = 0, breaks = 0;
    for (uint32_t i = t->of_offset[person]; i < t->of_offset[person + 1]; i++)
        for (uint32_t w = 0; w < t->words; w++)
            any[w] |= meet_possible(t, t->of[i])[w];
    for (uint32_t s = 0; s <= t->in->slots && left > 0; s++) {
        bool ends_day = s == t->in->slots || meet_bit(t->first_of_day, s);
        if (s < t->in->slots && meet_bit(any, s) && !ends_day) {
            run++;
            continue;
        }
        if (run > longest) {
            uint32_t shorter = longest;
            longest = run;
            run = shorter;
        }
        further[run]++;
        run = 0;
        if (ends_day) {
            left = left > longest ? left - longest : 0;
            longest = 0;
        }
        if (s < t->in->slots && meet_bit(any, s))
            run = 1;
    }
    for (uint32_t length = t->in->slots; length > 0 && left > 0; length--)
        for (uint32_t i = 0; i < further[length] && left > 0; i++) {
            left = left > length ? left - length : 0;
            breaks++;
        }
    return breaks;
}

/* The whole ---------------------------------------------------------------------------------------
 */

enum err meet_table_new(const struct meet_input *in, struct meet_table *table,
                        struct errinfo *info) {
    *table = (struct meet_table){.in = in, .words = MEET_WORDS(in->slots)};
    enum err code = check(in, info);
    if (code != ERR_OK)
        return code;
    if (!reserve(table)) {
        meet_table_free(table);
        return err_memory(info);
    }
    find_days(table);
    find_possible(table);
    index_members(table);
    index_orders(table);
    find_reason(table);
    for (uint32_t p = 0; p < in->persons && table->reason.kind == MEET_NO_REASON; p++)
        table->bound += meet_least_breaks(table, p);
    return ERR_OK;
}

void meet_table_free(struct meet_table *table) {
    mem_free(table->first_of_day);
    mem_free(table->possible);
    mem_free(table->of_offset);
    mem_free(table->of);
    mem_free(table->order_offset);
    mem_free(table->order);
    *table = (struct meet_table){.in = NULL};
}
