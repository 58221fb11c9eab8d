/*
 * The doors of the two applications in the browser: the organiser's desk under /desk and the portal
 * of exhibitors and visitor organisations under /my. Each is one document that its script fills.
 *
 * An application (web/desk, web/portal) works on the API; the server gives the same small frame for
 * every address below its own, and the script shows what the address names. The frame holds nothing
 * of the database, so anybody may have it.
 *
 * Thread rule: a frame is a constant after app_frame_write; any thread may answer.
 */
#ifndef FAIRLEAD_SITE_APP_FRAME_H
#define FAIRLEAD_SITE_APP_FRAME_H

#include "http/http.h"

enum app { APP_DESK, APP_PORTAL, APPS };

enum { APP_ROUTES = 8, APP_FRAME_MAX = 2048 };

/* The addresses of an application, which are read before those of pages. */
struct app_address {
    const char *pattern;
    enum app app;
};
extern const struct app_address app_addresses[APP_ROUTES];

/* Tags of the contents of an application's files. */
struct app_files {
    const char *site_style, *style, *script;
};

/* Writes the frame: HTML that loads the style sheets and the script of those tags, and says in both
 * languages what is needed. ERR_INTERNAL when it does not fit. */
enum err app_frame_write(enum app app, char frame[APP_FRAME_MAX], const struct app_files *files,
                         struct errinfo *info) ERR_CHECK;

/* Answers with the frame, which is its ctx. */
http_handler app_frame_answer;

#endif
