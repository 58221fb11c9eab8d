/* Any bytes as a text to classify: scores stay in [0, 1], spans inside the text, best hit first. */
#include <stdlib.h>

#include "engine/catalogue/labelled.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct classify_result *r, size_t size) {
    for (uint32_t h = 0; h < r->hit_count; h++) {
        const struct classify_hit *hit = &r->hits[h];
        if (!(hit->score >= 0 && hit->score <= 1) || hit->span_count < 1)
            abort();
        if (h > 0 && hit->score > r->hits[h - 1].score)
            abort();
        for (uint32_t s = 0; s < hit->span_count; s++)
            if (hit->spans[s].from >= hit->spans[s].to || hit->spans[s].to > size)
                abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct labelled labelled;
    static struct classifier *classifier;
    static struct classify_scratch *scratch;
    struct classify_result result;
    struct str text = {(const char *)data, size};
    if (scratch == NULL &&
        (labelled_load(&labelled, getenv("FAIRLEAD_SOURCE"), NULL) != ERR_OK ||
         classifier_new(labelled.nodes.at, (uint32_t)labelled.nodes.len, labelled.lexicon.at,
                        (uint32_t)labelled.lexicon.len, &classifier, NULL) != ERR_OK ||
         classify_scratch_new(classifier, &scratch, NULL) != ERR_OK))
        abort();
    if (classify_text(classifier, scratch, text, NULL, &result, NULL) != ERR_OK)
        abort();
    check(&result, size);
    return 0;
}
