/*
 * The outbox: see outbox.h.
 *
 * A round reads what is due, sends one letter after the other without holding the writer, and notes
 * each outcome in a job of its own. The mutex keeps rounds apart, so that no letter is sent by two.
 */
#include "service/outbox.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/vec.h"
#include "service/rows.h"
#include "service/secret.h"

enum {
    LOOK_S = 2,    /* how often the thread looks: somebody may wait for a link */
    ROUND_MAX = 50 /* letters of one round, so that memory stays small */
};

static const char state_waiting[] = "waiting", state_sent[] = "sent", state_failed[] = "failed";

struct outbox {
    struct outbox_options options;
    struct mail_sender *sender;
    struct store_reader *reader;
    pthread_mutex_t round; /* one at a time */
    pthread_t thread;
    bool started;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t wake;
    bool ending;
};

struct letter {
    int64_t id, tries;
    struct mail_address to;
    char subject[MAIL_SUBJECT_MAX + 1];
    char *body; /* own */
};

enum err outbox_put(struct store *store, const struct outbox_letter *letter, int64_t now_ms,
                    struct errinfo *info) {
    struct store_cell cells[] = {{OUTBOX_RECIPIENT, store_text(str_of(letter->to.text))},
                                 {OUTBOX_SUBJECT, store_text(letter->subject)},
                                 {OUTBOX_BODY, store_text(letter->body)},
                                 {OUTBOX_STATE, store_text(str_of(state_waiting))},
                                 {OUTBOX_TRIES, store_int(0)},
                                 {OUTBOX_NEXT_MS, store_int(now_ms)},
                                 {OUTBOX_CREATED_MS, store_int(now_ms)}};
    int64_t id;
    if (letter->subject.len > MAIL_SUBJECT_MAX || letter->body.len > MAIL_BODY_MAX)
        return err_set(info, ERR_LIMIT, "the letter is too long");
    return store_insert(store, TABLE_OUTBOX, cells, sizeof(cells) / sizeof(cells[0]), &id, info);
}

/* A round ---------------------------------------------------------------------------------------
 */

struct due {
    int64_t now_ms;
    VEC(struct letter)
    letters;
};

static enum err take(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct due *due = ctx;
    struct letter letter = {.id = id, .tries = v[OUTBOX_TRIES].integer};
    if (v[OUTBOX_NEXT_MS].integer > due->now_ms || due->letters.len >= ROUND_MAX)
        return ERR_OK;
    size_t size = v[OUTBOX_BODY].text.len + 1;
    rows_copy(letter.to.text, sizeof(letter.to.text), &v[OUTBOX_RECIPIENT]);
    rows_copy(letter.subject, sizeof(letter.subject), &v[OUTBOX_SUBJECT]);
    letter.body = mem_new(size, 1);
    if (letter.body == NULL)
        return err_memory(info);
    rows_copy(letter.body, size, &v[OUTBOX_BODY]);
    if (vec_push(&due->letters, letter))
        return ERR_OK;
    mem_free(letter.body);
    return err_memory(info);
}

static void free_letters(struct due *due) {
    for (size_t i = 0; i < due->letters.len; i++) {
        secret_wipe(due->letters.at[i].body, strlen(due->letters.at[i].body));
        mem_free(due->letters.at[i].body);
    }
    vec_free(&due->letters);
}

/* The wait before the next try: a minute, five, half an hour, two, six hours, then half a day. */
static int64_t wait_ms(int64_t tries) {
    static const int64_t minutes[] = {1, 5, 30, 120, 360, 720};
    size_t last = sizeof(minutes) / sizeof(minutes[0]) - 1;
    size_t i = tries < 1 ? 0 : (size_t)(tries - 1);
    return minutes[i < last ? i : last] * 60 * 1000;
}

struct outcome {
    const struct letter *letter;
    enum err code;
    const char *said;
    int64_t now_ms;
    bool for_good;
};

static enum err note(void *ctx, struct store *store, struct errinfo *info) {
    const struct outcome *o = ctx;
    const struct store_value emptied = {.kind = STORE_TEXT, .text = STR("")};
    const char *state = o->code == ERR_OK ? state_sent : o->for_good ? state_failed : state_waiting;
    struct store_cell cells[5] = {
        {OUTBOX_STATE, store_text(str_of(state))},
        {OUTBOX_TRIES, store_int(o->letter->tries + 1)},
        {OUTBOX_NEXT_MS, store_int(o->now_ms + wait_ms(o->letter->tries + 1))},
        {OUTBOX_ERROR, store_text(str_of(o->code == ERR_OK ? "" : o->said))}};
    uint32_t count = 4;
    if (state != state_waiting)
        cells[count++] = (struct store_cell){OUTBOX_BODY, emptied};
    struct errinfo gone;
    enum err code = store_update(store, TABLE_OUTBOX, o->letter->id, cells, count, &gone);
    if (code != ERR_OK && code != ERR_NOT_FOUND && info != NULL)
        *info = gone;
    /* Swept or erased meanwhile: there is nothing to note. */
    return code == ERR_NOT_FOUND ? ERR_OK : code;
}

