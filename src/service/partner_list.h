/*
 * The pairs of a kept round as people take them away: one row a pair, both sides with country or
 * region, size and area, the score, and the reasons in both languages. For CSV, JSON and XLSX
 * (exchange/list.h).
 */
#ifndef FAIRLEAD_SERVICE_PARTNER_LIST_H
#define FAIRLEAD_SERVICE_PARTNER_LIST_H

#include "exchange/list.h"
#include "service/partner_count.h"

/* Fills an empty list; reasons where the pairs have parts. A side that is no organisation of the
 * view any more is left blank but for its number. ERR_MEMORY, ERR_INPUT. */
enum err partner_list_pairs(const struct view *view, const struct partner_kept *pairs,
                            uint32_t count, struct list *list, struct errinfo *info) ERR_CHECK;

#endif
