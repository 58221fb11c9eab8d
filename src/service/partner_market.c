/* Firms, claims and rows of a partner market; see partner_market.h. What participants say is read
 * by partner_said.c and partner_ties.c; here it is sorted into rows by firm. */
#include "service/partner_market.h"

#include <stdlib.h>

#include "model/kinds.h"
#include "service/partner_building.h"
#include "service/partner_relations.h"

enum { MARKET_BYTES_MAX = 1 << 30, KIND_EXHIBITOR = 1 };

/* ---- firms ---- */

static bool exhibited_before(const struct view *view, uint32_t organisation) {
    uint32_t low = 0, high = view->attendances;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (view->attendance[middle].organisation < organisation)
            low = middle + 1;
        else
            high = middle;
    }
    return low < view->attendances && view->attendance[low].organisation == organisation &&
           view->attendance[low].edition < view->edition_index;
}

static enum err add_exhibitors(struct partner_building *b, struct errinfo *info) {
    for (uint32_t e = 0; e < b->view->exhibitors; e++) {
        uint32_t organisation = b->view->exhibitor[e].organisation;
        struct partner_firm firm = {.organisation = organisation,
                                    .exhibitor = e,
                                    .kind = KIND_EXHIBITOR,
                                    .meetings_max = PARTNER_NOT_SAID,
                                    .is_newcomer = !exhibited_before(b->view, organisation)};
        b->market->firm_of_organisation[organisation] = e;
        if (!vec_push(&b->firms, firm))
            return err_memory(info);
    }
    return ERR_OK;
}

static struct str text_of(const struct store_value *v) {
    return v->kind == STORE_TEXT ? v->text : STR("");
}

/* The firm of a participant of this edition: that of its organisation, or a new one. */
static enum err find_firm(struct partner_building *b, uint32_t organisation, uint32_t *firm,
                          struct errinfo *info) {
    *firm = b->market->firm_of_organisation[organisation];
    if (*firm != VIEW_NONE)
        return ERR_OK;
    *firm = (uint32_t)b->firms.len;
    b->market->firm_of_organisation[organisation] = *firm;
    return vec_push(&b->firms, (struct partner_firm){.organisation = organisation,
                                                     .exhibitor = VIEW_NONE,
                                                     .meetings_max = PARTNER_NOT_SAID})
               ? ERR_OK
               : err_memory(info);
}

static enum err add_participant(void *ctx, int64_t id, const struct store_value *v,
                                struct errinfo *info) {
    struct partner_building *b = ctx;
    uint32_t organisation =
        u64_map_get(&b->view->organisation_by_id, (uint64_t)v[PARTICIPANT_ORGANISATION_ID].integer);
    bool is_withdrawn = str_equal_c(text_of(&v[PARTICIPANT_STATE]), "withdrawn");
    struct partner_person person = {organisation, VIEW_NONE};
    if (organisation == MAP_NONE)
        return ERR_OK;
    if (v[PARTICIPANT_EDITION_ID].integer == b->edition_id) {
        enum err code = find_firm(b, organisation, &person.firm, info);
        if (code != ERR_OK)
            return code;
        struct partner_firm *firm = &b->firms.at[person.firm];
        int64_t most = v[PARTICIPANT_MEETINGS_MAX].integer;
        firm->participant_id = id;
        firm->kind = kind_of_code(&kind_participant, text_of(&v[PARTICIPANT_KIND]));
        firm->is_withdrawn = is_withdrawn;
        most = most < 0 ? 0 : most > PARTNER_MEETINGS_MOST ? PARTNER_MEETINGS_MOST : most;
        if (v[PARTICIPANT_MEETINGS_MAX].kind != STORE_NULL)
            firm->meetings_max = (uint32_t)most;
    }
    return vec_push(&b->persons, person) &&
                   u64_map_put(&b->person_by_id, (uint64_t)id, (uint32_t)b->persons.len - 1)
               ? ERR_OK
               : err_memory(info);
}

uint32_t partner_firm_of(const struct partner_building *b, int64_t participant_id) {
    uint32_t at = u64_map_get(&b->person_by_id, (uint64_t)participant_id);
    return at != MAP_NONE ? b->persons.at[at].firm : VIEW_NONE;
}

