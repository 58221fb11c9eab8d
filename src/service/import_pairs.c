/*
 * Records about one firm: see import_pairs.h.
 *
 * The organisations of the store and the good records of the sheet go into one index of names; the
 * engine gives the pairs of each record, best evidence first come first kept. Countries are not
 * given to it: a firm told with another country is what a conflict is about.
 */
#include "service/import_pairs.h"

#include "base/mem.h"
#include "engine/names/names.h"

/* Two records that contradict each other are one firm told in two ways when the very name is the
 * same; otherwise, and with a place on one side only, they are two firms. */
static bool is_same_name(const struct names_pair *pair) {
    const uint32_t same = NAMES_SAME_ENGLISH | NAMES_SAME_CHINESE | NAMES_LEGAL_FORM;
    return pair->score >= 0.8F && (pair->reasons & same) != 0 &&
           (pair->reasons & NAMES_BRANCH) == 0;
}

struct pairing {
    struct import_plan *plan;
    const struct import_world *world;
    const struct import_words *words;
    struct names_index *index;
    uint32_t known;   /* organisations of the store in the index, before the records */
    uint32_t *rows;   /* by record of the index, less `known`: the row */
    uint32_t *row_of; /* by organisation of the store: the row that is it, or IMPORT_NONE */
    uint32_t *main;   /* by row: the main record of its firm as far as known; itself at first */
    bool *leads;      /* by row: others name it as their lead */
    struct buf reason;
    struct names_pair best; /* of the record whose pairs are coming */
    struct errinfo *info;
    enum err code;
};

static bool is_good(const struct import_exhibitor *row) {
    return row->class_of != IMPORT_ERROR && row->class_of != IMPORT_CONFLICT;
}

/* Fields in which two records contradict each other. */
static uint32_t contradictions(const struct pairing *p, const struct import_exhibitor *a,
                               const struct import_exhibitor *b) {
    const struct country *countries = p->words->rows.countries;
    struct str country_a = a->country != IMPORT_NONE ? countries[a->country].code : STR("");
    struct str country_b = b->country != IMPORT_NONE ? countries[b->country].code : STR("");
    uint32_t fields = 0;
    if (!place_agrees(&p->words->places, country_a, str_of(a->region), country_b,
                      str_of(b->region)))
        fields |= UINT32_C(1) << FIELD_COUNTRY;
    if (a->area != IMPORT_NONE && b->area != IMPORT_NONE && a->area != b->area &&
        (a->editions & b->editions) != 0)
        fields |= UINT32_C(1) << FIELD_AREA;
    if (a->size != SIZE_UNKNOWN && b->size != SIZE_UNKNOWN && a->size != b->size)
        fields |= UINT32_C(1) << FIELD_SIZE;
    return fields;
}

/* Whether `b` rather than `a` should be the main record. */
static bool is_better(const struct pairing *p, uint32_t a, uint32_t b) {
    const struct import_exhibitor *rows = p->plan->rows.at;
    if (rows[a].filled != rows[b].filled)
        return rows[b].filled > rows[a].filled;
    if (p->leads[a] != p->leads[b])
        return p->leads[b];
    return rows[b].record < rows[a].record;
}

/* What the other firm is called: a record of the sheet, or an organisation of the store. */
static struct str other_name(const struct pairing *p, const struct import_exhibitor *of,
                             int64_t of_id) {
    if (of != NULL)
        return of->name_zh.len > 0 ? of->name_zh : of->name_en;
    uint32_t at = u64_map_get(&p->world->organisation_at, (uint64_t)of_id);
    if (at == MAP_NONE)
        return STR("");
    const struct known_organisation *o = &p->world->known.organisations.at[at];
    return o->name_zh.len > 0 ? o->name_zh : o->name_en;
}

/* `of` is the main record, or NULL; `of_id` the organisation of the store, or 0. */
static enum err add_conflict(struct pairing *p, struct import_exhibitor *row,
                             const struct import_exhibitor *of, int64_t of_id, uint32_t fields,
                             struct errinfo *info) {
    struct import_finding finding = {
        .kind = FINDING_CONFLICT,
        .record = row->record,
        .line = row->line,
        .column = IMPORT_NONE,
        .field = FIELD_NONE,
        .value = row->name_en.len > 0 ? row->name_en : row->name_zh,
        .message = of != NULL ? STR("the same firm is told differently in another record")
                              : STR("the same firm is told differently in the database"),
        .expected = of != NULL ? STR("Correct one of the two records, or remove it")
                               : STR("Correct the record, or the organisation of the database"),
        .of_record = of != NULL ? of->record : 0,
        .of_line = of != NULL ? of->line : 0,
        .of_id = of_id,
        .of_name = other_name(p, of, of_id),
        .fields = fields,
    };
    import_plan_classify(p->plan, row, IMPORT_CONFLICT);
    return import_plan_add(p->plan, &finding, info);
}

