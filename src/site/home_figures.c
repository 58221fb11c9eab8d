/*
 * Key figures of the overview: see home_parts.h.
 *
 * Publications contradict each other. Which one leads is a rule (service/view.h) and not a choice,
 * and the others are one step away, never left out.
 */
#include "site/figure_parts.h"
#include "site/home_parts.h"
#include "site/parts.h"

/* The figures that say what size of expo this is, in this order. */
static const char *const key_figures[] = {"exhibitors_contracted",
                                          "exhibitors_with_partners",
                                          "foreign_share",
                                          "countries",
                                          "gross_area",
                                          "visits_total",
                                          "agreements",
                                          "debuts"};

static void write_others(struct page *page, const struct view_figure *leading) {
    struct buf *out = page->out;
    uint32_t others = 0;
    for (uint32_t i = 0; i < page->view->figures; i++)
        others += str_equal(page->view->figure[i].figure, leading->figure);
    if (--others == 0)
        return;
    buf_add_c(out, "<details><summary>");
    html_write(out, T(page, OTHER_PUBLICATIONS), others);
    buf_add_c(out, "</summary><ul>");
    for (uint32_t i = 0; i < page->view->figures; i++) {
        const struct view_figure *f = &page->view->figure[i];
        if (f == leading || !str_equal(f->figure, leading->figure))
            continue;
        buf_add_c(out, "<li><b>");
        figure_value(page, f);
        buf_add_c(out, "</b> ");
        figure_origin(page, f);
        buf_add_c(out, "</li>");
    }
    buf_add_c(out, "</ul></details>");
}

void home_figures_write(struct page *page) {
    struct buf *out = page->out;
    if (page->view->figures == 0)
        return;
    part_section(page, "figures", T(page, KEY_FIGURES));
    buf_add_c(out, "<dl class=\"figures\">\n");
    for (size_t i = 0; i < sizeof(key_figures) / sizeof(key_figures[0]); i++) {
        const struct view_figure *f =
            view_leading_figure(page->view, page->view->edition_index, str_of(key_figures[i]));
        if (f == NULL)
            continue;
        html_write(out,
                   "<div class=\"figure\"><dt><a href=\"%s/figures#%p\">%s</a></dt><dd><strong>",
                   page->base, f->figure, figure_name(page, f->figure));
        figure_value(page, f);
        buf_add_c(out, "</strong>");
        figure_origin(page, f);
        write_others(page, f);
        buf_add_c(out, "</dd></div>\n");
    }
    html_write(out, "</dl>\n<p class=\"note\">%z <a href=\"%s/figures\">%z</a></p>\n",
               T(page, KEY_FIGURES_NOTE), page->base, T(page, ALL_FIGURES));
}
