/*
 * Writing a plan: see import_apply.h.
 *
 * First all organisations and exhibitors, so that a lead exhibitor has an id wherever it stands in
 * the sheet; then the leads. Updates name every value the sheet gives; the store logs those that
 * differ.
 *
 * A sheet without a column of nodes leaves it to the program to read them out of the texts: what
 * the catalogue engine asserts becomes an inferred offer with the words that decided. Inferred
 * offers that no longer follow from the texts go; declared and confirmed ones are never touched,
 * and nothing is inferred about who said itself what it offers (profiles.h).
 */
#include "service/import_apply.h"

#include "base/mem.h"
#include "service/import_diff.h"
#include "service/infer.h"
#include "service/participant_stand.h"

enum { ROWS_PER_QUESTION = 1000, CELLS_MAX = 16 };

struct applying {
    const struct import_plan *plan;
    const struct import_world *world;
    struct store *store;
    int64_t *organisations; /* by row: id, 0 = not written */
    struct u64_map at;      /* row * 64 + edition -> position in exhibitors */
    VEC(int64_t)
    exhibitors;
};

struct cells {
    struct store_cell at[CELLS_MAX];
    uint32_t count;
};

static void add_cell(struct cells *c, uint32_t column, struct store_value value) {
    if (value.kind != STORE_NULL)
        c->at[c->count++] = (struct store_cell){column, value};
}

static void add_text(struct cells *c, uint32_t column, struct str text) {
    add_cell(c, column, store_text(text));
}

static struct str country_code(const struct applying *a, uint32_t country) {
    return country != IMPORT_NONE ? a->world->countries.at[country].code : STR("");
}

/* Organisations -------------------------------------------------------------------------------- */

static void organisation_cells(const struct applying *a, const struct import_exhibitor *row,
                               struct cells *c) {
    add_text(c, ORGANISATION_COUNTRY, country_code(a, row->country));
    add_text(c, ORGANISATION_REGION, str_of(row->region));
    add_text(c, ORGANISATION_SIZE, str_of(kind_code(&kind_size, row->size)));
    add_text(c, ORGANISATION_PARENT_COUNTRY, country_code(a, row->parent_country));
    add_text(c, ORGANISATION_WEBSITE, row->website);
    add_text(c, ORGANISATION_LEI, row->lei);
    add_text(c, ORGANISATION_REGISTRATION, row->registration);
}

static enum err add_alias(struct applying *a, int64_t organisation, const char *language,
                          struct str name, struct errinfo *info) {
    struct cells c = {.count = 0};
    int64_t id;
    add_cell(&c, ORGANISATION_NAME_ORGANISATION_ID, store_int(organisation));
    add_text(&c, ORGANISATION_NAME_LANGUAGE, str_of(language));
    add_text(&c, ORGANISATION_NAME_KIND, STR("alias"));
    add_text(&c, ORGANISATION_NAME_NAME, name);
    return store_insert(a->store, TABLE_ORGANISATION_NAME, c.at, c.count, &id, info);
}

static enum err update_organisation(struct applying *a, const struct import_exhibitor *row,
                                    int64_t *id, struct errinfo *info) {
    const struct known_organisation *o = &a->world->known.organisations.at[row->known];
    struct cells c = {.count = 0};
    unsigned aliases;
    enum err code = import_diff_aliases(a->world, row, row->known, &aliases, info);
    if (code != ERR_OK)
        return code;
    *id = o->id;
    if (o->name_en.len == 0)
        add_text(&c, ORGANISATION_NAME_EN, row->name_en);
    if (o->name_zh.len == 0)
        add_text(&c, ORGANISATION_NAME_ZH, row->name_zh);
    organisation_cells(a, row, &c);
    /* The same place in two writings is no change: see import_diff.c. */
    struct str country = country_code(a, row->country);
    if (o->country.len > 0 && !str_equal(o->country, country) &&
        place_agrees(&a->world->words.places, country, str_of(row->region), o->country, o->region))
        for (uint32_t i = 0; i < c.count; i++)
            if (c.at[i].column == ORGANISATION_COUNTRY || c.at[i].column == ORGANISATION_REGION)
                c.at[i--] = c.at[--c.count];
    if (c.count > 0)
        code = store_update(a->store, TABLE_ORGANISATION, o->id, c.at, c.count, info);
    if (code == ERR_OK && (aliases & 1U) != 0)
        code = add_alias(a, o->id, "en", row->name_en, info);
    if (code == ERR_OK && (aliases & 2U) != 0)
        code = add_alias(a, o->id, "zh", row->name_zh, info);
    return code;
}

