/*
 * The neighbourhood of an exhibitor: the nodes it offers, the nodes one step up and down the links
 * from them, and who else stands there.
 *
 * Up are the inputs of what it offers and what it says it needs; down are the outputs of what it
 * offers, and those who say that they need it. The firms of all boxes on a side are the neighbours
 * that chain_find_neighbours gives for the whole catalogue. An essential step at which nobody
 * stands is there, too: it is what the chain lacks next to this exhibitor.
 *
 * Ownership: all of it lives in the caller's arena. Thread rule: pure but for the arena.
 */
#ifndef FAIRLEAD_SERVICE_NEIGHBOURHOOD_H
#define FAIRLEAD_SERVICE_NEIGHBOURHOOD_H

#include "service/view.h"

struct near_box {
    uint32_t node;
    bool is_said; /* up: it says that it needs the node; down: who stands here says so of the node,
                     which it offers */
    uint32_t firms; /* others that stand here; 0 = nobody in the register */
    uint8_t kind;   /* enum chain_link_kind: the strongest that joins it; essential when said */
    uint32_t lines; /* how many of its own nodes it is joined to */
};

/* Joins a box of a side with a node of its own. */
struct near_line {
    uint32_t box, own; /* positions */
    uint8_t kind;      /* enum chain_link_kind */
};

struct near_side {
    struct near_box *box; /* said first, then with firms, then by kind and number of firms */
    uint32_t boxes;
    struct near_line *line;
    uint32_t lines;
};

struct neighbourhood {
    uint32_t exhibitor;
    uint32_t *own; /* nodes it offers, those with most lines first */
    uint32_t owns;
    struct near_side up, down;
};

/* O(links + offers). ERR_MEMORY. */
enum err neighbourhood_find(const struct view *view, uint32_t exhibitor, struct arena *arena,
                            struct neighbourhood *out, struct errinfo *info) ERR_CHECK;

/* The claims of those who stand at a box; the exhibitor itself and, at a said box down, inferred
 * needs are among them and left out by near_is_firm. */
struct chain_row near_firms(const struct view *view, bool is_down, const struct near_box *box);
bool near_is_firm(const struct neighbourhood *n, bool is_down, const struct near_box *box,
                  const struct chain_claim *claim);

#endif
