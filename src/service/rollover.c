/*
 * Roll-over: see rollover.h. Each kind of record is read whole, copied with its references pointed
 * to the new edition's records (a map from old id to new), and passed over where the new edition
 * has one of the same key.
 */
#include "service/rollover.h"

#include "base/map.h"
#include "service/edit_internal.h"

enum { ROLLOVER_BYTES_MAX = 512 << 20, NAME_MAX_BYTES = 32 };

struct rolling {
    struct store *store;
    struct store_reader *reader;
    const struct rollover_request *request;
    struct rollover_outcome *out;
    struct arena arena;
    int64_t from, into;
    struct u64_map id[STORE_TABLES]; /* old id -> position in `ids` */
    VEC(int64_t)
    ids; /* new ids */
    struct u64_map listed;
};

static enum err remember(struct rolling *r, enum store_table table, int64_t old, int64_t new,
                         struct errinfo *info) {
    uint32_t at = (uint32_t)r->ids.len;
    return vec_push(&r->ids, new) && u64_map_put(&r->id[table], (uint64_t)old, at)
               ? ERR_OK
               : err_memory(info);
}

/* The new record of an old one; 0 = it did not come along. */
static int64_t new_of(const struct rolling *r, enum store_table table, struct store_value old) {
    uint32_t at =
        old.kind == STORE_INTEGER ? u64_map_get(&r->id[table], (uint64_t)old.integer) : MAP_NONE;
    return at != MAP_NONE ? r->ids.at[at] : 0;
}

/* Inserts a whole record from its values. */
static enum err insert(struct rolling *r, enum store_table table, const struct store_value *v,
                       int64_t *id, struct errinfo *info) {
    struct store_cell cells[STORE_COLUMNS_MAX];
    uint32_t count = store_table_info(table)->columns;
    for (uint32_t c = 0; c < count; c++)
        cells[c] = (struct store_cell){c, v[c]};
    return store_insert(r->store, table, cells, count, id, info);
}

/* The record of a list whose column equals a value, or NULL. */
static const struct edit_row *find(const struct edit_rows *rows, uint32_t column,
                                   struct store_value value) {
    for (size_t i = 0; i < rows->list.len; i++)
        if (store_value_equal(&rows->list.at[i].values[column], &value))
            return &rows->list.at[i];
    return NULL;
}

/* Editions ------------------------------------------------------------------------------------- */

static enum err find_edition(struct rolling *r, struct str code, struct edit_row *out, bool *there,
                             struct errinfo *info) {
    struct edit_rows rows = {.arena = &r->arena};
    enum err e =
        edit_rows_where(r->reader, TABLE_EDITION, EDITION_CODE, store_text(code), &rows, info);
    *there = e == ERR_OK && rows.list.len > 0;
    if (*there)
        *out = rows.list.at[0];
    vec_free(&rows.list);
    return e;
}

static bool is_code(struct str code) {
    for (size_t i = 0; i < code.len; i++)
        if (!(code.ptr[i] >= '0' && code.ptr[i] <= '9') &&
            !(code.ptr[i] >= 'a' && code.ptr[i] <= 'z') && code.ptr[i] != '-')
            return false;
    return code.len > 0 && code.len <= NAME_MAX_BYTES;
}

/* The next edition: place and name as before, its days and numbers not known yet. */
static enum err make_edition(struct rolling *r, struct edit_row *edition, struct errinfo *info) {
    static const uint32_t forgotten[] = {EDITION_STARTS,   EDITION_ENDS,       EDITION_THEME_EN,
                                         EDITION_THEME_ZH, EDITION_SUMMARY_EN, EDITION_SUMMARY_ZH};
    struct store_value *v = edition->values;
    if (!is_code(r->request->into)) {
        err_set(info, ERR_INPUT, "\"%.*s\" is no code of an edition", STR_ARG(r->request->into));
        err_hint(info, "Write small letters, digits and hyphens, for example 2026");
        return ERR_INPUT;
    }
    for (size_t i = 0; i < sizeof(forgotten) / sizeof(forgotten[0]); i++)
        v[forgotten[i]] = store_null();
    v[EDITION_CODE] = store_text(r->request->into);
    if (r->request->name_en.len > 0)
        v[EDITION_NAME_EN] = store_text(r->request->name_en);
    if (r->request->name_zh.len > 0)
        v[EDITION_NAME_ZH] = store_text(r->request->name_zh);
    if (v[EDITION_ORDINAL].kind == STORE_INTEGER)
        v[EDITION_ORDINAL].integer++;
    v[EDITION_REGISTER_COMPLETE] = store_int(0);
    v[EDITION_CURRENT] = store_int(0);
    r->out->edition_made = true;
    return insert(r, TABLE_EDITION, v, &r->into, info);
}

