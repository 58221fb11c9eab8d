/* Names of figures: every published figure of the sample has one, and none comes twice. */
#include "model/figure_names.h"

#include <stdio.h>
#include <stdlib.h>

#include "unit.h"

enum { LINE_MAX_BYTES = 8192 };

static void every_figure_of_the_sample_has_a_name(void **state) {
    char path[1024], line[LINE_MAX_BYTES];
    const char *source = getenv("FAIRLEAD_SOURCE");
    int rows = 0;
    snprintf(path, sizeof(path), "%s/data/sample/figures.csv", source != NULL ? source : ".");
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof(line), f) != NULL) {
        struct str rest = str_of(line), edition, code;
        assert_true(str_next(&rest, ",", &edition) && str_next(&rest, ",", &code));
        if (rows++ > 0 && figure_name_of(code) == NULL)
            fail_msg("%.*s has no name", STR_ARG(code));
    }
    fclose(f);
    assert_true(rows > 100);
}

static void topics_are_together_and_codes_unique(void **state) {
    size_t count;
    const struct figure_name *names = figure_names(&count);
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(figure_name_of(str_of(names[i].code)), &names[i]);
        assert_true(i == 0 || names[i].topic >= names[i - 1].topic);
        for (enum lang lang = 0; lang < LANGS; lang++)
            assert_true(names[i].name[lang][0] != '\0');
    }
    assert_null(figure_name_of(STR("no_such_figure")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_figure_of_the_sample_has_a_name),
        cmocka_unit_test(topics_are_together_and_codes_unique),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
