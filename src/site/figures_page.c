/*
 * The published figures of all editions, topic by topic: a row a figure, a column an edition, every
 * publication with what it counts and its source. The main ones also as small charts.
 */
#include <stdio.h>

#include "model/figure_names.h"
#include "site/figure_parts.h"
#include "site/pages.h"
#include "site/parts.h"

enum { CHART_WIDTH = 400, CHART_HEIGHT = 150, CHART_TOP = 22, CHART_BOTTOM = 20, BAR_SHARE = 55 };

static const char *const charted[] = {
    "exhibitors_contracted", "exhibitors_with_partners", "foreign_share", "countries", "gross_area",
    "visits_total"};

static const enum site_word topic_words[FIGURE_TOPICS] = {
    WORD_TOPIC_SIZE,   WORD_TOPIC_EXHIBITORS, WORD_TOPIC_WORLD, WORD_TOPIC_VISITORS,
    WORD_TOPIC_EVENTS, WORD_TOPIC_RESULTS,    WORD_TOPIC_OTHER};

static bool number_of(const struct view_figure *f, double *value) {
    return f != NULL && str_to_double(f->value, value);
}

/* ---- charts ---- */

/* Of all publications of one figure in one edition. */
struct spread {
    double leading, least, most;
    bool is_known;
};

static struct spread spread_of(const struct view *view, uint32_t edition, struct str code) {
    struct spread s = {0};
    s.is_known = number_of(view_leading_figure(view, edition, code), &s.leading);
    s.least = s.most = s.leading;
    for (uint32_t i = 0; s.is_known && i < view->every_figures; i++) {
        double value;
        const struct view_figure *f = &view->every_figure[i];
        if (f->edition != edition || !str_equal(f->figure, code) || !number_of(f, &value))
            continue;
        s.least = value < s.least ? value : s.least;
        s.most = value > s.most ? value : s.most;
    }
    return s;
}

static void write_bar(struct page *page, const struct view_figure *f, const struct spread *s,
                      double scale, double x, double width) {
    struct buf *out = page->out;
    double floor = CHART_HEIGHT - CHART_BOTTOM, middle = x + width / 2;
    buf_printf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", x,
               floor - s->leading * scale, width, s->leading * scale);
    if (s->most > s->least)
        buf_printf(out, "<path d=\"M%.1f %.1fV%.1fM%.1f %.1fh8M%.1f %.1fh8\"/>", middle,
                   floor - s->least * scale, floor - s->most * scale, middle - 4,
                   floor - s->least * scale, middle - 4, floor - s->most * scale);
    buf_printf(out, "<text x=\"%.1f\" y=\"%.1f\">", middle, floor - s->most * scale - 6);
    figure_value(page, f);
    buf_add_c(out, "</text>");
}

/* Nothing where fewer than two editions have a number: one bar compares with nothing. */
static void write_chart(struct page *page, struct str code) {
    const struct view *view = page->view;
    struct buf *out = page->out;
    double most = 0, step = (double)CHART_WIDTH / view->editions;
    uint32_t known = 0;
    for (uint32_t e = 0; e < view->editions; e++) {
        struct spread s = spread_of(view, e, code);
        known += s.is_known;
        most = s.is_known && s.most > most ? s.most : most;
    }
    if (known < 2 || most <= 0)
        return;
    double scale = (CHART_HEIGHT - CHART_TOP - CHART_BOTTOM) / most;
    html_write(out,
               "<li class=\"card chart\"><h3><a href=\"#%p\">%s</a></h3>"
               "<svg viewBox=\"0 0 %u %u\" aria-hidden=\"true\" focusable=\"false\">",
               code, figure_name(page, code), (uint32_t)CHART_WIDTH, (uint32_t)CHART_HEIGHT);
    for (uint32_t e = 0; e < view->editions; e++) {
        struct spread s = spread_of(view, e, code);
        double width = step * BAR_SHARE / 100, x = step * e + (step - width) / 2;
        if (s.is_known)
            write_bar(page, view_leading_figure(view, e, code), &s, scale, x, width);
        buf_printf(out, "<text class=\"axis\" x=\"%.1f\" y=\"%d\">", x + width / 2,
                   CHART_HEIGHT - 5);
        html_write(out, "%s</text>", view->edition[e].code);
    }
    buf_add_c(out, "</svg></li>\n");
}

