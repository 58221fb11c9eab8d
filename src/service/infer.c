/* From texts to nodes: see infer.h. */
#include "service/infer.h"

#include "assets/assets.h"
#include "base/arena.h"
#include "base/vec.h"
#include "exchange/csv_read.h"
#include "exchange/table_row.h"

enum {
    INFER_MAX_BYTES = 1 << 30,
    EVIDENCE_MAX_BYTES = 1 << 20,
    LEXICON_COLUMNS = 3,
    NODE_CELLS = 8
};

struct infer {
    struct arena arena;
    VEC(struct infer_node)
    nodes;
    VEC(struct classify_node)
    texts;
    VEC(struct classify_lexeme)
    lexicon;
    struct classifier *classifier;
    struct classify_scratch *scratch;
    struct buf evidence;
};

static struct str copy_text(struct infer *infer, const struct store_value *value, bool *ok) {
    if (value->kind != STORE_TEXT)
        return STR("");
    struct str copy = arena_copy(&infer->arena, value->text);
    *ok = *ok && copy.ptr != NULL;
    return copy;
}

static enum err add_node(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct infer *infer = ctx;
    bool ok = true;
    struct infer_node node = {id, copy_text(infer, &v[NODE_CODE], &ok),
                              copy_text(infer, &v[NODE_NAME_EN], &ok),
                              copy_text(infer, &v[NODE_NAME_ZH], &ok)};
    struct classify_node text = {.name_en = node.name_en,
                                 .name_zh = node.name_zh,
                                 .synonyms_en = copy_text(infer, &v[NODE_SYNONYMS_EN], &ok),
                                 .synonyms_zh = copy_text(infer, &v[NODE_SYNONYMS_ZH], &ok),
                                 .hs2022 = copy_text(infer, &v[NODE_HS2022], &ok),
                                 .cpc21 = copy_text(infer, &v[NODE_CPC21], &ok),
                                 .kind = copy_text(infer, &v[NODE_KIND], &ok)};
    return ok && vec_push(&infer->nodes, node) && vec_push(&infer->texts, text) ? ERR_OK
                                                                                : err_memory(info);
}

typedef enum err row_fn(struct infer *infer, const struct store_value *cells, struct errinfo *info);

/* Reads a CSV file of the program by the names of its columns. */
static enum err read_asset(struct infer *infer, const char *name, const char *const *columns,
                           uint32_t count, row_fn *fn, struct errinfo *info) {
    struct str text;
    struct csv_reader reader;
    struct table_row row;
    uint32_t place[NODE_CELLS];
    bool end = false;
    if (!assets_find(str_of(name), &text))
        return err_set(info, ERR_INTERNAL, "the program lacks its own file %s", name);
    csv_reader_init(&reader, csv_source_text(&text), ',', NULL);
    enum err code = csv_next(&reader, &row, &end, info);
    for (uint32_t c = 0; c < count && code == ERR_OK; c++) {
        place[c] = UINT32_MAX;
        for (uint32_t i = 0; i < row.count; i++)
            if (str_equal_c(row.cells[i], columns[c]))
                place[c] = i;
        if (place[c] == UINT32_MAX)
            code = err_set(info, ERR_INTERNAL, "the program's file %s lacks the column %s", name,
                           columns[c]);
    }
    while (code == ERR_OK) {
        code = csv_next(&reader, &row, &end, info);
        if (code != ERR_OK || end)
            break;
        struct store_value cells[NODE_CELLS];
        for (uint32_t c = 0; c < count; c++)
            cells[c] = store_text(place[c] < row.count ? row.cells[place[c]] : STR(""));
        code = fn(infer, cells, info);
    }
    csv_reader_release(&reader);
    return code;
}

static enum err add_built_in_node(struct infer *infer, const struct store_value *cells,
                                  struct errinfo *info) {
    struct store_value v[STORE_COLUMNS_MAX] = {0};
    v[NODE_CODE] = cells[0];
    v[NODE_KIND] = cells[1];
    v[NODE_NAME_EN] = cells[2];
    v[NODE_NAME_ZH] = cells[3];
    v[NODE_HS2022] = cells[4];
    v[NODE_CPC21] = cells[5];
    v[NODE_SYNONYMS_EN] = cells[6];
    v[NODE_SYNONYMS_ZH] = cells[7];
    return add_node(infer, 0, v, info);
}

static enum err add_lexeme(struct infer *infer, const struct store_value *cells,
                           struct errinfo *info) {
    bool ok = true;
    struct classify_lexeme lexeme = {.from = copy_text(infer, &cells[1], &ok),
                                     .to = copy_text(infer, &cells[2], &ok)};
    if (!classify_relation_of(cells[0].text, &lexeme.relation))
        return err_set(info, ERR_INTERNAL, "the lexicon has no relation \"%.*s\"",
                       STR_ARG(cells[0].text));
    return ok && vec_push(&infer->lexicon, lexeme) ? ERR_OK : err_memory(info);
}

