#include "unit.h"

#include <stdio.h>

#include "assets/assets.h"
#include "store/internal.h"
#include "store/tables.h"

/* What was read so far: columns come in the order in which tables and migrations name them. */
struct reading {
    enum store_table table; /* of the open CREATE TABLE, or STORE_TABLES */
    uint32_t columns[STORE_TABLES];
};

static void check_comment(struct str line) {
    if (str_find(line, STR(" -- ")) == SIZE_MAX)
        fail_msg("column without a comment: %.*s", STR_ARG(line));
}

static void check_column(struct reading *r, enum store_table table, struct str name,
                         struct str line) {
    if (str_equal_c(name, "id"))
        return;
    if (store_column_by_name(table, name) != r->columns[table])
        fail_msg("%s.%.*s is not column %u of tables.def", store_table_info(table)->name,
                 STR_ARG(name), r->columns[table]);
    r->columns[table]++;
    check_comment(line);
}

/* ALTER TABLE name ADD COLUMN column TYPE; */
static void check_addition(struct reading *r, struct str line) {
    struct str rest = line, word, table, column;
    assert_true(str_next(&rest, " ", &word) && str_next(&rest, " ", &word));
    assert_true(str_next(&rest, " ", &table));
    assert_true(str_next(&rest, " ", &word) && str_next(&rest, " ", &word));
    assert_str(word, "COLUMN");
    assert_true(str_next(&rest, " ", &column));
    enum store_table known = store_table_by_name(table);
    if (known != STORE_TABLES)
        check_column(r, known, column, line);
    else
        check_comment(line); /* of the log itself */
}

static void check_line(struct reading *r, struct str line) {
    struct str words = str_trim(line), word;
    if (str_starts(words, STR("ALTER TABLE ")) && str_find(words, STR(" ADD ")) != SIZE_MAX) {
        check_addition(r, words);
    } else if (str_starts(words, STR("CREATE TABLE "))) {
        r->table = store_table_by_name(str_sub(words, 13, words.len - 2));
        if (r->table != STORE_TABLES)
            r->columns[r->table] = 0; /* a migration may make a table anew */
    } else if (str_equal_c(words, ");")) {
        r->table = STORE_TABLES;
    } else if (r->table != STORE_TABLES && words.len > 0 && words.ptr[0] >= 'a' &&
               words.ptr[0] <= 'z') {
        assert_true(str_next(&words, " ", &word));
        check_column(r, r->table, word, line);
    }
}

/* Reads the migrations' texts: a column a line, each with its comment. */
static void every_column_of_the_schema_is_listed_in_order_and_commented(void **state) {
    struct reading r = {.table = STORE_TABLES};
    for (uint32_t version = 1; version <= store_schema_version(); version++) {
        struct str rest, line;
        assert_true(assets_find(str_of(store_migration_file(version)), &rest));
        while (str_next(&rest, "\n", &line))
            check_line(&r, line);
    }
    for (uint32_t t = 0; t < STORE_TABLES; t++)
        assert_int_equal(r.columns[t], store_table_info((enum store_table)t)->columns);
}

/* Whether the column's line, inside its CREATE TABLE or as one added later, ends in these words. */
static bool comment_ends(const struct store_table_info *table, uint32_t column, struct str words) {
    struct str rest, line, name = STR("");
    for (uint32_t version = 1; version <= store_schema_version(); version++) {
        assert_true(assets_find(str_of(store_migration_file(version)), &rest));
        while (str_next(&rest, "\n", &line)) {
            struct str trimmed = str_trim(line), word;
            if (str_starts(trimmed, STR("CREATE TABLE ")))
                name = str_sub(trimmed, 13, trimmed.len - 2);
            if (str_starts(trimmed, STR("ALTER TABLE "))) {
                trimmed = str_sub(trimmed, 12, trimmed.len);
                if (!str_next(&trimmed, " ", &name) || !str_starts(trimmed, STR("ADD COLUMN ")))
                    continue;
                trimmed = str_sub(trimmed, 11, trimmed.len);
            }
            if (str_equal_c(name, table->name) && str_next(&trimmed, " ", &word) &&
                str_equal_c(word, table->column[column].name))
                return str_ends(line, words);
        }
    }
    return false;
}

static void personal_and_secret_columns_say_so_in_the_schema(void **state) {
    for (uint32_t t = 0; t < STORE_TABLES; t++) {
        const struct store_table_info *table = store_table_info((enum store_table)t);
        for (uint32_t c = 0; c < table->columns; c++) {
            enum store_column_kind kind = table->column[c].kind;
            struct str word = kind == STORE_SECRET ? STR("; secret") : STR("; personal");
            if (kind != STORE_PLAIN && !comment_ends(table, c, word))
                fail_msg("the comment of %s.%s does not end in \"%.*s\"", table->name,
                         table->column[c].name, STR_ARG(word));
        }
    }
}

static void unknown_names_are_told(void **state) {
    assert_int_equal(store_table_by_name(STR("nothing")), STORE_TABLES);
    assert_int_equal(store_column_by_name(TABLE_NODE, STR("nothing")), STORE_COLUMNS_MAX);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_of_the_schema_is_listed_in_order_and_commented),
        cmocka_unit_test(personal_and_secret_columns_say_so_in_the_schema),
        cmocka_unit_test(unknown_names_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
