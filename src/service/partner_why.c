/* The verdict on a pair, and its words; see partner_why.h. */
#include "service/partner_why.h"

#include "base/mem.h"
#include "model/kinds.h"

static const char *const verdict_codes[PARTNER_VERDICTS] = {
    [PARTNER_SUGGESTED] = "suggested", [PARTNER_ITSELF] = "itself",
    [PARTNER_BUNDLE] = "bundle",       [PARTNER_BARRED] = "barred",
    [PARTNER_CONDITION] = "condition", [PARTNER_NO_PLACE] = "no-place",
    [PARTNER_NOTHING] = "nothing",     [PARTNER_TOO_FAR] = "too-far",
    [PARTNER_STRONGER] = "stronger",   [PARTNER_QUESTION] = "question",
};

const char *partner_verdict_code(enum partner_verdict verdict) {
    return verdict_codes[verdict];
}

/* ---- the verdict ---- */

static bool is_in_list(const struct partner_round *round, uint32_t firm, uint32_t other) {
    for (uint32_t i = round->list_first[firm]; i < round->list_first[firm + 1]; i++)
        if (round->list[i].firm == other)
            return true;
    return false;
}

static struct partner_side side_of(const struct partner_round *round, struct match_finder *finder,
                                   uint32_t firm, uint32_t other, struct match_candidate *found) {
    uint32_t end = round->list_first[firm + 1];
    struct partner_side side = {
        .of = match_find(finder, round->settings.weight, firm, found, round->market->firms),
        .count = partner_round_count(round, firm),
        .capacity = round->capacity[firm],
        .price = round->price != NULL ? round->price[firm] : 0,
    };
    for (uint32_t i = 0; i < side.of && side.rank == 0; i++)
        if (found[i].firm == other)
            side.rank = i + 1;
    if (side.count > 0)
        side.weakest = round->list[end - 1].score;
    return side;
}

static enum partner_verdict judge(const struct partner_round *round,
                                  const struct partner_why *why) {
    static const uint8_t obstacles[] = {[MATCH_NO_OBSTACLE] = PARTNER_VERDICTS,
                                        [MATCH_SAME_FIRM] = PARTNER_ITSELF,
                                        [MATCH_SAME_GROUP] = PARTNER_BUNDLE,
                                        [MATCH_BARRED] = PARTNER_BARRED,
                                        [MATCH_CONDITION] = PARTNER_CONDITION};
    if (why->first == why->second)
        return PARTNER_ITSELF;
    if (is_in_list(round, why->first, why->second))
        return PARTNER_SUGGESTED;
    if (why->score.obstacle.kind != MATCH_NO_OBSTACLE)
        return (enum partner_verdict)obstacles[why->score.obstacle.kind];
    if (why->side[0].capacity == 0 || why->side[1].capacity == 0)
        return PARTNER_NO_PLACE;
    if (why->total <= 0)
        return PARTNER_NOTHING;
    bool is_candidate = (why->side[0].rank > 0 && why->side[0].rank <= PARTNER_CANDIDATES) ||
                        (why->side[1].rank > 0 && why->side[1].rank <= PARTNER_CANDIDATES);
    if (!is_candidate)
        return PARTNER_TOO_FAR;
    return round->pairs > 0 ? PARTNER_STRONGER : PARTNER_QUESTION;
}

enum err partner_why_find(const struct partner_round *round, uint32_t first, uint32_t second,
                          struct partner_why *out, struct errinfo *info) {
    struct match_finder *finder;
    struct match_candidate *found = mem_new((size_t)round->market->firms + 1, sizeof(*found));
    *out = (struct partner_why){.first = first, .second = second};
    if (found == NULL)
        return err_memory(info);
    enum err code = match_finder_new(round->market->index, &finder, info);
    if (code == ERR_OK) {
        out->total = partner_round_score(finder, &round->settings, first, second, &out->score);
        partner_parts_of(round->market, &out->score, first, second, &out->parts);
        out->parts.score = out->total;
        out->side[0] = side_of(round, finder, first, second, found);
        out->side[1] = side_of(round, finder, second, first, found);
        out->verdict = judge(round, out);
        match_finder_free(finder);
    }
    mem_free(found);
    return code;
}

/* ---- words ---- */

struct telling {
    const struct partner_round *round;
    const struct partner_why *why;
    bool is_to_first;
    struct arena *arena;
    struct partner_sentence *out;
    uint32_t count;
    bool failed;
};

