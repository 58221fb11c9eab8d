/*
 * The door of the organiser's desk: the one document under /desk that its script fills.
 *
 * The desk is an application in the browser (web/desk) on the API; the server gives the same small
 * frame for every address below /desk, and the script shows what the address names. The frame holds
 * nothing of the database, so anybody may have it.
 *
 * Thread rule: the frame is a constant after desk_frame_write; any thread may answer.
 */
#ifndef FAIRLEAD_SITE_DESK_FRAME_H
#define FAIRLEAD_SITE_DESK_FRAME_H

#include "http/http.h"

enum { DESK_ROUTES = 5, DESK_FRAME_MAX = 2048 };

/* The addresses of the desk, which are read before those of pages. */
extern const char *const desk_frame_patterns[DESK_ROUTES];

/* Writes the frame: HTML that loads the style sheets and the script of those tags of their
 * contents, and says in both languages what is needed. ERR_INTERNAL when it does not fit. */
enum err desk_frame_write(char frame[DESK_FRAME_MAX], const char *style_etag,
                          const char *script_etag, const char *desk_style_etag,
                          struct errinfo *info) ERR_CHECK;

/* Answers with the frame, which is its ctx. */
http_handler desk_frame_answer;

#endif
