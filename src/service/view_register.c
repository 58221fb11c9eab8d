/*
 * Loads organisations, exhibitors and what belongs to them; see view.h.
 *
 * Exhibitors and statements of all editions are read in one pass each: those of the shown edition
 * make its register, the offers of the earlier ones make the past, from which gaps may be filled.
 */
#include "service/view_loading.h"

#include <stdlib.h>

static uint32_t find_code(const struct str_map *map, const struct store_value *value) {
    return value->kind == STORE_TEXT ? str_map_get(map, value->text) : VIEW_NONE;
}

static enum err add_organisation(void *ctx, int64_t id, const struct store_value *v,
                                 struct errinfo *info) {
    static const uint8_t sizes[] = {[SIZE_UNKNOWN] = CHAIN_SIZE_UNKNOWN,
                                    [SIZE_SMALL] = CHAIN_SIZE_SMALL,
                                    [SIZE_MEDIUM] = CHAIN_SIZE_MEDIUM,
                                    [SIZE_LARGE] = CHAIN_SIZE_LARGE,
                                    [SIZE_INSTITUTION] = CHAIN_SIZE_INSTITUTION};
    struct loading *l = ctx;
    bool ok = true;
    if (v[ORGANISATION_MERGED_INTO].kind != STORE_NULL)
        return ERR_OK;
    struct view_organisation organisation = {
        .id = id,
        .name_en = loading_text(l, &v[ORGANISATION_NAME_EN], &ok),
        .name_zh = loading_text(l, &v[ORGANISATION_NAME_ZH], &ok),
        .size = loading_text(l, &v[ORGANISATION_SIZE], &ok),
        .parent_country = loading_text(l, &v[ORGANISATION_PARENT_COUNTRY], &ok),
        .website = loading_text(l, &v[ORGANISATION_WEBSITE], &ok),
        .lei = loading_text(l, &v[ORGANISATION_LEI], &ok),
        .registration = loading_text(l, &v[ORGANISATION_REGISTRATION], &ok),
        .source = loading_text(l, &v[ORGANISATION_SOURCE], &ok),
        .country = find_code(&l->country_by_code, &v[ORGANISATION_COUNTRY]),
        .region = find_code(&l->region_by_code, &v[ORGANISATION_REGION]),
        .exhibitor = VIEW_NONE,
        .size_class = sizes[loading_kind(&kind_size, &v[ORGANISATION_SIZE])],
    };
    uint32_t index = (uint32_t)l->organisations.len;
    if (!ok || !u64_map_put(&l->view->organisation_by_id, (uint64_t)id, index) ||
        !vec_push(&l->organisations, organisation))
        return err_memory(info);
    return ERR_OK;
}

static enum err add_other_name(void *ctx, int64_t id, const struct store_value *v,
                               struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct view_name name = {
        .organisation =
            loading_ref(&l->view->organisation_by_id, &v[ORGANISATION_NAME_ORGANISATION_ID]),
        .language = loading_text(l, &v[ORGANISATION_NAME_LANGUAGE], &ok),
        .kind = loading_text(l, &v[ORGANISATION_NAME_KIND], &ok),
        .name = loading_text(l, &v[ORGANISATION_NAME_NAME], &ok),
    };
    if (name.organisation == VIEW_NONE)
        return ERR_OK;
    return ok && vec_push(&l->other_names, name) ? ERR_OK : err_memory(info);
}

