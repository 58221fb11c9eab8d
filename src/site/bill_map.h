/*
 * The bill of a scenario as a picture: every part a box, inputs to the left of what they go into,
 * the end use at the right.
 */
#ifndef FAIRLEAD_SITE_BILL_MAP_H
#define FAIRLEAD_SITE_BILL_MAP_H

#include "engine/chain/chain_ask.h"
#include "site/page.h"

/*
 * Writes the picture of `scenario`, whose parts were read into `part` (chain_read_bill). A box
 * leads to "#part-CODE". Errors as of snapshot_bill.
 */
enum err bill_map_write(struct page *page, uint32_t scenario, const struct chain_part *part,
                        struct errinfo *info) ERR_CHECK;

#endif
