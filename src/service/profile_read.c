/*
 * Reading a profile: see profiles.h. The rows of each table are copied into the arena, then made
 * into the document; of what they refer to, the codes and names are read by index.
 *
 * The revision is the count of saves in the upper bits and a hash of the statements in the lower
 * 32, so that a change of these by an organiser or an import is seen, too. It stays below 2^53,
 * which every reader of JSON keeps exactly.
 */
#include "service/profile_parts.h"

enum { SAVES_SHOWN_MAX = (1 << 20) - 1, STATEMENT_HASH_BITS = 32 };

struct loading {
    struct store_reader *reader;
    struct arena *arena;
    struct errinfo *info;
};

static struct str text_of(const struct store_value *value) {
    return value->kind == STORE_TEXT ? value->text : STR("");
}

static int64_t number_of(const struct store_value *value) {
    return value->kind == STORE_INTEGER ? value->integer : 0;
}

static enum err take_id(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    *(int64_t *)ctx = id;
    return ERR_OK;
}

enum err profile_node(struct store_reader *reader, struct str code, int64_t *id,
                      struct errinfo *info) {
    *id = 0;
    return code.len == 0 ? ERR_OK
                         : store_scan_equal(reader, TABLE_NODE, NODE_CODE, store_text(code),
                                            take_id, id, info);
}

enum err profile_place(struct store_reader *reader, int64_t participant_id, struct arena *arena,
                       struct access_place *place, struct errinfo *info) {
    enum err code = edit_place(reader, TABLE_PARTICIPANT, participant_id, arena, place, info);
    place->participant_id = participant_id;
    return code;
}

/* The code of a node by its number; empty for NULL. */
static enum err node_code(const struct loading *l, const struct store_value *id, struct str *code) {
    struct edit_row row;
    *code = STR("");
    if (id->kind != STORE_INTEGER)
        return ERR_OK;
    enum err e = edit_row_read(l->reader, TABLE_NODE, id->integer, l->arena, &row, l->info);
    if (e == ERR_OK)
        *code = row.values[NODE_CODE].text;
    return e;
}

/* The rows of a table that belong to `owner`, and room for as many parts of the document. */
static enum err rows_of(const struct loading *l, enum store_table table, uint32_t column,
                        int64_t owner, struct edit_rows *rows, size_t size, void **parts) {
    *rows = (struct edit_rows){.arena = l->arena};
    enum err e = edit_rows_where(l->reader, table, column, store_int(owner), rows, l->info);
    if (e == ERR_OK && (*parts = arena_new(l->arena, rows->list.len + 1, size)) == NULL)
        e = err_memory(l->info);
    if (e != ERR_OK)
        vec_free(&rows->list);
    return e;
}

static enum err load_claims(const struct loading *l, struct profile *out) {
    struct edit_rows rows;
    struct profile_claim *claims[2];
    void *room;
    enum err e = rows_of(l, TABLE_STATEMENT, STATEMENT_EXHIBITOR_ID, out->exhibitor_id, &rows,
                         2 * sizeof(struct profile_claim), &room);
    if (e != ERR_OK)
        return e;
    claims[PROFILE_OFFERS] = room;
    claims[PROFILE_NEEDS] = claims[PROFILE_OFFERS] + rows.list.len;
    for (size_t i = 0; i < rows.list.len && e == ERR_OK; i++) {
        const struct store_value *v = rows.list.at[i].values;
        int side = str_equal_c(v[STATEMENT_SIDE].text, "need") ? PROFILE_NEEDS : PROFILE_OFFERS;
        struct profile_claim *claim = &claims[side][out->claim_count[side]++];
        claim->basis = (enum basis)kind_of_code(&kind_basis, v[STATEMENT_BASIS].text);
        claim->evidence = text_of(&v[STATEMENT_EVIDENCE]);
        e = node_code(l, &v[STATEMENT_NODE_ID], &claim->node);
    }
    vec_free(&rows.list);
    out->claims[PROFILE_OFFERS] = claims[PROFILE_OFFERS];
    out->claims[PROFILE_NEEDS] = claims[PROFILE_NEEDS];
    return e;
}

