/*
 * Writing through the change log.
 *
 * Prints: rows a second of store_insert for an organisation, its exhibitor and two statements (four
 * records and four lines of log a row), in one batch with its commit.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "store/store.h"

static enum err fill(struct store *store, int rows, struct errinfo *info) {
    int64_t edition, node[2], organisation, exhibitor, id;
    struct store_cell edition_cells[] = {{EDITION_CODE, store_text(STR("2024"))},
                                         {EDITION_NAME_EN, store_text(STR("Expo"))},
                                         {EDITION_REGISTER_COMPLETE, store_int(1)},
                                         {EDITION_CURRENT, store_int(1)}};
    enum err code = store_insert(store, TABLE_EDITION, edition_cells, 4, &edition, info);
    for (int i = 0; i < 2 && code == ERR_OK; i++) {
        struct store_cell cells[] = {{NODE_CODE, store_text(i == 0 ? STR("a") : STR("b"))},
                                     {NODE_KIND, store_text(STR("material"))},
                                     {NODE_NAME_EN, store_text(STR("Node"))}};
        code = store_insert(store, TABLE_NODE, cells, 3, &node[i], info);
    }
    for (int i = 0; i < rows && code == ERR_OK; i++) {
        char name[64];
        snprintf(name, sizeof(name), "Suzhou Precision Machinery Works %d Co., Ltd.", i);
        struct store_cell o[] = {{ORGANISATION_NAME_EN, store_text(str_of(name))},
                                 {ORGANISATION_NAME_ZH, store_text(STR("苏州精密机械有限公司"))},
                                 {ORGANISATION_COUNTRY, store_text(STR("CN"))},
                                 {ORGANISATION_REGION, store_text(STR("CN-JS"))},
                                 {ORGANISATION_SIZE, store_text(STR("medium"))}};
        code = store_insert(store, TABLE_ORGANISATION, o, 5, &organisation, info);
        struct store_cell e[] = {
            {EXHIBITOR_EDITION_ID, store_int(edition)},
            {EXHIBITOR_ORGANISATION_ID, store_int(organisation)},
            {EXHIBITOR_TYPE, store_text(STR("direct"))},
            {EXHIBITOR_OFFERS_TEXT, store_text(STR("Precision reducers and bearings"))}};
        if (code == ERR_OK)
            code = store_insert(store, TABLE_EXHIBITOR, e, 4, &exhibitor, info);
        for (int s = 0; s < 2 && code == ERR_OK; s++) {
            struct store_cell c[] = {{STATEMENT_EXHIBITOR_ID, store_int(exhibitor)},
                                     {STATEMENT_NODE_ID, store_int(node[s])},
                                     {STATEMENT_SIDE, store_text(STR("offer"))},
                                     {STATEMENT_BASIS, store_text(STR("declared"))}};
            code = store_insert(store, TABLE_STATEMENT, c, 4, &id, info);
        }
    }
    return code;
}

int main(int argc, char **argv) {
    int rows = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 100000;
    char path[] = "/tmp/fairlead-store-bench-XXXXXX";
    int fd = mkstemp(path);
    close(fd);
    unlink(path);
    struct errinfo info = {0};
    struct store *store = NULL;
    int64_t batch_id;
    struct store_batch batch = {.kind = "import", .actor = STR("bench"), .note = STR("bench")};
    enum err code = store_create(path, &store, &info);
    int64_t start_ns = clock_monotonic_ns();
    if (code == ERR_OK)
        code = store_begin(store, &batch, &batch_id, &info);
    if (code == ERR_OK)
        code = fill(store, rows, &info);
    int64_t filled_ns = clock_monotonic_ns();
    if (code == ERR_OK)
        code = store_commit(store, &info);
    int64_t done_ns = clock_monotonic_ns();
    if (code != ERR_OK) {
        char text[1500];
        err_format(&info, text, sizeof(text));
        fprintf(stderr, "store_bench: %s\n", text);
    } else {
        printf("%d rows (4 records each): %.2f s writing, %.2f s commit, %.0f rows/s\n", rows,
               (double)(filled_ns - start_ns) / 1e9, (double)(done_ns - filled_ns) / 1e9,
               rows / ((double)(done_ns - start_ns) / 1e9));
    }
    store_close(store);
    const char *suffixes[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        char name[96];
        snprintf(name, sizeof(name), "%s%s", path, suffixes[i]);
        unlink(name);
    }
    return code == ERR_OK ? 0 : 1;
}
