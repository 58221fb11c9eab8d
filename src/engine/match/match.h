/*
 * The assignment of partners: which pairs of a weighted graph are made when every vertex may take
 * part in so many (a maximum-weight b-matching with one copy of each pair), with a proof of how
 * good the answer is.
 *
 *     maximise    sum of weight(e) over the chosen edges e
 *     subject to  chosen edges at v <= capacity(v),  every edge at most once
 *
 * A vertex may have a floor besides: the plan first gives as many of the first `floor(v)` places of
 * all vertices as capacities allow, and among such plans takes the heaviest.
 *
 * The proof is a price y(v) >= 0 for each vertex. For any such prices
 *
 *     sum of capacity(v) y(v)  +  sum over edges of max(0, weight(e) - y(u) - y(v))
 *
 * is at least the weight of every plan (weak duality), so a plan comes with its bound and anybody
 * can check both (Schrijver, Combinatorial Optimization, 2003, chapter 21 and section 31).
 * Bipartite graphs have no gap at the optimum; others may have one from odd circles.
 *
 * How (match.c): prices by smoothed coordinate descent, then an exact flow on the few edges whose
 * price does not decide them, then, for a graph that is not bipartite, halves rounded.
 *
 * Result: the same for the same input. Time: near-linear in the edges in practice; 5 million edges
 * exactly in about a second. Memory beside the input: about 35 bytes an edge between two sides, 45
 * otherwise, and 100 a vertex (measured with the input: 290 MB for 5 million edges between 200,000
 * vertices, 660 MB for 8.4 million among a million).
 * Thread rule: pure; any number of calls at once.
 */
#ifndef FAIRLEAD_ENGINE_MATCH_MATCH_H
#define FAIRLEAD_ENGINE_MATCH_MATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/job.h"

enum {
    MATCH_VERTICES_MAX = 1 << 24, /* a standing network of a million firms has room */
    MATCH_EDGES_MAX = 1 << 28,    /* offsets stay inside 32 bits */
    MATCH_CAPACITY_MAX = 1 << 20, /* of one vertex: sums stay inside 64 bits */
};

struct match_input {
    uint32_t vertex_count;
    const uint32_t *capacity; /* of each vertex; 0 = takes part in nothing */
    const uint32_t *floor;    /* of each vertex, at most its capacity; NULL = none */
    uint32_t edge_count;
    const uint32_t *u, *v; /* ends of each edge, different; a pair occurs once, in either order */
    const double *weight;  /* of each edge: finite, >= 0, at most 1e15 */
    /* Where to begin: prices and chosen edges of an earlier plan of nearly the same input, or NULL.
     * They change how long it takes, and between equally good plans which one. */
    const double *start_price;
    const uint8_t *start_chosen;
};

enum match_status {
    MATCH_OPTIMAL,  /* the weight is proved: no plan is heavier */
    MATCH_FEASIBLE, /* the bound says how much heavier one might be */
};

struct match_plan {
    enum match_status status;
    bool stopped;    /* the job ended the search; the plan is whole, only less good */
    uint8_t *chosen; /* edge_count: 1 = the pair is made */
    double *price;   /* vertex_count, >= 0; NULL from match_stable */
    uint32_t pairs;  /* chosen edges */
    double weight;   /* of the chosen edges */
    double bound;    /* that no plan exceeds; 0 from match_stable, which proves something else */
    /* Floors: places given, and the most that any plan can give (a flow proves it). */
    uint64_t floor_given, floor_bound;
};

/*
 * The heaviest plan. ERR_INPUT tells the first edge or vertex that is against the rules above (its
 * number from 0 is in the words), ERR_LIMIT what is too many, ERR_MEMORY; the plan is then empty. A
 * job that stops early gives the plan found so far.
 */
enum err match_solve(const struct match_input *input, const struct job *job,
                     struct match_plan *plan, struct errinfo *info) ERR_CHECK;

/*
 * The stable plan: no two vertices would both rather have each other than what they have (a
 * blocking pair). By weight, all rank by the weight of the edge, ties by the smaller number of the
 * other side, and going through the edges from the heaviest gives the one stable plan, at least
 * half as heavy as the best (Khan et al., SIAM J. Sci. Comput. 38(5), 2016). With `rank_u` and
 * `rank_v` not NULL, each end has a value of its own for the edge, higher is better; the graph must
 * then be bipartite with all `u` on one side, and the plan is the best stable one for the side of u
 * (deferred acceptance; Gale and Shapley 1962, Roth 1984). Floors are not looked at. O(edges log
 * edges).
 */
enum err match_stable(const struct match_input *input, const uint32_t *rank_u,
                      const uint32_t *rank_v, struct match_plan *plan,
                      struct errinfo *info) ERR_CHECK;

void match_plan_release(struct match_plan *plan);

/* What else there is to say of a plan. Ranks as in match_stable (NULL = by weight). */
struct match_report {
    uint64_t blocking; /* pairs that are not made though both ends would gain */
    double regret;     /* the largest difference, over all vertices, between the sum of the heaviest
                          edges that its capacity allows and of those it got */
    uint32_t regret_vertex;
};

/* O(edges log(largest degree)). False when memory is short. */
bool match_judge(const struct match_input *input, const uint8_t *chosen, const uint32_t *rank_u,
                 const uint32_t *rank_v, struct match_report *report) ERR_CHECK;

#endif
