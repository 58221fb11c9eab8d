/* The command chains: overview, one chain in full, gaps. */
#include "cli/commands.h"
#include "cli/grid.h"
#include "service/view.h"
#include "service/words.h"

enum { CANDIDATES_SHOWN = 3 };

/* "53 of 620 exhibitors known" where a table of gaps would otherwise claim too much. */
static void print_register(const struct view *view, FILE *out) {
    const struct view_edition *edition = view_this_edition(view);
    fprintf(out, "Edition %.*s, %.*s\n", STR_ARG(edition->code), STR_ARG(edition->name_en));
    if (edition->register_complete) {
        fprintf(out, "Register: complete, %u exhibitors.\n\n", view->exhibitors);
        return;
    }
    struct buf words;
    buf_init(&words, 1 << 12);
    words_certainty(view, CHAIN_GAP_NOT_IN_REGISTER, &words);
    fprintf(out, "Register: not complete. What is missing below is %.*s.\n\n",
            STR_ARG(buf_str(&words)));
    buf_release(&words);
}

static uint32_t gaps_of_kind(const struct view *view, uint32_t chain, enum chain_gap_kind kind) {
    const struct chain_summary *summary = &view->report->chain[chain];
    uint32_t count = 0;
    for (size_t i = 0; i < summary->gaps; i++)
        count += view->report->gap[summary->gap_first + i].kind == kind;
    return count;
}

