/*
 * English word forms: see stem.h.
 *
 * Rules instead of a dictionary, because catalogues come from users and hold words that no
 * dictionary has. A rule may join unlike words ("raise" becomes "raize"): this is harmless as long
 * as it happens to the catalogue and to the text alike, and nothing shown to people comes from
 * here.
 */
#include "engine/catalogue/stem.h"

#include <stdbool.h>
#include <string.h>

struct rewrite {
    const char *from;
    const char *to; /* not longer than `from` */
};

/* Whole words whose plural the rules below would miss or spoil. */
static const struct rewrite irregular[] = {
    {"buses", "bus"},         {"gases", "gas"},     {"lens", "lens"},
    {"lenses", "lens"},       {"knives", "knife"},  {"shelves", "shelf"},
    {"analyses", "analysis"}, {"indices", "index"}, {"matrices", "matrix"},
    {"gpus", "gpu"},          {"cpus", "cpu"},      {"mcus", "mcu"},
    {"npus", "npu"},          {"leaves", "leaf"},   {"cos", "co"},
};

/* British to American, at any place in the word. */
static const struct rewrite spelling[] = {
    {"aluminium", "aluminum"}, {"sulph", "sulf"},         {"fibre", "fiber"},
    {"tyre", "tire"},          {"centre", "center"},      {"colour", "color"},
    {"mould", "mold"},         {"analogue", "analog"},    {"catalogue", "catalog"},
    {"plough", "plow"},        {"litre", "liter"},        {"metre", "meter"},
    {"anaesth", "anesth"},     {"orthopaed", "orthoped"}, {"haem", "hem"},
    {"grey", "gray"},          {"labour", "labor"},       {"vapour", "vapor"},
    {"flavour", "flavor"},     {"armour", "armor"},       {"harbour", "harbor"},
    {"programme", "program"},  {"licence", "license"},    {"defence", "defense"},
    {"modell", "model"},       {"travell", "travel"},     {"labell", "label"},
    {"panell", "panel"},       {"fuell", "fuel"},         {"yoghurt", "yogurt"},
    {"tonne", "ton"},          {"fulfil", "fulfil"},      {"speciality", "specialty"},
    {"caesium", "cesium"},     {"oestro", "estro"},       {"paediat", "pediat"},
    {"cheque", "check"},       {"kerb", "curb"},
};

/* The letter s between these ends and the stem is written z in America. */
static const char *const ize_ends[] = {"ise", "ised", "iser", "ising", "isation",
                                       "yse", "yser", "ysed", "ysing"};

static bool ends(const char *word, size_t len, const char *end, size_t *at) {
    size_t n = strlen(end);
    if (len < n || memcmp(word + len - n, end, n) != 0)
        return false;
    *at = len - n;
    return true;
}

static size_t singular(const char *word, size_t len) {
    size_t at;
    if (len <= 3 || word[len - 1] != 's')
        return len;
    char before = word[len - 2];
    if (before == 's' || before == 'u' || before == 'i')
        return len;
    if (ends(word, len, "sses", &at) || ends(word, len, "xes", &at) ||
        ends(word, len, "ches", &at) || ends(word, len, "shes", &at))
        return len - 2;
    return len - 1;
}

static size_t replace(char *word, size_t len, size_t at, const struct rewrite *r) {
    size_t from = strlen(r->from), to = strlen(r->to);
    memcpy(word + at, r->to, to);
    memmove(word + at + to, word + at + from, len - at - from);
    return len - from + to;
}

static size_t respell(char *word, size_t len) {
    for (size_t k = 0; k < sizeof(spelling) / sizeof(*spelling); k++) {
        size_t n = strlen(spelling[k].from);
        if (len < n)
            continue;
        const char *hit = memmem(word, len, spelling[k].from, n);
        if (hit != NULL)
            len = replace(word, len, (size_t)(hit - word), &spelling[k]);
    }
    size_t at;
    for (size_t k = 0; len > 5 && k < sizeof(ize_ends) / sizeof(*ize_ends); k++)
        if (ends(word, len, ize_ends[k], &at) && at > 1) {
            word[at + 1] = 'z';
            break;
        }
    return len;
}

size_t stem_word(char *word, size_t len) {
    for (size_t k = 0; k < sizeof(irregular) / sizeof(*irregular); k++)
        if (strlen(irregular[k].from) == len && memcmp(word, irregular[k].from, len) == 0)
            return replace(word, len, 0, &irregular[k]);
    size_t at;
    if (len > 4 && ends(word, len, "ies", &at)) {
        word[at] = 'y';
        len = at + 1;
    } else {
        len = singular(word, len);
    }
    return len > 3 ? respell(word, len) : len;
}

/* Longest first; what is left must keep ROOT_MIN letters. */
static const char *const family_ends[] = {
    "ization", "ation", "ment", "izer", "izing", "ized", "ize", "ing", "ion", "age",
    "ity",     "ive",   "er",   "or",   "ed",    "al",   "ic",  "y",   "e"};

enum { ROOT_MIN = 4 };

size_t stem_root(char *word, size_t len) {
    for (size_t k = 0; k < sizeof(family_ends) / sizeof(*family_ends); k++) {
        size_t at;
        if (ends(word, len, family_ends[k], &at) && at >= ROOT_MIN) {
            len = at;
            break;
        }
    }
    if (len > ROOT_MIN && word[len - 1] == word[len - 2])
        len--;
    if (len > ROOT_MIN && word[len - 1] == 'e')
        len--;
    return len;
}
