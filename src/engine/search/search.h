/*
 * Search: what people type in one box, over all that an expo has.
 *
 * A document is a thing that can be found (an organisation, a node, an exhibit, ...). It has a
 * kind, a weight, and texts in four fields: names, aliases, codes, a description. A query is cut
 * into terms at blanks and marks and where Han begins or ends: "TCL科技" has two. A document
 * matches when each of its terms stands in one of its texts, or when all of them do, written as
 * one. A term stands in a text
 *
 * - as the beginning of a word: "mot" in "Great Wall Motor". Case, width and accents do not count;
 *   a hyphen or point in the term counts as a blank or as nothing: "coca-cola".
 * - as Han characters in a row, in either script: 长城 in 中國長城汽車. One is enough.
 * - as pinyin, which may break off anywhere: "changchengqic" for 长城汽车; "xi'an" for 西安, not
 *   for 先; "lv" and "lu" for 绿. Tones must agree where given: "chang2cheng2", "cháng chéng". In
 *   names and aliases only: descriptions would drown what people look for.
 * - as initials of a name or alias, two at least: "byd" for 比亚迪, "gwm" for Great Wall Motor.
 *   Up to three Han characters may stand before them (a place).
 * - as a code without its marks: "8507.60", "8507 60" and "850760" find 8507.60.10, "bat.cell" and
 *   "batcell" the same node, "029" also P029.
 *
 * Where fewer than SEARCH_FEW documents match as written, and none by whole words of a name or by a
 * whole alias or code, terms that stand in fewer than SEARCH_COMMON places may also be one typo
 * off: a letter more, less, another, or two swapped, the first one included, in words and pinyin of
 * at least SEARCH_TYPO_LETTERS letters and no digit; in Han, characters that are read the same, or
 * in at least SEARCH_TYPO_HAN characters one more, less, another, or two swapped. Codes and
 * initials are never guessed. Where still nothing matches, Han terms that stand nowhere are cut
 * into the longest parts that do (零碳园区 finds 零碳产业园区), and the documents that have the
 * rarest of the terms, or one that stands in at most SEARCH_FEW documents, are found.
 *
 * Order: fewest missing terms; fewest typos; then how well the worst term matches: a whole name,
 * alias or code; words of a name, beginnings of them; an alias; a code; initials; a description;
 * whole words before beginnings, writing before pinyin, terms in a row before scattered ones; then
 * the larger weight, the shorter text, the earlier document. So the order is total and pages of it
 * do not overlap.
 *
 * How it works: texts lie in arrays, words as bytes and Han as characters with their readings; the
 * places where a match may begin are sorted by what follows (a suffix array: Manber and Myers, SIAM
 * J. Comput. 22(5), 1993), words by letters, Han by syllables. A term is then a range, found by
 * binary search; Han is compared inside the range of its readings. A typo is a walk of the array as
 * an implicit trie with one branch off the way (Ukkonen, CPM 1993).
 *
 * Cost: building is O(n log n) in the places; 100,000 names in two languages take 0.4 s and 23 MiB:
 * 4 bytes a word or Han character, 1 a letter, 4 a Han character, 8 a text. A query reads at most
 * SEARCH_VISITS_MAX places, about 15 ns each, and makes SEARCH_STEPS_MAX binary searches, about
 * 0.5 us each, so that none takes more than 10 ms; `partial` tells when that was not enough. It
 * needs 8 bytes a document while it runs. bench/search_bench.c measures.
 *
 * Life cycle: search_index_new, search_index_add for each document, search_index_build, search_find
 * any number of times, search_index_free.
 * Thread rule: one thread until built; then any number of readers. A result belongs to one thread.
 */
#ifndef FAIRLEAD_ENGINE_SEARCH_SEARCH_H
#define FAIRLEAD_ENGINE_SEARCH_SEARCH_H

#include "base/err.h"
#include "base/job.h"
#include "base/str.h"

enum search_field {
    SEARCH_NAME,
    SEARCH_ALIAS, /* other names, synonyms */
    SEARCH_CODE,
    SEARCH_DESCRIPTION,
    SEARCH_FIELDS
};

