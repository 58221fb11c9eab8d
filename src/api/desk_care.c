/* Care of the database: a copy to take away, and the check. */
#include "api/desk.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/desk_parts.h"
#include "base/clock.h"
#include "service/desk.h"

enum { FILE_NAME_MAX = 64 };

/* ---- the copy ---- */

/* Opens a copy of the database that nothing names any more, so that it goes when it is closed. */
static enum err open_copy(const char *database, int *file, struct errinfo *info) {
    char path[4096];
    int used =
        snprintf(path, sizeof(path), "%s.download-%lld", database, (long long)clock_monotonic_ns());
    if (used < 0 || (size_t)used >= sizeof(path))
        return err_set(info, ERR_LIMIT, "the path of the database is too long");
    enum err e = store_backup(database, path, info);
    if (e != ERR_OK)
        return e;
    *file = open(path, O_RDONLY | O_CLOEXEC);
    if (*file < 0)
        e = err_errno(info, "open", path);
    unlink(path);
    return e;
}

enum err api_draw_backup(struct api_call *call, struct errinfo *info) {
    char name[FILE_NAME_MAX], day[CLOCK_TEXT_MAX];
    struct stat status;
    int file = -1;
    enum err e = open_copy(desk_options(call->desk)->database, &file, info);
    if (e != ERR_OK)
        return e;
    if (fstat(file, &status) != 0) {
        close(file);
        return err_errno(info, "read", "the copy");
    }
    http_reply_file(call->reply, file, status.st_size);
    clock_format(clock_wall_ms(), day);
    snprintf(name, sizeof(name), "expo-%.10s.fairlead", day);
    return http_reply_download(call->request, call->reply, str_of(name), info);
}

/* ---- the check ---- */

static void write_finding(void *ctx, const char *text) {
    json_text(ctx, str_of(text));
}

enum err api_draw_check(struct api_call *call, struct errinfo *info) {
    struct store_reader *reader;
    struct json_out json;
    enum err e = api_desk_reader(call, &reader, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "findings");
    json_open_list(&json);
    e = store_check(reader, NULL, write_finding, &json, info);
    json_close_list(&json);
    json_close(&json);
    return e;
}
