/* A disk that can lose its power: see power.h. */
#include "power.h"

#include <dirent.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/rng.h"
#include "base/vec.h"

enum { SECTOR_BYTES = 512, PATH_MAX_BYTES = 256 };

/* A write or, with no bytes, a truncation to `offset`. */
struct loose {
    int64_t offset;
    size_t len;
    uint8_t *bytes;
};

/* One file under its name; one that was deleted stays here for what a cut may bring back. */
struct tracked {
    char path[PATH_MAX_BYTES];
    uint8_t *durable;
    size_t durable_len, durable_capacity;
    VEC(struct loose)
    writes;
    int64_t size; /* as it is now */
    bool named;   /* its name is on the disk */
    bool deleted, deletion_is_synced;
};

struct shim_file {
    sqlite3_file base;
    struct tracked *tracked; /* NULL: not ours */
    sqlite3_file *real;
};

static struct {
    sqlite3_vfs vfs, *real;
    sqlite3_io_methods methods;
    char prefix[PATH_MAX_BYTES];
    pthread_mutex_t mutex; /* guards what follows */
    struct rng rng;
    VEC(struct tracked *)
    files;
    power_cut_fn *cut;
    void *cut_ctx;
    uint32_t cut_one_in, full_every, writes;
    int64_t space;
} disk = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static struct shim_file *shim(sqlite3_file *file) {
    return (struct shim_file *)file;
}

static void must(bool ok, const char *what) {
    if (!ok) {
        fprintf(stderr, "power: %s\n", what);
        abort();
    }
}

/* Puts one write, or the sectors of it that `keep` chooses, into an image. */
static void apply(uint8_t **image, size_t *len, size_t *capacity, const struct loose *w,
                  bool torn) {
    if (w->bytes == NULL) {
        if ((size_t)w->offset < *len)
            *len = (size_t)w->offset;
        return;
    }
    size_t end = (size_t)w->offset + w->len;
    if (end > *capacity) {
        *image = mem_resize(*image, end * 2, 1);
        must(*image != NULL, "no memory");
        *capacity = end * 2;
    }
    for (size_t at = (size_t)w->offset; at < end;) {
        size_t next = (at / SECTOR_BYTES + 1) * SECTOR_BYTES;
        next = next < end ? next : end;
        if (!torn || rng_below(&disk.rng, 2) == 0) {
            if (at > *len)
                memset(*image + *len, 0, at - *len);
            memcpy(*image + at, w->bytes + (at - (size_t)w->offset), next - at);
            *len = next > *len ? next : *len;
        }
        at = next;
    }
}

static void free_writes(struct tracked *t) {
    for (size_t i = 0; i < t->writes.len; i++)
        mem_free(t->writes.at[i].bytes);
    vec_free(&t->writes);
}

static void call_cut(bool is_sync) {
    pthread_mutex_lock(&disk.mutex);
    bool call = disk.cut != NULL &&
                (is_sync || (disk.cut_one_in > 0 && rng_below(&disk.rng, disk.cut_one_in) == 0));
    power_cut_fn *cut = disk.cut;
    disk.cut = NULL; /* what it writes is not cut again */
    pthread_mutex_unlock(&disk.mutex);
    if (call)
        cut(disk.cut_ctx);
    pthread_mutex_lock(&disk.mutex);
    disk.cut = cut;
    pthread_mutex_unlock(&disk.mutex);
}

/* Whether the disk has room for a write; with the lock. */
static bool has_room(struct tracked *t, int64_t end) {
    if (disk.full_every > 0 && ++disk.writes % disk.full_every == 0)
        return false;
    int64_t grows = end > t->size ? end - t->size : 0;
    if (disk.space >= 0 && grows > disk.space)
        return false;
    if (disk.space >= 0)
        disk.space -= grows;
    t->size = t->size + grows;
    return true;
}

