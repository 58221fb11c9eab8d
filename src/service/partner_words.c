/*
 * Sentences from templates; see partner_words.h. In a template
 *
 *     {S}  who gives, with its verb: "Offers", "You offer", "CATL offers"
 *     {c}  who takes: "you", "it", "CATL"          {s}  the ending of its verb: "", "s"
 *     {p}  whose: "your", "its", "CATL's"
 *     {g}  what is given        {t}  what it is for        {x}  the scenario or chain
 *
 * and in the Chinese ones {S} is the subject alone.
 */
#include "service/partner_words.h"

#include <stdlib.h>

#include "model/kinds.h"

enum { SENTENCE_MAX = 2000 };

static const struct {
    const char *words[LANGS];
} fits[MATCH_KINDS] = {
    [MATCH_SAME] = {{"{S} {g}, which {c} need{s}{b}", "{S}提供{g}，正是{c}所需{b}"}},
    [MATCH_ESSENTIAL] = {{"{S} {g}, an essential input for {p} {t}",
                          "{S}提供{g}，是{p}{t}的关键投入"}},
    [MATCH_SUBSTITUTE] = {{"{S} {g}, which can stand in for {t} that {c} need{s}",
                           "{S}提供{g}，可替代{c}所需的{t}"}},
    [MATCH_CAPITAL] = {{"{S} {g}, used to make {p} {t}", "{S}提供{g}，用于制造{p}{t}"}},
    [MATCH_OPTIONAL] = {{"{S} {g}, which can go into {p} {t}", "{S}提供{g}，可用于{p}{t}"}},
    [MATCH_SCENARIO] = {{"{S} {g}, used together with {p} {t} in the scenario “{x}”",
                         "{S}提供{g}，在“{x}”场景中与{p}{t}配套"}},
    [MATCH_SERVICE] = {{"{S} {g}, a service to firms in {x}, where {c} offer{s} {t}",
                        "{S}提供{g}，服务于{c}（{t}）所在的{x}"}},
};

static const char *const part_names[MATCH_PARTS][LANGS] = {
    [MATCH_FIT_NEED] = {"Their offer meets the need", "对方供给契合己方需求"},
    [MATCH_FIT_OFFER] = {"The offer meets their need", "己方供给契合对方需求"},
    [MATCH_RESILIENCE] = {"A safer chain", "提升供应链韧性"},
    [MATCH_VOLUME] = {"Quantity", "产能与用量"},
    [MATCH_WISHES] = {"Wishes", "合作意愿"},
    [MATCH_LANGUAGES] = {"Common language", "共同语言"},
    [MATCH_CONTINUITY] = {"Continuity", "合作延续"},
    [MATCH_RIVALRY] = {"Rivalry (taken off)", "竞争关系（扣分）"},
};

const char *partner_part_name(enum match_part part, enum lang lang) {
    return part_names[part][lang];
}

/* ---- names ---- */

/* In a sentence a name begins small, unless it is an abbreviation ("PV modules", "X-ray tubes"). */
struct str partner_node_name(const struct view *view, uint32_t node, enum lang lang,
                             struct arena *arena) {
    struct str name = LANG_PICK(lang, &view->node[node], name).text;
    bool is_word = name.len > 1 && name.ptr[0] >= 'A' && name.ptr[0] <= 'Z' &&
                   ((name.ptr[1] >= 'a' && name.ptr[1] <= 'z') || name.ptr[1] == ' ');
    if (!is_word)
        return name;
    char *copy = arena_new(arena, name.len + 1, 1);
    if (copy == NULL)
        return (struct str){NULL, 0};
    memcpy(copy, name.ptr, name.len);
    copy[0] = (char)(copy[0] + 32);
    return (struct str){copy, name.len};
}

static struct str organisation_name(const struct view *view, int64_t id, enum lang lang) {
    uint32_t o = u64_map_get(&view->organisation_by_id, (uint64_t)id);
    return o != MAP_NONE ? LANG_PICK(lang, &view->organisation[o], name).text : STR("?");
}

