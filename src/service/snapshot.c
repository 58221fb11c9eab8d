/*
 * Snapshots: see snapshot.h.
 *
 * One lock guards the list and is never held while loading: the others go on with what there is. A
 * second one makes loading one thread's at a time, a third one refreshing. What a refresh makes
 * beside the views is made without the loader's lock, so that an edition nobody has asked for yet
 * can be loaded meanwhile. However quickly changes come, there is one refresh at a time, and the
 * next one takes all that have come since. A snapshot counts its users, the list being one.
 */
#include "service/snapshot.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/threads.h"

struct snapshot {
    struct snapshot *next;
    struct snapshot *before; /* what it will replace, while it is being made */
    struct view *view;
    bool is_default; /* what an empty code stands for */
    atomic_uint users;
    struct map_shelf *shelf; /* borrowed */
    pthread_mutex_t lock;    /* of what follows */
    struct arena arena;
    struct chain_drawing **map[LANGS]; /* [view->chains] NULL until asked for */
    struct bill_drawing **bill[LANGS]; /* [view->scenarios] the same */
    pthread_mutex_t directory_lock;
    struct directory *directory; /* NULL until asked for */
    pthread_mutex_t search_lock;
    struct view_search *search; /* NULL until asked for */
};

struct snapshots {
    pthread_mutex_t refresher; /* held while all is made anew */
    pthread_mutex_t loader;    /* held while a view is loaded; guards the reader, the version, and
                                  changes of the list */
    pthread_mutex_t lock;      /* of the list; taken last */
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
    pthread_mutex_destroy(&s->directory_lock);
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
    pthread_mutex_init(&s->directory_lock, NULL);
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
    pthread_mutex_lock(&s->directory_lock);
    if (s->directory == NULL)
        e = directory_new(s->view, &s->directory, info);
    *out = s->directory;
    pthread_mutex_unlock(&s->directory_lock);
    return e;
}

static bool has_directory(struct snapshot *s) {
    pthread_mutex_lock(&s->directory_lock);
    bool has = s->directory != NULL;
    pthread_mutex_unlock(&s->directory_lock);
    return has;
}

static enum err make_search(struct snapshot *s, const struct job *job,
                            const struct view_search **out, struct errinfo *info) {
    enum err e = ERR_OK;
    pthread_mutex_lock(&s->search_lock);
    if (s->search == NULL)
        e = view_search_new(s->view, job, &s->search, info);
    *out = s->search;
    pthread_mutex_unlock(&s->search_lock);
    return e;
}

static bool has_search(struct snapshot *s) {
    pthread_mutex_lock(&s->search_lock);
    bool has = s->search != NULL;
    pthread_mutex_unlock(&s->search_lock);
    return has;
}

enum err snapshot_search(struct snapshot *s, const struct view_search **out, struct errinfo *info) {
    const struct job job = {.threads = threads_available()};
    return make_search(s, &job, out, info);
}

enum err snapshot_filter_set(struct snapshot *s, enum directory_key key, struct str value,
                             struct arena *arena, struct directory_filter *filter,
                             struct errinfo *info) {
    const struct view_search *search = NULL;
    enum err e = key == DIRECTORY_WORDS ? snapshot_search(s, &search, info) : ERR_OK;
    return e == ERR_OK ? directory_filter_set(s->view, search, key, value, arena, filter, info) : e;
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
    pthread_mutex_init(&all->refresher, NULL);
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
    pthread_mutex_destroy(&all->refresher);
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

/* The same edition as the database holds it now; NULL when it cannot be loaded. The caller holds
 * the loader's lock. */
static struct snapshot *load_again(struct snapshots *all, struct snapshot *old) {
    struct snapshot *fresh;
    struct errinfo info;
    errinfo_init(&info);
    if (snapshot_load(all, old->is_default ? STR("") : code_of(old), &fresh, &info) != ERR_OK) {
        log_line(LOG_WARN, "service", "edition %.*s is not read again: %s", STR_ARG(code_of(old)),
                 info.message);
        return NULL;
    }
    fresh->is_default = old->is_default;
    fresh->before = old;
    return fresh;
}

static bool holds(const struct snapshot *list, struct str code) {
    while (list != NULL && !str_equal(code_of(list), code))
        list = list->next;
    return list != NULL;
}

/* Reads all editions that are kept again; the caller holds the loader's lock. The default comes
 * first, because it may now be one that is also kept under its code. */
static struct snapshot *load_all_again(struct snapshots *all) {
    struct snapshot *first = NULL, **end = &first;
    for (int of_default = 1; of_default >= 0; of_default--)
        for (struct snapshot *old = all->first; old != NULL; old = old->next) {
            if (old->is_default != of_default || (!old->is_default && holds(first, code_of(old))))
                continue;
            *end = load_again(all, old);
            if (*end != NULL)
                end = &(*end)->next;
        }
    return first;
}

/* Makes what had been asked of the snapshot before. Half of the cores are left to the requests. */
static void furnish(struct snapshot *fresh) {
    const struct directory *directory;
    const struct view_search *search;
    const struct job job = {.threads = (threads_available() + 1) / 2};
    struct errinfo info;
    errinfo_init(&info);
    if (has_directory(fresh->before) && snapshot_directory(fresh, &directory, &info) != ERR_OK)
        log_line(LOG_WARN, "service", "no directory: %s", info.message);
    if (has_search(fresh->before) && make_search(fresh, &job, &search, &info) != ERR_OK)
        log_line(LOG_WARN, "service", "no search: %s", info.message);
}

/* Puts fresh snapshots in the place of those from `known` on. Those in front of it have come while
 * the fresh ones were made, and stay: they are no older. */
static void replace(struct snapshots *all, struct snapshot *known, struct snapshot *fresh,
                    int64_t version) {
    for (struct snapshot *s = fresh; s != NULL; s = s->next)
        s->before = NULL;
    pthread_mutex_lock(&all->loader);
    pthread_mutex_lock(&all->lock);
    struct snapshot **end = &all->first;
    while (*end != known)
        end = &(*end)->next;
    *end = fresh;
    all->version = version;
    pthread_mutex_unlock(&all->lock);
    pthread_mutex_unlock(&all->loader);
    put_list(all, known);
    /* Else the room of two stays taken: 465 MiB for 100,000 organisations. */
    mem_trim();
}

int64_t snapshots_refresh(struct snapshots *all) {
    struct snapshot *known = NULL, *fresh = NULL;
    struct errinfo info;
    int64_t version;
    errinfo_init(&info);
    pthread_mutex_lock(&all->refresher);
    pthread_mutex_lock(&all->loader);
    if (store_version(all->reader, &version, &info) != ERR_OK) {
        log_line(LOG_WARN, "service", "the database does not tell its version: %s", info.message);
        version = all->version;
    }
    bool has_changed = version != all->version;
    if (has_changed) {
        known = all->first;
        fresh = load_all_again(all);
    }
    pthread_mutex_unlock(&all->loader);
    for (struct snapshot *s = fresh; s != NULL; s = s->next)
        furnish(s);
    if (has_changed)
        replace(all, known, fresh, version);
    pthread_mutex_unlock(&all->refresher);
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
