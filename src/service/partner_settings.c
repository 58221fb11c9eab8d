/* Settings of an edition in match_settings and match_weight; see partner_settings.h. */
#include "service/partner_settings.h"

#include <math.h>

#include "base/vec.h"

struct partner_settings partner_settings_default(void) {
    struct partner_settings settings = {.suggestions_max = PARTNER_SUGGESTIONS_DEFAULT,
                                        .floor = PARTNER_FLOOR_DEFAULT,
                                        .answer_days = PARTNER_ANSWER_DAYS_DEFAULT};
    for (int part = 0; part < MATCH_PARTS; part++)
        settings.weight[part] = match_default_weight((enum match_part)part);
    return settings;
}

enum match_part partner_part_of_code(struct str code) {
    int part = 0;
    while (part < MATCH_PARTS && !str_equal_c(code, match_part_code((enum match_part)part)))
        part++;
    return (enum match_part)part;
}

struct rows {
    struct partner_settings *settings;
    int64_t settings_id, weight_id[MATCH_PARTS]; /* 0 = there is no row */
};

static uint32_t number(const struct store_value *v, uint32_t most) {
    return v->integer < 0 ? 0 : v->integer > most ? most : (uint32_t)v->integer;
}

static enum err take_settings(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    struct rows *rows = ctx;
    rows->settings_id = id;
    rows->settings->suggestions_max =
        number(&v[MATCH_SETTINGS_SUGGESTIONS_MAX], PARTNER_SUGGESTIONS_MOST);
    rows->settings->floor = number(&v[MATCH_SETTINGS_FLOOR], PARTNER_SUGGESTIONS_MOST);
    rows->settings->answer_days = number(&v[MATCH_SETTINGS_ANSWER_DAYS], PARTNER_ANSWER_DAYS_MOST);
    return ERR_OK;
}

static enum err take_weight(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    struct rows *rows = ctx;
    enum match_part part = partner_part_of_code(v[MATCH_WEIGHT_PART].text);
    if (part == MATCH_PARTS)
        return ERR_OK; /* of a part that this version does not know */
    rows->weight_id[part] = id;
    rows->settings->weight[part] =
        (double)number(&v[MATCH_WEIGHT_WEIGHT], PARTNER_WEIGHT_WHOLE) / PARTNER_WEIGHT_WHOLE;
    return ERR_OK;
}

static enum err read_rows(struct store_reader *reader, int64_t edition_id, struct rows *rows,
                          struct errinfo *info) {
    struct store_value edition = store_int(edition_id);
    *rows->settings = partner_settings_default();
    enum err code = store_scan_equal(reader, TABLE_MATCH_SETTINGS, MATCH_SETTINGS_EDITION_ID,
                                     edition, take_settings, rows, info);
    return code == ERR_OK ? store_scan_equal(reader, TABLE_MATCH_WEIGHT, MATCH_WEIGHT_EDITION_ID,
                                             edition, take_weight, rows, info)
                          : code;
}

enum err partner_settings_read(struct store_reader *reader, int64_t edition_id,
                               struct partner_settings *out, struct errinfo *info) {
    struct rows rows = {.settings = out};
    return read_rows(reader, edition_id, &rows, info);
}

enum err partner_settings_check(const struct partner_settings *s, struct errinfo *info) {
    if (s->suggestions_max < 1 || s->suggestions_max > PARTNER_SUGGESTIONS_MOST)
        return err_set(info, ERR_INPUT, "suggestions_max is %u and must be from 1 to %d",
                       s->suggestions_max, PARTNER_SUGGESTIONS_MOST);
    if (s->floor > s->suggestions_max)
        return err_set(info, ERR_INPUT, "floor is %u and must not be above suggestions_max, %u",
                       s->floor, s->suggestions_max);
    if (s->answer_days < 1 || s->answer_days > PARTNER_ANSWER_DAYS_MOST)
        return err_set(info, ERR_INPUT, "answer_days is %u and must be from 1 to %d",
                       s->answer_days, PARTNER_ANSWER_DAYS_MOST);
    return match_weights_check(s->weight, info);
}

/* Updates the row, or makes one. */
static enum err put(struct store *store, enum store_table table, int64_t id,
                    const struct store_cell *cells, uint32_t count, struct errinfo *info) {
    int64_t made;
    return id != 0 ? store_update(store, table, id, cells, count, info)
                   : store_insert(store, table, cells, count, &made, info);
}

static int64_t thousandths(double weight) {
    return (int64_t)lround(weight * PARTNER_WEIGHT_WHOLE);
}

enum err partner_settings_write(struct store *store, const struct access *by, int64_t edition_id,
                                const struct partner_settings *settings, struct errinfo *info) {
    struct partner_settings before;
    struct rows rows = {.settings = &before};
    struct store_value edition = store_int(edition_id);
    enum err code = access_check(by, RIGHT_ROUND_RUN, NULL, info);
    if (code == ERR_OK)
        code = partner_settings_check(settings, info);
    if (code == ERR_OK)
        code = read_rows(store_reader_of(store), edition_id, &rows, info);
    struct store_cell cells[] = {
        {MATCH_SETTINGS_EDITION_ID, edition},
        {MATCH_SETTINGS_SUGGESTIONS_MAX, store_int(settings->suggestions_max)},
        {MATCH_SETTINGS_FLOOR, store_int(settings->floor)},
        {MATCH_SETTINGS_ANSWER_DAYS, store_int(settings->answer_days)}};
    if (code == ERR_OK)
        code = put(store, TABLE_MATCH_SETTINGS, rows.settings_id, cells, 4, info);
    for (int part = 0; part < MATCH_PARTS && code == ERR_OK; part++) {
        struct str name = str_of(match_part_code((enum match_part)part));
        struct store_cell weight[] = {
            {MATCH_WEIGHT_EDITION_ID, edition},
            {MATCH_WEIGHT_PART, store_text(name)},
            {MATCH_WEIGHT_WEIGHT, store_int(thousandths(settings->weight[part]))}};
        code = put(store, TABLE_MATCH_WEIGHT, rows.weight_id[part], weight, 3, info);
    }
    return code;
}

void partner_weights_write(struct json_out *json, const double weight[MATCH_PARTS]) {
    json_open(json);
    for (int part = 0; part < MATCH_PARTS; part++)
        json_key_i64(json, match_part_code((enum match_part)part), thousandths(weight[part]));
    json_close(json);
}
