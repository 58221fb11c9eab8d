/*
 * Filters of the directory: see directory_form.h.
 *
 * Choices are fields of a form and not links: the combinations of filters are endless, and crawlers
 * follow links but send no forms.
 */
#include "site/directory_form.h"

#include <stdlib.h>

#include "site/parts.h"
#include "text/collate.h"

enum { SORT_KEYS_MAX = 1 << 20, CLOSE_MAX = 8 };

/* ---- choices ---- */

struct sortable {
    struct listing_choice choice;
    size_t key_at, key_len; /* in the buffer of keys */
    struct str key;
};

static int by_key(const void *a, const void *b) {
    const struct sortable *x = a, *y = b;
    return str_compare(x->key, y->key);
}

/* Whether the values of a key are sorted by name; the others have an order of their own. */
static bool is_sorted(enum directory_key key) {
    return key == DIRECTORY_COUNTRY || key == DIRECTORY_REGION || key == DIRECTORY_LEAD ||
           key == DIRECTORY_NODE || key == DIRECTORY_PAVILION;
}

static enum err sort_choices(struct page *page, const struct listing *listing,
                             struct sortable *choices, uint32_t count, struct errinfo *info) {
    struct buf keys;
    enum err e = ERR_OK;
    buf_init(&keys, SORT_KEYS_MAX);
    for (uint32_t i = 0; i < count && e == ERR_OK; i++) {
        choices[i].key_at = keys.len;
        e = text_sort_key(directory_collator(listing->directory, page->lang),
                          choices[i].choice.name.text, &keys, info);
        choices[i].key_len = keys.len - choices[i].key_at;
    }
    for (uint32_t i = 0; i < count; i++)
        choices[i].key = (struct str){keys.ptr + choices[i].key_at, choices[i].key_len};
    if (e == ERR_OK && count > 0)
        qsort(choices, count, sizeof(*choices), by_key);
    buf_release(&keys);
    return e;
}

/* The values of a key that leave somebody, and the one that is set. */
static enum err choices_of(struct page *page, const struct listing *listing, enum directory_key key,
                           struct sortable **out, uint32_t *count, struct errinfo *info) {
    uint32_t all = listing_choices(page->view, key);
    *count = 0;
    *out = arena_new(page->arena, (size_t)all + 1, sizeof(**out));
    if (*out == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < all; i++) {
        struct listing_choice choice = listing_choice(page, listing, key, i);
        if (choice.count > 0 || str_equal_nocase(choice.value, listing->value[key]))
            (*out)[(*count)++].choice = choice;
    }
    return is_sorted(key) ? sort_choices(page, listing, *out, *count, info) : ERR_OK;
}

static void write_option(struct page *page, const struct listing_choice *choice, bool is_chosen) {
    html_write(page->out, "<option value=\"%s\"", choice->value);
    if (choice->name.is_other)
        html_write(page->out, " lang=\"%z\"", lang_tag(choice->name.lang));
    html_write(page->out, "%z>%s (%u)</option>", is_chosen ? " selected" : "", choice->name.text,
               choice->count);
}

/* A field with the values of a key; nothing when there is no choice to make. */
static enum err write_select(struct page *page, const struct listing *listing,
                             enum directory_key key, struct errinfo *info) {
    struct sortable *choices;
    uint32_t count;
    enum err e = choices_of(page, listing, key, &choices, &count, info);
    if (e != ERR_OK || (count < 2 && listing->value[key].len == 0))
        return e;
    html_write(page->out, "<label>%z <select name=\"%z\"><option value=\"\">%z</option>",
               listing_key_name(page, key), directory_key_name(key), T(page, FILTER_ANY));
    for (uint32_t i = 0; i < count; i++)
        write_option(page, &choices[i].choice,
                     str_equal_nocase(choices[i].choice.value, listing->value[key]));
    buf_add_c(page->out, "</select></label>\n");
    return ERR_OK;
}

static enum err write_selects(struct page *page, const struct listing *listing,
                              const enum directory_key *keys, size_t count, struct errinfo *info) {
    enum err e = ERR_OK;
    buf_add_c(page->out, "<div class=\"fields\">\n");
    for (size_t i = 0; i < count && e == ERR_OK; i++)
        e = write_select(page, listing, keys[i], info);
    buf_add_c(page->out, "</div>\n");
    return e;
}

enum err directory_form_write(struct page *page, const struct listing *listing,
                              struct errinfo *info) {
    static const enum directory_key first[] = {DIRECTORY_CHAIN, DIRECTORY_STAGE, DIRECTORY_COUNTRY,
                                               DIRECTORY_AREA};
    /* A node is chosen among those of a chain; of all, they would be too many. */
    static const enum directory_key further[] = {
        DIRECTORY_TYPE,     DIRECTORY_SIZE,   DIRECTORY_SEEN, DIRECTORY_LEAD,
        DIRECTORY_PAVILION, DIRECTORY_REGION, DIRECTORY_NODE};
    struct buf *out = page->out;
    bool has_node = listing->value[DIRECTORY_CHAIN].len + listing->value[DIRECTORY_NODE].len > 0;
    bool is_open = false;
    for (size_t i = 0; i < sizeof(further) / sizeof(further[0]); i++)
        is_open |= listing->value[further[i]].len > 0;
    html_write(out,
               "<form class=\"find\" role=\"search\" action=\"%s/exhibitors\">\n"
               "<p class=\"box\"><label for=\"q\">%z</label> <input type=\"search\" id=\"q\" "
               "name=\"q\" maxlength=\"%u\" value=\"%s\"> <button>%z</button></p>\n",
               page->base, T(page, FILTER_WORDS), (uint32_t)SEARCH_QUERY_BYTES_MAX / 4,
               listing->value[DIRECTORY_WORDS], T(page, FILTER_SHOW));
    if (listing->by_area)
        buf_add_c(out, "<input type=\"hidden\" name=\"by\" value=\"area\">\n");
    enum err e = write_selects(page, listing, first, sizeof(first) / sizeof(first[0]), info);
    if (e != ERR_OK)
        return e;
    html_write(out, "<details%z><summary>%z</summary>\n", is_open ? " open" : "",
               T(page, FILTER_MORE));
    e = write_selects(page, listing, further, sizeof(further) / sizeof(further[0]) - !has_node,
                      info);
    buf_add_c(out, "</details>\n</form>\n");
    return e;
}