static enum err add_exhibitor(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    uint32_t organisation =
        loading_ref(&l->view->organisation_by_id, &v[EXHIBITOR_ORGANISATION_ID]);
    uint32_t edition = loading_ref(&l->edition_by_id, &v[EXHIBITOR_EDITION_ID]);
    if (organisation == VIEW_NONE || edition == VIEW_NONE)
        return ERR_OK;
    struct view_attendance attendance = {organisation, edition};
    l->editions.at[edition].exhibitors++;
    if (!vec_push(&l->attendances, attendance))
        return err_memory(info);
    if (edition != l->view->edition_index)
        return u64_map_put(&l->past_by_id, (uint64_t)id, (uint32_t)l->past_exhibitors.len) &&
                       vec_push(&l->past_exhibitors, attendance)
                   ? ERR_OK
                   : err_memory(info);
    struct view_exhibitor exhibitor = {
        .id = id,
        .organisation = organisation,
        .lead = VIEW_NONE,
        .area = loading_ref(&l->area_by_id, &v[EXHIBITOR_AREA_ID]),
        .pavilion = loading_ref(&l->pavilion_by_id, &v[EXHIBITOR_PAVILION_ID]),
        .type = loading_text(l, &v[EXHIBITOR_TYPE], &ok),
        .area_basis = loading_text(l, &v[EXHIBITOR_AREA_BASIS], &ok),
        .offers_text = loading_text(l, &v[EXHIBITOR_OFFERS_TEXT], &ok),
        .offers_text_zh = loading_text(l, &v[EXHIBITOR_OFFERS_TEXT_ZH], &ok),
        .basis = loading_text(l, &v[EXHIBITOR_BASIS], &ok),
        .attendance = loading_text(l, &v[EXHIBITOR_ATTENDANCE], &ok),
        .note = loading_text(l, &v[EXHIBITOR_NOTE], &ok),
        .source = loading_text(l, &v[EXHIBITOR_SOURCE], &ok),
    };
    uint32_t index = (uint32_t)l->exhibitors.len;
    l->organisations.at[organisation].exhibitor = index;
    if (exhibitor.area != VIEW_NONE)
        l->areas.at[exhibitor.area].exhibitors++;
    if (!ok || !u64_map_put(&l->view->exhibitor_by_id, (uint64_t)id, index) ||
        !vec_push(&l->exhibitors, exhibitor))
        return err_memory(info);
    return ERR_OK;
}

/* Second pass, because a lead exhibitor may have a higher id than its partners. */
static enum err set_lead(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct loading *l = ctx;
    uint32_t exhibitor = u64_map_get(&l->view->exhibitor_by_id, (uint64_t)id);
    uint32_t lead = loading_ref(&l->view->exhibitor_by_id, &v[EXHIBITOR_LEAD_ID]);
    if (exhibitor == MAP_NONE || lead == VIEW_NONE)
        return ERR_OK;
    l->exhibitors.at[exhibitor].lead = lead;
    l->exhibitors.at[lead].partners++;
    return ERR_OK;
}

static bool push_claim(struct loading_claims *claims, uint32_t of, uint32_t node, uint8_t basis) {
    return vec_push(&claims->of, of) && vec_push(&claims->node, node) &&
           vec_push(&claims->basis, basis);
}

static enum err add_statement(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    static const uint8_t bases[] = {[BASIS_UNKNOWN] = CHAIN_INFERRED,
                                    [BASIS_DECLARED] = CHAIN_DECLARED,
                                    [BASIS_INFERRED] = CHAIN_INFERRED,
                                    [BASIS_CONFIRMED] = CHAIN_CONFIRMED};
    struct loading *l = ctx;
    uint32_t node = loading_ref(&l->node_by_id, &v[STATEMENT_NODE_ID]);
    uint8_t basis = bases[loading_kind(&kind_basis, &v[STATEMENT_BASIS])];
    bool offer = str_equal_c(v[STATEMENT_SIDE].text, "offer");
    uint32_t exhibitor = loading_ref(&l->view->exhibitor_by_id, &v[STATEMENT_EXHIBITOR_ID]);
    if (node == VIEW_NONE)
        return ERR_OK;
    if (exhibitor != VIEW_NONE)
        return push_claim(offer ? &l->offers : &l->needs, exhibitor, node, basis)
                   ? ERR_OK
                   : err_memory(info);
    uint32_t past = loading_ref(&l->past_by_id, &v[STATEMENT_EXHIBITOR_ID]);
    if (past == VIEW_NONE || !offer || l->past_exhibitors.at[past].edition > l->view->edition_index)
        return ERR_OK;
    if (!push_claim(&l->past_offers, l->past_exhibitors.at[past].organisation, node, basis) ||
        !vec_push(&l->past_edition, l->past_exhibitors.at[past].edition))
        return err_memory(info);
    return ERR_OK;
}

static enum err add_joint_stand(void *ctx, int64_t id, const struct store_value *v,
                                struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    uint32_t exhibitor = loading_ref(&l->view->exhibitor_by_id, &v[JOINT_STAND_EXHIBITOR_ID]);
    if (exhibitor == VIEW_NONE)
        return ERR_OK;
    struct view_exhibitor *e = &l->exhibitors.at[exhibitor];
    e->joint_participants = loading_int(&v[JOINT_STAND_PARTICIPANTS_REPORTED]);
    e->joint_qualifier = loading_text(l, &v[JOINT_STAND_QUALIFIER], &ok);
    e->joint_note = loading_text(l, &v[JOINT_STAND_NOTE], &ok);
    e->joint_source = loading_text(l, &v[JOINT_STAND_SOURCE], &ok);
    return ok ? ERR_OK : err_memory(info);
}

