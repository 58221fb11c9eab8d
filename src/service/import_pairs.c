/*
 * Records about one firm: see import_pairs.h.
 *
 * Every key of every name, of the exhibits and of the nodes is looked up in one map of hashes; a
 * record meets the first one with its key, so the work grows with the records, not with the pairs.
 * Hashes of 64 bits are compared, not texts: a false pair among a million names has a chance of
 * less than one in ten million, and would be looked at by a person.
 */
#include "service/import_pairs.h"

#include "base/mem.h"
#include "model/spelling.h"
#include "service/import_names.h"

enum { ROWS_PER_QUESTION = 1000 };

/* How two records are the same, best last. */
enum likeness {
    LIKE_NODES,
    LIKE_OFFERS,
    LIKE_PLACE,
    LIKE_PART,
    LIKE_CORE_EN,
    LIKE_CORE_ZH,
    LIKE_EXACT_EN,
    LIKE_EXACT_ZH,
    LIKENESSES
};

static const struct {
    float score;
    const char *reason;
} likenesses[LIKENESSES] = {
    [LIKE_NODES] = {0.60F, "similar names, the same country, area, editions and nodes"},
    [LIKE_OFFERS] = {0.75F, "similar names and the same exhibits"},
    [LIKE_PLACE] = {0.80F, "same name but for a place in brackets"},
    [LIKE_PART] = {0.85F, "the same by-name or abbreviation"},
    [LIKE_CORE_EN] = {0.90F, "same English name but for the legal form"},
    [LIKE_CORE_ZH] = {0.92F, "same Chinese name but for the legal form"},
    [LIKE_EXACT_EN] = {0.97F, "same English name"},
    [LIKE_EXACT_ZH] = {0.98F, "same Chinese name"},
};

/* Kinds of keys, so that a name and an exhibit never meet in the map. */
enum key_space { KEY_EXACT = 1, KEY_CORE, KEY_OFFERS, KEY_NODES };

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
    if (rows[a].filled != rows[b].filled)
        return rows[b].filled > rows[a].filled;
    if (p->leads[a] != p->leads[b])
        return p->leads[b];
    return rows[b].record < rows[a].record;
}

/* Cities that stand in front of the names of many firms without telling them apart; the provinces
 * are asked from the regions. */
static const char *const cities[][2] = {
    {"Shenzhen", "深圳"},  {"Guangzhou", "广州"},  {"Hangzhou", "杭州"},
    {"Suzhou", "苏州"},    {"Nanjing", "南京"},    {"Wuhan", "武汉"},
    {"Chengdu", "成都"},   {"Xian", "西安"},       {"Qingdao", "青岛"},
    {"Dalian", "大连"},    {"Ningbo", "宁波"},     {"Xiamen", "厦门"},
    {"Wuxi", "无锡"},      {"Changzhou", "常州"},  {"Nantong", "南通"},
    {"Jiaxing", "嘉兴"},   {"Wenzhou", "温州"},    {"Shaoxing", "绍兴"},
    {"Taizhou", "台州"},   {"Jinhua", "金华"},     {"Huzhou", "湖州"},
    {"Dongguan", "东莞"},  {"Foshan", "佛山"},     {"Zhuhai", "珠海"},
    {"Zhongshan", "中山"}, {"Huizhou", "惠州"},    {"Hefei", "合肥"},
    {"Wuhu", "芜湖"},      {"Jinan", "济南"},      {"Yantai", "烟台"},
    {"Weifang", "潍坊"},   {"Zhengzhou", "郑州"},  {"Luoyang", "洛阳"},
    {"Changsha", "长沙"},  {"Zhuzhou", "株洲"},    {"Nanchang", "南昌"},
    {"Fuzhou", "福州"},    {"Quanzhou", "泉州"},   {"Shenyang", "沈阳"},
    {"Harbin", "哈尔滨"},  {"Changchun", "长春"},  {"Taiyuan", "太原"},
    {"Kunming", "昆明"},   {"Guiyang", "贵阳"},    {"Nanning", "南宁"},
    {"Lanzhou", "兰州"},   {"Urumqi", "乌鲁木齐"}, {"Shijiazhuang", "石家庄"},
    {"Tangshan", "唐山"},  {"Baoding", "保定"},    {"Xuzhou", "徐州"},
    {"Yangzhou", "扬州"},  {"Zhenjiang", "镇江"},  {"Yancheng", "盐城"},
    {"Ganzhou", "赣州"},   {"Yichun", "宜春"},
};

