/*
 * The outbox: mail that is to be sent, kept in the database until a server has taken it.
 *
 * What is put here in a batch is sent when the batch is durable and not otherwise, and a restart
 * loses nothing. A thread of the server tries what is due: again after a minute, then after longer,
 * up to half a day; after OUTBOX_TRIES_MAX, or when the server refuses for good, it gives up and
 * keeps what was said. A mail may arrive twice when the program dies between the server's answer
 * and the note of it; none is lost. Bodies are emptied once they are sent, because they hold links.
 *
 * Thread rule: outbox_put that of its store; outbox_new and outbox_free one thread; the rest any.
 */
#ifndef FAIRLEAD_SERVICE_OUTBOX_H
#define FAIRLEAD_SERVICE_OUTBOX_H

#include "exchange/mail_send.h"
#include "service/writer.h"

enum { OUTBOX_TRIES_MAX = 8 };

struct outbox_letter {
    struct mail_address to;
    struct str subject, body; /* UTF-8, see exchange/mail.h */
};

/* Puts a letter into the outbox inside the open batch. */
enum err outbox_put(struct store *store, const struct outbox_letter *letter, int64_t now_ms,
                    struct errinfo *info) ERR_CHECK;

struct outbox_options {
    const char *path; /* of the database; a reader of its own is opened */
    struct writer *writer;
    struct mail_options mail;
    struct mail_address from;
    const char *from_name; /* may be empty */
};

struct outbox;

/* Opens what is needed and starts the thread. `options` are copied but for the writer,
 * `path` and `from_name`, which outlive the outbox. */
enum err outbox_new(const struct outbox_options *options, struct outbox **out,
                    struct errinfo *info) ERR_CHECK;
/* Ends the thread after the mail under way. */
void outbox_free(struct outbox *outbox);

/* Of one round: how many were sent, put off and given up. */
struct outbox_round {
    uint32_t sent, put_off, given_up;
};

/* One round over what is due at `now_ms`, on the caller's thread: what the thread does, for tests.
 */
enum err outbox_send_due(struct outbox *outbox, int64_t now_ms, struct outbox_round *round,
                         struct errinfo *info) ERR_CHECK;

/* Deletes the letters that were sent or given up and written before `before_ms`; `deleted` counts.
 */
enum err outbox_sweep(struct store *store, int64_t before_ms, uint64_t *deleted,
                      struct errinfo *info) ERR_CHECK;

#endif
