/*
 * The page of an invitation: /my/join#SECRET, in both languages at once, because who opens it has
 * no language yet.
 *
 * It is one document for every link and holds nothing of the database, so that it tells nobody
 * which links there are. What stands behind "#" is sent to no server with the address, and stays
 * out of logs; the page's script (assets/join.js, for the browser inside WeChat, too) sends it to
 * the API with the mail address that is typed. Without the script the page says what it is.
 *
 * Thread rule: the frame is a constant after join_frame_write; any thread may answer.
 */
#ifndef FAIRLEAD_SITE_JOIN_FRAME_H
#define FAIRLEAD_SITE_JOIN_FRAME_H

#include "base/err.h"

enum { JOIN_FRAME_MAX = 4096 };

/* Its address; it answers with app_frame_answer. */
extern const char join_frame_pattern[];

/* Writes the page, which loads the style sheet and the script of those tags. ERR_INTERNAL when it
 * does not fit. */
enum err join_frame_write(char frame[JOIN_FRAME_MAX], const char *style_etag,
                          const char *script_etag, struct errinfo *info) ERR_CHECK;

#endif
