/* Import of sheets: see import.h. */
#include "service/import.h"

#include "base/mem.h"
#include "service/import_apply.h"
#include "service/import_diff.h"
#include "service/import_leads.h"
#include "service/import_pairs.h"
#include "service/import_records.h"
#include "service/import_stream.h"

struct running {
    struct store *store; /* NULL: a preview */
    struct store_reader *reader;
    const struct import_request *request;
    struct header_words headers;
    struct job *job;
    struct import_world *world; /* what the sheet of exhibitors was compared with, when kept */
    bool keeps_world;
};

void import_outcome_init(struct import_outcome *outcome) {
    *outcome = (struct import_outcome){0};
}

void import_outcome_release(struct import_outcome *outcome) {
    for (uint32_t i = 0; i < outcome->part_count; i++)
        import_plan_release(&outcome->parts[i].plan);
    mem_free(outcome->parts);
    import_outcome_init(outcome);
}

enum sheet_id import_sheet_of_path(const char *path) {
    const char *slash = strrchr(path, '/');
    struct str name = str_of(slash != NULL ? slash + 1 : path);
    size_t dot = str_find(name, STR("."));
    return sheet_by_name(dot != SIZE_MAX ? str_sub(name, 0, dot) : name);
}

/* Sheets build on each other in this order. */
static uint32_t order_of(enum sheet_id sheet) {
    static const enum sheet_id order[] = {
        SHEET_COUNTRIES,      SHEET_REGIONS,   SHEET_NODES,       SHEET_LINKS,
        SHEET_ALTERNATIVES,   SHEET_CHAINS,    SHEET_CHAIN_NODES, SHEET_SCENARIOS,
        SHEET_SCENARIO_NODES, SHEET_EDITIONS,  SHEET_AREAS,       SHEET_PAVILIONS,
        SHEET_PAVILION_TEXTS, SHEET_PICTURES,  SHEET_EXHIBITORS,  SHEET_EXHIBITOR_NOTES,
        SHEET_JOINT_STANDS,   SHEET_PROGRAMME, SHEET_FIGURES,     SHEET_EXHIBITS,
    };
    uint32_t i = 0;
    while (i < sizeof(order) / sizeof(order[0]) && order[i] != sheet)
        i++;
    return i;
}

static const char *name_of(const struct import_source *source) {
    return source->name != NULL ? source->name : source->path;
}

static enum sheet_id sheet_of(const struct import_source *source) {
    const char *name = name_of(source);
    return source->sheet == SHEETS && name != NULL ? import_sheet_of_path(name) : source->sheet;
}

/* Exhibitors ----------------------------------------------------------------------------------- */

struct kept_mapping {
    struct str header;
    int64_t id; /* 0 = not kept yet */
};

static enum err find_mapping(void *ctx, int64_t id, const struct store_value *v,
                             struct errinfo *info) {
    struct kept_mapping *kept = ctx;
    if (str_equal(v[HEADER_MAPPING_HEADER].text, kept->header))
        kept->id = id;
    return ERR_OK;
}

/* Keeps the decisions of this request for later imports of the same kind of sheet. */
static enum err keep_mapping(struct running *r, const struct import_plan *plan,
                             struct errinfo *info) {
    struct store_value sheet = store_text(str_of(sheet_kind_of(plan->map.sheet)->name));
    enum err code = ERR_OK;
    for (uint32_t i = 0; i < r->request->override_count && code == ERR_OK; i++) {
        const struct header_override *o = &r->request->overrides[i];
        struct kept_mapping kept = {.header = o->header};
        struct store_cell cells[] = {{HEADER_MAPPING_FIELD, store_text(o->field)},
                                     {HEADER_MAPPING_SHEET, sheet},
                                     {HEADER_MAPPING_HEADER, store_text(o->header)}};
        code = store_scan_equal(store_reader_of(r->store), TABLE_HEADER_MAPPING,
                                HEADER_MAPPING_SHEET, sheet, find_mapping, &kept, info);
        if (code == ERR_OK && kept.id != 0)
            code = store_update(r->store, TABLE_HEADER_MAPPING, kept.id, cells, 1, info);
        else if (code == ERR_OK)
            code = store_insert(r->store, TABLE_HEADER_MAPPING, cells, 3, &kept.id, info);
    }
    return code;
}

/* What was kept from earlier imports and, after it so that it wins, what this request says. */
static enum err all_overrides(const struct running *r, const struct import_world *world,
                              struct import_plan *plan, struct import_options *options,
                              struct errinfo *info) {
    size_t kept = world->kept.len, own = r->request->override_count;
    struct header_override *all = arena_new(&plan->arena, kept + own, sizeof(*all));
    if (all == NULL)
        return err_memory(info);
    if (kept > 0)
        memcpy(all, world->kept.at, kept * sizeof(*all));
    if (own > 0)
        memcpy(all + kept, r->request->overrides, own * sizeof(*all));
    options->overrides = all;
    options->override_count = (uint32_t)(kept + own);
    return ERR_OK;
}