/* Makes the new edition the current one and no other. */
static enum err make_current(struct rolling *r, struct errinfo *info) {
    struct edit_rows rows = {.arena = &r->arena};
    struct store_cell yes = {EDITION_CURRENT, store_int(1)}, no = {EDITION_CURRENT, store_int(0)};
    enum err code =
        edit_rows_where(r->reader, TABLE_EDITION, EDITION_CURRENT, store_int(1), &rows, info);
    for (size_t i = 0; i < rows.list.len && code == ERR_OK; i++)
        if (rows.list.at[i].id != r->into)
            code = store_update(r->store, TABLE_EDITION, rows.list.at[i].id, &no, 1, info);
    vec_free(&rows.list);
    return code == ERR_OK ? store_update(r->store, TABLE_EDITION, r->into, &yes, 1, info) : code;
}

static enum err open_editions(struct rolling *r, struct errinfo *info) {
    const struct rollover_request *q = r->request;
    struct edit_row from, into;
    bool there = false;
    enum err code = find_edition(r, q->from, &from, &there, info);
    if (code == ERR_OK && !there)
        code = err_set(info, ERR_NOT_FOUND, "there is no edition \"%.*s\"", STR_ARG(q->from));
    if (code == ERR_OK && str_equal(q->from, q->into))
        code = err_set(info, ERR_INPUT, "an edition is not rolled over into itself");
    if (code == ERR_OK)
        code = find_edition(r, q->into, &into, &there, info);
    if (code != ERR_OK)
        return code;
    r->from = from.id;
    if (there)
        r->into = into.id;
    else
        code = make_edition(r, &from, info);
    r->out->edition_id = r->into;
    return code == ERR_OK && q->make_current ? make_current(r, info) : code;
}

/* Areas and pavilions --------------------------------------------------------------------------
 */

/*
 * Copies the records of a table from one owner to another (edition to edition, pavilion to
 * pavilion), less the forgotten columns; one whose key is there already stands for its copy.
 */
struct copying {
    enum store_table table;
    uint32_t owner, key;
    const uint32_t *forgotten;
    uint32_t forgotten_count;
};

static enum err copy_records(struct rolling *r, const struct copying *c, int64_t from, int64_t into,
                             uint32_t *copied, struct errinfo *info) {
    struct edit_rows old = {.arena = &r->arena}, there = {.arena = &r->arena};
    enum err code = edit_rows_where(r->reader, c->table, c->owner, store_int(from), &old, info);
    if (code == ERR_OK)
        code = edit_rows_where(r->reader, c->table, c->owner, store_int(into), &there, info);
    for (size_t i = 0; i < old.list.len && code == ERR_OK; i++) {
        struct edit_row row = old.list.at[i];
        const struct edit_row *same = find(&there, c->key, row.values[c->key]);
        int64_t id = same != NULL ? same->id : 0;
        row.values[c->owner] = store_int(into);
        for (uint32_t f = 0; f < c->forgotten_count; f++)
            row.values[c->forgotten[f]] = store_null();
        if (same == NULL) {
            code = insert(r, c->table, row.values, &id, info);
            ++*copied;
        }
        if (code == ERR_OK)
            code = remember(r, c->table, row.id, id, info);
    }
    vec_free(&old.list);
    vec_free(&there.list);
    return code;
}

static enum err copy_areas(struct rolling *r, struct errinfo *info) {
    static const uint32_t forgotten[] = {AREA_NOVELTY,   AREA_SIZE_M2, AREA_EXHIBITORS,
                                         AREA_QUALIFIER, AREA_NOTE,    AREA_SOURCE};
    struct copying areas = {TABLE_AREA, AREA_EDITION_ID, AREA_CODE, forgotten,
                            sizeof(forgotten) / sizeof(forgotten[0])};
    return copy_records(r, &areas, r->from, r->into, &r->out->areas, info);
}

static enum err copy_pavilions(struct rolling *r, struct errinfo *info) {
    static const uint32_t forgotten[] = {PAVILION_PARTICIPANTS, PAVILION_QUALIFIER,
                                         PAVILION_SOURCE};
    struct copying pavilions = {TABLE_PAVILION, PAVILION_EDITION_ID, PAVILION_NAME_EN, forgotten,
                                sizeof(forgotten) / sizeof(forgotten[0])};
    struct copying texts = {TABLE_PAVILION_TEXT, PAVILION_TEXT_PAVILION_ID, PAVILION_TEXT_SECTION,
                            NULL, 0};
    struct copying pictures = {TABLE_PICTURE, PICTURE_PAVILION_ID, PICTURE_DIGEST, NULL, 0};
    struct edit_rows old = {.arena = &r->arena};
    enum err code = copy_records(r, &pavilions, r->from, r->into, &r->out->pavilions, info);
    if (code == ERR_OK)
        code = edit_rows_where(r->reader, TABLE_PAVILION, PAVILION_EDITION_ID, store_int(r->from),
                               &old, info);
    for (size_t i = 0; i < old.list.len && code == ERR_OK; i++) {
        int64_t from = old.list.at[i].id, into = new_of(r, TABLE_PAVILION, store_int(from));
        code = copy_records(r, &texts, from, into, &r->out->texts, info);
        if (code == ERR_OK)
            code = copy_records(r, &pictures, from, into, &r->out->pictures, info);
    }
    vec_free(&old.list);
    return code;
}

