/*
 * The classifier's front: see classify.h. parse.c reads the text, score.c weighs the nodes, and
 * here the raw scores become chances and the best hits a result.
 */
#include "engine/catalogue/classify.h"

#include "engine/catalogue/score.h"

struct classify_scratch {
    struct parse parse;
    struct score score;
};

/* Two raw scores closer than this are told apart by the support of the rest of the text. */
#define SUPPORT_WEIGHT 0.02F
#define SUPPORT_FULL 2.0F
/* What a fitting code adds to a node that the words name, too. */
#define CODE_BONUS 0.10F
#define CODE_BONUS_FROM 0.25F
#define SCORE_MAX 0.99F

enum err classify_scratch_new(const struct classifier *c, struct classify_scratch **out,
                              struct errinfo *info) {
    struct classify_scratch *s = mem_new(1, sizeof(*s));
    if (s == NULL)
        return err_memory(info);
    parse_init(&s->parse);
    enum err e = score_init(&s->score, c, info);
    if (e == ERR_OK)
        *out = s;
    else
        classify_scratch_free(s);
    return e;
}

void classify_scratch_free(struct classify_scratch *s) {
    if (s == NULL)
        return;
    parse_release(&s->parse);
    score_release(&s->score);
    mem_free(s);
}

/*
 * From raw scores to chances: measured on the tuned texts (bench classify), low scores promise more
 * than they keep. Linear between the points, equal above the last.
 */
static float chance(float raw) {
    static const struct {
        float raw, chance;
    } points[] = {{0, 0}, {0.15F, 0.035F}, {0.25F, 0.10F}, {0.35F, 0.25F}, {0.45F, 0.45F}};
    enum { LAST = sizeof(points) / sizeof(*points) - 1 };
    if (raw >= points[LAST].raw)
        return raw;
    int k = 0;
    while (raw >= points[k + 1].raw)
        k++;
    float part = (raw - points[k].raw) / (points[k + 1].raw - points[k].raw);
    return points[k].chance + part * (points[k + 1].chance - points[k].chance);
}

static float final_score(const struct node_score *n, float prior) {
    float raw = n->best;
    if (n->code > 0 && n->evidence != EVIDENCE_CODE && raw >= CODE_BONUS_FROM)
        raw += CODE_BONUS;
    float support = n->support < SUPPORT_FULL ? n->support / SUPPORT_FULL : 1;
    raw = chance(raw + SUPPORT_WEIGHT * support * raw);
    if (prior >= 0)
        raw = raw * prior / (raw * prior + (1 - (raw < 1 ? raw : 1)) + 1e-6F);
    return raw < SCORE_MAX ? raw : SCORE_MAX;
}

/* Puts the node into the sorted hits if it belongs there; equal scores keep the lower node first.
 */
static void insert_hit(struct classify_result *r, uint32_t node, float score) {
    uint32_t at = r->hit_count;
    while (at > 0 && (r->hits[at - 1].score < score ||
                      (r->hits[at - 1].score == score && r->hits[at - 1].node > node)))
        at--;
    if (at == CLASSIFY_HITS_MAX)
        return;
    if (r->hit_count < CLASSIFY_HITS_MAX)
        r->hit_count++;
    memmove(&r->hits[at + 1], &r->hits[at], (r->hit_count - 1 - at) * sizeof(*r->hits));
    r->hits[at] = (struct classify_hit){.node = node, .score = score};
}

enum err classify_text(const struct classifier *c, struct classify_scratch *scratch,
                       struct str text, const float *prior, struct classify_result *out,
                       struct errinfo *info) {
    struct score *s = &scratch->score;
    enum err e = parse_text(c, &scratch->parse, text, info);
    if (e == ERR_OK)
        e = score_text(c, s, &scratch->parse, text, info);
    if (e != ERR_OK) {
        score_clear(s);
        return e;
    }
    *out = (struct classify_result){.verdict = CLASSIFY_NOTHING};
    for (size_t i = 0; i < s->touched.len; i++) {
        uint32_t node = s->touched.at[i];
        insert_hit(out, node, final_score(&s->nodes[node], prior != NULL ? prior[node] : -1));
    }
    for (uint32_t i = 0; i < out->hit_count; i++) {
        struct classify_hit *hit = &out->hits[i];
        hit->asserted = hit->score >= CLASSIFY_SURE_FROM;
        hit->span_count = score_spans(c, s, &scratch->parse, hit->node, hit->spans);
    }
    if (out->hit_count > 0 && out->hits[0].score >= CLASSIFY_ASK_FROM)
        out->verdict = out->hits[0].asserted ? CLASSIFY_SURE : CLASSIFY_UNSURE;
    score_clear(s);
    return ERR_OK;
}
