/*
 * What is missing, chain by chain: nodes nobody offers with who could fill them, then the weak
 * spots of nodes that are offered. Where the register is not complete the page asks, it does not
 * claim.
 */
#include "site/pages.h"
#include "site/parts.h"

enum {
    GAPS_A_CHAIN = 12,
    WEAK_A_CHAIN = 8,
    CANDIDATES_A_GAP = 3,
};

static void write_candidate(struct page *page, const struct chain_candidate *c) {
    static const enum site_word words[CHAIN_REASONS] = {
        [CHAIN_REASON_OFFERED_EARLIER] = WORD_REASON_EARLIER,
        [CHAIN_REASON_LEADER_PARTNER] = WORD_REASON_PARTNER,
        [CHAIN_REASON_ALTERNATIVE] = WORD_REASON_ALTERNATIVE,
        [CHAIN_REASON_SAME_OUTPUT] = WORD_REASON_SAME_OUTPUT,
        [CHAIN_REASON_INPUT] = WORD_REASON_INPUT,
        [CHAIN_REASON_OUTPUT] = WORD_REASON_OUTPUT,
    };
    const struct view *view = page->view;
    struct str evidence = PICK(page, &view->node[c->evidence], name).text;
    if (c->reason == CHAIN_REASON_OFFERED_EARLIER)
        evidence = view->edition[c->edition].code;
    else if (c->reason == CHAIN_REASON_LEADER_PARTNER)
        evidence = PICK(page, view_organisation_of(view, c->lead), name).text;
    if (c->exhibitor != CHAIN_NONE)
        part_exhibitor(page, c->exhibitor);
    else
        part_organisation(page, c->organisation);
    buf_add_c(page->out, " <small>");
    html_write(page->out, site_word(page->lang, words[c->reason]), evidence);
    buf_add_c(page->out, "</small>");
}

static enum err write_candidates(struct page *page, const struct chain_gap *gap,
                                 struct errinfo *info) {
    struct chain_candidate found[CANDIDATES_A_GAP];
    size_t count;
    enum err e = chain_candidates(page->view->report, gap->node, (enum chain_gap_kind)gap->kind,
                                  found, CANDIDATES_A_GAP, &count, info);
    if (e != ERR_OK)
        return e;
    if (count == 0)
        html_write(page->out, "<span class=\"unknown\">%z</span>", T(page, COULD_NOBODY));
    for (size_t i = 0; i < count; i++) {
        buf_add_c(page->out, i > 0 ? "<br>" : "");
        write_candidate(page, &found[i]);
    }
    return ERR_OK;
}

static const char *stage_in(const struct page *page, uint32_t chain, uint32_t node) {
    const struct view *view = page->view;
    struct chain_positions places = chain_places_of(view->report, node);
    for (size_t i = 0; i < places.count; i++)
        if (chain_of_place(view->report, places.at[i]) == chain)
            return part_stage(page, view->report->place[places.at[i]].stage);
    return T(page, NO_STAGE);
}

static enum err write_gap(struct page *page, const struct chain_gap *gap, bool is_weak_spot,
                          struct errinfo *info) {
    struct buf *out = page->out;
    buf_add_c(out, "<tr><th scope=\"row\">");
    part_node(page, gap->node);
    part_beside(page, page->view->node[gap->node].name_en, page->view->node[gap->node].name_zh);
    html_write(out, "</th><td>%z</td><td>", stage_in(page, gap->chain, gap->node));
    if (is_weak_spot)
        html_write(out, "%z", part_gap(page, gap->kind));
    else if (gap->waiting > 0)
        html_write(out, T(page, WAITING_COUNT), gap->waiting);
    buf_add_c(out, "</td><td>");
    enum err e = write_candidates(page, gap, info);
    buf_add_c(out, "</td></tr>\n");
    return e;
}

/* The gaps of a chain that nobody fills, or the weak spots of nodes that somebody offers. */
static enum err write_list(struct page *page, const struct chain_summary *chain, struct str id,
                           bool is_weak_spot, uint32_t max, struct errinfo *info) {
    struct buf *out = page->out;
    uint32_t shown = 0;
    html_write(out,
               "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"%p\"><table "
               "class=\"gaps\"><thead><tr><th scope=\"col\">%z</th><th scope=\"col\">%z</th>"
               "<th scope=\"col\">%z</th><th scope=\"col\">%z</th></tr></thead><tbody>\n",
               id, T(page, NODE), T(page, STAGE),
               is_weak_spot ? T(page, WEAK_SPOT) : T(page, WAITING), T(page, COULD_FILL));
    for (size_t g = 0; g < chain->gaps && shown < max; g++) {
        const struct chain_gap *gap = &page->view->report->gap[chain->gap_first + g];
        if ((gap->kind != CHAIN_GAP_NO_EXHIBITOR) != is_weak_spot)
            continue;
        enum err e = write_gap(page, gap, is_weak_spot, info);
        if (e != ERR_OK)
            return e;
        shown++;
    }
    buf_add_c(out, "</tbody></table></div>\n");
    return ERR_OK;
}

static enum err write_chain(struct page *page, uint32_t c, struct errinfo *info) {
    const struct view_chain *chain = &page->view->chain[c];
    const struct chain_summary *summary = &page->view->report->chain[c];
    uint32_t missing = 0;
    for (size_t g = 0; g < summary->gaps; g++)
        missing += page->view->report->gap[summary->gap_first + g].kind == CHAIN_GAP_NO_EXHIBITOR;
    if (summary->gaps == 0)
        return ERR_OK;
    html_write(page->out, "<h2 id=\"%p\">", chain->code);
    part_chain(page, c);
    buf_add_c(page->out, "</h2>\n<p class=\"note\">");
    html_write(page->out, T(page, GAPS_SHOWN), missing < GAPS_A_CHAIN ? missing : GAPS_A_CHAIN,
               missing);
    buf_add_c(page->out, "</p>\n");
    enum err e = write_list(page, summary, chain->code, false, GAPS_A_CHAIN, info);
    if (e != ERR_OK || missing == summary->gaps)
        return e;
    html_write(page->out, "<details class=\"on-demand\"><summary>%z</summary>\n",
               T(page, WEAK_SPOTS));
    e = write_list(page, summary, chain->code, true, WEAK_A_CHAIN, info);
    buf_add_c(page->out, "</details>\n");
    return e;
}

enum err page_gaps(struct page *page, struct errinfo *info) {
    bool complete = view_this_edition(page->view)->register_complete;
    const struct page_frame frame = {
        .title = page_word(page, WORD_GAPS),
        .description = page_text(page, "%z%z%t", T(page, GAPS), T(page, COLON),
                                 PICK(page, view_this_edition(page->view), name)),
        .section = SECTION_GAPS,
    };
    page_begin(page, &frame);
    buf_add_c(page->out, "<p class=\"notice\">");
    html_write(page->out, complete ? T(page, GAPS_LEAD_COMPLETE) : T(page, GAPS_LEAD_PARTIAL),
               part_known(page));
    buf_add_c(page->out, "</p>\n<ul class=\"chips\">");
    for (uint32_t c = 0; c < page->view->chains; c++)
        html_write(page->out, "<li><a href=\"#%p\">%t</a></li>", page->view->chain[c].code,
                   PICK(page, &page->view->chain[c], name));
    buf_add_c(page->out, "</ul>\n");
    for (uint32_t c = 0; c < page->view->chains; c++) {
        enum err e = write_chain(page, c, info);
        if (e != ERR_OK)
            return e;
    }
    page_end(page);
    return ERR_OK;
}
