/*
 * Any bytes as a workbook. The first byte chooses what they are: the archive itself, or one of the
 * XML parts, packed with sound other parts so that the archive's checks do not keep them away.
 */
#include <stdlib.h>

#include "exchange/pack.h"
#include "exchange/table_read.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds)
        abort();
}

static uint64_t read_all(struct table *table) {
    struct table_row row;
    struct errinfo info;
    bool end = false;
    uint64_t sum = 0;
    for (uint64_t record = 0;; record++) {
        enum err code = table_next(table, &row, &end, &info);
        if (code != ERR_OK) {
            must(info.code == code && info.message[0] != '\0');
            return sum;
        }
        if (end)
            return sum;
        must(row.record == record && row.count > 0);
        for (uint32_t i = 0; i < row.count; i++) {
            must(utf8_valid(row.cells[i]));
            must(utf8_count(row.cells[i]) <= 50);
            must(row.cell_lines[i] >= row.line);
            sum = sum * 31 + str_hash(row.cells[i]);
        }
    }
}

static void read_bytes(struct str bytes) {
    const struct table_options options = {
        .limits = {.rows = 1000, .cell_chars = 50, .columns = 100, .bytes = 1 << 20}};
    struct table *table;
    struct errinfo info;
    if (table_open_memory(bytes, "fuzz", &options, &table, &info) != ERR_OK)
        return;
    uint64_t first = read_all(table);
    if (table_rewind(table, &info) == ERR_OK)
        must(read_all(table) == first);
    table_close(table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char strings[] = "<sst><si><t>one</t></si><si><r><t>t</t></r><t>wo</t></si></sst>";
    static const char sheet[] =
        "<worksheet><sheetData><row r='2'><c t='s'><v>0</v></c><c s='1'><v>45622.5</v></c>"
        "<c t='s'><v>1</v></c></row></sheetData></worksheet>";
    static const char styles[] =
        "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='yyyy'/></numFmts>"
        "<cellXfs><xf/><xf numFmtId='164'/><xf numFmtId='22'/></cellXfs></styleSheet>";
    if (size == 0)
        return 0;
    struct str input = {(const char *)data + 1, size - 1};
    struct str book = str_of(pack_plain_book), rows = str_of(sheet), texts = str_of(strings),
               looks = str_of(styles);
    struct buf bytes;
    buf_init(&bytes, 64 << 20);
    switch (data[0] % 5) {
    case 0:
        read_bytes(input);
        return 0;
    case 1:
        rows = input;
        break;
    case 2:
        texts = input;
        break;
    case 3:
        looks = input;
        break;
    case 4:
        book = input;
        break;
    }
    pack_workbook(book, rows, texts, looks, false, &bytes);
    read_bytes(buf_str(&bytes));
    buf_release(&bytes);
    return 0;
}