static void add(struct telling *t, struct str en, struct str zh) {
    t->failed = t->failed || en.ptr == NULL || zh.ptr == NULL;
    if (t->count < PARTNER_SENTENCES_MAX)
        t->out[t->count++] = (struct partner_sentence){en, zh};
}

/* The name of a firm, or how it is spoken to; for the beginning of an English sentence. */
static struct str who(const struct telling *t, uint32_t firm, enum lang lang) {
    if (t->is_to_first && firm == t->why->first)
        return lang == LANG_ZH ? STR("贵方") : STR("You");
    return LANG_PICK(lang, partner_organisation(t->round->market, firm), name).text;
}

static bool is_you(const struct telling *t, uint32_t firm) {
    return t->is_to_first && firm == t->why->first;
}

static void tell_barred(struct telling *t) {
    static const struct {
        const char *en, *zh;
    } bars[] = {
        [PARTNER_BAR_NONE] = {"", ""},
        [PARTNER_BAR_DECLINED] = {"One of the two declined the other in this edition.",
                                  "一方已在本届婉拒对方。"},
        [PARTNER_BAR_RIVAL] = {"One of the two declined the other as a rival.",
                               "一方曾以存在竞争为由婉拒对方。"},
        [PARTNER_BAR_LIVE] = {"A match of the two waits for an answer or stands already.",
                              "双方已有待答复或已达成的对接。"},
    };
    uint8_t bar = t->why->score.obstacle.bar;
    if (t->is_to_first && bar == PARTNER_BAR_RIVAL)
        bar = PARTNER_BAR_DECLINED;
    add(t, str_of(bars[bar].en), str_of(bars[bar].zh));
}

/* "Germany", "large", "English", "ISO 9001" */
static struct str value_name(const struct telling *t, const struct match_condition *c,
                             enum lang lang) {
    const struct partner_market *market = t->round->market;
    const struct view *view = market->view;
    static const uint8_t sizes[CHAIN_SIZES] = {[CHAIN_SIZE_UNKNOWN] = SIZE_UNKNOWN,
                                               [CHAIN_SIZE_SMALL] = SIZE_SMALL,
                                               [CHAIN_SIZE_MEDIUM] = SIZE_MEDIUM,
                                               [CHAIN_SIZE_LARGE] = SIZE_LARGE,
                                               [CHAIN_SIZE_INSTITUTION] = SIZE_INSTITUTION};
    struct str unknown = lang == LANG_ZH ? STR("未知") : STR("something nobody here is");
    switch ((enum match_attribute)c->attribute) {
    case MATCH_BY_COUNTRY:
        return c->code - 1 < view->countries
                   ? LANG_PICK(lang, &view->country[c->code - 1], name).text
                   : unknown;
    case MATCH_BY_REGION:
        return c->code - 1 < view->regions ? LANG_PICK(lang, &view->region[c->code - 1], name).text
                                           : unknown;
    case MATCH_BY_SIZE:
        return c->code < CHAIN_SIZES
                   ? str_of(lang == LANG_ZH ? kind_name_zh(&kind_size, sizes[c->code])
                                            : kind_name_en(&kind_size, sizes[c->code]))
                   : unknown;
    case MATCH_BY_LANGUAGE:
        return c->code < market->languages ? market->language[c->code] : unknown;
    case MATCH_BY_CERTIFICATE:
        return c->code < market->certificates ? market->certificate[c->code] : unknown;
    case MATCH_BY_FIRM:
        return c->code < market->firms
                   ? LANG_PICK(lang, partner_organisation(market, c->code), name).text
                   : unknown;
    case MATCH_ATTRIBUTES:
        break;
    }
    return unknown;
}

