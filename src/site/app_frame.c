/*
 * The frames of the applications: see app_frame.h. They are written once, when the site is made.
 * Paths of up to four segments below /desk and /my lead to them, because an application names
 * lists, records and what is done to them in its addresses; the portal stops at two, where its
 * lists end.
 */
#include "site/app_frame.h"

#include <stdio.h>

#include "site/words.h"

const struct app_address app_addresses[APP_ROUTES] = {
    {"/desk", APP_DESK},          {"/desk/:a", APP_DESK},          {"/desk/:a/:b", APP_DESK},
    {"/desk/:a/:b/:c", APP_DESK}, {"/desk/:a/:b/:c/:d", APP_DESK}, {"/my", APP_PORTAL},
    {"/my/:a", APP_PORTAL},       {"/my/:a/:b", APP_PORTAL},
};

static const struct {
    const char *name; /* of its files and of the element it fills */
    enum site_word title, noscript;
} apps[APPS] = {
    [APP_DESK] = {"desk", WORD_DESK, WORD_DESK_NOSCRIPT},
    [APP_PORTAL] = {"portal", WORD_PORTAL, WORD_PORTAL_NOSCRIPT},
};

enum err app_frame_write(enum app app, char frame[APP_FRAME_MAX], const struct app_files *files,
                         struct errinfo *info) {
    const char *name = apps[app].name;
    const char *title_en = site_word(LANG_EN, apps[app].title);
    const char *title_zh = site_word(LANG_ZH, apps[app].title);
    int length =
        snprintf(frame, APP_FRAME_MAX,
                 "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                 "<meta name=\"robots\" content=\"noindex\">\n"
                 "<title>%s · %s</title>\n<link rel=\"icon\" href=\"/assets/icon.svg\">\n"
                 "<link rel=\"stylesheet\" href=\"/assets/site.css?v=%s\">\n"
                 "<link rel=\"stylesheet\" href=\"/assets/%s.css?v=%s\">\n"
                 "<script type=\"module\" src=\"/assets/%s.js?v=%s\"></script>\n"
                 "</head>\n<body>\n<div id=\"%s\"></div>\n<noscript>\n"
                 "<main class=\"wide\"><h1>%s · %s</h1>\n<p>%s</p>\n<p lang=\"zh-Hans\">%s</p>\n"
                 "<p><a href=\"/\">%s · %s</a></p></main>\n</noscript>\n</body>\n</html>\n",
                 title_en, title_zh, files->site_style, name, files->style, name, files->script,
                 name, title_en, title_zh, site_word(LANG_EN, apps[app].noscript),
                 site_word(LANG_ZH, apps[app].noscript), site_word(LANG_EN, WORD_DESK_SITE),
                 site_word(LANG_ZH, WORD_DESK_SITE));
    if (length < 0 || length >= APP_FRAME_MAX)
        return err_set(info, ERR_INTERNAL, "the frame of the %s is too long", name);
    return ERR_OK;
}

enum err app_frame_answer(void *ctx, const struct http_request *request, struct http_reply *reply,
                          struct errinfo *info) {
    reply->content_type = "text/html; charset=utf-8";
    reply->fixed = str_of(ctx);
    return ERR_OK;
}
