/*
 * Snapshots: see snapshot.h.
 *
 * One lock guards the list and is never held while loading: the others go on with what there is. A
 * second one makes loading one thread's at a time. A snapshot counts its users, the list being one.
 */
#include "service/snapshot.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/threads.h"

struct snapshot {
    struct snapshot *next;
    struct view *view;
    bool is_default; /* what an empty code stands for */
    atomic_uint users;
    pthread_mutex_t lock; /* of what follows */
    struct arena arena;
    struct map_shelf *shelf;           /* borrowed */
    struct chain_drawing **map[LANGS]; /* [view->chains] NULL until asked for */
    struct bill_drawing **bill[LANGS]; /* [view->scenarios] the same */
    struct directory *directory;       /* NULL until asked for */
    pthread_mutex_t search_lock;       /* of the search alone, which takes longest */
    struct view_search *search;        /* NULL until asked for */
    bool was_searched;                 /* the snapshot before it, on this one's way in */
};

struct snapshots {
    pthread_mutex_t lock;   /* of the list */
    pthread_mutex_t loader; /* held while a view is loaded; guards the reader, the version, and
                               changes of the list */
    struct store_reader *reader;
    struct snapshot *first;
    int64_t version;
    pthread_mutex_t picture_lock; /* of the reader of pictures, which waits for no loading */
    struct store_reader *picture_reader;
    struct map_shelf *shelf;
};

const struct view *snapshot_view(const struct snapshot *snapshot) {
    return snapshot->view;
}

static void give_layouts_back(struct snapshot *s) {
    for (enum lang lang = 0; lang < LANGS; lang++) {
        for (uint32_t c = 0; s->map[lang] != NULL && c < s->view->chains; c++)
            chain_drawing_release(s->map[lang][c]);
        for (uint32_t b = 0; s->bill[lang] != NULL && b < s->view->scenarios; b++)
            bill_drawing_release(s->bill[lang][b]);
    }
}

static void snapshot_free(struct snapshot *s) {
    give_layouts_back(s);
    directory_free(s->directory);
    view_search_free(s->search);
    view_free(s->view);
    arena_release(&s->arena);
    pthread_mutex_destroy(&s->lock);
    pthread_mutex_destroy(&s->search_lock);
    mem_free(s);
}

/* Loads an edition; the caller holds the loader's lock. */
static enum err snapshot_load(struct snapshots *all, struct str edition, struct snapshot **out,
                              struct errinfo *info) {
    struct snapshot *s = mem_new(1, sizeof(*s));
    struct job job = {.threads = 1};
    if (s == NULL)
        return err_memory(info);
    pthread_mutex_init(&s->lock, NULL);
    pthread_mutex_init(&s->search_lock, NULL);
    arena_init(&s->arena, (size_t)1 << 30);
    atomic_init(&s->users, 1);
    s->shelf = all->shelf;
    enum err e = view_load(all->reader, edition, &job, &s->view, info);
    for (enum lang lang = 0; e == ERR_OK && lang < LANGS; lang++) {
        s->map[lang] = arena_new(&s->arena, s->view->chains + 1, sizeof(struct chain_drawing *));
        s->bill[lang] = arena_new(&s->arena, s->view->scenarios + 1, sizeof(struct bill_drawing *));
        if (s->map[lang] == NULL || s->bill[lang] == NULL)
            e = err_memory(info);
    }
    if (e != ERR_OK) {
        snapshot_free(s);
        return e;
    }
    *out = s;
    return ERR_OK;
}

enum err snapshot_map(struct snapshot *s, uint32_t chain, enum lang lang,
                      const struct chain_drawing **out, struct errinfo *info) {
    enum err e = ERR_OK;
    pthread_mutex_lock(&s->lock);
    struct chain_drawing **kept = &s->map[lang][chain];
    if (*kept == NULL)
        e = chain_drawing_make(s->view, chain, lang, s->shelf, &s->arena, kept, info);
    *out = *kept;
    pthread_mutex_unlock(&s->lock);
    return e;
}

enum err snapshot_bill(struct snapshot *s, uint32_t scenario, enum lang lang,
                       const struct bill_drawing **out, struct errinfo *info) {
    enum err e = ERR_OK;
    pthread_mutex_lock(&s->lock);
    struct bill_drawing **kept = &s->bill[lang][scenario];
    if (*kept == NULL)
        e = bill_drawing_make(s->view, scenario, lang, s->shelf, &s->arena, kept, info);
    *out = *kept;
    pthread_mutex_unlock(&s->lock);
    return e;
}

