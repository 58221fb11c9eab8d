/*
 * Search over everything of an edition (service/search.h).
 *
 * Its pages are cut by rank: the order is total but is made anew for each query, so there is no
 * place in it that outlives a change of the data. After one, a page may begin a few hits off.
 */
#include <stdio.h>

#include "api/codes.h"
#include "api/params.h"
#include "api/resources.h"
#include "service/search.h"

/* ---- hits ---- */

struct hit_row {
    struct str kind, key, address, name_en, name_zh;
    uint32_t typos, missing;
    int64_t rank;
};

static const struct api_field hit_fields[] = {
    API_CODE_AT(hit_row, kind, &api_kind_found, "What was found"),
    API_KEY_AT(hit_row, key, "Its code, or its number as text"),
    API_KEY_AT(hit_row, address, "Its address in the API"),
    API_TEXT_AT(hit_row, name_en, "Its name or title in English"),
    API_TEXT_AT(hit_row, name_zh, "Its name or title in Chinese"),
    API_U32_AS("typo_count", hit_row, typos, "Words of the query that match with a typo only"),
    API_U32_AS("missing_count", hit_row, missing, "Words of the query that match nowhere in it"),
};

const struct api_record api_hit = {.name = "Hit",
                                   .help = "What a search found",
                                   .field = hit_fields,
                                   .fields = API_COUNT(hit_fields)};

/* ---- what is said of all hits ---- */

struct found {
    uint32_t count[VIEW_SEARCH_KINDS];
    bool partial;
    uint32_t kinds; /* asked for, a bit each */
};

struct count_row {
    struct str kind;
    uint32_t count;
};

static const struct api_field count_fields[] = {
    API_CODE_AT(count_row, kind, &api_kind_found, "What was found"),
    API_U32_AS("count", count_row, count, "How many"),
};

static const struct api_record api_hit_count = {.name = "HitCount",
                                                .help = "How many hits of a kind there are",
                                                .field = count_fields,
                                                .fields = API_COUNT(count_fields)};

static struct api_rows found_counts(struct api_scope *scope, const void *row) {
    const struct found *found = row;
    struct count_row *rows = api_new_rows(scope, VIEW_SEARCH_KINDS, sizeof(*rows));
    for (uint32_t kind = 0; rows != NULL && kind < VIEW_SEARCH_KINDS; kind++)
        rows[kind] =
            (struct count_row){str_of(kind_code(&api_kind_found, kind + 1)), found->count[kind]};
    return API_ROWS(rows, rows != NULL ? VIEW_SEARCH_KINDS : 0);
}

static const struct api_field found_fields[] = {
    API_MANY("counts", &api_hit_count, found_counts, "Hits by kind, those not asked for included"),
    API_BOOL_AT(found, partial, "Whether the query was so broad that hits may be missing"),
};

const struct api_record api_found = {.name = "Found",
                                     .help = "What is said of all hits of a search",
                                     .field = found_fields,
                                     .fields = API_COUNT(found_fields)};

/* ---- the list ---- */

/* A hit that is named by a code or, with an empty code, by a number. */
static bool name_hit(struct api_scope *scope, struct hit_row *row, const char *list,
                     struct str code, int64_t id) {
    row->key = code.len > 0 ? code : arena_printf(scope->arena, "%lld", (long long)id);
    if (row->key.ptr != NULL)
        row->address = arena_printf(scope->arena, "/api/v1/%s/%.*s", list, STR_ARG(row->key));
    if (row->key.ptr != NULL && row->address.ptr != NULL)
        return true;
    api_fail(scope, err_memory(scope->info));
    return false;
}

#define NAMES_OF(row, prefix)                                                                      \
    do {                                                                                           \
        hit->name_en = (row)->prefix##_en;                                                         \
        hit->name_zh = (row)->prefix##_zh;                                                         \
    } while (0)

