/*
 * Clocks: time is asked here and passed on as a parameter; engines never ask.
 */
#ifndef FAIRLEAD_BASE_CLOCK_H
#define FAIRLEAD_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Nanoseconds of a clock that never jumps; for durations and deadlines. */
int64_t clock_monotonic_ns(void);

/* Nanoseconds of processor time that the calling thread has used. */
int64_t clock_thread_ns(void);

/* Milliseconds since 1970-01-01T00:00:00Z; for records. */
int64_t clock_wall_ms(void);

enum { CLOCK_TEXT_MAX = 32 };

/* "2024-11-26T09:30:00Z" (RFC 3339, UTC, whole seconds). */
void clock_format(int64_t wall_ms, char out[CLOCK_TEXT_MAX]);

/* Whether `s` is a real calendar date "YYYY-MM-DD" (ISO 8601, years 1000 to 9999). */
bool clock_is_date(struct str s);

#endif