static enum err add_duplicate(struct pairing *p, struct import_exhibitor *row,
                              const struct import_exhibitor *of, int64_t of_id,
                              const struct names_pair *pair, struct errinfo *info) {
    buf_clear(&p->reason);
    names_say_reasons(pair->reasons, false, &p->reason);
    enum err code = buf_error(&p->reason, info);
    struct import_finding finding = {
        .kind = FINDING_DUPLICATE,
        .record = row->record,
        .line = row->line,
        .column = IMPORT_NONE,
        .field = FIELD_NONE,
        .value = row->name_en.len > 0 ? row->name_en : row->name_zh,
        .message = buf_str(&p->reason),
        .of_record = of != NULL ? of->record : 0,
        .of_line = of != NULL ? of->line : 0,
        .of_id = of_id,
        .of_name = other_name(p, of, of_id),
        .reasons = pair->reasons,
        .score = pair->score,
    };
    import_plan_classify(p->plan, row, IMPORT_DUPLICATE);
    return code == ERR_OK ? import_plan_add(p->plan, &finding, info) : code;
}

/* Same names wherever both have one, and no edition twice: the firm has a line per edition. */
static bool is_same_line(const struct import_exhibitor *a, const struct import_exhibitor *b) {
    bool en =
        a->name_en.len == 0 || b->name_en.len == 0 || str_equal_nocase(a->name_en, b->name_en);
    bool zh = a->name_zh.len == 0 || b->name_zh.len == 0 || str_equal(a->name_zh, b->name_zh);
    bool one =
        (a->name_en.len > 0 && b->name_en.len > 0) || (a->name_zh.len > 0 && b->name_zh.len > 0);
    return one && en && zh && (a->editions & b->editions) == 0;
}

static uint32_t root(const struct pairing *p, uint32_t row) {
    while (p->main[row] != row)
        row = p->main[row];
    return row;
}

static enum err settle_pair(struct pairing *p, uint32_t a, uint32_t b,
                            const struct names_pair *pair, struct errinfo *info) {
    struct import_exhibitor *rows = p->plan->rows.at;
    uint32_t main = root(p, a), other = root(p, b);
    if (main == other || other != b || rows[b].same_as != IMPORT_NONE)
        return ERR_OK;
    if (is_same_line(&rows[main], &rows[b]) && contradictions(p, &rows[main], &rows[b]) == 0) {
        rows[b].same_as = main;
        p->main[b] = main;
        return ERR_OK;
    }
    uint32_t drop = is_better(p, main, b) ? main : b, keep = drop == b ? main : b;
    uint32_t fields = contradictions(p, &rows[keep], &rows[drop]);
    if (fields != 0 && !is_same_name(pair))
        return ERR_OK;
    p->main[drop] = keep;
    return fields == 0 ? add_duplicate(p, &rows[drop], &rows[keep], 0, pair, info)
                       : add_conflict(p, &rows[drop], &rows[keep], 0, fields, info);
}

/* A record that is not in the store by name, but probably is another spelling of an organisation.
 */
static enum err settle_known(struct pairing *p, const struct names_pair *pair, uint32_t at,
                             struct errinfo *info) {
    const struct known_organisation *o = &p->world->known.organisations.at[pair->a];
    struct import_exhibitor *row = &p->plan->rows.at[at];
    struct str country =
        row->country != IMPORT_NONE ? p->words->rows.countries[row->country].code : STR("");
    const struct import_exhibitor *of =
        p->row_of[pair->a] != IMPORT_NONE ? &p->plan->rows.at[p->row_of[pair->a]] : NULL;
    if (row->class_of != IMPORT_NEW)
        return ERR_OK;
    if (place_agrees(&p->words->places, country, str_of(row->region), o->country, o->region))
        return add_duplicate(p, row, of, o->id, pair, info);
    return is_same_name(pair) ? add_conflict(p, row, of, o->id, UINT32_C(1) << FIELD_COUNTRY, info)
                              : ERR_OK;
}

