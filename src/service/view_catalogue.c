/* Loads nodes, links, chains and scenarios of a view; see view.h. */
#include "service/view_loading.h"

static enum err add_node(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct view_node node = {
        .id = id,
        .code = loading_text(l, &v[NODE_CODE], &ok),
        .kind = loading_text(l, &v[NODE_KIND], &ok),
        .name_en = loading_text(l, &v[NODE_NAME_EN], &ok),
        .name_zh = loading_text(l, &v[NODE_NAME_ZH], &ok),
        .hs2022 = loading_text(l, &v[NODE_HS2022], &ok),
        .cpc21 = loading_text(l, &v[NODE_CPC21], &ok),
        .synonyms_en = loading_text(l, &v[NODE_SYNONYMS_EN], &ok),
        .synonyms_zh = loading_text(l, &v[NODE_SYNONYMS_ZH], &ok),
    };
    uint32_t index = (uint32_t)l->nodes.len;
    if (!ok || !vec_push(&l->nodes, node) || !u64_map_put(&l->node_by_id, (uint64_t)id, index) ||
        !str_map_put(&l->view->node_by_code, node.code, index))
        return err_memory(info);
    return ERR_OK;
}

static enum err add_link(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    static const uint8_t kinds[] = {[LINK_UNKNOWN] = CHAIN_OPTIONAL,
                                    [LINK_ESSENTIAL] = CHAIN_ESSENTIAL,
                                    [LINK_OPTIONAL] = CHAIN_OPTIONAL,
                                    [LINK_CAPITAL] = CHAIN_CAPITAL};
    struct loading *l = ctx;
    uint32_t input = loading_ref(&l->node_by_id, &v[LINK_INPUT_ID]);
    uint32_t output = loading_ref(&l->node_by_id, &v[LINK_OUTPUT_ID]);
    uint8_t kind = kinds[loading_kind(&kind_link, &v[LINK_KIND])];
    if (!vec_push(&l->link_input, input) || !vec_push(&l->link_output, output) ||
        !vec_push(&l->link_group, (uint32_t)loading_int(&v[LINK_GROUP_NO])) ||
        !vec_push(&l->link_kind, kind))
        return err_memory(info);
    return ERR_OK;
}

static enum err add_chain(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct view_chain chain = {
        .id = id,
        .code = loading_text(l, &v[CHAIN_CODE], &ok),
        .name_en = loading_text(l, &v[CHAIN_NAME_EN], &ok),
        .name_zh = loading_text(l, &v[CHAIN_NAME_ZH], &ok),
        .summary_en = loading_text(l, &v[CHAIN_SUMMARY_EN], &ok),
        .summary_zh = loading_text(l, &v[CHAIN_SUMMARY_ZH], &ok),
    };
    uint32_t index = (uint32_t)l->chains.len;
    if (!ok || !vec_push(&l->chains, chain) || !u64_map_put(&l->chain_by_id, (uint64_t)id, index) ||
        !str_map_put(&l->view->chain_by_code, chain.code, index))
        return err_memory(info);
    return ERR_OK;
}

static enum err add_member(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    static const uint8_t stages[] = {[STAGE_UNKNOWN] = CHAIN_STAGE_UNKNOWN,
                                     [STAGE_UPSTREAM] = CHAIN_UPSTREAM,
                                     [STAGE_MIDSTREAM] = CHAIN_MIDSTREAM,
                                     [STAGE_DOWNSTREAM] = CHAIN_DOWNSTREAM};
    static const uint8_t roles[] = {[ROLE_UNKNOWN] = CHAIN_SHARED,
                                    [ROLE_CORE] = CHAIN_CORE,
                                    [ROLE_SHARED] = CHAIN_SHARED,
                                    [ROLE_TOOL] = CHAIN_TOOL,
                                    [ROLE_SERVICE] = CHAIN_SERVICE};
    struct loading *l = ctx;
    struct loading_member member = {
        .chain = loading_ref(&l->chain_by_id, &v[CHAIN_NODE_CHAIN_ID]),
        .node = loading_ref(&l->node_by_id, &v[CHAIN_NODE_NODE_ID]),
        .stage = stages[loading_kind(&kind_stage, &v[CHAIN_NODE_STAGE])],
        .role = roles[loading_kind(&kind_node_role, &v[CHAIN_NODE_ROLE])],
        .final = loading_int(&v[CHAIN_NODE_FINAL]) != 0,
    };
    if (!vec_push(&l->members, member))
        return err_memory(info);
    return ERR_OK;
}

