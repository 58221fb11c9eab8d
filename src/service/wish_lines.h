/*
 * Lists of wishes as people paste them: a name a line, with numbers or bullets before it and a
 * country or region behind it, out of a mail, a document or a sheet.
 *
 * Read as one line each: "1. Siemens AG", "(2) 宁德时代", "• BYD, China", "③ Bosch (Germany)",
 * "4<tab>Acme<tab>DE". Digits belong to the name unless a mark or a tab follows ("3M", "360").
 *
 * Thread rule: pure; any thread. Texts are parts of the list.
 */
#ifndef FAIRLEAD_SERVICE_WISH_LINES_H
#define FAIRLEAD_SERVICE_WISH_LINES_H

#include "base/str.h"

struct wish_line {
    struct str text; /* without what stands before the name; never empty */
    struct str name; /* the same without `tail` */
    struct str tail; /* what stands in brackets, behind the last separator, or in further columns
                        (between tabs), and may be where it is from; empty = nothing */
};

/* Takes the next line that says something from `rest`, which moves on; false at the end. O(len). */
bool wish_lines_next(struct str *rest, struct wish_line *out);

#endif
