/*
 * Conditions that cannot be: see profiles.h for what they mean. First each by itself, then each
 * with those before it, then all together: they must leave somebody of the edition.
 */
#include "service/profile_parts.h"

struct checking {
    struct store_reader *reader;
    const struct profile *now, *said;
    struct profile_faults *faults;
    struct errinfo *info;
};

static void tell(const struct checking *c, uint32_t i, const char *member, const char *en,
                 const char *zh) {
    struct arena *arena = c->faults->arena;
    struct str path = member != NULL ? arena_printf(arena, "conditions[%u].%s", i, member)
                                     : arena_printf(arena, "conditions[%u]", i);
    profile_complain(c->faults, path, str_of(en), str_of(zh));
}

/* The same with the number of another condition behind the words. */
static void tell_with(const struct checking *c, uint32_t i, uint32_t other, const char *en,
                      const char *zh) {
    struct arena *arena = c->faults->arena;
    profile_complain(c->faults, arena_printf(arena, "conditions[%u]", i),
                     arena_printf(arena, "%s conditions[%u]: leave one of the two out", en, other),
                     arena_printf(arena, "%s conditions[%u]，请删去其中一项", zh, other));
}

static enum err found(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    *(bool *)ctx = true;
    return ERR_OK;
}

enum err profile_has(struct store_reader *reader, enum store_table table, uint32_t column,
                     struct str value, bool *yes, struct errinfo *info) {
    *yes = false;
    return store_scan_equal(reader, table, column, store_text(value), found, yes, info);
}

static struct str value_of(const struct profile_condition *condition) {
    return str_trim(condition->value);
}

/* ---- each by itself ---- */

/* One of the table; or, for countries whose regions are not in it, of the form of ISO 3166-2. */
static enum err is_region(const struct checking *c, struct str value, bool *yes) {
    bool listed = false;
    enum err e = profile_has(c->reader, TABLE_REGION, REGION_CODE, value, yes, c->info);
    if (e != ERR_OK || *yes || value.len < 4 || value.len > 6 || value.ptr[2] != '-')
        return e;
    for (size_t i = 3; i < value.len; i++) {
        char ch = value.ptr[i];
        if (!(ch >= 'A' && ch <= 'Z') && !(ch >= '0' && ch <= '9'))
            return ERR_OK;
    }
    struct str country = str_sub(value, 0, 2);
    e = profile_has(c->reader, TABLE_REGION, REGION_COUNTRY, country, &listed, c->info);
    return e == ERR_OK && !listed
               ? profile_has(c->reader, TABLE_COUNTRY, COUNTRY_CODE, country, yes, c->info)
               : e;
}

static enum err check_value(const struct checking *c, uint32_t i) {
    const struct profile_condition *condition = &c->said->conditions[i];
    struct str value = value_of(condition);
    bool known = true;
    enum err e = ERR_OK;
    switch (condition->kind) {
    case CONDITION_COUNTRY:
        e = profile_has(c->reader, TABLE_COUNTRY, COUNTRY_CODE, value, &known, c->info);
        if (!known)
            tell(c, i, "value", "is no country or region: give its two letters, as CN, DE, BR",
                 "没有该国家/地区，请使用两位字母代码，如 CN、DE、BR");
        return e;
    case CONDITION_REGION:
        e = is_region(c, value, &known);
        if (!known)
            tell(c, i, "value", "is no region: give its code after ISO 3166-2, as CN-GD, DE-BY",
                 "没有该地区，请使用 ISO 3166-2 代码，如 CN-GD、DE-BY");
        return e;
    case CONDITION_SIZE:
        if (kind_of_code(&kind_size, value) == 0)
            tell(c, i, "value", "is no size: small, medium, large or institution",
                 "没有该规模，请选择小型、中型、大型或机构");
        return ERR_OK;
    case CONDITION_LANGUAGE:
        if (!profile_is_language(value))
            tell(c, i, "value", "is no language: give its two letters after ISO 639-1, as zh, en",
                 "不是有效的语言代码，请使用 ISO 639-1 两位字母，如 zh、en");
        return ERR_OK;
    case CONDITION_CERTIFICATE:
        if (value.len > PROFILE_CERTIFICATE_MAX)
            tell(c, i, "value", "is longer than 120 bytes: give the short name, as ISO 9001",
                 "过长，请填写简称，如 ISO 9001");
        return ERR_OK;
    default:
        return ERR_OK;
    }
}

struct organisation {
    bool found, is_merged;
};

