/*
 * The zip archive of a workbook: see xlsx_zip.h.
 *
 * libzip reads through a source of ours, so that files, pipes and memory are the same to it and
 * every byte comes through input_read.
 */
#include "exchange/xlsx_zip.h"

#include <zip.h>

#include "base/mem.h"

enum { ENTRIES_MAX = 10000 }; /* a workbook has some dozens of parts */

/* Deflate reaches 1032:1; sheets, with their rows numbered, stay far below 100:1. */
static const uint64_t ratio_max = 200;
static const uint64_t ratio_from_bytes = 10000000;

struct xlsx_zip {
    zip_t *archive;
    uint64_t max_bytes;
    /* the source */
    const struct input *in;
    uint64_t offset;
    zip_error_t error;
};

struct xlsx_part {
    zip_file_t *file;
    const struct xlsx_zip *zip;
    uint64_t packed;
    uint64_t read;
};

static enum err refuse_size(uint64_t max_bytes, struct errinfo *info) {
    err_set(info, ERR_LIMIT, "the workbook unpacks to more than %llu bytes",
            (unsigned long long)max_bytes);
    err_hint(info, "Split it into several workbooks");
    return ERR_LIMIT;
}

static enum err refuse_ratio(struct errinfo *info) {
    err_set(info, ERR_LIMIT, "the workbook unpacks to more than %llu times its size",
            (unsigned long long)ratio_max);
    err_hint(info, "That is no honest workbook; if it is yours, save it again or as CSV");
    return ERR_LIMIT;
}

static enum err refuse_archive(struct errinfo *info, const char *why) {
    err_set(info, ERR_INPUT, "the workbook is damaged: %s", why);
    err_hint(info, "Open it in a spreadsheet and save it again as .xlsx");
    return ERR_INPUT;
}

/* ---- the source ---- */

static zip_int64_t read_source(struct xlsx_zip *z, void *data, zip_uint64_t len) {
    size_t got;
    if (input_read(z->in, z->offset, data, (size_t)len, &got, NULL) != ERR_OK) {
        zip_error_set(&z->error, ZIP_ER_READ, 0);
        return -1;
    }
    z->offset += got;
    return (zip_int64_t)got;
}

static zip_int64_t seek_source(struct xlsx_zip *z, void *data, zip_uint64_t len) {
    zip_int64_t offset =
        zip_source_seek_compute_offset(z->offset, z->in->size, data, len, &z->error);
    if (offset < 0)
        return -1;
    z->offset = (uint64_t)offset;
    return 0;
}

static zip_int64_t stat_source(const struct xlsx_zip *z, void *data) {
    zip_stat_t *about = data;
    zip_stat_init(about);
    about->size = z->in->size;
    about->valid = ZIP_STAT_SIZE;
    return (zip_int64_t)sizeof(*about);
}

