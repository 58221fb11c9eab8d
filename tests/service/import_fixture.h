/* The world of the sample for import tests: words and header words from data/, as the store would
 * hold them. */
#ifndef FAIRLEAD_TESTS_SERVICE_IMPORT_FIXTURE_H
#define FAIRLEAD_TESTS_SERVICE_IMPORT_FIXTURE_H

#include <stdio.h>

#include "base/mem.h"
#include "exchange/table_read.h"
#include "service/import_plan.h"

struct fixture {
    struct arena arena;
    VEC(struct country)
    countries;
    VEC(struct region)
    regions;
    VEC(struct import_edition)
    editions;
    VEC(struct import_area)
    areas;
    VEC(struct import_node)
    nodes;
    struct import_words words;
    struct header_words headers;
};

/* The whole of a file under $FAIRLEAD_SOURCE in the arena. */
static inline struct str fixture_file(struct arena *arena, const char *path) {
    char full[1024];
    const char *source = getenv("FAIRLEAD_SOURCE");
    snprintf(full, sizeof(full), "%s/%s", source != NULL ? source : ".", path);
    FILE *file = fopen(full, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    size_t len = (size_t)ftell(file);
    rewind(file);
    char *text = arena_new(arena, len + 1, 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, len, file), len);
    fclose(file);
    return (struct str){text, len};
}

typedef void fixture_row_fn(struct fixture *f, const struct str *c);

static inline void fixture_rows(struct fixture *f, const char *path, fixture_row_fn *fn) {
    struct errinfo info;
    struct table *table;
    struct table_row row;
    bool end = false;
    assert_ok(table_open_memory(fixture_file(&f->arena, path), path, NULL, &table, &info), &info);
    while (!end) {
        assert_ok(table_next(table, &row, &end, &info), &info);
        if (end || row.record == 0)
            continue;
        struct str *cells = arena_new(&f->arena, row.count, sizeof(*cells));
        for (uint32_t i = 0; i < row.count; i++)
            cells[i] = arena_copy(&f->arena, row.cells[i]);
        fn(f, cells);
    }
    table_close(table);
}

static inline void fixture_country(struct fixture *f, const struct str *c) {
    assert_true(vec_push(&f->countries, (struct country){c[0], c[1], c[2], c[3], c[4], c[5]}));
}

static inline void fixture_region(struct fixture *f, const struct str *c) {
    assert_true(vec_push(&f->regions, (struct region){c[0], c[1], c[2], c[3], c[4]}));
}

static inline void fixture_edition(struct fixture *f, const struct str *c) {
    struct import_edition e = {.code = c[0], .name_en = c[2], .name_zh = c[3]};
    assert_true(str_to_u32(c[0], &e.year) && str_to_u32(c[1], &e.ordinal));
    assert_true(vec_push(&f->editions, e));
}

static inline void fixture_area(struct fixture *f, const struct str *c) {
    assert_true(vec_push(&f->areas, (struct import_area){c[1], c[3], c[4]}));
}

static inline void fixture_node(struct fixture *f, const struct str *c) {
    assert_true(vec_push(&f->nodes, (struct import_node){c[0], c[2], c[3]}));
}

static inline void fixture_init(struct fixture *f) {
    struct errinfo info;
    *f = (struct fixture){0};
    arena_init(&f->arena, 256 * 1024 * 1024);
    fixture_rows(f, "data/model/countries.csv", fixture_country);
    fixture_rows(f, "data/model/regions.csv", fixture_region);
    fixture_rows(f, "data/sample/editions.csv", fixture_edition);
    fixture_rows(f, "data/sample/areas.csv", fixture_area);
    fixture_rows(f, "data/catalogue/nodes.csv", fixture_node);
    struct import_words_rows rows = {
        .countries = f->countries.at,
        .country_count = (uint32_t)f->countries.len,
        .regions = f->regions.at,
        .region_count = (uint32_t)f->regions.len,
        .editions = f->editions.at,
        .edition_count = (uint32_t)f->editions.len,
        .areas = f->areas.at,
        .area_count = (uint32_t)f->areas.len,
        .nodes = f->nodes.at,
        .node_count = (uint32_t)f->nodes.len,
    };
    assert_ok(import_words_init(&f->words, &rows, &info), &info);
    assert_ok(
        header_words_init(&f->headers, fixture_file(&f->arena, "data/model/headers.csv"), &info),
        &info);
}

static inline void fixture_release(struct fixture *f) {
    import_words_release(&f->words);
    header_words_release(&f->headers);
    vec_free(&f->countries);
    vec_free(&f->regions);
    vec_free(&f->editions);
    vec_free(&f->areas);
    vec_free(&f->nodes);
    arena_release(&f->arena);
}

#endif
