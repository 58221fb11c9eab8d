/*
 * The joint stand of a chain leader, shown as the small chain it is.
 */
#ifndef FAIRLEAD_SITE_STAND_H
#define FAIRLEAD_SITE_STAND_H

#include "site/page.h"

/* Writes the section; nothing for an exhibitor without partners, known or reported. */
enum err stand_write(struct page *page, uint32_t exhibitor, struct errinfo *info) ERR_CHECK;

#endif
