/*
 * Answers of a round; see partner_answers.h. A pass over the pairs adds both sides to their firms
 * and to a table of groups, which is found by a map of grouping and number.
 */
#include "service/partner_answers.h"

#include <stdlib.h>

#include "base/vec.h"
#include "store/tables.h"

struct counting {
    const struct partner_market *market;
    struct partner_answers *out;
    struct arena *arena;
    struct u64_map group_at; /* grouping << 32 | number -> position in `groups` */
    struct u64_map firm_of;  /* participant -> firm */
    VEC(struct partner_answer_group)
    groups;
    struct partner_silent *firm; /* [firms] */
    uint32_t *pairs;             /* [firms] */
};

static bool is_open(const struct partner_kept *pair, int side) {
    uint8_t answer = pair->answer[side];
    return (pair->state == PAIR_UNKNOWN || pair->state == PAIR_SUGGESTED) &&
           answer != ANSWER_ACCEPTED && answer != ANSWER_DECLINED;
}

static void add(struct partner_tally *tally, const struct partner_kept *pair, int side) {
    tally->sides++;
    tally->accepted += pair->answer[side] == ANSWER_ACCEPTED;
    tally->declined += pair->answer[side] == ANSWER_DECLINED;
    tally->later += pair->answer[side] == ANSWER_LATER;
    tally->mutual += pair->state == PAIR_MUTUAL || pair->state == PAIR_HANDED;
}

static struct partner_answer_group *group_of(struct counting *c, uint32_t firm,
                                             enum partner_grouping by) {
    uint32_t number = partner_group_number(c->market, firm, by);
    uint64_t key = (uint64_t)by << 32 | number;
    uint32_t at = u64_map_get(&c->group_at, key);
    if (at != MAP_NONE)
        return &c->groups.at[at];
    struct partner_answer_group group = {.group = {.by = by}};
    partner_group_name(c->market->view, number, &group.group);
    if (!vec_push(&c->groups, group) ||
        !u64_map_put(&c->group_at, key, (uint32_t)c->groups.len - 1))
        return NULL;
    return &c->groups.at[c->groups.len - 1];
}

static enum err add_side(struct counting *c, const struct partner_kept *pair, int side,
                         struct errinfo *info) {
    uint32_t firm = partner_market_firm(c->market, side == 0 ? pair->first_id : pair->second_id);
    if (firm == VIEW_NONE)
        return ERR_OK;
    c->pairs[firm]++;
    if (is_open(pair, side)) {
        c->firm[firm].waiting++;
        c->firm[firm].asked += pair->answer[1 - side] == ANSWER_ACCEPTED;
    }
    add(&c->out->all, pair, side);
    if (pair->answer[side] == ANSWER_DECLINED)
        c->out->decline[pair->decline[side] < PARTNER_DECLINES_MAX ? pair->decline[side] : 0]++;
    for (int by = 0; by < PARTNER_GROUPINGS; by++) {
        struct partner_answer_group *group = group_of(c, firm, (enum partner_grouping)by);
        if (group == NULL)
            return err_memory(info);
        add(&group->tally, pair, side);
    }
    return ERR_OK;
}

static enum err take_person(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    struct counting *c = ctx;
    if (v[ROLE_GRANT_PARTICIPANT_ID].kind != STORE_INTEGER)
        return ERR_OK;
    uint32_t firm = u64_map_get(&c->firm_of, (uint64_t)v[ROLE_GRANT_PARTICIPANT_ID].integer);
    if (firm != MAP_NONE)
        c->firm[firm].persons++;
    return ERR_OK;
}

static enum err count_persons(struct counting *c, struct store_reader *reader,
                              struct errinfo *info) {
    for (uint32_t f = 0; f < c->market->firms; f++) {
        int64_t participant_id = c->market->firm[f].participant_id;
        if (participant_id != 0 && !u64_map_put(&c->firm_of, (uint64_t)participant_id, f))
            return err_memory(info);
    }
    return store_scan(reader, TABLE_ROLE_GRANT, take_person, c, info);
}

static int by_sides(const void *a, const void *b) {
    const struct partner_answer_group *x = a, *y = b;
    if (x->group.by != y->group.by)
        return x->group.by < y->group.by ? -1 : 1;
    if (x->tally.sides != y->tally.sides)
        return x->tally.sides > y->tally.sides ? -1 : 1;
    return str_compare(x->group.code, y->group.code);
}

static int by_waiting(const void *a, const void *b) {
    const struct partner_silent *x = a, *y = b;
    if ((x->persons == 0) != (y->persons == 0))
        return x->persons == 0 ? 1 : -1;
    if (x->waiting != y->waiting)
        return x->waiting > y->waiting ? -1 : 1;
    return (x->firm > y->firm) - (x->firm < y->firm);
}

static enum err hand_over(struct counting *c, struct errinfo *info) {
    struct partner_answers *out = c->out;
    out->group = arena_new(c->arena, c->groups.len + 1, sizeof(*out->group));
    out->silent = arena_new(c->arena, (size_t)c->market->firms + 1, sizeof(*out->silent));
    if (out->group == NULL || out->silent == NULL)
        return err_memory(info);
    out->groups = (uint32_t)c->groups.len;
    if (out->groups > 0) {
        memcpy(out->group, c->groups.at, out->groups * sizeof(*out->group));
        qsort(out->group, out->groups, sizeof(*out->group), by_sides);
    }
    for (uint32_t f = 0; f < c->market->firms; f++) {
        out->firms += c->pairs[f] > 0;
        out->firms_alone += c->pairs[f] > 0 && c->firm[f].persons == 0;
        c->firm[f].firm = f;
        if (c->firm[f].waiting > 0)
            out->silent[out->silents++] = c->firm[f];
    }
    if (out->silents > 0)
        qsort(out->silent, out->silents, sizeof(*out->silent), by_waiting);
    return ERR_OK;
}

enum err partner_answers_count(const struct partner_market *market, struct store_reader *reader,
                               const struct partner_kept *pairs, uint32_t count,
                               struct arena *arena, struct partner_answers *out,
                               struct errinfo *info) {
    struct counting c = {.market = market, .out = out, .arena = arena};
    *out = (struct partner_answers){.groups = 0};
    c.firm = arena_new(arena, (size_t)market->firms + 1, sizeof(*c.firm));
    c.pairs = arena_new(arena, (size_t)market->firms + 1, sizeof(*c.pairs));
    enum err code = c.firm != NULL && c.pairs != NULL ? ERR_OK : err_memory(info);
    for (uint32_t i = 0; i < count && code == ERR_OK; i++)
        for (int side = 0; side < 2 && code == ERR_OK; side++)
            code = add_side(&c, &pairs[i], side, info);
    if (code == ERR_OK)
        code = count_persons(&c, reader, info);
    if (code == ERR_OK)
        code = hand_over(&c, info);
    u64_map_release(&c.group_at);
    u64_map_release(&c.firm_of);
    vec_free(&c.groups);
    return code;
}
