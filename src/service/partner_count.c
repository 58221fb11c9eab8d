/* Counts of a round; see partner_count.h. */
#include "service/partner_count.h"

#include <stdlib.h>

#include "base/vec.h"

/* ---- distribution ---- */

static const char *const grouping_codes[PARTNER_GROUPINGS] = {
    [PARTNER_BY_KIND] = "kind",     [PARTNER_BY_SIZE] = "size", [PARTNER_BY_ORIGIN] = "origin",
    [PARTNER_BY_RETURN] = "return", [PARTNER_BY_AREA] = "area", [PARTNER_BY_COUNTRY] = "country",
};

const char *partner_grouping_code(enum partner_grouping by) {
    return grouping_codes[by];
}

/* A firm in one of its groups. */
struct member {
    uint32_t group; /* grouping * GROUPS_EACH + number in it; 0 = not known */
    uint32_t firm;
};

enum { GROUPS_EACH = 1 << 24 };

uint32_t partner_group_number(const struct partner_market *market, uint32_t f,
                              enum partner_grouping by) {
    static const uint8_t sizes[CHAIN_SIZES] = {[CHAIN_SIZE_UNKNOWN] = SIZE_UNKNOWN,
                                               [CHAIN_SIZE_SMALL] = SIZE_SMALL,
                                               [CHAIN_SIZE_MEDIUM] = SIZE_MEDIUM,
                                               [CHAIN_SIZE_LARGE] = SIZE_LARGE,
                                               [CHAIN_SIZE_INSTITUTION] = SIZE_INSTITUTION};
    static const uint8_t origins[CHAIN_ORIGINS] = {[CHAIN_ORIGIN_UNKNOWN] = ORIGIN_UNKNOWN,
                                                   [CHAIN_DOMESTIC] = ORIGIN_DOMESTIC,
                                                   [CHAIN_FOREIGN] = ORIGIN_FOREIGN};
    const struct partner_firm *firm = &market->firm[f];
    const struct view_organisation *o = partner_organisation(market, f);
    switch (by) {
    case PARTNER_BY_KIND:
        return firm->kind;
    case PARTNER_BY_SIZE:
        return sizes[o->size_class];
    case PARTNER_BY_ORIGIN:
        return origins[o->origin];
    case PARTNER_BY_RETURN:
        return firm->exhibitor == VIEW_NONE ? 0 : firm->is_newcomer ? 1 : 2;
    case PARTNER_BY_AREA:
        return firm->exhibitor == VIEW_NONE ? 0 : market->view->exhibitor[firm->exhibitor].area + 1;
    case PARTNER_BY_COUNTRY:
        return o->country + 1;
    default:
        return 0;
    }
}

static void name_kind(struct partner_group *group, const struct kind *kind, uint32_t number) {
    group->code = str_of(kind_code(kind, number));
    group->name_en = str_of(kind_name_en(kind, number));
    group->name_zh = str_of(kind_name_zh(kind, number));
}

void partner_group_name(const struct view *view, uint32_t number, struct partner_group *group) {
    static const char *const returns[][3] = {{"", "Without a stand", "无展位"},
                                             {"newcomer", "For the first time", "首次参展"},
                                             {"returning", "Again", "再次参展"}};
    group->name_en = STR("Not known");
    group->name_zh = STR("未知");
    if (group->by == PARTNER_BY_KIND) {
        name_kind(group, &kind_participant, number);
    } else if (group->by == PARTNER_BY_SIZE) {
        name_kind(group, &kind_size, number);
    } else if (group->by == PARTNER_BY_ORIGIN) {
        name_kind(group, &kind_origin, number);
    } else if (group->by == PARTNER_BY_RETURN) {
        group->code = str_of(returns[number][0]);
        group->name_en = str_of(returns[number][1]);
        group->name_zh = str_of(returns[number][2]);
    } else if (group->by == PARTNER_BY_AREA && number > 0) {
        group->code = view->area[number - 1].code;
        group->name_en = view->area[number - 1].name_en;
        group->name_zh = view->area[number - 1].name_zh;
    } else if (group->by == PARTNER_BY_COUNTRY && number > 0) {
        group->code = view->country[number - 1].code;
        group->name_en = view->country[number - 1].name_en;
        group->name_zh = view->country[number - 1].name_zh;
    }
}

