/* Any texts and any query: building and asking is safe, and a short query finds what a naive search
 * finds. The first line is the query; each other line is a text, whose first byte tells its field
 * and whether it begins a document. */
#include <stdlib.h>

#include "engine/search/oracle.h"

enum { TEXTS_MAX = 24, COMPARED_TEXT = 200, COMPARED_QUERY = 21, TOP = 8 };

struct corpus {
    struct search_text texts[TEXTS_MAX];
    struct search_document documents[TEXTS_MAX];
    size_t count;
    bool comparable;
};

static void read_corpus(struct str rest, struct corpus *c) {
    struct str line;
    size_t texts = 0;
    c->comparable = true;
    while (texts < TEXTS_MAX && str_next(&rest, "\n", &line)) {
        if (line.len == 0)
            continue;
        if (c->count == 0 || (line.ptr[0] & 4) != 0)
            c->documents[c->count++] = (struct search_document){.texts = &c->texts[texts]};
        c->texts[texts++] =
            (struct search_text){(enum search_field)(line.ptr[0] & 3), str_sub(line, 1, line.len)};
        c->documents[c->count - 1].count++;
        c->comparable = c->comparable && line.len <= COMPARED_TEXT;
    }
}

static void compare(const struct corpus *c, struct str query, const struct search_result *result,
                    bool taken) {
    struct oracle_hit expected[TEXTS_MAX] = {{0}};
    uint32_t found = 0, total = 0;
    for (uint32_t i = 0; i < SEARCH_KINDS_MAX; i++)
        total += result->counts[i];
    if (total != result->total || result->written > result->total)
        __builtin_trap();
    if (!c->comparable || query.len > COMPARED_QUERY || result->partial)
        return;
    if (oracle_find(c->documents, c->count, query, expected) != taken)
        __builtin_trap();
    for (size_t d = 0; d < c->count; d++)
        found += expected[d].found;
    if (found != result->total)
        __builtin_trap();
    for (uint32_t i = 0; i < result->total; i++)
        if (!expected[result->keys[i] & (SEARCH_DOCUMENTS_MAX - 1)].found)
            __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct corpus c;
    struct str rest = {(const char *)data, size}, query = {"", 0};
    struct search_index *index;
    struct search_result result;
    struct search_hit hits[TOP];
    uint32_t count;
    c = (struct corpus){.count = 0};
    if (!str_next(&rest, "\n", &query))
        return 0;
    read_corpus(rest, &c);
    if (search_index_new(&index, NULL) != ERR_OK)
        return 0;
    for (size_t d = 0; d < c.count; d++)
        if (search_index_add(index, &c.documents[d], NULL) != ERR_OK)
            __builtin_trap();
    if (search_index_build(index, NULL, NULL) != ERR_OK)
        __builtin_trap();
    enum err err = search_find(index, query, &result, NULL);
    if (err != ERR_OK && err != ERR_LIMIT)
        __builtin_trap();
    compare(&c, query, &result, err == ERR_OK);
    if (search_top(&result, UINT32_MAX, 0, hits, TOP, &count, NULL) != ERR_OK ||
        count != (result.total < TOP ? result.total : TOP))
        __builtin_trap();
    search_result_release(&result);
    search_index_free(index);
    return 0;
}
