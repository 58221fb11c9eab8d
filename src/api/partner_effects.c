/* What a round does for whom, as JSON: groups, gaps, firms with few, comparison, reasons. */
#include "api/partners.h"

#include "api/desk_parts.h"
#include "service/partner_words.h"
#include "service/words.h"

enum { CHANGES_MAX = 2000, FEW_MAX = 500, GAPS_MAX = 500 };

/* ---- forms ---- */

#define TEXT(NAME)                                                                                 \
    { .name = NAME, .type = API_PART_TEXT }
#define TEXT_OR_NULL(NAME)                                                                         \
    { .name = NAME, .type = API_PART_TEXT, .flags = API_OR_NULL }
#define INTEGER(NAME)                                                                              \
    { .name = NAME, .type = API_PART_INTEGER }
#define NAMED INTEGER("organisation_id"), TEXT_OR_NULL("name_en"), TEXT_OR_NULL("name_zh")

const char *api_grouping_word(uint32_t n) {
    return n < PARTNER_GROUPINGS ? partner_grouping_code((enum partner_grouping)n) : NULL;
}

const char *api_lack_word(uint32_t n) {
    return n < PARTNER_LACKS ? partner_lack_code((enum partner_lack)n) : NULL;
}

const char *api_part_code_word(uint32_t n) {
    return n < MATCH_PARTS ? match_part_code((enum match_part)n) : NULL;
}

static const struct api_part group_parts[] = {
    {.name = "by", .type = API_PART_CODE, .word = api_grouping_word},
    TEXT_OR_NULL("code"),
    TEXT("name_en"),
    TEXT("name_zh"),
    INTEGER("firms"),
    INTEGER("without"),
    INTEGER("enough"),
    INTEGER("suggestions"),
};
const struct api_form api_form_partner_group = API_FORM(
    "PartnerGroup",
    "Firms of one kind, size, origin, area or country or region: how many there are, have no "
    "suggestion, have five or as many as they can take, and the suggestions of all",
    group_parts);

static const struct api_part gap_parts[] = {
    TEXT("node"),
    TEXT_OR_NULL("name_en"),
    TEXT_OR_NULL("name_zh"),
    {.name = "gap", .type = API_PART_CODE, .kind = &kind_gap},
    INTEGER("waiting"),
    INTEGER("closed"),
};
const struct api_form api_form_partner_gap =
    API_FORM("PartnerGap",
             "A node with a gap: how many firms need it, and for how many a pair brings a source",
             gap_parts);

static const struct api_part few_parts[] = {
    NAMED,
    INTEGER("suggestions"),
    INTEGER("in_question"),
    {.name = "why", .type = API_PART_CODE, .word = api_lack_word},
    TEXT("words_en"),
    TEXT("words_zh"),
};
const struct api_form api_form_partner_few =
    API_FORM("PartnerFew", "A firm with fewer than five suggestions, and the reason", few_parts);

static const struct api_part change_parts[] = {NAMED, INTEGER("appeared"), INTEGER("gone"),
                                               INTEGER("kept")};
static const struct api_form change =
    API_FORM("PartnerChange", "A firm whose list changes", change_parts);
static const struct api_part comparison_parts[] = {
    INTEGER("appeared"),
    INTEGER("gone"),
    INTEGER("kept"),
    INTEGER("firms"),
    {.name = "changes", .type = API_PART_FORM, .flags = API_LIST, .of = &change},
};
const struct api_form api_form_comparison =
    API_FORM("PartnerComparison",
             "Pairs that come, go and stay beside another round, and the firms whose lists change "
             "most",
             comparison_parts);

static const struct api_part reason_parts[] = {
    {.name = "part", .type = API_PART_CODE, .word = api_part_code_word},
    {.name = "value", .type = API_PART_NUMBER},
    TEXT("words_en"),
    TEXT("words_zh"),
};
const struct api_form api_form_reason =
    API_FORM("PartnerReason", "A part of a score, and what it says", reason_parts);

/* ---- pieces ---- */

void api_write_named(struct json_out *json, const struct view *view, int64_t organisation_id) {
    uint32_t o = u64_map_get(&view->organisation_by_id, (uint64_t)organisation_id);
    const struct view_organisation *organisation = o != MAP_NONE ? &view->organisation[o] : NULL;
    json_key_i64(json, "organisation_id", organisation_id);
    api_write_text(json, "name_en", organisation != NULL ? organisation->name_en : STR(""));
    api_write_text(json, "name_zh", organisation != NULL ? organisation->name_zh : STR(""));
}

void api_write_weights(struct json_out *json, const double weight[MATCH_PARTS]) {
    json_open(json);
    for (int p = 0; p < MATCH_PARTS; p++) {
        json_key(json, match_part_code((enum match_part)p));
        json_double(json, weight[p]);
    }
    json_close(json);
}

