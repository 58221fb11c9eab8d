/*
 * Numbers as a person writes them.
 *
 * Inside exchange/ only. Thread rule: any thread.
 */
#ifndef FAIRLEAD_EXCHANGE_NUMBER_H
#define FAIRLEAD_EXCHANGE_NUMBER_H

#include <stddef.h>

enum { NUMBER_TEXT_MAX = 64 };

/* The shortest decimal form, of 15 digits at least considered, that reads back equal: 0.1, 1000,
 * 1.5e+25. Without exponent from 1e-7 to below 1e21. `value` is finite. Returns the length. */
size_t number_shortest(double value, char out[NUMBER_TEXT_MAX]);

#endif
