/* An event of the programme: when and where, who hosts it, for which chain; and as a calendar file.
 */
#include "model/kinds.h"
#include "site/dates.h"
#include "site/linked_data.h"
#include "site/pages.h"
#include "site/parts.h"
#include "site/programme_parts.h"

enum { OTHERS_SHOWN = 6 };

static void write_when(struct page *page, const struct view_programme_entry *e) {
    struct str zone = view_this_edition(page->view)->timezone;
    html_write(page->out, "<p class=\"when\">");
    if (e->starts.len > 0)
        dates_write(page, e->starts, e->ends);
    else
        html_write(page->out, "%z", T(page, PROGRAMME_UNDATED));
    html_write(page->out, " <span>%s", event_hours(page, e));
    if (e->start_time.len > 0 && zone.len > 0)
        html_write(page->out, " (%s)", zone);
    buf_add_c(page->out, "</span>");
    if (e->place_en.len + e->place_zh.len > 0)
        html_write(page->out, "<span>%t</span>", PICK(page, e, place));
    buf_add_c(page->out, "</p>\n");
}

static void write_state(struct page *page, const struct view_programme_entry *e) {
    uint32_t state = kind_of_code(&kind_state, e->state);
    if (state == STATE_CANCELLED)
        html_write(page->out, "<p class=\"notice\"><strong>%z</strong></p>\n",
                   T(page, EVENT_CANCELLED));
    else if (state == STATE_TENTATIVE)
        html_write(page->out, "<p class=\"notice\">%z</p>\n", T(page, EVENT_TENTATIVE));
}

static void write_facts(struct page *page, const struct view_programme_entry *e) {
    struct buf *out = page->out;
    html_write(out, "<dl class=\"facts tight\">\n<div><dt>%z</dt><dd>%z</dd></div>\n",
               T(page, PROGRAMME_BY_KIND), part_kind(page, &kind_programme, e->kind));
    if (e->hosts > 0) {
        html_write(out, "<div><dt>%z</dt><dd>", T(page, EVENT_HOSTS));
        event_hosts(page, e);
        buf_add_c(out, "</dd></div>\n");
    }
    if (e->area_index != VIEW_NONE) {
        const struct view_area *area = &page->view->area[e->area_index];
        html_write(out, "<div><dt>%z</dt><dd>", T(page, AREA));
        if (area->chain != VIEW_NONE)
            part_chain(page, area->chain);
        else
            html_write(out, "%t", PICK(page, area, name));
        buf_add_c(out, "</dd></div>\n");
    }
    if (e->participants > 0)
        html_write(out, "<div><dt>%z</dt><dd>%n</dd></div>\n", T(page, EVENT_PARTICIPANTS),
                   e->participants);
    if (e->note.len > 0)
        html_write(out, "<div><dt>%z</dt><dd>%t</dd></div>\n", T(page, NOTE),
                   part_remark(page, e->note));
    buf_add_c(out, "</dl>\n");
}

static void write_take(struct page *page, const struct view_programme_entry *e) {
    if (e->starts.len > 0)
        html_write(page->out,
                   "<p class=\"take\"><a href=\"%s/programme/%p/event.ics\" "
                   "type=\"text/calendar\">%z</a></p>\n",
                   page->base, e->code, T(page, EVENT_SAVE));
    else
        html_write(page->out, "<p class=\"note\">%z</p>\n", T(page, EVENT_NO_CALENDAR));
}

/* Whether the two have a host in common. */
static bool share_host(const struct view *view, const struct view_programme_entry *a,
                       const struct view_programme_entry *b) {
    for (uint32_t h = 0; h < a->hosts; h++) {
        const struct view_host *host = &view->host[a->host_first + h];
        struct str name = host->name_en.len > 0 ? host->name_en : host->name_zh;
        if (name.len > 0 && event_has_host(view, b, name))
            return true;
    }
    return false;
}

/* Other events of the same chain, or of the same hosts. */
static void write_others(struct page *page, uint32_t entry, bool by_chain) {
    const struct view *view = page->view;
    const struct view_programme_entry *e = &view->programme[entry];
    uint32_t shown = 0;
    for (uint32_t i = 0; i < view->programmes && shown < OTHERS_SHOWN; i++) {
        const struct view_programme_entry *other = &view->programme[i];
        bool same_chain = e->area_index != VIEW_NONE && other->area_index == e->area_index;
        if (i == entry || (by_chain ? !same_chain : same_chain || !share_host(view, e, other)))
            continue;
        if (shown++ == 0) {
            part_section(page, by_chain ? "chain" : "hosts",
                         by_chain ? T(page, EVENT_OTHERS_CHAIN) : T(page, EVENT_OTHERS_HOST));
            buf_add_c(page->out, "<ol class=\"events\">\n");
        }
        event_write(page, other, true);
    }
    buf_add_c(page->out, shown > 0 ? "</ol>\n" : "");
}

