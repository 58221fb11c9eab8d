/* CaDiCaL with counters: see sat.h. */
#include "engine/meet/sat.h"

#include <ccadical.h>
#include <string.h>

#include "base/mem.h"

enum { PAIRWISE_MAX = 6 };

struct meet_sat {
    CCaDiCaL *solver;
    int variables;
};

struct meet_sat *meet_sat_new(void) {
    struct meet_sat *sat = mem_new(1, sizeof(*sat));
    if (sat == NULL)
        return NULL;
    sat->solver = ccadical_init();
    ccadical_set_option(sat->solver, "quiet", 1);
    return sat;
}

void meet_sat_free(struct meet_sat *sat) {
    if (sat == NULL)
        return;
    ccadical_release(sat->solver);
    mem_free(sat);
}

int meet_sat_variable(struct meet_sat *sat) {
    return ++sat->variables;
}

void meet_sat_clause(struct meet_sat *sat, const int *literal, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        if (literal[i] != 0)
            ccadical_add(sat->solver, literal[i]);
    ccadical_add(sat->solver, 0);
}

void meet_sat_two(struct meet_sat *sat, int a, int b) {
    const int literal[] = {a, b};
    meet_sat_clause(sat, literal, 2);
}

void meet_sat_at_most_one(struct meet_sat *sat, const int *literal, uint32_t count) {
    int group[PAIRWISE_MAX], carry = 0;
    uint32_t next = 0;
    for (;;) {
        uint32_t filled = 0;
        if (carry != 0)
            group[filled++] = carry;
        bool is_last = count - next + filled <= PAIRWISE_MAX;
        while (next < count && filled < PAIRWISE_MAX - (is_last ? 0 : 1))
            group[filled++] = literal[next++];
        if (!is_last) /* holds when one of the later ones does */
            group[filled++] = meet_sat_variable(sat);
        for (uint32_t i = 0; i < filled; i++)
            for (uint32_t j = i + 1; j < filled; j++)
                meet_sat_two(sat, -group[i], -group[j]);
        if (is_last)
            return;
        carry = -group[filled - 1];
    }
}

int meet_sat_any(struct meet_sat *sat, const int *literal, uint32_t count) {
    if (count == 1)
        return literal[0];
    int any = meet_sat_variable(sat);
    for (uint32_t i = 0; i < count; i++)
        meet_sat_two(sat, -literal[i], any);
    for (uint32_t i = 0; i < count; i++)
        ccadical_add(sat->solver, literal[i]);
    ccadical_add(sat->solver, -any);
    ccadical_add(sat->solver, 0);
    return any;
}

/* Joins the counts of two halves. A count that was cut at `limit` means "at least so many". */
static void join(struct meet_sat *sat, const int *a, uint32_t as, const int *b, uint32_t bs,
                 const int *out, uint32_t outs, bool exact) {
    for (uint32_t i = 0; i <= as; i++)
        for (uint32_t j = 0; j <= bs; j++) {
            const int up[] = {i > 0 ? -a[i - 1] : 0, j > 0 ? -b[j - 1] : 0,
                              i + j > 0 ? out[(i + j < outs ? i + j : outs) - 1] : 0};
            if (i + j > 0 && i + j <= outs)
                meet_sat_clause(sat, up, 3);
            const int down[] = {i < as ? a[i] : 0, j < bs ? b[j] : 0,
                                i + j < outs ? -out[i + j] : 0};
            if (exact && i + j < outs)
                meet_sat_clause(sat, down, 3);
        }
}

uint32_t meet_sat_count(struct meet_sat *sat, const int *literal, uint32_t count, uint32_t limit,
                        bool exact, int *out, bool *ok) {
    uint32_t outs = count < limit ? count : limit, half = count / 2;
    if (outs == 0 || count == 1) {
        if (outs == 1)
            out[0] = literal[0];
        return outs;
    }
    int *a = mem_new(count, sizeof(*a));
    if (a == NULL) {
        *ok = false;
        return 0;
    }
    int *b = a + half;
    uint32_t as = meet_sat_count(sat, literal, half, limit, exact, a, ok);
    uint32_t bs = meet_sat_count(sat, literal + half, count - half, limit, exact, b, ok);
    for (uint32_t k = 0; k < outs && *ok; k++)
        out[k] = meet_sat_variable(sat);
    if (*ok)
        join(sat, a, as, b, bs, out, outs, exact);
    mem_free(a);
    return *ok ? outs : 0;
}

static int should_stop(void *state) {
    return job_should_stop(state) ? 1 : 0;
}

enum meet_sat_answer meet_sat_solve(struct meet_sat *sat, int assumed, const struct job *job) {
    ccadical_set_terminate(sat->solver, (void *)(uintptr_t)job, job != NULL ? should_stop : NULL);
    if (assumed != 0)
        ccadical_assume(sat->solver, assumed);
    int answer = ccadical_solve(sat->solver);
    return answer == 10 ? MEET_SAT_YES : answer == 20 ? MEET_SAT_NO : MEET_SAT_UNKNOWN;
}

bool meet_sat_failed(struct meet_sat *sat, int assumed) {
    return ccadical_failed(sat->solver, assumed) != 0;
}

bool meet_sat_value(struct meet_sat *sat, int literal) {
    return ccadical_val(sat->solver, literal) == literal;
}
