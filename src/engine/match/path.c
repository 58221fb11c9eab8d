/* Dijkstra's search from one node that is out of balance, and the flip of what it found. */
#include "engine/match/path.h"

#include <string.h>

#include "base/mem.h"

#define FAR INT64_MAX
#define NO_ARC UINT32_MAX

enum { MENDS_PER_LOOK = 64 }; /* how often the job is asked */

bool match_paths_init(struct match_paths *p, struct match_flow *f) {
    *p = (struct match_paths){.flow = f};
    size_t nodes = (size_t)f->node_count + 1;
    p->first = mem_new(nodes + 1, sizeof(*p->first));
    p->length = mem_new(nodes, sizeof(*p->length));
    p->parent = mem_new(nodes, sizeof(*p->parent));
    p->reached = mem_new(nodes, sizeof(*p->reached));
    if (p->first == NULL || p->length == NULL || p->parent == NULL || p->reached == NULL) {
        match_paths_release(p);
        return false;
    }
    for (size_t x = 0; x < nodes; x++)
        p->length[x] = FAR;
    return true;
}

void match_paths_release(struct match_paths *p) {
    mem_free(p->open);
    mem_free(p->first);
    mem_free(p->at);
    mem_free(p->length);
    mem_free(p->parent);
    mem_free(p->reached);
    mem_free(p->heap);
    *p = (struct match_paths){0};
}

void match_paths_clear(struct match_paths *p) {
    p->open_count = 0;
}

bool match_paths_add(struct match_paths *p, struct match_ends ends, int64_t units, uint32_t arc,
                     uint8_t taken) {
    if (p->open_count == p->open_room) {
        uint32_t room = p->open_room < 1024 ? 1024 : 2 * p->open_room;
        struct match_open *grown = mem_resize(p->open, room, sizeof(*grown));
        if (grown == NULL)
            return false;
        p->open = grown;
        p->open_room = room;
    }
    p->open[p->open_count++] =
        (struct match_open){.ends = ends, .units = units, .arc = arc, .taken = taken};
    return true;
}

bool match_paths_lay_out(struct match_paths *p) {
    uint32_t nodes = p->flow->node_count;
    mem_free(p->at);
    p->at = mem_new(2 * (size_t)p->open_count + 1, sizeof(*p->at));
    if (p->at == NULL)
        return false;
    memset(p->first, 0, ((size_t)nodes + 2) * sizeof(*p->first));
    uint32_t *next = p->first + 1; /* as in graph.c: counts, then places, then ends */
    for (uint32_t i = 0; i < p->open_count; i++) {
        next[p->open[i].ends.left + 1]++;
        next[p->open[i].ends.right + 1]++;
    }
    for (uint32_t x = 1; x <= nodes; x++)
        next[x] += next[x - 1];
    for (uint32_t i = 0; i < p->open_count; i++) {
        p->at[next[p->open[i].ends.left]++] = i;
        p->at[next[p->open[i].ends.right]++] = i;
    }
    return true;
}

void match_paths_store(struct match_paths *p) {
    for (uint32_t i = 0; i < p->open_count; i++)
        p->flow->taken[p->open[i].arc] = (uint8_t)p->open[i].taken;
}

/* Balance: how many places a node with its price must and may have. */

struct range {
    uint32_t least, most;
};

static struct range allowed(const struct match_flow *f, uint32_t node) {
    const struct match_input *in = f->graph->input;
    uint32_t v = node < in->vertex_count ? node : node - in->vertex_count;
    uint32_t capacity = in->capacity[v], floor = in->floor != NULL ? in->floor[v] : 0;
    int64_t price = f->price[node];
    if (price > 0)
        return (struct range){capacity, capacity};
    if (price == 0)
        return (struct range){floor, capacity};
    return (struct range){price > -f->forfeit ? floor : 0, floor};
}

static uint32_t floor_of(const struct match_flow *f, uint32_t node) {
    const struct match_input *in = f->graph->input;
    uint32_t v = node < in->vertex_count ? node : node - in->vertex_count;
    return in->floor != NULL ? in->floor[v] : 0;
}

