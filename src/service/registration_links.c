/* Links by which visitor organisations register: see registration_links.h. */
#include "service/registration_links.h"

#include "service/rows.h"
#include "service/secret.h"

static const int64_t day_ms = INT64_C(24) * 3600 * 1000;

static enum err take_one(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct registration_link *out = ctx;
    *out = (struct registration_link){.id = id,
                                      .edition_id = v[REGISTRATION_LINK_EDITION_ID].integer,
                                      .uses_max = v[REGISTRATION_LINK_USES_MAX].integer,
                                      .uses = v[REGISTRATION_LINK_USES].integer,
                                      .created_ms = v[REGISTRATION_LINK_CREATED_MS].integer,
                                      .expires_ms = v[REGISTRATION_LINK_EXPIRES_MS].integer};
    rows_copy(out->kind, sizeof(out->kind), &v[REGISTRATION_LINK_KIND]);
    rows_copy(out->name, sizeof(out->name), &v[REGISTRATION_LINK_NAME]);
    return ERR_OK;
}

static enum err check_request(const struct registration_link_request *r, struct errinfo *info) {
    if (!str_equal_c(r->kind, "buyer") && !str_equal_c(r->kind, "delegation") &&
        !str_equal_c(r->kind, "institution"))
        return err_set(info, ERR_INPUT, "the kind is buyer, delegation or institution");
    if (str_trim(r->name).len == 0 || str_trim(r->name).len > REGISTRATION_NAME_MAX)
        return err_set(info, ERR_INPUT, "say for whom the link is, in %d bytes at the most",
                       REGISTRATION_NAME_MAX);
    if (r->uses_max < 1 || r->uses_max > REGISTRATION_USES_MAX)
        return err_set(info, ERR_INPUT, "a link is for 1 to %d registrations",
                       REGISTRATION_USES_MAX);
    if (r->days < 1 || r->days > REGISTRATION_DAYS_MAX)
        return err_set(info, ERR_INPUT, "a link works for 1 to %d days", REGISTRATION_DAYS_MAX);
    return ERR_OK;
}

static enum err count_one(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    ++*(uint32_t *)ctx;
    return ERR_OK;
}

static enum err exists(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    return ERR_OK;
}

static enum err check_room(struct store_reader *reader, int64_t edition_id, struct errinfo *info) {
    uint32_t count = 0;
    enum err code = store_get(reader, TABLE_EDITION, edition_id, exists, NULL, info);
    if (code == ERR_OK)
        code = store_scan_equal(reader, TABLE_REGISTRATION_LINK, REGISTRATION_LINK_EDITION_ID,
                                store_int(edition_id), count_one, &count, info);
    if (code != ERR_OK || count < REGISTRATION_LINKS_MAX)
        return code;
    err_set(info, ERR_LIMIT, "this edition has %d links for registration already",
            REGISTRATION_LINKS_MAX);
    err_hint(info, "Take some of them back first.");
    return ERR_LIMIT;
}

enum err registration_links_make(struct store *store, const struct access *by,
                                 const struct registration_link_request *request, struct buf *url,
                                 int64_t *id, struct errinfo *info) {
    enum err code = access_check(by, RIGHT_INVITE, NULL, info);
    if (code == ERR_OK)
        code = check_request(request, info);
    if (code == ERR_OK)
        code = check_room(store_reader_of(store), request->edition_id, info);
    if (code != ERR_OK)
        return code;
    struct secret secret = secret_new();
    struct secret_digest digest = secret_digest_of(str_of(secret.text));
    const struct store_cell cells[] = {
        {REGISTRATION_LINK_EDITION_ID, store_int(request->edition_id)},
        {REGISTRATION_LINK_KIND, store_text(request->kind)},
        {REGISTRATION_LINK_NAME, store_text(str_trim(request->name))},
        {REGISTRATION_LINK_DIGEST, store_text(str_of(digest.text))},
        {REGISTRATION_LINK_USES_MAX, store_int(request->uses_max)},
        {REGISTRATION_LINK_USES, store_int(0)},
        {REGISTRATION_LINK_ACCOUNT_ID, store_ref(by->account_id)},
        {REGISTRATION_LINK_CREATED_MS, store_int(request->now_ms)},
        {REGISTRATION_LINK_EXPIRES_MS, store_int(request->now_ms + request->days * day_ms)}};
    /* Behind "#" it is sent to no server, and stays out of logs and referrers. */
    buf_printf(url, "%s/my/register#%s", request->origin, secret.text);
    secret_wipe(&secret, sizeof(secret));
    code = buf_error(url, info);
    return code == ERR_OK ? store_insert(store, TABLE_REGISTRATION_LINK, cells,
                                         sizeof(cells) / sizeof(cells[0]), id, info)
                          : code;
}

struct each {
    registration_link_fn *fn;
    void *ctx;
};

static enum err give(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    const struct each *each = ctx;
    struct registration_link link;
    enum err code = take_one(&link, id, v, info);
    return code == ERR_OK ? each->fn(each->ctx, &link, info) : code;
}

enum err registration_links_each(struct store_reader *reader, const struct access *access,
                                 int64_t edition_id, registration_link_fn *fn, void *ctx,
                                 struct errinfo *info) {
    struct each each = {fn, ctx};
    enum err code = access_check(access, RIGHT_INVITE, NULL, info);
    return code == ERR_OK
               ? store_scan_equal(reader, TABLE_REGISTRATION_LINK, REGISTRATION_LINK_EDITION_ID,
                                  store_int(edition_id), give, &each, info)
               : code;
}

enum err registration_links_revoke(struct store *store, const struct access *by, int64_t id,
                                   struct errinfo *info) {
    enum err code = access_check(by, RIGHT_INVITE, NULL, info);
    if (code == ERR_OK)
        code = store_get(store_reader_of(store), TABLE_REGISTRATION_LINK, id, exists, NULL, info);
    return code == ERR_OK ? store_delete(store, TABLE_REGISTRATION_LINK, id, info) : code;
}

enum err registration_links_look(struct store_reader *reader, struct str secret, int64_t now_ms,
                                 struct registration_link *out, struct errinfo *info) {
    struct secret_digest digest = secret_digest_of(secret);
    *out = (struct registration_link){0};
    enum err code = store_scan_equal(reader, TABLE_REGISTRATION_LINK, REGISTRATION_LINK_DIGEST,
                                     store_text(str_of(digest.text)), take_one, out, info);
    if (code != ERR_OK || (out->id != 0 && now_ms < out->expires_ms && out->uses < out->uses_max))
        return code;
    err_set(info, ERR_DENIED, "this link was taken back or used up, or its time is over");
    err_hint(info, "Ask whoever gave it to you for a new one.");
    return ERR_DENIED;
}
