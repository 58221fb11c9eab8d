/* Alternating chains: see search.h. */
#include "engine/meet/search.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

enum { CHAIN_MAX = 4096, BUILD_TRIES = 400, ASK_EVERY = 1024 };

struct meet_search {
    const struct meet_table *t;
    struct rng rng;
    uint32_t *slot;      /* of each meeting */
    uint32_t *at;        /* [persons * slots] meeting there */
    uint64_t *used;      /* [persons * words] */
    uint32_t *held;      /* meetings in each slot */
    uint32_t *breaks_of; /* of each person */
    uint64_t breaks;
    uint64_t over; /* breaks beyond what fairness allows, summed */
    uint32_t placed;
    uint32_t *met; /* persons who have a meeting placed or not: those worth a move */
    uint32_t mets;
    uint32_t *chain; /* meetings of the chain */
    uint32_t chained;
    uint32_t *mark; /* of each meeting: the chain it is in */
    uint32_t chains;
    uint32_t *ends; /* persons whose used slots change with the chain */
    uint32_t end_count;
    uint32_t *best;
    uint32_t best_placed;
    uint64_t best_breaks;
};

static uint32_t *at(const struct meet_search *s, uint32_t person, uint32_t slot) {
    return &s->at[(size_t)person * s->t->in->slots + slot];
}

static uint64_t *used(const struct meet_search *s, uint32_t person) {
    return s->used + (size_t)person * s->t->words;
}

static uint64_t over_of(const struct meet_search *s, uint32_t breaks) {
    return breaks > s->t->in->fairness ? breaks - s->t->in->fairness : 0;
}

/* Counting anew a person whose slots have changed. */
static void recount(struct meet_search *s, uint32_t person) {
    uint32_t breaks = meet_breaks(s->t, used(s, person));
    s->breaks += breaks;
    s->breaks -= s->breaks_of[person];
    s->over += over_of(s, breaks);
    s->over -= over_of(s, s->breaks_of[person]);
    s->breaks_of[person] = breaks;
}

static void put(struct meet_search *s, uint32_t meeting, uint32_t slot) {
    const struct meet_input *in = s->t->in;
    for (uint32_t i = in->member_offset[meeting]; i < in->member_offset[meeting + 1]; i++) {
        *at(s, in->member[i], slot) = meeting;
        meet_set(used(s, in->member[i]), slot);
    }
    s->slot[meeting] = slot;
    s->held[slot]++;
    s->placed++;
}

static void take(struct meet_search *s, uint32_t meeting) {
    const struct meet_input *in = s->t->in;
    uint32_t slot = s->slot[meeting];
    for (uint32_t i = in->member_offset[meeting]; i < in->member_offset[meeting + 1]; i++) {
        *at(s, in->member[i], slot) = MEET_NONE;
        meet_clear(used(s, in->member[i]), slot);
    }
    s->slot[meeting] = MEET_NONE;
    s->held[slot]--;
    s->placed--;
}

static void recount_members(struct meet_search *s, uint32_t meeting) {
    const struct meet_input *in = s->t->in;
    for (uint32_t i = in->member_offset[meeting]; i < in->member_offset[meeting + 1]; i++)
        recount(s, in->member[i]);
}

/* Chains ------------------------------------------------------------------------------------------
 */

/* Adds a meeting to the chain that goes to `to`; false when it cannot be there. */
static bool chain_add(struct meet_search *s, uint32_t meeting, uint32_t to) {
    if (s->mark[meeting] == s->chains)
        return true;
    if (s->chained == CHAIN_MAX || !meet_bit(meet_possible(s->t, meeting), to))
        return false;
    s->mark[meeting] = s->chains;
    s->chain[s->chained++] = meeting;
    return true;
}

/*
 * The chain of two slots that begins with the meetings in s->chain; those already there stand in
 * one of the two, or in none and go to `to`. False when one of its meetings cannot change slot or a
 * slot would hold too many.
 */
static bool chain_grow(struct meet_search *s, uint32_t from, uint32_t to) {
    const struct meet_input *in = s->t->in;
    uint32_t to_gains = 0, to_loses = 0, from_loses = 0;
    s->end_count = 0;
    for (uint32_t k = 0; k < s->chained; k++) {
        uint32_t meeting = s->chain[k], goes = s->slot[meeting] == to ? from : to;
        to_gains += goes == to;
        to_loses += goes == from;
        from_loses += s->slot[meeting] == from;
        for (uint32_t i = in->member_offset[meeting]; i < in->member_offset[meeting + 1]; i++) {
            uint32_t next = *at(s, in->member[i], goes);
            if (next == MEET_NONE)
                s->ends[s->end_count++] = in->member[i];
            else if (!chain_add(s, next, goes == to ? from : to))
                return false;
        }
    }
    return s->held[to] + to_gains <= in->tables[to] + to_loses &&
           s->held[from] + to_loses <= in->tables[from] + from_loses;
}