static int on_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 offset) {
    struct tracked *t = shim(file)->tracked;
    if (t != NULL) {
        call_cut(false);
        pthread_mutex_lock(&disk.mutex);
        bool room = has_room(t, offset + len);
        if (room) {
            struct loose w = {offset, (size_t)len, mem_new((size_t)len, 1)};
            must(w.bytes != NULL && vec_push(&t->writes, w), "no memory");
            memcpy(w.bytes, bytes, (size_t)len);
        }
        pthread_mutex_unlock(&disk.mutex);
        if (!room)
            return SQLITE_FULL;
    }
    return shim(file)->real->pMethods->xWrite(shim(file)->real, bytes, len, offset);
}

static int on_truncate(sqlite3_file *file, sqlite3_int64 size) {
    struct tracked *t = shim(file)->tracked;
    if (t != NULL) {
        pthread_mutex_lock(&disk.mutex);
        must(vec_push(&t->writes, (struct loose){.offset = size}), "no memory");
        if (disk.space >= 0 && size < t->size)
            disk.space += t->size - size;
        t->size = size;
        pthread_mutex_unlock(&disk.mutex);
    }
    return shim(file)->real->pMethods->xTruncate(shim(file)->real, size);
}

/* What is named and what is deleted stays so; all files are of one folder. */
static void sync_folder(void) {
    for (size_t i = 0; i < disk.files.len; i++) {
        struct tracked *t = disk.files.at[i];
        t->named = t->named || !t->deleted;
        t->deletion_is_synced = t->deleted;
    }
}

static int on_sync(sqlite3_file *file, int flags) {
    struct tracked *t = shim(file)->tracked;
    if (t == NULL)
        return SQLITE_OK;
    call_cut(true);
    pthread_mutex_lock(&disk.mutex);
    for (size_t i = 0; i < t->writes.len; i++)
        apply(&t->durable, &t->durable_len, &t->durable_capacity, &t->writes.at[i], false);
    free_writes(t);
    if (!t->named)
        sync_folder(); /* SQLite does so with the first sync of a new file */
    pthread_mutex_unlock(&disk.mutex);
    return SQLITE_OK;
}

static int on_close(sqlite3_file *file) {
    int code = shim(file)->real->pMethods->xClose(shim(file)->real);
    mem_free(shim(file)->real);
    return code;
}

static int on_read(sqlite3_file *file, void *bytes, int len, sqlite3_int64 offset) {
    return shim(file)->real->pMethods->xRead(shim(file)->real, bytes, len, offset);
}
static int on_file_size(sqlite3_file *file, sqlite3_int64 *size) {
    return shim(file)->real->pMethods->xFileSize(shim(file)->real, size);
}
static int on_lock(sqlite3_file *file, int level) {
    return shim(file)->real->pMethods->xLock(shim(file)->real, level);
}
static int on_unlock(sqlite3_file *file, int level) {
    return shim(file)->real->pMethods->xUnlock(shim(file)->real, level);
}
static int on_check_lock(sqlite3_file *file, int *out) {
    return shim(file)->real->pMethods->xCheckReservedLock(shim(file)->real, out);
}
static int on_control(sqlite3_file *file, int op, void *arg) {
    /* Growing in steps would write past xWrite. */
    if (op == SQLITE_FCNTL_CHUNK_SIZE || op == SQLITE_FCNTL_SIZE_HINT)
        return SQLITE_OK;
    return shim(file)->real->pMethods->xFileControl(shim(file)->real, op, arg);
}
static int on_sector_size(sqlite3_file *file) {
    return shim(file)->real->pMethods->xSectorSize(shim(file)->real);
}
static int on_characteristics(sqlite3_file *file) {
    return shim(file)->real->pMethods->xDeviceCharacteristics(shim(file)->real);
}
static int on_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out) {
    return shim(file)->real->pMethods->xShmMap(shim(file)->real, page, size, extend, out);
}
static int on_shm_lock(sqlite3_file *file, int offset, int n, int flags) {
    return shim(file)->real->pMethods->xShmLock(shim(file)->real, offset, n, flags);
}
static void on_shm_barrier(sqlite3_file *file) {
    shim(file)->real->pMethods->xShmBarrier(shim(file)->real);
}
static int on_shm_unmap(sqlite3_file *file, int delete) {
    return shim(file)->real->pMethods->xShmUnmap(shim(file)->real, delete);
}

