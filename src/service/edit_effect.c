/* The effect of an edit: see edit_effect.h. Both pictures are walked once a list; what belongs
 * together is found by the ids of the database, which an edit does not change. */
#include "service/edit_effect.h"

#include "base/mem.h"
#include "engine/chain/chain_ask.h"
#include "service/catalogue_check.h"
#include "service/words.h"

struct moment {
    const struct view *view;
    struct u64_map chains, nodes, scenarios; /* id -> index */
    struct u64_map gaps;                     /* key of a gap -> 0 */
    struct u64_map places;                   /* key of a place -> position in report->place */
    struct arena arena;
    VEC(struct str)
    findings[LANGS]; /* in the same order */
    enum lang lang;  /* of those that are coming */
    bool failed;
};

enum { FINDINGS_BYTES_MAX = 16 << 20, KIND_SHIFT = 56, CHAIN_SHIFT = 36 };

/* Ids of an expo's catalogue stay far below these bits: 2^20 chains, 2^36 nodes. */
static uint64_t key_of(const struct view *view, uint32_t chain, uint32_t node, uint32_t kind) {
    return (uint64_t)kind << KIND_SHIFT | (uint64_t)view->chain[chain].id << CHAIN_SHIFT |
           (uint64_t)view->node[node].id;
}

static void note_finding(void *ctx, const char *text) {
    struct moment *s = ctx;
    struct str copy = arena_copy(&s->arena, str_of(text));
    s->failed = s->failed || copy.ptr == NULL || !vec_push(&s->findings[s->lang], copy);
}

static enum err open_moment(struct moment *s, const struct view *view, struct errinfo *info) {
    const struct chain_report *report = view->report;
    bool ok = true;
    s->view = view;
    arena_init(&s->arena, FINDINGS_BYTES_MAX);
    for (uint32_t i = 0; i < view->chains && ok; i++)
        ok = u64_map_put(&s->chains, (uint64_t)view->chain[i].id, i);
    for (uint32_t i = 0; i < view->nodes && ok; i++)
        ok = u64_map_put(&s->nodes, (uint64_t)view->node[i].id, i);
    for (uint32_t i = 0; i < view->scenarios && ok; i++)
        ok = u64_map_put(&s->scenarios, (uint64_t)view->scenario[i].id, i);
    for (uint32_t c = 0; c < view->chains && ok; c++) {
        const struct chain_summary *summary = &report->chain[c];
        for (size_t i = 0; i < summary->gaps && ok; i++) {
            const struct chain_gap *gap = &report->gap[summary->gap_first + i];
            ok = u64_map_put(&s->gaps, key_of(view, c, gap->node, gap->kind), 0);
        }
        for (uint32_t i = 0; i < summary->places && ok; i++)
            ok = u64_map_put(&s->places,
                             key_of(view, c, report->place[summary->place_first + i].node, 0),
                             (uint32_t)summary->place_first + i);
    }
    enum err code = ok ? ERR_OK : err_memory(info);
    for (s->lang = LANG_EN; s->lang < LANGS && code == ERR_OK; s->lang++)
        code = catalogue_check_view(view, s->lang, note_finding, s, info);
    return code == ERR_OK && s->failed ? err_memory(info) : code;
}

static void close_moment(struct moment *s) {
    u64_map_release(&s->chains);
    u64_map_release(&s->nodes);
    u64_map_release(&s->scenarios);
    u64_map_release(&s->gaps);
    u64_map_release(&s->places);
    for (uint32_t lang = 0; lang < LANGS; lang++)
        vec_free(&s->findings[lang]);
    arena_release(&s->arena);
}

/* Opens "before" or "after": an object, or null where it is not there. */
static bool open_half(struct json_out *j, int half, bool there) {
    json_key(j, half == 0 ? "before" : "after");
    if (there)
        json_open(j);
    else
        json_none(j);
    return there;
}

/* Chains ---------------------------------------------------------------------------------------
 */

enum chain_figure {
    FIGURE_NODES,
    FIGURE_OFFERED,
    FIGURE_EXHIBITORS,
    FIGURE_GAPS,
    FIGURE_NO_EXHIBITOR,
    CHAIN_FIGURES
};

