/*
 * Tables out: see table_write.h. CSV is gathered in blocks; a workbook is written by its library
 * under the temporary name and read back from there when memory is the target.
 */
#include "exchange/table_write.h"

#include "base/mem.h"
#include "exchange/csv_guess.h"
#include "exchange/csv_write.h"
#include "exchange/output.h"
#include "exchange/xlsx_write.h"

enum { FLUSH_BYTES = 256 << 10, ROW_BYTES_MAX = 1 << 30 };

struct table_writer {
    struct table_write_options options;
    struct buf *memory; /* the target; NULL = the file */
    struct output output;
    struct buf pending; /* CSV on its way to the file */
    struct xlsx_writer *xlsx;
    bool failed;
};

void table_writer_abandon(struct table_writer *w) {
    if (w == NULL)
        return;
    xlsx_writer_free(w->xlsx);
    output_release(&w->output);
    buf_release(&w->pending);
    mem_free(w);
}

static enum err open_target(struct table_writer *w, const char *path, struct errinfo *info) {
    bool is_csv = w->options.format == TABLE_CSV;
    if (is_csv && strchr(CSV_SEPARATORS, w->options.separator) == NULL)
        return err_set(info, ERR_INPUT, "'%c' is no separator of cells", w->options.separator);
    if (is_csv && w->memory != NULL)
        return ERR_OK;
    enum err code = output_open(&w->output, path, info);
    if (code == ERR_OK && !is_csv)
        code = xlsx_writer_new(w->output.temp, w->options.sheet, &w->xlsx, info);
    return code;
}

static enum err open_writer(const char *path, struct buf *memory,
                            const struct table_write_options *options, struct table_writer **out,
                            struct errinfo *info) {
    struct table_writer *w = mem_new(1, sizeof(*w));
    if (w == NULL)
        return err_memory(info);
    w->options = *options;
    if (w->options.separator == 0)
        w->options.separator = ',';
    w->memory = memory;
    w->output.fd = -1;
    buf_init(&w->pending, ROW_BYTES_MAX);
    enum err code = open_target(w, path, info);
    if (code != ERR_OK) {
        table_writer_abandon(w);
        return code;
    }
    if (options->format == TABLE_CSV && options->byte_order_mark)
        buf_add_c(memory != NULL ? memory : &w->pending, "\xef\xbb\xbf");
    *out = w;
    return ERR_OK;
}

enum err table_writer_open(const char *path, const struct table_write_options *options,
                           struct table_writer **out, struct errinfo *info) {
    return open_writer(path, NULL, options, out, info);
}

enum err table_writer_open_memory(struct buf *memory, const struct table_write_options *options,
                                  struct table_writer **out, struct errinfo *info) {
    return open_writer(NULL, memory, options, out, info);
}

/* Writes what is pending. */
static enum err flush(struct table_writer *w, struct errinfo *info) {
    enum err code = output_write(&w->output, buf_str(&w->pending), info);
    buf_clear(&w->pending);
    return code;
}

static enum err write_csv(struct table_writer *w, const struct table_value *values, uint32_t count,
                          struct errinfo *info) {
    struct buf *out = w->memory != NULL ? w->memory : &w->pending;
    csv_write_row(out, values, count, &w->options);
    enum err code = buf_error(out, info);
    if (code == ERR_OK && out == &w->pending && out->len >= FLUSH_BYTES)
        code = flush(w, info);
    return code;
}

enum err table_writer_row(struct table_writer *w, const struct table_value *values, uint32_t count,
                          struct errinfo *info) {
    enum err code = w->xlsx != NULL ? xlsx_writer_row(w->xlsx, values, count, info)
                                    : write_csv(w, values, count, info);
    w->failed = w->failed || code != ERR_OK;
    return code;
}

static enum err finish(struct table_writer *w, struct errinfo *info) {
    enum err code = ERR_OK;
    if (w->failed)
        return err_set(info, ERR_INTERNAL, "a row was not written, so the table is not");
    if (w->xlsx != NULL)
        code = xlsx_writer_finish(w->xlsx, info);
    else if (w->memory == NULL)
        code = flush(w, info);
    else
        code = buf_error(w->memory, info);
    if (code != ERR_OK)
        return code;
    if (w->memory == NULL)
        return output_commit(&w->output, info);
    return w->xlsx != NULL ? output_read_back(&w->output, w->memory, info) : ERR_OK;
}

enum err table_writer_close(struct table_writer *w, struct errinfo *info) {
    enum err code = finish(w, info);
    table_writer_abandon(w);
    return code;
}
