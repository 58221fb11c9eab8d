/* Letters about matches: see match_letters.h. */
#include "service/match_letters.h"

#include "base/vec.h"
#include "service/accounts.h"
#include "service/consents.h"
#include "service/matches.h"
#include "service/outbox.h"

static const int64_t day_ms = INT64_C(24) * 3600 * 1000;

struct numbers {
    VEC(int64_t)
    list;
};

/* Adds a number that is not there yet; lists here are as long as a firm's persons. */
static enum err add_once(struct numbers *numbers, int64_t number, struct errinfo *info) {
    for (size_t i = 0; i < numbers->list.len; i++)
        if (numbers->list.at[i] == number)
            return ERR_OK;
    return vec_push(&numbers->list, number) ? ERR_OK : err_memory(info);
}

static enum err take_person(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    return add_once(ctx, v[ROLE_GRANT_ACCOUNT_ID].integer, info);
}

static enum err write_to(struct store *store, const struct account *account, enum letter_kind kind,
                         struct match_post *post, struct errinfo *info) {
    struct buf body;
    char link[256];
    int len = snprintf(link, sizeof(link), "%s/my", post->origin);
    if (len < 0 || (size_t)len >= sizeof(link))
        return err_set(info, ERR_INPUT, "the address of the site is too long");
    buf_init(&body, MAIL_BODY_MAX);
    letter_write(kind, account->language, str_of(account->name), str_of(link), &body);
    const struct outbox_letter letter = {account->email, letter_subject(kind, account->language),
                                         buf_str(&body)};
    enum err code = buf_error(&body, info);
    if (code == ERR_OK)
        code = outbox_put(store, &letter, post->now_ms, info);
    buf_release(&body);
    post->letters += code == ERR_OK;
    return code;
}

enum err match_letters_to(struct store *store, int64_t participant_id, enum letter_kind kind,
                          struct match_post *post, struct errinfo *info) {
    struct store_reader *reader = store_reader_of(store);
    struct numbers persons = {.list = {0}};
    enum err code = store_scan_equal(reader, TABLE_ROLE_GRANT, ROLE_GRANT_PARTICIPANT_ID,
                                     store_int(participant_id), take_person, &persons, info);
    for (size_t i = 0; i < persons.list.len && code == ERR_OK; i++) {
        int64_t since_ms[CONSENT_PURPOSES];
        struct account account;
        code = consents_read(reader, persons.list.at[i], since_ms, info);
        if (code != ERR_OK || since_ms[CONSENT_MAIL_REMINDERS] == 0)
            continue;
        code = account_get(reader, persons.list.at[i], &account, info);
        if (code == ERR_OK && account.state == ACCOUNT_ACTIVE)
            code = write_to(store, &account, kind, post, info);
    }
    vec_free(&persons.list);
    return code;
}

/* Rounds ------------------------------------------------------------------------------------------
 */

struct addressees {
    bool waiting_only; /* who has not answered yet */
    VEC(int64_t)
    list;
};

static enum err take_sides(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    struct addressees *a = ctx;
    struct partner_match match;
    match_take(&match, id, v);
    if (match.state != PAIR_SUGGESTED)
        return ERR_OK;
    for (int s = 0; s < 2; s++) {
        bool waits = match.side[s].answer == ANSWER_NONE || match.side[s].answer == ANSWER_LATER;
        if ((waits || !a->waiting_only) && !vec_push(&a->list, match.side[s].participant_id))
            return err_memory(info);
    }
    return ERR_OK;
}

static int by_number(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* One letter to each participant of a round. */
static enum err write_round(struct store *store, int64_t round_id, bool waiting_only,
                            enum letter_kind kind, struct match_post *post, struct errinfo *info) {
    struct addressees a = {.waiting_only = waiting_only};
    enum err code = store_scan_equal(store_reader_of(store), TABLE_MATCH_PAIR, MATCH_PAIR_ROUND_ID,
                                     store_int(round_id), take_sides, &a, info);
    if (a.list.len > 1)
        qsort(a.list.at, a.list.len, sizeof(*a.list.at), by_number);
    for (size_t i = 0; i < a.list.len && code == ERR_OK; i++)
        if (i == 0 || a.list.at[i] != a.list.at[i - 1])
            code = match_letters_to(store, a.list.at[i], kind, post, info);
    vec_free(&a.list);
    return code;
}

enum err match_letters_released(struct store *store, int64_t round_id, struct match_post *post,
                                struct errinfo *info) {
    return write_round(store, round_id, false, LETTER_SUGGESTED, post, info);
}

struct due {
    int64_t now_ms;
    VEC(int64_t)
    rounds;
};

static enum err find_due(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct due *due = ctx;
    if (!str_equal_c(v[MATCH_ROUND_STATE].text, "released") ||
        v[MATCH_ROUND_REMINDED_MS].kind != STORE_NULL ||
        v[MATCH_ROUND_ANSWER_BY_MS].integer - due->now_ms > MATCH_REMIND_DAYS * day_ms)
        return ERR_OK;
    return vec_push(&due->rounds, id) ? ERR_OK : err_memory(info);
}

enum err match_letters_remind(struct store *store, struct match_post *post, struct errinfo *info) {
    struct due due = {.now_ms = post->now_ms};
    struct store_cell reminded = {MATCH_ROUND_REMINDED_MS, store_int(post->now_ms)};
    enum err code = store_scan(store_reader_of(store), TABLE_MATCH_ROUND, find_due, &due, info);
    for (size_t i = 0; i < due.rounds.len && code == ERR_OK; i++) {
        code = write_round(store, due.rounds.at[i], true, LETTER_REMINDER, post, info);
        if (code == ERR_OK)
            code = store_update(store, TABLE_MATCH_ROUND, due.rounds.at[i], &reminded, 1, info);
    }
    vec_free(&due.rounds);
    return code;
}
