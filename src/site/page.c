/* The frame of every page: see page.h. */
#include "site/page.h"

#include <stdarg.h>

#include "site/linked_data.h"
#include "site/qr.h"

void page_title(const struct page *page, struct page_frame *frame, struct str en, struct str zh) {
    enum lang other = page->lang == LANG_EN ? LANG_ZH : LANG_EN;
    frame->title = lang_pick(page->lang, en, zh);
    if (!frame->title.is_other)
        frame->beside = (struct lang_text){other == LANG_EN ? en : zh, other, false};
}

struct str page_text(struct page *page, const char *template, ...) {
    struct buf text;
    va_list args;
    buf_init(&text, PAGE_TEXT_MAX);
    va_start(args, template);
    html_write_plain_v(&text, template, &args);
    va_end(args);
    struct str copy = arena_copy(page->arena, buf_str(&text));
    buf_release(&text);
    return copy.ptr != NULL ? copy : STR("");
}

enum err page_not_found(const struct page *page, enum site_word word, struct errinfo *info) {
    return err_set(info, ERR_NOT_FOUND, "%s", site_word(page->lang, word));
}

/* The same page in each language, for search engines; the default leads to the reader's choice. */
static void write_alternates(struct page *page, struct str query) {
    struct str edition = view_this_edition(page->view)->code;
    html_write(page->out, "<link rel=\"canonical\" href=\"%s%s/%s%s\">\n", page->origin, page->base,
               page->here, query);
    for (enum lang lang = 0; lang < LANGS; lang++)
        html_write(page->out, "<link rel=\"alternate\" hreflang=\"%z\" href=\"%s/%z/%p/%s%s\">\n",
                   lang_tag(lang), page->origin, lang_code(lang), edition, page->here, query);
    html_write(page->out,
               "<meta property=\"og:url\" content=\"%s%s/%s%s\">\n"
               "<meta property=\"og:site_name\" content=\"%s\">\n",
               page->origin, page->base, page->here, query,
               PICK(page, view_this_edition(page->view), name).text);
}

static void write_head(struct page *page, const struct page_frame *frame) {
    struct buf *out = page->out;
    html_write(out,
               "<!doctype html>\n<html lang=\"%z\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<title>%s",
               lang_tag(page->lang), frame->title.text);
    if (page->view != NULL && frame->section != SECTION_HOME)
        html_write(out, " · %s", PICK(page, view_this_edition(page->view), name).text);
    html_write(
        out,
        "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta name=\"description\" content=\"%s\">\n"
        "<meta property=\"og:title\" content=\"%s\">\n"
        "<meta property=\"og:description\" content=\"%s\">\n"
        "<link rel=\"stylesheet\" href=\"%z\">\n"
        "<link rel=\"icon\" href=\"/assets/icon.svg\" type=\"image/svg+xml\">\n",
        frame->description, frame->title.text, frame->description, page->style);
    if (frame->is_embedded)
        buf_add_c(out, "<base target=\"_top\">\n");
    if (frame->no_index || frame->is_embedded)
        buf_add_c(out, "<meta name=\"robots\" content=\"noindex\">\n");
    if (page->view != NULL)
        write_alternates(page, frame->query);
    if (frame->with_script)
        html_write(out, "<script src=\"%z\" defer></script>\n", page->script);
    if (page->view != NULL && !frame->is_embedded)
        html_write(out, "<script src=\"%z\" defer></script>\n", page->find_script);
    if (page->view != NULL && !frame->is_embedded)
        linked_data_write(page, frame);
    buf_add_c(out, "</head>\n");
}

/* ---- the bar on top ---- */

static void write_editions(struct page *page) {
    const struct view *view = page->view;
    if (view->editions < 2)
        return;
    html_write(page->out, "<nav class=\"editions\" aria-label=\"%z\"><ul>", T(page, EDITIONS));
    for (uint32_t i = 0; i < view->editions; i++) {
        bool is_other = i != view->edition_index && page->frame->elsewhere.len > 0;
        html_write(page->out, "<li><a href=\"/%z/%p/%s\"", lang_code(page->lang),
                   view->edition[i].code, is_other ? page->frame->elsewhere : page->here);
        if (i == view->edition_index)
            buf_add_c(page->out, " aria-current=\"true\"");
        html_write(page->out, ">%s</a></li>", view->edition[i].code);
    }
    buf_add_c(page->out, "</ul></nav>");
}

static void write_languages(struct page *page) {
    html_write(page->out, "<nav class=\"languages\" aria-label=\"%z\"><ul>", T(page, LANGUAGES));
    for (enum lang lang = 0; lang < LANGS; lang++) {
        html_write(page->out, "<li><a href=\"/%z/%p/%s%s\" hreflang=\"%z\" lang=\"%z\"",
                   lang_code(lang), view_this_edition(page->view)->code, page->here, page->query,
                   lang_tag(lang), lang_tag(lang));
        if (lang == page->lang)
            buf_add_c(page->out, " aria-current=\"true\"");
        if (page->frame->no_index)
            buf_add_c(page->out, " rel=\"nofollow\"");
        html_write(page->out, ">%z</a></li>", lang_name(lang));
    }
    buf_add_c(page->out, "</ul></nav>");
}

