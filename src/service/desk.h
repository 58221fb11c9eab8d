/*
 * The desk: what the organiser's requests share while the program serves.
 *
 * It holds the one writer, readers to lend, the door (door.h), and who has which record open. Pages
 * and the public API do without it.
 *
 * Life cycle: desk_new after snapshots_new; desk_free after the server has stopped, before
 * snapshots_free. Thread rule: any thread.
 */
#ifndef FAIRLEAD_SERVICE_DESK_H
#define FAIRLEAD_SERVICE_DESK_H

#include "service/door.h"
#include "service/presence.h"
#include "service/snapshot.h"
#include "service/writer.h"

struct desk;

struct desk_options {
    const char *database;        /* path; outlives the desk */
    struct snapshots *snapshots; /* outlive the desk */
    const char *origin; /* the address visitors use, for links in mails; outlives the desk */
    /* How the site draws a text in Markdown (site/markdown.h): the API, which knows no pages, shows
     * editors what visitors will see. */
    enum err (*draw_markdown)(struct buf *out, struct str text, struct errinfo *info);
    bool is_secure; /* visitors come over https: cookies are sent over nothing else */
};

/* Opens the database for writing. Errors as of store_open. */
enum err desk_new(const struct desk_options *options, struct desk **out,
                  struct errinfo *info) ERR_CHECK;
void desk_free(struct desk *desk);

/* What it was made with, and what it holds; all live as long as the desk. */
const struct desk_options *desk_options(const struct desk *desk);
/* Its writer. */
struct writer *desk_writer(struct desk *desk);
/* Its door. */
struct door *desk_door(struct desk *desk);
/* Who has which record open. */
struct presence *desk_presence(struct desk *desk);

/* Lends a reader with one consistent state of the database; desk_end gives it back (NULL is
 * allowed). ERR_IO, ERR_STORE, ERR_MEMORY. */
enum err desk_begin(struct desk *desk, struct store_reader **out, struct errinfo *info) ERR_CHECK;
void desk_end(struct desk *desk, struct store_reader *reader);

#endif
