/* Errors: see err.h. Plain buffers inside the struct, so that reporting needs no memory. */
#include "base/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

void errinfo_init(struct errinfo *info) {
    if (info != NULL)
        memset(info, 0, sizeof(*info));
}

enum err err_set(struct errinfo *info, enum err code, const char *format, ...) {
    if (info == NULL)
        return code;
    errinfo_init(info);
    info->code = code;
    va_list args;
    va_start(args, format);
    vsnprintf(info->message, sizeof(info->message), format, args);
    va_end(args);
    return code;
}

void err_hint(struct errinfo *info, const char *format, ...) {
    if (info == NULL)
        return;
    va_list args;
    va_start(args, format);
    vsnprintf(info->hint, sizeof(info->hint), format, args);
    va_end(args);
}

void err_at(struct errinfo *info, const char *file, long line, long column) {
    if (info == NULL)
        return;
    if (file != NULL)
        snprintf(info->file, sizeof(info->file), "%s", file);
    if (line > 0)
        info->line = line;
    if (column > 0)
        info->column = column;
}

enum err err_memory(struct errinfo *info) {
    return err_set(info, ERR_MEMORY, "out of memory");
}

enum err err_errno(struct errinfo *info, const char *action, const char *what) {
    int saved = errno;
    return err_set(info, saved == ENOENT ? ERR_NOT_FOUND : ERR_IO, "cannot %s %s: %s", action, what,
                   strerror(saved));
}

const char *err_name(enum err code) {
    switch (code) {
    case ERR_OK:
        return "ok";
    case ERR_MEMORY:
        return "memory";
    case ERR_IO:
        return "io";
    case ERR_INPUT:
        return "input";
    case ERR_LIMIT:
        return "limit";
    case ERR_NOT_FOUND:
        return "not-found";
    case ERR_CONFLICT:
        return "conflict";
    case ERR_DENIED:
        return "denied";
    case ERR_STOPPED:
        return "stopped";
    case ERR_STORE:
        return "store";
    case ERR_INTERNAL:
        return "internal";
    }
    return "unknown";
}

void err_format(const struct errinfo *info, char *out, unsigned long size) {
    char place[ERR_NAME_MAX + 64] = "";
    if (info->file[0] != '\0' && info->line > 0 && info->column > 0)
        snprintf(place, sizeof(place), "%s:%ld:%ld: ", info->file, info->line, info->column);
    else if (info->file[0] != '\0' && info->line > 0)
        snprintf(place, sizeof(place), "%s:%ld: ", info->file, info->line);
    else if (info->file[0] != '\0')
        snprintf(place, sizeof(place), "%s: ", info->file);
    else if (info->line > 0)
        snprintf(place, sizeof(place), "line %ld: ", info->line);
    if (info->hint[0] != '\0')
        snprintf(out, size, "%s%s. %s", place, info->message, info->hint);
    else
        snprintf(out, size, "%s%s", place, info->message);
}
