/* The page of an invitation: see join_frame.h. It is written once, when the site is made. */
#include "site/join_frame.h"

#include <stdarg.h>
#include <stdio.h>

#include "site/words.h"

const char join_frame_pattern[] = "/my/join";

struct page {
    char *out;
    size_t used;
};

static void add(struct page *page, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add(struct page *page, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(page->out + page->used, JOIN_FRAME_MAX - page->used, format, arguments);
    va_end(arguments);
    if (length > 0)
        page->used += (size_t)length;
    if (page->used >= JOIN_FRAME_MAX)
        page->used = JOIN_FRAME_MAX - 1;
}

/* A word in Chinese and in English, the one that most read first. */
static void add_words(struct page *page, enum site_word word) {
    add(page, "<span lang=\"zh-Hans\">%s</span> <span lang=\"en\" class=\"beside\">%s</span>",
        site_word(LANG_ZH, word), site_word(LANG_EN, word));
}

static void add_field(struct page *page, enum site_word word, const char *rest) {
    add(page, "<p><label>");
    add_words(page, word);
    add(page, "<br><input %s></label></p>\n", rest);
}

/* What the script shows, hidden until then. */
static void add_answer(struct page *page, const char *id, enum site_word word) {
    add(page, "<p id=\"join-%s\" hidden>", id);
    add_words(page, word);
    add(page, "</p>\n");
}

enum err join_frame_write(char frame[JOIN_FRAME_MAX], const char *style_etag,
                          const char *script_etag, struct errinfo *info) {
    struct page page = {.out = frame};
    add(&page,
        "<!doctype html>\n<html lang=\"zh-Hans\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"robots\" content=\"noindex\">\n<meta name=\"referrer\" "
        "content=\"no-referrer\">\n<title>%s · %s</title>\n"
        "<link rel=\"icon\" href=\"/assets/icon.svg\">\n"
        "<link rel=\"stylesheet\" href=\"/assets/site.css?v=%s\">\n</head>\n<body>\n<main "
        "class=\"wide join\">\n<h1>",
        site_word(LANG_ZH, WORD_JOIN), site_word(LANG_EN, WORD_JOIN), style_etag);
    add_words(&page, WORD_JOIN);
    add(&page, "</h1>\n<p lang=\"zh-Hans\">%s</p>\n<p lang=\"en\">%s</p>\n",
        site_word(LANG_ZH, WORD_JOIN_LEAD), site_word(LANG_EN, WORD_JOIN_LEAD));
    add(&page, "<form id=\"join\" method=\"post\" hidden>\n");
    add_field(&page, WORD_JOIN_EMAIL,
              "name=\"email\" type=\"email\" autocomplete=\"email\" maxlength=\"254\" required");
    add_field(&page, WORD_JOIN_NAME,
              "name=\"name\" autocomplete=\"name\" maxlength=\"60\" required");
    add(&page,
        "<p><label><input type=\"radio\" name=\"language\" value=\"zh\" checked> 中文</label> "
        "<label><input type=\"radio\" name=\"language\" value=\"en\"> English</label></p>\n"
        "<p><button>");
    add_words(&page, WORD_JOIN_SEND);
    add(&page, "</button></p>\n</form>\n<div role=\"status\">\n");
    add_answer(&page, "sent", WORD_JOIN_SENT);
    add_answer(&page, "over", WORD_JOIN_OVER);
    add_answer(&page, "wrong", WORD_JOIN_WRONG);
    add_answer(&page, "wait", WORD_JOIN_WAIT);
    add_answer(&page, "lost", WORD_JOIN_LOST);
    add(&page, "</div>\n<noscript><p>");
    add_words(&page, WORD_JOIN_NOSCRIPT);
    add(&page,
        "</p></noscript>\n<script src=\"/assets/join.js?v=%s\"></script>\n</main>\n</body>\n"
        "</html>\n",
        script_etag);
    if (page.used == JOIN_FRAME_MAX - 1)
        return err_set(info, ERR_INTERNAL, "the page of an invitation is too long");
    return ERR_OK;
}
