/* Scenarios: one end use across the chains, as a tree of parts with who provides each. */
#include "site/bill_map.h"
#include "site/pages.h"
#include "site/parts.h"

enum { PROVIDERS_A_PART = 8, DEPTH_MAX = 16 };

static enum err read_bill(struct page *page, const struct view_scenario *scenario,
                          struct chain_part **out, struct errinfo *info) {
    uint32_t *node = arena_new(page->arena, scenario->parts + 1, sizeof(*node));
    uint32_t *parent = arena_new(page->arena, scenario->parts + 1, sizeof(*parent));
    struct chain_part *part = arena_new(page->arena, scenario->parts + 1, sizeof(*part));
    if (node == NULL || parent == NULL || part == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < scenario->parts; i++) {
        const struct view_part *p = &page->view->part[scenario->part_first + i];
        node[i] = p->node;
        parent[i] = p->parent;
    }
    *out = part;
    return chain_read_bill(page->view->report, scenario->parts, node, parent, part, info);
}

static bool is_provided(const struct chain_part *part) {
    return part->state <= CHAIN_PART_ALTERNATIVE;
}

static uint32_t count_provided(const struct chain_part *part, uint32_t parts) {
    uint32_t provided = 0;
    for (uint32_t i = 0; i < parts; i++)
        provided += is_provided(&part[i]);
    return provided;
}

/* Who offers a part, and in which area it stands. */
static void write_providers(struct page *page, struct chain_row row) {
    for (size_t i = 0; i < row.count && i < PROVIDERS_A_PART; i++) {
        const struct view_exhibitor *e = &page->view->exhibitor[row.at[i].of];
        buf_add_c(page->out, i > 0 ? T(page, COMMA) : "");
        part_exhibitor(page, row.at[i].of);
        if (e->area != VIEW_NONE)
            html_write(page->out, " <small>%t</small>",
                       PICK(page, &page->view->area[e->area], name));
        if (row.at[i].basis == CHAIN_INFERRED)
            html_write(page->out, " <small>(%z)</small>", T(page, BASIS_INFERRED));
    }
    if (row.count > PROVIDERS_A_PART) {
        buf_add_char(page->out, ' ');
        html_write(page->out, T(page, AND_MORE), (uint32_t)(row.count - PROVIDERS_A_PART));
    }
}

static void write_part(struct page *page, const struct view_part *p,
                       const struct chain_part *part) {
    struct buf *out = page->out;
    html_write(out, "<div class=\"part %z\" id=\"part-%p\" tabindex=\"-1\"><strong>%t</strong> ",
               is_provided(part) ? "on" : "off", page->view->node[p->node].code,
               p->part_en.len + p->part_zh.len > 0 ? PICK(page, p, part)
                                                   : PICK(page, &page->view->node[p->node], name));
    buf_add_c(out, "<small>");
    part_node(page, p->node);
    buf_add_c(out, "</small> ");
    if (part->state == CHAIN_PART_NOT_IN_REGISTER)
        html_write(out, "<span class=\"mark none\">%z</span>", T(page, PART_NOT_IN_REGISTER));
    else if (part->state == CHAIN_PART_MISSING)
        html_write(out, "<span class=\"mark none\">%z</span>", T(page, PART_MISSING));
    else if (part->state == CHAIN_PART_ALTERNATIVE)
        html_write(out, T(page, PART_ALTERNATIVE),
                   PICK(page, &page->view->node[part->alternative], name).text);
    else
        write_providers(page, chain_row(&page->view->report->offers_by_node, p->node));
    buf_add_c(out, "</div>");
}

/* The parts within `parent`, and theirs; the engine has refused circles. */
static void write_parts(struct page *page, const struct view_scenario *scenario,
                        const struct chain_part *part, uint32_t parent, uint32_t depth) {
    bool first = true;
    for (uint32_t i = 0; i < scenario->parts && depth < DEPTH_MAX; i++) {
        const struct view_part *p = &page->view->part[scenario->part_first + i];
        if (p->parent != parent)
            continue;
        buf_add_c(page->out, first ? "<ul>\n<li>" : "<li>");
        first = false;
        write_part(page, p, &part[i]);
        write_parts(page, scenario, part, i, depth + 1);
        buf_add_c(page->out, "</li>\n");
    }
    buf_add_c(page->out, first ? "" : "</ul>\n");
}

enum err page_scenario(struct page *page, struct errinfo *info) {
    uint32_t s = str_map_get(&page->view->scenario_by_code, page->request->params[2]);
    struct chain_part *part;
    if (s == MAP_NONE)
        return page_not_found(page, WORD_NO_SCENARIO, info);
    const struct view_scenario *scenario = &page->view->scenario[s];
    const struct crumb crumbs[] = {{STR("scenarios"), str_of(T(page, SCENARIOS))}};
    struct page_frame frame = {.description = PICK(page, scenario, summary).text,
                               .section = SECTION_SCENARIOS,
                               .crumbs = crumbs,
                               .crumb_count = 1,
                               .with_script = true};
    enum err e = read_bill(page, scenario, &part, info);
    if (e != ERR_OK)
        return e;
    page_title(page, &frame, scenario->name_en, scenario->name_zh);
    page_begin(page, &frame);
    html_write(page->out, "<p class=\"lead\">%t</p>\n<p>", PICK(page, scenario, summary));
    html_write(page->out, T(page, PARTS_COVERED), count_provided(part, scenario->parts),
               scenario->parts);
    buf_add_c(page->out, "</p>\n");
    part_register(page);
    e = bill_map_write(page, s, part, info);
    if (e != ERR_OK)
        return e;
    part_section(page, "parts", T(page, BILL_LIST));
    buf_add_c(page->out, "<div class=\"tree\">");
    write_parts(page, scenario, part, VIEW_NONE, 0);
    buf_add_c(page->out, "</div>\n");
    page_end(page);
    return ERR_OK;
}

enum err page_scenarios(struct page *page, struct errinfo *info) {
    const struct page_frame frame = {.title = page_word(page, WORD_SCENARIOS),
                                     .description = str_of(T(page, SCENARIOS_LEAD)),
                                     .section = SECTION_SCENARIOS};
    page_begin(page, &frame);
    html_write(page->out, "<p class=\"lead\">%z</p>\n<ul class=\"cards\">\n",
               T(page, SCENARIOS_LEAD));
    for (uint32_t s = 0; s < page->view->scenarios; s++) {
        const struct view_scenario *scenario = &page->view->scenario[s];
        struct chain_part *part;
        enum err e = read_bill(page, scenario, &part, info);
        if (e != ERR_OK)
            return e;
        html_write(page->out,
                   "<li class=\"card\"><h2><a href=\"%s/scenarios/%p\">%t</a></h2><p>%t</p>"
                   "<p class=\"note\">",
                   page->base, scenario->code, PICK(page, scenario, name),
                   PICK(page, scenario, summary));
        html_write(page->out, T(page, PARTS_COVERED), count_provided(part, scenario->parts),
                   scenario->parts);
        buf_add_c(page->out, "</p></li>\n");
    }
    buf_add_c(page->out, "</ul>\n");
    page_end(page);
    return ERR_OK;
}
