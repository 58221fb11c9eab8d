/*
 * Private to cli/: what a server does beside answering: it sends mail, and does its chores.
 *
 * Without --mail, letters are written into the folder DATABASE.mail, for an organiser who has no
 * mail server yet.
 */
#ifndef FAIRLEAD_CLI_SERVE_MAIL_H
#define FAIRLEAD_CLI_SERVE_MAIL_H

#include "cli/cli.h"
#include "service/chores.h"
#include "service/outbox.h"

struct serve_mail {
    struct outbox *outbox;
    struct chores *chores;
};

/* Reads the options of the command line and starts both on the writer, which is stopped after them.
 * `origin`, the address visitors use, outlives them.
 * ERR_INPUT, ERR_IO in words; serve_mail_stop in either case. */
enum err serve_mail_start(struct cli *cli, struct writer *writer, const char *origin,
                          struct serve_mail *out, struct errinfo *info) ERR_CHECK;

/* Ends both after what is under way. */
void serve_mail_stop(struct serve_mail *mail);

#endif
