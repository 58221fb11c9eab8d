/*
 * What can be exchanged along the catalogue: for each node, which claims an offer of it meets.
 *
 *     same         an offer of x meets a need of x
 *     link         an offer of an input meets an offer of what it goes into, by kind of link
 *     substitute   what can stand in for x in at least half of what x is essential to (essential
 *                  inputs of one output with the same group) meets a need of x
 *     scenario     a part meets an offer of the part it belongs to, and of the whole
 *     service      a service of a chain, a member or linked into it, meets an offer of its core;
 * the services of a chain of services meet every offer of a finished product
 *
 * Of several relations between the same two, the strongest is kept (enum match_kind is in that
 * order).
 *
 * Thread rule: pure.
 */
#ifndef FAIRLEAD_SERVICE_PARTNER_RELATIONS_H
#define FAIRLEAD_SERVICE_PARTNER_RELATIONS_H

#include "engine/match/market.h"
#include "service/view.h"

/* Fills relation_offset and relation of the market, in memory of the arena. ERR_MEMORY.
 * O(relations log relations). */
enum err partner_relations(const struct view *view, struct arena *arena,
                           struct match_market *market, struct errinfo *info) ERR_CHECK;

#endif
