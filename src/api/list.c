/*
 * Lists: see list.h.
 *
 * A page holds the first `limit` rows behind the cursor; the rows before are counted for the total.
 * The next cursor is the place of the page's last row.
 */
#include "api/list.h"

#include <stdlib.h>

#include "api/cursor.h"
#include "api/query.h"

enum {
    CURSOR_TEXT_MAX = 2 * API_CURSOR_BYTES_MAX,
    LINK_BYTES_MAX = 1000, /* of the header's value; the server takes no longer ones */
};

bool api_position_is_behind(struct api_position place, struct api_position other) {
    int order = str_compare(place.text, other.text);
    return order > 0 || (order == 0 && place.id > other.id);
}

void api_page_take(struct api_page *page, const void *row, bool is_behind) {
    page->total++;
    if (!is_behind)
        return;
    if (page->count < page->limit)
        page->row[page->count++] = row;
    else
        page->has_more = true;
}

/* ---- gathering ---- */

struct sortable {
    struct api_position position;
    const void *row;
};

static int by_position(const void *a, const void *b) {
    const struct sortable *x = a, *y = b;
    return api_position_is_behind(x->position, y->position)   ? 1
           : api_position_is_behind(y->position, x->position) ? -1
                                                              : 0;
}

static enum err gather_sorted(struct api_call *call, struct api_rows rows, struct api_page *page,
                              struct errinfo *info) {
    const struct api_list *list = call->route->list;
    struct sortable *all = arena_new(call->scope.arena, rows.count + 1, sizeof(*all));
    size_t count = 0;
    if (all == NULL)
        return err_memory(info);
    for (size_t i = 0; i < rows.count; i++) {
        const void *row = api_row(rows, i);
        if (list->takes == NULL || list->takes(call, row))
            all[count++] = (struct sortable){list->position(call, row), row};
    }
    if (count > 0)
        qsort(all, count, sizeof(*all), by_position);
    for (size_t i = 0; i < count; i++)
        api_page_take(page, all[i].row,
                      !call->has_cursor || api_position_is_behind(all[i].position, call->after));
    return ERR_OK;
}

static enum err gather(struct api_call *call, struct api_page *page, struct errinfo *info) {
    const struct api_list *list = call->route->list;
    if (list->gather != NULL)
        return list->gather(call, page, info);
    struct api_rows rows = list->rows(&call->scope, NULL);
    if (call->scope.failed != ERR_OK)
        return call->scope.failed;
    if (!list->is_sorted)
        return gather_sorted(call, rows, page, info);
    bool is_behind = !call->has_cursor;
    for (size_t i = 0; i < rows.count; i++) {
        const void *row = api_row(rows, i);
        if (list->takes != NULL && !list->takes(call, row))
            continue;
        /* Places grow along the list: behind one that is behind, all are. */
        is_behind = is_behind || api_position_is_behind(list->position(call, row), call->after);
        api_page_take(page, row, is_behind);
    }
    return ERR_OK;
}

/* ---- the next page ---- */

/* The cursor behind the last row of the page, in the arena; ptr NULL on failure. */
static struct str next_cursor(struct api_call *call, const struct api_page *page,
                              struct errinfo *info) {
    const struct api_cursor cursor = {
        .list = str_of(call->route->id),
        .edition = view_this_edition(call->scope.view)->code,
        .filters = api_query_filters(call),
        .after = call->route->list->position(call, page->row[page->count - 1]),
    };
    struct str copy = {NULL, 0};
    struct buf text;
    buf_init(&text, CURSOR_TEXT_MAX);
    if (api_cursor_write(&cursor, &text, info) == ERR_OK) {
        copy = arena_copy(call->scope.arena, buf_str(&text));
        if (copy.ptr == NULL)
            err_memory(info);
    }
    buf_release(&text);
    return copy;
}

void api_add_encoded(struct buf *out, struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || (c != '\0' && strchr("-._~", c) != NULL);
        if (is_plain)
            buf_add_char(out, (char)c);
        else
            buf_printf(out, "%%%02X", c);
    }
}

static void add_link(struct api_call *call, struct str cursor) {
    struct str rest = call->request->path, segment;
    struct buf link;
    buf_init(&link, LINK_BYTES_MAX);
    buf_add_char(&link, '<');
    while (str_next(&rest, "/", &segment)) {
        if (segment.len == 0)
            continue;
        buf_add_char(&link, '/');
        api_add_encoded(&link, segment);
    }
    for (uint32_t i = 0; call->route->param[i] != NULL; i++) {
        const struct api_param *param = call->route->param[i];
        if (param->place != API_IN_QUERY || call->value[i].ptr == NULL ||
            param == &api_param_cursor)
            continue;
        buf_printf(&link, "%s%s=", memchr(link.ptr, '?', link.len) == NULL ? "?" : "&",
                   param->name);
        api_add_encoded(&link, call->value[i]);
    }
    buf_printf(&link, "%scursor=%.*s>; rel=\"next\"",
               link.len > 0 && memchr(link.ptr, '?', link.len) == NULL ? "?" : "&",
               STR_ARG(cursor));
    if (buf_error(&link, NULL) == ERR_OK) {
        struct str copy = arena_copy(call->scope.arena, buf_str(&link));
        if (copy.ptr != NULL)
            http_reply_header(call->reply, "Link", copy);
    }
    buf_release(&link);
}

/* ---- the reply ---- */

static enum err write_page(struct api_call *call, const struct api_page *page,
                           struct errinfo *info) {
    struct json_out json;
    struct str next = {NULL, 0};
    if (page->has_more) {
        next = next_cursor(call, page, info);
        if (next.ptr == NULL)
            return info != NULL ? info->code : ERR_MEMORY;
        add_link(call, next);
    }
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "items");
    json_open_list(&json);
    for (size_t i = 0; i < page->count; i++)
        api_write_row(&json, &call->scope, call->route->record, page->row[i], call->chosen);
    json_close_list(&json);
    json_key(&json, "next");
    if (next.ptr != NULL)
        json_text(&json, next);
    else
        json_none(&json);
    json_key_i64(&json, "total", (int64_t)page->total);
    if (call->route->list->extra != NULL)
        api_write_members(&json, &call->scope, call->route->list->extra, call->filter,
                          API_ALL_FIELDS);
    json_close(&json);
    return ERR_OK;
}

enum err api_list_answer(struct api_call *call, struct errinfo *info) {
    const struct api_list *list = call->route->list;
    struct api_page page = {.limit = call->limit};
    enum err e = ERR_OK;
    page.row = arena_new(call->scope.arena, call->limit, sizeof(*page.row));
    if (page.row == NULL)
        return err_memory(info);
    if (list->prepare != NULL)
        e = list->prepare(call, info);
    if (e == ERR_OK)
        e = gather(call, &page, info);
    return e == ERR_OK ? write_page(call, &page, info) : e;
}
