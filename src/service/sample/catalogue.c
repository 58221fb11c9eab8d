/*
 * The generator's catalogue: see catalogue.h. Columns are found by their header, so that the data
 * may gain columns.
 */
#include "service/sample/catalogue.h"

#include "assets/assets.h"
#include "base/map.h"
#include "base/vec.h"
#include "exchange/csv_read.h"

enum { COLUMNS_MAX = 8 };

/* A sheet of the catalogue while it is read: the wanted columns in the caller's order. */
struct sheet {
    struct arena *arena;
    struct csv_reader reader;
    struct str rest;
    uint32_t column[COLUMNS_MAX];
    uint32_t wanted;
    struct str cell[COLUMNS_MAX]; /* of the current row, copied */
};

static enum err broken(const char *name, struct errinfo *info) {
    return err_set(info, ERR_INTERNAL, "the catalogue inside the program is broken: %s", name);
}

static enum err sheet_open(struct sheet *s, struct arena *arena, const char *name,
                           const char *const *columns, uint32_t wanted, struct errinfo *info) {
    struct table_row row;
    bool end = false;
    memset(s, 0, sizeof(*s));
    s->arena = arena;
    s->wanted = wanted;
    if (!assets_find(str_of(name), &s->rest))
        return broken(name, info);
    csv_reader_init(&s->reader, csv_source_text(&s->rest), ',', NULL);
    enum err code = csv_next(&s->reader, &row, &end, info);
    if (code != ERR_OK || end)
        return code != ERR_OK ? code : broken(name, info);
    for (uint32_t i = 0; i < wanted; i++) {
        uint32_t at = 0;
        while (at < row.count && !str_equal_c(row.cells[at], columns[i]))
            at++;
        if (at == row.count)
            return broken(name, info);
        s->column[i] = at;
    }
    return ERR_OK;
}

static enum err sheet_next(struct sheet *s, bool *end, struct errinfo *info) {
    struct table_row row;
    enum err code = csv_next(&s->reader, &row, end, info);
    for (uint32_t i = 0; i < s->wanted && code == ERR_OK && !*end; i++) {
        if (s->column[i] >= row.count)
            return broken("a short row", info);
        s->cell[i] = arena_copy(s->arena, row.cells[s->column[i]]);
        if (s->cell[i].ptr == NULL)
            code = err_memory(info);
    }
    return code;
}

/* Position of a word in a list; false when it is not in it. */
static bool word_index(struct str word, const char *const *words, uint32_t count, uint32_t *out) {
    for (uint32_t i = 0; i < count; i++) {
        if (str_equal_c(word, words[i])) {
            *out = i;
            return true;
        }
    }
    return false;
}

/* What is read, as it grows; the arrays move to the arena at the end. */
struct lists {
    VEC(struct sample_node)
    nodes;
    VEC(struct sample_chain)
    chains;
    VEC(struct sample_place)
    places;
    VEC(struct sample_link)
    links;
    struct str_map node_of, chain_of;
};

static enum err read_nodes(struct lists *l, struct arena *arena, struct errinfo *info) {
    static const char *const columns[] = {"id",      "kind",        "name_en",
                                          "name_zh", "synonyms_en", "synonyms_zh"};
    static const char *const kinds[] = {"material", "component", "equipment", "product", "service"};
    struct sheet s;
    bool end = false;
    enum err code = sheet_open(&s, arena, "data/catalogue/nodes.csv", columns, 6, info);
    while (code == ERR_OK && (code = sheet_next(&s, &end, info)) == ERR_OK && !end) {
        uint32_t kind;
        if (!word_index(s.cell[1], kinds, 5, &kind)) {
            code = broken("the kind of a node", info);
            break;
        }
        struct sample_node node = {.code = s.cell[0],
                                   .name_en = s.cell[2],
                                   .name_zh = s.cell[3],
                                   .synonyms_en = s.cell[4],
                                   .synonyms_zh = s.cell[5],
                                   .kind = (enum sample_kind)kind};
        if (!str_map_put(&l->node_of, node.code, (uint32_t)l->nodes.len) ||
            !vec_push(&l->nodes, node))
            code = err_memory(info);
    }
    csv_reader_release(&s.reader);
    return code;
}

