/*
 * Where a record lies, for roles that own one chain or one pavilion. See edit_place in edit.h.
 *
 * Each table either is a place, or points to the record whose place it shares; a rule is one case
 * of place_of. Chains are found by an area's code, which is the chain's code where the area shows
 * one.
 */
#include "service/edit_internal.h"

enum { PLACE_DEPTH_MAX = 8 }; /* a lead of a lead ...: more only in a circle */

struct placing {
    struct store_reader *reader;
    struct arena *arena;
    VEC(int64_t)
    chains;
    int64_t pavilion_id;
};

static enum err add_chain(struct placing *p, int64_t id, struct errinfo *info) {
    for (size_t i = 0; i < p->chains.len; i++)
        if (p->chains.at[i] == id)
            return ERR_OK;
    return vec_push(&p->chains, id) ? ERR_OK : err_memory(info);
}

static enum err add_found_chain(void *ctx, int64_t id, const struct store_value *values,
                                struct errinfo *info) {
    (void)values;
    return add_chain(ctx, id, info);
}

static enum err add_chain_of_place(void *ctx, int64_t id, const struct store_value *values,
                                   struct errinfo *info) {
    (void)id;
    return add_chain(ctx, values[CHAIN_NODE_CHAIN_ID].integer, info);
}

static enum err add_code(struct placing *p, struct store_value code, struct errinfo *info) {
    return code.kind == STORE_TEXT ? store_scan_equal(p->reader, TABLE_CHAIN, CHAIN_CODE, code,
                                                      add_found_chain, p, info)
                                   : ERR_OK;
}

static enum err add_place(struct placing *p, enum store_table table, int64_t id, uint32_t depth,
                          struct errinfo *info);

/* The place of the record that a column refers to. */
static enum err add_referred(struct placing *p, enum store_table table, struct store_value id,
                             uint32_t depth, struct errinfo *info) {
    return id.kind == STORE_INTEGER ? add_place(p, table, id.integer, depth + 1, info) : ERR_OK;
}

static enum err add_exhibitor(struct placing *p, const struct store_value *v, uint32_t depth,
                              struct errinfo *info) {
    size_t before = p->chains.len;
    if (v[EXHIBITOR_PAVILION_ID].kind == STORE_INTEGER)
        p->pavilion_id = v[EXHIBITOR_PAVILION_ID].integer;
    enum err code = add_referred(p, TABLE_AREA, v[EXHIBITOR_AREA_ID], depth, info);
    if (code == ERR_OK && p->chains.len == before && v[EXHIBITOR_AREA_ID].kind == STORE_NULL &&
        v[EXHIBITOR_LEAD_ID].kind == STORE_INTEGER && depth < PLACE_DEPTH_MAX) {
        int64_t pavilion_id = p->pavilion_id;
        code = add_referred(p, TABLE_EXHIBITOR, v[EXHIBITOR_LEAD_ID], depth, info);
        p->pavilion_id = pavilion_id; /* a partner in another pavilion stays outside */
    }
    return code;
}

static enum err add_organisation(struct placing *p, int64_t id, uint32_t depth,
                                 struct errinfo *info) {
    struct edit_rows rows = {.arena = p->arena};
    enum err code = edit_rows_where(p->reader, TABLE_EXHIBITOR, EXHIBITOR_ORGANISATION_ID,
                                    store_int(id), &rows, info);
    for (size_t i = 0; i < rows.list.len && code == ERR_OK; i++)
        code = add_exhibitor(p, rows.list.at[i].values, depth + 1, info);
    vec_free(&rows.list);
    return code;
}

