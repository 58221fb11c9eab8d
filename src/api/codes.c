/* Closed lists of the API: see codes.h. */
#include "api/codes.h"

static const struct kind_word gap_state_words[] = {
    {"", "Not known", "未知", ""},
    {"not-in-register", "Not in the register, which is not complete", "名录中暂无（名录尚不完整）",
     ""},
    {"stated", "Stated: the register is complete", "确为缺口（名录完整）", ""},
};

static const struct kind_word reason_words[] = {
    {"", "Not known", "未知", ""},
    {"offered-earlier", "Offered it at an earlier edition", "往届曾提供", ""},
    {"leader-partner", "Partner of a lead exhibitor that needs it", "有此需求的链主的伙伴", ""},
    {"alternative", "Offers an alternative", "提供可替代环节", ""},
    {"same-output", "Offers another input of the same product", "为同一产品提供其他投入品", ""},
    {"input", "Offers an input of it", "提供其投入品", ""},
    {"output", "Offers what it goes into", "提供其下游产品", ""},
};

static const struct kind_word part_state_words[] = {
    {"", "Not known", "未知", ""},
    {"offered", "Offered", "有展商提供", ""},
    {"inferred", "Offered, only inferred", "有展商提供，仅为推断", ""},
    {"alternative", "An alternative is offered", "可用替代环节", ""},
    {"not-in-register", "Not in the register, which is not complete", "名录中暂无（名录尚不完整）",
     ""},
    {"missing", "Missing", "缺失", ""},
};

static const struct kind_word coverage_words[] = {
    {"", "Not known", "未知", ""},
    {"none", "No exhibitor", "无展商", ""},
    {"inferred", "Inferred from texts, nobody said so", "由文字推断，无人明示", ""},
    {"one", "One exhibitor only", "仅一家展商", ""},
    {"many", "Two or more exhibitors", "两家及以上展商", ""},
};

static const struct kind_word seen_words[] = {
    {"", "Not known", "未知", ""},
    {"new", "In the register for the first time", "首次参展", ""},
    {"returning", "In the register of an earlier edition", "再次参展", ""},
};

static const struct kind_word sort_words[] = {
    {"", "Not known", "未知", ""},
    {"name_en", "English name", "英文名称", ""},
    {"name_zh", "Chinese name, by pinyin", "中文名称（拼音）", ""},
};

static const struct kind_word found_words[] = {
    {"", "Not known", "未知", ""},
    {"organisation", "Organisation", "机构与企业", ""},
    {"node", "Node of the catalogue", "环节", ""},
    {"exhibit", "Exhibit", "展品", ""},
    {"programme", "Programme entry", "活动", ""},
    {"chain", "Chain", "产业链", ""},
    {"scenario", "Scenario", "应用场景", ""},
    {"pavilion", "Pavilion", "展团", ""},
};

static const struct kind_word editions_words[] = {
    {"", "Not known", "未知", ""},
    {"all", "All editions", "历届", ""},
};

static const struct kind_word lang_words[] = {
    {"", "Not known", "未知", ""},
    {"en", "English", "英文", ""},
    {"zh", "Chinese", "中文", ""},
};

#define KIND(label, table)                                                                         \
    { label, table, sizeof(table) / sizeof((table)[0]) }

const struct kind api_kind_gap_state = KIND("state of a gap", gap_state_words);
const struct kind api_kind_reason = KIND("reason", reason_words);
const struct kind api_kind_part_state = KIND("state of a part", part_state_words);
const struct kind api_kind_coverage = KIND("coverage", coverage_words);
const struct kind api_kind_seen = KIND("seen", seen_words);
const struct kind api_kind_sort = KIND("sort", sort_words);
const struct kind api_kind_found = KIND("kind of hit", found_words);
const struct kind api_kind_editions = KIND("editions", editions_words);
const struct kind api_kind_lang = KIND("language", lang_words);

const struct kind *const api_kinds[] = {
    &kind_size,       &kind_exhibitor_type, &kind_stage,        &kind_node_role,
    &kind_node,       &kind_link,           &kind_basis,        &kind_offer_basis,
    &kind_attendance, &kind_figure_state,   &kind_qualifier,    &kind_area,
    &kind_debut,      &kind_pavilion,       &kind_section,      &kind_programme,
    &kind_state,      &kind_time_of_day,    &kind_gap,          &api_kind_gap_state,
    &api_kind_reason, &api_kind_part_state, &api_kind_coverage, &kind_area_basis,
    &kind_novelty,    &api_kind_seen,       &api_kind_found,    NULL,
};
