/*
 * Search: what one box finds, kind by kind with counts, a page of one kind, and suggestions while
 * typing (a JSON list that assets/find.js shows).
 */
#include "model/kinds.h"
#include "site/pages.h"
#include "site/parts.h"
#include "site/pavilion_parts.h"

enum { SHOWN_A_KIND = 6, SHOWN_A_PAGE = 50, SUGGESTED = 8, PAGES_MAX = 1000000 };

/* In the order of the page; codes are those of addresses. */
static const struct {
    enum view_search_kind kind;
    const char *code;
    enum site_word word;
} kinds[VIEW_SEARCH_KINDS] = {
    {VIEW_SEARCH_ORGANISATION, "organisation", WORD_KIND_ORGANISATION},
    {VIEW_SEARCH_NODE, "node", WORD_KIND_NODE},
    {VIEW_SEARCH_CHAIN, "chain", WORD_KIND_CHAIN},
    {VIEW_SEARCH_SCENARIO, "scenario", WORD_KIND_SCENARIO},
    {VIEW_SEARCH_EXHIBIT, "exhibit", WORD_KIND_EXHIBIT},
    {VIEW_SEARCH_PROGRAMME, "event", WORD_KIND_PROGRAMME},
    {VIEW_SEARCH_PAVILION, "pavilion", WORD_KIND_PAVILION},
};

/* What was asked: q, and perhaps one kind and a page of it. */
struct question {
    struct str q;
    uint32_t kind; /* of `kinds`, or VIEW_SEARCH_KINDS = all */
    uint32_t from;
};

static struct lang_text name_of(const struct page *page, const struct view_search_hit *hit) {
    const struct view *view = page->view;
    switch (hit->kind) {
    case VIEW_SEARCH_ORGANISATION:
        return PICK(page, &view->organisation[hit->index], name);
    case VIEW_SEARCH_NODE:
        return PICK(page, &view->node[hit->index], name);
    case VIEW_SEARCH_EXHIBIT:
        return PICK(page, &view->exhibit[hit->index], name);
    case VIEW_SEARCH_PROGRAMME:
        return PICK(page, &view->programme[hit->index], title);
    case VIEW_SEARCH_CHAIN:
        return PICK(page, &view->chain[hit->index], name);
    case VIEW_SEARCH_SCENARIO:
        return PICK(page, &view->scenario[hit->index], name);
    default:
        return PICK(page, &view->pavilion[hit->index], name);
    }
}

/* Where a hit is told about, from the root of the site. */
static struct str address_of(struct page *page, const struct view_search_hit *hit) {
    const struct view *view = page->view;
    struct str base = page->base;
    switch (hit->kind) {
    case VIEW_SEARCH_ORGANISATION:
        return page_text(page, "%s/exhibitors/%i", base, view->organisation[hit->index].id);
    case VIEW_SEARCH_NODE:
        return page_text(page, "%s/nodes/%p", base, view->node[hit->index].code);
    case VIEW_SEARCH_EXHIBIT:
        return page_text(page, "%s/exhibits#exhibit-%i", base, view->exhibit[hit->index].id);
    case VIEW_SEARCH_PROGRAMME:
        return page_text(page, "%s/programme/%p", base, view->programme[hit->index].code);
    case VIEW_SEARCH_CHAIN:
        return page_text(page, "%s/chains/%p", base, view->chain[hit->index].code);
    case VIEW_SEARCH_SCENARIO:
        return page_text(page, "%s/scenarios/%p", base, view->scenario[hit->index].code);
    default:
        return page_text(page, "%s/pavilions/%p", base, pavilion_key(page, hit->index));
    }
}

/* What tells a hit from others of its name. */
static void write_detail(struct page *page, const struct view_search_hit *hit) {
    const struct view *view = page->view;
    struct buf *out = page->out;
    if (hit->kind == VIEW_SEARCH_ORGANISATION) {
        const struct view_organisation *o = &view->organisation[hit->index];
        part_beside(page, o->name_en, o->name_zh);
        buf_add_c(out, " <small>");
        part_place(page, o);
        if (o->exhibitor == VIEW_NONE)
            html_write(out, " · %z", T(page, FIND_ELSEWHERE));
        buf_add_c(out, "</small>");
    } else if (hit->kind == VIEW_SEARCH_NODE) {
        const struct view_node *n = &view->node[hit->index];
        uint32_t offers = chain_offers(&view->report->node[hit->index]);
        part_beside(page, n->name_en, n->name_zh);
        buf_add_c(out, " <small>");
        html_write(out, offers > 0 ? T(page, OFFERED_BY) : part_nobody(page), offers);
        if (n->hs2022.len > 0)
            html_write(out, " · HS %s", n->hs2022);
        buf_add_c(out, "</small>");
    } else if (hit->kind == VIEW_SEARCH_EXHIBIT) {
        const struct view_exhibit *x = &view->exhibit[hit->index];
        buf_add_c(out, " <small>");
        if (x->exhibitor != VIEW_NONE)
            html_write(out, "%t", PICK(page, view_organisation_of(view, x->exhibitor), name));
        if (x->debut.len > 0)
            html_write(out, " <span class=\"mark new\">%z</span>",
                       part_kind(page, &kind_debut, x->debut));
        buf_add_c(out, "</small>");
    } else if (hit->kind == VIEW_SEARCH_PROGRAMME) {
        html_write(out, " <small>%s</small>", view->programme[hit->index].starts);
    }
}

