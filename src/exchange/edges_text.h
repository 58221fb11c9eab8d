/* The text forms of exchange/edges.h. Inside exchange/ only. Errors carry the line. */
#ifndef FAIRLEAD_EXCHANGE_EDGES_TEXT_H
#define FAIRLEAD_EXCHANGE_EDGES_TEXT_H

#include "exchange/edges.h"
#include "exchange/input.h"

enum err edges_read_text(const struct input *in, struct edges *edges,
                         struct errinfo *info) ERR_CHECK;
enum err edges_read_text_capacities(const struct input *in, uint32_t vertex_count,
                                    uint32_t *capacity, struct errinfo *info) ERR_CHECK;

#endif
