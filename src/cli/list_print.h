/* Lists on the screen, or in the form that --format asks for. */
#ifndef FAIRLEAD_CLI_LIST_PRINT_H
#define FAIRLEAD_CLI_LIST_PRINT_H

#include "exchange/list.h"

/*
 * Writes "table" (aligned; Chinese characters count as two places), "csv" or "json". ERR_MEMORY,
 * ERR_IO.
 */
enum err list_print(const struct list *list, const char *format, FILE *out,
                    struct errinfo *info) ERR_CHECK;

#endif
