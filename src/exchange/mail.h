/*
 * Mail messages: one text to one person, as mail servers and programs read it.
 *
 * The message is that of RFC 5322 with UTF-8 in the subject and names (RFC 2047, encoded words in
 * base 64) and in the body (RFC 2045: as it is when it is plain ASCII, else in base 64). It says
 * that a program wrote it (RFC 3834), so that holiday notes do not answer.
 *
 * Nothing in the head can end its line: addresses are read by mail_address_read before they come
 * here, and control characters in subjects and names become blanks.
 *
 * Thread rule: pure; any thread.
 */
#ifndef FAIRLEAD_EXCHANGE_MAIL_H
#define FAIRLEAD_EXCHANGE_MAIL_H

#include "base/buf.h"
#include "exchange/mail_address.h"

enum {
    MAIL_SUBJECT_MAX = 500,   /* bytes */
    MAIL_BODY_MAX = 100000,   /* bytes */
    MAIL_MESSAGE_MAX = 400000 /* bytes: a body of Chinese grows by a third, and by line ends */
};

struct mail {
    struct mail_address from, to;
    struct str from_name;  /* UTF-8, may be empty */
    struct str subject;    /* UTF-8 */
    struct str body;       /* UTF-8 text, lines end with "\n" */
    struct str message_id; /* letters, digits, "-" and "_", unlike any other */
    int64_t date_ms;
};

/*
 * Appends the message, its lines ended by CR LF. ERR_INPUT when subject or body is too long or no
 * UTF-8, or the message id has other characters. O(len).
 */
enum err mail_write(const struct mail *mail, struct buf *out, struct errinfo *info) ERR_CHECK;

#endif
