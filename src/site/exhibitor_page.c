/* An exhibitor: who it is, what it offers and needs, who stands next to it, how sure this is. */
#include <inttypes.h>

#include "model/kinds.h"
#include "site/linked_data.h"
#include "site/pages.h"
#include "site/parts.h"
#include "site/stand.h"

enum { NEIGHBOURS_A_LIST = 12 };

/* ---- who it is ---- */

static void write_editions(struct page *page, uint32_t organisation) {
    const struct view *view = page->view;
    bool first = true;
    for (uint32_t i = 0; i < view->attendances; i++) {
        const struct view_attendance *a = &view->attendance[i];
        if (a->organisation != organisation || a->edition == view->edition_index)
            continue;
        html_write(page->out, first ? "<div><dt>%z</dt><dd>" : ", ", T(page, ALSO_AT));
        first = false;
        html_write(page->out, "<a href=\"/%z/%p/exhibitors/%n\">%s</a>", lang_code(page->lang),
                   view->edition[a->edition].code, view->organisation[organisation].id,
                   view->edition[a->edition].code);
    }
    buf_add_c(page->out, first ? "" : "</dd></div>\n");
}

static void write_fact(struct buf *out, const char *label, struct str text) {
    if (text.len > 0)
        html_write(out, "<div><dt>%z</dt><dd>%b</dd></div>\n", label, text);
}

static void write_identity(struct page *page, uint32_t organisation) {
    const struct view *view = page->view;
    const struct view_organisation *o = &view->organisation[organisation];
    struct buf *out = page->out;
    html_write(out, "<dl class=\"facts\">\n<div><dt>%z</dt><dd>", T(page, COUNTRY));
    part_place(page, o);
    html_write(out, "</dd></div>\n<div><dt>%z</dt><dd>%z</dd></div>\n", T(page, SIZE),
               part_kind(page, &kind_size, o->size));
    if (o->exhibitor != VIEW_NONE) {
        const struct view_exhibitor *e = &view->exhibitor[o->exhibitor];
        html_write(out, "<div><dt>%z</dt><dd>%z</dd></div>\n<div><dt>%z</dt><dd>", T(page, TYPE),
                   part_kind(page, &kind_exhibitor_type, e->type), T(page, AREA));
        if (e->area == VIEW_NONE)
            html_write(out, "<span class=\"unknown\">%z</span>", T(page, UNKNOWN));
        else if (view->area[e->area].chain != VIEW_NONE)
            part_chain(page, view->area[e->area].chain);
        else
            html_write(out, "%t", PICK(page, &view->area[e->area], name));
        buf_add_c(out, "</dd></div>\n");
        if (e->lead != VIEW_NONE) {
            html_write(out, "<div><dt>%z</dt><dd>", T(page, LEAD));
            part_exhibitor(page, e->lead);
            buf_add_c(out, "</dd></div>\n");
        }
    }
    for (uint32_t i = 0; i < o->names; i++)
        write_fact(out, i == 0 ? T(page, OTHER_NAMES) : "",
                   view->other_name[o->name_first + i].name);
    if (o->website.len > 0) {
        html_write(out, "<div><dt>%z</dt><dd>", T(page, WEBSITE));
        part_sources(out, o->website);
        buf_add_c(out, "</dd></div>\n");
    }
    write_fact(out, T(page, LEI), o->lei);
    write_fact(out, T(page, REGISTRATION), o->registration);
    write_editions(page, organisation);
    buf_add_c(out, "</dl>\n");
}

/* ---- offers and needs ---- */

static void write_chains_of(struct page *page, uint32_t node) {
    const struct chain_report *report = page->view->report;
    struct chain_positions places = chain_places_of(report, node);
    for (size_t i = 0; i < places.count; i++) {
        uint32_t chain = chain_of_place(report, places.at[i]);
        buf_add_c(page->out, i > 0 ? "; " : "");
        part_chain(page, chain);
        html_write(page->out, ", %z", part_stage(page, report->place[places.at[i]].stage));
    }
}

