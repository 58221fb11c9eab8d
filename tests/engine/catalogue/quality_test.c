#include "unit.h"

#include <stdio.h>

#include "engine/catalogue/labelled.h"

/* What was reached, in texts; bench classify prints the same as shares. A change may only raise it.
 */
struct golden {
    const char *name;
    size_t set; /* offset of a struct text_set in struct labelled */
    unsigned parts;
    uint32_t texts, first, five, asserted_wrong_max;
};

static const struct golden goldens[] = {
    {"exhibitors, tuned", offsetof(struct labelled, exhibitors), PART_TUNED, 142, 128, 139, 19},
    {"exhibitors, held out", offsetof(struct labelled, exhibitors), PART_HELD_OUT, 154, 129, 148,
     27},
    {"exhibits, tuned", offsetof(struct labelled, exhibits), PART_TUNED, 88, 81, 84, 7},
    {"exhibits, held out", offsetof(struct labelled, exhibits), PART_HELD_OUT, 94, 76, 93, 8},
    {"fresh, tuned", offsetof(struct labelled, fresh), PART_TUNED, 216, 208, 214, 6},
    {"fresh, held out", offsetof(struct labelled, fresh), PART_HELD_OUT, 106, 103, 106, 2},
};

static void classify_is_as_good_as_it_was_on_labelled_texts(void **state) {
    const char *root = getenv("FAIRLEAD_SOURCE");
    struct errinfo info;
    struct labelled l;
    struct classifier *c;
    assert_non_null(root);
    assert_ok(labelled_load(&l, root, &info), &info);
    assert_ok(classifier_new(l.nodes.at, (uint32_t)l.nodes.len, l.lexicon.at,
                             (uint32_t)l.lexicon.len, &c, &info),
              &info);
    bool good = true;
    for (size_t i = 0; i < sizeof(goldens) / sizeof(*goldens); i++) {
        const struct golden *g = &goldens[i];
        const struct text_set *set = (const struct text_set *)(const void *)((char *)&l + g->set);
        struct tally t = {0};
        assert_ok(labelled_tally(&l, set, g->parts, c, &t, NULL, &info), &info);
        assert_int_equal(t.texts, g->texts);
        uint32_t wrong = t.asserted - t.right;
        print_message("# %s: %u first, %u in five, %u wrongly asserted, of %u texts\n", g->name,
                      t.first, t.five, wrong, t.texts);
        good = good && t.first >= g->first && t.five >= g->five && wrong <= g->asserted_wrong_max &&
               t.sure_empty == 0;
    }
    classifier_free(c);
    labelled_release(&l);
    assert_true(good);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classify_is_as_good_as_it_was_on_labelled_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