/* Ends the pairs of one record. */
static enum err settle_best(struct pairing *p, struct errinfo *info) {
    struct names_pair best = p->best;
    p->best = (struct names_pair){0};
    if (best.score <= 0)
        return ERR_OK;
    uint32_t row = p->rows[best.b - p->known];
    return best.a < p->known ? settle_known(p, &best, row, info)
                             : settle_pair(p, p->rows[best.a - p->known], row, &best, info);
}

static bool take_pair(void *ctx, const struct names_pair *pair) {
    struct pairing *p = ctx;
    if (p->best.score > 0 && p->best.b != pair->b) {
        p->code = settle_best(p, p->info);
        if (p->code != ERR_OK)
            return false;
    }
    const struct import_exhibitor *row = &p->plan->rows.at[p->rows[pair->b - p->known]];
    /* What the store says of two of its own organisations is not this sheet's business. */
    bool fits = pair->a >= p->known || row->known == IMPORT_NONE;
    /* On a tie another record of the sheet says more than the store. */
    bool better = pair->score > p->best.score ||
                  (pair->score == p->best.score && pair->a >= p->known && p->best.a < p->known);
    if (fits && better)
        p->best = *pair;
    return true;
}

static enum err add_known(struct pairing *p, struct errinfo *info) {
    enum err code = ERR_OK;
    for (uint32_t i = 0; i < p->known && code == ERR_OK; i++) {
        const struct known_organisation *o = &p->world->known.organisations.at[i];
        struct names_record record = {.name_en = o->name_en, .name_zh = o->name_zh};
        p->row_of[i] = IMPORT_NONE;
        code = names_index_add(p->index, &record, info);
    }
    return code;
}

static enum err add_rows(struct pairing *p, struct errinfo *info) {
    enum err code = ERR_OK;
    uint32_t count = 0;
    for (uint32_t i = 0; i < p->plan->rows.len && code == ERR_OK; i++) {
        const struct import_exhibitor *row = &p->plan->rows.at[i];
        p->main[i] = i;
        if (row->lead != IMPORT_NONE)
            p->leads[row->lead] = true;
        if (row->known != IMPORT_NONE && p->row_of[row->known] == IMPORT_NONE)
            p->row_of[row->known] = i;
        if (!is_good(row))
            continue;
        struct names_record record = {
            .name_en = row->name_en, .name_zh = row->name_zh, .offers = row->offers_text};
        p->rows[count++] = i;
        code = names_index_add(p->index, &record, info);
    }
    return code;
}

static enum err find_pairs(struct pairing *p, const struct job *job, struct errinfo *info) {
    enum err code = names_index_new(&p->index, info);
    if (code == ERR_OK)
        code = add_known(p, info);
    if (code == ERR_OK)
        code = add_rows(p, info);
    if (code == ERR_OK)
        code = names_index_build(p->index, job, info);
    if (code == ERR_OK)
        code = names_all_pairs(p->index, p->known, job, take_pair, p, info);
    if (code == ERR_OK)
        code = p->code;
    return code == ERR_OK ? settle_best(p, info) : code;
}

enum err import_find_pairs(struct import_plan *plan, const struct import_words *words,
                           const struct import_world *world, const struct job *job,
                           struct errinfo *info) {
    enum { REASON_BYTES_MAX = 4096 };
    size_t rows = plan->rows.len > 0 ? plan->rows.len : 1;
    struct pairing p = {.plan = plan, .words = words, .world = world, .info = info};
    p.known = world != NULL ? (uint32_t)world->known.organisations.len : 0;
    p.rows = mem_new(rows, sizeof(*p.rows));
    p.row_of = mem_new((size_t)p.known + 1, sizeof(*p.row_of));
    p.main = mem_new(rows, sizeof(*p.main));
    p.leads = mem_new(rows, sizeof(*p.leads));
    buf_init(&p.reason, REASON_BYTES_MAX);
    enum err code = p.rows != NULL && p.row_of != NULL && p.main != NULL && p.leads != NULL
                        ? find_pairs(&p, job, info)
                        : err_memory(info);
    names_index_free(p.index);
    buf_release(&p.reason);
    mem_free(p.rows);
    mem_free(p.row_of);
    mem_free(p.main);
    mem_free(p.leads);
    return code;
}
