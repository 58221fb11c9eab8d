/* A new database's first content: see seed.h. The files are read like any import, in an order that
 * resolves names. */
#include "service/seed.h"

#include "assets/assets.h"
#include "service/facts.h"

/* The rule of the sample: foreign is what comes from outside the mainland (data/sample/README.md).
 */
#define FOREIGN_RULE "CN;CN-HK CN-MO CN-TW"

static const struct {
    const char *asset;
    enum sheet_id sheet;
} files[] = {
    {"data/model/countries.csv", SHEET_COUNTRIES},
    {"data/model/regions.csv", SHEET_REGIONS},
    {"data/catalogue/nodes.csv", SHEET_NODES},
    {"data/catalogue/links.csv", SHEET_LINKS},
    {"data/catalogue/alternatives.csv", SHEET_ALTERNATIVES},
    {"data/catalogue/chains.csv", SHEET_CHAINS},
    {"data/catalogue/chain_nodes.csv", SHEET_CHAIN_NODES},
    {"data/catalogue/scenarios.csv", SHEET_SCENARIOS},
    {"data/catalogue/scenario_nodes.csv", SHEET_SCENARIO_NODES},
    {"data/sample/editions.csv", SHEET_EDITIONS},
    {"data/sample/areas.csv", SHEET_AREAS},
};

static enum err read_file(struct store *store, const char *name, enum sheet_id sheet,
                          const struct header_words *headers, const struct job *job,
                          struct errinfo *info) {
    struct str bytes;
    struct table *table = NULL;
    struct import_plan plan;
    struct facts_request request = {.sheet = sheet, .headers = headers};
    if (!assets_find(str_of(name), &bytes))
        return err_set(info, ERR_INTERNAL, "the program lacks its own file %s", name);
    import_plan_init(&plan);
    enum err code = table_open_memory(bytes, name, NULL, &table, info);
    if (code == ERR_OK)
        code = facts_import(store, table, &request, &plan, job, info);
    if (code == ERR_OK && plan.errors > 0) {
        const struct import_finding *first = &plan.findings.at[0];
        code = err_set(info, ERR_INTERNAL, "the program's own file is faulty: %.*s",
                       STR_ARG(first->message));
        err_at(info, name, (long)first->line, 0);
    }
    table_close(table);
    import_plan_release(&plan);
    return code;
}

static enum err add_rule(struct store *store, struct errinfo *info) {
    int64_t id;
    struct store_cell cells[] = {
        {RULE_KIND, store_text(STR("foreign"))},
        {RULE_VERSION, store_int(1)},
        {RULE_BODY, store_text(STR(FOREIGN_RULE))},
        {RULE_NOTE, store_text(STR("foreign is what comes from outside the mainland"))}};
    return store_insert(store, TABLE_RULE, cells, 4, &id, info);
}

enum err seed_database(struct store *store, struct str actor, int64_t at_ms, const struct job *job,
                       struct errinfo *info) {
    struct store_batch batch = {.kind = "create",
                                .actor = actor,
                                .note = STR("countries, catalogue, areas and editions"),
                                .at_ms = at_ms};
    struct header_words headers;
    struct str words;
    int64_t batch_id;
    if (!assets_find(STR("data/model/headers.csv"), &words))
        return err_set(info, ERR_INTERNAL, "the program lacks its own file data/model/headers.csv");
    enum err code = header_words_init(&headers, words, info);
    if (code != ERR_OK)
        return code;
    code = store_begin(store, &batch, &batch_id, info);
    if (code == ERR_OK) {
        code = add_rule(store, info);
        for (size_t i = 0; i < sizeof(files) / sizeof(files[0]) && code == ERR_OK; i++)
            code = read_file(store, files[i].asset, files[i].sheet, &headers, job, info);
        if (code == ERR_OK)
            code = store_commit(store, info);
        else
            store_rollback(store);
    }
    header_words_release(&headers);
    return code;
}
