/* Private to cli/: the functions behind the command table. */
#ifndef FAIRLEAD_CLI_COMMANDS_H
#define FAIRLEAD_CLI_COMMANDS_H

#include "cli/cli.h"

cli_run cmd_new, cmd_edition, cmd_import, cmd_undo, cmd_log, cmd_duplicates, cmd_merge, cmd_unmerge,
    cmd_chains, cmd_classify, cmd_picture, cmd_serve, cmd_export, cmd_check, cmd_backup,
    cmd_restore, cmd_sample, cmd_solve, cmd_match, cmd_user, cmd_retention;

#endif
