/* How an account is written, for the routes that show one. */
#ifndef FAIRLEAD_API_DESK_ACCOUNT_H
#define FAIRLEAD_API_DESK_ACCOUNT_H

#include "base/json.h"
#include "service/accounts.h"

/* {id, email, name, language, state, has_password, created_ms, grants: [...]} */
void api_write_account(struct json_out *json, const struct account *account);

#endif
