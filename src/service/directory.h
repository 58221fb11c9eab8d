/*
 * The directory: an edition's exhibitors as people look for them, under filters and in the order of
 * a language. Pages and API ask the same questions here and so give the same answers.
 *
 *     directory_filter_init(&filter);
 *     snapshot_filter_set(snapshot, DIRECTORY_COUNTRY, STR("DE"), arena, &filter, info);
 *     for (i = 0; i < view->exhibitors; i++)
 *         if (directory_takes(view, &filter, directory_exhibitors(directory, lang)[i])) ...
 *
 * Words are a filter by name and no search: who chose a chain, a country and "motor" wants to know
 * who is in the list and not who comes first. So the index of the search is asked (search_named in
 * engine/search/search.h) for those that have every word in their names, as written:
 *
 * - Latin words by their beginnings, "opt" for Crystal-Optech and not "tech"; Han anywhere in a
 *   name, in either script; pinyin and initials of a name.
 * - No typos, no near hits: each row of the list, each count beside a choice and each line of a
 *   file then has what was asked. What is close is shown apart, where nobody is left.
 * - No offers and no codes: what firms offer is asked by node and chain, whose bases are known, and
 *   looked for in free words in the search, which ranks. In an order by name a word in a text would
 *   bury those who are called so.
 * - All of them, however many: where the search would break off a broad query, this one goes on.
 *
 * Thread rule: a directory is read-only once made; a filter belongs to one request.
 */
#ifndef FAIRLEAD_SERVICE_DIRECTORY_H
#define FAIRLEAD_SERVICE_DIRECTORY_H

#include "model/lang.h"
#include "service/search.h"
#include "service/view.h"

/* ---- filters ---- */

/* What may be asked for; an exhibitor must meet all that is set. */
enum directory_key {
    DIRECTORY_CHAIN,    /* a chain's code: offers one of its nodes, on any basis */
    DIRECTORY_STAGE,    /* upstream, midstream, downstream: offers a node that stands there, in the
                           chain that is set or in any */
    DIRECTORY_NODE,     /* a node's code: offers it */
    DIRECTORY_COUNTRY,  /* ISO 3166-1 code of a country or region */
    DIRECTORY_REGION,   /* ISO 3166-2 code */
    DIRECTORY_SIZE,     /* a code of kind_size */
    DIRECTORY_AREA,     /* an area's code */
    DIRECTORY_TYPE,     /* a code of kind_exhibitor_type */
    DIRECTORY_SEEN,     /* new: in no earlier edition's register; returning: in one */
    DIRECTORY_LEAD,     /* number of an organisation: was brought by it */
    DIRECTORY_PAVILION, /* number of a pavilion: has an exhibit there */
    DIRECTORY_WORDS,    /* has each word in one of its names, see above */
    DIRECTORY_KEYS
};

enum directory_seen { DIRECTORY_SEEN_ANY, DIRECTORY_SEEN_NEW, DIRECTORY_SEEN_RETURNING };

/* Set through the functions below only. VIEW_NONE, CHAIN_STAGES, 0 and NULL mean any. */
struct directory_filter {
    uint32_t chain, node, country, region, area, lead, pavilion;
    uint32_t stage;      /* enum chain_stage */
    uint32_t size, type; /* values of their kinds */
    enum directory_seen seen;
    const uint64_t *named; /* organisations that have the words, a bit each, by index */
};

/* The key's name in addresses: "chain", "q", ... */
const char *directory_key_name(enum directory_key key);

/* A filter that everybody meets. */
void directory_filter_init(struct directory_filter *filter);

/*
 * Sets what is asked for under a key. `search`, of the same view, is needed for DIRECTORY_WORDS and
 * may be NULL for the others; with a snapshot, snapshot_filter_set brings both. Words that are
 * blank mean any; words without a letter or digit nobody has. ERR_INPUT with words for people when
 * the edition has nothing of that code or number, ERR_LIMIT for too many words, ERR_MEMORY. O(1)
 * or a pass of the records of the key; words as of search_named.
 */
enum err directory_filter_set(const struct view *view, const struct view_search *search,
                              enum directory_key key, struct str value, struct arena *arena,
                              struct directory_filter *filter, struct errinfo *info) ERR_CHECK;

/* Takes a key out of a filter again, and whether it is set. */
void directory_filter_unset(struct directory_filter *filter, enum directory_key key);
bool directory_filter_has(const struct directory_filter *filter, enum directory_key key);

/* Whether an exhibitor meets all that is set. O(its offers). */
bool directory_takes(const struct view *view, const struct directory_filter *filter,
                     uint32_t exhibitor);

/* Whether an organisation, exhibitor or not, meets what is set of country, region, size and words.
 * O(1). */
bool directory_takes_organisation(const struct view *view, const struct directory_filter *filter,
                                  uint32_t organisation);

/* The organisation's first place in view->attendance, which others of it may follow; some other
 * organisation's, or the end, when it has none. O(log attendances). */
uint32_t directory_attendance(const struct view *view, uint32_t organisation);

/* Whether an exhibitor shows something in a pavilion. O(its exhibits). */
bool directory_is_in_pavilion(const struct view *view, uint32_t exhibitor, uint32_t pavilion);

/* Whether an exhibitor offers, or by its own word needs, a node of a chain. O(its claims). */
bool directory_stands_in_chain(const struct view *view, uint32_t exhibitor, uint32_t chain);

/* Whether an organisation is in the register of an edition before this one. O(log attendances). */
bool directory_is_returning(const struct view *view, uint32_t organisation);

/* ---- order ---- */

struct directory;

/* Sorts the names of a view, which must outlive the directory. O(n log n), 1 to 2 us a name.
 * ERR_MEMORY, ERR_INTERNAL without collation data. */
enum err directory_new(const struct view *view, struct directory **out,
                       struct errinfo *info) ERR_CHECK;
void directory_free(struct directory *directory);

/* The name that an organisation is sorted by: that of the language, else the other one. */
struct str directory_name(const struct view_organisation *organisation, enum lang lang);

/* What orders the names of a language, for other names beside them. */
const struct text_collator *directory_collator(const struct directory *directory, enum lang lang);

/* The heading of the index that an organisation stands under (text/collate.h): 'A' to 'Z',
 * TEXT_INDEX_BEFORE or TEXT_INDEX_AFTER. In the order of the language, headings do not come back.
 */
char directory_letter(const struct directory *directory, enum lang lang, uint32_t organisation);

/* All exhibitors of the edition, and all organisations, in the order of a language: names as its
 * readers sort them (text/collate.h), equal ones by number. */
const uint32_t *directory_exhibitors(const struct directory *directory, enum lang lang);
const uint32_t *directory_organisations(const struct directory *directory, enum lang lang);

/* How many exhibitors, or organisations, stand at or before a name and number in the order, whether
 * or not that name is there (any more). O(log n) names sorted. Errors of text_sort_key. */
enum err directory_exhibitors_until(const struct directory *directory, enum lang lang,
                                    struct str name, int64_t id, uint32_t *count,
                                    struct errinfo *info) ERR_CHECK;
enum err directory_organisations_until(const struct directory *directory, enum lang lang,
                                       struct str name, int64_t id, uint32_t *count,
                                       struct errinfo *info) ERR_CHECK;

#endif
