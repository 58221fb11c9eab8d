/* How an account is written, for the routes that show one. */
#ifndef FAIRLEAD_API_DESK_ACCOUNT_H
#define FAIRLEAD_API_DESK_ACCOUNT_H

#include "base/json.h"
#include "service/accounts.h"

#define API_ACCOUNT_FORM                                                                           \
    "{\"type\":\"object\",\"required\":[\"id\",\"email\",\"name\",\"language\",\"state\","         \
    "\"has_password\",\"created_ms\",\"grants\"],\"properties\":{\"id\":{\"type\":\"integer\"},"   \
    "\"email\":{\"type\":[\"string\",\"null\"]},\"name\":{\"type\":[\"string\",\"null\"]},"        \
    "\"language\":{\"type\":\"string\"},\"state\":{\"type\":\"string\"},\"has_password\":{"        \
    "\"type\":\"boolean\"},\"created_ms\":{\"type\":\"integer\"},\"grants\":{\"type\":\"array\","  \
    "\"items\":{\"type\":\"object\",\"required\":[\"role\",\"chain_id\",\"pavilion_id\"],"         \
    "\"properties\":{\"role\":{\"type\":\"string\"},\"chain_id\":{\"type\":[\"integer\","          \
    "\"null\"]},\"pavilion_id\":{\"type\":[\"integer\",\"null\"]}}}}}}"

/* {id, email, name, language, state, has_password, created_ms, grants: [...]} */
void api_write_account(struct json_out *json, const struct account *account);

#endif
