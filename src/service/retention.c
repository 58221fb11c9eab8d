/* Retention: see retention.h. What is old says the module that owns the rows. */
#include "service/retention.h"

#include "base/vec.h"
#include "service/invitations.h"
#include "service/links.h"
#include "service/outbox.h"
#include "service/person.h"
#include "service/rows.h"
#include "service/sessions.h"
#include "service/throttle.h"

static const int64_t day_ms = INT64_C(24) * 3600 * 1000;

static const struct {
    const char *code;
    int64_t days;
} kinds[RETENTION_KINDS] = {
    [RETENTION_SESSIONS] = {"sessions", 30},
    [RETENTION_OUTBOX] = {"outbox", 30},
    [RETENTION_DRAFTS] = {"drafts", 90},
    [RETENTION_UPLOADS] = {"uploads", 365},
    [RETENTION_LOGIN_FAILURES] = {"login_failures", 7},
    /* What cannot be taken back is done by itself only when somebody asked for it. */
    [RETENTION_ACCOUNTS_DISABLED] = {"accounts_disabled", 0},
};

const char *retention_kind_code(enum retention_kind kind) {
    return kinds[kind].code;
}

enum retention_kind retention_kind_of_code(struct str code) {
    int kind = 0;
    while (kind < RETENTION_KINDS && !str_equal_c(code, kinds[kind].code))
        kind++;
    return (enum retention_kind)kind;
}

int64_t retention_default(enum retention_kind kind) {
    return kinds[kind].days;
}

/* Setting ----------------------------------------------------------------------------------------
 */

struct settings {
    int64_t days[RETENTION_KINDS];
    int64_t id[RETENTION_KINDS]; /* of the row; 0 = not set */
};

static enum err take_setting(void *ctx, int64_t id, const struct store_value *v,
                             struct errinfo *info) {
    struct settings *s = ctx;
    enum retention_kind kind = retention_kind_of_code(v[RETENTION_KIND].text);
    if (kind < RETENTION_KINDS) {
        s->days[kind] = v[RETENTION_DAYS].integer;
        s->id[kind] = id;
    }
    return ERR_OK;
}

static enum err read_settings(struct store_reader *reader, struct settings *s,
                              struct errinfo *info) {
    *s = (struct settings){0};
    for (int kind = 0; kind < RETENTION_KINDS; kind++)
        s->days[kind] = kinds[kind].days;
    return store_scan(reader, TABLE_RETENTION, take_setting, s, info);
}

enum err retention_read(struct store_reader *reader, int64_t days[RETENTION_KINDS],
                        struct errinfo *info) {
    struct settings s;
    enum err code = read_settings(reader, &s, info);
    memcpy(days, s.days, sizeof(s.days));
    return code;
}

static enum err check_period(const struct access *by, enum retention_kind kind, int64_t days,
                             struct errinfo *info) {
    enum err code = access_check(by, RIGHT_ERASE, NULL, info);
    if (code == ERR_OK && (kind >= RETENTION_KINDS || days < 0 || days > RETENTION_DAYS_MAX))
        code =
            err_set(info, ERR_INPUT, "a period is 1 to %d days, or 0 for ever", RETENTION_DAYS_MAX);
    return code;
}

enum err retention_set(struct store *store, const struct access *by, enum retention_kind kind,
                       int64_t days, struct errinfo *info) {
    struct settings s;
    int64_t id;
    enum err code = check_period(by, kind, days, info);
    if (code == ERR_OK)
        code = read_settings(store_reader_of(store), &s, info);
    if (code != ERR_OK)
        return code;
    struct store_cell cells[] = {{RETENTION_KIND, store_text(str_of(kinds[kind].code))},
                                 {RETENTION_DAYS, store_int(days)}};
    return s.id[kind] != 0 ? store_update(store, TABLE_RETENTION, s.id[kind], cells + 1, 1, info)
                           : store_insert(store, TABLE_RETENTION, cells, 2, &id, info);
}

/* Applying ---------------------------------------------------------------------------------------
 */

static bool draft_is_old(void *ctx, int64_t id, const struct store_value *v) {
    return v[DRAFT_AT_MS].integer < *(int64_t *)ctx;
}