static int by_group(const void *a, const void *b) {
    const struct member *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return (x->firm > y->firm) - (x->firm < y->firm);
}

/* The largest of a grouping first; equal ones stay in the order of their numbers by name. */
static int by_size(const void *a, const void *b) {
    const struct partner_group *x = a, *y = b;
    if (x->by != y->by)
        return x->by < y->by ? -1 : 1;
    if (x->firms != y->firms)
        return x->firms > y->firms ? -1 : 1;
    return str_compare(x->code, y->code);
}

static bool has_enough(const struct partner_round *round, uint32_t firm) {
    uint32_t count = partner_round_count(round, firm);
    return count >= PARTNER_ENOUGH || (count > 0 && count >= round->capacity[firm]);
}

static void count_in(const struct partner_round *round, struct partner_group *group,
                     uint32_t firm) {
    uint32_t count = partner_round_count(round, firm);
    group->firms++;
    group->without += count == 0;
    group->enough += has_enough(round, firm);
    group->suggestions += count;
}

enum err partner_count_groups(const struct partner_round *round, struct arena *arena,
                              struct partner_group **groups, uint32_t *count,
                              struct errinfo *info) {
    const struct partner_market *market = round->market;
    VEC(struct member)
    members = {0};
    bool ok = true;
    *count = 0;
    for (uint32_t f = 0; f < market->firms && ok; f++)
        for (int by = 0; by < PARTNER_GROUPINGS && ok && !market->firm[f].is_withdrawn; by++) {
            uint32_t number = partner_group_number(market, f, (enum partner_grouping)by);
            ok = vec_push(&members, (struct member){(uint32_t)by * GROUPS_EACH + number, f});
        }
    if (ok && members.len > 0)
        qsort(members.at, members.len, sizeof(*members.at), by_group);
    *groups = arena_new(arena, members.len + 1, sizeof(**groups));
    ok = ok && *groups != NULL;
    for (size_t i = 0; i < members.len && ok; i++) {
        uint32_t group = members.at[i].group;
        if (i == 0 || group != members.at[i - 1].group) {
            (*groups)[*count].by = (enum partner_grouping)(group / GROUPS_EACH);
            partner_group_name(market->view, group % GROUPS_EACH, &(*groups)[(*count)++]);
        }
        count_in(round, &(*groups)[*count - 1], members.at[i].firm);
    }
    if (ok && *count > 0)
        qsort(*groups, *count, sizeof(**groups), by_size);
    vec_free(&members);
    return ok ? ERR_OK : err_memory(info);
}

/* ---- firms with too few ---- */

static const struct {
    const char *code, *words[LANGS];
} lacks[PARTNER_LACKS] = {
    [PARTNER_LACK_NOTHING_SAID] = {"nothing-said",
                                   {"It said neither what it offers nor what it needs",
                                    "未说明供给与需求"}},
    [PARTNER_LACK_NOBODY] = {"nobody",
                             {"Nobody here exchanges anything with it, or conditions rule all out",
                              "没有可供需对接的参与方，或均被合作条件排除"}},
    [PARTNER_LACK_FEW] = {"few",
                          {"Few come into question, and some of them are full with stronger pairs",
                           "可对接的参与方较少，部分名额已被更匹配的对接占满"}},
    [PARTNER_LACK_OWN_CAP] = {"own-cap", {"It can take no more meetings", "会面名额已满"}},
};

const char *partner_lack_code(enum partner_lack lack) {
    return lacks[lack].code;
}

const char *partner_lack_words(enum partner_lack lack, enum lang lang) {
    return lacks[lack].words[lang];
}

static size_t row_size(const size_t *offset, uint32_t firm) {
    return offset != NULL ? offset[firm + 1] - offset[firm] : 0;
}