static enum err add_exhibit(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct view_exhibit exhibit = {
        .id = id,
        .exhibitor = loading_ref(&l->view->exhibitor_by_id, &v[EXHIBIT_EXHIBITOR_ID]),
        .pavilion = loading_ref(&l->pavilion_by_id, &v[EXHIBIT_PAVILION_ID]),
        .node = loading_ref(&l->node_by_id, &v[EXHIBIT_NODE_ID]),
        .field = loading_text(l, &v[EXHIBIT_FIELD], &ok),
        .name_en = loading_text(l, &v[EXHIBIT_NAME_EN], &ok),
        .name_zh = loading_text(l, &v[EXHIBIT_NAME_ZH], &ok),
        .description_en = loading_text(l, &v[EXHIBIT_DESCRIPTION_EN], &ok),
        .description_zh = loading_text(l, &v[EXHIBIT_DESCRIPTION_ZH], &ok),
        .proof = loading_text(l, &v[EXHIBIT_PROOF], &ok),
        .debut = loading_text(l, &v[EXHIBIT_DEBUT], &ok),
        .basis = loading_text(l, &v[EXHIBIT_BASIS], &ok),
        .source = loading_text(l, &v[EXHIBIT_SOURCE], &ok),
    };
    exhibit.area = str_map_get(&l->view->area_by_code, exhibit.field);
    return ok && vec_push(&l->exhibits, exhibit) ? ERR_OK : err_memory(info);
}

static int by_exhibitor(const void *a, const void *b) {
    const struct view_exhibit *x = a, *y = b;
    if (x->exhibitor != y->exhibitor)
        return x->exhibitor < y->exhibitor ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static int by_organisation(const void *a, const void *b) {
    const struct view_attendance *x = a, *y = b;
    if (x->organisation != y->organisation)
        return x->organisation < y->organisation ? -1 : 1;
    return x->edition < y->edition ? -1 : x->edition > y->edition;
}

static int by_named(const void *a, const void *b) {
    const struct view_name *x = a, *y = b;
    if (x->organisation != y->organisation)
        return x->organisation < y->organisation ? -1 : 1;
    return str_compare(x->name, y->name);
}

/* Sorts what hangs on organisations and exhibitors and notes where each one's run begins. */
static void index_runs(struct loading *l) {
    if (l->exhibits.len > 0)
        qsort(l->exhibits.at, l->exhibits.len, sizeof(*l->exhibits.at), by_exhibitor);
    if (l->attendances.len > 0)
        qsort(l->attendances.at, l->attendances.len, sizeof(*l->attendances.at), by_organisation);
    if (l->other_names.len > 0)
        qsort(l->other_names.at, l->other_names.len, sizeof(*l->other_names.at), by_named);
    for (uint32_t i = 0; i < l->exhibits.len && l->exhibits.at[i].exhibitor != VIEW_NONE; i++) {
        struct view_exhibitor *e = &l->exhibitors.at[l->exhibits.at[i].exhibitor];
        if (e->exhibits++ == 0)
            e->exhibit_first = i;
    }
    for (uint32_t i = 0; i < l->other_names.len; i++) {
        struct view_organisation *o = &l->organisations.at[l->other_names.at[i].organisation];
        if (o->names++ == 0)
            o->name_first = i;
    }
}

enum err loading_register(struct loading *l, struct errinfo *info) {
    struct store_value edition = store_int(l->edition_id);
    enum err code = store_scan(l->reader, TABLE_ORGANISATION, add_organisation, l, info);
    if (code == ERR_OK)
        code = store_scan(l->reader, TABLE_ORGANISATION_NAME, add_other_name, l, info);
    if (code == ERR_OK)
        code = store_scan(l->reader, TABLE_EXHIBITOR, add_exhibitor, l, info);
    if (code == ERR_OK)
        code = store_scan_equal(l->reader, TABLE_EXHIBITOR, EXHIBITOR_EDITION_ID, edition, set_lead,
                                l, info);
    if (code == ERR_OK && job_should_stop(l->job))
        code = err_set(info, ERR_STOPPED, "loading was stopped");
    if (code == ERR_OK)
        code = store_scan(l->reader, TABLE_STATEMENT, add_statement, l, info);
    if (code == ERR_OK)
        code = store_scan(l->reader, TABLE_JOINT_STAND, add_joint_stand, l, info);
    if (code == ERR_OK)
        code = store_scan_equal(l->reader, TABLE_EXHIBIT, EXHIBIT_EDITION_ID, edition, add_exhibit,
                                l, info);
    if (code == ERR_OK)
        index_runs(l);
    return code;
}
