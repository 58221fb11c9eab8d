/* Lists of an edition: see lists.h. */
#include "service/lists.h"

#include "service/words.h"

enum { CANDIDATES_SHOWN = 3, CELL_MAX_BYTES = 1 << 20 };

static uint32_t gaps_of_kind(const struct view *view, uint32_t chain, enum chain_gap_kind kind) {
    const struct chain_summary *summary = &view->report->chain[chain];
    uint32_t count = 0;
    for (size_t i = 0; i < summary->gaps; i++)
        count += view->report->gap[summary->gap_first + i].kind == kind;
    return count;
}

void lists_chains(const struct view *view, struct list *list) {
    static const char *const stages[] = {"upstream", "midstream", "downstream"};
    list_column(list, "chain", LIST_TEXT);
    list_column(list, "exhibitors", LIST_NUMBER);
    list_column(list, "nodes", LIST_NUMBER);
    list_column(list, "offered", LIST_NUMBER);
    for (int s = 0; s < 3; s++)
        list_column(list, stages[s], LIST_TEXT);
    list_column(list, "live_links", LIST_NUMBER);
    list_column(list, "links", LIST_NUMBER);
    list_column(list, "no_exhibitor", LIST_NUMBER);
    list_column(list, "one_source", LIST_NUMBER);
    list_column(list, "incoherence", LIST_NUMBER);
    for (uint32_t c = 0; c < view->chains; c++) {
        const struct chain_summary *s = &view->report->chain[c];
        uint32_t offered = 0, links = 0, live = 0;
        for (int i = 0; i < CHAIN_STAGES; i++)
            offered += s->offered[i];
        for (int i = 0; i < CHAIN_LINK_KINDS; i++) {
            links += s->links[i];
            live += s->live[i];
        }
        list_text(list, view->chain[c].code);
        list_int(list, s->exhibitors);
        list_int(list, s->places);
        list_int(list, offered);
        for (int i = 0; i < 3; i++) {
            char text[32];
            snprintf(text, sizeof(text), "%u of %u", s->offered[i], s->nodes[i]);
            list_text(list, str_of(text));
        }
        list_int(list, live);
        list_int(list, links);
        list_int(list, gaps_of_kind(view, c, CHAIN_GAP_NO_EXHIBITOR));
        list_int(list, gaps_of_kind(view, c, CHAIN_GAP_ONE_SOURCE));
        list_double(list, s->incoherence, 4);
    }
}

/* "Tesla; Bosch (inferred)" */
static void add_offerers(const struct view *view, uint32_t node, struct buf *out) {
    struct chain_row row = chain_row(&view->report->offers_by_node, node);
    for (size_t i = 0; i < row.count; i++) {
        struct str name = view_name_en(view_organisation_of(view, row.at[i].of));
        buf_printf(out, "%s%.*s%s", i > 0 ? "; " : "", STR_ARG(name),
                   row.at[i].basis == CHAIN_INFERRED ? " (inferred)" : "");
    }
}

static void add_gap_words(const struct chain_node *node, struct buf *out) {
    for (int k = 0; k < CHAIN_GAP_KINDS; k++)
        if (node->gap[k] == CHAIN_GAP_STATED || node->gap[k] == CHAIN_GAP_NOT_IN_REGISTER)
            buf_printf(out, "%s%s", out->len > 0 ? "; " : "", words_gap((enum chain_gap_kind)k));
}

void lists_chain(const struct view *view, uint32_t chain, struct list *list) {
    const struct chain_summary *summary = &view->report->chain[chain];
    struct buf text;
    buf_init(&text, CELL_MAX_BYTES);
    list_column(list, "stage", LIST_TEXT);
    list_column(list, "node", LIST_TEXT);
    list_column(list, "name", LIST_TEXT);
    list_column(list, "role", LIST_TEXT);
    list_column(list, "offers", LIST_NUMBER);
    list_column(list, "needs", LIST_NUMBER);
    list_column(list, "open_needs", LIST_NUMBER);
    list_column(list, "level", LIST_NUMBER);
    list_column(list, "hhi_firm", LIST_NUMBER);
    list_column(list, "missing", LIST_TEXT);
    list_column(list, "exhibitors", LIST_TEXT);
    for (int stage = 0; stage < CHAIN_STAGES; stage++)
        for (uint32_t i = 0; i < summary->places; i++) {
            const struct chain_place *place = &view->report->place[summary->place_first + i];
            const struct chain_node *node = &view->report->node[place->node];
            if (place->stage != stage)
                continue;
            list_text(list, str_of(words_stage((enum chain_stage)stage)));
            list_text(list, view->node[place->node].code);
            list_text(list, view->node[place->node].name_en);
            list_text(list, str_of(words_role((enum chain_role)place->role)));
            list_int(list, chain_offers(node));
            list_int(list, chain_needs(node));
            list_int(list, node->needs_open);
            list_double(list, place->level, 3);
            list_double(list, node->hhi_firm, 3);
            buf_clear(&text);
            add_gap_words(node, &text);
            list_text(list, buf_str(&text));
            buf_clear(&text);
            add_offerers(view, place->node, &text);
            list_text(list, buf_str(&text));
        }
    buf_release(&text);
}