enum err snapshot_directory(struct snapshot *s, const struct directory **out,
                            struct errinfo *info) {
    enum err e = ERR_OK;
    pthread_mutex_lock(&s->lock);
    if (s->directory == NULL)
        e = directory_new(s->view, &s->directory, info);
    *out = s->directory;
    pthread_mutex_unlock(&s->lock);
    return e;
}

enum err snapshot_search(struct snapshot *s, const struct view_search **out, struct errinfo *info) {
    enum err e = ERR_OK;
    struct job job = {.threads = threads_available()};
    pthread_mutex_lock(&s->search_lock);
    if (s->search == NULL)
        e = view_search_new(s->view, &job, &s->search, info);
    *out = s->search;
    pthread_mutex_unlock(&s->search_lock);
    return e;
}

enum err snapshots_new(const char *database, struct snapshots **out, struct errinfo *info) {
    struct snapshots *all = mem_new(1, sizeof(*all));
    if (all == NULL)
        return err_memory(info);
    enum err e = store_reader_open(database, &all->reader, info);
    if (e == ERR_OK)
        e = store_reader_open(database, &all->picture_reader, info);
    if (e == ERR_OK)
        e = map_shelf_new(&all->shelf, info);
    if (e != ERR_OK) {
        store_reader_close(all->reader);
        store_reader_close(all->picture_reader);
        mem_free(all);
        return e;
    }
    pthread_mutex_init(&all->picture_lock, NULL);
    pthread_mutex_init(&all->lock, NULL);
    pthread_mutex_init(&all->loader, NULL);
    *out = all;
    return ERR_OK;
}

void snapshots_put(struct snapshots *all, struct snapshot *snapshot) {
    if (snapshot != NULL && atomic_fetch_sub(&snapshot->users, 1) == 1)
        snapshot_free(snapshot);
}

/* Gives back the list's use of each. */
static void put_list(struct snapshots *all, struct snapshot *first) {
    while (first != NULL) {
        struct snapshot *next = first->next;
        snapshots_put(all, first);
        first = next;
    }
}

void snapshots_free(struct snapshots *all) {
    if (all == NULL)
        return;
    put_list(all, all->first);
    store_reader_close(all->reader);
    store_reader_close(all->picture_reader);
    map_shelf_free(all->shelf);
    pthread_mutex_destroy(&all->picture_lock);
    pthread_mutex_destroy(&all->lock);
    pthread_mutex_destroy(&all->loader);
    mem_free(all);
}

/* The kept snapshot of an edition with one more user, or NULL. `is_known` tells whether an edition
 * of that code may exist, as far as the kept ones know. */
static struct snapshot *find_kept(struct snapshots *all, struct str edition, bool *is_known) {
    struct snapshot *found = NULL;
    pthread_mutex_lock(&all->lock);
    *is_known = all->first == NULL || edition.len == 0;
    for (uint32_t i = 0; !*is_known && i < all->first->view->editions; i++)
        *is_known = str_equal(all->first->view->edition[i].code, edition);
    for (struct snapshot *s = all->first; s != NULL && found == NULL; s = s->next)
        if (edition.len > 0 ? str_equal(view_this_edition(s->view)->code, edition) : s->is_default)
            found = s;
    if (found != NULL)
        atomic_fetch_add(&found->users, 1);
    pthread_mutex_unlock(&all->lock);
    return found;
}

/* Loads an edition and keeps it; the caller holds the loader's lock. */
static enum err load_and_keep(struct snapshots *all, struct str edition, struct snapshot **out,
                              struct errinfo *info) {
    enum err e = snapshot_load(all, edition, out, info);
    if (e != ERR_OK)
        return e;
    (*out)->is_default = edition.len == 0;
    if (all->version == 0)
        all->version = (*out)->view->version;
    atomic_store(&(*out)->users, 2);
    pthread_mutex_lock(&all->lock);
    (*out)->next = all->first;
    all->first = *out;
    pthread_mutex_unlock(&all->lock);
    return ERR_OK;
}

