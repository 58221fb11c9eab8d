/* Refuses input with indices or enums out of range, so that nothing after it need look. Private to
 * engine/chain. O(input). */
#ifndef FAIRLEAD_ENGINE_CHAIN_VALIDATE_H
#define FAIRLEAD_ENGINE_CHAIN_VALIDATE_H

#include "engine/chain/chain.h"

enum err chain_validate_graph(const struct chain_graph *graph, struct errinfo *info) ERR_CHECK;
enum err chain_validate_slices(uint32_t nodes, uint32_t chains, const struct chain_slice *slice,
                               struct errinfo *info) ERR_CHECK;
enum err chain_validate(const struct chain_input *input, struct errinfo *info) ERR_CHECK;

#endif
