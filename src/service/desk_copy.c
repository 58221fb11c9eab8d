/* A copy's name is the database's with ".download-" and the clock. */
#include "service/desk_copy.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "store/store.h"

enum { PATH_MAX_BYTES = 4096 };

enum err desk_copy_open(const char *path, int *file, struct errinfo *info) {
    char name[PATH_MAX_BYTES];
    int used =
        snprintf(name, sizeof(name), "%s.download-%lld", path, (long long)clock_monotonic_ns());
    if (used < 0 || (size_t)used >= sizeof(name))
        return err_set(info, ERR_LIMIT, "the path of the database is too long");
    enum err e = store_backup(path, name, info);
    if (e != ERR_OK)
        return e;
    *file = open(name, O_RDONLY | O_CLOEXEC);
    if (*file < 0)
        e = err_errno(info, "open", name);
    unlink(name);
    return e;
}

void desk_copy_sweep(const char *path) {
    char folder[PATH_MAX_BYTES], mark[PATH_MAX_BYTES];
    const char *slash = strrchr(path, '/');
    int in = snprintf(folder, sizeof(folder), "%.*s", slash != NULL ? (int)(slash - path) + 1 : 1,
                      slash != NULL ? path : ".");
    int as = snprintf(mark, sizeof(mark), "%s.download-", slash != NULL ? slash + 1 : path);
    if (in < 0 || (size_t)in >= sizeof(folder) || as < 0 || (size_t)as >= sizeof(mark))
        return;
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        if (strncmp(entry->d_name, mark, (size_t)as) == 0)
            unlinkat(dirfd(dir), entry->d_name, 0);
    closedir(dir);
}