enum err infer_new(struct store_reader *reader, struct infer **out, struct errinfo *info) {
    static const char *const node_columns[NODE_CELLS] = {
        "id", "kind", "name_en", "name_zh", "hs2022", "cpc21", "synonyms_en", "synonyms_zh"};
    static const char *const lexicon_columns[LEXICON_COLUMNS] = {"relation", "from", "to"};
    struct infer *infer = mem_new(1, sizeof(*infer));
    if (infer == NULL)
        return err_memory(info);
    arena_init(&infer->arena, INFER_MAX_BYTES);
    buf_init(&infer->evidence, EVIDENCE_MAX_BYTES);
    enum err code = reader != NULL ? store_scan(reader, TABLE_NODE, add_node, infer, info)
                                   : read_asset(infer, "data/catalogue/nodes.csv", node_columns,
                                                NODE_CELLS, add_built_in_node, info);
    if (code == ERR_OK)
        code = read_asset(infer, "data/catalogue/lexicon.csv", lexicon_columns, LEXICON_COLUMNS,
                          add_lexeme, info);
    if (code == ERR_OK)
        code = classifier_new(infer->texts.at, (uint32_t)infer->texts.len, infer->lexicon.at,
                              (uint32_t)infer->lexicon.len, &infer->classifier, info);
    if (code == ERR_OK)
        code = classify_scratch_new(infer->classifier, &infer->scratch, info);
    if (code != ERR_OK) {
        infer_free(infer);
        return code;
    }
    *out = infer;
    return ERR_OK;
}

void infer_free(struct infer *infer) {
    if (infer == NULL)
        return;
    classify_scratch_free(infer->scratch);
    classifier_free(infer->classifier);
    vec_free(&infer->nodes);
    vec_free(&infer->texts);
    vec_free(&infer->lexicon);
    buf_release(&infer->evidence);
    arena_release(&infer->arena);
    mem_free(infer);
}

const struct infer_node *infer_node(const struct infer *infer, uint32_t node) {
    return &infer->nodes.at[node];
}

enum err infer_text(struct infer *infer, struct str text, struct classify_result *out,
                    struct errinfo *info) {
    return classify_text(infer->classifier, infer->scratch, text, NULL, out, info);
}

void infer_words(struct str text, const struct classify_hit *hit, struct buf *out) {
    for (uint32_t i = 0; i < hit->span_count; i++) {
        if (i > 0)
            buf_add_c(out, " ... ");
        buf_add_str(out, str_sub(text, hit->spans[i].from, hit->spans[i].to));
    }
}

/* Adds the asserted hits of one text; a node that both texts assert keeps its surer score. */
static enum err add_offers(struct infer *infer, struct str text, struct infer_offer *offers,
                           size_t *evidence_from, uint32_t *count, struct errinfo *info) {
    struct classify_result result = {0};
    if (text.len == 0)
        return ERR_OK;
    enum err code = infer_text(infer, text, &result, info);
    for (uint32_t i = 0; i < result.hit_count && code == ERR_OK; i++) {
        const struct classify_hit *hit = &result.hits[i];
        int64_t id = infer->nodes.at[hit->node].id;
        bool known = !hit->asserted;
        for (uint32_t k = 0; k < *count && !known; k++) {
            if (offers[k].node_id != id)
                continue;
            known = true;
            if (hit->score > offers[k].score)
                offers[k].score = hit->score;
        }
        if (known)
            continue;
        evidence_from[*count] = infer->evidence.len;
        infer_words(text, hit, &infer->evidence);
        offers[*count] =
            (struct infer_offer){.node_id = id,
                                 .score = hit->score,
                                 .evidence = {NULL, infer->evidence.len - evidence_from[*count]}};
        (*count)++;
    }
    return code;
}

enum err infer_offers(struct infer *infer, struct str text_en, struct str text_zh,
                      struct infer_offer offers[INFER_OFFERS_MAX], uint32_t *count,
                      struct errinfo *info) {
    size_t evidence_from[INFER_OFFERS_MAX];
    *count = 0;
    buf_clear(&infer->evidence);
    enum err code = add_offers(infer, text_en, offers, evidence_from, count, info);
    if (code == ERR_OK)
        code = add_offers(infer, text_zh, offers, evidence_from, count, info);
    if (code == ERR_OK)
        code = buf_error(&infer->evidence, info);
    for (uint32_t i = 0; i < *count && code == ERR_OK; i++)
        offers[i].evidence.ptr = buf_str(&infer->evidence).ptr + evidence_from[i];
    for (uint32_t i = 1; i < *count && code == ERR_OK; i++) {
        struct infer_offer moved = offers[i];
        uint32_t at = i;
        for (; at > 0 && offers[at - 1].score < moved.score; at--)
            offers[at] = offers[at - 1];
        offers[at] = moved;
    }
    return code;
}
