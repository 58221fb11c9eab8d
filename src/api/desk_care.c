/* Care of the database: a copy to take away, and the check. */
#include "api/desk.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/desk_parts.h"
#include "base/clock.h"
#include "service/desk.h"
#include "service/desk_copy.h"

enum { FILE_NAME_MAX = 64 };

/* ---- the copy ---- */

enum err api_draw_backup(struct api_call *call, struct errinfo *info) {
    char name[FILE_NAME_MAX], day[CLOCK_TEXT_MAX];
    struct stat status;
    int file = -1;
    enum err e = desk_copy_open(desk_options(call->desk)->database, &file, info);
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
