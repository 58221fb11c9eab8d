/* The engine finds the same documents as a naive search, for random documents and queries. */
#include "oracle.h"

#include "unit.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/rng.h"
#include "text/han.h"
#include "text/utf8.h"

enum { DOCUMENTS_MAX = 150, TEXTS = 3, TEXT_MAX = 160, ROUNDS = 150, QUERIES = 40 };

/* Few words and characters, so that they meet often; many with several readings. */
static const char *const WORDS[] = {"great", "wall",  "wal",   "motor", "greta",  "ge",    "chang",
                                    "cheng", "qi",    "che",   "a",     "co",     "coca",  "cola",
                                    "G12R",  "Xi'an", "e-bus", "5G",    "Müller", "ЗАВОД", "CATL"};
static const char *const HAN[] = {"长", "城", "汽", "车", "重", "庆", "行", "乐", "厦", "门",
                                  "绿", "女", "西", "安", "先", "長", "車", "音", "银", "嗯"};
static const char *const CODES[] = {"8507.60", "HS 850760", "bat.cell", "P029", "cn-zj", "9.9 x1"};
static const char *const MARKS[] = {" ", " ", "", "-", "（", ", ", "·", "/"};
enum {
    WORDS_LEN = sizeof(WORDS) / sizeof(WORDS[0]),
    HAN_LEN = sizeof(HAN) / sizeof(HAN[0]),
    CODES_LEN = sizeof(CODES) / sizeof(CODES[0]),
    MARKS_LEN = sizeof(MARKS) / sizeof(MARKS[0]),
};

struct corpus {
    char bytes[DOCUMENTS_MAX][TEXTS][TEXT_MAX];
    struct search_text texts[DOCUMENTS_MAX][TEXTS];
    struct search_document documents[DOCUMENTS_MAX];
    size_t count;
};

static void make_text(struct rng *rng, enum search_field field, char out[TEXT_MAX]) {
    size_t len = 0;
    uint32_t pieces = rng_below(rng, 5);
    out[0] = '\0';
    if (field == SEARCH_CODE)
        snprintf(out, TEXT_MAX, "%s", CODES[rng_below(rng, CODES_LEN)]);
    for (uint32_t i = 0; i < pieces && field != SEARCH_CODE; i++) {
        if (rng_below(rng, 2) == 0)
            len +=
                (size_t)snprintf(out + len, TEXT_MAX - len, "%s", WORDS[rng_below(rng, WORDS_LEN)]);
        for (uint32_t h = rng_below(rng, 4); h > 0; h--)
            len += (size_t)snprintf(out + len, TEXT_MAX - len, "%s", HAN[rng_below(rng, HAN_LEN)]);
        len += (size_t)snprintf(out + len, TEXT_MAX - len, "%s", MARKS[rng_below(rng, MARKS_LEN)]);
    }
}

static void make_corpus(struct rng *rng, struct corpus *c) {
    c->count = rng_below(rng, 3) == 0 ? rng_below(rng, DOCUMENTS_MAX) : rng_below(rng, 20);
    for (size_t d = 0; d < c->count; d++) {
        for (size_t t = 0; t < TEXTS; t++) {
            enum search_field field = (enum search_field)rng_below(rng, SEARCH_FIELDS);
            make_text(rng, field, c->bytes[d][t]);
            c->texts[d][t] = (struct search_text){field, str_of(c->bytes[d][t])};
        }
        c->documents[d] =
            (struct search_document){c->texts[d], TEXTS, (uint8_t)rng_below(rng, 3), 0};
    }
}

/* Changes one byte or letter somewhere, mostly into something that still makes sense. */
static void edit(struct rng *rng, struct buf *text) {
    if (text->len < 2)
        return;
    uint32_t at = rng_below(rng, (uint32_t)text->len - 1);
    char *p = text->ptr + at, kept = p[0];
    if (((p[0] | p[1]) & 0x80) != 0)
        return;
    switch (rng_below(rng, 4)) {
    case 0:
        p[0] = (char)('a' + (int)rng_below(rng, 26));
        break;
    case 1:
        p[0] = p[1];
        p[1] = kept;
        break;
    case 2:
        memmove(p, p + 1, text->len - at);
        text->len--;
        break;
    default:
        p[0] = " 2'.-e"[rng_below(rng, 6)];
        break;
    }
}

