/*
 * CSV files as tables: input -> decoder -> CSV reader.
 *
 * The file is read twice: once to find its encoding, because strict decoding over all of it is the
 * only proof, and once to read the rows. The second time it comes from the page cache.
 */
#include "base/mem.h"
#include "exchange/csv_read.h"
#include "exchange/table_backend.h"
#include "text/decode.h"

enum { BLOCK_BYTES = 256 << 10 };

struct csv_table {
    const struct input *input;
    const struct text_encoding *encoding;
    struct text_decoder *decoder;
    struct table_limits limits;
    struct csv_reader reader;
    char separator;
    uint64_t offset; /* of the next block */
    char *block;     /* BLOCK_BYTES */
};

static enum err read_block(void *ctx, struct buf *out, bool *last, struct errinfo *info) {
    struct csv_table *t = ctx;
    size_t got;
    enum err code = input_read(t->input, t->offset, t->block, BLOCK_BYTES, &got, info);
    if (code != ERR_OK)
        return code;
    t->offset += got;
    *last = t->offset >= t->input->size;
    return text_decoder_feed(t->decoder, (struct str){t->block, got}, *last, out, info);
}

static enum err detect(struct csv_table *t, struct errinfo *info) {
    struct text_detector detector;
    text_detector_init(&detector);
    size_t got;
    for (uint64_t offset = 0; offset < t->input->size; offset += got) {
        enum err code = input_read(t->input, offset, t->block, BLOCK_BYTES, &got, info);
        if (code != ERR_OK)
            return code;
        text_detector_feed(&detector, (struct str){t->block, got});
    }
    return text_detector_finish(&detector, &t->encoding, info);
}

static enum err find_encoding(struct csv_table *t, const char *name, struct errinfo *info) {
    if (name == NULL)
        return detect(t, info);
    t->encoding = text_encoding_find(str_of(name));
    if (t->encoding != NULL)
        return ERR_OK;
    err_set(info, ERR_INPUT, "'%s' is no encoding that is known here", name);
    err_hint(info, "Give UTF-8, GB18030, UTF-16LE or UTF-16BE, or another common name");
    return ERR_INPUT;
}

static enum err rewind_csv(void *reader, struct errinfo *info) {
    struct csv_table *t = reader;
    struct text_decoder *decoder;
    enum err code = text_decoder_new(t->encoding, &decoder, info);
    if (code != ERR_OK)
        return code;
    text_decoder_free(t->decoder);
    t->decoder = decoder;
    t->offset = 0;
    csv_reader_release(&t->reader);
    csv_reader_init(&t->reader, (struct csv_source){read_block, t}, t->separator, &t->limits);
    return csv_reader_start(&t->reader, info);
}

static enum err next_csv(void *reader, struct table_row *row, bool *end, struct errinfo *info) {
    struct csv_table *t = reader;
    return csv_next(&t->reader, row, end, info);
}

static void free_csv(void *reader) {
    struct csv_table *t = reader;
    if (t == NULL)
        return;
    csv_reader_release(&t->reader);
    text_decoder_free(t->decoder);
    mem_free(t->block);
    mem_free(t);
}

enum err table_csv_open(const struct input *input, const struct table_options *options,
                        struct table_about *about, void **reader, struct errinfo *info) {
    struct csv_table *t = mem_new(1, sizeof(*t));
    char *block = mem_new(BLOCK_BYTES, 1);
    if (t == NULL || block == NULL) {
        mem_free(t);
        mem_free(block);
        return err_memory(info);
    }
    t->input = input;
    t->block = block;
    t->limits = options->limits;
    t->separator = options->separator;
    enum err code = find_encoding(t, options->encoding, info);
    if (code == ERR_OK)
        code = rewind_csv(t, info);
    if (code != ERR_OK) {
        free_csv(t);
        return code;
    }
    about->encoding = t->encoding->name;
    about->separator = t->reader.separator;
    *reader = t;
    return ERR_OK;
}

const struct table_backend table_csv_backend = {next_csv, rewind_csv, free_csv};
