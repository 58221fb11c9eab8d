/*
 * What keeps firms apart, and conditions that they set for their partners; match_condition in
 * market.h says how they are read.
 */
#include "engine/match/finder.h"

enum answer { NO, YES, UNSAID };

static bool holds_certificate(const struct match_market *m, uint32_t firm, uint32_t code) {
    size_t low = m->certificate_offset[firm], end = m->certificate_offset[firm + 1], high = end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (m->certificate[middle] < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && m->certificate[low] == code;
}

static enum answer compare(uint32_t said, uint32_t asked) {
    return said == 0 ? UNSAID : said == asked ? YES : NO;
}

static enum answer ask(const struct match_market *m, const struct match_condition *c,
                       uint32_t partner) {
    const struct match_firm *firm = m->firm != NULL ? &m->firm[partner] : NULL;
    if (c->attribute == MATCH_BY_FIRM)
        return c->code == partner ? YES : NO;
    if (c->attribute == MATCH_BY_CERTIFICATE) {
        if (m->certificate_offset == NULL ||
            m->certificate_offset[partner] == m->certificate_offset[partner + 1])
            return UNSAID;
        return holds_certificate(m, partner, c->code) ? YES : NO;
    }
    if (firm == NULL)
        return UNSAID;
    switch ((enum match_attribute)c->attribute) {
    case MATCH_BY_COUNTRY:
        return compare(firm->country, c->code);
    case MATCH_BY_REGION:
        return compare(firm->region, c->code);
    case MATCH_BY_SIZE:
        return compare(firm->size, c->code);
    case MATCH_BY_LANGUAGE:
        return firm->languages == 0 ? UNSAID : (firm->languages >> c->code & 1) != 0 ? YES : NO;
    default:
        return NO;
    }
}

/* Whether a partner can have several of the attribute, so that each is asked for on its own. */
static bool has_many(enum match_attribute attribute) {
    return attribute == MATCH_BY_LANGUAGE || attribute == MATCH_BY_CERTIFICATE;
}

static void set_obstacle(struct match_obstacle *obstacle, uint32_t asks, size_t condition,
                         enum answer answer) {
    *obstacle = (struct match_obstacle){.kind = MATCH_CONDITION,
                                        .is_unsaid = answer == UNSAID,
                                        .firm = asks,
                                        .condition = (uint32_t)condition};
}

/* False when a must or a never of `asks` stands against the partner. */
static bool conditions_hold(const struct match_market *m, uint32_t asks, uint32_t partner,
                            struct match_obstacle *obstacle) {
    unsigned held = 0, asked = 0;
    size_t begin = m->condition_offset[asks], end = m->condition_offset[asks + 1];
    for (size_t c = begin; c < end; c++) {
        const struct match_condition *at = &m->condition[c];
        unsigned bit = 1U << at->attribute;
        if (at->demand == MATCH_NICE)
            continue;
        enum answer answer = ask(m, at, partner);
        if (at->demand == MATCH_NEVER ? answer == YES : answer != YES && has_many(at->attribute)) {
            set_obstacle(obstacle, asks, c, answer);
            return false;
        }
        if (at->demand == MATCH_MUST) {
            asked |= bit;
            held |= answer == YES ? bit : 0;
        }
    }
    if ((asked & ~held) == 0)
        return true;
    for (size_t c = begin; c < end; c++) {
        const struct match_condition *at = &m->condition[c];
        if (at->demand == MATCH_MUST && (asked & ~held & 1U << at->attribute) != 0) {
            set_obstacle(obstacle, asks, c, ask(m, at, partner));
            break;
        }
    }
    return false;
}

bool match_find_obstacle(const struct match_index *index, uint32_t first, uint32_t second,
                         const struct match_tie *tie, struct match_obstacle *obstacle) {
    const struct match_market *m = index->market;
    uint32_t mine = index->traits[first].bits, theirs = index->traits[second].bits;
    if (m->firm != NULL && m->firm[first].group != 0 &&
        m->firm[first].group == m->firm[second].group) {
        *obstacle = (struct match_obstacle){.kind = MATCH_SAME_GROUP};
        return true;
    }
    if (tie != NULL && tie->bar != 0) {
        *obstacle = (struct match_obstacle){.kind = MATCH_BARRED, .bar = tie->bar};
        return true;
    }
    return ((mine & MATCH_HAS_CONDITIONS) != 0 && !conditions_hold(m, first, second, obstacle)) ||
           ((theirs & MATCH_HAS_CONDITIONS) != 0 && !conditions_hold(m, second, first, obstacle));
}

void match_count_nice(const struct match_market *m, uint32_t asks, uint32_t partner, uint32_t *held,
                      uint32_t *asked) {
    unsigned held_bits = 0, asked_bits = 0;
    *held = *asked = 0;
    if (m->condition_offset == NULL)
        return;
    for (size_t c = m->condition_offset[asks]; c < m->condition_offset[asks + 1]; c++) {
        const struct match_condition *at = &m->condition[c];
        if (at->demand != MATCH_NICE)
            continue;
        bool holds = ask(m, at, partner) == YES;
        if (has_many(at->attribute)) {
            *asked += 1;
            *held += holds;
        } else {
            asked_bits |= 1U << at->attribute;
            held_bits |= holds ? 1U << at->attribute : 0;
        }
    }
    *asked += (uint32_t)__builtin_popcount(asked_bits);
    *held += (uint32_t)__builtin_popcount(held_bits);
}
