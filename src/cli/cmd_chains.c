/* The command chains: overview, one chain in full, gaps. */
#include "cli/commands.h"
#include "cli/list_print.h"
#include "service/lists.h"
#include "service/words.h"

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
    struct list list;
    list_init(&list);
    if (cli_given(cli, "gaps"))
        code = lists_gaps(view, chain, &list, &cli->info);
    else if (chain != VIEW_NONE)
        lists_chain(view, chain, &list);
    else
        lists_chains(view, &list);
    if (code == ERR_OK && strcmp(format, "table") == 0)
        print_register(view, cli->out);
    if (code == ERR_OK)
        code = list_print(&list, format, cli->out, &cli->info);
    list_release(&list);
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