static bool upload_is_old(void *ctx, int64_t id, const struct store_value *v) {
    return v[UPLOAD_CREATED_MS].integer < *(int64_t *)ctx;
}

struct leaving {
    int64_t before_ms;
    VEC(int64_t)
    changed_before; /* accounts whose last change is old enough */
    VEC(int64_t)
    ids; /* those of them that are disabled */
};

static enum err find_unchanged(void *ctx, int64_t id, uint32_t changes, int64_t at_ms,
                               struct errinfo *info) {
    struct leaving *l = ctx;
    if (at_ms >= l->before_ms)
        return ERR_OK;
    return vec_push(&l->changed_before, id) ? ERR_OK : err_memory(info);
}

static enum err find_disabled(void *ctx, const struct account *account, struct errinfo *info) {
    struct leaving *l = ctx;
    for (size_t i = 0; i < l->changed_before.len && account->state == ACCOUNT_DISABLED; i++)
        if (l->changed_before.at[i] == account->id)
            return vec_push(&l->ids, account->id) ? ERR_OK : err_memory(info);
    return ERR_OK;
}

static enum err erase_disabled(struct store *store, int64_t before_ms, int64_t now_ms,
                               uint64_t *erased, struct errinfo *info) {
    const struct access local = access_local();
    struct leaving l = {.before_ms = before_ms};
    struct store_reader *reader = store_reader_of(store);
    enum err code = store_revisions(reader, TABLE_ACCOUNT, find_unchanged, &l, info);
    if (code == ERR_OK)
        code = accounts_each(reader, find_disabled, &l, info);
    for (size_t i = 0; i < l.ids.len && code == ERR_OK; i++) {
        code = person_erase(store, &local, l.ids.at[i], now_ms, info);
        (*erased)++;
    }
    vec_free(&l.changed_before);
    vec_free(&l.ids);
    return code;
}

static enum err apply_one(struct store *store, enum retention_kind kind, int64_t before_ms,
                          int64_t now_ms, uint64_t *deleted, struct errinfo *info) {
    enum err code;
    switch (kind) {
    case RETENTION_SESSIONS:
        code = sessions_sweep(store, before_ms, deleted, info);
        if (code == ERR_OK)
            code = links_sweep(store, before_ms, deleted, info);
        return code == ERR_OK ? invitations_sweep(store, before_ms, deleted, info) : code;
    case RETENTION_OUTBOX:
        return outbox_sweep(store, before_ms, deleted, info);
    case RETENTION_DRAFTS:
        return rows_delete_old(store, TABLE_DRAFT, draft_is_old, &before_ms, deleted, info);
    case RETENTION_UPLOADS:
        return rows_delete_old(store, TABLE_UPLOAD, upload_is_old, &before_ms, deleted, info);
    case RETENTION_LOGIN_FAILURES:
        return throttle_sweep(store, before_ms, deleted, info);
    case RETENTION_ACCOUNTS_DISABLED:
        return erase_disabled(store, before_ms, now_ms, deleted, info);
    default:
        return ERR_OK;
    }
}

enum err retention_try(struct store *store, const struct access *by, enum retention_kind kind,
                       int64_t days, int64_t now_ms, uint64_t *due, struct errinfo *info) {
    enum err code = check_period(by, kind, days, info);
    *due = 0;
    return code == ERR_OK && days > 0
               ? apply_one(store, kind, now_ms - days * day_ms, now_ms, due, info)
               : code;
}

enum err retention_apply(struct store *store, int64_t now_ms, uint64_t deleted[RETENTION_KINDS],
                         struct errinfo *info) {
    int64_t days[RETENTION_KINDS];
    enum err code = retention_read(store_reader_of(store), days, info);
    memset(deleted, 0, RETENTION_KINDS * sizeof(*deleted));
    for (int kind = 0; kind < RETENTION_KINDS && code == ERR_OK; kind++)
        if (days[kind] > 0)
            code = apply_one(store, (enum retention_kind)kind, now_ms - days[kind] * day_ms, now_ms,
                             &deleted[kind], info);
    return code;
}
