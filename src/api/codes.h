/*
 * Closed lists that only the API and the files of the open data write as codes: what the chain
 * engine finds, and what the schema's words mean. Those of the domain are in model/kinds.h.
 *
 * The values follow the enums of the engine, one higher, because 0 is "not known" in every kind.
 */
#ifndef FAIRLEAD_API_CODES_H
#define FAIRLEAD_API_CODES_H

#include "model/kinds.h"

extern const struct kind api_kind_gap_state;
extern const struct kind api_kind_reason;     /* enum chain_reason + 1 */
extern const struct kind api_kind_part_state; /* enum chain_part_state + 1 */
extern const struct kind api_kind_coverage;
extern const struct kind api_kind_seen; /* enum directory_seen */
extern const struct kind api_kind_sort; /* enum lang + 1 */
extern const struct kind api_kind_editions;
extern const struct kind api_kind_found; /* enum view_search_kind + 1 */
extern const struct kind api_kind_lang;  /* enum lang + 1 */

/* Values of api_kind_gap_state. */
enum { API_GAP_NOT_IN_REGISTER = 1, API_GAP_STATED };

/* Values of api_kind_coverage. */
enum { API_COVERED_BY_NOBODY = 1, API_COVERED_INFERRED, API_COVERED_BY_ONE, API_COVERED_BY_MANY };

/* All lists that the vocabulary holds, these and those of the model; ends with NULL. */
extern const struct kind *const api_kinds[];

#endif
