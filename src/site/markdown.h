/*
 * Markdown (CommonMark 0.31) as HTML that may stand in a page, whatever the text holds.
 *
 * Written are these elements and attributes and no others:
 *
 *     p br hr em strong code pre blockquote ul li ol[start] h3 h4 h5 h6 a[href rel]
 *
 * Headings begin two levels down, below those of the page. A link must be an http or https address,
 * else only its words are written; of a picture its words too. HTML in the text is text.
 *
 * Thread rule: pure but for the buffer.
 */
#ifndef FAIRLEAD_SITE_MARKDOWN_H
#define FAIRLEAD_SITE_MARKDOWN_H

#include "base/buf.h"

enum { MARKDOWN_BYTES_MAX = 64 << 10 };

/* Appends the HTML of a text. ERR_LIMIT for a longer one, ERR_MEMORY; failures of the buffer stay
 * in it. O(len). */
enum err markdown_write(struct buf *out, struct str text, struct errinfo *info) ERR_CHECK;

#endif
