/* Persons: see person.h. Which columns are personal says store/tables.def; store_erase empties
 * them. */
#include "service/person.h"

#include "base/map.h"
#include "service/rows.h"
#include "service/throttle.h"
#include "service/tokens.h"

enum { LOG_BATCHES_MAX = 1000000 };

/* Erasing ----------------------------------------------------------------------------------------
 */

/* Shuts the account out; asks the rights and keeps the last administrator. */
static enum err shut_out(struct store *store, const struct access *by,
                         const struct account *account, int64_t now_ms, struct errinfo *info) {
    const enum account_state disabled = ACCOUNT_DISABLED;
    const struct access_grant none[1] = {{.role = ROLE_READER}};
    const struct account_change change = {.state = &disabled, .grants = none, .grant_count = 0};
    enum err code = account_change(store, by, account->id, &change, info);
    if (code == ERR_OK)
        code = tokens_revoke_all(store, account->id, now_ms, info);
    if (code == ERR_OK)
        code = rows_delete(store, TABLE_ROLE_GRANT, ROLE_GRANT_ACCOUNT_ID, store_int(account->id),
                           0, info);
    if (code == ERR_OK)
        code = rows_delete(store, TABLE_DRAFT, DRAFT_ACCOUNT_ID, store_int(account->id), 0, info);
    return code;
}

/* What is kept under the address and not under the account. */
static enum err forget_address(struct store *store, const struct mail_address *email,
                               struct errinfo *info) {
    static const enum throttle_kind kinds[] = {THROTTLE_ACCOUNT, THROTTLE_MAIL};
    struct str address = str_of(email->text);
    enum err code = ERR_OK;
    if (address.len == 0)
        return ERR_OK;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && code == ERR_OK; i++) {
        struct throttle_key key = throttle_key_of(kinds[i], address);
        code = throttle_forget(store, &key, info);
    }
    if (code == ERR_OK)
        code = rows_delete(store, TABLE_INVITATION, INVITATION_EMAIL, store_text(address), 0, info);
    return code == ERR_OK
               ? rows_delete(store, TABLE_OUTBOX, OUTBOX_RECIPIENT, store_text(address), 0, info)
               : code;
}

enum err person_erase(struct store *store, const struct access *by, int64_t account_id,
                      int64_t now_ms, struct errinfo *info) {
    struct account account;
    enum err code = access_check(by, RIGHT_ERASE, NULL, info);
    if (code == ERR_OK)
        code = account_get(store_reader_of(store), account_id, &account, info);
    if (code == ERR_OK && account.state == ACCOUNT_ERASED)
        code = err_set(info, ERR_CONFLICT, "this account was erased already");
    if (code == ERR_OK)
        code = shut_out(store, by, &account, now_ms, info);
    if (code == ERR_OK)
        code = forget_address(store, &account.email, info);
    struct store_cell cells[] = {
        {ACCOUNT_STATE, store_text(str_of(account_state_code(ACCOUNT_ERASED)))},
        {ACCOUNT_PASSWORD, store_null()},
        {ACCOUNT_MUST_CHANGE, store_int(0)}};
    if (code == ERR_OK)
        code = store_update(store, TABLE_ACCOUNT, account_id, cells, 3, info);
    return code == ERR_OK ? store_erase(store, TABLE_ACCOUNT, account_id, info) : code;
}

/* Reporting --------------------------------------------------------------------------------------
 */

struct report {
    const struct person_search *search;
    enum store_table table;
    uint32_t owner_column;  /* STORE_COLUMNS_MAX = the table has none */
    struct u64_map batches; /* told already */
    person_fn *fn;
    void *ctx;
};

/* Finds a text, ASCII letters in any case. */
static bool holds(struct str text, struct str needle) {
    if (needle.len == 0 || text.len < needle.len)
        return false;
    for (size_t i = 0; i + needle.len <= text.len; i++)
        if (str_equal_nocase(str_sub(text, i, i + needle.len), needle))
            return true;
    return false;
}

static bool names_it(const struct person_search *search, struct str text) {
    return holds(text, search->email) || holds(text, search->name);
}

