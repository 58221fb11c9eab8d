/* The bytes of a file: see input.h. */
#include "exchange/input.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COPY_BYTES = 64 << 10 };

static enum err too_large(uint64_t max_bytes, struct errinfo *info) {
    err_set(info, ERR_LIMIT, "the file is larger than %llu bytes", (unsigned long long)max_bytes);
    err_hint(info, "Split it into several files");
    return ERR_LIMIT;
}

/* A file without a name, gone when it is closed; -1 with errno. */
static int open_temporary(void) {
    const char *folder = getenv("TMPDIR");
    if (folder == NULL || *folder == '\0')
        folder = "/tmp";
    char path[4096];
    int len = snprintf(path, sizeof(path), "%s/fairlead-XXXXXX", folder);
    if (len < 0 || (size_t)len >= sizeof(path)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        unlink(path);
    return fd;
}

static enum err write_all(int fd, const char *bytes, size_t len, struct errinfo *info) {
    while (len > 0) {
        ssize_t put = write(fd, bytes, len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return err_errno(info, "write", "a temporary file");
        bytes += put;
        len -= (size_t)put;
    }
    return ERR_OK;
}

/* Copies what `from` still gives into a temporary file, which takes its place. */
static enum err copy_stream(struct input *in, int from, const char *name, uint64_t max_bytes,
                            struct errinfo *info) {
    char block[COPY_BYTES];
    enum err code = ERR_OK;
    int to = open_temporary();
    if (to < 0)
        return err_errno(info, "create", "a temporary file");
    in->size = 0;
    for (;;) {
        ssize_t got = read(from, block, sizeof(block));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            code = err_errno(info, "read", name);
        if (got <= 0)
            break;
        in->size += (uint64_t)got;
        code = in->size > max_bytes ? too_large(max_bytes, info)
                                    : write_all(to, block, (size_t)got, info);
        if (code != ERR_OK)
            break;
    }
    if (code == ERR_OK)
        in->fd = to;
    else
        close(to);
    return code;
}

static enum err adopt(struct input *in, int fd, const char *name, uint64_t max_bytes, bool *adopted,
                      struct errinfo *info) {
    struct stat about;
    if (fstat(fd, &about) != 0)
        return err_errno(info, "read", name);
    if (S_ISDIR(about.st_mode)) {
        err_set(info, ERR_INPUT, "%s is a folder", name);
        err_hint(info, "Name a file in it");
        return ERR_INPUT;
    }
    if (!S_ISREG(about.st_mode))
        return copy_stream(in, fd, name, max_bytes, info);
    if ((uint64_t)about.st_size > max_bytes)
        return too_large(max_bytes, info);
    in->size = (uint64_t)about.st_size;
    in->fd = fd;
    *adopted = true;
    return ERR_OK;
}

enum err input_open(struct input *in, const char *path, uint64_t max_bytes, struct errinfo *info) {
    *in = (struct input){.fd = -1};
    if (strcmp(path, "-") == 0)
        return copy_stream(in, STDIN_FILENO, "standard input", max_bytes, info);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_errno(info, "open", path);
    bool adopted = false;
    enum err code = adopt(in, fd, path, max_bytes, &adopted, info);
    if (!adopted)
        close(fd);
    return code;
}

enum err input_open_memory(struct input *in, struct str bytes, uint64_t max_bytes,
                           struct errinfo *info) {
    *in = (struct input){.fd = -1, .memory = bytes, .size = bytes.len};
    return bytes.len > max_bytes ? too_large(max_bytes, info) : ERR_OK;
}

void input_release(struct input *in) {
    if (in->fd >= 0)
        close(in->fd);
    *in = (struct input){.fd = -1};
}

enum err input_read(const struct input *in, uint64_t offset, char *out, size_t len, size_t *got,
                    struct errinfo *info) {
    *got = 0;
    if (offset >= in->size)
        return ERR_OK;
    if (len > in->size - offset)
        len = (size_t)(in->size - offset);
    if (in->fd < 0) {
        memcpy(out, in->memory.ptr + offset, len);
        *got = len;
        return ERR_OK;
    }
    while (*got < len) {
        ssize_t part = pread(in->fd, out + *got, len - *got, (off_t)(offset + *got));
        if (part < 0 && errno == EINTR)
            continue;
        if (part < 0)
            return err_errno(info, "read", "the file");
        if (part == 0) {
            err_set(info, ERR_IO, "the file became shorter while it was read");
            err_hint(info, "Wait until it is wholly written, then try again");
            return ERR_IO;
        }
        *got += (size_t)part;
    }
    return ERR_OK;
}
