/*
 * Rules beyond single fields. See edit_internal.h.
 *
 * Three tables say most of it: which columns together are unique, which references must lie in the
 * record's own edition, and where one of two texts is needed. What is left is one function a
 * table. Rules look at the whole record as it would be, so that a merge of two editors' fields is
 * checked, too.
 */
#include "service/edit_internal.h"

enum { STEPS_MAX = 10000 }; /* of a walk along leads or parts: more only in a circle */

#define BOTH(e, operation, field, en, zh) edit_complain(e, operation, field, STR(en), STR(zh))

/* Unique together; the first column finds few records, the last one is told. */
static const struct {
    enum store_table table;
    uint32_t column[4];
    uint32_t count;
} unique[] = {
    {TABLE_EDITION, {EDITION_CODE}, 1},
    {TABLE_AREA, {AREA_EDITION_ID, AREA_CODE}, 2},
    {TABLE_PAVILION, {PAVILION_EDITION_ID, PAVILION_NAME_EN}, 2},
    {TABLE_PAVILION_TEXT, {PAVILION_TEXT_PAVILION_ID, PAVILION_TEXT_SECTION}, 2},
    {TABLE_ORGANISATION_NAME, {ORGANISATION_NAME_ORGANISATION_ID, ORGANISATION_NAME_NAME}, 2},
    {TABLE_EXHIBITOR, {EXHIBITOR_ORGANISATION_ID, EXHIBITOR_EDITION_ID}, 2},
    {TABLE_STATEMENT, {STATEMENT_EXHIBITOR_ID, STATEMENT_SIDE, STATEMENT_NODE_ID}, 3},
    {TABLE_JOINT_STAND, {JOINT_STAND_EXHIBITOR_ID}, 1},
    {TABLE_PROGRAMME_ENTRY, {PROGRAMME_ENTRY_CODE}, 1},
    {TABLE_NODE, {NODE_CODE}, 1},
    {TABLE_LINK, {LINK_OUTPUT_ID, LINK_INPUT_ID}, 2},
    {TABLE_CHAIN, {CHAIN_CODE}, 1},
    {TABLE_CHAIN_NODE, {CHAIN_NODE_NODE_ID, CHAIN_NODE_CHAIN_ID}, 2},
    {TABLE_SCENARIO, {SCENARIO_CODE}, 1},
    {TABLE_SCENARIO_PART, {SCENARIO_PART_SCENARIO_ID, SCENARIO_PART_NODE_ID}, 2},
    {TABLE_COUNTRY, {COUNTRY_CODE}, 1},
    {TABLE_REGION, {REGION_CODE}, 1},
    {TABLE_GAP_CASE, {GAP_CASE_NODE_ID, GAP_CASE_EDITION_ID, GAP_CASE_CHAIN_ID, GAP_CASE_KIND}, 4},
    {TABLE_GAP_CANDIDATE, {GAP_CANDIDATE_GAP_CASE_ID, GAP_CANDIDATE_ORGANISATION_ID}, 2},
    {TABLE_PARTICIPANT, {PARTICIPANT_EDITION_ID, PARTICIPANT_ORGANISATION_ID}, 2},
};

/* References to a record that must be of the same edition. */
static const struct {
    enum store_table table;
    uint32_t edition, column;
    enum store_table target;
    uint32_t target_edition;
} same_edition[] = {
    {TABLE_EXHIBITOR, EXHIBITOR_EDITION_ID, EXHIBITOR_AREA_ID, TABLE_AREA, AREA_EDITION_ID},
    {TABLE_EXHIBITOR, EXHIBITOR_EDITION_ID, EXHIBITOR_PAVILION_ID, TABLE_PAVILION,
     PAVILION_EDITION_ID},
    {TABLE_EXHIBITOR, EXHIBITOR_EDITION_ID, EXHIBITOR_LEAD_ID, TABLE_EXHIBITOR,
     EXHIBITOR_EDITION_ID},
    {TABLE_PARTICIPANT, PARTICIPANT_EDITION_ID, PARTICIPANT_EXHIBITOR_ID, TABLE_EXHIBITOR,
     EXHIBITOR_EDITION_ID},
    {TABLE_EXHIBIT, EXHIBIT_EDITION_ID, EXHIBIT_EXHIBITOR_ID, TABLE_EXHIBITOR,
     EXHIBITOR_EDITION_ID},
    {TABLE_EXHIBIT, EXHIBIT_EDITION_ID, EXHIBIT_PAVILION_ID, TABLE_PAVILION, PAVILION_EDITION_ID},
};

