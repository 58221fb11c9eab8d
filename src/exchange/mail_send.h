/*
 * Sending mail: to a mail server by SMTP (RFC 5321), or into a folder where there is none.
 *
 * Where to is one text:
 *     smtps://user@mail.example:465      encrypted from the first byte
 *     smtp://user@mail.example:587       STARTTLS (RFC 3207), refused when the server has none
 *     anything else                      a folder: each message is a file that ends in .eml
 * The password of the user comes apart from it, so that it never stands in a command line. Without
 * encryption nothing is sent but to this machine itself (localhost, 127.0.0.1, [::1]), and a
 * password not even there.
 *
 * Thread rule: a sender is used by one thread at a time.
 */
#ifndef FAIRLEAD_EXCHANGE_MAIL_SEND_H
#define FAIRLEAD_EXCHANGE_MAIL_SEND_H

#include "exchange/mail.h"

struct mail_sender;

struct mail_options {
    const char *to;       /* see above */
    const char *password; /* NULL = signs in to no mail server */
    const char *ca_file;  /* PEM with who may have signed the server's certificate; NULL = system */
};

/* ERR_INPUT when the text is none of those, or holds a password; ERR_NOT_FOUND, ERR_IO when the
 * folder cannot be written to. Nothing is sent. */
enum err mail_sender_new(const struct mail_options *options, struct mail_sender **out,
                         struct errinfo *info) ERR_CHECK;
void mail_sender_free(struct mail_sender *sender);

/*
 * Sends one message and waits, 60 seconds at the most. ERR_OK: the server has taken it (or the file
 * is durable). ERR_INPUT: refused for good (the address, the text). ERR_IO: not now: no server, no
 * encryption, wrong password, full mailbox; try again later.
 */
enum err mail_send(struct mail_sender *sender, const struct mail *mail,
                   struct errinfo *info) ERR_CHECK;

#endif
