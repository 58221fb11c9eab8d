/* A first password: see first_password.h. */
#include "cli/first_password.h"

enum err first_password_make(struct first_password *out, struct errinfo *info) {
    struct password_desk *desk = NULL;
    enum err code = secret_start(info);
    if (code == ERR_OK)
        code = password_desk_new(&desk, info);
    if (code == ERR_OK) {
        secret_typed(out->typed);
        code = password_keep(desk, str_of(out->typed), out->kept, info);
    }
    password_desk_free(desk);
    return code;
}
