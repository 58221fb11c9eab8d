/* Clauses of a timetable: see encode.h. */
#include "engine/meet/encode.h"

#include <string.h>

#include "base/mem.h"

enum { ROW_MAX = MEET_SLOTS_MAX };

static int in_slot(const struct meet_clauses *c, uint32_t meeting, uint32_t slot) {
    return c->in_slot[(size_t)meeting * c->t->in->slots + slot];
}

static int *is_used(const struct meet_clauses *c, uint32_t person, uint32_t slot) {
    return &c->is_used[(size_t)person * c->t->in->slots + slot];
}

/* Rules -------------------------------------------------------------------------------------------
 */

/* Each meeting is in exactly one slot. */
static void add_meetings(struct meet_clauses *c) {
    const struct meet_input *in = c->t->in;
    for (uint32_t m = 0; m < in->meetings; m++) {
        int row[ROW_MAX];
        uint32_t count = 0;
        for (uint32_t s = 0; s < in->slots; s++)
            if (meet_bit(meet_possible(c->t, m), s)) {
                row[count] = meet_sat_variable(c->sat);
                c->in_slot[(size_t)m * in->slots + s] = row[count++];
            }
        meet_sat_clause(c->sat, row, count);
        meet_sat_at_most_one(c->sat, row, count);
    }
}

/* A person has one meeting in a slot at the most, and exactly as many used slots as meetings. */
static bool add_person(struct meet_clauses *c, uint32_t person, int *row) {
    const struct meet_input *in = c->t->in;
    int used[ROW_MAX], count[ROW_MAX];
    uint32_t degree = meet_degree(c->t, person), useds = 0;
    bool ok = true;
    for (uint32_t s = 0; s < in->slots; s++) {
        uint32_t here = 0;
        for (uint32_t i = c->t->of_offset[person]; i < c->t->of_offset[person + 1]; i++)
            if (in_slot(c, c->t->of[i], s) != 0)
                row[here++] = in_slot(c, c->t->of[i], s);
        if (here == 0)
            continue;
        meet_sat_at_most_one(c->sat, row, here);
        used[useds++] = *is_used(c, person, s) = meet_sat_any(c->sat, row, here);
    }
    uint32_t outs = meet_sat_count(c->sat, used, useds, degree + 1, true, count, &ok);
    if (ok && degree > 0 && degree <= outs)
        meet_sat_clause(c->sat, &count[degree - 1], 1);
    if (ok && outs > degree)
        meet_sat_clause(c->sat, (const int[]){-count[degree]}, 1);
    return ok;
}

/* Before and after: each place of the one leaves the other a place on its side. */
static void add_orders(struct meet_clauses *c) {
    const struct meet_input *in = c->t->in;
    for (uint32_t i = 0; i < in->orders; i++)
        for (uint32_t s = 0; s < in->slots; s++) {
            int row[ROW_MAX + 1];
            uint32_t count = 0;
            if (in_slot(c, in->after[i], s) != 0) {
                row[count++] = -in_slot(c, in->after[i], s);
                for (uint32_t r = 0; r < s; r++)
                    row[count++] = in_slot(c, in->before[i], r);
                meet_sat_clause(c->sat, row, count);
            }
            count = 0;
            if (in_slot(c, in->before[i], s) != 0) {
                row[count++] = -in_slot(c, in->before[i], s);
                for (uint32_t r = s + 1; r < in->slots; r++)
                    row[count++] = in_slot(c, in->after[i], r);
                meet_sat_clause(c->sat, row, count);
            }
        }
}

/* Tables ------------------------------------------------------------------------------------------
 */

/* Gives each meeting to one of its members, so that few members have many: owner[] of each. */
static void choose_owners(const struct meet_table *t, uint32_t *owner, uint32_t *left) {
    const struct meet_input *in = t->in;
    for (uint32_t p = 0; p < in->persons; p++)
        left[p] = meet_degree(t, p);
    for (uint32_t m = 0; m < in->meetings; m++)
        owner[m] = MEET_NONE;
    for (;;) {
        uint32_t most = 0;
        for (uint32_t p = 1; p < in->persons; p++)
            most = left[p] > left[most] ? p : most;
        if (in->persons == 0 || left[most] == 0)
            return;
        for (uint32_t i = t->of_offset[most]; i < t->of_offset[most + 1]; i++) {
            uint32_t m = t->of[i];
            if (owner[m] != MEET_NONE)
                continue;
            owner[m] = most;
            for (uint32_t k = in->member_offset[m]; k < in->member_offset[m + 1]; k++)
                left[in->member[k]]--;
        }
    }
}

