/* What is new, guests of honour and dates on the overview: see home_parts.h. */
#include "model/kinds.h"
#include "service/directory.h"
#include "site/dates.h"
#include "site/home_parts.h"
#include "site/parts.h"
#include "site/pavilion_parts.h"
#include "site/programme_parts.h"

enum { DEBUTS_SHOWN = 6, DATES_SHOWN = 6 };

/* ---- new areas ---- */

static void write_new_areas(struct page *page) {
    const struct view *view = page->view;
    bool first = true;
    for (uint32_t i = 0; i < view->areas; i++) {
        const struct view_area *area = &view->area[i];
        bool is_new = str_equal_c(area->novelty, "yes");
        if (!is_new && !str_equal_c(area->novelty, "renamed"))
            continue;
        html_write(page->out, first ? "<div><h3>%z</h3><ul class=\"steps\">\n" : "",
                   T(page, NEW_AREAS));
        first = false;
        buf_add_c(page->out, "<li>");
        if (area->chain != VIEW_NONE)
            part_chain(page, area->chain);
        else
            html_write(page->out, "%t", PICK(page, area, name));
        html_write(page->out, " <span class=\"mark new\">%z</span>",
                   is_new ? T(page, NEW) : T(page, RENAMED));
        if (area->note.len > 0)
            html_write(page->out, "<div class=\"note\">%t</div>", part_remark(page, area->note));
        buf_add_c(page->out, "</li>\n");
    }
    buf_add_c(page->out, first ? "" : "</ul></div>\n");
}

/* ---- debuts ---- */

static void write_debut(struct page *page, const struct view_exhibit *x) {
    html_write(page->out, "<li>%t <span class=\"mark new\">%z</span><div class=\"note\">",
               PICK(page, x, name), part_kind(page, &kind_debut, x->debut));
    if (x->exhibitor != VIEW_NONE)
        part_exhibitor(page, x->exhibitor);
    else if (x->pavilion != VIEW_NONE)
        pavilion_link(page, x->pavilion);
    buf_add_c(page->out, "</div></li>\n");
}

/* Those shown for the first time in the world first, then in China, then here. */
static void write_debuts(struct page *page) {
    const struct view *view = page->view;
    uint32_t all = 0, shown = 0;
    for (uint32_t i = 0; i < view->exhibits; i++)
        all += view->exhibit[i].debut.len > 0;
    if (all == 0)
        return;
    html_write(page->out, "<div><h3>%z <small>%u</small></h3><ul class=\"steps\">\n",
               T(page, DEBUTS), all);
    for (uint32_t kind = DEBUT_WORLD; kind <= DEBUT_EXPO; kind++)
        for (uint32_t i = 0; i < view->exhibits && shown < DEBUTS_SHOWN; i++)
            if (kind_of_code(&kind_debut, view->exhibit[i].debut) == kind) {
                write_debut(page, &view->exhibit[i]);
                shown++;
            }
    buf_add_c(page->out, "</ul>");
    html_write(page->out, "<p class=\"note\"><a href=\"%s/exhibits?debut=any\">", page->base);
    html_write(page->out, T(page, ALL_DEBUTS), all);
    buf_add_c(page->out, "</a></p>");
    buf_add_c(page->out, "</div>\n");
}

/* ---- first-time exhibitors ---- */

static void write_first_time(struct page *page) {
    const struct view *view = page->view;
    uint32_t count = 0;
    bool is_whole = true;
    for (uint32_t e = 0; e < view->exhibitors; e++)
        count += !directory_is_returning(view, view->exhibitor[e].organisation);
    for (uint32_t i = 0; i <= view->edition_index; i++)
        is_whole &= view->edition[i].register_complete;
    if (count == 0)
        return;
    html_write(page->out, "<div><h3>%z</h3><p class=\"count\"><a href=\"%s/exhibitors?seen=new\">",
               T(page, FIRST_TIME), page->base);
    html_write(page->out, T(page, FIRST_TIME_COUNT), count, view->exhibitors);
    html_write(page->out, "</a></p><p class=\"note\">%z</p></div>\n",
               is_whole ? T(page, FIRST_TIME_KNOWN) : T(page, FIRST_TIME_PARTIAL));
}

void home_news_write(struct page *page) {
    if (page->view->edition_index == 0)
        return; /* at the first edition everything is new */
    part_section(page, "new", T(page, WHAT_IS_NEW));
    buf_add_c(page->out, "<div class=\"three\">\n");
    write_new_areas(page);
    write_debuts(page);
    write_first_time(page);
    buf_add_c(page->out, "</div>\n");
}