/* How a hit falls short of what was typed: hits that match as written may stand beside it. */
static void write_shortfall(struct page *page, const struct view_search_hit *hit) {
    if (hit->missing > 0)
        html_write(page->out, " <span class=\"mark\">%z</span>", T(page, FIND_PART));
    else if (hit->typos > 0)
        html_write(page->out, " <span class=\"mark\">%z</span>", T(page, FIND_TYPO));
}

static void write_hits(struct page *page, const struct view_search_hit *hits, uint32_t count) {
    buf_add_c(page->out, "<ul class=\"plain hits\">\n");
    for (uint32_t i = 0; i < count; i++) {
        html_write(page->out, "<li><a href=\"%s\">%t</a>", address_of(page, &hits[i]),
                   name_of(page, &hits[i]));
        write_detail(page, &hits[i]);
        write_shortfall(page, &hits[i]);
        buf_add_c(page->out, "</li>\n");
    }
    buf_add_c(page->out, "</ul>\n");
}

static void write_kind_link(struct page *page, const struct question *asked, uint32_t kind,
                            uint32_t number, bool is_page) {
    html_write(page->out, "<a href=\"%s/search?q=%p&amp;kind=%z", page->base, asked->q,
               kinds[kind].code);
    if (is_page)
        html_write(page->out, "&amp;page=%u", number);
    buf_add_c(page->out, "\" rel=\"nofollow\">");
}

/* The best of one kind, or a page of it. */
static enum err write_kind(struct page *page, const struct question *asked, uint32_t kind,
                           const struct view_search *search, const struct search_result *result,
                           struct errinfo *info) {
    struct view_search_hit hits[SHOWN_A_PAGE];
    bool is_alone = asked->kind < VIEW_SEARCH_KINDS;
    uint32_t found = result->counts[kinds[kind].kind], count;
    uint32_t max = is_alone ? SHOWN_A_PAGE : SHOWN_A_KIND;
    if (found == 0)
        return ERR_OK;
    enum err e = view_search_top(search, result, 1U << kinds[kind].kind, is_alone ? asked->from : 0,
                                 hits, max, &count, info);
    if (e != ERR_OK)
        return e;
    html_write(page->out, "<h2 id=\"%z\">%z <small>%u</small></h2>\n", kinds[kind].code,
               site_word(page->lang, kinds[kind].word), found);
    write_hits(page, hits, count);
    if (!is_alone && found > max) {
        buf_add_c(page->out, "<p>");
        write_kind_link(page, asked, kind, 0, false);
        html_write(page->out, T(page, FIND_ALL), found);
        buf_add_c(page->out, "</a></p>\n");
    }
    if (!is_alone || found <= SHOWN_A_PAGE)
        return ERR_OK;
    buf_add_c(page->out, "<p class=\"pages\">");
    if (asked->from > 0) {
        write_kind_link(page, asked, kind, asked->from / SHOWN_A_PAGE, true);
        html_write(page->out, "%z</a> ", T(page, PREVIOUS));
    }
    if (asked->from + SHOWN_A_PAGE < found) {
        write_kind_link(page, asked, kind, asked->from / SHOWN_A_PAGE + 2, true);
        html_write(page->out, "%z</a>", T(page, NEXT));
    }
    buf_add_c(page->out, "</p>\n");
    return ERR_OK;
}

