/* Loads the vocabulary, the editions and the areas of the one that is shown; see view.h. */
#include "service/view_loading.h"

#include <stdlib.h>

static enum err add_country(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct view_country country = {.code = loading_text(l, &v[COUNTRY_CODE], &ok),
                                   .name_en = loading_text(l, &v[COUNTRY_NAME_EN], &ok),
                                   .name_zh = loading_text(l, &v[COUNTRY_NAME_ZH], &ok)};
    if (!ok || !str_map_put(&l->country_by_code, country.code, (uint32_t)l->countries.len) ||
        !vec_push(&l->countries, country))
        return err_memory(info);
    return ERR_OK;
}

static enum err add_region(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct view_region region = {.code = loading_text(l, &v[REGION_CODE], &ok),
                                 .name_en = loading_text(l, &v[REGION_NAME_EN], &ok),
                                 .name_zh = loading_text(l, &v[REGION_NAME_ZH], &ok)};
    if (!ok || !str_map_put(&l->region_by_code, region.code, (uint32_t)l->regions.len) ||
        !vec_push(&l->regions, region))
        return err_memory(info);
    return ERR_OK;
}

static enum err add_edition(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct view_edition edition = {
        .id = id,
        .ordinal = loading_int(&v[EDITION_ORDINAL]),
        .code = loading_text(l, &v[EDITION_CODE], &ok),
        .name_en = loading_text(l, &v[EDITION_NAME_EN], &ok),
        .name_zh = loading_text(l, &v[EDITION_NAME_ZH], &ok),
        .city_en = loading_text(l, &v[EDITION_CITY_EN], &ok),
        .city_zh = loading_text(l, &v[EDITION_CITY_ZH], &ok),
        .venue_en = loading_text(l, &v[EDITION_VENUE_EN], &ok),
        .venue_zh = loading_text(l, &v[EDITION_VENUE_ZH], &ok),
        .starts = loading_text(l, &v[EDITION_STARTS], &ok),
        .ends = loading_text(l, &v[EDITION_ENDS], &ok),
        .theme_en = loading_text(l, &v[EDITION_THEME_EN], &ok),
        .theme_zh = loading_text(l, &v[EDITION_THEME_ZH], &ok),
        .summary_en = loading_text(l, &v[EDITION_SUMMARY_EN], &ok),
        .summary_zh = loading_text(l, &v[EDITION_SUMMARY_ZH], &ok),
        .website = loading_text(l, &v[EDITION_WEBSITE], &ok),
        .timezone = loading_text(l, &v[EDITION_TIMEZONE], &ok),
        .register_complete = loading_int(&v[EDITION_REGISTER_COMPLETE]) != 0,
        .current = loading_int(&v[EDITION_CURRENT]) != 0,
    };
    return ok && vec_push(&l->editions, edition) ? ERR_OK : err_memory(info);
}

static int by_ordinal(const void *a, const void *b) {
    const struct view_edition *x = a, *y = b;
    if (x->ordinal != y->ordinal)
        return x->ordinal < y->ordinal ? -1 : 1;
    return str_compare(x->code, y->code);
}

static enum err choose_edition(struct loading *l, struct str wanted, struct errinfo *info) {
    uint32_t chosen = VIEW_NONE;
    char known[ERR_TEXT_MAX] = "";
    for (uint32_t i = 0; i < l->editions.len; i++) {
        const struct view_edition *edition = &l->editions.at[i];
        size_t used = strlen(known);
        snprintf(known + used, sizeof(known) - used, "%s%.*s", used > 0 ? ", " : "",
                 STR_ARG(edition->code));
        if (wanted.len > 0 ? str_equal(edition->code, wanted) : edition->current)
            chosen = i;
    }
    if (chosen == VIEW_NONE && wanted.len == 0 && l->editions.len > 0)
        chosen = (uint32_t)l->editions.len - 1;
    if (chosen == VIEW_NONE) {
        if (l->editions.len == 0)
            err_set(info, ERR_NOT_FOUND, "the database has no edition yet");
        else
            err_set(info, ERR_NOT_FOUND, "there is no edition \"%.*s\"", STR_ARG(wanted));
        if (l->editions.len > 0)
            err_hint(info, "Editions: %s.", known);
        else
            err_hint(info, "Import one with: fairlead import DB editions.csv");
        return ERR_NOT_FOUND;
    }
    l->view->edition_index = chosen;
    l->edition_id = l->editions.at[chosen].id;
    return ERR_OK;
}

static enum err add_area(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct view_area area = {
        .id = id,
        .code = loading_text(l, &v[AREA_CODE], &ok),
        .kind = loading_text(l, &v[AREA_KIND], &ok),
        .name_en = loading_text(l, &v[AREA_NAME_EN], &ok),
        .name_zh = loading_text(l, &v[AREA_NAME_ZH], &ok),
        .novelty = loading_text(l, &v[AREA_NOVELTY], &ok),
        .qualifier = loading_text(l, &v[AREA_QUALIFIER], &ok),
        .note = loading_text(l, &v[AREA_NOTE], &ok),
        .source = loading_text(l, &v[AREA_SOURCE], &ok),
        .size_m2 = loading_int(&v[AREA_SIZE_M2]),
        .exhibitors_reported = loading_int(&v[AREA_EXHIBITORS]),
    };
    area.chain = str_map_get(&l->view->chain_by_code, area.code);
    uint32_t index = (uint32_t)l->areas.len;
    if (!ok || !u64_map_put(&l->area_by_id, (uint64_t)id, index) ||
        !str_map_put(&l->view->area_by_code, area.code, index) || !vec_push(&l->areas, area))
        return err_memory(info);
    return ERR_OK;
}

static enum err take_rule(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    /* Scanned in the order of ids; versions grow, so the last one is in force. */
    if (str_equal_c(v[RULE_KIND].text, "foreign"))
        l->foreign_rule = loading_text(l, &v[RULE_BODY], &ok);
    return ok ? ERR_OK : err_memory(info);
}

enum err loading_editions(struct loading *l, struct str code_wanted, struct errinfo *info) {
    enum err code = store_scan(l->reader, TABLE_COUNTRY, add_country, l, info);
    if (code == ERR_OK)
        code = store_scan(l->reader, TABLE_REGION, add_region, l, info);
    if (code == ERR_OK)
        code = store_scan(l->reader, TABLE_RULE, take_rule, l, info);
    if (code == ERR_OK)
        code = store_scan(l->reader, TABLE_EDITION, add_edition, l, info);
    if (code != ERR_OK)
        return code;
    if (l->editions.len > 0)
        qsort(l->editions.at, l->editions.len, sizeof(*l->editions.at), by_ordinal);
    for (uint32_t i = 0; i < l->editions.len; i++)
        if (!u64_map_put(&l->edition_by_id, (uint64_t)l->editions.at[i].id, i))
            return err_memory(info);
    code = choose_edition(l, code_wanted, info);
    struct store_value edition = store_int(l->edition_id);
    if (code == ERR_OK)
        code = store_scan_equal(l->reader, TABLE_AREA, AREA_EDITION_ID, edition, add_area, l, info);
    return code;
}
