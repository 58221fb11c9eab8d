/* A pavilion: what it says of itself, what it shows, who stands in it, what it hosts. */
#include "model/kinds.h"
#include "site/dates.h"
#include "site/linked_data.h"
#include "site/markdown.h"
#include "site/pages.h"
#include "site/parts.h"
#include "site/pavilion_parts.h"
#include "site/programme_parts.h"

enum { EXHIBITS_SHOWN = 24 };

static void write_facts(struct page *page, const struct view_pavilion *p) {
    struct buf *out = page->out;
    html_write(out, "<dl class=\"facts tight\">\n<div><dt>%z</dt><dd>%z</dd></div>\n",
               T(page, PAVILION_KIND), part_kind(page, &kind_pavilion, p->kind));
    if (p->theme_en.len + p->theme_zh.len > 0)
        html_write(out, "<div><dt>%z</dt><dd>%t</dd></div>\n", T(page, PAVILION_THEME),
                   PICK(page, p, theme));
    if (p->participants > 0)
        html_write(out, "<div><dt>%z</dt><dd>%z%n</dd></div>\n", T(page, PAVILION_PARTICIPANTS),
                   part_qualifier(page, p->qualifier), p->participants);
    buf_add_c(out, "</dl>\n");
}

static void write_pictures(struct page *page, const struct view_pavilion *p) {
    if (p->pictures == 0)
        return;
    html_write(page->out, "<section class=\"pictures\" aria-label=\"%z\">\n",
               T(page, PAVILION_PICTURES));
    for (uint32_t i = 0; i < p->pictures; i++) {
        const struct view_picture *picture = &page->view->picture[p->picture_first + i];
        buf_add_c(page->out, "<figure>");
        pavilion_picture(page, picture, i > 0);
        if (picture->credit.len > 0)
            html_write(page->out, "<figcaption>%z%b</figcaption>", T(page, PAVILION_CREDIT),
                       picture->credit);
        buf_add_c(page->out, "</figure>\n");
    }
    buf_add_c(page->out, "</section>\n");
}

/* A text in the page's language, else in the other one, marked as such. Sources that the page names
 * at its end are not repeated. */
static enum err write_text(struct page *page, const struct view_text *text, struct str known_source,
                           struct errinfo *info) {
    struct lang_text words = PICK(page, text, text);
    struct buf *out = page->out;
    const char *code = kind_code(&kind_section, text->section);
    html_write(out, "<h2 id=\"%z\">%z</h2>\n", code, part_kind(page, &kind_section, str_of(code)));
    if (words.is_other)
        html_write(out, "<p class=\"note\">%z</p>\n<div class=\"prose\" lang=\"%z\">\n",
                   words.lang == LANG_EN ? T(page, ONLY_EN) : T(page, ONLY_ZH),
                   lang_tag(words.lang));
    else
        buf_add_c(out, "<div class=\"prose\">\n");
    enum err e = markdown_write(out, words.text, info);
    buf_add_c(out, "</div>\n");
    if (text->source.len > 0 && !str_equal(text->source, known_source)) {
        html_write(out, "<p class=\"note\">%z%z", T(page, SOURCES), T(page, COLON));
        part_sources(out, text->source);
        buf_add_c(out, "</p>\n");
    }
    return e;
}

static enum err write_texts(struct page *page, const struct view_pavilion *p,
                            struct errinfo *info) {
    enum err e = ERR_OK;
    if (p->texts == 0)
        html_write(page->out, "<p class=\"note\">%z</p>\n", T(page, PAVILION_NO_TEXT));
    for (uint32_t i = 0; i < p->texts && e == ERR_OK; i++)
        e = write_text(page, &page->view->text[p->text_first + i], p->source, info);
    return e;
}

static void write_exhibit(struct page *page, const struct view_exhibit *x) {
    buf_add_c(page->out, "<li>");
    html_write(page->out, "%t", PICK(page, x, name));
    if (x->debut.len > 0)
        html_write(page->out, " <span class=\"mark new\">%z</span>",
                   part_kind(page, &kind_debut, x->debut));
    if (x->exhibitor != VIEW_NONE) {
        buf_add_c(page->out, "<div class=\"note\">");
        part_exhibitor(page, x->exhibitor);
        buf_add_c(page->out, "</div>");
    }
    buf_add_c(page->out, "</li>\n");
}

static bool is_debut(const struct view_exhibit *x) {
    return x->debut.len > 0;
}

/* First showings before the others; a long list ends with the way to all of it. */
static void write_exhibits(struct page *page, const struct view_pavilion *p) {
    const struct view *view = page->view;
    uint32_t shown = 0;
    if (p->exhibits == 0)
        return;
    part_section(page, "exhibits", T(page, PAVILION_EXHIBITS_HEAD));
    buf_add_c(page->out, "<ul class=\"steps wide-steps\">\n");
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < p->exhibits && shown < EXHIBITS_SHOWN; i++) {
            const struct view_exhibit *x =
                &view->exhibit[view->pavilion_exhibit[p->exhibit_first + i]];
            if (is_debut(x) != (round == 0))
                continue;
            write_exhibit(page, x);
            shown++;
        }
    html_write(page->out, "</ul>\n<p><a href=\"%s/exhibits?pavilion=%u\">", page->base,
               (uint32_t)p->id);
    html_write(page->out, T(page, PAVILION_ALL_EXHIBITS), p->exhibits);
    buf_add_c(page->out, "</a></p>\n");
}

