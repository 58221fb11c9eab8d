/*
 * Records about one firm: see import_pairs.h.
 *
 * Every key of every name is looked up in one map of hashes; a record joins the first one with its
 * key. Hashes of 64 bits are compared, not texts: a false pair among a million names has a chance
 * of less than one in ten million, and would be looked at by a person.
 */
#include "service/import_pairs.h"

#include "base/mem.h"
#include "service/import_names.h"

enum { ROWS_PER_QUESTION = 1000 };

/* How two names are the same, best last. */
enum likeness { LIKE_CORE_EN, LIKE_CORE_ZH, LIKE_EXACT_EN, LIKE_EXACT_ZH, LIKENESSES };

static const struct {
    float score;
    const char *reason;
} likenesses[LIKENESSES] = {
    [LIKE_CORE_EN] = {0.90F, "same English name but for the legal form"},
    [LIKE_CORE_ZH] = {0.92F, "same Chinese name but for the legal form"},
    [LIKE_EXACT_EN] = {0.97F, "same English name"},
    [LIKE_EXACT_ZH] = {0.98F, "same Chinese name"},
};

struct pairing {
    struct import_plan *plan;
    const struct import_words *words;
    struct u64_map by_key;
    struct name_faces faces;
    uint32_t *main; /* by row: the main record of its firm as far as known; itself at first */
    bool *leads;    /* by row: others name it as their lead */
};

static bool is_good(const struct import_exhibitor *row) {
    return row->class_of != IMPORT_ERROR;
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
    if (p->leads[a] != p->leads[b])
        return p->leads[b];
    if (rows[a].filled != rows[b].filled)
        return rows[b].filled > rows[a].filled;
    return rows[b].record < rows[a].record;
}

static enum err add_conflict(struct pairing *p, struct import_exhibitor *row,
                             const struct import_exhibitor *of, uint32_t fields,
                             struct errinfo *info) {
    struct import_finding finding = {
        .kind = FINDING_CONFLICT,
        .record = row->record,
        .line = row->line,
        .column = IMPORT_NONE,
        .field = FIELD_NONE,
        .value = row->name_en.len > 0 ? row->name_en : row->name_zh,
        .message = STR("the same firm is told differently in another record"),
        .expected = STR("Correct one of the two records, or remove it"),
        .of_record = of->record,
        .of_line = of->line,
        .fields = fields,
    };
    import_plan_classify(p->plan, row, IMPORT_CONFLICT);
    return import_plan_add(p->plan, &finding, info);
}

static enum err add_duplicate(struct pairing *p, struct import_exhibitor *row,
                              const struct import_exhibitor *of, float score, const char *reason,
                              struct errinfo *info) {
    struct import_finding finding = {
        .kind = FINDING_DUPLICATE,
        .record = row->record,
        .line = row->line,
        .column = IMPORT_NONE,
        .field = FIELD_NONE,
        .value = row->name_en.len > 0 ? row->name_en : row->name_zh,
        .message = str_of(reason),
        .of_record = of->record,
        .of_line = of->line,
        .score = score,
    };
    import_plan_classify(p->plan, row, IMPORT_DUPLICATE);
    return import_plan_add(p->plan, &finding, info);
}

/* Same names wherever both have one, and no edition twice: the firm has a line per edition. */
static bool is_same_line(const struct import_exhibitor *a, const struct import_exhibitor *b) {
    bool en =
        a->name_en.len == 0 || b->name_en.len == 0 || str_equal_nocase(a->name_en, b->name_en);
    bool zh = a->name_zh.len == 0 || b->name_zh.len == 0 || str_equal(a->name_zh, b->name_zh);
    return en && zh && (a->editions & b->editions) == 0;
}