/* ---- guests of honour and pavilions ---- */

static bool is_guest(const struct view_pavilion *p) {
    uint32_t kind = kind_of_code(&kind_pavilion, p->kind);
    return kind == PAVILION_GUEST_COUNTRY || kind == PAVILION_GUEST_PROVINCE;
}

static void write_guest(struct page *page, uint32_t pavilion) {
    const struct view_pavilion *p = &page->view->pavilion[pavilion];
    struct buf *out = page->out;
    html_write(out, "<li class=\"card guest\"><p class=\"note\">%z</p><h3>",
               part_kind(page, &kind_pavilion, p->kind));
    pavilion_link(page, pavilion);
    part_beside(page, p->name_en, p->name_zh);
    buf_add_c(out, "</h3>");
    if (p->theme_en.len + p->theme_zh.len > 0)
        html_write(out, "<p>%t</p>", PICK(page, p, theme));
    buf_add_c(out, "<p class=\"note\">");
    if (p->participants > 0) {
        html_write(out, T(page, REPORTED_IN_AREA), part_qualifier(page, p->qualifier),
                   p->participants);
        buf_add_c(out, " · ");
    }
    if (p->exhibits > 0) {
        html_write(out, T(page, EXHIBITS_HERE), p->exhibits);
        buf_add_c(out, " · ");
    }
    part_sources(out, p->source);
    buf_add_c(out, "</p></li>\n");
}

void home_guests_write(struct page *page) {
    const struct view *view = page->view;
    bool has_guest = false, first = true;
    if (view->pavilions == 0)
        return;
    for (uint32_t i = 0; i < view->pavilions; i++)
        has_guest |= is_guest(&view->pavilion[i]);
    part_section(page, "pavilions", has_guest ? T(page, GUESTS) : T(page, PAVILIONS));
    buf_add_c(page->out, has_guest ? "<ul class=\"cards\">\n" : "");
    for (uint32_t i = 0; i < view->pavilions; i++)
        if (is_guest(&view->pavilion[i]))
            write_guest(page, i);
    buf_add_c(page->out, has_guest ? "</ul>\n" : "");
    for (uint32_t i = 0; i < view->pavilions; i++) {
        const struct view_pavilion *p = &view->pavilion[i];
        if (is_guest(p))
            continue;
        if (first)
            html_write(page->out, "<p>%z%z", T(page, FURTHER_PAVILIONS), T(page, COLON));
        html_write(page->out, "%z", first ? "" : T(page, COMMA));
        pavilion_link(page, i);
        first = false;
    }
    buf_add_c(page->out, first ? "" : "</p>\n");
}

/* ---- dates ---- */

/* What is meant for everybody, within the days of the edition. */
static bool is_main_date(const struct page *page, const struct view_programme_entry *entry) {
    const struct view_edition *edition = view_this_edition(page->view);
    uint32_t kind = kind_of_code(&kind_programme, entry->kind);
    return str_compare(entry->starts, edition->starts) >= 0 &&
           str_compare(entry->starts, edition->ends) <= 0 && entry->starts.len > 0 &&
           kind_of_code(&kind_state, entry->state) != STATE_CANCELLED &&
           (kind == PROGRAMME_CEREMONY || kind == PROGRAMME_CONFERENCE || kind == PROGRAMME_FORUM ||
            kind == PROGRAMME_OPENING_HOURS || kind == PROGRAMME_MATCHMAKING);
}

void home_programme_write(struct page *page) {
    uint32_t shown = 0;
    for (uint32_t i = 0; i < page->view->programmes && shown < DATES_SHOWN; i++) {
        const struct view_programme_entry *entry = &page->view->programme[i];
        if (!is_main_date(page, entry))
            continue;
        if (shown++ == 0) {
            part_section(page, "programme", T(page, MAIN_DATES));
            buf_add_c(page->out, "<ul class=\"steps wide-steps\">\n");
        }
        buf_add_c(page->out, "<li>");
        event_link(page, entry);
        event_state(page, entry);
        buf_add_c(page->out, "<div class=\"note\">");
        dates_write(page, entry->starts, entry->ends);
        if (entry->start_time.len > 0)
            html_write(page->out, " %s", entry->start_time);
        else if (entry->time_of_day.len > 0)
            html_write(page->out, "%z%z", T(page, COMMA),
                       part_kind(page, &kind_time_of_day, entry->time_of_day));
        html_write(page->out, " · %z</div></li>\n", part_kind(page, &kind_programme, entry->kind));
    }
    buf_add_c(page->out, shown > 0 ? "</ul>\n" : "");
}