static enum err add_skills(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    struct partner_building *b = ctx;
    uint32_t firm = partner_firm_of(b, id);
    return firm == VIEW_NONE ? ERR_OK
                             : partner_build_skills(b, firm, text_of(&v[PARTICIPANT_LANGUAGES]),
                                                    text_of(&v[PARTICIPANT_CERTIFICATES]), info);
}

/* The lead exhibitor of its bundle; a lead that has a lead itself leads on, circles end. */
static uint32_t lead_of(const struct view *view, uint32_t exhibitor) {
    uint32_t at = exhibitor;
    for (int steps = 0; view->exhibitor[at].lead != VIEW_NONE && steps < 8; steps++)
        at = view->exhibitor[at].lead;
    return at;
}

static void describe(const struct partner_building *b, uint32_t f) {
    const struct partner_firm *firm = &b->firms.at[f];
    const struct view_organisation *o = &b->view->organisation[firm->organisation];
    struct match_firm *said = &b->said[f];
    said->country = (uint16_t)(o->country + 1); /* VIEW_NONE + 1 = 0, not said */
    said->region = o->region + 1;
    said->size = o->size_class;
    said->is_returning = exhibited_before(b->view, firm->organisation);
    if (firm->exhibitor == VIEW_NONE)
        return;
    const struct view_exhibitor *e = &b->view->exhibitor[firm->exhibitor];
    if (e->lead != VIEW_NONE || e->partners > 0)
        said->group = lead_of(b->view, firm->exhibitor) + 1;
}

static enum err build_firms(struct partner_building *b, struct errinfo *info) {
    struct partner_market *m = b->market;
    enum err code = add_exhibitors(b, info);
    if (code == ERR_OK)
        code = store_scan(b->reader, TABLE_PARTICIPANT, add_participant, b, info);
    if (code != ERR_OK)
        return code;
    m->firms = (uint32_t)b->firms.len;
    m->firm = arena_new(&m->arena, m->firms + 1, sizeof(*m->firm));
    b->said = arena_new(&m->arena, m->firms + 1, sizeof(*b->said));
    if (m->firm == NULL || b->said == NULL)
        return err_memory(info);
    m->match.firm = b->said;
    for (uint32_t f = 0; f < m->firms; f++)
        describe(b, f);
    return store_scan(b->reader, TABLE_PARTICIPANT, add_skills, b, info);
}

/* ---- rows ---- */

static enum err add_statements(struct partner_building *b, const struct chain_claims *from,
                               enum match_side side, struct errinfo *info) {
    static const uint8_t bases[CHAIN_BASES] = {[CHAIN_INFERRED] = MATCH_INFERRED,
                                               [CHAIN_DECLARED] = MATCH_DECLARED,
                                               [CHAIN_CONFIRMED] = MATCH_CONFIRMED};
    for (size_t i = 0; i < from->count; i++) {
        struct partner_claim claim = {from->exhibitor[i], from->node[i], (uint8_t)side,
                                      bases[from->basis[i]]};
        if (!vec_push(&b->claims, claim))
            return err_memory(info);
    }
    return ERR_OK;
}