static enum err read_chains(struct lists *l, struct arena *arena, struct errinfo *info) {
    static const char *const columns[] = {"id", "name_en", "name_zh"};
    struct sheet s;
    bool end = false;
    enum err code = sheet_open(&s, arena, "data/catalogue/chains.csv", columns, 3, info);
    while (code == ERR_OK && (code = sheet_next(&s, &end, info)) == ERR_OK && !end) {
        struct sample_chain chain = {s.cell[0], s.cell[1], s.cell[2]};
        if (!str_map_put(&l->chain_of, chain.code, (uint32_t)l->chains.len) ||
            !vec_push(&l->chains, chain))
            code = err_memory(info);
    }
    csv_reader_release(&s.reader);
    return code;
}

static enum err read_places(struct lists *l, struct arena *arena, struct errinfo *info) {
    static const char *const columns[] = {"chain", "node", "stage", "role"};
    static const char *const stages[] = {"upstream", "midstream", "downstream"};
    struct sheet s;
    bool end = false;
    enum err code = sheet_open(&s, arena, "data/catalogue/chain_nodes.csv", columns, 4, info);
    while (code == ERR_OK && (code = sheet_next(&s, &end, info)) == ERR_OK && !end) {
        uint32_t stage;
        struct sample_place place = {.chain = str_map_get(&l->chain_of, s.cell[0]),
                                     .node = str_map_get(&l->node_of, s.cell[1]),
                                     .core = str_equal_c(s.cell[3], "core")};
        if (place.chain == MAP_NONE || place.node == MAP_NONE ||
            !word_index(s.cell[2], stages, 3, &stage)) {
            code = broken("a node of a chain", info);
            break;
        }
        place.stage = (enum sample_stage)stage;
        if (!vec_push(&l->places, place))
            code = err_memory(info);
    }
    csv_reader_release(&s.reader);
    return code;
}

static enum err read_links(struct lists *l, struct arena *arena, struct errinfo *info) {
    static const char *const columns[] = {"input", "output"};
    struct sheet s;
    bool end = false;
    enum err code = sheet_open(&s, arena, "data/catalogue/links.csv", columns, 2, info);
    while (code == ERR_OK && (code = sheet_next(&s, &end, info)) == ERR_OK && !end) {
        struct sample_link link = {.input = str_map_get(&l->node_of, s.cell[0]),
                                   .output = str_map_get(&l->node_of, s.cell[1])};
        if (link.input == MAP_NONE || link.output == MAP_NONE) {
            code = broken("a link", info);
            break;
        }
        if (!vec_push(&l->links, link))
            code = err_memory(info);
    }
    csv_reader_release(&s.reader);
    return code;
}

/* A copy of an array in the arena; NULL when memory is short. */
static void *keep(struct arena *arena, const void *from, size_t count, size_t size) {
    void *copy = arena_new(arena, count, size);
    if (copy != NULL && count > 0)
        memcpy(copy, from, count * size);
    return copy;
}

static enum err keep_lists(struct sample_catalogue *c, const struct lists *l, struct arena *arena,
                           struct errinfo *info) {
    c->nodes = keep(arena, l->nodes.at, l->nodes.len, sizeof(*l->nodes.at));
    c->chains = keep(arena, l->chains.at, l->chains.len, sizeof(*l->chains.at));
    c->places = keep(arena, l->places.at, l->places.len, sizeof(*l->places.at));
    c->links = keep(arena, l->links.at, l->links.len, sizeof(*l->links.at));
    c->nodes_len = (uint32_t)l->nodes.len;
    c->chains_len = (uint32_t)l->chains.len;
    c->places_len = (uint32_t)l->places.len;
    c->links_len = (uint32_t)l->links.len;
    return c->nodes != NULL && c->chains != NULL && c->places != NULL && c->links != NULL
               ? ERR_OK
               : err_memory(info);
}

enum err sample_catalogue_load(struct sample_catalogue *catalogue, struct arena *arena,
                               struct errinfo *info) {
    struct lists l = {0};
    enum err code = read_nodes(&l, arena, info);
    if (code == ERR_OK)
        code = read_chains(&l, arena, info);
    if (code == ERR_OK)
        code = read_places(&l, arena, info);
    if (code == ERR_OK)
        code = read_links(&l, arena, info);
    if (code == ERR_OK)
        code = keep_lists(catalogue, &l, arena, info);
    vec_free(&l.nodes);
    vec_free(&l.chains);
    vec_free(&l.places);
    vec_free(&l.links);
    str_map_release(&l.node_of);
    str_map_release(&l.chain_of);
    return code;
}
