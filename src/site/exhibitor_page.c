/* An exhibitor: who it is, what it shows, its place in the chains, how sure this is. */
#include "model/kinds.h"
#include "site/dates.h"
#include "site/exhibitor_chain.h"
#include "site/linked_data.h"
#include "site/pages.h"
#include "site/parts.h"
#include "site/pavilion_parts.h"
#include "site/programme_parts.h"
#include "site/stand.h"

/* ---- who it is ---- */

/* Every edition it was at, this one among them. */
static void write_editions(struct page *page, uint32_t organisation) {
    const struct view *view = page->view;
    bool first = true;
    for (uint32_t i = 0; i < view->attendances; i++) {
        const struct view_attendance *a = &view->attendance[i];
        if (a->organisation != organisation)
            continue;
        html_write(page->out, first ? "<div><dt>%z</dt><dd>" : " · ", T(page, ALSO_AT));
        first = false;
        if (a->edition == view->edition_index)
            html_write(page->out, "<strong>%s</strong>", view->edition[a->edition].code);
        else
            html_write(page->out, "<a href=\"/%z/%p/exhibitors/%i\">%s</a>", lang_code(page->lang),
                       view->edition[a->edition].code, view->organisation[organisation].id,
                       view->edition[a->edition].code);
    }
    buf_add_c(page->out, first ? "" : "</dd></div>\n");
}

static void write_fact(struct buf *out, const char *label, struct str text) {
    if (text.len > 0)
        html_write(out, "<div><dt>%z</dt><dd>%b</dd></div>\n", label, text);
}

static void write_participation(struct page *page, const struct view_exhibitor *e) {
    const struct view *view = page->view;
    struct buf *out = page->out;
    html_write(out, "<div><dt>%z</dt><dd>%z</dd></div>\n<div><dt>%z</dt><dd>", T(page, TYPE),
               part_kind(page, &kind_exhibitor_type, e->type), T(page, AREA));
    if (e->area == VIEW_NONE)
        html_write(out, "<span class=\"unknown\">%z</span>", T(page, UNKNOWN));
    else if (view->area[e->area].chain != VIEW_NONE)
        part_chain(page, view->area[e->area].chain);
    else
        html_write(out, "%t", PICK(page, &view->area[e->area], name));
    buf_add_c(out, "</dd></div>\n");
    if (e->pavilion != VIEW_NONE) {
        html_write(out, "<div><dt>%z</dt><dd>", T(page, PAVILION));
        pavilion_link(page, e->pavilion);
        buf_add_c(out, "</dd></div>\n");
    }
    if (e->lead != VIEW_NONE) {
        html_write(out, "<div><dt>%z</dt><dd>", T(page, LEAD));
        part_exhibitor(page, e->lead);
        buf_add_c(out, "</dd></div>\n");
    }
}

static void write_identity(struct page *page, uint32_t organisation) {
    const struct view *view = page->view;
    const struct view_organisation *o = &view->organisation[organisation];
    struct buf *out = page->out;
    html_write(out, "<dl class=\"facts tight\">\n<div><dt>%z</dt><dd>", T(page, COUNTRY));
    part_place(page, o);
    html_write(out, "</dd></div>\n<div><dt>%z</dt><dd>%z</dd></div>\n", T(page, SIZE),
               part_kind(page, &kind_size, o->size));
    if (o->exhibitor != VIEW_NONE)
        write_participation(page, &view->exhibitor[o->exhibitor]);
    write_editions(page, organisation);
    if (o->website.len > 0) {
        html_write(out, "<div><dt>%z</dt><dd>", T(page, WEBSITE));
        part_sources(out, o->website);
        buf_add_c(out, "</dd></div>\n");
    }
    for (uint32_t i = 0; i < o->names; i++)
        html_write(out, i == 0 ? "<div><dt>%z</dt><dd>%b" : "%z%b",
                   i == 0 ? T(page, OTHER_NAMES) : T(page, COMMA),
                   view->other_name[o->name_first + i].name);
    buf_add_c(out, o->names > 0 ? "</dd></div>\n" : "");
    write_fact(out, T(page, LEI), o->lei);
    write_fact(out, T(page, REGISTRATION), o->registration);
    buf_add_c(out, "</dl>\n");
}

/* What to take away: the card, and the address where it is not the browser's. */
static void write_take_away(struct page *page) {
    html_write(page->out,
               "<p class=\"take\"><a href=\"%s/%s/card.vcf\" type=\"text/vcard\" download>%z</a>",
               page->base, page->here, T(page, CARD_SAVE));
    if (page->origin.len > 0)
        html_write(page->out, " <span>%z%z<code>%s%s/%s</code></span>", T(page, SHARE),
                   T(page, COLON), page->origin, page->base, page->here);
    buf_add_c(page->out, "</p>\n");
}

/* ---- what it shows ---- */

static void write_debut(struct page *page, const struct view_exhibit *x) {
    html_write(page->out, " <span class=\"mark new\">%z</span> <small>",
               part_kind(page, &kind_debut, x->debut));
    if (x->proof.len > 0) {
        html_write(page->out, "%z%z", T(page, PROOF), T(page, COLON));
        part_sources(page->out, x->proof);
    } else {
        html_write(page->out, "%z", T(page, NO_PROOF));
    }
    buf_add_c(page->out, "</small>");
}

