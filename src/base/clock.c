/* Clocks: see clock.h. */
#include "base/clock.h"

#include <stdio.h>
#include <time.h>

static int64_t nanoseconds_of(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t clock_monotonic_ns(void) {
    return nanoseconds_of(CLOCK_MONOTONIC);
}

int64_t clock_thread_ns(void) {
    return nanoseconds_of(CLOCK_THREAD_CPUTIME_ID);
}

int64_t clock_wall_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void clock_format(int64_t wall_ms, char out[CLOCK_TEXT_MAX]) {
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    strftime(out, CLOCK_TEXT_MAX, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

bool clock_is_date(struct str s) {
    static const uint8_t month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint32_t year, month, day;
    if (s.len != 10 || s.ptr[4] != '-' || s.ptr[7] != '-' || s.ptr[5] == '+' || s.ptr[8] == '+')
        return false;
    if (!str_to_u32(str_sub(s, 0, 4), &year) || !str_to_u32(str_sub(s, 5, 7), &month) ||
        !str_to_u32(str_sub(s, 8, 10), &day))
        return false;
    if (year < 1000 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= (uint32_t)month_days[month - 1] + (month == 2 && leap ? 1 : 0);
}
