/* All pavilions of an edition: guests of honour as large cards, then the others kind by kind. */
#include "model/kinds.h"
#include "site/pages.h"
#include "site/parts.h"
#include "site/pavilion_parts.h"

/* "12 exhibits · 3 members · 1 event", what there is of it. */
static void write_counts(struct page *page, const struct view_pavilion *p) {
    const struct {
        uint32_t count;
        const char *words;
    } counts[] = {{p->exhibits, T(page, PAVILION_EXHIBITS)},
                  {p->members, T(page, PAVILION_MEMBERS)},
                  {p->hostings, T(page, PAVILION_EVENTS)}};
    bool first = true;
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        if (counts[i].count == 0)
            continue;
        buf_add_c(page->out, first ? "<p class=\"note\">" : " · ");
        html_write(page->out, counts[i].words, counts[i].count);
        first = false;
    }
    buf_add_c(page->out, first ? "" : "</p>\n");
}

static void write_guest(struct page *page, uint32_t pavilion) {
    const struct view *view = page->view;
    const struct view_pavilion *p = &view->pavilion[pavilion];
    buf_add_c(page->out, "<li class=\"card guest\">");
    if (p->pictures > 0)
        pavilion_picture(page, &view->picture[p->picture_first], false);
    html_write(page->out, "<p>%z</p><h3>", part_kind(page, &kind_pavilion, p->kind));
    pavilion_link(page, pavilion);
    part_beside(page, p->name_en, p->name_zh);
    buf_add_c(page->out, "</h3>\n");
    if (p->theme_en.len + p->theme_zh.len > 0)
        html_write(page->out, "<p>%t</p>\n", PICK(page, p, theme));
    write_counts(page, p);
    buf_add_c(page->out, "</li>\n");
}

static void write_other(struct page *page, uint32_t pavilion) {
    const struct view_pavilion *p = &page->view->pavilion[pavilion];
    buf_add_c(page->out, "<li><strong>");
    pavilion_link(page, pavilion);
    part_beside(page, p->name_en, p->name_zh);
    buf_add_c(page->out, "</strong>");
    if (p->theme_en.len + p->theme_zh.len > 0)
        html_write(page->out, "<div>%t</div>", PICK(page, p, theme));
    write_counts(page, p);
    buf_add_c(page->out, "</li>\n");
}

static bool is_guest(const struct view_pavilion *p) {
    uint32_t kind = kind_of_code(&kind_pavilion, p->kind);
    return kind == PAVILION_GUEST_COUNTRY || kind == PAVILION_GUEST_PROVINCE;
}

/* They come first in the view. */
static void write_guests(struct page *page) {
    const struct view *view = page->view;
    if (view->pavilions == 0 || !is_guest(&view->pavilion[0]))
        return;
    html_write(page->out, "<h2 id=\"guests\">%z</h2>\n<ul class=\"cards\">\n", T(page, GUESTS));
    for (uint32_t i = 0; i < view->pavilions && is_guest(&view->pavilion[i]); i++)
        write_guest(page, i);
    buf_add_c(page->out, "</ul>\n");
}

/* The others of one kind under a heading; nothing where there are none. */
static void write_kind(struct page *page, uint32_t kind) {
    const struct view *view = page->view;
    bool first = true;
    for (uint32_t i = 0; i < view->pavilions; i++) {
        const struct view_pavilion *p = &view->pavilion[i];
        if (is_guest(p) || kind_of_code(&kind_pavilion, p->kind) != kind)
            continue;
        if (first)
            html_write(page->out, "<h2 id=\"kind-%u\">%z</h2>\n<ul class=\"steps wide-steps\">\n",
                       kind, part_kind(page, &kind_pavilion, p->kind));
        first = false;
        write_other(page, i);
    }
    buf_add_c(page->out, first ? "" : "</ul>\n");
}

enum err page_pavilions(struct page *page, struct errinfo *info) {
    const struct view *view = page->view;
    const struct page_frame frame = {
        .title = page_word(page, WORD_PAVILIONS),
        .description = page_text(page, T(page, PAVILIONS_DESCRIPTION),
                                 PICK(page, view_this_edition(view), name).text),
        .section = SECTION_PAVILIONS,
    };
    page_begin(page, &frame);
    buf_add_c(page->out, "<p class=\"lead\">");
    if (view->pavilions > 0)
        html_write(page->out, T(page, PAVILIONS_COUNT), view->pavilions);
    else
        html_write(page->out, "%z", T(page, PAVILIONS_NONE));
    buf_add_c(page->out, "</p>\n");
    write_guests(page);
    for (uint32_t kind = 1; kind < kind_pavilion.count; kind++)
        write_kind(page, kind);
    write_kind(page, PAVILION_UNKNOWN);
    page_end(page);
    return ERR_OK;
}
