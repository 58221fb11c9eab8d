/*
 * Rows that are no records: see import_reading.h.
 *
 * A line of totals says so in a name or in its first cell and has nothing in the columns that tell
 * about a firm; a firm that is really called "Total" has a country or an area.
 */
#include "model/spelling.h"
#include "service/import_cell.h"
#include "service/import_reading.h"

static bool is_empty_row(const struct table_row *row) {
    for (uint32_t i = 0; i < row->count; i++)
        if (!cell_is_empty(row->cells[i]))
            return false;
    return true;
}

static bool is_header_again(const struct import_reading *r) {
    const struct header_map *map = &r->plan->map;
    uint32_t same = 0, filled = 0;
    for (uint32_t i = 0; i < r->row->count && i < map->column_count; i++) {
        struct str cell = str_trim(r->row->cells[i]);
        filled += cell.len > 0;
        same += cell.len > 0 && str_equal_nocase(cell, map->columns[i].header);
    }
    return same > 0 && same * 2 > filled && (same > 1 || map->column_count == 1);
}

/* Without blanks, colons and digits behind it: "合计：193" is 合计. */
static struct str without_count(struct str text) {
    text = str_trim(text);
    while (text.len > 0) {
        unsigned char last = (unsigned char)text.ptr[text.len - 1];
        if ((last >= '0' && last <= '9') || last == ' ' || last == ':' || last == '.')
            text.len--;
        else if (str_ends(text, STR("：")) || str_ends(text, STR("　")))
            text.len -= 3;
        else if (str_ends(text, STR("家")) || str_ends(text, STR("个")))
            text.len -= 3;
        else
            break;
    }
    return text;
}

static bool is_total_word(struct str text) {
    static const char *const words[] = {
        "合计",      "总计",        "小计",          "共计",        "总数",  "总和",
        "汇总",      "共",          "合 计",         "总 计",       "total", "totals",
        "sum",       "subtotal",    "sub-total",     "grand total", "summe", "gesamt",
        "insgesamt", "gesamtsumme", "zwischensumme", "somme"};
    text = without_count(text);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_equal_nocase(text, str_of(words[i])))
            return true;
    return false;
}

/* Whether the columns that tell about a firm are all empty. */
static bool tells_nothing(const struct import_reading *r) {
    static const enum exhibitor_field telling[] = {
        FIELD_COUNTRY,      FIELD_REGION,      FIELD_SIZE,
        FIELD_TYPE,         FIELD_LEAD,        FIELD_AREA,
        FIELD_EDITIONS,     FIELD_OFFERS_TEXT, FIELD_OFFERS_TEXT_ZH,
        FIELD_OFFERS_NODES, FIELD_NEEDS_NODES, FIELD_WEBSITE,
        FIELD_LEI,          FIELD_REGISTRATION};
    for (size_t i = 0; i < sizeof(telling) / sizeof(telling[0]); i++)
        if (!spelling_is_blank(import_cell(r, telling[i])))
            return false;
    return true;
}

static bool is_total_line(const struct import_reading *r) {
    bool said = is_total_word(r->row->cells[0]) || is_total_word(import_cell(r, FIELD_NAME_EN)) ||
                is_total_word(import_cell(r, FIELD_NAME_ZH));
    return said && tells_nothing(r);
}

/* A line under the table, in its first cell alone: "注：...", "Note: ...", "制表人：...". */
static bool is_remark(const struct import_reading *r) {
    static const char *const starts[] = {
        "注：",    "注:",    "备注：",   "备注:",      "说明：",  "说明:",   "制表", "填表",
        "note:",   "notes:", "remark:",  "remarks:",   "source:", "* ",      "** ",  "hinweis:",
        "quelle:", "stand:", "数据来源", "资料来源：", "截至",    "统计时间"};
    struct str text = str_trim(r->row->cells[0]);
    for (uint32_t i = 1; i < r->row->count; i++)
        if (!cell_is_empty(r->row->cells[i]))
            return false;
    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
        struct str start = str_of(starts[i]);
        if (text.len >= start.len && str_equal_nocase(str_sub(text, 0, start.len), start))
            return r->plan->map.column_count > 1;
    }
    return false;
}

const char *import_skip_reason(const struct import_reading *r) {
    if (is_empty_row(r->row))
        return "empty row";
    if (is_header_again(r))
        return "header repeated inside the data";
    if (is_total_line(r))
        return "total line";
    if (is_remark(r))
        return "remark below the table";
    return NULL;
}
