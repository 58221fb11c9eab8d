/*
 * The grid of a day: see programme_grid.h.
 *
 * Rows begin where an event begins or ends, so there are as many as the day needs and none is empty
 * by rule. In a column, events that overlap make one block; a block is a cell that spans its rows.
 * An open end is taken as an hour.
 */
#include "site/programme_grid.h"

#include <stdlib.h>

#include "model/kinds.h"
#include "site/parts.h"
#include "site/programme_parts.h"

enum { OPEN_END_MINUTES = 60, DAY_MINUTES = 24 * 60 };

struct span {
    uint32_t entry, column;
    uint32_t from, to; /* minutes of the day */
};

struct grid {
    struct page *page;
    bool by_chain;
    struct span *span; /* by column and beginning */
    uint32_t spans;
    uint32_t *column; /* an entry that stands for each column */
    uint32_t columns;
    uint32_t *edge; /* where rows begin and the last one ends */
    uint32_t edges;
};

static uint32_t minutes_of(struct str time) {
    uint32_t hour = 0, minute = 0;
    if (time.len == 5) {
        (void)str_to_u32(str_sub(time, 0, 2), &hour);
        (void)str_to_u32(str_sub(time, 3, 5), &minute);
    }
    return hour * 60 + minute;
}

static bool share_column(const struct grid *g, uint32_t a, uint32_t b) {
    const struct view_programme_entry *x = &g->page->view->programme[a],
                                      *y = &g->page->view->programme[b];
    return g->by_chain ? x->area_index == y->area_index
                       : str_equal(x->place_en, y->place_en) && str_equal(x->place_zh, y->place_zh);
}

static uint32_t column_of(const struct grid *g, uint32_t entry) {
    uint32_t c = 0;
    while (c < g->columns && !share_column(g, g->column[c], entry))
        c++;
    return c;
}

static struct lang_text column_name(const struct grid *g, uint32_t column) {
    const struct page *page = g->page;
    const struct view_programme_entry *e = &page->view->programme[g->column[column]];
    if (g->by_chain)
        return e->area_index != VIEW_NONE ? PICK(page, &page->view->area[e->area_index], name)
                                          : page_word(page, WORD_PROGRAMME_WHOLE);
    return e->place_en.len + e->place_zh.len > 0 ? PICK(page, e, place)
                                                 : page_word(page, WORD_PROGRAMME_NO_PLACE);
}

/* Adds a column where its name belongs, so that every day has the same order. */
static void add_column(struct grid *g, uint32_t entry) {
    uint32_t at = g->columns++;
    g->column[at] = entry;
    while (at > 0 && str_compare(column_name(g, at).text, column_name(g, at - 1).text) < 0) {
        uint32_t other = g->column[at - 1];
        g->column[at - 1] = g->column[at];
        g->column[at--] = other;
    }
}

