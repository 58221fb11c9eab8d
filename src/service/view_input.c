/*
 * Turns what was loaded into the chain engine's input; see view.h.
 *
 * Members of chains are counted and placed by chain (counting sort), so that each slice is a run.
 * Origins follow from the foreign rule in force (model/place.h).
 */
#include "model/place.h"
#include "service/view_loading.h"

static void *keep(struct loading *l, const void *from, size_t count, size_t size) {
    void *to = arena_new(&l->view->arena, count, size);
    if (to != NULL && count > 0)
        memcpy(to, from, count * size);
    return to;
}

static void set_origins(struct loading *l) {
    static const uint8_t origins[] = {[ORIGIN_UNKNOWN] = CHAIN_ORIGIN_UNKNOWN,
                                      [ORIGIN_DOMESTIC] = CHAIN_DOMESTIC,
                                      [ORIGIN_FOREIGN] = CHAIN_FOREIGN};
    const struct foreign_rule rule = {.body = l->foreign_rule};
    if (rule.body.len == 0)
        return;
    for (size_t i = 0; i < l->organisations.len; i++) {
        struct view_organisation *o = &l->organisations.at[i];
        struct str country = o->country != VIEW_NONE ? l->countries.at[o->country].code : STR("");
        struct str region = o->region != VIEW_NONE ? l->regions.at[o->region].code : STR("");
        o->origin = origins[foreign_rule_apply(&rule, country, region)];
    }
}

static enum err build_graph(struct loading *l, struct chain_input *in, struct errinfo *info) {
    struct chain_graph *graph = arena_new(&l->view->arena, 1, sizeof(*graph));
    uint8_t *service = arena_new(&l->view->arena, l->nodes.len, 1);
    if (graph == NULL || service == NULL)
        return err_memory(info);
    for (size_t i = 0; i < l->nodes.len; i++)
        service[i] = str_equal_c(l->nodes.at[i].kind, "service");
    *graph = (struct chain_graph){
        .nodes = (uint32_t)l->nodes.len,
        .links = (uint32_t)l->link_input.len,
        .input = keep(l, l->link_input.at, l->link_input.len, sizeof(uint32_t)),
        .output = keep(l, l->link_output.at, l->link_output.len, sizeof(uint32_t)),
        .kind = keep(l, l->link_kind.at, l->link_kind.len, 1),
        .alternative_group = keep(l, l->link_group.at, l->link_group.len, sizeof(uint32_t)),
        .is_service = service,
    };
    in->graph = graph;
    return graph->input && graph->output && graph->kind && graph->alternative_group
               ? ERR_OK
               : err_memory(info);
}

static enum err build_slices(struct loading *l, struct chain_input *in, struct errinfo *info) {
    size_t chains = l->chains.len, members = l->members.len;
    struct arena *arena = &l->view->arena;
    struct chain_slice *slice = arena_new(arena, chains, sizeof(*slice));
    uint32_t *next = arena_new(arena, chains + 1, sizeof(*next));
    uint32_t *node = arena_new(arena, members, sizeof(*node));
    uint32_t *final = arena_new(arena, members, sizeof(*final));
    uint8_t *stage = arena_new(arena, members, 1), *role = arena_new(arena, members, 1);
    if (!slice || !next || !node || !final || !stage || !role)
        return err_memory(info);
    for (size_t i = 0; i < members; i++)
        slice[l->members.at[i].chain].members++;
    for (size_t c = 0, at = 0; c < chains; c++) {
        next[c] = (uint32_t)at;
        slice[c].node = node + at;
        slice[c].stage = stage + at;
        slice[c].role = role + at;
        slice[c].final = final + at;
        at += slice[c].members;
    }
    for (size_t i = 0; i < members; i++) {
        uint32_t chain = l->members.at[i].chain, at = next[chain]++;
        node[at] = l->members.at[i].node;
        stage[at] = l->members.at[i].stage;
        role[at] = l->members.at[i].role;
        if (l->members.at[i].final)
            final[(size_t)(slice[chain].final - final) + slice[chain].finals++] = node[at];
    }
    in->chains = (uint32_t)chains;
    in->slice = slice;
    return ERR_OK;
}

