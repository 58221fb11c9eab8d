/* What is missing: gaps and weak spots of the chains, and who could fill them. */
#include <inttypes.h>

#include "api/codes.h"
#include "api/lookup.h"
#include "api/params.h"
#include "api/resources.h"
#include "engine/chain/chain_ask.h"
#include "service/words.h"

enum { CANDIDATES_MAX = 3 }; /* as many as the page names */

/* ---- who could fill it ---- */

struct candidate_row {
    const struct view_organisation *organisation, *lead;
    const struct view_node *evidence;
    struct str reason, edition;
    bool exhibits;
};

static const struct api_field candidate_fields[] = {
    API_ONE_AT(candidate_row, organisation, &api_ref_organisation, false, "Who it is"),
    API_BOOL_AT(candidate_row, exhibits, "Whether it exhibits at this edition"),
    API_CODE_AT(candidate_row, reason, &api_kind_reason, "Why it could"),
    API_ONE_AT(candidate_row, evidence, &api_ref_node, false,
               "The node that shows it: what it offers or offered, or its leader needs"),
    API_STR_AS("edition", candidate_row, edition, API_KEY, true,
               "Code of the latest edition at which it offered the node"),
    API_ONE_AT(candidate_row, lead, &api_ref_organisation, true,
               "The lead exhibitor whose partner it is"),
};

static const struct api_record api_candidate = {.name = "Candidate",
                                                .help = "Who could fill a gap, and why",
                                                .field = candidate_fields,
                                                .fields = API_COUNT(candidate_fields)};

static struct api_rows gap_candidates(struct api_scope *scope, const void *row) {
    const struct chain_gap *gap = row;
    const struct view *view = scope->view;
    struct chain_candidate found[CANDIDATES_MAX];
    struct candidate_row *rows = api_new_rows(scope, CANDIDATES_MAX, sizeof(*rows));
    size_t count = 0;
    enum err e = chain_candidates(view->report, gap->node, (enum chain_gap_kind)gap->kind, found,
                                  CANDIDATES_MAX, &count, scope->info);
    if (e != ERR_OK)
        api_fail(scope, e);
    if (e != ERR_OK || rows == NULL)
        return API_ROWS(rows, 0);
    for (size_t i = 0; i < count; i++) {
        bool is_earlier = found[i].reason == CHAIN_REASON_OFFERED_EARLIER;
        rows[i] = (struct candidate_row){
            .organisation = words_candidate_name(view, &found[i]),
            .lead = api_exhibitor_at(view, found[i].lead),
            .evidence = &view->node[found[i].evidence],
            .reason = str_of(kind_code(&api_kind_reason, found[i].reason + 1U)),
            .edition = is_earlier ? view->edition[found[i].edition].code : STR(""),
            .exhibits = found[i].exhibitor != CHAIN_NONE,
        };
    }
    return API_ROWS(rows, count);
}

/* ---- the record ---- */

static const void *gap_chain(struct api_scope *scope, const void *row) {
    return &scope->view->chain[((const struct chain_gap *)row)->chain];
}

static const void *gap_node(struct api_scope *scope, const void *row) {
    return &scope->view->node[((const struct chain_gap *)row)->node];
}

/* The place of a gap's node in its chain. */
static const struct chain_place *place_of(const struct view *view, const struct chain_gap *gap) {
    struct chain_positions places = chain_places_of(view->report, gap->node);
    for (size_t i = 0; i < places.count; i++)
        if (chain_of_place(view->report, places.at[i]) == gap->chain)
            return &view->report->place[places.at[i]];
    return NULL;
}

static struct api_value gap_stage(struct api_scope *scope, const void *row) {
    const struct chain_place *place = place_of(scope->view, row);
    return place != NULL ? api_text(api_stage(place->stage)) : api_null();
}

static struct api_value gap_kind(struct api_scope *scope, const void *row) {
    return api_text(api_gap_kind(((const struct chain_gap *)row)->kind));
}

static struct api_value gap_state(struct api_scope *scope, const void *row) {
    return api_text(api_gap_state(((const struct chain_gap *)row)->state));
}

static const struct api_field gap_fields[] = {
    API_ONE("chain", &api_ref_chain, false, gap_chain, "The chain"),
    API_ONE("node", &api_ref_node, false, gap_node, "The node"),
    API_CHOICE("stage", &kind_stage, true, gap_stage, "Where the node stands in the chain"),
    API_CHOICE("kind", &kind_gap, false, gap_kind, "What is missing"),
    API_CHOICE("state", &api_kind_gap_state, false, gap_state,
               "Whether it is a gap of the expo, or only not in a register that is not complete"),
    API_DOUBLE_AT(chain_gap, importance, "How much it matters, 0 to 1"),
    API_U32_AS("waiting_count", chain_gap, waiting, "Exhibitors that need the node"),
    API_MANY("candidates", &api_candidate, gap_candidates,
             "Who could fill it, the likeliest first"),
};

const struct api_record api_gap = {.name = "Gap",
                                   .help = "What a chain lacks at a node",
                                   .field = gap_fields,
                                   .fields = API_COUNT(gap_fields)};

/* ---- the list ---- */

struct api_rows api_all_gaps(struct api_scope *scope, const void *none) {
    const struct view *view = scope->view;
    size_t count = 0;
    for (uint32_t c = 0; c < view->chains; c++)
        count += view->report->chain[c].gaps;
    return API_ROWS(view->report->gap, count);
}

struct gap_filter {
    uint32_t chain, node, kind, state, stage;
};

static enum err prepare_gaps(struct api_call *call, struct errinfo *info) {
    struct gap_filter *f = arena_new(call->scope.arena, 1, sizeof(*f));
    if (f == NULL)
        return err_memory(info);
    call->filter = f;
    f->kind = kind_of_code(&kind_gap, api_call_value(call, &api_param_gap_kind));
    f->state = kind_of_code(&api_kind_gap_state, api_call_value(call, &api_param_gap_state));
    f->stage = kind_of_code(&kind_stage, api_call_value(call, &api_param_at_stage));
    enum err e = api_lookup(call, &api_param_in_chain, &f->chain, info);
    return e == ERR_OK ? api_lookup(call, &api_param_of_node, &f->node, info) : e;
}

static bool takes_gap(struct api_call *call, const void *row) {
    const struct gap_filter *f = call->filter;
    const struct chain_gap *gap = row;
    if ((f->chain != VIEW_NONE && gap->chain != f->chain) ||
        (f->node != VIEW_NONE && gap->node != f->node) ||
        (f->kind != 0 && gap->kind + 1U != f->kind))
        return false;
    if (f->state != 0 && (gap->state == CHAIN_GAP_STATED) != (f->state == (uint32_t)API_GAP_STATED))
        return false;
    const struct chain_place *place = f->stage != 0 ? place_of(call->scope.view, gap) : NULL;
    return f->stage == 0 || (place != NULL && place->stage + 1U == f->stage);
}

/* The order of the engine: chain, importance, node, kind. The bits of a positive double grow with
 * it (IEEE 754), so their complement sorts the most important first. */
static struct api_position place_gap(struct api_call *call, const void *row) {
    const struct chain_gap *gap = row;
    uint64_t bits;
    memcpy(&bits, &gap->importance, sizeof(bits));
    bits = ~bits;
    return api_place(&call->scope, "%08x%016" PRIx64 "%08x%02x", gap->chain, bits, gap->node,
                     gap->kind);
}

const struct api_list api_list_gaps = {.rows = api_all_gaps,
                                       .is_sorted = true,
                                       .prepare = prepare_gaps,
                                       .takes = takes_gap,
                                       .position = place_gap};
