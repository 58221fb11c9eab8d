/*
 * Whatever target a client sends: what is taken is a clean path (starts with "/", no NUL, no
 * control character, no "." or ".." segment), encoding it again and decoding gives the same path,
 * and no path is longer than what was sent.
 */
#include "base/buf.h"
#include "http/path.h"
#include "http/route.h"

enum { MEMORY_MAX = 1 << 20 };

static void check_path(struct str path) {
    struct str rest = path, segment;
    if (path.len == 0 || path.ptr[0] != '/')
        __builtin_trap();
    for (size_t i = 0; i < path.len; i++)
        if ((unsigned char)path.ptr[i] < 0x20 || path.ptr[i] == 0x7F || path.ptr[i] == '\\')
            __builtin_trap();
    while (str_next(&rest, "/", &segment))
        if (str_equal_c(segment, ".") || str_equal_c(segment, ".."))
            __builtin_trap();
}

static void check_round_trip(struct arena *arena, struct str path) {
    struct buf encoded;
    struct str again;
    buf_init(&encoded, 3 * path.len);
    for (size_t i = 0; i < path.len; i++) {
        if (path.ptr[i] == '/')
            buf_add_char(&encoded, '/');
        else
            buf_printf(&encoded, "%%%02X", (unsigned char)path.ptr[i]);
    }
    if (buf_error(&encoded, NULL) != ERR_OK ||
        http_path_decode(arena, buf_str(&encoded), &again, NULL) != ERR_OK ||
        !str_equal(path, again))
        __builtin_trap();
    buf_release(&encoded);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str target = {(const char *)data, size}, raw_path, raw_query, path;
    struct str names[HTTP_ROUTE_PARAMS_MAX];
    struct http_param *params;
    struct arena arena;
    size_t count;
    if (size > HTTP_TARGET_SIZE_MAX)
        return 0;
    struct str host = http_target_host(target);
    if (host.ptr != NULL && memchr(host.ptr, '/', host.len) != NULL)
        __builtin_trap();
    arena_init(&arena, MEMORY_MAX);
    if (http_target_split(target, &raw_path, &raw_query, NULL) == ERR_OK) {
        if (http_path_decode(&arena, raw_path, &path, NULL) == ERR_OK) {
            if (path.len > size + 1)
                __builtin_trap();
            check_path(path);
            check_round_trip(&arena, path);
            (void)http_route_fits("/:edition/chains/:chain", path, names);
        }
        if (http_query_decode(&arena, raw_query, &params, &count, NULL) == ERR_OK)
            for (size_t i = 0; i < count; i++)
                if (memchr(params[i].value.ptr, 0, params[i].value.len) != NULL)
                    __builtin_trap();
    }
    arena_release(&arena);
    return 0;
}
