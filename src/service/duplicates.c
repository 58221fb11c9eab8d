/* Pairs of probably the same organisations: see duplicates.h. */
#include "service/duplicates.h"

#include "engine/names/names.h"

enum { PAIR_BYTES_MAX = 4 << 20, REASON_BYTES_MAX = 4096, NAMES_MAX = 32 };

/* What is compared of an organisation; texts in the arena. */
struct side {
    struct arena *arena;
    struct str name_en, name_zh, country, offers;
    struct str others[NAMES_MAX];
    size_t others_len;
    bool merged;
};

struct listing {
    struct store_reader *reader;
    struct list *list;
    struct buf reason;
};

static enum err take_text(struct side *side, const struct store_value *value, struct str *out,
                          struct errinfo *info) {
    *out = STR("");
    if (value->kind != STORE_TEXT)
        return ERR_OK;
    *out = arena_copy(side->arena, value->text);
    return out->ptr != NULL ? ERR_OK : err_memory(info);
}

static enum err take_organisation(void *ctx, int64_t id, const struct store_value *v,
                                  struct errinfo *info) {
    struct side *side = ctx;
    side->merged = v[ORGANISATION_MERGED_INTO].kind != STORE_NULL;
    enum err code = take_text(side, &v[ORGANISATION_NAME_EN], &side->name_en, info);
    if (code == ERR_OK)
        code = take_text(side, &v[ORGANISATION_NAME_ZH], &side->name_zh, info);
    return code == ERR_OK ? take_text(side, &v[ORGANISATION_COUNTRY], &side->country, info) : code;
}

static enum err take_name(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    struct side *side = ctx;
    if (side->others_len == NAMES_MAX)
        return ERR_OK;
    return take_text(side, &v[ORGANISATION_NAME_NAME], &side->others[side->others_len++], info);
}

static enum err take_offers(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    struct side *side = ctx;
    return take_text(side, &v[EXHIBITOR_OFFERS_TEXT], &side->offers, info);
}

static enum err read_side(struct store_reader *reader, int64_t id, struct side *side,
                          struct errinfo *info) {
    enum err code = store_get(reader, TABLE_ORGANISATION, id, take_organisation, side, info);
    if (code == ERR_OK)
        code = store_scan_equal(reader, TABLE_ORGANISATION_NAME, ORGANISATION_NAME_ORGANISATION_ID,
                                store_int(id), take_name, side, info);
    if (code == ERR_OK)
        code = store_scan_equal(reader, TABLE_EXHIBITOR, EXHIBITOR_ORGANISATION_ID, store_int(id),
                                take_offers, side, info);
    return code;
}

static struct names_record record_of(const struct side *side) {
    return (struct names_record){.name_en = side->name_en,
                                 .name_zh = side->name_zh,
                                 .others = side->others,
                                 .others_len = side->others_len,
                                 .country = side->country,
                                 .offers = side->offers};
}

static enum err add_reason(struct listing *l, uint32_t reasons, bool chinese,
                           struct errinfo *info) {
    buf_clear(&l->reason);
    names_say_reasons(reasons, chinese, &l->reason);
    list_text(l->list, buf_str(&l->reason));
    return buf_error(&l->reason, info);
}

static enum err add_both(struct listing *l, const int64_t ids[2], struct side sides[2],
                         struct errinfo *info) {
    struct names_record records[] = {record_of(&sides[0]), record_of(&sides[1])};
    struct names_pair pair = {0};
    enum err code = names_compare(&records[0], &records[1], &pair, info);
    if (code != ERR_OK)
        return code;
    for (int i = 0; i < 2; i++) {
        list_int(l->list, ids[i]);
        list_text(l->list, sides[i].name_en);
        list_text(l->list, sides[i].name_zh);
    }
    list_double(l->list, (double)pair.score, 2);
    code = add_reason(l, pair.reasons, false, info);
    return code == ERR_OK ? add_reason(l, pair.reasons, true, info) : code;
}