static enum err write_organisation(struct applying *a, uint32_t at, struct errinfo *info) {
    const struct import_exhibitor *row = &a->plan->rows.at[at];
    struct cells c = {.count = 0};
    if (row->same_as != IMPORT_NONE && a->organisations[row->same_as] != 0) {
        a->organisations[at] = a->organisations[row->same_as];
        return ERR_OK;
    }
    if (row->known != IMPORT_NONE)
        return update_organisation(a, row, &a->organisations[at], info);
    add_text(&c, ORGANISATION_NAME_EN, row->name_en);
    add_text(&c, ORGANISATION_NAME_ZH, row->name_zh);
    organisation_cells(a, row, &c);
    add_text(&c, ORGANISATION_SOURCE, row->source);
    return store_insert(a->store, TABLE_ORGANISATION, c.at, c.count, &a->organisations[at], info);
}

/* Exhibitors ----------------------------------------------------------------------------------- */

static uint64_t exhibitor_key(uint32_t row, uint32_t edition) {
    return (uint64_t)row * IMPORT_EDITIONS_MAX + edition;
}

static bool remember_exhibitor(struct applying *a, uint32_t row, uint32_t edition, int64_t id) {
    return u64_map_put(&a->at, exhibitor_key(row, edition), (uint32_t)a->exhibitors.len) &&
           vec_push(&a->exhibitors, id);
}

static enum err write_statement(struct applying *a, int64_t exhibitor, uint32_t known,
                                uint32_t node, uint8_t side, struct errinfo *info) {
    uint32_t at = known != KNOWN_NONE ? import_known_statement(&a->world->known, known, node, side)
                                      : KNOWN_NONE;
    struct str declared = str_of(kind_code(&kind_basis, BASIS_DECLARED));
    if (at != KNOWN_NONE) {
        const struct known_statement *s = &a->world->known.statements.at[at];
        struct store_cell basis[] = {{STATEMENT_BASIS, store_text(declared)},
                                     {STATEMENT_EVIDENCE, store_null()}};
        return s->basis == BASIS_INFERRED
                   ? store_update(a->store, TABLE_STATEMENT, s->id, basis, 2, info)
                   : ERR_OK;
    }
    struct cells c = {.count = 0};
    int64_t id;
    add_cell(&c, STATEMENT_EXHIBITOR_ID, store_int(exhibitor));
    add_cell(&c, STATEMENT_NODE_ID, store_int(a->world->node_ids.at[node]));
    add_text(&c, STATEMENT_SIDE, str_of(kind_code(&kind_side, side)));
    add_text(&c, STATEMENT_BASIS, declared);
    return store_insert(a->store, TABLE_STATEMENT, c.at, c.count, &id, info);
}

static enum err add_inferred(struct applying *a, int64_t exhibitor,
                             const struct import_inferred *offer, struct errinfo *info) {
    struct store_cell cells[] = {
        {STATEMENT_EXHIBITOR_ID, store_int(exhibitor)},
        {STATEMENT_NODE_ID, store_int(offer->node_id)},
        {STATEMENT_SIDE, store_text(str_of(kind_code(&kind_side, SIDE_OFFER)))},
        {STATEMENT_BASIS, store_text(str_of(kind_code(&kind_basis, BASIS_INFERRED)))},
        {STATEMENT_EVIDENCE, store_text(offer->evidence)},
    };
    int64_t id;
    return store_insert(a->store, TABLE_STATEMENT, cells, 5, &id, info);
}

