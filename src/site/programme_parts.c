/* Parts of events: see programme_parts.h. */
#include "site/programme_parts.h"

#include "base/mem.h"
#include "exchange/calendar.h"
#include "model/kinds.h"
#include "site/dates.h"
#include "site/parts.h"
#include "site/pavilion_parts.h"

uint32_t event_of_code(const struct page *page, struct str code) {
    for (uint32_t i = 0; i < page->view->programmes; i++)
        if (str_equal(page->view->programme[i].code, code))
            return i;
    return VIEW_NONE;
}

void event_link(struct page *page, const struct view_programme_entry *entry) {
    html_write(page->out, "<a href=\"%s/programme/%p\">%t</a>", page->base, entry->code,
               PICK(page, entry, title));
}

struct str event_hours(struct page *page, const struct view_programme_entry *entry) {
    if (entry->start_time.len > 0 && entry->end_time.len > 0)
        return page_text(page, "%s–%s", entry->start_time, entry->end_time);
    if (entry->start_time.len > 0)
        return entry->start_time;
    if (entry->time_of_day.len > 0)
        return str_of(part_kind(page, &kind_time_of_day, entry->time_of_day));
    return str_of(T(page, PROGRAMME_NO_TIME));
}

void event_hosts(struct page *page, const struct view_programme_entry *entry) {
    for (uint32_t h = 0; h < entry->hosts; h++) {
        const struct view_host *host = &page->view->host[entry->host_first + h];
        buf_add_c(page->out, h > 0 ? T(page, COMMA) : "");
        if (host->pavilion != VIEW_NONE)
            pavilion_link(page, host->pavilion);
        else if (host->exhibitor != VIEW_NONE)
            part_exhibitor(page, host->exhibitor);
        else
            html_write(page->out, "%t", PICK(page, host, name));
    }
}

bool event_has_host(const struct view *view, const struct view_programme_entry *entry,
                    struct str name) {
    for (uint32_t h = 0; h < entry->hosts; h++) {
        const struct view_host *host = &view->host[entry->host_first + h];
        if (str_equal(host->name_en, name) || str_equal(host->name_zh, name))
            return true;
    }
    return false;
}

void event_state(struct page *page, const struct view_programme_entry *entry) {
    uint32_t state = kind_of_code(&kind_state, entry->state);
    if (state == STATE_CANCELLED || state == STATE_TENTATIVE)
        html_write(page->out, " <span class=\"mark none\">%z</span>",
                   part_kind(page, &kind_state, entry->state));
}

static void write_area(struct page *page, const struct view_programme_entry *entry) {
    if (entry->area_index == VIEW_NONE)
        return;
    const struct view_area *area = &page->view->area[entry->area_index];
    buf_add_c(page->out, " · ");
    if (area->chain != VIEW_NONE)
        part_chain(page, area->chain);
    else
        html_write(page->out, "%t", PICK(page, area, name));
}

void event_write(struct page *page, const struct view_programme_entry *entry, bool with_day) {
    struct buf *out = page->out;
    bool is_cancelled = kind_of_code(&kind_state, entry->state) == STATE_CANCELLED;
    html_write(out,
               is_cancelled ? "<li class=\"off\"><div class=\"hours\">%s</div><div>"
                            : "<li><div class=\"hours\">%s</div><div>",
               event_hours(page, entry));
    buf_add_c(out, "<strong>");
    event_link(page, entry);
    buf_add_c(out, "</strong>");
    event_state(page, entry);
    buf_add_c(out, "<div class=\"note\">");
    if (entry->starts.len > 0 && (with_day || entry->ends.len > 0)) {
        dates_write(page, entry->starts, entry->ends);
        buf_add_c(out, " · ");
    } else if (with_day && entry->starts.len == 0) {
        html_write(out, "%z · ", T(page, PROGRAMME_UNDATED));
    }
    html_write(out, "%z", part_kind(page, &kind_programme, entry->kind));
    if (entry->place_en.len + entry->place_zh.len > 0)
        html_write(out, " · %t", PICK(page, entry, place));
    write_area(page, entry);
    if (entry->hosts > 0) {
        buf_add_c(out, " · ");
        event_hosts(page, entry);
    }
    buf_add_c(out, "</div></div></li>\n");
}

