/* Records found by their codes and names: see facts_lookup.h. */
#include "service/facts_lookup.h"

#include <stdio.h>

#include "model/spelling.h"

enum { LOOKUP_MAX_BYTES = 1 << 30, KEY_MAX_BYTES = 1 << 16 };

struct filling {
    struct facts_lookup *l;
    enum fact_type type;
    uint32_t column;
};

void facts_lookup_init(struct facts_lookup *l, struct store_reader *reader) {
    *l = (struct facts_lookup){.reader = reader};
    arena_init(&l->arena, LOOKUP_MAX_BYTES);
}

void facts_lookup_release(struct facts_lookup *l) {
    for (int i = 0; i < FACT_PASSED; i++)
        str_map_release(&l->codes[i]);
    str_map_release(&l->organisations);
    u64_map_release(&l->exhibitors);
    u64_map_release(&l->organisation_of);
    arena_release(&l->arena);
}

static enum err add_code(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct filling *f = ctx;
    struct str code = arena_copy(&f->l->arena, v[f->column].text);
    if (code.ptr == NULL || !str_map_put(&f->l->codes[f->type], code, (uint32_t)id))
        return err_memory(info);
    return ERR_OK;
}

static uint64_t pair(int64_t edition_id, int64_t organisation_id) {
    return (uint64_t)edition_id << 32 | (uint64_t)organisation_id;
}

/* Pavilions are named by edition and English name; their key in the map is both. */
static enum err add_pavilion(void *ctx, int64_t id, const struct store_value *v,
                             struct errinfo *info) {
    struct filling *f = ctx;
    struct str key =
        arena_printf(&f->l->arena, "%lld|%.*s", (long long)v[PAVILION_EDITION_ID].integer,
                     STR_ARG(v[PAVILION_NAME_EN].text));
    if (key.ptr == NULL || !str_map_put(&f->l->codes[FACT_PAVILION], key, (uint32_t)id))
        return err_memory(info);
    return ERR_OK;
}

static enum err add_name(struct facts_lookup *l, const struct store_value *name, int64_t id,
                         struct errinfo *info) {
    struct buf key;
    if (name->kind != STORE_TEXT)
        return ERR_OK;
    buf_init(&key, KEY_MAX_BYTES);
    enum err code = spelling_key(name->text, &key, info);
    struct str copy = code == ERR_OK ? arena_copy(&l->arena, buf_str(&key)) : STR("");
    if (code == ERR_OK && copy.ptr == NULL)
        code = err_memory(info);
    /* The first organisation of a name keeps it: an alias never takes it away. */
    if (code == ERR_OK && copy.len > 0 && str_map_get(&l->organisations, copy) == MAP_NONE &&
        !str_map_put(&l->organisations, copy, (uint32_t)id))
        code = err_memory(info);
    buf_release(&key);
    return code;
}

static enum err add_organisation(void *ctx, int64_t id, const struct store_value *v,
                                 struct errinfo *info) {
    struct filling *f = ctx;
    int64_t stands_for = id;
    if (v[ORGANISATION_MERGED_INTO].kind == STORE_INTEGER)
        stands_for = v[ORGANISATION_MERGED_INTO].integer;
    enum err code = add_name(f->l, &v[ORGANISATION_NAME_EN], stands_for, info);
    return code == ERR_OK ? add_name(f->l, &v[ORGANISATION_NAME_ZH], stands_for, info) : code;
}

static enum err add_alias(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    struct filling *f = ctx;
    return add_name(f->l, &v[ORGANISATION_NAME_NAME], v[ORGANISATION_NAME_ORGANISATION_ID].integer,
                    info);
}

static enum err add_exhibitor(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    struct filling *f = ctx;
    int64_t organisation = v[EXHIBITOR_ORGANISATION_ID].integer;
    if (!u64_map_put(&f->l->exhibitors, pair(v[EXHIBITOR_EDITION_ID].integer, organisation),
                     (uint32_t)id) ||
        !u64_map_put(&f->l->organisation_of, (uint64_t)id, (uint32_t)organisation))
        return err_memory(info);
    return ERR_OK;
}

