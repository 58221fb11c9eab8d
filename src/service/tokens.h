/*
 * API tokens: what a program signs in with, in the place of a person.
 *
 * A token acts for its account and has the account's rights of the moment, cut down to its scope
 * (access.h): it can never manage accounts, erase or back up. Its text ("flt_" and 43 characters;
 * the beginning lets scanners of leaked secrets know it) is shown once, when it is made; the
 * database has its digest. Making and revoking are lines of the change log.
 *
 * Ownership: plain values. Thread rule: that of the store and reader given. secret_start comes
 * first (secret.h).
 */
#ifndef FAIRLEAD_SERVICE_TOKENS_H
#define FAIRLEAD_SERVICE_TOKENS_H

#include "service/accounts.h"
#include "service/secret.h"

#define TOKEN_PREFIX "flt_"
enum {
    TOKEN_CHARS = SECRET_CHARS + 4,
    TOKEN_NAME_MAX = 100, /* bytes */
    TOKEN_DAYS_MAX = 366, /* a token that nobody uses any more ends by itself */
    TOKENS_MAX = 50,      /* of one account that can be used */
};

struct token_request {
    struct str name; /* what it is for, in its owner's words */
    enum access_token scope;
    int64_t now_ms;
    int64_t expires_ms; /* at most TOKEN_DAYS_MAX from now */
};

struct token {
    int64_t id, account_id;
    char name[TOKEN_NAME_MAX + 1];
    enum access_token scope;
    int64_t created_ms, expires_ms;
    int64_t revoked_ms; /* 0 = is not */
};

/* Makes a token for the account that acts, inside an open batch; `text` is what to show once.
 * ERR_INPUT, ERR_LIMIT, ERR_DENIED (a token makes no tokens). */
enum err tokens_make(struct store *store, const struct access *by,
                     const struct token_request *request, char text[TOKEN_CHARS + 1], int64_t *id,
                     struct errinfo *info) ERR_CHECK;

/* Revokes a token: its owner's or, for administrators, anybody's. ERR_NOT_FOUND. */
enum err tokens_revoke(struct store *store, const struct access *by, int64_t id, int64_t now_ms,
                       struct errinfo *info) ERR_CHECK;

/*
 * Who acts with the header "Authorization: Bearer flt_...", given what stands behind the colon:
 * `account`, with its access cut down to the token's scope. ERR_DENIED when it opens nothing.
 */
enum err tokens_find(struct store_reader *reader, struct str authorization, int64_t now_ms,
                     struct account *account, struct errinfo *info) ERR_CHECK;

typedef enum err token_fn(void *ctx, const struct token *token, struct errinfo *info);
/* The tokens of an account, those that ended and were revoked too. */
enum err tokens_each(struct store_reader *reader, int64_t account_id, token_fn *fn, void *ctx,
                     struct errinfo *info) ERR_CHECK;

/* Revokes every token of an account that is not yet. */
enum err tokens_revoke_all(struct store *store, int64_t account_id, int64_t now_ms,
                           struct errinfo *info) ERR_CHECK;

/* The stable word of a scope: read, write. */
const char *token_scope_code(enum access_token scope);
/* The scope of a code; ACCESS_TOKEN_NONE when there is none. */
enum access_token token_scope_of_code(struct str code);

#endif
