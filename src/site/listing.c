/* Listings: see listing.h. */
#include "site/listing.h"

#include <stdlib.h>

#include "model/kinds.h"
#include "site/parts.h"

enum { QUERY_MAX = 4096 };

static const enum directory_seen seen_values[] = {DIRECTORY_SEEN_NEW, DIRECTORY_SEEN_RETURNING};
static const enum chain_stage stage_values[] = {CHAIN_UPSTREAM, CHAIN_MIDSTREAM, CHAIN_DOWNSTREAM};

/* ---- names ---- */

const char *listing_key_name(const struct page *page, enum directory_key key) {
    static const enum site_word words[DIRECTORY_KEYS] = {
        [DIRECTORY_CHAIN] = WORD_FILTER_CHAIN,
        [DIRECTORY_STAGE] = WORD_STAGE,
        [DIRECTORY_NODE] = WORD_NODE,
        [DIRECTORY_COUNTRY] = WORD_COUNTRY,
        [DIRECTORY_REGION] = WORD_FILTER_REGION,
        [DIRECTORY_SIZE] = WORD_SIZE,
        [DIRECTORY_AREA] = WORD_AREA,
        [DIRECTORY_TYPE] = WORD_TYPE,
        [DIRECTORY_SEEN] = WORD_FILTER_SEEN,
        [DIRECTORY_LEAD] = WORD_LEAD,
        [DIRECTORY_PAVILION] = WORD_PAVILION,
        [DIRECTORY_WORDS] = WORD_FILTER_WORDS,
    };
    return site_word(page->lang, words[key]);
}

static struct lang_text own(const struct page *page, const char *text) {
    return (struct lang_text){str_of(text), page->lang, false};
}

struct lang_text listing_value_name(struct page *page, const struct listing *listing,
                                    enum directory_key key) {
    const struct view *view = page->view;
    const struct directory_filter *f = &listing->filter;
    switch (key) {
    case DIRECTORY_CHAIN:
        return PICK(page, &view->chain[f->chain], name);
    case DIRECTORY_STAGE:
        return own(page, part_stage(page, (uint8_t)f->stage));
    case DIRECTORY_NODE:
        return PICK(page, &view->node[f->node], name);
    case DIRECTORY_COUNTRY:
        return PICK(page, &view->country[f->country], name);
    case DIRECTORY_REGION:
        return PICK(page, &view->region[f->region], name);
    case DIRECTORY_SIZE:
        return own(page, part_kind(page, &kind_size, listing->value[key]));
    case DIRECTORY_AREA:
        return PICK(page, &view->area[f->area], name);
    case DIRECTORY_TYPE:
        return own(page, part_kind(page, &kind_exhibitor_type, listing->value[key]));
    case DIRECTORY_SEEN:
        return own(page, f->seen == DIRECTORY_SEEN_NEW ? T(page, SEEN_NEW) : T(page, SEEN_BEFORE));
    case DIRECTORY_LEAD:
        return PICK(page, view_organisation_of(view, f->lead), name);
    case DIRECTORY_PAVILION:
        return PICK(page, &view->pavilion[f->pavilion], name);
    default:
        return (struct lang_text){listing->value[DIRECTORY_WORDS], page->lang, false};
    }
}

/* ---- choices ---- */

uint32_t listing_choices(const struct view *view, enum directory_key key) {
    const uint32_t counts[DIRECTORY_KEYS] = {
        [DIRECTORY_CHAIN] = view->chains,
        [DIRECTORY_STAGE] = sizeof(stage_values) / sizeof(stage_values[0]),
        [DIRECTORY_NODE] = view->nodes,
        [DIRECTORY_COUNTRY] = view->countries,
        [DIRECTORY_REGION] = view->regions,
        [DIRECTORY_SIZE] = kind_size.count - 1,
        [DIRECTORY_AREA] = view->areas,
        [DIRECTORY_TYPE] = kind_exhibitor_type.count - 1,
        [DIRECTORY_SEEN] = sizeof(seen_values) / sizeof(seen_values[0]),
        [DIRECTORY_LEAD] = view->exhibitors,
        [DIRECTORY_PAVILION] = view->pavilions,
    };
    return counts[key];
}