/* What is there already when a file is opened for the first time, is on the disk. */
static void load(struct tracked *t) {
    FILE *in = fopen(t->path, "rb");
    uint8_t block[4096];
    size_t got;
    if (in == NULL)
        return;
    while ((got = fread(block, 1, sizeof(block), in)) > 0)
        apply(&t->durable, &t->durable_len, &t->durable_capacity,
              &(struct loose){(int64_t)t->durable_len, got, block}, false);
    fclose(in);
    t->size = (int64_t)t->durable_len;
    t->named = true;
}

static struct tracked *track(const char *path) {
    for (size_t i = 0; i < disk.files.len; i++)
        if (!disk.files.at[i]->deleted && strcmp(disk.files.at[i]->path, path) == 0)
            return disk.files.at[i];
    struct tracked *t = mem_new(1, sizeof(*t));
    must(t != NULL && vec_push(&disk.files, t), "no memory");
    snprintf(t->path, sizeof(t->path), "%s", path);
    load(t);
    return t;
}

static bool is_ours(const char *path) {
    return path != NULL && strncmp(path, disk.prefix, strlen(disk.prefix)) == 0;
}

static int on_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
                   int *out_flags) {
    struct shim_file *f = shim(file);
    memset(f, 0, sizeof(*f));
    f->real = mem_new(1, (size_t)disk.real->szOsFile);
    must(f->real != NULL, "no memory");
    if (is_ours(path)) {
        pthread_mutex_lock(&disk.mutex);
        f->tracked = track(path);
        pthread_mutex_unlock(&disk.mutex);
    }
    int code = disk.real->xOpen(disk.real, path, f->real, flags, out_flags);
    if (code != SQLITE_OK) {
        mem_free(f->real);
        return code;
    }
    f->base.pMethods = &disk.methods;
    return SQLITE_OK;
}

static int on_delete(sqlite3_vfs *vfs, const char *path, int with_folder) {
    pthread_mutex_lock(&disk.mutex);
    for (size_t i = 0; i < disk.files.len; i++) {
        struct tracked *t = disk.files.at[i];
        if (t->deleted || strcmp(t->path, path) != 0)
            continue;
        t->deleted = true;
        if (disk.space >= 0)
            disk.space += t->size;
    }
    if (with_folder)
        sync_folder();
    pthread_mutex_unlock(&disk.mutex);
    return disk.real->xDelete(disk.real, path, 0);
}

void power_install(const char *prefix, uint64_t seed) {
    disk.real = sqlite3_vfs_find(NULL);
    disk.vfs = *disk.real;
    disk.vfs.zName = "power";
    disk.vfs.szOsFile = sizeof(struct shim_file);
    disk.vfs.pNext = NULL;
    disk.vfs.xOpen = on_open;
    disk.vfs.xDelete = on_delete;
    disk.methods = (sqlite3_io_methods){
        2,
        on_close,
        on_read,
        on_write,
        on_truncate,
        on_sync,
        on_file_size,
        on_lock,
        on_unlock,
        on_check_lock,
        on_control,
        on_sector_size,
        on_characteristics,
        on_shm_map,
        on_shm_lock,
        on_shm_barrier,
        on_shm_unmap,
        NULL,
        NULL,
    };
    snprintf(disk.prefix, sizeof(disk.prefix), "%s", prefix);
    rng_init(&disk.rng, seed);
    disk.cut = NULL;
    disk.full_every = disk.writes = disk.cut_one_in = 0;
    disk.space = -1;
    must(sqlite3_vfs_register(&disk.vfs, 1) == SQLITE_OK, "cannot register");
}

