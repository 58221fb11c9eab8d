/* Joint stands: see stand.h. */
#include "site/stand.h"

#include "site/parts.h"

static void write_partners(struct page *page, const struct chain_stand *stand) {
    if (stand->partners == 0)
        return;
    buf_add_c(page->out, "<p>");
    html_write(page->out, T(page, STAND_LEAD), stand->partners);
    buf_add_char(page->out, ' ');
    html_write(page->out, T(page, STAND_LINKS), stand->links, stand->needs, stand->needs_met);
    buf_add_c(page->out, "</p>\n<ul class=\"chips\">");
    for (uint32_t i = 0; i < stand->partners; i++) {
        buf_add_c(page->out, "<li>");
        part_exhibitor(page, stand->partner[i]);
        buf_add_c(page->out, "</li>");
    }
    buf_add_c(page->out, "</ul>\n");
}

static void write_nodes(struct page *page, const struct chain_stand *stand) {
    struct buf *out = page->out;
    if (stand->partners == 0 || stand->nodes == 0)
        return;
    html_write(
        out,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"stand\"><table>"
        "<thead><tr><th scope=\"col\">%z</th><th scope=\"col\">%z</th><th scope=\"col\">%z</th>"
        "</tr></thead><tbody>\n",
        T(page, STAND_NODE), T(page, PROVIDED_BY), T(page, STAND_NEED));
    for (uint32_t i = 0; i < stand->nodes; i++) {
        const struct chain_stand_node *n = &stand->node[i];
        buf_add_c(out, "<tr><th scope=\"row\">");
        part_node(page, n->node);
        html_write(out, "</th><td>%z", n->by_leader ? T(page, STAND_LEADER) : "");
        if (n->partners > 0)
            html_write(out, "%z%u %z", n->by_leader ? ", " : "", n->partners,
                       T(page, STAND_PARTNERS));
        html_write(out, "</td><td>%z</td></tr>\n",
                   n->need > 0 ? part_basis(page, (uint8_t)(n->need - 1)) : "");
    }
    buf_add_c(out, "</tbody></table></div>\n");
}

enum err stand_write(struct page *page, uint32_t exhibitor, struct errinfo *info) {
    const struct view_exhibitor *e = &page->view->exhibitor[exhibitor];
    struct buf *out = page->out;
    struct chain_stand stand;
    bool is_reported = e->joint_participants > 0 || e->joint_source.len > 0;
    if (e->partners == 0 && !is_reported)
        return ERR_OK;
    enum err code = chain_find_stand(page->view->report, exhibitor, &stand, info);
    if (code != ERR_OK)
        return code;
    part_section(page, "stand", T(page, STAND));
    write_partners(page, &stand);
    if (is_reported) {
        buf_add_c(out, "<p class=\"note\">");
        if (e->joint_participants > 0)
            html_write(out, T(page, STAND_REPORTED), part_qualifier(page, e->joint_qualifier),
                       e->joint_participants);
        if (e->joint_note.len > 0)
            html_write(out, " %t ", part_remark(page, e->joint_note));
        part_sources(out, e->joint_source);
        buf_add_c(out, "</p>\n");
    }
    write_nodes(page, &stand);
    chain_stand_release(&stand);
    return ERR_OK;
}
