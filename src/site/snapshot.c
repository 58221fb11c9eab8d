/*
 * Snapshots: see snapshot.h.
 *
 * One lock guards the list; it is held for the question "has the database changed" and, by the one
 * thread that finds it has, not while loading: the others go on with the old picture. A snapshot
 * holds a count of its users and one for the list.
 */
#include "site/snapshot.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "site/map_label.h"

enum {
    ASK_EVERY_NS = 250 * 1000 * 1000,
    LAYOUT_DEADLINE_NS = 1000 * 1000 * 1000, /* a catalogue of thousands of nodes: good enough */
};

struct snapshot {
    struct snapshot *next;
    struct view *view;
    bool is_default; /* what an empty code stands for */
    atomic_uint users;
    pthread_mutex_t lock; /* of what follows */
    struct arena arena;
    struct chain_drawing **drawing; /* [view->chains] NULL until asked for */
};

struct snapshots {
    pthread_mutex_t lock;   /* of the list and its times */
    pthread_mutex_t loader; /* held while a view is loaded; guards the reader */
    struct store_reader *reader;
    struct snapshot *first;
    int64_t version;
    int64_t asked_ns;
};

const struct view *snapshot_view(const struct snapshot *snapshot) {
    return snapshot->view;
}

static void snapshot_free(struct snapshot *s) {
    view_free(s->view);
    arena_release(&s->arena);
    pthread_mutex_destroy(&s->lock);
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
    arena_init(&s->arena, (size_t)1 << 30);
    atomic_init(&s->users, 1);
    enum err e = view_load(all->reader, edition, &job, &s->view, info);
    if (e == ERR_OK) {
        s->drawing = arena_new(&s->arena, s->view->chains + 1, sizeof(struct chain_drawing *));
        if (s->drawing == NULL)
            e = err_memory(info);
    }
    if (e != ERR_OK) {
        snapshot_free(s);
        return e;
    }
    *out = s;
    return ERR_OK;
}

/* Links with both ends in the chain, and which of its places the ends are. */
static bool gather_links(const struct view *view, const struct chain_summary *chain,
                         struct arena *arena, struct chain_drawing *drawing) {
    const struct chain_report *report = view->report;
    const struct chain_graph *graph = report->input.graph;
    struct u64_map place_of = {0};
    uint32_t *link = arena_new(arena, graph->links + 1, sizeof(*link));
    uint32_t *input = arena_new(arena, graph->links + 1, sizeof(*input));
    uint32_t *output = arena_new(arena, graph->links + 1, sizeof(*output));
    bool ok = link != NULL && input != NULL && output != NULL;
    for (uint32_t p = 0; ok && p < chain->places; p++)
        ok = u64_map_put(&place_of, report->place[chain->place_first + p].node, p);
    for (uint32_t l = 0; ok && l < graph->links; l++) {
        uint32_t from = u64_map_get(&place_of, graph->input[l]);
        uint32_t to = u64_map_get(&place_of, graph->output[l]);
        if (from == MAP_NONE || to == MAP_NONE)
            continue;
        link[drawing->links] = l;
        input[drawing->links] = from;
        output[drawing->links++] = to;
    }
    u64_map_release(&place_of);
    drawing->link = link;
    drawing->input = input;
    drawing->output = output;
    return ok;
}

static enum map_lane lane_of(uint8_t stage) {
    return stage < CHAIN_STAGE_UNKNOWN ? (enum map_lane)stage : MAP_UNSTAGED;
}

/* Sorts places by column and height; insertion sort, because columns hold some dozens of boxes. */
static void sort_places(const struct map_layout *layout, uint32_t *order, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        const struct map_box *box = &layout->boxes[i];
        uint32_t at = i;
        for (; at > 0; at--) {
            const struct map_box *before = &layout->boxes[order[at - 1]];
            if (before->column < box->column ||
                (before->column == box->column && before->y <= box->y))
                break;
            order[at] = order[at - 1];
        }
        order[at] = i;
    }
}

