/* The view: loading in one read transaction, and the questions that need no engine. See view.h. */
#include "service/view_loading.h"

struct str loading_text(struct loading *l, const struct store_value *value, bool *ok) {
    if (value->kind != STORE_TEXT)
        return STR("");
    /* Words of closed lists, codes and sources stand in many records; one copy of each will do. */
    bool is_short = value->text.len <= LOADING_SHORT_MAX;
    struct str *known = is_short ? &l->known[str_hash(value->text) % LOADING_KNOWN] : NULL;
    if (known != NULL && known->ptr != NULL && str_equal(*known, value->text))
        return *known;
    struct str copy = arena_copy(&l->view->arena, value->text);
    if (copy.ptr == NULL)
        *ok = false;
    else if (known != NULL)
        *known = copy;
    return copy;
}

int64_t loading_int(const struct store_value *value) {
    return value->kind == STORE_INTEGER ? value->integer : 0;
}

uint32_t loading_kind(const struct kind *kind, const struct store_value *value) {
    return value->kind == STORE_TEXT ? kind_of_code(kind, value->text) : 0;
}

uint32_t loading_ref(const struct u64_map *map, const struct store_value *value) {
    return value->kind == STORE_INTEGER ? u64_map_get(map, (uint64_t)value->integer) : VIEW_NONE;
}

/* Hands the arrays over to the view, which frees them. */
static void hand_over(struct loading *l) {
    struct view *v = l->view;
#define HAND_OVER(array, count, from)                                                              \
    (v->array = l->from.at, v->count = (uint32_t)l->from.len, l->from.at = NULL)
    HAND_OVER(edition, editions, editions);
    HAND_OVER(country, countries, countries);
    HAND_OVER(region, regions, regions);
    HAND_OVER(node, nodes, nodes);
    HAND_OVER(chain, chains, chains);
    HAND_OVER(scenario, scenarios, scenarios);
    HAND_OVER(part, parts, parts);
    HAND_OVER(area, areas, areas);
    HAND_OVER(pavilion, pavilions, pavilions);
    HAND_OVER(organisation, organisations, organisations);
    HAND_OVER(other_name, other_names, other_names);
    HAND_OVER(exhibitor, exhibitors, exhibitors);
    HAND_OVER(exhibit, exhibits, exhibits);
    HAND_OVER(programme, programmes, programme);
    HAND_OVER(text, texts, texts);
    HAND_OVER(picture, pictures, pictures);
    HAND_OVER(host, hosts, hosts);
    HAND_OVER(every_figure, every_figures, figures);
    HAND_OVER(attendance, attendances, attendances);
#undef HAND_OVER
    while (v->figures < v->every_figures && v->every_figure[v->figures].edition < v->edition_index)
        v->figures++;
    v->figure = v->every_figure != NULL ? v->every_figure + v->figures : NULL;
    uint32_t first = v->figures;
    while (v->figures < v->every_figures && v->every_figure[v->figures].edition == v->edition_index)
        v->figures++;
    v->figures -= first;
}

static void release_claims(struct loading_claims *claims) {
    vec_free(&claims->of);
    vec_free(&claims->node);
    vec_free(&claims->basis);
}

static void release_loading(struct loading *l) {
    u64_map_release(&l->node_by_id);
    u64_map_release(&l->chain_by_id);
    u64_map_release(&l->scenario_by_id);
    u64_map_release(&l->edition_by_id);
    u64_map_release(&l->area_by_id);
    u64_map_release(&l->pavilion_by_id);
    u64_map_release(&l->programme_by_id);
    u64_map_release(&l->past_by_id);
    str_map_release(&l->country_by_code);
    str_map_release(&l->region_by_code);
    vec_free(&l->past_exhibitors);
    vec_free(&l->link_input);
    vec_free(&l->link_output);
    vec_free(&l->link_group);
    vec_free(&l->link_kind);
    vec_free(&l->members);
    vec_free(&l->past_edition);
    release_claims(&l->offers);
    release_claims(&l->needs);
    release_claims(&l->past_offers);
}

