/*
 * Spellings: what two writings of one word have in common.
 *
 * A spelling key is the folded text without accents, blanks and punctuation: "U.S." and "us",
 * "Côte d'Ivoire" and "cote divoire", "刚果（金）" and "刚果(金)" have the same key. Keys are for
 * words of a vocabulary (countries, areas, sizes, headers), not for names of firms, where a comma
 * matters.
 *
 * Thread rule: any thread.
 */
#ifndef FAIRLEAD_MODEL_SPELLING_H
#define FAIRLEAD_MODEL_SPELLING_H

#include "base/buf.h"

/* Bytes beyond which a text is no word of a vocabulary. */
enum { SPELLING_BYTES_MAX = 400 };

/* Appends the key of `text`; a longer text than SPELLING_BYTES_MAX has an empty key. O(len). */
enum err spelling_key(struct str text, struct buf *out, struct errinfo *info) ERR_CHECK;

/*
 * Whether a cell says that the value is not known: nothing, dashes, "n/a", "unknown", "无", "待定".
 * "NA" is not among them: it is the code of Namibia.
 */
bool spelling_is_blank(struct str text);

/*
 * Number of code points to insert, delete, replace or swap with their neighbour to turn `a` into
 * `b` (optimal string alignment), or `limit` + 1 when there are more. Texts over 64 code points are
 * `limit` + 1 apart unless equal. O(|a| |b|).
 */
uint32_t spelling_distance(struct str a, struct str b, uint32_t limit);

#endif
