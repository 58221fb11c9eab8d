/* Loads pavilions with their texts and pictures, the programme, and the figures; see view.h. */
#include <stdlib.h>

#include "service/view_loading.h"

/* Pavilions ------------------------------------------------------------------------------------ */

static enum err add_pavilion(void *ctx, int64_t id, const struct store_value *v,
                             struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct view_pavilion pavilion = {
        .id = id,
        .kind = loading_text(l, &v[PAVILION_KIND], &ok),
        .name_en = loading_text(l, &v[PAVILION_NAME_EN], &ok),
        .name_zh = loading_text(l, &v[PAVILION_NAME_ZH], &ok),
        .code = loading_text(l, &v[PAVILION_CODE], &ok),
        .theme_en = loading_text(l, &v[PAVILION_THEME], &ok),
        .theme_zh = loading_text(l, &v[PAVILION_THEME_ZH], &ok),
        .qualifier = loading_text(l, &v[PAVILION_QUALIFIER], &ok),
        .source = loading_text(l, &v[PAVILION_SOURCE], &ok),
        .participants = loading_int(&v[PAVILION_PARTICIPANTS]),
    };
    return ok && vec_push(&l->pavilions, pavilion) ? ERR_OK : err_memory(info);
}

/* Guest countries, guest provinces, then all others as they came. */
static int guest_rank(const struct view_pavilion *pavilion) {
    uint32_t kind = kind_of_code(&kind_pavilion, pavilion->kind);
    return kind == PAVILION_GUEST_COUNTRY ? 0 : kind == PAVILION_GUEST_PROVINCE ? 1 : 2;
}

static int by_honour(const void *a, const void *b) {
    const struct view_pavilion *x = a, *y = b;
    if (guest_rank(x) != guest_rank(y))
        return guest_rank(x) - guest_rank(y);
    return x->id < y->id ? -1 : x->id > y->id;
}

static enum err add_text(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct view_text text = {.pavilion =
                                 loading_ref(&l->pavilion_by_id, &v[PAVILION_TEXT_PAVILION_ID])};
    if (text.pavilion == VIEW_NONE)
        return ERR_OK;
    text.section = (uint8_t)loading_kind(&kind_section, &v[PAVILION_TEXT_SECTION]);
    text.text_en = loading_text(l, &v[PAVILION_TEXT_TEXT_EN], &ok);
    text.text_zh = loading_text(l, &v[PAVILION_TEXT_TEXT_ZH], &ok);
    text.source = loading_text(l, &v[PAVILION_TEXT_SOURCE], &ok);
    return ok && vec_push(&l->texts, text) ? ERR_OK : err_memory(info);
}

static int by_section(const void *a, const void *b) {
    const struct view_text *x = a, *y = b;
    if (x->pavilion != y->pavilion)
        return x->pavilion < y->pavilion ? -1 : 1;
    return (int)x->section - (int)y->section;
}

static enum err add_picture(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct view_picture picture = {
        .id = id, .pavilion = loading_ref(&l->pavilion_by_id, &v[PICTURE_PAVILION_ID])};
    if (picture.pavilion == VIEW_NONE)
        return ERR_OK;
    picture.digest = loading_text(l, &v[PICTURE_DIGEST], &ok);
    picture.format = loading_text(l, &v[PICTURE_FORMAT], &ok);
    picture.alt_en = loading_text(l, &v[PICTURE_ALT_EN], &ok);
    picture.alt_zh = loading_text(l, &v[PICTURE_ALT_ZH], &ok);
    picture.credit = loading_text(l, &v[PICTURE_CREDIT], &ok);
    picture.width = loading_int(&v[PICTURE_WIDTH]);
    picture.height = loading_int(&v[PICTURE_HEIGHT]);
    picture.position = loading_int(&v[PICTURE_POSITION]);
    return ok && vec_push(&l->pictures, picture) ? ERR_OK : err_memory(info);
}