static uint32_t capacity_of(const struct match_flow *f, uint32_t node) {
    const struct match_input *in = f->graph->input;
    return in->capacity[node < in->vertex_count ? node : node - in->vertex_count];
}

static bool too_little(const struct match_flow *f, uint32_t node) {
    return f->used[node] < allowed(f, node).least;
}

static bool too_much(const struct match_flow *f, uint32_t node) {
    return f->used[node] > allowed(f, node).most;
}

bool match_paths_even(const struct match_paths *p) {
    for (uint32_t x = 0; x < p->flow->node_count; x++)
        if (too_little(p->flow, x) || too_much(p->flow, x))
            return false;
    return true;
}

/* What it costs that a path ends at a node which needs one; the first node of a path has not lost
 * one, the others have. */
static int64_t end_needing(const struct match_flow *f, uint32_t node, bool first) {
    struct range range = allowed(f, node);
    uint32_t used = f->used[node];
    if (!first && used > range.most)
        return 0;
    uint32_t left = first ? used : used - 1;
    if (left >= range.least)
        return 0;
    int64_t price = f->price[node];
    return left >= floor_of(f, node) ? price : price + f->forfeit;
}

/* What it costs that a path ends at a node which has one over; FAR = it cannot. */
static int64_t end_having(const struct match_flow *f, uint32_t node, bool first) {
    struct range range = allowed(f, node);
    uint32_t used = f->used[node];
    if (!first && used < range.least)
        return 0;
    uint32_t held = first ? used : used + 1;
    if (held <= range.most)
        return 0;
    return f->price[node] < 0 && held <= capacity_of(f, node) ? -f->price[node] : FAR;
}

/* A binary heap of steps by length, then node, so that the order never depends on chance. */

static bool before(struct match_step a, struct match_step b) {
    return a.length < b.length || (a.length == b.length && a.node < b.node);
}

static bool push(struct match_paths *p, int64_t length, uint32_t node) {
    if (p->heap_count == p->heap_room) {
        uint32_t room = p->heap_room < 1024 ? 1024 : 2 * p->heap_room;
        struct match_step *grown = mem_resize(p->heap, room, sizeof(*grown));
        if (grown == NULL)
            return false;
        p->heap = grown;
        p->heap_room = room;
    }
    struct match_step step = {length, node};
    uint32_t i = p->heap_count++;
    for (; i > 0 && before(step, p->heap[(i - 1) / 2]); i = (i - 1) / 2)
        p->heap[i] = p->heap[(i - 1) / 2];
    p->heap[i] = step;
    return true;
}

static struct match_step pop(struct match_paths *p) {
    struct match_step top = p->heap[0], last = p->heap[--p->heap_count];
    uint32_t i = 0, count = p->heap_count;
    for (uint32_t child; (child = 2 * i + 1) < count; i = child) {
        if (child + 1 < count && before(p->heap[child + 1], p->heap[child]))
            child++;
        if (!before(p->heap[child], last))
            break;
        p->heap[i] = p->heap[child];
    }
    p->heap[i] = last;
    return top;
}

struct search {
    uint32_t start, end;
    bool needing; /* the start needs one */
    int64_t best; /* length of the cheapest path so far */
};

/* On which side a node is; the vertices of a bipartite graph know, copies are on theirs. */
static uint32_t side_of(const struct match_flow *f, uint32_t node) {
    return f->doubled ? node >= f->graph->input->vertex_count : f->graph->side[node];
}

static bool needs_one(const struct match_flow *f, const struct search *s, uint32_t node) {
    return s->needing == (side_of(f, node) == side_of(f, s->start));
}

static bool reach(struct match_paths *p, uint32_t node, int64_t length, uint32_t arc) {
    if (p->length[node] == FAR)
        p->reached[p->reached_count++] = node;
    p->length[node] = length;
    p->parent[node] = arc;
    return push(p, length, node);
}