static void figures_of(const struct view *view, uint32_t chain, int64_t out[CHAIN_FIGURES]) {
    const struct chain_summary *s = &view->report->chain[chain];
    memset(out, 0, CHAIN_FIGURES * sizeof(*out));
    out[FIGURE_NODES] = s->places;
    for (uint32_t stage = 0; stage < CHAIN_STAGES; stage++)
        out[FIGURE_OFFERED] += s->offered[stage];
    out[FIGURE_EXHIBITORS] = s->exhibitors;
    out[FIGURE_GAPS] = (int64_t)s->gaps;
    for (size_t i = 0; i < s->gaps; i++)
        out[FIGURE_NO_EXHIBITOR] +=
            view->report->gap[s->gap_first + i].kind == CHAIN_GAP_NO_EXHIBITOR;
}

/* One chain that differs; `at` is MAP_NONE on the side that has it not. */
static void chain_json(struct json_out *j, const struct moment moment[2], const uint32_t at[2]) {
    static const char *const names[CHAIN_FIGURES] = {"nodes", "offered", "exhibitors", "gaps",
                                                     "no_exhibitor"};
    int64_t figure[2][CHAIN_FIGURES] = {{0}};
    bool there[2] = {at[0] != MAP_NONE, at[1] != MAP_NONE};
    for (int i = 0; i < 2; i++)
        if (there[i])
            figures_of(moment[i].view, at[i], figure[i]);
    if (there[0] && there[1] && memcmp(figure[0], figure[1], sizeof(figure[0])) == 0)
        return;
    const struct view_chain *chain =
        there[1] ? &moment[1].view->chain[at[1]] : &moment[0].view->chain[at[0]];
    json_open(j);
    json_key_text(j, "code", chain->code);
    json_key_text(j, "name_en", chain->name_en);
    json_key_text(j, "name_zh", chain->name_zh);
    for (int half = 0; half < 2; half++) {
        if (!open_half(j, half, there[half]))
            continue;
        for (int f = 0; f < CHAIN_FIGURES; f++)
            json_key_i64(j, names[f], figure[half][f]);
        json_close(j);
    }
    json_close(j);
}

static void chains_json(struct json_out *j, const struct moment moment[2]) {
    json_key(j, "chains");
    json_open_list(j);
    for (uint32_t c = 0; c < moment[1].view->chains; c++) {
        uint32_t old = u64_map_get(&moment[0].chains, (uint64_t)moment[1].view->chain[c].id);
        chain_json(j, moment, (uint32_t[]){old, c});
    }
    for (uint32_t c = 0; c < moment[0].view->chains; c++)
        if (u64_map_get(&moment[1].chains, (uint64_t)moment[0].view->chain[c].id) == MAP_NONE)
            chain_json(j, moment, (uint32_t[]){c, MAP_NONE});
    json_close_list(j);
}

/* Gaps and places --------------------------------------------------------------------------------
 */

static void place_names_json(struct json_out *j, const struct view *view, uint32_t chain,
                             uint32_t node) {
    json_key_text(j, "chain", view->chain[chain].code);
    json_key_text(j, "node", view->node[node].code);
    json_key_text(j, "name_en", view->node[node].name_en);
    json_key_text(j, "name_zh", view->node[node].name_zh);
}

/* Gaps of one side that the other has not. */
static void gaps_of_json(struct json_out *j, const struct moment *has, const struct moment *lacks,
                         bool opened, uint32_t *count) {
    const struct view *view = has->view;
    for (uint32_t c = 0; c < view->chains; c++)
        for (size_t i = 0; i < view->report->chain[c].gaps; i++) {
            const struct chain_gap *gap = &view->report->gap[view->report->chain[c].gap_first + i];
            if (u64_map_get(&lacks->gaps, key_of(view, c, gap->node, gap->kind)) != MAP_NONE ||
                (*count)++ >= EDIT_EFFECT_ITEMS_MAX)
                continue;
            json_open(j);
            place_names_json(j, view, c, gap->node);
            json_key_text(j, "kind", str_of(kind_code(&kind_gap, gap->kind + 1U)));
            json_key(j, "opened");
            json_bool(j, opened);
            json_close(j);
        }
}

