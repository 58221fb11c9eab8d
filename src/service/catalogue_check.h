/*
 * The catalogue's own faults, in words: circles of essential links, orphans, stages that disagree.
 */
#ifndef FAIRLEAD_SERVICE_CATALOGUE_CHECK_H
#define FAIRLEAD_SERVICE_CATALOGUE_CHECK_H

#include "model/lang.h"
#include "service/view.h"
#include "store/store.h"

/*
 * Reports what the chain engine finds wrong in the catalogue of the database
 * (engine/chain/chain_check.h), one sentence each with the codes of nodes and chains. Essential
 * links that run against the stages are not reported here: they may be meant, and the chain page
 * shows them. A database without editions has nothing to check.
 */
enum err catalogue_check(struct store_reader *reader, store_finding_fn *fn, void *ctx,
                         struct errinfo *info) ERR_CHECK;

/* The same of a view, in one of the languages; the order of findings is that of both. */
enum err catalogue_check_view(const struct view *view, enum lang lang, store_finding_fn *fn,
                              void *ctx, struct errinfo *info) ERR_CHECK;

#endif
