/*
 * Checking a profile: see profiles.h. Each function looks at one part of the document and goes on
 * after a fault, so that all are told at once. Words say what is wrong and what to do.
 */
#include "service/profile_parts.h"

#include "base/clock.h"

/* ISO 639-1, the two-letter codes (Library of Congress, registration authority). */
static const char languages[] =
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu "
    "hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb "
    "lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om "
    "or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw "
    "ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

bool profile_is_language(struct str code) {
    for (size_t i = 0; code.len == 2 && i + 2 < sizeof(languages); i += 3)
        if (memcmp(languages + i, code.ptr, 2) == 0)
            return true;
    return false;
}

struct checking {
    struct store_reader *reader;
    const struct profile *now, *said;
    struct profile_faults *faults;
    struct errinfo *info;
};

void profile_faults_release(struct profile_faults *faults) {
    vec_free(&faults->list);
}

void profile_complain(struct profile_faults *faults, struct str path, struct str en,
                      struct str zh) {
    struct profile_fault fault = {path, {[LANG_EN] = en, [LANG_ZH] = zh}};
    if (path.ptr == NULL || en.ptr == NULL || zh.ptr == NULL || !vec_push(&faults->list, fault))
        faults->short_of_memory = true;
}

/* A fault with constant words. */
static void tell(const struct checking *c, struct str path, const char *en, const char *zh) {
    profile_complain(c->faults, path, str_of(en), str_of(zh));
}

static struct str at(const struct checking *c, const char *list, uint32_t i, const char *member) {
    return member == NULL ? arena_printf(c->faults->arena, "%s[%u]", list, i)
                          : arena_printf(c->faults->arena, "%s[%u].%s", list, i, member);
}

static void tell_twice(const struct checking *c, struct str path, const char *list,
                       uint32_t first) {
    profile_complain(c->faults, path,
                     arena_printf(c->faults->arena,
                                  "is said already in %s[%u]: leave one of the two out", list,
                                  first),
                     arena_printf(c->faults->arena, "与 %s[%u] 重复，请删去其中一项", list, first));
}

/* Whether a list may be looked at: it is not too long. */
static bool may_hold(const struct checking *c, const char *list, uint32_t count, uint32_t max) {
    if (count <= max)
        return true;
    profile_complain(
        c->faults, str_of(list),
        arena_printf(c->faults->arena, "has %u entries, %u at the most: keep the most important",
                     count, max),
        arena_printf(c->faults->arena, "共 %u 项，最多 %u 项，请保留最重要的内容", count, max));
    return false;
}

static void check_length(const struct checking *c, struct str path, struct str text, uint32_t max) {
    if (str_trim(text).len > max)
        profile_complain(c->faults, path,
                         arena_printf(c->faults->arena, "is longer than %u bytes: shorten it", max),
                         arena_printf(c->faults->arena, "超过 %u 字节，请缩短", max));
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < ' ' && text.ptr[i] != '\n' && text.ptr[i] != '\r' &&
            text.ptr[i] != '\t') {
            tell(c, path, "has a control character: type it again", "含有控制字符，请重新输入");
            return;
        }
}

static enum err check_node(const struct checking *c, struct str path, struct str node,
                           bool is_needed) {
    int64_t id = 0;
    struct str code = str_trim(node);
    enum err e = profile_node(c->reader, code, &id, c->info);
    if (e != ERR_OK || id != 0)
        return e;
    if (code.len > 0)
        tell(c, path,
             "is no product or service of the catalogue: choose one from the list, by its code",
             "产业链目录中没有该产品或服务，请从目录中选择");
    else if (is_needed)
        tell(c, path, "is needed: choose a product or service of the catalogue",
             "必须填写，请从目录中选择产品或服务");
    return ERR_OK;
}

static void check_quantity(const struct checking *c, const char *list, uint32_t i, int64_t quantity,
                           struct str unit, bool is_needed) {
    if (quantity < 0 || quantity > PROFILE_QUANTITY_MAX || (quantity == 0 && is_needed))
        tell(c, at(c, list, i, "quantity"), "is a whole number from 1 to 1000000000000",
             "应为 1 到 1000000000000 之间的整数");
    else if (quantity > 0 && str_trim(unit).len == 0)
        tell(c, at(c, list, i, "unit"), "is needed with a quantity: t, pieces, kWh ...",
             "填写数量时必须填写单位，如 吨、件、kWh");
    else if (quantity == 0 && str_trim(unit).len > 0)
        tell(c, at(c, list, i, "quantity"), "is needed with a unit: give it, or leave both out",
             "填写了单位却没有数量，请补充数量或删去单位");
    check_length(c, at(c, list, i, "unit"), unit, PROFILE_UNIT_MAX);
}

/* ---- offers and needs ---- */

static const struct profile_claim *find_claim(const struct profile *p, int side, struct str node) {
    for (uint32_t i = 0; i < p->claim_count[side]; i++)
        if (str_equal(str_trim(p->claims[side][i].node), str_trim(node)))
            return &p->claims[side][i];
    return NULL;
}

