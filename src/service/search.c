/*
 * The documents of a view: see search.h.
 *
 * Kinds are added one after another, so that the number of a document tells its kind and its place
 * in the view. The weight of a kind orders a list of all kinds among equally good matches.
 */
#include "service/search.h"

#include "base/vec.h"

/* Organisations come first, so that the documents that have a name are organisations by index. */
_Static_assert(VIEW_SEARCH_ORGANISATION == 0, "view_search_named relies on it");

enum {
    CODES_BYTES_MAX = 1 << 16, /* of one node */
    WEIGHT_CHAIN = 7,
    WEIGHT_SCENARIO = 6,
    WEIGHT_EXHIBITOR = 5,
    WEIGHT_PAVILION = 4,
    WEIGHT_NODE = 3,
    WEIGHT_PROGRAMME = 3,
    WEIGHT_EXHIBIT = 2,
    WEIGHT_ELSEWHERE = 1, /* an organisation that does not exhibit in this edition */
};

struct view_search {
    struct search_index *index;
    uint32_t first[VIEW_SEARCH_KINDS + 1]; /* documents of a kind: first[kind] .. first[kind + 1] */
};

/* The document being made. */
struct maker {
    const struct view *view;
    struct search_index *index;
    VEC(struct search_text)
    texts;
    struct buf codes; /* "HS 8507.60" and the like of one node */
    bool ok;
};

static void add(struct maker *m, enum search_field field, struct str text) {
    if (text.len > 0)
        m->ok = m->ok && vec_push(&m->texts, (struct search_text){field, text});
}

static void add_both(struct maker *m, enum search_field field, struct str en, struct str zh) {
    add(m, field, en);
    add(m, field, zh);
}

/* The pieces of a list. */
static void add_list(struct maker *m, enum search_field field, struct str list,
                     const char *separators) {
    struct str piece;
    while (str_next(&list, separators, &piece))
        add(m, field, str_trim(piece));
}

/* Codes of a classification, each also with its name in front: "HS 8507". The buffer may move, so
 * the texts are taken when it is full. */
static void write_codes(struct maker *m, const char *classification, struct str list) {
    struct str code;
    while (str_next(&list, " ;", &code))
        if (code.len > 0)
            buf_printf(&m->codes, "%.*s;%s %.*s;", STR_ARG(code), classification, STR_ARG(code));
}

static void make_organisation(struct maker *m, uint32_t i, uint8_t *weight) {
    const struct view_organisation *o = &m->view->organisation[i];
    *weight = o->exhibitor != VIEW_NONE ? WEIGHT_EXHIBITOR : WEIGHT_ELSEWHERE;
    add_both(m, SEARCH_NAME, o->name_en, o->name_zh);
    for (uint32_t n = 0; n < o->names; n++)
        add(m, SEARCH_ALIAS, m->view->other_name[o->name_first + n].name);
    add(m, SEARCH_CODE, o->lei);
    add(m, SEARCH_CODE, o->registration);
    if (o->exhibitor != VIEW_NONE) {
        const struct view_exhibitor *e = &m->view->exhibitor[o->exhibitor];
        add_both(m, SEARCH_DESCRIPTION, e->offers_text, e->offers_text_zh);
    }
}

static void make_node(struct maker *m, uint32_t i, uint8_t *weight) {
    const struct view_node *n = &m->view->node[i];
    *weight = WEIGHT_NODE;
    add_both(m, SEARCH_NAME, n->name_en, n->name_zh);
    add_list(m, SEARCH_ALIAS, n->synonyms_en, ";");
    add_list(m, SEARCH_ALIAS, n->synonyms_zh, ";");
    add(m, SEARCH_CODE, n->code);
    write_codes(m, "HS", n->hs2022);
    write_codes(m, "CPC", n->cpc21);
    add_list(m, SEARCH_CODE, buf_str(&m->codes), ";");
}

static void make_exhibit(struct maker *m, uint32_t i, uint8_t *weight) {
    const struct view_exhibit *e = &m->view->exhibit[i];
    *weight = WEIGHT_EXHIBIT;
    add_both(m, SEARCH_NAME, e->name_en, e->name_zh);
    add_both(m, SEARCH_DESCRIPTION, e->description_en, e->description_zh);
}

static void make_programme(struct maker *m, uint32_t i, uint8_t *weight) {
    const struct view_programme_entry *p = &m->view->programme[i];
    *weight = WEIGHT_PROGRAMME;
    add_both(m, SEARCH_NAME, p->title_en, p->title_zh);
    add(m, SEARCH_CODE, p->code);
    add_both(m, SEARCH_DESCRIPTION, p->hosts_en, p->hosts_zh);
    add_both(m, SEARCH_DESCRIPTION, p->summary_en, p->summary_zh);
}

static void make_chain(struct maker *m, uint32_t i, uint8_t *weight) {
    const struct view_chain *c = &m->view->chain[i];
    *weight = WEIGHT_CHAIN;
    add_both(m, SEARCH_NAME, c->name_en, c->name_zh);
    add(m, SEARCH_CODE, c->code);
    add_both(m, SEARCH_DESCRIPTION, c->summary_en, c->summary_zh);
}

static void make_scenario(struct maker *m, uint32_t i, uint8_t *weight) {
    const struct view_scenario *s = &m->view->scenario[i];
    *weight = WEIGHT_SCENARIO;
    add_both(m, SEARCH_NAME, s->name_en, s->name_zh);
    add(m, SEARCH_CODE, s->code);
    add_both(m, SEARCH_DESCRIPTION, s->summary_en, s->summary_zh);
}

