/* Judges a plan of any origin against every rule: see meet.h. Shares nothing with the search. */
#include "base/mem.h"
#include "engine/meet/meet.h"

static bool is_free(const uint64_t *rows, uint32_t row, uint32_t slots, uint32_t slot) {
    return rows == NULL ||
           (rows[(size_t)row * MEET_WORDS(slots) + slot / 64] >> (slot % 64) & 1) == 0;
}

/* Breaks of a person whose slots are marked. */
static uint32_t count_breaks(const struct meet_input *in, const uint8_t *busy) {
    uint32_t breaks = 0, last = MEET_NONE;
    for (uint32_t s = 0; s < in->slots; s++) {
        if (busy[s] == 0)
            continue;
        bool same_day = last != MEET_NONE && (in->day == NULL || in->day[last] == in->day[s]);
        breaks += same_day && s - last > 1;
        last = s;
    }
    return breaks;
}

static void judge_orders(const struct meet_input *in, const uint32_t *slot,
                         struct meet_verdict *v) {
    for (uint32_t i = 0; i < in->orders; i++) {
        uint32_t early = slot[in->before[i]], late = slot[in->after[i]];
        v->broken += early != MEET_NONE && late != MEET_NONE && early >= late;
    }
}

static void judge_persons(const struct meet_input *in, const uint8_t *busy,
                          struct meet_verdict *v) {
    v->least = in->persons > 0 ? UINT32_MAX : 0;
    for (uint32_t p = 0; p < in->persons; p++) {
        const uint8_t *row = busy + (size_t)p * in->slots;
        uint32_t breaks = count_breaks(in, row);
        v->breaks += breaks;
        v->least = breaks < v->least ? breaks : v->least;
        v->most = breaks > v->most ? breaks : v->most;
        for (uint32_t s = 0; s < in->slots; s++)
            v->broken += row[s] > 1 || (row[s] > 0 && !is_free(in->absent, p, in->slots, s));
    }
    v->broken += in->fairness != MEET_NO_FAIRNESS && v->most - v->least > in->fairness;
}

bool meet_judge(const struct meet_input *in, const uint32_t *slot, struct meet_verdict *v) {
    uint8_t *busy = mem_new((size_t)in->persons * in->slots + 1, sizeof(*busy));
    uint32_t *held = mem_new((size_t)in->slots + 1, sizeof(*held));
    bool ok = busy != NULL && held != NULL;
    *v = (struct meet_verdict){0};
    for (uint32_t m = 0; ok && m < in->meetings; m++) {
        uint32_t s = slot[m];
        if (s == MEET_NONE)
            continue;
        v->placed++;
        if (s >= in->slots || !is_free(in->barred, m, in->slots, s)) {
            v->broken++;
            continue;
        }
        held[s]++;
        for (uint32_t i = in->member_offset[m]; i < in->member_offset[m + 1]; i++)
            if (busy[(size_t)in->member[i] * in->slots + s] < 2)
                busy[(size_t)in->member[i] * in->slots + s]++;
    }
    for (uint32_t s = 0; ok && s < in->slots; s++)
        v->broken += held[s] > in->tables[s];
    if (ok) {
        judge_orders(in, slot, v);
        judge_persons(in, busy, v);
    }
    mem_free(busy);
    mem_free(held);
    return ok;
}