/* Offers or needs as a table: node, where it stands, how sure. */
static void write_claims(struct page *page, const char *id, const char *heading,
                         struct chain_row row, const char *nothing) {
    struct buf *out = page->out;
    part_section(page, id, heading);
    if (row.count == 0) {
        html_write(out, "<p>%z</p>\n", nothing);
        return;
    }
    html_write(
        out,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"%z\"><table>"
        "<thead><tr><th scope=\"col\">%z</th><th scope=\"col\">%z</th><th scope=\"col\">%z</th>"
        "</tr></thead><tbody>\n",
        id, T(page, NODE), T(page, NODE_CHAINS), T(page, OFFER_BASIS));
    for (size_t i = 0; i < row.count; i++) {
        buf_add_c(out, "<tr><th scope=\"row\">");
        part_node(page, row.at[i].of);
        part_beside(page, page->view->node[row.at[i].of].name_en,
                    page->view->node[row.at[i].of].name_zh);
        buf_add_c(out, "</th><td>");
        write_chains_of(page, row.at[i].of);
        html_write(out, "</td><td>%z", part_basis(page, (uint8_t)row.at[i].basis));
        if (row.at[i].open != 0)
            html_write(out, " <span class=\"mark none\">%z</span>", T(page, NEED_OPEN));
        buf_add_c(out, "</td></tr>\n");
    }
    buf_add_c(out, "</tbody></table></div>\n");
}

static void write_exhibits(struct page *page, const struct view_exhibitor *e) {
    if (e->exhibits == 0)
        return;
    part_section(page, "exhibits", T(page, EXHIBITS));
    buf_add_c(page->out, "<ul class=\"plain\">\n");
    for (uint32_t i = 0; i < e->exhibits; i++) {
        const struct view_exhibit *x = &page->view->exhibit[e->exhibit_first + i];
        buf_add_c(page->out, "<li>");
        part_names(page, x->name_en, x->name_zh);
        if (x->node != VIEW_NONE) {
            buf_add_c(page->out, " <small>");
            part_node(page, x->node);
            buf_add_c(page->out, "</small>");
        }
        if (x->debut.len > 0) {
            html_write(page->out, " <span class=\"mark new\">%z</span>",
                       part_kind(page, &kind_debut, x->debut));
        }
        buf_add_c(page->out, " <small>");
        part_sources(page->out, x->source);
        buf_add_c(page->out, "</small></li>\n");
    }
    buf_add_c(page->out, "</ul>\n");
}

/* ---- neighbours ---- */

static enum err write_neighbours(struct page *page, uint32_t exhibitor, uint32_t chain,
                                 enum chain_direction direction, struct errinfo *info) {
    struct buf *out = page->out;
    struct chain_neighbours found;
    enum err e =
        chain_find_neighbours(page->view->report, exhibitor, direction, chain, &found, info);
    if (e != ERR_OK)
        return e;
    html_write(out, "<div><h4>%z</h4>",
               direction == CHAIN_UP ? T(page, SUPPLIERS) : T(page, CUSTOMERS));
    if (found.count == 0)
        html_write(out, "<p class=\"unknown\">%z</p>", T(page, NO_NEIGHBOURS));
    buf_add_c(out, found.count > 0 ? "<ul class=\"plain\">" : "");
    for (size_t i = 0; i < found.count && i < NEIGHBOURS_A_LIST; i++) {
        const struct chain_neighbour *n = &found.at[i];
        buf_add_c(out, "<li>");
        part_exhibitor(page, n->exhibitor);
        buf_add_c(out, " <small>");
        if (n->used_in != CHAIN_NONE)
            html_write(out, T(page, FOR_NODE),
                       PICK(page, &page->view->node[n->supplied], name).text,
                       PICK(page, &page->view->node[n->used_in], name).text);
        else
            html_write(out, "%t", PICK(page, &page->view->node[n->supplied], name));
        html_write(out, " · %z</small></li>",
                   n->said > 0 ? T(page, SAID) : part_basis(page, n->basis));
    }
    buf_add_c(out, found.count > 0 ? "</ul>" : "");
    if (found.count > NEIGHBOURS_A_LIST) {
        buf_add_c(out, "<p class=\"note\">");
        html_write(out, T(page, AND_MORE), (uint32_t)(found.count - NEIGHBOURS_A_LIST));
        buf_add_c(out, "</p>");
    }
    buf_add_c(out, "</div>\n");
    chain_neighbours_release(&found);
    return ERR_OK;
}

/* Whether an exhibitor offers or needs, by its own word, a node of the chain. */
static bool stands_in(const struct chain_report *report, uint32_t exhibitor, uint32_t chain) {
    struct chain_row rows[] = {chain_row(&report->offers_by_exhibitor, exhibitor),
                               chain_row(&report->needs_by_exhibitor, exhibitor)};
    for (size_t r = 0; r < 2; r++)
        for (size_t i = 0; i < rows[r].count; i++) {
            if (r == 1 && rows[r].at[i].basis == CHAIN_INFERRED)
                continue;
            struct chain_positions places = chain_places_of(report, rows[r].at[i].of);
            for (size_t p = 0; p < places.count; p++)
                if (chain_of_place(report, places.at[p]) == chain)
                    return true;
        }
    return false;
}

