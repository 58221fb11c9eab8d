/* Private to cli/: a first password for somebody, made by the program. */
#ifndef FAIRLEAD_CLI_FIRST_PASSWORD_H
#define FAIRLEAD_CLI_FIRST_PASSWORD_H

#include "base/err.h"
#include "service/password.h"
#include "service/secret.h"

struct first_password {
    char typed[SECRET_TYPED_CHARS + 1]; /* shown once */
    char kept[PASSWORD_KEPT_MAX];       /* for the store */
};

/* Makes one. ERR_MEMORY, ERR_IO. */
enum err first_password_make(struct first_password *out, struct errinfo *info) ERR_CHECK;

#endif
