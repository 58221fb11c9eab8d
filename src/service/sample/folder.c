/*
 * Generated editions as files: see folder.h. The catalogue comes from the program's own assets,
 * each sheet is one buffered stream.
 */
#include "service/sample/folder.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "service/sample/catalogue.h"

enum { PATH_BYTES_MAX = 4096, STREAM_BYTES = 1 << 20 };

struct folder {
    const char *name;
    FILE *file[SAMPLE_SHEETS];
    char *stream[SAMPLE_SHEETS]; /* the streams' buffers */
    bool expected;               /* whether the sheet of expected findings is wanted */
};

static enum err path_of(const struct folder *folder, enum sample_sheet sheet,
                        char path[PATH_BYTES_MAX], struct errinfo *info) {
    int len = snprintf(path, PATH_BYTES_MAX, "%s/%s", folder->name, sample_sheet_file(sheet));
    return len > 0 && len < PATH_BYTES_MAX
               ? ERR_OK
               : err_set(info, ERR_LIMIT, "the folder's name is too long");
}

/* "x": a file that exists is somebody's work and stays. */
static enum err open_sheet(struct folder *folder, enum sample_sheet sheet, struct errinfo *info) {
    char path[PATH_BYTES_MAX];
    enum err code = path_of(folder, sheet, path, info);
    if (code != ERR_OK)
        return code;
    folder->stream[sheet] = mem_new(1, STREAM_BYTES);
    if (folder->stream[sheet] == NULL)
        return err_memory(info);
    folder->file[sheet] = fopen(path, "wxe");
    if (folder->file[sheet] == NULL && errno == EEXIST) {
        code = err_set(info, ERR_CONFLICT, "%s exists already", path);
        err_hint(info, "Choose a new folder, or remove the old files first.");
        return code;
    }
    if (folder->file[sheet] == NULL)
        return err_errno(info, "create", path);
    setvbuf(folder->file[sheet], folder->stream[sheet], _IOFBF, STREAM_BYTES);
    return ERR_OK;
}

static enum err write_record(void *ctx, enum sample_sheet sheet, struct str record,
                             struct errinfo *info) {
    struct folder *folder = ctx;
    if (sheet == SAMPLE_EXPECTED && !folder->expected)
        return ERR_OK;
    if (folder->file[sheet] == NULL) {
        enum err code = open_sheet(folder, sheet, info);
        if (code != ERR_OK)
            return code;
    }
    if (fwrite(record.ptr, 1, record.len, folder->file[sheet]) != record.len)
        return err_errno(info, "write", sample_sheet_file(sheet));
    return ERR_OK;
}

/* Closes the sheets; the first failure to write is reported. */
static enum err close_sheets(struct folder *folder, struct errinfo *info) {
    enum err code = ERR_OK;
    for (int sheet = 0; sheet < SAMPLE_SHEETS; sheet++) {
        if (folder->file[sheet] != NULL && fclose(folder->file[sheet]) != 0 && code == ERR_OK)
            code = err_errno(info, "write", sample_sheet_file((enum sample_sheet)sheet));
        mem_free(folder->stream[sheet]);
    }
    return code;
}

static void remove_sheets(const struct folder *folder) {
    for (int sheet = 0; sheet < SAMPLE_SHEETS; sheet++) {
        char path[PATH_BYTES_MAX];
        if (folder->file[sheet] != NULL &&
            path_of(folder, (enum sample_sheet)sheet, path, NULL) == ERR_OK)
            unlink(path);
    }
}

enum err sample_write_folder(const struct sample_options *options, const char *name,
                             const struct job *job, struct errinfo *info) {
    struct folder folder = {
        .name = name, .expected = options->duplicates_percent > 0 || options->errors_percent > 0};
    struct sample_catalogue catalogue;
    struct arena arena;
    bool made = false;
    arena_init(&arena, SAMPLE_CATALOGUE_BYTES_MAX);
    enum err code = sample_catalogue_load(&catalogue, &arena, info);
    if (code == ERR_OK) {
        made = mkdir(name, 0777) == 0;
        if (!made && errno != EEXIST)
            code = err_errno(info, "create", name);
    }
    if (code == ERR_OK)
        code =
            sample_generate(options, &catalogue,
                            (struct sample_sink){.write = write_record, .ctx = &folder}, job, info);
    enum err closed = close_sheets(&folder, code == ERR_OK ? info : NULL);
    code = code == ERR_OK ? closed : code;
    if (code != ERR_OK) {
        remove_sheets(&folder);
        if (made)
            rmdir(name);
    }
    arena_release(&arena);
    return code;
}