static void tell_condition(struct telling *t) {
    static const uint8_t kinds[MATCH_ATTRIBUTES] = {[MATCH_BY_COUNTRY] = CONDITION_COUNTRY,
                                                    [MATCH_BY_REGION] = CONDITION_REGION,
                                                    [MATCH_BY_SIZE] = CONDITION_SIZE,
                                                    [MATCH_BY_LANGUAGE] = CONDITION_LANGUAGE,
                                                    [MATCH_BY_CERTIFICATE] = CONDITION_CERTIFICATE,
                                                    [MATCH_BY_FIRM] = CONDITION_ORGANISATION};
    const struct match_obstacle *o = &t->why->score.obstacle;
    const struct match_condition *c = &t->round->market->match.condition[o->condition];
    uint32_t kind = kinds[c->attribute];
    uint32_t other = o->firm == t->why->first ? t->why->second : t->why->first;
    if (t->is_to_first && o->firm != t->why->first) {
        add(t, STR("A condition that the other side sets on partners does not hold."),
            STR("不符合对方设定的合作条件。"));
        return;
    }
    bool is_never = c->demand == MATCH_NEVER;
    const char *why_en = o->is_unsaid ? " did not say" : is_never ? " is just that" : " is not";
    const char *why_zh = o->is_unsaid ? "未填写" : is_never ? "正属此类" : "不符合";
    struct str other_en = who(t, other, LANG_EN), other_zh = who(t, other, LANG_ZH);
    add(t,
        arena_printf(t->arena, "%.*s %s partners%s (%s: %.*s); %.*s%s.",
                     STR_ARG(who(t, o->firm, LANG_EN)),
                     is_never             ? is_you(t, o->firm) ? "refuse" : "refuses"
                     : is_you(t, o->firm) ? "want"
                                          : "wants",
                     is_never ? "" : " of one kind", kind_name_en(&kind_condition, kind),
                     STR_ARG(value_name(t, c, LANG_EN)), STR_ARG(other_en), why_en),
        arena_printf(t->arena, "%.*s%s（%s：%.*s），%.*s%s。", STR_ARG(who(t, o->firm, LANG_ZH)),
                     is_never ? "不接受此类伙伴" : "对伙伴有必备条件",
                     kind_name_zh(&kind_condition, kind), STR_ARG(value_name(t, c, LANG_ZH)),
                     STR_ARG(other_zh), why_zh));
}

static void tell_no_place(struct telling *t, uint32_t firm) {
    const struct partner_firm *f = &t->round->market->firm[firm];
    struct str en = who(t, firm, LANG_EN), zh = who(t, firm, LANG_ZH);
    bool you = is_you(t, firm), hidden = t->is_to_first && !you;
    if (f->is_withdrawn)
        add(t,
            arena_printf(t->arena, "%.*s %s no part in the matching.", STR_ARG(en),
                         you ? "take" : "takes"),
            arena_printf(t->arena, "%.*s未参加供需对接。", STR_ARG(zh)));
    else if (hidden || f->live == 0)
        add(t, arena_printf(t->arena, "%.*s can take no more meetings.", STR_ARG(en)),
            arena_printf(t->arena, "%.*s的会面名额已满。", STR_ARG(zh)));
    else
        add(t,
            arena_printf(t->arena, "%.*s %s no place left: %u matches wait or stand already.",
                         STR_ARG(en), you ? "have" : "has", f->live),
            arena_printf(t->arena, "%.*s名额已满：已有%u个对接待答复或已达成。", STR_ARG(zh),
                         f->live));
}

/* Where the other one stands for a firm. */
static void tell_rank(struct telling *t, int s) {
    const struct partner_side *side = &t->why->side[s];
    uint32_t firm = s == 0 ? t->why->first : t->why->second;
    uint32_t other = s == 0 ? t->why->second : t->why->first;
    struct str firm_en = is_you(t, firm) ? STR("you") : who(t, firm, LANG_EN);
    if (side->rank == 0)
        return;
    add(t,
        arena_printf(t->arena, "%.*s %s number %u of the %u whom %.*s could meet.",
                     STR_ARG(who(t, other, LANG_EN)), is_you(t, other) ? "are" : "is", side->rank,
                     side->of, STR_ARG(firm_en)),
        arena_printf(t->arena, "在%.*s可对接的%u家中，%.*s排第%u位。",
                     STR_ARG(who(t, firm, LANG_ZH)), side->of, STR_ARG(who(t, other, LANG_ZH)),
                     side->rank));
}

/* "Your list", "The list of CATL" */
static struct str list_of(struct telling *t, uint32_t firm) {
    return is_you(t, firm)
               ? STR("Your list")
               : arena_printf(t->arena, "The list of %.*s", STR_ARG(who(t, firm, LANG_EN)));
}

/* Whether a list is full, and with what. */
static void tell_list(struct telling *t, int s) {
    const struct partner_side *side = &t->why->side[s];
    uint32_t firm = s == 0 ? t->why->first : t->why->second;
    struct str en = list_of(t, firm), zh = who(t, firm, LANG_ZH);
    bool is_full = side->count >= side->capacity;
    if (en.ptr == NULL || (t->is_to_first && s == 1)) {
        t->failed = t->failed || en.ptr == NULL;
        if (!t->failed && is_full)
            add(t, arena_printf(t->arena, "%.*s is full.", STR_ARG(en)),
                arena_printf(t->arena, "%.*s的推荐名额已满。", STR_ARG(zh)));
    } else if (is_full) {
        add(t,
            arena_printf(t->arena,
                         "%.*s is full with %u; its last pair scores %.3f, this one %.3f.",
                         STR_ARG(en), side->count, side->weakest, t->why->total),
            arena_printf(t->arena, "%.*s的%u个名额已满，末位得分%.3f，本对得分%.3f。", STR_ARG(zh),
                         side->count, side->weakest, t->why->total));
    } else {
        add(t,
            arena_printf(t->arena, "%.*s has %u of %u.", STR_ARG(en), side->count, side->capacity),
            arena_printf(t->arena, "%.*s已有%u个推荐，名额共%u个。", STR_ARG(zh), side->count,
                         side->capacity));
    }
}

