/*
 * English word forms: inflection, British and American spelling, and word families.
 *
 * stem_word makes one form of what is the same word ("Fibres" and "fiber", "batteries" and
 * "battery", "sterilised" and "sterilized"); stem_root makes one form of a family ("packaging",
 * "packaged", "packager"). Neither result is a dictionary word; both are only compared with each
 * other. Idempotent on their own results for all words of the tests' list, not in general.
 *
 * Thread rule: any thread. Nothing allocates. Cost: O(len).
 */
#ifndef FAIRLEAD_ENGINE_CATALOGUE_STEM_H
#define FAIRLEAD_ENGINE_CATALOGUE_STEM_H

#include <stddef.h>

/* Rewrites a folded (lower-case) word in place; returns its new length, never larger. */
size_t stem_word(char *word, size_t len);

/* The same, from a stemmed word to its family. */
size_t stem_root(char *word, size_t len);

#endif
