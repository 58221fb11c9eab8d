/* Names of published figures: see figure_names.h. */
#include "model/figure_names.h"

static const struct figure_name names[] = {
#define FIGURE(code, topic, en, zh) {code, FIGURE_TOPIC_##topic, {[LANG_EN] = en, [LANG_ZH] = zh}},
#include "model/figure_names.def"
#undef FIGURE
};

const struct figure_name *figure_names(size_t *count) {
    *count = sizeof(names) / sizeof(names[0]);
    return names;
}

const struct figure_name *figure_name_of(struct str code) {
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (str_equal_c(code, names[i].code))
            return &names[i];
    return NULL;
}
