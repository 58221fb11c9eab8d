/*
 * Whatever chain the bytes spell, the layout keeps every promise of engine/map/map.h: three bytes a
 * link (input, output, weight) over up to 32 nodes whose lanes and sizes come from the first bytes.
 */
#include "engine/map/check.h"

enum { NODES_MAX = 32, LINKS_MAX = 100 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct map_node nodes[NODES_MAX];
    struct map_link links[LINKS_MAX];
    struct map_input in = {.nodes = nodes, .links = links};
    struct map_layout out;
    struct arena a;
    in.node_count = len > 0 ? bytes[0] % (NODES_MAX + 1) : 0;
    if (len < 1 + (size_t)in.node_count)
        return 0;
    for (uint32_t v = 0; v < in.node_count; v++) {
        uint8_t b = bytes[1 + v];
        nodes[v] = (struct map_node){(enum map_lane)(b % MAP_LANES), 20 + b, 5 + b % 32};
    }
    for (size_t i = 1 + in.node_count; i + 3 <= len && in.link_count < LINKS_MAX; i += 3) {
        if (in.node_count == 0)
            break;
        links[in.link_count++] = (struct map_link){
            bytes[i] % in.node_count, bytes[i + 1] % in.node_count, 1U + bytes[i + 2] % 8};
    }
    arena_init(&a, 64 << 20);
    if (map_lay_out(&in, NULL, &a, NULL, &out, NULL) != ERR_OK || check_layout(&in, &out) != NULL ||
        check_count_crossings(&in, &out) != out.crossings)
        __builtin_trap();
    arena_release(&a);
    return 0;
}
