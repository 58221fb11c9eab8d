/* Small events for the tests of timetables, and the best of all their plans by trying each. */
#ifndef FAIRLEAD_TESTS_ENGINE_MEET_EVENTS_H
#define FAIRLEAD_TESTS_ENGINE_MEET_EVENTS_H

#include "base/rng.h"
#include "engine/meet/meet.h"

enum { EVENT_SLOTS = 6, EVENT_PERSONS = 8, EVENT_MEETINGS = 8, EVENT_MEMBERS = 3 };

struct event {
    struct meet_input in;
    uint32_t day[EVENT_SLOTS], tables[EVENT_SLOTS];
    uint64_t absent[EVENT_PERSONS], barred[EVENT_MEETINGS];
    uint32_t member_offset[EVENT_MEETINGS + 1], member[EVENT_MEETINGS * EVENT_MEMBERS];
    uint32_t before[EVENT_MEETINGS], after[EVENT_MEETINGS];
};

/* An event with a little of everything; by luck two days, absences, orders, fairness. */
void event_make(struct event *event, uint64_t seed);

/* The same out of a stream of bytes, which say each choice; missing ones are 0. */
void event_spell(struct event *event, const uint8_t *bytes, size_t len);

struct event_best {
    bool exists;     /* a plan that places all */
    uint64_t breaks; /* of the best one */
    uint32_t placed; /* the most that any plan places */
};

/* Tries all plans. O((slots + 1) ^ meetings) with cuts. */
struct event_best event_try_all(const struct meet_input *in);

/* What is wrong with a plan by the rules of meet.h, told by a judge of its own; NULL = nothing. */
const char *event_wrong(const struct meet_input *in, const struct meet_plan *plan);

#endif
