/*
 * The check of a market, one array after the other; see market.h.
 *
 * Offsets are checked before anything that they lead to is read.
 */
#include "engine/match/market.h"

#include <math.h>

#include "engine/match/index.h"

/* Offsets of rows that may be left out; `values` is what they lead to. */
static enum err check_offset(const size_t *offset, const void *values, uint32_t rows,
                             const char *what, struct errinfo *info) {
    if (offset == NULL)
        return ERR_OK;
    if (offset[0] != 0)
        return err_set(info, ERR_INPUT, "%s: offsets begin with %zu instead of 0", what, offset[0]);
    for (uint32_t i = 0; i < rows; i++)
        if (offset[i + 1] < offset[i])
            return err_set(info, ERR_INPUT, "%s: row %u ends before it begins", what, i);
    if (offset[rows] > 0 && values == NULL)
        return err_set(info, ERR_INPUT, "%s: there are offsets and no rows", what);
    return ERR_OK;
}

static enum err check_claims(const struct match_market *m, enum match_side side,
                             struct errinfo *info) {
    const struct match_claims *claims = &m->claims[side];
    const char *what = side == MATCH_OFFERS ? "offers" : "needs";
    if (claims->offset == NULL)
        return err_set(info, ERR_INPUT, "%s: there are no offsets", what);
    enum err code = check_offset(claims->offset, claims->node, m->firms, what, info);
    if (code == ERR_OK && claims->offset[m->firms] > MATCH_CLAIMS_MAX)
        return err_set(info, ERR_LIMIT, "%s: %zu are more than %u", what, claims->offset[m->firms],
                       MATCH_CLAIMS_MAX);
    if (code == ERR_OK && claims->offset[m->firms] > 0 && claims->basis == NULL)
        code = err_set(info, ERR_INPUT, "%s: there is no basis", what);
    for (uint32_t f = 0; f < m->firms && code == ERR_OK; f++)
        for (size_t c = claims->offset[f]; c < claims->offset[f + 1] && code == ERR_OK; c++) {
            if (claims->node[c] >= m->nodes)
                code = err_set(info, ERR_INPUT, "%s: firm %u names node %u, there are %u", what, f,
                               claims->node[c], m->nodes);
            else if (c > claims->offset[f] && claims->node[c] <= claims->node[c - 1])
                code = err_set(info, ERR_INPUT, "%s: nodes of firm %u do not ascend at node %u",
                               what, f, claims->node[c]);
            else if (claims->basis[c] >= MATCH_BASES)
                code = err_set(info, ERR_INPUT, "%s: firm %u, node %u: %u is no basis", what, f,
                               claims->node[c], claims->basis[c]);
            else if (claims->quantity != NULL &&
                     (!isfinite(claims->quantity[c]) || claims->quantity[c] < 0))
                code =
                    err_set(info, ERR_INPUT, "%s: firm %u, node %u: %g is no quantity (0 or more)",
                            what, f, claims->node[c], claims->quantity[c]);
        }
    return code;
}

static enum err check_relations(const struct match_market *m, struct errinfo *info) {
    if (m->relation_offset == NULL)
        return err_set(info, ERR_INPUT, "relations: there are no offsets");
    enum err code = check_offset(m->relation_offset, m->relation, m->nodes, "relations", info);
    for (uint32_t n = 0; n < m->nodes && code == ERR_OK; n++)
        for (size_t r = m->relation_offset[n]; r < m->relation_offset[n + 1]; r++) {
            const struct match_relation *relation = &m->relation[r];
            if (relation->node >= m->nodes)
                return err_set(info, ERR_INPUT, "relations: node %u leads to node %u, there are %u",
                               n, relation->node, m->nodes);
            if (relation->side >= MATCH_SIDES || relation->kind >= MATCH_KINDS)
                return err_set(info, ERR_INPUT, "relations: node %u: unknown side %u or kind %u", n,
                               relation->side, relation->kind);
        }
    return code;
}

static enum err check_seeks(const struct match_market *m, struct errinfo *info) {
    enum err code = check_offset(m->seek_offset, m->seek, m->firms, "seeks", info);
    for (uint32_t f = 0; m->seek_offset != NULL && f < m->firms && code == ERR_OK; f++)
        for (size_t s = m->seek_offset[f]; s < m->seek_offset[f + 1]; s++) {
            const struct match_seek *seek = &m->seek[s];
            if (seek->kind >= MATCH_SEEK_KINDS)
                return err_set(info, ERR_INPUT, "seeks: firm %u: %u is no kind", f, seek->kind);
            if (seek->node != MATCH_NO_NODE && seek->node >= m->nodes)
                return err_set(info, ERR_INPUT, "seeks: firm %u names node %u, there are %u", f,
                               seek->node, m->nodes);
        }
    return code;
}