struct speech {
    const struct view *view;
    const struct partner_parts *parts;
    enum partner_voice voice;
    enum lang lang;
    struct arena *arena;
    struct buf out;
};

static bool is_you(const struct speech *s, int64_t id) {
    return s->voice == PARTNER_TO_FIRST && id == s->parts->first_id;
}

/* "you", "it", "CATL" */
static void say_who(struct speech *s, int64_t id) {
    if (s->voice == PARTNER_OF_BOTH)
        buf_add_str(&s->out, organisation_name(s->view, id, s->lang));
    else if (s->lang == LANG_ZH)
        buf_add_c(&s->out, is_you(s, id) ? "贵方" : "对方");
    else
        buf_add_c(&s->out, is_you(s, id) ? "you" : "it");
}

/* "your", "its", "CATL's"; "Your" at the beginning. */
static void say_whose(struct speech *s, int64_t id) {
    if (s->lang == LANG_ZH) {
        say_who(s, id);
        if (s->voice == PARTNER_OF_BOTH)
            buf_add_c(&s->out, "的");
    } else if (s->voice == PARTNER_OF_BOTH) {
        say_who(s, id);
        buf_add_c(&s->out, "'s");
    } else {
        buf_add_c(&s->out, is_you(s, id) ? "your" : "its");
    }
}

/* "You offer", "Offers", "CATL offers": with any verb. */
static void say_does(struct speech *s, int64_t id, const char *verb, const char *verb_zh) {
    if (s->lang == LANG_ZH) {
        say_who(s, id);
        buf_add_c(&s->out, verb_zh);
    } else if (s->voice == PARTNER_OF_BOTH) {
        say_who(s, id);
        buf_printf(&s->out, " %ss", verb);
    } else if (is_you(s, id)) {
        buf_printf(&s->out, "You %s", verb);
    } else {
        buf_printf(&s->out, "%c%ss", verb[0] - 32, verb + 1);
    }
}

static void say_node(struct speech *s, uint32_t node) {
    struct str name = partner_node_name(s->view, node, s->lang, s->arena);
    if (name.ptr == NULL)
        s->out.failed = ERR_MEMORY;
    else
        buf_add_str(&s->out, name);
}

static void say_basis(struct speech *s, uint8_t basis) {
    static const char *const words[MATCH_BASES][LANGS] = {
        [MATCH_INFERRED] = {" (inferred)", "（推断）"},
        [MATCH_DECLARED] = {"", ""},
        [MATCH_CONFIRMED] = {" (confirmed)", "（已核实）"}};
    buf_add_c(&s->out, words[basis][s->lang]);
}

/* ---- fits ---- */

/* The scenario in which one is a part and the other what it belongs to, or the whole. */
static struct str scenario_name(const struct speech *s, const struct partner_fit *fit) {
    const struct view *view = s->view;
    for (uint32_t i = 0; i < view->scenarios; i++) {
        const struct view_part *part = view->part + view->scenario[i].part_first;
        for (uint32_t p = 0; p < view->scenario[i].parts; p++) {
            uint32_t parent = part[p].parent;
            if (part[p].node != fit->give || parent == VIEW_NONE)
                continue;
            bool belongs = part[parent].node == fit->take;
            while (part[parent].parent != VIEW_NONE)
                parent = part[parent].parent;
            if (belongs || part[parent].node == fit->take)
                return LANG_PICK(s->lang, &view->scenario[i], name).text;
        }
    }
    return STR("?");
}

static bool has_service(const struct chain_report *report, const struct chain_summary *chain,
                        uint32_t node) {
    for (size_t e = 0; e < chain->ecosystems; e++)
        if (report->ecosystem[chain->ecosystem_first + e] == node)
            return true;
    return false;
}