static enum err load_seeks(const struct loading *l, struct profile *out) {
    struct edit_rows rows;
    void *room;
    enum err e = rows_of(l, TABLE_SEEK, SEEK_PARTICIPANT_ID, out->participant_id, &rows,
                         sizeof(struct profile_seek), &room);
    if (e != ERR_OK)
        return e;
    struct profile_seek *seeks = room;
    for (size_t i = 0; i < rows.list.len && e == ERR_OK; i++) {
        const struct store_value *v = rows.list.at[i].values;
        seeks[i] = (struct profile_seek){
            .kind = (enum seek_kind)kind_of_code(&kind_seek, v[SEEK_KIND].text),
            .quantity = number_of(&v[SEEK_QUANTITY]),
            .unit = text_of(&v[SEEK_UNIT]),
            .by_day = text_of(&v[SEEK_BY_DAY]),
            .note = text_of(&v[SEEK_NOTE])};
        e = node_code(l, &v[SEEK_NODE_ID], &seeks[i].node);
    }
    out->seeks = seeks;
    out->seek_count = (uint32_t)rows.list.len;
    vec_free(&rows.list);
    return e;
}

static enum err load_volumes(const struct loading *l, struct profile *out) {
    struct edit_rows rows;
    void *room;
    enum err e = rows_of(l, TABLE_VOLUME, VOLUME_PARTICIPANT_ID, out->participant_id, &rows,
                         sizeof(struct profile_volume), &room);
    if (e != ERR_OK)
        return e;
    struct profile_volume *volumes = room;
    for (size_t i = 0; i < rows.list.len && e == ERR_OK; i++) {
        const struct store_value *v = rows.list.at[i].values;
        volumes[i] = (struct profile_volume){
            .side = (enum side)kind_of_code(&kind_side, v[VOLUME_SIDE].text),
            .quantity = number_of(&v[VOLUME_QUANTITY]),
            .unit = text_of(&v[VOLUME_UNIT])};
        e = node_code(l, &v[VOLUME_NODE_ID], &volumes[i].node);
    }
    out->volumes = volumes;
    out->volume_count = (uint32_t)rows.list.len;
    vec_free(&rows.list);
    return e;
}

static enum err load_conditions(const struct loading *l, struct profile *out) {
    struct edit_rows rows;
    void *room;
    enum err e = rows_of(l, TABLE_CONDITION, CONDITION_PARTICIPANT_ID, out->participant_id, &rows,
                         sizeof(struct profile_condition), &room);
    if (e != ERR_OK)
        return e;
    struct profile_condition *conditions = room;
    for (size_t i = 0; i < rows.list.len && e == ERR_OK; i++) {
        const struct store_value *v = rows.list.at[i].values;
        struct profile_condition *c = &conditions[i];
        struct edit_row organisation;
        *c = (struct profile_condition){
            .strength = (enum strength)kind_of_code(&kind_strength, v[CONDITION_STRENGTH].text),
            .kind = (enum condition_kind)kind_of_code(&kind_condition, v[CONDITION_KIND].text),
            .value = text_of(&v[CONDITION_VALUE]),
            .organisation_id = number_of(&v[CONDITION_ORGANISATION_ID])};
        if (c->organisation_id == 0)
            continue;
        e = edit_row_read(l->reader, TABLE_ORGANISATION, c->organisation_id, l->arena,
                          &organisation, l->info);
        if (e != ERR_OK)
            break;
        c->name_en = text_of(&organisation.values[ORGANISATION_NAME_EN]);
        c->name_zh = text_of(&organisation.values[ORGANISATION_NAME_ZH]);
    }
    out->conditions = conditions;
    out->condition_count = (uint32_t)rows.list.len;
    vec_free(&rows.list);
    return e;
}

/* The pieces of a text between separators. */
static enum err split(const struct loading *l, const struct store_value *value,
                      const char *separators, const struct str **out, uint32_t *count) {
    struct str rest = text_of(value), piece;
    uint32_t pieces = 0;
    while (str_next(&rest, separators, &piece))
        pieces += str_trim(piece).len > 0;
    struct str *list = arena_new(l->arena, (size_t)pieces + 1, sizeof(*list));
    if (list == NULL)
        return err_memory(l->info);
    *count = 0;
    rest = text_of(value);
    while (str_next(&rest, separators, &piece))
        if (str_trim(piece).len > 0)
            list[(*count)++] = str_trim(piece);
    *out = list;
    return ERR_OK;
}

