/* The countries and regions of data/model, for tests: read with a small CSV splitter. */
#ifndef FAIRLEAD_TESTS_MODEL_PLACE_DATA_H
#define FAIRLEAD_TESTS_MODEL_PLACE_DATA_H

#include "base/arena.h"
#include "base/vec.h"
#include "model/place.h"

enum { PLACE_COLUMNS = 6 };

struct place_data {
    char *files[2];
    VEC(struct country)
    countries;
    VEC(struct region)
    regions;
    struct place_table table;
};

/* The whole of a file under $FAIRLEAD_SOURCE or with an absolute path, terminated; NULL when it is
 * not there. Free with mem_free. */
static char *read_whole(const char *path) {
    char full[1024];
    const char *source = getenv("FAIRLEAD_SOURCE");
    snprintf(full, sizeof(full), "%s%s%s",
             path[0] == '/'   ? ""
             : source != NULL ? source
                              : ".",
             path[0] == '/' ? "" : "/", path);
    FILE *file = fopen(full, "rb");
    if (file == NULL)
        return NULL;
    fseek(file, 0, SEEK_END);
    size_t len = (size_t)ftell(file);
    rewind(file);
    char *text = mem_new(len + 1, 1);
    if (text != NULL && fread(text, 1, len, file) != len)
        text[0] = '\0';
    fclose(file);
    return text;
}

/* Cuts the next record at `at` into cells; quoted cells lose their quotes. False at the end. */
static bool next_record(char **at, struct str cells[PLACE_COLUMNS]) {
    char *p = *at;
    memset(cells, 0, PLACE_COLUMNS * sizeof(cells[0]));
    if (*p == '\0')
        return false;
    for (size_t n = 0;; n++) {
        bool quoted = *p == '"';
        char *from = quoted ? ++p : p;
        while (*p != '\0' && (quoted ? *p != '"' : *p != ',' && *p != '\n'))
            p++;
        if (n < PLACE_COLUMNS)
            cells[n] = (struct str){from, (size_t)(p - from)};
        p += quoted;
        if (*p != ',')
            break;
        p++;
    }
    *at = *p == '\n' ? p + 1 : p;
    return true;
}

static inline void place_data_load(struct place_data *d) {
    struct str c[PLACE_COLUMNS];
    struct errinfo info;
    *d = (struct place_data){
        .files = {read_whole("data/model/countries.csv"), read_whole("data/model/regions.csv")}};
    assert_non_null(d->files[0]);
    assert_non_null(d->files[1]);
    char *at = d->files[0];
    next_record(&at, c);
    while (next_record(&at, c))
        assert_true(vec_push(&d->countries, (struct country){c[0], c[1], c[2], c[3], c[4], c[5]}));
    at = d->files[1];
    next_record(&at, c);
    while (next_record(&at, c))
        assert_true(vec_push(&d->regions, (struct region){c[0], c[1], c[2], c[3], c[4]}));
    assert_ok(place_table_init(&d->table, d->countries.at, (uint32_t)d->countries.len,
                               d->regions.at, (uint32_t)d->regions.len, &info),
              &info);
}

static inline void place_data_release(struct place_data *d) {
    place_table_release(&d->table);
    vec_free(&d->countries);
    vec_free(&d->regions);
    mem_free(d->files[0]);
    mem_free(d->files[1]);
}

#endif