static void write_members(struct page *page, const struct view_pavilion *p) {
    if (p->members == 0)
        return;
    part_section(page, "members", T(page, PAVILION_MEMBERS_HEAD));
    buf_add_c(page->out, "<ul class=\"plain columns\">\n");
    for (uint32_t i = 0; i < p->members; i++) {
        buf_add_c(page->out, "<li>");
        part_exhibitor(page, page->view->member[p->member_first + i]);
        buf_add_c(page->out, "</li>\n");
    }
    buf_add_c(page->out, "</ul>\n");
}

/* The hosts of an event besides the pavilion. */
static void write_partners(struct page *page, const struct view_programme_entry *entry,
                           uint32_t pavilion) {
    bool first = true;
    for (uint32_t h = 0; h < entry->hosts; h++) {
        const struct view_host *host = &page->view->host[entry->host_first + h];
        if (host->pavilion == pavilion)
            continue;
        html_write(page->out, " %z ", first ? "·" : T(page, COMMA));
        if (first)
            html_write(page->out, "%z", T(page, PAVILION_TOGETHER));
        first = false;
        if (host->pavilion != VIEW_NONE)
            pavilion_link(page, host->pavilion);
        else if (host->exhibitor != VIEW_NONE)
            part_exhibitor(page, host->exhibitor);
        else
            html_write(page->out, "%t", PICK(page, host, name));
    }
}

static void write_events(struct page *page, uint32_t pavilion) {
    const struct view *view = page->view;
    const struct view_pavilion *p = &view->pavilion[pavilion];
    if (p->hostings == 0)
        return;
    part_section(page, "events", T(page, PAVILION_EVENTS_HEAD));
    buf_add_c(page->out, "<ul class=\"steps\">\n");
    for (uint32_t i = 0; i < p->hostings; i++) {
        const struct view_programme_entry *e =
            &view->programme[view->hosting[p->hosting_first + i]];
        buf_add_c(page->out, "<li><strong>");
        event_link(page, e);
        buf_add_c(page->out, "</strong>");
        event_state(page, e);
        buf_add_c(page->out, "<div class=\"note\">");
        if (e->starts.len > 0)
            dates_write(page, e->starts, e->ends);
        else
            html_write(page->out, "%z", T(page, NOT_DATED));
        if (e->start_time.len > 0)
            html_write(page->out, " %s", e->start_time);
        if (e->place_en.len + e->place_zh.len > 0)
            html_write(page->out, " · %t", PICK(page, e, place));
        write_partners(page, e, pavilion);
        buf_add_c(page->out, "</div></li>\n");
    }
    buf_add_c(page->out, "</ul>\n");
}

static enum err write_body(struct page *page, uint32_t pavilion, struct errinfo *info) {
    const struct view_pavilion *p = &page->view->pavilion[pavilion];
    write_facts(page, p);
    write_pictures(page, p);
    enum err e = write_texts(page, p, info);
    if (e != ERR_OK)
        return e;
    write_exhibits(page, p);
    write_members(page, p);
    write_events(page, pavilion);
    if (p->source.len > 0) {
        html_write(page->out, "<p class=\"note\">%z%z", T(page, SOURCES), T(page, COLON));
        part_sources(page->out, p->source);
        buf_add_c(page->out, "</p>\n");
    }
    return ERR_OK;
}

/* The pavilion as a Place for search engines. */
static void write_thing(struct page *page, struct json_out *json, const void *what) {
    const struct view_pavilion *p = what;
    json_open(json);
    linked_data_type(json, "Place");
    json_key_text(json, "name", PICK(page, p, name).text);
    if (p->name_en.len > 0 && p->name_zh.len > 0)
        json_key_text(json, "alternateName", page->lang == LANG_EN ? p->name_zh : p->name_en);
    linked_data_address(page, json, "url", page->here);
    if (p->theme_en.len + p->theme_zh.len > 0)
        json_key_text(json, "description", PICK(page, p, theme).text);
    json_close(json);
}

enum err page_pavilion(struct page *page, struct errinfo *info) {
    const struct view *view = page->view;
    struct str asked = page->request->params[2];
    uint32_t pavilion = pavilion_of_key(page, asked);
    if (pavilion == VIEW_NONE)
        return page_not_found(page, WORD_NO_PAVILION, info);
    /* One address for each: the number of one that has a code leads to the code. */
    struct str key = pavilion_key(page, pavilion);
    if (!str_equal(key, asked)) {
        page->go_to = page_text(page, "%s/pavilions/%p", page->base, key);
        return ERR_OK;
    }
    const struct view_pavilion *p = &view->pavilion[pavilion];
    const struct crumb crumbs[] = {{STR("pavilions"), str_of(T(page, PAVILIONS))}};
    struct page_frame frame = {
        .description = page_text(page, T(page, PAVILION_DESCRIPTION), PICK(page, p, name).text,
                                 part_kind(page, &kind_pavilion, p->kind),
                                 PICK(page, view_this_edition(view), name).text),
        .section = SECTION_PAVILIONS,
        .elsewhere = STR("pavilions"),
        .thing = write_thing,
        .thing_of = p,
        .crumbs = crumbs,
        .crumb_count = 1,
    };
    page_title(page, &frame, p->name_en, p->name_zh);
    page_begin(page, &frame);
    enum err e = write_body(page, pavilion, info);
    if (e == ERR_OK)
        page_end(page);
    return e;
}
