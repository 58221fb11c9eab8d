/* Records with texts in two languages: see translations_records.h. The table is at the end. */
#include "service/translations_records.h"

#include <inttypes.h>
#include <stdio.h>

#define TEXT(record, name, number)                                                                 \
    (struct translation_text) {                                                                    \
        .text = {[LANG_EN] = (record)->name##_en, [LANG_ZH] = (record)->name##_zh},                \
        .pages = number                                                                            \
    }

/* ---- the edition and what it is divided into ---- */

static uint32_t one(const struct view *view) {
    (void)view;
    return 1;
}

static void read_edition(const struct view *view, uint32_t at, struct translation_record *out) {
    const struct view_edition *e = view_this_edition(view);
    uint32_t all = view->exhibitors + view->nodes + 2 * view->chains + view->scenarios;
    out->label = e->code;
    out->text[0] = TEXT(e, name, all + at);
    out->text[1] = TEXT(e, city, 2);
    out->text[2] = TEXT(e, venue, 2);
    out->text[3] = TEXT(e, theme, 1);
    out->text[4] = TEXT(e, summary, 1);
}

static uint32_t areas(const struct view *view) {
    return view->areas;
}

static void read_area(const struct view *view, uint32_t at, struct translation_record *out) {
    const struct view_area *a = &view->area[at];
    out->label = a->code;
    out->text[0] = TEXT(a, name, a->exhibitors + 2);
}

static uint32_t pavilions(const struct view *view) {
    return view->pavilions;
}

static void read_pavilion(const struct view *view, uint32_t at, struct translation_record *out) {
    const struct view_pavilion *p = &view->pavilion[at];
    out->label = p->name_en;
    out->text[0] = TEXT(p, name, 3 + p->members + p->exhibits + p->hostings);
    out->text[1] = TEXT(p, theme, 2);
}

static uint32_t texts(const struct view *view) {
    return view->texts;
}

static void read_text(const struct view *view, uint32_t at, struct translation_record *out) {
    const struct view_text *t = &view->text[at];
    out->label = view->pavilion[t->pavilion].name_en;
    out->text[0] = TEXT(t, text, 1);
}

static uint32_t pictures(const struct view *view) {
    return view->pictures;
}

static void read_picture(const struct view *view, uint32_t at, struct translation_record *out) {
    const struct view_picture *p = &view->picture[at];
    out->label = p->digest;
    out->text[0] = TEXT(p, alt, 1);
}

/* ---- the catalogue ---- */

static uint32_t chains(const struct view *view) {
    return view->chains;
}

static void read_chain(const struct view *view, uint32_t at, struct translation_record *out) {
    const struct view_chain *c = &view->chain[at];
    const struct chain_summary *s = &view->report->chain[at];
    out->label = c->code;
    out->text[0] = TEXT(c, name, s->places + s->exhibitors + 4);
    out->text[1] = TEXT(c, summary, 2);
    snprintf(out->path, sizeof(out->path), "chains/%.*s", STR_ARG(c->code));
}

static uint32_t nodes(const struct view *view) {
    return view->nodes;
}

static void read_node(const struct view *view, uint32_t at, struct translation_record *out) {
    const struct view_node *n = &view->node[at];
    const struct chain_node *c = &view->report->node[at];
    uint32_t places = (uint32_t)chain_places_of(view->report, at).count;
    out->label = n->code;
    out->text[0] = TEXT(n, name, 1 + places + chain_offers(c) + chain_needs(c));
    snprintf(out->path, sizeof(out->path), "nodes/%.*s", STR_ARG(n->code));
}

static uint32_t scenarios(const struct view *view) {
    return view->scenarios;
}

static void read_scenario(const struct view *view, uint32_t at, struct translation_record *out) {
    const struct view_scenario *s = &view->scenario[at];
    out->label = s->code;
    out->text[0] = TEXT(s, name, 2);
    out->text[1] = TEXT(s, summary, 2);
    snprintf(out->path, sizeof(out->path), "scenarios/%.*s", STR_ARG(s->code));
}

static uint32_t parts(const struct view *view) {
    return view->parts;
}

static void read_part(const struct view *view, uint32_t at, struct translation_record *out) {
    const struct view_part *p = &view->part[at];
    const struct view_scenario *s = view->scenario;
    while (at < s->part_first || at >= s->part_first + s->parts)
        s++;
    out->label = p->part_en;
    out->text[0] = TEXT(p, part, 1);
    snprintf(out->path, sizeof(out->path), "scenarios/%.*s", STR_ARG(s->code));
}

/* ---- exhibitors and what they show ---- */

static uint32_t exhibitors(const struct view *view) {
    return view->exhibitors;
}

static void read_exhibitor(const struct view *view, uint32_t at, struct translation_record *out) {
    const struct view_exhibitor *e = &view->exhibitor[at];
    const struct view_organisation *o = view_organisation_of(view, at);
    uint32_t offers = (uint32_t)chain_row(&view->report->offers_by_exhibitor, at).count;
    out->label = view_name_en(o);
    out->text[0] = TEXT(o, name, 3 + offers + e->partners);
    out->text[1] = (struct translation_text){
        .text = {[LANG_EN] = e->offers_text, [LANG_ZH] = e->offers_text_zh}, .pages = 1};
    snprintf(out->path, sizeof(out->path), "exhibitors/%" PRId64, o->id);
}

static uint32_t exhibits(const struct view *view) {
    return view->exhibits;
}

static void read_exhibit(const struct view *view, uint32_t at, struct translation_record *out) {
    const struct view_exhibit *x = &view->exhibit[at];
    out->label = LANG_PICK(LANG_EN, x, name).text;
    out->text[0] =
        TEXT(x, name,
             1U + (x->exhibitor != VIEW_NONE) + (x->pavilion != VIEW_NONE) + (x->debut.len > 0));
    out->text[1] = TEXT(x, description, 1);
    if (x->exhibitor != VIEW_NONE)
        snprintf(out->path, sizeof(out->path), "exhibitors/%" PRId64,
                 view_organisation_of(view, x->exhibitor)->id);
}

/* ---- programme and figures ---- */

static uint32_t entries(const struct view *view) {
    return view->programmes;
}

static void read_entry(const struct view *view, uint32_t at, struct translation_record *out) {
    const struct view_programme_entry *p = &view->programme[at];
    out->label = p->code;
    out->text[0] = TEXT(p, title, 2 + p->hosts);
    out->text[1] = TEXT(p, place, 1);
    out->text[2] = TEXT(p, hosts, 1);
    out->text[3] = TEXT(p, summary, 1);
}

static uint32_t figures(const struct view *view) {
    return view->figures;
}

static void read_figure(const struct view *view, uint32_t at, struct translation_record *out) {
    const struct view_figure *f = &view->figure[at];
    out->label = f->figure;
    out->text[0] = TEXT(f, definition, 1);
}

const struct translation_kind translation_kinds[] = {
    {"editions",
     {{"name_en", "name_zh"},
      {"city_en", "city_zh"},
      {"venue_en", "venue_zh"},
      {"theme_en", "theme_zh"},
      {"summary_en", "summary_zh"}},
     one,
     read_edition},
    {"areas", {{"name_en", "name_zh"}}, areas, read_area},
    {"chains", {{"name_en", "name_zh"}, {"summary_en", "summary_zh"}}, chains, read_chain},
    {"nodes", {{"name_en", "name_zh"}}, nodes, read_node},
    {"scenarios", {{"name_en", "name_zh"}, {"summary_en", "summary_zh"}}, scenarios, read_scenario},
    {"scenario_nodes", {{"part_en", "part_zh"}}, parts, read_part},
    {"exhibitors",
     {{"name_en", "name_zh"}, {"offers_text", "offers_text_zh"}},
     exhibitors,
     read_exhibitor},
    {"pavilions", {{"name_en", "name_zh"}, {"theme", "theme_zh"}}, pavilions, read_pavilion},
    {"pavilion_texts", {{"text_en", "text_zh"}}, texts, read_text},
    {"pictures", {{"alt_en", "alt_zh"}}, pictures, read_picture},
    {"exhibits",
     {{"name_en", "name_zh"}, {"description_en", "description_zh"}},
     exhibits,
     read_exhibit},
    {"programme",
     {{"title_en", "title_zh"},
      {"place_en", "place_zh"},
      {"hosts", "hosts_zh"},
      {"summary_en", "summary_zh"}},
     entries,
     read_entry},
    {"figures", {{"definition_note", "definition_zh"}}, figures, read_figure},
};

const uint32_t translation_kind_count = sizeof(translation_kinds) / sizeof(translation_kinds[0]);