static enum err take_organisation(void *ctx, int64_t id, const struct store_value *v,
                                  struct errinfo *info) {
    *(struct organisation *)ctx =
        (struct organisation){true, v[ORGANISATION_MERGED_INTO].kind != STORE_NULL};
    return ERR_OK;
}

static enum err check_organisation(const struct checking *c, uint32_t i) {
    const struct profile_condition *condition = &c->said->conditions[i];
    struct organisation one = {0};
    struct errinfo missing;
    if (condition->organisation_id == c->now->organisation.id) {
        tell(c, i, "organisation_id", "is your own organisation: name another one",
             "这是贵方自己，请选择其他企业或机构");
        return ERR_OK;
    }
    enum err e = store_get(c->reader, TABLE_ORGANISATION, condition->organisation_id,
                           take_organisation, &one, &missing);
    if (e != ERR_OK && e != ERR_NOT_FOUND) {
        if (c->info != NULL)
            *c->info = missing;
        return e;
    }
    if (!one.found)
        tell(c, i, "organisation_id",
             "is no organisation of the register: choose one from the list",
             "名录中没有该企业或机构，请从列表中选择");
    else if (one.is_merged)
        tell(c, i, "organisation_id", "was merged into another organisation: choose that one",
             "该企业或机构已并入另一条记录，请重新选择");
    return ERR_OK;
}

static enum err check_one(const struct checking *c, uint32_t i) {
    const struct profile_condition *condition = &c->said->conditions[i];
    bool is_named = condition->kind == CONDITION_ORGANISATION;
    if (condition->strength == STRENGTH_UNKNOWN)
        tell(c, i, "strength", "is needed: must, nice or never", "必须选择：必须、优先或排除");
    if (condition->kind == CONDITION_UNKNOWN) {
        tell(c, i, "kind", "is needed: say what the condition is about", "必须选择条件类型");
        return ERR_OK;
    }
    if (is_named && value_of(condition).len > 0)
        tell(c, i, "value", "is left out where an organisation is named", "指定企业时不填此项");
    if (!is_named && condition->organisation_id != 0)
        tell(c, i, "organisation_id", "is only for conditions on one organisation",
             "仅在条件为指定企业时填写");
    if (!is_named && value_of(condition).len == 0) {
        tell(c, i, "value", "is needed", "必须填写");
        return ERR_OK;
    }
    return is_named ? check_organisation(c, i) : check_value(c, i);
}

/* ---- two of them ---- */

static bool same_value(const struct profile_condition *a, const struct profile_condition *b) {
    if (a->kind != b->kind || a->kind == CONDITION_UNKNOWN)
        return false;
    return a->kind == CONDITION_ORGANISATION ? a->organisation_id == b->organisation_id
                                             : str_equal_nocase(value_of(a), value_of(b));
}

/* Whether a region (CN-GD) is in a country or region; CN-HK is in HK, too. */
static bool is_in(struct str region, struct str country) {
    return country.len == 2 && region.len > 3 &&
           (str_starts(region, country) || str_equal(str_sub(region, 3, region.len), country));
}

static void check_pair(const struct checking *c, uint32_t k, uint32_t i) {
    const struct profile_condition *a = &c->said->conditions[k], *b = &c->said->conditions[i];
    if (same_value(a, b)) {
        if (a->strength == b->strength)
            tell_with(c, i, k, "says the same as", "重复了");
        else if (a->strength == STRENGTH_NEVER || b->strength == STRENGTH_NEVER)
            tell_with(c, i, k, "contradicts", "矛盾于");
        else
            tell_with(c, i, k, "is wanted both as must and as nice, see", "既为必须又为优先，见");
        return;
    }
    const struct profile_condition *region = a->kind == CONDITION_REGION ? a : b;
    const struct profile_condition *country = region == a ? b : a;
    if (region->kind == CONDITION_REGION && country->kind == CONDITION_COUNTRY &&
        region->strength == STRENGTH_MUST && country->strength == STRENGTH_NEVER &&
        is_in(value_of(region), value_of(country)))
        tell_with(c, i, k, "contradicts", "矛盾于");
}

/* A region that must be, and countries or regions that must be, of which none holds it. */
static void check_regions(const struct checking *c) {
    for (uint32_t i = 0; i < c->said->condition_count; i++) {
        const struct profile_condition *region = &c->said->conditions[i], *other;
        uint32_t wanted = 0, last = 0;
        bool held = false;
        if (region->kind != CONDITION_REGION || region->strength != STRENGTH_MUST)
            continue;
        for (uint32_t k = 0; k < c->said->condition_count; k++) {
            other = &c->said->conditions[k];
            if (other->kind != CONDITION_COUNTRY || other->strength != STRENGTH_MUST)
                continue;
            wanted++;
            last = k;
            held = held || is_in(value_of(region), value_of(other));
        }
        if (wanted > 0 && !held)
            tell_with(c, i, last, "is in another country or region than", "不属于");
    }
}

