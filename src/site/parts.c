/* Shared parts: see parts.h. */
#include "site/parts.h"

#include "model/kinds.h"

enum { KNOWN_SIZE_MAX = 1000 };

void part_beside(struct page *page, struct str en, struct str zh) {
    enum lang other = page->lang == LANG_EN ? LANG_ZH : LANG_EN;
    if (en.len > 0 && zh.len > 0)
        html_write(page->out, " <span class=\"beside\" lang=\"%z\">%b</span>", lang_tag(other),
                   other == LANG_EN ? en : zh);
}

void part_names(struct page *page, struct str en, struct str zh) {
    html_write(page->out, "%t", lang_pick(page->lang, en, zh));
    part_beside(page, en, zh);
}

void part_organisation(struct page *page, uint32_t organisation) {
    const struct view_organisation *o = &page->view->organisation[organisation];
    html_write(page->out, "<a href=\"%s/exhibitors/%i\">%t</a>", page->base, o->id,
               PICK(page, o, name));
}

void part_exhibitor(struct page *page, uint32_t exhibitor) {
    part_organisation(page, page->view->exhibitor[exhibitor].organisation);
}

void part_node(struct page *page, uint32_t node) {
    const struct view_node *n = &page->view->node[node];
    html_write(page->out, "<a href=\"%s/nodes/%p\">%t</a>", page->base, n->code,
               PICK(page, n, name));
}

void part_chain(struct page *page, uint32_t chain) {
    const struct view_chain *c = &page->view->chain[chain];
    html_write(page->out, "<a href=\"%s/chains/%p\">%t</a>", page->base, c->code,
               PICK(page, c, name));
}

uint32_t part_organisation_of(const struct page *page, struct str number) {
    int64_t id;
    if (!str_to_i64(number, &id))
        return VIEW_NONE;
    uint32_t found = u64_map_get(&page->view->organisation_by_id, (uint64_t)id);
    return found != MAP_NONE ? found : VIEW_NONE;
}

void part_place(struct page *page, const struct view_organisation *o) {
    if (o->country == VIEW_NONE) {
        html_write(page->out, "<span class=\"unknown\">%z</span>", T(page, UNKNOWN));
        return;
    }
    html_write(page->out, "%t", PICK(page, &page->view->country[o->country], name));
    if (o->region != VIEW_NONE)
        html_write(page->out, "%z%t", T(page, COMMA),
                   PICK(page, &page->view->region[o->region], name));
}

void part_exhibitor_list(struct page *page, struct chain_row row, size_t max) {
    size_t shown = row.count > max ? max : row.count;
    for (size_t i = 0; i < shown; i++) {
        if (i > 0)
            buf_add_c(page->out, T(page, COMMA));
        part_exhibitor(page, row.at[i].of);
        if (row.at[i].basis == CHAIN_INFERRED)
            html_write(page->out, " <small>(%z)</small>", T(page, BASIS_INFERRED));
    }
    if (row.count > shown) {
        buf_add_char(page->out, ' ');
        html_write(page->out, T(page, AND_MORE), (uint32_t)(row.count - shown));
    }
}

struct lang_text part_remark(const struct page *page, struct str text) {
    enum lang lang = LANG_EN;
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 0xE3) /* Han and their marks begin so in UTF-8 */
            lang = LANG_ZH;
    return (struct lang_text){text, lang, lang != page->lang};
}

/* An address that may be linked: http or https, no blank, quote or control character in it. */
static bool is_web_address(struct str s) {
    if (!str_starts(s, STR("https://")) && !str_starts(s, STR("http://")))
        return false;
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] <= 0x20 || strchr("\"<>\\^`{|}", s.ptr[i]) != NULL)
            return false;
    return true;
}

/* "people.com.cn" of "http://www.people.com.cn/x". */
static struct str host_of(struct str address) {
    struct str rest = str_sub(address, str_find(address, STR("//")) + 2, address.len), host;
    if (!str_next(&rest, "/?#", &host))
        return address;
    return str_starts(host, STR("www.")) ? str_sub(host, 4, host.len) : host;
}

void part_sources(struct buf *out, struct str sources) {
    struct str source;
    bool first = true;
    while (str_next(&sources, ";", &source)) {
        source = str_trim(source);
        if (source.len == 0)
            continue;
        if (!first)
            buf_add_c(out, ", ");
        first = false;
        if (is_web_address(source))
            html_write(out, "<a href=\"%s\" rel=\"nofollow noopener\">%b</a>", source,
                       host_of(source));
        else
            html_write(out, "%b", source);
    }
}

const char *part_qualifier(const struct page *page, struct str qualifier) {
    switch (kind_of_code(&kind_qualifier, qualifier)) {
    case QUALIFIER_OVER:
        return T(page, OVER);
    case QUALIFIER_ABOUT:
        return T(page, ABOUT);
    case QUALIFIER_EXPECTED:
        return T(page, EXPECTED);
    default:
        return "";
    }
}

