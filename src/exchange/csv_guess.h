/*
 * Which separator a CSV text uses, told from its first records.
 */
#ifndef FAIRLEAD_EXCHANGE_CSV_GUESS_H
#define FAIRLEAD_EXCHANGE_CSV_GUESS_H

#include "base/str.h"

/* The separators that are tried, the most usual first. */
#define CSV_SEPARATORS ",;\t|"

/*
 * The separator under which most of the first records of `sample` have the same number of cells
 * (two at least), separators inside quotes not counted. On a tie: the one that blanks follow less
 * often (a comma in prose is followed by a blank), then the one with more cells in the first
 * record, then the order of CSV_SEPARATORS. A comma when there is none at all. `whole` tells that
 * the sample is the whole text, so that its last record is complete. O(sample).
 */
char csv_guess_separator(struct str sample, bool whole);

#endif