static enum err write_found(struct page *page, const struct question *asked,
                            const struct view_search *search, const struct search_result *result,
                            struct errinfo *info) {
    struct buf *out = page->out;
    enum err e = ERR_OK;
    if (result->total == 0) {
        buf_add_c(out, "<p>");
        html_write(out, T(page, FIND_NOTHING), asked->q);
        html_write(out, "%z</p>\n", T(page, FIND_TIPS));
        return ERR_OK;
    }
    buf_add_c(out, "<p>");
    html_write(out, result->partial ? T(page, FIND_ABOUT) : T(page, FIND_COUNT), result->total);
    if (result->written == 0)
        html_write(out, "%z", T(page, FIND_NEAR));
    buf_add_c(out, "</p>\n");
    for (uint32_t kind = 0; kind < VIEW_SEARCH_KINDS && e == ERR_OK; kind++)
        if (asked->kind == VIEW_SEARCH_KINDS || asked->kind == kind)
            e = write_kind(page, asked, kind, search, result, info);
    return e;
}

static enum err answer(struct page *page, const struct question *asked, struct errinfo *info) {
    const struct view_search *search;
    struct search_result result = {0};
    enum err e = snapshot_search(page->snapshot, &search, info);
    if (e != ERR_OK)
        return e;
    e = view_search_find(search, asked->q, &result, info);
    if (e == ERR_LIMIT) {
        buf_add_c(page->out, "<p class=\"notice\">");
        html_write(page->out, T(page, FIND_TOO_LONG), (uint32_t)SEARCH_QUERY_BYTES_MAX,
                   (uint32_t)SEARCH_TERMS_MAX);
        buf_add_c(page->out, "</p>\n");
        e = ERR_OK;
    } else if (e == ERR_OK) {
        e = write_found(page, asked, search, &result, info);
    }
    search_result_release(&result);
    return e;
}

/* What is no kind, or no number of a page, is not found rather than passed over. */
static enum err read_question(const struct page *page, struct question *asked,
                              struct errinfo *info) {
    struct str code = http_request_query(page->request, "kind");
    struct str number_text = http_request_query(page->request, "page");
    uint32_t number = 1;
    *asked = (struct question){.q = str_trim(http_request_query(page->request, "q"))};
    while (asked->kind < VIEW_SEARCH_KINDS && !str_equal_c(code, kinds[asked->kind].code))
        asked->kind++;
    bool known_kind = code.len == 0 || asked->kind < VIEW_SEARCH_KINDS;
    bool known_page = number_text.len == 0 ||
                      (str_to_u32(number_text, &number) && number >= 1 && number <= PAGES_MAX);
    if (!known_kind || !known_page)
        return page_not_found(page, WORD_FIND_NO_PAGE, info);
    asked->from = (number - 1) * SHOWN_A_PAGE;
    return ERR_OK;
}

enum err page_search(struct page *page, struct errinfo *info) {
    struct question asked;
    enum err e = read_question(page, &asked, info);
    if (e != ERR_OK)
        return e;
    struct page_frame frame = {.title = page_word(page, WORD_FIND),
                               .description = page_word(page, WORD_FIND_HINT).text,
                               .with_query = true,
                               .no_index = true};
    if (asked.q.len > 0)
        frame.title.text = page_text(page, T(page, FIND_TITLE), asked.q);
    page_begin(page, &frame);
    if (asked.q.len == 0)
        html_write(page->out, "<p>%z</p>\n", T(page, FIND_HINT));
    else
        e = answer(page, &asked, info);
    page_end(page);
    return e;
}

/* [{"name": "CATL", "kind": "Firms and institutions", "address": "/en/2024/exhibitors/7"}, ...] */
static void write_suggestions(struct page *page, const struct view_search_hit *hits,
                              uint32_t count) {
    struct json_out json;
    json_init(&json, page->out);
    json_open_list(&json);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t kind = 0;
        while (kinds[kind].kind != hits[i].kind)
            kind++;
        json_open(&json);
        json_key_text(&json, "name", name_of(page, &hits[i]).text);
        json_key_text(&json, "kind", str_of(site_word(page->lang, kinds[kind].word)));
        json_key_text(&json, "address", address_of(page, &hits[i]));
        json_close(&json);
    }
    json_close_list(&json);
}

enum err page_suggest(struct page *page, struct errinfo *info) {
    struct view_search_hit hits[SUGGESTED];
    const struct view_search *search;
    struct search_result result = {0};
    uint32_t count = 0;
    enum err e = snapshot_search(page->snapshot, &search, info);
    if (e != ERR_OK)
        return e;
    e = view_search_find(search, http_request_query(page->request, "q"), &result, info);
    if (e == ERR_OK)
        e = view_search_top(search, &result, UINT32_MAX, 0, hits, SUGGESTED, &count, info);
    search_result_release(&result);
    if (e == ERR_LIMIT)
        e = ERR_OK; /* nothing to suggest for what is too long */
    if (e == ERR_OK)
        write_suggestions(page, hits, count);
    return e;
}