/* "the green agriculture chain", "supply chain services" */
static struct str in_chain(const struct speech *s, struct str name) {
    char first = name.len > 0 ? name.ptr[0] : ' ';
    bool is_chain = str_ends(name, STR("chain"));
    struct str rest = name.len > 0 ? str_sub(name, 1, name.len) : name;
    struct str said =
        arena_printf(s->arena, "%s%c%.*s", is_chain ? "the " : "",
                     first >= 'A' && first <= 'Z' ? first + 32 : first, STR_ARG(rest));
    return said.ptr != NULL ? said : name;
}

/* The chain that one is a service to and the other a core node of; else the first chain that the
 * other is in. */
static struct str chain_name(const struct speech *s, const struct partner_fit *fit) {
    const struct chain_report *report = s->view->report;
    struct chain_positions at = chain_places_of(report, fit->take);
    uint32_t chain = VIEW_NONE;
    for (size_t i = at.count; i-- > 0;) {
        uint32_t other = chain_of_place(report, at.at[i]);
        bool is_core = report->place[at.at[i]].role == CHAIN_CORE;
        if (chain == VIEW_NONE ||
            (is_core && has_service(report, &report->chain[other], fit->give)))
            chain = other;
        if (is_core && !has_service(report, &report->chain[chain], fit->give))
            chain = other;
    }
    if (chain == VIEW_NONE)
        return STR("?");
    struct str name = LANG_PICK(s->lang, &s->view->chain[chain], name).text;
    return s->lang == LANG_EN ? in_chain(s, name) : name;
}

/* "; 2 more of its offers fit, too" */
static void say_further(struct speech *s, int64_t giver, uint32_t things) {
    if (things < 2)
        return;
    if (s->lang == LANG_ZH) {
        buf_printf(&s->out, "；另有%u项供给也匹配", things - 1);
        return;
    }
    if (things == 2)
        buf_add_c(&s->out, "; one more of ");
    else
        buf_printf(&s->out, "; %u more of ", things - 1);
    say_whose(s, giver);
    buf_add_c(&s->out, things == 2 ? " offers fits, too" : " offers fit, too");
}

static void say_fit(struct speech *s, const struct partner_fit *fit, int64_t giver, int64_t taker) {
    bool is_same = fit->kind == MATCH_SAME;
    for (const char *c = fits[fit->kind].words[s->lang]; *c != '\0'; c++) {
        if (*c != '{') {
            buf_add_char(&s->out, *c);
            continue;
        }
        c++;
        if (*c == 'S' && s->lang == LANG_EN)
            say_does(s, giver, "offer", "");
        else if (*c == 'S')
            say_who(s, giver);
        else if (*c == 'c')
            say_who(s, taker);
        else if (*c == 's')
            buf_add_c(&s->out, is_you(s, taker) ? "" : "s");
        else if (*c == 'p')
            say_whose(s, taker);
        else if (*c == 'x')
            buf_add_str(&s->out,
                        fit->kind == MATCH_SERVICE ? chain_name(s, fit) : scenario_name(s, fit));
        else if (*c == 'g') {
            say_node(s, fit->give);
            say_basis(s, fit->give_basis);
        } else if (*c == 't') {
            say_node(s, fit->take);
            say_basis(s, fit->take_basis);
        } else if (*c == 'b' && is_same)
            say_basis(s, fit->take_basis);
        c++;
    }
    say_further(s, giver, fit->things);
}

/* ---- the other parts ---- */

/* "You would be", "Would be", "CATL would be" */
static void say_would_be(struct speech *s, int64_t id) {
    if (s->lang == LANG_ZH || s->voice == PARTNER_OF_BOTH) {
        say_who(s, id);
        buf_add_c(&s->out, s->lang == LANG_ZH ? "可成为" : " would be");
    } else {
        buf_add_c(&s->out, is_you(s, id) ? "You would be" : "Would be");
    }
}

