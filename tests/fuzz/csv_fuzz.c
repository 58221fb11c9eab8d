/*
 * Any bytes as CSV text. The first byte chooses the separator, the second the size of the blocks.
 * The rows must be the same, or the failure must, whether the text comes in blocks or as a whole.
 */
#include <stdlib.h>

#include "exchange/csv_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct pieces {
    struct str rest;
    size_t block;
};

static enum err read_piece(void *ctx, struct buf *out, bool *last, struct errinfo *info) {
    struct pieces *p = ctx;
    size_t len = p->rest.len < p->block ? p->rest.len : p->block;
    buf_add(out, p->rest.ptr, len);
    p->rest = str_sub(p->rest, len, p->rest.len);
    *last = p->rest.len == 0;
    return ERR_OK;
}

static void must(bool holds) {
    if (!holds)
        abort();
}

static void compare_rows(const struct table_row *a, const struct table_row *b) {
    must(a->count == b->count && a->count > 0);
    must(a->record == b->record && a->line == b->line);
    must(a->cell_lines[0] == a->line);
    for (uint32_t i = 0; i < a->count; i++) {
        must(str_equal(a->cells[i], b->cells[i]));
        must(a->cell_lines[i] == b->cell_lines[i]);
        must(i == 0 || a->cell_lines[i] >= a->cell_lines[i - 1]);
        must(a->cells[i].len == 0 || memchr(a->cells[i].ptr, 0, a->cells[i].len) == NULL);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char separators[] = {',', ';', '\t', '|'};
    if (size < 2)
        return 0;
    char separator = separators[data[0] % 4];
    struct str text = {(const char *)data + 2, size - 2};
    struct pieces whole = {text, SIZE_MAX}, parts = {text, (size_t)data[1] + 1};
    const struct table_limits limits = {.rows = 100, .cell_chars = 50, .columns = 20};
    struct csv_reader a, b;
    csv_reader_init(&a, (struct csv_source){read_piece, &whole}, separator, &limits);
    csv_reader_init(&b, (struct csv_source){read_piece, &parts}, separator, &limits);
    struct table_row row_a, row_b;
    bool end_a = false, end_b = false;
    for (uint64_t record = 0; !end_a; record++) {
        struct errinfo info_a, info_b;
        enum err code = csv_next(&a, &row_a, &end_a, &info_a);
        must(code == csv_next(&b, &row_b, &end_b, &info_b));
        must(end_a == end_b);
        if (code != ERR_OK) {
            must(info_a.line == info_b.line && info_a.column == info_b.column);
            must(info_a.line > 0 && info_a.column > 0);
            break;
        }
        if (!end_a) {
            must(row_a.record == record);
            compare_rows(&row_a, &row_b);
        }
    }
    csv_reader_release(&a);
    csv_reader_release(&b);

    struct str rest = text;
    csv_reader_init(&a, csv_source_text(&rest), 0, NULL);
    must(csv_reader_start(&a, NULL) == ERR_OK);
    must(memchr(separators, a.separator, sizeof(separators)) != NULL);
    csv_reader_release(&a);
    return 0;
}
