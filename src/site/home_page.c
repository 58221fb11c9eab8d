/* The overview of an edition: what it is, its published figures, its areas as chains. */
#include "model/kinds.h"
#include "site/linked_data.h"
#include "site/pages.h"
#include "site/parts.h"

enum { DOTS_A_ROW = 10, DOT = 7, DOT_STEP = 9, COLUMN_STEP = 104 };

/* ---- figures ---- */

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
        buf_add_c(out, " %");
    else if (str_equal_c(figure->unit, "m2"))
        buf_add_c(out, " m²");
    else if (str_equal_c(figure->unit, "CNY"))
        buf_add_c(out, " CNY");
}

/* All publications of one figure side by side. */
static void write_key_figure(struct page *page, const char *code) {
    struct buf *out = page->out;
    bool first = true;
    for (uint32_t i = 0; i < page->view->figures; i++) {
        const struct view_figure *f = &page->view->figure[i];
        if (!str_equal_c(f->figure, code))
            continue;
        if (first)
            html_write(out, "<div class=\"figure\"><dt>%s</dt>", figure_name(page, f->figure));
        first = false;
        buf_add_c(out, "<dd><strong>");
        write_value(page, f);
        html_write(out, "</strong> <small>%z, <time datetime=\"%s\">%s</time></small></dd>",
                   state_words(page, f->state), f->as_of, f->as_of);
    }
    buf_add_c(out, first ? "" : "</div>\n");
}

static void write_all_figures(struct page *page) {
    struct buf *out = page->out;
    buf_add_c(out, "<details><summary>");
    html_write(out, T(page, ALL_FIGURES), page->view->figures);
    html_write(out,
               "</summary>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
               "aria-label=\"%z\"><table><thead><tr><th scope=\"col\">%z</th>"
               "<th scope=\"col\" class=\"number\">%z</th><th scope=\"col\">%z</th>"
               "<th scope=\"col\">%z</th><th scope=\"col\">%z</th></tr></thead><tbody>\n",
               T(page, KEY_FIGURES), T(page, FIGURE), T(page, PUBLISHED), T(page, STATE),
               T(page, MEANS), T(page, SOURCES));
    for (uint32_t i = 0; i < page->view->figures; i++) {
        const struct view_figure *f = &page->view->figure[i];
        html_write(out, "<tr><th scope=\"row\">%s</th><td class=\"number\">",
                   figure_name(page, f->figure));
        write_value(page, f);
        html_write(out, "</td><td>%z, <time datetime=\"%s\">%s</time></td><td>%b</td><td>",
                   state_words(page, f->state), f->as_of, f->as_of, f->definition_en);
        part_sources(out, f->source);
        buf_add_c(out, "</td></tr>\n");
    }
    buf_add_c(out, "</tbody></table></div></details>\n");
}

static void write_figures(struct page *page) {
    if (page->view->figures == 0)
        return;
    part_section(page, "figures", T(page, KEY_FIGURES));
    html_write(page->out, "<p class=\"note\">%z</p>\n<dl class=\"figures\">\n",
               T(page, KEY_FIGURES_NOTE));
    for (size_t i = 0; i < sizeof(key_figures) / sizeof(key_figures[0]); i++)
        write_key_figure(page, key_figures[i]);
    buf_add_c(page->out, "</dl>\n");
    write_all_figures(page);
}

/* ---- chains ---- */

/* One square a node, by stage; filled = somebody in the register offers it. */
void page_chain_picture(struct page *page, uint32_t chain) {
    const struct chain_report *report = page->view->report;
    const struct chain_summary *summary = &report->chain[chain];
    uint32_t drawn[CHAIN_STAGES] = {0}, most = 1;
    for (uint32_t stage = 0; stage < CHAIN_STAGE_UNKNOWN; stage++)
        most = summary->nodes[stage] > most ? summary->nodes[stage] : most;
    uint32_t rows = (most + DOTS_A_ROW - 1) / DOTS_A_ROW;
    html_write(
        page->out,
        "<svg class=\"dots\" viewBox=\"0 0 %u %u\" aria-hidden=\"true\" focusable=\"false\">",
        3 * COLUMN_STEP - (COLUMN_STEP - DOTS_A_ROW * DOT_STEP), rows * DOT_STEP);
    for (uint32_t filled = 2; filled-- > 0;) {
        html_write(page->out, "<path class=\"%z\" d=\"", filled != 0 ? "on" : "off");
        for (uint32_t p = 0; p < summary->places; p++) {
            const struct chain_place *place = &report->place[summary->place_first + p];
            bool is_offered = chain_offers(&report->node[place->node]) > 0;
            if (place->stage >= CHAIN_STAGE_UNKNOWN || is_offered != (filled != 0))
                continue;
            uint32_t at = drawn[place->stage]++;
            html_write(page->out, "M%u %uh%uv%uh-%uz",
                       place->stage * COLUMN_STEP + at % DOTS_A_ROW * DOT_STEP + 1,
                       at / DOTS_A_ROW * DOT_STEP + 1, (uint32_t)DOT, (uint32_t)DOT, (uint32_t)DOT);
        }
        buf_add_c(page->out, "\"/>");
    }
    buf_add_c(page->out, "</svg>");
}

void page_chain_stages(struct page *page, uint32_t chain) {
    const struct chain_summary *summary = &page->view->report->chain[chain];
    buf_add_c(page->out, "<ul class=\"stages\">");
    for (uint8_t stage = 0; stage < (uint8_t)CHAIN_STAGE_UNKNOWN; stage++) {
        html_write(page->out, "<li><span>%z</span> ", part_stage(page, stage));
        html_write(page->out, T(page, NODES_COVERED), summary->offered[stage],
                   summary->nodes[stage]);
        buf_add_c(page->out, "</li>");
    }
    buf_add_c(page->out, "</ul>");
}