/* `begins`: a read transaction of its own; else the caller has one open. */
static enum err load(struct store_reader *reader, struct str edition_code, const struct job *job,
                     bool begins, struct view **out, struct errinfo *info) {
    struct view *view = mem_new(1, sizeof(*view));
    if (view == NULL)
        return err_memory(info);
    arena_init(&view->arena, VIEW_TEXT_MAX_BYTES);
    struct loading l = {.view = view, .reader = reader, .job = job};
    enum err code = begins ? store_read_begin(reader, info) : ERR_OK;
    bool begun = code == ERR_OK && begins;
    if (code == ERR_OK) {
        code = store_version(reader, &view->version, info);
        if (code == ERR_OK)
            code = loading_catalogue(&l, info);
        if (code == ERR_OK)
            code = loading_editions(&l, edition_code, info);
        if (code == ERR_OK)
            code = loading_event(&l, info);
        if (code == ERR_OK)
            code = loading_register(&l, info);
    }
    if (begun)
        store_read_end(reader);
    if (code == ERR_OK)
        code = loading_links(&l, info);
    if (code == ERR_OK)
        code = loading_input(&l, info);
    hand_over(&l);
    if (code == ERR_OK)
        code = chain_analyse(&view->input, job, &view->report, info);
    release_loading(&l);
    if (code != ERR_OK) {
        view_free(view);
        return code;
    }
    *out = view;
    return ERR_OK;
}

enum err view_load(struct store_reader *reader, struct str edition_code, const struct job *job,
                   struct view **out, struct errinfo *info) {
    return load(reader, edition_code, job, true, out, info);
}

enum err view_load_inside(struct store_reader *reader, struct str edition_code,
                          const struct job *job, struct view **out, struct errinfo *info) {
    return load(reader, edition_code, job, false, out, info);
}

void view_free(struct view *view) {
    if (view == NULL)
        return;
    chain_report_free(view->report);
    void *const arrays[] = {
        view->edition,    view->country,   view->region,  view->node,      view->chain,
        view->scenario,   view->part,      view->area,    view->pavilion,  view->organisation,
        view->other_name, view->exhibitor, view->exhibit, view->programme, view->every_figure,
        view->attendance, view->text,      view->picture, view->host};
    for (size_t i = 0; i < sizeof(arrays) / sizeof(arrays[0]); i++)
        mem_free(arrays[i]);
    str_map_release(&view->node_by_code);
    str_map_release(&view->chain_by_code);
    str_map_release(&view->scenario_by_code);
    str_map_release(&view->area_by_code);
    u64_map_release(&view->exhibitor_by_id);
    u64_map_release(&view->organisation_by_id);
    arena_release(&view->arena);
    mem_free(view);
}

const struct view_figure *view_leading_figure(const struct view *view, uint32_t edition,
                                              struct str figure) {
    static const char *const states[] = {"announced", "confirmed", "closing"};
    const struct view_figure *best = NULL;
    int best_rank = -2;
    for (uint32_t i = 0; i < view->every_figures; i++) {
        const struct view_figure *f = &view->every_figure[i];
        int rank = -1;
        if (f->edition != edition || !str_equal(f->figure, figure))
            continue;
        for (int s = 0; s < 3; s++)
            if (str_equal_c(f->state, states[s]))
                rank = s;
        /* "620" says more than "over 600", even when that was said later. */
        if (str_equal_c(f->qualifier, "exact"))
            rank += 3;
        if (rank > best_rank || (rank == best_rank && str_compare(f->as_of, best->as_of) > 0)) {
            best = f;
            best_rank = rank;
        }
    }
    return best;
}

const struct view_figure *view_contracted(const struct view *view) {
    return view_leading_figure(view, view->edition_index, STR("exhibitors_contracted"));
}
