/*
 * How well and how fast texts are mapped to catalogue nodes. Arguments: none; with "misses", also
 * the texts of the tuned part whose result is not as labelled.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "engine/catalogue/labelled.h"

enum { SPEED_TEXTS = 400000, NS_PER_S = 1000000000 };

static double percent(uint32_t part, uint32_t whole) {
    return whole > 0 ? 100.0 * part / whole : 0;
}

static enum err print_set(const struct labelled *l, const char *name, const struct text_set *set,
                          unsigned parts, const struct classifier *c, FILE *misses,
                          struct errinfo *info) {
    struct tally t = {0};
    enum err e = labelled_tally(l, set, parts, c, &t, misses, info);
    if (e == ERR_OK)
        printf("%-34s %5u  %6.1f %6.1f  %6.1f  %6.1f  %5u/%u\n", name, t.texts,
               percent(t.first, t.texts), percent(t.five, t.texts), percent(t.found, t.labels),
               percent(t.right, t.asserted), t.sure_empty, t.empty);
    return e;
}

static enum err print_quality(const struct labelled *l, const struct classifier *c, FILE *misses,
                              struct errinfo *info) {
    struct {
        const char *name;
        const struct text_set *set;
        unsigned parts;
    } rows[] = {
        {"exhibitors, tuned", &l->exhibitors, PART_TUNED},
        {"exhibitors, held out", &l->exhibitors, PART_HELD_OUT},
        {"exhibitors, with vague rows", &l->exhibitors, PART_TUNED | PART_HELD_OUT | PART_VAGUE},
        {"exhibits, tuned", &l->exhibits, PART_TUNED},
        {"exhibits, held out", &l->exhibits, PART_HELD_OUT},
        {"exhibits, with vague rows", &l->exhibits, PART_TUNED | PART_HELD_OUT | PART_VAGUE},
        {"fresh texts, tuned", &l->fresh, PART_TUNED},
        {"fresh texts, held out", &l->fresh, PART_HELD_OUT},
    };
    printf("%-34s %5s  %6s %6s  %6s  %6s  %s\n", "texts", "count", "first", "in 5", "recall",
           "sure ok", "sure on nothing");
    enum err e = ERR_OK;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows) && e == ERR_OK; i++) {
        bool list = misses != NULL && rows[i].parts == PART_TUNED;
        e = print_set(l, rows[i].name, rows[i].set, rows[i].parts, c, list ? misses : NULL, info);
    }
    return e;
}

static enum err print_calibration(const struct labelled *l, const struct classifier *c,
                                  struct errinfo *info) {
    uint32_t hits[10] = {0}, right[10] = {0};
    unsigned parts = PART_TUNED | PART_HELD_OUT;
    enum err e = labelled_calibrate(&l->exhibitors, parts, c, hits, right, info);
    if (e == ERR_OK)
        e = labelled_calibrate(&l->exhibits, parts, c, hits, right, info);
    if (e == ERR_OK)
        e = labelled_calibrate(&l->fresh, parts, c, hits, right, info);
    printf("\n%-12s %6s %8s\n", "score", "hits", "right %");
    for (int i = 9; i >= 0 && e == ERR_OK; i--)
        printf("%.1f to %.1f   %6u %8.1f\n", i / 10.0, (i + 1) / 10.0, hits[i],
               percent(right[i], hits[i]));
    return e;
}

static enum err print_speed(const struct labelled *l, const struct classifier *c,
                            struct errinfo *info) {
    struct classify_scratch *scratch;
    enum err e = classify_scratch_new(c, &scratch, info);
    if (e != ERR_OK)
        return e;
    const struct text_set *sets[] = {&l->exhibitors, &l->exhibits, &l->fresh};
    size_t texts = 0, bytes = 0;
    int64_t start = clock_monotonic_ns();
    while (texts < SPEED_TEXTS && e == ERR_OK)
        for (size_t s = 0; s < 3; s++)
            for (size_t i = 0; i < sets[s]->list.len && e == ERR_OK; i++) {
                struct classify_result r;
                e = classify_text(c, scratch, sets[s]->list.at[i].text, NULL, &r, info);
                texts++;
                bytes += sets[s]->list.at[i].text.len;
            }
    double seconds = (double)(clock_monotonic_ns() - start) / NS_PER_S;
    printf("\nspeed: %.0f texts/s on one core (%.0f bytes a text)\n", (double)texts / seconds,
           (double)bytes / (double)texts);
    classify_scratch_free(scratch);
    return e;
}

int main(int argc, char **argv) {
    const char *root = getenv("FAIRLEAD_SOURCE");
    struct errinfo info;
    struct labelled l;
    struct classifier *c = NULL;
    errinfo_init(&info);
    enum err e = labelled_load(&l, root != NULL ? root : ".", &info);
    int64_t start = clock_monotonic_ns();
    if (e == ERR_OK)
        e = classifier_new(l.nodes.at, (uint32_t)l.nodes.len, l.lexicon.at, (uint32_t)l.lexicon.len,
                           &c, &info);
    if (e == ERR_OK) {
        printf("built in %.1f ms\n\n", (double)(clock_monotonic_ns() - start) / 1e6);
        FILE *misses = argc > 1 && strcmp(argv[1], "misses") == 0 ? stdout : NULL;
        e = print_quality(&l, c, misses, &info);
        if (e == ERR_OK)
            e = print_calibration(&l, c, &info);
        if (e == ERR_OK)
            e = print_speed(&l, c, &info);
        classifier_free(c);
        labelled_release(&l);
    }
    if (e != ERR_OK) {
        char text[ERR_TEXT_MAX * 3];
        err_format(&info, text, sizeof(text));
        fprintf(stderr, "%s\n", text);
        return 1;
    }
    return 0;
}