enum err api_write_reasons(struct json_out *json, const struct view *view,
                           const struct partner_parts *parts, bool is_to_first,
                           const double *weight, struct arena *arena, struct errinfo *info) {
    struct partner_reason reason[MATCH_PARTS];
    uint32_t count = 0;
    enum err e = partner_words(view, parts, is_to_first ? PARTNER_TO_FIRST : PARTNER_OF_BOTH,
                               weight, arena, reason, &count, info);
    json_key(json, "reasons");
    json_open_list(json);
    for (uint32_t r = 0; r < count && e == ERR_OK; r++) {
        json_open(json);
        json_key_text(json, "part", str_of(match_part_code(reason[r].part)));
        json_key(json, "value");
        json_double(json, reason[r].value);
        json_key_text(json, "words_en", reason[r].words_en);
        json_key_text(json, "words_zh", reason[r].words_zh);
        json_close(json);
    }
    json_close_list(json);
    return e;
}

void api_write_comparison(struct json_out *json, const struct view *view,
                          const struct partner_comparison *c) {
    json_open(json);
    json_key_i64(json, "appeared", c->appeared);
    json_key_i64(json, "gone", c->gone);
    json_key_i64(json, "kept", c->kept);
    json_key_i64(json, "firms", c->changes);
    json_key(json, "changes");
    json_open_list(json);
    for (uint32_t i = 0; i < c->changes && i < CHANGES_MAX; i++) {
        json_open(json);
        api_write_named(json, view, c->change[i].organisation_id);
        json_key_i64(json, "appeared", c->change[i].appeared);
        json_key_i64(json, "gone", c->change[i].gone);
        json_key_i64(json, "kept", c->change[i].kept);
        json_close(json);
    }
    json_close_list(json);
    json_close(json);
}

/* ---- effects ---- */

static enum err write_groups(struct json_out *json, const struct partner_round *round,
                             struct arena *arena, struct errinfo *info) {
    struct partner_group *at;
    uint32_t count = 0;
    enum err e = partner_count_groups(round, arena, &at, &count, info);
    json_key(json, "groups");
    json_open_list(json);
    for (uint32_t g = 0; g < count && e == ERR_OK; g++) {
        json_open(json);
        json_key_text(json, "by", str_of(partner_grouping_code(at[g].by)));
        api_write_text(json, "code", at[g].code);
        json_key_text(json, "name_en", at[g].name_en);
        json_key_text(json, "name_zh", at[g].name_zh);
        json_key_i64(json, "firms", at[g].firms);
        json_key_i64(json, "without", at[g].without);
        json_key_i64(json, "enough", at[g].enough);
        json_key_i64(json, "suggestions", at[g].suggestions);
        json_close(json);
    }
    json_close_list(json);
    return e;
}

static enum err write_gaps(struct json_out *json, const struct partner_round *round,
                           struct arena *arena, struct errinfo *info) {
    const struct view *view = round->market->view;
    struct partner_gap *at;
    uint32_t count = 0, closed = 0;
    enum err e = partner_count_gaps(round, arena, &at, &count, info);
    for (uint32_t g = 0; g < count && e == ERR_OK; g++)
        closed += at[g].closed > 0;
    json_key_i64(json, "gaps_waiting", count);
    json_key_i64(json, "gaps_closed", closed);
    json_key(json, "gaps");
    json_open_list(json);
    for (uint32_t g = 0; g < count && g < GAPS_MAX && e == ERR_OK; g++) {
        const struct view_node *node = &view->node[at[g].node];
        json_open(json);
        json_key_text(json, "node", node->code);
        api_write_text(json, "name_en", node->name_en);
        api_write_text(json, "name_zh", node->name_zh);
        json_key_text(json, "gap", str_of(words_gap_code((enum chain_gap_kind)at[g].kind)));
        json_key_i64(json, "waiting", at[g].waiting);
        json_key_i64(json, "closed", at[g].closed);
        json_close(json);
    }
    json_close_list(json);
    return e;
}

static enum err write_few(struct json_out *json, const struct partner_round *round,
                          struct arena *arena, struct errinfo *info) {
    struct partner_few *at;
    uint32_t count = 0;
    enum err e = partner_count_few(round, arena, &at, &count, info);
    json_key_i64(json, "few_count", count);
    json_key(json, "few");
    json_open_list(json);
    for (uint32_t i = 0; i < count && i < FEW_MAX && e == ERR_OK; i++) {
        json_open(json);
        api_write_named(json, round->market->view,
                        partner_organisation(round->market, at[i].firm)->id);
        json_key_i64(json, "suggestions", at[i].suggestions);
        json_key_i64(json, "in_question", at[i].in_question);
        json_key_text(json, "why", str_of(partner_lack_code(at[i].lack)));
        json_key_text(json, "words_en", str_of(partner_lack_words(at[i].lack, LANG_EN)));
        json_key_text(json, "words_zh", str_of(partner_lack_words(at[i].lack, LANG_ZH)));
        json_close(json);
    }
    json_close_list(json);
    return e;
}

enum err api_write_effects(struct json_out *json, const struct partner_round *round,
                           struct arena *arena, struct errinfo *info) {
    enum err e = write_groups(json, round, arena, info);
    if (e == ERR_OK)
        e = write_gaps(json, round, arena, info);
    return e == ERR_OK ? write_few(json, round, arena, info) : e;
}
