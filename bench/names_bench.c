/* Duplicate search over a million generated names, of which every 50th repeats an earlier one in
 * another spelling. */
#include <stdio.h>
#include <sys/resource.h>

#include "base/clock.h"
#include "base/rng.h"
#include "engine/names/names.h"
#include "text/utf8.h"

enum { RECORDS = 1000000, REPEAT_EVERY = 50, NAME_MAX_BYTES = 128, BRAND_CHARACTERS = 3000 };

static const char *const PLACES[][2] = {
    {"Shanghai", "上海"}, {"Shenzhen", "深圳市"}, {"Zhejiang", "浙江"}, {"Wuhan", "武汉"},
    {"Qingdao", "青岛"},  {"Chengdu", "成都"},    {"Jiangsu", "江苏"},  {"", ""}};
static const char *const TRADES[][2] = {{"Machinery", "机械"},   {"Logistics", "物流"},
                                        {"Electronics", "电子"}, {"Foods", "食品"},
                                        {"Auto Parts", "汽车"},  {"New Materials", "新材料"},
                                        {"Medical", "医疗"},     {"Textile", "纺织"}};
static const char *const LEGAL[] = {"Co., Ltd.", "Inc.", "GmbH", "Group", "Corporation"};
static const char *const LEGAL_ZH[] = {"有限公司", "股份有限公司", "集团", "科技有限公司", ""};
static const char *const SYLLABLES[] = {"ka",  "lo", "mi", "ter", "von", "sha", "qi", "ron", "del",
                                        "bra", "wu", "xi", "pol", "gan", "tes", "ur", "ni",  "zhe"};

struct name {
    char english[NAME_MAX_BYTES], chinese[NAME_MAX_BYTES];
};

/* The name that `brand` stands for; `spelling` chooses legal form and place. */
static void make_name(uint64_t brand, uint32_t spelling, struct name *out) {
    struct rng rng;
    rng_init(&rng, brand);
    char word[32];
    size_t len = 0;
    for (uint32_t n = 3 + rng_below(&rng, 3); n > 0; n--)
        len +=
            (size_t)snprintf(word + len, sizeof(word) - len, "%s", SYLLABLES[rng_below(&rng, 18)]);
    char han[16];
    size_t han_len = 0;
    for (uint32_t n = 2 + rng_below(&rng, 2); n > 0; n--)
        han_len += utf8_put(han + han_len, 0x4E00 + rng_below(&rng, BRAND_CHARACTERS));
    han[han_len] = '\0';
    const char *const *trade = TRADES[rng_below(&rng, 8)];
    const char *const *place = PLACES[rng_below(&rng, 8)];
    snprintf(out->english, NAME_MAX_BYTES, "%s %s %s %s", place[0], word, trade[0],
             LEGAL[spelling % 5]);
    snprintf(out->chinese, NAME_MAX_BYTES, "%s%s%s%s", place[1], han, trade[1],
             LEGAL_ZH[spelling % 5]);
}

struct tally {
    uint64_t pairs, repeats;
};

static bool count_pair(void *ctx, const struct names_pair *pair) {
    struct tally *t = ctx;
    t->pairs++;
    t->repeats += pair->b % REPEAT_EVERY == 0 && pair->a == pair->b / 2 + 1;
    return true;
}

static double seconds_since(int64_t start) {
    return (double)(clock_monotonic_ns() - start) / 1e9;
}

int main(void) {
    struct errinfo info;
    struct names_index *index;
    struct tally tally = {0};
    if (names_index_new(&index, &info) != ERR_OK)
        return 1;
    int64_t start = clock_monotonic_ns();
    for (uint32_t i = 0; i < RECORDS; i++) {
        bool repeats = i > 0 && i % REPEAT_EVERY == 0;
        struct name name;
        make_name(repeats ? i / 2 + 1 : i, repeats ? i : 0, &name);
        struct names_record r = {.name_en = str_of(name.english), .name_zh = str_of(name.chinese)};
        if (names_index_add(index, &r, &info) != ERR_OK)
            return 1;
    }
    printf("add      %9.2f s\n", seconds_since(start));
    start = clock_monotonic_ns();
    if (names_index_build(index, NULL, &info) != ERR_OK)
        return 1;
    printf("build    %9.2f s\n", seconds_since(start));
    start = clock_monotonic_ns();
    if (names_all_pairs(index, 0, NULL, count_pair, &tally, &info) != ERR_OK)
        return 1;
    printf("pairs    %9.2f s\n", seconds_since(start));
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("memory   %9ld MiB\n", usage.ru_maxrss / 1024);
    printf("found    %9llu pairs, %llu of %d repeated names\n", (unsigned long long)tally.pairs,
           (unsigned long long)tally.repeats, RECORDS / REPEAT_EVERY - 1);
    names_index_free(index);
    return 0;
}
