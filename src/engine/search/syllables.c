/* Syllables as a sorted table: see syllables.h. */
#include "engine/search/syllables.h"

#include <stdlib.h>
#include <string.h>

struct spelled {
    char letters[HAN_SYLLABLE_MAX];
    uint32_t number;
};

static int by_letters(const void *a, const void *b) {
    const struct spelled *x = a, *y = b;
    int order = memcmp(x->letters, y->letters, HAN_SYLLABLE_MAX);
    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

/* "lü" gives "lu"; the result is filled with zeros. */
static void spell(const char *syllable, char out[HAN_SYLLABLE_MAX]) {
    size_t len = 0;
    memset(out, 0, HAN_SYLLABLE_MAX);
    for (const char *p = syllable; *p != '\0'; p++)
        if (*p >= 'a' && *p <= 'z')
            out[len++] = *p;
        else if (*p == '\xBC') /* the second byte of ü; the first is passed over */
            out[len++] = 'u';
}

void syllables_init(struct syllables *s) {
    struct spelled all[SYLLABLES_MAX];
    uint32_t count = 0;
    memset(s, 0, sizeof(*s));
    while (count < SYLLABLES_MAX - SYLLABLE_FIRST && han_syllable(count) != NULL) {
        all[count].number = count;
        spell(han_syllable(count), all[count].letters);
        count++;
    }
    qsort(all, count, sizeof(all[0]), by_letters);
    s->end = SYLLABLE_FIRST;
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || memcmp(all[i].letters, all[i - 1].letters, HAN_SYLLABLE_MAX) != 0)
            memcpy(s->letters[s->end++], all[i].letters, HAN_SYLLABLE_MAX);
        s->rank[all[i].number] = (uint16_t)(s->end - 1);
    }
}

struct syllable_range syllables_all(const struct syllables *s) {
    return (struct syllable_range){SYLLABLE_FIRST, s->end, 0};
}

struct syllable_range syllables_step(const struct syllables *s, struct syllable_range range,
                                     char letter) {
    uint32_t depth = range.depth, from = range.from, to = range.to;
    if (depth >= HAN_SYLLABLE_MAX - 1)
        return (struct syllable_range){from, from, depth + 1};
    while (from < to && s->letters[from][depth] < letter)
        from++;
    for (range.to = from; range.to < to && s->letters[range.to][depth] == letter;)
        range.to++;
    return (struct syllable_range){from, range.to, depth + 1};
}

uint32_t syllables_whole(const struct syllables *s, struct syllable_range range) {
    return range.from < range.to && range.depth > 0 && range.depth < HAN_SYLLABLE_MAX &&
                   s->letters[range.from][range.depth] == '\0'
               ? range.from
               : SYLLABLE_NONE;
}