static enum err load_organisation(const struct loading *l, int64_t id,
                                  struct profile_organisation *out) {
    struct edit_row row;
    enum err e = edit_row_read(l->reader, TABLE_ORGANISATION, id, l->arena, &row, l->info);
    if (e == ERR_OK)
        *out = (struct profile_organisation){.id = id,
                                             text_of(&row.values[ORGANISATION_NAME_EN]),
                                             text_of(&row.values[ORGANISATION_NAME_ZH]),
                                             text_of(&row.values[ORGANISATION_COUNTRY]),
                                             text_of(&row.values[ORGANISATION_REGION]),
                                             text_of(&row.values[ORGANISATION_SIZE]),
                                             text_of(&row.values[ORGANISATION_WEBSITE])};
    return e;
}

static int64_t revision_of(const struct profile *p, int64_t saves) {
    uint64_t hash = 0;
    for (int side = 0; side < 2; side++)
        for (uint32_t i = 0; i < p->claim_count[side]; i++) {
            const struct profile_claim *claim = &p->claims[side][i];
            /* A sum, so that the order of the rows says nothing. */
            hash +=
                str_hash_seeded(claim->node, ((uint64_t)claim->basis << 1 | (uint64_t)side) + 1);
        }
    if (saves > SAVES_SHOWN_MAX)
        saves %= SAVES_SHOWN_MAX;
    return saves << STATEMENT_HASH_BITS | (int64_t)(hash >> (64 - STATEMENT_HASH_BITS));
}

static enum err load_own(const struct loading *l, struct profile *out, int64_t *saves) {
    struct edit_row row;
    const struct store_value *v = row.values;
    enum err e =
        edit_row_read(l->reader, TABLE_PARTICIPANT, out->participant_id, l->arena, &row, l->info);
    if (e != ERR_OK)
        return e;
    out->edition_id = v[PARTICIPANT_EDITION_ID].integer;
    out->exhibitor_id = number_of(&v[PARTICIPANT_EXHIBITOR_ID]);
    out->kind = v[PARTICIPANT_KIND].text;
    out->is_withdrawn = str_equal_c(v[PARTICIPANT_STATE].text, "withdrawn");
    out->meetings_max = v[PARTICIPANT_MEETINGS_MAX].kind == STORE_INTEGER
                            ? v[PARTICIPANT_MEETINGS_MAX].integer
                            : PROFILE_MEETINGS_OPEN;
    out->leader = text_of(&v[PARTICIPANT_LEADER]);
    out->note = text_of(&v[PARTICIPANT_NOTE]);
    *saves = number_of(&v[PARTICIPANT_REVISION]);
    e = split(l, &v[PARTICIPANT_LANGUAGES], " ", &out->languages, &out->language_count);
    if (e == ERR_OK)
        e = split(l, &v[PARTICIPANT_CERTIFICATES], ";", &out->certificates,
                  &out->certificate_count);
    if (e == ERR_OK)
        e = split(l, &v[PARTICIPANT_DAYS], " ", &out->days, &out->day_count);
    return e == ERR_OK
               ? load_organisation(l, v[PARTICIPANT_ORGANISATION_ID].integer, &out->organisation)
               : e;
}

enum err profile_load(struct store_reader *reader, int64_t participant_id, struct arena *arena,
                      struct profile *out, struct errinfo *info) {
    const struct loading l = {reader, arena, info};
    int64_t saves = 0;
    *out = (struct profile){.participant_id = participant_id};
    enum err e = load_own(&l, out, &saves);
    if (e == ERR_OK && out->exhibitor_id != 0)
        e = load_claims(&l, out);
    if (e == ERR_OK)
        e = load_seeks(&l, out);
    if (e == ERR_OK)
        e = load_volumes(&l, out);
    if (e == ERR_OK)
        e = load_conditions(&l, out);
    if (e == ERR_OK)
        out->revision = revision_of(out, saves);
    return e;
}

enum err profile_read(struct store_reader *reader, const struct access *access,
                      int64_t participant_id, struct arena *arena, struct profile *out,
                      struct errinfo *info) {
    struct access_place place;
    enum err e = profile_place(reader, participant_id, arena, &place, info);
    if (e == ERR_OK)
        e = access_check(access, RIGHT_PARTNER_READ, &place, info);
    return e == ERR_OK ? profile_load(reader, participant_id, arena, out, info) : e;
}