/* A literal for each owner that has a meeting of its own in the slot. */
static uint32_t owners_in(struct meet_clauses *c, const uint32_t *owner, uint32_t slot, int *row,
                          int *own) {
    uint32_t count = 0;
    for (uint32_t p = 0; p < c->t->in->persons; p++) {
        uint32_t owns = 0;
        bool has_all = true;
        for (uint32_t i = c->t->of_offset[p]; i < c->t->of_offset[p + 1]; i++) {
            int literal = in_slot(c, c->t->of[i], slot);
            if (literal != 0 && owner[c->t->of[i]] == p)
                own[owns++] = literal;
            else if (literal != 0)
                has_all = false;
        }
        if (owns > 0)
            row[count++] = has_all ? *is_used(c, p, slot) : meet_sat_any(c->sat, own, owns);
    }
    return count;
}

/* Of two-person meetings: an even number of persons is used, at most twice the tables. */
static bool add_parity(struct meet_clauses *c, uint32_t slot, int *row, int *count) {
    const struct meet_input *in = c->t->in;
    uint32_t useds = 0, limit = 2 * in->tables[slot];
    bool ok = true;
    for (uint32_t p = 0; p < in->persons; p++)
        if (*is_used(c, p, slot) != 0)
            row[useds++] = *is_used(c, p, slot);
    if (useds <= limit)
        return true;
    uint32_t outs = meet_sat_count(c->sat, row, useds, limit + 1, true, count, &ok);
    if (ok && outs > limit)
        meet_sat_clause(c->sat, (const int[]){-count[limit]}, 1);
    for (uint32_t k = 0; ok && k + 1 < outs && k < limit; k += 2)
        meet_sat_two(c->sat, -count[k], count[k + 1]);
    return ok;
}

static bool are_pairs(const struct meet_table *t) {
    return t->in->member_offset[t->in->meetings] == 2 * t->in->meetings;
}

/* `row`, `own` and `count` have room for a literal of each person or meeting. */
static bool add_tables(struct meet_clauses *c, uint32_t *owner, int *row, int *own, int *count) {
    const struct meet_input *in = c->t->in;
    bool ok = true;
    choose_owners(c->t, owner, (uint32_t *)row);
    for (uint32_t s = 0; s < in->slots && ok; s++) {
        uint32_t owners = owners_in(c, owner, s, row, own), limit = in->tables[s];
        if (owners > limit) {
            uint32_t outs = meet_sat_count(c->sat, row, owners, limit + 1, false, count, &ok);
            if (ok && outs > limit)
                meet_sat_clause(c->sat, (const int[]){-count[limit]}, 1);
        }
        if (ok && are_pairs(c->t))
            ok = add_parity(c, s, row, count);
    }
    return ok;
}

/* Breaks ------------------------------------------------------------------------------------------
 */

/* The blocks of one person and day, counted: the second and further ones are breaks. */
static bool add_breaks_of_day(struct meet_clauses *c, uint32_t person, uint32_t first,
                              uint32_t end) {
    int start[ROW_MAX], count[ROW_MAX];
    uint32_t starts = 0;
    bool ok = true;
    for (uint32_t s = first; s < end; s++) {
        int here = *is_used(c, person, s), before = s > first ? *is_used(c, person, s - 1) : 0;
        if (here == 0)
            continue;
        if (before == 0) {
            start[starts++] = here;
            continue;
        }
        int begins = start[starts++] = meet_sat_variable(c->sat);
        meet_sat_clause(c->sat, (const int[]){-here, before, begins}, 3);
        meet_sat_two(c->sat, -begins, here);
        meet_sat_two(c->sat, -begins, -before);
    }
    uint32_t outs =
        meet_sat_count(c->sat, start, starts, meet_degree(c->t, person), true, count, &ok);
    for (uint32_t k = 1; ok && k < outs; k++) {
        c->person[c->costs] = person;
        c->cost[c->costs++] = count[k];
    }
    return ok;
}

static bool add_breaks(struct meet_clauses *c) {
    const struct meet_input *in = c->t->in;
    for (uint32_t p = 0; p < in->persons; p++)
        for (uint32_t first = 0, end; first < in->slots && meet_degree(c->t, p) > 1; first = end) {
            for (end = first + 1; end < in->slots && !meet_bit(c->t->first_of_day, end);)
                end++;
            if (!add_breaks_of_day(c, p, first, end))
                return false;
        }
    return true;
}

/* Whether somebody meets once or never, and so has no breaks: then fairness is a limit. */
static bool has_idle(const struct meet_table *t) {
    for (uint32_t p = 0; p < t->in->persons; p++)
        if (meet_degree(t, p) < 2)
            return true;
    return false;
}