/* The basis can be raised by what the participant says, to declared and no further. */
static void check_basis(const struct checking *c, struct str path, const struct profile_claim *was,
                        enum basis basis) {
    if (basis == BASIS_CONFIRMED && (was == NULL || was->basis != BASIS_CONFIRMED))
        tell(c, path, "only organisers confirm: say declared",
             "只有组办方可以确认，请选择“企业申报”");
    if (basis == BASIS_INFERRED && was == NULL)
        tell(c, path, "nothing was inferred here: say declared",
             "此项并非推断所得，请选择“企业申报”");
}

static enum err check_claims(const struct checking *c, int side) {
    const char *list = side == PROFILE_OFFERS ? "offers" : "needs";
    const struct profile *p = c->said;
    enum err e = ERR_OK;
    if (p->claim_count[side] > 0 && c->now->exhibitor_id == 0) {
        tell(c, str_of(list), "are said by exhibitors alone: say what you look for under seeks",
             "仅展商填写；请在“寻求”中填写贵方需求");
        return ERR_OK;
    }
    if (!may_hold(c, list, p->claim_count[side], PROFILE_CLAIMS_MAX))
        return ERR_OK;
    for (uint32_t i = 0; i < p->claim_count[side] && e == ERR_OK; i++) {
        const struct profile_claim *claim = &p->claims[side][i];
        const struct profile_claim *first = find_claim(p, side, claim->node);
        e = check_node(c, at(c, list, i, "node"), claim->node, true);
        if (first != claim && str_trim(claim->node).len > 0)
            tell_twice(c, at(c, list, i, "node"), list, (uint32_t)(first - p->claims[side]));
        check_basis(c, at(c, list, i, "basis"), find_claim(c->now, side, claim->node),
                    claim->basis);
    }
    return e;
}

/* ---- seeks and volumes ---- */

static bool same_seek(const struct profile_seek *a, const struct profile_seek *b) {
    return a->kind == b->kind && str_equal(str_trim(a->node), str_trim(b->node)) &&
           str_equal(a->by_day, b->by_day) && str_equal(str_trim(a->note), str_trim(b->note));
}

static enum err check_seek(const struct checking *c, uint32_t i) {
    const struct profile_seek *seek = &c->said->seeks[i];
    enum err e = check_node(c, at(c, "seeks", i, "node"), seek->node, false);
    if (seek->kind == SEEK_UNKNOWN)
        tell(c, at(c, "seeks", i, "kind"), "is needed: say what is sought",
             "必须选择寻求的合作类型");
    check_quantity(c, "seeks", i, seek->quantity, seek->unit, false);
    if (seek->by_day.len > 0 && !clock_is_date(seek->by_day))
        tell(c, at(c, "seeks", i, "by_day"), "is a day as 2026-09-30", "日期应写作 2026-09-30");
    check_length(c, at(c, "seeks", i, "note"), seek->note, PROFILE_NOTE_MAX);
    for (uint32_t k = 0; k < i; k++)
        if (same_seek(seek, &c->said->seeks[k])) {
            tell_twice(c, at(c, "seeks", i, NULL), "seeks", k);
            break;
        }
    return e;
}

static enum err check_volume(const struct checking *c, uint32_t i) {
    const struct profile_volume *volume = &c->said->volumes[i];
    enum err e = check_node(c, at(c, "volumes", i, "node"), volume->node, true);
    if (volume->side == SIDE_UNKNOWN)
        tell(c, at(c, "volumes", i, "side"), "is needed: offer or need", "必须选择供给或需求");
    check_quantity(c, "volumes", i, volume->quantity, volume->unit, true);
    for (uint32_t k = 0; k < i; k++)
        if (c->said->volumes[k].side == volume->side &&
            str_equal(str_trim(c->said->volumes[k].node), str_trim(volume->node))) {
            tell_twice(c, at(c, "volumes", i, "node"), "volumes", k);
            break;
        }
    return e;
}

/* ---- lists of words ---- */

static void check_languages(const struct checking *c) {
    const struct profile *p = c->said;
    if (!may_hold(c, "languages", p->language_count, PROFILE_LANGUAGES_MAX))
        return;
    for (uint32_t i = 0; i < p->language_count; i++) {
        if (!profile_is_language(p->languages[i]))
            tell(c, at(c, "languages", i, NULL),
                 "is no language: give its two letters after ISO 639-1, as zh, en, de",
                 "不是有效的语言代码，请使用 ISO 639-1 两位字母，如 zh、en、de");
        for (uint32_t k = 0; k < i; k++)
            if (str_equal(p->languages[i], p->languages[k])) {
                tell_twice(c, at(c, "languages", i, NULL), "languages", k);
                break;
            }
    }
}

