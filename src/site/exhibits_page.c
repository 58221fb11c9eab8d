/*
 * The exhibits of an edition, field by field: first showings before the others, with the claim and
 * its proof. Plain links choose kinds of first showing, fields and pavilions, one of each.
 */
#include "model/kinds.h"
#include "site/pages.h"
#include "site/parts.h"
#include "site/pavilion_parts.h"

/* What the query asks for; VIEW_NONE and 0 = any. */
struct choice {
    uint32_t debut;    /* enum debut; DEBUT_ANY_CLAIM = whatever is claimed */
    struct str field;  /* code of an area; empty = any */
    uint32_t pavilion; /* of the view */
};

enum { DEBUT_ANY_CLAIM = 100 };

static enum err read_choice(struct page *page, struct choice *choice, struct errinfo *info) {
    struct str debut = http_request_query(page->request, "debut");
    struct str pavilion = http_request_query(page->request, "pavilion");
    int64_t id = 0;
    choice->field = http_request_query(page->request, "field");
    choice->debut =
        str_equal_c(debut, "any") ? (uint32_t)DEBUT_ANY_CLAIM : kind_of_code(&kind_debut, debut);
    choice->pavilion = VIEW_NONE;
    if (debut.len > 0 && choice->debut == DEBUT_UNKNOWN)
        return page_not_found(page, WORD_EXHIBITS_EMPTY, info);
    if (choice->field.len > 0 && str_map_get(&page->view->area_by_code, choice->field) == MAP_NONE)
        return page_not_found(page, WORD_EXHIBITS_EMPTY, info);
    if (pavilion.len == 0)
        return ERR_OK;
    for (uint32_t p = 0; str_to_i64(pavilion, &id) && p < page->view->pavilions; p++)
        if (page->view->pavilion[p].id == id)
            choice->pavilion = p;
    return choice->pavilion != VIEW_NONE ? ERR_OK : page_not_found(page, WORD_EXHIBITS_EMPTY, info);
}

static bool fits(const struct choice *choice, const struct view_exhibit *x) {
    uint32_t debut = kind_of_code(&kind_debut, x->debut);
    return (choice->debut == 0 || debut == choice->debut ||
            (choice->debut == DEBUT_ANY_CLAIM && debut != DEBUT_UNKNOWN)) &&
           (choice->field.len == 0 || str_equal(x->field, choice->field)) &&
           (choice->pavilion == VIEW_NONE || x->pavilion == choice->pavilion);
}

static uint32_t count_fitting(const struct page *page, const struct choice *choice) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < page->view->exhibits; i++)
        count += fits(choice, &page->view->exhibit[i]);
    return count;
}

/* ---- choices ---- */

/* A link to the page with another choice and how many exhibits it has; nothing for none. */
static void write_option(struct page *page, const struct choice *present,
                         const struct choice *other, bool is_present, struct lang_text name) {
    struct buf *out = page->out;
    uint32_t count = count_fitting(page, other);
    const char *mark = "?";
    if (count == 0 && !is_present)
        return;
    html_write(out, "<li><a href=\"%s/exhibits", page->base);
    if (other->debut != 0) {
        html_write(out, "%zdebut=%z", mark,
                   other->debut == DEBUT_ANY_CLAIM ? "any" : kind_code(&kind_debut, other->debut));
        mark = "&";
    }
    if (other->field.len > 0) {
        html_write(out, "%zfield=%p", mark, other->field);
        mark = "&";
    }
    if (other->pavilion != VIEW_NONE)
        html_write(out, "%zpavilion=%i", mark, page->view->pavilion[other->pavilion].id);
    html_write(out,
               is_present
                   ? "\" rel=\"nofollow\" aria-current=\"true\">%t</a> <small>%u</small></li>"
                   : "\" rel=\"nofollow\">%t</a> <small>%u</small></li>",
               name, count);
}

static void open_options(struct page *page, enum site_word word) {
    html_write(page->out, "<nav class=\"choices\" aria-label=\"%z\"><b>%z</b><ul>",
               site_word(page->lang, word), site_word(page->lang, word));
}

static void write_choices(struct page *page, const struct choice *present) {
    const struct view *view = page->view;
    struct choice other = *present;
    open_options(page, WORD_FILTER_DEBUT);
    other.debut = 0;
    write_option(page, present, &other, present->debut == 0, page_word(page, WORD_DEBUT_ANY));
    for (uint32_t debut = DEBUT_WORLD; debut <= DEBUT_EXPO; debut++) {
        const char *name = page->lang == LANG_ZH ? kind_name_zh(&kind_debut, debut)
                                                 : kind_name_en(&kind_debut, debut);
        other.debut = debut;
        write_option(page, present, &other, present->debut == debut,
                     (struct lang_text){str_of(name), page->lang, false});
    }
    buf_add_c(page->out, "</ul></nav>\n");
    other = *present;
    open_options(page, WORD_FILTER_FIELD);
    other.field = STR("");
    write_option(page, present, &other, present->field.len == 0, page_word(page, WORD_DEBUT_ANY));
    for (uint32_t a = 0; a < view->areas; a++) {
        other.field = view->area[a].code;
        write_option(page, present, &other, str_equal(present->field, other.field),
                     PICK(page, &view->area[a], name));
    }
    buf_add_c(page->out, "</ul></nav>\n");
    other = *present;
    open_options(page, WORD_FILTER_PAVILION);
    other.pavilion = VIEW_NONE;
    write_option(page, present, &other, present->pavilion == VIEW_NONE,
                 page_word(page, WORD_DEBUT_ANY));
    for (uint32_t p = 0; p < view->pavilions; p++) {
        other.pavilion = p;
        write_option(page, present, &other, present->pavilion == p,
                     PICK(page, &view->pavilion[p], name));
    }
    buf_add_c(page->out, "</ul></nav>\n");
}