static void chain_begin(struct meet_search *s) {
    s->chained = 0;
    s->chains++;
}

/* Turns the chain over; done twice it is as before. */
static void chain_turn(struct meet_search *s, uint32_t from, uint32_t to) {
    for (uint32_t k = 0; k < s->chained; k++) {
        uint32_t meeting = s->chain[k], old = s->slot[meeting];
        take(s, meeting);
        s->slot[meeting] = old; /* remembered until all are taken */
    }
    for (uint32_t k = 0; k < s->chained; k++)
        put(s, s->chain[k], s->slot[s->chain[k]] == to ? from : to);
    for (uint32_t i = 0; i < s->end_count; i++)
        recount(s, s->ends[i]);
}

/* Whether the orders of a meeting hold with what is placed. */
static bool orders_hold(const struct meet_search *s, uint32_t meeting) {
    const struct meet_input *in = s->t->in;
    for (uint32_t i = s->t->order_offset[meeting]; i < s->t->order_offset[meeting + 1]; i++) {
        uint32_t early = s->slot[in->before[s->t->order[i]]];
        uint32_t late = s->slot[in->after[s->t->order[i]]];
        if (early != MEET_NONE && late != MEET_NONE && early >= late)
            return false;
    }
    return true;
}

static bool chain_orders_hold(const struct meet_search *s) {
    for (uint32_t k = 0; s->t->in->orders > 0 && k < s->chained; k++)
        if (!orders_hold(s, s->chain[k]))
            return false;
    return true;
}

/* Building ----------------------------------------------------------------------------------------
 */

/* Slots in which the meeting could be: all members free, a table left. */
static uint32_t free_slots(const struct meet_search *s, uint32_t meeting,
                           uint64_t row[MEET_WORDS(MEET_SLOTS_MAX)]) {
    const struct meet_input *in = s->t->in;
    uint32_t count = 0;
    memcpy(row, meet_possible(s->t, meeting), s->t->words * sizeof(*row));
    for (uint32_t i = in->member_offset[meeting]; i < in->member_offset[meeting + 1]; i++)
        for (uint32_t w = 0; w < s->t->words; w++)
            row[w] &= ~used(s, in->member[i])[w];
    for (uint32_t w = 0; w < s->t->words; w++)
        count += (uint32_t)__builtin_popcountll(row[w]);
    return count;
}

/* The n-th set bit of a row. */
static uint32_t nth_bit(const uint64_t *row, uint32_t n) {
    for (uint32_t w = 0;; w++) {
        uint32_t count = (uint32_t)__builtin_popcountll(row[w]);
        if (n >= count) {
            n -= count;
            continue;
        }
        uint64_t bits = row[w];
        while (n-- > 0)
            bits &= bits - 1;
        return w * 64 + (uint32_t)__builtin_ctzll(bits);
    }
}

/* Breaks that the members would have more with the meeting in the slot. */
static int64_t cost_of(struct meet_search *s, uint32_t meeting, uint32_t slot) {
    const struct meet_input *in = s->t->in;
    int64_t cost = 0;
    for (uint32_t i = in->member_offset[meeting]; i < in->member_offset[meeting + 1]; i++) {
        uint32_t person = in->member[i];
        meet_set(used(s, person), slot);
        cost += meet_breaks(s->t, used(s, person));
        meet_clear(used(s, person), slot);
        cost -= s->breaks_of[person];
    }
    return cost;
}

/* Puts the meeting into the free slot that costs least; false when there is none. */
static bool put_free(struct meet_search *s, uint32_t meeting) {
    uint64_t row[MEET_WORDS(MEET_SLOTS_MAX)];
    uint32_t best = MEET_NONE, count = free_slots(s, meeting, row);
    int64_t least = INT64_MAX;
    uint32_t shift = count > 0 ? rng_below(&s->rng, count) : 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t slot = nth_bit(row, (i + shift) % count);
        if (s->held[slot] >= s->t->in->tables[slot])
            continue;
        int64_t cost = cost_of(s, meeting, slot);
        if (cost < least) {
            s->slot[meeting] = slot;
            if (orders_hold(s, meeting)) {
                least = cost;
                best = slot;
            }
            s->slot[meeting] = MEET_NONE;
        }
    }
    if (best == MEET_NONE)
        return false;
    put(s, meeting, best);
    recount_members(s, meeting);
    return true;
}