/* Prices: what a place of each list is worth to the whole plan. */
static void tell_price(struct telling *t) {
    double first = t->why->side[0].price, second = t->why->side[1].price;
    if (t->is_to_first || t->round->price == NULL || first + second <= 0)
        return;
    bool is_less = t->why->total < first + second;
    add(t,
        arena_printf(t->arena,
                     "A place in the two lists is worth %.3f and %.3f to the whole round, %s the "
                     "%.3f of this pair%s.",
                     first, second, is_less ? "together more than" : "together no more than",
                     t->why->total,
                     is_less ? "" : "; floors of small firms and newcomers took the places"),
        arena_printf(t->arena, "双方名额对整轮的价值分别为%.3f和%.3f，合计%s本对得分%.3f%s。",
                     first, second, is_less ? "高于" : "不高于", t->why->total,
                     is_less ? "" : "；名额用于保障中小企业与首次参展企业"));
}

/* Without pairs: what the first one has already tells whether a round has decided. */
static void tell_question(struct telling *t) {
    if (t->round->market->firm[t->why->first].live > 0)
        add(t, STR("The two come into question; the places of the round went to other pairs."),
            STR("双方可以对接，但本轮名额给了更匹配的对象。"));
    else
        add(t, STR("The two come into question; the next round decides."),
            STR("双方可以对接，由下一轮推荐决定。"));
}

static void tell_verdict(struct telling *t) {
    const struct partner_why *why = t->why;
    switch (why->verdict) {
    case PARTNER_SUGGESTED:
        add(t, STR("The two are suggested to each other."), STR("双方已相互推荐。"));
        break;
    case PARTNER_ITSELF:
        add(t, STR("This is one and the same organisation."), STR("双方为同一机构。"));
        break;
    case PARTNER_BUNDLE:
        add(t,
            STR("The two stand together: a lead exhibitor and those it brought know each other."),
            STR("双方同属一个联合展位（链主及其伙伴），彼此已熟悉。"));
        break;
    case PARTNER_BARRED:
        tell_barred(t);
        break;
    case PARTNER_CONDITION:
        tell_condition(t);
        break;
    case PARTNER_NO_PLACE:
        for (int s = 0; s < 2; s++)
            if (why->side[s].capacity == 0)
                tell_no_place(t, s == 0 ? why->first : why->second);
        break;
    case PARTNER_NOTHING:
        add(t,
            STR("Nothing that one offers meets what the other needs or makes, and no wish, seek or "
                "earlier meeting ties them."),
            STR("双方供给与需求不对应，也没有合作意愿或既往联系。"));
        break;
    case PARTNER_TOO_FAR:
        add(t, STR("Each could meet 50 others with whom it exchanges more."),
            STR("双方各有50家以上供需更匹配的对象。"));
        break;
    case PARTNER_STRONGER:
        add(t, STR("The places went to other pairs."), STR("名额给了其他对接。"));
        break;
    case PARTNER_QUESTION:
        tell_question(t);
        break;
    case PARTNER_VERDICTS:
        break;
    }
}

enum err partner_why_words(const struct partner_round *round, const struct partner_why *why,
                           enum partner_voice voice, struct arena *arena,
                           struct partner_sentence out[PARTNER_SENTENCES_MAX], uint32_t *count,
                           struct errinfo *info) {
    struct telling t = {.round = round,
                        .why = why,
                        .is_to_first = voice == PARTNER_TO_FIRST,
                        .arena = arena,
                        .out = out};
    tell_verdict(&t);
    if (why->verdict == PARTNER_STRONGER)
        for (int s = 0; s < 2; s++)
            tell_list(&t, s);
    if (why->verdict == PARTNER_STRONGER)
        tell_price(&t);
    for (int s = 0; s < 2 && why->total > 0 && !t.is_to_first; s++)
        tell_rank(&t, s);
    *count = t.count;
    return t.failed ? err_memory(info) : ERR_OK;
}
