/* The frame of every page: see page.h. */
#include "site/page.h"

static void write_head(struct page *page, const struct page_frame *frame) {
    struct buf *out = page->out;
    html_write(out,
               "<!doctype html>\n<html lang=\"%z\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<title>%s",
               T(LANGUAGE), frame->title);
    if (page->view != NULL && frame->section != SECTION_HOME)
        html_write(out, " · %s", view_this_edition(page->view)->name_en);
    html_write(
        out,
        "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta name=\"description\" content=\"%s\">\n<link rel=\"stylesheet\" href=\"%z\">\n"
        "<link rel=\"icon\" href=\"/assets/icon.svg\" type=\"image/svg+xml\">\n",
        frame->description, page->style);
    if (page->view != NULL)
        html_write(out, "<link rel=\"canonical\" href=\"/%p/%s\">\n", page_edition(page),
                   page->here);
    if (frame->with_script)
        html_write(out, "<script src=\"%z\" defer></script>\n", page->script);
    buf_add_c(out, "</head>\n");
}

static void write_link(struct page *page, const char *path, const char *words, bool is_current) {
    html_write(page->out, "<li><a href=\"/%p/%z\"", page_edition(page), path);
    if (is_current)
        buf_add_c(page->out, " aria-current=\"true\"");
    html_write(page->out, ">%z</a></li>", words);
}

static void write_editions(struct page *page) {
    const struct view *view = page->view;
    if (view->editions < 2)
        return;
    html_write(page->out, "<nav class=\"editions\" aria-label=\"%z\"><ul>", T(EDITIONS));
    for (uint32_t i = 0; i < view->editions; i++) {
        html_write(page->out, "<li><a href=\"/%p/%s\"", view->edition[i].code, page->here);
        if (i == view->edition_index)
            buf_add_c(page->out, " aria-current=\"true\"");
        html_write(page->out, ">%s</a></li>", view->edition[i].code);
    }
    buf_add_c(page->out, "</ul></nav>");
}

static void write_top(struct page *page, const struct page_frame *frame) {
    struct buf *out = page->out;
    html_write(out, "<header class=\"top\"><div class=\"wide\">");
    if (page->view == NULL) {
        html_write(out, "<a class=\"brand\" href=\"/\">%z</a></div></header>\n", T(SITE_NAME));
        return;
    }
    const struct view_edition *edition = view_this_edition(page->view);
    html_write(out, "<a class=\"brand\" href=\"/%p/\">%b</a>", edition->code, edition->name_en);
    write_editions(page);
    html_write(out, "<nav class=\"main\" aria-label=\"%z\"><ul>", T(NAV));
    write_link(page, "", T(HOME), frame->section == SECTION_HOME);
    write_link(page, "chains", T(CHAINS), frame->section == SECTION_CHAINS);
    write_link(page, "exhibitors", T(EXHIBITORS), frame->section == SECTION_EXHIBITORS);
    write_link(page, "scenarios", T(SCENARIOS), frame->section == SECTION_SCENARIOS);
    write_link(page, "gaps", T(GAPS), frame->section == SECTION_GAPS);
    buf_add_c(out, "</ul></nav></div></header>\n");
}

static void write_crumbs(struct page *page, const struct page_frame *frame) {
    struct buf *out = page->out;
    if (page->view == NULL || frame->section == SECTION_HOME)
        return;
    html_write(out, "<nav class=\"crumbs\" aria-label=\"%z\"><ol><li><a href=\"/%p/\">%z</a></li>",
               T(CRUMBS), page_edition(page), T(HOME));
    for (size_t i = 0; i < frame->crumb_count; i++)
        html_write(out, "<li><a href=\"/%p/%s\">%b</a></li>", page_edition(page),
                   frame->crumbs[i].path, frame->crumbs[i].name);
    html_write(out, "<li aria-current=\"page\">%b</li></ol></nav>\n", frame->title);
}

void page_begin(struct page *page, const struct page_frame *frame) {
    struct buf *out = page->out;
    write_head(page, frame);
    html_write(out, "<body>\n<a class=\"skip\" href=\"#content\">%z</a>\n", T(SKIP));
    write_top(page, frame);
    buf_add_c(out, "<main id=\"content\" class=\"wide\" tabindex=\"-1\">\n");
    write_crumbs(page, frame);
    html_write(out, "<h1>%b", frame->title);
    if (frame->title_zh.len > 0)
        html_write(out, " <span class=\"zh\" lang=\"zh\">%b</span>", frame->title_zh);
    buf_add_c(out, "</h1>\n");
}

void page_end(struct page *page) {
    html_write(page->out,
               "</main>\n<footer class=\"bottom\"><div class=\"wide\"><p>%z</p></div></footer>\n"
               "</body>\n</html>\n",
               T(FOOTER));
}
