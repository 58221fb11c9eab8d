/*
 * Words for what the chain engine says: gaps, stages, reasons. English; the site's language files
 * take over where pages are drawn in other languages.
 */
#ifndef FAIRLEAD_SERVICE_WORDS_H
#define FAIRLEAD_SERVICE_WORDS_H

#include "base/buf.h"
#include "engine/chain/chain_ask.h"
#include "service/view.h"

/* "no exhibitor", "one source", ... */
const char *words_gap(enum chain_gap_kind kind);
/* "no-exhibitor", "one-source", ...: stable codes for files and the API */
const char *words_gap_code(enum chain_gap_kind kind);
/* "upstream", ... ; "unknown" */
const char *words_stage(enum chain_stage stage);
/* "core", "shared", "tool", "service" */
const char *words_role(enum chain_role role);
/* "essential", ... */
const char *words_link(enum chain_link_kind kind);
/* "inferred", ... */
const char *words_basis(enum chain_basis basis);

/*
 * How sure a gap is: "stated", or for a register that is not complete "not in the register (53 of
 * 620 exhibitors known)"; the published number with its "over" or "about", or only the known ones
 * where none was published.
 */
void words_certainty(const struct view *view, enum chain_gap_state state, struct buf *out);

/* Why a candidate could fill a gap, with the node, leader or edition that shows it. */
void words_candidate(const struct view *view, const struct chain_candidate *candidate,
                     struct buf *out);

/* The same in Chinese. */
void words_candidate_zh(const struct view *view, const struct chain_candidate *candidate,
                        struct buf *out);

/* The organisation a candidate is. */
const struct view_organisation *words_candidate_name(const struct view *view,
                                                     const struct chain_candidate *candidate);

#endif