static const char latin_marks[] = " ,.()-&/'";

static bool next_latin_word(struct str *rest, struct str *word) {
    while (str_next(rest, latin_marks, word))
        if (word->len > 0)
            return true;
    return false;
}

/* The name behind the places in front of it. */
static struct str without_latin_place(const struct pairing *p, struct str name) {
    struct str rest = name, word;
    while (next_latin_word(&rest, &word)) {
        uint32_t region = VOCAB_NONE;
        bool place = vocab_find(&p->words->places.region_words, word, &region, NULL) == ERR_OK &&
                     region != VOCAB_NONE;
        for (size_t i = 0; !place && i < sizeof(cities) / sizeof(cities[0]); i++)
            place = str_equal_nocase(word, str_of(cities[i][0]));
        if (!place)
            return (struct str){word.ptr, (size_t)(name.ptr + name.len - word.ptr)};
    }
    return STR("");
}

static struct str without_han_place(const struct pairing *p, struct str name) {
    for (size_t i = 0; i < sizeof(cities) / sizeof(cities[0]); i++)
        if (str_starts(name, str_of(cities[i][1])))
            return str_sub(name, strlen(cities[i][1]), name.len);
    for (uint32_t i = 0; i < p->words->rows.region_count; i++) {
        enum { TWO_HAN_BYTES = 6 };
        struct str region = p->words->rows.regions[i].name_zh;
        if (region.len >= TWO_HAN_BYTES && str_starts(name, str_sub(region, 0, TWO_HAN_BYTES)))
            return str_sub(name, TWO_HAN_BYTES, name.len);
    }
    return str_starts(name, STR("中国")) ? str_sub(name, strlen("中国"), name.len) : name;
}

static bool is_telling(struct str word) {
    static const char *const general[] = {
        "company",  "limited",      "corporation", "group",         "china",
        "holdings", "technologies", "technology",  "international", "industries",
        "province", "pavilion",     "stand",       "products"};
    for (size_t i = 0; i < sizeof(general) / sizeof(general[0]); i++)
        if (str_equal_nocase(word, str_of(general[i])))
            return false;
    return word.len >= 4;
}

/* Whether two English names share a telling word (`first`: begin with the same one), or are a slip
 * of the pen apart. */
static bool latin_resembles(const struct pairing *p, struct str a, struct str b, bool first) {
    struct str word, other;
    if (a.len > 4 && b.len > 4 && spelling_distance(a, b, 2) <= 2)
        return true;
    a = without_latin_place(p, a);
    b = without_latin_place(p, b);
    while (next_latin_word(&a, &word)) {
        struct str rest = b;
        while (next_latin_word(&rest, &other)) {
            if (is_telling(word) && str_equal_nocase(word, other))
                return true;
            if (first)
                break;
        }
        if (first)
            break;
    }
    return false;
}

/* Whether two Chinese names begin with the same two characters behind the place. */
static bool han_resembles(const struct pairing *p, struct str a, struct str b) {
    enum { TWO_HAN_BYTES = 6 };
    a = without_han_place(p, a);
    b = without_han_place(p, b);
    return a.len >= TWO_HAN_BYTES && b.len >= TWO_HAN_BYTES &&
           str_equal(str_sub(a, 0, TWO_HAN_BYTES), str_sub(b, 0, TWO_HAN_BYTES));
}

