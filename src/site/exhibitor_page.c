/* An exhibitor: who it is, what it offers and needs, who stands next to it, how sure this is. */
#include <inttypes.h>

#include "model/kinds.h"
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
        html_write(page->out, first ? "<div><dt>%z</dt><dd>" : ", ", T(ALSO_AT));
        first = false;
        html_write(page->out, "<a href=\"/%p/exhibitors/%n\">%s</a>",
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
    html_write(out, "<dl class=\"facts\">\n<div><dt>%z</dt><dd>", T(COUNTRY));
    part_place(page, o);
    html_write(out, "</dd></div>\n<div><dt>%z</dt><dd>%z</dd></div>\n", T(SIZE),
               part_kind(&kind_size, o->size));
    if (o->exhibitor != VIEW_NONE) {
        const struct view_exhibitor *e = &view->exhibitor[o->exhibitor];
        html_write(out, "<div><dt>%z</dt><dd>%z</dd></div>\n<div><dt>%z</dt><dd>", T(TYPE),
                   part_kind(&kind_exhibitor_type, e->type), T(AREA));
        if (e->area == VIEW_NONE)
            html_write(out, "<span class=\"unknown\">%z</span>", T(UNKNOWN));
        else if (view->area[e->area].chain != VIEW_NONE)
            part_chain(page, view->area[e->area].chain);
        else
            html_write(out, "%b", view->area[e->area].name_en);
        buf_add_c(out, "</dd></div>\n");
        if (e->lead != VIEW_NONE) {
            html_write(out, "<div><dt>%z</dt><dd>", T(LEAD));
            part_exhibitor(page, e->lead);
            buf_add_c(out, "</dd></div>\n");
        }
    }
    for (uint32_t i = 0; i < o->names; i++)
        write_fact(out, i == 0 ? T(OTHER_NAMES) : "", view->other_name[o->name_first + i].name);
    if (o->website.len > 0) {
        html_write(out, "<div><dt>%z</dt><dd>", T(WEBSITE));
        part_sources(out, o->website);
        buf_add_c(out, "</dd></div>\n");
    }
    write_fact(out, T(LEI), o->lei);
    write_fact(out, T(REGISTRATION), o->registration);
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
        html_write(page->out, ", %z", part_stage(report->place[places.at[i]].stage));
    }
}

/* Offers or needs as a table: node, where it stands, how sure. */
static void write_claims(struct page *page, const char *id, const char *heading,
                         struct chain_row row, const char *nothing) {
    struct buf *out = page->out;
    part_section(out, id, heading);
    if (row.count == 0) {
        html_write(out, "<p>%z</p>\n", nothing);
        return;
    }
    html_write(
        out,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"%z\"><table>"
        "<thead><tr><th scope=\"col\">%z</th><th scope=\"col\">%z</th><th scope=\"col\">%z</th>"
        "</tr></thead><tbody>\n",
        id, T(NODE), T(NODE_CHAINS), T(OFFER_BASIS));
    for (size_t i = 0; i < row.count; i++) {
        buf_add_c(out, "<tr><th scope=\"row\">");
        part_node(page, row.at[i].of);
        html_write(out, " <span class=\"zh\" lang=\"zh\">%b</span></th><td>",
                   page->view->node[row.at[i].of].name_zh);
        write_chains_of(page, row.at[i].of);
        html_write(out, "</td><td>%z", part_basis((uint8_t)row.at[i].basis));
        if (row.at[i].open != 0)
            html_write(out, " <span class=\"mark none\">%z</span>", T(NEED_OPEN));
        buf_add_c(out, "</td></tr>\n");
    }
    buf_add_c(out, "</tbody></table></div>\n");
}

