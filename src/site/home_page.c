/* The overview of an edition: what it is, its published figures, its areas as chains, what is new,
 * its guests and dates; and the overview of all chains. */
#include "model/kinds.h"
#include "site/dates.h"
#include "site/home_parts.h"
#include "site/linked_data.h"
#include "site/pages.h"
#include "site/parts.h"

enum { DOTS_A_ROW = 10, DOT = 7, DOT_STEP = 9, COLUMN_STEP = 104 };

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
    part_register(page);
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

/* ---- the page ---- */

/* When and where, in one line that is read first. */
static void write_when(struct page *page, const struct view_edition *edition) {
    struct buf *out = page->out;
    buf_add_c(out, "<p class=\"when\">");
    dates_write(page, edition->starts, edition->ends);
    if (edition->city_en.len + edition->city_zh.len > 0)
        html_write(out, " · %t", PICK(page, edition, city));
    if (edition->venue_en.len + edition->venue_zh.len > 0)
        html_write(out, "<span>%t</span>", PICK(page, edition, venue));
    buf_add_c(out, "</p>\n");
}

static void write_opening(struct page *page, const struct view_edition *edition) {
    struct buf *out = page->out;
    write_when(page, edition);
    html_write(out, "<p class=\"lead\">%z</p>\n", T(page, HOME_WHAT));
    if (edition->summary_en.len + edition->summary_zh.len > 0)
        html_write(out, "<p>%t</p>\n", PICK(page, edition, summary));
    if (edition->theme_en.len + edition->theme_zh.len > 0)
        html_write(out, "<p class=\"note\">%z%z%t</p>\n", T(page, THEME), T(page, COLON),
                   PICK(page, edition, theme));
    html_write(out,
               "<ul class=\"doors\"><li><a href=\"#areas\">%z</a></li>"
               "<li><a href=\"%s/exhibitors\">%z</a></li>"
               "<li><a href=\"%s/programme\">%z</a></li></ul>\n",
               T(page, DOOR_CHAINS), page->base, T(page, DOOR_EXHIBITORS), page->base,
               T(page, DOOR_PROGRAMME));
}

enum err page_home(struct page *page, struct errinfo *info) {
    const struct view_edition *edition = view_this_edition(page->view);
    struct page_frame frame = {
        .description = page_text(page, T(page, HOME_DESCRIPTION), PICK(page, edition, name).text,
                                 dates_text(page, edition->starts, edition->ends),
                                 PICK(page, edition, city).text),
        .thing = linked_data_edition,
        .thing_of = edition,
        .section = SECTION_HOME,
    };
    page_title(page, &frame, edition->name_en, edition->name_zh);
    page_begin(page, &frame);
    write_opening(page, edition);
    home_figures_write(page);
    write_areas(page);
    home_news_write(page);
    home_guests_write(page);
    home_programme_write(page);
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
