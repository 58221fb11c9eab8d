/*
 * Migrations: the files of schema/ in the order of their numbers, each applied once in a
 * transaction of its own and recorded in `migration` with a hash, so that a file edited after its
 * release is noticed. A database with records is copied next to itself before it is touched.
 *
 * Two programs may open an old database at the same moment: the version is asked again inside the
 * transaction, and who comes second finds the work done.
 */
#include "store/internal.h"

#include "assets/assets.h"
#include "base/clock.h"

static const char *const files[] = {
    "schema/0001_first.sql", "schema/0002_pavilions_programme.sql", "schema/0003_smaller_log.sql",
    "schema/0004_desk.sql",  "schema/0005_participants.sql",        "schema/0006_partners.sql"};

/* Copies kept beside a database of the same name before the next one is refused. */
enum { COPIES_MAX = 9 };

uint32_t store_schema_version(void) {
    return sizeof(files) / sizeof(files[0]);
}

const char *store_migration_file(uint32_t version) {
    return version >= 1 && version <= store_schema_version() ? files[version - 1] : NULL;
}

static enum err present_version(sqlite3 *db, int64_t *version, struct errinfo *info) {
    int64_t tables;
    enum err code = store_number(
        db, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migration'",
        &tables, info);
    *version = 0;
    if (code == ERR_OK && tables > 0)
        code = store_number(db, "SELECT max(version) FROM migration", version, info);
    return code;
}

static enum err record(sqlite3 *db, uint32_t version, struct str sql, struct errinfo *info) {
    sqlite3_stmt *stmt = NULL;
    enum err code = store_prepare(
        db, "INSERT INTO migration(version, name, digest, applied_ms) VALUES (?,?,?,?)", &stmt,
        info);
    if (code != ERR_OK)
        return code;
    char digest[24];
    snprintf(digest, sizeof(digest), "%016llx", (unsigned long long)str_hash(sql));
    sqlite3_bind_int64(stmt, 1, version);
    sqlite3_bind_text(stmt, 2, files[version - 1], -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 3, digest, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(stmt, 4, clock_wall_ms());
    if (sqlite3_step(stmt) != SQLITE_DONE)
        code = store_error(db, "record the migration", info);
    sqlite3_finalize(stmt);
    return code;
}

static enum err apply(sqlite3 *db, uint32_t version, struct errinfo *info) {
    struct str sql;
    int64_t present = 0;
    if (!assets_find(str_of(files[version - 1]), &sql))
        return err_set(info, ERR_INTERNAL, "the program lacks its own file %s", files[version - 1]);
    enum err code = store_exec(db, "BEGIN IMMEDIATE", info);
    if (code != ERR_OK)
        return code;
    code = present_version(db, &present, info);
    if (code == ERR_OK && present < version) {
        code = store_exec(db, sql.ptr, info);
        if (code == ERR_OK)
            code = record(db, version, sql, info);
    }
    if (code == ERR_OK)
        code = store_exec(db, "COMMIT", info);
    if (code != ERR_OK)
        (void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return code;
}

/* Keeps PATH.before-N; a copy that is there already, from an attempt that failed, stays. */
static enum err keep_copy(const char *path, uint32_t target, struct errinfo *info) {
    char copy[4096];
    enum err code = ERR_CONFLICT;
    for (int i = 1; i <= COPIES_MAX && code == ERR_CONFLICT; i++) {
        int len = i == 1 ? snprintf(copy, sizeof(copy), "%s.before-%u", path, target)
                         : snprintf(copy, sizeof(copy), "%s.before-%u.%d", path, target, i);
        if (len >= (int)sizeof(copy))
            return err_set(info, ERR_INPUT, "the file name is too long");
        code = store_backup(path, copy, info);
    }
    if (code == ERR_CONFLICT)
        err_hint(info, "Remove copies that you no longer need.");
    return code;
}

/* Compares the recorded hashes with the files of this program. */
static enum err check_history(sqlite3 *db, int64_t version, struct errinfo *info) {
    sqlite3_stmt *stmt;
    enum err code =
        store_prepare(db, "SELECT digest FROM migration WHERE version = ?", &stmt, info);
    for (int64_t v = 1; v <= version && code == ERR_OK; v++) {
        struct str sql;
        char digest[24] = "";
        if (assets_find(str_of(files[v - 1]), &sql))
            snprintf(digest, sizeof(digest), "%016llx", (unsigned long long)str_hash(sql));
        sqlite3_bind_int64(stmt, 1, v);
        if (sqlite3_step(stmt) != SQLITE_ROW)
            code = err_set(info, ERR_STORE, "the database lacks the record of schema version %lld",
                           (long long)v);
        else if (strcmp((const char *)sqlite3_column_text(stmt, 0), digest) != 0)
            code = err_set(info, ERR_INPUT,
                           "the database was made by a different build of schema version %lld",
                           (long long)v);
        sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
    return code;
}

enum err store_migrate(sqlite3 *db, const char *path, uint32_t target, struct errinfo *info) {
    int64_t version;
    enum err code = present_version(db, &version, info);
    if (code != ERR_OK)
        return code;
    if (version > target) {
        err_set(info, ERR_INPUT,
                "the database was written by a newer Fairlead (schema %lld, this is %u)",
                (long long)version, target);
        err_hint(info, "Use the newer program.");
        return ERR_INPUT;
    }
    if (version > 0)
        code = check_history(db, version, info);
    if (code == ERR_OK && path != NULL && version > 0 && version < target)
        code = keep_copy(path, target, info);
    for (uint32_t next = (uint32_t)version + 1; next <= target && code == ERR_OK; next++)
        code = apply(db, next, info);
    return code;
}