/* The event for search engines; hours are local to the place. */
static void write_thing(struct page *page, struct json_out *json, const void *what) {
    const struct view_programme_entry *e = what;
    const struct view_edition *edition = view_this_edition(page->view);
    struct str last = e->ends.len > 0 ? e->ends : e->starts;
    json_open(json);
    linked_data_type(json, "Event");
    json_key_text(json, "name", PICK(page, e, title).text);
    linked_data_address(page, json, "url", page->here);
    if (e->starts.len > 0)
        json_key_text(json, "startDate",
                      e->start_time.len > 0 ? page_text(page, "%sT%s", e->starts, e->start_time)
                                            : e->starts);
    if (e->starts.len > 0 && (e->ends.len > 0 || e->end_time.len > 0))
        json_key_text(json, "endDate",
                      e->end_time.len > 0 ? page_text(page, "%sT%s", last, e->end_time) : last);
    json_key_text(json, "eventStatus",
                  kind_of_code(&kind_state, e->state) == STATE_CANCELLED
                      ? STR("https://schema.org/EventCancelled")
                      : STR("https://schema.org/EventScheduled"));
    if (e->summary_en.len + e->summary_zh.len > 0)
        json_key_text(json, "description", PICK(page, e, summary).text);
    json_key(json, "location");
    json_open(json);
    linked_data_type(json, "Place");
    json_key_text(json, "name",
                  e->place_en.len + e->place_zh.len > 0 ? PICK(page, e, place).text
                                                        : PICK(page, edition, venue).text);
    json_close(json);
    json_key(json, "organizer");
    json_open_list(json);
    for (uint32_t h = 0; h < e->hosts; h++) {
        json_open(json);
        linked_data_type(json, "Organization");
        json_key_text(json, "name", PICK(page, &page->view->host[e->host_first + h], name).text);
        json_close(json);
    }
    json_close_list(json);
    json_key(json, "superEvent");
    linked_data_edition(page, json, edition);
    json_close(json);
}

enum err page_event(struct page *page, struct errinfo *info) {
    const struct view *view = page->view;
    uint32_t entry = event_of_code(page, page->request->params[2]);
    if (entry == VIEW_NONE)
        return page_not_found(page, WORD_NO_EVENT, info);
    const struct view_programme_entry *e = &view->programme[entry];
    const struct crumb crumbs[] = {{STR("programme"), str_of(T(page, PROGRAMME_TITLE))}};
    struct page_frame frame = {
        .description =
            page_text(page, T(page, EVENT_DESCRIPTION), part_kind(page, &kind_programme, e->kind),
                      PICK(page, view_this_edition(view), name).text),
        .section = SECTION_PROGRAMME,
        .elsewhere = STR("programme"),
        .thing = write_thing,
        .thing_of = e,
        .crumbs = crumbs,
        .crumb_count = 1,
    };
    page_title(page, &frame, e->title_en, e->title_zh);
    page_begin(page, &frame);
    write_when(page, e);
    write_state(page, e);
    if (e->summary_en.len + e->summary_zh.len > 0)
        html_write(page->out, "<p class=\"lead\">%t</p>\n", PICK(page, e, summary));
    write_facts(page, e);
    write_take(page, e);
    if (e->source.len > 0) {
        html_write(page->out, "<p class=\"note\">%z%z", T(page, SOURCES), T(page, COLON));
        part_sources(page->out, e->source);
        buf_add_c(page->out, "</p>\n");
    }
    write_others(page, entry, true);
    write_others(page, entry, false);
    page_end(page);
    return ERR_OK;
}

enum err page_event_ics(struct page *page, struct errinfo *info) {
    uint32_t entry = event_of_code(page, page->request->params[2]);
    if (entry == VIEW_NONE || page->view->programme[entry].starts.len == 0)
        return page_not_found(page, WORD_NO_EVENT, info);
    return event_calendar(page, &entry, 1, STR(""), info);
}