static void write_exhibit(struct page *page, const struct view_exhibit *x) {
    struct buf *out = page->out;
    buf_add_c(out, "<li>");
    part_names(page, x->name_en, x->name_zh);
    if (x->debut.len > 0)
        write_debut(page, x);
    if (x->description_en.len + x->description_zh.len > 0)
        html_write(out, "<div>%t</div>", PICK(page, x, description));
    buf_add_c(out, "<div class=\"note\">");
    if (x->node != VIEW_NONE) {
        part_node(page, x->node);
        buf_add_c(out, " · ");
    }
    if (x->pavilion != VIEW_NONE) {
        html_write(out, "%z ", T(page, SHOWN_IN));
        pavilion_link(page, x->pavilion);
        buf_add_c(out, " · ");
    }
    part_sources(out, x->source);
    buf_add_c(out, "</div></li>\n");
}

static void write_exhibits(struct page *page, const struct view_exhibitor *e) {
    if (e->exhibits == 0)
        return;
    part_section(page, "exhibits", T(page, EXHIBITS));
    buf_add_c(page->out, "<ul class=\"steps wide-steps\">\n");
    for (uint32_t i = 0; i < e->exhibits; i++)
        write_exhibit(page, &page->view->exhibit[e->exhibit_first + i]);
    buf_add_c(page->out, "</ul>\n");
}

/* Entries of the programme that it hosts. */
static void write_programme(struct page *page, uint32_t exhibitor) {
    const struct view *view = page->view;
    bool first = true;
    for (uint32_t h = 0; h < view->hosts; h++) {
        const struct view_programme_entry *entry = &view->programme[view->host[h].entry];
        if (view->host[h].exhibitor != exhibitor)
            continue;
        if (first) {
            part_section(page, "programme", T(page, HOSTS_EVENTS));
            buf_add_c(page->out, "<ul class=\"steps wide-steps\">\n");
        }
        first = false;
        buf_add_c(page->out, "<li>");
        event_link(page, entry);
        event_state(page, entry);
        buf_add_c(page->out, "<div class=\"note\">");
        if (entry->starts.len > 0)
            dates_write(page, entry->starts, entry->ends);
        else
            html_write(page->out, "%z", T(page, NOT_DATED));
        if (entry->start_time.len > 0)
            html_write(page->out, " %s", entry->start_time);
        html_write(page->out, " · %z", part_kind(page, &kind_programme, entry->kind));
        if (entry->place_en.len + entry->place_zh.len > 0)
            html_write(page->out, " · %t", PICK(page, entry, place));
        buf_add_c(page->out, "</div></li>\n");
    }
    buf_add_c(page->out, first ? "" : "</ul>\n");
}

/* ---- how sure ---- */

static void write_certainty(struct page *page, const struct view_exhibitor *e) {
    struct buf *out = page->out;
    part_section(page, "sure", T(page, HOW_SURE));
    html_write(out,
               "<dl class=\"facts tight\">\n<div><dt>%z</dt><dd>%z</dd></div>\n"
               "<div><dt>%z</dt><dd>%z</dd></div>\n<div><dt>%z</dt><dd>%z</dd></div>\n",
               T(page, ATTENDANCE), part_kind(page, &kind_attendance, e->attendance),
               T(page, FACT_OFFER), part_kind(page, &kind_offer_basis, e->basis), T(page, AREA),
               str_equal_c(e->area_basis, "reported")  ? T(page, REPORTED)
               : str_equal_c(e->area_basis, "reading") ? T(page, AREA_READING)
                                                       : T(page, UNKNOWN));
    if (e->note.len > 0)
        html_write(out, "<div><dt>%z</dt><dd>%t</dd></div>\n", T(page, NOTE),
                   part_remark(page, e->note));
    buf_add_c(out, "</dl>\n");
    if (e->source.len > 0) {
        html_write(out, "<p class=\"note\">%z%z", T(page, SOURCES), T(page, COLON));
        part_sources(out, e->source);
        buf_add_c(out, "</p>\n");
    }
}

/* ---- the page ---- */

static enum err write_exhibitor(struct page *page, uint32_t exhibitor, struct errinfo *info) {
    const struct view_exhibitor *e = &page->view->exhibitor[exhibitor];
    enum err code = exhibitor_place_write(page, exhibitor, info);
    if (code != ERR_OK)
        return code;
    write_exhibits(page, e);
    write_programme(page, exhibitor);
    exhibitor_claims_write(page, exhibitor);
    code = stand_write(page, exhibitor, info);
    if (code != ERR_OK)
        return code;
    exhibitor_same_write(page, exhibitor);
    write_certainty(page, e);
    return ERR_OK;
}

static enum err write_body(struct page *page, uint32_t organisation, struct errinfo *info) {
    const struct view_organisation *o = &page->view->organisation[organisation];
    if (o->exhibitor != VIEW_NONE) {
        const struct view_exhibitor *e = &page->view->exhibitor[o->exhibitor];
        struct lang_text words = lang_pick(page->lang, e->offers_text, e->offers_text_zh);
        if (words.text.len > 0)
            html_write(page->out, "<p class=\"lead\">%t</p>\n", words);
    }
    write_identity(page, organisation);
    write_take_away(page);
    if (o->exhibitor != VIEW_NONE)
        return write_exhibitor(page, o->exhibitor, info);
    buf_add_c(page->out, "<p class=\"notice\">");
    html_write(page->out, T(page, NOT_HERE), PICK(page, o, name).text);
    buf_add_c(page->out, "</p>\n");
    return ERR_OK;
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
    enum err e = write_body(page, organisation, info);
    if (e == ERR_OK)
        page_end(page);
    return e;
}
