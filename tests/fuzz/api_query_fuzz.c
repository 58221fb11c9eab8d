/*
 * Whatever a client sends as query and cursor: it is read or refused with the parameter named, what
 * is taken is within its limits, and a cursor that is taken is one that we write, letter for
 * letter. The first byte chooses the route.
 */
#include "api/cursor.h"
#include "api/query.h"

enum { MEMORY_MAX = 1 << 20, CURSOR_MAX = 2 * API_CURSOR_BYTES_MAX };

static void check_cursor(struct str text, struct arena *arena) {
    struct api_cursor cursor;
    struct buf again;
    if (api_cursor_read(text, arena, &cursor, NULL) != ERR_OK)
        return;
    buf_init(&again, CURSOR_MAX);
    if (api_cursor_write(&cursor, &again, NULL) != ERR_OK || !str_equal(buf_str(&again), text))
        __builtin_trap();
    buf_release(&again);
}

static void check_taken(const struct api_call *call) {
    if (call->limit < 1 || call->limit > API_LIMIT_MAX)
        __builtin_trap();
    if (call->has_cursor && api_call_value(call, &api_param_cursor).ptr == NULL)
        __builtin_trap();
    for (uint32_t i = 0; call->route->param[i] != NULL; i++) {
        const struct api_param *param = call->route->param[i];
        struct str value = call->value[i];
        if (value.ptr == NULL)
            continue;
        if (param->type == API_CODE && kind_of_code(param->kind, value) == 0)
            __builtin_trap();
        if (param->type == API_INTEGER &&
            (call->integer[i] < param->min || call->integer[i] > param->max))
            __builtin_trap();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct http_param *query;
    struct errinfo info;
    struct arena arena;
    if (size == 0 || size > HTTP_TARGET_SIZE_MAX)
        return 0;
    arena_init(&arena, MEMORY_MAX);
    errinfo_init(&info);
    const struct str text = {(const char *)data + 1, size - 1};
    struct http_request request = {.arena = &arena, .params = {STR("1"), STR("1")}};
    struct api_call call = {.route = &api_routes[data[0] % api_routes_count],
                            .request = &request,
                            .scope = {.arena = &arena, .info = &info}};
    check_cursor(text, &arena);
    if (http_query_decode(&arena, text, &query, &request.query_count, NULL) == ERR_OK) {
        request.query = query;
        enum err e = api_query_read(&call, &info);
        if (e == ERR_OK)
            check_taken(&call);
        else if (call.problem == API_PROBLEM_NONE || call.problem_param == NULL ||
                 info.message[0] == '\0')
            __builtin_trap();
        (void)api_query_filters(&call);
    }
    arena_release(&arena);
    return 0;
}
