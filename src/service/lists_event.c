/* The tables about an edition as lists, the reverse of their import: see lists.h. */
#include <stdio.h>

#include "model/kinds.h"
#include "service/lists.h"

const char *lists_event_file(enum lists_event table) {
    static const char *const files[LISTS_EVENT_TABLES] = {
        [LISTS_EDITION] = "editions.csv",          [LISTS_AREAS] = "areas.csv",
        [LISTS_PAVILIONS] = "pavilions.csv",       [LISTS_PAVILION_TEXTS] = "pavilion_texts.csv",
        [LISTS_PICTURES] = "pictures.csv",         [LISTS_EXHIBITOR_NOTES] = "exhibitor_notes.csv",
        [LISTS_JOINT_STANDS] = "joint_stands.csv", [LISTS_PROGRAMME] = "programme.csv",
        [LISTS_FIGURES] = "figures.csv",           [LISTS_EXHIBITS] = "exhibits.csv"};
    return files[table];
}

/* Columns from "name name +number": a plus marks numbers. */
static void columns(struct list *list, const char *const *names) {
    for (; *names != NULL; names++)
        list_column(list, **names == '+' ? *names + 1 : *names,
                    **names == '+' ? LIST_NUMBER : LIST_TEXT);
}

static void texts(struct list *list, const struct str *cells, size_t count) {
    for (size_t i = 0; i < count; i++)
        list_text(list, cells[i]);
}

#define TEXTS(list, ...)                                                                           \
    do {                                                                                           \
        const struct str row_cells[] = {__VA_ARGS__};                                              \
        texts((list), row_cells, sizeof(row_cells) / sizeof(row_cells[0]));                        \
    } while (0)

/* 0 stands for a number that is not known. */
static void number(struct list *list, int64_t value) {
    if (value != 0)
        list_int(list, value);
    else
        list_text(list, STR(""));
}

static struct str edition_code(const struct view *view) {
    return view_this_edition(view)->code;
}

static struct str exhibitor_name(const struct view *view, uint32_t exhibitor) {
    return exhibitor != VIEW_NONE ? view_name_en(view_organisation_of(view, exhibitor)) : STR("");
}

static struct str pavilion_name(const struct view *view, uint32_t pavilion) {
    return pavilion != VIEW_NONE ? view->pavilion[pavilion].name_en : STR("");
}

static void fill_edition(const struct view *view, struct list *list) {
    static const char *const names[] = {
        "edition",  "+ordinal",   "name_en",    "name_zh", "city_en",  "city_zh",
        "venue_en", "venue_zh",   "starts",     "ends",    "theme_en", "theme_zh",
        "timezone", "summary_en", "summary_zh", "website", NULL};
    const struct view_edition *e = view_this_edition(view);
    columns(list, names);
    list_text(list, e->code);
    number(list, e->ordinal);
    TEXTS(list, e->name_en, e->name_zh, e->city_en, e->city_zh, e->venue_en, e->venue_zh, e->starts,
          e->ends, e->theme_en, e->theme_zh, e->timezone, e->summary_en, e->summary_zh, e->website);
}

static void fill_areas(const struct view *view, struct list *list) {
    static const char *const names[] = {"edition",   "area", "kind",     "name_en",
                                        "name_zh",   "new",  "+size_m2", "+exhibitors",
                                        "qualifier", "note", "source",   NULL};
    columns(list, names);
    for (uint32_t i = 0; i < view->areas; i++) {
        const struct view_area *a = &view->area[i];
        TEXTS(list, edition_code(view), a->code, a->kind, a->name_en, a->name_zh, a->novelty);
        number(list, a->size_m2);
        number(list, a->exhibitors_reported);
        TEXTS(list, a->qualifier, a->note, a->source);
    }
}

static void fill_pavilions(const struct view *view, struct list *list) {
    static const char *const names[] = {"edition",   "kind",   "name_en",  "name_zh",
                                        "code",      "theme",  "theme_zh", "+participants",
                                        "qualifier", "source", NULL};
    columns(list, names);
    for (uint32_t i = 0; i < view->pavilions; i++) {
        const struct view_pavilion *p = &view->pavilion[i];
        TEXTS(list, edition_code(view), p->kind, p->name_en, p->name_zh, p->code, p->theme_en,
              p->theme_zh);
        number(list, p->participants);
        TEXTS(list, p->qualifier, p->source);
    }
}

static void fill_pavilion_texts(const struct view *view, struct list *list) {
    static const char *const names[] = {"edition", "pavilion", "section", "text_en",
                                        "text_zh", "source",   NULL};
    columns(list, names);
    for (uint32_t i = 0; i < view->texts; i++) {
        const struct view_text *t = &view->text[i];
        TEXTS(list, edition_code(view), pavilion_name(view, t->pavilion),
              str_of(kind_code(&kind_section, t->section)), t->text_en, t->text_zh, t->source);
    }
}

