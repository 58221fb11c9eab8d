/* Who stands next to an exhibitor: up and down each of its chains, and step by step. */
#include "api/codes.h"
#include "api/list.h"
#include "api/lookup.h"
#include "api/params.h"
#include "api/resources.h"
#include "engine/chain/chain_ask.h"
#include "service/directory.h"
#include "service/neighbourhood.h"

enum { NEAREST = 12 }; /* as many as the page names on a side */

/* ---- neighbours ---- */

struct neighbour_row {
    const struct view_organisation *exhibitor;
    const struct view_node *supplied, *used_in;
    struct str basis;
    bool said;
    uint32_t links[CHAIN_LINK_KINDS];
    struct api_position place; /* in the order of the engine */
};

static const struct api_field neighbour_fields[] = {
    API_ONE_AT(neighbour_row, exhibitor, &api_ref_organisation, false, "The other exhibitor"),
    API_ONE_AT(neighbour_row, supplied, &api_ref_node, false, "What goes between the two"),
    API_ONE_AT(neighbour_row, used_in, &api_ref_node, true,
               "What it goes into; null where one of them said that it needs it"),
    API_CODE_AT(neighbour_row, basis, &kind_basis, "How sure that is"),
    API_BOOL_AT(neighbour_row, said, "Whether a need was said, and does not only follow"),
    API_U32_AS("essential_links", neighbour_row, links[CHAIN_ESSENTIAL],
               "Essential links that join the two"),
    API_U32_AS("optional_links", neighbour_row, links[CHAIN_OPTIONAL],
               "Optional links that join the two"),
    API_U32_AS("capital_links", neighbour_row, links[CHAIN_CAPITAL],
               "Links of capital goods that join the two"),
};

const struct api_record api_neighbour = {
    .name = "Neighbour",
    .help = "An exhibitor next to another one: it could supply it, or buy from it",
    .field = neighbour_fields,
    .fields = API_COUNT(neighbour_fields)};

/* Grows along the engine's order: said, essential, optional, capital (more first), basis, index. */
static struct api_position place_of(struct api_scope *scope, const struct chain_neighbour *n) {
    return api_place(scope, "%08x%08x%08x%08x%x%08x", ~n->said, ~n->links[CHAIN_ESSENTIAL],
                     ~n->links[CHAIN_OPTIONAL], ~n->links[CHAIN_CAPITAL], 15U - n->basis,
                     n->exhibitor);
}

static struct api_rows neighbours_of(struct api_scope *scope, uint32_t exhibitor, uint32_t chain,
                                     enum chain_direction direction) {
    const struct view *view = scope->view;
    struct chain_neighbours found;
    enum err e =
        chain_find_neighbours(view->report, exhibitor, direction, chain, &found, scope->info);
    if (e != ERR_OK) {
        api_fail(scope, e);
        return (struct api_rows){.stride = 1};
    }
    struct neighbour_row *rows = api_new_rows(scope, found.count, sizeof(*rows));
    for (size_t i = 0; rows != NULL && i < found.count; i++) {
        const struct chain_neighbour *n = &found.at[i];
        rows[i] = (struct neighbour_row){
            .exhibitor = api_exhibitor_at(view, n->exhibitor),
            .supplied = &view->node[n->supplied],
            .used_in = api_node_at(view, n->used_in),
            .basis = api_basis(n->basis),
            .said = n->said > 0,
            .place = place_of(scope, n),
        };
        memcpy(rows[i].links, n->links, sizeof(n->links));
    }
    size_t count = rows != NULL ? found.count : 0;
    chain_neighbours_release(&found);
    return API_ROWS(rows, count);
}

/* ---- the lists of all of them ---- */

static enum err gather_side(struct api_call *call, struct api_page *page,
                            enum chain_direction direction, struct errinfo *info) {
    uint32_t exhibitor, chain;
    enum err e = api_lookup(call, &api_path_exhibitor, &exhibitor, info);
    if (e == ERR_OK)
        e = api_lookup(call, &api_param_in_chain, &chain, info);
    if (e != ERR_OK)
        return e;
    struct api_rows rows = neighbours_of(&call->scope, exhibitor, chain, direction);
    for (size_t i = 0; i < rows.count; i++) {
        const struct neighbour_row *row = api_row(rows, i);
        api_page_take(page, row,
                      !call->has_cursor || api_position_is_behind(row->place, call->after));
    }
    return call->scope.failed;
}

static enum err gather_suppliers(struct api_call *call, struct api_page *page,
                                 struct errinfo *info) {
    return gather_side(call, page, CHAIN_UP, info);
}

static enum err gather_customers(struct api_call *call, struct api_page *page,
                                 struct errinfo *info) {
    return gather_side(call, page, CHAIN_DOWN, info);
}

static struct api_position place_neighbour(struct api_call *call, const void *row) {
    return ((const struct neighbour_row *)row)->place;
}

const struct api_list api_list_suppliers = {.gather = gather_suppliers,
                                            .position = place_neighbour};
const struct api_list api_list_customers = {.gather = gather_customers,
                                            .position = place_neighbour};

