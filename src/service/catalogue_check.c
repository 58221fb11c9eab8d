/* The catalogue's own faults in words: see catalogue_check.h. */
#include "service/catalogue_check.h"

#include "base/buf.h"
#include "engine/chain/chain_check.h"
#include "model/lang.h"
#include "service/view.h"

static struct str code_of(const struct view *view, uint32_t node) {
    return node < view->nodes ? view->node[node].code : STR("?");
}

/* What a finding says of its node, chain and the input of its link: %1, %2 and %3. A circle is told
 * by its path. */
static const struct {
    const char *words[LANGS];
} sentences[CHAIN_FINDING_KINDS] = {
    [CHAIN_FOUND_CYCLE] = {{"essential links run in a circle:", "必需联系形成循环："}},
    [CHAIN_FOUND_SELF_LOOP] = {{"%1 is linked to itself", "%1 与自身相连"}},
    [CHAIN_FOUND_DUPLICATE_LINK] = {{"the link %3 -> %1 is there twice", "联系 %3 -> %1 重复"}},
    [CHAIN_FOUND_NODE_IN_NO_CHAIN] = {{"%1 is in no chain", "%1 不属于任何产业链"}},
    [CHAIN_FOUND_NODE_WITHOUT_LINK] = {{"%1 has no link", "%1 没有任何联系"}},
    [CHAIN_FOUND_UNKNOWN_STAGE] = {{"%1 has no stage in %2", "%1 在 %2 中没有上中下游位置"}},
    [CHAIN_FOUND_ALTERNATIVE_NOT_ESSENTIAL] =
        {{"%3 -> %1 is in a group of alternatives but not essential",
          "%3 -> %1 属于替代组，但不是必需联系"}},
    [CHAIN_FOUND_GROUP_OF_ONE] = {{"%3 -> %1 is alone in its group of alternatives",
                                   "%3 -> %1 的替代组中只有它自己"}},
    [CHAIN_FOUND_FINAL_NOT_IN_CHAIN] = {{"the final product %1 is not in %2",
                                         "终端产品 %1 不在 %2 中"}},
    [CHAIN_FOUND_FINAL_NOT_FED] = {{"no essential way leads from upstream to %1 in %2",
                                    "%2 中没有从上游通往 %1 的必需联系"}},
};

static void describe(const struct view *view, const struct chain_findings *found,
                     const struct chain_finding *f, enum lang lang, struct buf *out) {
    const char *words = sentences[f->kind].words[lang];
    struct str named[] = {
        code_of(view, f->node),
        f->chain < view->chains ? view->chain[f->chain].code : STR(""),
        f->link < view->input.graph->links ? code_of(view, view->input.graph->input[f->link])
                                           : STR(""),
    };
    if (words == NULL)
        return;
    buf_add_c(out, lang == LANG_ZH ? "目录：" : "catalogue: ");
    for (; *words != '\0'; words++)
        if (*words == '%')
            buf_add_str(out, named[*++words - '1']);
        else
            buf_add_char(out, *words);
    for (uint32_t i = 0; i < f->path_count; i++)
        buf_printf(out, " %.*s ->", STR_ARG(code_of(view, found->path[f->path_first + i])));
    if (f->path_count > 0)
        buf_printf(out, " %.*s", STR_ARG(code_of(view, found->path[f->path_first])));
}

/* Services reach their final nodes without material from upstream, so that is no fault of theirs.
 */
static bool is_meant(const struct view *view, const struct chain_finding *f) {
    return f->kind == CHAIN_FOUND_AGAINST_STAGES ||
           (f->kind == CHAIN_FOUND_FINAL_NOT_FED && f->node < view->nodes &&
            view->input.graph->is_service[f->node]);
}

enum err catalogue_check_view(const struct view *view, enum lang lang, store_finding_fn *fn,
                              void *ctx, struct errinfo *info) {
    struct chain_findings found = {0};
    enum err code =
        chain_check(view->input.graph, view->input.chains, view->input.slice, NULL, &found, info);
    struct buf text;
    buf_init(&text, 1 << 20);
    for (size_t i = 0; i < found.count && code == ERR_OK; i++) {
        if (is_meant(view, &found.at[i]))
            continue;
        buf_clear(&text);
        describe(view, &found, &found.at[i], lang, &text);
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
        code = catalogue_check_view(view, LANG_EN, fn, ctx, info);
    view_free(view);
    return code;
}
