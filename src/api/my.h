/*
 * The participant's part of the API: what an exhibitor, or a buyer, delegation or institution
 * without a stand, sees and changes of itself.
 *
 * Each route names the participant in its path, and the services check that whoever asks may do it
 * for that one (service/access.h): organisers use the same routes.
 */
#ifndef FAIRLEAD_API_MY_H
#define FAIRLEAD_API_MY_H

#include "api/desk_forms.h"
#include "api/route.h"
#include "base/json.h"
#include "service/view.h"

struct store_reader;

extern const struct api_param api_path_participant;

/* my_persons.c */
api_draw api_draw_my_participants, api_draw_leave, api_draw_persons, api_draw_remove_person,
    api_draw_new_invitation, api_draw_persons_invited, api_draw_revoke_invitation;
extern const struct api_body api_body_invitation, api_body_leave;
extern const struct api_form api_form_my_participants, api_form_persons, api_form_persons_invited,
    api_form_invited;

/* my_consents.c */
api_draw api_draw_consents, api_draw_set_consent;
extern const struct api_body api_body_consent;
extern const struct api_form api_form_consents;

/* my_matches.c */
api_draw api_draw_my_matches, api_draw_request_match, api_draw_answer_match,
    api_draw_withdraw_match;
extern const struct api_body api_body_match_reply, api_body_match_leaving, api_body_match_request;
extern const struct api_form api_form_my_matches, api_form_match_outcome;
/* my_profile.c */
api_draw api_draw_profile, api_draw_set_profile;
extern const struct api_body api_body_profile;
extern const struct api_form api_form_profile;

/* my_wishes.c */
api_draw api_draw_wishes, api_draw_add_wishes, api_draw_decide_wish, api_draw_delete_wish;
extern const struct api_body api_body_wishes, api_body_wish;
extern const struct api_form api_form_wishes, api_form_wishes_added;

/* desk_partners.c */
api_draw api_draw_participant_of_exhibitor, api_draw_new_registration_link,
    api_draw_registration_links, api_draw_revoke_registration_link;
extern const struct api_body api_body_stand, api_body_registration_link;
extern const struct api_form api_form_participant_made, api_form_registration_links,
    api_form_registration_link_made;

/* my_registration.c */
api_draw api_draw_registration_look, api_draw_register;
extern const struct api_body api_body_registration_look, api_body_registration;
extern const struct api_form api_form_registration_offered;

/* my_place.c */
api_draw api_draw_my_place;
extern const struct api_form api_form_place, api_form_stand;

/* my_why.c */
api_draw api_draw_my_why;
extern const struct api_param api_param_partner;
extern const struct api_form api_form_my_why;

/* What a participant is. */
struct api_side {
    int64_t edition_id, organisation_id;
    uint32_t kind; /* of kind_participant */
};
enum err api_find_side(struct store_reader *reader, int64_t participant_id, struct api_side *out,
                       struct errinfo *info) ERR_CHECK;

/* Lends the call the picture of an edition, until its reply is sent. */
enum err api_open_edition(struct api_call *call, struct store_reader *reader, int64_t edition_id,
                          struct errinfo *info) ERR_CHECK;

/* The key "stands": the first places of an exhibitor (VIEW_NONE: none) in the chains. */
void api_write_stands(struct json_out *json, const struct view *view, uint32_t exhibitor);

#endif