static struct listing_choice choose_kind(const struct page *page, const struct kind *kind,
                                         const uint32_t *counts, uint32_t value) {
    struct str code = str_of(kind_code(kind, value));
    return (struct listing_choice){own(page, part_kind(page, kind, code)), code, counts[value]};
}

static struct listing_choice choose_number(struct page *page, struct lang_text name, int64_t id,
                                           uint32_t count) {
    return (struct listing_choice){name, arena_printf(page->arena, "%lld", (long long)id), count};
}

struct listing_choice listing_choice(struct page *page, const struct listing *listing,
                                     enum directory_key key, uint32_t i) {
    const struct view *v = page->view;
    const struct directory_facets *f = &listing->facets;
    switch (key) {
    case DIRECTORY_CHAIN:
        return (struct listing_choice){PICK(page, &v->chain[i], name), v->chain[i].code,
                                       f->chain[i]};
    case DIRECTORY_STAGE:
        return (struct listing_choice){own(page, part_stage(page, (uint8_t)stage_values[i])),
                                       str_of(kind_code(&kind_stage, STAGE_UPSTREAM + i)),
                                       f->stage[stage_values[i]]};
    case DIRECTORY_NODE:
        return (struct listing_choice){PICK(page, &v->node[i], name), v->node[i].code, f->node[i]};
    case DIRECTORY_COUNTRY:
        return (struct listing_choice){PICK(page, &v->country[i], name), v->country[i].code,
                                       f->country[i]};
    case DIRECTORY_REGION:
        return (struct listing_choice){PICK(page, &v->region[i], name), v->region[i].code,
                                       f->region[i]};
    case DIRECTORY_SIZE:
        return choose_kind(page, &kind_size, f->size, i + 1);
    case DIRECTORY_AREA:
        return (struct listing_choice){PICK(page, &v->area[i], name), v->area[i].code, f->area[i]};
    case DIRECTORY_TYPE:
        return choose_kind(page, &kind_exhibitor_type, f->type, i + 1);
    case DIRECTORY_SEEN:
        return (struct listing_choice){own(page, i == 0 ? T(page, SEEN_NEW) : T(page, SEEN_BEFORE)),
                                       i == 0 ? STR("new") : STR("returning"),
                                       f->seen[seen_values[i]]};
    case DIRECTORY_LEAD:
        return choose_number(page, PICK(page, view_organisation_of(v, i), name),
                             view_organisation_of(v, i)->id, f->lead[i]);
    case DIRECTORY_PAVILION:
        return choose_number(page, PICK(page, &v->pavilion[i], name), v->pavilion[i].id,
                             f->pavilion[i]);
    default:
        return (struct listing_choice){{STR(""), page->lang, false}, STR(""), 0};
    }
}

/* ---- addresses ---- */

static void add_pair(struct buf *out, const char *name, struct str value) {
    html_write_plain(out, "%z%z=%p", out->len == 0 ? "?" : "&", name, value);
}

struct str listing_query(struct page *page, const struct listing *listing,
                         enum directory_key without, uint32_t page_number) {
    struct buf query;
    buf_init(&query, QUERY_MAX);
    for (int key = 0; key < DIRECTORY_KEYS; key++)
        if (listing->value[key].len > 0 && key != (int)without)
            add_pair(&query, directory_key_name((enum directory_key)key), listing->value[key]);
    if (listing->by_area)
        add_pair(&query, "by", STR("area"));
    if (page_number > 1)
        add_pair(&query, "page", page_text(page, "%u", page_number));
    struct str copy = arena_copy(page->arena, buf_str(&query));
    buf_release(&query);
    return copy.ptr != NULL ? copy : STR("");
}

/* ---- reading ---- */

