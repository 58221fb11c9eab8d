/* Throttle: see throttle.h. */
#include "service/throttle.h"

#include <arpa/inet.h>
#include <stdio.h>

#include "service/rows.h"

static const int64_t second_ms = 1000, fades_ms = INT64_C(24) * 3600 * 1000;

static const struct {
    const char *name;
    int64_t free;   /* failures without a wait */
    int64_t most_s; /* the longest wait */
} kinds[THROTTLE_KINDS] = {
    [THROTTLE_ACCOUNT] = {"account", 4, 60},
    /* Many people may stand behind one address of a hall. */
    [THROTTLE_ADDRESS] = {"address", 10, 900},
    [THROTTLE_MAIL] = {"mail", 2, 900},
    [THROTTLE_MAIL_ADDRESS] = {"mail-address", 10, 900},
};

/* The /64 of an IPv6 address; others as they are. */
static void network_of(struct str address, char out[INET6_ADDRSTRLEN]) {
    struct in6_addr in6;
    snprintf(out, INET6_ADDRSTRLEN, "%.*s", STR_ARG(address));
    if (inet_pton(AF_INET6, out, &in6) == 1 && !IN6_IS_ADDR_V4MAPPED(&in6)) {
        memset(in6.s6_addr + 8, 0, 8);
        inet_ntop(AF_INET6, &in6, out, INET6_ADDRSTRLEN);
    }
}

struct throttle_key throttle_key_of(enum throttle_kind kind, struct str what) {
    char network[INET6_ADDRSTRLEN], text[400];
    if (kind == THROTTLE_ADDRESS || kind == THROTTLE_MAIL_ADDRESS) {
        network_of(what, network);
        what = str_of(network);
    }
    int len = snprintf(text, sizeof(text), "%s:%.*s", kinds[kind].name, STR_ARG(what));
    size_t used = (size_t)len < sizeof(text) ? (size_t)len : sizeof(text) - 1;
    /* Without regard to case, as addresses are. */
    for (size_t i = 0; i < used; i++)
        if (text[i] >= 'A' && text[i] <= 'Z')
            text[i] = (char)(text[i] + ('a' - 'A'));
    return (struct throttle_key){kind, secret_digest_of((struct str){text, used})};
}

struct noted {
    int64_t id, failures, last_ms;
};

static enum err take(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    *(struct noted *)ctx =
        (struct noted){id, v[LOGIN_FAILURE_FAILURES].integer, v[LOGIN_FAILURE_LAST_MS].integer};
    return ERR_OK;
}

/* What is noted under a key; failures that have faded do not count. */
static enum err look(struct store_reader *reader, const struct throttle_key *key, int64_t now_ms,
                     struct noted *noted, struct errinfo *info) {
    *noted = (struct noted){0};
    enum err code = store_scan_equal(reader, TABLE_LOGIN_FAILURE, LOGIN_FAILURE_KEY,
                                     store_text(str_of(key->digest.text)), take, noted, info);
    if (now_ms >= noted->last_ms + fades_ms)
        noted->failures = 0;
    return code;
}

enum err throttle_wait(struct store_reader *reader, const struct throttle_key *key, int64_t now_ms,
                       int64_t *wait_ms, struct errinfo *info) {
    struct noted noted;
    enum err code = look(reader, key, now_ms, &noted, info);
    int64_t over = noted.failures - kinds[key->kind].free, wait_s = 0;
    if (over > 0)
        wait_s = over > 20 ? kinds[key->kind].most_s : INT64_C(1) << (over - 1);
    if (wait_s > kinds[key->kind].most_s)
        wait_s = kinds[key->kind].most_s;
    int64_t left_ms = noted.last_ms + wait_s * second_ms - now_ms;
    /* A clock that was set back must not make anybody wait longer than the most. */
    if (left_ms > wait_s * second_ms)
        left_ms = wait_s * second_ms;
    *wait_ms = left_ms > 0 ? left_ms : 0;
    return code;
}

enum err throttle_note(struct store *store, const struct throttle_key *key, int64_t now_ms,
                       struct errinfo *info) {
    struct noted noted;
    enum err code = look(store_reader_of(store), key, now_ms, &noted, info);
    if (code != ERR_OK)
        return code;
    struct store_cell cells[] = {{LOGIN_FAILURE_KEY, store_text(str_of(key->digest.text))},
                                 {LOGIN_FAILURE_FAILURES, store_int(noted.failures + 1)},
                                 {LOGIN_FAILURE_LAST_MS, store_int(now_ms)}};
    return noted.id != 0 ? store_update(store, TABLE_LOGIN_FAILURE, noted.id, cells + 1, 2, info)
                         : store_insert(store, TABLE_LOGIN_FAILURE, cells, 3, &noted.id, info);
}

enum err throttle_forget(struct store *store, const struct throttle_key *key,
                         struct errinfo *info) {
    return rows_delete(store, TABLE_LOGIN_FAILURE, LOGIN_FAILURE_KEY,
                       store_text(str_of(key->digest.text)), 0, info);
}

static bool last_before(void *ctx, int64_t id, const struct store_value *v) {
    return v[LOGIN_FAILURE_LAST_MS].integer < *(int64_t *)ctx;
}

enum err throttle_sweep(struct store *store, int64_t before_ms, uint64_t *deleted,
                        struct errinfo *info) {
    return rows_delete_old(store, TABLE_LOGIN_FAILURE, last_before, &before_ms, deleted, info);
}