static enum err look_at_row(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    const struct report *r = ctx;
    const struct store_table_info *table = store_table_info(r->table);
    const struct person_search *search = r->search;
    bool own = search->account_id != 0 &&
               (r->table == TABLE_ACCOUNT ? id == search->account_id
                                          : r->owner_column < STORE_COLUMNS_MAX &&
                                                v[r->owner_column].integer == search->account_id);
    bool told = false;
    enum err code = ERR_OK;
    if (job_should_stop(search->job))
        return err_set(info, ERR_STOPPED, "the search was stopped");
    for (uint32_t c = 0; c < table->columns && code == ERR_OK; c++) {
        bool personal = own && table->column[c].kind == STORE_PERSONAL;
        if (v[c].kind != STORE_TEXT || table->column[c].kind == STORE_SECRET ||
            (!personal && !names_it(search, v[c].text)))
            continue;
        told = true;
        code = r->fn(r->ctx,
                     &(struct person_finding){table->name, id, table->column[c].name, v[c].text},
                     info);
    }
    if (code == ERR_OK && own && !told && r->table != TABLE_ACCOUNT)
        code = r->fn(
            r->ctx,
            &(struct person_finding){table->name, id, table->column[r->owner_column].name, STR("")},
            info);
    return code;
}

/* The column of a table that names an account. */
static uint32_t owner_of(enum store_table table) {
    uint32_t column = store_column_by_name(table, STR("account_id"));
    return column < STORE_COLUMNS_MAX ? column : store_column_by_name(table, STR("owner_id"));
}

/* One batch may name the person in several ways. */
static enum err tell_batch(struct report *r, int64_t id, const char *column, struct str text,
                           struct errinfo *info) {
    if (u64_map_get(&r->batches, (uint64_t)id) != MAP_NONE)
        return ERR_OK;
    if (!u64_map_put(&r->batches, (uint64_t)id, 1))
        return err_memory(info);
    return r->fn(r->ctx, &(struct person_finding){"log", id, column, text}, info);
}

static enum err look_at_batch(void *ctx, const struct store_change *batch, struct errinfo *info) {
    return tell_batch(ctx, batch->batch_id, NULL, batch->note, info);
}

/* Batches of the command line that were signed with the person's name. */
static enum err look_at_actor(void *ctx, const struct store_change *batch, struct errinfo *info) {
    struct report *r = ctx;
    return batch->account_id == 0 && names_it(r->search, batch->actor)
               ? tell_batch(r, batch->batch_id, "actor", batch->actor, info)
               : ERR_OK;
}

static enum err search_log(struct store_reader *reader, struct report *r, struct errinfo *info) {
    const struct person_search *s = r->search;
    const struct store_log_filter filters[] = {
        {.table = STORE_TABLES, .limit = LOG_BATCHES_MAX, .account_id = s->account_id},
        {.table = STORE_TABLES, .limit = LOG_BATCHES_MAX, .text = s->email},
        {.table = STORE_TABLES, .limit = LOG_BATCHES_MAX, .text = s->name}};
    enum err code = ERR_OK;
    for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]) && code == ERR_OK; i++)
        if (filters[i].account_id != 0 || filters[i].text.len > 0)
            code = store_log_search(reader, &filters[i], s->job, look_at_batch, r, info);
    return code == ERR_OK ? store_each_batch(reader, LOG_BATCHES_MAX, look_at_actor, r, info)
                          : code;
}

enum err person_report(struct store_reader *reader, const struct person_search *search,
                       person_fn *fn, void *ctx, struct errinfo *info) {
    struct report r = {.search = search, .fn = fn, .ctx = ctx};
    enum err code = ERR_OK;
    for (uint32_t t = 0; t < STORE_TABLES && code == ERR_OK; t++) {
        r.table = (enum store_table)t;
        r.owner_column = owner_of(r.table);
        code = store_scan(reader, r.table, look_at_row, &r, info);
    }
    if (code == ERR_OK)
        code = search_log(reader, &r, info);
    u64_map_release(&r.batches);
    return code;
}
