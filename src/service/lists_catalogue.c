/* The catalogue as lists, the reverse of its import: see lists.h. */
#include "service/lists.h"
#include "service/words.h"

enum { FINALS_MAX_BYTES = 1 << 20 };

const char *lists_catalogue_file(enum lists_catalogue table) {
    static const char *const files[LISTS_CATALOGUE_TABLES] = {
        [LISTS_NODES] = "nodes.csv",
        [LISTS_LINKS] = "links.csv",
        [LISTS_ALTERNATIVES] = "alternatives.csv",
        [LISTS_CHAINS] = "chains.csv",
        [LISTS_CHAIN_NODES] = "chain_nodes.csv",
        [LISTS_SCENARIOS] = "scenarios.csv",
        [LISTS_SCENARIO_NODES] = "scenario_nodes.csv"};
    return files[table];
}

static void columns(struct list *list, const char *const *names) {
    for (; *names != NULL; names++)
        list_column(list, *names, LIST_TEXT);
}

static void fill_nodes(const struct view *view, struct list *list) {
    static const char *const names[] = {"id",    "kind",        "name_en",     "name_zh", "hs2022",
                                        "cpc21", "synonyms_en", "synonyms_zh", NULL};
    columns(list, names);
    for (uint32_t i = 0; i < view->nodes; i++) {
        const struct view_node *n = &view->node[i];
        const struct str cells[] = {n->code,   n->kind,  n->name_en,     n->name_zh,
                                    n->hs2022, n->cpc21, n->synonyms_en, n->synonyms_zh};
        for (size_t c = 0; c < sizeof(cells) / sizeof(cells[0]); c++)
            list_text(list, cells[c]);
    }
}

static void fill_links(const struct view *view, struct list *list) {
    static const char *const names[] = {"input", "output", "kind", NULL};
    const struct chain_graph *graph = view->input.graph;
    columns(list, names);
    for (uint32_t i = 0; i < graph->links; i++) {
        list_text(list, view->node[graph->input[i]].code);
        list_text(list, view->node[graph->output[i]].code);
        list_text(list, str_of(words_link((enum chain_link_kind)graph->kind[i])));
    }
}

static void fill_alternatives(const struct view *view, struct list *list) {
    static const char *const names[] = {"output", "group", "input", NULL};
    const struct chain_graph *graph = view->input.graph;
    columns(list, names);
    for (uint32_t i = 0; i < graph->links; i++) {
        if (graph->alternative_group[i] == 0)
            continue;
        list_text(list, view->node[graph->output[i]].code);
        list_int(list, graph->alternative_group[i]);
        list_text(list, view->node[graph->input[i]].code);
    }
}

static void fill_chains(const struct view *view, struct list *list) {
    static const char *const names[] = {"id",         "name_en",     "name_zh", "summary_en",
                                        "summary_zh", "final_nodes", NULL};
    struct buf finals;
    buf_init(&finals, FINALS_MAX_BYTES);
    columns(list, names);
    for (uint32_t i = 0; i < view->chains; i++) {
        const struct view_chain *c = &view->chain[i];
        const struct chain_slice *slice = &view->input.slice[i];
        buf_clear(&finals);
        for (uint32_t f = 0; f < slice->finals; f++)
            buf_printf(&finals, "%s%.*s", f > 0 ? " " : "",
                       STR_ARG(view->node[slice->final[f]].code));
        const struct str cells[] = {c->code,       c->name_en,    c->name_zh,
                                    c->summary_en, c->summary_zh, buf_str(&finals)};
        for (size_t k = 0; k < sizeof(cells) / sizeof(cells[0]); k++)
            list_text(list, cells[k]);
    }
    buf_release(&finals);
}

static void fill_chain_nodes(const struct view *view, struct list *list) {
    static const char *const names[] = {"chain", "node", "stage", "role", NULL};
    columns(list, names);
    for (uint32_t c = 0; c < view->chains; c++) {
        const struct chain_slice *slice = &view->input.slice[c];
        for (uint32_t i = 0; i < slice->members; i++) {
            list_text(list, view->chain[c].code);
            list_text(list, view->node[slice->node[i]].code);
            list_text(list, slice->stage[i] == CHAIN_STAGE_UNKNOWN
                                ? STR("")
                                : str_of(words_stage((enum chain_stage)slice->stage[i])));
            list_text(list, str_of(words_role((enum chain_role)slice->role[i])));
        }
    }
}

static void fill_scenarios(const struct view *view, struct list *list) {
    static const char *const names[] = {"id",         "name_en",    "name_zh",
                                        "summary_en", "summary_zh", NULL};
    columns(list, names);
    for (uint32_t i = 0; i < view->scenarios; i++) {
        const struct view_scenario *s = &view->scenario[i];
        list_text(list, s->code);
        list_text(list, s->name_en);
        list_text(list, s->name_zh);
        list_text(list, s->summary_en);
        list_text(list, s->summary_zh);
    }
}

static void fill_scenario_nodes(const struct view *view, struct list *list) {
    static const char *const names[] = {"scenario", "node",    "parent_node",
                                        "part_en",  "part_zh", NULL};
    columns(list, names);
    for (uint32_t s = 0; s < view->scenarios; s++)
        for (uint32_t i = 0; i < view->scenario[s].parts; i++) {
            const struct view_part *part = &view->part[view->scenario[s].part_first + i];
            list_text(list, view->scenario[s].code);
            list_text(list, view->node[part->node].code);
            list_text(
                list,
                part->parent != VIEW_NONE
                    ? view->node[view->part[view->scenario[s].part_first + part->parent].node].code
                    : STR(""));
            list_text(list, part->part_en);
            list_text(list, part->part_zh);
        }
}

void lists_catalogue(const struct view *view, enum lists_catalogue table, struct list *list) {
    static void (*const fill[LISTS_CATALOGUE_TABLES])(const struct view *, struct list *) = {
        [LISTS_NODES] = fill_nodes,
        [LISTS_LINKS] = fill_links,
        [LISTS_ALTERNATIVES] = fill_alternatives,
        [LISTS_CHAINS] = fill_chains,
        [LISTS_CHAIN_NODES] = fill_chain_nodes,
        [LISTS_SCENARIOS] = fill_scenarios,
        [LISTS_SCENARIO_NODES] = fill_scenario_nodes};
    fill[table](view, list);
}