/* Sends one letter and notes what became of it. */
static enum err send_one(struct outbox *outbox, const struct letter *letter, int64_t now_ms,
                         struct outbox_round *round, struct errinfo *info) {
    struct secret message_id = secret_new();
    struct mail mail = {.from = outbox->options.from,
                        .to = letter->to,
                        .from_name = str_of(outbox->options.from_name),
                        .subject = str_of(letter->subject),
                        .body = str_of(letter->body),
                        .message_id = str_of(message_id.text),
                        .date_ms = now_ms};
    struct errinfo why;
    errinfo_init(&why);
    struct outcome outcome = {.letter = letter, .now_ms = now_ms, .said = why.message};
    outcome.code = mail_send(outbox->sender, &mail, &why);
    outcome.for_good = outcome.code == ERR_INPUT || letter->tries + 1 >= OUTBOX_TRIES_MAX;
    if (outcome.code == ERR_OK)
        round->sent++;
    else if (outcome.for_good)
        round->given_up++;
    else
        round->put_off++;
    const struct store_batch batch = {.kind = "account", .actor = STR("outbox"), .at_ms = now_ms};
    int64_t batch_id;
    return writer_run(outbox->options.writer, &batch, note, &outcome, &batch_id, info);
}

enum err outbox_send_due(struct outbox *outbox, int64_t now_ms, struct outbox_round *round,
                         struct errinfo *info) {
    struct due due = {.now_ms = now_ms};
    *round = (struct outbox_round){0};
    pthread_mutex_lock(&outbox->round);
    enum err code = store_scan_equal(outbox->reader, TABLE_OUTBOX, OUTBOX_STATE,
                                     store_text(str_of(state_waiting)), take, &due, info);
    for (size_t i = 0; i < due.letters.len && code == ERR_OK; i++)
        code = send_one(outbox, &due.letters.at[i], now_ms, round, info);
    pthread_mutex_unlock(&outbox->round);
    free_letters(&due);
    return code;
}

/* The thread ------------------------------------------------------------------------------------
 */

/* Waits some seconds; false at the end. */
static bool wait_for_work(struct outbox *outbox) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += LOOK_S;
    pthread_mutex_lock(&outbox->lock);
    int waited = 0;
    while (!outbox->ending && waited == 0)
        waited = pthread_cond_timedwait(&outbox->wake, &outbox->lock, &until);
    bool go_on = !outbox->ending;
    pthread_mutex_unlock(&outbox->lock);
    return go_on;
}

static void *work(void *ctx) {
    struct outbox *outbox = ctx;
    do {
        struct outbox_round round;
        struct errinfo info;
        errinfo_init(&info);
        if (outbox_send_due(outbox, clock_wall_ms(), &round, &info) != ERR_OK)
            log_line(LOG_ERROR, "mail", "the outbox cannot be worked on: %s", info.message);
        if (round.put_off + round.given_up > 0)
            log_line(LOG_WARN, "mail", "%u sent, %u put off, %u given up; the outbox says why",
                     round.sent, round.put_off, round.given_up);
    } while (wait_for_work(outbox));
    return NULL;
}

enum err outbox_new(const struct outbox_options *options, struct outbox **out,
                    struct errinfo *info) {
    struct outbox *outbox = mem_new(1, sizeof(*outbox));
    if (outbox == NULL)
        return err_memory(info);
    outbox->options = *options;
    pthread_mutex_init(&outbox->round, NULL);
    pthread_mutex_init(&outbox->lock, NULL);
    pthread_cond_init(&outbox->wake, NULL);
    enum err code = secret_start(info);
    if (code == ERR_OK)
        code = mail_sender_new(&options->mail, &outbox->sender, info);
    if (code == ERR_OK)
        code = store_reader_open(options->path, &outbox->reader, info);
    if (code == ERR_OK && pthread_create(&outbox->thread, NULL, work, outbox) != 0)
        code = err_set(info, ERR_IO, "cannot start the thread for mail");
    outbox->started = code == ERR_OK;
    if (code == ERR_OK)
        *out = outbox;
    else
        outbox_free(outbox);
    return code;
}

void outbox_free(struct outbox *outbox) {
    if (outbox == NULL)
        return;
    if (outbox->started) {
        pthread_mutex_lock(&outbox->lock);
        outbox->ending = true;
        pthread_cond_signal(&outbox->wake);
        pthread_mutex_unlock(&outbox->lock);
        pthread_join(outbox->thread, NULL);
    }
    store_reader_close(outbox->reader);
    mail_sender_free(outbox->sender);
    pthread_cond_destroy(&outbox->wake);
    pthread_mutex_destroy(&outbox->lock);
    pthread_mutex_destroy(&outbox->round);
    mem_free(outbox);
}

static bool is_done_before(void *ctx, int64_t id, const struct store_value *v) {
    return !str_equal_c(v[OUTBOX_STATE].text, state_waiting) &&
           v[OUTBOX_CREATED_MS].integer < *(int64_t *)ctx;
}

enum err outbox_sweep(struct store *store, int64_t before_ms, uint64_t *deleted,
                      struct errinfo *info) {
    return rows_delete_old(store, TABLE_OUTBOX, is_done_before, &before_ms, deleted, info);
}