static void make_pavilion(struct maker *m, uint32_t i, uint8_t *weight) {
    const struct view_pavilion *p = &m->view->pavilion[i];
    *weight = WEIGHT_PAVILION;
    add_both(m, SEARCH_NAME, p->name_en, p->name_zh);
    add(m, SEARCH_CODE, p->code);
    add_both(m, SEARCH_DESCRIPTION, p->theme_en, p->theme_zh);
    for (uint32_t t = 0; t < p->texts; t++) {
        const struct view_text *text = &m->view->text[p->text_first + t];
        add_both(m, SEARCH_DESCRIPTION, text->text_en, text->text_zh);
    }
}

static enum err add_kind(struct maker *m, enum view_search_kind kind, uint32_t count,
                         const struct job *job, struct errinfo *info) {
    static void (*const make[VIEW_SEARCH_KINDS])(struct maker *, uint32_t, uint8_t *) = {
        [VIEW_SEARCH_ORGANISATION] = make_organisation,
        [VIEW_SEARCH_NODE] = make_node,
        [VIEW_SEARCH_EXHIBIT] = make_exhibit,
        [VIEW_SEARCH_PROGRAMME] = make_programme,
        [VIEW_SEARCH_CHAIN] = make_chain,
        [VIEW_SEARCH_SCENARIO] = make_scenario,
        [VIEW_SEARCH_PAVILION] = make_pavilion,
    };
    for (uint32_t i = 0; i < count; i++) {
        struct search_document document = {.kind = (uint8_t)kind};
        m->texts.len = 0;
        buf_clear(&m->codes);
        make[kind](m, i, &document.weight);
        if (!m->ok)
            return err_memory(info);
        enum err err = buf_error(&m->codes, info);
        if (i % 1024 == 0 && err == ERR_OK && job_should_stop(job))
            err = err_set(info, ERR_STOPPED, "building the search was stopped");
        document.texts = m->texts.at;
        document.count = m->texts.len;
        if (err == ERR_OK)
            err = search_index_add(m->index, &document, info);
        if (err != ERR_OK)
            return err;
    }
    return ERR_OK;
}

static enum err fill(struct view_search *search, const struct view *view, const struct job *job,
                     struct errinfo *info) {
    const uint32_t counts[VIEW_SEARCH_KINDS] = {
        [VIEW_SEARCH_ORGANISATION] = view->organisations,
        [VIEW_SEARCH_NODE] = view->nodes,
        [VIEW_SEARCH_EXHIBIT] = view->exhibits,
        [VIEW_SEARCH_PROGRAMME] = view->programmes,
        [VIEW_SEARCH_CHAIN] = view->chains,
        [VIEW_SEARCH_SCENARIO] = view->scenarios,
        [VIEW_SEARCH_PAVILION] = view->pavilions,
    };
    struct maker m = {.view = view, .index = search->index, .ok = true};
    enum err err = ERR_OK;
    buf_init(&m.codes, CODES_BYTES_MAX);
    for (int kind = 0; kind < VIEW_SEARCH_KINDS && err == ERR_OK; kind++) {
        search->first[kind + 1] = search->first[kind] + counts[kind];
        err = add_kind(&m, (enum view_search_kind)kind, counts[kind], job, info);
    }
    vec_free(&m.texts);
    buf_release(&m.codes);
    return err == ERR_OK ? search_index_build(search->index, job, info) : err;
}

enum err view_search_new(const struct view *view, const struct job *job, struct view_search **out,
                         struct errinfo *info) {
    struct view_search *search = mem_new(1, sizeof(*search));
    if (search == NULL)
        return err_memory(info);
    enum err err = search_index_new(&search->index, info);
    if (err == ERR_OK)
        err = fill(search, view, job, info);
    if (err != ERR_OK) {
        view_search_free(search);
        return err;
    }
    *out = search;
    return ERR_OK;
}

void view_search_free(struct view_search *search) {
    if (search == NULL)
        return;
    search_index_free(search->index);
    mem_free(search);
}

enum err view_search_find(const struct view_search *search, struct str query,
                          struct search_result *result, struct errinfo *info) {
    return search_find(search->index, query, result, info);
}

enum err view_search_named(const struct view_search *search, struct str query, struct arena *arena,
                           const uint64_t **bits, struct errinfo *info) {
    size_t documents = search->first[VIEW_SEARCH_KINDS];
    uint64_t *found = arena_new(arena, documents / 64 + 1, sizeof(*found));
    if (found == NULL)
        return err_memory(info);
    *bits = found;
    return search_named(search->index, query, found, info);
}

enum err view_search_top(const struct view_search *search, const struct search_result *result,
                         uint32_t kinds, uint32_t from, struct view_search_hit *hits, uint32_t max,
                         uint32_t *count, struct errinfo *info) {
    struct search_hit *found = mem_new((size_t)max + 1, sizeof(*found));
    if (found == NULL)
        return err_memory(info);
    enum err err = search_top(result, kinds, from, found, max, count, info);
    for (uint32_t i = 0; i < *count && err == ERR_OK; i++)
        hits[i] = (struct view_search_hit){
            .kind = (enum view_search_kind)found[i].kind,
            .index = found[i].document - search->first[found[i].kind],
            .typos = found[i].typos,
            .missing = found[i].missing,
        };
    mem_free(found);
    return err;
}