static enum err add_scenario(void *ctx, int64_t id, const struct store_value *v,
                             struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct view_scenario scenario = {
        .id = id,
        .code = loading_text(l, &v[SCENARIO_CODE], &ok),
        .name_en = loading_text(l, &v[SCENARIO_NAME_EN], &ok),
        .name_zh = loading_text(l, &v[SCENARIO_NAME_ZH], &ok),
        .summary_en = loading_text(l, &v[SCENARIO_SUMMARY_EN], &ok),
        .summary_zh = loading_text(l, &v[SCENARIO_SUMMARY_ZH], &ok),
    };
    uint32_t index = (uint32_t)l->scenarios.len;
    if (!ok || !vec_push(&l->scenarios, scenario) ||
        !u64_map_put(&l->scenario_by_id, (uint64_t)id, index) ||
        !str_map_put(&l->view->scenario_by_code, scenario.code, index))
        return err_memory(info);
    return ERR_OK;
}

/* The parent is kept as a node for now; resolve_parents turns it into a part. */
static enum err add_part(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct view_part part = {
        .node = loading_ref(&l->node_by_id, &v[SCENARIO_PART_NODE_ID]),
        .parent = loading_ref(&l->node_by_id, &v[SCENARIO_PART_PARENT_ID]),
        .part_en = loading_text(l, &v[SCENARIO_PART_PART_EN], &ok),
        .part_zh = loading_text(l, &v[SCENARIO_PART_PART_ZH], &ok),
    };
    if (!ok || !vec_push(&l->parts, part))
        return err_memory(info);
    return ERR_OK;
}

static void resolve_parents(struct view_part *parts, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        uint32_t parent_node = parts[i].parent;
        parts[i].parent = VIEW_NONE;
        for (size_t j = from; j < to && parent_node != VIEW_NONE; j++)
            if (parts[j].node == parent_node && j != i)
                parts[i].parent = (uint32_t)(j - from);
    }
}

static enum err load_parts(struct loading *l, struct errinfo *info) {
    enum err code = ERR_OK;
    for (size_t s = 0; s < l->scenarios.len && code == ERR_OK; s++) {
        size_t first = l->parts.len;
        code = store_scan_equal(l->reader, TABLE_SCENARIO_PART, SCENARIO_PART_SCENARIO_ID,
                                store_int(l->scenarios.at[s].id), add_part, l, info);
        resolve_parents(l->parts.at, first, l->parts.len);
        l->scenarios.at[s].part_first = (uint32_t)first;
        l->scenarios.at[s].parts = (uint32_t)(l->parts.len - first);
    }
    return code;
}

enum err loading_catalogue(struct loading *l, struct errinfo *info) {
    enum err code = store_scan(l->reader, TABLE_NODE, add_node, l, info);
    if (code == ERR_OK)
        code = store_scan(l->reader, TABLE_LINK, add_link, l, info);
    if (code == ERR_OK)
        code = store_scan(l->reader, TABLE_CHAIN, add_chain, l, info);
    if (code == ERR_OK)
        code = store_scan(l->reader, TABLE_CHAIN_NODE, add_member, l, info);
    if (code == ERR_OK)
        code = store_scan(l->reader, TABLE_SCENARIO, add_scenario, l, info);
    return code == ERR_OK ? load_parts(l, info) : code;
}
