/*
 * Chains for the map benchmark: the seven of the catalogue under $FAIRLEAD_SOURCE/data/catalogue,
 * and made-up ones of any size. Memory is the arena's.
 */
#ifndef FAIRLEAD_BENCH_MAP_CHAINS_H
#define FAIRLEAD_BENCH_MAP_CHAINS_H

#include "engine/map/map.h"

enum { BENCH_CHAINS_MAX = 16 };

struct bench_chain {
    struct str name;
    struct map_input in;
    struct str *labels; /* by node; NULL in made-up chains */
};

/* Boxes are as large as their labels at 11 pixels, in lines of at most BENCH_LINE_CHARS. */
enum { BENCH_LINE_CHARS = 20, BENCH_BOX_WIDTH = 122, BENCH_LINE_HEIGHT = 13, BENCH_BOX_PAD = 8 };

/* The next line of a label: what is taken from `rest` up to a blank. */
struct str bench_label_line(struct str *rest);

/* Reads the catalogue's chains into `chains` (room for BENCH_CHAINS_MAX). */
enum err bench_read_chains(struct arena *a, struct bench_chain *chains, uint32_t *count,
                           struct errinfo *info) ERR_CHECK;

/*
 * A chain of `nodes` on ten levels (six upstream, three midstream, one downstream, fewer nodes from
 * level to level); links go up one level mostly, sometimes further, one in fifty backward.
 */
enum err bench_make_chain(struct arena *a, uint32_t nodes, uint32_t links, uint64_t seed,
                          struct bench_chain *chain, struct errinfo *info) ERR_CHECK;

#endif