/* Makes the inferred offers of an exhibitor those of the row's texts. */
static enum err write_inferred(struct applying *a, const struct import_exhibitor *row,
                               int64_t exhibitor, uint32_t known, struct errinfo *info) {
    const struct import_known *k = &a->world->known;
    const struct import_inferred *offers = a->plan->inferred.at + row->inferred_first;
    uint32_t at = known != KNOWN_NONE ? k->exhibitors.at[known].first_statement : KNOWN_NONE;
    bool present[INFER_OFFERS_MAX] = {false}, has_spoken;
    enum err code = participant_has_spoken(store_reader_of(a->store), exhibitor, &has_spoken, info);
    if (code != ERR_OK || has_spoken)
        return code;
    for (; at != KNOWN_NONE && code == ERR_OK; at = k->statements.at[at].next) {
        const struct known_statement *s = &k->statements.at[at];
        bool follows = false;
        if (s->side != SIDE_OFFER)
            continue;
        for (uint32_t i = 0; i < row->inferred; i++)
            if (offers[i].node_id == a->world->node_ids.at[s->node])
                present[i] = follows = true;
        if (s->basis == BASIS_INFERRED && !follows)
            code = store_delete(a->store, TABLE_STATEMENT, s->id, info);
    }
    for (uint32_t i = 0; i < row->inferred && code == ERR_OK; i++)
        if (!present[i])
            code = add_inferred(a, exhibitor, &offers[i], info);
    return code;
}

static void exhibitor_cells(const struct applying *a, const struct import_exhibitor *row,
                            uint32_t edition, struct cells *c) {
    add_text(c, EXHIBITOR_TYPE, str_of(kind_code(&kind_exhibitor_type, row->type)));
    add_cell(c, EXHIBITOR_AREA_ID, store_ref(import_world_area_id(a->world, row->area, edition)));
    add_cell(c, EXHIBITOR_PAVILION_ID,
             store_ref(import_world_pavilion_id(a->world, row->pavilion, edition)));
    add_text(c, EXHIBITOR_OFFERS_TEXT, row->offers_text);
    add_text(c, EXHIBITOR_OFFERS_TEXT_ZH, row->offers_text_zh);
    add_text(c, EXHIBITOR_BASIS, str_of(kind_code(&kind_offer_basis, row->basis)));
    add_text(c, EXHIBITOR_NOTE, row->note);
    add_text(c, EXHIBITOR_SOURCE, row->source);
}

static enum err write_exhibitor(struct applying *a, uint32_t at, uint32_t edition,
                                struct errinfo *info) {
    const struct import_exhibitor *row = &a->plan->rows.at[at];
    struct cells c = {.count = 0};
    enum err code = ERR_OK;
    int64_t id;
    uint32_t known = row->known != IMPORT_NONE
                         ? import_known_exhibitor(&a->world->known, row->known, edition)
                         : KNOWN_NONE;
    exhibitor_cells(a, row, edition, &c);
    if (known != KNOWN_NONE) {
        id = a->world->known.exhibitors.at[known].id;
        if (c.count > 0)
            code = store_update(a->store, TABLE_EXHIBITOR, id, c.at, c.count, info);
    } else {
        add_cell(&c, EXHIBITOR_EDITION_ID, store_int(a->world->edition_ids.at[edition]));
        add_cell(&c, EXHIBITOR_ORGANISATION_ID, store_int(a->organisations[at]));
        code = store_insert(a->store, TABLE_EXHIBITOR, c.at, c.count, &id, info);
        if (code == ERR_OK)
            code = participant_take_stand(a->store, id, info);
    }
    for (uint32_t i = 0; i < (uint32_t)row->offers + row->needs && code == ERR_OK; i++)
        code = write_statement(a, id, known, a->plan->nodes.at[row->nodes_first + i],
                               i < row->offers ? SIDE_OFFER : SIDE_NEED, info);
    if (code == ERR_OK && a->plan->infers &&
        (row->offers_text.len > 0 || row->offers_text_zh.len > 0))
        code = write_inferred(a, row, id, known, info);
    if (code == ERR_OK && !remember_exhibitor(a, at, edition, id))
        code = err_memory(info);
    return code;
}