static void write_exhibits(struct page *page, const struct view_exhibitor *e) {
    if (e->exhibits == 0)
        return;
    part_section(page->out, "exhibits", T(EXHIBITS));
    buf_add_c(page->out, "<ul class=\"plain\">\n");
    for (uint32_t i = 0; i < e->exhibits; i++) {
        const struct view_exhibit *x = &page->view->exhibit[e->exhibit_first + i];
        buf_add_c(page->out, "<li>");
        part_names(page->out, x->name_en, x->name_zh);
        if (x->node != VIEW_NONE) {
            buf_add_c(page->out, " <small>");
            part_node(page, x->node);
            buf_add_c(page->out, "</small>");
        }
        if (x->debut.len > 0) {
            buf_add_c(page->out, " <span class=\"mark new\">");
            html_write(page->out, T(DEBUT), str_of(part_kind(&kind_debut, x->debut)));
            buf_add_c(page->out, "</span>");
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
    html_write(out, "<div><h4>%z</h4>", direction == CHAIN_UP ? T(SUPPLIERS) : T(CUSTOMERS));
    if (found.count == 0)
        html_write(out, "<p class=\"unknown\">%z</p>", T(NO_NEIGHBOURS));
    buf_add_c(out, found.count > 0 ? "<ul class=\"plain\">" : "");
    for (size_t i = 0; i < found.count && i < NEIGHBOURS_A_LIST; i++) {
        const struct chain_neighbour *n = &found.at[i];
        buf_add_c(out, "<li>");
        part_exhibitor(page, n->exhibitor);
        buf_add_c(out, " <small>");
        if (n->used_in != CHAIN_NONE)
            html_write(out, T(FOR_NODE), page->view->node[n->supplied].name_en,
                       page->view->node[n->used_in].name_en);
        else
            html_write(out, "%s", page->view->node[n->supplied].name_en);
        html_write(out, " · %z</small></li>", n->said > 0 ? T(SAID) : part_basis(n->basis));
    }
    buf_add_c(out, found.count > 0 ? "</ul>" : "");
    if (found.count > NEIGHBOURS_A_LIST) {
        buf_add_c(out, "<p class=\"note\">");
        html_write(out, T(AND_MORE), (uint32_t)(found.count - NEIGHBOURS_A_LIST));
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
            part_section(page->out, "neighbours", T(NEIGHBOURS));
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
    part_section(out, "sure", T(HOW_SURE));
    html_write(out,
               "<dl class=\"facts\">\n<div><dt>%z</dt><dd>%z</dd></div>\n"
               "<div><dt>%z</dt><dd>%z</dd></div>\n<div><dt>%z</dt><dd>%z</dd></div>\n",
               T(ATTENDANCE), part_kind(&kind_attendance, e->attendance), T(FACT_OFFER),
               part_kind(&kind_offer_basis, e->basis), T(FACT_AREA),
               str_equal_c(e->area_basis, "reported")  ? T(REPORTED)
               : str_equal_c(e->area_basis, "reading") ? T(AREA_READING)
                                                       : T(UNKNOWN));
    write_fact(out, T(NOTE), e->note);
    if (e->source.len > 0) {
        html_write(out, "<div><dt>%z</dt><dd>", T(SOURCES));
        part_sources(out, e->source);
        buf_add_c(out, "</dd></div>\n");
    }
    buf_add_c(out, "</dl>\n");
}

static enum err write_exhibitor(struct page *page, uint32_t exhibitor, struct errinfo *info) {
    const struct view_exhibitor *e = &page->view->exhibitor[exhibitor];
    const struct chain_report *report = page->view->report;
    if (e->offers_text.len > 0 || e->offers_text_zh.len > 0) {
        part_section(page->out, "words", T(IN_OWN_WORDS));
        if (e->offers_text.len > 0)
            html_write(page->out, "<p>%b</p>\n", e->offers_text);
        if (e->offers_text_zh.len > 0)
            html_write(page->out, "<p lang=\"zh\">%b</p>\n", e->offers_text_zh);
    }
    write_claims(page, "offers", T(OFFERS), chain_row(&report->offers_by_exhibitor, exhibitor),
                 T(NO_OFFERS));
    write_claims(page, "needs", T(NEEDS), chain_row(&report->needs_by_exhibitor, exhibitor),
                 T(NO_NEEDS));
    write_exhibits(page, e);
    enum err code = stand_write(page, exhibitor, info);
    if (code == ERR_OK)
        code = write_all_neighbours(page, exhibitor, info);
    if (code == ERR_OK)
        write_certainty(page, e);
    return code;
}

enum err page_exhibitor(struct page *page, struct errinfo *info) {
    int64_t id;
    const struct view *view = page->view;
    uint32_t organisation = MAP_NONE;
    if (str_to_i64(page->request->params[1], &id))
        organisation = u64_map_get(&view->organisation_by_id, (uint64_t)id);
    if (organisation == MAP_NONE)
        return err_set(info, ERR_NOT_FOUND, "there is no exhibitor of that number");
    const struct view_organisation *o = &view->organisation[organisation];
    const struct crumb crumbs[] = {{STR("exhibitors"), str_of(T(EXHIBITORS))}};
    const struct page_frame frame = {
        .title = view_name_en(o),
        .title_zh = o->name_en.len > 0 ? o->name_zh : STR(""),
        .description =
            arena_printf(page->arena,
                         "%.*s: what it offers and needs, and who stands next to it in "
                         "the chains of %.*s.",
                         STR_ARG(view_name_en(o)), STR_ARG(view_this_edition(view)->name_en)),
        .section = SECTION_EXHIBITORS,
        .crumbs = crumbs,
        .crumb_count = 1,
    };
    page_begin(page, &frame);
    write_identity(page, organisation);
    enum err e = ERR_OK;
    if (o->exhibitor != VIEW_NONE) {
        e = write_exhibitor(page, o->exhibitor, info);
    } else {
        buf_add_c(page->out, "<p class=\"notice\">");
        html_write(page->out, T(NOT_HERE), view_name_en(o));
        buf_add_c(page->out, "</p>\n");
    }
    if (e == ERR_OK)
        page_end(page);
    return e;
}