/* Goes on from a node whose length is final. */
static bool look_around(struct match_paths *p, const struct search *s, uint32_t node,
                        bool needing) {
    const struct match_flow *f = p->flow;
    int64_t length = p->length[node];
    for (uint32_t i = p->first[node]; i < p->first[node + 1]; i++) {
        const struct match_open *open = &p->open[p->at[i]];
        if ((open->taken != 0) == needing)
            continue;
        int64_t r = open->units - f->price[open->ends.left] - f->price[open->ends.right];
        int64_t there = length + (needing ? -r : r);
        uint32_t other = open->ends.left == node ? open->ends.right : open->ends.left;
        if (there < s->best && there < p->length[other] && !reach(p, other, there, p->at[i]))
            return false;
    }
    return true;
}

/* Finds the cheapest path; s->best stays FAR when there is none. */
static bool seek(struct match_paths *p, struct search *s) {
    const struct match_flow *f = p->flow;
    p->heap_count = 0;
    if (!reach(p, s->start, 0, NO_ARC))
        return false;
    while (p->heap_count > 0) {
        struct match_step step = pop(p);
        if (step.length >= s->best)
            break;
        if (step.length > p->length[step.node])
            continue;
        bool needing = needs_one(f, s, step.node), first = step.node == s->start;
        int64_t cost = needing ? end_needing(f, step.node, first) : end_having(f, step.node, first);
        if (cost != FAR && step.length + cost < s->best) {
            s->best = step.length + cost;
            s->end = step.node;
        }
        if (!look_around(p, s, step.node, needing))
            return false;
    }
    return true;
}

/* Prices after a search, so that reduced weights keep their signs and the path costs nothing. */
static void reprice(struct match_paths *p, const struct search *s) {
    struct match_flow *f = p->flow;
    for (uint32_t i = 0; i < p->reached_count; i++) {
        uint32_t node = p->reached[i];
        int64_t by = s->best - p->length[node];
        if (by > 0)
            f->price[node] += needs_one(f, s, node) ? -by : by;
    }
}

static void flip(struct match_paths *p, const struct search *s) {
    struct match_flow *f = p->flow;
    uint32_t node = s->end;
    if (node == s->start)
        return;
    f->used[s->start] += s->needing ? 1u : UINT32_MAX;
    f->used[node] += needs_one(f, s, node) ? UINT32_MAX : 1u;
    while (node != s->start) {
        struct match_open *open = &p->open[p->parent[node]];
        open->taken ^= 1u;
        node = open->ends.left == node ? open->ends.right : open->ends.left;
    }
}

static enum match_mending mend_one(struct match_paths *p, uint32_t node, bool needing) {
    struct search s = {.start = node, .end = node, .needing = needing, .best = FAR};
    bool ok = seek(p, &s);
    if (ok && s.best != FAR) {
        reprice(p, &s);
        flip(p, &s);
    }
    for (uint32_t i = 0; i < p->reached_count; i++)
        p->length[p->reached[i]] = FAR;
    p->reached_count = 0;
    return !ok ? MATCH_MEND_MEMORY : s.best == FAR ? MATCH_MEND_STUCK : MATCH_MENDED;
}

enum match_mending match_paths_mend(struct match_paths *p, const struct job *job) {
    bool stuck = false;
    uint32_t mends = 0;
    for (uint32_t x = 0; x < p->flow->node_count; x++) {
        bool needing;
        while ((needing = too_little(p->flow, x)) || too_much(p->flow, x)) {
            if (mends++ % MENDS_PER_LOOK == 0) {
                job_report(job, "vertices in balance", x, p->flow->node_count);
                if (job_should_stop(job))
                    return MATCH_MEND_STOPPED;
            }
            enum match_mending one = mend_one(p, x, needing);
            if (one == MATCH_MEND_MEMORY)
                return one;
            if (one == MATCH_MEND_STUCK) {
                stuck = true;
                break;
            }
        }
    }
    return stuck ? MATCH_MEND_STUCK : MATCH_MENDED;
}
