/*
 * `fairlead solve upstreamness FILE` and `fairlead solve trophic FILE`: the chain engine's measures
 * on a table of one's own, without a database.
 *
 * Both read CSV (any encoding and separator that the importer reads), find columns by their header,
 * and print tab-separated text with 12 decimals, names as they are but for tabs and line breaks,
 * which become blanks. Errors name file, line and column.
 */
#ifndef FAIRLEAD_CLI_SOLVE_CHAIN_H
#define FAIRLEAD_CLI_SOLVE_CHAIN_H

#include <stdio.h>

#include "base/err.h"

/*
 * Reads an input-output table: column `sector`, one column for each sector (uses by it), and
 * `exports`, `imports`, `inventory`, `output`; other columns are passed over. Prints "# F0 VALUE",
 * a header and a line a sector: sector, upstreamness, downstreamness, trophic_level, where the
 * trophic level is that of the positive uses.
 */
enum err solve_upstreamness(const char *path, FILE *out, struct errinfo *info) ERR_CHECK;

/*
 * Reads links: columns `supplier`, `customer`, and, when there, `weight` (else 1) and `graph` (else
 * one graph called "-"). Prints a header and a line a node: graph, node, trophic_level, F0; graphs
 * and nodes in the order of their first row.
 */
enum err solve_trophic(const char *path, FILE *out, struct errinfo *info) ERR_CHECK;

#endif
