/* Linked data: see linked_data.h. */
#include "site/linked_data.h"

enum { LINKED_DATA_MAX = 1 << 20 };

void linked_data_type(struct json_out *json, const char *type) {
    json_key_text(json, "@type", str_of(type));
}

void linked_data_address(struct page *page, struct json_out *json, const char *key,
                         struct str path) {
    json_key_text(json, key, page_text(page, "%s%s/%s", page->origin, page->base, path));
}

static void write_step(struct page *page, struct json_out *json, int64_t position, struct str name,
                       struct str path) {
    json_open(json);
    linked_data_type(json, "ListItem");
    json_key_i64(json, "position", position);
    json_key_text(json, "name", name);
    linked_data_address(page, json, "item", path);
    json_close(json);
}

static void write_breadcrumbs(struct page *page, struct json_out *json,
                              const struct page_frame *frame) {
    int64_t position = 1;
    json_open(json);
    linked_data_type(json, "BreadcrumbList");
    json_key(json, "itemListElement");
    json_open_list(json);
    write_step(page, json, position++, page_word(page, WORD_HOME).text, STR(""));
    for (size_t i = 0; i < frame->crumb_count; i++)
        write_step(page, json, position++, frame->crumbs[i].name, frame->crumbs[i].path);
    write_step(page, json, position, frame->title.text, page->here);
    json_close_list(json);
    json_close(json);
}

/* A "<" in a text could end the script element or open a comment in it; in JSON it may be written
 * as an escape (HTML Living Standard, 4.12.1.3). */
static void add_safely(struct buf *out, struct str json) {
    struct str piece;
    bool first = true;
    while (str_next(&json, "<", &piece)) {
        if (!first)
            buf_add_c(out, "\\u003c");
        first = false;
        buf_add_str(out, piece);
    }
}

void linked_data_write(struct page *page, const struct page_frame *frame) {
    struct buf text;
    struct json_out json;
    buf_init(&text, LINKED_DATA_MAX);
    json_init(&json, &text);
    json_open(&json);
    json_key_text(&json, "@context", STR("https://schema.org"));
    json_key(&json, "@graph");
    json_open_list(&json);
    if (frame->section != SECTION_HOME)
        write_breadcrumbs(page, &json, frame);
    if (frame->thing != NULL)
        frame->thing(page, &json, frame->thing_of);
    json_close_list(&json);
    json_close(&json);
    if (buf_error(&text, NULL) == ERR_OK) {
        buf_add_c(page->out, "<script type=\"application/ld+json\">");
        add_safely(page->out, buf_str(&text));
        buf_add_c(page->out, "</script>\n");
    }
    buf_release(&text);
}

static void write_text(struct json_out *json, const char *key, struct lang_text text) {
    if (text.text.len > 0)
        json_key_text(json, key, text.text);
}

void linked_data_edition(struct page *page, struct json_out *json, const void *what) {
    const struct view_edition *edition = what;
    json_open(json);
    linked_data_type(json, "ExhibitionEvent");
    write_text(json, "name", PICK(page, edition, name));
    linked_data_address(page, json, "url", STR(""));
    if (edition->starts.len > 0)
        json_key_text(json, "startDate", edition->starts);
    if (edition->ends.len > 0)
        json_key_text(json, "endDate", edition->ends);
    write_text(json, "description", PICK(page, edition, summary));
    write_text(json, "sameAs", (struct lang_text){.text = edition->website});
    json_key_text(json, "eventAttendanceMode",
                  STR("https://schema.org/OfflineEventAttendanceMode"));
    json_key(json, "location");
    json_open(json);
    linked_data_type(json, "Place");
    write_text(json, "name", PICK(page, edition, venue));
    json_key(json, "address");
    json_open(json);
    linked_data_type(json, "PostalAddress");
    write_text(json, "addressLocality", PICK(page, edition, city));
    json_close(json);
    json_close(json);
    json_close(json);
}

void linked_data_organisation(struct page *page, struct json_out *json, const void *what) {
    const struct view_organisation *o = what;
    const struct view *view = page->view;
    json_open(json);
    linked_data_type(json, "Organization");
    write_text(json, "name", PICK(page, o, name));
    linked_data_address(page, json, "url", page->here);
    if (o->name_en.len > 0 && o->name_zh.len > 0)
        json_key_text(json, "alternateName", page->lang == LANG_EN ? o->name_zh : o->name_en);
    if (o->website.len > 0)
        json_key_text(json, "sameAs", o->website);
    if (o->lei.len > 0)
        json_key_text(json, "leiCode", o->lei);
    if (o->country != VIEW_NONE) {
        json_key(json, "address");
        json_open(json);
        linked_data_type(json, "PostalAddress");
        json_key_text(json, "addressCountry", view->country[o->country].code);
        if (o->region != VIEW_NONE)
            write_text(json, "addressRegion", PICK(page, &view->region[o->region], name));
        json_close(json);
    }
    json_close(json);
}