static void say_resilience(struct speech *s) {
    const struct partner_parts *p = s->parts;
    bool is_zh = s->lang == LANG_ZH, is_second = p->resilience.others == 1;
    say_would_be(s, p->resilience.supplier_id);
    if (!is_zh)
        buf_add_c(&s->out, is_second ? " a second source of " : " a source of ");
    say_node(s, p->resilience.node);
    if (is_second)
        buf_add_c(&s->out, is_zh ? "的第二来源：本届目前仅有另一家供应"
                                 : "; only one other firm here offers that");
    else if (p->resilience.countries <= 1)
        buf_printf(&s->out,
                   is_zh ? "的新国家/地区来源：本届其余%u家均来自同一国家/地区"
                         : " from another country or region; the other %u here are all from one",
                   p->resilience.others);
    else
        buf_printf(&s->out,
                   is_zh ? "的新国家/地区来源：本届其余%u家仅来自%u个国家/地区"
                         : " from another country or region; the other %u here come from only %u",
                   p->resilience.others, p->resilience.countries);
}

static void say_volume(struct speech *s) {
    const struct partner_parts *p = s->parts;
    int64_t taker = p->volume.supplier_id == p->first_id ? p->second_id : p->first_id;
    double share = p->volume.demand > 0 ? 100 * p->volume.supply / p->volume.demand : 0;
    bool is_zh = s->lang == LANG_ZH, is_all = share >= 100;
    if (is_zh) {
        say_who(s, p->volume.supplier_id);
        buf_add_c(&s->out, "的");
        say_node(s, p->volume.node);
        buf_add_c(&s->out, "产能可满足");
        say_who(s, taker);
        if (is_all)
            buf_add_c(&s->out, "的全部用量");
        else
            buf_printf(&s->out, "用量的%.0f%%", share);
        return;
    }
    say_does(s, p->volume.supplier_id, "deliver", "");
    if (is_all)
        buf_add_c(&s->out, " enough ");
    else
        buf_printf(&s->out, " %.0f %% of the ", share);
    say_node(s, p->volume.node);
    buf_add_c(&s->out, is_all ? " for all that " : " that ");
    say_who(s, taker);
    buf_add_c(&s->out, is_you(s, taker) ? " take a year" : " takes a year");
}

static void say_seek(struct speech *s, int64_t other) {
    static const uint8_t kinds[MATCH_SEEK_KINDS] = {
        [MATCH_SEEK_SUPPLIER] = SEEK_SUPPLIER,
        [MATCH_SEEK_CUSTOMER] = SEEK_CUSTOMER,
        [MATCH_SEEK_DEVELOPMENT] = SEEK_JOINT_DEVELOPMENT,
        [MATCH_SEEK_PRODUCTION] = SEEK_JOINT_PRODUCTION,
        [MATCH_SEEK_SCENARIO] = SEEK_SCENARIO,
        [MATCH_SEEK_SERVICE] = SEEK_SERVICE,
        [MATCH_SEEK_INVESTMENT] = SEEK_INVESTMENT,
        [MATCH_SEEK_DISTRIBUTION] = SEEK_DISTRIBUTION,
    };
    static const char *const words[MATCH_SEEK_KINDS] = {
        [MATCH_SEEK_SUPPLIER] = "a supplier",
        [MATCH_SEEK_CUSTOMER] = "a customer",
        [MATCH_SEEK_DEVELOPMENT] = "a partner for joint development",
        [MATCH_SEEK_PRODUCTION] = "a partner for joint production",
        [MATCH_SEEK_SCENARIO] = "a place to use what it offers",
        [MATCH_SEEK_SERVICE] = "a service or solution",
        [MATCH_SEEK_INVESTMENT] = "investment",
        [MATCH_SEEK_DISTRIBUTION] = "distribution",
    };
    const struct partner_parts *p = s->parts;
    bool is_zh = s->lang == LANG_ZH, has_node = p->wish.seek_node < s->view->nodes;
    say_does(s, p->wish.of_id, is_zh ? "" : "look", "正在寻找");
    if (is_zh) {
        if (has_node)
            say_node(s, p->wish.seek_node);
        buf_add_c(&s->out, kind_name_zh(&kind_seek, kinds[p->wish.seek]));
    } else {
        buf_printf(&s->out, " for %s", words[p->wish.seek]);
        if (has_node) {
            buf_add_c(&s->out,
                      p->wish.seek == MATCH_SEEK_SUPPLIER || p->wish.seek == MATCH_SEEK_CUSTOMER
                          ? " of "
                          : " in ");
            say_node(s, p->wish.seek_node);
        }
    }
    if (p->wish.node < s->view->nodes && p->wish.node != p->wish.seek_node) {
        buf_add_c(&s->out, is_zh ? "，" : "; ");
        say_who(s, other);
        buf_add_c(&s->out, is_zh ? "涉及" : is_you(s, other) ? " have " : " has ");
        say_node(s, p->wish.node);
    }
}

