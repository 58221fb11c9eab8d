/* A new database's first content: see seed.h. The files are read like any import. */
#include "service/seed.h"

#include "assets/assets.h"
#include "service/edition.h"
#include "service/import.h"

/* The rule of the sample: foreign is what comes from outside the mainland (data/sample/README.md).
 */
#define FOREIGN_RULE "CN;CN-HK CN-MO CN-TW"

/* The edition that the sample opens on. */
#define CURRENT_EDITION "2024"

enum { SEED_FILES_MAX = 24 };

static const char *const basic_files[] = {"data/model/countries.csv",
                                          "data/model/regions.csv",
                                          "data/catalogue/nodes.csv",
                                          "data/catalogue/links.csv",
                                          "data/catalogue/alternatives.csv",
                                          "data/catalogue/chains.csv",
                                          "data/catalogue/chain_nodes.csv",
                                          "data/catalogue/scenarios.csv",
                                          "data/catalogue/scenario_nodes.csv",
                                          "data/sample/editions.csv",
                                          "data/sample/areas.csv",
                                          NULL};

static const char *const sample_files[] = {
    "data/sample/exhibitors.csv", "data/sample/exhibitor_notes.csv", "data/sample/joint_stands.csv",
    "data/sample/pavilions.csv",  "data/sample/pavilion_texts.csv",  "data/sample/exhibits.csv",
    "data/sample/programme.csv",  "data/sample/figures.csv",         NULL};

struct seeding {
    struct store *store;
    struct str actor;
    int64_t at_ms;
    struct job *job;
};

static enum err asset(const char *name, struct str *bytes, struct errinfo *info) {
    if (assets_find(str_of(name), bytes))
        return ERR_OK;
    return err_set(info, ERR_INTERNAL, "the program lacks its own file %s", name);
}

static enum err read_files(const struct seeding *s, const char *const *files, struct str note,
                           struct errinfo *info) {
    struct import_source sources[SEED_FILES_MAX] = {0};
    struct import_request request = {
        .sources = sources, .actor = s->actor, .note = note, .at_ms = s->at_ms};
    struct import_outcome outcome;
    import_outcome_init(&outcome);
    enum err code = asset("data/model/headers.csv", &request.headers, info);
    for (; files[request.source_count] != NULL && code == ERR_OK; request.source_count++) {
        struct import_source *source = &sources[request.source_count];
        source->name = files[request.source_count];
        source->sheet = import_sheet_of_path(source->name);
        code = asset(source->name, &source->bytes, info);
    }
    if (code == ERR_OK)
        code = import_run(s->store, &request, &outcome, s->job, info);
    import_outcome_release(&outcome);
    return code;
}

static enum err add_rule(const struct seeding *s, struct errinfo *info) {
    struct store_batch batch = {.kind = "create",
                                .actor = s->actor,
                                .note = STR("foreign rule, version 1"),
                                .at_ms = s->at_ms};
    struct store_cell cells[] = {
        {RULE_KIND, store_text(STR("foreign"))},
        {RULE_VERSION, store_int(1)},
        {RULE_BODY, store_text(STR(FOREIGN_RULE))},
        {RULE_NOTE, store_text(STR("foreign is what comes from outside the mainland"))}};
    int64_t batch_id, id;
    enum err code = store_begin(s->store, &batch, &batch_id, info);
    if (code != ERR_OK)
        return code;
    code = store_insert(s->store, TABLE_RULE, cells, 4, &id, info);
    if (code == ERR_OK)
        return store_commit(s->store, info);
    store_rollback(s->store);
    return code;
}

enum err seed_database(struct store *store, struct str actor, int64_t at_ms, bool sample,
                       struct job *job, struct errinfo *info) {
    struct seeding s = {store, actor, at_ms, job};
    struct edition_marks current = {.make_current = true};
    enum err code = add_rule(&s, info);
    if (code == ERR_OK)
        code = read_files(&s, basic_files, STR("countries, catalogue, editions and areas"), info);
    if (code == ERR_OK && sample)
        code = read_files(&s, sample_files, STR("the sample: publicly reported exhibitors"), info);
    if (code == ERR_OK)
        code = edition_mark(store, actor, at_ms, STR(CURRENT_EDITION), &current, info);
    return code;
}
