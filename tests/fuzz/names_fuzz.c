/* Any two names: comparing them is safe, the score is in its range, and the index agrees with the
 * direct comparison that a record is found by its own name. */
#include "engine/names/names.h"

static bool ignore(void *ctx, const struct names_pair *pair) {
    if (pair->a >= pair->b || !(pair->score >= NAMES_SCORE_MIN && pair->score <= 1))
        __builtin_trap();
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str rest = {(const char *)data, size}, part[4] = {{"", 0}, {"", 0}, {"", 0}, {"", 0}};
    for (size_t i = 0; i < 4 && str_next(&rest, "\n", &part[i]); i++)
        continue;
    struct names_record r[2] = {{.name_en = part[0], .name_zh = part[1]},
                                {.name_en = part[2], .name_zh = part[3]}};
    struct names_index *index;
    struct names_pair pair;
    size_t count;
    if (names_index_new(&index, NULL) != ERR_OK)
        return 0;
    for (size_t i = 0; i < 2; i++)
        if (names_index_add(index, &r[i], NULL) != ERR_OK)
            __builtin_trap();
    if (names_index_build(index, NULL, NULL) != ERR_OK ||
        names_all_pairs(index, 0, NULL, ignore, NULL, NULL) != ERR_OK ||
        names_find(index, &r[0], &pair, 1, &count, NULL) != ERR_OK ||
        names_compare(&r[0], &r[1], &pair, NULL) != ERR_OK || !(pair.score >= 0 && pair.score <= 1))
        __builtin_trap();
    names_index_free(index);
    return 0;
}