static void say_wish(struct speech *s) {
    const struct partner_parts *p = s->parts;
    int64_t other = p->wish.of_id == p->first_id ? p->second_id : p->first_id;
    bool is_zh = s->lang == LANG_ZH;
    if (p->wish.kind == MATCH_WISH_SEEK) {
        say_seek(s, other);
        return;
    }
    if (p->wish.kind == MATCH_WISH_NAMED) {
        say_does(s, p->wish.of_id, is_zh ? "" : "name", "点名希望与");
        buf_add_c(&s->out, is_zh ? "" : " ");
        say_who(s, other);
        buf_add_c(&s->out, is_zh ? "对接" : " as a partner to meet");
        return;
    }
    if (is_zh) {
        say_who(s, other);
        buf_printf(&s->out, "符合");
        say_who(s, p->wish.of_id);
        buf_printf(&s->out, "优先条件中的%u/%u项", p->wish.held, p->wish.asked);
        return;
    }
    say_does(s, other, "meet", "");
    buf_printf(&s->out, " %u of the %u conditions that ", p->wish.held, p->wish.asked);
    say_who(s, p->wish.of_id);
    buf_add_c(&s->out, is_you(s, p->wish.of_id) ? " prefer" : " prefers");
}

static void say_languages(struct speech *s) {
    static const struct {
        const char *code, *words[LANGS];
    } names[] = {
        {"zh", {"Chinese", "中文"}},        {"en", {"English", "英语"}},
        {"ja", {"Japanese", "日语"}},       {"ko", {"Korean", "韩语"}},
        {"ru", {"Russian", "俄语"}},        {"fr", {"French", "法语"}},
        {"de", {"German", "德语"}},         {"es", {"Spanish", "西班牙语"}},
        {"pt", {"Portuguese", "葡萄牙语"}}, {"it", {"Italian", "意大利语"}},
        {"ar", {"Arabic", "阿拉伯语"}},     {"th", {"Thai", "泰语"}},
        {"vi", {"Vietnamese", "越南语"}},   {"id", {"Indonesian", "印尼语"}},
        {"ms", {"Malay", "马来语"}},        {"hu", {"Hungarian", "匈牙利语"}},
        {"tr", {"Turkish", "土耳其语"}},    {"kk", {"Kazakh", "哈萨克语"}},
    };
    struct str rest = str_of(s->parts->languages), code;
    bool is_first = true;
    buf_add_c(&s->out, s->lang == LANG_ZH ? "双方均使用" : "Both speak ");
    while (str_next(&rest, " ", &code)) {
        const char *name = NULL;
        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
            if (str_equal_c(code, names[i].code))
                name = names[i].words[s->lang];
        if (!is_first)
            buf_add_c(&s->out, s->lang == LANG_ZH ? "、" : ", ");
        buf_add_str(&s->out, name != NULL ? str_of(name) : code);
        is_first = false;
    }
}

static void say_continuity(struct speech *s) {
    static const char *const words[][LANGS] = {
        {"Both come back to the expo", "双方均再次参展"},
        {"Have met before, or have worked together", "双方曾会面或合作"},
        {"A memorandum stands between the two", "双方已签合作备忘录"},
        {"A contract between the two is running", "双方合同履行中"},
    };
    double value = s->parts->part[MATCH_CONTINUITY];
    int at = s->parts->both_return ? 0 : value > 0.9 ? 3 : value > 0.7 ? 2 : 1;
    buf_add_c(&s->out, words[at][s->lang]);
}