/* Areas and pavilions that are in the new edition already serve those who come along, also when
 * none is copied. */
static enum err match_only(struct rolling *r, enum store_table table, uint32_t edition,
                           uint32_t key, struct errinfo *info) {
    struct edit_rows old = {.arena = &r->arena}, there = {.arena = &r->arena};
    enum err code = edit_rows_where(r->reader, table, edition, store_int(r->from), &old, info);
    if (code == ERR_OK)
        code = edit_rows_where(r->reader, table, edition, store_int(r->into), &there, info);
    for (size_t i = 0; i < old.list.len && code == ERR_OK; i++) {
        const struct edit_row *same = find(&there, key, old.list.at[i].values[key]);
        if (same != NULL)
            code = remember(r, table, old.list.at[i].id, same->id, info);
    }
    vec_free(&old.list);
    vec_free(&there.list);
    return code;
}

/* Exhibitors ------------------------------------------------------------------------------------
 */

static bool comes_along(const struct rolling *r, const struct edit_row *row) {
    const struct rollover_request *q = r->request;
    bool listed = u64_map_get(&r->listed, (uint64_t)row->id) != MAP_NONE;
    uint32_t type = row->values[EXHIBITOR_TYPE].kind == STORE_TEXT
                        ? kind_of_code(&kind_exhibitor_type, row->values[EXHIBITOR_TYPE].text)
                        : 0;
    return listed == (q->exhibitors == ROLLOVER_LISTED) &&
           (q->types == 0 || (q->types >> type & 1) != 0);
}

static enum err copy_exhibitor(struct rolling *r, const struct edit_row *old,
                               struct errinfo *info) {
    struct edit_row row = *old;
    struct store_value *v = row.values;
    int64_t id;
    v[EXHIBITOR_EDITION_ID] = store_int(r->into);
    v[EXHIBITOR_LEAD_ID] = store_null();
    v[EXHIBITOR_AREA_ID] = store_ref(new_of(r, TABLE_AREA, v[EXHIBITOR_AREA_ID]));
    v[EXHIBITOR_PAVILION_ID] = store_ref(new_of(r, TABLE_PAVILION, v[EXHIBITOR_PAVILION_ID]));
    v[EXHIBITOR_AREA_BASIS] =
        v[EXHIBITOR_AREA_ID].kind == STORE_NULL ? store_null() : store_text(STR("reading"));
    v[EXHIBITOR_ATTENDANCE] =
        store_text(str_of(kind_code(&kind_attendance, (uint32_t)r->request->attendance)));
    v[EXHIBITOR_NOTE] = v[EXHIBITOR_SOURCE] = store_null();
    enum err code = insert(r, TABLE_EXHIBITOR, v, &id, info);
    r->out->exhibitors++;
    return code == ERR_OK ? remember(r, TABLE_EXHIBITOR, old->id, id, info) : code;
}

/* What an exhibitor said, as far as it is wanted. */
static enum err copy_statements(struct rolling *r, int64_t from, int64_t into,
                                struct errinfo *info) {
    const struct rollover_request *q = r->request;
    struct edit_rows old = {.arena = &r->arena};
    enum err code = edit_rows_where(r->reader, TABLE_STATEMENT, STATEMENT_EXHIBITOR_ID,
                                    store_int(from), &old, info);
    for (size_t i = 0; i < old.list.len && code == ERR_OK; i++) {
        struct store_value *v = old.list.at[i].values;
        bool offer = str_equal_c(v[STATEMENT_SIDE].text, "offer");
        bool inferred = str_equal_c(v[STATEMENT_BASIS].text, "inferred");
        int64_t id;
        if (offer ? !q->offers : !q->needs)
            continue;
        v[STATEMENT_EXHIBITOR_ID] = store_int(into);
        if (!q->keep_basis && !inferred) {
            struct str evidence = arena_printf(&r->arena, "%.*s %.*s", STR_ARG(q->from),
                                               STR_ARG(v[STATEMENT_BASIS].text));
            if (evidence.ptr == NULL)
                code = err_memory(info);
            v[STATEMENT_BASIS] = store_text(STR("inferred"));
            v[STATEMENT_EVIDENCE] = store_text(evidence);
        }
        if (code == ERR_OK)
            code = insert(r, TABLE_STATEMENT, v, &id, info);
        r->out->statements++;
    }
    vec_free(&old.list);
    return code;
}