static int by_number(const void *a, const void *b) {
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static int by_column(const void *a, const void *b) {
    const struct span *x = a, *y = b;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return x->from != y->from ? (x->from < y->from ? -1 : 1) : (x->to < y->to ? -1 : x->to > y->to);
}

static bool fill(struct grid *g, const uint32_t *entries, size_t count) {
    struct arena *arena = g->page->arena;
    g->span = arena_new(arena, count, sizeof(*g->span));
    g->column = arena_new(arena, count, sizeof(*g->column));
    g->edge = arena_new(arena, 2 * count, sizeof(*g->edge));
    if (g->span == NULL || g->column == NULL || g->edge == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        if (column_of(g, entries[i]) == g->columns)
            add_column(g, entries[i]);
    for (size_t i = 0; i < count; i++) {
        const struct view_programme_entry *e = &g->page->view->programme[entries[i]];
        struct span span = {.entry = entries[i], .from = minutes_of(e->start_time)};
        span.to = e->end_time.len > 0 ? minutes_of(e->end_time) : span.from + OPEN_END_MINUTES;
        if (span.to <= span.from || span.to > DAY_MINUTES)
            span.to = DAY_MINUTES; /* it ends on another day */
        span.column = column_of(g, entries[i]);
        g->span[g->spans++] = span;
        g->edge[g->edges++] = span.from;
        g->edge[g->edges++] = span.to;
    }
    qsort(g->span, g->spans, sizeof(*g->span), by_column);
    qsort(g->edge, g->edges, sizeof(*g->edge), by_number);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < g->edges; i++)
        if (kept == 0 || g->edge[kept - 1] != g->edge[i])
            g->edge[kept++] = g->edge[i];
    g->edges = kept;
    return true;
}

static void write_event(struct grid *g, uint32_t entry) {
    struct page *page = g->page;
    const struct view_programme_entry *e = &page->view->programme[entry];
    html_write(page->out, "<p><span class=\"hours\">%s</span> ", event_hours(page, e));
    event_link(page, e);
    event_state(page, e);
    html_write(page->out, " <small>%z</small>", part_kind(page, &kind_programme, e->kind));
    if (g->by_chain && e->place_en.len + e->place_zh.len > 0)
        html_write(page->out, " <small>%t</small>", PICK(page, e, place));
    buf_add_c(page->out, "</p>");
}

/* The block of a column that begins at `first`: where it ends, and the span behind it. */
static uint32_t block_end(const struct grid *g, uint32_t first, uint32_t *behind) {
    uint32_t to = g->span[first].to, i = first + 1;
    while (i < g->spans && g->span[i].column == g->span[first].column && g->span[i].from < to) {
        to = g->span[i].to > to ? g->span[i].to : to;
        i++;
    }
    *behind = i;
    return to;
}

/* The cell of a column in the row that begins at `from`: a block, nothing under one, or empty. */
static void write_cell(struct grid *g, uint32_t column, uint32_t from) {
    for (uint32_t i = 0; i < g->spans;) {
        uint32_t behind, to = block_end(g, i, &behind), rows = 0;
        if (g->span[i].column != column || from >= to || from < g->span[i].from) {
            i = behind;
            continue;
        }
        if (from > g->span[i].from)
            return; /* covered */
        for (uint32_t e = 0; e < g->edges; e++)
            rows += g->edge[e] >= from && g->edge[e] < to;
        html_write(g->page->out, "<td class=\"taken\" rowspan=\"%u\" data-place=\"%s\">", rows,
                   column_name(g, column).text);
        for (; i < behind; i++)
            write_event(g, g->span[i].entry);
        buf_add_c(g->page->out, "</td>");
        return;
    }
    buf_add_c(g->page->out, "<td></td>");
}

/* Whether a block begins then; where none does, a narrow screen has nothing to show. */
static bool begins(const struct grid *g, uint32_t minute) {
    for (uint32_t i = 0; i < g->spans;) {
        uint32_t behind;
        (void)block_end(g, i, &behind);
        if (g->span[i].from == minute)
            return true;
        i = behind;
    }
    return false;
}

enum err programme_grid(struct page *page, const uint32_t *entries, size_t count, bool by_chain,
                        struct errinfo *info) {
    struct grid g = {.page = page, .by_chain = by_chain};
    struct buf *out = page->out;
    if (count == 0)
        return ERR_OK;
    if (!fill(&g, entries, count))
        return err_memory(info);
    html_write(out,
               "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%z\">"
               "<table class=\"grid\"><thead><tr><th scope=\"col\">%z</th>",
               by_chain ? T(page, PROGRAMME_GRID_CHAINS) : T(page, PROGRAMME_GRID),
               T(page, PROGRAMME_TIME));
    for (uint32_t c = 0; c < g.columns; c++)
        html_write(out, "<th scope=\"col\">%t</th>", column_name(&g, c));
    buf_add_c(out, "</tr></thead><tbody>\n");
    for (uint32_t e = 0; e + 1 < g.edges; e++) {
        struct str time = arena_printf(page->arena, "%02u:%02u", g.edge[e] / 60, g.edge[e] % 60);
        html_write(out,
                   begins(&g, g.edge[e]) ? "<tr><th scope=\"row\">%s</th>"
                                         : "<tr class=\"idle\"><th scope=\"row\">%s</th>",
                   time);
        for (uint32_t c = 0; c < g.columns; c++)
            write_cell(&g, c, g.edge[e]);
        buf_add_c(out, "</tr>\n");
    }
    buf_add_c(out, "</tbody></table></div>\n");
    return ERR_OK;
}
