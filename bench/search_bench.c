/*
 * Search over 100,000 generated organisations, with their offers and exhibits.
 *
 * Prints: time to build and size of the index, for the names alone and for everything; then time of
 * a query (find and the best 20) by kind of query, beside it that of the filter by name, against
 * SQLite's full-text index with trigrams on the same texts, which answers where every word has
 * three characters and knows no pinyin and no typos (0 answered means that it cannot). Times are
 * those of the processor for this thread, so that other programs on the machine do not count.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "base/rng.h"
#include "engine/search/search.h"
#include "exchange/csv_read.h"
#include "service/sample/catalogue.h"
#include "text/han.h"
#include "text/utf8.h"

enum {
    ORGANISATIONS = 100000,
    QUERIES = 400, /* of a kind */
    TOP = 20,
    /* Columns of data/sample/exhibitors.csv and exhibits.csv. */
    NAME_EN = 0,
    NAME_ZH = 1,
    OFFERS_EN = 9,
    OFFERS_ZH = 10,
    EXHIBIT_EN = 4,
    EXHIBIT_ZH = 5,
};

struct thing {
    struct str name_en, name_zh, offers_en, offers_zh;
    bool exhibit;
};

struct bench {
    struct arena arena;
    struct buf sheets[SAMPLE_SHEETS];
    VEC(struct thing)
    things;
    struct search_index *index;
    sqlite3 *peer;
    sqlite3_stmt *ask;
};

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void check(enum err code, const struct errinfo *info) {
    if (code == ERR_OK)
        return;
    fprintf(stderr, "%s\n", info->message);
    exit(1);
}

static enum err keep(void *ctx, enum sample_sheet sheet, struct str record, struct errinfo *info) {
    struct bench *b = ctx;
    buf_add_str(&b->sheets[sheet], record);
    return buf_error(&b->sheets[sheet], info);
}

static void read_sheet(struct bench *b, enum sample_sheet sheet) {
    struct str rest = buf_str(&b->sheets[sheet]);
    struct csv_reader reader;
    struct table_row row;
    struct errinfo info;
    bool end = false, exhibit = sheet == SAMPLE_EXHIBITS;
    csv_reader_init(&reader, csv_source_text(&rest), ',',
                    &(struct table_limits){.rows = 10 * ORGANISATIONS});
    for (bool header = true;; header = false) {
        check(csv_next(&reader, &row, &end, &info), &info);
        if (end)
            break;
        struct thing thing = {
            .name_en = arena_copy(&b->arena, row.cells[exhibit ? EXHIBIT_EN : NAME_EN]),
            .name_zh = arena_copy(&b->arena, row.cells[exhibit ? EXHIBIT_ZH : NAME_ZH]),
            .offers_en = exhibit ? STR("") : arena_copy(&b->arena, row.cells[OFFERS_EN]),
            .offers_zh = exhibit ? STR("") : arena_copy(&b->arena, row.cells[OFFERS_ZH]),
            .exhibit = exhibit,
        };
        if (!header && !vec_push(&b->things, thing))
            exit(1);
    }
    csv_reader_release(&reader);
    buf_release(&b->sheets[sheet]);
}

static void generate(struct bench *b) {
    struct sample_options options = {.seed = 1, .exhibitors = ORGANISATIONS, .edition = 2024};
    struct sample_catalogue catalogue;
    struct errinfo info;
    arena_init(&b->arena, (size_t)1 << 30);
    for (int s = 0; s < SAMPLE_SHEETS; s++)
        buf_init(&b->sheets[s], 1 << 30);
    check(sample_catalogue_load(&catalogue, &b->arena, &info), &info);
    struct sample_sink sink = {.write = keep, .ctx = b};
    check(sample_generate(&options, &catalogue, sink, NULL, &info), &info);
    read_sheet(b, SAMPLE_EXHIBITORS);
    read_sheet(b, SAMPLE_EXHIBITS);
    for (int s = 0; s < SAMPLE_SHEETS; s++)
        buf_release(&b->sheets[s]);
}