static void write_charts(struct page *page) {
    part_section(page, "charts", T(page, FIGURES_CHARTS));
    buf_add_c(page->out, "<ul class=\"cards charts\">\n");
    for (size_t i = 0; i < sizeof(charted) / sizeof(charted[0]); i++)
        write_chart(page, str_of(charted[i]));
    html_write(page->out, "</ul>\n<p class=\"note\">%z</p>\n", T(page, FIGURES_CHART_NOTE));
}

/* ---- tables ---- */

static void write_publication(struct page *page, const struct view_figure *f) {
    buf_add_c(page->out, "<div class=\"publication\"><strong>");
    figure_value(page, f);
    buf_add_c(page->out, "</strong> ");
    figure_origin(page, f);
    buf_add_c(page->out, "</div>");
}

static void write_cell(struct page *page, uint32_t edition, struct str code) {
    const struct view *view = page->view;
    const struct view_figure *leading = view_leading_figure(view, edition, code);
    buf_add_c(page->out, "<td>");
    if (leading != NULL)
        write_publication(page, leading);
    else
        html_write(page->out, "<span class=\"unknown\" aria-label=\"%z\">–</span>",
                   T(page, FIGURES_UNPUBLISHED));
    for (uint32_t i = 0; i < view->every_figures; i++) {
        const struct view_figure *f = &view->every_figure[i];
        if (f != leading && f->edition == edition && str_equal(f->figure, code))
            write_publication(page, f);
    }
    buf_add_c(page->out, "</td>");
}

static void write_row(struct page *page, struct str code) {
    html_write(page->out, "<tr id=\"%p\" tabindex=\"-1\"><th scope=\"row\">%s</th>", code,
               figure_name(page, code));
    for (uint32_t e = 0; e < page->view->editions; e++)
        write_cell(page, e, code);
    buf_add_c(page->out, "</tr>\n");
}

static bool is_published(const struct view *view, struct str code) {
    for (uint32_t i = 0; i < view->every_figures; i++)
        if (str_equal(view->every_figure[i].figure, code))
            return true;
    return false;
}

/* Opens the topic's table before its first row. */
static void write_topic_row(struct page *page, enum figure_topic topic, struct str code,
                            bool *first) {
    if (*first) {
        char id[16];
        snprintf(id, sizeof(id), "topic-%u", (unsigned)topic);
        part_section(page, id, site_word(page->lang, topic_words[topic]));
        html_write(page->out,
                   "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"%z\">"
                   "<table class=\"publications\"><thead><tr><th scope=\"col\">%z</th>",
                   id, T(page, FIGURE));
        for (uint32_t e = 0; e < page->view->editions; e++)
            html_write(page->out, "<th scope=\"col\">%s</th>", page->view->edition[e].code);
        buf_add_c(page->out, "</tr></thead><tbody>\n");
    }
    *first = false;
    write_row(page, code);
}

/* Codes without a name, each once, in the order of their publication. */
static void write_unnamed(struct page *page, bool *first) {
    const struct view *view = page->view;
    for (uint32_t i = 0; i < view->every_figures; i++) {
        struct str code = view->every_figure[i].figure;
        bool is_repeated = figure_name_of(code) != NULL;
        for (uint32_t k = 0; k < i && !is_repeated; k++)
            is_repeated = str_equal(view->every_figure[k].figure, code);
        if (!is_repeated)
            write_topic_row(page, FIGURE_TOPIC_OTHER, code, first);
    }
}

static void write_topic(struct page *page, enum figure_topic topic) {
    size_t count;
    const struct figure_name *names = figure_names(&count);
    bool first = true;
    for (size_t i = 0; i < count; i++)
        if (names[i].topic == topic && is_published(page->view, str_of(names[i].code)))
            write_topic_row(page, topic, str_of(names[i].code), &first);
    if (topic == FIGURE_TOPIC_OTHER)
        write_unnamed(page, &first);
    buf_add_c(page->out, first ? "" : "</tbody></table></div>\n");
}

enum err page_figures(struct page *page, struct errinfo *info) {
    const struct page_frame frame = {.title = page_word(page, WORD_FIGURES),
                                     .description = str_of(T(page, FIGURES_DESCRIPTION)),
                                     .section = SECTION_FIGURES};
    page_begin(page, &frame);
    if (page->view->every_figures == 0) {
        html_write(page->out, "<p>%z</p>\n", T(page, FIGURES_NONE));
    } else {
        html_write(page->out, "<p class=\"lead\">%z</p>\n", T(page, FIGURES_LEAD));
        write_charts(page);
        for (enum figure_topic topic = 0; topic < FIGURE_TOPICS; topic++)
            write_topic(page, topic);
    }
    page_end(page);
    return ERR_OK;
}