/* At least one of the two is given. */
static const struct {
    enum store_table table;
    uint32_t en, zh;
} either[] = {
    {TABLE_ORGANISATION, ORGANISATION_NAME_EN, ORGANISATION_NAME_ZH},
    {TABLE_EXHIBIT, EXHIBIT_NAME_EN, EXHIBIT_NAME_ZH},
    {TABLE_PROGRAMME_ENTRY, PROGRAMME_ENTRY_TITLE_EN, PROGRAMME_ENTRY_TITLE_ZH},
    {TABLE_PAVILION_TEXT, PAVILION_TEXT_TEXT_EN, PAVILION_TEXT_TEXT_ZH},
    {TABLE_PICTURE, PICTURE_ALT_EN, PICTURE_ALT_ZH},
};

struct checking {
    struct editing *e;
    uint32_t operation;
    const struct edit_table *table;
    int64_t id;
    const struct store_value *before; /* NULL = a new record */
    const struct store_value *v;
    struct arena *arena;
};

static bool given(const struct store_value *value) {
    return value->kind != STORE_NULL;
}

/* Whether one of two fields becomes another. */
static bool change(const struct checking *c, uint32_t one, uint32_t other) {
    return c->before == NULL || !store_value_equal(&c->before[one], &c->v[one]) ||
           !store_value_equal(&c->before[other], &c->v[other]);
}

static bool is_text(const struct store_value *value, const char *text) {
    return value->kind == STORE_TEXT && str_equal_c(value->text, text);
}

static const char *name_of(const struct checking *c, uint32_t column) {
    const struct edit_field *field = edit_field_of(c->table, column);
    return field != NULL ? field->name : "";
}

static enum err check_unique(struct checking *c, const uint32_t *column, uint32_t count,
                             struct errinfo *info) {
    struct edit_rows rows = {.arena = c->arena};
    enum err code =
        edit_rows_where(c->e->reader, c->table->table, column[0], c->v[column[0]], &rows, info);
    for (size_t i = 0; i < rows.list.len && code == ERR_OK; i++) {
        const struct edit_row *row = &rows.list.at[i];
        bool same = row->id != c->id;
        for (uint32_t k = 1; k < count && same; k++)
            same = store_value_equal(&row->values[column[k]], &c->v[column[k]]);
        if (!same)
            continue;
        const struct edit_field *field = edit_field_of(c->table, column[count - 1]);
        struct str label[LANGS];
        code = edit_label(c->e->reader, c->table->table, row->id, c->arena, label, info);
        if (code != ERR_OK)
            break;
        struct str en = lang_pick(LANG_EN, label[LANG_EN], label[LANG_ZH]).text;
        struct str zh = lang_pick(LANG_ZH, label[LANG_EN], label[LANG_ZH]).text;
        edit_complain(c->e, c->operation, field->name,
                      arena_printf(c->arena, "%s: there is one already: %.*s (%s %lld)",
                                   field->label[LANG_EN], STR_ARG(en), c->table->label[LANG_EN],
                                   (long long)row->id),
                      arena_printf(c->arena, "%s：已存在：%.*s（%s %lld）", field->label[LANG_ZH],
                                   STR_ARG(zh), c->table->label[LANG_ZH], (long long)row->id));
        break;
    }
    vec_free(&rows.list);
    return code;
}

static enum err check_same_edition(struct checking *c, size_t rule, struct errinfo *info) {
    struct edit_row row;
    const struct store_value *id = &c->v[same_edition[rule].column];
    if (!given(id))
        return ERR_OK;
    enum err code =
        edit_row_read(c->e->reader, same_edition[rule].target, id->integer, c->arena, &row, info);
    if (code == ERR_NOT_FOUND)
        return ERR_OK; /* told by check_references */
    if (code == ERR_OK && !store_value_equal(&row.values[same_edition[rule].target_edition],
                                             &c->v[same_edition[rule].edition])) {
        const struct edit_field *field = edit_field_of(c->table, same_edition[rule].column);
        edit_complain(
            c->e, c->operation, field->name,
            arena_printf(c->arena, "%s: belongs to another edition", field->label[LANG_EN]),
            arena_printf(c->arena, "%s：属于其他届次", field->label[LANG_ZH]));
    }
    return code;
}

static enum err found(void *ctx, int64_t id, const struct store_value *values,
                      struct errinfo *info) {
    (void)id, (void)values, (void)info;
    *(bool *)ctx = true;
    return ERR_OK;
}