static void say_rivalry(struct speech *s) {
    const struct partner_parts *p = s->parts;
    if (s->lang == LANG_ZH)
        buf_printf(&s->out, "双方%u项供给中有%u项相同，存在一定竞争", p->same_of, p->same);
    else
        buf_printf(&s->out, "Both offer the same in %u of %u things: rivals in part", p->same,
                   p->same_of);
}

static void say_part(struct speech *s, enum match_part part) {
    const struct partner_parts *p = s->parts;
    switch (part) {
    case MATCH_FIT_NEED:
        say_fit(s, &p->need, p->second_id, p->first_id);
        break;
    case MATCH_FIT_OFFER:
        say_fit(s, &p->offer, p->first_id, p->second_id);
        break;
    case MATCH_RESILIENCE:
        say_resilience(s);
        break;
    case MATCH_VOLUME:
        say_volume(s);
        break;
    case MATCH_WISHES:
        say_wish(s);
        break;
    case MATCH_LANGUAGES:
        say_languages(s);
        break;
    case MATCH_CONTINUITY:
        say_continuity(s);
        break;
    case MATCH_RIVALRY:
        say_rivalry(s);
        break;
    case MATCH_PARTS:
        break;
    }
}

/* ---- all ---- */

/* Whether the part has something to say: its nodes are still in the catalogue. */
static bool has_words(const struct view *view, const struct partner_parts *p,
                      enum match_part part) {
    if (p->part[part] <= 0)
        return false;
    switch (part) {
    case MATCH_FIT_NEED:
        return p->need.give < view->nodes;
    case MATCH_FIT_OFFER:
        return p->offer.give < view->nodes;
    case MATCH_RESILIENCE:
        return p->resilience.node < view->nodes;
    case MATCH_VOLUME:
        return p->volume.node < view->nodes;
    case MATCH_WISHES:
        return p->wish.kind != MATCH_WISH_NONE;
    case MATCH_LANGUAGES:
        return p->languages[0] != '\0';
    case MATCH_RIVALRY:
        return p->same > 0;
    default:
        return true;
    }
}

static enum err say(struct speech *s, enum match_part part, struct str *out, struct errinfo *info) {
    buf_clear(&s->out);
    say_part(s, part);
    enum err code = buf_error(&s->out, info);
    if (code == ERR_OK) {
        *out = arena_copy(s->arena, buf_str(&s->out));
        code = out->ptr != NULL ? ERR_OK : err_memory(info);
    }
    return code;
}

enum err partner_words(const struct view *view, const struct partner_parts *parts,
                       enum partner_voice voice, const double *weight, struct arena *arena,
                       struct partner_reason out[MATCH_PARTS], uint32_t *count,
                       struct errinfo *info) {
    struct speech s = {view, parts, voice, LANG_EN, arena, {0}};
    enum err code = ERR_OK;
    double worth[MATCH_PARTS];
    *count = 0;
    buf_init(&s.out, SENTENCE_MAX);
    for (int part = 0; part < MATCH_PARTS && code == ERR_OK; part++) {
        struct partner_reason reason = {(enum match_part)part, parts->part[part], STR(""), STR("")};
        double w = weight != NULL ? weight[part] : match_default_weight((enum match_part)part);
        double value = part == MATCH_RIVALRY ? -w * reason.value : w * reason.value;
        if (!has_words(view, parts, reason.part))
            continue;
        s.lang = LANG_EN;
        code = say(&s, reason.part, &reason.words_en, info);
        s.lang = LANG_ZH;
        if (code == ERR_OK)
            code = say(&s, reason.part, &reason.words_zh, info);
        uint32_t at = (*count)++;
        for (; at > 0 && worth[at - 1] < value; at--) {
            worth[at] = worth[at - 1];
            out[at] = out[at - 1];
        }
        worth[at] = value;
        out[at] = reason;
    }
    buf_release(&s.out);
    return code;
}