struct str part_known(struct page *page) {
    const struct view_figure *contracted = view_contracted(page->view);
    struct buf words;
    if (contracted == NULL)
        return arena_printf(page->arena, "%u", page->view->exhibitors);
    buf_init(&words, KNOWN_SIZE_MAX);
    html_write(&words, T(page, KNOWN_OF), page->view->exhibitors,
               part_qualifier(page, contracted->qualifier), contracted->value);
    struct str known = arena_copy(page->arena, buf_str(&words));
    buf_release(&words);
    return known.ptr != NULL ? known : STR("");
}

const char *part_nobody(const struct page *page) {
    return view_this_edition(page->view)->register_complete ? T(page, GAP_NO_EXHIBITOR)
                                                            : T(page, PART_NOT_IN_REGISTER);
}

void part_register(struct page *page) {
    bool complete = view_this_edition(page->view)->register_complete;
    struct str known =
        complete ? arena_printf(page->arena, "%u", page->view->exhibitors) : part_known(page);
    buf_add_c(page->out, complete ? "<p>" : "<p class=\"notice\">");
    html_write(page->out, complete ? T(page, REGISTER_COMPLETE) : T(page, REGISTER_PARTIAL), known);
    buf_add_c(page->out, "</p>\n");
}

const char *part_stage(const struct page *page, uint8_t stage) {
    switch (stage) {
    case CHAIN_UPSTREAM:
        return T(page, UPSTREAM);
    case CHAIN_MIDSTREAM:
        return T(page, MIDSTREAM);
    case CHAIN_DOWNSTREAM:
        return T(page, DOWNSTREAM);
    default:
        return T(page, NO_STAGE);
    }
}

const char *part_basis(const struct page *page, uint8_t basis) {
    return basis == CHAIN_CONFIRMED  ? T(page, BASIS_CONFIRMED)
           : basis == CHAIN_DECLARED ? T(page, BASIS_DECLARED)
                                     : T(page, BASIS_INFERRED);
}

const char *part_gap(const struct page *page, uint8_t kind) {
    static const enum site_word words[CHAIN_GAP_KINDS] = {
        [CHAIN_GAP_NO_EXHIBITOR] = WORD_GAP_NO_EXHIBITOR,
        [CHAIN_GAP_ONLY_INFERRED] = WORD_GAP_ONLY_INFERRED,
        [CHAIN_GAP_ONE_SOURCE] = WORD_GAP_ONE_SOURCE,
        [CHAIN_GAP_ONE_COUNTRY] = WORD_GAP_ONE_COUNTRY,
        [CHAIN_GAP_NO_SMALL_FIRM] = WORD_GAP_NO_SMALL,
        [CHAIN_GAP_NO_FOREIGN] = WORD_GAP_NO_FOREIGN,
        [CHAIN_GAP_NO_DOMESTIC] = WORD_GAP_NO_DOMESTIC,
    };
    return site_word(page->lang, words[kind]);
}

const char *part_kind(const struct page *page, const struct kind *kind, struct str code) {
    uint32_t value = kind_of_code(kind, code);
    if (value == 0)
        return T(page, UNKNOWN);
    return page->lang == LANG_ZH ? kind_name_zh(kind, value) : kind_name_en(kind, value);
}

bool part_stands_in(const struct page *page, uint32_t node, uint32_t chain) {
    struct chain_positions places = chain_places_of(page->view->report, node);
    for (size_t i = 0; i < places.count; i++)
        if (chain_of_place(page->view->report, places.at[i]) == chain)
            return true;
    return false;
}

/* A source of one implies one country; the second would only be noise. */
static bool is_implied(const struct chain_node *node, uint32_t kind) {
    return kind == CHAIN_GAP_ONE_COUNTRY &&
           node->gap[CHAIN_GAP_ONE_SOURCE] >= CHAIN_GAP_NOT_IN_REGISTER;
}

void part_gaps(struct page *page, const struct chain_node *node) {
    bool first = true;
    for (uint32_t kind = 0; kind < CHAIN_GAP_KINDS; kind++) {
        if (node->gap[kind] < CHAIN_GAP_NOT_IN_REGISTER || is_implied(node, kind))
            continue;
        buf_add_c(page->out, first ? "<ul class=\"marks\">" : "");
        first = false;
        bool nobody = kind == CHAIN_GAP_NO_EXHIBITOR;
        html_write(page->out, "<li class=\"%z\">%z</li>", nobody ? "mark none" : "mark",
                   nobody && node->gap[kind] == CHAIN_GAP_NOT_IN_REGISTER
                       ? T(page, PART_NOT_IN_REGISTER)
                       : part_gap(page, (uint8_t)kind));
    }
    buf_add_c(page->out, first ? "" : "</ul>");
}

void part_section(struct page *page, const char *id, const char *heading) {
    html_write(page->out, "<h2 id=\"%z\">%z</h2>\n", id, heading);
}