static void write_sections(struct page *page, enum page_section current) {
    static const struct {
        const char *path;
        enum site_word word;
        enum page_section section;
    } sections[] = {
        {"", WORD_HOME, SECTION_HOME},
        {"chains", WORD_CHAINS, SECTION_CHAINS},
        {"exhibitors", WORD_EXHIBITORS, SECTION_EXHIBITORS},
        {"exhibits", WORD_EXHIBITS, SECTION_EXHIBITS},
        {"pavilions", WORD_NAV_PAVILIONS, SECTION_PAVILIONS},
        {"programme", WORD_NAV_PROGRAMME, SECTION_PROGRAMME},
        {"scenarios", WORD_SCENARIOS, SECTION_SCENARIOS},
        {"figures", WORD_FIGURES, SECTION_FIGURES},
        {"gaps", WORD_GAPS, SECTION_GAPS},
    };
    html_write(page->out, "<nav class=\"main\" aria-label=\"%z\"><ul>", T(page, NAV));
    for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
        html_write(page->out, "<li><a href=\"%s/%z\"", page->base, sections[i].path);
        if (sections[i].section == current)
            buf_add_c(page->out, " aria-current=\"true\"");
        html_write(page->out, ">%z</a></li>", site_word(page->lang, sections[i].word));
    }
    buf_add_c(page->out, "</ul></nav>");
}

static void write_search(struct page *page) {
    struct str asked = page->frame->with_query ? http_request_query(page->request, "q") : STR("");
    html_write(page->out,
               "<form class=\"site-find\" role=\"search\" action=\"%s/search\" data-list=\"%z\">"
               "<input type=\"search\" id=\"find\" name=\"q\" aria-keyshortcuts=\"Control+K\" "
               "value=\"%s\" maxlength=\"%u\" "
               "aria-label=\"%z\" placeholder=\"%z\"><button type=\"submit\">%z</button></form>",
               page->base, T(page, FIND_LIST), asked, (uint32_t)SEARCH_QUERY_BYTES_MAX,
               T(page, FIND_BOX), T(page, FIND_BOX), T(page, FIND));
}

static void write_top(struct page *page, const struct page_frame *frame) {
    struct buf *out = page->out;
    html_write(out, "<a class=\"skip\" href=\"#content\">%z</a>\n", T(page, SKIP));
    buf_add_c(out, "<header class=\"top\"><div class=\"wide\">");
    if (page->view == NULL) {
        html_write(out, "<a class=\"brand\" href=\"/\">%z</a></div></header>\n",
                   T(page, SITE_NAME));
        return;
    }
    html_write(out, "<a class=\"brand\" href=\"%s/\">%t</a>", page->base,
               PICK(page, view_this_edition(page->view), name));
    write_editions(page);
    write_languages(page);
    write_sections(page, frame->section);
    write_search(page);
    buf_add_c(out, "</div></header>\n");
}

static void write_crumbs(struct page *page, const struct page_frame *frame) {
    struct buf *out = page->out;
    if (page->view == NULL || frame->section == SECTION_HOME)
        return;
    html_write(out, "<nav class=\"crumbs\" aria-label=\"%z\"><ol><li><a href=\"%s/\">%z</a></li>",
               T(page, CRUMBS), page->base, T(page, HOME));
    for (size_t i = 0; i < frame->crumb_count; i++)
        html_write(out, "<li><a href=\"%s/%s\">%b</a></li>", page->base, frame->crumbs[i].path,
                   frame->crumbs[i].name);
    html_write(out, "<li aria-current=\"page\">%b</li></ol></nav>\n", frame->title.text);
}

void page_begin(struct page *page, const struct page_frame *frame) {
    struct buf *out = page->out;
    page->frame = frame;
    write_head(page, frame);
    buf_add_c(out, frame->is_embedded ? "<body class=\"embedded\">\n" : "<body>\n");
    if (!frame->is_embedded)
        write_top(page, frame);
    buf_add_c(out, "<main id=\"content\" class=\"wide\" tabindex=\"-1\">\n");
    if (!frame->is_embedded)
        write_crumbs(page, frame);
    if (!frame->is_embedded && page->view != NULL && page->origin.len > 0)
        qr_write(page);
    html_write(out, "<h1>%t", frame->title);
    if (frame->beside.text.len > 0)
        html_write(out, " <span class=\"beside\" lang=\"%z\">%b</span>",
                   lang_tag(frame->beside.lang), frame->beside.text);
    buf_add_c(out, "</h1>\n");
}

void page_end(struct page *page) {
    struct buf *out = page->out;
    buf_add_c(out, "</main>\n");
    if (!page->frame->is_embedded) {
        buf_add_c(out, "<footer class=\"bottom\"><div class=\"wide\"><p>");
        if (page->view != NULL)
            html_write(out, "%z ", T(page, FOOTER));
        html_write(out, "<a href=\"/api?lang=%z\">%z</a></p>\n</div></footer>\n",
                   lang_code(page->lang), T(page, FOOTER_DATA));
    }
    buf_add_c(out, "</body>\n</html>\n");
}
