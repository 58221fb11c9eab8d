#include "events.h"

#include <string.h>

/* Choices out of a generator or out of bytes. */
struct choices {
    struct rng *rng;
    const uint8_t *bytes;
    size_t len;
};

static uint32_t below(struct choices *c, uint32_t bound) {
    if (c->rng != NULL)
        return rng_below(c->rng, bound);
    if (c->len == 0)
        return 0;
    c->len--;
    return *c->bytes++ % bound;
}

static void add_members(struct event *e, struct choices *c, uint32_t meeting) {
    uint32_t size = below(c, 5) == 0 ? 3 : 2, first = e->member_offset[meeting];
    uint32_t person = below(c, e->in.persons);
    for (uint32_t i = 0; i < size; i++) {
        e->member[first + i] = person;
        person = (person + 1 + below(c, e->in.persons / size)) % e->in.persons;
        for (uint32_t j = 0; j <= i; j++)
            if (e->member[first + j] == person) {
                person = (person + 1) % e->in.persons;
                j = UINT32_MAX;
            }
    }
    e->member_offset[meeting + 1] = first + size;
}

static void add_orders(struct event *e, struct choices *c) {
    e->in.orders = below(c, 3) == 0 ? below(c, 3) : 0;
    for (uint32_t i = 0; i < e->in.orders; i++) {
        e->before[i] = below(c, e->in.meetings);
        e->after[i] = (e->before[i] + 1 + below(c, e->in.meetings - 1)) % e->in.meetings;
    }
}

static void fill(struct event *e, struct choices *c) {
    *e = (struct event){.in = {.slots = 2 + below(c, EVENT_SLOTS - 1),
                               .persons = 4 + below(c, EVENT_PERSONS - 3),
                               .meetings = 2 + below(c, EVENT_MEETINGS - 1),
                               .tables = e->tables,
                               .member_offset = e->member_offset,
                               .member = e->member,
                               .before = e->before,
                               .after = e->after}};
    uint32_t night = below(c, 2) == 0 ? below(c, e->in.slots) : e->in.slots;
    for (uint32_t s = 0; s < e->in.slots; s++) {
        e->day[s] = s >= night;
        e->tables[s] = below(c, 6) == 0 ? 0 : 1 + below(c, 3);
    }
    e->in.day = night < e->in.slots ? e->day : NULL;
    for (uint32_t m = 0; m < e->in.meetings; m++)
        add_members(e, c, m);
    bool has_absences = below(c, 2) == 0, has_bars = below(c, 3) == 0;
    for (uint32_t p = 0; p < e->in.persons; p++)
        e->absent[p] = below(c, 3) == 0 ? UINT64_C(1) << below(c, e->in.slots) : 0;
    for (uint32_t m = 0; m < e->in.meetings; m++)
        e->barred[m] = below(c, 3) == 0 ? UINT64_C(1) << below(c, e->in.slots) : 0;
    e->in.absent = has_absences ? e->absent : NULL;
    e->in.barred = has_bars ? e->barred : NULL;
    add_orders(e, c);
    e->in.fairness = below(c, 2) == 0 ? below(c, 3) : MEET_NO_FAIRNESS;
}

void event_make(struct event *event, uint64_t seed) {
    struct rng rng;
    struct choices choices = {.rng = &rng};
    rng_init(&rng, seed);
    fill(event, &choices);
}

void event_spell(struct event *event, const uint8_t *bytes, size_t len) {
    struct choices choices = {.bytes = bytes, .len = len};
    fill(event, &choices);
}

/* Trying all --------------------------------------------------------------------------------------
 */

static uint32_t breaks_of(const struct meet_input *in, uint64_t row) {
    uint32_t breaks = 0, last = MEET_NONE;
    for (uint32_t s = 0; s < in->slots; s++) {
        if ((row >> s & 1) == 0)
            continue;
        if (last != MEET_NONE && s > last + 1 && (in->day == NULL || in->day[s] == in->day[last]))
            breaks++;
        last = s;
    }
    return breaks;
}

