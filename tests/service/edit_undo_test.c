/* Random edits, each undone, give the first state back. */
#include "edit_fixture.h"

#include "base/rng.h"

enum { ROUNDS = 12, EDITS = 60, DUMP_MAX = 8 << 20 };

struct dumping {
    struct buf *out;
    const struct edit_table *table;
};

static enum err dump_row(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct dumping *d = ctx;
    buf_printf(d->out, "%s %lld", d->table->name, LL(id));
    for (uint32_t c = 0; c < store_table_info(d->table->table)->columns; c++)
        if (v[c].kind == STORE_TEXT)
            buf_printf(d->out, "|%.*s", STR_ARG(v[c].text));
        else
            buf_printf(d->out, "|%lld", v[c].kind == STORE_NULL ? -1 : LL(v[c].integer));
    buf_add_char(d->out, '\n');
    return ERR_OK;
}

static void dump(struct edit_fixture *f, struct buf *out) {
    size_t tables;
    const struct edit_table *t = edit_tables(&tables);
    buf_init(out, DUMP_MAX);
    for (size_t i = 0; i < tables; i++) {
        struct dumping d = {out, &t[i]};
        assert_ok(store_scan(store_reader_of(f->store), t[i].table, dump_row, &d, &f->info),
                  &f->info);
    }
}

/* An id that is likely to be there. */
static uint32_t random_id(struct edit_fixture *f, struct rng *rng, enum store_table table) {
    uint64_t count;
    assert_ok(store_count(store_reader_of(f->store), table, &count, &f->info), &f->info);
    return 1 + rng_below(rng, (uint32_t)count + (rng_below(rng, 8) == 0 || count == 0));
}

/* A setting that is right more often than not. */
static void random_setting(struct edit_fixture *f, struct rng *rng, const struct edit_field *field,
                           struct buf *out) {
    static const char *const texts[] = {"", "A", "Beta Ltd", "2024-11-26", "09:30", "CN", "x y"};
    buf_printf(out, "'%s':", field->name);
    uint32_t wild = rng_below(rng, 30);
    if (wild == 0)
        buf_add_c(out, "null");
    else if (wild == 1)
        buf_printf(out, "'%s'", texts[rng_below(rng, 7)]);
    else if (field->kind == EDIT_WORD)
        buf_printf(out, "'%s'",
                   kind_code(field->words, 1 + rng_below(rng, field->words->count - 1)));
    else if (field->kind == EDIT_REFERENCE)
        buf_printf(out, "%u", random_id(f, rng, field->target));
    else if (field->kind == EDIT_BOOLEAN || field->kind == EDIT_INTEGER)
        buf_printf(out, "%u", rng_below(rng, 2));
    else if (field->kind == EDIT_DATE)
        buf_printf(out, "'2024-11-%02u'", 1 + rng_below(rng, 30));
    else if (field->kind == EDIT_TIME)
        buf_printf(out, "'%02u:30'", rng_below(rng, 24));
    else if (field->kind == EDIT_COUNTRY || field->kind == EDIT_PLACE)
        buf_add_c(out, rng_below(rng, 2) == 0 ? "'DE'" : "'CN'");
    else if (field->kind == EDIT_AREA)
        buf_add_c(out, "'energy'");
    else
        buf_printf(out, "'%u'", rng_below(rng, 400));
}

static void random_operation(struct edit_fixture *f, struct rng *rng, struct buf *out) {
    static const char *const verbs[] = {"create", "create", "create", "update", "update", "delete"};
    size_t tables;
    const struct edit_table *t = edit_tables(&tables);
    const struct edit_table *table = &t[rng_below(rng, (uint32_t)tables)];
    const char *verb = verbs[rng_below(rng, 6)];
    if (table->table == TABLE_PICTURE) /* comes with its file */
        table = edit_table_of(TABLE_ORGANISATION);
    buf_printf(out, "{'op':'%s','table':'%s'", verb, table->name);
    if (*verb != 'c')
        buf_printf(out, ",'id':%u", random_id(f, rng, table->table));
    if (*verb == 'd')
        buf_printf(out, ",'cascade':%s}", rng_below(rng, 2) == 0 ? "true" : "false");
    if (*verb == 'd')
        return;
    buf_add_c(out, ",'values':{");
    bool first = true;
    for (uint32_t i = 0; i < table->count; i++) {
        const struct edit_field *field = &table->fields[i];
        bool needed = *verb == 'c' && ((field->flags & EDIT_NEEDED) != 0 || field->column == 0);
        if ((field->flags & EDIT_SHOWN) != 0 || (!needed && rng_below(rng, 5) > 0))
            continue;
        buf_add_c(out, first ? "" : ",");
        first = false;
        random_setting(f, rng, field, out);
    }
    buf_add_c(out, "}}");
}

static void note_finding(void *ctx, const char *text) {
    print_message("# finding: %s\n", text);
    ++*(int *)ctx;
}

static void assert_clean(struct edit_fixture *f) {
    int findings = 0;
    assert_ok(store_check(store_reader_of(f->store), NULL, note_finding, &findings, &f->info),
              &f->info);
    assert_int_equal(findings, 0);
}

static void undo(struct edit_fixture *f, int64_t batch_id) {
    int64_t batch;
    struct store_batch b = {
        .kind = "undo", .actor = STR("Li"), .note = STR("test"), .undo_of = batch_id};
    assert_ok(store_begin(f->store, &b, &batch, &f->info), &f->info);
    assert_ok(store_undo(f->store, batch_id, &f->info), &f->info);
    assert_ok(store_commit(f->store, &f->info), &f->info);
}

/* Returns how many requests were accepted. */
static int run_round(struct edit_fixture *f, uint64_t seed) {
    struct rng rng;
    struct buf before, after, text;
    int64_t batches[EDITS];
    int accepted = 0;
    rng_init(&rng, seed);
    edit_make_expo(f);
    dump(f, &before);
    buf_init(&text, 4000);
    for (int i = 0; i < EDITS; i++) {
        buf_clear(&text);
        buf_add_char(&text, '[');
        random_operation(f, &rng, &text);
        for (uint32_t more = rng_below(&rng, 2); more > 0; more--) {
            buf_add_char(&text, ',');
            random_operation(f, &rng, &text);
        }
        buf_add_char(&text, ']');
        enum err code = edit_try(f, "%s", text.ptr);
        if (code == ERR_STORE || code == ERR_INTERNAL)
            fail_msg("seed %llu: %s: %s", (unsigned long long)seed, text.ptr, f->info.message);
        if (code == ERR_OK && f->batch_id > 0)
            batches[accepted++] = f->batch_id;
    }
    assert_clean(f);
    for (int i = accepted - 1; i >= 0; i--)
        undo(f, batches[i]);
    assert_clean(f);
    dump(f, &after);
    if (!str_equal(buf_str(&before), buf_str(&after)))
        fail_msg("seed %llu: not the first state again", (unsigned long long)seed);
    buf_release(&before);
    buf_release(&after);
    buf_release(&text);
    return accepted;
}

static void random_edits_each_undone_give_the_first_state_back(void **state) {
    int accepted = 0;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        void *fixture;
        edit_setup(&fixture);
        accepted += run_round(fixture, seed);
        edit_teardown(&fixture);
    }
    print_message("# %d of %d requests were accepted\n", accepted, ROUNDS * EDITS);
    assert_true(accepted > ROUNDS * EDITS / 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_edits_each_undone_give_the_first_state_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
