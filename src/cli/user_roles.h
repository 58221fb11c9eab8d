/* Private to cli/: roles of accounts, as the command line says them. */
#ifndef FAIRLEAD_CLI_USER_ROLES_H
#define FAIRLEAD_CLI_USER_ROLES_H

#include "base/buf.h"
#include "cli/cli.h"
#include "service/access.h"
#include "store/store.h"

/* The grant that --role, --chain (its code) and --pavilion (its id, or its name or code in the
 * current edition) say; `given` tells whether there is a --role at all. ERR_NOT_FOUND. */
enum err user_roles_read(struct cli *cli, struct store_reader *reader, struct access_grant *grant,
                         bool *given) ERR_CHECK;

/* Appends "area-manager of clean-energy, reader". */
enum err user_roles_write(struct store_reader *reader, const struct access *access, struct buf *out,
                          struct errinfo *info) ERR_CHECK;

#endif
