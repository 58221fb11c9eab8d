/* A database for editing: a small expo, two people, and requests written as JSON. */
#ifndef FAIRLEAD_TESTS_SERVICE_EDIT_FIXTURE_H
#define FAIRLEAD_TESTS_SERVICE_EDIT_FIXTURE_H

#include "database.h"
#include "service/edit.h"
#include "service/edit_json.h"

struct edit_fixture {
    struct database database;
    struct store *store;
    struct errinfo info;
    struct arena arena;
    struct access access; /* of who edits */
    const char *actor;
    int64_t at_ms, batch_id;
    bool dry_run;
    struct edit_request request;
    struct edit_outcome outcome; /* of the last request */
};

static inline int edit_setup(void **state) {
    struct edit_fixture *f = mem_new(1, sizeof(*f));
    database_create(&f->database);
    f->store = f->database.store;
    f->access = access_local();
    f->actor = "Li";
    f->at_ms = 1000;
    arena_init(&f->arena, 64 << 20);
    edit_outcome_init(&f->outcome);
    *state = f;
    return 0;
}

static inline int edit_teardown(void **state) {
    struct edit_fixture *f = *state;
    edit_outcome_release(&f->outcome);
    arena_release(&f->arena);
    database_remove(&f->database);
    mem_free(f);
    return 0;
}

/* Applies a list of operations in a batch of its own; ' stands for ". */
static inline enum err edit_try(struct edit_fixture *f, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static inline enum err edit_try(struct edit_fixture *f, const char *format, ...) {
    char text[4000];
    va_list args;
    const struct json_value *json;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    for (char *c = text; *c != '\0'; c++)
        *c = *c == '\'' ? '"' : *c;
    struct str copy = arena_copy(&f->arena, str_of(text));
    assert_ok(json_read(copy, NULL, &f->arena, &json, &f->info), &f->info);
    assert_ok(edit_request_read(json, &f->arena, &f->request, &f->info), &f->info);
    edit_outcome_release(&f->outcome);
    edit_outcome_init(&f->outcome);
    struct store_batch batch = {
        .kind = "edit", .actor = str_of(f->actor), .note = STR("test"), .at_ms = f->at_ms};
    return edit_run(f->store, &f->access, &batch, &f->request, f->dry_run, &f->outcome,
                    &f->batch_id, &f->info);
}

#define edit_ok(f, ...) assert_ok(edit_try(f, __VA_ARGS__), &(f)->info)

static inline int64_t edit_made(const struct edit_fixture *f, uint32_t operation) {
    assert_true(operation < f->outcome.results.len);
    return f->outcome.results.at[operation].id;
}

static inline int64_t edit_revision(struct edit_fixture *f, enum store_table table, int64_t id) {
    int64_t revision;
    assert_ok(store_revision(store_reader_of(f->store), table, id, &revision, &f->info), &f->info);
    return revision;
}

/* The present value of a field, as text; "-" = empty. */
static inline const char *edit_value(struct edit_fixture *f, enum store_table table, int64_t id,
                                     const char *field) {
    const struct edit_table *t = edit_table_of(table);
    struct edit_record record;
    struct access all = access_local();
    assert_ok(edit_get(store_reader_of(f->store), &all, t, id, &f->arena, &record, &f->info),
              &f->info);
    struct store_value v = record.values[edit_field_by_name(t, str_of(field))->column];
    struct str text = v.kind == STORE_TEXT ? arena_copy(&f->arena, v.text)
                      : v.kind == STORE_INTEGER
                          ? arena_printf(&f->arena, "%lld", (long long)v.integer)
                          : STR("-");
    return text.ptr;
}

/* Whether a fault of this field holds these words. */
static inline bool edit_has_fault(const struct edit_fixture *f, const char *field,
                                  const char *words) {
    for (size_t i = 0; i < f->outcome.faults.len; i++)
        if (str_equal_c(f->outcome.faults.at[i].field, field) &&
            str_find(f->outcome.faults.at[i].words[LANG_EN], str_of(words)) != SIZE_MAX &&
            f->outcome.faults.at[i].words[LANG_ZH].len > 0)
            return true;
    return false;
}

#define assert_fault(f, field, words)                                                              \
    do {                                                                                           \
        if (!edit_has_fault(f, field, words))                                                      \
            fail_msg("no fault of \"%s\" says \"%s\"", field, words);                              \
    } while (0)

/* Two editions, an area and a pavilion in each, a chain with two nodes, countries. */
struct edit_expo {
    int64_t first, second, area, other_area, pavilion, other_pavilion, chain, input, output;
};

static inline struct edit_expo edit_make_expo(struct edit_fixture *f) {
    edit_ok(
        f,
        "[{'op':'create','table':'country','values':{'code':'DE','name_en':'Germany','name_zh':'"
        "德国'}},"
        "{'op':'create','table':'country','values':{'code':'CN','name_en':'China','name_zh':'中国'}"
        "},"
        "{'op':'create','table':'edition','id':'$a','values':{'code':'2024','name_en':'Expo "
        "2024'}},"
        "{'op':'create','table':'edition','id':'$b','values':{'code':'2025','name_en':'Expo 2025',"
        "'current':true}},"
        "{'op':'create','table':'chain','values':{'code':'energy','name_en':'Energy'}},"
        "{'op':'create','table':'area','values':{'edition_id':'$a','code':'energy','kind':'chain',"
        "'name_en':'Energy'}},"
        "{'op':'create','table':'area','values':{'edition_id':'$b','code':'energy','kind':'chain',"
        "'name_en':'Energy'}},"
        "{'op':'create','table':'pavilion','values':{'edition_id':'$a','kind':'cluster','name_en':"
        "'Cluster'}},"
        "{'op':'create','table':'pavilion','values':{'edition_id':'$b','kind':'cluster','name_en':"
        "'Cluster'}},"
        "{'op':'create','table':'node','values':{'code':'bat.cell','kind':'component','name_en':"
        "'Cell'}},"
        "{'op':'create','table':'node','values':{'code':'bat.pack','kind':'product','name_en':"
        "'Pack'}}]");
    return (struct edit_expo){.first = edit_made(f, 2),
                              .second = edit_made(f, 3),
                              .chain = edit_made(f, 4),
                              .area = edit_made(f, 5),
                              .other_area = edit_made(f, 6),
                              .pavilion = edit_made(f, 7),
                              .other_pavilion = edit_made(f, 8),
                              .input = edit_made(f, 9),
                              .output = edit_made(f, 10)};
}

#define LL(x) (long long)(x)

#endif