/* Every reference names a record that is there, every area code an area of the edition. */
static enum err check_references(struct checking *c, struct errinfo *info) {
    enum err code = ERR_OK;
    for (uint32_t i = 0; i < c->table->count && code == ERR_OK; i++) {
        const struct edit_field *field = &c->table->fields[i];
        const struct store_value *value = &c->v[field->column];
        bool is_there = false;
        if (!given(value) || (field->kind != EDIT_REFERENCE && field->kind != EDIT_AREA))
            continue;
        if (field->kind == EDIT_REFERENCE) {
            struct errinfo missing;
            code =
                store_get(c->e->reader, field->target, value->integer, found, &is_there, &missing);
            if (code != ERR_OK && code != ERR_NOT_FOUND)
                *info = missing;
            code = code == ERR_NOT_FOUND ? ERR_OK : code;
        } else {
            struct edit_rows rows = {.arena = c->arena};
            code = edit_rows_where(c->e->reader, TABLE_AREA, AREA_CODE, *value, &rows, info);
            for (size_t r = 0; r < rows.list.len; r++) /* edition_id is their first column */
                is_there = is_there ||
                           store_value_equal(&rows.list.at[r].values[AREA_EDITION_ID], &c->v[0]);
            vec_free(&rows.list);
        }
        if (code == ERR_OK && !is_there)
            edit_complain(
                c->e, c->operation, field->name,
                arena_printf(c->arena, "%s: is not there (any more)", field->label[LANG_EN]),
                arena_printf(c->arena, "%s：不存在或已删除", field->label[LANG_ZH]));
    }
    return code;
}

/* Follows leads upwards: none may come back to where it began. */
static enum err check_leads(struct checking *c, struct errinfo *info) {
    struct store_value lead = c->v[EXHIBITOR_LEAD_ID];
    enum err code = ERR_OK;
    uint32_t steps = 0;
    while (code == ERR_OK && given(&lead) && lead.integer != c->id && steps++ < STEPS_MAX) {
        struct edit_row row;
        code = edit_row_read(c->e->reader, TABLE_EXHIBITOR, lead.integer, c->arena, &row, info);
        lead = code == ERR_OK ? row.values[EXHIBITOR_LEAD_ID] : store_null();
    }
    if (code == ERR_NOT_FOUND)
        return ERR_OK;
    if (code == ERR_OK && given(&lead))
        BOTH(c->e, c->operation, "lead_id",
             "Lead exhibitor: an exhibitor cannot be led by itself, not even over others",
             "链主展商：展商不能直接或间接地由自己带领");
    return code;
}

static enum err check_exhibitor(struct checking *c, struct errinfo *info) {
    struct edit_row organisation;
    enum err code = check_leads(c, info);
    if (code == ERR_OK)
        code =
            edit_row_read(c->e->reader, TABLE_ORGANISATION, c->v[EXHIBITOR_ORGANISATION_ID].integer,
                          c->arena, &organisation, info);
    if (code == ERR_OK && given(&organisation.values[ORGANISATION_MERGED_INTO]))
        BOTH(c->e, c->operation, "organisation_id",
             "Organisation: it was merged into another one; take that one",
             "企业或机构：已并入其他记录，请选择合并后的记录");
    return code == ERR_NOT_FOUND ? ERR_OK : code;
}

static void check_days(struct checking *c, uint32_t starts, uint32_t ends) {
    if (given(&c->v[starts]) && given(&c->v[ends]) &&
        str_compare(c->v[ends].text, c->v[starts].text) < 0)
        BOTH(c->e, c->operation, name_of(c, ends), "Last day: is before the first day",
             "结束日期：早于开始日期");
}

static size_t pieces(struct str list) {
    size_t count = 0;
    struct str piece;
    while (str_next(&list, ";", &piece))
        count += str_trim(piece).len > 0;
    return count;
}