static enum err draw_map(struct snapshot *s, uint32_t chain, struct chain_drawing *drawing,
                         struct errinfo *info) {
    static const uint32_t weights[CHAIN_LINK_KINDS] = {
        [CHAIN_ESSENTIAL] = 4, [CHAIN_OPTIONAL] = 2, [CHAIN_CAPITAL] = 1};
    const struct view *view = s->view;
    const struct chain_summary *summary = &view->report->chain[chain];
    struct job job = {.deadline_ns = clock_monotonic_ns() + LAYOUT_DEADLINE_NS};
    struct map_node *nodes = arena_new(&s->arena, summary->places + 1, sizeof(*nodes));
    uint32_t *order = arena_new(&s->arena, summary->places + 1, sizeof(*order));
    if (nodes == NULL || order == NULL || !gather_links(view, summary, &s->arena, drawing))
        return err_memory(info);
    struct map_link *links = arena_new(&s->arena, drawing->links + 1, sizeof(*links));
    if (links == NULL)
        return err_memory(info);
    for (uint32_t p = 0; p < summary->places; p++) {
        const struct chain_place *place = &view->report->place[summary->place_first + p];
        struct map_label label = map_label_break(view->node[place->node].name_en);
        nodes[p] =
            (struct map_node){lane_of(place->stage), MAP_BOX_WIDTH, map_label_height(&label)};
    }
    for (uint32_t l = 0; l < drawing->links; l++)
        links[l] = (struct map_link){drawing->input[l], drawing->output[l],
                                     weights[view->report->input.graph->kind[drawing->link[l]]]};
    const struct map_input in = {nodes, summary->places, links, drawing->links};
    enum err e = map_lay_out(&in, NULL, &s->arena, &job, &drawing->layout, info);
    if (e != ERR_OK)
        return e;
    sort_places(&drawing->layout, order, summary->places);
    drawing->order = order;
    return ERR_OK;
}

enum err snapshot_map(struct snapshot *s, uint32_t chain, const struct chain_drawing **out,
                      struct errinfo *info) {
    enum err e = ERR_OK;
    pthread_mutex_lock(&s->lock);
    if (s->drawing[chain] == NULL) {
        struct chain_drawing *drawing = arena_new(&s->arena, 1, sizeof(*drawing));
        e = drawing == NULL ? err_memory(info) : draw_map(s, chain, drawing, info);
        if (e == ERR_OK)
            s->drawing[chain] = drawing;
    }
    *out = s->drawing[chain];
    pthread_mutex_unlock(&s->lock);
    return e;
}

enum err snapshots_new(const char *database, struct snapshots **out, struct errinfo *info) {
    struct snapshots *all = mem_new(1, sizeof(*all));
    if (all == NULL)
        return err_memory(info);
    enum err e = store_reader_open(database, &all->reader, info);
    if (e != ERR_OK) {
        mem_free(all);
        return e;
    }
    pthread_mutex_init(&all->lock, NULL);
    pthread_mutex_init(&all->loader, NULL);
    *out = all;
    return ERR_OK;
}

void snapshots_put(struct snapshots *all, struct snapshot *snapshot) {
    if (snapshot != NULL && atomic_fetch_sub(&snapshot->users, 1) == 1)
        snapshot_free(snapshot);
}

/* Takes all snapshots off the list; the caller holds the list's lock. */
static void forget_all(struct snapshots *all) {
    while (all->first != NULL) {
        struct snapshot *next = all->first->next;
        snapshots_put(all, all->first);
        all->first = next;
    }
}

void snapshots_free(struct snapshots *all) {
    if (all == NULL)
        return;
    forget_all(all);
    store_reader_close(all->reader);
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
    atomic_store(&(*out)->users, 2);
    pthread_mutex_lock(&all->lock);
    (*out)->next = all->first;
    all->first = *out;
    pthread_mutex_unlock(&all->lock);
    return ERR_OK;
}

/* Asks for the database's version when it is time to; the caller holds the loader's lock. */
static void forget_when_changed(struct snapshots *all) {
    struct errinfo info;
    int64_t version, now = clock_monotonic_ns();
    if (now - all->asked_ns < ASK_EVERY_NS)
        return;
    if (store_version(all->reader, &version, &info) != ERR_OK) {
        log_line(LOG_WARN, "site", "the database does not tell its version: %s", info.message);
        return;
    }
    pthread_mutex_lock(&all->lock);
    if (version != all->version)
        forget_all(all);
    all->version = version;
    all->asked_ns = now;
    pthread_mutex_unlock(&all->lock);
}

enum err snapshots_get(struct snapshots *all, struct str edition, struct snapshot **out,
                       struct errinfo *info) {
    enum err e = ERR_OK;
    bool is_known;
    /* Whoever finds the loader busy is content with what there is. */
    if (pthread_mutex_trylock(&all->loader) == 0) {
        forget_when_changed(all);
        pthread_mutex_unlock(&all->loader);
    }
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