static enum err keep_claims(struct loading *l, const struct loading_claims *from,
                            struct chain_claims *to, struct errinfo *info) {
    to->count = from->of.len;
    to->exhibitor = keep(l, from->of.at, from->of.len, sizeof(uint32_t));
    to->node = keep(l, from->node.at, from->node.len, sizeof(uint32_t));
    to->basis = keep(l, from->basis.at, from->basis.len, 1);
    return to->exhibitor && to->node && to->basis ? ERR_OK : err_memory(info);
}

static enum err build_register(struct loading *l, struct chain_input *in, struct errinfo *info) {
    size_t count = l->exhibitors.len;
    struct arena *arena = &l->view->arena;
    struct chain_register *reg = arena_new(arena, 1, sizeof(*reg));
    uint32_t *country = arena_new(arena, count, sizeof(*country));
    uint32_t *lead = arena_new(arena, count, sizeof(*lead));
    uint8_t *size = arena_new(arena, count, 1), *origin = arena_new(arena, count, 1);
    if (!reg || !country || !lead || !size || !origin)
        return err_memory(info);
    for (size_t i = 0; i < count; i++) {
        const struct view_organisation *o = &l->organisations.at[l->exhibitors.at[i].organisation];
        country[i] = o->country;
        lead[i] = l->exhibitors.at[i].lead;
        size[i] = o->size_class;
        origin[i] = o->origin;
    }
    *reg = (struct chain_register){
        .exhibitors = (uint32_t)count,
        .countries = (uint32_t)l->countries.len,
        .country = country,
        .size = size,
        .origin = origin,
        .lead = lead,
        .complete = l->editions.at[l->view->edition_index].register_complete,
    };
    enum err code = keep_claims(l, &l->offers, &reg->offers, info);
    if (code == ERR_OK)
        code = keep_claims(l, &l->needs, &reg->needs, info);
    in->reg = reg;
    return code;
}

static enum err build_past(struct loading *l, struct chain_input *in, struct errinfo *info) {
    size_t count = l->organisations.len;
    struct arena *arena = &l->view->arena;
    if (l->past_offers.of.len == 0)
        return ERR_OK;
    struct chain_past *past = arena_new(arena, 1, sizeof(*past));
    uint32_t *country = arena_new(arena, count, sizeof(*country));
    uint32_t *present = arena_new(arena, count, sizeof(*present));
    uint8_t *size = arena_new(arena, count, 1), *origin = arena_new(arena, count, 1);
    if (!past || !country || !present || !size || !origin)
        return err_memory(info);
    for (size_t i = 0; i < count; i++) {
        country[i] = l->organisations.at[i].country;
        present[i] = l->organisations.at[i].exhibitor;
        size[i] = l->organisations.at[i].size_class;
        origin[i] = l->organisations.at[i].origin;
    }
    size_t offers = l->past_offers.of.len;
    *past = (struct chain_past){
        .organisations = (uint32_t)count,
        .country = country,
        .size = size,
        .origin = origin,
        .present = present,
        .offers = offers,
        .organisation = keep(l, l->past_offers.of.at, offers, sizeof(uint32_t)),
        .node = keep(l, l->past_offers.node.at, offers, sizeof(uint32_t)),
        .edition = keep(l, l->past_edition.at, offers, sizeof(uint32_t)),
    };
    in->past = past;
    return past->organisation && past->node && past->edition ? ERR_OK : err_memory(info);
}

enum err loading_input(struct loading *l, struct errinfo *info) {
    struct chain_input *in = &l->view->input;
    set_origins(l);
    enum err code = build_graph(l, in, info);
    if (code == ERR_OK)
        code = build_slices(l, in, info);
    if (code == ERR_OK)
        code = build_register(l, in, info);
    if (code == ERR_OK)
        code = build_past(l, in, info);
    return code;
}
