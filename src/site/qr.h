/* The address of a page as a QR code for its print. */
#ifndef FAIRLEAD_SITE_QR_H
#define FAIRLEAD_SITE_QR_H

#include "site/page.h"

/* Writes the code and the address in words, before the heading, so that they stand in a corner of
 * the first sheet and never on one of their own; hidden on screens by the style sheet. Nothing
 * where the address is too long for a code. */
void qr_write(struct page *page);

#endif
