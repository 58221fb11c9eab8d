/* The exhibitors of an edition, by area, or those of one country or region. */
#include <stdlib.h>

#include "model/kinds.h"
#include "site/pages.h"
#include "site/parts.h"

enum { OFFERS_A_ROW = 4 };

static void write_offers(struct page *page, uint32_t exhibitor) {
    struct chain_row offers = chain_row(&page->view->report->offers_by_exhibitor, exhibitor);
    for (size_t i = 0; i < offers.count && i < OFFERS_A_ROW; i++) {
        buf_add_c(page->out, i > 0 ? ", " : "");
        part_node(page, offers.at[i].of);
    }
    if (offers.count > OFFERS_A_ROW) {
        buf_add_char(page->out, ' ');
        html_write(page->out, T(page, AND_MORE), (uint32_t)(offers.count - OFFERS_A_ROW));
    }
}

static void write_exhibitor(struct page *page, uint32_t exhibitor) {
    const struct view_exhibitor *e = &page->view->exhibitor[exhibitor];
    const struct view_organisation *o = &page->view->organisation[e->organisation];
    buf_add_c(page->out, "<tr><th scope=\"row\">");
    part_exhibitor(page, exhibitor);
    part_beside(page, o->name_en, o->name_zh);
    buf_add_c(page->out, "</th><td>");
    part_place(page, o);
    html_write(page->out, "</td><td>%z</td><td>", part_kind(page, &kind_exhibitor_type, e->type));
    write_offers(page, exhibitor);
    buf_add_c(page->out, "</td></tr>\n");
}

/* Which exhibitors a page lists. */
struct choice {
    uint32_t country; /* VIEW_NONE = all */
};

static bool is_chosen(const struct view *view, const struct choice *choice, uint32_t exhibitor) {
    return choice->country == VIEW_NONE ||
           view_organisation_of(view, exhibitor)->country == choice->country;
}

/* The exhibitors of an area (VIEW_NONE: of none) as a table; nothing when there are none. */
static void write_area(struct page *page, const struct choice *choice, uint32_t area) {
    const struct view *view = page->view;
    struct buf *out = page->out;
    uint32_t count = 0;
    for (uint32_t e = 0; e < view->exhibitors; e++)
        count += view->exhibitor[e].area == area && is_chosen(view, choice, e);
    if (count == 0)
        return;
    if (area != VIEW_NONE)
        html_write(out, "<h2 id=\"%p\">%t <small>%u</small></h2>\n", view->area[area].code,
                   PICK(page, &view->area[area], name), count);
    else
        html_write(out, "<h2 id=\"no-area\">%z <small>%u</small></h2>\n", T(page, NO_AREA), count);
    html_write(out,
               "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"%p\"><table "
               "class=\"directory\"><thead><tr><th scope=\"col\">%z</th><th scope=\"col\">%z</th>"
               "<th scope=\"col\">%z</th><th scope=\"col\">%z</th></tr></thead><tbody>\n",
               area != VIEW_NONE ? view->area[area].code : STR("no-area"), T(page, ORGANISATION),
               T(page, COUNTRY), T(page, TYPE), T(page, OFFERS));
    for (uint32_t e = 0; e < view->exhibitors; e++)
        if (view->exhibitor[e].area == area && is_chosen(view, choice, e))
            write_exhibitor(page, e);
    buf_add_c(out, "</tbody></table></div>\n");
}

struct country_count {
    uint32_t country, exhibitors;
};

static int more_exhibitors_first(const void *a, const void *b) {
    const struct country_count *x = a, *y = b;
    if (x->exhibitors != y->exhibitors)
        return x->exhibitors > y->exhibitors ? -1 : 1;
    return x->country < y->country ? -1 : x->country > y->country;
}

static enum err write_countries(struct page *page, struct errinfo *info) {
    const struct view *view = page->view;
    struct country_count *counts = arena_new(page->arena, view->countries + 1, sizeof(*counts));
    if (counts == NULL)
        return err_memory(info);
    for (uint32_t c = 0; c < view->countries; c++)
        counts[c].country = c;
    for (uint32_t e = 0; e < view->exhibitors; e++)
        if (view_organisation_of(view, e)->country != VIEW_NONE)
            counts[view_organisation_of(view, e)->country].exhibitors++;
    qsort(counts, view->countries, sizeof(*counts), more_exhibitors_first);
    html_write(page->out,
               "<nav aria-labelledby=\"countries\"><h2 id=\"countries\">%z</h2>"
               "<ul class=\"chips\">\n",
               T(page, BY_COUNTRY));
    for (uint32_t i = 0; i < view->countries && counts[i].exhibitors > 0; i++)
        html_write(page->out, "<li><a href=\"%s/exhibitors?country=%p\">%t</a> %u</li>\n",
                   page->base, view->country[counts[i].country].code,
                   PICK(page, &view->country[counts[i].country], name), counts[i].exhibitors);
    buf_add_c(page->out, "</ul></nav>\n");
    return ERR_OK;
}

static uint32_t country_of_code(const struct view *view, struct str code) {
    for (uint32_t c = 0; c < view->countries; c++)
        if (str_equal_nocase(view->country[c].code, code))
            return c;
    return VIEW_NONE;
}

enum err page_exhibitors(struct page *page, struct errinfo *info) {
    const struct view *view = page->view;
    struct str code = http_request_query(page->request, "country");
    const struct choice choice = {code.len > 0 ? country_of_code(view, code) : VIEW_NONE};
    bool is_filtered = choice.country != VIEW_NONE;
    if (code.len > 0 && !is_filtered)
        return page_not_found(page, WORD_NO_COUNTRY, info);
    const struct crumb crumbs[] = {{STR("exhibitors"), str_of(T(page, EXHIBITORS))}};
    struct page_frame frame = {
        .title = page_word(page, WORD_EXHIBITORS),
        .description = page_text(page, "%z%z%t", T(page, EXHIBITORS), T(page, COLON),
                                 PICK(page, view_this_edition(view), name)),
        .section = SECTION_EXHIBITORS,
        .crumbs = crumbs,
        .crumb_count = is_filtered,
    };
    if (is_filtered) {
        page_title(page, &frame, view->country[choice.country].name_en,
                   view->country[choice.country].name_zh);
    }
    page_begin(page, &frame);
    part_register(page);
    if (view->exhibitors == 0)
        html_write(page->out, "<p>%z</p>\n", T(page, NO_EXHIBITORS));
    for (uint32_t area = 0; area < view->areas; area++)
        write_area(page, &choice, area);
    write_area(page, &choice, VIEW_NONE);
    enum err e = write_countries(page, info);
    if (e == ERR_OK)
        page_end(page);
    return e;
}