/* What a record of a table says of its place. */
static enum err add_row_place(struct placing *p, enum store_table table, const struct edit_row *row,
                              uint32_t depth, struct errinfo *info) {
    const struct store_value *v = row->values;
    enum err code = ERR_OK;
    switch ((int)table) {
    case TABLE_AREA:
        return add_code(p, v[AREA_CODE], info);
    case TABLE_CHAIN:
        return add_chain(p, row->id, info);
    case TABLE_NODE:
        return store_scan_equal(p->reader, TABLE_CHAIN_NODE, CHAIN_NODE_NODE_ID, store_int(row->id),
                                add_chain_of_place, p, info);
    case TABLE_CHAIN_NODE:
        return add_chain(p, v[CHAIN_NODE_CHAIN_ID].integer, info);
    case TABLE_LINK:
        return add_referred(p, TABLE_NODE, v[LINK_OUTPUT_ID], depth, info);
    case TABLE_PAVILION:
        p->pavilion_id = row->id;
        return ERR_OK;
    case TABLE_PAVILION_TEXT:
        p->pavilion_id = v[PAVILION_TEXT_PAVILION_ID].integer;
        return ERR_OK;
    case TABLE_PICTURE:
        p->pavilion_id = v[PICTURE_PAVILION_ID].integer;
        return ERR_OK;
    case TABLE_ORGANISATION:
        return add_organisation(p, row->id, depth, info);
    case TABLE_ORGANISATION_NAME:
        return add_referred(p, TABLE_ORGANISATION, v[ORGANISATION_NAME_ORGANISATION_ID], depth,
                            info);
    case TABLE_EXHIBITOR:
        return add_exhibitor(p, v, depth, info);
    case TABLE_STATEMENT:
        return add_referred(p, TABLE_EXHIBITOR, v[STATEMENT_EXHIBITOR_ID], depth, info);
    case TABLE_JOINT_STAND:
        return add_referred(p, TABLE_EXHIBITOR, v[JOINT_STAND_EXHIBITOR_ID], depth, info);
    case TABLE_PROGRAMME_ENTRY:
        return add_code(p, v[PROGRAMME_ENTRY_AREA], info);
    case TABLE_EXHIBIT:
        code = add_referred(p, TABLE_EXHIBITOR, v[EXHIBIT_EXHIBITOR_ID], depth, info);
        if (code == ERR_OK)
            code = add_code(p, v[EXHIBIT_FIELD], info);
        if (v[EXHIBIT_PAVILION_ID].kind == STORE_INTEGER)
            p->pavilion_id = v[EXHIBIT_PAVILION_ID].integer;
        return code;
    case TABLE_GAP_CASE:
        return add_referred(p, TABLE_CHAIN, v[GAP_CASE_CHAIN_ID], depth, info);
    case TABLE_PARTICIPANT:
        return add_referred(p, TABLE_EXHIBITOR, v[PARTICIPANT_EXHIBITOR_ID], depth, info);
    case TABLE_GAP_CANDIDATE:
        return add_referred(p, TABLE_GAP_CASE, v[GAP_CANDIDATE_GAP_CASE_ID], depth, info);
    default:
        return ERR_OK; /* editions, figures, scenarios, countries: nobody's alone */
    }
}

static enum err add_place(struct placing *p, enum store_table table, int64_t id, uint32_t depth,
                          struct errinfo *info) {
    struct edit_row row;
    enum err code = edit_row_read(p->reader, table, id, p->arena, &row, info);
    return code == ERR_OK ? add_row_place(p, table, &row, depth, info) : code;
}

enum err edit_place(struct store_reader *reader, enum store_table table, int64_t id,
                    struct arena *arena, struct access_place *place, struct errinfo *info) {
    struct placing p = {.reader = reader, .arena = arena};
    *place = (struct access_place){0};
    enum err code = add_place(&p, table, id, 0, info);
    if (code == ERR_OK && p.chains.len > 0) {
        int64_t *chains = arena_new(arena, p.chains.len, sizeof(*chains));
        if (chains == NULL) {
            code = err_memory(info);
        } else {
            memcpy(chains, p.chains.at, p.chains.len * sizeof(*chains));
            *place = (struct access_place){.chains = chains, .chain_count = p.chains.len};
        }
    }
    place->pavilion_id = p.pavilion_id;
    vec_free(&p.chains);
    return code;
}
