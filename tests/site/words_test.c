/* The site's words: both languages say the same with the same marks. */
#include "site/words.h"

#include "unit.h"

/* The marks of a template in their order: "su" for "%s of %u". */
static void marks_of(const char *template, char *marks, size_t size) {
    size_t count = 0;
    for (const char *at = strchr(template, '%'); at != NULL; at = strchr(at + 2, '%')) {
        assert_true(strchr("szbtpuin%", at[1]) != NULL && at[1] != '\0');
        assert_true(count + 1 < size);
        marks[count++] = at[1];
    }
    marks[count] = '\0';
}

static void both_languages_have_every_word_with_the_same_marks(void **state) {
    for (enum site_word word = 0; word < SITE_WORDS; word++) {
        char en[16], zh[16];
        marks_of(site_word(LANG_EN, word), en, sizeof(en));
        marks_of(site_word(LANG_ZH, word), zh, sizeof(zh));
        if (strcmp(en, zh) != 0)
            fail_msg("\"%s\" has the marks %s, \"%s\" has %s", site_word(LANG_EN, word), en,
                     site_word(LANG_ZH, word), zh);
        assert_true(site_word(LANG_EN, word)[0] != '\0' && site_word(LANG_ZH, word)[0] != '\0');
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_languages_have_every_word_with_the_same_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
