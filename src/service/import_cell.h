/*
 * Cleaning of single cells.
 *
 * Thread rule: any thread.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_CELL_H
#define FAIRLEAD_SERVICE_IMPORT_CELL_H

#include "base/buf.h"

/*
 * Text of one line: line breaks, tabs, runs of blanks and ideographic blanks become one blank, none
 * at the ends; full-width letters and digits become ordinary ones, and so does full-width
 * punctuation when there is no Han character beside it ("Ｃｏ．，　Ｌｔｄ"). Quotes are kept. The
 * result is `text` itself when it is clean already, else the content of `scratch`, which is cleared
 * first.
 */
enum err cell_clean(struct str text, struct buf *scratch, struct str *clean,
                    struct errinfo *info) ERR_CHECK;

/*
 * Text of several lines: every line break is a line feed, other control characters are left out,
 * lines without content at both ends too, and so are blanks at the ends of lines. For Markdown,
 * where blanks at the beginning of a line mean something. In `scratch`, as above.
 */
enum err cell_clean_lines(struct str text, struct buf *scratch, struct str *clean,
                          struct errinfo *info) ERR_CHECK;

/*
 * A whole number, as people and spreadsheets write it: "12", "１２", "1,200", "1 200", "12.0",
 * "-3". False for anything else.
 */
bool cell_integer(struct str text, int64_t *value);

/* Whether the text has a Han character. */
bool cell_has_han(struct str text);

/* Whether the cell shows nothing: blanks of any script only. */
bool cell_is_empty(struct str text);

#endif
