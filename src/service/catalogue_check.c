/* The catalogue's own faults in words: see catalogue_check.h. */
#include "service/catalogue_check.h"

#include "base/buf.h"
#include "engine/chain/chain_check.h"
#include "service/view.h"

static struct str code_of(const struct view *view, uint32_t node) {
    return node < view->nodes ? view->node[node].code : STR("?");
}

static void describe(const struct view *view, const struct chain_findings *found,
                     const struct chain_finding *f, struct buf *out) {
    struct str node = code_of(view, f->node);
    struct str chain = f->chain < view->chains ? view->chain[f->chain].code : STR("");
    struct str input = f->link < view->input.graph->links
                           ? code_of(view, view->input.graph->input[f->link])
                           : STR("");
    switch ((enum chain_finding_kind)f->kind) {
    case CHAIN_FOUND_CYCLE:
        buf_add_c(out, "catalogue: essential links run in a circle:");
        for (uint32_t i = 0; i < f->path_count; i++)
            buf_printf(out, " %.*s ->", STR_ARG(code_of(view, found->path[f->path_first + i])));
        buf_printf(out, " %.*s", STR_ARG(code_of(view, found->path[f->path_first])));
        break;
    case CHAIN_FOUND_SELF_LOOP:
        buf_printf(out, "catalogue: %.*s is linked to itself", STR_ARG(node));
        break;
    case CHAIN_FOUND_DUPLICATE_LINK:
        buf_printf(out, "catalogue: the link %.*s -> %.*s is there twice", STR_ARG(input),
                   STR_ARG(node));
        break;
    case CHAIN_FOUND_NODE_IN_NO_CHAIN:
        buf_printf(out, "catalogue: %.*s is in no chain", STR_ARG(node));
        break;
    case CHAIN_FOUND_NODE_WITHOUT_LINK:
        buf_printf(out, "catalogue: %.*s has no link", STR_ARG(node));
        break;
    case CHAIN_FOUND_UNKNOWN_STAGE:
        buf_printf(out, "catalogue: %.*s has no stage in %.*s", STR_ARG(node), STR_ARG(chain));
        break;
    case CHAIN_FOUND_ALTERNATIVE_NOT_ESSENTIAL:
        buf_printf(out, "catalogue: %.*s -> %.*s is in a group of alternatives but not essential",
                   STR_ARG(input), STR_ARG(node));
        break;
    case CHAIN_FOUND_GROUP_OF_ONE:
        buf_printf(out, "catalogue: %.*s -> %.*s is alone in its group of alternatives",
                   STR_ARG(input), STR_ARG(node));
        break;
    case CHAIN_FOUND_FINAL_NOT_IN_CHAIN:
        buf_printf(out, "catalogue: the final product %.*s is not in %.*s", STR_ARG(node),
                   STR_ARG(chain));
        break;
    case CHAIN_FOUND_FINAL_NOT_FED:
        buf_printf(out, "catalogue: no essential way leads from upstream to %.*s in %.*s",
                   STR_ARG(node), STR_ARG(chain));
        break;
    case CHAIN_FOUND_AGAINST_STAGES:
    case CHAIN_FINDING_KINDS:
        break;
    }
}

/* Services reach their final nodes without material from upstream, so that is no fault of theirs.
 */
static bool is_meant(const struct view *view, const struct chain_finding *f) {
    return f->kind == CHAIN_FOUND_AGAINST_STAGES ||
           (f->kind == CHAIN_FOUND_FINAL_NOT_FED && f->node < view->nodes &&
            view->input.graph->is_service[f->node]);
}

enum err catalogue_check_view(const struct view *view, store_finding_fn *fn, void *ctx,
                              struct errinfo *info) {
    struct chain_findings found = {0};
    enum err code =
        chain_check(view->input.graph, view->input.chains, view->input.slice, NULL, &found, info);
    struct buf text;
    buf_init(&text, 1 << 20);
    for (size_t i = 0; i < found.count && code == ERR_OK; i++) {
        if (is_meant(view, &found.at[i]))
            continue;
        buf_clear(&text);
        describe(view, &found, &found.at[i], &text);
        code = buf_error(&text, info);
        if (code == ERR_OK && text.len > 0)
            fn(ctx, text.ptr);
    }
    buf_release(&text);
    chain_findings_release(&found);
    return code;
}

enum err catalogue_check(struct store_reader *reader, store_finding_fn *fn, void *ctx,
                         struct errinfo *info) {
    struct view *view = NULL;
    enum err code = view_load(reader, STR(""), NULL, &view, info);
    if (code == ERR_NOT_FOUND)
        return ERR_OK;
    if (code == ERR_OK)
        code = catalogue_check_view(view, fn, ctx, info);
    view_free(view);
    return code;
}