static void fill_pictures(const struct view *view, struct list *list) {
    static const char *const names[] = {"edition", "pavilion", "file",   "+position",
                                        "alt_en",  "alt_zh",   "credit", NULL};
    columns(list, names);
    for (uint32_t i = 0; i < view->pictures; i++) {
        const struct view_picture *p = &view->picture[i];
        char file[128];
        snprintf(file, sizeof(file), "%.*s.%.*s", STR_ARG(p->digest), STR_ARG(p->format));
        TEXTS(list, edition_code(view), pavilion_name(view, p->pavilion), str_of(file));
        number(list, p->position);
        TEXTS(list, p->alt_en, p->alt_zh, p->credit);
    }
}

static void fill_exhibitor_notes(const struct view *view, struct list *list) {
    static const char *const names[] = {"name_en",        "edition", "attendance", "area_basis",
                                        "parent_country", "note",    NULL};
    columns(list, names);
    for (uint32_t e = 0; e < view->exhibitors; e++) {
        const struct view_exhibitor *x = &view->exhibitor[e];
        const struct view_organisation *o = view_organisation_of(view, e);
        if (x->attendance.len + x->area_basis.len + o->parent_country.len + x->note.len > 0)
            TEXTS(list, view_name_en(o), edition_code(view), x->attendance, x->area_basis,
                  o->parent_country, x->note);
    }
}

static void fill_joint_stands(const struct view *view, struct list *list) {
    static const char *const names[] = {
        "edition", "lead_exhibitor", "+participants_reported", "qualifier", "note", "source", NULL};
    columns(list, names);
    for (uint32_t e = 0; e < view->exhibitors; e++) {
        const struct view_exhibitor *x = &view->exhibitor[e];
        if (x->joint_participants == 0 && x->joint_note.len == 0 && x->joint_source.len == 0)
            continue;
        TEXTS(list, edition_code(view), exhibitor_name(view, e));
        number(list, x->joint_participants);
        TEXTS(list, x->joint_qualifier, x->joint_note, x->joint_source);
    }
}

static void fill_programme(const struct view *view, struct list *list) {
    static const char *const names[] = {
        "id",    "edition",  "date",       "end_date",   "start_time",    "end_time", "time_of_day",
        "kind",  "state",    "area",       "title_en",   "title_zh",      "place_en", "place_zh",
        "hosts", "hosts_zh", "summary_en", "summary_zh", "+participants", "note",     "source",
        NULL};
    columns(list, names);
    for (uint32_t i = 0; i < view->programmes; i++) {
        const struct view_programme_entry *e = &view->programme[i];
        TEXTS(list, e->code, edition_code(view), e->starts, e->ends, e->start_time, e->end_time,
              e->time_of_day, e->kind, e->state, e->area, e->title_en, e->title_zh, e->place_en,
              e->place_zh, e->hosts_en, e->hosts_zh, e->summary_en, e->summary_zh);
        number(list, e->participants);
        TEXTS(list, e->note, e->source);
    }
}

static void fill_figures(const struct view *view, struct list *list) {
    static const char *const names[] = {"edition",       "figure", "value", "unit",
                                        "qualifier",     "state",  "as_of", "definition_note",
                                        "definition_zh", "source", NULL};
    columns(list, names);
    for (uint32_t i = 0; i < view->figures; i++) {
        const struct view_figure *f = &view->figure[i];
        TEXTS(list, edition_code(view), f->figure, f->value, f->unit, f->qualifier, f->state,
              f->as_of, f->definition_en, f->definition_zh, f->source);
    }
}

static void fill_exhibits(const struct view *view, struct list *list) {
    static const char *const names[] = {
        "edition",        "exhibitor",      "pavilion", "field", "name_en", "name_zh", "node",
        "description_en", "description_zh", "debut",    "proof", "basis",   "source",  NULL};
    columns(list, names);
    for (uint32_t i = 0; i < view->exhibits; i++) {
        const struct view_exhibit *x = &view->exhibit[i];
        TEXTS(list, edition_code(view), exhibitor_name(view, x->exhibitor),
              pavilion_name(view, x->pavilion), x->field, x->name_en, x->name_zh,
              x->node != VIEW_NONE ? view->node[x->node].code : STR(""), x->description_en,
              x->description_zh, x->debut, x->proof, x->basis, x->source);
    }
}

void lists_event(const struct view *view, enum lists_event table, struct list *list) {
    static void (*const fill[LISTS_EVENT_TABLES])(const struct view *, struct list *) = {
        [LISTS_EDITION] = fill_edition,           [LISTS_AREAS] = fill_areas,
        [LISTS_PAVILIONS] = fill_pavilions,       [LISTS_PAVILION_TEXTS] = fill_pavilion_texts,
        [LISTS_PICTURES] = fill_pictures,         [LISTS_EXHIBITOR_NOTES] = fill_exhibitor_notes,
        [LISTS_JOINT_STANDS] = fill_joint_stands, [LISTS_PROGRAMME] = fill_programme,
        [LISTS_FIGURES] = fill_figures,           [LISTS_EXHIBITS] = fill_exhibits};
    fill[table](view, list);
}
