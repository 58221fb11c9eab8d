/*
 * The directory: the exhibitors of an edition under filters, by letter or by area, a hundred a
 * page, and the same as a file.
 */
#include "exchange/list.h"
#include "model/kinds.h"
#include "service/lists.h"
#include "site/directory_form.h"
#include "site/pages.h"
#include "site/parts.h"
#include "text/collate.h"

enum { OFFERS_A_ROW = 3, ID_SIZE = 160 };

/* ---- groups: letters or areas ---- */

/* The group of an exhibitor: equal for neighbours that share a heading. */
static uint32_t group_of(const struct page *page, const struct listing *listing,
                         uint32_t exhibitor) {
    const struct view_exhibitor *e = &page->view->exhibitor[exhibitor];
    if (listing->by_area)
        return e->area;
    return (unsigned char)directory_letter(listing->directory, page->lang, e->organisation);
}

static struct lang_text group_name(struct page *page, const struct listing *listing,
                                   uint32_t group) {
    if (listing->by_area)
        return group != VIEW_NONE ? PICK(page, &page->view->area[group], name)
                                  : page_word(page, WORD_NO_AREA);
    if (group == TEXT_INDEX_BEFORE)
        return (struct lang_text){STR("0–9"), page->lang, false};
    if (group == TEXT_INDEX_AFTER)
        return page_word(page, WORD_LETTER_AFTER);
    return (struct lang_text){page_text(page, "%z", (const char[]){(char)group, '\0'}), page->lang,
                              false};
}

/* The anchor of a group. */
static struct str group_id(struct page *page, const struct listing *listing, uint32_t group) {
    if (listing->by_area)
        return group != VIEW_NONE ? page_text(page, "area-%p", page->view->area[group].code)
                                  : STR("area-none");
    if (group == TEXT_INDEX_BEFORE)
        return STR("letter-0");
    if (group == TEXT_INDEX_AFTER)
        return STR("letter-other");
    return page_text(page, "letter-%z", (const char[]){(char)group, '\0'});
}

/* Links to each group, on whatever page it begins. */
static void write_jumps(struct page *page, const struct listing *listing) {
    struct buf *out = page->out;
    if (listing->count == 0)
        return;
    html_write(out, "<nav class=\"jumps\" aria-label=\"%z\"><ul>", T(page, JUMP));
    for (uint32_t i = 0; i < listing->count; i++) {
        uint32_t group = group_of(page, listing, listing->found[i]);
        if (i > 0 && group == group_of(page, listing, listing->found[i - 1]))
            continue;
        uint32_t at = i / LISTING_PAGE_SIZE + 1;
        struct str query = at == listing->page
                               ? STR("")
                               : page_text(page, "%s/exhibitors%s", page->base,
                                           listing_query(page, listing, DIRECTORY_KEYS, at));
        html_write(out,
                   listing->is_filtered ? "<li><a rel=\"nofollow\" href=\"%s#%s\">%t</a></li>"
                                        : "<li><a href=\"%s#%s\">%t</a></li>",
                   query, group_id(page, listing, group), group_name(page, listing, group));
    }
    buf_add_c(out, "</ul></nav>\n");
}

/* ---- rows ---- */

static void write_offers(struct page *page, uint32_t exhibitor) {
    struct chain_row offers = chain_row(&page->view->report->offers_by_exhibitor, exhibitor);
    for (size_t i = 0; i < offers.count && i < OFFERS_A_ROW; i++) {
        buf_add_c(page->out, i > 0 ? T(page, COMMA) : "");
        part_node(page, offers.at[i].of);
    }
    if (offers.count > OFFERS_A_ROW) {
        buf_add_char(page->out, ' ');
        html_write(page->out, T(page, AND_MORE), (uint32_t)(offers.count - OFFERS_A_ROW));
    }
}

static void write_exhibitor(struct page *page, const struct listing *listing, uint32_t exhibitor) {
    const struct view *view = page->view;
    const struct view_exhibitor *e = &view->exhibitor[exhibitor];
    const struct view_organisation *o = &view->organisation[e->organisation];
    struct buf *out = page->out;
    buf_add_c(out, "<li><div class=\"who\">");
    part_exhibitor(page, exhibitor);
    part_beside(page, o->name_en, o->name_zh);
    buf_add_c(out, "</div><div class=\"from\">");
    part_place(page, o);
    if (e->area != VIEW_NONE && !listing->by_area)
        html_write(out, " · %t", PICK(page, &view->area[e->area], name));
    if (e->lead != VIEW_NONE) {
        html_write(out, " · %z%z", T(page, LEAD), T(page, COLON));
        part_exhibitor(page, e->lead);
    } else if (kind_of_code(&kind_exhibitor_type, e->type) > EXHIBITOR_DIRECT) {
        html_write(out, " · %z", part_kind(page, &kind_exhibitor_type, e->type));
    }
    buf_add_c(out, "</div><div class=\"what\">");
    write_offers(page, exhibitor);
    buf_add_c(out, "</div></li>\n");
}

static void write_rows(struct page *page, const struct listing *listing) {
    struct buf *out = page->out;
    uint32_t from = (listing->page - 1) * LISTING_PAGE_SIZE, to = from + LISTING_PAGE_SIZE;
    if (to > listing->count)
        to = listing->count;
    for (uint32_t i = from; i < to; i++) {
        uint32_t group = group_of(page, listing, listing->found[i]);
        if (i == from || group != group_of(page, listing, listing->found[i - 1])) {
            buf_add_c(out, i > from ? "</ul></section>\n" : "");
            html_write(out, "<section class=\"%z\"><h2 id=\"%s\">%t</h2>\n<ul class=\"firms\">\n",
                       listing->by_area ? "area" : "letter", group_id(page, listing, group),
                       group_name(page, listing, group));
        }
        write_exhibitor(page, listing, listing->found[i]);
    }
    buf_add_c(out, to > from ? "</ul></section>\n" : "");
}