static enum partner_lack lack_of(const struct partner_round *round, uint32_t f) {
    const struct match_market *m = &round->market->match;
    if (partner_round_count(round, f) >= round->capacity[f])
        return PARTNER_LACK_OWN_CAP;
    if (row_size(m->claims[MATCH_OFFERS].offset, f) + row_size(m->claims[MATCH_NEEDS].offset, f) +
            row_size(m->seek_offset, f) ==
        0)
        return PARTNER_LACK_NOTHING_SAID;
    return round->degree[f] == 0 ? PARTNER_LACK_NOBODY : PARTNER_LACK_FEW;
}

static int by_fewest(const void *a, const void *b) {
    const struct partner_few *x = a, *y = b;
    if (x->suggestions != y->suggestions)
        return x->suggestions < y->suggestions ? -1 : 1;
    return (x->firm > y->firm) - (x->firm < y->firm);
}

enum err partner_count_few(const struct partner_round *round, struct arena *arena,
                           struct partner_few **few, uint32_t *count, struct errinfo *info) {
    const struct partner_market *market = round->market;
    *few = arena_new(arena, (size_t)market->firms + 1, sizeof(**few));
    *count = 0;
    if (*few == NULL)
        return err_memory(info);
    for (uint32_t f = 0; f < market->firms; f++)
        if (!market->firm[f].is_withdrawn && partner_round_count(round, f) < PARTNER_ENOUGH)
            (*few)[(*count)++] = (struct partner_few){f, partner_round_count(round, f),
                                                      round->degree[f], lack_of(round, f)};
    if (*count > 0)
        qsort(*few, *count, sizeof(**few), by_fewest);
    return ERR_OK;
}

/* ---- gaps ---- */

static bool claims_node(const struct match_claims *claims, uint32_t firm, uint32_t node) {
    for (size_t c = claims->offset[firm]; c < claims->offset[firm + 1]; c++)
        if (claims->node[c] == node)
            return true;
    return false;
}

/* Whether a firm offers the node, or what can stand in for it. */
static bool supplies(const struct match_market *m, uint32_t firm, uint32_t node) {
    const struct match_claims *offers = &m->claims[MATCH_OFFERS];
    for (size_t o = offers->offset[firm]; o < offers->offset[firm + 1]; o++)
        for (size_t r = m->relation_offset[offers->node[o]];
             r < m->relation_offset[offers->node[o] + 1]; r++)
            if (m->relation[r].side == MATCH_NEEDS && m->relation[r].node == node)
                return true;
    return false;
}

static bool is_served(const struct partner_round *round, uint32_t firm, uint32_t node) {
    for (uint32_t i = round->list_first[firm]; i < round->list_first[firm + 1]; i++)
        if (supplies(&round->market->match, round->list[i].firm, node))
            return true;
    return false;
}

/* Exhibitors that need the node by the report, and visitors that look for it. */
static void count_gap(const struct partner_round *round, struct partner_gap *gap) {
    const struct partner_market *market = round->market;
    struct chain_row needs = chain_row(&market->view->report->needs_by_node, gap->node);
    for (size_t i = 0; i < needs.count; i++) {
        gap->waiting++;
        gap->closed += is_served(round, needs.at[i].of, gap->node);
    }
    for (uint32_t f = market->view->exhibitors; f < market->firms; f++)
        if (claims_node(&market->match.claims[MATCH_NEEDS], f, gap->node)) {
            gap->waiting++;
            gap->closed += is_served(round, f, gap->node);
        }
}

/* The gravest gap of a node: their kinds are in that order; those of origin and size are none that
 * a pair could close. */
static uint8_t gravest(const struct chain_node *node) {
    for (int kind = 0; kind <= CHAIN_GAP_ONE_COUNTRY; kind++)
        if (node->gap[kind] == CHAIN_GAP_STATED || node->gap[kind] == CHAIN_GAP_NOT_IN_REGISTER)
            return (uint8_t)kind;
    return CHAIN_GAP_KINDS;
}

static int by_closed(const void *a, const void *b) {
    const struct partner_gap *x = a, *y = b;
    if (x->closed != y->closed)
        return x->closed > y->closed ? -1 : 1;
    if (x->waiting != y->waiting)
        return x->waiting > y->waiting ? -1 : 1;
    return (x->node > y->node) - (x->node < y->node);
}