static const enum site_word unknown_words[DIRECTORY_KEYS] = {
    [DIRECTORY_CHAIN] = WORD_NO_CHAIN,       [DIRECTORY_STAGE] = WORD_NO_STAGE_NAME,
    [DIRECTORY_NODE] = WORD_NO_NODE,         [DIRECTORY_COUNTRY] = WORD_NO_COUNTRY,
    [DIRECTORY_REGION] = WORD_NO_REGION,     [DIRECTORY_SIZE] = WORD_NO_SIZE,
    [DIRECTORY_AREA] = WORD_NO_AREA_NAME,    [DIRECTORY_TYPE] = WORD_NO_TYPE,
    [DIRECTORY_SEEN] = WORD_NO_SEEN,         [DIRECTORY_LEAD] = WORD_NO_EXHIBITOR,
    [DIRECTORY_PAVILION] = WORD_NO_PAVILION,
};

static enum err read_filters(struct page *page, struct listing *l, struct errinfo *info) {
    for (int k = 0; k < DIRECTORY_KEYS; k++) {
        enum directory_key key = (enum directory_key)k;
        l->value[key] = str_trim(http_request_query(page->request, directory_key_name(key)));
        if (l->value[key].len == 0)
            continue;
        l->is_filtered = true;
        enum err e =
            snapshot_filter_set(page->snapshot, key, l->value[key], page->arena, &l->filter, info);
        if (e == ERR_LIMIT)
            return err_set(info, ERR_LIMIT, "%s", T(page, WORDS_TOO_LONG));
        if (e == ERR_INPUT)
            return page_not_found(page, unknown_words[key], info);
        if (e != ERR_OK)
            return e;
    }
    return ERR_OK;
}

/* Collects who meets the filter, in the order of the language. */
static void collect(struct page *page, struct listing *l) {
    const uint32_t *order = directory_exhibitors(l->directory, page->lang);
    for (uint32_t i = 0; i < page->view->exhibitors && l->count < l->facets.exhibitors; i++)
        if (directory_takes(page->view, &l->filter, order[i]))
            l->found[l->count++] = order[i];
}

/* Brings those of one area together, in the order of the areas, those of none last. */
static bool group_by_area(struct page *page, struct listing *l) {
    uint32_t *grouped = arena_new(page->arena, (size_t)l->count + 1, sizeof(*grouped)), at = 0;
    if (grouped == NULL)
        return false;
    for (uint32_t a = 0; a <= page->view->areas; a++)
        for (uint32_t i = 0; i < l->count; i++)
            if (page->view->exhibitor[l->found[i]].area ==
                (a < page->view->areas ? a : (uint32_t)VIEW_NONE))
                grouped[at++] = l->found[i];
    l->found = grouped;
    return true;
}

static enum err read_page_number(struct page *page, struct listing *l, struct errinfo *info) {
    struct str asked = http_request_query(page->request, "page");
    l->pages = l->count == 0 ? 1 : (l->count + LISTING_PAGE_SIZE - 1) / LISTING_PAGE_SIZE;
    l->page = 1;
    if (asked.len > 0 && (!str_to_u32(asked, &l->page) || l->page == 0 || l->page > l->pages))
        return page_not_found(page, WORD_NO_PAGE, info);
    return ERR_OK;
}

enum err listing_read(struct page *page, struct listing *out, struct errinfo *info) {
    *out =
        (struct listing){.by_area = str_equal_c(http_request_query(page->request, "by"), "area")};
    directory_filter_init(&out->filter);
    enum err e = snapshot_directory(page->snapshot, &out->directory, info);
    if (e == ERR_OK)
        e = read_filters(page, out, info);
    if (e == ERR_OK)
        e = directory_facets_count(page->view, &out->filter, page->arena, &out->facets, info);
    if (e != ERR_OK)
        return e;
    out->found = arena_new(page->arena, (size_t)out->facets.exhibitors + 1, sizeof(*out->found));
    if (out->found == NULL)
        return err_memory(info);
    collect(page, out);
    if (out->by_area && !group_by_area(page, out))
        return err_memory(info);
    return read_page_number(page, out, info);
}
