/*
 * Facets of the directory: how many exhibitors each choice of a filter would leave.
 *
 * The count of a value is the number of exhibitors that meet the filter with that value in place of
 * the present one of its key, so that a reader sees what a choice gives before making it. What is
 * left without a key tells which filter to drop when nothing is left.
 *
 * Ownership: all of it lives in the caller's arena. Thread rule: pure but for the arena.
 */
#ifndef FAIRLEAD_SERVICE_DIRECTORY_FACETS_H
#define FAIRLEAD_SERVICE_DIRECTORY_FACETS_H

#include "service/directory.h"

enum { DIRECTORY_KINDS_MAX = 8 }; /* more than any of kind_size and kind_exhibitor_type has */

struct directory_facets {
    uint32_t exhibitors;              /* that meet the filter */
    uint32_t without[DIRECTORY_KEYS]; /* that meet it when the key is not set */
    uint32_t *chain;                  /* [view->chains] */
    uint32_t *node;                   /* [view->nodes] */
    uint32_t *country;                /* [view->countries] */
    uint32_t *region;                 /* [view->regions] */
    uint32_t *area;                   /* [view->areas] */
    uint32_t *lead;                   /* [view->exhibitors] */
    uint32_t *pavilion;               /* [view->pavilions] */
    uint32_t stage[CHAIN_STAGES];
    uint32_t size[DIRECTORY_KINDS_MAX]; /* by value of kind_size */
    uint32_t type[DIRECTORY_KINDS_MAX]; /* by value of kind_exhibitor_type */
    uint32_t seen[DIRECTORY_SEEN_RETURNING + 1];
};

/* O(exhibitors x (keys set + offers)); 2 ms for 1,200 exhibitors with words, less without.
 * ERR_MEMORY. */
enum err directory_facets_count(const struct view *view, const struct directory_filter *filter,
                                struct arena *arena, struct directory_facets *out,
                                struct errinfo *info) ERR_CHECK;

#endif
