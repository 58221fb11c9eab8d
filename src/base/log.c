/* The log: see log.h. */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/clock.h"

void log_line(enum log_level level, const char *part, const char *format, ...) {
    static const char *const names[] = {"info", "warn", "error"};
    char when[CLOCK_TEXT_MAX], text[1024];
    clock_format(clock_wall_ms(), when);
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    for (char *c = text; *c != '\0'; c++)
        if (*c == '\n' || *c == '\r')
            *c = ' ';
    fprintf(stderr, "%s %s %s: %s\n", when, names[level], part, text);
}