static bool names_resemble(const struct pairing *p, const struct import_exhibitor *a,
                           const struct import_exhibitor *b, bool first) {
    return latin_resembles(p, a->name_en, b->name_en, first) ||
           han_resembles(p, a->name_zh, b->name_zh);
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
                              const struct import_exhibitor *of, enum likeness like,
                              struct errinfo *info) {
    struct import_finding finding = {
        .kind = FINDING_DUPLICATE,
        .record = row->record,
        .line = row->line,
        .column = IMPORT_NONE,
        .field = FIELD_NONE,
        .value = row->name_en.len > 0 ? row->name_en : row->name_zh,
        .message = str_of(likenesses[like].reason),
        .of_record = of->record,
        .of_line = of->line,
        .score = likenesses[like].score,
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

static enum err settle_pair(struct pairing *p, uint32_t a, uint32_t b, enum likeness like,
                            struct errinfo *info) {
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
    /* Weaker likenesses that contradict are simply two firms. */
    if (fields != 0 && like < LIKE_PLACE)
        return ERR_OK;
    if (fields != 0)
        return add_conflict(p, &rows[other], &rows[main], fields, info);
    return add_duplicate(p, &rows[other], &rows[main], like, info);
}

static uint32_t root(const struct pairing *p, uint32_t row) {
    while (p->main[row] != row)
        row = p->main[row];
    return row;
}

/* The best partner found for a record so far. */
struct partner {
    uint32_t row; /* IMPORT_NONE = none */
    enum likeness like;
};

/* The first record with that key; the record itself becomes it when there is none. */
static enum err first_with_key(struct pairing *p, uint32_t row, uint64_t hash, enum key_space space,
                               uint32_t *first, struct errinfo *info) {
    uint64_t key = (hash ^ (uint64_t)space) * 0x9E3779B97F4A7C15ULL; /* Fibonacci hashing */
    *first = u64_map_get(&p->by_key, key);
    if (*first == MAP_NONE && !u64_map_put(&p->by_key, key, row))
        return err_memory(info);
    return ERR_OK;
}

static enum err look_up(struct pairing *p, uint32_t row, struct str key, enum key_space space,
                        enum likeness like, struct partner *best, struct errinfo *info) {
    uint32_t first;
    if (key.len == 0)
        return ERR_OK;
    enum err code = first_with_key(p, row, str_hash(key), space, &first, info);
    if (code == ERR_OK && first != MAP_NONE && first != row &&
        (best->row == IMPORT_NONE || like > best->like))
        *best = (struct partner){first, like};
    return code;
}

/* Three to eight capitals: what a firm is called for short. */
static bool is_acronym(struct str text) {
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < 'A' || text.ptr[i] > 'Z')
            return false;
    return text.len >= 3 && text.len <= 8;
}

static enum err is_place(const struct pairing *p, struct str text, bool *place,
                         struct errinfo *info) {
    uint32_t country = VOCAB_NONE, region = VOCAB_NONE;
    enum err code = vocab_find(&p->words->places.country_words, text, &country, info);
    if (code == ERR_OK)
        code = vocab_find(&p->words->places.region_words, text, &region, info);
    *place = country != VOCAB_NONE || region != VOCAB_NONE;
    return code;
}

static enum err look_up_face(struct pairing *p, uint32_t row, struct str face, enum likeness like,
                             struct partner *best, struct errinfo *info) {
    enum err code = name_faces_make(&p->faces, face, info);
    return code == ERR_OK ? look_up(p, row, buf_str(&p->faces.core), KEY_CORE, like, best, info)
                          : code;
}

/* By-names around a slash, abbreviations in brackets, and the name without a place in brackets. */
static enum err look_up_parts(struct pairing *p, uint32_t row, struct str name,
                              struct partner *best, struct errinfo *info) {
    struct str faces[NAME_FACES_MAX];
    uint32_t count = name_faces_cut(name, faces);
    bool slash = str_find(name, STR(" / ")) != SIZE_MAX, place = false;
    enum err code = ERR_OK;
    if (count != 3)
        return ERR_OK;
    if (!slash)
        code = is_place(p, faces[2], &place, info);
    if (code == ERR_OK && (slash || place))
        code = look_up_face(p, row, faces[1], slash ? LIKE_PART : LIKE_PLACE, best, info);
    if (code == ERR_OK && (slash || is_acronym(faces[2])))
        code = look_up_face(p, row, faces[2], LIKE_PART, best, info);
    return code;
}

static enum err look_up_name(struct pairing *p, uint32_t row, struct str name, bool chinese,
                             struct partner *best, struct errinfo *info) {
    enum err code = name_faces_make(&p->faces, name, info);
    if (code == ERR_OK)
        code = look_up(p, row, buf_str(&p->faces.exact), KEY_EXACT,
                       chinese ? LIKE_EXACT_ZH : LIKE_EXACT_EN, best, info);
    if (code == ERR_OK)
        code = look_up(p, row, buf_str(&p->faces.core), KEY_CORE,
                       chinese ? LIKE_CORE_ZH : LIKE_CORE_EN, best, info);
    return code == ERR_OK ? look_up_parts(p, row, name, best, info) : code;
}

static uint64_t mix(uint64_t hash, uint64_t value) {
    return (hash ^ value) * 0x100000001b3ULL;
}

/* Records with the same exhibits, or at least the same nodes in the same place, and similar names.
 */
static enum err look_up_facts(struct pairing *p, uint32_t row, struct partner *best,
                              struct errinfo *info) {
    enum { TELLING_BYTES = 20 }; /* "Country stand" tells nothing */
    const struct import_exhibitor *rows = p->plan->rows.at, *r = &rows[row];
    uint32_t with_offers = MAP_NONE, with_nodes = MAP_NONE, nodes = (uint32_t)r->offers + r->needs;
    struct str offers = r->offers_text.len > 0 ? r->offers_text : r->offers_text_zh;
    uint64_t place = mix(mix(mix(1, r->country), r->area), r->editions);
    enum err code = ERR_OK;
    if (offers.len >= TELLING_BYTES)
        code = first_with_key(p, row, mix(str_hash(offers), r->country), KEY_OFFERS, &with_offers,
                              info);
    for (uint32_t i = 0; i < nodes; i++)
        place = mix(place, p->plan->nodes.at[r->nodes_first + i]);
    if (code == ERR_OK && nodes >= 2)
        code = first_with_key(p, row, place, KEY_NODES, &with_nodes, info);
    if (best->row != IMPORT_NONE)
        return code;
    if (code == ERR_OK && with_offers != MAP_NONE &&
        names_resemble(p, &rows[with_offers], r, false))
        *best = (struct partner){with_offers, LIKE_OFFERS};
    else if (code == ERR_OK && with_nodes != MAP_NONE &&
             names_resemble(p, &rows[with_nodes], r, true))
        *best = (struct partner){with_nodes, LIKE_NODES};
    return code;
}

static enum err pair_row(struct pairing *p, uint32_t at, struct errinfo *info) {
    const struct import_exhibitor *row = &p->plan->rows.at[at];
    struct partner best = {IMPORT_NONE, LIKE_NODES};
    enum err code = ERR_OK;
    if (row->name_en.len > 0)
        code = look_up_name(p, at, row->name_en, false, &best, info);
    if (code == ERR_OK && row->name_zh.len > 0)
        code = look_up_name(p, at, row->name_zh, true, &best, info);
    if (code == ERR_OK)
        code = look_up_facts(p, at, &best, info);
    if (code == ERR_OK && best.row != IMPORT_NONE)
        code = settle_pair(p, root(p, best.row), at, best.like, info);
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