static enum err read_exhibitors(struct running *r, struct import_world *world, struct table *table,
                                struct import_plan *plan, struct errinfo *info) {
    struct import_options options = {
        .sheet = SHEET_EXHIBITORS,
        .edition = IMPORT_NONE,
        .amendments = r->request->amendments,
    };
    enum err code = all_overrides(r, world, plan, &options, info);
    if (code != ERR_OK)
        return code;
    if (r->request->edition.len > 0) {
        options.edition = import_world_edition(world, r->request->edition);
        if (options.edition == UINT32_MAX) {
            err_set(info, ERR_NOT_FOUND, "there is no edition \"%.*s\"",
                    STR_ARG(r->request->edition));
            err_hint(info, "'fairlead edition DB' lists them");
            return ERR_NOT_FOUND;
        }
    }
    code = import_plan_read(plan, table, &r->headers, &world->words, &options, r->job, info);
    if (code == ERR_OK)
        code = import_find_leads(plan, &world->known, info);
    if (code == ERR_OK)
        code = import_diff(plan, world, info);
    if (code == ERR_OK)
        code = import_find_pairs(plan, &world->words, world, r->job, info);
    import_plan_sort(plan);
    return code;
}

static enum err apply_exhibitors(struct running *r, const struct import_world *world,
                                 const struct import_plan *plan, struct errinfo *info) {
    int64_t *organisations = mem_new(plan->rows.len + 1, sizeof(*organisations));
    if (organisations == NULL)
        return err_memory(info);
    enum err code = import_apply(plan, world, r->store, organisations, r->job, info);
    if (code == ERR_OK && r->request->after != NULL)
        code = r->request->after(r->request->after_ctx, r->store, plan, organisations, info);
    mem_free(organisations);
    return code;
}

static enum err run_exhibitors(struct running *r, struct table *table, struct import_plan *plan,
                               struct errinfo *info) {
    struct import_world *world = NULL;
    enum err code = import_world_load(r->reader, &world, info);
    if (code == ERR_OK)
        code = read_exhibitors(r, world, table, plan, info);
    /* What a dry run writes is taken back; the good rows let it look at the sheets that build on
     * them. */
    bool wanted = plan->errors == 0 || r->request->leave_out_wrong || r->request->dry_run;
    bool last = r->request->source_count == 1;
    bool written = (r->store != NULL || r->keeps_world) && wanted && !(r->request->dry_run && last);
    if (code == ERR_OK && written)
        code = import_infer(plan, r->reader, r->job, info);
    if (code == ERR_OK && written && r->store != NULL)
        code = apply_exhibitors(r, world, plan, info);
    if (r->keeps_world)
        r->world = world;
    else
        import_world_free(world);
    return code;
}

/* All sheets ----------------------------------------------------------------------------------- */

/* The kind by the headers, when neither the caller nor the name of the file tells it. */
static enum err guess_sheet(struct running *r, struct table *table, enum sheet_id *sheet,
                            struct errinfo *info) {
    struct import_plan plan;
    struct import_stream *stream = mem_new(1, sizeof(*stream));
    if (stream == NULL)
        return err_memory(info);
    import_plan_init(&plan);
    enum err code = import_stream_open(stream, table, &r->headers, SHEETS, r->request->overrides,
                                       r->request->override_count, &plan.arena, &plan.map, info);
    *sheet = plan.map.sheet;
    import_stream_close(stream);
    mem_free(stream);
    import_plan_release(&plan);
    return code == ERR_OK ? table_rewind(table, info) : code;
}

static enum err run_source(struct running *r, const struct import_source *source,
                           struct import_plan *plan, struct errinfo *info) {
    struct table *table = NULL;
    enum sheet_id sheet = sheet_of(source);
    enum err code = source->path != NULL ? table_open(source->path, r->request->table, &table, info)
                                         : table_open_memory(source->bytes, name_of(source),
                                                             r->request->table, &table, info);
    if (code == ERR_OK && sheet == SHEETS)
        code = guess_sheet(r, table, &sheet, info);
    if (code == ERR_OK && sheet == SHEET_EXHIBITORS) {
        code = run_exhibitors(r, table, plan, info);
    } else if (code == ERR_OK && r->store == NULL) {
        plan->map.sheet = sheet;
    } else if (code == ERR_OK) {
        struct import_options options = {
            .sheet = sheet,
            .overrides = r->request->overrides,
            .override_count = r->request->override_count,
            .edition = IMPORT_NONE,
            .amendments = r->request->amendments,
            .path = source->path != NULL && strcmp(source->path, "-") != 0 ? source->path : NULL};
        code = import_records(plan, table, &r->headers, &options, r->store, r->job, info);
    }
    if (code == ERR_OK && r->store != NULL && r->request->keep_mapping)
        code = keep_mapping(r, plan, info);
    if (code != ERR_OK && info != NULL && info->file[0] == '\0' && name_of(source) != NULL)
        err_at(info, name_of(source), info->line, info->column);
    table_close(table);
    return code;
}

