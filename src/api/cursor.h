/*
 * Cursors: where the next page of a list begins, as a short text that clients hand back unread.
 *
 * A cursor names its list, edition, filters and the last row of the page before it, by the row's
 * place in the order and not by counting. So it stays usable when the data have changed: rows that
 * came or went elsewhere move nothing, and the last row itself may be gone. It is checked for being
 * whole and for being of this list, edition and filters, and says which it is not. It holds nothing
 * that the reply did not show, so it needs no seal: an invented one only begins elsewhere.
 */
#ifndef FAIRLEAD_API_CURSOR_H
#define FAIRLEAD_API_CURSOR_H

#include "api/route.h"

struct api_cursor {
    struct str list; /* the id of the route */
    struct str edition;
    uint64_t filters; /* a hash of all parameters that choose rows */
    struct api_position after;
};

/* Appends the cursor as base64url (RFC 4648, 5), without padding. ERR_LIMIT for texts too long,
 * ERR_MEMORY. */
enum err api_cursor_write(const struct api_cursor *cursor, struct buf *out,
                          struct errinfo *info) ERR_CHECK;

/* Reads what api_cursor_write wrote; texts are of the arena. ERR_INPUT for anything else,
 * ERR_MEMORY. O(len). */
enum err api_cursor_read(struct str text, struct arena *arena, struct api_cursor *cursor,
                         struct errinfo *info) ERR_CHECK;

#endif
