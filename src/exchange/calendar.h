/*
 * iCalendar (RFC 5545): events as calendars take them, alone or as a feed.
 *
 * Times are given as local days and hours of an IANA time zone and go out in UTC; where the zone is
 * not known they stay local ("floating", 3.3.5). An event without hours lasts whole days
 * (VALUE=DATE); DTEND of whole days is the day after the last. DTSTAMP is the moment of the last
 * change, which 3.8.7.2 asks for in a calendar without METHOD; so equal data give equal bytes.
 * Folding and escaping are libical's; characters that no text may hold are left out.
 *
 * Thread rule: any thread.
 */
#ifndef FAIRLEAD_EXCHANGE_CALENDAR_H
#define FAIRLEAD_EXCHANGE_CALENDAR_H

#include "base/buf.h"

enum calendar_status {
    CALENDAR_NO_STATUS,
    CALENDAR_TENTATIVE,
    CALENDAR_CONFIRMED,
    CALENDAR_CANCELLED
};

struct calendar_event {
    struct str uid;                            /* the same for ever, in the world */
    struct str starts, ends;                   /* YYYY-MM-DD; empty `ends` = the same day */
    struct str start_time, end_time;           /* HH:MM; empty = whole days, end not known */
    struct str timezone;                       /* IANA name; empty = not known */
    struct str title, description, place, url; /* empty = none */
    struct str category;                       /* one, or empty */
    enum calendar_status status;
    uint32_t sequence;  /* revisions so far */
    int64_t changed_ms; /* of the last one, since 1970 UTC */
};

/* What a calendar says of itself. */
struct calendar_head {
    struct str name;     /* shown as the name of a subscribed feed; empty = a single event */
    struct str url;      /* where it comes from, or empty */
    struct str timezone; /* of the place, or empty */
};

/* Whether the system's table of time zones has one of that name. */
bool calendar_has_zone(struct str name);

/*
 * Appends a calendar of `count` events. Events without a first day are left out: a calendar has no
 * place for them. ERR_MEMORY, ERR_LIMIT. O(events).
 */
enum err calendar_write(const struct calendar_head *head, const struct calendar_event *events,
                        size_t count, struct buf *out, struct errinfo *info) ERR_CHECK;

#endif