/* Days and hours compare as text: both have leading zeros. */
static void check_programme(struct checking *c) {
    const struct store_value *v = c->v, *starts = &v[PROGRAMME_ENTRY_STARTS],
                             *ends = &v[PROGRAMME_ENTRY_ENDS],
                             *from = &v[PROGRAMME_ENTRY_START_TIME],
                             *to = &v[PROGRAMME_ENTRY_END_TIME], *hosts = &v[PROGRAMME_ENTRY_HOSTS],
                             *hosts_zh = &v[PROGRAMME_ENTRY_HOSTS_ZH];
    check_days(c, PROGRAMME_ENTRY_STARTS, PROGRAMME_ENTRY_ENDS);
    if (given(ends) && !given(starts))
        BOTH(c->e, c->operation, "starts", "Day: is needed where there is a last day",
             "日期：填写了结束日期时必须填写");
    if (given(from) && !given(starts))
        BOTH(c->e, c->operation, "start_time", "Starts at: a time needs a day",
             "开始时间：填写时间前请先填写日期");
    if (given(to) && !given(from))
        BOTH(c->e, c->operation, "end_time", "Ends at: an end needs a beginning",
             "结束时间：请先填写开始时间");
    bool one_day = !given(ends) || store_value_equal(ends, starts);
    if (given(to) && given(from) && one_day && str_compare(to->text, from->text) <= 0)
        BOTH(c->e, c->operation, "end_time",
             "Ends at: is not after the start; write the last day when it ends after midnight",
             "结束时间：不晚于开始时间；若在午夜后结束请填写结束日期");
    if (change(c, PROGRAMME_ENTRY_HOSTS, PROGRAMME_ENTRY_HOSTS_ZH) && given(hosts) &&
        given(hosts_zh) && pieces(hosts->text) != pieces(hosts_zh->text))
        BOTH(c->e, c->operation, "hosts_zh",
             "Hosts in Chinese: are not as many as in English; write the same ones in order",
             "主办单位（中文）：与英文列表数量不一致，请按相同顺序填写");
}

static void check_organisation(struct checking *c) {
    const struct store_value *country = &c->v[ORGANISATION_COUNTRY],
                             *region = &c->v[ORGANISATION_REGION];
    if (!given(country) || !given(region) || !change(c, ORGANISATION_COUNTRY, ORGANISATION_REGION))
        return;
    /* Hong Kong is written as HK and as CN-HK: both may stand together. */
    bool inside = str_starts(region->text, country->text) ||
                  (region->text.len > 3 &&
                   str_equal(str_sub(region->text, 3, region->text.len), country->text));
    if (!inside)
        BOTH(c->e, c->operation, "region",
             "Province or state: does not belong to the country or region",
             "省/州：不属于所填的国家/地区");
}

static void check_link(struct checking *c) {
    if (store_value_equal(&c->v[LINK_INPUT_ID], &c->v[LINK_OUTPUT_ID]))
        BOTH(c->e, c->operation, "input_id", "Input: a node is no input of itself",
             "投入品：环节不能以自身为投入");
    if (given(&c->v[LINK_GROUP_NO]) && !is_text(&c->v[LINK_KIND], "essential"))
        BOTH(c->e, c->operation, "group_no",
             "Group of alternatives: only essential inputs can stand in for each other",
             "替代组：只有必需投入之间可以互相替代");
}

/* The parent is another part of the same scenario, and no way up comes back. */
static enum err check_part(struct checking *c, struct errinfo *info) {
    struct edit_rows rows = {.arena = c->arena};
    struct store_value parent = c->v[SCENARIO_PART_PARENT_ID];
    enum err code = edit_rows_where(c->e->reader, TABLE_SCENARIO_PART, SCENARIO_PART_SCENARIO_ID,
                                    c->v[SCENARIO_PART_SCENARIO_ID], &rows, info);
    bool inside = !given(&parent), circle = false;
    for (uint32_t step = 0; code == ERR_OK && given(&parent) && step < STEPS_MAX; step++) {
        struct store_value next = store_null();
        circle = store_value_equal(&parent, &c->v[SCENARIO_PART_NODE_ID]);
        for (size_t i = 0; i < rows.list.len && !circle; i++)
            if (store_value_equal(&rows.list.at[i].values[SCENARIO_PART_NODE_ID], &parent)) {
                next = rows.list.at[i].values[SCENARIO_PART_PARENT_ID];
                inside = true;
            }
        parent = next;
    }
    if (code == ERR_OK && (circle || !inside))
        BOTH(c->e, c->operation, "parent_id",
             "Belongs to: must be another part of this scenario, and not one of its own parts",
             "上级部分：必须是该场景的另一部分，且不能是自身的下级");
    vec_free(&rows.list);
    return code;
}

