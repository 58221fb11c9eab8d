/*
 * vCard 4.0 (RFC 6350): a business card as address books take it, property by property.
 *
 *     vcard_begin(&out);
 *     vcard_text(&out, "FN;ALTID=1;LANGUAGE=en", name);
 *     vcard_uri(&out, "URL", website);
 *     vcard_end(&out);
 *
 * `property` is ours and goes out as it is: name and parameters (3.3). Values are escaped (3.4) and
 * lines folded at 75 octets, never inside a character (3.2). What is no valid text of a card,
 * such as a control character, is left out.
 *
 * Failures stay in the buffer (base/buf.h). Thread rule: pure but for the buffer.
 */
#ifndef FAIRLEAD_EXCHANGE_VCARD_H
#define FAIRLEAD_EXCHANGE_VCARD_H

#include "base/buf.h"

/* Opens a card of this version; what kind of thing it is (6.1.4) is for the caller to say. */
void vcard_begin(struct buf *out);
void vcard_end(struct buf *out);

/* A text value; line feeds stay as such. Nothing for an empty one. */
void vcard_text(struct buf *out, const char *property, struct str value);

/* A structured value such as ADR (6.3.1): `count` components, any of which may be empty. */
void vcard_structured(struct buf *out, const char *property, const struct str *component,
                      size_t count);

/* An address as its scheme writes it, without escapes. Nothing for an empty one and for one with
 * blanks or control characters, which no address has (RFC 3986). */
void vcard_uri(struct buf *out, const char *property, struct str value);

#endif