/* Breaks of a plan, UINT64_MAX where fairness does not hold. */
static uint64_t breaks_in(const struct meet_input *in, const uint64_t *row) {
    uint64_t sum = 0;
    uint32_t least = UINT32_MAX, most = 0;
    for (uint32_t p = 0; p < in->persons; p++) {
        uint32_t breaks = breaks_of(in, row[p]);
        sum += breaks;
        least = breaks < least ? breaks : least;
        most = breaks > most ? breaks : most;
    }
    return in->fairness != MEET_NO_FAIRNESS && most - least > in->fairness ? UINT64_MAX : sum;
}

struct trying {
    const struct meet_input *in;
    uint32_t slot[EVENT_MEETINGS], held[EVENT_SLOTS], placed;
    uint64_t row[EVENT_PERSONS];
    struct event_best best;
};

static bool fits(const struct trying *t, uint32_t m, uint32_t s) {
    const struct meet_input *in = t->in;
    if (t->held[s] == in->tables[s] || (in->barred != NULL && (in->barred[m] >> s & 1) != 0))
        return false;
    for (uint32_t i = in->member_offset[m]; i < in->member_offset[m + 1]; i++)
        if ((t->row[in->member[i]] >> s & 1) != 0 ||
            (in->absent != NULL && (in->absent[in->member[i]] >> s & 1) != 0))
            return false;
    for (uint32_t i = 0; i < in->orders; i++) {
        uint32_t early = in->before[i], late = in->after[i];
        if ((late == m && early < m && t->slot[early] != MEET_NONE && t->slot[early] >= s) ||
            (early == m && late < m && t->slot[late] != MEET_NONE && t->slot[late] <= s))
            return false;
    }
    return true;
}

static void turn(struct trying *t, uint32_t m, uint32_t s) {
    for (uint32_t i = t->in->member_offset[m]; i < t->in->member_offset[m + 1]; i++)
        t->row[t->in->member[i]] ^= UINT64_C(1) << s;
}

static void try_from(struct trying *t, uint32_t m) {
    if (m == t->in->meetings) {
        t->best.placed = t->placed > t->best.placed ? t->placed : t->best.placed;
        uint64_t breaks = t->placed == m ? breaks_in(t->in, t->row) : UINT64_MAX;
        if (breaks != UINT64_MAX && (!t->best.exists || breaks < t->best.breaks)) {
            t->best.exists = true;
            t->best.breaks = breaks;
        }
        return;
    }
    for (uint32_t s = 0; s < t->in->slots; s++) {
        if (!fits(t, m, s))
            continue;
        t->slot[m] = s;
        t->held[s]++;
        t->placed++;
        turn(t, m, s);
        try_from(t, m + 1);
        turn(t, m, s);
        t->placed--;
        t->held[s]--;
    }
    t->slot[m] = MEET_NONE;
    if (t->placed + (t->in->meetings - m - 1) > t->best.placed)
        try_from(t, m + 1);
}

struct event_best event_try_all(const struct meet_input *in) {
    struct trying t = {.in = in};
    try_from(&t, 0);
    return t.best;
}

const char *event_wrong(const struct meet_input *in, const struct meet_plan *plan) {
    struct trying t = {.in = in};
    for (uint32_t m = 0; m < in->meetings; m++) {
        uint32_t s = plan->slot[m];
        t.slot[m] = s;
        if (s == MEET_NONE)
            continue;
        if (s >= in->slots)
            return "a slot that there is not";
        if (!fits(&t, m, s))
            return "a meeting where it cannot be";
        t.held[s]++;
        t.placed++;
        turn(&t, m, s);
    }
    if (t.placed != plan->placed)
        return "another number of meetings placed";
    if (plan->status != MEET_OPTIMAL && plan->status != MEET_FEASIBLE)
        return NULL;
    if (t.placed != in->meetings)
        return "not all placed, and it says so";
    uint64_t breaks = breaks_in(in, t.row);
    return breaks == UINT64_MAX     ? "fairness does not hold"
           : breaks != plan->breaks ? "another number of breaks"
           : plan->bound > breaks   ? "fewer breaks than the bound"
                                    : NULL;
}
