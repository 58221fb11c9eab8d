/*
 * Duplicate organisations: which records could be the same firm, with a score and the reason.
 *
 * Names come in English, Chinese and other languages, with or without the legal form, the place,
 * the group; traditional or simplified; as pinyin; with slips of the pen; as an acronym. A name is
 * cut into words of five kinds (words.h): brand, trade, place, generic, legal. The same brand with
 * another trade word is a sister firm ("X" and "X Logistics"), with another place or "Investment" a
 * branch that a human should look at, with another legal form the same.
 *
 * The score is a ranking from 0 to 1, not a probability. From 0.5 on a pair is worth a human's
 * look; nothing is merged here.
 *
 * Candidates share a rare key (a word, its spelling with one letter left out, a beginning of a
 * Chinese name, its pinyin, initials); keys shared by more than NAMES_BLOCK_MAX records are passed
 * over unless the whole name is equal. So work grows with the number of records, not of pairs.
 * Source: record linkage after Fellegi and Sunter (1969) with fixed weights; spelling neighbours by
 * deletion as in Bocek, Hunt, Stiller (2007); distance after Damerau (1964).
 *
 * Life cycle: names_index_new, names_index_add for each record, names_index_build, then
 * names_find and names_all_pairs any number of times, names_index_free.
 * Thread rule: one thread until built; then any number of readers.
 */
#ifndef FAIRLEAD_ENGINE_NAMES_NAMES_H
#define FAIRLEAD_ENGINE_NAMES_NAMES_H

#include "base/buf.h"
#include "base/job.h"

enum { NAMES_BLOCK_MAX = 32 };

/* From this score on a pair is reported. */
#define NAMES_SCORE_MIN 0.5F

struct names_record {
    struct str name_en, name_zh; /* either may be empty, or in another language */
    const struct str *others;    /* other names, aliases */
    size_t others_len;
    /* Evidence beside the names; empty = unknown. Compared as bytes after folding. */
    struct str country, parent, offers;
};

/* Why two records could be the same: bits. */
enum names_reason {
    NAMES_SAME_ENGLISH = 1 << 0,  /* the same Latin name, as it stands */
    NAMES_SAME_CHINESE = 1 << 1,  /* the same Han name, as it stands */
    NAMES_LEGAL_FORM = 1 << 2,    /* same after removing the legal form and generic words */
    NAMES_SCRIPT = 1 << 3,        /* traditional and simplified script */
    NAMES_PINYIN = 1 << 4,        /* the Han name read as pinyin is the Latin name */
    NAMES_SPELLING = 1 << 5,      /* a letter or two apart */
    NAMES_ACRONYM = 1 << 6,       /* initials, or an acronym in brackets */
    NAMES_BRANCH = 1 << 7,        /* same brand, and a place on one side */
    NAMES_ABBREVIATION = 1 << 8,  /* Chinese short form: 住友电工 of 住友电气工业 */
    NAMES_PART = 1 << 9,          /* one name is part of the other */
    NAMES_SAME_OFFERS = 1 << 10,  /* the same offers text */
    NAMES_OTHER_COUNTRY = 1 << 11 /* speaks against: different countries */
};

struct names_pair {
    uint32_t a, b; /* record numbers in order of adding, a < b; in names_find only a */
    float score;
    uint32_t reasons;
};

struct names_index;

enum err names_index_new(struct names_index **out, struct errinfo *info) ERR_CHECK;
void names_index_free(struct names_index *index);

/* Copies what it needs. Record numbers count from 0. ERR_MEMORY, ERR_LIMIT (16 million records). */
enum err names_index_add(struct names_index *index, const struct names_record *record,
                         struct errinfo *info) ERR_CHECK;

/* Sorts the keys; O(total length). ERR_STOPPED leaves the index as it was. */
enum err names_index_build(struct names_index *index, const struct job *job,
                           struct errinfo *info) ERR_CHECK;

/* Calls `found` for each pair with b >= `from`, by b, then a; false from `found` ends it. */
typedef bool names_found(void *ctx, const struct names_pair *pair);
enum err names_all_pairs(const struct names_index *index, uint32_t from, const struct job *job,
                         names_found *found, void *ctx, struct errinfo *info) ERR_CHECK;

/* The best records for one that is not in the index, best first, at most `max`. */
enum err names_find(const struct names_index *index, const struct names_record *record,
                    struct names_pair *out, size_t max, size_t *count,
                    struct errinfo *info) ERR_CHECK;

/* Scores two records without an index: every word counts as rare. */
enum err names_compare(const struct names_record *a, const struct names_record *b,
                       struct names_pair *out, struct errinfo *info) ERR_CHECK;

/* A name folded by text_fold_plain without the legal forms and words like "group" at its end
 * ("acme s.p.a." and "acme group co., ltd." give "acme"); a part of it, and never nothing of a name
 * that has something else. O(len). */
struct str names_without_form(struct str folded);

/* Appends the reasons in words, English or Chinese, joined by "; ". */
void names_say_reasons(uint32_t reasons, bool chinese, struct buf *out);

#endif
