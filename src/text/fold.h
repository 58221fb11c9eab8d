/*
 * Folding: two spellings of the same words become the same bytes, for search and comparison.
 *
 * What text_fold does, in this order: compatibility composition with full case folding (NFKC_CF:
 * "ＣＡＴＬ" and "catl", "ﬁ" and "fi", "ß" and "ss", invisible characters dropped), and every run
 * of blanks and control characters to one blank, none at the ends. The result is UTF-8 whatever
 * came in (bad bytes become U+FFFD) and folding it again changes nothing. text_fold_plain also
 * drops accents and the like ("Müller", "Łódź", "İstanbul" -> "muller", "lodz", "istanbul"); it is
 * for finding candidates, not for deciding that two names are equal. Source: Unicode Standard Annex
 * 15 (normalisation forms), The Unicode Standard 15.0, section 3.13, R5 (toNFKC_Casefold).
 *
 * Thread rule: any thread. Cost: O(len); ASCII and Han are folded without ICU.
 */
#ifndef FAIRLEAD_TEXT_FOLD_H
#define FAIRLEAD_TEXT_FOLD_H

#include "base/buf.h"

/*
 * Appends the folded form of `in`. ERR_MEMORY, ERR_LIMIT (the buffer's maximum, or text of more
 * than 100 million characters); a part may then stand in `out`, and buf_clear makes it usable
 * again.
 */
enum err text_fold(struct str in, struct buf *out, struct errinfo *info) ERR_CHECK;

/* The same without accents. */
enum err text_fold_plain(struct str in, struct buf *out, struct errinfo *info) ERR_CHECK;

#endif
