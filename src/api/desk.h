/*
 * The desk's part of the API: sessions, accounts, records, changes and their history.
 *
 * These are the draws, forms and bodies that the table of routes names; each file desk_*.c holds
 * one group of them. All but signing in ask who it is first (session.h); what that person may do in
 * one place and not in another, the services check (service/access.h).
 */
#ifndef FAIRLEAD_API_DESK_H
#define FAIRLEAD_API_DESK_H

#include "api/desk_forms.h"
#include "api/route.h"

/* desk_session.c */
api_draw api_draw_sign_in, api_draw_redeem, api_draw_join, api_draw_send_link, api_draw_session,
    api_draw_new_password, api_draw_sign_out, api_draw_sessions, api_draw_end_session;
extern const struct api_body api_body_sign_in, api_body_redeem, api_body_join, api_body_link,
    api_body_password;

/* desk_accounts.c */
api_draw api_draw_accounts, api_draw_new_account, api_draw_account, api_draw_account_link,
    api_draw_tokens, api_draw_new_token, api_draw_revoke_token;
extern const struct api_body api_body_account, api_body_token;

/* desk_persons.c */
api_draw api_draw_person_report, api_draw_erase, api_draw_retention, api_draw_set_retention;
extern const struct api_body api_body_period;

/* desk_records.c */
api_draw api_draw_tables, api_draw_records, api_draw_record, api_draw_record_history;
extern const struct api_param api_param_where, api_param_text, api_param_after, api_param_page_size;

/* desk_changes.c */
api_draw api_draw_changes;
extern const struct api_body api_body_changes;

/* desk_batches.c */
api_draw api_draw_batches, api_draw_batch, api_draw_undo;
extern const struct api_param api_param_from_ms, api_param_to_ms, api_param_since,
    api_param_account, api_param_before, api_param_of_table, api_param_of_record, api_param_batches,
    api_param_log_text;

/* desk_merge.c */
api_draw api_draw_duplicates, api_draw_decision, api_draw_merge;
extern const struct api_body api_body_decision, api_body_merge;
extern const char api_schema_duplicates[];

/* desk_uploads.c */
api_draw api_draw_uploads, api_draw_new_upload, api_draw_upload, api_draw_set_upload,
    api_draw_apply_upload, api_draw_drop_upload;
extern const char api_schema_upload[], api_schema_uploads[];
extern const struct api_param api_param_file_name, api_param_from_row, api_param_rows,
    api_param_only;

/* desk_classify.c */
api_draw api_draw_classify;
extern const struct api_body api_body_text;

/* desk_preview.c */
api_draw api_draw_preview;
extern const struct api_body api_body_preview;

/* desk_drafts.c */
api_draw api_draw_drafts, api_draw_draft, api_draw_keep_draft, api_draw_drop_draft,
    api_draw_presence;
extern const struct api_param api_path_draft;
extern const struct api_body api_body_presence;

/* desk_pictures.c */
api_draw api_draw_new_picture;
extern const struct api_param api_param_of_pavilion, api_param_alt_en, api_param_alt_zh,
    api_param_credit;

/* desk_board.c */
api_draw api_draw_board, api_draw_invitations, api_draw_rollover;
extern const struct api_param api_param_cases, api_param_suggestions, api_param_list_format,
    api_param_list_lang;
extern const struct api_body api_body_rollover;

/* desk_care.c */
api_draw api_draw_backup, api_draw_check;

#endif