static enum err settle_pair(struct pairing *p, uint32_t a, uint32_t b, float score,
                            const char *reason, struct errinfo *info) {
    struct import_exhibitor *rows = p->plan->rows.at;
    uint32_t main = p->main[a], other = p->main[b];
    if (main == other || rows[b].class_of == IMPORT_CONFLICT ||
        rows[b].class_of == IMPORT_DUPLICATE || rows[b].same_as != IMPORT_NONE)
        return ERR_OK;
    if (is_same_line(&rows[main], &rows[b]) && contradictions(p, &rows[main], &rows[b]) == 0) {
        rows[b].same_as = main;
        p->main[b] = main;
        return ERR_OK;
    }
    if (is_better(p, main, b) && rows[main].class_of != IMPORT_DUPLICATE) {
        p->main[main] = b;
        other = main;
        main = b;
    } else {
        p->main[b] = main;
        other = b;
    }
    uint32_t fields = contradictions(p, &rows[main], &rows[other]);
    if (fields != 0)
        return add_conflict(p, &rows[other], &rows[main], fields, info);
    return add_duplicate(p, &rows[other], &rows[main], score, reason, info);
}

static uint32_t root(const struct pairing *p, uint32_t row) {
    while (p->main[row] != row)
        row = p->main[row];
    return row;
}

static enum err look_up(struct pairing *p, uint32_t row, struct str key, enum likeness like,
                        enum likeness *best, uint32_t *found, struct errinfo *info) {
    if (key.len == 0)
        return ERR_OK;
    /* Keys of the two languages and of the two kinds must not meet. */
    uint64_t hash = str_hash(key) ^ (like == LIKE_CORE_EN || like == LIKE_CORE_ZH ? 0 : 1);
    uint32_t at = u64_map_get(&p->by_key, hash);
    if (at == MAP_NONE)
        return u64_map_put(&p->by_key, hash, row) ? ERR_OK : err_memory(info);
    if (at != row && (*found == IMPORT_NONE || like > *best)) {
        *found = at;
        *best = like;
    }
    return ERR_OK;
}

static enum err pair_row(struct pairing *p, uint32_t at, struct errinfo *info) {
    const struct import_exhibitor *row = &p->plan->rows.at[at];
    const struct str names[] = {row->name_en, row->name_zh};
    enum likeness best = LIKE_CORE_EN;
    uint32_t found = IMPORT_NONE;
    enum err code = ERR_OK;
    for (size_t i = 0; i < 2 && code == ERR_OK; i++) {
        if (names[i].len == 0)
            continue;
        code = name_faces_make(&p->faces, names[i], info);
        if (code == ERR_OK)
            code = look_up(p, at, buf_str(&p->faces.exact), i == 0 ? LIKE_EXACT_EN : LIKE_EXACT_ZH,
                           &best, &found, info);
        if (code == ERR_OK)
            code = look_up(p, at, buf_str(&p->faces.core), i == 0 ? LIKE_CORE_EN : LIKE_CORE_ZH,
                           &best, &found, info);
    }
    if (code == ERR_OK && found != IMPORT_NONE)
        code = settle_pair(p, root(p, found), at, likenesses[best].score, likenesses[best].reason,
                           info);
    return code;
}

static enum err find_pairs(struct pairing *p, const struct job *job, struct errinfo *info) {
    struct import_plan *plan = p->plan;
    enum err code = ERR_OK;
    for (uint32_t i = 0; i < plan->rows.len; i++) {
        p->main[i] = i;
        if (plan->rows.at[i].lead != IMPORT_NONE)
            p->leads[plan->rows.at[i].lead] = true;
    }
    for (uint32_t i = 0; i < plan->rows.len && code == ERR_OK; i++) {
        if (is_good(&plan->rows.at[i]))
            code = pair_row(p, i, info);
        if (i % ROWS_PER_QUESTION == 0 && code == ERR_OK && job != NULL && job_should_stop(job))
            code = err_set(info, ERR_STOPPED, "the import was stopped; nothing was changed");
    }
    return code;
}

enum err import_find_pairs(struct import_plan *plan, const struct import_words *words,
                           const struct job *job, struct errinfo *info) {
    size_t rows = plan->rows.len > 0 ? plan->rows.len : 1;
    struct pairing p = {.plan = plan, .words = words};
    p.main = mem_new(rows, sizeof(*p.main));
    p.leads = mem_new(rows, sizeof(*p.leads));
    name_faces_init(&p.faces);
    enum err code =
        p.main != NULL && p.leads != NULL ? find_pairs(&p, job, info) : err_memory(info);
    name_faces_release(&p.faces);
    u64_map_release(&p.by_key);
    mem_free(p.main);
    mem_free(p.leads);
    return code;
}
