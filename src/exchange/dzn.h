/*
 * Files of meetings to be put into slots, for the timetable by itself (`fairlead solve meetings`).
 *
 * The form is MiniZinc data as the instances of the Business-to-Business Meeting Scheduling Problem
 * have it (Bofill et al., JAIR 74, 2022): `key = value;` with the keys nBusiness, nMeetings,
 * nTables, nTotalSlots, nMorningSlots, requested (rows a, b, session), meetingsxBusiness and
 * nMeetingsBusiness (both told again by `requested`), forbidden, fixed and precedences. In the file
 * everything counts from 1; here from 0. Blanks and line breaks are free, % begins a comment.
 *
 * Errors name the line, and the key where there is one.
 */
#ifndef FAIRLEAD_EXCHANGE_DZN_H
#define FAIRLEAD_EXCHANGE_DZN_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum { DZN_BYTES_MAX = 1 << 28, DZN_SLOTS_MAX = 1024, DZN_COUNT_MAX = 1 << 20 };

enum dzn_session { DZN_MORNING = 1, DZN_AFTERNOON, DZN_ANY };

struct dzn {
    uint32_t persons, meetings, tables, slots;
    uint32_t morning;    /* slots before the afternoon */
    uint32_t words;      /* of a row of slots as bits */
    uint32_t *member;    /* [2 * meetings] */
    uint8_t *session;    /* [meetings] enum dzn_session */
    uint64_t *forbidden; /* [persons * words] */
    uint32_t *fixed;     /* [meetings] slot + 1, or 0 */
    uint32_t orders;
    uint32_t *before, *after; /* [orders] meetings */
};

/* ERR_INPUT, ERR_LIMIT, ERR_IO, ERR_MEMORY. O(bytes). */
enum err dzn_read(const char *path, struct dzn *dzn, struct errinfo *info) ERR_CHECK;
/* The same from memory. */
enum err dzn_read_memory(struct str bytes, struct dzn *dzn, struct errinfo *info) ERR_CHECK;
void dzn_release(struct dzn *dzn);

#endif