static enum err check_conditions(const struct match_market *m, struct errinfo *info) {
    enum err code = check_offset(m->condition_offset, m->condition, m->firms, "conditions", info);
    for (uint32_t f = 0; m->condition_offset != NULL && f < m->firms && code == ERR_OK; f++)
        for (size_t c = m->condition_offset[f]; c < m->condition_offset[f + 1]; c++) {
            const struct match_condition *at = &m->condition[c];
            if (at->demand >= MATCH_DEMANDS || at->attribute >= MATCH_ATTRIBUTES)
                return err_set(info, ERR_INPUT,
                               "conditions: firm %u: unknown demand %u or attribute %u", f,
                               at->demand, at->attribute);
            if (at->attribute == MATCH_BY_LANGUAGE && at->code >= 64)
                return err_set(info, ERR_INPUT, "conditions: firm %u: language %u, there are 64", f,
                               at->code);
            if (at->attribute == MATCH_BY_FIRM && at->code >= m->firms && at->code != MATCH_NO_FIRM)
                return err_set(info, ERR_INPUT, "conditions: firm %u names firm %u, there are %u",
                               f, at->code, m->firms);
        }
    return code;
}

static enum err check_certificates(const struct match_market *m, struct errinfo *info) {
    enum err code =
        check_offset(m->certificate_offset, m->certificate, m->firms, "certificates", info);
    for (uint32_t f = 0; m->certificate_offset != NULL && f < m->firms && code == ERR_OK; f++)
        for (size_t c = m->certificate_offset[f] + 1; c < m->certificate_offset[f + 1]; c++)
            if (m->certificate[c] <= m->certificate[c - 1])
                return err_set(info, ERR_INPUT, "certificates: those of firm %u do not ascend", f);
    return code;
}

static bool is_share(double value) {
    return isfinite(value) && value >= 0 && value <= 1;
}

/* Whether the tie's numbers are right and its row is in order up to here. */
static enum err check_tie(const struct match_market *m, uint32_t f, size_t t,
                          struct errinfo *info) {
    const struct match_tie *tie = &m->tie[t];
    if (tie->firm >= m->firms || tie->firm == f)
        return err_set(info, ERR_INPUT, "ties: firm %u names firm %u, there are %u", f, tie->firm,
                       m->firms);
    if (t > m->tie_offset[f] && tie->firm <= m->tie[t - 1].firm)
        return err_set(info, ERR_INPUT, "ties: those of firm %u do not ascend at firm %u", f,
                       tie->firm);
    if (!is_share(tie->wish) || !is_share(tie->continuity))
        return err_set(info, ERR_INPUT,
                       "ties: firms %u and %u: wish %g and continuity %g must be from 0 to 1", f,
                       tie->firm, tie->wish, tie->continuity);
    return ERR_OK;
}

static enum err check_ties(const struct match_market *m, struct errinfo *info) {
    enum err code = check_offset(m->tie_offset, m->tie, m->firms, "ties", info);
    if (m->tie_offset == NULL)
        return code;
    for (uint32_t f = 0; f < m->firms && code == ERR_OK; f++)
        for (size_t t = m->tie_offset[f]; t < m->tie_offset[f + 1] && code == ERR_OK; t++)
            code = check_tie(m, f, t, info);
    for (uint32_t f = 0; f < m->firms && code == ERR_OK; f++)
        for (size_t t = m->tie_offset[f]; t < m->tie_offset[f + 1]; t++) {
            const struct match_tie *tie = &m->tie[t], *back = match_find_tie(m, tie->firm, f);
            if (back == NULL || back->bar != tie->bar || back->continuity != tie->continuity)
                return err_set(info, ERR_INPUT,
                               "ties: what firm %u has with firm %u does not stand in both rows", f,
                               tie->firm);
        }
    return code;
}

enum err match_market_check(const struct match_market *m, struct errinfo *info) {
    enum err code = ERR_OK;
    if (m->firms > MATCH_FIRMS_MAX || m->nodes > MATCH_NODES_MAX)
        return err_set(info, ERR_LIMIT, "the market has %u firms and %u nodes, more than %u or %u",
                       m->firms, m->nodes, MATCH_FIRMS_MAX, MATCH_NODES_MAX);
    for (int side = 0; side < MATCH_SIDES && code == ERR_OK; side++)
        code = check_claims(m, side, info);
    if (code == ERR_OK)
        code = check_relations(m, info);
    if (code == ERR_OK)
        code = check_seeks(m, info);
    if (code == ERR_OK)
        code = check_conditions(m, info);
    if (code == ERR_OK)
        code = check_certificates(m, info);
    if (code == ERR_OK)
        code = check_ties(m, info);
    return code;
}