static int by_position(const void *a, const void *b) {
    const struct view_picture *x = a, *y = b;
    if (x->pavilion != y->pavilion)
        return x->pavilion < y->pavilion ? -1 : 1;
    if ((x->position == 0) != (y->position == 0))
        return x->position == 0 ? 1 : -1;
    if (x->position != y->position)
        return x->position < y->position ? -1 : 1;
    return str_compare(x->digest, y->digest);
}

static enum err load_pavilions(struct loading *l, struct errinfo *info) {
    enum err code = store_scan_equal(l->reader, TABLE_PAVILION, PAVILION_EDITION_ID,
                                     store_int(l->edition_id), add_pavilion, l, info);
    if (code != ERR_OK)
        return code;
    if (l->pavilions.len > 0)
        qsort(l->pavilions.at, l->pavilions.len, sizeof(*l->pavilions.at), by_honour);
    for (uint32_t i = 0; i < l->pavilions.len; i++)
        if (!u64_map_put(&l->pavilion_by_id, (uint64_t)l->pavilions.at[i].id, i))
            return err_memory(info);
    code = store_scan(l->reader, TABLE_PAVILION_TEXT, add_text, l, info);
    if (code == ERR_OK)
        code = store_scan(l->reader, TABLE_PICTURE, add_picture, l, info);
    if (code != ERR_OK)
        return code;
    if (l->texts.len > 0)
        qsort(l->texts.at, l->texts.len, sizeof(*l->texts.at), by_section);
    if (l->pictures.len > 0)
        qsort(l->pictures.at, l->pictures.len, sizeof(*l->pictures.at), by_position);
    for (uint32_t i = (uint32_t)l->texts.len; i-- > 0;) {
        struct view_pavilion *pavilion = &l->pavilions.at[l->texts.at[i].pavilion];
        pavilion->text_first = i;
        pavilion->texts++;
    }
    for (uint32_t i = (uint32_t)l->pictures.len; i-- > 0;) {
        struct view_pavilion *pavilion = &l->pavilions.at[l->pictures.at[i].pavilion];
        pavilion->picture_first = i;
        pavilion->pictures++;
    }
    return ERR_OK;
}

/* Programme ------------------------------------------------------------------------------------ */

static enum err add_programme(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct view_programme_entry entry = {
        .id = id,
        .code = loading_text(l, &v[PROGRAMME_ENTRY_CODE], &ok),
        .starts = loading_text(l, &v[PROGRAMME_ENTRY_STARTS], &ok),
        .ends = loading_text(l, &v[PROGRAMME_ENTRY_ENDS], &ok),
        .start_time = loading_text(l, &v[PROGRAMME_ENTRY_START_TIME], &ok),
        .end_time = loading_text(l, &v[PROGRAMME_ENTRY_END_TIME], &ok),
        .time_of_day = loading_text(l, &v[PROGRAMME_ENTRY_TIME_OF_DAY], &ok),
        .kind = loading_text(l, &v[PROGRAMME_ENTRY_KIND], &ok),
        .state = loading_text(l, &v[PROGRAMME_ENTRY_STATE], &ok),
        .area = loading_text(l, &v[PROGRAMME_ENTRY_AREA], &ok),
        .title_en = loading_text(l, &v[PROGRAMME_ENTRY_TITLE_EN], &ok),
        .title_zh = loading_text(l, &v[PROGRAMME_ENTRY_TITLE_ZH], &ok),
        .summary_en = loading_text(l, &v[PROGRAMME_ENTRY_SUMMARY_EN], &ok),
        .summary_zh = loading_text(l, &v[PROGRAMME_ENTRY_SUMMARY_ZH], &ok),
        .place_en = loading_text(l, &v[PROGRAMME_ENTRY_PLACE_EN], &ok),
        .place_zh = loading_text(l, &v[PROGRAMME_ENTRY_PLACE_ZH], &ok),
        .hosts_en = loading_text(l, &v[PROGRAMME_ENTRY_HOSTS], &ok),
        .hosts_zh = loading_text(l, &v[PROGRAMME_ENTRY_HOSTS_ZH], &ok),
        .note = loading_text(l, &v[PROGRAMME_ENTRY_NOTE], &ok),
        .source = loading_text(l, &v[PROGRAMME_ENTRY_SOURCE], &ok),
        .participants = loading_int(&v[PROGRAMME_ENTRY_PARTICIPANTS]),
    };
    entry.area_index = str_map_get(&l->view->area_by_code, entry.area);
    if (!ok || !u64_map_put(&l->programme_by_id, (uint64_t)id, (uint32_t)l->programme.len) ||
        !vec_push(&l->programme, entry))
        return err_memory(info);
    return ERR_OK;
}