static enum err load(struct facts_lookup *l, enum fact_type type, struct errinfo *info) {
    static const struct {
        enum store_table table;
        uint32_t column;
    } coded[FACT_PASSED] = {[FACT_EDITION] = {TABLE_EDITION, EDITION_CODE},
                            [FACT_NODE] = {TABLE_NODE, NODE_CODE},
                            [FACT_CHAIN] = {TABLE_CHAIN, CHAIN_CODE},
                            [FACT_SCENARIO] = {TABLE_SCENARIO, SCENARIO_CODE}};
    struct filling filling = {l, type, coded[type].column};
    if (l->loaded[type])
        return ERR_OK;
    enum err code;
    if (type == FACT_EXHIBITOR) {
        code = store_scan(l->reader, TABLE_ORGANISATION, add_organisation, &filling, info);
        if (code == ERR_OK)
            code = store_scan(l->reader, TABLE_ORGANISATION_NAME, add_alias, &filling, info);
        if (code == ERR_OK)
            code = store_scan(l->reader, TABLE_EXHIBITOR, add_exhibitor, &filling, info);
    } else if (type == FACT_PAVILION) {
        code = store_scan(l->reader, TABLE_PAVILION, add_pavilion, &filling, info);
    } else {
        code = store_scan(l->reader, coded[type].table, add_code, &filling, info);
    }
    l->loaded[type] = code == ERR_OK;
    return code;
}

static enum err find_exhibitor(struct facts_lookup *l, struct str name, int64_t edition_id,
                               int64_t *id, struct errinfo *info) {
    struct buf key;
    buf_init(&key, KEY_MAX_BYTES);
    enum err code = spelling_key(name, &key, info);
    uint32_t organisation =
        code == ERR_OK ? str_map_get(&l->organisations, buf_str(&key)) : MAP_NONE;
    buf_release(&key);
    if (code != ERR_OK)
        return code;
    if (organisation == MAP_NONE) {
        err_set(info, ERR_INPUT, "no organisation is named \"%.*s\"", STR_ARG(name));
        err_hint(info, "Import the exhibitors first, or correct the name.");
        return ERR_INPUT;
    }
    uint32_t found = u64_map_get(&l->exhibitors, pair(edition_id, organisation));
    if (found == MAP_NONE) {
        err_set(info, ERR_INPUT, "\"%.*s\" is no exhibitor of this edition", STR_ARG(name));
        err_hint(info,
                 "Add the edition to its row in the exhibitor list, or correct the edition here.");
        return ERR_INPUT;
    }
    *id = found;
    return ERR_OK;
}

enum err facts_lookup_find(struct facts_lookup *l, enum fact_type type, struct str text,
                           int64_t edition_id, int64_t *id, struct errinfo *info) {
    static const char *const words[FACT_PASSED] = {[FACT_EDITION] = "edition",
                                                   [FACT_NODE] = "node of the catalogue",
                                                   [FACT_CHAIN] = "chain",
                                                   [FACT_SCENARIO] = "scenario",
                                                   [FACT_PAVILION] = "pavilion of this edition"};
    enum err code = load(l, type, info);
    if (code != ERR_OK)
        return code;
    if (type == FACT_EXHIBITOR)
        return find_exhibitor(l, text, edition_id, id, info);
    char composite[512];
    struct str key = text;
    if (type == FACT_PAVILION) {
        snprintf(composite, sizeof(composite), "%lld|%.*s", (long long)edition_id, STR_ARG(text));
        key = str_of(composite);
    }
    uint32_t found = str_map_get(&l->codes[type], key);
    if (found == MAP_NONE) {
        err_set(info, ERR_INPUT, "there is no %s \"%.*s\"", words[type], STR_ARG(text));
        err_hint(info, "Correct it, or import the sheet that holds it first.");
        return ERR_INPUT;
    }
    *id = found;
    return ERR_OK;
}

int64_t facts_lookup_organisation(const struct facts_lookup *l, int64_t exhibitor_id) {
    return u64_map_get(&l->organisation_of, (uint64_t)exhibitor_id);
}