static void gaps_json(struct json_out *j, const struct moment moment[2]) {
    uint32_t opened = 0, closed = 0;
    json_key(j, "gaps");
    json_open_list(j);
    gaps_of_json(j, &moment[1], &moment[0], true, &opened);
    gaps_of_json(j, &moment[0], &moment[1], false, &closed);
    json_close_list(j);
    json_key_i64(j, "gaps_opened", opened);
    json_key_i64(j, "gaps_closed", closed);
}

/* Nodes whose stage in a chain is another one. */
static void moved_json(struct json_out *j, const struct moment moment[2]) {
    const struct view *view = moment[1].view;
    uint32_t moved = 0;
    json_key(j, "moved");
    json_open_list(j);
    for (uint32_t c = 0; c < view->chains; c++)
        for (uint32_t i = 0; i < view->report->chain[c].places; i++) {
            const struct chain_place *now =
                &view->report->place[view->report->chain[c].place_first + i];
            uint32_t at = u64_map_get(&moment[0].places, key_of(view, c, now->node, 0));
            const struct chain_place *then =
                at != MAP_NONE ? &moment[0].view->report->place[at] : NULL;
            if (then == NULL || then->stage == now->stage || moved++ >= EDIT_EFFECT_ITEMS_MAX)
                continue;
            json_open(j);
            place_names_json(j, view, c, now->node);
            json_key(j, "stage");
            json_open_list(j);
            json_text(j, str_of(words_stage((enum chain_stage)then->stage)));
            json_text(j, str_of(words_stage((enum chain_stage)now->stage)));
            json_close_list(j);
            json_close(j);
        }
    json_close_list(j);
}

/* Scenarios ------------------------------------------------------------------------------------ */

/* Parts of a bill, and how many of them nobody offers. */
static enum err read_bill(const struct view *view, uint32_t index, int64_t *missing,
                          struct errinfo *info) {
    const struct view_scenario *s = &view->scenario[index];
    uint32_t *node = mem_new(s->parts + 1, sizeof(*node));
    uint32_t *parent = mem_new(s->parts + 1, sizeof(*parent));
    struct chain_part *part = mem_new(s->parts + 1, sizeof(*part));
    enum err code = node != NULL && parent != NULL && part != NULL ? ERR_OK : err_memory(info);
    for (uint32_t i = 0; i < s->parts && code == ERR_OK; i++) {
        node[i] = view->part[s->part_first + i].node;
        parent[i] = view->part[s->part_first + i].parent;
    }
    if (code == ERR_OK)
        code = chain_read_bill(view->report, s->parts, node, parent, part, info);
    *missing = 0;
    for (uint32_t i = 0; i < s->parts && code == ERR_OK; i++)
        *missing +=
            part[i].state == CHAIN_PART_MISSING || part[i].state == CHAIN_PART_NOT_IN_REGISTER;
    mem_free(node);
    mem_free(parent);
    mem_free(part);
    return code;
}

static enum err scenario_json(struct json_out *j, const struct moment moment[2],
                              const uint32_t at[2], struct errinfo *info) {
    bool there[2] = {at[0] != MAP_NONE, at[1] != MAP_NONE};
    int64_t parts[2] = {0}, missing[2] = {0};
    enum err code = ERR_OK;
    for (int i = 0; i < 2 && code == ERR_OK; i++)
        if (there[i]) {
            parts[i] = moment[i].view->scenario[at[i]].parts;
            code = read_bill(moment[i].view, at[i], &missing[i], info);
        }
    if (code != ERR_OK ||
        (there[0] && there[1] && parts[0] == parts[1] && missing[0] == missing[1]))
        return code;
    const struct view_scenario *s =
        there[1] ? &moment[1].view->scenario[at[1]] : &moment[0].view->scenario[at[0]];
    json_open(j);
    json_key_text(j, "code", s->code);
    json_key_text(j, "name_en", s->name_en);
    json_key_text(j, "name_zh", s->name_zh);
    for (int half = 0; half < 2; half++) {
        if (!open_half(j, half, there[half]))
            continue;
        json_key_i64(j, "parts", parts[half]);
        json_key_i64(j, "missing", missing[half]);
        json_close(j);
    }
    json_close(j);
    return ERR_OK;
}

