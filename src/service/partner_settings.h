/*
 * How an edition suggests partners: the weights of the parts of a score, how many suggestions a
 * firm gets at the most and, where it is small, medium or new, at least, and how long a round waits
 * for answers. Without rows in the store the program's own hold.
 *
 * Thread rule: that of the store and reader given.
 */
#ifndef FAIRLEAD_SERVICE_PARTNER_SETTINGS_H
#define FAIRLEAD_SERVICE_PARTNER_SETTINGS_H

#include "base/json.h"
#include "engine/match/score.h"
#include "service/access.h"
#include "store/store.h"

enum {
    PARTNER_SUGGESTIONS_DEFAULT = 10, /* two or three a day, beside what firms plan themselves */
    PARTNER_SUGGESTIONS_MOST = 100,
    PARTNER_FLOOR_DEFAULT = 5,
    PARTNER_ANSWER_DAYS_DEFAULT = 14,
    PARTNER_ANSWER_DAYS_MOST = 365,
    PARTNER_WEIGHT_WHOLE = 1000, /* the store keeps thousandths */
};

struct partner_settings {
    uint32_t suggestions_max, floor, answer_days;
    double weight[MATCH_PARTS]; /* 0 to 1 */
};

/* The program's own. */
struct partner_settings partner_settings_default(void);

/* Those of an edition. O(its rows). */
enum err partner_settings_read(struct store_reader *reader, int64_t edition_id,
                               struct partner_settings *out, struct errinfo *info) ERR_CHECK;

/* Whether all are in range; ERR_INPUT names the one that is not. */
enum err partner_settings_check(const struct partner_settings *settings,
                                struct errinfo *info) ERR_CHECK;

/* Keeps them inside the open batch. By RIGHT_ROUND_RUN; ERR_INPUT as of partner_settings_check. */
enum err partner_settings_write(struct store *store, const struct access *by, int64_t edition_id,
                                const struct partner_settings *settings,
                                struct errinfo *info) ERR_CHECK;

/* The part of a code ("fit-need"); MATCH_PARTS when there is none. */
enum match_part partner_part_of_code(struct str code);

/* {"fit-need": 1000, ...} in thousandths, as a round keeps its weights. */
void partner_weights_write(struct json_out *json, const double weight[MATCH_PARTS]);

#endif