static zip_int64_t serve(void *ctx, void *data, zip_uint64_t len, zip_source_cmd_t command) {
    struct xlsx_zip *z = ctx;
    switch (command) {
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                              ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                                              ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, -1);
    case ZIP_SOURCE_OPEN:
        z->offset = 0;
        return 0;
    case ZIP_SOURCE_READ:
        return read_source(z, data, len);
    case ZIP_SOURCE_SEEK:
        return seek_source(z, data, len);
    case ZIP_SOURCE_TELL:
        return (zip_int64_t)z->offset;
    case ZIP_SOURCE_STAT:
        return stat_source(z, data);
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&z->error, data, len);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
        return 0;
    default:
        zip_error_set(&z->error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

/* ---- the archive ---- */

static enum err check_entry(zip_stat_t *about, uint64_t *total, uint64_t max_bytes,
                            struct errinfo *info) {
    if ((about->valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
        about->encryption_method != ZIP_EM_NONE) {
        err_set(info, ERR_INPUT, "the workbook is encrypted");
        err_hint(info, "Save it without a password");
        return ERR_INPUT;
    }
    if ((about->valid & ZIP_STAT_SIZE) == 0 || (about->valid & ZIP_STAT_COMP_SIZE) == 0)
        return refuse_archive(info, "an entry without a size");
    if (about->size > max_bytes || *total > max_bytes - about->size)
        return refuse_size(max_bytes, info);
    *total += about->size;
    if (about->size > ratio_from_bytes && about->size / ratio_max > about->comp_size)
        return refuse_ratio(info);
    return ERR_OK;
}

static enum err check_entries(const struct xlsx_zip *z, struct errinfo *info) {
    zip_int64_t entries = zip_get_num_entries(z->archive, 0);
    uint64_t total = 0;
    if (entries > ENTRIES_MAX) {
        err_set(info, ERR_LIMIT, "the archive has more than %d entries", ENTRIES_MAX);
        err_hint(info, "That is no workbook");
        return ERR_LIMIT;
    }
    for (zip_int64_t i = 0; i < entries; i++) {
        zip_stat_t about;
        if (zip_stat_index(z->archive, (zip_uint64_t)i, 0, &about) != 0)
            return refuse_archive(info, zip_strerror(z->archive));
        enum err code = check_entry(&about, &total, z->max_bytes, info);
        if (code != ERR_OK)
            return code;
    }
    return ERR_OK;
}

enum err xlsx_zip_open(const struct input *in, uint64_t max_bytes, struct xlsx_zip **out,
                       struct errinfo *info) {
    zip_error_t error;
    zip_error_init(&error);
    enum err code = ERR_OK;
    struct xlsx_zip *z = mem_new(1, sizeof(*z));
    if (z == NULL)
        return err_memory(info);
    z->in = in;
    z->max_bytes = max_bytes;
    zip_error_init(&z->error);
    zip_source_t *source = zip_source_function_create(serve, z, &error);
    if (source != NULL)
        z->archive = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (z->archive == NULL) {
        code = zip_error_code_zip(&error) == ZIP_ER_MEMORY
                   ? err_memory(info)
                   : refuse_archive(info, zip_error_strerror(&error));
        if (source != NULL)
            zip_source_free(source);
    } else {
        code = check_entries(z, info);
    }
    zip_error_fini(&error);
    if (code == ERR_OK)
        *out = z;
    else
        xlsx_zip_close(z);
    return code;
}

void xlsx_zip_close(struct xlsx_zip *z) {
    if (z == NULL)
        return;
    if (z->archive != NULL)
        zip_discard(z->archive);
    zip_error_fini(&z->error);
    mem_free(z);
}

bool xlsx_zip_has(struct xlsx_zip *z, const char *name) {
    return zip_name_locate(z->archive, name, ZIP_FL_NOCASE) >= 0;
}

/* ---- parts ---- */

enum err xlsx_part_open(struct xlsx_zip *z, const char *name, struct xlsx_part **out,
                        struct errinfo *info) {
    zip_stat_t about;
    zip_int64_t index = zip_name_locate(z->archive, name, ZIP_FL_NOCASE);
    if (index < 0 || zip_stat_index(z->archive, (zip_uint64_t)index, 0, &about) != 0) {
        err_set(info, ERR_INPUT, "this zip archive is no .xlsx workbook: it has no part \"%s\"",
                name);
        err_hint(info, "Open it in a spreadsheet and save it as .xlsx or CSV");
        return ERR_INPUT;
    }
    struct xlsx_part *part = mem_new(1, sizeof(*part));
    if (part == NULL)
        return err_memory(info);
    part->zip = z;
    part->packed = about.comp_size;
    part->file = zip_fopen_index(z->archive, (zip_uint64_t)index, 0);
    if (part->file == NULL) {
        mem_free(part);
        return refuse_archive(info, zip_strerror(z->archive));
    }
    *out = part;
    return ERR_OK;
}

enum err xlsx_part_read(struct xlsx_part *part, char *out, size_t len, size_t *got,
                        struct errinfo *info) {
    zip_int64_t count = zip_fread(part->file, out, len);
    if (count < 0)
        return refuse_archive(info, zip_file_strerror(part->file));
    *got = (size_t)count;
    part->read += (uint64_t)count;
    if (part->read > part->zip->max_bytes)
        return refuse_size(part->zip->max_bytes, info);
    if (part->read > ratio_from_bytes && part->read / ratio_max > part->packed)
        return refuse_ratio(info);
    return ERR_OK;
}

void xlsx_part_close(struct xlsx_part *part) {
    if (part == NULL)
        return;
    zip_fclose(part->file);
    mem_free(part);
}