void power_remove(void) {
    sqlite3_vfs_unregister(&disk.vfs);
    sqlite3_vfs_register(disk.real, 1);
    for (size_t i = 0; i < disk.files.len; i++) {
        free_writes(disk.files.at[i]);
        mem_free(disk.files.at[i]->durable);
        mem_free(disk.files.at[i]);
    }
    vec_free(&disk.files);
}

void power_watch(power_cut_fn *cut, void *ctx, uint32_t one_in) {
    pthread_mutex_lock(&disk.mutex);
    disk.cut = cut;
    disk.cut_ctx = ctx;
    disk.cut_one_in = one_in;
    pthread_mutex_unlock(&disk.mutex);
}

void power_full_every(uint32_t n) {
    pthread_mutex_lock(&disk.mutex);
    disk.full_every = n;
    pthread_mutex_unlock(&disk.mutex);
}

void power_space(int64_t bytes) {
    pthread_mutex_lock(&disk.mutex);
    disk.space = bytes;
    pthread_mutex_unlock(&disk.mutex);
}

static bool choose(enum power_loss loss) {
    return loss == POWER_KEEPS_ALL || (loss == POWER_KEEPS_SOME && rng_below(&disk.rng, 2) == 0);
}

static void write_survivor(const struct tracked *t, enum power_loss loss, const char *to) {
    char path[PATH_MAX_BYTES * 2];
    size_t len = t->durable_len, capacity = t->durable_len + 1;
    uint8_t *image = mem_new(capacity, 1);
    must(image != NULL, "no memory");
    if (len > 0)
        memcpy(image, t->durable, len);
    for (size_t i = 0; i < t->writes.len; i++) {
        uint32_t fate = loss == POWER_KEEPS_ALL   ? 0
                        : loss == POWER_DROPS_ALL ? 1
                                                  : rng_below(&disk.rng, 3);
        if (fate != 1)
            apply(&image, &len, &capacity, &t->writes.at[i], fate == 2);
    }
    snprintf(path, sizeof(path), "%s%s", to, t->path + strlen(disk.prefix));
    FILE *out = fopen(path, "wb");
    must(out != NULL && fwrite(image, 1, len, out) == len && fclose(out) == 0, "cannot write");
    mem_free(image);
}

/* Whether this one is what its name leads to after the cut; `absent` when no older one is, either.
 */
static bool survives(const struct tracked *t, enum power_loss loss, bool *absent) {
    if (!t->deleted)
        return t->named || choose(loss);
    *absent = t->deletion_is_synced || !choose(POWER_KEEPS_SOME);
    return !*absent && t->named;
}

void power_survivors(enum power_loss loss, const char *to) {
    pthread_mutex_lock(&disk.mutex);
    for (size_t i = disk.files.len; i-- > 0;) {
        /* From the newest of each name back to the one that the folder still knows. */
        const struct tracked *t = disk.files.at[i];
        bool newer = false, absent = false;
        for (size_t j = i + 1; j < disk.files.len; j++)
            newer = newer || strcmp(disk.files.at[j]->path, t->path) == 0;
        for (size_t j = i + 1; !newer && !absent && j-- > 0;) {
            if (strcmp(disk.files.at[j]->path, t->path) != 0)
                continue;
            if (survives(disk.files.at[j], loss, &absent)) {
                write_survivor(disk.files.at[j], loss, to);
                break;
            }
        }
    }
    pthread_mutex_unlock(&disk.mutex);
}

void power_remove_files(const char *folder, const char *prefix) {
    DIR *open_folder = opendir(folder);
    const struct dirent *entry;
    must(open_folder != NULL, "cannot open the folder");
    while ((entry = readdir(open_folder)) != NULL) {
        char path[PATH_MAX_BYTES * 2];
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.' && strncmp(entry->d_name, prefix, strlen(prefix)) == 0)
            unlink(path);
    }
    closedir(open_folder);
}