static bool fill_hit(struct api_scope *scope, const struct view_search_hit *at,
                     struct hit_row *hit) {
    const struct view *view = scope->view;
    switch (at->kind) {
    case VIEW_SEARCH_ORGANISATION:
        NAMES_OF(&view->organisation[at->index], name);
        return name_hit(scope, hit, "organisations", STR(""), view->organisation[at->index].id);
    case VIEW_SEARCH_NODE:
        NAMES_OF(&view->node[at->index], name);
        return name_hit(scope, hit, "nodes", view->node[at->index].code, 0);
    case VIEW_SEARCH_EXHIBIT:
        NAMES_OF(&view->exhibit[at->index], name);
        return name_hit(scope, hit, "exhibits", STR(""), view->exhibit[at->index].id);
    case VIEW_SEARCH_PROGRAMME:
        NAMES_OF(&view->programme[at->index], title);
        return name_hit(scope, hit, "programme", view->programme[at->index].code, 0);
    case VIEW_SEARCH_CHAIN:
        NAMES_OF(&view->chain[at->index], name);
        return name_hit(scope, hit, "chains", view->chain[at->index].code, 0);
    case VIEW_SEARCH_SCENARIO:
        NAMES_OF(&view->scenario[at->index], name);
        return name_hit(scope, hit, "scenarios", view->scenario[at->index].code, 0);
    case VIEW_SEARCH_PAVILION:
        NAMES_OF(&view->pavilion[at->index], name);
        return name_hit(scope, hit, "pavilions", STR(""), view->pavilion[at->index].id);
    case VIEW_SEARCH_KINDS:
        break;
    }
    return false;
}

/* The hits of one page, and one more to know whether there is another page. */
static enum err take_hits(struct api_call *call, const struct view_search *search,
                          const struct search_result *result, struct api_page *page,
                          struct errinfo *info) {
    const struct found *found = call->filter;
    int64_t from = call->has_cursor && call->after.id >= 0 ? call->after.id + 1 : 0;
    uint32_t max = (uint32_t)call->limit + 1, count = 0;
    struct view_search_hit *hits = api_new_rows(&call->scope, max, sizeof(*hits));
    struct hit_row *rows = api_new_rows(&call->scope, max, sizeof(*rows));
    if (hits == NULL || rows == NULL)
        return call->scope.failed;
    if (from < UINT32_MAX - (int64_t)max) {
        enum err e =
            view_search_top(search, result, found->kinds, (uint32_t)from, hits, max, &count, info);
        if (e != ERR_OK)
            return e;
    }
    for (uint32_t i = 0; i < count; i++) {
        rows[i] = (struct hit_row){.kind = str_of(kind_code(&api_kind_found, hits[i].kind + 1U)),
                                   .typos = hits[i].typos,
                                   .missing = hits[i].missing,
                                   .rank = from + i};
        if (!fill_hit(&call->scope, &hits[i], &rows[i]))
            return call->scope.failed;
        api_page_take(page, &rows[i], true);
    }
    page->total = 0;
    for (uint32_t kind = 0; kind < VIEW_SEARCH_KINDS; kind++)
        page->total += (found->kinds >> kind & 1) != 0 ? found->count[kind] : 0;
    return ERR_OK;
}

static enum err gather_hits(struct api_call *call, struct api_page *page, struct errinfo *info) {
    const struct view_search *search;
    struct search_result result = {0};
    struct found *found = arena_new(call->scope.arena, 1, sizeof(*found));
    uint32_t kind = kind_of_code(&api_kind_found, api_call_value(call, &api_param_found_kind));
    if (found == NULL)
        return err_memory(info);
    call->filter = found;
    found->kinds = kind > 0 ? 1U << (kind - 1) : (1U << VIEW_SEARCH_KINDS) - 1;
    enum err e = snapshot_search(call->scope.snapshot, &search, info);
    if (e != ERR_OK)
        return e;
    e = view_search_find(search, api_call_value(call, &api_param_query), &result, info);
    if (e == ERR_LIMIT)
        api_call_problem(call, API_PROBLEM_INVALID_PARAMETER, api_param_query.name, e);
    if (e == ERR_OK) {
        memcpy(found->count, result.counts, sizeof(found->count));
        found->partial = result.partial;
        e = take_hits(call, search, &result, page, info);
    }
    search_result_release(&result);
    return e;
}

static struct api_position place_hit(struct api_call *call, const void *row) {
    return (struct api_position){.id = ((const struct hit_row *)row)->rank};
}

const struct api_list api_list_hits = {
    .gather = gather_hits, .position = place_hit, .extra = &api_found};