/* Calendars ------------------------------------------------------------------------------------ */

/* The same for ever as long as the expo keeps its website: P029.2024@expo.example. */
static struct str uid_of(struct page *page, const struct view_programme_entry *entry) {
    struct str address = view_this_edition(page->view)->website, host = STR("fairlead");
    size_t at = str_find(address, STR("//"));
    struct str rest = at != SIZE_MAX ? str_sub(address, at + 2, address.len) : address;
    if (rest.len > 0 && !str_next(&rest, "/?#:", &host))
        host = STR("fairlead");
    return page_text(page, "%p.%p@%s", entry->code, view_this_edition(page->view)->code, host);
}

static struct str description_of(struct page *page, const struct view_programme_entry *entry) {
    struct buf text;
    buf_init(&text, PAGE_TEXT_MAX);
    html_write_plain(&text, "%t", PICK(page, entry, summary));
    for (uint32_t h = 0; h < entry->hosts; h++)
        html_write_plain(&text, "%z%t",
                         h > 0          ? T(page, COMMA)
                         : text.len > 0 ? "\n"
                                        : "",
                         PICK(page, &page->view->host[entry->host_first + h], name));
    struct str copy = arena_copy(page->arena, buf_str(&text));
    buf_release(&text);
    return copy.ptr != NULL ? copy : STR("");
}

static struct calendar_event event_of(struct page *page, const struct view_programme_entry *entry) {
    static const enum calendar_status states[] = {[STATE_UNKNOWN] = CALENDAR_NO_STATUS,
                                                  [STATE_TENTATIVE] = CALENDAR_TENTATIVE,
                                                  [STATE_CONFIRMED] = CALENDAR_CONFIRMED,
                                                  [STATE_CANCELLED] = CALENDAR_CANCELLED};
    const struct view_edition *edition = view_this_edition(page->view);
    struct str venue = PICK(page, edition, venue).text, place = PICK(page, entry, place).text;
    return (struct calendar_event){
        .uid = uid_of(page, entry),
        .starts = entry->starts,
        .ends = entry->ends,
        .start_time = entry->start_time,
        .end_time = entry->end_time,
        .timezone = edition->timezone,
        .title = PICK(page, entry, title).text,
        .description = description_of(page, entry),
        .place = place.len > 0 && venue.len > 0
                     ? page_text(page, "%s%z%s", place, T(page, COMMA), venue)
                     : place,
        .url = page->origin.len > 0
                   ? page_text(page, "%s%s/programme/%p", page->origin, page->base, entry->code)
                   : STR(""),
        .category = str_of(part_kind(page, &kind_programme, entry->kind)),
        .status = states[kind_of_code(&kind_state, entry->state)],
        .sequence = entry->revision,
        .changed_ms = entry->changed_ms,
    };
}

enum err event_calendar(struct page *page, const uint32_t *entries, size_t count, struct str name,
                        struct errinfo *info) {
    const struct calendar_head head = {
        .name = name,
        .url = name.len > 0 && page->origin.len > 0
                   ? page_text(page, "%s%s/programme", page->origin, page->base)
                   : STR(""),
        .timezone = view_this_edition(page->view)->timezone,
    };
    struct calendar_event *events = mem_new(count > 0 ? count : 1, sizeof(*events));
    if (events == NULL)
        return err_memory(info);
    for (size_t i = 0; i < count; i++)
        events[i] = event_of(page, &page->view->programme[entries[i]]);
    enum err e = calendar_write(&head, events, count, page->out, info);
    mem_free(events);
    return e;
}
