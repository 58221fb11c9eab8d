#include "exchange/pack.h"

#include <stdlib.h>
#include <zip.h>

static void must(bool holds) {
    if (!holds)
        abort();
}

void pack(const struct pack_part *parts, size_t count, bool deflate, struct buf *out) {
    zip_error_t error;
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
    must(target != NULL);
    zip_source_keep(target);
    zip_t *archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    must(archive != NULL);
    for (size_t i = 0; i < count; i++) {
        zip_source_t *part = zip_source_buffer(archive, parts[i].bytes.ptr, parts[i].bytes.len, 0);
        zip_int64_t index = zip_file_add(archive, parts[i].name, part, ZIP_FL_OVERWRITE);
        must(index >= 0);
        must(zip_set_file_compression(archive, (zip_uint64_t)index,
                                      deflate ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) == 0);
    }
    must(zip_close(archive) == 0);
    must(zip_source_open(target) == 0);
    char block[65536];
    for (zip_int64_t got; (got = zip_source_read(target, block, sizeof(block))) > 0;)
        buf_add(out, block, (size_t)got);
    zip_source_close(target);
    zip_source_free(target);
}

#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

const char pack_plain_book[] =
    "<?xml version=\"1.0\"?><workbook xmlns:r=\"" RELATION "\"><sheets>"
    "<sheet name=\"List\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";

void pack_workbook(struct str workbook, struct str sheet, struct str strings, struct str styles,
                   bool deflate, struct buf *out) {
    struct pack_part parts[7] = {
        {"[Content_Types].xml", STR("<Types/>")},
        {"_rels/.rels", STR("<Relationships><Relationship Id=\"a\" Type=\"" RELATION
                            "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")},
        {"xl/workbook.xml", workbook},
        {"xl/_rels/workbook.xml.rels",
         STR("<Relationships><Relationship Id=\"rId1\" Type=\"" RELATION
             "worksheet\" Target=\"worksheets/sheet1.xml\"/>"
             "<Relationship Id=\"rId2\" Type=\"" RELATION
             "sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
             "<Relationship Id=\"rId3\" Type=\"" RELATION
             "styles\" Target=\"../xl/./styles.xml\"/></Relationships>")},
        {"xl/worksheets/sheet1.xml", sheet},
        {"xl/sharedStrings.xml", strings.len > 0 ? strings : STR("<sst/>")},
        {"xl/styles.xml", styles.len > 0 ? styles : STR("<styleSheet/>")},
    };
    pack(parts, 7, deflate, out);
}