/* Whether the chain brings a member of the meeting, which is not placed, to where it goes. */
static bool comes_back(const struct meet_search *s, uint32_t meeting, uint32_t from) {
    const struct meet_input *in = s->t->in;
    for (uint32_t i = in->member_offset[meeting]; i < in->member_offset[meeting + 1]; i++) {
        uint32_t there = *at(s, in->member[i], from);
        if (there != MEET_NONE && s->mark[there] == s->chains)
            return true;
    }
    return false;
}

/* One try to put a meeting into `to`: whom it meets there goes to `from`, chain by chain. */
static bool put_with_chain(struct meet_search *s, uint32_t meeting, uint32_t from, uint32_t to) {
    chain_begin(s);
    if (!chain_add(s, meeting, to) || !chain_grow(s, from, to) || comes_back(s, meeting, from))
        return false;
    s->chain[0] = s->chain[--s->chained]; /* the meeting itself only comes */
    chain_turn(s, from, to);
    put(s, meeting, to);
    if (orders_hold(s, meeting) && chain_orders_hold(s)) {
        recount_members(s, meeting);
        return true;
    }
    take(s, meeting);
    chain_turn(s, from, to);
    return false;
}

/* Makes room for a meeting: many pairs of slots at random. */
static bool put_by_chain(struct meet_search *s, uint32_t meeting, uint32_t tries) {
    const uint64_t *possible = meet_possible(s->t, meeting);
    uint32_t count = 0;
    for (uint32_t w = 0; w < s->t->words; w++)
        count += (uint32_t)__builtin_popcountll(possible[w]);
    for (uint32_t n = 0; n < tries && count > 0; n++) {
        uint32_t to = nth_bit(possible, rng_below(&s->rng, count));
        uint32_t from = rng_below(&s->rng, s->t->in->slots);
        if (from != to && put_with_chain(s, meeting, from, to))
            return true;
    }
    return false;
}

/* The scarcest first: by the slots that the busiest member has to spare. */
static void order_meetings(const struct meet_search *s, uint32_t *order) {
    const struct meet_input *in = s->t->in;
    uint32_t *count = s->mark; /* free until the first chain */
    for (uint32_t m = 0; m < in->meetings; m++) {
        uint32_t most = 0, have = 0;
        for (uint32_t i = in->member_offset[m]; i < in->member_offset[m + 1]; i++)
            most =
                meet_degree(s->t, in->member[i]) > most ? meet_degree(s->t, in->member[i]) : most;
        for (uint32_t w = 0; w < s->t->words; w++)
            have += (uint32_t)__builtin_popcountll(meet_possible(s->t, m)[w]);
        count[m] = have + in->slots > most ? have + in->slots - most : 0;
        order[m] = m;
    }
    /* Counting sort: there are at most 2 * slots keys. */
    uint32_t start[2 * MEET_SLOTS_MAX + 2] = {0};
    for (uint32_t m = 0; m < in->meetings; m++)
        start[count[m] + 1]++;
    for (uint32_t k = 0; k < 2 * in->slots + 1; k++)
        start[k + 1] += start[k];
    for (uint32_t m = 0; m < in->meetings; m++)
        order[start[count[m]]++] = m;
    memset(s->mark, 0, in->meetings * sizeof(*s->mark));
}

/* What is made small: breaks, and before them those that fairness does not allow. */
static uint64_t cost_now(const struct meet_search *s) {
    return s->breaks + s->over * s->t->in->slots;
}

static void keep_best(struct meet_search *s) {
    s->best_placed = s->placed;
    s->best_breaks = cost_now(s);
    memcpy(s->best, s->slot, s->t->in->meetings * sizeof(*s->best));
}

uint32_t meet_search_build(struct meet_search *s, const struct job *job) {
    const struct meet_input *in = s->t->in;
    uint32_t *order = s->best; /* free until the plan stands */
    order_meetings(s, order);
    for (uint32_t i = 0; i < in->meetings; i++) {
        if (i % ASK_EVERY == 0) {
            job_report(job, "meetings placed", i, in->meetings);
            if (job_should_stop(job))
                break;
        }
        if (!put_free(s, order[i]))
            (void)put_by_chain(s, order[i], BUILD_TRIES);
    }
    for (uint32_t round = 0; round < 50 && s->placed < in->meetings && !job_should_stop(job);
         round++)
        for (uint32_t m = 0; m < in->meetings; m++)
            if (s->slot[m] == MEET_NONE && !put_free(s, m))
                (void)put_by_chain(s, m, BUILD_TRIES);
    keep_best(s);
    return s->placed;
}