static void write_area(struct page *page, const struct view_area *area) {
    struct buf *out = page->out;
    bool has_chain = area->chain != VIEW_NONE;
    buf_add_c(out, "<li class=\"card\"><h3>");
    if (has_chain)
        html_write(out, "<a href=\"%s/chains/%p\">%t</a>", page->base,
                   page->view->chain[area->chain].code, PICK(page, area, name));
    else
        html_write(out, "%t", PICK(page, area, name));
    if (kind_of_code(&kind_area, area->kind) == AREA_SERVICES)
        html_write(out, " <span class=\"mark\">%z</span>", T(page, SERVICE_AREA));
    if (str_equal_c(area->novelty, "yes"))
        html_write(out, " <span class=\"mark new\">%z</span>", T(page, NEW));
    buf_add_c(out, "</h3>");
    if (has_chain) {
        page_chain_picture(page, area->chain);
        page_chain_stages(page, area->chain);
    }
    buf_add_c(out, "<p class=\"note\">");
    html_write(out, T(page, EXHIBITORS_HERE), area->exhibitors);
    if (area->exhibitors_reported > 0) {
        buf_add_c(out, " · ");
        html_write(out, T(page, REPORTED_IN_AREA), part_qualifier(page, area->qualifier),
                   area->exhibitors_reported);
    }
    if (area->size_m2 > 0)
        html_write(out, " · %n m²", area->size_m2);
    buf_add_c(out, "</p></li>\n");
}

static void write_areas(struct page *page) {
    part_section(page, "areas", T(page, AREAS));
    html_write(page->out, "<p class=\"note\">%z</p>\n<ul class=\"cards\">\n", T(page, AREAS_NOTE));
    for (uint32_t i = 0; i < page->view->areas; i++)
        if (kind_of_code(&kind_area, page->view->area[i].kind) != AREA_ZONE)
            write_area(page, &page->view->area[i]);
    buf_add_c(page->out, "</ul>\n");
    bool first = true;
    for (uint32_t i = 0; i < page->view->areas; i++) {
        const struct view_area *area = &page->view->area[i];
        if (kind_of_code(&kind_area, area->kind) != AREA_ZONE)
            continue;
        html_write(page->out, first ? "<h3>%z</h3><ul class=\"plain\">" : "", T(page, OTHER_ZONES));
        first = false;
        buf_add_c(page->out, "<li>");
        part_names(page, area->name_en, area->name_zh);
        buf_add_c(page->out, "</li>");
    }
    buf_add_c(page->out, first ? "" : "</ul>\n");
}

static void write_pavilions(struct page *page) {
    if (page->view->pavilions == 0)
        return;
    part_section(page, "pavilions", T(page, PAVILIONS));
    buf_add_c(page->out, "<ul class=\"plain columns\">\n");
    for (uint32_t i = 0; i < page->view->pavilions; i++) {
        const struct view_pavilion *p = &page->view->pavilion[i];
        struct str kind = figure_name(page, p->kind);
        buf_add_c(page->out, "<li>");
        part_names(page, p->name_en, p->name_zh);
        html_write(page->out, " <small>%s</small></li>\n", kind);
    }
    buf_add_c(page->out, "</ul>\n");
}

/* ---- the page ---- */

static void write_facts(struct page *page, const struct view_edition *edition) {
    struct buf *out = page->out;
    html_write(out,
               "<dl class=\"facts\"><div><dt>%z</dt><dd><time datetime=\"%s\">%s</time> – "
               "<time datetime=\"%s\">%s</time></dd></div>",
               T(page, DATES), edition->starts, edition->starts, edition->ends, edition->ends);
    html_write(out, "<div><dt>%z</dt><dd>%b, %b</dd></div>", T(page, VENUE), edition->city_en,
               edition->venue_en);
    if (edition->theme_en.len > 0)
        html_write(out, "<div><dt>%z</dt><dd>%b</dd></div>", T(page, THEME), edition->theme_en);
    buf_add_c(out, "</dl>\n");
}

enum err page_home(struct page *page, struct errinfo *info) {
    const struct view_edition *edition = view_this_edition(page->view);
    struct page_frame frame = {
        .description = page_text(page, T(page, HOME_DESCRIPTION), PICK(page, edition, name).text,
                                 edition->starts, edition->ends, edition->city_en),
        .thing = linked_data_edition,
        .thing_of = edition,
        .section = SECTION_HOME,
    };
    page_title(page, &frame, edition->name_en, edition->name_zh);
    page_begin(page, &frame);
    write_facts(page, edition);
    part_register(page);
    write_areas(page);
    write_figures(page);
    write_pavilions(page);
    page_end(page);
    return ERR_OK;
}

enum err page_chains(struct page *page, struct errinfo *info) {
    const struct page_frame frame = {
        .title = page_word(page, WORD_CHAINS),
        .description = str_of(T(page, AREAS_NOTE)),
        .section = SECTION_CHAINS,
    };
    page_begin(page, &frame);
    part_register(page);
    html_write(page->out, "<p class=\"note\">%z</p>\n<ul class=\"cards\">\n", T(page, AREAS_NOTE));
    for (uint32_t c = 0; c < page->view->chains; c++) {
        const struct view_chain *chain = &page->view->chain[c];
        buf_add_c(page->out, "<li class=\"card\"><h2>");
        part_chain(page, c);
        buf_add_c(page->out, "</h2>");
        page_chain_picture(page, c);
        page_chain_stages(page, c);
        html_write(page->out, "<p>%t</p></li>\n", PICK(page, chain, summary));
    }
    buf_add_c(page->out, "</ul>\n");
    page_end(page);
    return ERR_OK;
}
