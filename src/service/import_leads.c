/*
 * Finding lead exhibitors: see import_leads.h.
 *
 * The few names that are looked for are put into maps; then all names are walked once and looked up
 * there. So memory does not depend on the number of records. The exact spelling wins over the core
 * of a name, the sheet over the store, the fuller record over the emptier, the earlier over the
 * later.
 */
#include "service/import_leads.h"

#include "base/mem.h"
#include "service/import_names.h"

enum { TARGET_BYTES_MAX = 512 * 1024 * 1024 };

enum fit { FIT_NONE, FIT_CORE, FIT_EXACT, FIT_LITERAL };

struct target {
    uint32_t next_core; /* another target with the same core, or MAP_NONE */
    enum fit fit, fit_known;
    uint32_t row;    /* the record found, or IMPORT_NONE */
    uint32_t known;  /* the organisation found, or IMPORT_NONE */
    struct str text; /* the lead as first written */
};

struct search {
    struct arena arena;
    struct str_map by_text;  /* as written -> target */
    struct str_map by_exact; /* exact key -> target */
    struct str_map by_core;  /* core key -> first target */
    VEC(struct target)
    targets;
    struct name_faces faces;
    const struct import_plan *plan;
};

static bool put_key(struct search *s, struct str_map *map, struct str key, uint32_t target) {
    struct str copy = arena_copy(&s->arena, key);
    return copy.ptr != NULL && str_map_put(map, copy, target);
}

/* The target of a name as written, made when it is new. */
static enum err add_target(struct search *s, struct str text, struct errinfo *info) {
    if (str_map_get(&s->by_text, text) != MAP_NONE)
        return ERR_OK;
    enum err code = name_faces_make(&s->faces, text, info);
    if (code != ERR_OK)
        return code;
    struct str exact = buf_str(&s->faces.exact), core = buf_str(&s->faces.core);
    uint32_t at = exact.len > 0 ? str_map_get(&s->by_exact, exact) : MAP_NONE;
    if (at == MAP_NONE) {
        uint32_t twin = core.len > 0 ? str_map_get(&s->by_core, core) : MAP_NONE;
        at = (uint32_t)s->targets.len;
        if (!vec_push(&s->targets,
                      (struct target){twin, FIT_NONE, FIT_NONE, IMPORT_NONE, IMPORT_NONE, text}) ||
            (exact.len > 0 && !put_key(s, &s->by_exact, exact, at)) ||
            (core.len > 0 && !put_key(s, &s->by_core, core, at)))
            return err_memory(info);
    }
    return put_key(s, &s->by_text, text, at) ? ERR_OK : err_memory(info);
}

/* The sheet and the store are searched apart: a record of the sheet wins in the end. */
static void fit_target(struct search *s, uint32_t at, enum fit fit, uint32_t row, uint32_t known) {
    struct target *t = &s->targets.at[at];
    if (row == IMPORT_NONE) {
        if (fit > t->fit_known) {
            t->fit_known = fit;
            t->known = known;
        }
        return;
    }
    bool fuller = fit == t->fit && s->plan->rows.at[row].filled > s->plan->rows.at[t->row].filled;
    if (fit > t->fit || fuller) {
        t->fit = fit;
        t->row = row;
    }
}

static enum err offer_name(struct search *s, struct str name, uint32_t row, uint32_t known,
                           struct errinfo *info) {
    struct str faces[NAME_FACES_MAX];
    if (name.len == 0)
        return ERR_OK;
    uint32_t count = name_faces_cut(name, faces);
    for (uint32_t i = 0; i < count; i++) {
        enum err code = name_faces_make(&s->faces, faces[i], info);
        if (code != ERR_OK)
            return code;
        struct str exact = buf_str(&s->faces.exact), core = buf_str(&s->faces.core);
        uint32_t at = exact.len > 0 ? str_map_get(&s->by_exact, exact) : MAP_NONE;
        /* A name before or inside brackets is less than the whole one. */
        bool whole = i == 0 || str_find(name, STR(" / ")) != SIZE_MAX;
        if (at != MAP_NONE)
            fit_target(s, at,
                       !whole                                               ? FIT_CORE
                       : str_equal_nocase(faces[i], s->targets.at[at].text) ? FIT_LITERAL
                                                                            : FIT_EXACT,
                       row, known);
        at = core.len > 0 ? str_map_get(&s->by_core, core) : MAP_NONE;
        for (; at != MAP_NONE; at = s->targets.at[at].next_core)
            fit_target(s, at, FIT_CORE, row, known);
    }
    return ERR_OK;
}

static enum err offer_all(struct search *s, const struct import_known *known,
                          struct errinfo *info) {
    enum err code = ERR_OK;
    for (uint32_t i = 0; i < s->plan->rows.len && code == ERR_OK; i++) {
        code = offer_name(s, s->plan->rows.at[i].name_en, i, IMPORT_NONE, info);
        if (code == ERR_OK)
            code = offer_name(s, s->plan->rows.at[i].name_zh, i, IMPORT_NONE, info);
    }
    for (size_t i = 0; known != NULL && i < known->names.len && code == ERR_OK; i++)
        code = offer_name(s, known->names.at[i].name, IMPORT_NONE, known->names.at[i].organisation,
                          info);
    return code;
}

static enum err missing_lead(struct import_plan *plan, struct import_exhibitor *row,
                             struct errinfo *info) {
    struct import_finding finding = {
        .kind = FINDING_ERROR,
        .record = row->record,
        .line = row->line,
        .column = plan->map.column_of[FIELD_LEAD],
        .field = FIELD_LEAD,
        .value = row->lead_name,
        .message = STR("the lead exhibitor is neither in the sheet nor in the store"),
        .expected =
            STR("Write the name of an exhibitor as it stands in this sheet, or add a row for it"),
    };
    import_plan_classify(plan, row, IMPORT_ERROR);
    return import_plan_add(plan, &finding, info);
}

static enum err set_leads(struct import_plan *plan, const struct search *s, struct errinfo *info) {
    for (uint32_t i = 0; i < plan->rows.len; i++) {
        struct import_exhibitor *row = &plan->rows.at[i];
        if (row->lead_name.len == 0)
            continue;
        const struct target *t = &s->targets.at[str_map_get(&s->by_text, row->lead_name)];
        enum err code = ERR_OK;
        if (t->fit == FIT_NONE && t->fit_known == FIT_NONE)
            code = missing_lead(plan, row, info);
        else if (t->row != i) /* some sheets name a lead exhibitor as its own lead */
            row->lead = t->row;
        row->lead_known = t->known;
        if (code != ERR_OK)
            return code;
    }
    return ERR_OK;
}

enum err import_find_leads(struct import_plan *plan, const struct import_known *known,
                           struct errinfo *info) {
    struct search s = {.plan = plan};
    enum err code = ERR_OK;
    arena_init(&s.arena, TARGET_BYTES_MAX);
    name_faces_init(&s.faces);
    for (uint32_t i = 0; i < plan->rows.len && code == ERR_OK; i++)
        if (plan->rows.at[i].lead_name.len > 0)
            code = add_target(&s, plan->rows.at[i].lead_name, info);
    if (code == ERR_OK && s.targets.len > 0)
        code = offer_all(&s, known, info);
    if (code == ERR_OK && s.targets.len > 0)
        code = set_leads(plan, &s, info);
    str_map_release(&s.by_text);
    str_map_release(&s.by_exact);
    str_map_release(&s.by_core);
    vec_free(&s.targets);
    name_faces_release(&s.faces);
    arena_release(&s.arena);
    return code;
}
