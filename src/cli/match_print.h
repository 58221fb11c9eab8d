/* What the command match shows: a round and its effects, one firm's list, why and why not. */
#ifndef FAIRLEAD_CLI_MATCH_PRINT_H
#define FAIRLEAD_CLI_MATCH_PRINT_H

#include <stdio.h>

#include "service/partner_count.h"

/* The head of a round: pairs, total and bound, floors. `seconds` is how long it took. */
void match_print_head(const struct partner_round *round, double seconds, FILE *out);

/* Suggestions by group, gaps closed and firms with too few. ERR_MEMORY. */
enum err match_print_effects(const struct partner_round *round, FILE *out,
                             struct errinfo *info) ERR_CHECK;

/* What it changes of another round; `words` names that. ERR_MEMORY. */
void match_print_comparison(const struct view *view, const struct partner_comparison *comparison,
                            const char *words, FILE *out);

/* The list of a firm with the reasons. ERR_MEMORY. */
enum err match_print_list(const struct partner_round *round, uint32_t firm, enum lang lang,
                          FILE *out, struct errinfo *info) ERR_CHECK;

#endif