/* ---- all together ---- */

struct remaining {
    const struct checking *c;
    uint32_t all, left;
};

/* Whether a firm with this attribute meets the conditions of a kind. */
static bool meets(const struct profile *said, enum condition_kind kind,
                  const struct store_value *value, int64_t organisation_id) {
    bool wanted = false, is_wanted = false;
    for (uint32_t i = 0; i < said->condition_count; i++) {
        const struct profile_condition *c = &said->conditions[i];
        if (c->kind != kind || c->strength == STRENGTH_NICE)
            continue;
        bool same = kind == CONDITION_ORGANISATION
                        ? c->organisation_id == organisation_id
                        : value->kind == STORE_TEXT && str_equal(value->text, value_of(c));
        if (c->strength == STRENGTH_NEVER && same)
            return false;
        wanted = wanted || c->strength == STRENGTH_MUST;
        is_wanted = is_wanted || (c->strength == STRENGTH_MUST && same);
    }
    return !wanted || is_wanted;
}

static enum err count_organisation(void *ctx, int64_t id, const struct store_value *v,
                                   struct errinfo *info) {
    struct remaining *r = ctx;
    const struct profile *said = r->c->said;
    r->all++;
    r->left += meets(said, CONDITION_COUNTRY, &v[ORGANISATION_COUNTRY], id) &&
               meets(said, CONDITION_REGION, &v[ORGANISATION_REGION], id) &&
               meets(said, CONDITION_SIZE, &v[ORGANISATION_SIZE], id) &&
               meets(said, CONDITION_ORGANISATION, &v[ORGANISATION_NAME_EN], id);
    return ERR_OK;
}

static enum err count_row(struct remaining *r, int64_t organisation_id, struct errinfo *info) {
    if (r->left > 0 || organisation_id == r->c->now->organisation.id)
        return ERR_OK;
    return store_get(r->c->reader, TABLE_ORGANISATION, organisation_id, count_organisation, r,
                     info);
}

static enum err count_exhibitor(void *ctx, int64_t id, const struct store_value *v,
                                struct errinfo *info) {
    return count_row(ctx, v[EXHIBITOR_ORGANISATION_ID].integer, info);
}

static enum err count_participant(void *ctx, int64_t id, const struct store_value *v,
                                  struct errinfo *info) {
    return count_row(ctx, v[PARTICIPANT_ORGANISATION_ID].integer, info);
}

static enum err check_remaining(const struct checking *c) {
    struct remaining r = {.c = c};
    bool bind = false;
    for (uint32_t i = 0; i < c->said->condition_count; i++) {
        const struct profile_condition *one = &c->said->conditions[i];
        bind = bind || (one->strength != STRENGTH_NICE && one->kind != CONDITION_LANGUAGE &&
                        one->kind != CONDITION_CERTIFICATE);
    }
    if (!bind)
        return ERR_OK;
    enum err e = store_scan_equal(c->reader, TABLE_EXHIBITOR, EXHIBITOR_EDITION_ID,
                                  store_int(c->now->edition_id), count_exhibitor, &r, c->info);
    if (e == ERR_OK && r.left == 0)
        e = store_scan_equal(c->reader, TABLE_PARTICIPANT, PARTICIPANT_EDITION_ID,
                             store_int(c->now->edition_id), count_participant, &r, c->info);
    if (e == ERR_OK && r.all > 0 && r.left == 0)
        profile_complain(
            c->faults, STR("conditions"),
            STR("leave nobody: no other organisation of this edition meets them all; loosen a must "
                "or a never"),
            STR("没有其他参展参会单位同时满足这些条件，请放宽“必须”或“排除”条件"));
    return e;
}

enum err profile_check_conditions(struct store_reader *reader, const struct profile *now,
                                  const struct profile *said, struct profile_faults *faults,
                                  struct errinfo *info) {
    const struct checking c = {reader, now, said, faults, info};
    size_t before = faults->list.len;
    enum err e = ERR_OK;
    for (uint32_t i = 0; i < said->condition_count && e == ERR_OK; i++) {
        e = check_one(&c, i);
        for (uint32_t k = 0; k < i; k++)
            check_pair(&c, k, i);
    }
    check_regions(&c);
    return e == ERR_OK && faults->list.len == before ? check_remaining(&c) : e;
}
