/*
 * Tables: see table.h. Everything is counting sort: count what falls into each row, sum up to
 * offsets, put each claim in its place. Counting sort is stable, so sorting pairs by exhibitor and
 * then by node leaves each node's row in the order of exhibitors, without comparing anything.
 */
#include "engine/chain/table.h"

#include "base/mem.h"

void chain_table_release(struct chain_table *table) {
    mem_free(table->offset);
    mem_free(table->claim);
    *table = (struct chain_table){0};
}

/*
 * Counting sort in one array of rows + 2: counts go to next[row + 1] with next = offset + 1; after
 * this call next[row] is where the row begins; placing a claim at next[row]++ moves it to where the
 * row ends, which is offset[row + 1].
 */
static void counts_to_begins(size_t *next, uint32_t rows) {
    for (uint32_t row = 1; row <= rows; row++)
        next[row] += next[row - 1];
}

/* Merges neighbours with the same `of` in each row, in place. */
static void merge_repeated(struct chain_table *table) {
    size_t to = 0, from = 0;
    for (uint32_t row = 0; row < table->rows; row++) {
        size_t begin = to, end = table->offset[row + 1];
        for (; from < end; from++) {
            struct chain_claim claim = table->claim[from];
            if (to > begin && table->claim[to - 1].of == claim.of) {
                if (table->claim[to - 1].basis < claim.basis)
                    table->claim[to - 1].basis = claim.basis;
            } else {
                table->claim[to++] = claim;
            }
        }
        table->offset[row] = begin;
    }
    table->offset[table->rows] = to;
}

struct pair {
    uint32_t node;
    struct chain_claim claim;
};

/* The pairs ordered by exhibitor; NULL when memory is short. */
static struct pair *order_by_exhibitor(const struct chain_claims *claims, uint32_t exhibitors) {
    struct pair *pairs = mem_new(claims->count, sizeof(*pairs));
    size_t *next = mem_new((size_t)exhibitors + 1, sizeof(*next));
    if (pairs != NULL && next != NULL) {
        for (size_t i = 0; i < claims->count; i++)
            next[claims->exhibitor[i] + 1]++;
        counts_to_begins(next, exhibitors);
        for (size_t i = 0; i < claims->count; i++)
            pairs[next[claims->exhibitor[i]]++] = (struct pair){
                claims->node[i],
                chain_claim_of(claims->exhibitor[i], claims->basis[i], false),
            };
    } else {
        mem_free(pairs);
        pairs = NULL;
    }
    mem_free(next);
    return pairs;
}

bool chain_table_by_node(const struct chain_claims *claims, uint32_t exhibitors, uint32_t nodes,
                         struct chain_table *out) {
    struct chain_table table = {
        .rows = nodes,
        .offset = mem_new((size_t)nodes + 2, sizeof(size_t)),
        .claim = mem_new(claims->count, sizeof(struct chain_claim)),
    };
    struct pair *pairs = order_by_exhibitor(claims, exhibitors);
    *out = (struct chain_table){0};
    bool done = table.offset != NULL && table.claim != NULL && pairs != NULL;
    if (done) {
        size_t *next = table.offset + 1;
        for (size_t i = 0; i < claims->count; i++)
            next[pairs[i].node + 1]++;
        counts_to_begins(next, nodes);
        for (size_t i = 0; i < claims->count; i++)
            table.claim[next[pairs[i].node]++] = pairs[i].claim;
        merge_repeated(&table);
        *out = table;
    } else {
        chain_table_release(&table);
    }
    mem_free(pairs);
    return done;
}

bool chain_table_turn(const struct chain_table *table, uint32_t rows, struct chain_table *out) {
    size_t claims = table->offset[table->rows];
    struct chain_table turned = {
        .rows = rows,
        .offset = mem_new((size_t)rows + 2, sizeof(size_t)),
        .claim = mem_new(claims, sizeof(struct chain_claim)),
    };
    *out = (struct chain_table){0};
    if (turned.offset == NULL || turned.claim == NULL) {
        chain_table_release(&turned);
        return false;
    }
    size_t *next = turned.offset + 1;
    for (size_t i = 0; i < claims; i++)
        next[table->claim[i].of + 1]++;
    counts_to_begins(next, rows);
    for (uint32_t row = 0; row < table->rows; row++)
        for (size_t i = table->offset[row]; i < table->offset[row + 1]; i++) {
            struct chain_claim claim = table->claim[i];
            turned.claim[next[claim.of]++] = chain_claim_of(row, claim.basis, claim.open);
        }
    *out = turned;
    return true;
}