/* Leads again those who came along. */
static enum err copy_leads(struct rolling *r, const struct edit_rows *old, struct errinfo *info) {
    enum err code = ERR_OK;
    for (size_t i = 0; i < old->list.len && code == ERR_OK; i++) {
        const struct edit_row *row = &old->list.at[i];
        int64_t own = new_of(r, TABLE_EXHIBITOR, store_int(row->id));
        int64_t lead = new_of(r, TABLE_EXHIBITOR, row->values[EXHIBITOR_LEAD_ID]);
        struct store_cell cell = {EXHIBITOR_LEAD_ID, store_int(lead)};
        if (own > 0 && lead > 0)
            code = store_update(r->store, TABLE_EXHIBITOR, own, &cell, 1, info);
    }
    return code;
}

static enum err check_list(struct rolling *r, const struct edit_rows *old, struct errinfo *info) {
    for (uint32_t i = 0; i < r->request->list_count; i++) {
        bool there = false;
        for (size_t k = 0; k < old->list.len && !there; k++)
            there = old->list.at[k].id == r->request->list[i];
        if (!there)
            return err_set(info, ERR_NOT_FOUND, "exhibitor %lld is none of that edition",
                           (long long)r->request->list[i]);
        if (!u64_map_put(&r->listed, (uint64_t)r->request->list[i], i))
            return err_memory(info);
    }
    return ERR_OK;
}

static enum err copy_exhibitors(struct rolling *r, struct errinfo *info) {
    struct edit_rows old = {.arena = &r->arena}, there = {.arena = &r->arena};
    enum err code = edit_rows_where(r->reader, TABLE_EXHIBITOR, EXHIBITOR_EDITION_ID,
                                    store_int(r->from), &old, info);
    if (code == ERR_OK)
        code = edit_rows_where(r->reader, TABLE_EXHIBITOR, EXHIBITOR_EDITION_ID, store_int(r->into),
                               &there, info);
    if (code == ERR_OK)
        code = check_list(r, &old, info);
    for (size_t i = 0; i < old.list.len && code == ERR_OK; i++) {
        const struct edit_row *row = &old.list.at[i];
        if (!comes_along(r, row))
            continue;
        if (find(&there, EXHIBITOR_ORGANISATION_ID, row->values[EXHIBITOR_ORGANISATION_ID]) !=
            NULL) {
            r->out->there++;
            continue;
        }
        code = copy_exhibitor(r, row, info);
        if (code == ERR_OK)
            code =
                copy_statements(r, row->id, new_of(r, TABLE_EXHIBITOR, store_int(row->id)), info);
    }
    if (code == ERR_OK)
        code = copy_leads(r, &old, info);
    vec_free(&old.list);
    vec_free(&there.list);
    return code;
}

static enum err roll(struct rolling *r, struct errinfo *info) {
    enum err code = open_editions(r, info);
    if (code == ERR_OK)
        code = r->request->areas ? copy_areas(r, info)
                                 : match_only(r, TABLE_AREA, AREA_EDITION_ID, AREA_CODE, info);
    if (code == ERR_OK)
        code = r->request->pavilions
                   ? copy_pavilions(r, info)
                   : match_only(r, TABLE_PAVILION, PAVILION_EDITION_ID, PAVILION_NAME_EN, info);
    if (code == ERR_OK && r->request->exhibitors != ROLLOVER_NOBODY)
        code = copy_exhibitors(r, info);
    return code;
}

enum err rollover(struct store *store, const struct access *access,
                  const struct rollover_request *request, struct rollover_outcome *out,
                  struct errinfo *info) {
    struct rolling r = {
        .store = store, .reader = store_reader_of(store), .request = request, .out = out};
    *out = (struct rollover_outcome){0};
    enum err code = access_check(access, RIGHT_EDITION_WRITE, NULL, info);
    if (code == ERR_OK)
        code = access_check(access, RIGHT_REGISTER_WRITE, NULL, info);
    if (code != ERR_OK)
        return code;
    arena_init(&r.arena, ROLLOVER_BYTES_MAX);
    code = roll(&r, info);
    for (uint32_t t = 0; t < STORE_TABLES; t++)
        u64_map_release(&r.id[t]);
    u64_map_release(&r.listed);
    vec_free(&r.ids);
    arena_release(&r.arena);
    return code;
}
