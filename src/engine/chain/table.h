/*
 * Tables of claims (struct chain_table): building them from pairs and turning them around.
 * Private to engine/chain. All functions are linear: O(claims + rows + columns).
 */
#ifndef FAIRLEAD_ENGINE_CHAIN_TABLE_H
#define FAIRLEAD_ENGINE_CHAIN_TABLE_H

#include "engine/chain/chain.h"

/* A claim; the mask tells the compiler that `of` fits. */
static inline struct chain_claim chain_claim_of(uint32_t of, uint32_t basis, bool open) {
    return (struct chain_claim){.of = of & 0x1fffffffu, .basis = basis & 3u, .open = open};
}

/*
 * The table by node of `claims` (rows sorted by exhibitor, repeated claims merged under their
 * strongest basis, nothing open). Indices must be in range. False when memory is short; `out` is
 * then empty.
 */
bool chain_table_by_node(const struct chain_claims *claims, uint32_t exhibitors, uint32_t nodes,
                         struct chain_table *out) ERR_CHECK;

/* The same claims seen from the other side: rows become `of`. Rows come out sorted even when those
 * of `table` are not. */
bool chain_table_turn(const struct chain_table *table, uint32_t rows,
                      struct chain_table *out) ERR_CHECK;

void chain_table_release(struct chain_table *table);

#endif
