/*
 * What a client takes: its languages (Accept-Language) and content codings (Accept-Encoding).
 *
 * Both are lists of names with weights from 0 to 1 (RFC 9110, 12.4.2), perhaps over several header
 * lines (5.3). Members that cannot be read are passed over, so that a broken header asks for
 * nothing instead of failing a request.
 *
 * Thread rule: pure functions. O(length of the headers), times the number of languages.
 */
#ifndef FAIRLEAD_HTTP_ACCEPT_H
#define FAIRLEAD_HTTP_ACCEPT_H

#include "http/http.h"

/*
 * Whether the reply should be sent gzipped (RFC 9110, 12.5.3): gzip is named, or stands under "*",
 * with a weight over 0 that is not under that of "identity". A client without the header gets the
 * plain form.
 */
bool http_accepts_gzip(const struct http_request *request);

/*
 * Which of `count` languages ("en", "zh") the client wants most, or SIZE_MAX when it names none of
 * them. Lookup of RFC 4647, 3.4: a range is cut from its end until it is a language we have
 * ("zh-Hant-TW", "zh-Hant", "zh"); of equal weights the first in the list wins; a language named
 * with weight 0 is refused; "*" stands for all that are not named.
 */
size_t http_accept_language(const struct http_request *request, const char *const *tags,
                            size_t count);

#endif