/* ---- around the rows ---- */

static void write_count(struct page *page, const struct listing *listing) {
    struct buf *out = page->out;
    buf_add_c(out, "<div class=\"found\"><p>");
    if (listing->is_filtered)
        html_write(out, T(page, FOUND_SOME), (int64_t)listing->count,
                   (int64_t)page->view->exhibitors);
    else
        html_write(out, T(page, FOUND_ALL), (int64_t)listing->count);
    buf_add_c(out, "</p><p>");
    directory_search_write(page, listing);
    buf_add_c(out, listing->value[DIRECTORY_WORDS].len > 0 ? " · " : "");
    struct listing other = *listing;
    other.by_area = !listing->by_area;
    html_write(out, "<a rel=\"nofollow\" href=\"%s/exhibitors%s\">%z</a> · ", page->base,
               listing_query(page, &other, DIRECTORY_KEYS, 1),
               listing->by_area ? T(page, BY_NAME) : T(page, BY_AREA));
    other.by_area = false;
    html_write(
        out,
        "<a rel=\"%z\" type=\"text/csv\" href=\"%s/exhibitors.csv%s\" download>%z</a></p></div>\n",
        listing->is_filtered ? "nofollow" : "alternate", page->base,
        listing_query(page, &other, DIRECTORY_KEYS, 1), T(page, AS_CSV));
}

static void write_step(struct page *page, const struct listing *listing, const char *rel,
                       uint32_t number, const char *words) {
    if (number < 1 || number > listing->pages)
        return;
    html_write(page->out, " <a rel=\"%z%z\" href=\"%s/exhibitors%s\">%z</a>", rel,
               listing->is_filtered ? " nofollow" : "", page->base,
               listing_query(page, listing, DIRECTORY_KEYS, number), words);
}

static void write_pager(struct page *page, const struct listing *listing) {
    if (listing->pages < 2)
        return;
    html_write(page->out, "<nav class=\"pager\" aria-label=\"%z\">", T(page, PAGER));
    write_step(page, listing, "prev", listing->page - 1, T(page, PAGE_BEFORE));
    buf_add_c(page->out, " <span>");
    html_write(page->out, T(page, PAGE_OF), listing->page, listing->pages);
    buf_add_c(page->out, "</span>");
    write_step(page, listing, "next", listing->page + 1, T(page, PAGE_AFTER));
    buf_add_c(page->out, "</nav>\n");
}

/* "Exhibitors", or for one filter what it is: "Exhibitors: Germany". */
static struct lang_text title_of(struct page *page, const struct listing *listing) {
    struct lang_text title = page_word(page, WORD_EXHIBITORS);
    struct buf words;
    if (!listing->is_filtered)
        return title;
    buf_init(&words, PAGE_TEXT_MAX);
    html_write_plain(&words, "%t%z", title, T(page, COLON));
    bool first = true;
    for (int key = 0; key < DIRECTORY_KEYS; key++)
        if (listing->value[key].len > 0) {
            html_write_plain(&words, "%z%t", first ? "" : T(page, COMMA),
                             listing_value_name(page, listing, (enum directory_key)key));
            first = false;
        }
    struct str copy = arena_copy(page->arena, buf_str(&words));
    buf_release(&words);
    if (copy.ptr != NULL)
        title.text = copy;
    return title;
}

static enum err write_body(struct page *page, const struct listing *listing, struct errinfo *info) {
    directory_chips_write(page, listing);
    if (listing->count == 0 && listing->is_filtered)
        return directory_empty_write(page, listing, info);
    if (page->view->exhibitors == 0) {
        html_write(page->out, "<p>%z</p>\n", T(page, NO_EXHIBITORS));
        return ERR_OK;
    }
    write_count(page, listing);
    write_jumps(page, listing);
    write_rows(page, listing);
    write_pager(page, listing);
    return ERR_OK;
}

enum err page_exhibitors(struct page *page, struct errinfo *info) {
    struct listing listing;
    enum err e = listing_read(page, &listing, info);
    if (e != ERR_OK)
        return e;
    struct str query = listing_query(page, &listing, DIRECTORY_KEYS, listing.page);
    if (!str_equal(query, page->query)) {
        page->go_to = page_text(page, "%s/exhibitors%s", page->base, query);
        return ERR_OK;
    }
    const struct crumb crumbs[] = {{STR("exhibitors"), str_of(T(page, EXHIBITORS))}};
    const struct page_frame frame = {
        .title = title_of(page, &listing),
        .description = page_text(page, T(page, DIRECTORY_DESCRIPTION), listing.count,
                                 PICK(page, view_this_edition(page->view), name).text),
        .section = SECTION_EXHIBITORS,
        .crumbs = crumbs,
        .crumb_count = listing.is_filtered,
        .query = query,
        .no_index = listing.is_filtered || listing.by_area,
    };
    page_begin(page, &frame);
    if (!view_this_edition(page->view)->register_complete)
        part_register(page);
    e = directory_form_write(page, &listing, info);
    if (e == ERR_OK)
        e = write_body(page, &listing, info);
    if (e == ERR_OK)
        page_end(page);
    return e;
}

enum err page_exhibitors_csv(struct page *page, struct errinfo *info) {
    struct listing listing;
    struct list list;
    enum err e = listing_read(page, &listing, info);
    if (e != ERR_OK)
        return e;
    list_init(&list);
    lists_exhibitors(page->view, listing.found, listing.count, &list);
    e = list_write(&list, LIST_CSV, page->out, info);
    list_release(&list);
    return e;
}