/*
 * Fairness: nobody has `fairness` breaks more than another. least[k] says that all have more than
 * k; whoever has more than k + fairness makes it hold.
 */
static bool add_fairness(struct meet_clauses *c, int *least, int *count) {
    const struct meet_input *in = c->t->in;
    uint32_t levels = has_idle(c->t) ? 0 : in->slots;
    bool ok = true;
    for (uint32_t k = 0; k < levels; k++)
        least[k] = meet_sat_variable(c->sat);
    for (uint32_t first = 0, end, p = 0; p < in->persons && ok; p++, first = end) {
        for (end = first; end < c->costs && c->person[end] == p;)
            end++;
        uint32_t outs =
            meet_sat_count(c->sat, c->cost + first, end - first, in->slots, true, count, &ok);
        for (uint32_t k = 0; ok && k < levels; k++)
            meet_sat_two(c->sat, -least[k], k < outs ? count[k] : 0);
        for (uint32_t k = in->fairness; ok && k < outs; k++)
            meet_sat_two(c->sat, -count[k],
                         k - in->fairness < levels ? least[k - in->fairness] : 0);
    }
    return ok;
}

/* The whole ---------------------------------------------------------------------------------------
 */

struct room {
    uint32_t *owner;
    int *row, *own, *count;
};

static bool reserve(struct meet_clauses *c, struct room *r) {
    const struct meet_input *in = c->t->in;
    size_t most = (size_t)in->persons + in->meetings + in->slots + 2;
    size_t breaks = (size_t)in->member_offset[in->meetings] + in->persons + 1;
    c->in_slot = mem_new((size_t)in->meetings * in->slots + 1, sizeof(*c->in_slot));
    c->is_used = mem_new((size_t)in->persons * in->slots + 1, sizeof(*c->is_used));
    c->cost = mem_new(breaks * in->slots, sizeof(*c->cost));
    c->person = mem_new(breaks * in->slots, sizeof(*c->person));
    r->owner = mem_new(most, sizeof(*r->owner));
    r->row = mem_new(most, sizeof(*r->row));
    r->own = mem_new(most, sizeof(*r->own));
    r->count = mem_new(most, sizeof(*r->count));
    return c->in_slot != NULL && c->is_used != NULL && c->cost != NULL && c->person != NULL &&
           r->owner != NULL && r->row != NULL && r->own != NULL && r->count != NULL;
}

static bool add_all(struct meet_clauses *c, const struct room *r, uint32_t limit) {
    bool ok = true;
    add_meetings(c);
    for (uint32_t p = 0; p < c->t->in->persons && ok; p++)
        ok = add_person(c, p, r->row);
    add_orders(c);
    ok = ok && add_tables(c, r->owner, r->row, r->own, r->count) && add_breaks(c);
    if (ok && c->t->in->fairness != MEET_NO_FAIRNESS)
        ok = add_fairness(c, r->row, r->count);
    c->more = ok ? mem_new((size_t)c->costs + 1, sizeof(*c->more)) : NULL;
    if (c->more == NULL)
        return false;
    c->counted = meet_sat_count(c->sat, c->cost, c->costs, limit, false, c->more, &ok);
    return ok;
}

enum err meet_clauses_new(const struct meet_table *t, uint32_t limit, struct meet_clauses *out,
                          struct errinfo *info) {
    struct room room = {NULL};
    *out = (struct meet_clauses){.t = t, .sat = meet_sat_new()};
    bool ok = out->sat != NULL && reserve(out, &room) && add_all(out, &room, limit);
    mem_free(room.owner);
    mem_free(room.row);
    mem_free(room.own);
    mem_free(room.count);
    if (ok)
        return ERR_OK;
    meet_clauses_free(out);
    return err_memory(info);
}

void meet_clauses_free(struct meet_clauses *c) {
    meet_sat_free(c->sat);
    mem_free(c->in_slot);
    mem_free(c->is_used);
    mem_free(c->cost);
    mem_free(c->person);
    mem_free(c->more);
    *c = (struct meet_clauses){.t = NULL};
}

void meet_clauses_read(const struct meet_clauses *c, uint32_t *slot) {
    const struct meet_input *in = c->t->in;
    for (uint32_t m = 0; m < in->meetings; m++)
        for (uint32_t s = 0; s < in->slots; s++)
            if (in_slot(c, m, s) != 0 && meet_sat_value(c->sat, in_slot(c, m, s)))
                slot[m] = s;
}