/* Leads ---------------------------------------------------------------------------------------- */

/* The exhibitor of a record's lead in an edition; 0 when it does not take part in it. */
static int64_t lead_exhibitor(const struct applying *a, const struct import_exhibitor *row,
                              uint32_t edition) {
    uint32_t organisation = row->lead_known;
    if (row->lead != IMPORT_NONE) {
        uint32_t at = u64_map_get(&a->at, exhibitor_key(row->lead, edition));
        if (at != MAP_NONE)
            return a->exhibitors.at[at];
        organisation = a->plan->rows.at[row->lead].known;
    }
    uint32_t at = organisation != IMPORT_NONE
                      ? import_known_exhibitor(&a->world->known, organisation, edition)
                      : KNOWN_NONE;
    return at != KNOWN_NONE ? a->world->known.exhibitors.at[at].id : 0;
}

static enum err write_leads(struct applying *a, uint32_t at, struct errinfo *info) {
    const struct import_exhibitor *row = &a->plan->rows.at[at];
    enum err code = ERR_OK;
    for (uint64_t left = row->editions; left != 0 && code == ERR_OK; left &= left - 1) {
        uint32_t edition = (uint32_t)__builtin_ctzll(left);
        uint32_t own = u64_map_get(&a->at, exhibitor_key(at, edition));
        int64_t lead = lead_exhibitor(a, row, edition);
        if (own == MAP_NONE || lead == 0 || lead == a->exhibitors.at[own])
            continue;
        struct store_cell cell = {EXHIBITOR_LEAD_ID, store_int(lead)};
        code = store_update(a->store, TABLE_EXHIBITOR, a->exhibitors.at[own], &cell, 1, info);
    }
    return code;
}

/* Duplicates ----------------------------------------------------------------------------------- */

struct finding_pair {
    int64_t second;
    bool is_there;
};

static enum err find_pair(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    struct finding_pair *pair = ctx;
    if (v[DUPLICATE_DECISION_SECOND_ID].integer == pair->second)
        pair->is_there = true;
    return ERR_OK;
}

/* Notes that a pair waits, unless it does already: two rows may speak of the same two. */
static enum err write_pair(struct applying *a, int64_t first, int64_t second,
                           struct errinfo *info) {
    struct finding_pair pair = {.second = second};
    const struct store_cell cells[] = {
        {DUPLICATE_DECISION_FIRST_ID, store_int(first)},
        {DUPLICATE_DECISION_SECOND_ID, store_int(second)},
        {DUPLICATE_DECISION_DECISION, store_text(STR("later"))},
    };
    int64_t id;
    enum err code =
        store_scan_equal(store_reader_of(a->store), TABLE_DUPLICATE_DECISION,
                         DUPLICATE_DECISION_FIRST_ID, store_int(first), find_pair, &pair, info);
    return code == ERR_OK && !pair.is_there
               ? store_insert(a->store, TABLE_DUPLICATE_DECISION, cells, 3, &id, info)
               : code;
}

/* Notes that a proposed pair waits for a decision. */
static enum err write_decision(struct applying *a, const struct import_finding *f,
                               struct errinfo *info) {
    uint32_t row = import_plan_row(a->plan, f->record);
    uint32_t other = f->of_record > 0 ? import_plan_row(a->plan, f->of_record) : IMPORT_NONE;
    int64_t one = row != IMPORT_NONE ? a->organisations[row] : 0;
    int64_t two = other != IMPORT_NONE ? a->organisations[other] : f->of_id;
    if (other != IMPORT_NONE && two == 0 && a->plan->rows.at[other].known != IMPORT_NONE)
        two = a->world->known.organisations.at[a->plan->rows.at[other].known].id;
    if (one == 0 || two == 0 || one == two)
        return ERR_OK;
    return one < two ? write_pair(a, one, two, info) : write_pair(a, two, one, info);
}