static void check_certificates(const struct checking *c) {
    const struct profile *p = c->said;
    if (!may_hold(c, "certificates", p->certificate_count, PROFILE_CERTIFICATES_MAX))
        return;
    for (uint32_t i = 0; i < p->certificate_count; i++) {
        struct str name = str_trim(p->certificates[i]);
        check_length(c, at(c, "certificates", i, NULL), name, PROFILE_CERTIFICATE_MAX);
        if (name.len == 0)
            tell(c, at(c, "certificates", i, NULL), "is empty: name it, or leave it out",
                 "内容为空，请填写证书名称或删去此项");
        if (str_find(name, STR(";")) != SIZE_MAX || str_find(name, STR("\n")) != SIZE_MAX)
            tell(c, at(c, "certificates", i, NULL), "is one certificate: give each an entry",
                 "每项只填一个证书，多个证书请分别填写");
        for (uint32_t k = 0; k < i; k++)
            if (str_equal_nocase(name, str_trim(p->certificates[k]))) {
                tell_twice(c, at(c, "certificates", i, NULL), "certificates", k);
                break;
            }
    }
}

static void check_day(const struct checking *c, uint32_t i, struct str starts, struct str ends) {
    struct str day = c->said->days[i], path = at(c, "days", i, NULL);
    if (!clock_is_date(day)) {
        tell(c, path, "is a day as 2026-06-22", "日期应写作 2026-06-22");
    } else if ((starts.len > 0 && str_compare(day, starts) < 0) ||
               (ends.len > 0 && str_compare(day, ends) > 0)) {
        struct arena *arena = c->faults->arena;
        profile_complain(
            c->faults, path,
            arena_printf(arena, "is outside the expo, which runs from %.*s to %.*s",
                         STR_ARG(starts), STR_ARG(ends)),
            arena_printf(arena, "不在展期内（%.*s 至 %.*s）", STR_ARG(starts), STR_ARG(ends)));
    }
    for (uint32_t k = 0; k < i; k++)
        if (str_equal(day, c->said->days[k])) {
            tell_twice(c, path, "days", k);
            break;
        }
}

static struct str text_of(const struct store_value *value) {
    return value->kind == STORE_TEXT ? value->text : STR("");
}

static enum err check_days(const struct checking *c) {
    struct edit_row edition;
    if (c->said->day_count == 0 || !may_hold(c, "days", c->said->day_count, PROFILE_DAYS_MAX))
        return ERR_OK;
    enum err e = edit_row_read(c->reader, TABLE_EDITION, c->now->edition_id, c->faults->arena,
                               &edition, c->info);
    for (uint32_t i = 0; i < c->said->day_count && e == ERR_OK; i++)
        check_day(c, i, text_of(&edition.values[EDITION_STARTS]),
                  text_of(&edition.values[EDITION_ENDS]));
    return e;
}

static void check_own(const struct checking *c) {
    const struct profile *p = c->said;
    check_languages(c);
    check_certificates(c);
    if (p->meetings_max == 0)
        tell(c, STR("meetings_max"),
             "is 1 at the least: to take no meetings, withdraw from matching (state: withdrawn); "
             "to leave it to the expo, give none",
             "至少为 1；如不参加洽谈，请退出对接；如不限定，请留空");
    else if (p->meetings_max != PROFILE_MEETINGS_OPEN &&
             (p->meetings_max < 0 || p->meetings_max > PROFILE_MEETINGS_MAX))
        tell(c, STR("meetings_max"), "is a whole number from 1 to 200, or none",
             "应为 1 到 200 之间的整数，或留空");
    check_length(c, STR("leader"), p->leader, PROFILE_LEADER_MAX);
    check_length(c, STR("note"), p->note, PROFILE_NOTE_MAX);
}

enum err profile_check(struct store_reader *reader, const struct profile *now,
                       const struct profile *said, struct profile_faults *faults,
                       struct errinfo *info) {
    const struct checking c = {reader, now, said, faults, info};
    enum err e = check_claims(&c, PROFILE_OFFERS);
    if (e == ERR_OK)
        e = check_claims(&c, PROFILE_NEEDS);
    bool may_seek = may_hold(&c, "seeks", said->seek_count, PROFILE_SEEKS_MAX);
    for (uint32_t i = 0; may_seek && i < said->seek_count && e == ERR_OK; i++)
        e = check_seek(&c, i);
    bool may_give = may_hold(&c, "volumes", said->volume_count, PROFILE_VOLUMES_MAX);
    for (uint32_t i = 0; may_give && i < said->volume_count && e == ERR_OK; i++)
        e = check_volume(&c, i);
    if (e == ERR_OK && may_hold(&c, "conditions", said->condition_count, PROFILE_CONDITIONS_MAX))
        e = profile_check_conditions(reader, now, said, faults, info);
    if (e == ERR_OK)
        e = check_days(&c);
    check_own(&c);
    return e == ERR_OK && faults->short_of_memory ? err_memory(info) : e;
}
