/* One-time links: see links.h. */
#include "service/links.h"

#include "service/rows.h"

static const char *const purposes[LINK_PURPOSES] = {"sign-in", "set-password"};
static const int64_t lasts_ms[LINK_PURPOSES] = {LINK_SIGN_IN_MS, LINK_PASSWORD_MS};

const char *links_purpose_code(enum link_purpose purpose) {
    return purposes[purpose];
}

struct earlier {
    int64_t account_id;
    enum link_purpose purpose;
};

static bool is_earlier(void *ctx, int64_t id, const struct store_value *v) {
    const struct earlier *e = ctx;
    return v[ONE_TIME_ACCOUNT_ID].integer == e->account_id &&
           str_equal_c(v[ONE_TIME_PURPOSE].text, purposes[e->purpose]);
}

enum err links_make(struct store *store, int64_t account_id, enum link_purpose purpose,
                    int64_t now_ms, struct secret *out, struct errinfo *info) {
    struct earlier earlier = {account_id, purpose};
    enum err code = rows_delete_old(store, TABLE_ONE_TIME, is_earlier, &earlier, NULL, info);
    if (code != ERR_OK)
        return code;
    *out = secret_new();
    struct secret_digest digest = secret_digest_of(str_of(out->text));
    struct store_cell cells[] = {{ONE_TIME_DIGEST, store_text(str_of(digest.text))},
                                 {ONE_TIME_ACCOUNT_ID, store_int(account_id)},
                                 {ONE_TIME_PURPOSE, store_text(str_of(purposes[purpose]))},
                                 {ONE_TIME_EXPIRES_MS, store_int(now_ms + lasts_ms[purpose])}};
    int64_t id;
    return store_insert(store, TABLE_ONE_TIME, cells, 4, &id, info);
}

struct found {
    struct link_target target;
    int64_t expires_ms;
    bool used;
};

static enum err take(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct found *f = ctx;
    bool signs_in = str_equal_c(v[ONE_TIME_PURPOSE].text, purposes[LINK_SIGN_IN]);
    f->target = (struct link_target){id, v[ONE_TIME_ACCOUNT_ID].integer,
                                     signs_in ? LINK_SIGN_IN : LINK_SET_PASSWORD};
    f->expires_ms = v[ONE_TIME_EXPIRES_MS].integer;
    f->used = v[ONE_TIME_USED_MS].kind != STORE_NULL;
    return ERR_OK;
}

enum err links_look(struct store_reader *reader, struct str secret, int64_t now_ms,
                    struct link_target *out, struct errinfo *info) {
    struct found found = {0};
    struct secret_digest digest = secret_digest_of(secret);
    enum err code = store_scan_equal(reader, TABLE_ONE_TIME, ONE_TIME_DIGEST,
                                     store_text(str_of(digest.text)), take, &found, info);
    if (code != ERR_OK)
        return code;
    if (found.target.id == 0 || found.used || now_ms >= found.expires_ms) {
        err_set(info, ERR_DENIED, "this link was used, or its time is over");
        err_hint(info, "Ask for a new one on the sign-in page.");
        return ERR_DENIED;
    }
    *out = found.target;
    return ERR_OK;
}

enum err links_redeem(struct store *store, struct str secret, int64_t now_ms,
                      struct link_target *out, struct errinfo *info) {
    enum err code = links_look(store_reader_of(store), secret, now_ms, out, info);
    struct store_cell used = {ONE_TIME_USED_MS, store_int(now_ms)};
    return code == ERR_OK ? store_update(store, TABLE_ONE_TIME, out->id, &used, 1, info) : code;
}

enum err links_end(struct store *store, int64_t account_id, struct errinfo *info) {
    return rows_delete(store, TABLE_ONE_TIME, ONE_TIME_ACCOUNT_ID, store_int(account_id), 0, info);
}

static bool over_before(void *ctx, int64_t id, const struct store_value *v) {
    return v[ONE_TIME_EXPIRES_MS].integer < *(int64_t *)ctx;
}

enum err links_sweep(struct store *store, int64_t before_ms, uint64_t *deleted,
                     struct errinfo *info) {
    return rows_delete_old(store, TABLE_ONE_TIME, over_before, &before_ms, deleted, info);
}
