/*
 * The market turned around: who claims a node, what meets a claim. Private to engine/match; made by
 * match_index_new in candidates.h.
 *
 * Thread rule: an index is read-only, a finder belongs to one thread.
 */
#ifndef FAIRLEAD_ENGINE_MATCH_INDEX_H
#define FAIRLEAD_ENGINE_MATCH_INDEX_H

#include "engine/match/candidates.h"

struct met_by {
    uint32_t node; /* that is offered */
    uint8_t kind;  /* enum match_kind */
};

struct match_index {
    const struct match_market *market;
    size_t *holder_offset[MATCH_SIDES]; /* [nodes + 1] */
    uint32_t *holder[MATCH_SIDES];      /* firms that claim the node, ascending */
    size_t *met_offset[MATCH_SIDES];    /* [nodes + 1] */
    struct met_by *met[MATCH_SIDES];    /* what meets a claim of the node */
};

struct match_list {
    double bound;
    uint32_t node;
    uint8_t side;
};

struct match_finder {
    const struct match_index *index;
    uint32_t *seen; /* [firms] number of the search that scored the firm last */
    uint32_t search;
    double *bound[MATCH_SIDES]; /* [nodes] of the list; 0 between searches */
    struct match_list *list;    /* [2 nodes] of this search */
    size_t lists;
};

#endif
