/*
 * Mail addresses: read strictly, so that what was accepted can stand in the head of a message and
 * in a command to a mail server as it is.
 *
 * The form is that of RFC 5321, section 4.1.2, less quoted local parts and address literals, which
 * nobody has: local@domain in ASCII, a domain of letters, digits and hyphens, 254 bytes at most.
 * Addresses are compared without regard to case, as every provider does: they are kept in small
 * letters. Addresses outside ASCII (RFC 6531) are refused with words.
 *
 * Thread rule: pure; any thread.
 */
#ifndef FAIRLEAD_EXCHANGE_MAIL_ADDRESS_H
#define FAIRLEAD_EXCHANGE_MAIL_ADDRESS_H

#include "base/err.h"
#include "base/str.h"

enum { MAIL_ADDRESS_MAX = 254 };

struct mail_address {
    char text[MAIL_ADDRESS_MAX + 1];
};

/* Reads an address with blanks around it; ERR_INPUT with what is wrong. O(len). */
enum err mail_address_read(struct str text, struct mail_address *out,
                           struct errinfo *info) ERR_CHECK;

#endif