static enum err write_decisions(struct applying *a, struct errinfo *info) {
    enum err code = ERR_OK;
    for (size_t i = 0; i < a->plan->findings.len && code == ERR_OK; i++)
        if (a->plan->findings.at[i].kind == FINDING_DUPLICATE)
            code = write_decision(a, &a->plan->findings.at[i], info);
    return code;
}

static enum err write_rows(struct applying *a, const struct job *job, struct errinfo *info) {
    enum err code = ERR_OK;
    for (uint32_t i = 0; i < a->plan->rows.len && code == ERR_OK; i++) {
        const struct import_exhibitor *row = &a->plan->rows.at[i];
        if (i % ROWS_PER_QUESTION == 0) {
            if (job != NULL && job_should_stop(job))
                return err_set(info, ERR_STOPPED, "the import was stopped; nothing was changed");
            job_report(job, "rows written", i, a->plan->rows.len);
        }
        if (!import_plan_writes(row))
            continue;
        code = write_organisation(a, i, info);
        for (uint64_t left = row->editions; left != 0 && code == ERR_OK; left &= left - 1)
            code = write_exhibitor(a, i, (uint32_t)__builtin_ctzll(left), info);
    }
    for (uint32_t i = 0; i < a->plan->rows.len && code == ERR_OK; i++)
        if (import_plan_writes(&a->plan->rows.at[i]) && a->plan->rows.at[i].lead_name.len > 0)
            code = write_leads(a, i, info);
    return code == ERR_OK ? write_decisions(a, info) : code;
}

/* Inferred offers ------------------------------------------------------------------------------ */

static enum err infer_row(struct import_plan *plan, struct import_exhibitor *row,
                          struct infer *infer, struct errinfo *info) {
    struct infer_offer offers[INFER_OFFERS_MAX];
    uint32_t count = 0;
    enum err code =
        infer_offers(infer, row->offers_text, row->offers_text_zh, offers, &count, info);
    row->inferred_first = (uint32_t)plan->inferred.len;
    for (uint32_t i = 0; i < count && code == ERR_OK; i++) {
        struct import_inferred offer = {offers[i].node_id,
                                        arena_copy(&plan->arena, offers[i].evidence)};
        if (offer.evidence.ptr == NULL || !vec_push(&plan->inferred, offer))
            code = err_memory(info);
    }
    row->inferred = (uint32_t)plan->inferred.len - row->inferred_first;
    return code;
}

enum err import_infer(struct import_plan *plan, struct store_reader *reader, const struct job *job,
                      struct errinfo *info) {
    struct infer *infer = NULL;
    if (plan->map.column_of[FIELD_OFFERS_NODES] != FIELD_NONE)
        return ERR_OK;
    enum err code = infer_new(reader, &infer, info);
    plan->infers = true;
    for (uint32_t i = 0; i < plan->rows.len && code == ERR_OK; i++) {
        if (i % ROWS_PER_QUESTION == 0 && job != NULL && job_should_stop(job))
            code = err_set(info, ERR_STOPPED, "the import was stopped; nothing was changed");
        else if (import_plan_writes(&plan->rows.at[i]))
            code = infer_row(plan, &plan->rows.at[i], infer, info);
    }
    infer_free(infer);
    return code;
}

enum err import_apply(const struct import_plan *plan, const struct import_world *world,
                      struct store *store, int64_t *organisations, const struct job *job,
                      struct errinfo *info) {
    struct applying a = {
        .plan = plan, .world = world, .store = store, .organisations = organisations};
    enum err code = write_rows(&a, job, info);
    for (uint32_t i = 0; i < plan->rows.len && code == ERR_OK; i++)
        if (organisations[i] == 0 && plan->rows.at[i].class_of == IMPORT_UNCHANGED &&
            plan->rows.at[i].known != IMPORT_NONE)
            organisations[i] = world->known.organisations.at[plan->rows.at[i].known].id;
    u64_map_release(&a.at);
    vec_free(&a.exhibitors);
    return code;
}
