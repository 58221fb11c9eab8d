/*
 * The effect of an edit on the chains, told before it is saved: what a change of the catalogue, of
 * stages, scenarios or statements opens and closes.
 *
 * The edit is applied inside a batch that the caller takes back, the edition is loaded once more as
 * it would then be, and the two pictures are compared. Only what differs is told.
 *
 * Thread rule: as the store that is handed in; it is held for one load of the edition.
 */
#ifndef FAIRLEAD_SERVICE_EDIT_EFFECT_H
#define FAIRLEAD_SERVICE_EDIT_EFFECT_H

#include "base/json.h"
#include "service/edit.h"
#include "service/view.h"

enum { EDIT_EFFECT_ITEMS_MAX = 200 }; /* of each list; counts are of all */

/*
 * Writes one object: "chains" [{code, name_en, name_zh, before, after}], each half {nodes, offered,
 * exhibitors, gaps, no_exhibitor}; "gaps" [{chain, node, name_en, name_zh, kind, opened}] with
 * "gaps_opened" and "gaps_closed"; "moved" [{chain, node, name_en, name_zh, stage: [before,
 * after]}]; "scenarios" [{code, name_en, name_zh, before, after}], each half {parts, missing}; and
 * "findings" [{message, message_zh, new}] of the catalogue check: what is wrong now and was not,
 * such as a circle of essential links, and what is mended. Chains and nodes are matched by their
 * ids; what is there on one side only has null on the other. O(nodes + gaps).
 */
enum err edit_effect_json(const struct view *before, const struct view *after, struct json_out *j,
                          struct errinfo *info) ERR_CHECK;

/*
 * Applies a request inside the open batch of a store, as edit_apply does and with the same errors,
 * and writes its effect on an edition ("" = the current one). `before` is the edition as it is,
 * which pages keep loaded; NULL, or one of another edition or version, and it is loaded here. The
 * caller rolls back.
 */
enum err edit_preview(struct store *store, const struct access *access,
                      const struct edit_request *request, struct str edition,
                      const struct view *before, struct job *job, struct edit_outcome *outcome,
                      struct json_out *j, struct errinfo *info) ERR_CHECK;

#endif
