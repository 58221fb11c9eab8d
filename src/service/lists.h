/*
 * Lists of an edition, as people take them away: chains, gaps, exhibitors, the catalogue.
 *
 * Each fills an empty list (exchange/list.h) whose columns are stable names; the command line
 * prints them and exports write them. A list remembers missing memory itself.
 */
#ifndef FAIRLEAD_SERVICE_LISTS_H
#define FAIRLEAD_SERVICE_LISTS_H

#include "exchange/list.h"
#include "service/view.h"

/* One row a chain: exhibitors, nodes by stage and how many are offered, links, gaps, incoherence
 * F0. */
void lists_chains(const struct view *view, struct list *list);

/* One row a node of a chain, upstream first: offers, needs, level, concentration, what is missing,
 * who. */
void lists_chain(const struct view *view, uint32_t chain, struct list *list);

/* One row a gap of a chain, or of all chains (VIEW_NONE), the most important first, with who could
 * fill it. */
enum err lists_gaps(const struct view *view, uint32_t chain, struct list *list,
                    struct errinfo *info) ERR_CHECK;

/*
 * One row for each of `count` exhibitors (NULL = all), in that order, under the headers that an
 * import understands; importing the list again changes nothing. "inferred_nodes" holds what was
 * only inferred from texts.
 */
void lists_exhibitors(const struct view *view, const uint32_t *exhibitor, uint32_t count,
                      struct list *list);

/* The tables of the catalogue under the names of its files. */
enum lists_catalogue {
    LISTS_NODES,
    LISTS_LINKS,
    LISTS_ALTERNATIVES,
    LISTS_CHAINS,
    LISTS_CHAIN_NODES,
    LISTS_SCENARIOS,
    LISTS_SCENARIO_NODES,
    LISTS_CATALOGUE_TABLES
};
/* "nodes.csv", ... */
const char *lists_catalogue_file(enum lists_catalogue table);
void lists_catalogue(const struct view *view, enum lists_catalogue table, struct list *list);

/* The tables about an edition, besides its exhibitors, under the names and headers of their sheets:
 * importing them again changes nothing. Pictures are named after their digest ("DIGEST.png"). */
enum lists_event {
    LISTS_EDITION,
    LISTS_AREAS,
    LISTS_PAVILIONS,
    LISTS_PAVILION_TEXTS,
    LISTS_PICTURES,
    LISTS_EXHIBITOR_NOTES,
    LISTS_JOINT_STANDS,
    LISTS_PROGRAMME,
    LISTS_FIGURES,
    LISTS_EXHIBITS,
    LISTS_EVENT_TABLES
};
/* "editions.csv", ... */
const char *lists_event_file(enum lists_event table);
void lists_event(const struct view *view, enum lists_event table, struct list *list);

#endif