/* ---- by chain, in the exhibitor's record ---- */

struct chain_row_of {
    const struct view_chain *chain;
    struct api_rows suppliers, customers; /* the nearest */
    uint32_t supplier_count, customer_count;
};

static struct api_rows near_suppliers(struct api_scope *scope, const void *row) {
    return ((const struct chain_row_of *)row)->suppliers;
}

static struct api_rows near_customers(struct api_scope *scope, const void *row) {
    return ((const struct chain_row_of *)row)->customers;
}

static const struct api_field chain_fields[] = {
    API_ONE_AT(chain_row_of, chain, &api_ref_chain, false, "The chain"),
    API_U32_AS("supplier_count", chain_row_of, supplier_count,
               "Exhibitors up the chain that could supply it"),
    API_MANY("suppliers", &api_neighbour, near_suppliers,
             "The nearest 12 of them; /api/v1/exhibitors/{id}/suppliers lists all"),
    API_U32_AS("customer_count", chain_row_of, customer_count,
               "Exhibitors down the chain that could buy from it"),
    API_MANY("customers", &api_neighbour, near_customers,
             "The nearest 12 of them; /api/v1/exhibitors/{id}/customers lists all"),
};

const struct api_record api_chain_neighbours = {.name = "ChainNeighbours",
                                                .help = "Who stands next to an exhibitor in a "
                                                        "chain",
                                                .field = chain_fields,
                                                .fields = API_COUNT(chain_fields)};

static struct api_rows nearest(struct api_rows rows) {
    rows.count = rows.count < NEAREST ? rows.count : NEAREST;
    return rows;
}

struct api_rows api_exhibitor_chains(struct api_scope *scope, const void *row) {
    const struct view *view = scope->view;
    uint32_t exhibitor = (uint32_t)((const struct view_exhibitor *)row - view->exhibitor);
    struct chain_row_of *rows = api_new_rows(scope, view->chains, sizeof(*rows));
    size_t count = 0;
    for (uint32_t c = 0; rows != NULL && c < view->chains; c++) {
        if (!directory_stands_in_chain(view, exhibitor, c))
            continue;
        struct api_rows up = neighbours_of(scope, exhibitor, c, CHAIN_UP);
        struct api_rows down = neighbours_of(scope, exhibitor, c, CHAIN_DOWN);
        rows[count++] = (struct chain_row_of){&view->chain[c], nearest(up), nearest(down),
                                              (uint32_t)up.count, (uint32_t)down.count};
    }
    return API_ROWS(rows, count);
}

/* ---- steps ---- */

struct step_row {
    const struct view_node *node;
    struct str kind;
    bool said;
    uint32_t firms;
};

static const struct api_field step_fields[] = {
    API_ONE_AT(step_row, node, &api_ref_node, false, "The node"),
    API_CODE_AT(step_row, kind, &kind_link, "The strongest link that joins it"),
    API_BOOL_AT(step_row, said, "Whether the need was said, and does not only follow"),
    API_U32_AS("exhibitor_count", step_row, firms,
               "Other exhibitors that stand there; 0 = nobody in the register"),
};

static const struct api_record api_step = {.name = "Step",
                                           .help = "A node one step from an exhibitor",
                                           .field = step_fields,
                                           .fields = API_COUNT(step_fields)};

static struct api_rows steps_of(struct api_scope *scope, const struct near_side *side) {
    struct step_row *rows = api_new_rows(scope, side->boxes, sizeof(*rows));
    for (uint32_t i = 0; rows != NULL && i < side->boxes; i++)
        rows[i] = (struct step_row){
            .node = &scope->view->node[side->box[i].node],
            .kind = str_of(kind_code(&kind_link, side->box[i].kind + 1U)),
            .said = side->box[i].is_said,
            .firms = side->box[i].firms,
        };
    return API_ROWS(rows, rows != NULL ? side->boxes : 0);
}

static struct api_rows steps_up(struct api_scope *scope, const void *row) {
    return steps_of(scope, &((const struct neighbourhood *)row)->up);
}

static struct api_rows steps_down(struct api_scope *scope, const void *row) {
    return steps_of(scope, &((const struct neighbourhood *)row)->down);
}

static const struct api_field steps_fields[] = {
    API_MANY("up", &api_step, steps_up, "Inputs of what it offers, and what it says it needs"),
    API_MANY("down", &api_step, steps_down, "What goes on from what it offers"),
};

const struct api_record api_steps = {.name = "Steps",
                                     .help = "The nodes around an exhibitor",
                                     .field = steps_fields,
                                     .fields = API_COUNT(steps_fields)};

const void *api_exhibitor_steps(struct api_scope *scope, const void *row) {
    const struct view *view = scope->view;
    struct neighbourhood *found = api_new_rows(scope, 1, sizeof(*found));
    if (found == NULL)
        return NULL;
    enum err e =
        neighbourhood_find(view, (uint32_t)((const struct view_exhibitor *)row - view->exhibitor),
                           scope->arena, found, scope->info);
    if (e != ERR_OK)
        api_fail(scope, e);
    return e == ERR_OK ? found : NULL;
}
