/*
 * Key figures of the overview: see home_parts.h.
 *
 * Publications contradict each other. Which one leads is a rule (service/view.h) and not a choice,
 * and the others are one step away, never left out.
 */
#include "model/kinds.h"
#include "site/dates.h"
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

static struct str figure_name(struct page *page, struct str code) {
    struct str copy = arena_copy(page->arena, code);
    char *text = arena_new(page->arena, code.len + 1, 1);
    if (copy.ptr == NULL || text == NULL)
        return code;
    for (size_t i = 0; i < code.len; i++)
        text[i] = copy.ptr[i] == '_' || copy.ptr[i] == '-' ? ' ' : copy.ptr[i];
    if (text[0] >= 'a' && text[0] <= 'z')
        text[0] = (char)(text[0] - 'a' + 'A');
    return (struct str){text, code.len};
}

static const char *state_words(const struct page *page, struct str state) {
    switch (kind_of_code(&kind_figure_state, state)) {
    case FIGURE_ANNOUNCED:
        return T(page, STATE_ANNOUNCED);
    case FIGURE_CONFIRMED:
        return T(page, STATE_CONFIRMED);
    case FIGURE_CLOSING:
        return T(page, STATE_CLOSING);
    default:
        return T(page, UNKNOWN);
    }
}

static void write_value(struct page *page, const struct view_figure *figure) {
    struct buf *out = page->out;
    int64_t number;
    buf_add_c(out, part_qualifier(page, figure->qualifier));
    if (str_to_i64(figure->value, &number))
        html_write(out, "%n", number);
    else
        html_write(out, "%s", figure->value);
    if (str_equal_c(figure->unit, "%"))
        buf_add_c(out, page->lang == LANG_ZH ? "%" : " %");
    else if (str_equal_c(figure->unit, "m2"))
        buf_add_c(out, " m²");
    else if (str_equal_c(figure->unit, "CNY"))
        buf_add_c(out, " CNY");
}

/* "confirmed, 26 November 2024 · firms and institutions · en.ce.cn" */
static void write_origin(struct page *page, const struct view_figure *f) {
    html_write(page->out, "<small>%z%z", state_words(page, f->state), T(page, COMMA));
    dates_write(page, f->as_of, STR(""));
    if (f->definition_en.len + f->definition_zh.len > 0)
        html_write(page->out, " · %t", PICK(page, f, definition));
    if (f->source.len > 0) {
        buf_add_c(page->out, " · ");
        part_sources(page->out, f->source);
    }
    buf_add_c(page->out, "</small>");
}

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
        write_value(page, f);
        buf_add_c(out, "</b> ");
        write_origin(page, f);
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
        const struct view_figure *f = view_leading_figure(page->view, str_of(key_figures[i]));
        if (f == NULL)
            continue;
        html_write(out, "<div class=\"figure\"><dt>%s</dt><dd><strong>",
                   figure_name(page, f->figure));
        write_value(page, f);
        buf_add_c(out, "</strong>");
        write_origin(page, f);
        write_others(page, f);
        buf_add_c(out, "</dd></div>\n");
    }
    html_write(out, "</dl>\n<p class=\"note\">%z</p>\n", T(page, KEY_FIGURES_NOTE));
}
