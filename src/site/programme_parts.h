/*
 * What pages show of events: links, when and where, hosts; and events as calendars take them.
 */
#ifndef FAIRLEAD_SITE_PROGRAMME_PARTS_H
#define FAIRLEAD_SITE_PROGRAMME_PARTS_H

#include "site/page.h"

/* The event of that code, or VIEW_NONE. */
uint32_t event_of_code(const struct page *page, struct str code);

/* A link to an event by its title. */
void event_link(struct page *page, const struct view_programme_entry *entry);

/* "09:30–11:00", "morning", or that there is no time yet; as plain text. */
struct str event_hours(struct page *page, const struct view_programme_entry *entry);

/* Hosts in the order of the invitation, as links to pavilions and exhibitors where they lead there.
 */
void event_hosts(struct page *page, const struct view_programme_entry *entry);

/* Whether one of the hosts bears that name, in either language. */
bool event_has_host(const struct view *view, const struct view_programme_entry *entry,
                    struct str name);

/* Marks of a tentative or cancelled event; nothing for others. */
void event_state(struct page *page, const struct view_programme_entry *entry);

/* An event in a list: hours, title, kind, place, chain, hosts. `with_day` says the day, too. */
void event_write(struct page *page, const struct view_programme_entry *entry, bool with_day);

/* Files beside the pages (RFC 5545). */
enum err event_calendar(struct page *page, const uint32_t *entries, size_t count, struct str name,
                        struct errinfo *info) ERR_CHECK;

#endif
