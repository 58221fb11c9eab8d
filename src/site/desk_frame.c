/*
 * The frame of the desk: see desk_frame.h. It is written once, when the site is made. Paths of up
 * to four segments lead to it, because the desk names lists, records and what is done to them in
 * its addresses.
 */
#include "site/desk_frame.h"

#include <stdio.h>

#include "site/words.h"

const char *const desk_frame_patterns[DESK_ROUTES] = {
    "/desk", "/desk/:a", "/desk/:a/:b", "/desk/:a/:b/:c", "/desk/:a/:b/:c/:d",
};

enum err desk_frame_write(char frame[DESK_FRAME_MAX], const char *style_etag,
                          const char *script_etag, const char *desk_style_etag,
                          struct errinfo *info) {
    const char *title_en = site_word(LANG_EN, WORD_DESK), *title_zh = site_word(LANG_ZH, WORD_DESK);
    int length =
        snprintf(frame, DESK_FRAME_MAX,
                 "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                 "<meta name=\"robots\" content=\"noindex\">\n"
                 "<title>%s · %s</title>\n<link rel=\"icon\" href=\"/assets/icon.svg\">\n"
                 "<link rel=\"stylesheet\" href=\"/assets/site.css?v=%s\">\n"
                 "<link rel=\"stylesheet\" href=\"/assets/desk.css?v=%s\">\n"
                 "<script type=\"module\" src=\"/assets/desk.js?v=%s\"></script>\n"
                 "</head>\n<body>\n<div id=\"desk\"></div>\n<noscript>\n"
                 "<main class=\"wide\"><h1>%s · %s</h1>\n<p>%s</p>\n<p lang=\"zh-Hans\">%s</p>\n"
                 "<p><a href=\"/\">%s · %s</a></p></main>\n</noscript>\n</body>\n</html>\n",
                 title_en, title_zh, style_etag, desk_style_etag, script_etag, title_en, title_zh,
                 site_word(LANG_EN, WORD_DESK_NOSCRIPT), site_word(LANG_ZH, WORD_DESK_NOSCRIPT),
                 site_word(LANG_EN, WORD_DESK_SITE), site_word(LANG_ZH, WORD_DESK_SITE));
    if (length < 0 || length >= DESK_FRAME_MAX)
        return err_set(info, ERR_INTERNAL, "the frame of the desk is too long");
    return ERR_OK;
}

enum err desk_frame_answer(void *ctx, const struct http_request *request, struct http_reply *reply,
                           struct errinfo *info) {
    reply->content_type = "text/html; charset=utf-8";
    reply->fixed = str_of(ctx);
    return ERR_OK;
}
