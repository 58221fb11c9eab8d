/*
 * Writing HTML: a template with marks, each mark escaping what it is given.
 *
 *     html_write(out, "<a href=\"%p\">%b</a> (%u)", chain->code, chain->name_en, nodes);
 *
 * The template is ours and goes out as it is; what is put in never is. Marks:
 *
 *     %s  struct str      text, escaped for content and quoted attributes
 *     %z  const char *    the same
 *     %b  struct str      a name or text written by people, escaped and in <bdi>, so that its
 *                         script and direction do not disturb what stands around it
 *     %t  lang_text       the same in <bdi>, with its language and a mark of the style
 *                         sheet where it is not in the language that was wanted
 *     %p  struct str      one segment of a path, percent-encoded (RFC 3986, 2.3)
 *     %u  uint32_t        digits
 *     %i  int64_t         digits, for addresses and ids
 *     %n  int64_t         digits in groups of three, for people: 120,000
 *     %%  a percent sign
 *
 * Text that is not UTF-8 or holds control characters is written with U+FFFD in their place, so a
 * page is always valid. Failures stay in the buffer (see base/buf.h).
 */
#ifndef FAIRLEAD_SITE_HTML_H
#define FAIRLEAD_SITE_HTML_H

#include <stdarg.h>

#include "base/buf.h"
#include "model/lang.h"

void html_write(struct buf *out, const char *template, ...);

/* The same marks into plain text: nothing is escaped (%p still is), and %b and %t are the bare
 * texts. For what is escaped later, such as titles, and for JSON. */
void html_write_plain(struct buf *out, const char *template, ...);
void html_write_plain_v(struct buf *out, const char *template, va_list *args);

/* Escaped text. O(len). */
void html_text(struct buf *out, struct str text);

#endif
