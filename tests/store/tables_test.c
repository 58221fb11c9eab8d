#include "unit.h"

#include <stdio.h>

#include "assets/assets.h"
#include "store/tables.h"

/* Reads the schema's text: CREATE TABLE blocks, a column a line, each with its comment. */
static void every_column_of_the_schema_is_listed_in_order_and_commented(void **state) {
    struct str rest, line;
    assert_true(assets_find(STR("schema/0001_first.sql"), &rest));
    enum store_table table = STORE_TABLES;
    uint32_t column = 0, tables = 0;
    while (str_next(&rest, "\n", &line)) {
        struct str words = str_trim(line), word;
        if (str_starts(words, STR("CREATE TABLE "))) {
            struct str name = str_sub(words, 13, words.len - 2);
            table = store_table_by_name(name);
            column = 0;
            tables += table != STORE_TABLES;
        } else if (str_equal_c(words, ");") && table != STORE_TABLES) {
            assert_int_equal(column, store_table_info(table)->columns);
            table = STORE_TABLES;
        } else if (table != STORE_TABLES && words.len > 0 && words.ptr[0] >= 'a' &&
                   words.ptr[0] <= 'z') {
            assert_true(str_next(&words, " ", &word));
            if (str_equal_c(word, "id"))
                continue;
            assert_int_equal(store_column_by_name(table, word), column);
            column++;
            if (str_find(line, STR(" -- ")) == SIZE_MAX)
                fail_msg("column without a comment: %.*s", STR_ARG(line));
        }
    }
    assert_int_equal(tables, STORE_TABLES);
}

static void unknown_names_are_told(void **state) {
    assert_int_equal(store_table_by_name(STR("nothing")), STORE_TABLES);
    assert_int_equal(store_column_by_name(TABLE_NODE, STR("nothing")), STORE_COLUMNS_MAX);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_of_the_schema_is_listed_in_order_and_commented),
        cmocka_unit_test(unknown_names_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
