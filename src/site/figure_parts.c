/* Published figures on pages: see figure_parts.h. */
#include "site/figure_parts.h"

#include "model/figure_names.h"
#include "model/kinds.h"
#include "site/dates.h"
#include "site/parts.h"

struct str figure_name(struct page *page, struct str code) {
    const struct figure_name *known = figure_name_of(code);
    return known != NULL ? str_of(known->name[page->lang]) : code;
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

void figure_value(struct page *page, const struct view_figure *figure) {
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
void figure_origin(struct page *page, const struct view_figure *f) {
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
