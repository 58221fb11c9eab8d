/* Lists on the screen: see list_print.h. */
#include "cli/list_print.h"

#include "text/utf8.h"

enum { PRINT_MAX_BYTES = 1 << 30 };

/* East Asian wide and full-width characters take two places (Unicode TR11, main blocks). */
static bool is_wide(uint32_t c) {
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
           (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x20000 && c <= 0x3FFFD);
}

static size_t width_of(struct str text) {
    size_t width = 0;
    while (text.len > 0)
        width += is_wide(utf8_next(&text)) ? 2 : 1;
    return width;
}

static void print_cell(FILE *out, struct str text, enum list_type type, size_t width, bool last) {
    size_t own = width_of(text), fill = width > own ? width - own : 0;
    if (type == LIST_NUMBER)
        fprintf(out, "%*s", (int)fill, "");
    fwrite(text.ptr, 1, text.len, out);
    if (type != LIST_NUMBER && !last)
        fprintf(out, "%*s", (int)fill, "");
    fputs(last ? "\n" : "  ", out);
}

static void print_table(const struct list *list, FILE *out) {
    size_t width[LIST_COLUMNS_MAX] = {0};
    for (uint32_t c = 0; c < list->columns; c++)
        width[c] = width_of(str_of(list->name[c]));
    for (size_t i = 0; i < list->cells.len; i++) {
        size_t own = width_of(list->cells.at[i]);
        if (own > width[i % list->columns])
            width[i % list->columns] = own;
    }
    for (uint32_t c = 0; c < list->columns; c++)
        print_cell(out, str_of(list->name[c]), list->type[c], width[c], c + 1 == list->columns);
    for (size_t i = 0; i < list->cells.len; i++) {
        uint32_t c = (uint32_t)(i % list->columns);
        print_cell(out, list->cells.at[i], list->type[c], width[c], c + 1 == list->columns);
    }
}

enum err list_print(const struct list *list, const char *format, FILE *out, struct errinfo *info) {
    if (strcmp(format, "table") == 0 && !list->failed) {
        print_table(list, out);
        return ferror(out) ? err_errno(info, "write", "the output") : ERR_OK;
    }
    struct buf text;
    buf_init(&text, PRINT_MAX_BYTES);
    enum err code =
        list_write(list, strcmp(format, "json") == 0 ? LIST_JSON : LIST_CSV, &text, info);
    if (code == ERR_OK && fwrite(text.ptr, 1, text.len, out) != text.len)
        code = err_errno(info, "write", "the output");
    buf_release(&text);
    return code;
}
