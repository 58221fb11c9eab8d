/* Roles of accounts: see user_roles.h. */
#include "cli/user_roles.h"

struct place_search {
    struct str wanted;
    int64_t edition, found;
    uint32_t count;
};

static enum err look_at_chain(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    struct place_search *s = ctx;
    if (str_equal(v[CHAIN_CODE].text, s->wanted)) {
        s->found = id;
        s->count++;
    }
    return ERR_OK;
}

static enum err look_at_edition(void *ctx, int64_t id, const struct store_value *v,
                                struct errinfo *info) {
    struct place_search *s = ctx;
    if (v[EDITION_CURRENT].integer != 0)
        s->edition = id;
    return ERR_OK;
}

static enum err look_at_pavilion(void *ctx, int64_t id, const struct store_value *v,
                                 struct errinfo *info) {
    struct place_search *s = ctx;
    int64_t number;
    bool meant = str_to_i64(s->wanted, &number)
                     ? id == number
                     : v[PAVILION_EDITION_ID].integer == s->edition &&
                           (str_equal_nocase(v[PAVILION_NAME_EN].text, s->wanted) ||
                            str_equal(v[PAVILION_NAME_ZH].text, s->wanted) ||
                            str_equal_nocase(v[PAVILION_CODE].text, s->wanted));
    if (meant) {
        s->found = id;
        s->count++;
    }
    return ERR_OK;
}

static enum err found_one(const struct place_search *s, const char *what, struct errinfo *info) {
    if (s->count == 1)
        return ERR_OK;
    return err_set(info, ERR_NOT_FOUND, "%s \"%.*s\"",
                   s->count > 1 ? "more than one pavilion is meant by" : what, STR_ARG(s->wanted));
}

static enum err find_chain(struct store_reader *reader, const char *code_of, int64_t *id,
                           struct errinfo *info) {
    struct place_search s = {.wanted = str_of(code_of)};
    enum err code = store_scan(reader, TABLE_CHAIN, look_at_chain, &s, info);
    *id = s.found;
    return code == ERR_OK ? found_one(&s, "there is no chain", info) : code;
}

static enum err find_pavilion(struct store_reader *reader, const char *name, int64_t *id,
                              struct errinfo *info) {
    struct place_search s = {.wanted = str_of(name)};
    enum err code = store_scan(reader, TABLE_EDITION, look_at_edition, &s, info);
    if (code == ERR_OK)
        code = store_scan(reader, TABLE_PAVILION, look_at_pavilion, &s, info);
    *id = s.found;
    return code == ERR_OK ? found_one(&s, "the current edition has no pavilion", info) : code;
}

enum err user_roles_read(struct cli *cli, struct store_reader *reader, struct access_grant *grant,
                         bool *given) {
    const char *role = cli_value(cli, "role"), *chain = cli_value(cli, "chain"),
               *pavilion = cli_value(cli, "pavilion");
    enum err code = ERR_OK;
    *grant = (struct access_grant){.role = ROLES};
    *given = role != NULL;
    if (role != NULL)
        grant->role = access_role_of_code(str_of(role));
    if (chain != NULL)
        code = find_chain(reader, chain, &grant->chain_id, &cli->info);
    if (code == ERR_OK && pavilion != NULL)
        code = find_pavilion(reader, pavilion, &grant->pavilion_id, &cli->info);
    return code;
}

static enum err code_of_chain(void *ctx, int64_t id, const struct store_value *v,
                              struct errinfo *info) {
    buf_printf(ctx, " of %.*s", STR_ARG(v[CHAIN_CODE].text));
    return ERR_OK;
}

static enum err name_of_pavilion(void *ctx, int64_t id, const struct store_value *v,
                                 struct errinfo *info) {
    struct str en = v[PAVILION_NAME_EN].text;
    buf_printf(ctx, " of %.*s", STR_ARG(en.len > 0 ? en : v[PAVILION_NAME_ZH].text));
    return ERR_OK;
}

enum err user_roles_write(struct store_reader *reader, const struct access *access, struct buf *out,
                          struct errinfo *info) {
    enum err code = ERR_OK;
    for (uint32_t i = 0; i < access->grant_count && code == ERR_OK; i++) {
        const struct access_grant *g = &access->grants[i];
        buf_printf(out, "%s%s", i > 0 ? ", " : "", access_role_code(g->role));
        if (g->chain_id != 0)
            code = store_get(reader, TABLE_CHAIN, g->chain_id, code_of_chain, out, info);
        if (code == ERR_OK && g->pavilion_id != 0)
            code = store_get(reader, TABLE_PAVILION, g->pavilion_id, name_of_pavilion, out, info);
    }
    return code;
}
