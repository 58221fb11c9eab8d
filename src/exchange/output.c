/*
 * Files that appear whole: see output.h. The order is the usual one: write, fsync the file, rename,
 * fsync the folder (rename(2), fsync(2)).
 */
#include "exchange/output.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAMES_TRIED = 100 };

static const char *temporary_folder(void) {
    const char *folder = getenv("TMPDIR");
    return folder != NULL && *folder != '\0' ? folder : "/tmp";
}

/* A device or a pipe must not be replaced by a file. */
static enum err check_target(const char *path, struct errinfo *info) {
    struct stat about;
    if (stat(path, &about) != 0 || S_ISREG(about.st_mode))
        return ERR_OK;
    err_set(info, ERR_INPUT, "%s is no ordinary file", path);
    err_hint(info, "Give the name of a file");
    return ERR_INPUT;
}

enum err output_open(struct output *o, const char *path, struct errinfo *info) {
    *o = (struct output){.fd = -1};
    if (path != NULL) {
        enum err code = check_target(path, info);
        if (code != ERR_OK)
            return code;
    }
    for (int i = 0; i < NAMES_TRIED && o->fd < 0; i++) {
        int len = path != NULL ? snprintf(o->temp, sizeof(o->temp), "%s.%ld-%d.part", path,
                                          (long)getpid(), i)
                               : snprintf(o->temp, sizeof(o->temp), "%s/fairlead-%ld-%d.part",
                                          temporary_folder(), (long)getpid(), i);
        if (len < 0 || (size_t)len >= sizeof(o->temp)) {
            o->temp[0] = '\0';
            return err_set(info, ERR_INPUT, "the name of the file is too long");
        }
        o->fd = open(o->temp, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, path != NULL ? 0666 : 0600);
        if (o->fd < 0 && errno != EEXIST)
            break;
    }
    if (o->fd < 0) {
        o->temp[0] = '\0';
        return err_errno(info, "create", path != NULL ? path : "a temporary file");
    }
    if (path != NULL)
        snprintf(o->path, sizeof(o->path), "%s", path);
    return ERR_OK;
}

void output_release(struct output *o) {
    if (o->fd >= 0)
        close(o->fd);
    if (o->temp[0] != '\0')
        unlink(o->temp);
    *o = (struct output){.fd = -1};
}

enum err output_write(struct output *o, struct str bytes, struct errinfo *info) {
    while (bytes.len > 0) {
        ssize_t put = write(o->fd, bytes.ptr, bytes.len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return err_errno(info, "write", o->path);
        bytes = str_sub(bytes, (size_t)put, bytes.len);
    }
    return ERR_OK;
}

static enum err sync_folder(const char *path, struct errinfo *info) {
    char folder[OUTPUT_PATH_MAX];
    snprintf(folder, sizeof(folder), "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash == folder)
        slash++;
    if (slash != NULL)
        *slash = '\0';
    else
        snprintf(folder, sizeof(folder), ".");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err_errno(info, "open", folder);
    /* Some file systems cannot sync a folder and say EINVAL; their renames are what they are. */
    enum err code = fsync(fd) != 0 && errno != EINVAL ? err_errno(info, "write", folder) : ERR_OK;
    close(fd);
    return code;
}

enum err output_commit(struct output *o, struct errinfo *info) {
    if (fsync(o->fd) != 0)
        return err_errno(info, "write", o->path);
    if (rename(o->temp, o->path) != 0)
        return err_errno(info, "write", o->path);
    o->temp[0] = '\0';
    return sync_folder(o->path, info);
}

enum err output_read_back(const struct output *o, struct buf *out, struct errinfo *info) {
    char block[64 << 10];
    for (off_t offset = 0;;) {
        ssize_t got = pread(o->fd, block, sizeof(block), offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_errno(info, "read", "a temporary file");
        if (got == 0)
            return buf_error(out, info);
        buf_add(out, block, (size_t)got);
        offset += got;
    }
}
