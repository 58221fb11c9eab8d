/*
 * The organiser's part of matching: rounds of suggestions, their settings, and why two are
 * suggested or not. What a participant sees of itself is in my.h.
 *
 * A round is run on the thread of the request, on the edition's snapshot and a reader; only keeping
 * it is a job of the writer. Thread rule: a call belongs to one request.
 */
#ifndef FAIRLEAD_API_PARTNERS_H
#define FAIRLEAD_API_PARTNERS_H

#include "api/desk_forms.h"
#include "api/route.h"
#include "service/partner_keep.h"
#include "service/partner_parts.h"

/* partner_rounds.c */
api_draw api_draw_rounds, api_draw_run_round, api_draw_round, api_draw_release_round,
    api_draw_close_round, api_draw_delete_round;
extern const struct api_param api_path_round, api_param_against;
extern const struct api_body api_body_run_round;
extern const struct api_form api_form_rounds, api_form_round_effects, api_form_released,
    api_form_closed;

/* partner_pairs.c */
api_draw api_draw_round_pairs;
extern const struct api_param api_param_of_organisation, api_param_from_pair, api_param_pairs,
    api_param_pair_words, api_param_pair_state, api_param_pairs_format;
extern const struct api_form api_form_round_pairs;

/* partner_answers.c */
api_draw api_draw_round_answers;
extern const struct api_form api_form_round_answers;

/* partner_settings.c */
api_draw api_draw_partner_settings, api_draw_set_partner_settings, api_draw_preview_partners;
extern const struct api_body api_body_partner_settings;
extern const struct api_form api_form_partner_settings, api_form_partner_preview;

/* partner_why.c */
api_draw api_draw_partner_why;
extern const struct api_param api_param_first, api_param_second;
extern const struct api_form api_form_partner_why;

/* Shared by the files above ------------------------------------------------------------------- */

/* A comparison of two rounds: its form, and its members under a key. */
extern const struct api_form api_form_comparison;
void api_write_comparison(struct json_out *json, const struct view *view,
                          const struct partner_comparison *comparison);

/* The members of a round's effects in an open object: groups, gaps, firms with few. */
extern const struct api_form api_form_partner_group, api_form_partner_gap, api_form_partner_few;
enum err api_write_effects(struct json_out *json, const struct partner_round *round,
                           struct arena *arena, struct errinfo *info) ERR_CHECK;

/* The round that the path names, its pairs, and a reader; the call is lent the view of its
 * edition. */
struct api_round {
    struct store_reader *reader;
    struct partner_round_row row;
    struct partner_kept *pairs;
    uint32_t count;
};
enum err api_find_round(struct api_call *call, bool with_parts, struct api_round *out,
                        struct errinfo *info) ERR_CHECK;

/* Words of the codes in forms: groupings, reasons for few suggestions, parts of a score. */
const char *api_grouping_word(uint32_t n);
const char *api_lack_word(uint32_t n);
const char *api_part_code_word(uint32_t n);

/* "organisation_id", "name_en", "name_zh" of an organisation. */
void api_write_named(struct json_out *json, const struct view *view, int64_t organisation_id);

/* The weights of a settings or round: {"fit-need": 0.45, ...}. */
void api_write_weights(struct json_out *json, const double weight[MATCH_PARTS]);

/* Reasons as [{part, value, words_en, words_zh}] under the key "reasons". ERR_MEMORY. */
extern const struct api_form api_form_reason;
enum err api_write_reasons(struct json_out *json, const struct view *view,
                           const struct partner_parts *parts, bool is_to_first,
                           const double *weight, struct arena *arena,
                           struct errinfo *info) ERR_CHECK;

#endif