/* ---- what is set ---- */

static void write_without(struct page *page, const struct listing *listing,
                          enum directory_key key) {
    html_write(page->out, "<a rel=\"nofollow\" href=\"%s/exhibitors%s\"", page->base,
               listing_query(page, listing, key, 1));
}

void directory_chips_write(struct page *page, const struct listing *listing) {
    struct buf *out = page->out;
    if (!listing->is_filtered)
        return;
    html_write(out, "<ul class=\"chips set\" aria-label=\"%z\">", T(page, FILTERS_SET));
    for (int k = 0; k < DIRECTORY_KEYS; k++) {
        enum directory_key key = (enum directory_key)k;
        if (listing->value[k].len == 0)
            continue;
        buf_add_c(out, "<li>");
        write_without(page, listing, key);
        html_write(out,
                   " title=\"%z\"><span>%z%z</span>%t <span class=\"x\">×</span>"
                   "<span class=\"unseen\"> %z</span></a></li>",
                   T(page, FILTER_REMOVE), listing_key_name(page, key), T(page, COLON),
                   listing_value_name(page, listing, key), T(page, FILTER_REMOVE));
    }
    html_write(out, "<li class=\"all\"><a href=\"%s/exhibitors%z\">%z</a></li></ul>\n", page->base,
               listing->by_area ? "?by=area" : "", T(page, FILTER_CLEAR));
}

void directory_search_write(struct page *page, const struct listing *listing) {
    struct str words = listing->value[DIRECTORY_WORDS];
    if (words.len == 0)
        return;
    html_write(page->out, "<a rel=\"nofollow\" href=\"%s/search?q=%p\">", page->base, words);
    html_write(page->out, T(page, FILTER_EVERYTHING), words);
    buf_add_c(page->out, "</a>");
}

/* ---- nobody left ---- */

static void write_drops(struct page *page, const struct listing *listing) {
    bool first = true;
    for (int k = 0; k < DIRECTORY_KEYS; k++) {
        enum directory_key key = (enum directory_key)k;
        if (listing->value[k].len == 0 || listing->facets.without[k] == 0)
            continue;
        html_write(page->out, first ? "<p>%z</p>\n<ul class=\"plain\">" : "", T(page, EMPTY_DROP));
        first = false;
        buf_add_c(page->out, "<li>");
        write_without(page, listing, key);
        buf_add_char(page->out, '>');
        html_write(page->out, T(page, EMPTY_WITHOUT), listing_key_name(page, key),
                   listing_value_name(page, listing, key));
        buf_add_c(page->out, "</a> <small>");
        html_write(page->out, T(page, EXHIBITORS_COUNT), listing->facets.without[k]);
        buf_add_c(page->out, "</small></li>");
    }
    buf_add_c(page->out, first ? "" : "</ul>\n");
}

/* What the search finds that the filter by name does not: typos, names that lack a word, what firms
 * say they show; and organisations that are in the register of other editions only. */
static enum err write_close(struct page *page, const struct listing *listing,
                            struct errinfo *info) {
    const struct view_search *search;
    struct search_result result;
    struct view_search_hit hits[CLOSE_MAX];
    uint32_t count = 0;
    enum err e = snapshot_search(page->snapshot, &search, info);
    if (e == ERR_OK)
        e = view_search_find(search, listing->value[DIRECTORY_WORDS], &result, info);
    if (e != ERR_OK)
        return e;
    e = view_search_top(search, &result, 1U << VIEW_SEARCH_ORGANISATION, 0, hits, CLOSE_MAX, &count,
                        info);
    search_result_release(&result);
    for (uint32_t i = 0; i < count && e == ERR_OK; i++) {
        const struct view_organisation *o = &page->view->organisation[hits[i].index];
        html_write(page->out, i == 0 ? "<p>%z</p>\n<ul class=\"plain\">\n" : "",
                   T(page, EMPTY_CLOSE));
        buf_add_c(page->out, "<li>");
        part_organisation(page, hits[i].index);
        part_beside(page, o->name_en, o->name_zh);
        if (o->exhibitor == VIEW_NONE)
            html_write(page->out, " <small>%z</small>", T(page, OTHER_EDITIONS));
        buf_add_c(page->out, "</li>\n");
    }
    buf_add_c(page->out, count > 0 && e == ERR_OK ? "</ul>\n" : "");
    return e;
}

enum err directory_empty_write(struct page *page, const struct listing *listing,
                               struct errinfo *info) {
    enum err e = ERR_OK;
    html_write(page->out, "<h2 id=\"nobody\">%z</h2>\n", T(page, EMPTY));
    if (listing->value[DIRECTORY_WORDS].len > 0)
        e = write_close(page, listing, info);
    write_drops(page, listing);
    buf_add_c(page->out, "<p>");
    directory_search_write(page, listing);
    html_write(page->out, "%z<a href=\"%s/exhibitors\">%z</a></p>\n",
               listing->value[DIRECTORY_WORDS].len > 0 ? " · " : "", page->base,
               T(page, EMPTY_ALL));
    return e;
}