enum err partner_count_gaps(const struct partner_round *round, struct arena *arena,
                            struct partner_gap **gaps, uint32_t *count, struct errinfo *info) {
    const struct view *view = round->market->view;
    *gaps = arena_new(arena, (size_t)view->nodes + 1, sizeof(**gaps));
    *count = 0;
    if (*gaps == NULL)
        return err_memory(info);
    for (uint32_t n = 0; n < view->nodes; n++) {
        struct partner_gap gap = {.node = n, .kind = gravest(&view->report->node[n])};
        if (gap.kind == CHAIN_GAP_KINDS || chain_places_of(view->report, n).count == 0)
            continue;
        count_gap(round, &gap);
        if (gap.waiting > 0)
            (*gaps)[(*count)++] = gap;
    }
    if (*count > 0)
        qsort(*gaps, *count, sizeof(**gaps), by_closed);
    return ERR_OK;
}

/* ---- comparison ---- */

enum fate { APPEARED, GONE, KEPT };

struct event {
    int64_t organisation_id;
    enum fate fate;
};

static int by_organisation(const void *a, const void *b) {
    const struct event *x = a, *y = b;
    return (x->organisation_id > y->organisation_id) - (x->organisation_id < y->organisation_id);
}

static int by_change(const void *a, const void *b) {
    const struct partner_change *x = a, *y = b;
    uint32_t of_x = x->appeared + x->gone, of_y = y->appeared + y->gone;
    if (of_x != of_y)
        return of_x > of_y ? -1 : 1;
    return (x->organisation_id > y->organisation_id) - (x->organisation_id < y->organisation_id);
}

static int order(const struct partner_kept *a, const struct partner_kept *b) {
    if (a->first_id != b->first_id)
        return a->first_id < b->first_id ? -1 : 1;
    return (a->second_id > b->second_id) - (a->second_id < b->second_id);
}

/* It waits for answers or stands. */
static bool is_on(enum pair_state state) {
    return state == PAIR_SUGGESTED || state == PAIR_MUTUAL || state == PAIR_HANDED;
}

static void note(struct event *events, uint32_t *count, const struct partner_kept *pair,
                 enum fate fate) {
    events[(*count)++] = (struct event){pair->first_id, fate};
    events[(*count)++] = (struct event){pair->second_id, fate};
}

static void count_changes(struct event *events, uint32_t count, struct partner_comparison *out) {
    if (count > 0)
        qsort(events, count, sizeof(*events), by_organisation);
    for (uint32_t from = 0, to; from < count; from = to) {
        struct partner_change change = {.organisation_id = events[from].organisation_id};
        for (to = from; to < count && events[to].organisation_id == change.organisation_id; to++) {
            change.appeared += events[to].fate == APPEARED;
            change.gone += events[to].fate == GONE;
            change.kept += events[to].fate == KEPT;
        }
        if (change.appeared + change.gone > 0)
            out->change[out->changes++] = change;
    }
    if (out->changes > 0)
        qsort(out->change, out->changes, sizeof(*out->change), by_change);
}

enum err partner_compare(const struct partner_kept *before, uint32_t before_count,
                         const struct partner_kept *now, uint32_t now_count, struct arena *arena,
                         struct partner_comparison *out, struct errinfo *info) {
    size_t most = 2 * ((size_t)before_count + now_count) + 1;
    struct event *events = arena_new(arena, most, sizeof(*events));
    uint32_t count = 0;
    *out = (struct partner_comparison){.change = arena_new(arena, most, sizeof(*out->change))};
    if (events == NULL || out->change == NULL)
        return err_memory(info);
    for (uint32_t b = 0, n = 0; b < before_count || n < now_count;) {
        int at = b == before_count ? 1 : n == now_count ? -1 : order(&before[b], &now[n]);
        bool is_live = at < 0 && is_on(before[b].state);
        out->kept += at == 0 || is_live;
        out->gone += at < 0 && !is_live;
        out->appeared += at > 0;
        note(events, &count, at <= 0 ? &before[b] : &now[n],
             at == 0 || is_live ? KEPT
             : at < 0           ? GONE
                                : APPEARED);
        b += at <= 0;
        n += at >= 0;
    }
    count_changes(events, count, out);
    return ERR_OK;
}
