/*
 * Who could fill a gap: see chain_ask.h.
 *
 * The reasons are tried from the strongest to the weakest, and the search ends when the list is
 * full, so a weaker reason never displaces a stronger one. For each reason the people it points to
 * are collected as sightings (who, evidence), sorted and merged per person, filtered by what the
 * gap asks for, ranked and appended. O(scan log scan) per reason, scan <= CHAIN_CANDIDATE_SCAN.
 */
#include "engine/chain/chain_ask.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "engine/chain/index.h"

/* One reason to think of somebody; the fields of chain_candidate that it fills. */
struct sighting {
    uint32_t exhibitor;
    uint32_t organisation;
    uint32_t evidence;
    uint32_t lead;
    uint32_t edition;
};

struct search {
    const struct chain_report *report;
    uint32_t node;
    enum chain_gap_kind kind;
    uint32_t country; /* for ONE_COUNTRY: the country of those who offer it */
    VEC(struct sighting)
    sightings;
    struct chain_candidate *out;
    size_t max;
    size_t count;
};

static bool offers(const struct chain_report *report, uint32_t exhibitor, uint32_t node) {
    struct chain_row row = chain_row(&report->offers_by_exhibitor, exhibitor);
    size_t low = 0, high = row.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (row.at[middle].of < node)
            low = middle + 1;
        else
            high = middle;
    }
    return low < row.count && row.at[low].of == node;
}

/* Whether somebody with these facts would fill this gap. Unknown facts never do. */
static bool would_fill(const struct search *s, uint32_t country, uint8_t size, uint8_t origin) {
    switch (s->kind) {
    case CHAIN_GAP_ONE_COUNTRY:
        return country != CHAIN_NONE && country != s->country;
    case CHAIN_GAP_NO_SMALL_FIRM:
        return size == CHAIN_SIZE_SMALL || size == CHAIN_SIZE_MEDIUM;
    case CHAIN_GAP_NO_FOREIGN:
        return origin == CHAIN_FOREIGN;
    case CHAIN_GAP_NO_DOMESTIC:
        return origin == CHAIN_DOMESTIC;
    default:
        return true;
    }
}

static bool fits(const struct search *s, const struct sighting *who) {
    const struct chain_register *reg = s->report->input.reg;
    const struct chain_past *past = s->report->input.past;
    if (who->exhibitor == CHAIN_NONE)
        return would_fill(s, past->country[who->organisation], past->size[who->organisation],
                          past->origin[who->organisation]);
    return !offers(s->report, who->exhibitor, s->node) &&
           would_fill(s, reg->country[who->exhibitor], reg->size[who->exhibitor],
                      reg->origin[who->exhibitor]);
}

static bool listed(const struct search *s, const struct sighting *who) {
    for (size_t i = 0; i < s->count; i++)
        if (who->exhibitor != CHAIN_NONE
                ? s->out[i].exhibitor == who->exhibitor
                : s->out[i].exhibitor == CHAIN_NONE && s->out[i].organisation == who->organisation)
            return true;
    return false;
}

static bool see(struct search *s, struct sighting who) {
    return s->sightings.len >= CHAIN_CANDIDATE_SCAN || vec_push(&s->sightings, who);
}

/* All who offer `neighbour` (another node than the gap's). */
static bool see_offerers(struct search *s, uint32_t neighbour) {
    struct chain_row row = chain_row(&s->report->offers_by_node, neighbour);
    for (size_t i = 0; i < row.count && s->sightings.len < CHAIN_CANDIDATE_SCAN; i++)
        if (!see(s, (struct sighting){row.at[i].of, CHAIN_NONE, neighbour, CHAIN_NONE, 0}))
            return false;
    return true;
}

static bool see_earlier(struct search *s) {
    const struct chain_past *past = s->report->input.past;
    struct chain_span span =
        chain_span(s->report->index->past_offset, s->report->index->past, s->node);
    for (size_t i = 0; i < span.count; i++) {
        uint32_t organisation = past->organisation[span.at[i]];
        if (!see(s, (struct sighting){past->present[organisation], organisation, s->node,
                                      CHAIN_NONE, past->edition[span.at[i]]}))
            return false;
    }
    return true;
}

/* Partners of leaders that need the node. */
static bool see_partners(struct search *s) {
    const struct chain_register *reg = s->report->input.reg;
    struct chain_row needs = chain_row(&s->report->needs_by_node, s->node);
    if (needs.count == 0)
        return true;
    uint8_t *leader_needs = mem_new(reg->exhibitors, 1);
    if (leader_needs == NULL)
        return false;
    bool room = true;
    for (size_t i = 0; i < needs.count; i++)
        leader_needs[needs.at[i].of] = 1;
    for (uint32_t e = 0; e < reg->exhibitors && room; e++)
        if (reg->lead[e] != CHAIN_NONE && reg->lead[e] != e && leader_needs[reg->lead[e]])
            room = see(s, (struct sighting){e, CHAIN_NONE, s->node, reg->lead[e], 0});
    mem_free(leader_needs);
    return room;
}

/* Offerers of other inputs of the node's outputs: of its alternatives, or of all essential ones. */
static bool see_siblings(struct search *s, bool alternatives) {
    const struct chain_graph *graph = s->report->input.graph;
    struct chain_span out = chain_links_out(s->report->index, s->node);
    for (size_t i = 0; i < out.count; i++) {
        if (graph->kind[out.at[i]] != CHAIN_ESSENTIAL)
            continue;
        uint32_t group = chain_group(graph, out.at[i]);
        struct chain_span in = chain_links_in(s->report->index, graph->output[out.at[i]]);
        for (size_t k = 0; k < in.count && graph->kind[in.at[k]] == CHAIN_ESSENTIAL; k++) {
            uint32_t sibling = graph->input[in.at[k]];
            bool stands_in = group != 0 && chain_group(graph, in.at[k]) == group;
            if (sibling != s->node && (stands_in || !alternatives) && !see_offerers(s, sibling))
                return false;
        }
    }
    return true;
}