static struct search_index *build(const struct bench *b, bool names_alone, const char *what) {
    struct search_index *index;
    struct errinfo info;
    uint32_t documents = 0;
    int64_t start = now_ns();
    check(search_index_new(&index, &info), &info);
    for (size_t i = 0; i < b->things.len; i++) {
        const struct thing *t = &b->things.at[i];
        const struct search_text texts[] = {{SEARCH_NAME, t->name_en},
                                            {SEARCH_NAME, t->name_zh},
                                            {SEARCH_DESCRIPTION, t->offers_en},
                                            {SEARCH_DESCRIPTION, t->offers_zh}};
        const struct search_document document = {texts, names_alone ? 2 : 4, t->exhibit, 0};
        if (names_alone && t->exhibit)
            continue;
        check(search_index_add(index, &document, &info), &info);
        documents++;
    }
    double added = (double)(now_ns() - start) / 1e9;
    check(search_index_build(index, NULL, &info), &info);
    printf("%-28s %9u documents %7.2f s (%.2f to read) %8.1f MiB\n", what, documents,
           (double)(now_ns() - start) / 1e9, added, (double)search_index_bytes(index) / (1 << 20));
    return index;
}

static void build_peer(struct bench *b) {
    sqlite3_stmt *insert;
    int64_t start = now_ns();
    sqlite3_open(":memory:", &b->peer);
    sqlite3_exec(b->peer,
                 "CREATE VIRTUAL TABLE t USING fts5(a, b, c, d, tokenize = 'trigram', "
                 "content = ''); BEGIN",
                 NULL, NULL, NULL);
    sqlite3_prepare_v2(b->peer, "INSERT INTO t(rowid, a, b, c, d) VALUES (?, ?, ?, ?, ?)", -1,
                       &insert, NULL);
    for (size_t i = 0; i < b->things.len; i++) {
        const struct thing *t = &b->things.at[i];
        const struct str cells[] = {t->name_en, t->name_zh, t->offers_en, t->offers_zh};
        sqlite3_bind_int64(insert, 1, (int64_t)i);
        for (int c = 0; c < 4; c++)
            sqlite3_bind_text(insert, c + 2, cells[c].ptr, (int)cells[c].len, SQLITE_STATIC);
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    sqlite3_exec(b->peer, "COMMIT", NULL, NULL, NULL);
    printf("%-28s %9zu documents %7.2f s %27.1f MiB\n", "peer: SQLite FTS5, trigrams",
           b->things.len, (double)(now_ns() - start) / 1e9,
           (double)sqlite3_memory_used() / (1 << 20));
    sqlite3_prepare_v2(b->peer, "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 20", -1,
                       &b->ask, NULL);
}

/* Queries ---------------------------------------------------------------------------------------
 */

static struct str characters(struct str text, uint32_t from, uint32_t count) {
    for (uint32_t i = 0; i < from && text.len > 0; i++)
        utf8_next(&text);
    struct str rest = text;
    for (uint32_t i = 0; i < count && rest.len > 0; i++)
        utf8_next(&rest);
    return str_sub(text, 0, text.len - rest.len);
}

static const struct thing *draw(const struct bench *b, struct rng *rng) {
    return &b->things.at[rng_below(rng, (uint32_t)b->things.len)];
}

static void query_name(const struct bench *b, struct rng *rng, struct buf *out) {
    buf_add_str(out, draw(b, rng)->name_en);
}

static void query_beginning(const struct bench *b, struct rng *rng, struct buf *out) {
    buf_add_str(out, characters(draw(b, rng)->name_en, 0, 3 + rng_below(rng, 6)));
}

static void query_two_words(const struct bench *b, struct rng *rng, struct buf *out) {
    struct str rest = draw(b, rng)->name_en, word;
    for (int i = 0; i < 2 && str_next(&rest, " ", &word); i++)
        buf_printf(out, "%s%.*s", i > 0 ? " " : "", STR_ARG(word));
}

/* The longest word of a name with one letter wrong. */
static void query_typo(const struct bench *b, struct rng *rng, struct buf *out) {
    struct str rest = draw(b, rng)->name_en, word, longest = {"", 0};
    while (str_next(&rest, " ", &word))
        if (word.len > longest.len)
            longest = word;
    size_t at = rng_below(rng, (uint32_t)longest.len);
    char other = (char)('a' + (int)rng_below(rng, 26));
    uint32_t edit = rng_below(rng, 3);
    buf_add_str(out, str_sub(longest, 0, at));
    if (edit != 0)
        buf_add_char(out, other);
    buf_add_str(out, str_sub(longest, edit == 2 ? at : at + 1, longest.len));
}

static void query_han(const struct bench *b, struct rng *rng, struct buf *out) {
    struct str name = draw(b, rng)->name_zh;
    uint32_t count = (uint32_t)utf8_count(name);
    buf_add_str(out, characters(name, rng_below(rng, count > 2 ? count - 1 : 1), 2));
}

static void query_han_typo(const struct bench *b, struct rng *rng, struct buf *out) {
    struct str name = draw(b, rng)->name_zh;
    buf_add_str(out, characters(name, 0, 2));
    buf_add_str(out, STR("宸"));
    buf_add_str(out, characters(name, 3, 2));
}

static void add_pinyin(const struct bench *b, struct rng *rng, const char *between,
                       struct buf *out) {
    struct str syllable, name = draw(b, rng)->name_zh;
    struct buf pinyin;
    buf_init(&pinyin, 1000);
    if (han_pinyin(characters(name, 0, 4), &pinyin, NULL) != ERR_OK)
        exit(1);
    struct str rest = buf_str(&pinyin);
    for (int i = 0; str_next(&rest, " ", &syllable); i++)
        buf_printf(out, "%s%.*s", i > 0 ? between : "", STR_ARG(syllable));
    buf_release(&pinyin);
}

static void query_pinyin(const struct bench *b, struct rng *rng, struct buf *out) {
    add_pinyin(b, rng, "", out);
}

static void query_pinyin_apart(const struct bench *b, struct rng *rng, struct buf *out) {
    add_pinyin(b, rng, " ", out);
}

static void query_pinyin_typo(const struct bench *b, struct rng *rng, struct buf *out) {
    add_pinyin(b, rng, "", out);
    if (out->len > 3) {
        char *p = out->ptr + rng_below(rng, (uint32_t)out->len - 1);
        char kept = p[0];
        p[0] = p[1];
        p[1] = kept;
    }
}

static void query_hostile(const struct bench *b, struct rng *rng, struct buf *out) {
    static const char *const fixed[] = {"a",
                                        "s",
                                        "的",
                                        "公司",
                                        "有限公司",
                                        "co ltd",
                                        "shanghai",
                                        "sh",
                                        "yo",
                                        "上海 有限公司",
                                        "a b c d e",
                                        "a b c d e f g h i j k l m n o p",
                                        "c s g y l q m",
                                        "co co. ltd group a s",
                                        "sh zh ch yo xi ji gu li",
                                        "公 司 有 限 上 海 科 技",
                                        "you xian gong si gu fen",
                                        "suppliers of looks for",
                                        "youxiangongsigufenyouxiangongsi",
                                        "e1 e2 e3 1 2 3 4 5 6 7 8 9"};
    uint32_t which = rng_below(rng, 24);
    if (which < 20) {
        buf_add_c(out, fixed[which]);
        return;
    }
    for (uint32_t i = 0, length = which < 22 ? 200 : 12; i < length; i++)
        buf_add_char(out,
                     which % 2 == 0 || i % 13 != 12 ? (char)('a' + (int)rng_below(rng, 26)) : ' ');
}

static int by_time(const void *a, const void *b) {
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void print_times(int64_t *times, uint32_t count) {
    if (count == 0) {
        printf(" %9s %9s %9s", "-", "-", "-");
        return;
    }
    qsort(times, count, sizeof(*times), by_time);
    printf(" %9.3f %9.3f %9.3f", (double)times[count / 2] / 1e6,
           (double)times[(count * 99) / 100] / 1e6, (double)times[count - 1] / 1e6);
}

static uint32_t ask(const struct bench *b, struct str query, int64_t *ns) {
    struct search_result result;
    struct search_hit hits[TOP];
    struct errinfo info;
    uint32_t count;
    int64_t start = now_ns();
    check(search_find(b->index, query, &result, &info), &info);
    check(search_top(&result, UINT32_MAX, 0, hits, TOP, &count, &info), &info);
    *ns = now_ns() - start;
    search_result_release(&result);
    return count;
}

static void ask_names(const struct bench *b, struct str query, int64_t *ns) {
    struct errinfo info;
    uint64_t *bits = mem_new(b->things.len / 64 + 1, sizeof(*bits));
    if (bits == NULL)
        exit(1);
    int64_t start = now_ns();
    check(search_named(b->index, query, bits, &info), &info);
    *ns = now_ns() - start;
    mem_free(bits);
}

/* False when a word is too short for trigrams. */
static bool ask_peer(const struct bench *b, struct str query, int64_t *ns, uint32_t *found) {
    struct str rest = query, word;
    struct buf match;
    bool can = true;
    buf_init(&match, 4096);
    while (str_next(&rest, " ", &word)) {
        can = can && utf8_count(word) >= 3;
        buf_printf(&match, "\"%.*s\" ", STR_ARG(word));
    }
    *found = 0;
    int64_t start = now_ns();
    if (can) {
        sqlite3_bind_text(b->ask, 1, match.ptr, (int)match.len, SQLITE_STATIC);
        while (sqlite3_step(b->ask) == SQLITE_ROW)
            (*found)++;
        sqlite3_reset(b->ask);
    }
    *ns = now_ns() - start;
    buf_release(&match);
    return can;
}

static void measure(const struct bench *b, const char *what,
                    void (*make)(const struct bench *, struct rng *, struct buf *)) {
    static int64_t own[QUERIES], names[QUERIES], peer[QUERIES];
    uint32_t answered = 0, peer_count = 0, peer_answered = 0, found;
    struct rng rng;
    struct buf query;
    rng_init(&rng, 7);
    buf_init(&query, 4096);
    for (uint32_t i = 0; i < QUERIES; i++) {
        int64_t ns;
        buf_clear(&query);
        make(b, &rng, &query);
        answered += ask(b, buf_str(&query), &own[i]) > 0;
        ask_names(b, buf_str(&query), &names[i]);
        if (ask_peer(b, buf_str(&query), &ns, &found)) {
            peer[peer_count++] = ns;
            peer_answered += found > 0;
        }
    }
    printf("%-18s %8u", what, answered);
    print_times(own, QUERIES);
    printf(" |");
    print_times(names, QUERIES);
    printf(" | %8u", peer_answered);
    print_times(peer, peer_count);
    printf("\n");
    buf_release(&query);
}

int main(void) {
    struct bench b = {0};
    generate(&b);
    search_index_free(build(&b, true, "names of organisations"));
    b.index = build(&b, false, "with offers and exhibits");
    build_peer(&b);
    printf("\n%d queries a line, ms; answered = found something\n", QUERIES);
    printf("%-18s %8s %9s %9s %9s | %9s %9s %9s | %8s %9s %9s %9s\n", "", "answered", "p50", "p99",
           "max", "names p50", "p99", "max", "peer", "p50", "p99", "max");
    measure(&b, "whole name", query_name);
    measure(&b, "beginning", query_beginning);
    measure(&b, "two words", query_two_words);
    measure(&b, "typo", query_typo);
    measure(&b, "two Han", query_han);
    measure(&b, "Han with a typo", query_han_typo);
    measure(&b, "pinyin", query_pinyin);
    measure(&b, "pinyin apart", query_pinyin_apart);
    measure(&b, "pinyin, typo", query_pinyin_typo);
    measure(&b, "hostile", query_hostile);
    search_index_free(b.index);
    sqlite3_finalize(b.ask);
    sqlite3_close(b.peer);
    vec_free(&b.things);
    arena_release(&b.arena);
    return 0;
}