static void fill_overview(const struct view *view, struct grid *g) {
    static const char *const stages[] = {"upstream", "midstream", "downstream"};
    grid_column(g, "chain", GRID_TEXT);
    grid_column(g, "exhibitors", GRID_NUMBER);
    grid_column(g, "nodes", GRID_NUMBER);
    grid_column(g, "offered", GRID_NUMBER);
    for (int s = 0; s < 3; s++)
        grid_column(g, stages[s], GRID_TEXT);
    grid_column(g, "live_links", GRID_NUMBER);
    grid_column(g, "links", GRID_NUMBER);
    grid_column(g, "no_exhibitor", GRID_NUMBER);
    grid_column(g, "one_source", GRID_NUMBER);
    grid_column(g, "incoherence", GRID_NUMBER);
    for (uint32_t c = 0; c < view->chains; c++) {
        const struct chain_summary *s = &view->report->chain[c];
        uint32_t offered = 0, links = 0, live = 0;
        for (int i = 0; i < CHAIN_STAGES; i++)
            offered += s->offered[i];
        for (int i = 0; i < CHAIN_LINK_KINDS; i++) {
            links += s->links[i];
            live += s->live[i];
        }
        grid_text(g, view->chain[c].code);
        grid_int(g, s->exhibitors);
        grid_int(g, s->places);
        grid_int(g, offered);
        for (int i = 0; i < 3; i++) {
            char text[32];
            snprintf(text, sizeof(text), "%u of %u", s->offered[i], s->nodes[i]);
            grid_text(g, str_of(text));
        }
        grid_int(g, live);
        grid_int(g, links);
        grid_int(g, gaps_of_kind(view, c, CHAIN_GAP_NO_EXHIBITOR));
        grid_int(g, gaps_of_kind(view, c, CHAIN_GAP_ONE_SOURCE));
        grid_double(g, s->incoherence, 4);
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

static void fill_chain(const struct view *view, uint32_t chain, struct grid *g) {
    const struct chain_summary *summary = &view->report->chain[chain];
    struct buf text;
    buf_init(&text, 1 << 20);
    grid_column(g, "stage", GRID_TEXT);
    grid_column(g, "node", GRID_TEXT);
    grid_column(g, "name", GRID_TEXT);
    grid_column(g, "role", GRID_TEXT);
    grid_column(g, "offers", GRID_NUMBER);
    grid_column(g, "needs", GRID_NUMBER);
    grid_column(g, "open_needs", GRID_NUMBER);
    grid_column(g, "level", GRID_NUMBER);
    grid_column(g, "hhi_firm", GRID_NUMBER);
    grid_column(g, "missing", GRID_TEXT);
    grid_column(g, "exhibitors", GRID_TEXT);
    for (int stage = 0; stage < CHAIN_STAGES; stage++)
        for (uint32_t i = 0; i < summary->places; i++) {
            const struct chain_place *place = &view->report->place[summary->place_first + i];
            const struct chain_node *node = &view->report->node[place->node];
            if (place->stage != stage)
                continue;
            grid_text(g, str_of(words_stage((enum chain_stage)stage)));
            grid_text(g, view->node[place->node].code);
            grid_text(g, view->node[place->node].name_en);
            grid_text(g, str_of(words_role((enum chain_role)place->role)));
            grid_int(g, chain_offers(node));
            grid_int(g, chain_needs(node));
            grid_int(g, node->needs_open);
            grid_double(g, place->level, 3);
            grid_double(g, node->hhi_firm, 3);
            buf_clear(&text);
            add_gap_words(node, &text);
            grid_text(g, buf_str(&text));
            buf_clear(&text);
            add_offerers(view, place->node, &text);
            grid_text(g, buf_str(&text));
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

static enum err fill_gaps(const struct view *view, uint32_t chain, struct grid *g,
                          struct errinfo *info) {
    struct buf text;
    enum err code = ERR_OK;
    buf_init(&text, 1 << 20);
    grid_column(g, "chain", GRID_TEXT);
    grid_column(g, "node", GRID_TEXT);
    grid_column(g, "name", GRID_TEXT);
    grid_column(g, "gap", GRID_TEXT);
    grid_column(g, "importance", GRID_NUMBER);
    grid_column(g, "waiting", GRID_NUMBER);
    grid_column(g, "certainty", GRID_TEXT);
    grid_column(g, "who_could_fill_it", GRID_TEXT);
    for (uint32_t c = 0; c < view->chains; c++) {
        const struct chain_summary *summary = &view->report->chain[c];
        for (size_t i = 0;
             i < summary->gaps && (chain == VIEW_NONE || chain == c) && code == ERR_OK; i++) {
            const struct chain_gap *gap = &view->report->gap[summary->gap_first + i];
            grid_text(g, view->chain[c].code);
            grid_text(g, view->node[gap->node].code);
            grid_text(g, view->node[gap->node].name_en);
            grid_text(g, str_of(words_gap_code((enum chain_gap_kind)gap->kind)));
            grid_double(g, gap->importance, 3);
            grid_int(g, gap->waiting);
            buf_clear(&text);
            words_certainty(view, (enum chain_gap_state)gap->state, &text);
            grid_text(g, buf_str(&text));
            buf_clear(&text);
            code = add_candidates(view, gap, &text, info);
            grid_text(g, buf_str(&text));
        }
    }
    buf_release(&text);
    return code;
}

static enum err find_chain(const struct view *view, const char *name, uint32_t *chain,
                           struct errinfo *info) {
    *chain = name != NULL ? str_map_get(&view->chain_by_code, str_of(name)) : VIEW_NONE;
    if (name == NULL || *chain != VIEW_NONE)
        return ERR_OK;
    char known[ERR_TEXT_MAX] = "";
    for (uint32_t c = 0; c < view->chains; c++) {
        size_t used = strlen(known);
        snprintf(known + used, sizeof(known) - used, "%s%.*s", used > 0 ? ", " : "",
                 STR_ARG(view->chain[c].code));
    }
    err_set(info, ERR_NOT_FOUND, "there is no chain \"%s\"", name);
    err_hint(info, "Chains: %s.", known);
    return ERR_NOT_FOUND;
}

static enum err print_chains(struct cli *cli, const struct view *view, const char *format) {
    uint32_t chain;
    enum err code = find_chain(view, cli_value(cli, "chain"), &chain, &cli->info);
    if (code != ERR_OK)
        return code;
    struct grid g;
    grid_init(&g);
    if (cli_given(cli, "gaps"))
        code = fill_gaps(view, chain, &g, &cli->info);
    else if (chain != VIEW_NONE)
        fill_chain(view, chain, &g);
    else
        fill_overview(view, &g);
    if (code == ERR_OK && strcmp(format, "table") == 0)
        print_register(view, cli->out);
    if (code == ERR_OK)
        code = grid_print(&g, format, cli->out, &cli->info);
    grid_release(&g);
    return code;
}

int cmd_chains(struct cli *cli) {
    const char *format = cli_value(cli, "format") != NULL ? cli_value(cli, "format") : "table";
    struct store_reader *reader = NULL;
    struct view *view = NULL;
    enum err code = store_reader_open(cli->argument[0], &reader, &cli->info);
    if (code == ERR_OK)
        code = view_load(reader, str_of(cli_value(cli, "edition")), &cli->job, &view, &cli->info);
    if (code == ERR_OK)
        code = print_chains(cli, view, format);
    view_free(view);
    store_reader_close(reader);
    return code == ERR_OK ? CLI_OK : cli_fail(cli);
}