static enum err run_sources(struct running *r, struct import_outcome *outcome,
                            struct errinfo *info) {
    const struct import_request *request = r->request;
    uint64_t errors = 0;
    enum err code = ERR_OK;
    outcome->parts = mem_new(request->source_count, sizeof(*outcome->parts));
    if (outcome->parts == NULL)
        return err_memory(info);
    /* The few sheets of a folder, in order: pass over them once per place in the order. */
    for (uint32_t place = 0; place <= SHEETS && code == ERR_OK; place++)
        for (uint32_t i = 0; i < request->source_count && code == ERR_OK; i++) {
            if (order_of(sheet_of(&request->sources[i])) != place)
                continue;
            struct import_part *part = &outcome->parts[outcome->part_count++];
            part->name = name_of(&request->sources[i]);
            import_plan_init(&part->plan);
            code = run_source(r, &request->sources[i], &part->plan, info);
            errors += part->plan.errors;
        }
    if (code == ERR_OK && errors > 0 && !request->dry_run && !request->leave_out_wrong) {
        code = err_set(info, ERR_INPUT, "%llu cells are wrong; nothing was written",
                       (unsigned long long)errors);
        err_hint(info, "Mend them in the sheet and import it again");
    }
    return code;
}

enum err import_run(struct store *store, const struct import_request *request,
                    struct import_outcome *outcome, struct job *job, struct errinfo *info) {
    struct running r = {
        .store = store, .reader = store_reader_of(store), .request = request, .job = job};
    struct store_batch batch = {.kind = "import",
                                .account_id = request->account_id,
                                .token_id = request->token_id,
                                .actor = request->actor,
                                .note = request->note,
                                .at_ms = request->at_ms};
    int64_t batch_id = 0;
    enum err code = header_words_init(&r.headers, request->headers, info);
    if (code != ERR_OK)
        return code;
    code = store_begin(store, &batch, &batch_id, info);
    if (code != ERR_OK)
        goto done;
    code = run_sources(&r, outcome, info);
    outcome->changes = store_changes(store);
    if (code != ERR_OK || request->dry_run) {
        store_rollback(store);
        goto done;
    }
    code = store_commit(store, info);
    if (code == ERR_OK && outcome->changes > 0)
        outcome->batch_id = batch_id;
done:
    header_words_release(&r.headers);
    return code;
}

enum err import_preview(struct store_reader *reader, const struct import_request *request,
                        struct import_outcome *outcome, struct job *job, struct errinfo *info) {
    struct import_request dry = *request;
    struct running r = {.reader = reader, .request = &dry, .job = job};
    dry.dry_run = true;
    enum err code = header_words_init(&r.headers, request->headers, info);
    if (code == ERR_OK)
        code = run_sources(&r, outcome, info);
    if (code == ERR_OK)
        outcome->needs_store = outcome->parts[0].plan.map.sheet != SHEET_EXHIBITORS;
    header_words_release(&r.headers);
    return code;
}

/* In two steps --------------------------------------------------------------------------------- */

void import_ready_init(struct import_ready *ready) {
    *ready = (struct import_ready){.world = NULL};
    import_outcome_init(&ready->outcome);
}

void import_ready_release(struct import_ready *ready) {
    import_outcome_release(&ready->outcome);
    import_world_free(ready->world);
    import_ready_init(ready);
}

enum err import_read(struct store_reader *reader, const struct import_request *request,
                     struct import_ready *ready, struct job *job, struct errinfo *info) {
    struct running r = {.reader = reader, .request = request, .job = job, .keeps_world = true};
    enum err code = store_version(reader, &ready->version, info);
    if (code == ERR_OK)
        code = header_words_init(&r.headers, request->headers, info);
    if (code != ERR_OK)
        return code;
    code = run_sources(&r, &ready->outcome, info);
    ready->world = r.world;
    if (code == ERR_OK)
        ready->outcome.needs_store = r.world == NULL;
    header_words_release(&r.headers);
    return code;
}

enum err import_write(struct store *store, const struct import_request *request,
                      const struct import_ready *ready, struct job *job, struct errinfo *info) {
    const struct import_plan *plan = &ready->outcome.parts[0].plan;
    struct running r = {
        .store = store, .reader = store_reader_of(store), .request = request, .job = job};
    enum err code = apply_exhibitors(&r, ready->world, plan, info);
    return code == ERR_OK && request->keep_mapping ? keep_mapping(&r, plan, info) : code;
}