/* A part of a text of the corpus, as it is or as pinyin, with or without an edit; or random. */
static void make_query(struct rng *rng, const struct corpus *c, struct buf *out) {
    buf_clear(out);
    for (uint32_t parts = 1 + rng_below(rng, 3); parts > 0; parts--) {
        struct str source = STR("");
        if (c->count > 0 && rng_below(rng, 8) != 0)
            source = c->texts[rng_below(rng, (uint32_t)c->count)][rng_below(rng, TEXTS)].text;
        else
            buf_add_c(out, WORDS[rng_below(rng, WORDS_LEN)]);
        for (uint32_t skip = rng_below(rng, 6); skip > 0 && source.len > 0; skip--)
            utf8_next(&source);
        struct str rest = source;
        for (uint32_t take = 1 + rng_below(rng, 8); take > 0 && rest.len > 0; take--)
            utf8_next(&rest);
        source.len -= rest.len;
        uint32_t how = rng_below(rng, 4);
        size_t from = out->len;
        enum err err = how == 0   ? han_pinyin(source, out, NULL)
                       : how == 1 ? han_pinyin_tones(source, out, NULL)
                                  : ERR_OK;
        assert_int_equal(err, ERR_OK);
        if (how > 1)
            buf_add_str(out, source);
        for (size_t i = from, kept = from; i < out->len && how == 0 && rng_below(rng, 2) == 0; i++)
            if (out->ptr[i] != ' ' || i + 1 == out->len) {
                out->ptr[kept++] = out->ptr[i];
                if (i + 1 == out->len)
                    out->len = kept;
            }
        if (rng_below(rng, 3) == 0)
            edit(rng, out);
        buf_add_c(out, rng_below(rng, 4) == 0 ? "" : " ");
    }
    if (out->len > SEARCH_QUERY_BYTES_MAX)
        out->len = utf8_valid_len((struct str){out->ptr, SEARCH_QUERY_BYTES_MAX}, NULL);
}

static uint32_t compare(const struct corpus *c, const struct search_index *index,
                        struct str query) {
    struct oracle_hit expected[DOCUMENTS_MAX] = {{0}};
    struct search_hit hits[DOCUMENTS_MAX];
    struct search_result result;
    struct errinfo info;
    bool seen[DOCUMENTS_MAX] = {false};
    uint32_t count, wrong = 0;
    bool taken = oracle_find(c->documents, c->count, query, expected);
    enum err err = search_find(index, query, &result, &info);
    assert_int_equal(err, taken ? ERR_OK : ERR_LIMIT);
    assert_ok(search_top(&result, UINT32_MAX, 0, hits, DOCUMENTS_MAX, &count, &info), &info);
    assert_false(result.partial);
    assert_int_equal(count, result.total);
    for (uint32_t i = 0; i < count; i++) {
        const struct oracle_hit *e = &expected[hits[i].document];
        seen[hits[i].document] = true;
        wrong += !e->found || e->typos != hits[i].typos || e->missing != hits[i].missing;
    }
    for (size_t d = 0; d < c->count; d++)
        wrong += expected[d].found && !seen[d];
    for (size_t d = 0; wrong > 0 && d < c->count; d++)
        if (expected[d].found || seen[d])
            print_message("# document %zu: %s, expected %s, %u typos, %u missing: %s | %s | %s\n",
                          d, seen[d] ? "found" : "not found", expected[d].found ? "found" : "not",
                          expected[d].typos, expected[d].missing, c->bytes[d][0], c->bytes[d][1],
                          c->bytes[d][2]);
    for (uint32_t i = 0; wrong > 0 && i < count; i++)
        print_message("# hit %u: %u typos, %u missing\n", hits[i].document, hits[i].typos,
                      hits[i].missing);
    if (wrong > 0)
        print_message("# \"%.*s\": %u documents differ\n", STR_ARG(query), wrong);
    search_result_release(&result);
    return wrong;
}

