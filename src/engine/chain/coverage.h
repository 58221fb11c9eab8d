/*
 * Coverage: who offers and needs each node, links that are live, and what follows. Private to
 * engine/chain; filled in this order into a report whose tables of offers are built:
 *   chain_cover_offers   report->node: offers, countries, sizes, origins, concentration
 *   chain_cover_links    report->link
 *   chain_follow_needs   report->needs_by_node and needs_by_exhibitor (needs.c)
 *   chain_cover_needs    report->node: needs
 *   chain_judge_gaps     report->node: gap states
 */
#ifndef FAIRLEAD_ENGINE_CHAIN_COVERAGE_H
#define FAIRLEAD_ENGINE_CHAIN_COVERAGE_H

#include "engine/chain/chain.h"

enum err chain_cover_offers(struct chain_report *report, const struct job *job,
                            struct errinfo *info) ERR_CHECK;
void chain_cover_links(struct chain_report *report);
/* `stated` holds the register's needs by exhibitor. */
enum err chain_follow_needs(struct chain_report *report, const struct chain_table *stated,
                            const struct job *job, struct errinfo *info) ERR_CHECK;
void chain_cover_needs(struct chain_report *report, const struct job *job);
void chain_judge_gaps(struct chain_report *report);

#endif
