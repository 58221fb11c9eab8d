/*
 * Collation: the order in which people expect names, as bytes that memcmp compares.
 *
 * English: the Unicode order (accents and case decide last). Chinese: digits and signs, then Han by
 * how they are read where they stand (text/han.h: 长城 stands under chang, 厦门 under xia), tone
 * and character deciding last, then Latin and other letters as in English. Digits count as numbers
 * in both: "Hall 2" before "Hall 10". Source: Unicode Technical Standard 10 (Unicode Collation
 * Algorithm); CLDR 42 through ICU, whose own order by pinyin knows one reading a character and puts
 * 长城 under zhang and 重庆 under zhong.
 *
 * Thread rule: a collator is constant; any number of threads may use it. It is costly to open
 * (milliseconds): open one a language and keep it. A key costs about a microsecond a name.
 */
#ifndef FAIRLEAD_TEXT_COLLATE_H
#define FAIRLEAD_TEXT_COLLATE_H

#include "base/buf.h"

enum text_order { TEXT_ORDER_ENGLISH, TEXT_ORDER_CHINESE };

struct text_collator;

enum err text_collator_new(enum text_order order, struct text_collator **out,
                           struct errinfo *info) ERR_CHECK;
void text_collator_free(struct text_collator *c);

/*
 * Appends the sort key of `s`: keys of one collator compare like the texts, byte by byte, shorter
 * first (str_compare). A key has no zero byte. ERR_MEMORY, ERR_LIMIT.
 */
enum err text_sort_key(const struct text_collator *c, struct str s, struct buf *out,
                       struct errinfo *info) ERR_CHECK;

/*
 * Under which heading of an index a text stands, by its sort key: a letter 'A' to 'Z' (English: the
 * Latin letter it begins with; Chinese: the first letter of the pinyin of its first character),
 * TEXT_INDEX_BEFORE for digits and signs, which stand before, TEXT_INDEX_AFTER for other scripts,
 * which stand after: in English the Han, in Chinese the Latin ones. Texts in order have their
 * headings in order.
 */
enum { TEXT_INDEX_BEFORE = '#', TEXT_INDEX_AFTER = '~' };
char text_index_letter(const struct text_collator *c, struct str key);

#endif
