/* The forms of the desk's replies and of what its bodies hold (form.h). Constants. */
#ifndef FAIRLEAD_API_DESK_FORMS_H
#define FAIRLEAD_API_DESK_FORMS_H

#include "api/form.h"

/* Who is signed in, accounts and what is kept about persons. */
extern const struct api_form api_form_session, api_form_sessions, api_form_account,
    api_form_accounts, api_form_grant_wanted, api_form_secret, api_form_tokens, api_form_report,
    api_form_retention, api_form_retention_effect;

/* Records and their changes. */
extern const struct api_form api_form_tables, api_form_record, api_form_records, api_form_history,
    api_form_operation, api_form_changed, api_form_batches, api_form_batch, api_form_undo,
    api_form_classified, api_form_drafts, api_form_draft, api_form_others;

/* Work on an edition, and care. */
extern const struct api_form api_form_board, api_form_rolled_over, api_form_picture,
    api_form_upload_id, api_form_check;

#endif