static enum err add_candidates(const struct view *view, const struct chain_gap *gap,
                               struct buf *out, struct errinfo *info) {
    struct chain_candidate candidates[CANDIDATES_SHOWN];
    size_t count;
    enum err code = chain_candidates(view->report, gap->node, (enum chain_gap_kind)gap->kind,
                                     candidates, CANDIDATES_SHOWN, &count, info);
    for (size_t i = 0; i < count && code == ERR_OK; i++) {
        buf_printf(out, "%s%.*s: ", i > 0 ? "; " : "",
                   STR_ARG(view_name_en(words_candidate_name(view, &candidates[i]))));
        words_candidate(view, &candidates[i], out);
    }
    return code;
}

enum err lists_gaps(const struct view *view, uint32_t chain, struct list *list,
                    struct errinfo *info) {
    struct buf text;
    enum err code = ERR_OK;
    buf_init(&text, CELL_MAX_BYTES);
    list_column(list, "chain", LIST_TEXT);
    list_column(list, "node", LIST_TEXT);
    list_column(list, "name", LIST_TEXT);
    list_column(list, "gap", LIST_TEXT);
    list_column(list, "importance", LIST_NUMBER);
    list_column(list, "waiting", LIST_NUMBER);
    list_column(list, "certainty", LIST_TEXT);
    list_column(list, "who_could_fill_it", LIST_TEXT);
    for (uint32_t c = 0; c < view->chains; c++) {
        const struct chain_summary *summary = &view->report->chain[c];
        for (size_t i = 0;
             i < summary->gaps && (chain == VIEW_NONE || chain == c) && code == ERR_OK; i++) {
            const struct chain_gap *gap = &view->report->gap[summary->gap_first + i];
            list_text(list, view->chain[c].code);
            list_text(list, view->node[gap->node].code);
            list_text(list, view->node[gap->node].name_en);
            list_text(list, str_of(words_gap_code((enum chain_gap_kind)gap->kind)));
            list_double(list, gap->importance, 3);
            list_int(list, gap->waiting);
            buf_clear(&text);
            words_certainty(view, (enum chain_gap_state)gap->state, &text);
            list_text(list, buf_str(&text));
            buf_clear(&text);
            code = add_candidates(view, gap, &text, info);
            list_text(list, buf_str(&text));
        }
    }
    buf_release(&text);
    return code;
}

/* The codes of what an exhibitor offers or needs on the given bases, separated by blanks. */
static void add_nodes(const struct view *view, const struct chain_table *table, uint32_t exhibitor,
                      bool inferred, struct buf *out) {
    struct chain_row row = chain_row(table, exhibitor);
    for (size_t i = 0; i < row.count; i++)
        if ((row.at[i].basis == CHAIN_INFERRED) == inferred)
            buf_printf(out, "%s%.*s", out->len > 0 ? " " : "",
                       STR_ARG(view->node[row.at[i].of].code));
}

static void add_nodes_cell(const struct view *view, const struct chain_table *table,
                           uint32_t exhibitor, bool inferred, struct buf *text, struct list *list) {
    buf_clear(text);
    add_nodes(view, table, exhibitor, inferred, text);
    if (text->failed != ERR_OK)
        list->failed = true;
    list_text(list, buf_str(text));
}

void lists_exhibitors(const struct view *view, const uint32_t *exhibitor, uint32_t count,
                      struct list *list) {
    static const char *const names[] = {
        "name_en",       "name_zh",        "country",      "region",       "size",
        "type",          "lead_exhibitor", "area",         "pavilion",     "editions",
        "offers_text",   "offers_text_zh", "offers_nodes", "needs_nodes",  "basis",
        "source",        "website",        "lei",          "registration", "parent_country",
        "inferred_nodes"};
    struct buf text;
    buf_init(&text, CELL_MAX_BYTES);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        list_column(list, names[i], LIST_TEXT);
    for (uint32_t i = 0; i < (exhibitor != NULL ? count : view->exhibitors); i++) {
        uint32_t e = exhibitor != NULL ? exhibitor[i] : i;
        const struct view_exhibitor *x = &view->exhibitor[e];
        const struct view_organisation *o = view_organisation_of(view, e);
        list_text(list, o->name_en);
        list_text(list, o->name_zh);
        list_text(list, o->country != VIEW_NONE ? view->country[o->country].code : STR(""));
        list_text(list, o->region != VIEW_NONE ? view->region[o->region].code : STR(""));
        list_text(list, o->size);
        list_text(list, x->type);
        list_text(list, x->lead != VIEW_NONE ? view_name_en(view_organisation_of(view, x->lead))
                                             : STR(""));
        list_text(list, x->area != VIEW_NONE ? view->area[x->area].code : STR(""));
        list_text(list, x->pavilion != VIEW_NONE ? view->pavilion[x->pavilion].name_en : STR(""));
        list_text(list, view_this_edition(view)->code);
        list_text(list, x->offers_text);
        list_text(list, x->offers_text_zh);
        add_nodes_cell(view, &view->report->offers_by_exhibitor, e, false, &text, list);
        add_nodes_cell(view, &view->report->needs_by_exhibitor, e, false, &text, list);
        list_text(list, x->basis);
        list_text(list, x->source);
        list_text(list, o->website);
        list_text(list, o->lei);
        list_text(list, o->registration);
        list_text(list, o->parent_country);
        add_nodes_cell(view, &view->report->offers_by_exhibitor, e, true, &text, list);
    }
    buf_release(&text);
}
