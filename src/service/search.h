/*
 * The search of an edition: engine/search over what a view holds.
 *
 *     view_search_find(search, query, &result, info);       how many of each kind
 *     view_search_top(search, &result, 1U << VIEW_SEARCH_NODE, 0, hits, 20, &count, info);
 *     search_result_release(&result);
 *
 * Everything of the edition can be found, and every organisation of the register, those that
 * exhibit in this edition first among equally good matches. What a query may be, what it finds, in
 * which order, and the limits are told in engine/search/search.h; `result` has counts by kind and
 * says whether they are complete. Pages, suggestions and API all ask here. Taken from
 * service/snapshot.h, an index is built when first asked for and then kept.
 *
 * What is looked at: names and further names of organisations, LEI and registration number, what
 * they offer in words; names, synonyms and codes (own, HS 2022, CPC 2.1) of nodes; names and
 * descriptions of exhibits; titles, codes, hosts and summaries of the programme; names, codes and
 * summaries of chains and scenarios; names, themes and texts of pavilions.
 *
 * Thread rule: read-only once made, any number of threads; a result belongs to one thread.
 */
#ifndef FAIRLEAD_SERVICE_SEARCH_H
#define FAIRLEAD_SERVICE_SEARCH_H

#include "engine/search/search.h"
#include "service/view.h"

enum view_search_kind {
    VIEW_SEARCH_ORGANISATION,
    VIEW_SEARCH_NODE,
    VIEW_SEARCH_EXHIBIT,
    VIEW_SEARCH_PROGRAMME,
    VIEW_SEARCH_CHAIN,
    VIEW_SEARCH_SCENARIO,
    VIEW_SEARCH_PAVILION,
    VIEW_SEARCH_KINDS
};

struct view_search_hit {
    enum view_search_kind kind;
    uint32_t index;  /* into the view's array of the kind: view->node[index], ... */
    uint8_t typos;   /* terms that match only with a typo */
    uint8_t missing; /* terms that match nowhere in it */
};

struct view_search;

/*
 * Indexes a view, which must outlive the result. About 7 us a document: 1.1 s for 100,000
 * exhibitors with their offers and exhibits, in 50 MiB. ERR_MEMORY, ERR_LIMIT, ERR_STOPPED.
 */
enum err view_search_new(const struct view *view, const struct job *job, struct view_search **out,
                         struct errinfo *info) ERR_CHECK;
void view_search_free(struct view_search *search);

/* As search_find; kinds in `result` are those above. Release it with search_result_release. */
enum err view_search_find(const struct view_search *search, struct str query,
                          struct search_result *result, struct errinfo *info) ERR_CHECK;

/*
 * Which organisations have all words of a query in their names, as search_named finds them: bit
 * i % 64 of bits[i / 64] for view->organisation[i]. The bits live in the arena.
 */
enum err view_search_named(const struct view_search *search, struct str query, struct arena *arena,
                           const uint64_t **bits, struct errinfo *info) ERR_CHECK;

/* As search_top: the best of the kinds in `kinds` (1U << kind) from the `from`-th on. */
enum err view_search_top(const struct view_search *search, const struct search_result *result,
                         uint32_t kinds, uint32_t from, struct view_search_hit *hits, uint32_t max,
                         uint32_t *count, struct errinfo *info) ERR_CHECK;

#endif
