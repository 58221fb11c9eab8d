/* Organisations of the store by name: see import_known.h. */
#include "service/import_known.h"

#include "base/mem.h"
#include "service/import_names.h"

void import_known_release(struct import_known *known) {
    vec_free(&known->organisations);
    vec_free(&known->exhibitors);
    vec_free(&known->statements);
    vec_free(&known->names);
    str_map_release(&known->by_exact);
    str_map_release(&known->by_core);
    str_map_release(&known->by_lei);
    str_map_release(&known->by_registration);
}

/* The first organisation keeps a key; `ambiguous` marks the key when another one has it, too. */
static enum err put(struct str_map *map, struct arena *arena, struct str key, uint32_t value,
                    bool ambiguous, struct errinfo *info) {
    if (key.len == 0)
        return ERR_OK;
    uint32_t there = str_map_get(map, key);
    if (there == value || (there != MAP_NONE && !ambiguous))
        return ERR_OK;
    struct str copy = there == MAP_NONE ? arena_copy(arena, key) : key;
    bool ok =
        copy.ptr != NULL && str_map_put(map, copy, there == MAP_NONE ? value : KNOWN_AMBIGUOUS);
    return ok ? ERR_OK : err_memory(info);
}

enum err import_known_index(struct import_known *known, struct arena *arena, struct errinfo *info) {
    struct name_faces faces;
    enum err code = ERR_OK;
    name_faces_init(&faces);
    for (size_t i = 0; code == ERR_OK && i < known->names.len; i++) {
        const struct known_name *name = &known->names.at[i];
        code = name_faces_make(&faces, name->name, info);
        if (code == ERR_OK)
            code = put(&known->by_exact, arena, buf_str(&faces.exact), name->organisation, false,
                       info);
        if (code == ERR_OK)
            code =
                put(&known->by_core, arena, buf_str(&faces.core), name->organisation, true, info);
    }
    name_faces_release(&faces);
    for (uint32_t i = 0; code == ERR_OK && i < known->organisations.len; i++) {
        const struct known_organisation *o = &known->organisations.at[i];
        code = put(&known->by_lei, arena, o->lei, i, false, info);
        if (code == ERR_OK)
            code = put(&known->by_registration, arena, o->registration, i, false, info);
    }
    return code;
}

uint32_t import_known_exhibitor(const struct import_known *known, uint32_t organisation,
                                uint32_t edition) {
    uint32_t at = known->organisations.at[organisation].first_exhibitor;
    while (at != KNOWN_NONE && known->exhibitors.at[at].edition != edition)
        at = known->exhibitors.at[at].next;
    return at;
}

bool import_known_has_name(const struct import_known *known, uint32_t organisation,
                           struct str name) {
    uint32_t at = known->organisations.at[organisation].first_name;
    while (at != KNOWN_NONE && !str_equal(known->names.at[at].name, name))
        at = known->names.at[at].next;
    return at != KNOWN_NONE;
}

uint32_t import_known_statement(const struct import_known *known, uint32_t exhibitor, uint32_t node,
                                uint8_t side) {
    uint32_t at = known->exhibitors.at[exhibitor].first_statement;
    while (at != KNOWN_NONE &&
           (known->statements.at[at].node != node || known->statements.at[at].side != side))
        at = known->statements.at[at].next;
    return at;
}