static enum err add_pair(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct listing *l = ctx;
    const int64_t ids[] = {v[DUPLICATE_DECISION_FIRST_ID].integer,
                           v[DUPLICATE_DECISION_SECOND_ID].integer};
    struct arena arena;
    struct side sides[2] = {{.arena = &arena}, {.arena = &arena}};
    if (!str_equal_c(v[DUPLICATE_DECISION_DECISION].text, "later"))
        return ERR_OK;
    arena_init(&arena, PAIR_BYTES_MAX);
    enum err code = read_side(l->reader, ids[0], &sides[0], info);
    if (code == ERR_OK)
        code = read_side(l->reader, ids[1], &sides[1], info);
    if (code == ERR_OK && !sides[0].merged && !sides[1].merged)
        code = add_both(l, ids, sides, info);
    arena_release(&arena);
    return code;
}

enum err duplicates_list(struct store_reader *reader, struct list *list, struct errinfo *info) {
    static const struct {
        const char *name;
        enum list_type type;
    } columns[] = {{"id", LIST_NUMBER},    {"name_en", LIST_TEXT},    {"name_zh", LIST_TEXT},
                   {"of_id", LIST_NUMBER}, {"of_name_en", LIST_TEXT}, {"of_name_zh", LIST_TEXT},
                   {"score", LIST_NUMBER}, {"reason_en", LIST_TEXT},  {"reason_zh", LIST_TEXT}};
    struct listing listing = {.reader = reader, .list = list};
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
        list_column(list, columns[i].name, columns[i].type);
    buf_init(&listing.reason, REASON_BYTES_MAX);
    enum err code = store_scan(reader, TABLE_DUPLICATE_DECISION, add_pair, &listing, info);
    buf_release(&listing.reason);
    return code;
}

struct finding {
    int64_t second;
    int64_t id;
};

static enum err find_pair(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    struct finding *f = ctx;
    if (v[DUPLICATE_DECISION_SECOND_ID].integer == f->second)
        f->id = id;
    return ERR_OK;
}

static enum err exists(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    return ERR_OK;
}

enum err duplicates_note(struct store *store, int64_t one, int64_t two, struct str decision,
                         struct errinfo *info) {
    int64_t first = one < two ? one : two, second = one < two ? two : one;
    struct store_reader *reader = store_reader_of(store);
    struct finding found = {.second = second};
    struct store_cell cells[] = {{DUPLICATE_DECISION_DECISION, store_text(decision)},
                                 {DUPLICATE_DECISION_FIRST_ID, store_int(first)},
                                 {DUPLICATE_DECISION_SECOND_ID, store_int(second)}};
    int64_t id;
    enum err code = store_get(reader, TABLE_ORGANISATION, first, exists, NULL, info);
    if (code == ERR_OK)
        code = store_get(reader, TABLE_ORGANISATION, second, exists, NULL, info);
    if (code == ERR_OK)
        code = store_scan_equal(reader, TABLE_DUPLICATE_DECISION, DUPLICATE_DECISION_FIRST_ID,
                                store_int(first), find_pair, &found, info);
    if (code != ERR_OK)
        return code;
    return found.id != 0 ? store_update(store, TABLE_DUPLICATE_DECISION, found.id, cells, 1, info)
                         : store_insert(store, TABLE_DUPLICATE_DECISION, cells, 3, &id, info);
}

enum err duplicates_decide(struct store *store, const struct store_batch *by, int64_t first,
                           int64_t second, struct str decision, struct errinfo *info) {
    struct store_batch batch = *by;
    batch.kind = "edit";
    batch.note = STR("decision on a probable duplicate");
    int64_t batch_id;
    if (first == second)
        return err_set(info, ERR_INPUT, "a pair needs two different organisations");
    enum err code = store_begin(store, &batch, &batch_id, info);
    if (code != ERR_OK)
        return code;
    code = duplicates_note(store, first, second, decision, info);
    if (code == ERR_OK)
        return store_commit(store, info);
    store_rollback(store);
    return code;
}
