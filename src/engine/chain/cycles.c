/*
 * Circles of essential links.
 *
 * Strongly connected parts by R. Tarjan, "Depth-first search and linear graph algorithms", SIAM
 * Journal on Computing 1 (1972) 146, with the stack in arrays because a chain may be a million
 * nodes long: O(nodes + links). In each part with more than one node a breadth-first search from
 * every node finds the shortest way back to it; the shortest of all is the circle reported, begun
 * at its smallest node. Searches from more than CHAIN_CYCLE_EXACT nodes of one part are not made. A
 * link from a node to itself is a finding of its own and no circle here.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/chain/check.h"

struct cycles {
    struct check *check;
    uint32_t *order; /* [nodes] 1 + order of first visit, 0 = not visited */
    uint32_t *low;   /* [nodes] smallest order reached from below; later distance from a start */
    uint32_t *part;  /* [nodes] number of the strongly connected part, CHAIN_NONE = not yet */
    uint32_t *next;  /* [nodes] next link out to look at; later the node before on a shortest way */
    uint32_t *stack; /* [nodes] nodes of parts not closed yet */
    uint32_t *way;   /* [nodes] nodes from the root to the node at hand; later a queue */
    uint32_t *member;  /* [nodes] nodes by part, in the order of closing */
    uint32_t *best;    /* [nodes] the shortest circle so far */
    uint32_t best_len; /* 0 = none */
    uint32_t visits, depth, waiting, closed, parts;
};

/* Takes the finished part whose root is `node` off the stack and orders it by node number. */
static void close_part(struct cycles *c, uint32_t node) {
    uint32_t taken;
    do {
        taken = c->stack[--c->waiting];
        c->part[taken] = c->parts;
        c->member[c->closed++] = taken;
    } while (taken != node);
    c->parts++;
}

static void enter(struct cycles *c, uint32_t node) {
    c->order[node] = c->low[node] = ++c->visits;
    c->stack[c->waiting++] = node;
    c->way[c->depth++] = node;
    c->next[node] = 0;
}

static void lower(struct cycles *c, uint32_t node, uint32_t order) {
    if (order < c->low[node])
        c->low[node] = order;
}

/* Depth-first from `root`; what closes is appended to member[]. */
static void visit(struct cycles *c, uint32_t root) {
    const struct chain_graph *graph = c->check->graph;
    enter(c, root);
    while (c->depth > 0) {
        uint32_t node = c->way[c->depth - 1];
        struct chain_span out = chain_links_out(c->check->index, node);
        if (c->next[node] < out.count) {
            uint32_t link = out.at[c->next[node]++], to = graph->output[link];
            if (graph->kind[link] != CHAIN_ESSENTIAL)
                continue;
            if (c->order[to] == 0)
                enter(c, to);
            else if (c->part[to] == CHAIN_NONE)
                lower(c, node, c->order[to]);
            continue;
        }
        c->depth--;
        if (c->depth > 0)
            lower(c, c->way[c->depth - 1], c->low[node]);
        if (c->low[node] == c->order[node])
            close_part(c, node);
    }
}

/* Keeps the circle that ends with a link from `last` to `start`, begun at its smallest node. */
static void keep_circle(struct cycles *c, uint32_t start, uint32_t last) {
    uint32_t len = c->low[last] + 1, smallest = 0;
    for (uint32_t at = len, node = last; at > 0; node = c->next[node]) {
        c->best[--at] = node;
        if (node == start)
            break;
    }
    for (uint32_t i = 1; i < len; i++)
        if (c->best[i] < c->best[smallest])
            smallest = i;
    for (uint32_t i = 0; i < len; i++)
        c->way[i] = c->best[(smallest + i) % len];
    for (uint32_t i = 0; i < len; i++)
        c->best[i] = c->way[i];
    c->best_len = len;
}

/*
 * Breadth-first from `start` inside its part until the way back is found or cannot be shorter than
 * the best. order[] holds stamps of the search, low[] distances, next[] the node before.
 */
static void search_from(struct cycles *c, uint32_t start, uint32_t stamp) {
    const struct chain_graph *graph = c->check->graph;
    uint32_t head = 0, tail = 0;
    c->stack[tail++] = start;
    c->order[start] = stamp;
    c->low[start] = 0;
    while (head < tail) {
        uint32_t node = c->stack[head++];
        if (c->best_len != 0 && c->low[node] + 1 >= c->best_len)
            return;
        struct chain_span out = chain_links_out(c->check->index, node);
        for (size_t i = 0; i < out.count; i++) {
            uint32_t to = graph->output[out.at[i]];
            if (graph->kind[out.at[i]] != CHAIN_ESSENTIAL || to == node ||
                c->part[to] != c->part[start])
                continue;
            if (to == start) {
                keep_circle(c, start, node);
                return;
            }
            if (c->order[to] != stamp) {
                c->order[to] = stamp;
                c->low[to] = c->low[node] + 1;
                c->next[to] = node;
                c->stack[tail++] = to;
            }
        }
    }
}

static int by_number(const void *a, const void *b) {
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return left < right ? -1 : left > right;
}

/* Reports the shortest circle of the part member[from .. to). */
static enum err report_part(struct cycles *c, uint32_t from, uint32_t to, struct errinfo *info) {
    struct check *check = c->check;
    qsort(c->member + from, to - from, sizeof(*c->member), by_number);
    c->best_len = 0;
    for (uint32_t i = from; i < to && i - from < CHAIN_CYCLE_EXACT && c->best_len != 2; i++) {
        if (job_should_stop(check->job))
            return err_set(info, ERR_STOPPED, "stopped while looking for circles of links");
        /* order[] held at most `nodes`; stamps go on from there */
        search_from(c, c->member[i], ++c->visits);
    }
    size_t first = check->path.len;
    for (uint32_t i = 0; i < c->best_len; i++)
        if (!vec_push(&check->path, c->best[i]))
            return err_memory(info);
    if (!chain_found(check, CHAIN_FOUND_CYCLE, CHAIN_NONE, c->best[0], CHAIN_NONE))
        return err_memory(info);
    struct chain_finding *finding = &check->findings.at[check->findings.len - 1];
    finding->path_first = first;
    finding->path_count = c->best_len;
    return ERR_OK;
}

static enum err find_cycles(struct cycles *c, struct errinfo *info) {
    uint32_t nodes = c->check->graph->nodes;
    for (uint32_t node = 0; node < nodes; node++)
        c->part[node] = CHAIN_NONE;
    for (uint32_t node = 0; node < nodes; node++)
        if (c->order[node] == 0)
            visit(c, node);
    enum err err = ERR_OK;
    for (uint32_t from = 0, to; from < nodes && err == ERR_OK; from = to) {
        for (to = from + 1; to < nodes && c->part[c->member[to]] == c->part[c->member[from]];)
            to++;
        if (to - from > 1)
            err = report_part(c, from, to, info);
    }
    return err;
}

enum err chain_check_cycles(struct check *check, struct errinfo *info) {
    size_t nodes = check->graph->nodes;
    uint32_t *rows = mem_new(nodes, 8 * sizeof(*rows));
    if (rows == NULL)
        return err_memory(info);
    struct cycles c = {
        .check = check,
        .order = rows,
        .low = rows + nodes,
        .part = rows + 2 * nodes,
        .next = rows + 3 * nodes,
        .stack = rows + 4 * nodes,
        .way = rows + 5 * nodes,
        .member = rows + 6 * nodes,
        .best = rows + 7 * nodes,
    };
    enum err err = find_cycles(&c, info);
    mem_free(rows);
    return err;
}