/* Mending -----------------------------------------------------------------------------------------
 */

static uint32_t pick_bit(struct meet_search *s, const uint64_t *row) {
    uint32_t count = 0;
    for (uint32_t w = 0; w < s->t->words; w++)
        count += (uint32_t)__builtin_popcountll(row[w]);
    return count > 0 ? nth_bit(row, rng_below(&s->rng, count)) : MEET_NONE;
}

/* A used slot of the person, mostly at the end of a block, and a free one, mostly beside a block:
 * other moves seldom save breaks. */
static bool pick_slots(struct meet_search *s, uint32_t person, uint32_t *from, uint32_t *to) {
    const uint64_t *row = used(s, person);
    uint64_t ends[MEET_WORDS(MEET_SLOTS_MAX)], beside[MEET_WORDS(MEET_SLOTS_MAX)];
    uint32_t words = s->t->words, slots = s->t->in->slots, choice = rng_below(&s->rng, 64);
    for (uint32_t w = 0; w < words; w++) {
        uint64_t before = (row[w] << 1) | (w > 0 ? row[w - 1] >> 63 : 0);
        uint64_t after = (row[w] >> 1) | (w + 1 < words ? row[w + 1] << 63 : 0);
        ends[w] = row[w] & ~(before & after);
        beside[w] = (before | after) & ~row[w];
    }
    *from = pick_bit(s, choice % 8 < 7 ? ends : row);
    *to = choice / 8 < 7 ? pick_bit(s, beside) : rng_below(&s->rng, slots);
    return *from != MEET_NONE && *to < slots && !meet_bit(row, *to);
}

/* What turning the chain over would cost: its ends change one slot for the other. */
static int64_t chain_cost(const struct meet_search *s, uint32_t from, uint32_t to) {
    uint64_t row[MEET_WORDS(MEET_SLOTS_MAX)];
    int64_t breaks = 0, over = 0;
    for (uint32_t i = 0; i < s->end_count; i++) {
        uint32_t person = s->ends[i];
        memcpy(row, used(s, person), s->t->words * sizeof(*row));
        row[from / 64] ^= UINT64_C(1) << (from % 64);
        row[to / 64] ^= UINT64_C(1) << (to % 64);
        uint32_t then = meet_breaks(s->t, row), now = s->breaks_of[person];
        breaks += (int64_t)then - (int64_t)now;
        over += (int64_t)over_of(s, then) - (int64_t)over_of(s, now);
    }
    return breaks + over * (int64_t)s->t->in->slots;
}

/* One chain; turned over when it costs nothing, or by luck. Persons without breaks are seldom asked
 * first: they move as ends of others' chains. */
static void mend_once(struct meet_search *s, double heat) {
    uint32_t person = s->met[rng_below(&s->rng, s->mets)], from, to;
    if ((s->breaks_of[person] == 0 && rng_below(&s->rng, 4) != 0) ||
        !pick_slots(s, person, &from, &to))
        return;
    chain_begin(s);
    if (!chain_add(s, *at(s, person, from), to) || !chain_grow(s, from, to))
        return;
    int64_t cost = chain_cost(s, from, to);
    if (cost > 0 && (heat <= 0 || rng_unit(&s->rng) >= exp(-(double)cost / heat)))
        return;
    if (cost > 0 && cost_now(s) < s->best_breaks)
        keep_best(s); /* not before: most bests last for a moment only */
    chain_turn(s, from, to);
    if (!chain_orders_hold(s))
        chain_turn(s, from, to);
}

void meet_search_mend(struct meet_search *s, const struct job *job, uint64_t moves, double heat,
                      uint64_t bound) {
    int64_t start_ns = clock_monotonic_ns();
    double spent = 0;
    for (uint64_t i = 0; i < moves && s->mets > 0; i++) {
        if (i % ASK_EVERY == 0) {
            double of_moves = (double)i / (double)moves, of_time = job_spent(job, start_ns);
            spent = of_moves > of_time ? of_moves : of_time;
            job_report(job, "breaks", s->best_breaks, bound);
            if (job_should_stop(job) || cost_now(s) <= bound)
                break;
        }
        mend_once(s, heat * (1 - spent));
    }
    if (s->placed >= s->best_placed && cost_now(s) < s->best_breaks)
        keep_best(s);
}

/* Shedding ----------------------------------------------------------------------------------------
 */