enum {
    SEARCH_QUERY_BYTES_MAX = 200, /* 66 Han characters */
    SEARCH_TERMS_MAX = 16,        /* the longest legal names have about a dozen words */
    SEARCH_WORD_COMPARED = 64,    /* bytes of a word that count; of pinyin 21 syllables */
    SEARCH_TEXT_BYTES_MAX = 4096, /* of a text that are looked at; the rest cannot be found */
    SEARCH_KINDS_MAX = 16,
    SEARCH_DOCUMENTS_MAX = 1 << 24,
    SEARCH_FEW = 5,
    SEARCH_COMMON = 64,
    SEARCH_TYPO_LETTERS = 4,
    SEARCH_TYPO_HAN = 3,
    SEARCH_VISITS_MAX = 300000,
    SEARCH_STEPS_MAX = 6000,
};

struct search_text {
    enum search_field field;
    struct str text; /* any UTF-8; an empty one is passed over */
};

struct search_document {
    const struct search_text *texts;
    size_t count;
    uint8_t kind;   /* below SEARCH_KINDS_MAX; what it means is the caller's */
    uint8_t weight; /* among equally good matches the larger comes first */
};

struct search_index;

enum err search_index_new(struct search_index **out, struct errinfo *info) ERR_CHECK;
void search_index_free(struct search_index *index);

/* Copies what it needs. Documents count from 0 in order of adding. ERR_MEMORY, ERR_LIMIT (too many
 * documents, 4 GiB of text); after an error the index can only be freed. */
enum err search_index_add(struct search_index *index, const struct search_document *document,
                          struct errinfo *info) ERR_CHECK;

/* Sorts, on `job->threads` threads. ERR_MEMORY, ERR_STOPPED; then the index can only be freed. */
enum err search_index_build(struct search_index *index, const struct job *job,
                            struct errinfo *info) ERR_CHECK;

/* Bytes the index holds. */
size_t search_index_bytes(const struct search_index *index);

struct search_hit {
    uint32_t document;
    uint8_t kind;
    uint8_t typos;   /* terms that match only with a typo */
    uint8_t missing; /* terms that match nowhere in it */
};

struct search_result {
    uint32_t counts[SEARCH_KINDS_MAX]; /* documents found, by kind */
    uint32_t total;
    uint32_t written; /* of these, how many match as written */
    /* The query was so broad that documents may be missing, or that its commonest terms were left
     * out: counts are then about right. */
    bool partial;
    uint64_t *keys;       /* private: one a document, smaller is better */
    const uint8_t *kinds; /* private: of the index */
};

/*
 * Finds what `query` asks for. The result borrows from the index; free it with
 * search_result_release, also after an error. A query without a letter or digit finds nothing.
 * ERR_LIMIT for more than SEARCH_QUERY_BYTES_MAX bytes or SEARCH_TERMS_MAX terms, in words for the
 * person who typed it; ERR_MEMORY.
 */
enum err search_find(const struct search_index *index, struct str query,
                     struct search_result *result, struct errinfo *info) ERR_CHECK;
void search_result_release(struct search_result *result);

/*
 * A filter by name: which documents have all terms of `query` as written in their names and
 * aliases. Sets bit d % 64 of bits[d / 64] for document d; the others stay as they are. Here is no
 * ranking in which a guess could stand last, so none is made: no typos, no parts, nothing missing,
 * no codes and descriptions. What search_find finds otherwise, it finds by the same rules.
 *
 * Complete however broad the query is: neither SEARCH_VISITS_MAX nor SEARCH_STEPS_MAX hold. It
 * reads each place of each term once, about 15 ns each, those in descriptions included; 8 bytes a
 * document while it runs. Errors as of search_find.
 */
enum err search_named(const struct search_index *index, struct str query, uint64_t *bits,
                      struct errinfo *info) ERR_CHECK;

/*
 * The best documents of the kinds in `kinds` (bit k for kind k), from the `from`-th on, at most
 * `max`; returns how many were written to `hits`. O(found * log(from + max)). ERR_MEMORY.
 */
enum err search_top(const struct search_result *result, uint32_t kinds, uint32_t from,
                    struct search_hit *hits, uint32_t max, uint32_t *count,
                    struct errinfo *info) ERR_CHECK;

#endif