static enum err write_all_neighbours(struct page *page, uint32_t exhibitor, struct errinfo *info) {
    bool first = true;
    for (uint32_t c = 0; c < page->view->chains; c++) {
        if (!stands_in(page->view->report, exhibitor, c))
            continue;
        if (first)
            part_section(page, "neighbours", T(page, NEIGHBOURS));
        first = false;
        buf_add_c(page->out, "<h3>");
        part_chain(page, c);
        buf_add_c(page->out, "</h3>\n<div class=\"two\">");
        enum err e = write_neighbours(page, exhibitor, c, CHAIN_UP, info);
        if (e == ERR_OK)
            e = write_neighbours(page, exhibitor, c, CHAIN_DOWN, info);
        if (e != ERR_OK)
            return e;
        buf_add_c(page->out, "</div>\n");
    }
    return ERR_OK;
}

/* ---- how sure ---- */

static void write_certainty(struct page *page, const struct view_exhibitor *e) {
    struct buf *out = page->out;
    part_section(page, "sure", T(page, HOW_SURE));
    html_write(out,
               "<dl class=\"facts\">\n<div><dt>%z</dt><dd>%z</dd></div>\n"
               "<div><dt>%z</dt><dd>%z</dd></div>\n<div><dt>%z</dt><dd>%z</dd></div>\n",
               T(page, ATTENDANCE), part_kind(page, &kind_attendance, e->attendance),
               T(page, FACT_OFFER), part_kind(page, &kind_offer_basis, e->basis), T(page, AREA),
               str_equal_c(e->area_basis, "reported")  ? T(page, REPORTED)
               : str_equal_c(e->area_basis, "reading") ? T(page, AREA_READING)
                                                       : T(page, UNKNOWN));
    write_fact(out, T(page, NOTE), e->note);
    if (e->source.len > 0) {
        html_write(out, "<div><dt>%z</dt><dd>", T(page, SOURCES));
        part_sources(out, e->source);
        buf_add_c(out, "</dd></div>\n");
    }
    buf_add_c(out, "</dl>\n");
}

static enum err write_exhibitor(struct page *page, uint32_t exhibitor, struct errinfo *info) {
    const struct view_exhibitor *e = &page->view->exhibitor[exhibitor];
    const struct chain_report *report = page->view->report;
    if (e->offers_text.len > 0 || e->offers_text_zh.len > 0) {
        part_section(page, "words", T(page, IN_OWN_WORDS));
        html_write(page->out, "<p>%t</p>\n",
                   lang_pick(page->lang, e->offers_text, e->offers_text_zh));
    }
    write_claims(page, "offers", T(page, OFFERS),
                 chain_row(&report->offers_by_exhibitor, exhibitor), T(page, NO_OFFERS));
    write_claims(page, "needs", T(page, NEEDS), chain_row(&report->needs_by_exhibitor, exhibitor),
                 T(page, NO_NEEDS));
    write_exhibits(page, e);
    enum err code = stand_write(page, exhibitor, info);
    if (code == ERR_OK)
        code = write_all_neighbours(page, exhibitor, info);
    if (code == ERR_OK)
        write_certainty(page, e);
    return code;
}

enum err page_exhibitor(struct page *page, struct errinfo *info) {
    const struct view *view = page->view;
    uint32_t organisation = part_organisation_of(page, page->request->params[2]);
    if (organisation == VIEW_NONE)
        return page_not_found(page, WORD_NO_EXHIBITOR, info);
    const struct view_organisation *o = &view->organisation[organisation];
    const struct crumb crumbs[] = {{STR("exhibitors"), str_of(T(page, EXHIBITORS))}};
    struct page_frame frame = {
        .description = page_text(page, T(page, EXHIBITOR_DESCRIPTION), PICK(page, o, name).text,
                                 PICK(page, view_this_edition(view), name).text),
        .thing = linked_data_organisation,
        .thing_of = o,
        .section = SECTION_EXHIBITORS,
        .crumbs = crumbs,
        .crumb_count = 1,
    };
    page_title(page, &frame, o->name_en, o->name_zh);
    page_begin(page, &frame);
    write_identity(page, organisation);
    enum err e = ERR_OK;
    if (o->exhibitor != VIEW_NONE) {
        e = write_exhibitor(page, o->exhibitor, info);
    } else {
        buf_add_c(page->out, "<p class=\"notice\">");
        html_write(page->out, T(page, NOT_HERE), PICK(page, o, name).text);
        buf_add_c(page->out, "</p>\n");
    }
    if (e == ERR_OK)
        page_end(page);
    return e;
}