/* The first slot of a smallest block of the person's day, and how many slots it has. */
static uint32_t smallest_block(const struct meet_search *s, uint32_t person, uint32_t *length) {
    const uint64_t *row = used(s, person);
    uint32_t best = MEET_NONE, run = 0, slots = s->t->in->slots;
    *length = UINT32_MAX;
    for (uint32_t slot = 0; slot <= slots; slot++) {
        bool goes_on = slot < slots && meet_bit(row, slot);
        if (run > 0 && (!goes_on || meet_bit(s->t->first_of_day, slot))) {
            if (run < *length) {
                *length = run;
                best = slot - run;
            }
            run = 0;
        }
        run += goes_on;
    }
    return best;
}

/* Puts the best plan back, where it is not the present one. */
static void go_to_best(struct meet_search *s) {
    for (uint32_t m = 0; m < s->t->in->meetings; m++)
        if (s->slot[m] != MEET_NONE && s->slot[m] != s->best[m])
            take(s, m);
    for (uint32_t m = 0; m < s->t->in->meetings; m++)
        if (s->slot[m] == MEET_NONE && s->best[m] != MEET_NONE)
            put(s, m, s->best[m]);
    for (uint32_t i = 0; i < s->mets; i++)
        recount(s, s->met[i]);
}

void meet_search_shed(struct meet_search *s) {
    go_to_best(s);
    if (s->over == 0)
        return;
    for (uint32_t i = 0; i < s->mets;) {
        uint32_t length, first;
        if (s->breaks_of[s->met[i]] <= s->t->in->fairness) {
            i++;
            continue;
        }
        first = smallest_block(s, s->met[i], &length);
        for (uint32_t k = 0; k < length; k++) {
            uint32_t meeting = *at(s, s->met[i], first + k);
            take(s, meeting);
            recount_members(s, meeting);
        }
        i = 0; /* others may have more breaks now */
    }
    keep_best(s);
}

/* The whole ---------------------------------------------------------------------------------------
 */

static bool reserve(struct meet_search *s) {
    const struct meet_input *in = s->t->in;
    size_t meetings = (size_t)in->meetings + 1, persons = (size_t)in->persons + 1;
    s->slot = mem_new(meetings, sizeof(*s->slot));
    s->best = mem_new(meetings, sizeof(*s->best));
    s->mark = mem_new(meetings, sizeof(*s->mark));
    s->at = mem_new(persons * in->slots, sizeof(*s->at));
    s->used = mem_new(persons * s->t->words, sizeof(*s->used));
    s->held = mem_new(in->slots, sizeof(*s->held));
    s->breaks_of = mem_new(persons, sizeof(*s->breaks_of));
    s->met = mem_new(persons, sizeof(*s->met));
    s->chain = mem_new(CHAIN_MAX, sizeof(*s->chain));
    s->ends = mem_new((size_t)CHAIN_MAX * MEET_MEMBERS_MAX, sizeof(*s->ends));
    return s->slot != NULL && s->best != NULL && s->mark != NULL && s->at != NULL &&
           s->used != NULL && s->held != NULL && s->breaks_of != NULL && s->met != NULL &&
           s->chain != NULL && s->ends != NULL;
}

enum err meet_search_new(const struct meet_table *table, uint64_t seed, struct meet_search **out,
                         struct errinfo *info) {
    struct meet_search *s = mem_new(1, sizeof(*s));
    if (s == NULL)
        return err_memory(info);
    s->t = table;
    if (!reserve(s)) {
        meet_search_free(s);
        return err_memory(info);
    }
    rng_init(&s->rng, seed);
    memset(s->slot, 0xff, table->in->meetings * sizeof(*s->slot));
    memset(s->at, 0xff, (size_t)table->in->persons * table->in->slots * sizeof(*s->at));
    for (uint32_t p = 0; p < table->in->persons; p++)
        if (meet_degree(table, p) > 0)
            s->met[s->mets++] = p;
    *out = s;
    return ERR_OK;
}

void meet_search_free(struct meet_search *s) {
    if (s == NULL)
        return;
    mem_free(s->slot);
    mem_free(s->best);
    mem_free(s->mark);
    mem_free(s->at);
    mem_free(s->used);
    mem_free(s->held);
    mem_free(s->breaks_of);
    mem_free(s->met);
    mem_free(s->chain);
    mem_free(s->ends);
    mem_free(s);
}

const uint32_t *meet_search_best(const struct meet_search *s, uint32_t *placed, uint64_t *breaks) {
    *placed = s->best_placed;
    *breaks = s->best_breaks;
    return s->best;
}
