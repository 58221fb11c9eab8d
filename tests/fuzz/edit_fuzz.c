/*
 * Any bytes as a request of edits and as settings of an upload: what is read is applied to a small
 * expo and taken back. A refusal has words, a request is never the fault of the store or of the
 * program, and what a refused or taken back request leaves is nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "service/edit_json.h"
#include "service/upload_settings.h"

enum { ARENA_BYTES_MAX = 64 << 20, OPERATIONS_MAX = 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum err apply(struct store *store, const struct edit_request *request,
                      struct errinfo *info) {
    struct store_batch batch = {.kind = "edit", .actor = STR("fuzz"), .note = STR("fuzz")};
    struct access access = access_local();
    struct edit_outcome outcome;
    int64_t batch_id;
    edit_outcome_init(&outcome);
    enum err code = edit_run(store, &access, &batch, request, true, &outcome, &batch_id, info);
    edit_outcome_release(&outcome);
    return code;
}

static enum err read_request(struct str text, struct arena *arena, struct edit_request *request,
                             struct errinfo *info) {
    const struct json_value *json;
    enum err code = json_read(text, NULL, arena, &json, info);
    return code == ERR_OK ? edit_request_read(json, arena, request, info) : code;
}

/* The expo is made by a request, too. */
static struct store *make_store(void) {
    static const char expo[] =
        "[{\"op\":\"create\",\"table\":\"edition\",\"id\":\"$e\",\"values\":{\"code\":\"2025\","
        "\"name_en\":\"E\",\"current\":true}},{\"op\":\"create\",\"table\":\"organisation\",\"id\":"
        "\"$o\",\"values\":{\"name_en\":\"A\"}},{\"op\":\"create\",\"table\":\"exhibitor\","
        "\"values\":{\"edition_id\":\"$e\",\"organisation_id\":\"$o\"}},{\"op\":\"create\","
        "\"table\":\"node\",\"values\":{\"code\":\"n\",\"kind\":\"product\",\"name_en\":\"N\"}}]";
    char path[64];
    struct store *store;
    struct arena arena;
    struct edit_request request;
    struct edit_outcome outcome;
    struct store_batch batch = {.kind = "edit", .actor = STR("fuzz"), .note = STR("fuzz")};
    struct access access = access_local();
    int64_t batch_id;
    snprintf(path, sizeof(path), "/tmp/fairlead-fuzz-%ld", (long)getpid());
    arena_init(&arena, ARENA_BYTES_MAX);
    edit_outcome_init(&outcome);
    if (store_create(path, &store, NULL) != ERR_OK ||
        read_request(str_of(expo), &arena, &request, NULL) != ERR_OK ||
        edit_run(store, &access, &batch, &request, false, &outcome, &batch_id, NULL) != ERR_OK)
        abort();
    edit_outcome_release(&outcome);
    arena_release(&arena);
    unlink(path); /* the open file stays until the end */
    return store;
}

static void try_settings(struct str text, struct arena *arena) {
    struct upload_settings settings;
    struct errinfo info;
    errinfo_init(&info);
    enum err code = upload_settings_read(text, arena, &settings, &info);
    if (code != ERR_OK && info.message[0] == '\0')
        abort();
    for (uint32_t i = 1; code == ERR_OK && i < settings.amendments.cell_count; i++)
        if (settings.amendments.cells[i].record < settings.amendments.cells[i - 1].record)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct store *store;
    struct str text = {(const char *)data, size};
    struct arena arena;
    struct edit_request request;
    struct errinfo info;
    int64_t before, after;
    if (store == NULL)
        store = make_store();
    errinfo_init(&info);
    arena_init(&arena, ARENA_BYTES_MAX);
    try_settings(text, &arena);
    enum err code = read_request(text, &arena, &request, &info);
    if (code == ERR_OK && request.operation_count <= OPERATIONS_MAX) {
        if (store_version(store_reader_of(store), &before, &info) != ERR_OK)
            abort();
        code = apply(store, &request, &info);
        if (code == ERR_STORE || code == ERR_INTERNAL ||
            store_version(store_reader_of(store), &after, &info) != ERR_OK || before != after)
            abort();
    }
    if (code != ERR_OK && info.message[0] == '\0')
        abort();
    arena_release(&arena);
    return 0;
}
