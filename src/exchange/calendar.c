/*
 * iCalendar: see calendar.h.
 *
 * libical makes properties, folds and escapes; it takes texts that end with a zero byte, so each
 * one passes through a buffer that is cleaned on the way.
 */
#include "exchange/calendar.h"

#include <libical/ical.h>

enum { TEXT_BYTES_MAX = 64 << 10 };

struct writing {
    struct buf text; /* the value being written */
    bool failed;
};

/* A text without the characters that no iCalendar text may hold (3.3.11), ending with a zero. */
static const char *clean(struct writing *w, struct str text) {
    buf_clear(&w->text);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '\n' || (c >= ' ' && c != 0x7F))
            buf_add_char(&w->text, text.ptr[i]);
        else if (c == '\t')
            buf_add_char(&w->text, ' ');
    }
    w->failed |= buf_error(&w->text, NULL) != ERR_OK;
    return w->text.ptr != NULL ? w->text.ptr : "";
}

static void add(struct writing *w, icalcomponent *to, icalproperty *property) {
    if (property != NULL)
        icalcomponent_add_property(to, property);
    else
        w->failed = true;
}

/* Adds a property of a text, or nothing for an empty one. */
static void add_text(struct writing *w, icalcomponent *to, icalproperty *(*make)(const char *),
                     struct str text) {
    if (text.len > 0)
        add(w, to, make(clean(w, text)));
}

static void add_extension(struct writing *w, icalcomponent *to, const char *name, struct str text) {
    if (text.len == 0)
        return;
    icalproperty *property = icalproperty_new_x(clean(w, text));
    if (property != NULL)
        icalproperty_set_x_name(property, name);
    add(w, to, property);
}

static icaltimezone *zone_of(struct str name) {
    char text[80];
    if (name.len == 0 || name.len >= sizeof(text))
        return NULL;
    snprintf(text, sizeof(text), "%.*s", STR_ARG(name));
    return icaltimezone_get_builtin_timezone(text);
}

bool calendar_has_zone(struct str name) {
    return zone_of(name) != NULL;
}

static int number_at(struct str text, size_t at, size_t len) {
    uint32_t value = 0;
    return at + len <= text.len && str_to_u32(str_sub(text, at, at + len), &value) ? (int)value : 0;
}

static struct icaltimetype moment(struct str day, struct str time, icaltimezone *zone) {
    struct icaltimetype t = icaltime_null_time();
    t.year = number_at(day, 0, 4);
    t.month = number_at(day, 5, 2);
    t.day = number_at(day, 8, 2);
    t.is_date = time.len == 0;
    if (time.len == 0)
        return t;
    t.hour = number_at(time, 0, 2);
    t.minute = number_at(time, 3, 2);
    t.zone = zone;
    return zone != NULL ? icaltime_convert_to_zone(t, icaltimezone_get_utc_timezone()) : t;
}

static struct icaltimetype stamp(int64_t ms) {
    return icaltime_from_timet_with_zone((time_t)(ms / 1000), 0, icaltimezone_get_utc_timezone());
}

static void add_time(struct writing *w, icalcomponent *event, const struct calendar_event *e) {
    icaltimezone *zone = zone_of(e->timezone);
    struct str last = e->ends.len > 0 ? e->ends : e->starts;
    add(w, event, icalproperty_new_dtstart(moment(e->starts, e->start_time, zone)));
    if (e->start_time.len == 0) {
        struct icaltimetype end = moment(last, STR(""), NULL);
        icaltime_adjust(&end, 1, 0, 0, 0);
        add(w, event, icalproperty_new_dtend(end));
    } else if (e->end_time.len > 0) {
        add(w, event, icalproperty_new_dtend(moment(last, e->end_time, zone)));
    }
}

static void add_status(struct writing *w, icalcomponent *event, enum calendar_status status) {
    static const enum icalproperty_status values[] = {[CALENDAR_TENTATIVE] = ICAL_STATUS_TENTATIVE,
                                                      [CALENDAR_CONFIRMED] = ICAL_STATUS_CONFIRMED,
                                                      [CALENDAR_CANCELLED] = ICAL_STATUS_CANCELLED};
    if (status != CALENDAR_NO_STATUS)
        add(w, event, icalproperty_new_status(values[status]));
}

static void add_event(struct writing *w, icalcomponent *calendar, const struct calendar_event *e) {
    icalcomponent *event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
    if (event == NULL) {
        w->failed = true;
        return;
    }
    icalcomponent_add_component(calendar, event);
    add_text(w, event, icalproperty_new_uid, e->uid);
    add(w, event, icalproperty_new_dtstamp(stamp(e->changed_ms)));
    add(w, event, icalproperty_new_lastmodified(stamp(e->changed_ms)));
    add(w, event, icalproperty_new_sequence((int)e->sequence));
    add_time(w, event, e);
    add_text(w, event, icalproperty_new_summary, e->title);
    add_text(w, event, icalproperty_new_description, e->description);
    add_text(w, event, icalproperty_new_location, e->place);
    add_text(w, event, icalproperty_new_url, e->url);
    /* A comma would make two categories of one. */
    if (str_find(e->category, STR(",")) == SIZE_MAX)
        add_text(w, event, icalproperty_new_categories, e->category);
    add_status(w, event, e->status);
}

static void add_head(struct writing *w, icalcomponent *calendar, const struct calendar_head *head) {
    add(w, calendar, icalproperty_new_version("2.0"));
    add(w, calendar, icalproperty_new_prodid("-//Fairlead//Programme//EN"));
    add(w, calendar, icalproperty_new_calscale("GREGORIAN"));
    if (head->name.len == 0)
        return;
    /* RFC 7986 and the older names for the same. */
    add_text(w, calendar, icalproperty_new_name, head->name);
    add_extension(w, calendar, "X-WR-CALNAME", head->name);
    add_extension(w, calendar, "X-WR-TIMEZONE", head->timezone);
    add_text(w, calendar, icalproperty_new_url, head->url);
    struct icaldurationtype hour = icaldurationtype_null_duration();
    hour.hours = 1;
    add(w, calendar, icalproperty_new_refreshinterval(hour));
    add_extension(w, calendar, "X-PUBLISHED-TTL", STR("PT1H"));
}

enum err calendar_write(const struct calendar_head *head, const struct calendar_event *events,
                        size_t count, struct buf *out, struct errinfo *info) {
    struct writing w = {.failed = false};
    icalcomponent *calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
    if (calendar == NULL)
        return err_memory(info);
    buf_init(&w.text, TEXT_BYTES_MAX);
    add_head(&w, calendar, head);
    for (size_t i = 0; i < count; i++)
        if (events[i].starts.len > 0)
            add_event(&w, calendar, &events[i]);
    char *text = icalcomponent_as_ical_string_r(calendar);
    if (text != NULL)
        buf_add_c(out, text);
    w.failed |= text == NULL;
    icalmemory_free_buffer(text);
    icalcomponent_free(calendar);
    buf_release(&w.text);
    return w.failed ? err_memory(info) : buf_error(out, info);
}
