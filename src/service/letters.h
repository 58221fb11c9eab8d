/*
 * Letters: what the program writes to people, in their language.
 *
 * Thread rule: pure; any thread.
 */
#ifndef FAIRLEAD_SERVICE_LETTERS_H
#define FAIRLEAD_SERVICE_LETTERS_H

#include "base/buf.h"
#include "model/lang.h"

enum letter_kind {
    LETTER_SIGN_IN,   /* a link that signs in */
    LETTER_INVITE,    /* a link to choose a first password */
    LETTER_PASSWORD,  /* a link to choose a new password */
    LETTER_CHANGED,   /* the password was changed */
    LETTER_PARTNER,   /* a link by which somebody comes to act for a participant */
    LETTER_SUGGESTED, /* partners are suggested */
    LETTER_REMINDER,  /* suggestions wait, and the time to answer is nearly over */
    LETTER_REQUESTED, /* somebody asks to meet */
    LETTER_MUTUAL,    /* both sides have accepted */
    LETTERS
};

/* The subject of a letter; valid for ever. */
struct str letter_subject(enum letter_kind kind, enum lang lang);

/* Appends the text of a letter to somebody of that name (may be empty), with the address of the
 * desk or of the link in it. */
void letter_write(enum letter_kind kind, enum lang lang, struct str name, struct str link,
                  struct buf *out);

#endif