/* ---- exhibits ---- */

static void write_claim(struct page *page, const struct view_exhibit *x) {
    if (x->debut.len == 0)
        return;
    html_write(page->out, "<p class=\"note\"><span class=\"mark new\">%z</span> %z%z",
               part_kind(page, &kind_debut, x->debut), T(page, DEBUT_PROOF), T(page, COLON));
    if (x->proof.len > 0)
        part_sources(page->out, x->proof);
    else
        html_write(page->out, "<span class=\"unknown\">%z</span>", T(page, DEBUT_UNPROVED));
    buf_add_c(page->out, "</p>");
}

static void write_exhibit(struct page *page, const struct view_exhibit *x) {
    struct buf *out = page->out;
    html_write(out, "<li id=\"exhibit-%i\" tabindex=\"-1\"><strong>", x->id);
    part_names(page, x->name_en, x->name_zh);
    buf_add_c(out, "</strong>");
    if (x->description_en.len + x->description_zh.len > 0)
        html_write(out, "<p>%t</p>", PICK(page, x, description));
    buf_add_c(out, "<p>");
    if (x->exhibitor != VIEW_NONE)
        part_exhibitor(page, x->exhibitor);
    if (x->pavilion != VIEW_NONE) {
        buf_add_c(out, x->exhibitor != VIEW_NONE ? " · " : "");
        pavilion_link(page, x->pavilion);
    }
    if (x->node != VIEW_NONE) {
        buf_add_c(out, x->exhibitor != VIEW_NONE || x->pavilion != VIEW_NONE ? " · " : "");
        part_node(page, x->node);
    }
    if (x->source.len > 0) {
        bool is_first =
            x->exhibitor == VIEW_NONE && x->pavilion == VIEW_NONE && x->node == VIEW_NONE;
        buf_add_c(out, is_first ? "<small>" : " · <small>");
        part_sources(out, x->source);
        buf_add_c(out, "</small>");
    }
    buf_add_c(out, "</p>");
    write_claim(page, x);
    buf_add_c(out, "</li>\n");
}

/* Those of one area (VIEW_NONE: of none): first showings of the world, of China, here, the rest. */
static void write_field(struct page *page, const struct choice *choice, uint32_t area) {
    static const uint32_t order[] = {DEBUT_WORLD, DEBUT_CHINA, DEBUT_EXPO, DEBUT_UNKNOWN};
    const struct view *view = page->view;
    bool first = true;
    for (size_t k = 0; k < sizeof(order) / sizeof(order[0]); k++)
        for (uint32_t i = 0; i < view->exhibits; i++) {
            const struct view_exhibit *x = &view->exhibit[i];
            if (x->area != area || kind_of_code(&kind_debut, x->debut) != order[k] ||
                !fits(choice, x))
                continue;
            if (first && area != VIEW_NONE)
                html_write(page->out, "<h2 id=\"field-%p\">%t</h2>\n<ul class=\"exhibits\">\n",
                           view->area[area].code, PICK(page, &view->area[area], name));
            else if (first)
                html_write(page->out, "<h2 id=\"no-field\">%z</h2>\n<ul class=\"exhibits\">\n",
                           T(page, NO_FIELD));
            first = false;
            write_exhibit(page, x);
        }
    buf_add_c(page->out, first ? "" : "</ul>\n");
}

enum err page_exhibits(struct page *page, struct errinfo *info) {
    const struct view *view = page->view;
    struct choice choice;
    enum err e = read_choice(page, &choice, info);
    if (e != ERR_OK)
        return e;
    const struct choice all = {.pavilion = VIEW_NONE},
                        debuts = {.debut = DEBUT_ANY_CLAIM, .pavilion = VIEW_NONE};
    const struct page_frame frame = {
        .title = page_word(page, WORD_EXHIBITS_TITLE),
        .description = page_text(page, T(page, EXHIBITS_DESCRIPTION),
                                 PICK(page, view_this_edition(view), name).text),
        .section = SECTION_EXHIBITS,
        .no_index = page->query.len > 0,
    };
    page_begin(page, &frame);
    if (view->exhibits == 0) {
        html_write(page->out, "<p>%z</p>\n", T(page, EXHIBITS_NONE));
        page_end(page);
        return ERR_OK;
    }
    buf_add_c(page->out, "<p>");
    html_write(page->out, T(page, EXHIBITS_COUNT), count_fitting(page, &all),
               count_fitting(page, &debuts));
    buf_add_c(page->out, "</p>\n");
    write_choices(page, &choice);
    if (count_fitting(page, &choice) == 0)
        html_write(page->out, "<p>%z <a href=\"%s/exhibits\">%z</a></p>\n", T(page, EXHIBITS_EMPTY),
                   page->base, T(page, EXHIBITS_ALL));
    for (uint32_t area = 0; area < view->areas; area++)
        write_field(page, &choice, area);
    write_field(page, &choice, VIEW_NONE);
    page_end(page);
    return ERR_OK;
}