static enum err scenarios_json(struct json_out *j, const struct moment moment[2],
                               struct errinfo *info) {
    enum err code = ERR_OK;
    json_key(j, "scenarios");
    json_open_list(j);
    for (uint32_t s = 0; s < moment[1].view->scenarios && code == ERR_OK; s++) {
        uint32_t old = u64_map_get(&moment[0].scenarios, (uint64_t)moment[1].view->scenario[s].id);
        code = scenario_json(j, moment, (uint32_t[]){old, s}, info);
    }
    for (uint32_t s = 0; s < moment[0].view->scenarios && code == ERR_OK; s++)
        if (u64_map_get(&moment[1].scenarios, (uint64_t)moment[0].view->scenario[s].id) == MAP_NONE)
            code = scenario_json(j, moment, (uint32_t[]){s, MAP_NONE}, info);
    json_close_list(j);
    return code;
}

/* Findings -------------------------------------------------------------------------------------
 */

static bool is_among(const struct moment *s, struct str finding) {
    for (size_t i = 0; i < s->findings[LANG_EN].len; i++)
        if (str_equal(s->findings[LANG_EN].at[i], finding))
            return true;
    return false;
}

static void findings_json(struct json_out *j, const struct moment moment[2]) {
    json_key(j, "findings");
    json_open_list(j);
    for (int i = 1; i >= 0; i--)
        for (size_t k = 0; k < moment[i].findings[LANG_EN].len; k++) {
            if (is_among(&moment[1 - i], moment[i].findings[LANG_EN].at[k]))
                continue;
            json_open(j);
            json_key_text(j, "message", moment[i].findings[LANG_EN].at[k]);
            json_key_text(j, "message_zh", moment[i].findings[LANG_ZH].at[k]);
            json_key(j, "new");
            json_bool(j, i == 1);
            json_close(j);
        }
    json_close_list(j);
}

enum err edit_effect_json(const struct view *before, const struct view *after, struct json_out *j,
                          struct errinfo *info) {
    struct moment moment[2] = {{0}, {0}};
    enum err code = open_moment(&moment[0], before, info);
    if (code == ERR_OK)
        code = open_moment(&moment[1], after, info);
    if (code == ERR_OK) {
        json_open(j);
        chains_json(j, moment);
        gaps_json(j, moment);
        moved_json(j, moment);
        code = scenarios_json(j, moment, info);
        findings_json(j, moment);
        json_close(j);
    }
    close_moment(&moment[0]);
    close_moment(&moment[1]);
    return code;
}

/* Whether a loaded picture is the one that is asked for, as it is now. */
static bool is_current(const struct view *view, struct str edition, int64_t version) {
    if (view == NULL || view->version != version)
        return false;
    const struct view_edition *shown = view_this_edition(view);
    return edition.len > 0 ? str_equal(shown->code, edition) : shown->current;
}

enum err edit_preview(struct store *store, const struct access *access,
                      const struct edit_request *request, struct str edition,
                      const struct view *before, struct job *job, struct edit_outcome *outcome,
                      struct json_out *j, struct errinfo *info) {
    struct store_reader *reader = store_reader_of(store);
    struct view *loaded = NULL, *after = NULL;
    int64_t version;
    enum err code = store_version(reader, &version, info);
    if (code == ERR_OK && !is_current(before, edition, version)) {
        code = view_load_inside(reader, edition, job, &loaded, info);
        before = loaded;
    }
    if (code == ERR_OK)
        code = edit_apply(store, access, request, outcome, info);
    if (code == ERR_OK)
        code = view_load_inside(reader, edition, job, &after, info);
    if (code == ERR_OK)
        code = edit_effect_json(before, after, j, info);
    view_free(loaded);
    view_free(after);
    return code;
}
