/*
 * The work list of translations: texts of an edition that are known in one language only.
 *
 * The site shows the other language in their place and marks it; this list says what to write, most
 * seen first, and where: the sheet and the column that an import takes it from.
 *
 * What counts as seen is the number of pages of the edition that show the text, estimated from the
 * records that lead to them: a chain's name stands on its nodes' and exhibitors' pages, a node's
 * name on those of the exhibitors that offer or need it, an exhibit on one or two.
 *
 * Thread rule: pure; any thread.
 */
#ifndef FAIRLEAD_SERVICE_TRANSLATIONS_H
#define FAIRLEAD_SERVICE_TRANSLATIONS_H

#include "exchange/list.h"
#include "service/view.h"

/* One row a missing text: pages, sheet, record, field, missing language, the text there is, and the
 * page that lacks it. ERR_MEMORY. O(records + n log n). */
enum err translations_list(const struct view *view, struct list *list,
                           struct errinfo *info) ERR_CHECK;

#endif
