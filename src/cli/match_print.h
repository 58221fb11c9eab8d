/* What the command match shows: a round and its effects, one firm's list, why and why not. */
#ifndef FAIRLEAD_CLI_MATCH_PRINT_H
#define FAIRLEAD_CLI_MATCH_PRINT_H

#include <stdio.h>

#include "service/partner_keep.h"
#include "service/partner_why.h"

/* The head of a round: pairs, total and bound, floors. `seconds` is how long it took. */
void match_print_head(const struct partner_round *round, double seconds, FILE *out);

/* Suggestions by group, gaps closed and firms with too few. ERR_MEMORY. */
enum err match_print_effects(const struct partner_round *round, FILE *out,
                             struct errinfo *info) ERR_CHECK;

/* What it changes of another round; `words` names that. */
void match_print_comparison(const struct view *view, const struct partner_comparison *comparison,
                            const char *words, FILE *out);

/* The rounds of an edition. ERR_MEMORY. */
enum err match_print_rounds(const struct partner_round_row *rows, uint32_t count,
                            const char *format, FILE *out, struct errinfo *info) ERR_CHECK;

/* The list of a firm with the reasons. ERR_MEMORY. */
enum err match_print_list(const struct partner_round *round, uint32_t firm, enum lang lang,
                          FILE *out, struct errinfo *info) ERR_CHECK;

/* Why two are suggested to each other or not, their parts with weights, and the reasons. */
enum err match_print_why(const struct partner_round *round, uint32_t first, uint32_t second,
                         enum lang lang, FILE *out, struct errinfo *info) ERR_CHECK;

/* Weights and limits, under the names that set them. */
void match_print_settings(const struct partner_settings *settings, FILE *out);

#endif
