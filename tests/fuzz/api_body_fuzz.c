/*
 * Whatever a client sends as a body: it is read or refused with the member named, and what is taken
 * is within the limits of its table. Every body of the API reads it.
 */
#include <stdalign.h>

#include "api/route.h"

enum { MEMORY_MAX = 8 << 20, INPUT_MAX = 1 << 16, ROW_BYTES = 4096 };

static void check_body(const struct api_body *body, const void *row);

static void check_text(struct str text, int64_t bytes_max) {
    if ((int64_t)text.len > bytes_max)
        __builtin_trap();
}

static void check_member(const struct api_member *member, const void *at) {
    const struct api_body_texts *texts = at;
    const struct api_body_rows *rows = at;
    switch ((enum api_member_type)member->type) {
    case API_BODY_STR:
        check_text(*(const struct str *)at, member->max);
        break;
    case API_BODY_CODE:
        if (((const struct str *)at)->len > 0 &&
            kind_of_code(member->kind, *(const struct str *)at) == 0)
            __builtin_trap();
        break;
    case API_BODY_TEXTS:
        if (texts->count > member->max)
            __builtin_trap();
        for (uint32_t i = 0; i < texts->count; i++)
            check_text(texts->at[i], member->bytes_max);
        break;
    case API_BODY_ROWS:
        if (rows->count > member->max)
            __builtin_trap();
        for (uint32_t i = 0; i < rows->count; i++)
            check_body(member->row, (const char *)rows->at + (size_t)i * member->row_bytes);
        break;
    default:
        break;
    }
}

static void check_body(const struct api_body *body, const void *row) {
    for (uint32_t m = 0; m < body->members; m++)
        check_member(&body->member[m], (const char *)row + body->member[m].offset);
}

static void try_body(const struct api_body *body, struct str text) {
    static alignas(max_align_t) char row[ROW_BYTES];
    struct errinfo info;
    struct arena arena;
    arena_init(&arena, MEMORY_MAX);
    errinfo_init(&info);
    memset(row, 0, sizeof(row));
    const struct http_request request = {.arena = &arena, .body = text};
    struct api_call call = {.request = &request, .scope = {.arena = &arena, .info = &info}};
    enum err e = api_body_read(&call, body, row, &info);
    if (e == ERR_OK)
        check_body(body, row);
    else if (info.message[0] == '\0' || (e == ERR_INPUT && call.problem == API_PROBLEM_NONE))
        __builtin_trap();
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const struct api_body *bodies[API_BODIES_MAX];
    uint32_t count = api_all_bodies(bodies);
    for (uint32_t b = 0; b < count && size <= INPUT_MAX; b++)
        try_body(bodies[b], (struct str){(const char *)data, size});
    return 0;
}