/* The filter by name: what the naive search finds as written in names and aliases alone. */
static uint32_t compare_named(const struct corpus *c, const struct search_index *index,
                              struct str query) {
    struct search_text texts[DOCUMENTS_MAX][TEXTS];
    struct search_document named[DOCUMENTS_MAX];
    struct oracle_hit expected[DOCUMENTS_MAX] = {{0}};
    uint64_t bits[DOCUMENTS_MAX / 64 + 1] = {0};
    struct errinfo info;
    uint32_t wrong = 0;
    for (size_t d = 0; d < c->count; d++) {
        named[d] = (struct search_document){.texts = texts[d]};
        for (size_t t = 0; t < TEXTS; t++)
            if (c->texts[d][t].field == SEARCH_NAME || c->texts[d][t].field == SEARCH_ALIAS)
                texts[d][named[d].count++] = c->texts[d][t];
    }
    bool taken = oracle_find(named, c->count, query, expected);
    assert_int_equal(search_named(index, query, bits, &info), taken ? ERR_OK : ERR_LIMIT);
    for (size_t d = 0; d < c->count && taken; d++) {
        bool want = expected[d].found && expected[d].typos + expected[d].missing == 0;
        bool got = (bits[d / 64] >> d % 64 & 1) != 0;
        wrong += want != got;
        if (want != got)
            print_message("# \"%.*s\" %s document %zu: %s | %s | %s\n", STR_ARG(query),
                          got ? "finds" : "does not find", d, c->bytes[d][0], c->bytes[d][1],
                          c->bytes[d][2]);
    }
    return wrong;
}

static void finds_what_a_naive_search_finds(void **state) {
    static struct corpus corpus;
    struct errinfo info;
    struct buf query;
    uint32_t wrong = 0;
    buf_init(&query, 4096);
    for (uint64_t seed = 1; seed <= ROUNDS && wrong == 0; seed++) {
        struct search_index *index;
        struct rng rng;
        rng_init(&rng, seed);
        make_corpus(&rng, &corpus);
        assert_ok(search_index_new(&index, &info), &info);
        for (size_t d = 0; d < corpus.count; d++)
            assert_ok(search_index_add(index, &corpus.documents[d], &info), &info);
        assert_ok(search_index_build(index, NULL, &info), &info);
        for (int q = 0; q < QUERIES; q++) {
            make_query(&rng, &corpus, &query);
            wrong += compare(&corpus, index, buf_str(&query));
            wrong += compare_named(&corpus, index, buf_str(&query));
        }
        search_index_free(index);
        if (wrong > 0)
            print_message("# seed %llu\n", (unsigned long long)seed);
    }
    buf_release(&query);
    assert_int_equal(wrong, 0);
}

/* Whatever the number of threads, the same index. */
static void threads_do_not_change_the_order(void **state) {
    static struct corpus corpus;
    struct search_index *index[2];
    struct search_result result[2];
    struct errinfo info;
    struct rng rng;
    rng_init(&rng, 5);
    make_corpus(&rng, &corpus);
    for (uint32_t i = 0; i < 2; i++) {
        struct job job = {.threads = 1 + 3 * i};
        assert_ok(search_index_new(&index[i], &info), &info);
        for (size_t d = 0; d < corpus.count; d++)
            assert_ok(search_index_add(index[i], &corpus.documents[d], &info), &info);
        assert_ok(search_index_build(index[i], &job, &info), &info);
    }
    static const char *const queries[] = {"a", "c", "长", "great wall", "che"};
    for (size_t q = 0; q < 5; q++) {
        for (int i = 0; i < 2; i++)
            assert_ok(search_find(index[i], str_of(queries[q]), &result[i], &info), &info);
        assert_int_equal(result[0].total, result[1].total);
        for (uint32_t k = 0; k < result[0].total; k++)
            assert_true(result[0].keys[k] == result[1].keys[k]);
        for (int i = 0; i < 2; i++)
            search_result_release(&result[i]);
    }
    for (int i = 0; i < 2; i++)
        search_index_free(index[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_a_naive_search_finds),
        cmocka_unit_test(threads_do_not_change_the_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
