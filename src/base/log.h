/*
 * The log: one line an event on standard error, for the person who runs the program.
 *
 *     2024-11-26T09:30:00Z warn http: request refused: two Content-Length headers
 *
 * Written once, at the top of a layer, never in engines. Line breaks inside become blanks.
 * Thread rule: any thread; a line is written with one call.
 */
#ifndef FAIRLEAD_BASE_LOG_H
#define FAIRLEAD_BASE_LOG_H

enum log_level { LOG_INFO, LOG_WARN, LOG_ERROR };

/* Writes one line; `part` is the folder or program part that speaks. */
void log_line(enum log_level level, const char *part, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