enum err snapshots_picture(struct snapshots *all, struct str digest, struct buf *out,
                           struct errinfo *info) {
    pthread_mutex_lock(&all->picture_lock);
    enum err e = store_get_content(all->picture_reader, digest, out, info);
    pthread_mutex_unlock(&all->picture_lock);
    return e;
}

static struct str code_of(const struct snapshot *snapshot) {
    return view_this_edition(snapshot->view)->code;
}

/* The same edition as the database holds it now, with a directory where the old one had been asked
 * for it; NULL when it cannot be loaded. The caller holds the loader's lock. */
static struct snapshot *load_again(struct snapshots *all, struct snapshot *old) {
    struct snapshot *fresh;
    const struct directory *unused;
    struct errinfo info;
    errinfo_init(&info);
    if (snapshot_load(all, old->is_default ? STR("") : code_of(old), &fresh, &info) != ERR_OK) {
        log_line(LOG_WARN, "service", "edition %.*s is not read again: %s", STR_ARG(code_of(old)),
                 info.message);
        return NULL;
    }
    fresh->is_default = old->is_default;
    pthread_mutex_lock(&old->lock);
    bool has_directory = old->directory != NULL;
    pthread_mutex_unlock(&old->lock);
    pthread_mutex_lock(&old->search_lock);
    fresh->was_searched = old->search != NULL;
    pthread_mutex_unlock(&old->search_lock);
    if (has_directory && snapshot_directory(fresh, &unused, &info) != ERR_OK)
        log_line(LOG_WARN, "service", "no directory: %s", info.message);
    return fresh;
}

static bool holds(const struct snapshot *list, struct str code) {
    while (list != NULL && !str_equal(code_of(list), code))
        list = list->next;
    return list != NULL;
}

/* Reads all editions that are kept again and puts them in the place of the old ones; the caller
 * holds the loader's lock. The default comes first, because it may now be one that is also kept
 * under its code. */
static void load_all_again(struct snapshots *all) {
    struct snapshot *first = NULL, **end = &first;
    for (int of_default = 1; of_default >= 0; of_default--)
        for (struct snapshot *old = all->first; old != NULL; old = old->next) {
            if (old->is_default != of_default || (!old->is_default && holds(first, code_of(old))))
                continue;
            *end = load_again(all, old);
            if (*end != NULL)
                end = &(*end)->next;
        }
    pthread_mutex_lock(&all->lock);
    struct snapshot *old = all->first;
    all->first = first;
    pthread_mutex_unlock(&all->lock);
    put_list(all, old);
}

/* Makes the searches that were in use before a change, of editions that have been read again. */
static void search_again(struct snapshots *all) {
    const struct view_search *unused;
    struct errinfo info;
    errinfo_init(&info);
    for (struct snapshot *s = all->first; s != NULL; s = s->next) {
        if (s->was_searched && snapshot_search(s, &unused, &info) != ERR_OK)
            log_line(LOG_WARN, "service", "no search: %s", info.message);
        s->was_searched = false;
    }
}

int64_t snapshots_refresh(struct snapshots *all) {
    struct errinfo info;
    int64_t version;
    errinfo_init(&info);
    pthread_mutex_lock(&all->loader);
    if (store_version(all->reader, &version, &info) != ERR_OK) {
        log_line(LOG_WARN, "service", "the database does not tell its version: %s", info.message);
    } else if (version != all->version) {
        load_all_again(all);
        all->version = version;
    } else {
        /* At the call after a change, which need not wait to be shown: of 100,000 organisations a
         * search takes two seconds, and 100 MiB when the old one is gone. */
        search_again(all);
    }
    version = all->version;
    pthread_mutex_unlock(&all->loader);
    return version;
}

enum err snapshots_get(struct snapshots *all, struct str edition, struct snapshot **out,
                       struct errinfo *info) {
    enum err e = ERR_OK;
    bool is_known;
    *out = find_kept(all, edition, &is_known);
    if (*out != NULL)
        return ERR_OK;
    if (!is_known)
        return err_set(info, ERR_NOT_FOUND, "there is no edition \"%.*s\"", STR_ARG(edition));
    pthread_mutex_lock(&all->loader);
    *out = find_kept(all, edition, &is_known);
    if (*out == NULL)
        e = load_and_keep(all, edition, out, info);
    pthread_mutex_unlock(&all->loader);
    return e;
}