static bool see_across(struct search *s, struct chain_span links, const uint32_t *end) {
    for (size_t i = 0; i < links.count; i++)
        if (s->report->input.graph->kind[links.at[i]] == CHAIN_ESSENTIAL &&
            end[links.at[i]] != s->node && !see_offerers(s, end[links.at[i]]))
            return false;
    return true;
}

static bool see_by_reason(struct search *s, enum chain_reason reason) {
    const struct chain_graph *graph = s->report->input.graph;
    const struct chain_index *index = s->report->index;
    switch (reason) {
    case CHAIN_REASON_OFFERED_EARLIER:
        return s->report->input.past == NULL || see_earlier(s);
    case CHAIN_REASON_LEADER_PARTNER:
        return see_partners(s);
    case CHAIN_REASON_ALTERNATIVE:
        return see_siblings(s, true);
    case CHAIN_REASON_SAME_OUTPUT:
        return see_siblings(s, false);
    case CHAIN_REASON_INPUT:
        return see_across(s, chain_links_in(index, s->node), graph->input);
    case CHAIN_REASON_OUTPUT:
        return see_across(s, chain_links_out(index, s->node), graph->output);
    case CHAIN_REASONS:
        break;
    }
    return true;
}

/* The same person together, latest edition first, then evidence. */
static int by_person(const void *a, const void *b) {
    const struct sighting *left = a, *right = b;
    if (left->exhibitor != right->exhibitor)
        return left->exhibitor < right->exhibitor ? -1 : 1;
    if (left->exhibitor == CHAIN_NONE && left->organisation != right->organisation)
        return left->organisation < right->organisation ? -1 : 1;
    if (left->edition != right->edition)
        return left->edition > right->edition ? -1 : 1;
    if (left->evidence != right->evidence)
        return left->evidence < right->evidence ? -1 : 1;
    return left->organisation < right->organisation ? -1 : left->organisation > right->organisation;
}

static bool same_person(const struct sighting *left, const struct sighting *right) {
    return left->exhibitor == right->exhibitor &&
           (left->exhibitor != CHAIN_NONE || left->organisation == right->organisation);
}

static bool same_evidence(const struct sighting *left, const struct sighting *right) {
    return left->edition == right->edition && left->evidence == right->evidence;
}

static int by_rank(const void *a, const void *b) {
    const struct chain_candidate *left = a, *right = b;
    if (left->edition != right->edition)
        return left->edition > right->edition ? -1 : 1;
    if (left->evidences != right->evidences)
        return left->evidences > right->evidences ? -1 : 1;
    if (left->exhibitor != right->exhibitor)
        return left->exhibitor < right->exhibitor ? -1 : 1;
    return left->organisation < right->organisation ? -1 : left->organisation > right->organisation;
}

/* Merges, filters and ranks the sightings of one reason and appends what there is room for. */
static enum err append(struct search *s, enum chain_reason reason) {
    VEC(struct chain_candidate)
    ranked = {0};
    enum err err = ERR_OK;
    if (s->sightings.len > 0)
        qsort(s->sightings.at, s->sightings.len, sizeof(*s->sightings.at), by_person);
    for (size_t i = 0, end; i < s->sightings.len; i = end) {
        const struct sighting *who = &s->sightings.at[i];
        struct chain_candidate candidate = {
            .exhibitor = who->exhibitor,
            .organisation = who->organisation,
            .reason = (uint8_t)reason,
            .evidence = who->evidence,
            .lead = who->lead,
            .edition = who->edition,
        };
        for (end = i; end < s->sightings.len && same_person(who, &s->sightings.at[end]); end++)
            candidate.evidences +=
                end == i || !same_evidence(&s->sightings.at[end - 1], &s->sightings.at[end]);
        if (fits(s, who) && !listed(s, who) && !vec_push(&ranked, candidate)) {
            err = ERR_MEMORY;
            break;
        }
    }
    if (ranked.len > 0)
        qsort(ranked.at, ranked.len, sizeof(*ranked.at), by_rank);
    for (size_t i = 0; i < ranked.len && s->count < s->max; i++)
        s->out[s->count++] = ranked.at[i];
    s->sightings.len = 0;
    vec_free(&ranked);
    return err;
}

enum err chain_candidates(const struct chain_report *report, uint32_t node,
                          enum chain_gap_kind kind, struct chain_candidate *out, size_t max,
                          size_t *count, struct errinfo *info) {
    if (node >= report->input.graph->nodes || kind >= CHAIN_GAP_KINDS)
        return err_set(info, ERR_NOT_FOUND, "there is no node %u or no gap kind %u", node, kind);
    struct search s = {.report = report,
                       .node = node,
                       .kind = kind,
                       .country = CHAIN_NONE,
                       .out = out,
                       .max = max};
    struct chain_row now = chain_row(&report->offers_by_node, node);
    for (size_t i = 0; i < now.count && s.country == CHAIN_NONE; i++)
        s.country = report->input.reg->country[now.at[i].of];
    enum err err = ERR_OK;
    for (int reason = 0; reason < CHAIN_REASONS && s.count < max && err == ERR_OK; reason++) {
        if (!see_by_reason(&s, (enum chain_reason)reason))
            err = ERR_MEMORY;
        else
            err = append(&s, (enum chain_reason)reason);
    }
    vec_free(&s.sightings);
    if (err != ERR_OK)
        return err_memory(info);
    *count = s.count;
    return ERR_OK;
}