static int by_claim(const void *a, const void *b) {
    const struct partner_claim *x = a, *y = b;
    if (x->side != y->side)
        return x->side < y->side ? -1 : 1;
    if (x->firm != y->firm)
        return x->firm < y->firm ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

/* By claim, the surest basis first. */
static int by_claim_and_basis(const void *a, const void *b) {
    const struct partner_claim *x = a, *y = b;
    int order = by_claim(a, b);
    return order != 0 ? order : (x->basis < y->basis) - (x->basis > y->basis);
}

static void sort(void *at, size_t count, size_t size, int (*order)(const void *, const void *)) {
    if (count > 0)
        qsort(at, count, size, order);
}

static bool is_denied(const struct partner_building *b, const struct partner_claim *claim) {
    return claim->basis == MATCH_INFERRED && b->denied.len > 0 &&
           bsearch(claim, b->denied.at, b->denied.len, sizeof(*claim), by_claim) != NULL;
}

/* Offsets from counts that stand at offset[i + 1]. */
static void add_up(size_t *offset, uint32_t rows) {
    for (uint32_t i = 0; i < rows; i++)
        offset[i + 1] += offset[i];
}

static enum err build_claims(struct partner_building *b, enum match_side side,
                             struct errinfo *info) {
    struct partner_market *m = b->market;
    size_t count = 0;
    size_t *offset = arena_new(&m->arena, (size_t)m->firms + 1, sizeof(*offset));
    uint32_t *node = arena_new(&m->arena, b->claims.len + 1, sizeof(*node));
    uint8_t *basis = arena_new(&m->arena, b->claims.len + 1, sizeof(*basis));
    double *quantity = arena_new(&m->arena, b->claims.len + 1, sizeof(*quantity));
    if (offset == NULL || node == NULL || basis == NULL || quantity == NULL)
        return err_memory(info);
    for (size_t i = 0; i < b->claims.len; i++) {
        const struct partner_claim *claim = &b->claims.at[i];
        if (claim->side != side || (i > 0 && by_claim(claim, claim - 1) == 0))
            continue;
        if (is_denied(b, claim)) {
            m->taught++;
            continue;
        }
        node[count] = claim->node;
        basis[count++] = claim->basis;
        offset[claim->firm + 1]++;
    }
    add_up(offset, m->firms);
    m->match.claims[side] = (struct match_claims){offset, node, basis, quantity};
    for (size_t i = 0; i < b->amounts.len; i++) {
        const struct partner_amount *amount = &b->amounts.at[i];
        for (size_t c = offset[amount->firm]; c < offset[amount->firm + 1]; c++)
            if (amount->side == side && node[c] == amount->node)
                quantity[c] = amount->amount;
    }
    return ERR_OK;
}

static int by_amount(const void *a, const void *b) {
    const struct partner_amount *x = a, *y = b;
    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    return (x->dimension > y->dimension) - (x->dimension < y->dimension);
}

/* Of each node the quantities in the dimension that most used; others cannot be compared. */
static void keep_comparable(struct partner_building *b) {
    size_t kept = 0;
    sort(b->amounts.at, b->amounts.len, sizeof(*b->amounts.at), by_amount);
    for (size_t from = 0, to; from < b->amounts.len; from = to) {
        size_t best = from, most = 0;
        for (to = from;
             to < b->amounts.len && b->amounts.at[to].node == b->amounts.at[from].node;) {
            size_t first = to;
            while (to < b->amounts.len && by_amount(&b->amounts.at[first], &b->amounts.at[to]) == 0)
                to++;
            if (to - first > most) {
                best = first;
                most = to - first;
            }
        }
        for (size_t i = 0; i < most; i++)
            b->amounts.at[kept++] = b->amounts.at[best + i];
    }
    b->amounts.len = kept;
}

static int by_seek(const void *a, const void *b) {
    const struct partner_seek *x = a, *y = b;
    if (x->firm != y->firm)
        return x->firm < y->firm ? -1 : 1;
    if (x->seek.kind != y->seek.kind)
        return x->seek.kind < y->seek.kind ? -1 : 1;
    return (x->seek.node > y->seek.node) - (x->seek.node < y->seek.node);
}

static int by_condition(const void *a, const void *b) {
    const struct partner_condition *x = a, *y = b;
    if (x->firm != y->firm)
        return x->firm < y->firm ? -1 : 1;
    if (x->condition.demand != y->condition.demand)
        return x->condition.demand < y->condition.demand ? -1 : 1;
    if (x->condition.attribute != y->condition.attribute)
        return x->condition.attribute < y->condition.attribute ? -1 : 1;
    return (x->condition.code > y->condition.code) - (x->condition.code < y->condition.code);
}

static int by_certificate(const void *a, const void *b) {
    const struct partner_certificate *x = a, *y = b;
    if (x->firm != y->firm)
        return x->firm < y->firm ? -1 : 1;
    return (x->code > y->code) - (x->code < y->code);
}

static int by_tie(const void *a, const void *b) {
    const struct partner_tie *x = a, *y = b;
    if (x->firm != y->firm)
        return x->firm < y->firm ? -1 : 1;
    return (x->tie.firm > y->tie.firm) - (x->tie.firm < y->tie.firm);
}

/* A list of entries that begin with the number of a firm; one member of each goes into a row. */
struct listed {
    void *at;
    size_t len, size, member, member_size;
    int (*order)(const void *, const void *);
};

#define LISTED(list, name, by)                                                                     \
    ((struct listed){(list).at, (list).len, sizeof(*(list).at),                                    \
                     (size_t)((char *)&(list).at->name - (char *)(list).at),                       \
                     sizeof((list).at->name), by})

static enum err build_list(struct partner_market *m, struct listed list, const size_t **offsets,
                           const void **rows, struct errinfo *info) {
    size_t *offset = arena_new(&m->arena, (size_t)m->firms + 1, sizeof(*offset));
    char *to = arena_new(&m->arena, list.len + 1, list.member_size);
    if (offset == NULL || to == NULL)
        return err_memory(info);
    sort(list.at, list.len, list.size, list.order);
    for (size_t i = 0; i < list.len; i++) {
        const char *entry = (const char *)list.at + i * list.size;
        uint32_t firm;
        memcpy(&firm, entry, sizeof(firm));
        memcpy(to + i * list.member_size, entry + list.member, list.member_size);
        offset[firm + 1]++;
    }
    add_up(offset, m->firms);
    *offsets = offset;
    *rows = to;
    return ERR_OK;
}

/* Several facts about one pair become one tie. */
static void join_ties(struct partner_building *b) {
    size_t kept = 0;
    sort(b->ties.at, b->ties.len, sizeof(*b->ties.at), by_tie);
    for (size_t i = 0; i < b->ties.len; i++) {
        const struct match_tie *tie = &b->ties.at[i].tie;
        if (kept == 0 || by_tie(&b->ties.at[kept - 1], &b->ties.at[i]) != 0) {
            b->ties.at[kept++] = b->ties.at[i];
            continue;
        }
        struct match_tie *last = &b->ties.at[kept - 1].tie;
        last->wish = tie->wish > last->wish ? tie->wish : last->wish;
        last->continuity = tie->continuity > last->continuity ? tie->continuity : last->continuity;
        last->bar = tie->bar > last->bar ? tie->bar : last->bar;
    }
    b->ties.len = kept;
}

/* A certificate written twice counts once. */
static void join_certificates(struct partner_building *b) {
    size_t kept = 0;
    sort(b->certificates.at, b->certificates.len, sizeof(*b->certificates.at), by_certificate);
    for (size_t i = 0; i < b->certificates.len; i++)
        if (kept == 0 || by_certificate(&b->certificates.at[kept - 1], &b->certificates.at[i]) != 0)
            b->certificates.at[kept++] = b->certificates.at[i];
    b->certificates.len = kept;
}

static enum err build_lists(struct partner_building *b, struct errinfo *info) {
    struct partner_market *m = b->market;
    const void *seek, *condition, *certificate, *tie;
    join_certificates(b);
    join_ties(b);
    enum err code =
        build_list(m, LISTED(b->seeks, seek, by_seek), &m->match.seek_offset, &seek, info);
    if (code == ERR_OK)
        code = build_list(m, LISTED(b->conditions, condition, by_condition),
                          &m->match.condition_offset, &condition, info);
    if (code == ERR_OK)
        code = build_list(m, LISTED(b->certificates, code, by_certificate),
                          &m->match.certificate_offset, &certificate, info);
    if (code == ERR_OK)
        code = build_list(m, LISTED(b->ties, tie, by_tie), &m->match.tie_offset, &tie, info);
    if (code != ERR_OK)
        return code;
    m->match.seek = seek;
    m->match.condition = condition;
    m->match.certificate = certificate;
    m->match.tie = tie;
    return ERR_OK;
}

static enum err build_rows(struct partner_building *b, struct errinfo *info) {
    struct partner_market *m = b->market;
    enum err code = ERR_OK;
    m->match.firms = m->firms;
    m->match.nodes = b->view->nodes;
    sort(b->claims.at, b->claims.len, sizeof(*b->claims.at), by_claim_and_basis);
    sort(b->denied.at, b->denied.len, sizeof(*b->denied.at), by_claim);
    keep_comparable(b);
    for (int side = 0; side < MATCH_SIDES && code == ERR_OK; side++)
        code = build_claims(b, (enum match_side)side, info);
    if (code == ERR_OK)
        code = build_lists(b, info);
    m->certificates = (uint32_t)b->certificate_names.len;
    m->certificate = arena_new(&m->arena, m->certificates + 1, sizeof(*m->certificate));
    if (code != ERR_OK || m->certificate == NULL)
        return code != ERR_OK ? code : err_memory(info);
    if (m->certificates > 0)
        memcpy(m->certificate, b->certificate_names.at, m->certificates * sizeof(*m->certificate));
    if (m->firms > 0)
        memcpy(m->firm, b->firms.at, m->firms * sizeof(*m->firm));
    return ERR_OK;
}

/* ---- life ---- */

static void release(struct partner_building *b) {
    u64_map_release(&b->node_by_id);
    u64_map_release(&b->person_by_id);
    str_map_release(&b->certificate_by_key);
    vec_free(&b->persons);
    vec_free(&b->firms);
    vec_free(&b->claims);
    vec_free(&b->denied);
    vec_free(&b->amounts);
    vec_free(&b->seeks);
    vec_free(&b->conditions);
    vec_free(&b->certificates);
    vec_free(&b->ties);
    vec_free(&b->certificate_names);
    vec_free(&b->units);
}

static enum err begin(struct partner_building *b, struct errinfo *info) {
    struct partner_market *m = b->market;
    const struct view *view = b->view;
    m->firm_of_organisation =
        arena_new(&m->arena, view->organisations + 1, sizeof(*m->firm_of_organisation));
    if (m->firm_of_organisation == NULL)
        return err_memory(info);
    memset(m->firm_of_organisation, 0xff, view->organisations * sizeof(*m->firm_of_organisation));
    for (uint32_t n = 0; n < view->nodes; n++)
        if (!u64_map_put(&b->node_by_id, (uint64_t)view->node[n].id, n))
            return err_memory(info);
    return ERR_OK;
}

static enum err build(struct partner_building *b, const struct job *job, struct errinfo *info) {
    struct partner_market *m = b->market;
    enum err code = begin(b, info);
    if (code == ERR_OK)
        code = build_firms(b, info);
    if (code == ERR_OK)
        code = add_statements(b, &b->view->input.reg->offers, MATCH_OFFERS, info);
    if (code == ERR_OK)
        code = add_statements(b, &b->view->input.reg->needs, MATCH_NEEDS, info);
    if (code == ERR_OK)
        code = partner_build_said(b, info);
    if (code == ERR_OK)
        code = partner_build_ties(b, info);
    if (code == ERR_OK && job_should_stop(job))
        code = err_set(info, ERR_STOPPED, "reading what participants say was stopped");
    if (code == ERR_OK)
        code = build_rows(b, info);
    if (code == ERR_OK)
        code = partner_relations(b->view, &m->arena, &m->match, info);
    if (code == ERR_OK)
        code = match_market_check(&m->match, info);
    return code == ERR_OK ? match_index_new(&m->match, &m->index, info) : code;
}

enum err partner_market_new(const struct view *view, struct store_reader *reader,
                            const struct job *job, struct partner_market **out,
                            struct errinfo *info) {
    struct partner_market *market = mem_new(1, sizeof(*market));
    *out = NULL;
    if (market == NULL)
        return err_memory(info);
    arena_init(&market->arena, MARKET_BYTES_MAX);
    market->view = view;
    struct partner_building b = {.market = market,
                                 .view = view,
                                 .reader = reader,
                                 .edition_id = view_this_edition(view)->id};
    enum err code = build(&b, job, info);
    release(&b);
    if (code == ERR_OK)
        *out = market;
    else
        partner_market_free(market);
    return code;
}

void partner_market_free(struct partner_market *market) {
    if (market == NULL)
        return;
    match_index_free(market->index);
    arena_release(&market->arena);
    mem_free(market);
}

uint32_t partner_market_firm(const struct partner_market *market, int64_t organisation_id) {
    uint32_t organisation =
        u64_map_get(&market->view->organisation_by_id, (uint64_t)organisation_id);
    return organisation != MAP_NONE ? market->firm_of_organisation[organisation] : VIEW_NONE;
}

const struct view_organisation *partner_organisation(const struct partner_market *market,
                                                     uint32_t firm) {
    return &market->view->organisation[market->firm[firm].organisation];
}