/* An exhibitor takes part with a stand of its own, everybody else without one. */
static enum err check_participant(struct checking *c, struct errinfo *info) {
    const struct store_value *stand = &c->v[PARTICIPANT_EXHIBITOR_ID];
    struct edit_row row;
    if (given(stand) != is_text(&c->v[PARTICIPANT_KIND], "exhibitor"))
        BOTH(c->e, c->operation, "exhibitor_id",
             "Exhibitor: is needed of an exhibitor, and of nobody else",
             "展商：类别为展商时必须填写，其他类别不填");
    if (!given(stand))
        return ERR_OK;
    enum err code =
        edit_row_read(c->e->reader, TABLE_EXHIBITOR, stand->integer, c->arena, &row, info);
    if (code == ERR_NOT_FOUND)
        return ERR_OK; /* told by check_references */
    if (code == ERR_OK && !store_value_equal(&row.values[EXHIBITOR_ORGANISATION_ID],
                                             &c->v[PARTICIPANT_ORGANISATION_ID]))
        BOTH(c->e, c->operation, "exhibitor_id", "Exhibitor: is another organisation's",
             "展商：属于其他企业或机构");
    return code;
}

static enum err check_table(struct checking *c, struct errinfo *info) {
    switch ((int)c->table->table) {
    case TABLE_EXHIBITOR:
        return check_exhibitor(c, info);
    case TABLE_SCENARIO_PART:
        return check_part(c, info);
    case TABLE_PARTICIPANT:
        return check_participant(c, info);
    case TABLE_EDITION:
        check_days(c, EDITION_STARTS, EDITION_ENDS);
        break;
    case TABLE_PROGRAMME_ENTRY:
        check_programme(c);
        break;
    case TABLE_ORGANISATION:
        check_organisation(c);
        break;
    case TABLE_LINK:
        check_link(c);
        break;
    case TABLE_EXHIBIT:
        if (given(&c->v[EXHIBIT_PROOF]) && !given(&c->v[EXHIBIT_DEBUT]))
            BOTH(c->e, c->operation, "debut",
                 "First showing: is needed where there is a proof of it",
                 "首发首秀：填写了证明时必须选择");
        break;
    default:
        break;
    }
    return ERR_OK;
}

enum err edit_check_rules(struct editing *e, uint32_t operation, const struct edit_table *table,
                          int64_t id, const struct store_value *before,
                          const struct store_value *values, struct errinfo *info) {
    struct checking c = {e, operation, table, id, before, values, &e->outcome->arena};
    enum err code = check_references(&c, info);
    for (size_t i = 0; i < sizeof(unique) / sizeof(unique[0]) && code == ERR_OK; i++)
        if (unique[i].table == table->table)
            code = check_unique(&c, unique[i].column, unique[i].count, info);
    for (size_t i = 0; i < sizeof(same_edition) / sizeof(same_edition[0]) && code == ERR_OK; i++)
        if (same_edition[i].table == table->table)
            code = check_same_edition(&c, i, info);
    for (size_t i = 0; i < sizeof(either) / sizeof(either[0]) && code == ERR_OK; i++)
        if (either[i].table == table->table && !given(&values[either[i].en]) &&
            !given(&values[either[i].zh]))
            BOTH(e, operation, name_of(&c, either[i].en),
                 "Write it in English, in Chinese, or in both", "请用英文或中文填写，或两者都填");
    return code == ERR_OK ? check_table(&c, info) : code;
}

/* One current edition ---------------------------------------------------------------------------
 */

enum err edit_make_current(struct editing *e, int64_t id, struct errinfo *info) {
    struct edit_rows rows = {.arena = &e->outcome->arena};
    enum err code =
        edit_rows_where(e->reader, TABLE_EDITION, EDITION_CURRENT, store_int(1), &rows, info);
    struct store_cell none = {EDITION_CURRENT, store_int(0)};
    for (size_t i = 0; i < rows.list.len && code == ERR_OK; i++)
        if (rows.list.at[i].id != id)
            code = store_update(e->store, TABLE_EDITION, rows.list.at[i].id, &none, 1, info);
    vec_free(&rows.list);
    return code;
}

enum err edit_check_current(struct editing *e, struct errinfo *info) {
    struct edit_rows rows = {.arena = &e->outcome->arena};
    uint64_t editions = 0;
    enum err code = store_count(e->reader, TABLE_EDITION, &editions, info);
    if (code == ERR_OK)
        code =
            edit_rows_where(e->reader, TABLE_EDITION, EDITION_CURRENT, store_int(1), &rows, info);
    if (code == ERR_OK && editions > 0 && rows.list.len == 0)
        for (uint32_t i = 0; i < e->request->operation_count; i++)
            if (str_equal_c(e->request->operations[i].table, "edition")) {
                BOTH(e, i, "current",
                     "Current edition: one edition is always the current one; make another one "
                     "current instead",
                     "当前届次：必须始终有一届为当前届次，请改为将另一届设为当前届次");
                break;
            }
    vec_free(&rows.list);
    return code;
}
