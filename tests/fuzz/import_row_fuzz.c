/*
 * Any bytes as a sheet of exhibitors: reading never crashes, every record has one class, and every
 * wrong one a finding with its place and what was expected.
 */
#include "assets/assets.h"
#include "base/mem.h"
#include "exchange/table_read.h"
#include "service/import_leads.h"
#include "service/import_pairs.h"

#include <stdlib.h>

static const struct country countries[] = {
    {{"CN", 2}, {"CHN", 3}, {"156", 3}, {"China", 5}, {"中国", 6}, {"PRC", 3}},
    {{"DE", 2}, {"DEU", 3}, {"276", 3}, {"Germany", 7}, {"德国", 6}, {"", 0}},
};
static const struct region regions[] = {
    {{"CN-ZJ", 5}, {"CN", 2}, {"Zhejiang", 8}, {"浙江省", 9}, {"浙江", 6}},
};
static const struct import_edition editions[] = {
    {{"2023", 4}, 1, 2023, {"First", 5}, {"", 0}},
    {{"2024", 4}, 2, 2024, {"Second", 6}, {"", 0}},
};
static const struct import_area areas[] = {
    {{"clean-energy", 12}, {"Clean Energy Chain", 18}, {"清洁能源链", 15}},
};
static const struct import_node nodes[] = {
    {{"bat.cell", 8}, {"Battery cell", 12}, {"电芯", 6}},
};

struct world {
    struct import_words words;
    struct header_words headers;
};

static bool world_init(struct world *w) {
    struct import_words_rows rows = {countries, 2, regions, 1, editions, 2, areas, 1, nodes, 1};
    struct str csv;
    return assets_find(STR("data/model/headers.csv"), &csv) &&
           import_words_init(&w->words, &rows, NULL) == ERR_OK &&
           header_words_init(&w->headers, csv, NULL) == ERR_OK;
}

static void check(const struct import_plan *plan) {
    uint64_t sum = 0;
    for (int i = 0; i < IMPORT_CLASSES; i++)
        sum += plan->counts[i];
    if (sum != plan->records)
        abort();
    for (size_t i = 0; i < plan->findings.len; i++) {
        const struct import_finding *f = &plan->findings.at[i];
        if (f->record == 0 || f->line == 0 || f->message.len == 0 ||
            (f->kind == FINDING_ERROR && f->expected.len == 0))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct world world;
    static bool ready;
    struct table *table = NULL;
    struct import_plan plan;
    struct import_options options = {.sheet = SHEET_EXHIBITORS, .edition = 1};
    if (!ready && !world_init(&world))
        abort();
    ready = true;
    struct str bytes = {(const char *)data, size};
    import_plan_init(&plan);
    if (table_open_memory(bytes, "fuzz", NULL, &table, NULL) == ERR_OK &&
        import_plan_read(&plan, table, &world.headers, &world.words, &options, NULL, NULL) ==
            ERR_OK &&
        import_find_leads(&plan, NULL, NULL) == ERR_OK &&
        import_find_pairs(&plan, &world.words, NULL, NULL, NULL) == ERR_OK)
        check(&plan);
    table_close(table);
    import_plan_release(&plan);
    return 0;
}