struct str view_day_position(const struct view_programme_entry *entry) {
    static const char *const positions[] = {
        [TIME_UNKNOWN] = "~",       [TIME_MORNING] = "08:00", [TIME_NOON] = "12:00",
        [TIME_AFTERNOON] = "13:00", [TIME_EVENING] = "18:00", [TIME_ALL_DAY] = ""};
    return entry->start_time.len > 0
               ? entry->start_time
               : str_of(positions[kind_of_code(&kind_time_of_day, entry->time_of_day)]);
}

static int by_day(const void *a, const void *b) {
    const struct view_programme_entry *x = a, *y = b;
    if ((x->starts.len == 0) != (y->starts.len == 0))
        return x->starts.len == 0 ? 1 : -1;
    int order = str_compare(x->starts, y->starts);
    if (order == 0)
        order = str_compare(view_day_position(x), view_day_position(y));
    return order != 0 ? order : str_compare(x->code, y->code);
}

static enum err add_revision(void *ctx, int64_t id, uint32_t changes, int64_t at_ms,
                             struct errinfo *info) {
    struct loading *l = ctx;
    uint32_t at = u64_map_get(&l->programme_by_id, (uint64_t)id);
    if (at != MAP_NONE) {
        l->programme.at[at].revision = changes;
        l->programme.at[at].changed_ms = at_ms;
    }
    return ERR_OK;
}

/* Figures -------------------------------------------------------------------------------------- */

static enum err add_figure(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    struct loading *l = ctx;
    bool ok = true;
    struct view_figure figure = {
        .id = id,
        .edition = loading_ref(&l->edition_by_id, &v[FIGURE_EDITION_ID]),
        .figure = loading_text(l, &v[FIGURE_FIGURE], &ok),
        .value = loading_text(l, &v[FIGURE_VALUE], &ok),
        .unit = loading_text(l, &v[FIGURE_UNIT], &ok),
        .qualifier = loading_text(l, &v[FIGURE_QUALIFIER], &ok),
        .state = loading_text(l, &v[FIGURE_STATE], &ok),
        .as_of = loading_text(l, &v[FIGURE_AS_OF], &ok),
        .definition_en = loading_text(l, &v[FIGURE_DEFINITION], &ok),
        .definition_zh = loading_text(l, &v[FIGURE_DEFINITION_ZH], &ok),
        .source = loading_text(l, &v[FIGURE_SOURCE], &ok),
    };
    if (figure.edition == VIEW_NONE)
        return ERR_OK;
    return ok && vec_push(&l->figures, figure) ? ERR_OK : err_memory(info);
}

static int by_edition(const void *a, const void *b) {
    const struct view_figure *x = a, *y = b;
    if (x->edition != y->edition)
        return x->edition < y->edition ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

enum err loading_event(struct loading *l, struct errinfo *info) {
    enum err code = load_pavilions(l, info);
    if (code == ERR_OK)
        code = store_scan_equal(l->reader, TABLE_PROGRAMME_ENTRY, PROGRAMME_ENTRY_EDITION_ID,
                                store_int(l->edition_id), add_programme, l, info);
    if (code == ERR_OK)
        code = store_revisions(l->reader, TABLE_PROGRAMME_ENTRY, add_revision, l, info);
    if (code == ERR_OK)
        code = store_scan(l->reader, TABLE_FIGURE, add_figure, l, info);
    if (code != ERR_OK)
        return code;
    if (l->programme.len > 0)
        qsort(l->programme.at, l->programme.len, sizeof(*l->programme.at), by_day);
    if (l->figures.len > 0)
        qsort(l->figures.at, l->figures.len, sizeof(*l->figures.at), by_edition);
    return ERR_OK;
}
